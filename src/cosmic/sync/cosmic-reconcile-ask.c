/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-reconcile-private.h"

/* Making a frame: questions about ranges that wait, and items that the peer lacks. */

/* Into how many parts a range is split: into more while there are few, where a turn saved is worth
 * more than the bytes; and parts have about PART_LEAST items at least. */
#define PARTS_FEW  32
#define PARTS_MANY 16
#define FEW        32
#define PART_LEAST 16

/* The opening's: most differences are among the newest, so that the parts there are small, each
 * four times as large as the one behind it. */
#define OPENING_NEWEST 256
#define OPENING_EVEN   10
#define PARTS_MAX      40

/* Where the writing of questions is. */
typedef struct
{
  GByteArray *out;
  CosmicItem last; /* the upper bound that was written last */
} Writer;

static void
write_range (Writer *w, guint kind, guint64 count, const CosmicItem *high)
{
  cosmic_frame_write_number (w->out, kind + 4 * count);
  cosmic_frame_write_bound (w->out, &w->last, high);
  w->last = *high;
}

static void
write_fingerprint (Writer *w, const CosmicItemSum *sum, const CosmicItem *high)
{
  guint8 fingerprint[COSMIC_FINGERPRINT_SIZE];

  cosmic_item_sum_fingerprint (sum, fingerprint);
  write_range (w, KIND_FINGERPRINT, sum->count, high);
  g_byte_array_append (w->out, fingerprint, sizeof fingerprint);
}

/* --- Chance. ---------------------------------------------------------------------------------- */

static guint64
below (CosmicReconcile *self, guint64 bound)
{
  guint64 number;

  if (self->pooled < sizeof number)
    {
      dpop_random_fill (self->random, self->pool, sizeof self->pool);
      self->pooled = sizeof self->pool;
    }
  self->pooled -= sizeof number;
  memcpy (&number, self->pool + self->pooled, sizeof number);
  return (guint64) ((unsigned __int128) GUINT64_FROM_LE (number) * bound >> 64);
}

/* A place near INDEX: up to an eighth of PART away on either side. */
static guint64
near (CosmicReconcile *self, guint64 index, guint64 part)
{
  guint64 reach = part / 8;

  return index - reach + below (self, 2 * reach + 1);
}

/* --- Splitting and listing. ------------------------------------------------------------------- */

/* Fingerprints of the parts of RANGE that begin at the INDEXES, ascending, and of the one before
 * them; BEFORE and AFTER are the sums at the range's bounds. */
static gboolean
write_parts (CosmicReconcile *self, Writer *w, const CosmicRange *range, CosmicItemSum before,
             const CosmicItemSum *after, const guint64 *indexes, guint n, GError **error)
{
  CosmicItemSum here, sum;

  for (guint i = 0; i < n; i++)
    {
      CosmicItem pair[2], high;
      guint got;

      if (!cosmic_item_set_at (self->set, indexes[i], &here, error)
          || !cosmic_item_set_read (self->set, indexes[i] - 1, pair, 2, &got, error))
        return FALSE;
      if (got < 2)
        {
          g_set_error_literal (error, COSMIC_ITEM_SET_ERROR, COSMIC_ITEM_SET_ERROR_DAMAGED,
                               "What is stored about the exchange contradicts itself.");
          return FALSE;
        }
      high = cosmic_item_parting (&pair[0], &pair[1]);
      sum = cosmic_item_sum_between (&before, &here);
      write_fingerprint (w, &sum, &high);
      before = here;
    }
  sum = cosmic_item_sum_between (&before, after);
  write_fingerprint (w, &sum, &range->high);
  return TRUE;
}

static gboolean
write_split (CosmicReconcile *self, Writer *w, const CosmicRange *range,
             const CosmicItemSum *before, const CosmicItemSum *after, GError **error)
{
  guint64 ours = after->count - before->count, indexes[PARTS_MAX];
  guint parts = self->asks.ranges->len <= FEW ? PARTS_FEW : PARTS_MANY;

  parts = (guint) MIN (parts, (ours + PART_LEAST - 1) / PART_LEAST);
  for (guint i = 1; i < parts; i++)
    indexes[i - 1] = before->count
                     + near (self, (guint64) ((unsigned __int128) ours * i / parts), ours / parts);
  return write_parts (self, w, range, *before, after, indexes, parts - 1, error);
}

static gboolean
write_list (CosmicReconcile *self, Writer *w, const CosmicRange *range, guint64 index, guint n,
            GError **error)
{
  CosmicItem items[LIST_MAX];
  guint got = 0;

  if (n > 0 && !cosmic_item_set_read (self->set, index, items, n, &got, error))
    return FALSE;
  write_range (w, KIND_LIST, got, &range->high);
  for (guint i = 0; i < got; i++)
    {
      const ListedItem listed = { .item = items[i], .begins = i == 0 };
      guint64 hash = GUINT64_TO_LE (
          cosmic_short_hash (self->key, items[i].id.bytes, COSMIC_ID_SIZE));

      g_byte_array_append (w->out, (const guint8 *) &hash, sizeof hash);
      g_array_append_val (self->listed, listed);
    }
  return TRUE;
}

