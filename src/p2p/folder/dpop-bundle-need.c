/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-bundle-summary.h"

/* The entry of ID, NULL where there is none. */
static gboolean
find (CosmicLog *log, const CosmicId *id, CosmicEntry **entry, GError **error)
{
  CosmicLogStore store = cosmic_log_store (log);

  return store.table->find_entry (store.self, id, entry, error);
}

/* --- What one lacks. -------------------------------------------------------------------------- */

static gboolean
is_ours (CosmicLog *log, const CosmicId *id, const CosmicId *author, gboolean *ours, GError **error)
{
  g_autoptr (CosmicEntry) entry = NULL;

  if (!find (log, id, &entry, error))
    return FALSE;
  *ours = entry != NULL && cosmic_id_same (&entry->operation->header.author, author);
  return TRUE;
}

/* What is open here and not there. A peer that is further may have it covered: what it says then
 * settles it, and only what AUTHOR said is worth the trouble of saying it twice. */
static gboolean
need_operations (CosmicLog *log, const DpopBundleSummary *own, const CosmicId *author,
                 const DpopBundleSummary *peer, DpopBundleNeed *need, GError **error)
{
  for (guint i = 0; i < own->open->len && (*need & DPOP_BUNDLE_NEED_OURS) == 0; i++)
    {
      const CosmicId *id = &g_array_index (own->open, CosmicId, i);
      gboolean ours;

      if (cosmic_ids_contain (peer->open, id))
        continue;
      if (!is_ours (log, id, author, &ours, error))
        return FALSE;
      if (ours)
        *need |= DPOP_BUNDLE_NEED_OPERATIONS | DPOP_BUNDLE_NEED_OURS;
      else if (peer->height <= own->height)
        *need |= DPOP_BUNDLE_NEED_OPERATIONS;
    }
  return TRUE;
}

static gboolean
can_give (const CosmicPartRef *ref, const CosmicPart *part)
{
  return ref->there && !part->erased && (part->plain != NULL || part->sealed != NULL);
}

static gboolean
need_parts (CosmicLog *log, const DpopBundleSummary *own, const DpopBundleSummary *peer,
            DpopBundleNeed *need, GError **error)
{
  for (guint i = 0; i < peer->lacking->len; i++)
    {
      const CosmicId *id = &g_array_index (peer->lacking, CosmicId, i);
      g_autoptr (CosmicEntry) entry = NULL;

      if (cosmic_ids_contain (own->lacking, id))
        continue;
      if (!find (log, id, &entry, error))
        return FALSE;
      if (entry == NULL || !can_give (&entry->operation->header.body, &entry->body)
          || (entry->operation->header.personal.there
              && !can_give (&entry->operation->header.personal, &entry->personal)))
        continue;
      *need |= DPOP_BUNDLE_NEED_PARTS;
      return TRUE;
    }
  return TRUE;
}

gboolean
dpop_bundle_summary_need (CosmicLog *log, const DpopBundleSummary *own, const CosmicId *author,
                          const DpopBundleSummary *peer, DpopBundleNeed *need, GError **error)
{
  *need = 0;
  if (peer->height < own->height)
    *need |= DPOP_BUNDLE_NEED_HEIGHTS;
  if (!cosmic_id_same (&peer->shares, &own->shares))
    *need |= DPOP_BUNDLE_NEED_SHARES;
  return need_operations (log, own, author, peer, need, error)
         && need_parts (log, own, peer, need, error);
}

/* --- What all have. --------------------------------------------------------------------------- */

/* Whether each of SUMMARIES shows the operation ID. */
static gboolean
all_show (CosmicLog *log, const GPtrArray *summaries, const CosmicId *id, gboolean *all,
          GError **error)
{
  g_autoptr (CosmicEntry) entry = NULL;
  guint64 height;

  if (!find (log, id, &entry, error))
    return FALSE;
  height = entry != NULL ? entry->height : 0;
  *all = TRUE;
  for (guint i = 0; *all && i < summaries->len; i++)
    *all = dpop_bundle_summary_shows (summaries->pdata[i], id, height);
  return TRUE;
}

static void
add_lacking (DpopBundleSummary *self, const GPtrArray *summaries)
{
  for (guint i = 0; i < summaries->len; i++)
    {
      const DpopBundleSummary *each = summaries->pdata[i];

      if (each->lacking->len > 0)
        g_array_append_vals (self->lacking, each->lacking->data, each->lacking->len);
    }
  cosmic_ids_normalise (self->lacking);
}

DpopBundleSummary *
dpop_bundle_summary_meet (CosmicLog *log, const GPtrArray *summaries, GError **error)
{
  g_autoptr (DpopBundleSummary) self = g_new0 (DpopBundleSummary, 1);
  const DpopBundleSummary *lowest = summaries->pdata[0];
  gboolean same_shares = TRUE;

  for (guint i = 1; i < summaries->len; i++)
    {
      const DpopBundleSummary *each = summaries->pdata[i];

      same_shares &= cosmic_id_same (&each->shares, &lowest->shares);
      if (each->height < lowest->height)
        lowest = each;
    }
  self->open = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->lacking = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->height = lowest->height;
  self->checkpoint = lowest->checkpoint;
  if (same_shares)
    self->shares = lowest->shares;
  for (guint i = 0; i < lowest->open->len; i++)
    {
      const CosmicId *id = &g_array_index (lowest->open, CosmicId, i);
      gboolean all;

      if (!all_show (log, summaries, id, &all, error))
        return NULL;
      if (all)
        g_array_append_val (self->open, *id);
    }
  add_lacking (self, summaries);
  return g_steal_pointer (&self);
}
