/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-names.h"

#include "dpop-decision-row.h"
#include "dpop-member-row.h"
#include "dpop-membership.h"
#include "dpop-unit-row.h"

#include <glib/gi18n-lib.h>

#define DIGITS 8

DpopNames *
dpop_names_new (DpopProfile *profile, GError **error)
{
  const CosmicId *party = cosmic_log_party (dpop_profile_log (profile));
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GVariant) personal = NULL;
  DpopNames *self;

  if (authority == NULL)
    return NULL;
  self = g_new0 (DpopNames, 1);
  self->database = dpop_profile_database (profile);
  self->charter = dpop_membership_charter (authority);
  personal = dpop_profile_personal (profile, party, DPOP_CHARTER_NAMES_TYPE, NULL);
  if (personal != NULL)
    self->words = dpop_charter_names_from_variant (personal, NULL);
  if (self->words == NULL)
    self->words = dpop_charter_names_new ();
  return self;
}

void
dpop_names_free (DpopNames *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->charter, dpop_charter_unref);
  dpop_charter_names_free (self->words);
  g_free (self);
}

char *
dpop_names_fallback (const CosmicId *id, DpopProjectionText readable)
{
  g_autofree char *text = cosmic_id_to_text (id);

  if (readable == DPOP_PROJECTION_TEXT_ERASED)
    return g_strdup (_("(deleted)"));
  text[DIGITS] = '\0';
  return g_steal_pointer (&text);
}

char *
dpop_names_member (const DpopNames *self, const CosmicId *member)
{
  g_autoptr (DpopMemberRow) row = dpop_member_row_find (self->database, member, NULL);

  if (row != NULL && row->name != NULL)
    return g_steal_pointer (&row->name);
  return dpop_names_fallback (member, row != NULL ? row->details : DPOP_PROJECTION_TEXT_NONE);
}

char *
dpop_names_unit (const DpopNames *self, const CosmicId *unit)
{
  g_autoptr (DpopUnitRow) row = NULL;

  if (cosmic_id_is_zero (unit))
    return g_strdup (self->words->name[0] != '\0' ? self->words->name
                                                  : _("the organisation as a whole"));
  row = dpop_unit_row_find (self->database, unit, NULL);
  if (row != NULL && row->name != NULL)
    return g_steal_pointer (&row->name);
  return dpop_names_fallback (unit, row != NULL ? row->readable : DPOP_PROJECTION_TEXT_NONE);
}

char *
dpop_names_decision (const DpopNames *self, const CosmicId *decision)
{
  g_autoptr (DpopDecisionRow) row = dpop_decision_row_find (self->database, decision, NULL);

  if (row != NULL && row->title != NULL)
    return g_steal_pointer (&row->title);
  return dpop_names_fallback (decision, row != NULL ? row->readable : DPOP_PROJECTION_TEXT_NONE);
}

static const char *
label (const GArray *list, guint index, const char *otherwise)
{
  return index < list->len ? dpop_charter_names_get (list, index)->label : otherwise;
}

const char *
dpop_names_role (const DpopNames *self, guint role)
{
  return role == DPOP_CHARTER_PLAIN ? _("every member")
                                    : label (self->words->roles, role, _("a role"));
}

const char *
dpop_names_unit_kind (const DpopNames *self, guint kind)
{
  return label (self->words->unit_kinds, kind, _("Group"));
}

const char *
dpop_names_rule (const DpopNames *self, guint rule)
{
  return label (self->words->rules, rule, _("a rule"));
}
