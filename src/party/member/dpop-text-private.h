/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether TEXT is UTF-8 of at most LIMIT bytes without control characters; LINES lets line ends
 * through. */
gboolean dpop_text_fits (const char *text, gsize limit, gboolean lines);

G_END_DECLS
