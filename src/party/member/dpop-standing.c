/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-standing.h"

static GVariant *
encode_units (const DpopStanding *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_BYTESTRING_ARRAY);
  for (guint i = 0; i < self->n_units; i++)
    g_variant_builder_add_value (&builder, cosmic_codec_new_id (&self->units[i]));
  return g_variant_builder_end (&builder);
}

static GVariant *
encode_roles (const DpopStanding *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(qayt)"));
  for (guint i = 0; i < self->n_roles; i++)
    g_variant_builder_add (&builder, "(q@ayt)", self->roles[i].role,
                           cosmic_codec_new_id (&self->roles[i].unit), self->roles[i].since);
  return g_variant_builder_end (&builder);
}

GVariant *
dpop_standing_encode (const DpopStanding *self)
{
  GVariant *fields[] = { g_variant_new_byte (self->state), encode_units (self),
                         encode_roles (self) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static int
compare_role (const DpopMemberRole *a, guint16 role, const CosmicId *unit)
{
  return a->role != role ? (int) a->role - (int) role : cosmic_id_compare (&a->unit, unit);
}

static gboolean
decode_units (GVariant *value, DpopStanding *self)
{
  g_autoptr (GVariant) units = g_variant_get_child_value (value, 1);
  gsize count = g_variant_n_children (units);

  if (count > DPOP_STANDING_UNITS_MAX)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    if (!cosmic_codec_child_id (units, (guint) i, &self->units[i])
        || (i > 0 && cosmic_id_compare (&self->units[i - 1], &self->units[i]) >= 0))
      return FALSE;
  self->n_units = (guint) count;
  return TRUE;
}

static gboolean
decode_roles (GVariant *value, DpopStanding *self)
{
  g_autoptr (GVariant) roles = g_variant_get_child_value (value, 2);
  gsize count = g_variant_n_children (roles);

  if (count > DPOP_STANDING_ROLES_MAX)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (GVariant) held = g_variant_get_child_value (roles, i);
      DpopMemberRole *role = &self->roles[i];

      g_variant_get_child (held, 0, "q", &role->role);
      g_variant_get_child (held, 2, "t", &role->since);
      if (!cosmic_codec_child_id (held, 1, &role->unit)
          || (i > 0 && compare_role (&self->roles[i - 1], role->role, &role->unit) >= 0))
        return FALSE;
    }
  self->n_roles = (guint) count;
  return TRUE;
}

gboolean
dpop_standing_decode (GVariant *value, DpopStanding *self)
{
  guint8 state;

  self->n_units = self->n_roles = 0;
  g_variant_get_child (value, 0, "y", &state);
  self->state = state;
  return state >= DPOP_MEMBER_APPLICANT && state <= DPOP_MEMBER_STATE_LAST
         && decode_units (value, self) && decode_roles (value, self);
}

gboolean
dpop_standing_equal (const DpopStanding *a, const DpopStanding *b)
{
  if (a->state != b->state || a->n_units != b->n_units || a->n_roles != b->n_roles)
    return FALSE;
  for (guint i = 0; i < a->n_units; i++)
    if (!cosmic_id_same (&a->units[i], &b->units[i]))
      return FALSE;
  for (guint i = 0; i < a->n_roles; i++)
    if (compare_role (&a->roles[i], b->roles[i].role, &b->roles[i].unit) != 0
        || a->roles[i].since != b->roles[i].since)
      return FALSE;
  return TRUE;
}

/* --- Units. ---------------------------------------------------------------------------------- */

static guint
unit_place (const DpopStanding *self, const CosmicId *unit)
{
  guint place = 0;

  while (place < self->n_units && cosmic_id_compare (&self->units[place], unit) < 0)
    place++;
  return place;
}

gboolean
dpop_standing_in_unit (const DpopStanding *self, const CosmicId *unit)
{
  guint place = unit_place (self, unit);

  return place < self->n_units && cosmic_id_same (&self->units[place], unit);
}

gboolean
dpop_standing_join_unit (DpopStanding *self, const CosmicId *unit)
{
  guint place = unit_place (self, unit);

  if (self->n_units == DPOP_STANDING_UNITS_MAX)
    return FALSE;
  memmove (&self->units[place + 1], &self->units[place],
           (self->n_units - place) * sizeof *self->units);
  self->units[place] = *unit;
  self->n_units++;
  return TRUE;
}

void
dpop_standing_leave_unit (DpopStanding *self, const CosmicId *unit)
{
  guint place = unit_place (self, unit);

  if (!dpop_standing_in_unit (self, unit))
    return;
  self->n_units--;
  memmove (&self->units[place], &self->units[place + 1],
           (self->n_units - place) * sizeof *self->units);
}

/* --- Roles. ---------------------------------------------------------------------------------- */

static guint
role_place (const DpopStanding *self, guint16 role, const CosmicId *unit)
{
  guint place = 0;

  while (place < self->n_roles && compare_role (&self->roles[place], role, unit) < 0)
    place++;
  return place;
}

const DpopMemberRole *
dpop_standing_role (const DpopStanding *self, guint16 role, const CosmicId *unit)
{
  guint place = role_place (self, role, unit);

  return place < self->n_roles && compare_role (&self->roles[place], role, unit) == 0
             ? &self->roles[place]
             : NULL;
}

gboolean
dpop_standing_take_role (DpopStanding *self, guint16 role, const CosmicId *unit, guint64 height)
{
  guint place = role_place (self, role, unit);

  if (self->n_roles == DPOP_STANDING_ROLES_MAX)
    return FALSE;
  memmove (&self->roles[place + 1], &self->roles[place],
           (self->n_roles - place) * sizeof *self->roles);
  self->roles[place] = (DpopMemberRole){ .role = role, .unit = *unit, .since = height };
  self->n_roles++;
  return TRUE;
}

void
dpop_standing_drop_role (DpopStanding *self, guint16 role, const CosmicId *unit)
{
  guint place = role_place (self, role, unit);

  if (dpop_standing_role (self, role, unit) == NULL)
    return;
  self->n_roles--;
  memmove (&self->roles[place], &self->roles[place + 1],
           (self->n_roles - place) * sizeof *self->roles);
}

gboolean
dpop_standing_has_office (const DpopStanding *self, const DpopCharter *charter)
{
  for (guint i = 0; i < self->n_roles; i++)
    if (dpop_charter_is_office (charter, self->roles[i].role))
      return TRUE;
  return FALSE;
}

/* --- What the charter says. ------------------------------------------------------------------ */

G_STATIC_ASSERT (sizeof (CosmicId) == DPOP_CHARTER_UNIT_SIZE);

gboolean
dpop_standing_lets (const DpopStanding *self, const DpopCharter *charter, DpopAction action,
                    const DpopCharterTarget *target)
{
  DpopCharterHeld held[DPOP_STANDING_ROLES_MAX];
  DpopCharterSubject who = {
    .state = self->state,
    .held = held,
    .n_held = self->n_roles,
    .units = (const guint8 (*)[DPOP_CHARTER_UNIT_SIZE]) self->units,
    .n_units = self->n_units,
  };

  for (guint i = 0; i < self->n_roles; i++)
    {
      held[i].role = self->roles[i].role;
      memcpy (held[i].unit, self->roles[i].unit.bytes, sizeof held[i].unit);
    }
  return dpop_charter_may (charter, &who, action, target);
}

gboolean
dpop_standing_lets_about (const DpopStanding *self, const DpopCharter *charter, DpopAction action,
                          const DpopCharterTarget *target, const DpopStanding *about)
{
  DpopCharterTarget at = *target;

  at.unit = NULL;
  if (about->n_units == 0)
    return dpop_standing_lets (self, charter, action, &at);
  for (guint i = 0; i < about->n_units; i++)
    {
      at.unit = about->units[i].bytes;
      if (dpop_standing_lets (self, charter, action, &at))
        return TRUE;
    }
  return FALSE;
}
