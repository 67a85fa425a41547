/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-entitled.h"

#include "dpop-decision-state.h"
#include "dpop-hand-over.h"
#include "dpop-member-row.h"
#include "dpop-membership.h"
#include "dpop-roll.h"
#include "dpop-turnout.h"

#include <glib/gi18n-lib.h>

/* The charter that the opening pinned; after the close, the one in force. The caller unrefs. */
static DpopCharter *
charter_of (const CosmicState *state, const CosmicState *authority)
{
  const CosmicKey key = cosmic_key (DPOP_TAG_CHARTER, NULL, NULL);
  g_autoptr (GBytes) compiled = cosmic_state_lookup (state, &key);

  return compiled != NULL ? dpop_membership_read_charter (compiled)
                          : dpop_membership_charter (authority);
}

GArray *
dpop_entitled_members (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  const CosmicState *state
      = authority != NULL ? dpop_profile_state (profile, decision, error) : NULL;
  g_autoptr (DpopDecisionOpening) opening = NULL;
  g_autoptr (DpopCharter) charter = NULL;
  DpopDecisionProposed proposed;

  if (state == NULL)
    return NULL;
  opening = dpop_decision_state_opening (state);
  charter = charter_of (state, authority);
  if (opening != NULL && charter != NULL && dpop_decision_state_proposed (state, &proposed))
    return dpop_roll_members_under (authority, charter, &proposed.scope, opening->height);
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                       _("This decision has not been opened."));
  return NULL;
}

static void
note_rows (DpopEntitled *self, GHashTable *voters)
{
  self->by_number = g_hash_table_new (NULL, NULL);
  self->voted = g_array_sized_new (FALSE, TRUE, sizeof (guint8), self->members->len);
  for (guint i = 0; i < self->members->len; i++)
    {
      guint8 voted
          = g_hash_table_contains (voters, &g_array_index (self->members, CosmicId, i)) ? 1 : 0;
      gint64 number = g_array_index (self->numbers, gint64, i);

      g_array_append_val (self->voted, voted);
      self->n_voted += voted;
      if (number > 0)
        g_hash_table_insert (self->by_number, GSIZE_TO_POINTER (number), GUINT_TO_POINTER (i + 1));
    }
}

DpopEntitled *
dpop_entitled_new (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  g_autoptr (GArray) members = dpop_entitled_members (profile, decision, error);
  g_autoptr (GHashTable) voters = NULL;
  g_autoptr (GArray) numbers = NULL;
  DpopEntitled *self;

  if (members == NULL || (voters = dpop_turnout_voters (profile, decision, error)) == NULL
      || (numbers = dpop_member_row_numbers (dpop_profile_database (profile), members, error))
             == NULL)
    return NULL;
  self = g_new0 (DpopEntitled, 1);
  g_atomic_ref_count_init (&self->refs);
  self->members = g_steal_pointer (&members);
  self->numbers = g_steal_pointer (&numbers);
  note_rows (self, voters);
  return self;
}

DpopEntitled *
dpop_entitled_ref (DpopEntitled *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dpop_entitled_unref (DpopEntitled *self)
{
  if (self == NULL)
    return;
  dpop_hand_over_release (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  dpop_hand_over_acquire (self);
  g_array_unref (self->members);
  g_array_unref (self->numbers);
  g_array_unref (self->voted);
  g_hash_table_unref (self->by_number);
  g_free (self);
}
