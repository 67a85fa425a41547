/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agreement-council-private.h"

/* --- A witness at work. ----------------------------------------------------------------------- */

gint64
council_clock_of (const Council *self, const Member *member)
{
  return self->now + member->skew;
}

/* Something to agree on: valid or not, and whom it omits something of. */
GBytes *
council_make_checkpoint (Council *self, guint64 height, const CosmicId *previous, gint64 time,
                         gboolean valid)
{
  CosmicCheckpoint checkpoint = {
    .party = self->party, .height = height, .previous = *previous, .time = time, .rules_version = 1
  };
  CosmicId id;
  GBytes *bytes;

  dpop_random_fill (fixture_random_table (&self->random), checkpoint.state_root.bytes,
                    COSMIC_ID_SIZE);
  checkpoint.state_root.bytes[0] = valid ? 'V' : 'X';
  checkpoint.state_root.bytes[1]
      = (guint8) (council_chance (self, 150) ? 1 + council_below (self, 7) : 0);
  bytes = cosmic_checkpoint_encode (&checkpoint);
  cosmic_checkpoint_id (bytes, &id);
  g_hash_table_insert (self->checkpoints, cosmic_id_copy (&id), bytes);
  g_ptr_array_add (self->proposed, bytes);
  return bytes;
}

/* The list of a checkpoint is known by its state root here. */
CosmicId
council_list_of (GBytes *bytes)
{
  CosmicCheckpoint read;

  g_assert_true (cosmic_checkpoint_decode (bytes, &read));
  return read.state_root;
}

void
council_last_checkpoint (Council *self, const Member *member, CosmicId *id, gint64 *time)
{
  CosmicCheckpoint read;
  const CosmicCertificate *last;

  *id = cosmic_id_zero;
  *time = START - 1;
  if (member->height == 1)
    return;
  last = member->certificates->pdata[member->height - 2];
  *id = last->checkpoint;
  g_assert_true (cosmic_checkpoint_decode (g_hash_table_lookup (self->checkpoints, id), &read));
  *time = read.time;
}

void
council_tell_live (Council *self, guint index)
{
  Member *member = &self->members[index];
  guint reached = 1U << member->witness;

  for (guint i = 0; i < self->n_members; i++)
    if (i != index && council_can_meet (self, index, i))
      reached |= 1U << self->members[i].witness;
  if (member->machine != NULL)
    cosmic_agreement_set_live (
        member->machine, council_bits (reached) >= cosmic_quorum (self->plan->n, self->plan->f),
        council_clock_of (self, member));
}

void
council_begin (Council *self, guint index)
{
  Member *member = &self->members[index];
  CosmicAgreementHeight height
      = { .height = member->height, .witnesses = self->witnesses, .f = self->plan->f };

  council_last_checkpoint (self, member, &height.previous, &height.previous_time);
  g_assert_true (
      cosmic_agreement_begin (member->machine, &height, council_clock_of (self, member)));
  council_push (self, council_chance (self, 500) ? 0 : council_below (self, 4000), EVENT_WORK,
                index)
      ->height
      = member->height;
}

void
council_start (Council *self, guint index)
{
  Member *member = &self->members[index];
  g_autoptr (GBytes) promise = member->disk != NULL ? g_bytes_ref (member->disk) : NULL;

  if (promise != NULL && self->plan->flaw == COUNCIL_FORGETS)
    g_clear_pointer (&promise, g_bytes_unref);
  if (promise != NULL && self->plan->flaw == COUNCIL_UNLOCKS)
    {
      g_autoptr (CosmicPromise) read = cosmic_promise_decode (promise);

      g_clear_pointer (&read->lock, cosmic_candidate_unref);
      g_clear_pointer (&read->valid, cosmic_candidate_unref);
      g_clear_pointer (&promise, g_bytes_unref);
      promise = cosmic_promise_encode (read);
    }
  member->up = TRUE;
  member->machine
      = cosmic_agreement_new (&self->party, &cosmic_id_zero, self->keys[member->witness], promise);
  g_assert_nonnull (member->machine);
  council_begin (self, index);
  for (guint i = 0; i < self->n_members; i++)
    council_tell_live (self, i);
}

