/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-entry-row.h"

static GtkWidget *
first_label (GtkWidget *widget)
{
  GtkWidget *label = GTK_IS_LABEL (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && label == NULL;
       child = gtk_widget_get_next_sibling (child))
    label = first_label (child);
  return label;
}

void
dpop_entry_row_name (AdwEntryRow *row)
{
  GtkWidget *label = first_label (GTK_WIDGET (row));

  g_return_if_fail (label != NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
}
