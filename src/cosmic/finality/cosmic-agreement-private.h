/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-agreement.h"
#include "cosmic-vote-set.h"

G_BEGIN_DECLS

/* A timer of the current round: wanted once its condition has come true, whether or not it may run
 * now; fired once it has run out. */
typedef struct
{
  gboolean wanted;
  gboolean fired;
} CosmicAgreementTimer;

struct _CosmicAgreement
{
  CosmicId party;
  CosmicId chain;
  const CosmicSecret *key;
  CosmicPromise *promise; /* the newest, on disk or on its way there; NULL before the first */
  gint64 now;             /* of the event */
  gboolean live;
  gboolean clashed;

  /* The height. */
  guint64 height;
  CosmicId previous;
  gint64 previous_time;
  GArray *witnesses;
  guint32 f;
  guint quorum;
  gint me;        /* our index, or -1 */
  gboolean work;
  gboolean bound; /* we have said something at this height */
  gboolean decided;
  CosmicVoteSet *votes;
  gboolean *reported; /* a witness's equivocation, by index */
  CosmicCandidate *lock;  /* lockedValue, lockedRound */
  CosmicCandidate *valid; /* validValue, validRound */

  /* The round. */
  guint32 round;
  CosmicStep step;
  gboolean asked; /* for a proposal */
  CosmicCandidate *offer;
  CosmicAgreementTimer timers[COSMIC_STEP_PRECOMMIT];

  /* What comes out. An effect waits until its ticket, the promise that it follows from, is
   * written. */
  GQueue effects;
  CosmicAgreementEffect *write; /* in EFFECTS, not handed out yet; or NULL */
  guint64 ticket;               /* of the newest promise */
  guint64 written;
  gboolean writing;             /* one was handed out and is not on disk yet */
  GPtrArray *withheld;          /* GBytes: our messages that wait for a promise */
};

/* A new effect, at the end of the queue. */
CosmicAgreementEffect *cosmic_agreement_effect (CosmicAgreement *self, CosmicAgreementKind kind);

/* Signs, keeps and sends, held back behind the promise of it: a proposal of CANDIDATE, or a vote
 * for ID. */
void cosmic_agreement_say (CosmicAgreement *self, CosmicStep step, CosmicCandidate *candidate,
                           const CosmicId *id);

/* Goes into a round without a word. */
void cosmic_agreement_enter (CosmicAgreement *self, guint32 round);

/* Whether we may sign at this height. */
gboolean cosmic_agreement_may_speak (const CosmicAgreement *self);
/* The index of the witness who proposes in a round. */
guint    cosmic_agreement_proposer  (const CosmicAgreement *self, guint32 round);
/* Whether CHECKPOINT may stand at this height, its fold and the clock apart. */
gboolean cosmic_agreement_follows   (const CosmicAgreement *self,
                                     const CosmicCheckpoint *checkpoint);

/* Applies the rules of the algorithm until none has anything to do. */
void cosmic_agreement_advance (CosmicAgreement *self);
/* Asks for the timers that are wanted. */
void cosmic_agreement_schedule (CosmicAgreement *self, CosmicStep step);
/* Decides if a quorum has precommitted ID in ROUND. */
void cosmic_agreement_decide (CosmicAgreement *self, guint32 round, const CosmicId *id);

G_END_DECLS
