/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-turnout.h"

#include "cosmic-change.h"
#include "dpop-history-row.h"
#include "dpop-history-view.h"

#include <glib/gi18n-lib.h>

/* --- Who voted. ------------------------------------------------------------------------------- */

typedef struct
{
  const GArray *without_effect; /* of CosmicId, ascending */
  GHashTable *voters;
} Reading;

/* Confirmed entries come first, the earliest first: a voter's first vote is met first. */
static gboolean
look_at_entry (CosmicEntry *taken, gpointer data)
{
  g_autoptr (CosmicEntry) entry = taken;
  Reading *reading = data;
  CosmicId voter;

  if (entry->operation->header.kind == DPOP_KIND_VOTE && !entry->held
      && !cosmic_ids_contain (reading->without_effect, &entry->operation->id)
      && dpop_history_view_speaker (entry, &voter)
      && !g_hash_table_contains (reading->voters, &voter))
    g_hash_table_insert (reading->voters, cosmic_id_copy (&voter),
                         g_memdup2 (&entry->height, sizeof entry->height));
  return TRUE;
}

GHashTable *
dpop_turnout_voters (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  const CosmicState *state = dpop_profile_state (profile, decision, error);
  const CosmicEntries which = { .which = COSMIC_ENTRIES_STREAM, .id = *decision };
  g_autoptr (GHashTable) voters
      = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, g_free);
  g_autoptr (GArray) without_effect = NULL;
  Reading reading = { .voters = voters };

  if (state == NULL)
    return NULL;
  reading.without_effect = without_effect = cosmic_change_verdicts (state);
  return store.table->each_entry (store.self, &which, look_at_entry, &reading, error)
             ? g_steal_pointer (&voters)
             : NULL;
}

/* --- Over time. ------------------------------------------------------------------------------- */

static gint
earlier_first (gconstpointer a, gconstpointer b)
{
  const guint64 *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

/* Heights of the voters' first votes, ascending; those not confirmed yet at the end. */
static GArray *
list_heights (GHashTable *voters)
{
  GArray *heights = g_array_new (FALSE, FALSE, sizeof (guint64));
  GHashTableIter iter;
  gpointer height;

  g_hash_table_iter_init (&iter, voters);
  while (g_hash_table_iter_next (&iter, NULL, &height))
    {
      guint64 at = *(guint64 *) height > 0 ? *(guint64 *) height : G_MAXUINT64;

      g_array_append_val (heights, at);
    }
  g_array_sort (heights, earlier_first);
  return heights;
}

static void
add_point (DpopTurnout *self, gint64 time, guint64 voted)
{
  const DpopTurnoutPoint point = { time, voted };

  g_array_append_val (self->points, point);
}

static gboolean
add_points (DpopTurnout *self, DpopProfile *profile, const GArray *heights, GError **error)
{
  GError *failure = NULL;

  add_point (self, self->opened, 0);
  for (guint i = 0; i < heights->len; i++)
    {
      guint64 height = g_array_index (heights, guint64, i);
      gint64 time;

      if (i + 1 < heights->len && g_array_index (heights, guint64, i + 1) == height)
        continue;
      time = height == G_MAXUINT64
                 ? dpop_clock_now (dpop_profile_clock (profile))
                 : dpop_history_row_time (dpop_profile_database (profile), height, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      add_point (self, time, i + 1);
    }
  self->voted = heights->len;
  return TRUE;
}

static DpopTurnout *
begin (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  const CosmicState *state = dpop_profile_state (profile, decision, error);
  g_autoptr (DpopDecision) found = NULL;
  DpopTurnout *self;

  if (state == NULL)
    return NULL;
  found = dpop_decision_query (state, NULL);
  if (found == NULL || found->opening == NULL)
    {
      g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                           _("This decision has not been opened."));
      return NULL;
    }
  self = g_new0 (DpopTurnout, 1);
  self->points = g_array_new (FALSE, FALSE, sizeof (DpopTurnoutPoint));
  self->opened = found->opening->time;
  self->closes = found->opening->deadline;
  self->closed = found->phase == DPOP_DECISION_OPEN ? 0 : found->since;
  self->entitled = found->entitled;
  return self;
}

DpopTurnout *
dpop_turnout_new (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  g_autoptr (DpopTurnout) self = begin (profile, decision, error);
  g_autoptr (GHashTable) voters = NULL;
  g_autoptr (GArray) heights = NULL;

  if (self == NULL || (voters = dpop_turnout_voters (profile, decision, error)) == NULL)
    return NULL;
  heights = list_heights (voters);
  return add_points (self, profile, heights, error) ? g_steal_pointer (&self) : NULL;
}

void
dpop_turnout_free (DpopTurnout *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->points);
  g_free (self);
}
