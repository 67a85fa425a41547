/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-reconcile-private.h"

/* Taking a frame apart: what it says becomes ranges that wait, and answers. */

/* What a peer may send for each item that it tells, in bytes: generous, since what is spent on
 * ranges is in it. */
#define CREDIT_PER_ITEM 320

/* Of our own items, so many are looked through for a list of N short ids. Where we have far more
 * than the peer we tell it all of them, and need not know which it has. */
#define LOOKED_THROUGH(n) (1024 + 8 * (guint64) (n))

gboolean
cosmic_reconcile_refuse (CosmicReconcile *self, const char *fault)
{
  self->state = COSMIC_RECONCILE_REFUSED;
  self->fault = fault;
  g_array_set_size (self->only_theirs, 0);
  g_array_set_size (self->only_ours, 0);
  return FALSE;
}

/* --- Answers. --------------------------------------------------------------------------------- */

/* What is lacked waits to be sent; neighbours of one list as one range, between which we had
 * nothing else. */
static gboolean
read_answers (CosmicReconcile *self, FrameReader *reader, FrameTaken *taken)
{
  guint n = self->listed->len;
  const guint8 *bits = cosmic_frame_read_bytes (reader, (n + 7) / 8);
  CosmicRangeList lacked;
  CosmicRange range = { .theirs = 0 };
  gboolean within = FALSE;

  if (bits == NULL || (n % 8 != 0 && bits[n / 8] >> n % 8 != 0))
    return cosmic_reconcile_refuse (self, "the answers do not fit the lists");
  cosmic_range_list_init (&lacked, self->sends.most);
  for (guint i = 0; i < n; i++)
    {
      const ListedItem *listed = &g_array_index (self->listed, ListedItem, i);
      gboolean lacks = bits[i / 8] >> i % 8 & 1;

      if (within && (listed->begins || !lacks))
        {
          cosmic_range_list_add (&lacked, &range);
          within = FALSE;
        }
      if (!lacks)
        continue;
      if (!within)
        range.low = listed->item;
      range.high = cosmic_item_next (&listed->item);
      within = taken->lacks = TRUE;
    }
  if (within)
    cosmic_range_list_add (&lacked, &range);
  cosmic_range_list_merge (&self->sends, &lacked);
  cosmic_range_list_clear (&lacked);
  g_array_set_size (self->listed, 0);
  return TRUE;
}

/* --- Items. ----------------------------------------------------------------------------------- */

/* KNOWN is the lowest of our items that is not before ITEM, looked up only when ITEM has passed it:
 * what is told lies mostly where we have nothing. */
static gboolean
is_lacked (CosmicReconcile *self, const CosmicItem *item, CosmicItem *known, gboolean *lacked,
           GError **error)
{
  CosmicItemSum before;
  guint got;

  if (cosmic_item_compare (known, item) < 0)
    {
      if (!cosmic_item_set_find (self->set, item, &before, error)
          || !cosmic_item_set_read (self->set, before.count, known, 1, &got, error))
        return FALSE;
      if (got == 0)
        *known = cosmic_item_end;
    }
  *lacked = cosmic_item_compare (known, item) != 0;
  return TRUE;
}

static gboolean
read_items (CosmicReconcile *self, FrameReader *reader, FrameTaken *taken, GError **error)
{
  CosmicItem item = cosmic_item_first, known = cosmic_item_first;
  guint got;

  taken->n_items = cosmic_frame_read_number (reader);
  if (reader->bad)
    return cosmic_reconcile_refuse (self, "the number of items is malformed");
  if (taken->n_items > (gsize) (reader->end - reader->at))
    return cosmic_reconcile_refuse (self, "more items are announced than the frame has");
  if (taken->n_items > 0)
    {
      if (!cosmic_item_set_read (self->set, 0, &known, 1, &got, error))
        return FALSE;
      if (got == 0)
        known = cosmic_item_end;
    }
  for (guint64 i = 0; i < taken->n_items; i++)
    {
      gboolean lacked;

      cosmic_frame_read_item (reader, &item, i == 0);
      if (reader->bad)
        return cosmic_reconcile_refuse (self, "an item is malformed or not in its place");
      if (!is_lacked (self, &item, &known, &lacked, error))
        return FALSE;
      if (!lacked)
        continue;
      if (self->most-- == 0)
        {
          self->most = 0;
          return cosmic_reconcile_refuse (self, "it has more items than are taken");
        }
      self->credit += CREDIT_PER_ITEM;
      g_array_append_val (self->only_theirs, item);
    }
  return TRUE;
}

