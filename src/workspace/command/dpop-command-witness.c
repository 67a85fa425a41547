/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-witness.h"

#include "dpop-command-private.h"
#include "dpop-member-command.h"

#include "cosmic-certificate.h"

/* --- Who there is. ---------------------------------------------------------------------------- */

static void
add_places (const CosmicState *authority, const GArray *places, gboolean appointed,
            const CosmicId *own, GArray *list)
{
  for (guint i = 0; i < places->len; i++)
    {
      const CosmicWitnessPlace *place = &g_array_index (places, CosmicWitnessPlace, i);
      DpopCommandWitness line = { .device = place->device, .appointed = appointed,
                                  .since = place->since };
      CosmicDevice device;

      if (place->appointed != appointed
          || !cosmic_authority_device (authority, &place->device, &device))
        continue;
      line.member = device.member;
      line.off = device.off;
      line.own = cosmic_id_same (own, &place->device);
      g_array_append_val (list, line);
    }
}

GArray *
dpop_command_witness_list (DpopProfile *profile, DpopCommandWitnessFigures *figures,
                           GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  CosmicWitnesses witnesses = { 0 };
  g_autoptr (GArray) places = NULL;
  GArray *list;
  CosmicId own;

  if (authority == NULL)
    return NULL;
  if (figures != NULL)
    {
      *figures = (DpopCommandWitnessFigures){ 0 };
      if (cosmic_authority_witnesses (authority, &witnesses))
        *figures = (DpopCommandWitnessFigures){
          .keepers = witnesses.keys->len,
          .needed = cosmic_quorum (witnesses.keys->len, witnesses.f),
        };
      cosmic_witnesses_clear (&witnesses);
    }
  dpop_profile_device_id (profile, &own);
  places = cosmic_authority_witness_places (authority);
  list = g_array_new (FALSE, FALSE, sizeof (DpopCommandWitness));
  add_places (authority, places, TRUE, &own, list);
  add_places (authority, places, FALSE, &own, list);
  return list;
}

/* --- Offering, appointing, resigning. --------------------------------------------------------- */

/* The key that is there is offered again: one that was appointed once has kept its promises. */
static gboolean
offer (DpopProfile *profile, GError **error)
{
  CosmicId device, key;
  GVariant *body;

  if (dpop_profile_witness (profile) == NULL && !dpop_profile_make_witness (profile, &key, error))
    return FALSE;
  dpop_profile_device_id (profile, &device);
  body = cosmic_witness_offer_body (cosmic_log_party (dpop_profile_log (profile)), &device,
                                    dpop_profile_witness (profile));
  return dpop_profile_say (profile, NULL,
                           dpop_claim_new (COSMIC_KIND_WITNESS_OFFER, body, NULL, NULL), NULL,
                           error);
}

gboolean
dpop_command_witness_offer (DpopProfile *profile, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, offer (profile, error), error);
}

gboolean
dpop_command_witness_appoint (DpopProfile *profile, const GArray *devices, GError **error)
{
  return dpop_profile_say_alone (profile, NULL, dpop_member_command_appoint_witness (devices),
                                 NULL, error);
}

gboolean
dpop_command_witness_resign (DpopProfile *profile, const CosmicId *device, GError **error)
{
  CosmicId own;

  dpop_profile_device_id (profile, &own);
  return dpop_profile_say_alone (
      profile, NULL, dpop_member_command_resign_witness (device != NULL ? device : &own), NULL,
      error);
}
