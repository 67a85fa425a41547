/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-way-in.h"

#include "dpop-founding-private.h"
#include "dpop-join-private.h"
#include "dpop-next-steps.h"
#include "dpop-practice.h"
#include "dpop-practising-private.h"
#include "dpop-unlock-page.h"
#include "dpop-waiting-page.h"
#include "dpop-welcome-page.h"

#include <glib/gi18n-lib.h>

struct _DpopWayIn
{
  AdwBin parent_instance;

  DpopPager *pager;
};

G_DEFINE_FINAL_TYPE (DpopWayIn, dpop_way_in, ADW_TYPE_BIN)

enum
{
  SESSION,
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

DpopPager *
dpop_way_in_get_pager (DpopWayIn *self)
{
  g_return_val_if_fail (DPOP_IS_WAY_IN (self), NULL);
  return self->pager;
}

void
dpop_way_in_clear (DpopWayIn *self)
{
  g_return_if_fail (DPOP_IS_WAY_IN (self));
  dpop_pager_clear (self->pager);
}

static void
show_root (DpopWayIn *self, DpopPage *page)
{
  dpop_pager_set_root (self->pager, page);
  dpop_page_focus_first (page);
}

/* --- The welcome. ---------------------------------------------------------------------------- */

static void
on_start (DpopWelcomePage *page, DpopWayIn *self)
{
  dpop_pager_push (self->pager, dpop_founding_page_new (self));
}

static void
on_join (DpopWelcomePage *page, DpopWayIn *self)
{
  dpop_pager_push (self->pager, dpop_join_page_new (self, NULL));
}

static void begin_practice (DpopWayIn *self, DpopWelcomePage *page);

static void
on_practise (DpopWelcomePage *page, DpopWayIn *self)
{
  begin_practice (self, page);
}

static DpopWelcomePage *
show_welcome (DpopWayIn *self)
{
  DpopPage *page = dpop_welcome_page_new ();

  g_signal_connect_object (page, "start", G_CALLBACK (on_start), self, 0);
  g_signal_connect_object (page, "join", G_CALLBACK (on_join), self, 0);
  g_signal_connect_object (page, "practise", G_CALLBACK (on_practise), self, 0);
  g_signal_emit (self, signals[SESSION], 0, NULL);
  show_root (self, page);
  return DPOP_WELCOME_PAGE (page);
}

void
dpop_way_in_show_welcome (DpopWayIn *self)
{
  g_return_if_fail (DPOP_IS_WAY_IN (self));
  show_welcome (self);
}

void
dpop_way_in_show_join (DpopWayIn *self, const char *path)
{
  g_return_if_fail (DPOP_IS_WAY_IN (self));
  show_welcome (self);
  dpop_pager_push (self->pager, dpop_join_page_new (self, path));
}

gboolean
dpop_way_in_take_in (DpopWayIn *self, const char *path)
{
  DpopPage *page;

  g_return_val_if_fail (DPOP_IS_WAY_IN (self), FALSE);
  page = dpop_pager_get_visible (self->pager);
  if (!DPOP_IS_WAITING_PAGE (page))
    return FALSE;
  dpop_waiting_page_take_in (DPOP_WAITING_PAGE (page), path);
  return TRUE;
}

/* --- Practice. ------------------------------------------------------------------------------- */

typedef struct
{
  DpopWayIn *self;
  DpopWelcomePage *page; /* tells how it goes */
  char *folder;
} Practice;

static void
practice_free (Practice *practice)
{
  g_object_unref (practice->self);
  g_object_unref (practice->page);
  g_free (practice->folder);
  g_free (practice);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Practice, practice_free)

static Practice *
practice_new (DpopWayIn *self, DpopWelcomePage *page)
{
  Practice *practice = g_new0 (Practice, 1);

  practice->self = g_object_ref (self);
  practice->page = g_object_ref (page);
  return practice;
}

static void
on_practice_open (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Practice) practice = data;
  g_autoptr (GError) error = NULL;

  dpop_welcome_page_busy (practice->page, NULL);
  if (dpop_session_open_finish (DPOP_SESSION (source), result, &error))
    dpop_way_in_go_on (practice->self, DPOP_SESSION (source));
  else if (g_error_matches (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY))
    gtk_widget_activate_action (GTK_WIDGET (practice->page), "app.show-profile", "^ay",
                                dpop_session_get_folder (DPOP_SESSION (source)));
  else
    dpop_welcome_page_fail (practice->page, error->message);
}

static void
open_practice (DpopSession *session, Practice *practice)
{
  g_autoptr (CosmicSecret) passphrase = dpop_practice_passphrase ();

  dpop_session_open_async (session, passphrase, NULL, on_practice_open, practice);
}

static void
on_practice_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Practice) practice = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = dpop_practising_find_finish (result, &error);
  g_autoptr (DpopSession) session = NULL;

  if (folder == NULL)
    {
      dpop_welcome_page_busy (practice->page, NULL);
      dpop_welcome_page_fail (practice->page, error->message);
      return;
    }
  session = dpop_session_new (folder);
  open_practice (session, g_steal_pointer (&practice));
}

static void
begin_practice (DpopWayIn *self, DpopWelcomePage *page)
{
  dpop_welcome_page_busy (page, _("Making up an organisation of sixty members. This takes some "
                                  "seconds."));
  dpop_practising_find_async (on_practice_found, practice_new (self, page));
}

/* --- Deleting a profile. --------------------------------------------------------------------- */

