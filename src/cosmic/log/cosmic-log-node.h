/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log-witness.h"
#include "cosmic-session.h"

G_BEGIN_DECLS

/* A log as a node of exchange sessions: any number of them, all on the log's thread. What comes in
 * over one is offered to the others.
 *
 * A transaction is open from the first thing that comes in until the session commits, which it does
 * when it is told that nothing is waiting (cosmic_session_idle()), and every
 * COSMIC_SESSION_STEP items besides: only then may the log be used for anything else. After each
 * cosmic_session_idle() the driver calls cosmic_log_node_tell(). Making the next message to send
 * may find a height complete and take it in: after cosmic_session_next(), too, it commits. */
typedef struct _CosmicLogNode CosmicLogNode;

/* All may be NULL. */
typedef struct
{
  /* Before each commit, within its transaction: to write what follows from it. */
  gboolean (*before_commit) (gpointer data, GError **error);
  /* Whether OPERATION belongs to what is running and waited for: its ballots go first. */
  gboolean (*is_running) (gpointer data, const CosmicOperation *operation);
} CosmicLogNodeHooks;

/* LOG, SEAL (this device's; NULL: it takes no shares for itself) and HOOKS are borrowed. */
CosmicLogNode *cosmic_log_node_new  (CosmicLog *log, const CosmicSecret *seal,
                                     const CosmicLogNodeHooks *hooks, gpointer data);
/* Rolls back what is not committed. */
void           cosmic_log_node_free (CosmicLogNode *self);

CosmicSessionNode cosmic_log_node_table (CosmicLogNode *self);

/* Sessions that are told what is new; each is borrowed until it leaves. */
void cosmic_log_node_join  (CosmicLogNode *self, CosmicSession *session);
void cosmic_log_node_leave (CosmicLogNode *self, CosmicSession *session);

/* From now on what witnesses say goes over the sessions, and each commit lets WITNESS (borrowed; of
 * the same log) do what is to be done. */
void cosmic_log_node_set_witness (CosmicLogNode *self, CosmicLogWitness *witness);

/* What this computer itself added, once it is on the disk. Heights are noticed without it. */
void cosmic_log_node_operation (CosmicLogNode *self, const CosmicId *operation);
void cosmic_log_node_share     (CosmicLogNode *self, GBytes *envelope);
/* Tells the sessions what was committed since. */
void cosmic_log_node_tell      (CosmicLogNode *self);

/* Looks through a piece of the history for parts that are lacking, which the sessions then ask for;
 * FALSE once all of it was looked through. For when there is nothing else to do. */
gboolean cosmic_log_node_look (CosmicLogNode *self);

/* Why the store failed, if it did; then the log is as it was committed last, and the node is of no
 * more use. */
const GError *cosmic_log_node_failure (const CosmicLogNode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicLogNode, cosmic_log_node_free)

G_END_DECLS
