/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log-propose.h"
#include "cosmic-session-node.h"

G_BEGIN_DECLS

/* The agreement of the witnesses over a log: what CosmicAgreement asks for is read from the log and
 * done in it. On every full node, whether it is a witness or not: who is none keeps and hands on
 * what the others say. It sleeps while there is one witness, who certifies alone.
 *
 * What is said at a height, and what is proposed, is kept among the settings of the log's store, so
 * that it goes on where it was after a restart, and travels in transfer files:
 *
 *   "agreement promise"  CosmicPromise, of this computer's witness
 *   "agreement height"   `(taayaayaay)`: the height, messages, batch lists of what is proposed, and
 *                        the entries that were open when the height began
 *   "agreement clash"    what a copy of this witness signed: since then it signs nothing
 *
 * One a log, on the log's thread. */
typedef struct _CosmicLogWitness CosmicLogWitness;

/* Any may be NULL. None may call back. */
typedef struct
{
  /* Call cosmic_log_witness_timeout() in MS. */
  void (*schedule) (gpointer data, guint64 height, guint32 round, CosmicStep step, guint ms);
  /* A witness contradicted itself: two messages of it; once a height. */
  void (*evidence) (gpointer data, const CosmicId *witness, GBytes *a, GBytes *b);
  /* A copy of this witness is at work elsewhere; this one signs no more. */
  void (*clash)    (gpointer data);
} CosmicLogWitnessHooks;

/* WITNESS is this computer's key, copied, or NULL; all else is borrowed. NULL with ERROR when the
 * store fails; a promise that cannot be read makes it sign nothing. */
CosmicLogWitness *cosmic_log_witness_new  (CosmicLog *log, const CosmicSecret *witness,
                                           const CosmicLogWitnessHooks *hooks, gpointer data,
                                           GError **error);
void              cosmic_log_witness_free (CosmicLogWitness *self);

/* Whether several agree at the height that comes next. */
gboolean cosmic_log_witness_is_active (const CosmicLogWitness *self);

/* Inside a transaction of the log, after it changed, and before each commit: takes notice, and does
 * what is to be done. What was promised counts once it is committed: *AGAIN says that after the
 * commit there is more to do, in another transaction. */
gboolean cosmic_log_witness_step (CosmicLogWitness *self, gboolean *again, GError **error);
/* Whether cosmic_log_witness_step() would have anything to do. */
gboolean cosmic_log_witness_has_work (CosmicLogWitness *self);
/* Steps in transactions of its own until there is no more to do. BEFORE_COMMIT may be NULL. */
gboolean cosmic_log_witness_run  (CosmicLogWitness *self,
                                  gboolean (*before_commit) (gpointer data, GError **error),
                                  gpointer data, GError **error);

/* What is open is to be confirmed now. Kept in mind for this height only. */
void cosmic_log_witness_request  (CosmicLogWitness *self);
/* Whether sessions to a quorum are live, this computer included. */
void cosmic_log_witness_set_live (CosmicLogWitness *self, gboolean live);
void cosmic_log_witness_timeout  (CosmicLogWitness *self, guint64 height, guint32 round,
                                  CosmicStep step);

/* How far it is; FALSE while it sleeps. MISSING of STANDING is to be unreffed. */
gboolean cosmic_log_witness_standing (CosmicLogWitness *self, CosmicAgreementStanding *standing);

/* --- Handing on. ------------------------------------------------------------------------------ */

/* A message in its envelope, with the envelope of the checkpoint and batch list that it proposes,
 * or NULL. Both are under the party's body key that is current at the newest checkpoint, stream
 * zero, order = the height that they are about. [format] */
typedef struct
{
  GBytes *message;
  GBytes *proposal;
} CosmicLogWitnessItem;

void cosmic_log_witness_item_clear (CosmicLogWitnessItem *self);

/* Ids of the envelopes of all messages of this height, ascending; array of CosmicId. */
GArray  *cosmic_log_witness_list (CosmicLogWitness *self);
gboolean cosmic_log_witness_has  (CosmicLogWitness *self, const CosmicId *id);
/* FALSE when it is not there any more. */
gboolean cosmic_log_witness_find (CosmicLogWitness *self, const CosmicId *id,
                                  CosmicLogWitnessItem *item);
/* What came in, inside a transaction of the log; what a proposal covers and is not here is appended
 * to MISSING. _NEW: to be handed on. */
CosmicTake cosmic_log_witness_take (CosmicLogWitness *self, const CosmicLogWitnessItem *item,
                                    GArray *missing, GError **error);
/* Whether something new is to be handed on since this was asked last. */
gboolean cosmic_log_witness_take_news (CosmicLogWitness *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicLogWitness, cosmic_log_witness_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CosmicLogWitnessItem, cosmic_log_witness_item_clear)

G_END_DECLS