static void
fall_over (Council *self, guint index)
{
  Member *member = &self->members[index];

  g_clear_pointer (&member->machine, cosmic_agreement_free);
  member->up = FALSE;
  member->life++;
  self->outcome->crashes++;
  council_push (self, self->weather.disk + council_below (self, 3000), EVENT_START, index);
  for (guint i = 0; i < self->n_members; i++)
    council_tell_live (self, i);
}

void
council_take_certificate (Council *self, guint index, const CosmicCertificate *certificate)
{
  Member *member = &self->members[index];
  g_autoptr (GBytes) bytes = cosmic_certificate_encode (certificate);
  GBytes *checkpoint = g_hash_table_lookup (self->checkpoints, &certificate->checkpoint);
  CosmicCheckpoint read;

  g_assert_nonnull (checkpoint);
  g_assert_true (cosmic_checkpoint_decode (checkpoint, &read));
  g_assert_cmpuint (read.height, ==, member->height);
  g_assert_true (cosmic_certificate_holds (certificate, &read, &certificate->checkpoint,
                                           self->witnesses, self->plan->f));
  g_ptr_array_add (member->certificates, cosmic_certificate_decode (bytes));
  member->height++;
  self->outcome->most_rounds = MAX (self->outcome->most_rounds, certificate->round + 1);
}

static void
judge (Council *self, guint index, const CosmicAgreementEffect *effect)
{
  Member *member = &self->members[index];
  Event *event;
  CosmicId list = council_list_of (effect->bytes), id;
  CosmicCheckpoint read;

  g_assert_true (cosmic_checkpoint_decode (effect->bytes, &read));
  cosmic_checkpoint_id (effect->bytes, &id);
  event = council_push (self, council_below (self, 200), EVENT_JUDGED, index);
  event->id = id;
  event->list = effect->list;
  event->verdict = read.state_root.bytes[0] != 'V' || !cosmic_id_same (&list, &effect->list)
                       ? COSMIC_VERDICT_INVALID
                   : read.state_root.bytes[1] == 1 + member->witness ? COSMIC_VERDICT_OMITS
                                                                     : COSMIC_VERDICT_VALID;
}

static void
write_promise (Council *self, guint index, const CosmicAgreementEffect *effect)
{
  Member *member = &self->members[index];
  Event *event
      = council_push (self, 1 + council_below (self, self->weather.disk), EVENT_DISK, index);

  event->ticket = effect->ticket;
  event->bytes = g_bytes_ref (effect->bytes);
  if (self->plan->flaw == COUNCIL_IMPATIENT)
    cosmic_agreement_written (member->machine, effect->ticket, council_clock_of (self, member));
}

static void
perform (Council *self, guint index, const CosmicAgreementEffect *effect)
{
  Member *member = &self->members[index];
  g_autoptr (CosmicWitnessMessage) message = NULL;
  Event *event;

  switch (effect->kind)
    {
    case COSMIC_AGREEMENT_WRITE:
      write_promise (self, index, effect);
      break;
    case COSMIC_AGREEMENT_SEND:
      message = cosmic_witness_message_decode (effect->bytes);
      if (member->honest)
        council_watch_precommit (self, message, member->witness);
      council_broadcast (self, index, member->audience, effect->bytes);
      break;
    case COSMIC_AGREEMENT_SCHEDULE:
      event = council_push (self, effect->ms, EVENT_TIMEOUT, index);
      event->height = effect->height;
      event->round = effect->round;
      event->step = effect->step;
      break;
    case COSMIC_AGREEMENT_PROPOSE:
      event = council_push (self, council_below (self, 150), EVENT_PROPOSE, index);
      event->height = effect->height;
      event->round = effect->round;
      break;
    case COSMIC_AGREEMENT_JUDGE:
      judge (self, index, effect);
      break;
    case COSMIC_AGREEMENT_DECIDED:
      if (effect->height != member->height)
        break;
      council_take_certificate (self, index, effect->certificate);
      council_begin (self, index);
      break;
    case COSMIC_AGREEMENT_EVIDENCE:
      self->outcome->evidence++;
      break;
    case COSMIC_AGREEMENT_CLASH:
    default:
      self->outcome->clashes += member->honest;
      /* Who forgot what it said does not believe it either. */
      if (self->plan->flaw != COUNCIL_SOUND && member->honest)
        fall_over (self, index);
    }
}

