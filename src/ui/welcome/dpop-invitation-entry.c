/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-invitation-entry.h"

#include "dpop-command-join.h"
#include "dpop-moment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define REST_MS  350
#define SIZE_MAX_FILE 65536

struct _DpopInvitationEntry
{
  AdwBin parent_instance;

  GtkWidget *view;
  GtkWidget *verdict;
  guint timer;
};

G_DEFINE_FINAL_TYPE (DpopInvitationEntry, dpop_invitation_entry, ADW_TYPE_BIN)

static void
wiped_free (gpointer text)
{
  if (text == NULL)
    return;
  cosmic_wipe (text, strlen (text));
  g_free (text);
}

static void
say (DpopInvitationEntry *self, const char *text, const char *class)
{
  gtk_label_set_label (GTK_LABEL (self->verdict), text);
  gtk_widget_remove_css_class (self->verdict, "error");
  gtk_widget_remove_css_class (self->verdict, "success");
  gtk_widget_remove_css_class (self->verdict, "dim-label");
  gtk_widget_add_css_class (self->verdict, class);
}

static GtkTextBuffer *
buffer_of (DpopInvitationEntry *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

char *
dpop_invitation_entry_dup_text (DpopInvitationEntry *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (DPOP_IS_INVITATION_ENTRY (self), NULL);
  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  return gtk_text_buffer_get_text (buffer_of (self), &start, &end, FALSE);
}

void
dpop_invitation_entry_set_text (DpopInvitationEntry *self, const char *text)
{
  g_return_if_fail (DPOP_IS_INVITATION_ENTRY (self));
  gtk_text_buffer_set_text (buffer_of (self), text, -1);
}

/* --- Looking at what is there. --------------------------------------------------------------- */

static char *
good_words (const DpopCommandJoinLook *look)
{
  g_autofree char *until = dpop_moment_full (look->expires);

  /* Translators: %s is a day and a time. */
  if (look->further)
    return g_strdup_printf (_("This invites a further computer of your own. It is good until %s."),
                            until);
  return g_strdup_printf (_("The invitation is whole. It is good until %s."), until);
}

/* TRUE: it can be used. In passing, what is only unfinished is no mistake. */
static gboolean
look (DpopInvitationEntry *self, gboolean in_passing)
{
  char *text = dpop_invitation_entry_dup_text (self);
  g_autoptr (GError) error = NULL;
  DpopCommandJoinLook found;
  gboolean unfinished;
  const gboolean good = dpop_command_join_look (text, g_get_real_time () / 1000, &found,
                                                &unfinished, &error);
  const gboolean empty = *g_strstrip (text) == '\0';

  wiped_free (text);
  if (good)
    {
      g_autofree char *words = good_words (&found);

      say (self, words, "success");
    }
  else if (empty)
    say (self, in_passing ? _("It begins with DPOP-J and has several lines. Capitals, dashes and "
                              "spaces do not matter.")
                          : _("Type or paste the code, or choose the file that you were sent."),
         in_passing ? "dim-label" : "error");
  else if (in_passing && unfinished)
    say (self, _("Right so far."), "dim-label");
  else
    say (self, error->message, "error");
  return good;
}

gboolean
dpop_invitation_entry_complain (DpopInvitationEntry *self)
{
  g_return_val_if_fail (DPOP_IS_INVITATION_ENTRY (self), TRUE);
  if (look (self, FALSE))
    return FALSE;
  gtk_widget_grab_focus (self->view);
  return TRUE;
}

static gboolean
on_rest (gpointer data)
{
  DpopInvitationEntry *self = data;

  self->timer = 0;
  look (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GtkTextBuffer *buffer, DpopInvitationEntry *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (REST_MS, on_rest, self);
}

/* --- Files. ---------------------------------------------------------------------------------- */

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopInvitationEntry) self = data;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &size, NULL, &error))
    say (self, error->message, "error");
  else if (size > SIZE_MAX_FILE || !g_utf8_validate (text, (gssize) size, NULL))
    say (self, _("This is no invitation of DPOP. Choose the file that you were sent."), "error");
  else
    {
      dpop_invitation_entry_set_text (self, text);
      g_clear_handle_id (&self->timer, g_source_remove);
      look (self, FALSE);
    }
  if (text != NULL)
    cosmic_wipe (text, size);
}

static void
read_file (DpopInvitationEntry *self, GFile *file)
{
  g_file_load_contents_async (file, NULL, on_read, g_object_ref (self));
}

void
dpop_invitation_entry_read_file (DpopInvitationEntry *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_return_if_fail (DPOP_IS_INVITATION_ENTRY (self));
  read_file (self, file);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y,
         DpopInvitationEntry *self)
{
  if (!G_VALUE_HOLDS (value, G_TYPE_FILE))
    return FALSE;
  read_file (self, g_value_get_object (value));
  return TRUE;
}

static void
on_chosen (GtkNativeDialog *dialog, int response, DpopInvitationEntry *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    read_file (self, file);
  g_object_unref (dialog);
}

static void
on_choose (GtkButton *button, DpopInvitationEntry *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Invitation"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- The widget. ----------------------------------------------------------------------------- */

static gboolean
dpop_invitation_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DPOP_INVITATION_ENTRY (widget)->view);
}

static void
dpop_invitation_entry_dispose (GObject *object)
{
  g_clear_handle_id (&DPOP_INVITATION_ENTRY (object)->timer, g_source_remove);
  G_OBJECT_CLASS (dpop_invitation_entry_parent_class)->dispose (object);
}

static void
dpop_invitation_entry_class_init (DpopInvitationEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_invitation_entry_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = dpop_invitation_entry_grab_focus;
}

static GtkWidget *
new_view (DpopInvitationEntry *self)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_CHAR);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view),
                                 GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_PRIVATE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Code of the invitation"), -1);
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed",
                    G_CALLBACK (on_changed), self);
  return view;
}

static GtkWidget *
new_scroller (GtkWidget *view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 190);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "card");
  return scroller;
}

static void
dpop_invitation_entry_init (DpopInvitationEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *choose = gtk_button_new_with_label (_("Choose a File…"));
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  self->view = new_view (self);
  self->verdict = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (self->verdict), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->verdict), 0);
  gtk_widget_set_halign (choose, GTK_ALIGN_START);
  g_signal_connect (choose, "clicked", G_CALLBACK (on_choose), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  gtk_box_append (GTK_BOX (box), new_scroller (self->view));
  gtk_box_append (GTK_BOX (box), self->verdict);
  gtk_box_append (GTK_BOX (box), choose);
  adw_bin_set_child (ADW_BIN (self), box);
  look (self, TRUE);
}

GtkWidget *
dpop_invitation_entry_new (void)
{
  return g_object_new (DPOP_TYPE_INVITATION_ENTRY, NULL);
}
