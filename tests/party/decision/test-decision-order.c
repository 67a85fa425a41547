/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decision-case.h"

#include "cosmic-order.h"
#include "dpop-rules.h"

/* Votes of one batch, prepared and folded in any order. */

typedef struct
{
  CosmicOperation *operation;
  GBytes *body;
  const FixtureMember *voter;
} Cast;

static void
cast_clear (gpointer data)
{
  Cast *cast = data;

  cosmic_operation_unref (cast->operation);
  g_bytes_unref (cast->body);
}

static GArray *
casts_new (void)
{
  GArray *casts = g_array_new (FALSE, FALSE, sizeof (Cast));

  g_array_set_clear_func (casts, cast_clear);
  return casts;
}

/* By AUTHOR for VOTER, naming each earlier vote of theirs in CASTS with a chance of 2 in 3. */
static void
prepare (DecisionCase *self, FixtureRandom *random, GArray *casts, const FixtureMember *author,
         const FixtureMember *voter, const DpopDecisionBallot *ballot)
{
  g_autoptr (GArray) replaces = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (DpopClaim) claim = NULL;
  GVariant *fields[4];
  Cast cast = { .voter = voter };

  for (guint i = 0; i < casts->len; i++)
    {
      const Cast *earlier = &g_array_index (casts, Cast, i);

      if (earlier->voter == voter && replaces->len < DPOP_DECISION_REPLACES_MAX
          && fixture_random_below (random, 3) != 0)
        g_array_append_val (replaces, earlier->operation->id);
    }
  cosmic_ids_normalise (replaces);
  dpop_decision_ballot_encode (ballot, fields);
  fields[2] = cosmic_codec_new_ids (replaces);
  fields[3] = cosmic_codec_new_id (&voter->member);
  claim = dpop_claim_new (DPOP_KIND_VOTE, g_variant_new_tuple (fields, 4), NULL, NULL);
  cast.operation = fixture_society_operation (&self->society, author, &self->stream.stream, claim,
                                              &cast.body);
  g_array_append_val (casts, cast);
}

static void
shuffle (FixtureRandom *random, guint *order, guint n)
{
  for (guint i = 0; i < n; i++)
    order[i] = i;
  for (guint i = n; i > 1; i--)
    {
      guint j = (guint) fixture_random_below (random, i), keep = order[i - 1];

      order[i - 1] = order[j];
      order[j] = keep;
    }
}

/* Folds CASTS in ORDER, closes, and takes it all back: the outcome's bytes. */
static GBytes *
count_in_order (DecisionCase *self, const GArray *casts, const guint *order)
{
  const CosmicKey key = cosmic_key (DPOP_TAG_OUTCOME, NULL, NULL);
  CosmicState *state = self->stream.state;
  guint mark = cosmic_state_mark (state), exports_mark = cosmic_state_mark (self->stream.exports);
  CosmicFold fold = fixture_stream_begin (&self->stream);
  GBytes *outcome;

  for (guint i = 0; i < casts->len; i++)
    {
      const Cast *cast = &g_array_index (casts, Cast, order[i]);

      cosmic_fold_operation (&fold, cast->operation, cast->body);
    }
  g_assert_cmpuint (decision_case_close (self, FOUNDER (self)), ==, 0);
  fixture_stream_end (&self->stream);
  outcome = cosmic_state_lookup (state, &key);
  cosmic_state_back (state, mark);
  cosmic_state_back (self->stream.exports, exports_mark);
  return outcome;
}

static DpopDecisionBallot
any_ballot (FixtureRandom *random)
{
  DpopDecisionBallot ballot = { .n_marks = 4 };

  for (guint i = 0; i < 4; i++)
    ballot.marks[i] = (guint16) fixture_random_below (random, 5);
  return ballot;
}

/* Members with two computers, members without one for whom two enter votes, and members who got
 * their computer after others had voted for them. */
