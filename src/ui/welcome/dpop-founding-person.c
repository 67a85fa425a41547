/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-founding-private.h"

#include "dpop-command-found.h"
#include "dpop-new-profile.h"
#include "dpop-profile-entry.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

#define NAME_KEY  "dpop-name"
#define EMAIL_KEY "dpop-email"

static gpointer
part (DpopStepPage *page, const char *key)
{
  return g_object_get_data (G_OBJECT (dpop_step_page_get_body (page)), key);
}

static GtkWidget *
add_entry (GtkWidget *body, GtkWidget *group, const char *key, const char *title,
           const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  dpop_spoken_name_entry_row (ADW_ENTRY_ROW (row));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_object_set (row, "activates-default", TRUE, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_object_set_data (G_OBJECT (body), key, row);
  return row;
}

static void
keep (char **text, gpointer row)
{
  g_free (*text);
  *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

/* --- You. ------------------------------------------------------------------------------------ */

static GtkWidget *
build_person (DpopFounding *self, DpopStepPage *page)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *email;

  add_entry (group, group, NAME_KEY, _("Your name"), self->name);
  email = add_entry (group, group, EMAIL_KEY, _("Your e-mail address, if you have one"),
                     self->email);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (email), GTK_INPUT_PURPOSE_EMAIL);
  return group;
}

static void
save_person (DpopFounding *self, DpopStepPage *page)
{
  keep (&self->name, part (page, NAME_KEY));
  keep (&self->email, part (page, EMAIL_KEY));
}

static DpopMemberDetails *
details_of (DpopFounding *self)
{
  DpopMemberDetails *details = dpop_member_details_new ();

  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, self->name);
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_EMAIL, self->email);
  return details;
}

static gboolean
check_person (DpopFounding *self, DpopStepPage *page)
{
  g_autoptr (DpopMemberDetails) details = details_of (self);
  DpopMemberDetailsField where;

  if (*self->name != '\0' && dpop_member_details_fits (details, &where))
    return TRUE;
  if (*self->name == '\0')
    dpop_step_page_fail (page, _("Type your name above, as the others know you."));
  else
    dpop_step_page_fail (page, _("That is too long. Shorten it."));
  gtk_widget_grab_focus (part (page, NAME_KEY));
  return FALSE;
}

const DpopFoundingQuestion dpop_founding_person = {
  .question = N_("Who are you?"),
  .explanation = N_("You are the first member. The other members see your name."),
  .build = build_person,
  .save = save_person,
  .check = check_person,
};

/* --- The passphrase. ------------------------------------------------------------------------- */

static GtkWidget *
build_passphrase (DpopFounding *self, DpopStepPage *page)
{
  GtkWidget *entry = dpop_profile_entry_new (self->label);

  dpop_step_page_set_first (page, entry);
  return entry;
}

static DpopProfileEntry *
entry_of (DpopStepPage *page)
{
  return DPOP_PROFILE_ENTRY (dpop_step_page_get_body (page));
}

static void
save_passphrase (DpopFounding *self, DpopStepPage *page)
{
  g_free (self->label);
  self->label = dpop_profile_entry_dup_label (entry_of (page));
}

static gboolean
check_passphrase (DpopFounding *self, DpopStepPage *page)
{
  return !dpop_profile_entry_complain (entry_of (page));
}

const DpopFoundingQuestion dpop_founding_passphrase = {
  .question = N_("Choose a passphrase"),
  .explanation = N_("It opens your organisation on this computer. Nobody can tell it to you again: "
                    "write it down, and keep the paper where you keep what matters."),
  .next = N_("Found the Organisation"),
  .build = build_passphrase,
  .save = save_passphrase,
  .check = check_passphrase,
};

/* --- The founding. --------------------------------------------------------------------------- */

typedef struct
{
  DpopCharter *charter;
  DpopCharterNames *names;
  DpopMemberDetails *founder;
  DpopContact contact;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_clear_pointer (&input->charter, dpop_charter_unref);
  dpop_charter_names_free (input->names);
  dpop_member_details_free (input->founder);
  g_free (input);
}

/* In the engine's thread. */
static gpointer
found_there (DpopProfile *profile, gpointer data, GError **error)
{
  const Input *input = data;

  return GINT_TO_POINTER (
      dpop_command_found (profile,
                          &(DpopCommandFound){ input->charter, input->names, input->founder }, NULL,
                          error)
      && dpop_founding_steps_begin (profile, input->contact, error));
}

/* What is under way. */
typedef struct
{
  DpopFounding *founding;
  DpopStepPage *page;
  CosmicSecret *passphrase;
} Work;

static void
work_free (Work *work)
{
  dpop_founding_unref (work->founding);
  g_object_unref (work->page);
  cosmic_secret_free (work->passphrase);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  const gboolean opened = dpop_session_open_finish (DPOP_SESSION (source), result, &error);

  dpop_step_page_busy (work->page, NULL);
  if (!opened)
    dpop_step_page_fail (work->page, error->message);
  else if (work->founding->owner != NULL)
    dpop_way_in_founded (work->founding->owner, DPOP_SESSION (source));
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = dpop_new_profile_finish (result, &error);
  g_autoptr (DpopSession) session = NULL;
  const CosmicSecret *passphrase = work->passphrase;

  if (folder == NULL)
    {
      dpop_step_page_busy (work->page, NULL);
      dpop_step_page_fail (work->page, error->message);
      return;
    }
  session = dpop_session_new (folder);
  dpop_session_open_async (session, passphrase, NULL, on_opened, g_steal_pointer (&work));
}

static Input *
input_of (DpopFounding *self)
{
  Input *input = g_new0 (Input, 1);

  if (!dpop_charter_answers_apply (self->answers, self->charter, self->names, &input->charter,
                                   &input->names, NULL))
    g_clear_pointer (&input, input_free);
  else
    {
      input->founder = details_of (self);
      input->contact = self->contact;
    }
  return input;
}

void
dpop_founding_carry_out (DpopFounding *self, DpopStepPage *page)
{
  Input *input = input_of (self);
  Work *work;

  if (input == NULL)
    {
      dpop_step_page_fail (page, _("These rules contradict themselves. Go back, and look at the "
                                   "offices again."));
      return;
    }
  work = g_new0 (Work, 1);
  work->founding = dpop_founding_ref (self);
  work->page = g_object_ref (page);
  work->passphrase = dpop_profile_entry_dup_passphrase (entry_of (page));
  dpop_step_page_busy (page, _("Founding. This takes some seconds: the passphrase is made slow to "
                               "try, so that nobody can guess it."));
  dpop_new_profile_async (&(DpopNewProfile){
                              .label = &(DpopProfileLabel){ self->label, FALSE },
                              .passphrase = work->passphrase,
                              .cost = DPOP_VAULT_COST_CALIBRATED,
                              .fill = found_there,
                              .data = input,
                              .free_data = input_free,
                          },
                          NULL, on_made, work);
}
