/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-import-private.h"

#include "dpop-command-assign.h"
#include "dpop-command-confirm.h"
#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"
#include "dpop-member-command.h"
#include "dpop-member-query.h"
#include "dpop-member-undo.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

static DpopMemberState
state_of (DpopEdgeRollState state)
{
  switch (state)
    {
    case DPOP_EDGE_ROLL_APPLICANT:
      return DPOP_MEMBER_APPLICANT;
    case DPOP_EDGE_ROLL_SUSPENDED:
      return DPOP_MEMBER_SUSPENDED;
    case DPOP_EDGE_ROLL_FORMER:
      return DPOP_MEMBER_FORMER;
    default:
      return DPOP_MEMBER_MEMBER;
    }
}

static gboolean
add_row (DpopProfile *profile, const DpopCommandImport *self, guint row, const CosmicId *import,
         GError **error)
{
  const DpopEdgeRollRow *read = dpop_edge_roll_row (self->roll, row);
  g_autoptr (DpopMemberDetails) details = dpop_command_import_details (self, row, NULL);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicId member;

  dpop_command_new_id (profile, &member);
  if (read->unit >= 0)
    g_array_append_val (units, g_array_index (self->units, CosmicId, read->unit));
  return dpop_profile_say (profile, NULL,
                           dpop_member_command_add (&member, units, state_of (read->state), import,
                                                    details),
                           NULL, error);
}

/* --- A row about someone who is there. -------------------------------------------------------- */

static gboolean
change_state (DpopProfile *profile, const CosmicId *member, DpopMemberState to, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) devices = NULL;
  g_autoptr (GArray) held = NULL;
  g_autoptr (GArray) kept = NULL;
  DpopMember now;

  if (authority == NULL || !dpop_member_query_load (authority, member, &now))
    return authority != NULL;
  if (to != DPOP_MEMBER_FORMER)
    {
      held = dpop_command_shares_held (authority, member);
      return dpop_profile_say (profile, NULL,
                               dpop_member_command_state (member, now.standing.state, to), NULL,
                               error)
             && dpop_command_shares_complete (profile, member, held, NULL, error);
    }
  devices = cosmic_authority_devices_of (authority, member);
  kept = dpop_command_signed_by (profile, devices, error);
  return kept != NULL
         && dpop_profile_say (profile, NULL,
                              dpop_member_command_remove (member, DPOP_REMOVAL_OTHER, kept), NULL,
                              error);
}

/* From the unit that the list speaks of, the first, to another. */
static gboolean
change_unit (DpopProfile *profile, const CosmicId *member, const CosmicId *unit, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  DpopCommandAssign input = { .member = *member, .out = TRUE };
  DpopMember now;

  if (authority == NULL || !dpop_member_query_load (authority, member, &now))
    return authority != NULL;
  if (now.standing.n_units > 0)
    {
      input.unit = now.standing.units[0];
      if (!dpop_command_assign_within (profile, &input, error))
        return FALSE;
    }
  if (unit == NULL || dpop_standing_in_unit (&now.standing, unit))
    return TRUE;
  input.unit = *unit;
  input.out = FALSE;
  return dpop_command_assign_within (profile, &input, error);
}

/* Particulars come last: under the key of the group that they belong to by then. */
static gboolean
change_row (DpopProfile *profile, const DpopCommandImport *self, guint row, const CosmicId *import,
            GError **error)
{
  const DpopEdgeRollReviewRow *reviewed = dpop_edge_roll_review_row (self->review, row);
  const DpopEdgeRollRow *read = dpop_edge_roll_row (self->roll, row);
  const DpopCommandImportPerson *person
      = &g_array_index (self->persons, DpopCommandImportPerson, reviewed->member);
  g_autoptr (DpopMemberDetails) details = NULL;
  const CosmicState *authority;
  gboolean particulars = FALSE;

  for (guint i = 0; i < reviewed->changes->len; i++)
    {
      DpopEdgeRollField field = g_array_index (reviewed->changes, DpopEdgeRollChange, i).field;

      if (field == DPOP_EDGE_ROLL_STATE)
        {
          if (!change_state (profile, &person->id, state_of (read->state), error))
            return FALSE;
        }
      else if (field != DPOP_EDGE_ROLL_UNIT)
        particulars = TRUE;
      else if (!change_unit (profile, &person->id,
                             read->unit >= 0 ? &g_array_index (self->units, CosmicId, read->unit)
                                             : NULL,
                             error))
        return FALSE;
    }
  if (!particulars)
    return TRUE;
  if ((authority = dpop_profile_state (profile, NULL, error)) == NULL)
    return FALSE;
  details = dpop_command_import_details (self, row, person->details);
  return dpop_profile_say (profile, NULL,
                           dpop_member_command_details (authority, &person->id, import, details),
                           NULL, error);
}

