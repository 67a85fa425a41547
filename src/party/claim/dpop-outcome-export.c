/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-outcome-export.h"

#define OUTCOME_VERSION 1

CosmicKey
dpop_outcome_export_key (void)
{
  return cosmic_key (DPOP_OUTCOME_EXPORT_TAG, NULL, NULL);
}

GVariant *
dpop_outcome_export_encode (const DpopOutcomeExport *self)
{
  GVariant *fields[] = {
    g_variant_new_byte (OUTCOME_VERSION),
    g_variant_new_boolean (self->accepted),
    g_variant_new_uint64 (self->height),
    cosmic_codec_new_id (&self->scope),
    g_variant_new_uint16 (self->effect),
    g_variant_new_uint16 (self->role),
    cosmic_codec_new_id (&self->unit),
    cosmic_codec_new_id (&self->member),
  };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

gboolean
dpop_outcome_export_decode (GBytes *bytes, DpopOutcomeExport *self)
{
  g_autoptr (GVariant) value = NULL;
  guint8 version;

  *self = (DpopOutcomeExport){ 0 };
  if (g_bytes_get_size (bytes) > DPOP_OUTCOME_EXPORT_SIZE_MAX)
    return FALSE;
  value = cosmic_codec_decode (DPOP_OUTCOME_EXPORT_TYPE, bytes);
  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 0, "y", &version);
  g_variant_get_child (value, 1, "b", &self->accepted);
  g_variant_get_child (value, 2, "t", &self->height);
  g_variant_get_child (value, 4, "q", &self->effect);
  g_variant_get_child (value, 5, "q", &self->role);
  return version == OUTCOME_VERSION && cosmic_codec_child_id (value, 3, &self->scope)
         && cosmic_codec_child_id (value, 6, &self->unit)
         && cosmic_codec_child_id (value, 7, &self->member);
}
