/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-agreement-private.h"

/* Events in, effects out. What the algorithm makes of them is in cosmic-agreement-rules.c. */

void
cosmic_agreement_effect_free (CosmicAgreementEffect *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->other, g_bytes_unref);
  cosmic_certificate_free (self->certificate);
  g_free (self);
}

CosmicAgreementEffect *
cosmic_agreement_effect (CosmicAgreement *self, CosmicAgreementKind kind)
{
  CosmicAgreementEffect *effect = g_new0 (CosmicAgreementEffect, 1);

  effect->kind = kind;
  effect->height = self->height;
  g_queue_push_tail (&self->effects, effect);
  return effect;
}

CosmicAgreement *
cosmic_agreement_new (const CosmicId *party, const CosmicId *chain, const CosmicSecret *witness,
                      GBytes *promise)
{
  g_autoptr (CosmicAgreement) self = g_new0 (CosmicAgreement, 1);

  g_queue_init (&self->effects);
  self->party = *party;
  self->chain = *chain;
  self->key = witness;
  self->me = -1;
  self->witnesses = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->withheld = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (promise == NULL)
    return g_steal_pointer (&self);
  self->promise = cosmic_promise_decode (promise);
  if (self->promise == NULL || witness == NULL || !cosmic_id_same (&self->promise->party, party)
      || !cosmic_id_same (&self->promise->chain, chain)
      || memcmp (self->promise->witness.bytes, cosmic_sign_key_public (witness), COSMIC_ID_SIZE)
             != 0)
    return NULL;
  return g_steal_pointer (&self);
}

static void
clear_height (CosmicAgreement *self)
{
  g_clear_pointer (&self->votes, cosmic_vote_set_free);
  g_clear_pointer (&self->reported, g_free);
  g_clear_pointer (&self->lock, cosmic_candidate_unref);
  g_clear_pointer (&self->valid, cosmic_candidate_unref);
  g_clear_pointer (&self->offer, cosmic_candidate_unref);
}

void
cosmic_agreement_free (CosmicAgreement *self)
{
  if (self == NULL)
    return;
  clear_height (self);
  cosmic_promise_free (self->promise);
  g_queue_clear_full (&self->effects, (GDestroyNotify) cosmic_agreement_effect_free);
  g_array_unref (self->witnesses);
  g_ptr_array_unref (self->withheld);
  g_free (self);
}

static gint
index_of (const CosmicAgreement *self, const CosmicId *witness)
{
  for (guint i = 0; i < self->witnesses->len; i++)
    if (cosmic_id_same (&g_array_index (self->witnesses, CosmicId, i), witness))
      return (gint) i;
  return -1;
}

void
cosmic_agreement_enter (CosmicAgreement *self, guint32 round)
{
  self->round = round;
  self->step = COSMIC_STEP_PROPOSE;
  self->asked = FALSE;
  g_clear_pointer (&self->offer, cosmic_candidate_unref);
  memset (self->timers, 0, sizeof self->timers);
  cosmic_vote_set_enter (self->votes, round);
}

/* --- What we say. ----------------------------------------------------------------------------- */

static void
send_own (CosmicAgreement *self, CosmicWitnessMessage *message)
{
  CosmicAgreementEffect *effect = cosmic_agreement_effect (self, COSMIC_AGREEMENT_SEND);

  effect->bytes = g_bytes_ref (message->bytes);
  effect->ticket = self->ticket;
  if (self->ticket > self->written)
    g_ptr_array_add (self->withheld, g_bytes_ref (message->bytes));
}

/* Everything that we are bound to from now on, with MESSAGE. */
static void
promise (CosmicAgreement *self, CosmicWitnessMessage *message)
{
  CosmicPromise *made = cosmic_promise_new ();
  CosmicPromise *last = self->promise;

  made->party = self->party;
  made->chain = self->chain;
  made->witness = g_array_index (self->witnesses, CosmicId, self->me);
  made->height = self->height;
  made->round = self->round;
  made->step = self->step;
  made->lock = self->lock != NULL ? cosmic_candidate_ref (self->lock) : NULL;
  made->valid = self->valid != NULL ? cosmic_candidate_ref (self->valid) : NULL;
  if (last != NULL && last->height == self->height)
    for (guint i = 0; i < last->messages->len; i++)
      g_ptr_array_add (made->messages, cosmic_witness_message_ref (last->messages->pdata[i]));
  cosmic_promise_add (made, message);
  cosmic_promise_free (last);
  self->promise = made;
  /* One that nobody has taken yet is written as this one. */
  if (self->write == NULL)
    {
      self->write = cosmic_agreement_effect (self, COSMIC_AGREEMENT_WRITE);
      self->write->ticket = ++self->ticket;
    }
}

