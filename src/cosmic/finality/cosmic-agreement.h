/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-promise.h"

G_BEGIN_DECLS

/* The agreement of the witnesses on one checkpoint a height (design 4.5): the voting and locking of
 * Tendermint (Buchman, Kwon, Milosevic: The latest gossip on BFT consensus, arXiv:1807.04938,
 * algorithm 1), as a machine without clock, disk or network. Events go in by the functions below,
 * each with the time of the clock; what is to be done comes out of cosmic_agreement_next(). The
 * same events give the same effects, byte for byte.
 *
 * Where it differs from the paper:
 *  - A quorum is ⌊(n + f) / 2⌋ + 1 of n ≥ 3f + 1, which is the paper's 2f + 1 at n = 3f + 1.
 *  - Nobody is connected to everybody at all times. Messages are signed and relayed by anyone, in
 *    transfer files too; the caller offers cosmic_agreement_messages() to whoever lacks some of
 *    them, again and again. A proposal of a value that had a quorum of prevotes carries them.
 *  - A round begins only where there is something to confirm, or more than f witnesses say so;
 *    timers run only while sessions to a quorum are live. Without either everything waits and
 *    nothing is lost; a quorum of precommits, of whatever round, decides whenever it is complete.
 *  - A new proposal is prevoted only if its time is later than the last checkpoint's and at most
 *    60 s ahead of the clock here, and if it omits nothing that was held here before the last
 *    height was decided. A value that a quorum has prevoted once needs no more than to be valid:
 *    whoever is locked on it could not go back, and with q of n a rule that one witness alone sees
 *    broken would stop the height for good.
 *
 * What may leave is held back until the promise that it follows from is on disk
 * (COSMIC_AGREEMENT_WRITE), and while a promise is being written the machine says nothing new. A
 * witness that starts again from its last promise contradicts nothing that it has ever sent.
 *
 * The caller knows what the machine does not: what there is to confirm, whether a proposal folds to
 * what it says, who the witnesses of the next height are (from certified authority state, after a
 * recovery from the appointment). A lone witness is n = 1: one event, one promise, one certificate,
 * the same that cosmic_log_certify() makes in one go. */
typedef struct _CosmicAgreement CosmicAgreement;

#define COSMIC_AGREEMENT_AHEAD_MAX 60000 /* ms by which a checkpoint may be ahead of the clock */

/* --- What is to be done. ---------------------------------------------------------------------- */

typedef enum
{
  COSMIC_AGREEMENT_WRITE = 1, /* put BYTES, a promise, on disk in place of the last one; then say
                                 cosmic_agreement_written (TICKET) */
  COSMIC_AGREEMENT_SEND,      /* BYTES, a message of our own, to everybody */
  COSMIC_AGREEMENT_SCHEDULE,  /* call cosmic_agreement_timeout (HEIGHT, ROUND, STEP) in MS */
  COSMIC_AGREEMENT_PROPOSE,   /* make a checkpoint of what there is, of everything that is held
                                 since before the last height was decided, the oldest first up to
                                 the limit; then cosmic_agreement_propose (ROUND). Without anything
                                 to confirm, and no deadline due, do nothing */
  COSMIC_AGREEMENT_JUDGE,     /* fold what BYTES, a checkpoint, with the batch list LIST covers, as
                                 soon as every header and body is here; then
                                 cosmic_agreement_judge() */
  COSMIC_AGREEMENT_DECIDED,   /* CERTIFICATE holds at HEIGHT. BYTES is the checkpoint and LIST the
                                 id of its batch list, as far as they were seen: BYTES may be NULL.
                                 The next is cosmic_agreement_begin() */
  COSMIC_AGREEMENT_EVIDENCE,  /* BYTES and OTHER, two messages of WITNESS that contradict each
                                 other: to be kept and shown. Once a witness and height */
  COSMIC_AGREEMENT_CLASH,     /* BYTES is signed with our key and not by us: a copy of this witness
                                 is at work somewhere. We sign no more */
} CosmicAgreementKind;

typedef struct
{
  CosmicAgreementKind kind;
  guint64 ticket;
  guint64 height;
  guint32 round;
  CosmicStep step;
  guint ms;
  CosmicId witness;
  CosmicId list;
  GBytes *bytes;
  GBytes *other;
  CosmicCertificate *certificate;
} CosmicAgreementEffect;

