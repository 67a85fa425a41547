/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agreement-seat.h"

/* The rules one by one, at one machine that sits among seven keys. */

#define PREVOTE   COSMIC_STEP_PREVOTE
#define PRECOMMIT COSMIC_STEP_PRECOMMIT

static void
assert_decided (const AgreementSeat *seat, GBytes *checkpoint)
{
  const CosmicAgreementEffect *decided = agreement_seat_last (seat, COSMIC_AGREEMENT_DECIDED);
  CosmicCheckpoint read;
  CosmicId id;

  g_assert_nonnull (decided);
  cosmic_checkpoint_id (checkpoint, &id);
  g_assert_true (cosmic_checkpoint_decode (checkpoint, &read));
  g_assert_true (cosmic_certificate_holds (decided->certificate, &read, &id, seat->seats->witnesses,
                                           seat->seats->f));
}

/* --- Alone. ----------------------------------------------------------------------------------- */

static void
test_alone (void)
{
  AgreementSeats seats;
  AgreementSeat seat;
  g_autoptr (GBytes) checkpoint = NULL;

  agreement_seats_init (&seats, 1, 0, 1);
  agreement_seat_init (&seat, &seats, 0, NULL);
  checkpoint = agreement_seats_checkpoint (&seats, 1, seat.now);
  g_assert_nonnull (agreement_seat_last (&seat, COSMIC_AGREEMENT_PROPOSE));
  g_assert_true (cosmic_agreement_propose (seat.machine, 0, checkpoint, &agreement_list, seat.now));
  agreement_seat_drain (&seat);
  assert_decided (&seat, checkpoint);
  g_assert_cmpuint (agreement_seat_count (&seat, COSMIC_AGREEMENT_WRITE), ==, 1);
  agreement_seat_clear (&seat);
  agreement_seats_clear (&seats);
}

/* --- Of four. --------------------------------------------------------------------------------- */

typedef struct
{
  AgreementSeats seats;
  AgreementSeat seat; /* of one who does not propose in round 0, nor in round 1 */
  guint others[3];
  GBytes *one;
  GBytes *two;
} Four;

static void
set_up (Four *self, gconstpointer unused)
{
  guint me;

  agreement_seats_init (&self->seats, 4, 1, 1);
  me = agreement_seats_proposer (&self->seats, 2);
  agreement_seat_init (&self->seat, &self->seats, me, NULL);
  for (guint i = 0; i < 3; i++)
    self->others[i] = (me + 1 + i) % 4;
  self->one = agreement_seats_checkpoint (&self->seats, 1, self->seat.now);
  self->two = agreement_seats_checkpoint (&self->seats, 2, self->seat.now);
}

static void
tear_down (Four *self, gconstpointer unused)
{
  agreement_seat_clear (&self->seat);
  agreement_seats_clear (&self->seats);
  g_bytes_unref (self->one);
  g_bytes_unref (self->two);
}

static void
hear_proposal (Four *self, guint32 round, GBytes *checkpoint, gint64 proof, guint who)
{
  agreement_seat_hear (&self->seat,
                       agreement_seats_propose (&self->seats,
                                                agreement_seats_proposer (&self->seats, round),
                                                round, checkpoint, proof, who));
}

static void
hear_votes (Four *self, guint n, guint32 round, CosmicStep step, GBytes *checkpoint)
{
  for (guint i = 0; i < n; i++)
    agreement_seat_hear (
        &self->seat, agreement_seats_vote (&self->seats, self->others[i], round, step, checkpoint));
}

static void
test_the_plain_way (Four *self, gconstpointer unused)
{
  hear_proposal (self, 0, self->one, -1, 0);
  agreement_seat_assert_silent (&self->seat, 0, PREVOTE);
  agreement_seat_judge (&self->seat, self->one, COSMIC_VERDICT_VALID);
  agreement_seat_assert_vote (&self->seat, 0, PREVOTE, self->one);
  hear_votes (self, 1, 0, PREVOTE, self->one);
  agreement_seat_assert_silent (&self->seat, 0, PRECOMMIT);
  agreement_seat_hear (&self->seat,
                       agreement_seats_vote (&self->seats, self->others[1], 0, PREVOTE, self->one));
  agreement_seat_assert_vote (&self->seat, 0, PRECOMMIT, self->one);
  hear_votes (self, 1, 0, PRECOMMIT, self->one);
  g_assert_null (agreement_seat_last (&self->seat, COSMIC_AGREEMENT_DECIDED));
  agreement_seat_hear (
      &self->seat, agreement_seats_vote (&self->seats, self->others[1], 0, PRECOMMIT, self->one));
  assert_decided (&self->seat, self->one);
}

