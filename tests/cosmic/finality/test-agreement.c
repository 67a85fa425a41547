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

#define ADD(name, function) g_test_add ("/agreement/" name, Four, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/agreement/A lone witness confirms with one promise", test_alone);
  ADD ("A proposal, prevotes and precommits of a quorum decide", test_the_plain_way);
  return g_test_run ();
}
