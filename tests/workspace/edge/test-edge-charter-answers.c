/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-answers.h"
#include "dpop-edge-charter.h"

#include <string.h>

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

typedef struct
{
  DpopCharter *charter; /* ready */
  DpopCharterNames *names;
  DpopCharterAnswers *answers;
  DpopCharter *founded; /* NULL: refused */
  DpopCharterNames *called;
  DpopCharterFinding why;
} Founding;

static void
begin (Founding *self, const char *kind)
{
  g_autoptr (GBytes) bytes = dpop_edge_charter_ready (kind);
  g_autoptr (GPtrArray) problems = NULL;

  memset (self, 0, sizeof *self);
  problems = dpop_edge_charter_read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                     &self->charter, &self->names);
  g_assert_nonnull (self->charter);
  self->answers = dpop_charter_answers_new (self->charter, self->names);
  g_free (self->answers->name);
  self->answers->name = g_strdup ("Fahrradkino");
}

static void
apply (Founding *self)
{
  dpop_charter_answers_apply (self->answers, self->charter, self->names, &self->founded,
                              &self->called, &self->why);
}

static void
end (Founding *self)
{
  dpop_charter_unref (self->charter);
  dpop_charter_names_free (self->names);
  dpop_charter_answers_free (self->answers);
  g_clear_pointer (&self->founded, dpop_charter_unref);
  dpop_charter_names_free (self->called);
}

static void
call_role (Founding *self, const char *key, const char *label)
{
  const int index = dpop_charter_names_find (self->names->roles, key);
  DpopCharterRoleAnswer *role;

  g_assert_cmpint (index, >=, 0);
  role = dpop_charter_answers_role (self->answers, (guint) index);
  g_free (role->label);
  role->label = g_strdup (label);
}

static DpopCharterRuleAnswer *
rule_answer (Founding *self, const char *key)
{
  const int index = dpop_charter_names_find (self->names->rules, key);

  g_assert_cmpint (index, >=, 0);
  return dpop_charter_answers_rule (self->answers, (guint) index);
}

static gboolean
may_propose (const DpopCharter *charter, DpopMemberState state, guint64 roles)
{
  const DpopCharterTarget party = { 0 };
  DpopCharterHeld held[DPOP_CHARTER_ROLES_MAX] = { 0 };
  DpopCharterSubject who = { .state = state, .held = held };

  for (guint role = 0; role < charter->n_roles; role++)
    if ((roles & DPOP_CHARTER_BIT (role)) != 0)
      held[who.n_held++].role = role;
  return dpop_charter_may (charter, &who, DPOP_ACTION_PROPOSE, &party);
}

static void
test_unanswered_the_rules_stay_as_they_are (void)
{
  for (const char *const *kind = dpop_edge_charter_ready_names (); *kind != NULL; kind++)
    {
      Founding f;

      begin (&f, *kind);
      apply (&f);
      g_assert_nonnull (f.founded);
      g_assert_true (dpop_charter_equal (f.founded, f.charter));
      g_assert_cmpstr (f.called->name, ==, "Fahrradkino");
      g_assert_cmpstr (f.called->description, ==, "");
      g_assert_cmpuint (f.called->rules->len, ==, f.names->rules->len);
      for (guint i = 0; i < f.names->rules->len; i++)
        g_assert_cmpstr (dpop_charter_names_get (f.called->rules, i)->description, ==,
                         dpop_charter_names_get (f.names->rules, i)->description);
      end (&f);
    }
}

static void
test_an_office_without_a_name_is_not_there (void)
{
  Founding f;
  int treasurer, secretary;

  begin (&f, "association");
  call_role (&f, "treasurer", "");
  call_role (&f, "chair", "President");
  apply (&f);
  g_assert_nonnull (f.founded);
  g_assert_cmpuint (f.founded->n_roles, ==, f.charter->n_roles - 1);
  treasurer = dpop_charter_names_find (f.called->roles, "treasurer");
  g_assert_cmpint (treasurer, ==, -1);
  g_assert_cmpstr (dpop_charter_names_get (f.called->roles, 0)->label, ==, "President");
  secretary = dpop_charter_names_find (f.called->roles, "secretary");
  g_assert_cmpuint (f.founded->founder, ==, f.charter->founder);
  g_assert_true (dpop_charter_is_office (f.founded, (guint) secretary));
  end (&f);
}

/* Taking a role out of the middle moves those behind it: whoever could give, move or act before,
 * can afterwards, and nobody else. */