void
cosmic_agreement_say (CosmicAgreement *self, CosmicStep step, CosmicCandidate *candidate,
                      const CosmicId *id)
{
  g_autoptr (CosmicWitnessMessage) message = cosmic_witness_message_sign (
      &self->party, &self->chain, self->height, self->round, step, candidate, id, self->key);
  CosmicWitnessMessage *other;

  self->step = step;
  self->bound = TRUE;
  other = cosmic_vote_set_put (self->votes, (guint) self->me, message);
  g_return_if_fail (other == NULL);
  promise (self, message);
  send_own (self, message);
  cosmic_agreement_decide (self, message->round, &message->value);
}

CosmicAgreementEffect *
cosmic_agreement_next (CosmicAgreement *self)
{
  for (GList *link = self->effects.head; link != NULL; link = link->next)
    {
      CosmicAgreementEffect *effect = link->data;

      if (effect != self->write && effect->ticket > self->written)
        continue;
      g_queue_delete_link (&self->effects, link);
      if (effect == self->write)
        {
          effect->bytes = cosmic_promise_encode (self->promise);
          self->write = NULL;
          self->writing = TRUE;
        }
      return effect;
    }
  return NULL;
}

void
cosmic_agreement_written (CosmicAgreement *self, guint64 ticket, gint64 now)
{
  if (!self->writing || ticket != self->ticket)
    return;
  self->now = now;
  self->writing = FALSE;
  self->written = ticket;
  g_ptr_array_set_size (self->withheld, 0);
  cosmic_agreement_advance (self);
}

/* --- The height. ------------------------------------------------------------------------------ */

/* What was to be done for the height before has no meaning any more; promises, evidence and
 * decisions have. */
static void
drop_effects (CosmicAgreement *self)
{
  for (GList *link = self->effects.head, *next; link != NULL; link = next)
    {
      CosmicAgreementEffect *effect = link->data;

      next = link->next;
      switch (effect->kind)
        {
        case COSMIC_AGREEMENT_SEND:
        case COSMIC_AGREEMENT_SCHEDULE:
        case COSMIC_AGREEMENT_PROPOSE:
        case COSMIC_AGREEMENT_JUDGE:
          g_queue_delete_link (&self->effects, link);
          cosmic_agreement_effect_free (effect);
          break;
        case COSMIC_AGREEMENT_WRITE:
        case COSMIC_AGREEMENT_DECIDED:
        case COSMIC_AGREEMENT_EVIDENCE:
        case COSMIC_AGREEMENT_CLASH:
        default:
          break;
        }
    }
}

/* A lock stands for a quorum of these witnesses. When a recovery has put others in their place, a
 * proof of the old ones binds nobody, and no one would follow us with it. */
static CosmicCandidate *
still_proven (const CosmicAgreement *self, CosmicCandidate *candidate)
{
  return candidate != NULL && cosmic_agreement_follows (self, &candidate->checkpoint)
                 && cosmic_candidate_is_proven (candidate, self->witnesses, self->quorum)
             ? cosmic_candidate_ref (candidate)
             : NULL;
}

/* Where we were at this height, with what we said there. */
static void
resume (CosmicAgreement *self)
{
  const CosmicPromise *last = self->promise;

  cosmic_agreement_enter (self, last->round);
  self->step = last->step;
  self->bound = TRUE;
  self->lock = still_proven (self, last->lock);
  self->valid = still_proven (self, last->valid);
  for (guint i = 0; i < last->messages->len; i++)
    {
      CosmicWitnessMessage *message = last->messages->pdata[i];
      gboolean out_of_turn = message->step == COSMIC_STEP_PROPOSE
                             && (gint) cosmic_agreement_proposer (self, message->round) != self->me;

      if (out_of_turn
          || cosmic_vote_set_fit (self->votes, (guint) self->me, message) != COSMIC_VOTE_FITS)
        continue;
      cosmic_witness_message_unref (cosmic_vote_set_put (self->votes, (guint) self->me, message));
      send_own (self, message);
    }
}

