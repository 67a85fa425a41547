/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-list-row.h"

#define MOST_LABELS 4

/* Adds the labels below WIDGET to LABELS, of which there are COUNT. */
static guint
collect_labels (GtkWidget **labels, guint count, GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      if (count < MOST_LABELS && gtk_widget_get_visible (widget))
        labels[count++] = widget;
      return count;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count = collect_labels (labels, count, child);
  return count;
}

void
dpop_list_row_name (GtkListItem *item)
{
  GtkAccessibleRelation by = GTK_ACCESSIBLE_RELATION_LABELLED_BY;
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkAccessible *row = GTK_ACCESSIBLE (gtk_widget_get_parent (child));
  GtkWidget *label[MOST_LABELS] = { NULL };

  /* By name: the form that takes values keeps the list in some versions and copies it in others. */
  switch (collect_labels (label, 0, child))
    {
    case 0:
      break;
    case 1:
      gtk_accessible_update_relation (row, by, label[0], NULL, -1);
      break;
    case 2:
      gtk_accessible_update_relation (row, by, label[0], label[1], NULL, -1);
      break;
    case 3:
      gtk_accessible_update_relation (row, by, label[0], label[1], label[2], NULL, -1);
      break;
    default:
      gtk_accessible_update_relation (row, by, label[0], label[1], label[2], label[3], NULL, -1);
    }
}