/* --- What deserves a prevote. ----------------------------------------------------------------- */

static void
test_what_is_judged_bad (Four *self, gconstpointer verdict)
{
  hear_proposal (self, 0, self->one, -1, 0);
  agreement_seat_judge (&self->seat, self->one, (CosmicVerdict) GPOINTER_TO_INT (verdict));
  agreement_seat_assert_vote (&self->seat, 0, PREVOTE, NULL);
}

static void
test_time (Four *self, gconstpointer unused)
{
  const gint64 last = self->seats.previous_time, now = self->seat.now;
  const gint64 times[] = { last, last + 1, now + 60000, now + 60001 };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GBytes) checkpoint = agreement_seats_checkpoint (&self->seats, 9, times[i]);

      agreement_seat_clear (&self->seat);
      agreement_seat_init (&self->seat, &self->seats, (self->others[0] + 3) % 4, NULL);
      hear_proposal (self, 0, checkpoint, -1, 0);
      agreement_seat_judge (&self->seat, checkpoint, COSMIC_VERDICT_VALID);
      agreement_seat_assert_vote (&self->seat, 0, PREVOTE, i == 1 || i == 2 ? checkpoint : NULL);
    }
}

/* A quorum found it fair once: then one witness's objection would stop the height. */
static void
test_what_a_quorum_prevoted_need_only_be_valid (Four *self, gconstpointer unused)
{
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  hear_proposal (self, 1, self->one, 0, 15);
  hear_votes (self, 2, 1, PREVOTE, self->one); /* and with them we are in round 1 */
  agreement_seat_judge (&self->seat, self->one, COSMIC_VERDICT_OMITS);
  agreement_seat_assert_vote (&self->seat, 1, PREVOTE, self->one);
}

static void
test_what_cannot_be_judged_waits (Four *self, gconstpointer unused)
{
  hear_proposal (self, 0, self->one, -1, 0);
  agreement_seat_assert_silent (&self->seat, 0, PREVOTE);
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  agreement_seat_assert_vote (&self->seat, 0, PREVOTE, NULL);
  agreement_seat_judge (&self->seat, self->one, COSMIC_VERDICT_VALID);
  /* Too late for the prevote, and in time for the precommit. */
  hear_votes (self, 3, 0, PREVOTE, self->one);
  agreement_seat_assert_vote (&self->seat, 0, PRECOMMIT, self->one);
}

/* --- The lock. -------------------------------------------------------------------------------- */

/* Locked on ONE in round 1, and now in ROUND. */
static void
lock_in_round_one (Four *self, guint32 round)
{
  hear_votes (self, 2, 1, PREVOTE, self->one);
  hear_proposal (self, 1, self->one, -1, 0);
  agreement_seat_judge (&self->seat, self->one, COSMIC_VERDICT_VALID);
  agreement_seat_assert_vote (&self->seat, 1, PRECOMMIT, self->one);
  hear_votes (self, 2, round, PRECOMMIT, NULL);
}

static void
test_a_lock_holds (Four *self, gconstpointer unused)
{
  lock_in_round_one (self, 3);
  hear_proposal (self, 3, self->two, -1, 0);
  agreement_seat_judge (&self->seat, self->two, COSMIC_VERDICT_VALID);
  agreement_seat_assert_vote (&self->seat, 3, PREVOTE, NULL);
}

static void
test_an_older_proof_does_not_unlock (Four *self, gconstpointer unused)
{
  lock_in_round_one (self, 3);
  hear_proposal (self, 3, self->two, 0, 15);
  agreement_seat_judge (&self->seat, self->two, COSMIC_VERDICT_VALID);
  agreement_seat_assert_vote (&self->seat, 3, PREVOTE, NULL);
}

