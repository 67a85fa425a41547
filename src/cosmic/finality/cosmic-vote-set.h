/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-witness-message.h"

G_BEGIN_DECLS

/* The messages of one height, within bounds that no flood moves: of each witness, rounds of the
 * number below, the newest and the current one; of each step in them, two messages. An honest
 * witness sends one; of one that equivocates, the two stay whose values most witnesses' first votes
 * of that round stand behind.
 *
 * That is enough. A value that a quorum votes for has more than f honest first votes; two others
 * together have at most n - q of them, and f of the faulty. So once the honest votes are here, one
 * of three messages of a faulty witness gives way to the one that completes the quorum, when that
 * is offered again: what one honest witness counts, every other can count.
 *
 * No signature is checked here. Witnesses go by their index, ascending by key. */
#define COSMIC_VOTE_SET_ROUNDS 16

typedef struct
{
  CosmicWitnessMessage *message; /* NULL: nothing */
  CosmicVerdict verdict;         /* about a proposal */
} CosmicVoteSlot;

typedef enum
{
  COSMIC_VOTE_FITS,
  COSMIC_VOTE_KNOWN, /* the same is here */
  COSMIC_VOTE_FULL,  /* there is no place for it */
} CosmicVoteFit;

typedef struct _CosmicVoteSet CosmicVoteSet;

CosmicVoteSet *cosmic_vote_set_new  (guint witnesses);
void           cosmic_vote_set_free (CosmicVoteSet *self);

/* The round that keeps its place whatever comes. */
void cosmic_vote_set_enter (CosmicVoteSet *self, guint32 round);

/* Whether a message of witness INDEX would find a place; cheap, to be asked before its signature is
 * checked. */
CosmicVoteFit cosmic_vote_set_fit (const CosmicVoteSet *self, guint index,
                                   const CosmicWitnessMessage *message);
/* Keeps one that fits. Another one of the witness that contradicts it, or NULL; the caller
 * unrefs. */
CosmicWitnessMessage *cosmic_vote_set_put (CosmicVoteSet *self, guint index,
                                           CosmicWitnessMessage *message);

/* The two slots of a witness's step, or NULL. Borrowed, until the next put. */
CosmicVoteSlot *cosmic_vote_set_slots (const CosmicVoteSet *self, guint index, guint32 round,
                                       CosmicStep step);
#define COSMIC_VOTE_SET_SLOTS 2

/* How many witnesses voted for VALUE (NULL: for anything, nil included). */
guint cosmic_vote_set_count (const CosmicVoteSet *self, guint32 round, CosmicStep step,
                             const CosmicId *value);
/* Their signatures, of CosmicPrecommit ascending by witness; the caller unrefs. */
GArray *cosmic_vote_set_signatures (const CosmicVoteSet *self, guint32 round, CosmicStep step,
                                    const CosmicId *value);
/* The highest round that a witness is heard of in; FALSE when it is not heard of. */
gboolean cosmic_vote_set_newest (const CosmicVoteSet *self, guint index, guint32 *round);
/* Appends all messages' bytes to a GPtrArray of GBytes; the receiver owns references. */
void cosmic_vote_set_list (const CosmicVoteSet *self, GPtrArray *messages);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicVoteSet, cosmic_vote_set_free)

G_END_DECLS