gboolean
cosmic_agreement_begin (CosmicAgreement *self, const CosmicAgreementHeight *height, gint64 now)
{
  if (height->height == 0 || height->witnesses->len > COSMIC_WITNESSES_MAX
      || cosmic_quorum (height->witnesses->len, height->f) == 0)
    return FALSE;
  self->now = now;
  drop_effects (self);
  clear_height (self);
  g_ptr_array_set_size (self->withheld, 0);
  self->height = height->height;
  self->previous = height->previous;
  self->previous_time = height->previous_time;
  g_array_set_size (self->witnesses, 0);
  g_array_append_vals (self->witnesses, height->witnesses->data, height->witnesses->len);
  self->f = height->f;
  self->quorum = cosmic_quorum (self->witnesses->len, self->f);
  self->me = -1;
  if (self->key != NULL)
    {
      CosmicId key;

      memcpy (key.bytes, cosmic_sign_key_public (self->key), COSMIC_ID_SIZE);
      self->me = index_of (self, &key);
    }
  self->work = self->bound = self->decided = FALSE;
  self->votes = cosmic_vote_set_new (self->witnesses->len);
  self->reported = g_new0 (gboolean, self->witnesses->len);
  if (self->me >= 0 && self->promise != NULL && self->promise->height == self->height)
    resume (self);
  else
    cosmic_agreement_enter (self, 0);
  cosmic_agreement_advance (self);
  return TRUE;
}

/* --- What others say. ------------------------------------------------------------------------- */

/* Whether MESSAGE, signed with our key, is none of ours. One of a round that our promise does not
 * have any more may be. */
static gboolean
is_forged_with_our_key (const CosmicAgreement *self, const CosmicWitnessMessage *message)
{
  const CosmicVoteSlot *slots
      = cosmic_vote_set_slots (self->votes, (guint) self->me, message->round, message->step);
  const CosmicPromise *last = self->promise;

  if (slots != NULL && slots[0].message != NULL)
    return TRUE; /* another one than that */
  return last == NULL || last->height != self->height || message->round > last->round
         || (message->round == last->round && message->step > last->step);
}

static void
report_clash (CosmicAgreement *self, const CosmicWitnessMessage *message)
{
  CosmicAgreementEffect *effect;

  if (self->clashed)
    return;
  self->clashed = TRUE;
  effect = cosmic_agreement_effect (self, COSMIC_AGREEMENT_CLASH);
  effect->witness = message->signature.witness;
  effect->bytes = g_bytes_ref (message->bytes);
}

static void
report_evidence (CosmicAgreement *self, guint index, const CosmicWitnessMessage *first,
                 const CosmicWitnessMessage *second)
{
  CosmicAgreementEffect *effect;

  if (self->reported[index] || !cosmic_witness_message_clash (first, second))
    return;
  self->reported[index] = TRUE;
  effect = cosmic_agreement_effect (self, COSMIC_AGREEMENT_EVIDENCE);
  effect->round = first->round;
  effect->step = first->step;
  effect->witness = first->signature.witness;
  effect->bytes = g_bytes_ref (first->bytes);
  effect->other = g_bytes_ref (second->bytes);
}

/* All that can be said of MESSAGE before its place: cheap things first. */
static CosmicAgreementReceipt
examine (CosmicAgreement *self, const CosmicWitnessMessage *message, gint index)
{
  CosmicVoteFit fit;

  if (!cosmic_id_same (&message->chain, &self->chain))
    return COSMIC_AGREEMENT_STRANGER;
  if (message->height != self->height)
    return message->height < self->height ? COSMIC_AGREEMENT_OLD : COSMIC_AGREEMENT_LATER;
  if (self->decided)
    return COSMIC_AGREEMENT_OLD;
  if (index < 0)
    return COSMIC_AGREEMENT_STRANGER;
  if (message->step == COSMIC_STEP_PROPOSE
      && (gint) cosmic_agreement_proposer (self, message->round) != index)
    return COSMIC_AGREEMENT_INVALID;
  fit = cosmic_vote_set_fit (self->votes, (guint) index, message);
  if (fit != COSMIC_VOTE_FITS)
    return fit == COSMIC_VOTE_KNOWN ? COSMIC_AGREEMENT_KNOWN : COSMIC_AGREEMENT_OLD;
  if (!cosmic_witness_message_verify (message, &self->party)
      || (message->candidate != NULL && message->candidate->proven
          && !cosmic_candidate_is_proven (message->candidate, self->witnesses, self->quorum)))
    return COSMIC_AGREEMENT_INVALID;
  return COSMIC_AGREEMENT_NEW;
}

CosmicAgreementReceipt
cosmic_agreement_receive (CosmicAgreement *self, GBytes *bytes, gint64 now)
{
  g_autoptr (CosmicWitnessMessage) message = cosmic_witness_message_decode (bytes);
  g_autoptr (CosmicWitnessMessage) other = NULL;
  CosmicAgreementReceipt receipt;
  gint index;

  if (message == NULL)
    return COSMIC_AGREEMENT_INVALID;
  index = index_of (self, &message->signature.witness);
  receipt = examine (self, message, index);
  if (receipt != COSMIC_AGREEMENT_NEW)
    return receipt;
  self->now = now;
  if (index == self->me && is_forged_with_our_key (self, message))
    report_clash (self, message);
  other = cosmic_vote_set_put (self->votes, (guint) index, message);
  if (other != NULL)
    report_evidence (self, (guint) index, other, message);
  if (message->step == COSMIC_STEP_PRECOMMIT)
    cosmic_agreement_decide (self, message->round, &message->value);
  cosmic_agreement_advance (self);
  return COSMIC_AGREEMENT_NEW;
}

