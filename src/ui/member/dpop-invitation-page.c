/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-invitation-page.h"

#include "dpop-command-invite.h"
#include "dpop-document-print.h"
#include "dpop-edge-file.h"
#include "dpop-invitation-letter.h"
#include "dpop-letter.h"
#include "dpop-moment.h"
#include "dpop-shell.h"
#include "dpop-wrap-box.h"

#include <glib/gi18n-lib.h>

struct _DpopInvitationPage
{
  DpopPage parent_instance;

  GtkWidget *heading;
  GtkWidget *code;
  GtkWidget *until;
  GtkWidget *ways;
  GtkWidget *save;
  GtkWidget *print;
  GtkWidget *mail;
  GtkWidget *copy;

  CosmicId member;
  char *name;
  DpopLetter *letter; /* NULL until it has come */
};

G_DEFINE_FINAL_TYPE (DpopInvitationPage, dpop_invitation_page, DPOP_TYPE_PAGE)

/* --- Handing it over. ------------------------------------------------------------------------ */

static void
on_file_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopInvitationPage) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    dpop_shell_toast (GTK_WIDGET (self), _("The invitation is saved. Hand it over with care."));
  else
    dpop_shell_fail (GTK_WIDGET (self), error);
}

static void
on_file_chosen (GtkNativeDialog *dialog, gint response, DpopInvitationPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT && self->letter != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GBytes) bytes
          = g_bytes_new (self->letter->code, strlen (self->letter->code));

      g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                           G_FILE_CREATE_PRIVATE
                                               | G_FILE_CREATE_REPLACE_DESTINATION,
                                           NULL, on_file_written, g_object_ref (self));
    }
  g_object_unref (dialog);
}

static void
on_save (DpopInvitationPage *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Save the invitation"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));
  g_autofree char *file = dpop_edge_file_name (DPOP_EDGE_FILE_INVITATION, self->name);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopInvitationPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!dpop_document_print_finish (result, &error))
    dpop_shell_fail (GTK_WIDGET (self), error);
}

static void
on_print (DpopInvitationPage *self)
{
  const DpopSessionInfo *info = dpop_session_get_info (dpop_page_get_session (DPOP_PAGE (self)));
  g_autoptr (GPtrArray) letters = g_ptr_array_new ();
  g_autoptr (DpopDocument) document = NULL;
  DpopInvitationLetter letter = { 0 };

  if (info == NULL || self->letter == NULL)
    return;
  letter.name = self->letter->name;
  letter.address = (const char *const *) self->letter->address;
  letter.code = self->letter->code;
  letter.expires = self->letter->expires;
  g_ptr_array_add (letters, &letter);
  document = dpop_invitation_letter_new (
      &(DpopInvitationSender){ .organisation = info->name != NULL ? info->name : "",
                               .signed_by = info->own_name,
                               .written = g_get_real_time () / 1000 },
      letters, dpop_document_print_paper ());
  dpop_document_print_async (document, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                             on_printed, g_object_ref (self));
}

static void
on_mail (DpopInvitationPage *self)
{
  g_autofree char *uri = self->letter != NULL ? dpop_letter_mailto (self->letter) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
on_copy (DpopInvitationPage *self)
{
  if (self->letter == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          self->letter->mail != NULL ? self->letter->mail : self->letter->code);
  dpop_shell_toast (GTK_WIDGET (self), self->letter->mail != NULL
                                           ? _("The text of the e-mail is copied.")
                                           : _("The code is copied."));
}

/* --- Inviting. ------------------------------------------------------------------------------- */

/* A further computer of one's own is invited without a letter. */
static DpopLetter *
invite_own (DpopProfile *profile, const CosmicId *member, GError **error)
{
  g_auto (DpopCommandInviteResult) result = { 0 };
  DpopLetter *letter;

  if (!dpop_command_invite (profile, &(DpopCommandInvite){ .member = *member }, &result, error))
    return NULL;
  letter = g_new0 (DpopLetter, 1);
  letter->member = *member;
  letter->code = g_strdup (result.text);
  letter->expires = result.expires;
  return letter;
}

/* In the engine's thread. */
static gpointer
run_invite (DpopProfile *profile, gpointer data, GError **error)
{
  const CosmicId *member = data;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GPtrArray) letters = NULL;
  CosmicId own;

  if (dpop_profile_own_member (profile, &own, NULL) && cosmic_id_same (&own, member))
    return invite_own (profile, member, error);
  g_array_append_vals (members, member, 1);
  letters = dpop_letter_invite (profile, members, NULL, error);
  if (letters == NULL)
    return NULL;
  if (letters->len == 0)
    return invite_own (profile, member, error); /* says why not */
  return g_ptr_array_steal_index (letters, 0);
}

