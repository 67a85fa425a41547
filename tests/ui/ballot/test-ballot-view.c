/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-form.h"
#include "dpop-ballot-rank-row.h"
#include "dpop-ballot-row.h"
#include "dpop-ballot-view.h"

#include <adwaita.h>

static const char *const songs[] = { "Abendlied", "Shenandoah", "Ave verum", NULL };

/* The N-th descendant of TYPE, in the order in which they are shown. */
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
  return NULL;
}

static void
click (gpointer button)
{
  g_signal_emit_by_name (button, "clicked");
}

/* Whether some label in ROOT says TEXT. */
static gboolean
is_said (GtkWidget *root, const char *text)
{
  GtkWidget *label;

  for (guint i = 0; (label = find (root, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (g_str_equal (gtk_label_get_label (GTK_LABEL (label)), text))
      return TRUE;
  return FALSE;
}

static GtkWidget *
new_form (DpopBallotKind kind, const char *const *names, guint least, guint most)
{
  g_autoptr (DpopBallotPaper) paper = dpop_ballot_paper_new (kind, names, NULL, least, most);
  GtkWidget *form = g_object_ref_sink (dpop_ballot_form_new ());

  dpop_ballot_form_set_paper (DPOP_BALLOT_FORM (form), paper);
  return form;
}

static void
assert_checked (GtkWidget *form, guint row, gboolean checked)
{
  gtk_test_accessible_assert_state (
      find (form, DPOP_TYPE_BALLOT_ROW, row), GTK_ACCESSIBLE_STATE_CHECKED,
      checked ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE);
}

static void
count (GtkWidget *form, guint *times)
{
  (*times)++;
}

static void
test_names_and_roles (void)
{
  static const char *const answers[] = { "Yes", "No", "Abstain" };
  g_autoptr (GtkWidget) form = new_form (DPOP_BALLOT_YES_NO_ABSTAIN, NULL, 0, 0);
  g_autoptr (GtkWidget) several = new_form (DPOP_BALLOT_APPROVE, songs, 1, 2);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      GtkAccessible *row = find (form, DPOP_TYPE_BALLOT_ROW, i);

      gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_RADIO);
      gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, answers[i]);
      assert_checked (form, i, FALSE);
    }
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (find (several, DPOP_TYPE_BALLOT_ROW, 0)),
                                   GTK_ACCESSIBLE_ROLE_CHECKBOX);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find (several, DPOP_TYPE_BALLOT_ROW, 0)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Abendlied");
}

static void
test_one_answer (void)
{
  g_autoptr (GtkWidget) form = new_form (DPOP_BALLOT_YES_NO_ABSTAIN, NULL, 0, 0);
  GtkWidget *cast = find_button (form, "Cast my vote");
  guint times = 0;

  g_signal_connect (form, "cast", G_CALLBACK (count), &times);
  g_assert_false (gtk_widget_get_sensitive (cast));
  click (find (form, DPOP_TYPE_BALLOT_ROW, 0));
  click (find (form, DPOP_TYPE_BALLOT_ROW, 1));
  assert_checked (form, 0, FALSE);
  assert_checked (form, 1, TRUE);
  g_assert_true (is_said (form, "You vote no."));
  g_assert_false (is_said (form, "You vote yes."));
  g_assert_true (gtk_widget_get_sensitive (cast));
  g_assert_cmpuint (times, ==, 0);
  click (cast);
  g_assert_cmpuint (times, ==, 1);
}

static void
test_too_many (void)
{
  g_autoptr (GtkWidget) form = new_form (DPOP_BALLOT_APPROVE, songs, 1, 2);
  GtkWidget *cast = find_button (form, "Cast my vote");

  click (find (form, DPOP_TYPE_BALLOT_ROW, 0));
  click (find (form, DPOP_TYPE_BALLOT_ROW, 1));
  g_assert_true (gtk_widget_get_sensitive (cast));
  click (find (form, DPOP_TYPE_BALLOT_ROW, 2));
  g_assert_false (gtk_widget_get_sensitive (cast));
  g_assert_true (is_said (form, "You have chosen 3. At most 2 are possible: take some back."));
  click (find (form, DPOP_TYPE_BALLOT_ROW, 1));
  g_assert_true (is_said (form, "You approve of Abendlied and Ave verum."));
}

