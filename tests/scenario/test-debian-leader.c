/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-merkle.h"
#include "dpop-bundle.h"
#include "dpop-command-enrol.h"
#include "dpop-decide.h"
#include "dpop-decision-query.h"
#include "dpop-edge-debian-tally.h"
#include "fixture-case.h"
#include "fixture-profile.h"

#include <glib/gstdio.h>

/* The Debian project leader election of 2020, replayed: 339 people with a key set of their own each
 * vote by signed operations; what comes out is what was published. Two real profiles: the record
 * keeper's, where all but one vote, and that one's. */

#define ELECTION 1 /* the association's rule */
#define DELTAS   8
#define MINUTE   (60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  CosmicId member;
  CosmicSecret *device;
} Voter;

typedef struct
{
  FixtureProfile *keeper;
  FixtureProfile *second; /* the first voter's */
  DpopEdgeBallots *tally;
  Voter *voters;
  CosmicId decision;
  char *stick; /* a folder for transfer files */
  guint n_deltas;
} Election;

static char *
on_stick (Election *self, const char *name, guint number)
{
  g_autofree char *file = g_strdup_printf ("%s-%u", name, number);

  return g_build_filename (self->stick, file, NULL);
}

/* --- Transfer files. -------------------------------------------------------------------------- */

static void
summarise (Election *self)
{
  g_autofree char *path = on_stick (self, "summary", self->n_deltas);
  DpopProfile *profile = self->keeper->profile;
  GError *error = NULL;

  dpop_bundle_summary_write (dpop_profile_log (profile), dpop_profile_device (profile),
                             dpop_profile_witness (profile), self->keeper->now, path, &error);
  g_assert_no_error (error);
}

/* What came since the last summary, as one more file. */
static void
export_delta (Election *self)
{
  g_autofree char *before = on_stick (self, "summary", self->n_deltas);
  g_autofree char *path = on_stick (self, "delta", self->n_deltas++);
  CosmicLog *log = dpop_profile_log (self->keeper->profile);
  g_autoptr (DpopBundleSummary) summary = NULL;
  DpopBundleWish wish = { 0 };
  DpopBundleExport result;
  GError *error = NULL;

  g_assert_cmpuint (self->n_deltas, <=, DELTAS);
  if (g_file_test (before, G_FILE_TEST_EXISTS))
    summary = dpop_bundle_summary_read (log, before, &error);
  g_assert_no_error (error);
  wish.peer = summary;
  dpop_bundle_export (log, path, &wish, NULL, &result, &error);
  g_assert_no_error (error);
  summarise (self);
}

static gboolean
import (FixtureProfile *into, const char *path)
{
  DpopBundleImport result;
  GError *error = NULL;

  dpop_bundle_import (dpop_profile_log (into->profile), path, dpop_profile_seal (into->profile),
                      NULL, &result, &error);
  if (error != NULL)
    g_test_message ("%s", error->message);
  g_clear_error (&error);
  return result.held == 0;
}

/* In an order of its own, each again until nothing more comes in. */
static void
import_shuffled (Election *self, FixtureProfile *into, FixtureRandom *random)
{
  guint order[DELTAS];

  for (guint i = 0; i < self->n_deltas; i++)
    order[i] = i;
  for (guint i = self->n_deltas; i > 1; i--)
    {
      guint j = (guint) fixture_random_below (random, i), swap = order[i - 1];

      order[i - 1] = order[j];
      order[j] = swap;
    }
  for (guint round = 0; round < self->n_deltas; round++)
    for (guint i = 0; i < self->n_deltas; i++)
      {
        g_autofree char *path = on_stick (self, "delta", order[i]);

        import (into, path);
      }
}

/* --- The election. ---------------------------------------------------------------------------- */

/* The party's keys for the second laptop, as a share; *ROOT is the root over it alone. */
static void
share_keys (Election *self, const CosmicId *seal, CosmicId *root)
{
  CosmicLog *log = dpop_profile_log (self->keeper->profile);
  CosmicLogStore store = cosmic_log_store (log);
  const CosmicState *authority = dpop_profile_state (self->keeper->profile, NULL, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GBytes) envelope = NULL;
  CosmicId body, personal, id;
  CosmicShare share = { 0 };

  g_assert_true (cosmic_authority_scope_key (authority, &cosmic_id_zero, FALSE, &body, NULL));
  g_assert_true (cosmic_authority_scope_key (authority, &cosmic_id_zero, TRUE, &personal, NULL));
  share.body = cosmic_scope_key_new (cosmic_scope_key_bytes (cosmic_log_key (log, &body)));
  share.personal = cosmic_scope_key_new (cosmic_scope_key_bytes (cosmic_log_key (log, &personal)));
  envelope = cosmic_share_seal (&share, cosmic_log_party (log), seal,
                                fixture_random_table (&self->keeper->random));
  cosmic_share_clear (&share);
  cosmic_envelope_id (envelope, &id);
  g_array_append_val (ids, id);
  cosmic_merkle_root_of (ids, root);
  g_assert_true (store.table->put_share (store.self, envelope, NULL));
}

