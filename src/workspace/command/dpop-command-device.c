/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-device.h"

#include "dpop-command-private.h"

#include <glib/gi18n-lib.h>

GArray *
dpop_command_device_list (DpopProfile *profile, const CosmicId *member, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) keys = NULL;
  GArray *list;
  CosmicId own;

  if (authority == NULL)
    return NULL;
  dpop_profile_device_id (profile, &own);
  keys = member != NULL ? cosmic_authority_devices_of (authority, member)
                        : cosmic_authority_devices (authority);
  list = g_array_new (FALSE, FALSE, sizeof (DpopCommandDevice));
  for (guint i = 0; i < keys->len; i++)
    {
      DpopCommandDevice line = { .id = g_array_index (keys, CosmicId, i) };
      CosmicDevice device;

      if (!cosmic_authority_device (authority, &line.id, &device))
        continue;
      line.member = device.member;
      line.own = cosmic_id_same (&own, &line.id);
      line.off = device.off;
      line.since = device.since;
      line.off_height = device.off_height;
      g_array_append_val (list, line);
    }
  return list;
}

/* Whoever switches off the computer that they are sitting at could not say so. */
static gboolean
switch_off (DpopProfile *profile, const CosmicId *device, guint16 reason, GError **error)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GArray) kept = NULL;
  CosmicId own;

  dpop_profile_device_id (profile, &own);
  if (cosmic_id_same (&own, device))
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("This is the computer you are using. Switch it off from another "
                                "one, or ask someone who may."));
  g_array_append_vals (devices, device, 1);
  kept = dpop_command_signed_by (profile, devices, error);
  return kept != NULL
         && dpop_profile_say (profile, NULL,
                              dpop_claim_new (COSMIC_KIND_DEVICE_OFF,
                                              cosmic_device_off_body (device, reason, kept), NULL,
                                              NULL),
                              NULL, error);
}

gboolean
dpop_command_device_off (DpopProfile *profile, const CosmicId *device, guint16 reason,
                         GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, switch_off (profile, device, reason, error), error);
}