static void
test_a_newer_proof_unlocks (Four *self, gconstpointer unused)
{
  lock_in_round_one (self, 3);
  hear_proposal (self, 3, self->two, 2, 7);
  agreement_seat_judge (&self->seat, self->two, COSMIC_VERDICT_VALID);
  agreement_seat_assert_vote (&self->seat, 3, PREVOTE, self->two);
}

static void
test_the_lock_is_proposed_again (Four *self, gconstpointer unused)
{
  g_autoptr (CosmicWitnessMessage) proposal = NULL;

  lock_in_round_one (self, 2);
  proposal = agreement_seat_sent (&self->seat, 2, COSMIC_STEP_PROPOSE);
  g_assert_nonnull (proposal);
  g_assert_true (g_bytes_equal (proposal->candidate->bytes, self->one));
  g_assert_cmpuint (proposal->candidate->round, ==, 1);
  g_assert_true (cosmic_candidate_is_proven (proposal->candidate, self->seats.witnesses, 3));
  agreement_seat_assert_vote (&self->seat, 2, PREVOTE, self->one);
}

static void
test_a_false_proof (Four *self, gconstpointer unused)
{
  guint proposer = agreement_seats_proposer (&self->seats, 3);
  g_autoptr (GBytes) few = agreement_seats_propose (&self->seats, proposer, 3, self->two, 2, 3);
  g_autoptr (GBytes) later = agreement_seats_propose (&self->seats, proposer, 3, self->two, 3, 7);

  g_assert_cmpint (agreement_seat_receive (&self->seat, few), ==, COSMIC_AGREEMENT_INVALID);
  g_assert_cmpint (agreement_seat_receive (&self->seat, later), ==, COSMIC_AGREEMENT_INVALID);
}

/* --- Decisions. ------------------------------------------------------------------------------- */

static void
test_precommits_alone_decide (Four *self, gconstpointer unused)
{
  hear_votes (self, 2, 7, PREVOTE, NULL);
  hear_votes (self, 3, 4, PRECOMMIT, self->one);
  assert_decided (&self->seat, self->one);
  g_assert_null (agreement_seat_last (&self->seat, COSMIC_AGREEMENT_DECIDED)->bytes);
}

static void
test_precommits_of_two_rounds_do_not (Four *self, gconstpointer unused)
{
  hear_votes (self, 2, 4, PRECOMMIT, self->one);
  agreement_seat_hear (
      &self->seat, agreement_seats_vote (&self->seats, self->others[2], 5, PRECOMMIT, self->one));
  hear_votes (self, 3, 6, PRECOMMIT, NULL);
  g_assert_null (agreement_seat_last (&self->seat, COSMIC_AGREEMENT_DECIDED));
}

/* --- Promises. -------------------------------------------------------------------------------- */

static void
test_nothing_leaves_before_the_disk (Four *self, gconstpointer unused)
{
  const CosmicAgreementEffect *write;
  g_autoptr (GPtrArray) before = NULL, after = NULL;

  self->seat.disk_held = TRUE;
  hear_proposal (self, 0, self->one, -1, 0);
  agreement_seat_judge (&self->seat, self->one, COSMIC_VERDICT_VALID);
  write = agreement_seat_last (&self->seat, COSMIC_AGREEMENT_WRITE);
  g_assert_nonnull (write);
  hear_votes (self, 3, 0, PREVOTE, self->one);
  hear_votes (self, 2, 0, PRECOMMIT, self->one);
  g_assert_cmpuint (agreement_seat_count (&self->seat, COSMIC_AGREEMENT_SEND), ==, 0);
  g_assert_cmpuint (agreement_seat_count (&self->seat, COSMIC_AGREEMENT_WRITE), ==, 1);
  before = cosmic_agreement_messages (self->seat.machine);
  g_assert_cmpuint (before->len, ==, 6);
  cosmic_agreement_written (self->seat.machine, write->ticket + 1, self->seat.now); /* no such */
  agreement_seat_drain (&self->seat);
  g_assert_cmpuint (agreement_seat_count (&self->seat, COSMIC_AGREEMENT_SEND), ==, 0);
  self->seat.disk_held = FALSE;
  cosmic_agreement_written (self->seat.machine, write->ticket, self->seat.now);
  agreement_seat_drain (&self->seat);
  agreement_seat_assert_vote (&self->seat, 0, PREVOTE, self->one);
  agreement_seat_assert_vote (&self->seat, 0, PRECOMMIT, self->one);
  assert_decided (&self->seat, self->one);
  after = cosmic_agreement_messages (self->seat.machine);
  g_assert_cmpuint (after->len, ==, 8);
}