/* --- All of it. ------------------------------------------------------------------------------- */

typedef struct
{
  DpopCommandImportProgress tell; /* NULL: nobody is told */
  gpointer data;
} Progress;

static gboolean
goes_on (const Progress *progress, guint done, guint all, GError **error)
{
  if (progress->tell == NULL || progress->tell (done, all, progress->data))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       _("Stopped. Nothing of the list was taken over."));
  return FALSE;
}

static gboolean
apply_rows (DpopProfile *profile, const DpopCommandImport *self, const Progress *progress,
            DpopCommandImportResult *done, GError **error)
{
  guint all = dpop_edge_roll_n_rows (self->roll);

  for (guint row = 0; row < all; row++)
    {
      DpopCommandImportAction action = dpop_command_import_action (self, row);
      gboolean good = TRUE;

      if (!goes_on (progress, row, all, error))
        return FALSE;
      done->counts[action]++;
      if (action == DPOP_COMMAND_IMPORT_ADDS)
        good = add_row (profile, self, row, &done->import, error);
      else if (action == DPOP_COMMAND_IMPORT_CHANGES)
        good = change_row (profile, self, row, &done->import, error);
      if (good)
        continue;
      g_prefix_error (error, _("Line %" G_GSIZE_FORMAT ": "),
                      dpop_edge_roll_row (self->roll, row)->line);
      return FALSE;
    }
  return goes_on (progress, all, all, error);
}

static gboolean
apply_within (DpopProfile *profile, const DpopCommandImport *self, const Progress *progress,
              DpopCommandImportResult *done, GError **error)
{
  dpop_command_new_id (profile, &done->import);
  if (!apply_rows (profile, self, progress, done, error))
    return FALSE;
  if (done->counts[DPOP_COMMAND_IMPORT_ADDS] + done->counts[DPOP_COMMAND_IMPORT_CHANGES] == 0)
    {
      done->import = cosmic_id_zero;
      return TRUE;
    }
  done->confirmed = dpop_command_confirm_can (profile);
  return !done->confirmed || dpop_command_confirm_within (profile, NULL, error);
}

gboolean
dpop_command_import_apply_told (DpopProfile *profile, DpopCommandImport *self,
                                DpopCommandImportProgress tell, gpointer data,
                                DpopCommandImportResult *result, GError **error)
{
  const Progress progress = { tell, data };
  DpopCommandImportResult done = { 0 };

  if (!dpop_profile_begin (profile, error)
      || !dpop_command_end (profile, apply_within (profile, self, &progress, &done, error), error))
    return FALSE;
  if (result != NULL)
    *result = done;
  return TRUE;
}

gboolean
dpop_command_import_apply (DpopProfile *profile, DpopCommandImport *self,
                           DpopCommandImportResult *result, GError **error)
{
  return dpop_command_import_apply_told (profile, self, NULL, NULL, result, error);
}

/* --- Taking it back. -------------------------------------------------------------------------- */

static void
look_at_row (const CosmicState *authority, const CosmicId *import, const CosmicId *id,
             DpopCommandImportUndone *done)
{
  DpopMember member;

  if (dpop_member_undo_check (authority, import, id) != COSMIC_REASON_NONE
      || !dpop_member_query_load (authority, id, &member))
    {
      done->left++;
      return;
    }
  done->undone++;
  if (cosmic_id_same (&member.import, import))
    done->gone++;
  else
    done->restored++;
}

gboolean
dpop_command_import_undo_look (DpopProfile *profile, const CosmicId *import,
                               DpopCommandImportUndone *result, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) rows = NULL;

  *result = (DpopCommandImportUndone){ 0 };
  if (authority == NULL)
    return FALSE;
  rows = dpop_member_undo_rows (authority, import);
  for (guint i = 0; i < rows->len; i++)
    look_at_row (authority, import, &g_array_index (rows, CosmicId, i), result);
  return TRUE;
}

static gboolean
undo_within (DpopProfile *profile, const CosmicId *import, DpopCommandImportUndone *done,
             GError **error)
{
  if (!dpop_command_import_undo_look (profile, import, done, error)
      || !dpop_profile_say (profile, NULL, dpop_member_command_undo (import), NULL, error))
    return FALSE;
  done->confirmed = dpop_command_confirm_can (profile);
  return !done->confirmed || dpop_command_confirm_within (profile, NULL, error);
}

gboolean
dpop_command_import_undo (DpopProfile *profile, const CosmicId *import,
                          DpopCommandImportUndone *result, GError **error)
{
  DpopCommandImportUndone done = { 0 };

  if (!dpop_profile_begin (profile, error)
      || !dpop_command_end (profile, undo_within (profile, import, &done, error), error))
    return FALSE;
  if (result != NULL)
    *result = done;
  return TRUE;
}