static void
test_who_stands_behind_a_removed_office_keeps_what_they_may (void)
{
  Founding f;
  int privacy, clerk, removed;

  begin (&f, "party");
  removed = dpop_charter_names_find (f.names->roles, "treasurer");
  call_role (&f, "treasurer", "");
  apply (&f);
  g_assert_nonnull (f.founded);
  for (guint role = 0; role < f.names->roles->len; role++)
    {
      const char *key = dpop_charter_names_get (f.names->roles, role)->key;
      const int now = dpop_charter_names_find (f.called->roles, key);

      if (role == (guint) removed)
        continue;
      g_assert_cmpint (now, ==, (int) role - (role > (guint) removed));
      g_assert_cmpmem (&f.founded->roles[now].permissions, sizeof (DpopCharterPermissions),
                       &f.charter->roles[role].permissions, sizeof (DpopCharterPermissions));
      for (guint giver = 0; giver < f.names->roles->len; giver++)
        if (giver != (guint) removed)
          g_assert_cmpint ((f.charter->roles[role].given_by & DPOP_CHARTER_BIT (giver)) != 0, ==,
                           (f.founded->roles[now].given_by
                            & DPOP_CHARTER_BIT (giver - (giver > (guint) removed)))
                               != 0);
    }
  privacy = dpop_charter_names_find (f.called->roles, "privacy");
  clerk = dpop_charter_names_find (f.called->roles, "group-secretary");
  g_assert_false (dpop_charter_is_office (f.founded, (guint) privacy));
  g_assert_cmpint (f.founded->roles[clerk].scope, ==, DPOP_SCOPE_UNIT);
  end (&f);
}

static void
test_offices_that_are_needed_cannot_go (void)
{
  Founding f;

  begin (&f, "association");
  call_role (&f, "secretary", "");
  apply (&f);
  g_assert_null (f.founded);
  g_assert_cmpint (f.why.severity, ==, DPOP_CHARTER_ERROR);
  end (&f);
}

static void
test_notice_and_quorum_are_those_answered (void)
{
  Founding f;
  DpopCharterRuleAnswer *answer;
  int statutes, ordinary;

  begin (&f, "association");
  answer = rule_answer (&f, "statutes");
  answer->notice_ms = 28 * DAY_MS;
  answer->quorum = (DpopCharterQuorum){ .num = 1, .den = 3 };
  apply (&f);
  g_assert_nonnull (f.founded);
  statutes = dpop_charter_names_find (f.called->rules, "statutes");
  ordinary = dpop_charter_names_find (f.called->rules, "ordinary");
  g_assert_cmpint (f.founded->rules[statutes].min_discussion_ms, ==, 28 * DAY_MS);
  g_assert_cmpuint (f.founded->rules[statutes].quorum.den, ==, 3);
  g_assert_cmpint (f.founded->rules[ordinary].min_discussion_ms, ==, 0);
  /* It said "announced two weeks before", which is not true any more. */
  g_assert_cmpstr (dpop_charter_names_get (f.called->rules, (guint) statutes)->description, ==,
                   "");
  g_assert_cmpstr (dpop_charter_names_get (f.called->rules, (guint) ordinary)->description, !=,
                   "");
  end (&f);
}

static void
test_who_proposes_is_as_answered (void)
{
  for (const char *const *kind = dpop_edge_charter_ready_names (); *kind != NULL; kind++)
    for (guint proposers = DPOP_CHARTER_PROPOSERS_APPLICANTS;
         proposers <= DPOP_CHARTER_PROPOSERS_ROLES; proposers++)
      {
        Founding f;

        begin (&f, *kind);
        f.answers->proposers = proposers;
        apply (&f);
        g_test_message ("%s, %u: %d", *kind, proposers, f.why.code);
        g_assert_nonnull (f.founded);
        g_assert_cmpint (may_propose (f.founded, DPOP_MEMBER_APPLICANT, 0), ==,
                         proposers == DPOP_CHARTER_PROPOSERS_APPLICANTS);
        g_assert_cmpint (may_propose (f.founded, DPOP_MEMBER_MEMBER, 0), ==,
                         proposers != DPOP_CHARTER_PROPOSERS_ROLES);
        g_assert_true (may_propose (f.founded, DPOP_MEMBER_MEMBER, f.founded->founder));
        g_assert_false (may_propose (f.founded, DPOP_MEMBER_FORMER, 0));
        end (&f);
      }
}

static void
test_an_organisation_without_a_name_is_refused (void)
{
  Founding f;

  begin (&f, "cooperative");
  g_free (f.answers->name);
  f.answers->name = g_strdup ("");
  apply (&f);
  g_assert_null (f.founded);
  g_assert_cmpint (f.why.code, ==, DPOP_CHARTER_NAMES_EMPTY);
  end (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/unanswered-the-rules-stay-as-they-are",
                   test_unanswered_the_rules_stay_as_they_are);
  g_test_add_func ("/answers/an-office-without-a-name-is-not-there",
                   test_an_office_without_a_name_is_not_there);
  g_test_add_func ("/answers/who-stands-behind-a-removed-office-keeps-what-they-may",
                   test_who_stands_behind_a_removed_office_keeps_what_they_may);
  g_test_add_func ("/answers/offices-that-are-needed-cannot-go",
                   test_offices_that_are_needed_cannot_go);
  g_test_add_func ("/answers/notice-and-quorum-are-those-answered",
                   test_notice_and_quorum_are_those_answered);
  g_test_add_func ("/answers/who-proposes-is-as-answered", test_who_proposes_is_as_answered);
  g_test_add_func ("/answers/an-organisation-without-a-name-is-refused",
                   test_an_organisation_without_a_name_is_refused);
  return g_test_run ();
}