static void
start_again (Four *self)
{
  g_autoptr (GBytes) disk = g_bytes_ref (self->seat.disk);
  guint me = self->seat.me;

  agreement_seat_clear (&self->seat);
  agreement_seat_init (&self->seat, &self->seats, me, disk);
}

static void
test_a_restart_says_the_same (Four *self, gconstpointer unused)
{
  hear_proposal (self, 0, self->one, -1, 0);
  agreement_seat_judge (&self->seat, self->one, COSMIC_VERDICT_VALID);
  start_again (self);
  agreement_seat_assert_vote (&self->seat, 0, PREVOTE, self->one);
  agreement_seat_forget (&self->seat);
  hear_proposal (self, 0, self->two, -1, 0);
  agreement_seat_judge (&self->seat, self->two, COSMIC_VERDICT_VALID);
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  g_assert_cmpuint (agreement_seat_count (&self->seat, COSMIC_AGREEMENT_SEND), ==, 0);
}

static void
test_a_restart_keeps_the_lock (Four *self, gconstpointer unused)
{
  lock_in_round_one (self, 1);
  start_again (self);
  agreement_seat_assert_vote (&self->seat, 1, PRECOMMIT, self->one);
  hear_votes (self, 2, 3, PREVOTE, NULL);
  hear_proposal (self, 3, self->two, -1, 0);
  agreement_seat_judge (&self->seat, self->two, COSMIC_VERDICT_VALID);
  agreement_seat_assert_vote (&self->seat, 3, PREVOTE, NULL);
}

/* Others may still wait for it. */
static void
test_a_restart_has_what_it_said_before (Four *self, gconstpointer unused)
{
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  hear_votes (self, 2, 0, PREVOTE, NULL);
  hear_votes (self, 2, 0, PRECOMMIT, NULL);
  agreement_seat_timeout (&self->seat, 0, PRECOMMIT);
  agreement_seat_timeout (&self->seat, 1, COSMIC_STEP_PROPOSE);
  start_again (self);
  agreement_seat_assert_vote (&self->seat, 0, PREVOTE, NULL);
  agreement_seat_assert_vote (&self->seat, 0, PRECOMMIT, NULL);
  agreement_seat_assert_vote (&self->seat, 1, PREVOTE, NULL);
}

/* Twenty rounds, of which the newest stay. */
static void
test_a_promise_is_bounded (Four *self, gconstpointer unused)
{
  g_autoptr (CosmicPromise) promise = NULL;

  for (guint32 round = 0; round < 20; round++)
    {
      agreement_seat_timeout (&self->seat, round, COSMIC_STEP_PROPOSE);
      hear_votes (self, 2, round + 1, PREVOTE, NULL);
    }
  promise = cosmic_promise_decode (self->seat.disk);
  g_assert_nonnull (promise);
  g_assert_cmpuint (promise->round, >=, 19);
  g_assert_cmpuint (promise->messages->len, >=, COSMIC_PROMISE_ROUNDS);
  g_assert_cmpuint (promise->messages->len, <=, COSMIC_PROMISE_MESSAGES_MAX);
  start_again (self);
  agreement_seat_assert_silent (&self->seat, 0, PREVOTE);
}

/* Its log was lost, its promises were not: it says nothing until it is there again. */
static void
test_a_promise_of_a_later_height_silences (Four *self, gconstpointer unused)
{
  CosmicAgreementHeight height;

  hear_proposal (self, 0, self->one, -1, 0);
  agreement_seat_judge (&self->seat, self->one, COSMIC_VERDICT_VALID);
  start_again (self);
  agreement_seat_forget (&self->seat);
  agreement_seats_height (&self->seats, &height);
  height.height--;
  g_assert_true (cosmic_agreement_begin (self->seat.machine, &height, self->seat.now));
  cosmic_agreement_set_work (self->seat.machine, TRUE, self->seat.now);
  agreement_seat_drain (&self->seat);
  g_assert_cmpuint (self->seat.effects->len, ==, 0);
}

