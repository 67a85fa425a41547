/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK 4.8 gives the rows of a list view no name: a screen reader has nothing to say of them. To be
 * called by a factory's "bind": the row is called by what the labels in its child say, now and
 * when they say something else later. */
void dpop_list_row_name (GtkListItem *item);

/* In GTK 4.8 Tab goes from row to row of a list: with this it leaves VIEW, as a person expects of a
 * list that may have thousands; arrows go from row to row. */
void dpop_list_row_tab_leaves (GtkWidget *view);

/* To be called before LIST, which VIEW shows, is asked something else. In GTK 4.8 a list view that
 * is told of several changes at once shows a row that is gone for one that is there, if that had
 * the focus, and stays scrolled to where nothing is: so it looks away until the answer has come. */
void dpop_list_row_look_away (GtkListView *view, DpopList *list);

/* Gives the focus to the row of VIEW that had it last, or to its first one: a list view that shows
 * something new would keep it to itself, and Enter would do nothing. FALSE: it has no rows, or they
 * are not there before the next frame, which is waited for. */
gboolean dpop_list_row_focus (GtkListView *view);

G_END_DECLS
