/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-row.h"
#include "dpop-decide.h"
#include "dpop-vote-section.h"
#include "fixture-profile.h"

#include <adwaita.h>

/* The target is the 99th percentile of as many votes. */
#define VOTES      200
#define TARGET_MS  50.0
#define PATIENCE_S 20

typedef struct
{
  FixtureProfile *profile;
  CosmicId decision;
  DpopSession *session;
  GtkWidget *window;  /* what the section stands in; newer GTK looks there for the focus */
  GtkWidget *section; /* NULL: not shown */
} Case;

/* --- Waiting. -------------------------------------------------------------------------------- */

static gboolean
on_patience (gpointer data)
{
  g_error ("waited too long");
  return G_SOURCE_REMOVE;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  guint patience = g_timeout_add_seconds (PATIENCE_S, on_patience, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

/* --- Widgets. -------------------------------------------------------------------------------- */

static gpointer
find_in (GtkWidget *root, GType type, guint *n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type) && (*n)-- == 0)
        return child;
      found = find_in (child, type, n);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gpointer
find (GtkWidget *root, GType type, guint n)
{
  return find_in (root, type, &n);
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  GtkWidget *button;

  for (guint i = 0; (button = find (root, GTK_TYPE_BUTTON, i)) != NULL; i++)
    if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
      return button;
  g_error ("no button “%s”", label);
}

static void
click (gpointer button)
{
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_shown (GtkWidget *widget, const GtkWidget *root)
{
  while (widget != root && gtk_widget_get_visible (widget))
    widget = gtk_widget_get_parent (widget);
  return widget == root;
}

/* Whether some label that is shown says TEXT. */
static gboolean
is_said (GtkWidget *root, const char *text)
{
  GtkWidget *label;

  for (guint i = 0; (label = find (root, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (g_str_equal (gtk_label_get_label (GTK_LABEL (label)), text) && is_shown (label, root))
      return TRUE;
  return FALSE;
}

/* --- The case. ------------------------------------------------------------------------------- */

static void
open_session (Case *self)
{
  g_autoptr (CosmicSecret) passphrase
      = cosmic_secret_copy (FIXTURE_PASSPHRASE, strlen (FIXTURE_PASSPHRASE));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->session = dpop_session_new (self->profile->folder);
  dpop_session_open_async (self->session, passphrase, NULL, on_done, &result);
  wait_for (&result);
  dpop_session_open_finish (self->session, result, &error);
  g_assert_no_error (error);
}

static void
close_session (Case *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  self->section = NULL;
  gtk_window_destroy (GTK_WINDOW (self->window));
  dpop_session_close_async (self->session, on_done, &result);
  wait_for (&result);
  g_assert_true (dpop_session_close_finish (self->session, result, NULL));
  g_clear_object (&self->session);
}

static void
show_section (Case *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DpopDecisionSight) sight = NULL;
  g_autoptr (GError) error = NULL;

  self->window = gtk_window_new ();
  self->section = dpop_vote_section_new (self->session, &self->decision);
  gtk_window_set_child (GTK_WINDOW (self->window), self->section);
  dpop_session_run_async (self->session, dpop_decision_sight_read,
                          g_memdup2 (&self->decision, sizeof self->decision), g_free, NULL, NULL,
                          on_done, &result);
  wait_for (&result);
  sight = dpop_session_run_finish (self->session, result, &error);
  g_assert_no_error (error);
  dpop_vote_section_show (DPOP_VOTE_SECTION (self->section), sight);
}

/* An organisation of a hundred, and a question that is open. */
static Case *
case_new (void)
{
  Case *self = g_new0 (Case, 1);
  DpopCommandFoundResult founded;
  const DpopDecidePropose question
      = { .ballot = DPOP_BALLOT_YES_NO_ABSTAIN, .title = "A new piano?", .question = "" };
  const DpopDecideOpen opening = { 0 };
  g_autoptr (GError) error = NULL;

  self->profile = fixture_profile_new (7);
  self->profile->now = g_get_real_time () / 1000;
  fixture_profile_found (self->profile, "association", &founded);
  for (guint i = 0; i < 99; i++)
    {
      g_autofree char *name = g_strdup_printf ("Member %u", i);

      fixture_profile_enrol (self->profile, name, NULL);
    }
  fixture_profile_confirm (self->profile);
  dpop_decide_propose (self->profile->profile, &question, &self->decision, &error);
  g_assert_no_error (error);
  dpop_decide_open (self->profile->profile, &self->decision, &opening, &error);
  g_assert_no_error (error);
  fixture_profile_close (self->profile);
  open_session (self);
  show_section (self);
  return self;
}

static void
case_free (Case *self)
{
  close_session (self);
  fixture_profile_free (self->profile);
  g_free (self);
}

/* --- Claims. --------------------------------------------------------------------------------- */

static gint
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

/* From the click on "cast" until what was cast stands there as saved. */
static double
cast (Case *self, gboolean yes)
{
  const char *expected = yes ? "You voted yes." : "You voted no.";
  guint patience = g_timeout_add_seconds (PATIENCE_S, on_patience, NULL);
  gint64 began;

  click (find (self->section, DPOP_TYPE_BALLOT_ROW, yes ? 0 : 1));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  began = g_get_monotonic_time ();
  click (find_button (self->section, "Cast my vote"));
  while (!is_said (self->section, expected))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  return (double) (g_get_monotonic_time () - began) / 1000.0;
}

static void
test_cast (void)
{
  Case *self = case_new ();

  g_assert_false (is_said (self->section, "You voted yes."));
  g_assert_false (is_said (self->section, "saved here"));
  cast (self, TRUE);
  g_assert_true (is_said (self->section, "saved here"));
  click (find_button (self->section, "Change my vote"));
  g_assert_false (is_said (self->section, "You voted yes."));
  click (find_button (self->section, "Leave it as it is"));
  g_assert_true (is_said (self->section, "You voted yes."));
  click (find_button (self->section, "Change my vote"));
  cast (self, FALSE);
  g_assert_false (is_said (self->section, "You voted yes."));
  case_free (self);
}

/* As after a crash: the section and the session go, and come again. */
static void
test_draft (void)
{
  Case *self = case_new ();
  guint patience = g_timeout_add_seconds (PATIENCE_S, on_patience, NULL);

  click (find (self->section, DPOP_TYPE_BALLOT_ROW, 1));
  dpop_session_save_drafts (self->session);
  close_session (self);
  open_session (self);
  show_section (self);
  while (!is_said (self->section, "You vote no."))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  cast (self, FALSE);
  close_session (self);
  open_session (self);
  show_section (self);
  g_assert_true (is_said (self->section, "You voted no."));
  case_free (self);
}

static void
test_quick (void)
{
  const guint n = g_getenv ("DPOP_TEST_FULL") != NULL ? VOTES : VOTES / 4;
  Case *self = case_new ();
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  cast (self, TRUE);
  for (guint i = 0; i < n; i++)
    {
      double took;

      click (find_button (self->section, "Change my vote"));
      took = cast (self, i % 2 != 0);
      g_array_append_val (times, took);
    }
  g_array_sort (times, compare);
  g_test_message ("cast to saved here: median %.1f ms, 99th percentile %.1f ms, of %u",
                  g_array_index (times, double, n / 2), g_array_index (times, double, n * 99 / 100),
                  n);
  if (g_getenv ("DPOP_TEST_FULL") != NULL)
    g_assert_cmpfloat (g_array_index (times, double, n * 99 / 100), <, TARGET_MS);
  case_free (self);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/vote/it is cast, changed, and left as it is", test_cast);
  g_test_add_func ("/vote/what was marked is there again after a crash", test_draft);
  g_test_add_func ("/vote/saved here is seen at once", test_quick);
  return g_test_run ();
}