static gboolean
falls_over_now (Council *self, guint index)
{
  if (self->plan->crash_at > 0)
    return index == 0 && self->outcome->done == self->plan->crash_at;
  return council_is_unrest (self) && self->members[index].honest
         && council_chance (self, self->weather.falls);
}

/* Does what MEMBER's machine asks for, one thing after the other, or falls over in between. */
void
council_work (Council *self, guint index)
{
  Member *member = &self->members[index];

  while (member->machine != NULL)
    {
      g_autoptr (CosmicAgreementEffect) effect = cosmic_agreement_next (member->machine);

      if (effect == NULL)
        break;
      self->outcome->done += index == 0;
      if (falls_over_now (self, index))
        {
          /* Of a write that was under way, nobody knows. */
          if (effect->kind == COSMIC_AGREEMENT_WRITE && council_chance (self, 500))
            {
              g_clear_pointer (&member->disk, g_bytes_unref);
              member->disk = g_bytes_ref (effect->bytes);
            }
          fall_over (self, index);
          break;
        }
      perform (self, index, effect);
    }
}

/* --- Two meet. -------------------------------------------------------------------------------- */

/* What B lacks of what A has, over a session that loses nothing. */
static void
hand_over (Council *self, guint a, guint b)
{
  g_autoptr (GPtrArray) have = cosmic_agreement_messages (self->members[a].machine);
  g_autoptr (GPtrArray) known = cosmic_agreement_messages (self->members[b].machine);
  g_autoptr (GHashTable) set = g_hash_table_new (g_bytes_hash, g_bytes_equal);

  self->outcome->most_kept = MAX (self->outcome->most_kept, have->len);
  for (guint i = 0; i < known->len; i++)
    g_hash_table_add (set, known->pdata[i]);
  for (guint i = 0; i < have->len; i++)
    if (!g_hash_table_contains (set, have->pdata[i]))
      council_push (self, 1 + council_below (self, 30), EVENT_DELIVER, b)->bytes
          = g_bytes_ref (have->pdata[i]);
}

static void
catch_up (Council *self, guint behind, guint ahead)
{
  Member *member = &self->members[behind];
  const GPtrArray *certificates = self->members[ahead].certificates;

  if (member->height > certificates->len)
    return;
  while (member->height <= certificates->len)
    council_take_certificate (self, behind, certificates->pdata[member->height - 1]);
  council_begin (self, behind);
  council_work (self, behind);
}

void
council_meet (Council *self)
{
  guint a = council_below (self, self->n_members), b = council_below (self, self->n_members);
  Member *one = &self->members[a], *other = &self->members[b];

  council_push (self,
                30 + council_below (self, council_is_unrest (self) ? self->weather.meet : 200),
                EVENT_MEET, 0);
  if (one->witness == other->witness || !council_can_meet (self, a, b) || one->machine == NULL
      || other->machine == NULL || (one->audience & 1U << b) == 0
      || (other->audience & 1U << a) == 0)
    return;
  catch_up (self, a, b);
  if (other->machine != NULL)
    catch_up (self, b, a);
  if (one->machine == NULL || other->machine == NULL || one->height != other->height)
    return;
  if (council_is_unrest (self) && !council_chance (self, self->weather.tells))
    return;
  hand_over (self, a, b);
  hand_over (self, b, a);
}
