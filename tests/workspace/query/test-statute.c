/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-charter.h"
#include "dpop-statute.h"
#include "dpop-words.h"

#include <string.h>

typedef struct
{
  DpopCharter *charter;
  DpopCharterNames *names;
} Rules;

static void
rules_init (Rules *self, const char *name)
{
  g_autoptr (GBytes) json = dpop_edge_charter_ready (name);
  g_autoptr (GPtrArray) problems = NULL;

  self->charter = NULL;
  self->names = NULL;
  problems = dpop_edge_charter_read (g_bytes_get_data (json, NULL), g_bytes_get_size (json),
                                     &self->charter, &self->names);
  g_assert_nonnull (self->charter);
}

static void
rules_clear (Rules *self)
{
  dpop_charter_unref (self->charter);
  dpop_charter_names_free (self->names);
}

static gboolean
may_anywhere (const DpopCharterPermissions *permissions, guint action)
{
  for (guint reach = DPOP_REACH_EVERYWHERE; reach <= DPOP_REACH_LAST; reach++)
    if ((permissions->actions[reach] & DPOP_CHARTER_BIT (action)) != 0)
      return TRUE;
  return FALSE;
}

static gboolean
moves_anybody (const DpopCharter *charter, guint role)
{
  for (guint from = DPOP_MEMBER_APPLICANT; from <= DPOP_MEMBER_STATE_LAST; from++)
    for (guint to = DPOP_MEMBER_APPLICANT; to <= DPOP_MEMBER_STATE_LAST; to++)
      for (guint reach = DPOP_REACH_EVERYWHERE; reach <= DPOP_REACH_LAST; reach++)
        if ((charter->moves[from][to][reach] & DPOP_CHARTER_BIT (role)) != 0)
          return TRUE;
  return FALSE;
}

static void
check_who_may (const char *name)
{
  Rules rules;
  g_autoptr (GPtrArray) all = NULL;

  rules_init (&rules, name);
  all = dpop_statute_who_may (rules.charter, rules.names);
  g_assert_cmpuint (all->len, ==, DPOP_ACTION_LAST - DPOP_ACTION_FIRST + 1);
  for (guint i = 0; i < all->len; i++)
    {
      const DpopStatuteMay *may = all->pdata[i];
      const guint action = DPOP_ACTION_FIRST + i;

      g_assert_cmpstr (may->what, ==, dpop_words_action ((DpopAction) action));
      for (guint role = 0; role < rules.charter->n_roles; role++)
        {
          const char *label = dpop_charter_names_get (rules.names->roles, role)->label;
          const gboolean may_act
              = may_anywhere (&rules.charter->roles[role].permissions, action)
                || (action == DPOP_ACTION_MOVE_MEMBER && moves_anybody (rules.charter, role));

          g_assert_cmpint (strstr (may->who, label) != NULL, ==, may_act);
        }
    }
  rules_clear (&rules);
}

static void
test_who_may (void)
{
  check_who_may ("association");
  check_who_may ("cooperative");
}

static gboolean
has_line (const GPtrArray *lines, const char *text)
{
  for (guint i = 0; i < lines->len; i++)
    if (strcmp (((DpopStatuteLine *) lines->pdata[i])->text, text) == 0)
      return TRUE;
  return FALSE;
}

static void
test_members (void)
{
  Rules rules;
  g_autoptr (GPtrArray) lines = NULL;

  rules_init (&rules, "association");
  lines = dpop_statute_lines (rules.charter, rules.names);
  g_assert_true (has_line (lines, "Members may vote, propose and comment."));
  g_assert_true (has_line (lines, "Applicants neither vote, propose nor comment."));
  g_assert_true (has_line (lines, "Chair or Secretary may admit applicants as members."));
  g_assert_true (has_line (lines, "Secretary may end a membership."));
  g_assert_true (has_line (lines, "Members may leave."));
  g_assert_true (has_line (lines, "Chair may lift suspensions."));
  g_assert_false (has_line (lines, "Chair may make members applicants again."));
  rules_clear (&rules);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statute/Of every action and role it is said who may", test_who_may);
  g_test_add_func ("/statute/Who becomes what by whom is said in sentences", test_members);
  return g_test_run ();
}