static void
test_a_promise_of_somebody_else (Four *self, gconstpointer unused)
{
  static const CosmicId other = { { 77 } };
  g_autoptr (GBytes) broken = NULL;
  const CosmicSecret *key = self->seats.keys[self->seat.me];

  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  broken = g_bytes_new_from_bytes (self->seat.disk, 0, g_bytes_get_size (self->seat.disk) - 1);
  g_assert_null (cosmic_agreement_new (&other, &self->seats.chain, key, self->seat.disk));
  g_assert_null (cosmic_agreement_new (&self->seats.party, &other, key, self->seat.disk));
  g_assert_null (cosmic_agreement_new (&self->seats.party, &self->seats.chain,
                                       self->seats.keys[self->others[0]], self->seat.disk));
  g_assert_null (cosmic_agreement_new (&self->seats.party, &self->seats.chain, key, broken));
}

/* --- When nothing runs. ----------------------------------------------------------------------- */

static void
begin_without_work (Four *self)
{
  CosmicAgreementHeight height;

  agreement_seats_height (&self->seats, &height);
  g_assert_true (cosmic_agreement_begin (self->seat.machine, &height, self->seat.now));
  agreement_seat_drain (&self->seat);
  agreement_seat_forget (&self->seat);
}

static void
test_without_work_nothing_begins (Four *self, gconstpointer unused)
{
  begin_without_work (self);
  cosmic_agreement_set_live (self->seat.machine, FALSE, self->seat.now);
  cosmic_agreement_set_live (self->seat.machine, TRUE, self->seat.now);
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  hear_votes (self, 1, 0, PREVOTE, NULL); /* one may be faulty */
  g_assert_cmpuint (self->seat.effects->len, ==, 0);
  agreement_seat_hear (&self->seat,
                       agreement_seats_vote (&self->seats, self->others[1], 0, PREVOTE, NULL));
  g_assert_nonnull (agreement_seat_last (&self->seat, COSMIC_AGREEMENT_SCHEDULE));
}

static void
test_timers_run_only_while_live (Four *self, gconstpointer unused)
{
  const CosmicAgreementEffect *effect;

  cosmic_agreement_set_live (self->seat.machine, FALSE, self->seat.now);
  begin_without_work (self);
  cosmic_agreement_set_work (self->seat.machine, TRUE, self->seat.now);
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  g_assert_cmpuint (self->seat.effects->len, ==, 0);
  cosmic_agreement_set_live (self->seat.machine, TRUE, self->seat.now);
  agreement_seat_drain (&self->seat);
  effect = agreement_seat_last (&self->seat, COSMIC_AGREEMENT_SCHEDULE);
  g_assert_nonnull (effect);
  g_assert_cmpint (effect->step, ==, COSMIC_STEP_PROPOSE);
  g_assert_cmpuint (effect->ms, >, 0);
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  agreement_seat_assert_vote (&self->seat, 0, PREVOTE, NULL);
}

static void
test_who_is_missing_is_known (Four *self, gconstpointer unused)
{
  CosmicAgreementStanding standing;

  hear_votes (self, 2, 0, PREVOTE, NULL);
  cosmic_agreement_standing (self->seat.machine, &standing);
  g_assert_cmpuint (standing.quorum, ==, 3);
  g_assert_cmpuint (standing.missing->len, ==, 1);
  g_assert_true (
      cosmic_id_same (&g_array_index (standing.missing, CosmicId, 0),
                      &g_array_index (self->seats.witnesses, CosmicId, self->others[2])));
  g_array_unref (standing.missing);
}

/* --- Who is faulty, and what is bad. ---------------------------------------------------------- */

