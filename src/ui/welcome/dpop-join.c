/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-join-private.h"

#include "dpop-command-join.h"
#include "dpop-invitation-entry.h"
#include "dpop-new-profile.h"
#include "dpop-profile-entry.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A newcomer on their way. */
typedef struct
{
  DpopWayIn *owner; /* weak */
  char *invitation; /* wiped */
} Joining;

static void
wiped_free (gpointer text)
{
  if (text == NULL)
    return;
  cosmic_wipe (text, strlen (text));
  g_free (text);
}

static void
joining_clear (gpointer data)
{
  Joining *self = data;

  g_clear_weak_pointer (&self->owner);
  wiped_free (self->invitation);
}

static void
joining_unref (gpointer self, GClosure *closure)
{
  g_rc_box_release_full (self, joining_clear);
}

static void
connect_next (DpopStepPage *page, GCallback callback, Joining *self)
{
  g_signal_connect_data (page, "next", callback, g_rc_box_acquire (self), joining_unref, 0);
}

/* --- The profile. ---------------------------------------------------------------------------- */

typedef struct
{
  Joining *joining;
  DpopStepPage *page;
  CosmicSecret *passphrase;
} Work;

static void
work_free (Work *work)
{
  joining_unref (work->joining, NULL);
  g_object_unref (work->page);
  cosmic_secret_free (work->passphrase);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* In the engine's thread. */
static gpointer
join_there (DpopProfile *profile, gpointer invitation, GError **error)
{
  g_auto (DpopCommandJoinResult) result = { 0 };

  return GINT_TO_POINTER (
      dpop_command_join (profile, &(DpopCommandJoin){ invitation }, &result, error));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  const gboolean opened = dpop_session_open_finish (DPOP_SESSION (source), result, &error);

  dpop_step_page_busy (work->page, NULL);
  if (!opened)
    dpop_step_page_fail (work->page, error->message);
  else if (work->joining->owner != NULL)
    dpop_way_in_go_on (work->joining->owner, DPOP_SESSION (source));
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

static void
on_ask (DpopStepPage *page, Joining *self)
{
  DpopProfileEntry *entry = DPOP_PROFILE_ENTRY (dpop_step_page_get_body (page));
  g_autofree char *label = dpop_profile_entry_dup_label (entry);
  Work *work;

  if (dpop_profile_entry_complain (entry))
    return;
  work = g_new0 (Work, 1);
  work->joining = g_rc_box_acquire (self);
  work->page = g_object_ref (page);
  work->passphrase = dpop_profile_entry_dup_passphrase (entry);
  dpop_step_page_busy (page, _("Making your request. This takes some seconds: the passphrase is "
                               "made slow to try, so that nobody can guess it."));
  dpop_new_profile_async (&(DpopNewProfile){
                              .label = &(DpopProfileLabel){ label, FALSE },
                              .passphrase = work->passphrase,
                              .cost = DPOP_VAULT_COST_CALIBRATED,
                              .fill = join_there,
                              .data = g_strdup (self->invitation),
                              .free_data = wiped_free,
                          },
                          NULL, on_made, work);
}

/* --- The pages. ------------------------------------------------------------------------------ */

static DpopPage *
new_passphrase_page (Joining *self)
{
  DpopStepPage *page = dpop_step_page_new (
      NULL, &(DpopStepText){
                .title = _("Join an Organisation"),
                .progress = _("Step 2 of 2"),
                .question = _("Choose a passphrase"),
                .explanation = _("It opens the organisation on this computer. Nobody can tell it "
                                 "to you again: write it down, and keep the paper where you keep "
                                 "what matters."),
                .next = _("Ask to Be Let In"),
            });
  GtkWidget *entry = dpop_profile_entry_new (NULL);

  dpop_step_page_set_body (page, entry);
  dpop_step_page_set_first (page, entry);
  connect_next (page, G_CALLBACK (on_ask), self);
  return DPOP_PAGE (page);
}

static void
on_invitation (DpopStepPage *page, Joining *self)
{
  DpopInvitationEntry *entry = DPOP_INVITATION_ENTRY (dpop_step_page_get_body (page));

  if (dpop_invitation_entry_complain (entry))
    return;
  wiped_free (self->invitation);
  self->invitation = dpop_invitation_entry_dup_text (entry);
  dpop_shell_push (GTK_WIDGET (page), new_passphrase_page (self));
}

static DpopStepPage *
new_invitation_page (DpopSession *session, const char *progress, const char *next)
{
  DpopStepPage *page = dpop_step_page_new (
      session, &(DpopStepText){
                   .title = _("Join an Organisation"),
                   .progress = progress,
                   .question = _("What does your invitation say?"),
                   .explanation = _("Type or paste its code, or drop the file here. The invitation "
                                    "says whom to ask; what the organisation is called comes with "
                                    "the first transfer file."),
                   .next = next,
               });
  GtkWidget *entry = dpop_invitation_entry_new ();

  dpop_step_page_set_body (page, entry);
  dpop_step_page_set_first (page, entry);
  return page;
}

DpopPage *
dpop_join_page_new (DpopWayIn *owner, const char *path)
{
  Joining *self = g_rc_box_new0 (Joining);
  DpopStepPage *page = new_invitation_page (NULL, _("Step 1 of 2"), _("Continue"));

  g_set_weak_pointer (&self->owner, owner);
  if (path != NULL)
    dpop_invitation_entry_read_file (DPOP_INVITATION_ENTRY (dpop_step_page_get_body (page)), path);
  connect_next (page, G_CALLBACK (on_invitation), self);
  joining_unref (self, NULL);
  return DPOP_PAGE (page);
}

/* --- Once more. ------------------------------------------------------------------------------ */

typedef struct
{
  void (*done) (gpointer data);
  GObject *data; /* weak */
} Again;

static void
again_free (gpointer data, GClosure *closure)
{
  Again *again = data;

  g_clear_weak_pointer (&again->data);
  g_free (again);
}

static void
on_joined_again (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopStepPage) page = data;
  const Again *again = g_object_get_data (G_OBJECT (page), "dpop-again");
  g_autoptr (GError) error = NULL;
  const gboolean joined
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error) != NULL;

  dpop_step_page_busy (page, NULL);
  if (!joined)
    {
      dpop_step_page_fail (page, error->message);
      return;
    }
  if (again->data != NULL)
    again->done (again->data);
  dpop_shell_pop (GTK_WIDGET (page));
}

static void
on_again (DpopStepPage *page, Again *again)
{
  DpopInvitationEntry *entry = DPOP_INVITATION_ENTRY (dpop_step_page_get_body (page));

  if (dpop_invitation_entry_complain (entry))
    return;
  dpop_step_page_busy (page, _("Making your request."));
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (page)), join_there,
                          dpop_invitation_entry_dup_text (entry), wiped_free, NULL, NULL,
                          on_joined_again, g_object_ref (page));
}

DpopPage *
dpop_join_again_page_new (DpopSession *session, void (*done) (gpointer data), GObject *data)
{
  DpopStepPage *page = new_invitation_page (session, NULL, _("Ask to Be Let In"));
  Again *again = g_new0 (Again, 1);

  again->done = done;
  g_set_weak_pointer (&again->data, data);
  g_object_set_data (G_OBJECT (page), "dpop-again", again);
  g_signal_connect_data (page, "next", G_CALLBACK (on_again), again, again_free, 0);
  return DPOP_PAGE (page);
}