static void
test_on_behalf (void)
{
  g_autoptr (GtkWidget) form = new_form (DPOP_BALLOT_CHOOSE_ONE, songs, 0, 0);

  dpop_ballot_form_set_whom (DPOP_BALLOT_FORM (form), "Carla Cook");
  click (find (form, DPOP_TYPE_BALLOT_ROW, 2));
  g_assert_true (is_said (form, "On behalf of Carla Cook: Ave verum."));
  g_assert_nonnull (find_button (form, "Cast the vote on behalf of Carla Cook"));
  g_assert_null (find_button (form, "Cast my vote"));
}

static void
assert_rank (GtkWidget *form, guint row, guint option, const char *name)
{
  DpopBallotRankRow *rank = find (form, DPOP_TYPE_BALLOT_RANK_ROW, row);

  g_assert_cmpuint (dpop_ballot_rank_row_get_option (rank), ==, option);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (rank), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
move (GtkWidget *form, guint row, const char *action)
{
  gtk_widget_activate_action (find (form, DPOP_TYPE_BALLOT_RANK_ROW, row), action, NULL);
}

static void
test_ranking (void)
{
  g_autoptr (GtkWidget) form = new_form (DPOP_BALLOT_RANK, songs, 0, 0);

  assert_rank (form, 0, 0, "Abendlied: not ranked");
  move (form, 2, "rank.up"); /* Ave verum is first */
  move (form, 1, "rank.up"); /* Abendlied second */
  assert_rank (form, 0, 2, "Ave verum: place 1 of 2");
  assert_rank (form, 1, 0, "Abendlied: place 2 of 2");
  assert_rank (form, 2, 1, "Shenandoah: not ranked");
  move (form, 1, "rank.up");
  assert_rank (form, 0, 0, "Abendlied: place 1 of 2");
  move (form, 1, "rank.join");
  assert_rank (form, 0, 0, "Abendlied: place 1 of 1, together with others");
  g_assert_true (
      is_said (form, "You rank 1. Abendlied and Ave verum equally; the other one is not ranked."));
  gtk_widget_activate_action (find (form, DPOP_TYPE_BALLOT_RANK_ROW, 2), "rank.put", "u", 1u);
  assert_rank (form, 0, 1, "Shenandoah: place 1 of 2");
  move (form, 0, "rank.drop");
  assert_rank (form, 2, 1, "Shenandoah: not ranked");
}

static void
test_refreshing (void)
{
  g_autoptr (GtkWidget) form = new_form (DPOP_BALLOT_CHOOSE_ONE, songs, 0, 0);
  g_autoptr (DpopBallotPaper) same
      = dpop_ballot_paper_new (DPOP_BALLOT_CHOOSE_ONE, songs, NULL, 0, 0);
  g_autoptr (DpopBallotPaper) other
      = dpop_ballot_paper_new (DPOP_BALLOT_CHOOSE_ONE, songs + 1, NULL, 0, 0);
  GtkWidget *row = find (form, DPOP_TYPE_BALLOT_ROW, 1);

  click (row);
  dpop_ballot_form_set_paper (DPOP_BALLOT_FORM (form), same);
  g_assert_true (find (form, DPOP_TYPE_BALLOT_ROW, 1) == row);
  assert_checked (form, 1, TRUE);
  dpop_ballot_form_set_paper (DPOP_BALLOT_FORM (form), other);
  assert_checked (form, 0, FALSE);
  assert_checked (form, 1, FALSE);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ballot/rows have names and roles", test_names_and_roles);
  g_test_add_func ("/ballot/one answer takes the place of another, and is said back",
                   test_one_answer);
  g_test_add_func ("/ballot/more than may be chosen cannot be cast", test_too_many);
  g_test_add_func ("/ballot/whose vote it is stands in the sentence and on the button",
                   test_on_behalf);
  g_test_add_func ("/ballot/options are ranked by actions, and say their place", test_ranking);
  g_test_add_func ("/ballot/the same paper again keeps what is marked", test_refreshing);
  return g_test_run ();
}