static void
show_letter (DpopInvitationPage *self)
{
  const DpopLetter *letter = self->letter;
  g_autofree char *heading = g_strdup_printf (_("An invitation for %s"), self->name);
  g_autofree char *day = dpop_moment_full (letter->expires);
  g_autofree char *until = g_strdup_printf (
      _("Good until %s, for one computer. Whoever has this code can ask to join in that "
        "member’s place: hand it over as you would a ballot paper. It is shown only now; if it "
        "gets lost, make another."),
      day);

  gtk_label_set_label (GTK_LABEL (self->heading), heading);
  gtk_label_set_label (GTK_LABEL (self->code), letter->code);
  gtk_label_set_label (GTK_LABEL (self->until), until);
  gtk_widget_set_visible (self->code, TRUE);
  gtk_widget_set_visible (self->ways, TRUE);
  gtk_widget_set_visible (self->print, letter->name != NULL);
  gtk_widget_set_visible (self->mail, letter->email != NULL);
  gtk_button_set_label (GTK_BUTTON (self->copy),
                        letter->mail != NULL ? _("Copy the e-mail text") : _("Copy the code"));
  gtk_widget_grab_focus (self->save);
  dpop_shell_announce (GTK_WIDGET (self), _("The invitation is ready."));
}

static void
on_invited (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopInvitationPage) self = data;
  g_autoptr (GError) error = NULL;
  DpopLetter *letter = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (letter == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->heading), _("No invitation was made"));
      gtk_label_set_label (GTK_LABEL (self->until), error->message);
      return;
    }
  self->letter = letter;
  show_letter (self);
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_invitation_page_finalize (GObject *object)
{
  DpopInvitationPage *self = DPOP_INVITATION_PAGE (object);

  g_clear_pointer (&self->letter, dpop_letter_free);
  g_free (self->name);
  G_OBJECT_CLASS (dpop_invitation_page_parent_class)->finalize (object);
}

static void
dpop_invitation_page_class_init (DpopInvitationPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dpop_invitation_page_finalize;
  g_type_ensure (DPOP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-invitation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopInvitationPage, heading);
  gtk_widget_class_bind_template_child (widget_class, DpopInvitationPage, code);
  gtk_widget_class_bind_template_child (widget_class, DpopInvitationPage, until);
  gtk_widget_class_bind_template_child (widget_class, DpopInvitationPage, ways);
  gtk_widget_class_bind_template_child (widget_class, DpopInvitationPage, save);
  gtk_widget_class_bind_template_child (widget_class, DpopInvitationPage, print);
  gtk_widget_class_bind_template_child (widget_class, DpopInvitationPage, mail);
  gtk_widget_class_bind_template_child (widget_class, DpopInvitationPage, copy);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_mail);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
}

static void
dpop_invitation_page_init (DpopInvitationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (self->code, GTK_TEXT_DIR_LTR); /* as it is typed */
}

DpopPage *
dpop_invitation_page_new (DpopSession *session, const CosmicId *member, const char *name)
{
  DpopInvitationPage *self = g_object_new (DPOP_TYPE_INVITATION_PAGE, "session", session, NULL);

  self->member = *member;
  self->name = g_strdup (name);
  dpop_session_run_async (session, run_invite, g_memdup2 (member, sizeof *member), g_free,
                          (GDestroyNotify) dpop_letter_free, NULL, on_invited,
                          g_object_ref (self));
  return DPOP_PAGE (self);
}