/* --- Questions. ------------------------------------------------------------------------------- */

/* Where the reading of questions is. */
typedef struct
{
  FrameReader *reader;
  FrameTaken *taken;
  CosmicRange range;
  CosmicItemSum before, after; /* of its bounds, among our items */
  CosmicRangeList asks, sends; /* what follows from them */
  guint n_listed;
} Questions;

static gboolean
take_fingerprint (CosmicReconcile *self, Questions *q, guint64 count)
{
  CosmicItemSum sum = cosmic_item_sum_between (&q->before, &q->after);
  const guint8 *theirs = cosmic_frame_read_bytes (q->reader, COSMIC_FINGERPRINT_SIZE);
  guint8 ours[COSMIC_FINGERPRINT_SIZE];

  if (theirs == NULL)
    return cosmic_reconcile_refuse (self, "a fingerprint is cut off");
  if (count == sum.count)
    {
      cosmic_item_sum_fingerprint (&sum, ours);
      if (memcmp (ours, theirs, sizeof ours) == 0)
        return TRUE;
      if (count == 0)
        return cosmic_reconcile_refuse (self, "nothing has another fingerprint");
    }
  q->range.theirs = count;
  cosmic_range_list_add (count == 0 ? &q->sends : &q->asks, &q->range);
  return TRUE;
}

static int
compare_short_ids (gconstpointer a, gconstpointer b)
{
  guint64 one = *(const guint64 *) a, two = *(const guint64 *) b;

  return one < two ? -1 : one > two;
}

/* Goes through our items of the range: those that are in no short id wait to be sent, those that
 * are mark it in FOUND. SORTED has the short ids with their places behind them. */
static gboolean
match (CosmicReconcile *self, Questions *q, const guint64 (*sorted)[2], guint n, gboolean *found,
       GError **error)
{
  CosmicItem items[64];
  CosmicRange range = { .theirs = 0 };
  gboolean within = FALSE;
  guint got = 0;

  for (guint64 index = q->before.count; index < q->after.count; index += got)
    {
      guint some = (guint) MIN (q->after.count - index, G_N_ELEMENTS (items));

      if (!cosmic_item_set_read (self->set, index, items, some, &got, error))
        return FALSE;
      if (got == 0)
        break;
      for (guint i = 0; i < got; i++)
        {
          guint64 hash = cosmic_short_hash (self->key, items[i].id.bytes, COSMIC_ID_SIZE);
          const guint64 (*place)[2]
              = bsearch (&hash, sorted, n, sizeof *sorted, compare_short_ids);

          if (place != NULL)
            found[(*place)[1]] = TRUE;
          if (within && place != NULL)
            cosmic_range_list_add (&q->sends, &range);
          if (!within)
            range.low = items[i];
          range.high = cosmic_item_next (&items[i]);
          within = place == NULL;
        }
    }
  if (within)
    cosmic_range_list_add (&q->sends, &range);
  return TRUE;
}

static void
answer (Questions *q, gboolean lacked)
{
  GByteArray *answers = q->taken->answers;
  guint bit = q->n_listed++ % 8;

  if (bit == 0)
    g_byte_array_append (answers, (const guint8[]){ 0 }, 1);
  if (lacked)
    {
      answers->data[answers->len - 1] |= (guint8) (1 << bit);
      q->taken->we_lack = TRUE;
    }
}

static gboolean
take_list (CosmicReconcile *self, Questions *q, guint64 count, GError **error)
{
  guint64 ours = q->after.count - q->before.count;
  guint64 sorted[LIST_MAX][2];
  gboolean found[LIST_MAX] = { FALSE };
  guint n = (guint) MIN (count, LIST_MAX);
  const guint8 *bytes;

  if (count > LIST_MAX || q->n_listed + n > self->limit / 16)
    return cosmic_reconcile_refuse (self, "a list is too long");
  if ((bytes = cosmic_frame_read_bytes (q->reader, n * 8)) == NULL)
    return cosmic_reconcile_refuse (self, "a list is cut off");
  q->range.theirs = 0;
  if (ours > LOOKED_THROUGH (n) || n == 0)
    {
      if (ours > 0)
        cosmic_range_list_add (&q->sends, &q->range);
    }
  else
    {
      for (guint i = 0; i < n; i++)
        {
          memcpy (&sorted[i][0], bytes + 8 * i, 8);
          sorted[i][0] = GUINT64_FROM_LE (sorted[i][0]);
          sorted[i][1] = i;
        }
      qsort (sorted, n, sizeof sorted[0], compare_short_ids);
      if (!match (self, q, sorted, n, found, error))
        return FALSE;
    }
  for (guint i = 0; i < n; i++)
    answer (q, !found[i]);
  return TRUE;
}