static void
test_equivocation_is_shown_once (Four *self, gconstpointer unused)
{
  const CosmicAgreementEffect *evidence;
  g_autoptr (CosmicWitnessMessage) one = NULL, other = NULL;

  hear_votes (self, 1, 0, PREVOTE, self->one);
  g_assert_null (agreement_seat_last (&self->seat, COSMIC_AGREEMENT_EVIDENCE));
  hear_votes (self, 1, 0, PREVOTE, self->two);
  hear_votes (self, 1, 0, PRECOMMIT, self->two);
  hear_votes (self, 1, 0, PRECOMMIT, NULL);
  g_assert_cmpuint (agreement_seat_count (&self->seat, COSMIC_AGREEMENT_EVIDENCE), ==, 1);
  evidence = agreement_seat_last (&self->seat, COSMIC_AGREEMENT_EVIDENCE);
  one = cosmic_witness_message_decode (evidence->bytes);
  other = cosmic_witness_message_decode (evidence->other);
  g_assert_true (cosmic_witness_message_clash (one, other));
  g_assert_true (cosmic_witness_message_verify (one, &self->seats.party));
  g_assert_true (cosmic_witness_message_verify (other, &self->seats.party));
}

/* It told us two things, and others a third: once they stand behind that, it counts here too. */
static void
test_a_third_vote_counts_when_others_stand_behind_it (Four *self, gconstpointer unused)
{
  g_autoptr (GBytes) three = agreement_seats_checkpoint (&self->seats, 3, self->seat.now);
  g_autoptr (GBytes) third
      = agreement_seats_vote (&self->seats, self->others[0], 0, PRECOMMIT, three);

  hear_votes (self, 1, 0, PRECOMMIT, self->one);
  hear_votes (self, 1, 0, PRECOMMIT, self->two);
  g_assert_cmpint (agreement_seat_receive (&self->seat, third), ==, COSMIC_AGREEMENT_OLD);
  for (guint i = 1; i < 3; i++)
    agreement_seat_hear (&self->seat,
                         agreement_seats_vote (&self->seats, self->others[i], 0, PRECOMMIT, three));
  g_assert_cmpint (agreement_seat_receive (&self->seat, third), ==, COSMIC_AGREEMENT_NEW);
  assert_decided (&self->seat, three);
}

static void
test_a_copy_of_us_silences (Four *self, gconstpointer unused)
{
  agreement_seat_hear (&self->seat,
                       agreement_seats_vote (&self->seats, self->seat.me, 0, PREVOTE, self->two));
  g_assert_cmpuint (agreement_seat_count (&self->seat, COSMIC_AGREEMENT_CLASH), ==, 1);
  hear_proposal (self, 0, self->one, -1, 0);
  agreement_seat_judge (&self->seat, self->one, COSMIC_VERDICT_VALID);
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  g_assert_cmpuint (agreement_seat_count (&self->seat, COSMIC_AGREEMENT_SEND), ==, 0);
}

static void
assert_receipt (Four *self, GBytes *message, CosmicAgreementReceipt receipt)
{
  g_autoptr (GBytes) owned = message;

  g_assert_cmpint (agreement_seat_receive (&self->seat, owned), ==, receipt);
}

static void
test_our_own_words_come_back (Four *self, gconstpointer unused)
{
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  hear_votes (self, 2, 5, PREVOTE, NULL);
  agreement_seat_timeout (&self->seat, 5, COSMIC_STEP_PROPOSE);
  start_again (self);
  assert_receipt (self, agreement_seats_vote (&self->seats, self->seat.me, 0, PREVOTE, NULL),
                  COSMIC_AGREEMENT_KNOWN);
  g_assert_null (agreement_seat_last (&self->seat, COSMIC_AGREEMENT_CLASH));
}

static void
test_a_flood_is_bounded (Four *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) kept = NULL;

  for (guint32 round = 0; round < 3000; round++)
    for (guint i = 0; i < 2; i++)
      {
        g_autoptr (GBytes) vote
            = agreement_seats_vote (&self->seats, self->others[0], round * 7 % 2999, PREVOTE,
                                    i == 0 ? self->one : self->two);

        agreement_seat_receive (&self->seat, vote);
      }
  kept = cosmic_agreement_messages (self->seat.machine);
  g_assert_cmpuint (kept->len, <=, 2 * 16);
  /* One that floods moves nobody, and takes nobody's place. */
  agreement_seat_assert_silent (&self->seat, 2998, PREVOTE);
  hear_proposal (self, 0, self->one, -1, 0);
  agreement_seat_judge (&self->seat, self->one, COSMIC_VERDICT_VALID);
  agreement_seat_assert_vote (&self->seat, 0, PREVOTE, self->one);
}

