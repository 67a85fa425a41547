/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An address to which mail can be sent: RFC 5321's dot-string and domain (so no quoted local part
 * and no address in brackets), with the letters of RFC 6531 besides ASCII, at most 254 bytes, and a
 * domain of two labels or more. */
gboolean dpop_edge_mail_is_valid (const char *address);

/* The address within "mailto:ann@example.org", "Ann <ann@example.org>", "ann@example.org;". A copy
 * of TEXT when there is nothing around it; not yet valid. */
char *dpop_edge_mail_bare (const char *text);

G_END_DECLS
