/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-names.h"

#include "dpop-charter-private.h"

#include <string.h>

#define NAMES_VERSION 1

static void
name_clear (gpointer entry)
{
  DpopCharterName *name = entry;

  g_free (name->key);
  g_free (name->label);
  g_free (name->description);
}

static GArray *
list_new (void)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (DpopCharterName));

  g_array_set_clear_func (list, name_clear);
  return list;
}

DpopCharterNames *
dpop_charter_names_new (void)
{
  DpopCharterNames *self = g_new0 (DpopCharterNames, 1);

  self->name = g_strdup ("");
  self->description = g_strdup ("");
  self->roles = list_new ();
  self->unit_kinds = list_new ();
  self->rules = list_new ();
  return self;
}

void
dpop_charter_names_free (DpopCharterNames *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->description);
  g_array_unref (self->roles);
  g_array_unref (self->unit_kinds);
  g_array_unref (self->rules);
  g_free (self);
}

void
dpop_charter_names_add (GArray *list, const char *key, const char *label, const char *description)
{
  DpopCharterName name = { g_strdup (key), g_strdup (label), g_strdup (description) };

  g_array_append_val (list, name);
}

const DpopCharterName *
dpop_charter_names_get (const GArray *list, guint index)
{
  return &g_array_index (list, DpopCharterName, index);
}

int
dpop_charter_names_find (const GArray *list, const char *key)
{
  for (guint i = 0; i < list->len; i++)
    if (strcmp (dpop_charter_names_get (list, i)->key, key) == 0)
      return (int) i;
  return -1;
}

/* No Unicode table is asked: the answer is the same in every release. */
static DpopCharterCode
text_code (const char *text, glong limit, gboolean lines)
{
  if (!g_utf8_validate (text, -1, NULL))
    return DPOP_CHARTER_NAMES_NOT_TEXT;
  if (g_utf8_strlen (text, -1) > limit)
    return DPOP_CHARTER_NAMES_TOO_LONG;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if ((character < 0x20 || (character >= 0x7f && character < 0xa0))
          && !(lines && (character == '\n' || character == '\t')))
        return DPOP_CHARTER_NAMES_NOT_TEXT;
    }
  return !lines && *text == '\0' ? DPOP_CHARTER_NAMES_EMPTY : DPOP_CHARTER_FINE;
}

static gboolean
is_key (const char *key)
{
  gsize size = strlen (key);

  return size > 0 && size <= DPOP_CHARTER_KEY_MAX && g_ascii_islower (key[0])
         && strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789-") == size;
}

static gboolean
list_valid (const GArray *list, const char *place, guint limit, DpopCharterFinding *why)
{
  if (list->len > limit)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "%s", place);
  for (guint i = 0; i < list->len; i++)
    {
      const DpopCharterName *name = dpop_charter_names_get (list, i);
      DpopCharterCode code;

      if (!is_key (name->key))
        return dpop_charter_refuse (why, DPOP_CHARTER_NAMES_KEY, "%s/%u/key", place, i);
      if (dpop_charter_names_find (list, name->key) != (int) i)
        return dpop_charter_refuse (why, DPOP_CHARTER_NAMES_KEY_TWICE, "%s/%u/key", place, i);
      if ((code = text_code (name->label, DPOP_CHARTER_LABEL_MAX, FALSE)) != DPOP_CHARTER_FINE)
        return dpop_charter_refuse (why, code, "%s/%u/label", place, i);
      code = text_code (name->description, DPOP_CHARTER_DESCRIPTION_MAX, TRUE);
      if (code != DPOP_CHARTER_FINE)
        return dpop_charter_refuse (why, code, "%s/%u/description", place, i);
    }
  return TRUE;
}

static gboolean
texts_valid (const DpopCharterNames *self, DpopCharterFinding *why)
{
  DpopCharterCode code;
  int plain;

  if ((code = text_code (self->name, DPOP_CHARTER_LABEL_MAX, FALSE)) != DPOP_CHARTER_FINE)
    return dpop_charter_refuse (why, code, "name");
  code = text_code (self->description, DPOP_CHARTER_DESCRIPTION_MAX, TRUE);
  if (code != DPOP_CHARTER_FINE)
    return dpop_charter_refuse (why, code, "description");
  if (!list_valid (self->roles, "roles", DPOP_CHARTER_ROLES_MAX, why)
      || !list_valid (self->unit_kinds, "unitKinds", DPOP_CHARTER_UNIT_KINDS_MAX, why)
      || !list_valid (self->rules, "rules", DPOP_CHARTER_RULES_MAX, why))
    return FALSE;
  plain = dpop_charter_names_find (self->roles, DPOP_CHARTER_KEY_PLAIN);
  return plain < 0 || dpop_charter_refuse (why, DPOP_CHARTER_NAMES_KEY, "roles/%d/key", plain);
}

