/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a charter's document writes what JSON has no type for. */
#define DPOP_EDGE_CHARTER_FORMAT   "dpop-charter-1"
#define DPOP_EDGE_CHARTER_FOR_GOOD "for good"
#define DPOP_EDGE_CHARTER_DAY_MS   (G_GINT64_CONSTANT (86400) * 1000)

/* "14 days": a whole number, one space, a unit in the singular or plural. */
G_GNUC_INTERNAL
gboolean dpop_edge_charter_parse_duration (const char *text, gint64 *ms);
/* In the largest unit up to days that leaves nothing over. */
G_GNUC_INTERNAL
char *dpop_edge_charter_print_duration (gint64 ms);

/* "2/3": two whole numbers up to 2^32 - 1. */
G_GNUC_INTERNAL
gboolean dpop_edge_charter_parse_fraction (const char *text, guint32 *num, guint32 *den);

G_END_DECLS
