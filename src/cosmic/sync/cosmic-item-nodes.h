/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the nodes of a CosmicItemSet lie: blocks of at most COSMIC_ITEM_NODE_SIZE bytes, found by
 * number. Number 0 is the set's own header. The set keeps nothing of them between two calls: what a
 * store takes back in a rollback, the set no longer has. */
#define COSMIC_ITEM_NODE_SIZE 3968

typedef struct
{
  /* The block of NUMBER, borrowed until the next call of any of the three. NULL when there is none,
   * or with ERROR when it could not be read. */
  const guint8 *(*read) (gpointer self, guint64 number, gsize *size, GError **error);
  /* Puts a copy of BYTES in the place of what NUMBER was. */
  gboolean (*write) (gpointer self, guint64 number, gconstpointer bytes, gsize size,
                     GError **error);
  gboolean (*free)  (gpointer self, guint64 number, GError **error);
} CosmicItemNodesTable;

/* Passed by value; SELF is borrowed and outlives it. */
typedef struct
{
  const CosmicItemNodesTable *table;
  gpointer self;
} CosmicItemNodes;

/* In memory, for what a member's computer makes anew at every start. */
typedef struct _CosmicItemMemory CosmicItemMemory;

CosmicItemMemory *cosmic_item_memory_new   (void);
void              cosmic_item_memory_free  (CosmicItemMemory *self);
CosmicItemNodes   cosmic_item_memory_nodes (CosmicItemMemory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicItemMemory, cosmic_item_memory_free)

G_END_DECLS