static void
on_gone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopWelcomePage) page = data;
  g_autoptr (GError) error = NULL;

  dpop_welcome_page_busy (page, NULL);
  if (!dpop_practising_end_finish (result, &error))
    dpop_welcome_page_fail (page, error->message);
  dpop_welcome_page_look (page);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  const char *folder = dpop_session_get_folder (DPOP_SESSION (source));

  dpop_session_close_finish (DPOP_SESSION (source), result, NULL);
  dpop_practising_end_async (folder, on_gone, data);
}

static void
discard (DpopWayIn *self, DpopSession *given, const char *text)
{
  g_autoptr (DpopSession) session = g_object_ref (given);
  DpopWelcomePage *page = show_welcome (self);

  dpop_welcome_page_busy (page, text);
  dpop_session_close_async (session, on_closed, g_object_ref (page));
}

void
dpop_way_in_end_practice (DpopWayIn *self, DpopSession *session)
{
  g_return_if_fail (DPOP_IS_WAY_IN (self));
  discard (self, session, _("Deleting the invented organisation."));
}

/* --- An organisation. ------------------------------------------------------------------------ */

static void
on_unlocked (DpopUnlockPage *page, DpopWayIn *self)
{
  dpop_way_in_go_on (self, dpop_page_get_session (DPOP_PAGE (page)));
}

static void
on_elsewhere (DpopUnlockPage *page, DpopWayIn *self)
{
  dpop_way_in_show_welcome (self);
}

/* One for practice protects nothing: nobody is asked, and locked it is only closed. */
static void
show_practice (DpopWayIn *self, DpopSession *session)
{
  DpopWelcomePage *page = show_welcome (self);

  if (dpop_session_get_state (session) != DPOP_SESSION_CLOSED)
    return;
  dpop_welcome_page_busy (page, _("Opening the invented organisation."));
  open_practice (session, practice_new (self, page));
}

void
dpop_way_in_show_unlock (DpopWayIn *self, DpopSession *session)
{
  DpopPage *page;

  g_return_if_fail (DPOP_IS_WAY_IN (self));
  if (dpop_practising_is (dpop_session_get_folder (session)))
    {
      show_practice (self, session);
      return;
    }
  page = dpop_unlock_page_new (session);
  g_signal_connect_object (page, "unlocked", G_CALLBACK (on_unlocked), self, 0);
  g_signal_connect_object (page, "elsewhere", G_CALLBACK (on_elsewhere), self, 0);
  g_signal_emit (self, signals[SESSION], 0, session);
  show_root (self, page);
}

static void
on_in_read (DpopStepPage *page, DpopWayIn *self)
{
  g_signal_emit (self, signals[READY], 0);
}

static void
on_in (DpopWaitingPage *waiting, gboolean votes, DpopWayIn *self)
{
  DpopSession *session = dpop_page_get_session (DPOP_PAGE (waiting));
  const DpopSessionInfo *info = dpop_session_get_info (session);
  g_autofree char *name
      = info != NULL && info->name != NULL
            ? g_strdup_printf (_("This computer belongs to “%s” now, in your name."), info->name)
            : NULL;
  DpopStepPage *page = dpop_step_page_new (
      session, &(DpopStepText){
                   .title = _("Joining"),
                   .question = votes ? _("You are in. You may vote.") : _("You are in."),
                   .explanation = name,
                   .next = _("Go to the Organisation"),
               });

  g_signal_connect_object (page, "next", G_CALLBACK (on_in_read), self, 0);
  show_root (self, DPOP_PAGE (page));
}

static void
on_given_up (DpopWaitingPage *page, DpopWayIn *self)
{
  discard (self, dpop_page_get_session (DPOP_PAGE (page)), _("Deleting the request."));
}

/* A computer that has asked to be let in has no history yet. */
static void
show_waiting (DpopWayIn *self, DpopSession *session)
{
  DpopPage *page = dpop_waiting_page_new (session);

  g_signal_connect_object (page, "in", G_CALLBACK (on_in), self, 0);
  g_signal_connect_object (page, "given-up", G_CALLBACK (on_given_up), self, 0);
  show_root (self, page);
}

void
dpop_way_in_go_on (DpopWayIn *self, DpopSession *session)
{
  const DpopSessionInfo *info;

  g_return_if_fail (DPOP_IS_WAY_IN (self));
  info = dpop_session_get_info (session);
  g_signal_emit (self, signals[SESSION], 0, session);
  if (info != NULL && !info->figures.founded)
    show_waiting (self, session);
  else
    g_signal_emit (self, signals[READY], 0);
}

static void
on_steps_done (gpointer self)
{
  g_signal_emit (self, signals[READY], 0);
}

void
dpop_way_in_founded (DpopWayIn *self, DpopSession *session)
{
  DpopPage *page;

  g_return_if_fail (DPOP_IS_WAY_IN (self));
  g_signal_emit (self, signals[SESSION], 0, session);
  page = dpop_next_steps_begin (GTK_WIDGET (self), session, on_steps_done, G_OBJECT (self));
  show_root (self, page);
}

/* --- The widget. ----------------------------------------------------------------------------- */

static void
dpop_way_in_class_init (DpopWayInClass *klass)
{
  const GType type = G_TYPE_FROM_CLASS (klass);

  signals[SESSION] = g_signal_new ("session", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, DPOP_TYPE_SESSION);
  signals[READY] = g_signal_new ("ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
dpop_way_in_init (DpopWayIn *self)
{
  self->pager = DPOP_PAGER (dpop_pager_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->pager));
}

GtkWidget *
dpop_way_in_new (void)
{
  return g_object_new (DPOP_TYPE_WAY_IN, NULL);
}
