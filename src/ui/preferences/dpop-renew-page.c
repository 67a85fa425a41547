/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-renew-page.h"

#include "dpop-command-passphrase.h"
#include "dpop-shell.h"
#include "dpop-step-page.h"
#include "dpop-typed-secret.h"

#include <glib/gi18n-lib.h>

/* One after the other: the passphrase is right; closed; encrypted anew; open again. */
typedef struct
{
  DpopStepPage *page;
  CosmicSecret *passphrase;
} Renewal;

static void
renewal_free (Renewal *self)
{
  g_object_unref (self->page);
  cosmic_secret_free (self->passphrase);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Renewal, renewal_free)

static DpopSession *
session_of (const Renewal *self)
{
  return dpop_page_get_session (DPOP_PAGE (self->page));
}

/* --- Afterwards. ----------------------------------------------------------------------------- */

/* Every page is made anew: what they had before them was closed. */
static void
go_home (DpopStepPage *page, const char *text)
{
  GtkWidget *shell = gtk_widget_get_ancestor (GTK_WIDGET (page), DPOP_TYPE_SHELL);

  dpop_step_page_busy (page, NULL);
  if (shell == NULL)
    return;
  dpop_shell_go (shell, DPOP_PLACE_HOME, NULL);
  dpop_shell_toast (shell, text);
}

/* It is closed, and only the passphrase opens it. */
static void
give_up (DpopStepPage *page, const GError *error)
{
  GtkWidget *shell = gtk_widget_get_ancestor (GTK_WIDGET (page), DPOP_TYPE_SHELL);

  dpop_step_page_busy (page, NULL);
  if (shell == NULL)
    return;
  gtk_widget_activate_action (shell, "win.lock", NULL);
  dpop_shell_fail (shell, error);
}

static void
on_open_again (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Renewal) self = data;
  g_autoptr (GError) error = NULL;

  if (dpop_session_open_finish (DPOP_SESSION (source), result, &error))
    go_home (self->page, _("Everything is encrypted anew. Old copies of the folder do not tell the "
                           "new key."));
  else
    give_up (self->page, error);
}

/* --- While it is closed. --------------------------------------------------------------------- */

/* In a thread of its own: the engine has no profile now. */
static void
renew_there (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Renewal *self = data;
  GError *error = NULL;

  if (dpop_command_passphrase_reencrypt (dpop_session_get_folder (session_of (self)),
                                         self->passphrase, DPOP_VAULT_COST_CALIBRATED, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_renewed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Renewal) self = data;
  g_autoptr (GError) error = NULL;
  Renewal *next = self;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      give_up (self->page, error);
      return;
    }
  dpop_step_page_busy (self->page, _("Opening it again."));
  self = NULL;
  dpop_session_open_async (session_of (next), next->passphrase, NULL, on_open_again, next);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  Renewal *self = data;
  g_autoptr (GTask) task = g_task_new (source, NULL, on_renewed, self);

  dpop_session_close_finish (DPOP_SESSION (source), result, NULL);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, renew_there);
}

/* --- Before. --------------------------------------------------------------------------------- */

static gpointer
run_check (DpopProfile *profile, gpointer passphrase, GError **error)
{
  return GINT_TO_POINTER (dpop_command_passphrase_check (profile, passphrase, error));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Renewal) self = data;
  g_autoptr (GError) error = NULL;

  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    {
      dpop_step_page_busy (self->page, NULL);
      dpop_step_page_fail (self->page, dpop_typed_secret_words (error));
      dpop_page_focus_first (DPOP_PAGE (self->page));
      return;
    }
  dpop_step_page_busy (self->page, _("Encrypting everything anew. A large organisation takes a "
                                     "minute. Should the power fail, either the old or the new "
                                     "state opens, whole."));
  dpop_session_close_async (DPOP_SESSION (source), on_closed, g_steal_pointer (&self));
}

static void
free_secret (gpointer secret)
{
  cosmic_secret_free (secret);
}

static void
on_next (DpopStepPage *page, DpopTypedSecret *field)
{
  CosmicSecret *passphrase = dpop_typed_secret_dup (field);
  Renewal *self;

  if (passphrase == NULL)
    {
      dpop_step_page_fail (page, _("Type the passphrase. It stays the same."));
      gtk_widget_grab_focus (field->entry);
      return;
    }
  self = g_new0 (Renewal, 1);
  self->page = g_object_ref (page);
  self->passphrase = passphrase;
  gtk_editable_set_text (GTK_EDITABLE (field->entry), "");
  dpop_step_page_busy (page, _("Trying the passphrase."));
  dpop_session_run_async (session_of (self), run_check, cosmic_secret_copy (
                              cosmic_secret_bytes (passphrase), cosmic_secret_size (passphrase)),
                          free_secret, NULL, NULL, on_checked, self);
}

DpopPage *
dpop_renew_page_new (DpopSession *session)
{
  DpopStepPage *page = dpop_step_page_new (
      session, &(DpopStepText){
                   .title = _("A New Key"),
                   .question = _("Encrypt everything anew?"),
                   .explanation = _("If somebody has copied the folder and knew the passphrase, "
                                    "they have the key under which all of it is encrypted, and "
                                    "another passphrase does not change that. A new key keeps "
                                    "from them what this computer writes from now on. What they "
                                    "have copied, they keep.\n\nChange the passphrase first, if "
                                    "somebody else knows it. The organisation is closed "
                                    "meanwhile."),
                   .next = _("Encrypt Anew"),
               });
  DpopTypedSecret *field = g_new0 (DpopTypedSecret, 1);

  *field = dpop_typed_secret_new (_("Passphrase"));
  g_object_set_data_full (G_OBJECT (page), "dpop-field", field, g_free);
  dpop_step_page_set_body (page, field->box);
  dpop_step_page_set_first (page, field->entry);
  g_signal_connect (page, "next", G_CALLBACK (on_next), field);
  return DPOP_PAGE (page);
}
