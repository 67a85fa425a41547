/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-projector-private.h"

#include "dpop-decision-entry.h"
#include "dpop-hand-over.h"
#include "dpop-whereabouts.h"

/* To be raised when rows are computed in another way. */
#define ROWS_VERSION 1

struct _DpopProjector
{
  DpopProfile *profile;
  /* Numbers of rows, gathered until somebody asks. */
  GHashTable *members, *units, *decisions, *comments, *verdicts;
  gboolean everything;
  gint64 written; /* on the connection, when it was last asked */
};

static gpointer
key_of (gint64 number)
{
  return GSIZE_TO_POINTER ((gsize) number);
}

static void
note (GHashTable *numbers, gint64 number)
{
  if (number > 0)
    g_hash_table_add (numbers, key_of (number));
}

/* --- Writing rows. --------------------------------------------------------------------------- */

static gboolean
write_member (DpopProjector *self, const DpopProjectorView *view, const CosmicId *id,
              GError **error)
{
  DpopDatabase *database = dpop_profile_database (self->profile);
  g_autoptr (DpopMemberRow) row = dpop_projector_member (view, id);
  gint64 number = 0;

  if (row == NULL ? !dpop_member_row_remove (database, id, &number, error)
                  : !dpop_member_row_put (database, row, error))
    return FALSE;
  note (self->members, row != NULL ? row->n : number);
  return TRUE;
}

static gboolean
write_unit (DpopProjector *self, const DpopProjectorView *view, const CosmicId *id, GError **error)
{
  DpopDatabase *database = dpop_profile_database (self->profile);
  g_autoptr (DpopUnitRow) row = dpop_projector_unit (view, id);
  gint64 number = 0;

  if (row == NULL ? !dpop_unit_row_remove (database, id, &number, error)
                  : !dpop_unit_row_put (database, row, error))
    return FALSE;
  note (self->units, row != NULL ? row->n : number);
  return TRUE;
}

/* Once the box is closed the state has figures, and no single vote any more. */
static gboolean
remember_vote (DpopProjector *self, const DpopProjectorView *view, const CosmicId *stream,
               const CosmicState *state, GError **error)
{
  g_autoptr (DpopDecisionEntry) entry = NULL;
  const DpopDecisionHead *vote;

  if (cosmic_id_is_zero (&view->own))
    return TRUE;
  entry = dpop_decision_entry_read (state, &view->own);
  vote = entry != NULL ? dpop_decision_entry_vote (entry) : NULL;
  return vote == NULL
         || dpop_whereabouts_put_vote (dpop_profile_database (self->profile), stream, &vote->vote,
                                       error);
}

static gboolean
write_decision (DpopProjector *self, const DpopProjectorView *view, const CosmicId *stream,
                GError **error)
{
  DpopDatabase *database = dpop_profile_database (self->profile);
  const CosmicState *state = dpop_profile_state (self->profile, stream, error);
  g_autoptr (DpopDecisionRow) row = NULL;
  GError *failure = NULL;
  gint64 number = 0;

  if (state == NULL)
    return FALSE;
  row = dpop_projector_decision (view, stream, state, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (row == NULL ? !dpop_decision_row_remove (database, stream, &number, error)
                  : !dpop_decision_row_put (database, row, error))
    return FALSE;
  note (self->decisions, row != NULL ? row->n : number);
  return row == NULL || remember_vote (self, view, stream, state, error);
}

static gboolean
write_comment (DpopProjector *self, const DpopProjectorView *view, const CosmicId *operation,
               const CosmicId *stream, GError **error)
{
  DpopDatabase *database = dpop_profile_database (self->profile);
  const CosmicState *state = dpop_profile_state (self->profile, stream, error);
  g_autoptr (DpopCommentRow) row = NULL;
  gint64 number = 0;

  if (state == NULL)
    return FALSE;
  row = dpop_projector_comment (view, stream, state, operation);
  if (row == NULL ? !dpop_comment_row_remove (database, operation, &number, error)
                  : !dpop_comment_row_put (database, row, error))
    return FALSE;
  note (self->comments, row != NULL ? row->n : number);
  return TRUE;
}

static gboolean
write_verdict (DpopProjector *self, const CosmicId *operation, const CosmicId *stream,
               GError **error)
{
  DpopDatabase *database = dpop_profile_database (self->profile);
  const CosmicState *state = dpop_profile_state (self->profile, stream, error);
  gint64 number = 0;

  if (state == NULL
      || !dpop_history_row_judge (database, operation, cosmic_state_verdict (state, operation),
                                  &number, error))
    return FALSE;
  note (self->verdicts, number);
  return TRUE;
}

static gboolean
write_touched (DpopProjector *self, const DpopProjectorView *view,
               const DpopProjectorTouched *touched, GError **error)
{
  GHashTableIter iter;
  gpointer id, stream;

  g_hash_table_iter_init (&iter, touched->units);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!write_unit (self, view, id, error))
      return FALSE;
  g_hash_table_iter_init (&iter, touched->members);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!write_member (self, view, id, error))
      return FALSE;
  g_hash_table_iter_init (&iter, touched->streams);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!write_decision (self, view, id, error))
      return FALSE;
  g_hash_table_iter_init (&iter, touched->comments);
  while (g_hash_table_iter_next (&iter, &id, &stream))
    if (!write_comment (self, view, id, stream, error))
      return FALSE;
  g_hash_table_iter_init (&iter, touched->verdicts);
  while (g_hash_table_iter_next (&iter, &id, &stream))
    if (!write_verdict (self, id, stream, error))
      return FALSE;
  return TRUE;
}