static void
test_the_order_within_a_batch_decides_nothing (void)
{
  guint64 seed = g_test_rand_int ();
  guint rounds = MAX (200 / fixture_share (), 3);
  FixtureRandom random;

  fixture_random_init (&random, seed);
  g_test_message ("seed %" G_GUINT64_FORMAT ", %u rounds of 4 orders", seed, rounds);
  for (guint round = 0; round < rounds; round++)
    {
      DecisionCase self;
      FixtureMember more[6], second;
      g_autoptr (GArray) casts = casts_new ();
      g_autoptr (GBytes) first = NULL;
      g_autofree guint *order = NULL;
      guint n;

      decision_case_init (&self, 4);
      fixture_society_chair (&self.society, &self.voters[1]);
      for (guint i = 0; i < G_N_ELEMENTS (more); i++)
        more[i] = fixture_society_add (&self.society, FALSE, NULL);
      second = self.voters[2];
      fixture_society_device (&self.society, &second);
      decision_case_start (&self, FIXTURE_RULE_PLAIN, DPOP_BALLOT_RANK, 4);
      for (guint i = 0; i < 3; i++)
        g_assert_cmpuint (decision_case_cast (&self, FOUNDER (&self), &more[i],
                                              any_ballot (&random), NULL, 0, NULL),
                          ==, 0);
      decision_case_next (&self, 1000);
      for (guint i = 0; i < 2; i++)
        fixture_society_device (&self.society, &more[i]);

      n = 1 + (guint) fixture_random_below (&random, 40);
      for (guint i = 0; i < n; i++)
        {
          DpopDecisionBallot ballot = any_ballot (&random);
          guint who = (guint) fixture_random_below (&random, 4 + G_N_ELEMENTS (more));
          const FixtureMember *voter = who < 4 ? &self.voters[who] : &more[who - 4];
          gboolean own = !cosmic_id_is_zero (&voter->device);
          const FixtureMember *author = own ? voter : &self.voters[n % 2];

          if (who == 2 && fixture_random_below (&random, 2) == 0)
            author = &second;
          prepare (&self, &random, casts, author, voter, &ballot);
        }
      order = g_new (guint, n);
      for (guint i = 0; i < 4; i++)
        {
          g_autoptr (GBytes) outcome = NULL;

          shuffle (&random, order, n);
          outcome = count_in_order (&self, casts, order);
          if (first == NULL)
            first = g_bytes_ref (outcome);
          g_assert_true (g_bytes_equal (first, outcome));
        }
      decision_case_clear (&self);
    }
}

/* --- Thousands. -------------------------------------------------------------------------- */

static guint8
class_of (guint16 number, gpointer rules)
{
  return cosmic_rules_kind (rules, number)->class;
}

typedef struct
{
  GArray *casts;         /* of Cast */
  GPtrArray *operations; /* in canonical order */
  GHashTable *bodies;    /* by operation */
} Many;

/* One vote each, without a search for what it replaces. */
static void
prepare_many (DecisionCase *self, FixtureRandom *random, gboolean rank, Many *many)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();

  many->casts = casts_new ();
  many->bodies = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->n_voters; i++)
    {
      DpopDecisionBallot ballot = rank ? any_ballot (random)
                                       : decision_case_answer (DPOP_ANSWER_YES + i % 3);
      g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (Cast));
      const Cast *cast;

      prepare (self, random, one, &self->voters[i], &self->voters[i], &ballot);
      cast = &g_array_index (one, Cast, 0);
      g_array_append_val (many->casts, *cast);
      g_ptr_array_add (operations, cast->operation);
      g_hash_table_insert (many->bodies, cast->operation, cast->body);
    }
  many->operations = cosmic_order_stream (operations, class_of, (gpointer) dpop_rules ());
}

static void
many_clear (Many *many)
{
  g_array_unref (many->casts);
  g_ptr_array_unref (many->operations);
  g_hash_table_unref (many->bodies);
}

static void
vote_many (DecisionCase *self, FixtureRandom *random, DpopBallotKind kind)
{
  gboolean rank = kind == DPOP_BALLOT_RANK;
  g_autoptr (DpopDecisionOutcome) outcome = NULL;
  CosmicFold fold;
  gint64 start, folded, counted;
  Many many;

  decision_case_start (self, FIXTURE_RULE_PLAIN, kind, rank ? 4 : 0);
  prepare_many (self, random, rank, &many);
  fold = fixture_stream_begin (&self->stream);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < many.operations->len; i++)
    {
      CosmicOperation *operation = many.operations->pdata[i];

      g_assert_cmpuint (cosmic_fold_operation (&fold, operation,
                                               g_hash_table_lookup (many.bodies, operation)),
                        ==, COSMIC_REASON_NONE);
    }
  folded = g_get_monotonic_time ();
  outcome = decision_case_end (self);
  counted = g_get_monotonic_time ();
  g_assert_cmpuint (outcome->present, ==, self->n_voters);
  g_test_message ("%u %s: folded in %" G_GINT64_FORMAT " ms, counted in %" G_GINT64_FORMAT " ms",
                  self->n_voters, rank ? "rankings" : "answers", (folded - start) / 1000,
                  (counted - folded) / 1000);
  many_clear (&many);
}

static void
test_thousands_vote (void)
{
  gboolean full = g_getenv ("DPOP_TEST_FULL") != NULL;
  DecisionCase self;
  FixtureRandom random;

  fixture_random_init (&random, 7);
  decision_case_init (&self, full ? 10000 : 2000 / fixture_share ());
  vote_many (&self, &random, DPOP_BALLOT_YES_NO_ABSTAIN);
  vote_many (&self, &random, DPOP_BALLOT_RANK);
  decision_case_clear (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/The order within a batch decides nothing",
                   test_the_order_within_a_batch_decides_nothing);
  g_test_add_func ("/order/Thousands vote", test_thousands_vote);
  return g_test_run ();
}