void cosmic_agreement_effect_free (CosmicAgreementEffect *self);

/* --- The machine. ----------------------------------------------------------------------------- */

typedef struct
{
  guint64 height;      /* that is to be decided; from 1 on */
  CosmicId previous;   /* the last checkpoint; zero at height 1 */
  gint64 previous_time;
  const GArray *witnesses; /* of CosmicId, ascending, at most COSMIC_WITNESSES_MAX; copied */
  guint32 f;
} CosmicAgreementHeight;

/* WITNESS is our key, borrowed, or NULL: without one, or with one that is not among a height's
 * witnesses, the machine counts and relays, and signs nothing. PROMISE is the last one that was
 * written under this key, or NULL if none ever was. NULL when PROMISE is not one of this party,
 * chain and key: then this witness must be appointed anew. */
CosmicAgreement *cosmic_agreement_new  (const CosmicId *party, const CosmicId *chain,
                                        const CosmicSecret *witness, GBytes *promise);
void             cosmic_agreement_free (CosmicAgreement *self);

/* Goes to a height, whether the last one was decided here or its certificate came from elsewhere.
 * There is nothing to confirm at first. To begin the same height again, with the witnesses that a
 * recovery appointed, keeps what we promised. FALSE when there is no quorum for so many witnesses
 * and F. */
gboolean cosmic_agreement_begin (CosmicAgreement *self, const CosmicAgreementHeight *height,
                                 gint64 now);

typedef enum
{
  COSMIC_AGREEMENT_NEW,      /* kept: to be relayed */
  COSMIC_AGREEMENT_KNOWN,
  COSMIC_AGREEMENT_OLD,      /* of a height that is decided, or without a place: offer it later */
  COSMIC_AGREEMENT_LATER,    /* of a height to come: the sender has a certificate that we lack */
  COSMIC_AGREEMENT_STRANGER, /* of another chain, or signed by no witness of this height */
  COSMIC_AGREEMENT_INVALID,  /* no message, or a false signature: whoever hands it on is at fault */
} CosmicAgreementReceipt;

CosmicAgreementReceipt cosmic_agreement_receive (CosmicAgreement *self, GBytes *message,
                                                 gint64 now);

/* Answers PROPOSE. FALSE when the round has passed, or BYTES do not follow the last checkpoint. */
gboolean cosmic_agreement_propose (CosmicAgreement *self, guint32 round, GBytes *bytes,
                                   const CosmicId *list, gint64 now);
/* Answers JUDGE, at once or once everything is here: COSMIC_VERDICT_VALID, _INVALID, or _OMITS when
 * it is valid but omits a valid operation that was held here before the last height was decided. */
void cosmic_agreement_judge   (CosmicAgreement *self, const CosmicId *checkpoint,
                               const CosmicId *list, CosmicVerdict verdict, gint64 now);
void cosmic_agreement_timeout (CosmicAgreement *self, guint64 height, guint32 round,
                               CosmicStep step, gint64 now);
void cosmic_agreement_written (CosmicAgreement *self, guint64 ticket, gint64 now);

/* Whether sessions to a quorum, ourselves included, are live. */
void cosmic_agreement_set_live (CosmicAgreement *self, gboolean live, gint64 now);
/* Whether there is something to confirm at this height, a deadline that is due included. */
void cosmic_agreement_set_work (CosmicAgreement *self, gboolean work, gint64 now);

/* The next thing to be done, or NULL; to be asked after every event until there is none. The caller
 * frees it. */
CosmicAgreementEffect *cosmic_agreement_next (CosmicAgreement *self);

/* Every message of this height that is kept and may leave, our own included: GBytes. What peers
 * lack of them is to be offered, and whatever is received anew. The caller unrefs. */
GPtrArray *cosmic_agreement_messages (CosmicAgreement *self);

/* How far it is, to be shown. MISSING has the witnesses that were not heard of in this round, whose
 * computers may have to be switched on; of CosmicId, the caller unrefs it. */
typedef struct
{
  guint64 height;
  guint32 round;
  CosmicStep step;
  guint quorum;
  gboolean decided;
  GArray *missing;
} CosmicAgreementStanding;

void cosmic_agreement_standing (CosmicAgreement *self, CosmicAgreementStanding *standing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicAgreementEffect, cosmic_agreement_effect_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicAgreement, cosmic_agreement_free)

G_END_DECLS
