/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-preview.h"
#include "dpop-edge-charter.h"
#include "dpop-membership.h"
#include "dpop-statute.h"
#include "fixture-organisation.h"

#define DAY (24 * 3600 * G_GINT64_CONSTANT (1000))

static DpopDecisionPreview *
preview (FixtureOrganisation *all, const CosmicId *place, guint rule, DpopBallotKind ballot)
{
  GError *error = NULL;
  DpopDecisionPreview *self
      = dpop_decision_preview_new (all->profile->profile, place, rule, ballot, &error);

  g_assert_no_error (error);
  return self;
}

static char *
text_of (const GPtrArray *sentences)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) sentences->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
test_organisation (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (1, TRUE);
  g_autoptr (DpopDecisionPreview) ordinary = NULL;
  g_autoptr (DpopDecisionPreview) ranked = NULL;
  g_autofree char *majority = NULL;
  g_autofree char *ranking = NULL;

  fixture_organisation_enrol (all, 6);
  fixture_organisation_add_devices (all, 2);
  ordinary = preview (all, &cosmic_id_zero, 0, DPOP_BALLOT_YES_NO_ABSTAIN);
  majority = text_of (ordinary->deciding);
  g_assert_cmpstr (majority, ==,
                   "It is accepted by more than half of votes for and against. At least 1/20 of "
                   "those entitled must take part. From the proposal to the vote: at least 3 days. "
                   "The vote is open for at least 1 hour and at most 60 days.");
  g_assert_cmpstr (ordinary->voters, ==,
                   "Everybody who is a member when voting begins may vote: 7 people now, 4 of them "
                   "without a computer.");
  g_assert_cmpuint (ordinary->entitled, ==, 7);
  g_assert_cmpuint (ordinary->without_computer, ==, 4);
  g_assert_cmpint (ordinary->max_open_ms, ==, 60 * DAY);
  g_assert_cmpint (ordinary->opens, ==, 0);
  ranked = preview (all, &cosmic_id_zero, 1, DPOP_BALLOT_RANK);
  ranking = text_of (ranked->deciding);
  g_assert_nonnull (strstr (ranking, "Schulze"));
  g_assert_nonnull (strstr (ranking, "none of these"));
  g_assert_null (strstr (ranking, "Accepted by"));
}

static void
test_group (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (2, TRUE);
  g_autoptr (DpopDecisionPreview) of_group = NULL;

  fixture_organisation_add_units (all, 2);
  fixture_organisation_enrol (all, 5);
  of_group = preview (all, &g_array_index (all->units, CosmicId, 1), 4,
                      DPOP_BALLOT_YES_NO_ABSTAIN);
  g_assert_cmpstr (of_group->voters, ==,
                   "Everybody who belongs to “Group 2” when voting begins may vote: 3 people now, "
                   "3 of them without a computer.");
}

static void
test_proposal (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (3, TRUE);
  g_autoptr (DpopDecisionPreview) proposed = NULL;
  const CosmicId nothing = { { 3 } };
  GError *error = NULL;

  fixture_organisation_decide (all, 1, 0, FIXTURE_DECIDE_PROPOSED);
  fixture_profile_confirm (all->profile);
  proposed = dpop_decision_preview_of (all->profile->profile,
                                       &g_array_index (all->decisions, CosmicId, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpint (proposed->opens, ==, all->profile->now + 3 * DAY);
  g_assert_cmpstr (proposed->voters, ==,
                   "Everybody who is a member when voting begins may vote: 1 person now.");
  g_assert_null (dpop_decision_preview_of (all->profile->profile, &nothing, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (dpop_decision_preview_new (all->profile->profile, &cosmic_id_zero, 60,
                                            DPOP_BALLOT_RANK, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
}

/* Said once: each sentence stands in the rules as a text, word for word. */
static void
test_one_wording (void)
{
  const char *const *ready = dpop_edge_charter_ready_names ();

  for (; *ready != NULL; ready++)
    {
      g_autoptr (GBytes) json = dpop_edge_charter_ready (*ready);
      g_autoptr (DpopCharter) charter = NULL;
      g_autoptr (DpopCharterNames) names = NULL;
      g_autoptr (GPtrArray) problems
          = dpop_edge_charter_read (g_bytes_get_data (json, NULL), g_bytes_get_size (json),
                                    &charter, &names);
      g_autofree char *text = dpop_statute_text (charter, names);

      for (guint i = 0; i < charter->n_rules; i++)
        for (guint ballot = 1; ballot <= DPOP_BALLOT_LAST; ballot++)
          {
            g_autoptr (GPtrArray) sentences = NULL;

            if ((charter->rules[i].ballots & DPOP_CHARTER_BIT (ballot)) == 0)
              continue;
            sentences = dpop_statute_deciding (&charter->rules[i], (DpopBallotKind) ballot);
            g_assert_cmpuint (sentences->len, >=, 2);
            for (guint k = 0; k < sentences->len; k++)
              g_assert_nonnull (strstr (text, sentences->pdata[k]));
          }
      g_assert_null (strstr (text, "at least 0 minutes"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preview/what the organisation decides", test_organisation);
  g_test_add_func ("/preview/what a group decides", test_group);
  g_test_add_func ("/preview/a proposal says when it may be opened", test_proposal);
  g_test_add_func ("/preview/its sentences are those of the rules", test_one_wording);
  return g_test_run ();
}
