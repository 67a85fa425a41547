/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agreement-seat.h"

const CosmicId agreement_list = { { 7, 7, 7 } };

void
agreement_seats_init (AgreementSeats *self, guint n, guint f, guint64 seed)
{
  FixtureRandom random;

  g_assert_cmpuint (n, <=, SEATS_MAX);
  *self = (AgreementSeats){
    .n = n, .f = f, .party = { { 1 } }, .previous = { { 2 } }, .previous_time = 1000000
  };
  fixture_random_init (&random, seed);
  self->witnesses = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  for (guint i = 0; i < n; i++)
    {
      CosmicId key;
      CosmicSecret *secret = cosmic_sign_key_new (fixture_random_table (&random), key.bytes);
      guint at = 0;

      while (at < i && cosmic_id_compare (&g_array_index (self->witnesses, CosmicId, at), &key) < 0)
        at++;
      memmove (&self->keys[at + 1], &self->keys[at], (i - at) * sizeof self->keys[0]);
      self->keys[at] = secret;
      g_array_insert_val (self->witnesses, at, key);
    }
}

void
agreement_seats_clear (AgreementSeats *self)
{
  for (guint i = 0; i < self->n; i++)
    cosmic_secret_free (self->keys[i]);
  g_array_unref (self->witnesses);
}

void
agreement_seats_height (const AgreementSeats *self, CosmicAgreementHeight *height)
{
  *height = (CosmicAgreementHeight){ AGREEMENT_SEATS_HEIGHT, self->previous, self->previous_time,
                                     self->witnesses, self->f };
}

GBytes *
agreement_seats_checkpoint (const AgreementSeats *self, guint8 number, gint64 time)
{
  const CosmicCheckpoint checkpoint = {
    .party = self->party,
    .chain = self->chain,
    .height = AGREEMENT_SEATS_HEIGHT,
    .previous = self->previous,
    .time = time,
    .rules_version = 1,
    .state_root = { { number } },
  };

  return cosmic_checkpoint_encode (&checkpoint);
}

guint
agreement_seats_proposer (const AgreementSeats *self, guint32 round)
{
  return (AGREEMENT_SEATS_HEIGHT + round) % self->n;
}

static CosmicId
id_of (GBytes *checkpoint)
{
  CosmicId id = cosmic_id_zero;

  if (checkpoint != NULL)
    cosmic_checkpoint_id (checkpoint, &id);
  return id;
}

GBytes *
agreement_seats_propose (const AgreementSeats *self, guint witness, guint32 round,
                         GBytes *checkpoint, gint64 proof, guint who)
{
  g_autoptr (GArray) prevotes = NULL;
  g_autoptr (CosmicCandidate) candidate = NULL;
  g_autoptr (CosmicWitnessMessage) message = NULL;
  const CosmicId id = id_of (checkpoint);

  if (proof >= 0)
    prevotes = g_array_new (FALSE, FALSE, sizeof (CosmicPrecommit));
  for (guint i = 0; proof >= 0 && i < self->n; i++)
    if (who & 1U << i)
      {
        CosmicPrecommit prevote;

        cosmic_candidate_prevote (&self->party, &self->chain, AGREEMENT_SEATS_HEIGHT,
                                  (guint32) proof, &id, self->keys[i], &prevote);
        g_array_append_val (prevotes, prevote);
      }
  candidate = cosmic_candidate_new (checkpoint, &agreement_list, (guint32) proof, prevotes);
  message = cosmic_witness_message_sign (&self->party, &self->chain, AGREEMENT_SEATS_HEIGHT, round,
                                         COSMIC_STEP_PROPOSE, candidate, NULL, self->keys[witness]);
  return g_bytes_ref (message->bytes);
}

GBytes *
agreement_seats_vote (const AgreementSeats *self, guint witness, guint32 round, CosmicStep step,
                      GBytes *checkpoint)
{
  const CosmicId id = id_of (checkpoint);
  g_autoptr (CosmicWitnessMessage) message
      = cosmic_witness_message_sign (&self->party, &self->chain, AGREEMENT_SEATS_HEIGHT, round,
                                     step, NULL, &id, self->keys[witness]);

  return g_bytes_ref (message->bytes);
}

/* --- One of them at work. --------------------------------------------------------------------- */