static void
test_receipts (Four *self, gconstpointer unused)
{
  g_autoptr (GBytes) vote
      = agreement_seats_vote (&self->seats, self->others[0], 0, PREVOTE, self->one);
  AgreementSeats others;
  CosmicAgreementHeight height;

  agreement_seats_init (&others, 4, 1, 99);
  assert_receipt (self, g_bytes_ref (vote), COSMIC_AGREEMENT_NEW);
  assert_receipt (self, g_bytes_ref (vote), COSMIC_AGREEMENT_KNOWN);
  assert_receipt (self, agreement_seats_vote (&others, 0, 0, PREVOTE, NULL),
                  COSMIC_AGREEMENT_STRANGER);
  assert_receipt (
      self, agreement_seats_propose (&self->seats, self->others[0], 0, self->one, -1, 0),
      agreement_seats_proposer (&self->seats, 0) == self->others[0] ? COSMIC_AGREEMENT_NEW
                                                                    : COSMIC_AGREEMENT_INVALID);
  agreement_seats_height (&self->seats, &height);
  height.height++;
  g_assert_true (cosmic_agreement_begin (self->seat.machine, &height, self->seat.now));
  assert_receipt (self, g_bytes_ref (vote), COSMIC_AGREEMENT_OLD);
  height.height -= 2;
  g_assert_true (cosmic_agreement_begin (self->seat.machine, &height, self->seat.now));
  assert_receipt (self, g_bytes_ref (vote), COSMIC_AGREEMENT_LATER);
  agreement_seats_clear (&others);
}

/* Every message with every bit turned over: none is taken for what it was. */
static void
test_every_bit_counts (Four *self, gconstpointer unused)
{
  guint proposer = agreement_seats_proposer (&self->seats, 3);
  GBytes *messages[] = {
    agreement_seats_propose (&self->seats, proposer, 3, self->one, 1, 7),
    agreement_seats_vote (&self->seats, self->others[0], 3, PREVOTE, self->one),
    agreement_seats_vote (&self->seats, self->others[0], 3, PRECOMMIT, NULL),
    agreement_seats_vote (&self->seats, self->others[0], 3, PRECOMMIT, self->two),
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      gsize size;
      const guint8 *start = g_bytes_get_data (messages[i], &size);

      for (gsize bit = 0; bit < 8 * size; bit += (i == 0 ? 5 : 1) * fixture_share ())
        {
          guint8 *copy = g_memdup2 (start, size);
          g_autoptr (GBytes) bad = NULL;

          copy[bit / 8] ^= (guint8) (1U << bit % 8);
          bad = g_bytes_new_take (copy, size);
          g_assert_cmpint (agreement_seat_receive (&self->seat, bad), !=, COSMIC_AGREEMENT_NEW);
        }
      for (gsize cut = 0; cut < size; cut++)
        {
          g_autoptr (GBytes) bad = g_bytes_new_from_bytes (messages[i], 0, cut);

          g_assert_cmpint (agreement_seat_receive (&self->seat, bad), ==, COSMIC_AGREEMENT_INVALID);
        }
      agreement_seat_hear (&self->seat, messages[i]);
    }
}

/* --- Other witnesses at the same height. ------------------------------------------------------ */

static void
test_a_recovery_keeps_what_was_said (Four *self, gconstpointer unused)
{
  CosmicAgreementHeight height;
  g_autoptr (GArray) alone = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (CosmicWitnessMessage) again = NULL;

  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PROPOSE);
  agreement_seats_height (&self->seats, &height);
  g_array_append_val (alone, g_array_index (self->seats.witnesses, CosmicId, self->seat.me));
  height.witnesses = alone;
  height.f = 0;
  agreement_seat_forget (&self->seat);
  g_assert_true (cosmic_agreement_begin (self->seat.machine, &height, self->seat.now));
  cosmic_agreement_set_work (self->seat.machine, TRUE, self->seat.now);
  agreement_seat_drain (&self->seat);
  /* The nil prevote of round 0 stands; now it is a quorum, and the next round is ours. */
  agreement_seat_assert_vote (&self->seat, 0, PREVOTE, NULL);
  agreement_seat_assert_vote (&self->seat, 0, PRECOMMIT, NULL);
  agreement_seat_timeout (&self->seat, 0, COSMIC_STEP_PRECOMMIT);
  g_assert_true (
      cosmic_agreement_propose (self->seat.machine, 1, self->one, &agreement_list, self->seat.now));
  agreement_seat_drain (&self->seat);
  g_assert_nonnull (agreement_seat_last (&self->seat, COSMIC_AGREEMENT_DECIDED));
}

