/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-question.h"

#include "dpop-spoken-name.h"

#define HEADING_WIDTH 100

/* libadwaita gives the answers a mnemonic: GTK 4.8 then takes a button's label for its name twice,
 * and a screen reader says "Leave Leave". */
static void
read_once (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget)))
    dpop_spoken_name_own (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    read_once (child);
}

/* The heading is there in large letters, on one line, and in small ones, and the large are shown
 * where there is room. They are measured where there is none, too, of which GTK 4.18 complains: so
 * both are made to do with the same, which is more than either needs at the least. */
static void
quieten (GtkWidget *widget, const char *heading)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), heading))
    {
      gtk_widget_set_size_request (widget, HEADING_WIDTH, -1);
      if (!gtk_label_get_wrap (GTK_LABEL (widget)))
        gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    quieten (child, heading);
}

GtkWidget *
dpop_question_new (GtkWidget *from, const char *heading, const char *body, const char *no,
                   const char *yes, AdwResponseAppearance appearance)
{
  GtkRoot *root = gtk_widget_get_root (from);
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  AdwMessageDialog *self = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (self, DPOP_QUESTION_NO, no, DPOP_QUESTION_YES, yes, NULL);
  adw_message_dialog_set_response_appearance (self, DPOP_QUESTION_YES, appearance);
  adw_message_dialog_set_default_response (self, DPOP_QUESTION_NO);
  adw_message_dialog_set_close_response (self, DPOP_QUESTION_NO);
  read_once (dialog);
  quieten (dialog, heading);
  return dialog;
}