/* --- What the caller says. -------------------------------------------------------------------- */

gboolean
cosmic_agreement_propose (CosmicAgreement *self, guint32 round, GBytes *bytes, const CosmicId *list,
                          gint64 now)
{
  g_autoptr (CosmicCandidate) candidate = cosmic_candidate_new (bytes, list, 0, NULL);

  if (candidate == NULL || self->height == 0 || self->decided || round != self->round
      || self->step != COSMIC_STEP_PROPOSE || self->offer != NULL
      || !cosmic_agreement_may_speak (self)
      || (gint) cosmic_agreement_proposer (self, round) != self->me
      || !cosmic_agreement_follows (self, &candidate->checkpoint))
    return FALSE;
  self->now = now;
  self->offer = g_steal_pointer (&candidate);
  self->work = TRUE;
  cosmic_agreement_advance (self);
  return TRUE;
}

void
cosmic_agreement_judge (CosmicAgreement *self, const CosmicId *checkpoint, const CosmicId *list,
                        CosmicVerdict verdict, gint64 now)
{
  CosmicVoteSlot *slots;

  if (self->height == 0 || verdict <= COSMIC_VERDICT_ASKED)
    return;
  self->now = now;
  slots = cosmic_vote_set_slots (self->votes, cosmic_agreement_proposer (self, self->round),
                                 self->round, COSMIC_STEP_PROPOSE);
  for (guint i = 0; slots != NULL && i < COSMIC_VOTE_SET_SLOTS; i++)
    if (slots[i].message != NULL && slots[i].verdict == COSMIC_VERDICT_ASKED
        && cosmic_id_same (&slots[i].message->value, checkpoint)
        && cosmic_id_same (&slots[i].message->candidate->list, list))
      slots[i].verdict = verdict;
  cosmic_agreement_advance (self);
}

void
cosmic_agreement_timeout (CosmicAgreement *self, guint64 height, guint32 round, CosmicStep step,
                          gint64 now)
{
  if (self->height == 0 || height != self->height || round != self->round
      || step < COSMIC_STEP_PROPOSE || step > COSMIC_STEP_PRECOMMIT || !self->live
      || !self->timers[step - 1].wanted)
    return;
  self->now = now;
  self->timers[step - 1].fired = TRUE;
  cosmic_agreement_advance (self);
}

void
cosmic_agreement_set_live (CosmicAgreement *self, gboolean live, gint64 now)
{
  gboolean begins = live && !self->live;

  self->live = live;
  self->now = now;
  for (guint step = COSMIC_STEP_PROPOSE; begins && step <= COSMIC_STEP_PRECOMMIT; step++)
    cosmic_agreement_schedule (self, step);
}

void
cosmic_agreement_set_work (CosmicAgreement *self, gboolean work, gint64 now)
{
  self->work = work;
  self->now = now;
  if (work)
    self->asked = FALSE; /* what was not to be had before may be now */
  cosmic_agreement_advance (self);
}

/* --- What is there. --------------------------------------------------------------------------- */

static gboolean
is_withheld (const CosmicAgreement *self, GBytes *bytes)
{
  for (guint i = 0; i < self->withheld->len; i++)
    if (g_bytes_equal (self->withheld->pdata[i], bytes))
      return TRUE;
  return FALSE;
}

GPtrArray *
cosmic_agreement_messages (CosmicAgreement *self)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (self->votes != NULL)
    cosmic_vote_set_list (self->votes, messages);
  for (guint i = messages->len; i > 0; i--)
    if (is_withheld (self, messages->pdata[i - 1]))
      g_ptr_array_remove_index (messages, i - 1);
  return messages;
}

void
cosmic_agreement_standing (CosmicAgreement *self, CosmicAgreementStanding *standing)
{
  guint32 newest;

  *standing = (CosmicAgreementStanding){ self->height, self->round,   self->step,
                                         self->quorum, self->decided, NULL };
  standing->missing = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  for (guint i = 0; i < self->witnesses->len; i++)
    if ((gint) i != self->me
        && (!cosmic_vote_set_newest (self->votes, i, &newest) || newest < self->round))
      g_array_append_val (standing->missing, g_array_index (self->witnesses, CosmicId, i));
}
