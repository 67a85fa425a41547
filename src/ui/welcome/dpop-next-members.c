/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-next-step-private.h"

#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

static void
begin_import (DpopStepPage *page, const char *path)
{
  dpop_shell_go_topic (GTK_WIDGET (page), DPOP_PLACE_IMPORT, path);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, DpopStepPage *page)
{
  GFile *file = G_VALUE_HOLDS (value, G_TYPE_FILE) ? g_value_get_object (value) : NULL;

  if (file == NULL || g_file_peek_path (file) == NULL)
    return FALSE;
  begin_import (page, g_file_peek_path (file));
  return TRUE;
}

static void
on_chosen (GtkNativeDialog *dialog, int response, DpopStepPage *page)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && g_file_peek_path (file) != NULL)
    begin_import (page, g_file_peek_path (file));
  g_object_unref (dialog);
}

static void
on_choose (GtkButton *button, DpopStepPage *page)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Table of Members"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
      GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_chosen), page, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GtkWidget *
new_drop_box (DpopStepPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (_("Drop the table here"));
  GtkWidget *choose = gtk_button_new_with_label (_("Choose a File…"));
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_add_css_class (box, "drop-box");
  gtk_widget_add_css_class (choose, "suggested-action");
  gtk_widget_set_halign (choose, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), page, 0);
  g_signal_connect_object (choose, "clicked", G_CALLBACK (on_choose), page, 0);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (target));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), choose);
  return box;
}

static void
on_map (DpopStepPage *page, gpointer data)
{
  const DpopSessionInfo *info = dpop_session_get_info (dpop_page_get_session (DPOP_PAGE (page)));

  if (info != NULL && info->figures.members[DPOP_MEMBER_MEMBER] > 1)
    dpop_next_step_done (page);
}

static GtkWidget *
build_members (DpopStepPage *page)
{
  g_signal_connect (page, "map", G_CALLBACK (on_map), NULL);
  return new_drop_box (page);
}

const DpopNextStep dpop_next_step_members = {
  .step = DPOP_FOUNDING_STEP_MEMBERS,
  .name = N_("Members' List"),
  .question = N_("Bring in your members"),
  .explanation = N_("The table you have will do, saved as CSV: one member a row, with headings or "
                    "without. You see everything before it is entered, mend what is red, and can "
                    "take it back."),
  .build = build_members,
};
