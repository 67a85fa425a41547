/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log-node.h"
#include "cosmic-log-private.h"

G_BEGIN_DECLS

struct _CosmicLogNode
{
  CosmicLog *log;
  const CosmicSecret *seal;
  const CosmicLogNodeHooks *hooks;
  gpointer data;
  GPtrArray *sessions; /* of CosmicSession, borrowed */
  GError *failure;
  gboolean begun;
  GHashTable *shares;  /* a set of CosmicItem: all at hand; NULL: not read yet */

  /* What sessions are to be told: first it came, then it was committed. */
  GArray *came, *came_shares;
  GArray *news, *new_shares;
  gboolean key_came, new_key;
  guint64 told; /* the height that they know of */

  GHashTable *asked;   /* CosmicId -> the session that asks for it */
  GHashTable *lacking; /* CosmicId: operations of which a part is lacking */
  gboolean more_lacking;
  guint64 looked; /* heights looked through for such */
  CosmicLogWitness *witness; /* borrowed; or NULL */
};

/* Takes ERROR: the store failed, and what is not committed is rolled back. */
void     cosmic_log_node_fail  (CosmicLogNode *self, GError *error);
gboolean cosmic_log_node_begin (CosmicLogNode *self);
/* Keeps in mind that ENTRY lacks a part, if it does. */
void     cosmic_log_node_note_lacking (CosmicLogNode *self, const CosmicEntry *entry);

/* cosmic-log-node-sets.c: of the table. */
gboolean   cosmic_log_node_add_open   (gpointer node, CosmicItemSet *set);
GArray    *cosmic_log_node_shares_for (gpointer node, const CosmicId *seal, guint limit);
gboolean   cosmic_log_node_add_shares (gpointer node, CosmicItemSet *set);
gboolean   cosmic_log_node_has_share  (gpointer node, const CosmicId *share);
GBytes    *cosmic_log_node_find_share (gpointer node, const CosmicId *share);
CosmicTake cosmic_log_node_take_share (gpointer node, GBytes *envelope);

G_END_DECLS