/* Listing costs less where at least half would have to be sent anyway. */
static gboolean
is_listed (guint64 ours, guint64 theirs)
{
  if (ours <= LIST_USUAL)
    return TRUE;
  return ours <= LIST_MAX && theirs <= ours / 2;
}

/* What asks about RANGE, at the end of what was written; FULL when there was no room. */
static gboolean
write_question (CosmicReconcile *self, Writer *w, const CosmicRange *range, gsize room,
                gboolean *full, GError **error)
{
  const Writer mark = *w;
  guint size = w->out->len, listed = self->listed->len;
  CosmicItemSum before, after;
  guint64 ours;
  gboolean good;

  *full = FALSE;
  if (!cosmic_item_set_find (self->set, &range->low, &before, error)
      || !cosmic_item_set_find (self->set, &range->high, &after, error))
    return FALSE;
  ours = after.count - before.count;
  if (cosmic_item_compare (&w->last, &range->low) != 0)
    write_range (w, KIND_SKIP, 0, &range->low);
  if (!is_listed (ours, range->theirs))
    good = write_split (self, w, range, &before, &after, error);
  else if (listed + ours <= self->limit / 16)
    good = write_list (self, w, range, before.count, (guint) ours, error);
  else
    good = *full = TRUE;
  if (good && (*full || w->out->len > room))
    {
      *full = TRUE;
      *w = mark;
      g_byte_array_set_size (w->out, size);
      g_array_set_size (self->listed, listed);
    }
  return good;
}

gboolean
cosmic_reconcile_ask (CosmicReconcile *self, GByteArray *out, gsize room, GError **error)
{
  Writer w = { .out = out, .last = cosmic_item_first };
  GArray *ranges = self->asks.ranges;
  gboolean full = FALSE;
  guint done;

  for (done = 0; done < ranges->len; done++)
    {
      if (!write_question (self, &w, &g_array_index (ranges, CosmicRange, done), room, &full,
                           error))
        return FALSE;
      if (full)
        break;
    }
  g_array_remove_range (ranges, 0, done);
  return TRUE;
}

gboolean
cosmic_reconcile_open (CosmicReconcile *self, GByteArray *out, GError **error)
{
  Writer w = { .out = out, .last = cosmic_item_first };
  const CosmicRange all = { cosmic_item_first, cosmic_item_end, THEIRS_UNKNOWN };
  const CosmicItemSum none = { 0 };
  CosmicItemSum total;
  guint64 indexes[PARTS_MAX], even, newest = OPENING_NEWEST;
  guint n = 0, parts;

  if (!cosmic_item_set_total (self->set, &total, error))
    return FALSE;
  if (total.count <= LIST_USUAL)
    return write_list (self, &w, &all, 0, (guint) total.count, error);
  while (newest * 4 < total.count / 8)
    newest *= 4;
  even = newest < total.count / 8 ? total.count - newest : total.count;
  parts = (guint) MIN (OPENING_EVEN, (even + PART_LEAST - 1) / PART_LEAST);
  for (guint i = 1; i < parts; i++)
    indexes[n++] = near (self, (guint64) ((unsigned __int128) even * i / parts), even / parts);
  for (; even < total.count && newest >= OPENING_NEWEST; newest /= 4)
    indexes[n++] = near (self, total.count - newest, newest);
  return write_parts (self, &w, &all, none, &total, indexes, n, error);
}

/* --- Sending. --------------------------------------------------------------------------------- */

/* The items of RANGE, whose lower bound moves on with them; FULL when some are left. */
static gboolean
send_range (CosmicReconcile *self, GByteArray *out, CosmicRange *range, CosmicItem *last,
            gsize room, guint *n, gboolean *full, GError **error)
{
  CosmicItemSum before;
  CosmicItem items[64];
  guint got = G_N_ELEMENTS (items);

  *full = FALSE;
  if (!cosmic_item_set_find (self->set, &range->low, &before, error))
    return FALSE;
  for (guint64 index = before.count; got == G_N_ELEMENTS (items); index += got)
    {
      if (!cosmic_item_set_read (self->set, index, items, G_N_ELEMENTS (items), &got, error))
        return FALSE;
      for (guint i = 0; i < got; i++)
        {
          guint size = out->len;

          if (cosmic_item_compare (&items[i], &range->high) >= 0)
            return TRUE;
          cosmic_frame_write_item (out, last, &items[i]);
          if (out->len > room)
            {
              g_byte_array_set_size (out, size);
              range->low = items[i];
              *full = TRUE;
              return TRUE;
            }
          g_array_append_val (self->only_ours, items[i]);
          *last = items[i];
          (*n)++;
        }
    }
  return TRUE;
}

gboolean
cosmic_reconcile_send (CosmicReconcile *self, GByteArray *out, gsize room, guint *n,
                       GError **error)
{
  GArray *ranges = self->sends.ranges;
  CosmicItem last = cosmic_item_first;
  gboolean full = FALSE;
  guint done;

  *n = 0;
  for (done = 0; done < ranges->len; done++)
    {
      if (!send_range (self, out, &g_array_index (ranges, CosmicRange, done), &last, room, n,
                       &full, error))
        return FALSE;
      if (full)
        break;
    }
  g_array_remove_range (ranges, 0, done);
  return TRUE;
}
