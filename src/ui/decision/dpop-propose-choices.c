/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-propose-choices.h"

#include "dpop-may.h"
#include "dpop-role-view.h"

#include <glib/gi18n-lib.h>

static void
rule_free (gpointer data)
{
  DpopProposeRule *rule = data;

  g_free (rule->label);
  g_free (rule->description);
  g_free (rule);
}

static void
place_free (gpointer data)
{
  DpopProposePlace *place = data;

  g_free (place->name);
  g_ptr_array_unref (place->rules);
  g_free (place);
}

static void
office_free (gpointer data)
{
  g_free (((DpopProposeOffice *) data)->label);
  g_free (data);
}

void
dpop_propose_choices_free (DpopProposeChoices *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->offices);
  dpop_decision_view_free (self->repeats);
  g_free (self);
}

/* --- Places and rules. ----------------------------------------------------------------------- */

static DpopProposeRule *
new_rule (const DpopNames *names, const DpopMayRule *may)
{
  DpopProposeRule *rule = g_new0 (DpopProposeRule, 1);
  const DpopCharterName *name = may->rule < names->words->rules->len
                                    ? dpop_charter_names_get (names->words->rules, may->rule)
                                    : NULL;

  rule->rule = may->rule;
  rule->label = g_strdup (dpop_names_rule (names, may->rule));
  rule->description = g_strdup (name != NULL && name->description != NULL ? name->description : "");
  rule->ballots = may->ballots;
  rule->revokes = (may->effects >> DPOP_EFFECT_REVOKE_OFFICE & 1) != 0;
  return rule;
}

static gboolean
add_place (DpopProposeChoices *self, DpopProfile *profile, const DpopNames *names,
           const CosmicId *id, GError **error)
{
  g_autoptr (GArray) rules = dpop_may_rules (profile, id, error);
  DpopProposePlace *place;

  if (rules == NULL)
    return FALSE;
  place = g_new0 (DpopProposePlace, 1);
  place->id = *id;
  place->name = dpop_names_unit (names, id);
  place->rules = g_ptr_array_new_with_free_func (rule_free);
  for (guint i = 0; i < rules->len; i++)
    {
      const DpopMayRule *may = &g_array_index (rules, DpopMayRule, i);

      if (may->may.yes && may->ballots != 0)
        g_ptr_array_add (place->rules, new_rule (names, may));
    }
  if (place->rules->len > 0)
    g_ptr_array_add (self->places, place);
  else
    place_free (place);
  return TRUE;
}

/* --- Offices. -------------------------------------------------------------------------------- */

static gboolean
add_offices (DpopProposeChoices *self, DpopProfile *profile, GError **error)
{
  g_autoptr (GPtrArray) roles = dpop_role_view_list (profile, NULL, error);

  if (roles == NULL)
    return FALSE;
  for (guint i = 0; i < roles->len; i++)
    {
      const DpopRoleView *role = roles->pdata[i];
      DpopProposeOffice *office;

      if (!role->office)
        continue;
      office = g_new0 (DpopProposeOffice, 1);
      office->role = role->role;
      office->unit = role->unit;
      office->member = role->member;
      office->label
          = cosmic_id_is_zero (&role->unit)
                ? g_strdup_printf (_("%s: %s"), role->label, role->name)
                : g_strdup_printf (_("%s, %s: %s"), role->label, role->unit_name, role->name);
      g_ptr_array_add (self->offices, office);
    }
  return TRUE;
}

DpopProposeChoices *
dpop_propose_choices_new (DpopProfile *profile, const CosmicId *repeats, GError **error)
{
  g_autoptr (DpopProposeChoices) self = g_new0 (DpopProposeChoices, 1);
  g_autoptr (DpopNames) names = NULL;
  g_autoptr (DpopMayView) may = NULL;

  self->places = g_ptr_array_new_with_free_func (place_free);
  self->offices = g_ptr_array_new_with_free_func (office_free);
  names = dpop_names_new (profile, error);
  if (names == NULL || (may = dpop_may_view_new (profile, error)) == NULL)
    return NULL;
  for (guint i = 0; may->propose_places != NULL && i < may->propose_places->len; i++)
    if (!add_place (self, profile, names, &g_array_index (may->propose_places, CosmicId, i), error))
      return NULL;
  if (!add_offices (self, profile, error))
    return NULL;
  if (repeats != NULL && (self->repeats = dpop_decision_view_new (profile, repeats, error)) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}
