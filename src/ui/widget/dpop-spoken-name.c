/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-spoken-name.h"

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
dpop_spoken_name_own (GtkWidget *widget)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

void
dpop_spoken_name_set (GtkWidget *widget, const char *name)
{
  dpop_spoken_name_own (widget);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

void
dpop_spoken_name_entry_row (AdwEntryRow *row)
{
  GtkWidget *label = first_label (GTK_WIDGET (row));

  g_return_if_fail (label != NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
}

/* --- Menus. ---------------------------------------------------------------------------------- */

/* GTK keeps the type of the items to itself. */
static void
name_items (GtkWidget *widget)
{
  GtkWidget *label = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    label = first_label (widget);
  if (label != NULL)
    dpop_spoken_name_set (widget, gtk_label_get_text (GTK_LABEL (label)));
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      name_items (child);
}

static void
on_map (GtkWidget *popover, gpointer data)
{
  name_items (popover);
}

void
dpop_spoken_name_menu (GtkMenuButton *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);

  g_return_if_fail (popover != NULL);
  /* Its items may be others each time that it opens. */
  g_signal_connect (popover, "map", G_CALLBACK (on_map), NULL);
}
