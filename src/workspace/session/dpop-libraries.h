/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What DPOP runs on here, a line each, without the libraries that draw: for whoever looks for a
 * fault. Nothing of any organisation's. The caller frees. */
char *dpop_libraries_describe (void);

G_END_DECLS
