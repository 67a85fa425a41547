/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-passphrase-page.h"

#include "dpop-command-passphrase.h"
#include "dpop-passphrase-choice.h"
#include "dpop-shell.h"
#include "dpop-step-page.h"
#include "dpop-typed-secret.h"

#include <glib/gi18n-lib.h>

/* What the page is filled with; its own. */
typedef struct
{
  DpopTypedSecret old;
  GtkWidget *choice;
} Fields;

#define FIELDS_KEY "dpop-fields"

static Fields *
fields_of (DpopStepPage *page)
{
  return g_object_get_data (G_OBJECT (page), FIELDS_KEY);
}

/* --- In the engine's thread. ----------------------------------------------------------------- */

typedef struct
{
  CosmicSecret *old;
  CosmicSecret *chosen;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  cosmic_secret_free (change->old);
  cosmic_secret_free (change->chosen);
  g_free (change);
}

static gpointer
run_change (DpopProfile *profile, gpointer data, GError **error)
{
  const Change *change = data;

  return GINT_TO_POINTER (dpop_command_passphrase (profile, change->old, change->chosen,
                                                   DPOP_VAULT_COST_CALIBRATED, error));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopStepPage) page = data;
  g_autoptr (GError) error = NULL;
  Fields *fields = fields_of (page);

  dpop_step_page_busy (page, NULL);
  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    {
      dpop_step_page_fail (page, dpop_typed_secret_words (error));
      gtk_widget_grab_focus (fields->old.entry);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (fields->old.entry), "");
  dpop_passphrase_choice_clear (DPOP_PASSPHRASE_CHOICE (fields->choice));
  dpop_shell_toast (GTK_WIDGET (page), _("From now on the new passphrase opens it."));
  dpop_shell_pop (GTK_WIDGET (page));
}

static void
on_next (DpopStepPage *page, gpointer unused)
{
  Fields *fields = fields_of (page);
  DpopPassphraseChoice *choice = DPOP_PASSPHRASE_CHOICE (fields->choice);
  CosmicSecret *old = dpop_typed_secret_dup (&fields->old);
  Change *change;

  if (old == NULL)
    {
      dpop_step_page_fail (page, _("Type the passphrase that opens it now."));
      gtk_widget_grab_focus (fields->old.entry);
      return;
    }
  if (!dpop_passphrase_choice_get_acceptable (choice))
    {
      cosmic_secret_free (old);
      dpop_passphrase_choice_complain (choice);
      return;
    }
  change = g_new0 (Change, 1);
  change->old = old;
  change->chosen = dpop_passphrase_choice_dup (choice);
  dpop_step_page_busy (page, _("Changing it. This takes a few seconds, so that nobody can try many "
                               "passphrases."));
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (page)), run_change, change,
                          change_free, NULL, NULL, on_changed, g_object_ref (page));
}

DpopPage *
dpop_passphrase_page_new (DpopSession *session)
{
  DpopStepPage *page = dpop_step_page_new (
      session, &(DpopStepText){
                   .title = _("Passphrase"),
                   .question = _("Change the passphrase"),
                   .explanation = _("The new one opens this organisation on this computer; others "
                                    "have their own. Copies of the folder that were made before "
                                    "still open with the old one."),
                   .next = _("Change It"),
               });
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  Fields *fields = g_new0 (Fields, 1);

  fields->old = dpop_typed_secret_new (_("The passphrase as it is now"));
  fields->choice = dpop_passphrase_choice_new ();
  gtk_box_append (GTK_BOX (body), fields->old.box);
  gtk_box_append (GTK_BOX (body), fields->choice);
  g_object_set_data_full (G_OBJECT (page), FIELDS_KEY, fields, g_free);
  dpop_step_page_set_body (page, body);
  dpop_step_page_set_first (page, fields->old.entry);
  g_signal_connect (page, "next", G_CALLBACK (on_next), NULL);
  return DPOP_PAGE (page);
}
