/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-change.h"

#include "cosmic-authority-private.h"

#define TAG_PERSONAL 0x00

CosmicKey
cosmic_change_personal_key (const CosmicId *operation)
{
  return cosmic_key (TAG_PERSONAL, operation, NULL);
}

static CosmicChange
of_authority (guint8 tag)
{
  switch (tag)
    {
    case TAG_DEVICE:
      return COSMIC_CHANGE_DEVICE;
    case TAG_DEVICE_OF:
      return COSMIC_CHANGE_DEVICE_OF;
    case TAG_ERASED:
      return COSMIC_CHANGE_ERASED;
    case TAG_ERASED_MEMBER:
      return COSMIC_CHANGE_ERASED_MEMBER;
    case TAG_CHARTER:
      return COSMIC_CHANGE_CHARTER;
    default:
      return COSMIC_CHANGE_OTHER;
    }
}

CosmicChange
cosmic_change_read (const CosmicKey *key, gboolean authority, CosmicId *id)
{
  CosmicChange change = COSMIC_CHANGE_OTHER;

  *id = cosmic_id_zero;
  if (key->size == 0)
    return COSMIC_CHANGE_OTHER;
  if (key->bytes[0] == TAG_PERSONAL)
    change = COSMIC_CHANGE_PERSONAL;
  else if (key->bytes[0] == TAG_VERDICT)
    change = COSMIC_CHANGE_VERDICT;
  else if (authority)
    change = of_authority (key->bytes[0]);
  if (change == COSMIC_CHANGE_OTHER || change == COSMIC_CHANGE_CHARTER)
    return change;
  if (key->size < 1 + COSMIC_ID_SIZE)
    return COSMIC_CHANGE_OTHER;
  cosmic_key_id (key, 0, id);
  return change;
}

static gboolean
take_verdict (const CosmicKey *key, GBytes *value, gpointer data)
{
  CosmicId id;

  if (key->size == 1 + COSMIC_ID_SIZE)
    {
      cosmic_key_id (key, 0, &id);
      g_array_append_val ((GArray *) data, id);
    }
  return TRUE;
}

GArray *
cosmic_change_verdicts (const CosmicState *state)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  cosmic_state_each (state, cosmic_key (TAG_VERDICT, NULL, NULL), take_verdict, ids);
  return ids;
}