static gboolean
project (DpopProfile *profile, const GArray *changes, gpointer data, GError **error)
{
  DpopProjector *self = data;
  DpopProjectorTouched touched;
  DpopProjectorView view;
  gboolean good;

  if (!dpop_projector_view (profile, &view, error))
    return FALSE;
  dpop_projector_touched_init (&touched);
  good = dpop_projector_touched_read (&touched, &view, changes, error)
         && write_touched (self, &view, &touched, error);
  dpop_projector_touched_clear (&touched);
  return good;
}

/* --- Everything anew. ------------------------------------------------------------------------ */

static char *
current_stamp (void)
{
  return g_strdup_printf ("%d %u.%u.%u", ROWS_VERSION, glib_major_version, glib_minor_version,
                          glib_micro_version);
}

gboolean
dpop_projector_rebuild (DpopProjector *self, GError **error)
{
  DpopDatabase *database = dpop_profile_database (self->profile);
  g_autofree char *stamp = current_stamp ();
  DpopProjectorTouched touched;
  DpopProjectorView view;
  gboolean good;

  if (!dpop_projector_view (self->profile, &view, error))
    return FALSE;
  dpop_projector_touched_init (&touched);
  good = dpop_projector_touched_all (&touched, &view, error)
         && dpop_projection_clear (database, error)
         && write_touched (self, &view, &touched, error)
         && dpop_projection_set_stamp (database, stamp, error);
  dpop_projector_touched_clear (&touched);
  self->everything = TRUE;
  return good;
}

static gboolean
is_current (DpopProjector *self, gboolean *current, GError **error)
{
  g_autofree char *wanted = current_stamp ();
  g_autofree char *found = NULL;
  GError *failure = NULL;

  found = dpop_projection_stamp (dpop_profile_database (self->profile), &failure);
  *current = g_strcmp0 (found, wanted) == 0;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
bring_up (DpopProjector *self, GError **error)
{
  gboolean current;

  if (!is_current (self, &current, error))
    return FALSE;
  if (current)
    return TRUE;
  if (!dpop_profile_begin (self->profile, error))
    return FALSE;
  if (dpop_projector_rebuild (self, error))
    return dpop_profile_commit (self->profile, error);
  dpop_profile_rollback (self->profile);
  return FALSE;
}

static void
projector_free (gpointer data)
{
  DpopProjector *self = data;

  g_hash_table_unref (self->members);
  g_hash_table_unref (self->units);
  g_hash_table_unref (self->decisions);
  g_hash_table_unref (self->comments);
  g_hash_table_unref (self->verdicts);
  g_free (self);
}

DpopProjector *
dpop_projector_attach (DpopProfile *profile, GError **error)
{
  DpopProjector *self = g_new0 (DpopProjector, 1);

  self->profile = profile;
  self->members = g_hash_table_new (NULL, NULL);
  self->units = g_hash_table_new (NULL, NULL);
  self->decisions = g_hash_table_new (NULL, NULL);
  self->comments = g_hash_table_new (NULL, NULL);
  self->verdicts = g_hash_table_new (NULL, NULL);
  dpop_profile_set_projector (profile, project, self, projector_free);
  if (bring_up (self, error))
    {
      self->written = dpop_database_changes (dpop_profile_database (profile));
      return self;
    }
  dpop_profile_set_projector (profile, NULL, NULL, NULL);
  return NULL;
}

/* --- What changed. --------------------------------------------------------------------------- */

static gint
ascending (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

static GArray *
take_numbers (GHashTable *set)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      gint64 number = (gint64) GPOINTER_TO_SIZE (key);

      g_array_append_val (numbers, number);
    }
  g_hash_table_remove_all (set);
  g_array_sort (numbers, ascending);
  return numbers;
}

DpopProjectorChanges *
dpop_projector_take_changes (DpopProjector *self)
{
  gint64 written = dpop_database_changes (dpop_profile_database (self->profile));
  DpopProjectorChanges *changes;

  if (written == self->written)
    return NULL;
  self->written = written;
  changes = g_new0 (DpopProjectorChanges, 1);
  g_atomic_ref_count_init (&changes->refs);
  changes->members = take_numbers (self->members);
  changes->units = take_numbers (self->units);
  changes->decisions = take_numbers (self->decisions);
  changes->comments = take_numbers (self->comments);
  changes->verdicts = take_numbers (self->verdicts);
  changes->everything = self->everything;
  self->everything = FALSE;
  return changes;
}

DpopProjectorChanges *
dpop_projector_changes_ref (DpopProjectorChanges *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dpop_projector_changes_unref (DpopProjectorChanges *self)
{
  if (self == NULL)
    return;
  dpop_hand_over_release (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  dpop_hand_over_acquire (self);
  g_array_unref (self->members);
  g_array_unref (self->units);
  g_array_unref (self->decisions);
  g_array_unref (self->comments);
  g_array_unref (self->verdicts);
  g_free (self);
}

gboolean
dpop_projector_changes_contain (const GArray *numbers, gint64 number)
{
  guint low = 0, high = numbers->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      gint64 found = g_array_index (numbers, gint64, middle);

      if (found == number)
        return TRUE;
      if (found < number)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}
