/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agreement-council-private.h"

/* --- Whoever is faulty. ----------------------------------------------------------------------- */

/* The height and round that the honest are at, roughly. */
static void
look_around (Council *self, guint64 *height, guint32 *round, CosmicId *previous, gint64 *time)
{
  const Member *furthest = NULL;
  CosmicAgreementStanding standing;

  for (guint i = 0; i < self->n_members; i++)
    if (self->members[i].machine != NULL && self->members[i].honest
        && (furthest == NULL || self->members[i].height > furthest->height))
      furthest = &self->members[i];
  *height = 1;
  *round = 0;
  *previous = cosmic_id_zero;
  *time = self->now;
  if (furthest == NULL)
    return;
  cosmic_agreement_standing (furthest->machine, &standing);
  g_array_unref (standing.missing);
  *height = furthest->height;
  *round = standing.round;
  council_last_checkpoint (self, furthest, previous, time);
  *time = MAX (*time + 1, self->now);
}

static void
evil_send (Council *self, guint index, const CosmicWitnessMessage *message, guint audience)
{
  council_broadcast (self, index, audience, message->bytes);
}

static void
evil_proposal (Council *self, guint index, guint64 height, guint32 round, const CosmicId *previous,
               gint64 time, guint audience)
{
  const guint witness = self->members[index].witness;
  gboolean valid = council_chance (self, 600);
  GBytes *bytes = council_make_checkpoint (self, height, previous, time, valid);
  CosmicId list = council_list_of (bytes);
  g_autoptr (CosmicCandidate) candidate = NULL;
  g_autoptr (CosmicWitnessMessage) message = NULL;
  g_autoptr (GArray) proof = NULL;

  if (council_chance (self, 200))
    list.bytes[5] ^= 1; /* another list than that */
  if (round > 0 && council_chance (self, 200))
    {
      CosmicPrecommit prevote = { .witness = g_array_index (self->witnesses, CosmicId, 0) };

      proof = g_array_new (FALSE, FALSE, sizeof (CosmicPrecommit));
      g_array_append_val (proof, prevote); /* that nobody made */
    }
  candidate = cosmic_candidate_new (bytes, &list, 0, proof);
  message = cosmic_witness_message_sign (&self->party, &cosmic_id_zero, height, round,
                                         COSMIC_STEP_PROPOSE, candidate, NULL, self->keys[witness]);
  evil_send (self, index, message, audience);
}

static void
evil_vote (Council *self, guint index, guint64 height, guint32 round, guint audience)
{
  CosmicStep step = council_chance (self, 500) ? COSMIC_STEP_PREVOTE : COSMIC_STEP_PRECOMMIT;
  CosmicId id = cosmic_id_zero;
  g_autoptr (CosmicWitnessMessage) message = NULL;

  if (council_chance (self, 700) && self->proposed->len > 0)
    cosmic_checkpoint_id (
        self->proposed
            ->pdata[self->proposed->len - 1 - council_below (self, MIN (4, self->proposed->len))],
        &id);
  else if (council_chance (self, 300))
    dpop_random_fill (fixture_random_table (&self->random), id.bytes, COSMIC_ID_SIZE);
  message = cosmic_witness_message_sign (&self->party, &cosmic_id_zero, height, round, step, NULL,
                                         &id, self->keys[self->members[index].witness]);
  evil_send (self, index, message, audience);
}

static void
evil_garbage (Council *self, guint index, guint64 height, guint32 round, guint audience)
{
  g_autoptr (CosmicWitnessMessage) message = cosmic_witness_message_sign (
      &self->party, &cosmic_id_zero, height, round, COSMIC_STEP_PREVOTE, NULL, &cosmic_id_zero,
      self->keys[self->members[index].witness]);
  gsize size;
  const guint8 *start = g_bytes_get_data (message->bytes, &size);
  guint8 *copy = g_memdup2 (start, size);
  g_autoptr (GBytes) bytes = NULL;

  copy[council_below (self, (guint) size)] ^= (guint8) (1 + council_below (self, 255));
  bytes = g_bytes_new_take (copy, size);
  council_broadcast (self, index, audience, bytes);
}

void
council_do_evil (Council *self, guint index)
{
  guint everybody = (1U << self->n_members) - 1;
  guint some = council_below (self, (1U << self->n_members));
  guint64 height;
  guint32 round;
  CosmicId previous;
  gint64 time;

  council_push (self, 100 + council_below (self, council_is_unrest (self) ? 500 : 1500), EVENT_EVIL,
                index);
  look_around (self, &height, &round, &previous, &time);
  round = round + council_below (self, 4) - MIN (round, council_below (self, 3));
  switch (council_below (self, 6))
    {
    case 0: /* two proposals, to two halves; wherever it is its turn */
      while ((height + round) % self->plan->n != self->members[index].witness)
        round++;
      evil_proposal (self, index, height, round, &previous, time, some);
      evil_proposal (self, index, height, round, &previous, time + 1, everybody & ~some);
      break;
    case 1:
    case 2: /* two votes, to two halves */
      evil_vote (self, index, height, round, some);
      evil_vote (self, index, height, round, everybody & ~some);
      break;
    case 3: /* three, to everybody */
      for (guint i = 0; i < 3; i++)
        evil_vote (self, index, height, round, everybody);
      break;
    case 4: /* rounds that never were */
      for (guint i = 0; i < 8; i++)
        evil_vote (self, index, height, council_below (self, 1000000), everybody);
      break;
    default:
      evil_garbage (self, index, height, round, everybody);
    }
}