/* Makes the key set of voter I, or takes the second laptop's, and asks to be let in. */
static void
request_device (Election *self, guint i, CosmicRequest *request, CosmicId *shares)
{
  const CosmicId *party = cosmic_log_party (dpop_profile_log (self->keeper->profile));
  DpopRandom random = fixture_random_table (&self->keeper->random);
  g_autoptr (CosmicSecret) seal = NULL;
  CosmicId key;

  *request = (CosmicRequest){ .member = self->voters[i].member };
  *shares = cosmic_id_zero;
  if (i == 0)
    {
      dpop_profile_seal_id (self->second->profile, &request->seal);
      cosmic_request_sign (request, party, dpop_profile_device (self->second->profile), NULL);
      share_keys (self, &request->seal, shares);
      return;
    }
  self->voters[i].device = cosmic_sign_key_new (random, key.bytes);
  seal = cosmic_seal_key_new (random, request->seal.bytes);
  cosmic_request_sign (request, party, self->voters[i].device, NULL);
}

static void
enrol (Election *self)
{
  GError *error = NULL;

  for (guint i = 0; i < self->tally->ballots->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("Voter %u", i + 1);

      self->voters[i].member = fixture_profile_enrol (self->keeper, name, NULL);
    }
  fixture_profile_confirm (self->keeper);
  dpop_profile_begin (self->keeper->profile, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < self->tally->ballots->len; i++)
    {
      CosmicRequest request;
      CosmicId shares;

      request_device (self, i, &request, &shares);
      dpop_profile_say (self->keeper->profile, NULL,
                        dpop_claim_new (COSMIC_KIND_DEVICE_ADD,
                                        cosmic_device_add_body (&request, &shares), NULL, NULL),
                        NULL, &error);
      g_assert_no_error (error);
    }
  dpop_profile_commit (self->keeper->profile, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (self->keeper);
}

static void
open_box (Election *self)
{
  const DpopDecidePropose proposal = { .rule = ELECTION, .ballot = DPOP_BALLOT_RANK,
                                       .title = "Project leader 2020",
                                       .question = "Who shall lead the project?" };
  const DpopDecideOpen plain = { 0 };
  GError *error = NULL;

  dpop_decide_propose (self->keeper->profile, &proposal, &self->decision, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < self->tally->options->len; i++)
    {
      dpop_decide_add_option (self->keeper->profile, &self->decision, NULL, NULL,
                              self->tally->options->pdata[i], NULL, NULL, &error);
      g_assert_no_error (error);
    }
  self->keeper->now += MINUTE;
  dpop_decide_open (self->keeper->profile, &self->decision, &plain, &error);
  g_assert_no_error (error);
}

static void
read_ballot (Election *self, guint index, DpopDecisionBallot *ballot)
{
  const DpopCountBallot *cast = &g_array_index (self->tally->ballots, DpopCountBallot, index);

  *ballot = (DpopDecisionBallot){ .n_marks = self->tally->options->len };
  for (guint i = 0; i < ballot->n_marks; i++)
    ballot->marks[i] = cast->ranks[i];
}

static void
vote_from (Election *self, guint from, guint to)
{
  GError *error = NULL;

  for (guint i = from; i < to; i++)
    {
      DpopDecisionBallot ballot;

      read_ballot (self, i, &ballot);
      dpop_decide_vote_with (self->keeper->profile, self->voters[i].device, &self->decision,
                             &self->voters[i].member, &ballot, &error);
      g_assert_no_error (error);
    }
}

/* The first voter votes on a laptop of their own and carries the vote over on the stick. */
static void
vote_on_second (Election *self)
{
  g_autofree char *path = on_stick (self, "second", 0);
  DpopDecisionBallot ballot;
  DpopBundleExport result;
  GError *error = NULL;

  read_ballot (self, 0, &ballot);
  dpop_decide_vote (self->second->profile, &self->decision, NULL, &ballot, NULL, &error);
  g_assert_no_error (error);
  dpop_bundle_export (dpop_profile_log (self->second->profile), path, NULL, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_true (import (self->keeper, path));
}

/* --- What must come out. ---------------------------------------------------------------------- */

static void
check_outcome (FixtureProfile *at, const CosmicId *id)
{
  /* The published margins; nobody shared a place. */
  static const int margins[4][4] = {
    { 0, 201, 241, 267 }, { -201, 0, 49, 168 }, { -241, -49, 0, 69 }, { -267, -168, -69, 0 }
  };
  GError *error = NULL;
  const CosmicState *state = dpop_profile_state (at->profile, id, &error);
  g_autoptr (DpopDecision) decision = dpop_decision_query (state, NULL);

  g_assert_no_error (error);
  g_assert_nonnull (decision->outcome);
  g_assert_cmpint (decision->outcome->status, ==, DPOP_OUTCOME_ELECTED);
  g_assert_cmpuint (decision->outcome->entitled, ==, 340);
  g_assert_cmpuint (decision->outcome->present, ==, 339);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpuint (decision->outcome->places[i], ==, i + 1);
      for (guint j = 0; j < 4; j++)
        g_assert_cmpint ((int) decision->outcome->preferred[i][j]
                             - (int) decision->outcome->preferred[j][i],
                         ==, margins[i][j]);
    }
}

static void
check_verified (FixtureProfile *at)
{
  CosmicVerifyReport report;
  GError *error = NULL;

  cosmic_log_verify (dpop_profile_log (at->profile), NULL, NULL, &report, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report.faults->len; i++)
    g_test_message ("%s", (char *) report.faults->pdata[i]);
  g_assert_cmpuint (report.faults->len, ==, 0);
  g_test_message ("%u entries checked", report.checked);
  cosmic_verify_report_clear (&report);
}

static void
election_init (Election *self, GBytes *file)
{
  DpopCommandFoundResult founded;
  GError *error = NULL;

  self->tally = dpop_edge_debian_tally_parse (g_bytes_get_data (file, NULL),
                                              g_bytes_get_size (file), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->tally->ballots->len, ==, 339);
  self->voters = g_new0 (Voter, self->tally->ballots->len);
  self->stick = g_dir_make_tmp ("dpop-stick-XXXXXX", &error);
  g_assert_no_error (error);
  self->keeper = fixture_profile_new (1);
  self->second = fixture_profile_new (2);
  fixture_profile_found (self->keeper, "association", &founded);
  dpop_profile_begin (self->second->profile, &error);
  cosmic_log_set_party (dpop_profile_log (self->second->profile), &founded.party, &error);
  g_assert_no_error (error);
  dpop_profile_commit (self->second->profile, &error);
  g_assert_no_error (error);
}

static void
election_clear (Election *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->stick, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->stick, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->stick);
  for (guint i = 0; i < self->tally->ballots->len; i++)
    cosmic_secret_free (self->voters[i].device);
  g_free (self->voters);
  g_free (self->stick);
  dpop_edge_ballots_free (self->tally);
  fixture_profile_free (self->keeper);
  fixture_profile_free (self->second);
}