static gboolean
take_range (CosmicReconcile *self, Questions *q, guint64 *kind, GError **error)
{
  guint64 tag = cosmic_frame_read_number (q->reader), count = tag >> 2;
  gboolean skipped = *kind == KIND_SKIP;

  *kind = tag & 3;
  q->range.low = q->range.high;
  q->before = q->after;
  if (!q->reader->bad && q->range.low.order == COSMIC_ORDER_END)
    return cosmic_reconcile_refuse (self, "a range lies behind the end");
  cosmic_frame_read_bound (q->reader, &q->range.high);
  if (q->reader->bad)
    return cosmic_reconcile_refuse (self, "a bound is malformed or not in its place");
  if (!cosmic_item_set_find (self->set, &q->range.high, &q->after, error))
    return FALSE;
  switch (*kind)
    {
    case KIND_SKIP:
      if (skipped || count != 0)
        return cosmic_reconcile_refuse (self, "a skip is malformed");
      return TRUE;
    case KIND_FINGERPRINT:
      return take_fingerprint (self, q, count);
    case KIND_LIST:
      return take_list (self, q, count, error);
    default:
      return cosmic_reconcile_refuse (self, "a question of no known kind");
    }
}

static gboolean
read_questions (CosmicReconcile *self, FrameReader *reader, FrameTaken *taken, GError **error)
{
  Questions q = { .reader = reader, .taken = taken };
  guint64 kind = KIND_LIST;
  gboolean good = TRUE;

  cosmic_range_list_init (&q.asks, self->asks.most);
  cosmic_range_list_init (&q.sends, self->sends.most);
  taken->asks = reader->at < reader->end;
  while (good && reader->at < reader->end)
    good = take_range (self, &q, &kind, error);
  if (good && kind == KIND_SKIP)
    good = cosmic_reconcile_refuse (self, "a skip at the end");
  cosmic_range_list_merge (&self->asks, &q.asks);
  cosmic_range_list_merge (&self->sends, &q.sends);
  cosmic_range_list_clear (&q.asks);
  cosmic_range_list_clear (&q.sends);
  return good;
}

/* --- The frame. ------------------------------------------------------------------------------- */

static gboolean
read_head (CosmicReconcile *self, FrameReader *reader, FrameTaken *taken)
{
  const guint8 *head = cosmic_frame_read_bytes (reader, 1), *key;
  gboolean opens = !self->begins && !self->begun;

  if (head == NULL || (*head & ~(HEAD_OPENING | HEAD_MORE | HEAD_LAST)) != HEAD_VERSION)
    return cosmic_reconcile_refuse (self, "a frame of no known version");
  if (((*head & HEAD_OPENING) != 0) != opens)
    return cosmic_reconcile_refuse (self, opens ? "the opening is missing" : "a second opening");
  taken->more = (*head & HEAD_MORE) != 0;
  taken->last = (*head & HEAD_LAST) != 0;
  if (opens)
    {
      if ((key = cosmic_frame_read_bytes (reader, sizeof self->key)) == NULL)
        return cosmic_reconcile_refuse (self, "the opening is cut off");
      memcpy (self->key, key, sizeof self->key);
      self->begun = TRUE;
    }
  return TRUE;
}

/* A frame that moves nothing on would let a peer keep us for ever. */
static gboolean
moves_on (CosmicReconcile *self, const FrameTaken *taken)
{
  gboolean has = taken->n_items > 0 || taken->asks;

  if (taken->last)
    return !taken->more && !taken->asks && !taken->lacks && !self->said_more;
  if (taken->more)
    return has;
  return taken->asks || taken->lacks || self->said_more;
}

gboolean
cosmic_reconcile_read (CosmicReconcile *self, gconstpointer bytes, gsize size, FrameTaken *taken,
                       GError **error)
{
  FrameReader reader = { .at = bytes, .end = (const guint8 *) bytes + size };

  if (size > self->limit)
    return cosmic_reconcile_refuse (self, "a frame is too large");
  if (!read_head (self, &reader, taken) || !read_answers (self, &reader, taken)
      || !read_items (self, &reader, taken, error)
      || !read_questions (self, &reader, taken, error))
    return FALSE;
  if (!moves_on (self, taken))
    return cosmic_reconcile_refuse (self, "a frame contradicts itself or says nothing");
  if (self->credit < self->limit)
    return cosmic_reconcile_refuse (self, "it does not come to an end");
  self->credit -= self->limit;
  return TRUE;
}
