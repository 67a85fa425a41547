/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-list-change-private.h"

static gint64
at (const GArray *order, guint index)
{
  return g_array_index (order, gint64, index);
}

GArray *
dpop_list_change_runs (const GArray *order, GHashTable *numbers)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (DpopListChangeRun));
  DpopListChangeRun run = { 0 };

  for (guint i = 0; i < order->len; i++)
    {
      gint64 number = at (order, i);

      if (g_hash_table_contains (numbers, &number))
        {
          if (run.length == 0)
            run.position = i;
          run.length++;
        }
      else if (run.length > 0)
        {
          g_array_append_val (runs, run);
          run.length = 0;
        }
    }
  if (run.length > 0)
    g_array_append_val (runs, run);
  return runs;
}

/* --- Steps. ---------------------------------------------------------------------------------- */

/* A row that stays: its place in both orders. */
typedef struct
{
  guint before;
  guint after;
} Kept;

/* What differs: BEFORE[start, before_end) and AFTER[start, after_end). */
typedef struct
{
  const GArray *before, *after;
  GHashTable *stale;
  guint start, before_end, after_end;
} Middle;

static gboolean
stays (const Middle *middle, guint before, guint after)
{
  gint64 number = at (middle->before, before);

  return number == at (middle->after, after) && !g_hash_table_contains (middle->stale, &number);
}

static void
trim (Middle *middle)
{
  middle->before_end = middle->before->len;
  middle->after_end = middle->after->len;
  while (middle->start < MIN (middle->before_end, middle->after_end)
         && stays (middle, middle->start, middle->start))
    middle->start++;
  while (middle->before_end > middle->start && middle->after_end > middle->start
         && stays (middle, middle->before_end - 1, middle->after_end - 1))
    {
      middle->before_end--;
      middle->after_end--;
    }
}

/* Rows that are in both, fresh, in the order of BEFORE. */
static GArray *
common (const Middle *middle)
{
  GArray *both = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = middle->start; i < middle->after_end; i++)
    g_hash_table_insert (places, &g_array_index (middle->after, gint64, i), GUINT_TO_POINTER (i));
  for (guint i = middle->start; i < middle->before_end; i++)
    {
      gint64 *number = &g_array_index (middle->before, gint64, i);
      gpointer place;

      if (!g_hash_table_contains (middle->stale, number)
          && g_hash_table_lookup_extended (places, number, NULL, &place))
        {
          const Kept kept = { i, GPOINTER_TO_UINT (place) };

          g_array_append_val (both, kept);
        }
    }
  return both;
}

/* The most rows that keep their order among each other: a longest ascending subsequence of their
 * new places. ENDS[l] is the row with the smallest new place in which such a sequence of l + 1 rows
 * can end. */
static GArray *
longest (const GArray *both)
{
  g_autofree guint *ends = g_new (guint, MAX (both->len, 1));
  g_autofree guint *previous = g_new (guint, MAX (both->len, 1));
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  guint length = 0;

  for (guint i = 0; i < both->len; i++)
    {
      guint place = g_array_index (both, Kept, i).after;
      guint low = 0, high = length;

      while (low < high)
        {
          guint half = low + (high - low) / 2;

          if (g_array_index (both, Kept, ends[half]).after < place)
            low = half + 1;
          else
            high = half;
        }
      previous[i] = low > 0 ? ends[low - 1] : G_MAXUINT;
      ends[low] = i;
      length = MAX (length, low + 1);
    }
  g_array_set_size (kept, length);
  for (guint i = length, row = length > 0 ? ends[length - 1] : 0; i > 0; i--, row = previous[row])
    g_array_index (kept, Kept, i - 1) = g_array_index (both, Kept, row);
  return kept;
}

static void
add_step (GArray *steps, guint position, guint removed, guint from, guint added)
{
  const DpopListChangeStep step = { position, removed, added, from };

  /* From the end on, so that the places before it stay what they are. */
  if (removed > 0 || added > 0)
    g_array_prepend_val (steps, step);
}

GArray *
dpop_list_change_steps (const GArray *before, const GArray *after, GHashTable *stale)
{
  Middle middle = { .before = before, .after = after, .stale = stale };
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (DpopListChangeStep));
  g_autoptr (GArray) both = NULL;
  g_autoptr (GArray) kept = NULL;
  guint i, j;

  trim (&middle);
  both = common (&middle);
  kept = longest (both);
  i = j = middle.start;
  for (guint k = 0; k < kept->len; k++)
    {
      const Kept *row = &g_array_index (kept, Kept, k);

      add_step (steps, i, row->before - i, j, row->after - j);
      i = row->before + 1;
      j = row->after + 1;
    }
  add_step (steps, i, middle.before_end - i, j, middle.after_end - j);
  if (steps->len <= DPOP_LIST_CHANGE_STEPS_MAX)
    return steps;
  g_array_set_size (steps, 0);
  add_step (steps, middle.start, middle.before_end - middle.start, middle.start,
            middle.after_end - middle.start);
  return steps;
}
