/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-agreement-private.h"

/* Algorithm 1 of arXiv:1807.04938, one function a rule; the numbers are the paper's lines. A rule
 * says whether it has done something; then all are looked at again. */

/* Time that the round's steps are given, and what is added with each round: so that they come to
 * last longer than whatever delays messages. In ms. */
static const guint first_timeout[] = { 3000, 1000, 1000 };
static const guint more_timeout[] = { 1000, 500, 500 };
#define TIMEOUT_MAX 600000

gboolean
cosmic_agreement_may_speak (const CosmicAgreement *self)
{
  return self->me >= 0 && !self->clashed
         && (self->promise == NULL || self->promise->height <= self->height);
}

guint
cosmic_agreement_proposer (const CosmicAgreement *self, guint32 round)
{
  return (guint) ((self->height % self->witnesses->len + round % self->witnesses->len)
                  % self->witnesses->len);
}

gboolean
cosmic_agreement_follows (const CosmicAgreement *self, const CosmicCheckpoint *checkpoint)
{
  return cosmic_id_same (&checkpoint->party, &self->party)
         && cosmic_id_same (&checkpoint->chain, &self->chain) && checkpoint->height == self->height
         && cosmic_id_same (&checkpoint->previous, &self->previous)
         && checkpoint->time > self->previous_time;
}

static guint
timeout_of (CosmicStep step, guint32 round)
{
  guint64 ms = first_timeout[step - 1] + (guint64) more_timeout[step - 1] * round;

  return (guint) MIN (ms, TIMEOUT_MAX);
}

void
cosmic_agreement_schedule (CosmicAgreement *self, CosmicStep step)
{
  const CosmicAgreementTimer *timer = &self->timers[step - 1];
  CosmicAgreementEffect *effect;

  if (!self->live || !timer->wanted || timer->fired || self->decided)
    return;
  effect = cosmic_agreement_effect (self, COSMIC_AGREEMENT_SCHEDULE);
  effect->round = self->round;
  effect->step = step;
  effect->ms = timeout_of (step, self->round);
}

static gboolean
want_timer (CosmicAgreement *self, CosmicStep step)
{
  if (self->timers[step - 1].wanted)
    return FALSE;
  self->timers[step - 1].wanted = TRUE;
  cosmic_agreement_schedule (self, step);
  return FALSE;
}

static guint
count (const CosmicAgreement *self, CosmicStep step, const CosmicId *value)
{
  return cosmic_vote_set_count (self->votes, self->round, step, value);
}

/* Something to confirm, or word from more witnesses than can be faulty that there is. */
static gboolean
is_awake (const CosmicAgreement *self)
{
  guint heard = 0;
  guint32 newest;

  if (self->work || self->bound)
    return TRUE;
  for (guint i = 0; i < self->witnesses->len; i++)
    heard += (gint) i != self->me && cosmic_vote_set_newest (self->votes, i, &newest);
  return heard > self->f;
}

/* What the round's proposer proposed: its two slots, or NULL. */
static CosmicVoteSlot *
proposals (const CosmicAgreement *self)
{
  return cosmic_vote_set_slots (self->votes, cosmic_agreement_proposer (self, self->round),
                                self->round, COSMIC_STEP_PROPOSE);
}

static gboolean
is_sound (CosmicVerdict verdict)
{
  return verdict == COSMIC_VERDICT_VALID || verdict == COSMIC_VERDICT_OMITS;
}

/* --- 11 to 21: a round begins. ---------------------------------------------------------------- */

static gboolean
propose (CosmicAgreement *self)
{
  CosmicVoteSlot *slots = proposals (self);
  CosmicCandidate *candidate = self->valid != NULL ? self->valid : self->offer;

  if (self->step != COSMIC_STEP_PROPOSE || !is_awake (self))
    return FALSE;
  want_timer (self, COSMIC_STEP_PROPOSE); /* 21; a proposer who has nothing must not stall us */
  if ((gint) cosmic_agreement_proposer (self, self->round) != self->me
      || (slots != NULL && slots[0].message != NULL))
    return FALSE;
  if (candidate == NULL)
    {
      if (!self->asked)
        cosmic_agreement_effect (self, COSMIC_AGREEMENT_PROPOSE)->round = self->round;
      self->asked = TRUE;
      return FALSE;
    }
  cosmic_agreement_say (self, COSMIC_STEP_PROPOSE, candidate, NULL); /* 15 to 19 */
  proposals (self)[0].verdict = COSMIC_VERDICT_VALID;
  return TRUE;
}

static gboolean
is_same (const CosmicCandidate *a, const CosmicCandidate *b)
{
  return a != NULL && cosmic_id_same (&a->id, &b->id) && cosmic_id_same (&a->list, &b->list);
}