gboolean
dpop_charter_names_valid (const DpopCharterNames *self, const DpopCharter *charter,
                          DpopCharterFinding *why)
{
  g_autoptr (GVariant) variant = NULL;

  if (!texts_valid (self, why))
    return FALSE;
  if (charter != NULL && self->roles->len != charter->n_roles)
    return dpop_charter_refuse (why, DPOP_CHARTER_NAMES_COUNT, "roles");
  if (charter != NULL && self->unit_kinds->len != charter->n_unit_kinds)
    return dpop_charter_refuse (why, DPOP_CHARTER_NAMES_COUNT, "unitKinds");
  if (charter != NULL && self->rules->len != charter->n_rules)
    return dpop_charter_refuse (why, DPOP_CHARTER_NAMES_COUNT, "rules");
  variant = g_variant_ref_sink (dpop_charter_names_to_variant (self));
  if (g_variant_get_size (variant) > DPOP_CHARTER_NAMES_BYTES_MAX)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_LARGE, "%s", "");
  return TRUE;
}

static GVariant *
list_to_variant (const GArray *list)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; i < list->len; i++)
    {
      const DpopCharterName *name = dpop_charter_names_get (list, i);

      g_variant_builder_add (&builder, "(sss)", name->key, name->label, name->description);
    }
  return g_variant_builder_end (&builder);
}

GVariant *
dpop_charter_names_to_variant (const DpopCharterNames *self)
{
  return g_variant_new ("(yss@a(sss)@a(sss)@a(sss))", NAMES_VERSION, self->name, self->description,
                        list_to_variant (self->roles), list_to_variant (self->unit_kinds),
                        list_to_variant (self->rules));
}

/* Strings and bytes only: no byte order to mind. */
GBytes *
dpop_charter_names_to_bytes (const DpopCharterNames *self)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (dpop_charter_names_to_variant (self));

  return g_variant_get_data_as_bytes (variant);
}

static gboolean
list_from_variant (GArray *list, GVariant *variant, guint limit, const char *place,
                   DpopCharterFinding *why)
{
  gsize n = g_variant_n_children (variant);

  if (n > limit)
    return dpop_charter_refuse (why, DPOP_CHARTER_TOO_MANY, "%s", place);
  for (gsize i = 0; i < n; i++)
    {
      const char *key, *label, *description;

      g_variant_get_child (variant, i, "(&s&s&s)", &key, &label, &description);
      dpop_charter_names_add (list, key, label, description);
    }
  return TRUE;
}

DpopCharterNames *
dpop_charter_names_from_variant (GVariant *variant, DpopCharterFinding *why)
{
  g_autoptr (DpopCharterNames) self = dpop_charter_names_new ();
  g_autoptr (GVariant) roles = NULL, unit_kinds = NULL, rules = NULL;
  guint8 version;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (DPOP_CHARTER_NAMES_TYPE)))
    {
      dpop_charter_refuse (why, DPOP_CHARTER_NOT_NORMAL, "%s", "");
      return NULL;
    }
  g_free (self->name);
  g_free (self->description);
  g_variant_get (variant, "(yss@a(sss)@a(sss)@a(sss))", &version, &self->name, &self->description,
                 &roles, &unit_kinds, &rules);
  if (version != NAMES_VERSION)
    {
      dpop_charter_refuse (why, DPOP_CHARTER_UNKNOWN_VERSION, "%s", "");
      return NULL;
    }
  if (!list_from_variant (self->roles, roles, DPOP_CHARTER_ROLES_MAX, "roles", why)
      || !list_from_variant (self->unit_kinds, unit_kinds, DPOP_CHARTER_UNIT_KINDS_MAX, "unitKinds",
                             why)
      || !list_from_variant (self->rules, rules, DPOP_CHARTER_RULES_MAX, "rules", why)
      || !dpop_charter_names_valid (self, NULL, why))
    return NULL;
  return g_steal_pointer (&self);
}

DpopCharterNames *
dpop_charter_names_from_bytes (GBytes *bytes, DpopCharterFinding *why)
{
  g_autoptr (GVariant) variant = NULL;

  if (g_bytes_get_size (bytes) > DPOP_CHARTER_NAMES_BYTES_MAX)
    {
      dpop_charter_refuse (why, DPOP_CHARTER_TOO_LARGE, "%s", "");
      return NULL;
    }
  variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (DPOP_CHARTER_NAMES_TYPE), bytes, FALSE));
  if (!g_variant_is_normal_form (variant))
    {
      dpop_charter_refuse (why, DPOP_CHARTER_NOT_NORMAL, "%s", "");
      return NULL;
    }
  return dpop_charter_names_from_variant (variant, why);
}
