/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-item-store.h"

#include <string.h>

const char *const dpop_item_store_schema[] = {
  "CREATE TABLE item_node (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL);",
};
const guint dpop_item_store_n_schema = G_N_ELEMENTS (dpop_item_store_schema);

/* Nodes that are kept in memory, 4 KiB each: inner nodes of a million items are 700. */
#define KEPT_MOST    2048
/* Changed nodes that wait; one more and all are written, within the transaction as well. */
#define WAITING_MOST 4096

typedef struct
{
  gint64 row;
  gboolean waits;
  gsize size; /* 0: freed */
  guint8 bytes[COSMIC_ITEM_NODE_SIZE];
} Node;

struct _DpopItemStore
{
  DpopDatabase *database;
  guint set;
  GHashTable *nodes; /* by Node.row */
  guint waiting;
};

DpopItemStore *
dpop_item_store_new (DpopDatabase *database, guint set)
{
  DpopItemStore *self;

  g_return_val_if_fail (set < DPOP_ITEM_STORE_SETS, NULL);
  self = g_new0 (DpopItemStore, 1);
  self->database = database;
  self->set = set;
  self->nodes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  return self;
}

void
dpop_item_store_free (DpopItemStore *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->nodes);
  g_free (self);
}

static gint64
row_of (DpopItemStore *self, guint64 number)
{
  return (gint64) ((guint64) self->set << 40 | number);
}

static gboolean
is_no_row (guint64 number, GError **error)
{
  if (number < G_GUINT64_CONSTANT (1) << 40)
    return FALSE;
  g_set_error_literal (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_DAMAGED,
                       "What is stored about the exchange names something that cannot be.");
  return TRUE;
}

static gboolean
is_at_rest (gpointer row, gpointer node, gpointer unused)
{
  return !((Node *) node)->waits;
}

/* The node of ROW, without its bytes, known from now on. */
static Node *
know (DpopItemStore *self, gint64 row)
{
  Node *node = g_new (Node, 1);

  if (g_hash_table_size (self->nodes) - self->waiting >= KEPT_MOST)
    g_hash_table_foreach_remove (self->nodes, is_at_rest, NULL);
  node->row = row;
  node->waits = FALSE;
  node->size = 0;
  g_hash_table_insert (self->nodes, &node->row, node);
  return node;
}

static Node *
fetch (DpopItemStore *self, gint64 row, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      self->database, "SELECT bytes FROM item_node WHERE n = ?", error);
  Node *node = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, row);
  if (dpop_database_step (self->database, statement, error) == SQLITE_ROW)
    {
      gsize size = (gsize) sqlite3_column_bytes (statement, 0);

      if (size > 0 && size <= COSMIC_ITEM_NODE_SIZE)
        {
          node = know (self, row);
          node->size = size;
          memcpy (node->bytes, sqlite3_column_blob (statement, 0), size);
        }
      else
        g_set_error_literal (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_DAMAGED,
                             "What is stored about the exchange has a size that cannot be.");
    }
  sqlite3_reset (statement);
  return node;
}

static const guint8 *
read_node (gpointer store, guint64 number, gsize *size, GError **error)
{
  DpopItemStore *self = store;
  gint64 row = row_of (self, number);
  Node *node;

  if (is_no_row (number, error))
    return NULL;
  if ((node = g_hash_table_lookup (self->nodes, &row)) == NULL)
    node = fetch (self, row, error);
  if (node == NULL || node->size == 0)
    return NULL;
  *size = node->size;
  return node->bytes;
}

/* Makes SIZE bytes, or that it was freed, wait for NUMBER. */
static gboolean
change (DpopItemStore *self, guint64 number, gconstpointer bytes, gsize size, GError **error)
{
  gint64 row = row_of (self, number);
  Node *node;

  if (is_no_row (number, error)
      || (self->waiting >= WAITING_MOST && !dpop_item_store_save (self, error)))
    return FALSE;
  if ((node = g_hash_table_lookup (self->nodes, &row)) == NULL)
    node = know (self, row);
  if (!node->waits)
    self->waiting++;
  node->waits = TRUE;
  node->size = size;
  if (size > 0)
    memmove (node->bytes, bytes, size);
  return TRUE;
}

static gboolean
write_node (gpointer store, guint64 number, gconstpointer bytes, gsize size, GError **error)
{
  g_assert (size > 0 && size <= COSMIC_ITEM_NODE_SIZE);
  return change (store, number, bytes, size, error);
}

static gboolean
free_node (gpointer store, guint64 number, GError **error)
{
  return change (store, number, NULL, 0, error);
}

static const CosmicItemNodesTable item_store_table = {
  .read = read_node,
  .write = write_node,
  .free = free_node,
};

CosmicItemNodes
dpop_item_store_nodes (DpopItemStore *self)
{
  return (CosmicItemNodes){ .table = &item_store_table, .self = self };
}

static gboolean
save_node (DpopItemStore *self, const Node *node, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      self->database,
      node->size > 0 ? "INSERT OR REPLACE INTO item_node (n, bytes) VALUES (?1, ?2)"
                     : "DELETE FROM item_node WHERE n = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, node->row);
  if (node->size > 0)
    sqlite3_bind_blob (statement, 2, node->bytes, (int) node->size, SQLITE_STATIC);
  return dpop_database_finish (self->database, statement, error);
}

gboolean
dpop_item_store_save (DpopItemStore *self, GError **error)
{
  GHashTableIter iter;
  gpointer node;

  g_hash_table_iter_init (&iter, self->nodes);
  while (self->waiting > 0 && g_hash_table_iter_next (&iter, NULL, &node))
    if (((Node *) node)->waits)
      {
        if (!save_node (self, node, error))
          return FALSE;
        ((Node *) node)->waits = FALSE;
        self->waiting--;
      }
  return TRUE;
}

void
dpop_item_store_forget (DpopItemStore *self)
{
  g_hash_table_remove_all (self->nodes);
  self->waiting = 0;
}

gboolean
dpop_item_store_erase (DpopItemStore *self, GError **error)
{
  sqlite3_stmt *statement = dpop_database_prepare (
      self->database, "DELETE FROM item_node WHERE n >= ?1 AND n < ?2", error);

  if (statement == NULL)
    return FALSE;
  dpop_item_store_forget (self);
  sqlite3_bind_int64 (statement, 1, row_of (self, 0));
  sqlite3_bind_int64 (statement, 2, (gint64) ((guint64) (self->set + 1) << 40));
  return dpop_database_finish (self->database, statement, error);
}