static void
test_no_quorum_no_height (Four *self, gconstpointer unused)
{
  CosmicAgreementHeight height;

  agreement_seats_height (&self->seats, &height);
  height.f = 2;
  g_assert_false (cosmic_agreement_begin (self->seat.machine, &height, self->seat.now));
  height.f = 1;
  height.height = 0;
  g_assert_false (cosmic_agreement_begin (self->seat.machine, &height, self->seat.now));
}

#define ADD(name, function) g_test_add ("/agreement/" name, Four, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/agreement/A lone witness confirms with one promise", test_alone);
  ADD ("A proposal, prevotes and precommits of a quorum decide", test_the_plain_way);
  g_test_add ("/agreement/prevote/Not for what is invalid", Four,
              GINT_TO_POINTER (COSMIC_VERDICT_INVALID), set_up, test_what_is_judged_bad, tear_down);
  g_test_add ("/agreement/prevote/Not for what omits something", Four,
              GINT_TO_POINTER (COSMIC_VERDICT_OMITS), set_up, test_what_is_judged_bad, tear_down);
  ADD ("prevote/After the last time, and at most 60 s ahead", test_time);
  ADD ("prevote/What a quorum prevoted need only be valid",
       test_what_a_quorum_prevoted_need_only_be_valid);
  ADD ("prevote/What cannot be judged waits for the timer", test_what_cannot_be_judged_waits);
  ADD ("lock/It holds against a new proposal", test_a_lock_holds);
  ADD ("lock/It holds against an older proof", test_an_older_proof_does_not_unlock);
  ADD ("lock/It is let go for a newer proof", test_a_newer_proof_unlocks);
  ADD ("lock/It is proposed again with its proof", test_the_lock_is_proposed_again);
  ADD ("lock/A proof of too few or of the future is none", test_a_false_proof);
  ADD ("decision/Precommits alone decide, of whatever round", test_precommits_alone_decide);
  ADD ("decision/Precommits of two rounds do not", test_precommits_of_two_rounds_do_not);
  ADD ("promise/Nothing leaves before it is on disk", test_nothing_leaves_before_the_disk);
  ADD ("promise/A restart says the same, and nothing else", test_a_restart_says_the_same);
  ADD ("promise/A restart keeps the lock", test_a_restart_keeps_the_lock);
  ADD ("promise/A restart still has what it said in rounds before",
       test_a_restart_has_what_it_said_before);
  ADD ("promise/It is bounded, however many rounds there were", test_a_promise_is_bounded);
  ADD ("promise/One of a later height silences", test_a_promise_of_a_later_height_silences);
  ADD ("promise/Another's or a broken one is refused", test_a_promise_of_somebody_else);
  ADD ("rest/Without anything to confirm nothing begins", test_without_work_nothing_begins);
  ADD ("rest/Timers run only while a quorum is live", test_timers_run_only_while_live);
  ADD ("rest/Who is missing is known", test_who_is_missing_is_known);
  ADD ("faulty/Equivocation is shown once, with proof", test_equivocation_is_shown_once);
  ADD ("faulty/A third vote counts when others stand behind it",
       test_a_third_vote_counts_when_others_stand_behind_it);
  ADD ("faulty/A copy of this witness silences it", test_a_copy_of_us_silences);
  ADD ("faulty/Our own words may come back", test_our_own_words_come_back);
  ADD ("faulty/A flood of rounds is bounded", test_a_flood_is_bounded);
  ADD ("bad/Known, old, later, of strangers, out of turn", test_receipts);
  ADD ("bad/Every bit and every cut is refused", test_every_bit_counts);
  ADD ("recovery/Other witnesses at the same height", test_a_recovery_keeps_what_was_said);
  ADD ("recovery/No quorum, no height", test_no_quorum_no_height);
  return g_test_run ();
}