/* valid (v) is the caller's to say; what we were locked on once was found valid then. */
static void
ask_verdict (CosmicAgreement *self, CosmicVoteSlot *slot)
{
  const CosmicCandidate *candidate = slot->message->candidate;
  CosmicAgreementEffect *effect;

  if (!cosmic_agreement_follows (self, &candidate->checkpoint))
    {
      slot->verdict = COSMIC_VERDICT_INVALID;
      return;
    }
  if (is_same (self->lock, candidate) || is_same (self->valid, candidate))
    {
      slot->verdict = COSMIC_VERDICT_OMITS; /* which may be so or not */
      return;
    }
  slot->verdict = COSMIC_VERDICT_ASKED;
  effect = cosmic_agreement_effect (self, COSMIC_AGREEMENT_JUDGE);
  effect->round = self->round;
  effect->bytes = g_bytes_ref (candidate->bytes);
  effect->list = candidate->list;
}

static gboolean
ask_verdicts (CosmicAgreement *self)
{
  CosmicVoteSlot *slots = proposals (self);

  for (guint i = 0; slots != NULL && i < COSMIC_VOTE_SET_SLOTS; i++)
    if (slots[i].message != NULL && slots[i].verdict == COSMIC_VERDICT_NONE)
      ask_verdict (self, &slots[i]);
  return FALSE;
}

/* --- 22 to 33: the prevote. ------------------------------------------------------------------- */

/* 23 and 29, with the rules of time and inclusion. */
static gboolean
deserves_prevote (const CosmicAgreement *self, const CosmicVoteSlot *slot)
{
  const CosmicCandidate *candidate = slot->message->candidate;
  const CosmicCandidate *lock = self->lock;

  if (!is_sound (slot->verdict))
    return FALSE;
  if (lock != NULL && cosmic_id_same (&lock->id, &candidate->id))
    return TRUE;
  if (candidate->proven)
    return lock == NULL || lock->round <= candidate->round;
  return lock == NULL && slot->verdict == COSMIC_VERDICT_VALID
         && candidate->checkpoint.time <= self->now + COSMIC_AGREEMENT_AHEAD_MAX;
}

static gboolean
prevote (CosmicAgreement *self)
{
  CosmicVoteSlot *slots = proposals (self);

  if (self->step != COSMIC_STEP_PROPOSE || slots == NULL)
    return FALSE;
  for (guint i = 0; i < COSMIC_VOTE_SET_SLOTS; i++)
    if (slots[i].message != NULL && slots[i].verdict > COSMIC_VERDICT_ASKED)
      {
        gboolean good = deserves_prevote (self, &slots[i]);
        const CosmicId id = good ? slots[i].message->value : cosmic_id_zero;

        cosmic_agreement_say (self, COSMIC_STEP_PREVOTE, NULL, &id);
        return TRUE;
      }
  return FALSE;
}

/* --- 34 to 46: lock and precommit. ------------------------------------------------------------ */

/* 34. */
static gboolean
wait_for_prevotes (CosmicAgreement *self)
{
  if (self->step == COSMIC_STEP_PREVOTE && count (self, COSMIC_STEP_PREVOTE, NULL) >= self->quorum)
    want_timer (self, COSMIC_STEP_PREVOTE);
  return FALSE;
}

/* 36 to 43. */
static gboolean
lock (CosmicAgreement *self)
{
  CosmicVoteSlot *slots = proposals (self);

  if (self->step < COSMIC_STEP_PREVOTE || slots == NULL
      || (self->valid != NULL && self->valid->round == self->round))
    return FALSE;
  for (guint i = 0; i < COSMIC_VOTE_SET_SLOTS; i++)
    {
      const CosmicCandidate *candidate
          = slots[i].message != NULL ? slots[i].message->candidate : NULL;
      g_autoptr (GArray) proof = NULL;

      if (candidate == NULL || !is_sound (slots[i].verdict)
          || count (self, COSMIC_STEP_PREVOTE, &candidate->id) < self->quorum)
        continue;
      proof = cosmic_vote_set_signatures (self->votes, self->round, COSMIC_STEP_PREVOTE,
                                          &candidate->id);
      cosmic_candidate_unref (self->valid);
      self->valid = cosmic_candidate_new (candidate->bytes, &candidate->list, self->round, proof);
      if (self->step == COSMIC_STEP_PREVOTE)
        {
          cosmic_candidate_unref (self->lock);
          self->lock = cosmic_candidate_ref (self->valid);
          cosmic_agreement_say (self, COSMIC_STEP_PRECOMMIT, NULL, &self->lock->id);
        }
      return TRUE;
    }
  return FALSE;
}

/* 44 to 46. */
static gboolean
precommit_nil (CosmicAgreement *self)
{
  if (self->step != COSMIC_STEP_PREVOTE
      || count (self, COSMIC_STEP_PREVOTE, &cosmic_id_zero) < self->quorum)
    return FALSE;
  cosmic_agreement_say (self, COSMIC_STEP_PRECOMMIT, NULL, &cosmic_id_zero);
  return TRUE;
}

