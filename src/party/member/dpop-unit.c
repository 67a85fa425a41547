/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-unit.h"

#include "dpop-member-entry-private.h"
#include "dpop-text-private.h"

#define NAME_VERSION 1

gboolean
dpop_unit_exists (const CosmicState *authority, const CosmicId *unit)
{
  return cosmic_state_has (authority, cosmic_key (TAG_UNIT, unit, NULL));
}

static gboolean
read_unit (GBytes *bytes, DpopUnit *self)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (DPOP_UNIT_ENTRY_TYPE, bytes);

  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 0, "y", &self->kind);
  g_variant_get_child (value, 1, "t", &self->since);
  return cosmic_codec_child_id (value, 2, &self->name);
}

gboolean
dpop_unit_load (const CosmicState *authority, const CosmicId *unit, DpopUnit *self)
{
  CosmicKey key = cosmic_key (TAG_UNIT, unit, NULL);
  g_autoptr (GBytes) value = cosmic_state_lookup (authority, &key);

  self->id = *unit;
  return value != NULL && read_unit (value, self);
}

typedef struct
{
  DpopUnitVisit visit;
  gpointer data;
} Walk;

static gboolean
visit_unit (const CosmicKey *key, GBytes *value, gpointer data)
{
  const Walk *walk = data;
  DpopUnit unit;

  cosmic_key_id (key, 0, &unit.id);
  return !read_unit (value, &unit) || walk->visit (&unit, walk->data);
}

void
dpop_unit_each (const CosmicState *authority, DpopUnitVisit visit, gpointer data)
{
  Walk walk = { visit, data };

  cosmic_state_each (authority, cosmic_key (TAG_UNIT, NULL, NULL), visit_unit, &walk);
}

gboolean
dpop_unit_name_fits (const char *name)
{
  return *name != '\0' && dpop_text_fits (name, DPOP_UNIT_NAME_MAX, FALSE);
}

GVariant *
dpop_unit_name_encode (const char *name)
{
  return g_variant_new (DPOP_UNIT_NAME_PERSONAL_TYPE, NAME_VERSION, name);
}

char *
dpop_unit_name_decode (GVariant *personal)
{
  const char *name;
  guint8 version;

  if (!g_variant_is_of_type (personal, G_VARIANT_TYPE (DPOP_UNIT_NAME_PERSONAL_TYPE)))
    return NULL;
  g_variant_get (personal, "(y&s)", &version, &name);
  return version == NAME_VERSION && dpop_unit_name_fits (name) ? g_strdup (name) : NULL;
}
