/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-may.h"

#include "dpop-decision-command.h"
#include "dpop-decision-rule.h"
#include "dpop-may-private.h"
#include "dpop-member-command.h"
#include "dpop-membership.h"
#include "dpop-sentence.h"
#include "dpop-unit.h"

#include <glib/gi18n-lib.h>

DpopMay
dpop_may_yes (void)
{
  return (DpopMay){ .yes = TRUE };
}

DpopMay
dpop_may_refused (CosmicReason reason)
{
  if (reason == COSMIC_REASON_NONE)
    return dpop_may_yes ();
  return (DpopMay){ .reason = reason, .why = dpop_sentence_for_reason (reason) };
}

DpopMay
dpop_may_not (const char *why)
{
  return (DpopMay){ .why = why };
}

/* What is in the way of saying anything, whatever the rules allow; NULL: something is broken. */
static const char *
obstacle (const GError *error)
{
  if (g_error_matches (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_NO_KEY))
    return _("This computer cannot write there yet. Exchange with another computer first.");
  if (g_error_matches (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_LIMIT))
    return _("Too many entries wait to be confirmed. Confirm them first.");
  if (g_error_matches (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_CONFLICT))
    return _("There are two copies of this computer. Join again as a new computer.");
  return NULL;
}

gboolean
dpop_may_say (DpopProfile *profile, const CosmicId *stream, DpopClaim *claim, DpopMay *may,
              GError **error)
{
  g_autoptr (GError) failure = NULL;
  CosmicReason reason;

  if (dpop_profile_try (profile, stream, claim, &reason, &failure))
    {
      *may = dpop_may_refused (reason);
      return TRUE;
    }
  *may = dpop_may_not (obstacle (failure));
  if (may->why != NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* --- Places. ---------------------------------------------------------------------------------- */

static gboolean
take_unit (const DpopUnit *unit, gpointer places)
{
  g_array_append_val ((GArray *) places, unit->id);
  return TRUE;
}

GArray *
dpop_may_places (const CosmicState *authority)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_array_append_val (places, cosmic_id_zero);
  dpop_unit_each (authority, take_unit, places);
  return places;
}

/* --- Taking in. ------------------------------------------------------------------------------- */

/* A stand-in for an id that is still to be drawn; the same each time, so that trying leaves nothing
 * behind that grows. */
static const CosmicId nobody = { { 0xd0, 0x0b, 0x0d, 0x1e } };

static gboolean
may_enrol (DpopProfile *profile, const CosmicId *place, DpopMay *may, GError **error)
{
  g_autoptr (DpopMemberDetails) details = dpop_member_details_new ();
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, DPOP_MAY_STAND_IN);
  if (!cosmic_id_is_zero (place))
    g_array_append_vals (units, place, 1);
  return dpop_may_say (profile, NULL,
                       dpop_member_command_add (&nobody, units, DPOP_MEMBER_MEMBER, NULL, details),
                       may, error);
}

static gboolean
add_enrol_places (DpopMayView *self, DpopProfile *profile, const GArray *places, GError **error)
{
  for (guint i = 0; i < places->len; i++)
    {
      const CosmicId *place = &g_array_index (places, CosmicId, i);
      DpopMay may;

      if (!may_enrol (profile, place, &may, error))
        return FALSE;
      if (may.yes)
        g_array_append_vals (self->enrol_places, place, 1);
      if (i == 0 || may.yes)
        self->enrol = self->enrol.yes ? self->enrol : may;
    }
  return TRUE;
}

static gboolean
may_add_unit (DpopProfile *profile, DpopMay *may, GError **error)
{
  static const CosmicId body_key = { { 0xd0, 0x01 } }, personal_key = { { 0xd0, 0x02 } };

  return dpop_may_say (profile, NULL,
                       dpop_member_command_add_unit (&nobody, 0, &body_key, &personal_key,
                                                     &cosmic_id_zero, DPOP_MAY_STAND_IN),
                       may, error);
}

/* --- Proposing. ------------------------------------------------------------------------------- */

static guint
ballots_of (const DpopCharterRule *rule)
{
  guint ballots = 0;

  for (guint kind = DPOP_BALLOT_YES_NO_ABSTAIN; kind <= DPOP_BALLOT_LAST; kind++)
    if (dpop_decision_rule_counts (rule, (DpopBallotKind) kind))
      ballots |= 1u << kind;
  return ballots;
}

