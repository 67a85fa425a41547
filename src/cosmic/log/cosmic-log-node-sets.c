/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-node-private.h"

#include "cosmic-carry.h"

/* What is reconciled: operations that are not covered, and shares. */

/* --- What is not covered. --------------------------------------------------------------------- */

typedef struct
{
  CosmicLogNode *node;
  CosmicItemSet *set;
  GError *failure;
} AddItems;

static gboolean
add_item (AddItems *add, guint64 order, const CosmicId *id)
{
  const CosmicItem item = { order, *id };

  return cosmic_item_set_insert (add->set, &item, NULL, &add->failure);
}

static gboolean
add_entry (AddItems *add, const CosmicEntry *entry)
{
  return add_item (add, entry->operation->header.base.height, &entry->operation->id);
}

static gboolean
add_held (CosmicEntry *taken, gpointer data)
{
  g_autoptr (CosmicEntry) entry = taken;
  AddItems *add = data;

  return !cosmic_carry_all_can_open (add->node->log, entry) || add_entry (add, entry);
}

/* FALSE when something failed. */
static gboolean
was_added (CosmicLogNode *self, AddItems *add)
{
  if (add->failure != NULL)
    cosmic_log_node_fail (self, add->failure);
  return self->failure == NULL;
}

gboolean
cosmic_log_node_add_open (gpointer node, CosmicItemSet *set)
{
  CosmicLogNode *self = node;
  CosmicLogStore store = self->log->store;
  const CosmicEntries held = { .which = COSMIC_ENTRIES_HELD };
  AddItems add = { self, set, NULL };
  GHashTableIter iter;
  gpointer value;

  if (self->failure != NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->log->open);
  while (add.failure == NULL && g_hash_table_iter_next (&iter, NULL, &value))
    {
      add_entry (&add, value);
      cosmic_log_node_note_lacking (self, value);
    }
  if (add.failure == NULL && self->failure == NULL)
    store.table->each_entry (store.self, &held, add_held, &add, &add.failure);
  return was_added (self, &add);
}

/* --- Shares. ---------------------------------------------------------------------------------- */

static CosmicItem
share_item (GBytes *envelope)
{
  CosmicItem item = { 0 };
  CosmicLabel label;

  if (cosmic_envelope_label (envelope, &label))
    item.order = MIN (label.order, COSMIC_ORDER_END - 1);
  cosmic_envelope_id (envelope, &item.id);
  return item;
}

static guint
item_hash (gconstpointer item)
{
  return cosmic_id_hash (&((const CosmicItem *) item)->id);
}

static gboolean
item_equal (gconstpointer a, gconstpointer b)
{
  return cosmic_id_same (&((const CosmicItem *) a)->id, &((const CosmicItem *) b)->id);
}

static gboolean
add_share (GBytes *envelope, gpointer shares)
{
  const CosmicItem item = share_item (envelope);

  g_hash_table_add (shares, g_memdup2 (&item, sizeof item));
  return TRUE;
}

static GHashTable *
shares (CosmicLogNode *self)
{
  CosmicLogStore store = self->log->store;
  GError *error = NULL;

  if (self->shares != NULL)
    return self->shares;
  self->shares = g_hash_table_new_full (item_hash, item_equal, g_free, NULL);
  if (self->failure == NULL
      && !store.table->each_share (store.self, add_share, self->shares, &error))
    cosmic_log_node_fail (self, error);
  return self->shares;
}

typedef struct
{
  const CosmicId *seal;
  guint limit;
  GArray *ids;
} SharesFor;

static gboolean
add_if_for (GBytes *envelope, gpointer data)
{
  SharesFor *wanted = data;
  CosmicId id;

  if (!cosmic_share_is_for (envelope, wanted->seal))
    return TRUE;
  cosmic_envelope_id (envelope, &id);
  g_array_append_val (wanted->ids, id);
  return wanted->ids->len < wanted->limit;
}

GArray *
cosmic_log_node_shares_for (gpointer node, const CosmicId *seal, guint limit)
{
  CosmicLogNode *self = node;
  CosmicLogStore store = self->log->store;
  SharesFor wanted = { seal, limit, g_array_new (FALSE, FALSE, sizeof (CosmicId)) };
  GError *error = NULL;

  if (self->failure == NULL
      && !store.table->each_share (store.self, add_if_for, &wanted, &error))
    cosmic_log_node_fail (self, error);
  cosmic_ids_normalise (wanted.ids);
  return wanted.ids;
}

gboolean
cosmic_log_node_add_shares (gpointer node, CosmicItemSet *set)
{
  CosmicLogNode *self = node;
  AddItems add = { self, set, NULL };
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, shares (self));
  while (add.failure == NULL && g_hash_table_iter_next (&iter, &item, NULL))
    cosmic_item_set_insert (set, item, NULL, &add.failure);
  return was_added (self, &add);
}

gboolean
cosmic_log_node_has_share (gpointer node, const CosmicId *share)
{
  const CosmicItem item = { 0, *share };

  return g_hash_table_contains (shares (node), &item);
}

GBytes *
cosmic_log_node_find_share (gpointer node, const CosmicId *share)
{
  CosmicLogNode *self = node;
  CosmicLogStore store = self->log->store;
  GBytes *envelope = NULL;
  GError *error = NULL;

  if (self->failure == NULL
      && !store.table->find_share (store.self, share, &envelope, &error))
    cosmic_log_node_fail (self, error);
  return envelope;
}

CosmicTake
cosmic_log_node_take_share (gpointer node, GBytes *envelope)
{
  CosmicLogNode *self = node;
  CosmicLogStore store = self->log->store;
  gboolean mine = FALSE;
  GError *error = NULL;
  CosmicLabel label;
  CosmicId id;

  if (!cosmic_envelope_label (envelope, &label) || label.type != COSMIC_ITEM_SHARE)
    return COSMIC_TAKE_BAD;
  cosmic_envelope_id (envelope, &id);
  if (cosmic_log_node_has_share (self, &id))
    return COSMIC_TAKE_KNOWN;
  if (!cosmic_log_node_begin (self))
    return COSMIC_TAKE_FAILED;
  if (!store.table->put_share (store.self, envelope, &error)
      || (self->seal != NULL
          && !cosmic_log_take_share (self->log, self->seal, envelope, &mine, &error)))
    {
      cosmic_log_node_fail (self, error);
      return COSMIC_TAKE_FAILED;
    }
  add_share (envelope, self->shares);
  g_array_append_val (self->came_shares, id);
  self->key_came = self->key_came || mine;
  return mine ? COSMIC_TAKE_KEY : COSMIC_TAKE_NEW;
}

void
cosmic_log_node_share (CosmicLogNode *self, GBytes *envelope)
{
  const CosmicItem item = share_item (envelope);

  add_share (envelope, shares (self));
  g_array_append_val (self->new_shares, item.id);
}
