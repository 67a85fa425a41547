/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-change.h"

#include "dpop-member-entry-private.h"

DpopMemberChange
dpop_member_change_read (const CosmicKey *key, CosmicId *id)
{
  if (key->size != 1 + COSMIC_ID_SIZE
      || (key->bytes[0] != TAG_MEMBER && key->bytes[0] != TAG_UNIT))
    return DPOP_MEMBER_CHANGE_NONE;
  cosmic_key_id (key, 0, id);
  return key->bytes[0] == TAG_MEMBER ? DPOP_MEMBER_CHANGE_MEMBER : DPOP_MEMBER_CHANGE_UNIT;
}
