/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-answers.h"

void
dpop_answers_read_once (GtkWidget *dialog)
{
  if (GTK_IS_BUTTON (dialog) && gtk_button_get_use_underline (GTK_BUTTON (dialog)))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (dialog), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  for (GtkWidget *child = gtk_widget_get_first_child (dialog); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    dpop_answers_read_once (child);
}
