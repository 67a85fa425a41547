/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-box-growth.h"

static gboolean
on_tick (GtkWidget *box, GdkFrameClock *clock, gpointer step)
{
  guint left = GPOINTER_TO_UINT (step);

  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_visible (child))
        continue;
      if (left-- == 0)
        return G_SOURCE_CONTINUE;
      gtk_widget_set_visible (child, TRUE);
    }
  return G_SOURCE_REMOVE;
}

void
dpop_box_growth_begin (GtkBox *box, guint at_once, guint step)
{
  guint n = 0;

  g_return_if_fail (step > 0);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, n++ < at_once);
  if (n > at_once)
    gtk_widget_add_tick_callback (GTK_WIDGET (box), on_tick, GUINT_TO_POINTER (step), NULL);
}
