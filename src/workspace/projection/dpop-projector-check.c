/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-projector-private.h"

#include <glib/gi18n-lib.h>

/* What is stored, held against what is computed again. */

typedef struct
{
  DpopDatabase *database;
  DpopProjectorView view;
  GPtrArray *faults;
} Check;

typedef enum
{
  ABOUT_MEMBER,
  ABOUT_UNIT,
  ABOUT_DECISION,
  ABOUT_COMMENT,
  ABOUT_VERDICT,
} About;

static char *
fault (About about, const char *id)
{
  switch (about)
    {
    case ABOUT_MEMBER:
      return g_strdup_printf (
          _("The list of members does not show member %s… as the history has them."), id);
    case ABOUT_UNIT:
      return g_strdup_printf (
          _("The list of groups does not show group %s… as the history has it."), id);
    case ABOUT_DECISION:
      return g_strdup_printf (
          _("The list of decisions does not show decision %s… as the history has it."), id);
    case ABOUT_COMMENT:
      return g_strdup_printf (_("The comments do not show comment %s… as the history has it."), id);
    case ABOUT_VERDICT:
    default:
      return g_strdup_printf (_("The list of entries is wrong about whether %s… has effect."), id);
    }
}

static void
add_fault (Check *check, About about, const CosmicId *id)
{
  g_autofree char *text = cosmic_id_to_text (id);

  text[12] = '\0';
  g_ptr_array_add (check->faults, fault (about, text));
}

/* What is told of both: rows that are missing or another, and rows that should not be there. */
static gboolean
check_stored (Check *check, GArray *stored, GHashTable *expected, About about)
{
  if (stored == NULL)
    return FALSE;
  for (guint i = 0; i < stored->len; i++)
    {
      const CosmicId *id = &g_array_index (stored, CosmicId, i);

      if (!g_hash_table_contains (expected, id))
        add_fault (check, about, id);
    }
  return TRUE;
}

static gboolean
pass_on (GError *failure, GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
check_members (Check *check, GHashTable *expected, GError **error)
{
  const About about = ABOUT_MEMBER;
  g_autoptr (GArray) stored = NULL;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      GError *failure = NULL;
      g_autoptr (DpopMemberRow) fresh = dpop_projector_member (&check->view, id);
      g_autoptr (DpopMemberRow) row = dpop_member_row_find (check->database, id, &failure);

      if (!pass_on (failure, error))
        return FALSE;
      if ((fresh == NULL) != (row == NULL)
          || (fresh != NULL && !dpop_member_row_equal (fresh, row)))
        add_fault (check, about, id);
    }
  stored = dpop_member_row_ids (check->database, error);
  return check_stored (check, stored, expected, about);
}

static gboolean
check_units (Check *check, GHashTable *expected, GError **error)
{
  const About about = ABOUT_UNIT;
  g_autoptr (GArray) stored = NULL;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      GError *failure = NULL;
      g_autoptr (DpopUnitRow) fresh = dpop_projector_unit (&check->view, id);
      g_autoptr (DpopUnitRow) row = dpop_unit_row_find (check->database, id, &failure);

      if (!pass_on (failure, error))
        return FALSE;
      if ((fresh == NULL) != (row == NULL) || (fresh != NULL && !dpop_unit_row_equal (fresh, row)))
        add_fault (check, about, id);
    }
  stored = dpop_unit_row_ids (check->database, error);
  return check_stored (check, stored, expected, about);
}

static gboolean
check_decisions (Check *check, GHashTable *expected, GError **error)
{
  const About about = ABOUT_DECISION;
  g_autoptr (GArray) stored = NULL;
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      GError *failure = NULL;
      const CosmicState *state = dpop_profile_state (check->view.profile, id, &failure);
      g_autoptr (DpopDecisionRow) fresh
          = state != NULL ? dpop_projector_decision (&check->view, id, state, &failure) : NULL;
      g_autoptr (DpopDecisionRow) row
          = failure == NULL ? dpop_decision_row_find (check->database, id, &failure) : NULL;

      if (!pass_on (failure, error))
        return FALSE;
      if ((fresh == NULL) != (row == NULL)
          || (fresh != NULL && !dpop_decision_row_equal (fresh, row)))
        add_fault (check, about, id);
    }
  stored = dpop_decision_row_ids (check->database, error);
  return check_stored (check, stored, expected, about);
}

static gboolean
check_comments (Check *check, GHashTable *expected, GError **error)
{
  const About about = ABOUT_COMMENT;
  g_autoptr (GArray) stored = NULL;
  GHashTableIter iter;
  gpointer id, stream;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &id, &stream))
    {
      GError *failure = NULL;
      const CosmicState *state = dpop_profile_state (check->view.profile, stream, &failure);
      g_autoptr (DpopCommentRow) fresh
          = state != NULL ? dpop_projector_comment (&check->view, stream, state, id) : NULL;
      g_autoptr (DpopCommentRow) row
          = failure == NULL ? dpop_comment_row_find (check->database, id, &failure) : NULL;

      if (!pass_on (failure, error))
        return FALSE;
      if ((fresh == NULL) != (row == NULL)
          || (fresh != NULL && !dpop_comment_row_equal (fresh, row)))
        add_fault (check, about, id);
    }
  stored = dpop_comment_row_ids (check->database, error);
  return check_stored (check, stored, expected, about);
}

/* --- Verdicts. -------------------------------------------------------------------------------- */

typedef struct
{
  Check *check;
  GHashTable *missing; /* those of the states, until they are found in a row */
  GError *failure;
} Verdicts;

static gboolean
visit_void (const CosmicId *operation, CosmicReason reason, gpointer data)
{
  Verdicts *verdicts = data;
  const CosmicId *stream = g_hash_table_lookup (verdicts->missing, operation);
  const CosmicState *state
      = stream != NULL
            ? dpop_profile_state (verdicts->check->view.profile, stream, &verdicts->failure)
            : NULL;

  if (verdicts->failure != NULL)
    return FALSE;
  if (state == NULL || cosmic_state_verdict (state, operation) != reason)
    add_fault (verdicts->check, ABOUT_VERDICT, operation);
  g_hash_table_remove (verdicts->missing, operation);
  return TRUE;
}

static gboolean
check_verdicts (Check *check, GHashTable *expected, GError **error)
{
  Verdicts verdicts = { check, expected, NULL };
  GHashTableIter iter;
  gpointer id;

  if (!dpop_history_row_each_void (check->database, visit_void, &verdicts, error)
      || !pass_on (verdicts.failure, error))
    return FALSE;
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    add_fault (check, ABOUT_VERDICT, id);
  return TRUE;
}

gboolean
dpop_projector_check (DpopProfile *profile, GPtrArray *faults, GError **error)
{
  Check check = { .database = dpop_profile_database (profile), .faults = faults };
  DpopProjectorTouched all;
  gboolean good;

  if (!dpop_projector_view (profile, &check.view, error))
    return FALSE;
  dpop_projector_touched_init (&all);
  good = dpop_projector_touched_all (&all, &check.view, error)
         && check_units (&check, all.units, error) && check_members (&check, all.members, error)
         && check_decisions (&check, all.streams, error)
         && check_comments (&check, all.comments, error)
         && check_verdicts (&check, all.verdicts, error);
  dpop_projector_touched_clear (&all);
  return good;
}
