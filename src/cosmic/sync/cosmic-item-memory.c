/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-item-nodes.h"

#include <string.h>

typedef struct
{
  gsize size;
  guint8 bytes[COSMIC_ITEM_NODE_SIZE];
} Block;

struct _CosmicItemMemory
{
  GPtrArray *blocks; /* by number; NULL where there is none */
};

CosmicItemMemory *
cosmic_item_memory_new (void)
{
  CosmicItemMemory *self = g_new (CosmicItemMemory, 1);

  self->blocks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
cosmic_item_memory_free (CosmicItemMemory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

static const guint8 *
read_block (gpointer self, guint64 number, gsize *size, GError **error)
{
  GPtrArray *blocks = ((CosmicItemMemory *) self)->blocks;
  Block *block = number < blocks->len ? blocks->pdata[number] : NULL;

  if (block == NULL)
    return NULL;
  *size = block->size;
  return block->bytes;
}

static gboolean
write_block (gpointer self, guint64 number, gconstpointer bytes, gsize size, GError **error)
{
  GPtrArray *blocks = ((CosmicItemMemory *) self)->blocks;
  Block *block;

  g_assert (number < G_MAXINT && size <= COSMIC_ITEM_NODE_SIZE);
  if (number >= blocks->len)
    g_ptr_array_set_size (blocks, (gint) number + 1);
  if (blocks->pdata[number] == NULL)
    blocks->pdata[number] = g_new (Block, 1);
  block = blocks->pdata[number];
  block->size = size;
  memcpy (block->bytes, bytes, size);
  return TRUE;
}

static gboolean
free_block (gpointer self, guint64 number, GError **error)
{
  GPtrArray *blocks = ((CosmicItemMemory *) self)->blocks;

  if (number < blocks->len)
    g_clear_pointer (&blocks->pdata[number], g_free);
  return TRUE;
}

static const CosmicItemNodesTable memory_table = {
  .read = read_block,
  .write = write_block,
  .free = free_block,
};

CosmicItemNodes
cosmic_item_memory_nodes (CosmicItemMemory *self)
{
  return (CosmicItemNodes){ .table = &memory_table, .self = self };
}
