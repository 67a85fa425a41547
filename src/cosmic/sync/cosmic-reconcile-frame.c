/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-reconcile-private.h"

/* --- Reading. --------------------------------------------------------------------------------- */

guint64
cosmic_frame_read_number (FrameReader *self)
{
  guint64 number = 0;

  for (guint shift = 0; shift < 64 && !self->bad && self->at < self->end; shift += 7)
    {
      guint8 byte = *self->at++;

      if (shift == 63 && byte > 1)
        break;
      number |= (guint64) (byte & 0x7f) << shift;
      if (byte & 0x80)
        continue;
      if (byte == 0 && shift > 0)
        break;
      return number;
    }
  self->bad = TRUE;
  return 0;
}

const guint8 *
cosmic_frame_read_bytes (FrameReader *self, gsize size)
{
  const guint8 *bytes = self->at;

  if (self->bad || (gsize) (self->end - self->at) < size)
    {
      self->bad = TRUE;
      return NULL;
    }
  self->at += size;
  return bytes;
}

static guint64
read_order (FrameReader *self, guint64 before, guint64 difference)
{
  if (difference >= COSMIC_ORDER_END - before)
    {
      self->bad = TRUE;
      return before;
    }
  return before + difference;
}

void
cosmic_frame_read_item (FrameReader *self, CosmicItem *before, gboolean is_first)
{
  CosmicItem item = { .order = read_order (self, before->order, cosmic_frame_read_number (self)) };
  const guint8 *bytes = cosmic_frame_read_bytes (self, COSMIC_ID_SIZE);

  if (bytes == NULL)
    return;
  memcpy (item.id.bytes, bytes, COSMIC_ID_SIZE);
  if (!is_first && cosmic_item_compare (before, &item) >= 0)
    self->bad = TRUE;
  *before = item;
}

void
cosmic_frame_read_bound (FrameReader *self, CosmicItem *before)
{
  guint64 number = cosmic_frame_read_number (self);
  CosmicItem bound = { 0 };
  const guint8 *size, *bytes;

  if (self->bad)
    return;
  if (number == 0)
    {
      *before = cosmic_item_end;
      return;
    }
  bound.order = read_order (self, before->order, number - 1);
  if ((size = cosmic_frame_read_bytes (self, 1)) == NULL)
    return;
  if (*size > COSMIC_ID_SIZE || (bytes = cosmic_frame_read_bytes (self, *size)) == NULL
      || (*size > 0 && bytes[*size - 1] == 0))
    {
      self->bad = TRUE;
      return;
    }
  memcpy (bound.id.bytes, bytes, *size);
  if (cosmic_item_compare (before, &bound) >= 0)
    self->bad = TRUE;
  *before = bound;
}

/* --- Writing. --------------------------------------------------------------------------------- */

void
cosmic_frame_write_number (GByteArray *out, guint64 number)
{
  guint8 bytes[10];
  guint n = 0;

  for (; number >= 0x80; number >>= 7)
    bytes[n++] = (guint8) (number | 0x80);
  bytes[n++] = (guint8) number;
  g_byte_array_append (out, bytes, n);
}

void
cosmic_frame_write_item (GByteArray *out, const CosmicItem *before, const CosmicItem *item)
{
  cosmic_frame_write_number (out, item->order - before->order);
  g_byte_array_append (out, item->id.bytes, COSMIC_ID_SIZE);
}

void
cosmic_frame_write_bound (GByteArray *out, const CosmicItem *before, const CosmicItem *bound)
{
  guint8 size = COSMIC_ID_SIZE;

  if (bound->order == COSMIC_ORDER_END)
    {
      cosmic_frame_write_number (out, 0);
      return;
    }
  while (size > 0 && bound->id.bytes[size - 1] == 0)
    size--;
  cosmic_frame_write_number (out, 1 + bound->order - before->order);
  g_byte_array_append (out, &size, 1);
  g_byte_array_append (out, bound->id.bytes, size);
}

/* --- Bounds. ---------------------------------------------------------------------------------- */

CosmicItem
cosmic_item_parting (const CosmicItem *before, const CosmicItem *item)
{
  CosmicItem bound = { .order = item->order };

  if (before->order == item->order)
    for (guint i = 0; i < COSMIC_ID_SIZE; i++)
      {
        bound.id.bytes[i] = item->id.bytes[i];
        if (before->id.bytes[i] != item->id.bytes[i])
          break;
      }
  return bound;
}

CosmicItem
cosmic_item_next (const CosmicItem *item)
{
  CosmicItem next = *item;

  for (guint i = COSMIC_ID_SIZE; i-- > 0;)
    if (++next.id.bytes[i] != 0)
      return next;
  next.order++;
  return next;
}

/* --- Ranges that wait. ------------------------------------------------------------------------ */

void
cosmic_range_list_init (CosmicRangeList *self, guint most)
{
  self->ranges = g_array_new (FALSE, FALSE, sizeof (CosmicRange));
  self->most = most;
}

void
cosmic_range_list_clear (CosmicRangeList *self)
{
  g_clear_pointer (&self->ranges, g_array_unref);
}

void
cosmic_range_list_add (CosmicRangeList *self, const CosmicRange *range)
{
  CosmicRange *last = self->ranges->len > 0
      ? &g_array_index (self->ranges, CosmicRange, self->ranges->len - 1)
      : NULL;

  if (last == NULL
      || (self->ranges->len < self->most && cosmic_item_compare (&last->high, &range->low) <= 0))
    {
      g_array_append_val (self->ranges, *range);
      return;
    }
  last->theirs = THEIRS_UNKNOWN;
  if (cosmic_item_compare (&last->high, &range->high) < 0)
    last->high = range->high;
}

void
cosmic_range_list_merge (CosmicRangeList *self, CosmicRangeList *other)
{
  GArray *one = self->ranges, *two = other->ranges;
  guint i = 0, j = 0;

  if (two->len == 0)
    return;
  self->ranges = g_array_sized_new (FALSE, FALSE, sizeof (CosmicRange),
                                    MIN (one->len + two->len, self->most));
  while (i < one->len || j < two->len)
    {
      const CosmicRange *a = i < one->len ? &g_array_index (one, CosmicRange, i) : NULL;
      const CosmicRange *b = j < two->len ? &g_array_index (two, CosmicRange, j) : NULL;
      gboolean first = b == NULL || (a != NULL && cosmic_item_compare (&a->low, &b->low) <= 0);

      cosmic_range_list_add (self, first ? a : b);
      if (first)
        i++;
      else
        j++;
    }
  g_array_unref (one);
  g_array_set_size (two, 0);
}