void
agreement_seat_init (AgreementSeat *self, const AgreementSeats *seats, guint me, GBytes *promise)
{
  CosmicAgreementHeight height;

  *self = (AgreementSeat){ .seats = seats, .me = me, .now = seats->previous_time + 1000 };
  self->effects = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_agreement_effect_free);
  self->disk = promise != NULL ? g_bytes_ref (promise) : NULL;
  self->machine = cosmic_agreement_new (&seats->party, &seats->chain, seats->keys[me], promise);
  g_assert_nonnull (self->machine);
  agreement_seats_height (seats, &height);
  cosmic_agreement_set_live (self->machine, TRUE, self->now);
  g_assert_true (cosmic_agreement_begin (self->machine, &height, self->now));
  cosmic_agreement_set_work (self->machine, TRUE, self->now);
  agreement_seat_drain (self);
}

void
agreement_seat_clear (AgreementSeat *self)
{
  cosmic_agreement_free (self->machine);
  g_ptr_array_unref (self->effects);
  g_clear_pointer (&self->disk, g_bytes_unref);
}

void
agreement_seat_drain (AgreementSeat *self)
{
  CosmicAgreementEffect *effect;

  while ((effect = cosmic_agreement_next (self->machine)) != NULL)
    {
      g_ptr_array_add (self->effects, effect);
      if (effect->kind != COSMIC_AGREEMENT_WRITE || self->disk_held)
        continue;
      g_clear_pointer (&self->disk, g_bytes_unref);
      self->disk = g_bytes_ref (effect->bytes);
      cosmic_agreement_written (self->machine, effect->ticket, self->now);
    }
}

void
agreement_seat_forget (AgreementSeat *self)
{
  g_ptr_array_set_size (self->effects, 0);
}

CosmicAgreementReceipt
agreement_seat_receive (AgreementSeat *self, GBytes *message)
{
  CosmicAgreementReceipt receipt = cosmic_agreement_receive (self->machine, message, self->now);

  agreement_seat_drain (self);
  return receipt;
}

void
agreement_seat_hear (AgreementSeat *self, GBytes *message)
{
  g_assert_cmpint (agreement_seat_receive (self, message), ==, COSMIC_AGREEMENT_NEW);
  g_bytes_unref (message);
}

void
agreement_seat_judge (AgreementSeat *self, GBytes *checkpoint, CosmicVerdict verdict)
{
  const CosmicId id = id_of (checkpoint);

  cosmic_agreement_judge (self->machine, &id, &agreement_list, verdict, self->now);
  agreement_seat_drain (self);
}

void
agreement_seat_timeout (AgreementSeat *self, guint32 round, CosmicStep step)
{
  cosmic_agreement_timeout (self->machine, AGREEMENT_SEATS_HEIGHT, round, step, self->now);
  agreement_seat_drain (self);
}

const CosmicAgreementEffect *
agreement_seat_last (const AgreementSeat *self, CosmicAgreementKind kind)
{
  for (guint i = self->effects->len; i > 0; i--)
    {
      const CosmicAgreementEffect *effect = self->effects->pdata[i - 1];

      if (effect->kind == kind)
        return effect;
    }
  return NULL;
}

guint
agreement_seat_count (const AgreementSeat *self, CosmicAgreementKind kind)
{
  guint count = 0;

  for (guint i = 0; i < self->effects->len; i++)
    count += ((CosmicAgreementEffect *) self->effects->pdata[i])->kind == kind;
  return count;
}

CosmicWitnessMessage *
agreement_seat_sent (const AgreementSeat *self, guint32 round, CosmicStep step)
{
  CosmicWitnessMessage *found = NULL;

  for (guint i = 0; i < self->effects->len; i++)
    {
      const CosmicAgreementEffect *effect = self->effects->pdata[i];
      CosmicWitnessMessage *message;

      if (effect->kind != COSMIC_AGREEMENT_SEND)
        continue;
      message = cosmic_witness_message_decode (effect->bytes);
      g_assert_nonnull (message);
      if (message->round == round && message->step == step)
        {
          g_assert_null (found);
          found = cosmic_witness_message_ref (message);
        }
      cosmic_witness_message_unref (message);
    }
  return found;
}

void
agreement_seat_assert_vote (const AgreementSeat *self, guint32 round, CosmicStep step,
                            GBytes *checkpoint)
{
  g_autoptr (CosmicWitnessMessage) message = agreement_seat_sent (self, round, step);
  const CosmicId id = id_of (checkpoint);

  g_assert_nonnull (message);
  g_assert_true (cosmic_witness_message_verify (message, &self->seats->party));
  g_assert_true (cosmic_id_same (&message->value, &id));
}

void
agreement_seat_assert_silent (const AgreementSeat *self, guint32 round, CosmicStep step)
{
  g_autoptr (CosmicWitnessMessage) message = agreement_seat_sent (self, round, step);

  g_assert_null (message);
}