/* 47. */
static gboolean
wait_for_precommits (CosmicAgreement *self)
{
  if (count (self, COSMIC_STEP_PRECOMMIT, NULL) >= self->quorum)
    want_timer (self, COSMIC_STEP_PRECOMMIT);
  return FALSE;
}

/* --- 49 to 54: the decision. ------------------------------------------------------------------ */

/* The candidate of ID, if some proposal of it is still here. */
static const CosmicCandidate *
find_candidate (const CosmicAgreement *self, guint32 round, const CosmicId *id)
{
  const CosmicCandidate *known[] = { self->lock, self->valid };
  const CosmicVoteSlot *slots = cosmic_vote_set_slots (
      self->votes, cosmic_agreement_proposer (self, round), round, COSMIC_STEP_PROPOSE);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i] != NULL && cosmic_id_same (&known[i]->id, id))
      return known[i];
  for (guint i = 0; slots != NULL && i < COSMIC_VOTE_SET_SLOTS; i++)
    if (slots[i].message != NULL && cosmic_id_same (&slots[i].message->value, id))
      return slots[i].message->candidate;
  return NULL;
}

/* In whatever round, and whether or not we have the proposal: a quorum answers for it. */
void
cosmic_agreement_decide (CosmicAgreement *self, guint32 round, const CosmicId *id)
{
  const CosmicCheckpoint about
      = { .party = self->party, .chain = self->chain, .height = self->height };
  g_autoptr (CosmicCertificate) certificate = NULL;
  g_autoptr (GArray) precommits = NULL;
  const CosmicCandidate *candidate;
  CosmicAgreementEffect *effect;

  if (self->decided || cosmic_id_is_zero (id)
      || cosmic_vote_set_count (self->votes, round, COSMIC_STEP_PRECOMMIT, id) < self->quorum)
    return;
  precommits = cosmic_vote_set_signatures (self->votes, round, COSMIC_STEP_PRECOMMIT, id);
  certificate = cosmic_certificate_new (id, round);
  for (guint i = 0; i < precommits->len; i++)
    cosmic_certificate_add (certificate, &g_array_index (precommits, CosmicPrecommit, i));
  g_return_if_fail (cosmic_certificate_holds (certificate, &about, id, self->witnesses, self->f));
  candidate = find_candidate (self, round, id);
  self->decided = TRUE;
  effect = cosmic_agreement_effect (self, COSMIC_AGREEMENT_DECIDED);
  effect->round = round;
  effect->ticket = self->ticket;
  effect->certificate = g_steal_pointer (&certificate);
  if (candidate != NULL)
    {
      effect->bytes = g_bytes_ref (candidate->bytes);
      effect->list = candidate->list;
    }
}

/* --- 55 and 56: others are further. ----------------------------------------------------------- */

static gint
descending (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? 1 : x > y ? -1 : 0;
}

static gboolean
skip (CosmicAgreement *self)
{
  g_autoptr (GArray) rounds = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 newest;

  for (guint i = 0; i < self->witnesses->len; i++)
    if ((gint) i != self->me && cosmic_vote_set_newest (self->votes, i, &newest))
      g_array_append_val (rounds, newest);
  if (rounds->len <= self->f)
    return FALSE;
  g_array_sort (rounds, descending);
  newest = g_array_index (rounds, guint32, self->f);
  if (newest <= self->round)
    return FALSE;
  cosmic_agreement_enter (self, newest);
  return TRUE;
}

/* --- 57 to 67: timers that ran out. ----------------------------------------------------------- */

static gboolean
fire (CosmicAgreement *self)
{
  if (self->timers[COSMIC_STEP_PRECOMMIT - 1].fired && self->round < G_MAXUINT32)
    cosmic_agreement_enter (self, self->round + 1); /* 65 to 67 */
  else if (self->timers[COSMIC_STEP_PROPOSE - 1].fired && self->step == COSMIC_STEP_PROPOSE)
    cosmic_agreement_say (self, COSMIC_STEP_PREVOTE, NULL, &cosmic_id_zero); /* 57 to 60 */
  else if (self->timers[COSMIC_STEP_PREVOTE - 1].fired && self->step == COSMIC_STEP_PREVOTE)
    cosmic_agreement_say (self, COSMIC_STEP_PRECOMMIT, NULL, &cosmic_id_zero); /* 61 to 64 */
  else
    return FALSE;
  return TRUE;
}

/* Who may not sign only follows the others' rounds. */
void
cosmic_agreement_advance (CosmicAgreement *self)
{
  static gboolean (*const rules[]) (CosmicAgreement *) = {
    skip, propose,           ask_verdicts,        prevote, lock, precommit_nil,
    fire, wait_for_prevotes, wait_for_precommits,
  };
  guint last;

  if (self->height == 0 || self->writing)
    return;
  last = cosmic_agreement_may_speak (self) ? G_N_ELEMENTS (rules) : 1;
  for (guint i = 0; i < last && !self->decided; i++)
    if (rules[i](self))
      i = G_MAXUINT; /* from the first again */
}
