/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* When a vote closes: by hand, after some days, or at a date and a time that are typed or taken
 * from a calendar. Below it a sentence says when that is, or what is wrong with it. Signal
 * "changed". */
#define DPOP_TYPE_CLOSING_ENTRY (dpop_closing_entry_get_type ())
G_DECLARE_FINAL_TYPE (DpopClosingEntry, dpop_closing_entry, DPOP, CLOSING_ENTRY, GtkBox)

GtkWidget *dpop_closing_entry_new        (void);
/* How long it must be open, and may; 0: any time. In ms. */
void       dpop_closing_entry_set_bounds (DpopClosingEntry *self, gint64 least, gint64 most);
/* FALSE: it is not ready. *CLOSES in ms, 0: by hand. */
gboolean   dpop_closing_entry_get        (DpopClosingEntry *self, gint64 *closes);

/* For tests: a date and a time as they are typed, read in the person's time zone; 0: they cannot be
 * read. */
gint64     dpop_closing_entry_read       (const char *date, const char *time);

G_END_DECLS
