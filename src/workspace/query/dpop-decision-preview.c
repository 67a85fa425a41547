/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-preview.h"

#include "dpop-decision-state.h"
#include "dpop-member-row.h"
#include "dpop-membership.h"
#include "dpop-names.h"
#include "dpop-roll.h"
#include "dpop-statute.h"

#include <glib/gi18n-lib.h>

void
dpop_decision_preview_free (DpopDecisionPreview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->deciding, g_ptr_array_unref);
  g_free (self->voters);
  g_free (self);
}

/* --- Who may vote. ---------------------------------------------------------------------------- */

static gboolean
count_without_computer (DpopDatabase *database, const GArray *entitled, guint *count,
                        GError **error)
{
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;
  g_autoptr (GArray) numbers = dpop_member_row_numbers (database, entitled, error);
  g_autoptr (GArray) without = NULL;
  g_autoptr (GHashTable) set = g_hash_table_new (NULL, NULL);

  query.device = DPOP_MEMBER_ROW_NO;
  if (numbers == NULL || (without = dpop_member_row_order (database, &query, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < without->len; i++)
    g_hash_table_add (set, GSIZE_TO_POINTER (g_array_index (without, gint64, i)));
  for (guint i = 0; i < numbers->len; i++)
    *count += g_hash_table_contains (set, GSIZE_TO_POINTER (g_array_index (numbers, gint64, i)));
  return TRUE;
}

/* Whether the vote is every member's there, and of nobody who is not quite one. */
static gboolean
is_everybodys (const DpopCharter *charter, gboolean party)
{
  guint64 actions = charter->plain.actions[DPOP_REACH_EVERYWHERE]
                    | charter->plain.actions[party ? DPOP_REACH_PARTY : DPOP_REACH_OWN_UNIT];

  return (actions & DPOP_CHARTER_BIT (DPOP_ACTION_VOTE)) != 0
         && dpop_charter_state_has (charter, DPOP_MEMBER_MEMBER, DPOP_STATE_VOTES)
         && !dpop_charter_state_has (charter, DPOP_MEMBER_APPLICANT, DPOP_STATE_VOTES)
         && !dpop_charter_state_has (charter, DPOP_MEMBER_SUSPENDED, DPOP_STATE_VOTES);
}

/* Who, without the figures. */
static char *
who_votes (const DpopNames *names, const CosmicId *place)
{
  gboolean party = cosmic_id_is_zero (place);
  g_autofree char *unit = party ? NULL : dpop_names_unit (names, place);

  if (names->charter == NULL || !is_everybodys (names->charter, party))
    return g_strdup (_("Whoever our rules give the vote when voting begins may vote"));
  if (party)
    return g_strdup (_("Everybody who is a member when voting begins may vote"));
  return g_strdup_printf (_("Everybody who belongs to “%s” when voting begins may vote"), unit);
}

static char *
voters_words (const DpopDecisionPreview *self, const DpopNames *names, const CosmicId *place)
{
  g_autofree char *who = who_votes (names, place);

  if (self->without_computer == 0)
    /* Translators: who may vote, and how many they are as things stand. */
    return g_strdup_printf (ngettext ("%s: %u person now.", "%s: %u people now.", self->entitled),
                            who, self->entitled);
  return g_strdup_printf (ngettext ("%s: %u person now, %u of them without a computer.",
                                    "%s: %u people now, %u of them without a computer.",
                                    self->entitled),
                          who, self->entitled, self->without_computer);
}

/* --- All of it. ------------------------------------------------------------------------------- */

static DpopDecisionPreview *
preview (DpopProfile *profile, const CosmicId *place, const DpopCharterRule *rule,
         DpopBallotKind ballot, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (DpopDecisionPreview) self = g_new0 (DpopDecisionPreview, 1);
  g_autoptr (DpopNames) names = NULL;
  g_autoptr (GArray) entitled = NULL;

  if (authority == NULL || (names = dpop_names_new (profile, error)) == NULL)
    return NULL;
  entitled = dpop_roll_members (authority, place, G_MAXUINT64);
  self->entitled = entitled->len;
  if (!count_without_computer (names->database, entitled, &self->without_computer, error))
    return NULL;
  self->deciding = dpop_statute_deciding (rule, ballot);
  self->voters = voters_words (self, names, place);
  self->min_open_ms = rule->min_open_ms;
  self->max_open_ms = rule->max_open_ms;
  return g_steal_pointer (&self);
}

DpopDecisionPreview *
dpop_decision_preview_new (DpopProfile *profile, const CosmicId *place, guint rule,
                           DpopBallotKind ballot, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (DpopCharter) charter = NULL;

  if (authority == NULL)
    return NULL;
  charter = dpop_membership_charter (authority);
  if (charter != NULL && rule < charter->n_rules)
    return preview (profile, place, &charter->rules[rule], ballot, error);
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                       _("Our rules have no such way of deciding."));
  return NULL;
}

DpopDecisionPreview *
dpop_decision_preview_of (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  const CosmicState *state = dpop_profile_state (profile, decision, error);
  DpopDecisionProposed proposed;
  DpopDecisionPreview *self;

  if (state == NULL)
    return NULL;
  if (!dpop_decision_state_proposed (state, &proposed))
    {
      g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                           _("There is no such decision here."));
      return NULL;
    }
  self = preview (profile, &proposed.scope, &proposed.rule, proposed.ballot, error);
  if (self != NULL && proposed.rule.min_discussion_ms > 0)
    self->opens = proposed.time + proposed.rule.min_discussion_ms;
  return self;
}