static void
test_the_election_of_2020 (void)
{
  g_autoptr (GBytes) file = fixture_case ("counting/debian-leader-2020.txt");
  Election self = { 0 };
  GError *error = NULL;
  gint64 start = g_get_monotonic_time ();
  guint n;

  if (file == NULL)
    return;
  election_init (&self, file);
  n = self.tally->ballots->len;
  enrol (&self);
  export_delta (&self);
  open_box (&self);
  export_delta (&self);
  import_shuffled (&self, self.second, &self.second->random);
  vote_on_second (&self);
  for (guint part = 0; part < 4; part++)
    {
      vote_from (&self, 1 + part * (n - 1) / 4, 1 + (part + 1) * (n - 1) / 4);
      if (part == 1)
        fixture_profile_confirm (self.keeper);
      export_delta (&self);
    }
  self.keeper->now += MINUTE;
  dpop_decide_close (self.keeper->profile, &self.decision, &error);
  g_assert_no_error (error);
  export_delta (&self);
  import_shuffled (&self, self.second, &self.second->random);

  check_outcome (self.keeper, &self.decision);
  check_outcome (self.second, &self.decision);
  g_assert_cmpuint (cosmic_log_height (dpop_profile_log (self.keeper->profile)), ==,
                    cosmic_log_height (dpop_profile_log (self.second->profile)));
  g_assert_true (cosmic_id_same (cosmic_log_state_root (dpop_profile_log (self.keeper->profile)),
                                 cosmic_log_state_root (dpop_profile_log (self.second->profile))));
  check_verified (self.keeper);
  check_verified (self.second);
  g_test_message ("the whole: %.2f s",
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  election_clear (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scenario/The Debian project leader election of 2020",
                   test_the_election_of_2020);
  return g_test_run ();
}