static gboolean
may_propose (DpopProfile *profile, const CosmicId *place, guint rule, guint ballots, DpopMay *may,
             GError **error)
{
  DpopDecisionCommandPropose propose = { .nonce = nobody,
                                         .scope = *place,
                                         .rule_number = (guint16) rule,
                                         .ballot = (DpopBallotKind) g_bit_nth_lsf (ballots, -1),
                                         .title = DPOP_MAY_STAND_IN,
                                         .question = DPOP_MAY_STAND_IN };
  CosmicId device, stream;

  if (!dpop_profile_own_member (profile, &propose.speaker, error))
    return FALSE;
  dpop_profile_device_id (profile, &device);
  cosmic_stream_id (cosmic_log_party (dpop_profile_log (profile)), &device, &propose.nonce,
                    &stream);
  return dpop_may_say (profile, &stream, dpop_decision_command_propose (&propose, NULL), may,
                       error);
}

GArray *
dpop_may_rules (DpopProfile *profile, const CosmicId *place, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (GArray) rules = NULL;

  if (authority == NULL)
    return NULL;
  charter = dpop_membership_charter (authority);
  rules = g_array_new (FALSE, FALSE, sizeof (DpopMayRule));
  for (guint i = 0; charter != NULL && i < charter->n_rules; i++)
    {
      const DpopCharterRule *rule = &charter->rules[i];
      DpopMayRule line = { .rule = i, .ballots = ballots_of (rule), .effects = rule->effects };

      if ((rule->scope == DPOP_SCOPE_UNIT) == cosmic_id_is_zero (place) || line.ballots == 0)
        continue;
      if (!may_propose (profile, place, i, line.ballots, &line.may, error))
        return NULL;
      g_array_append_val (rules, line);
    }
  return g_steal_pointer (&rules);
}

static gboolean
add_propose_places (DpopMayView *self, DpopProfile *profile, const GArray *places, GError **error)
{
  for (guint i = 0; i < places->len; i++)
    {
      const CosmicId *place = &g_array_index (places, CosmicId, i);
      g_autoptr (GArray) rules = dpop_may_rules (profile, place, error);
      DpopMay may = dpop_may_refused (COSMIC_REASON_NOT_ALLOWED);

      if (rules == NULL)
        return FALSE;
      for (guint j = 0; j < rules->len && !may.yes; j++)
        may = g_array_index (rules, DpopMayRule, j).may;
      if (may.yes)
        g_array_append_vals (self->propose_places, place, 1);
      if (i == 0 || may.yes)
        self->propose = self->propose.yes ? self->propose : may;
    }
  return TRUE;
}

/* --- Deleting. -------------------------------------------------------------------------------- */

gboolean
dpop_may_erase (DpopProfile *profile, const CosmicId *operation, DpopMay *may, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  g_autoptr (CosmicEntry) entry = NULL;

  if (!store.table->find_entry (store.self, operation, &entry, error))
    return FALSE;
  if (entry == NULL || entry->personal.erased)
    {
      *may = dpop_may_refused (COSMIC_REASON_NO_SUCH_SUBJECT);
      return TRUE;
    }
  g_ptr_array_add (operations, entry->operation);
  return dpop_may_say (profile, NULL,
                       dpop_claim_new (COSMIC_KIND_ERASE, cosmic_erase_body (operations, NULL),
                                       NULL, NULL),
                       may, error);
}

/* --- All of it. ------------------------------------------------------------------------------- */

static gboolean
fill (DpopMayView *self, DpopProfile *profile, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) places = NULL;

  if (authority == NULL)
    return FALSE;
  places = dpop_may_places (authority);
  /* What others typed may be deleted by whom the rules trust with it, whatever it is. */
  self->erase = dpop_may_refused (dpop_membership_lets (authority, &self->member,
                                                        DPOP_ACTION_ERASE, NULL, NULL)
                                      ? COSMIC_REASON_NONE
                                      : COSMIC_REASON_NOT_ALLOWED);
  return add_enrol_places (self, profile, places, error)
         && may_add_unit (profile, &self->add_unit, error)
         && add_propose_places (self, profile, places, error);
}

DpopMayView *
dpop_may_view_new (DpopProfile *profile, GError **error)
{
  g_autoptr (DpopMayView) self = g_new0 (DpopMayView, 1);

  self->enrol_places = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->propose_places = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->is_member = dpop_profile_own_member (profile, &self->member, NULL);
  self->enrol = self->add_unit = self->propose = self->erase
      = dpop_may_refused (COSMIC_REASON_UNKNOWN_AUTHOR);
  if (self->is_member && !fill (self, profile, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dpop_may_view_free (DpopMayView *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->enrol_places);
  g_array_unref (self->propose_places);
  g_free (self);
}
