/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-authority.h"

G_BEGIN_DECLS

/* Where things stand in a state. [format] */
enum
{
  /* of every stream */
  TAG_VERDICT = 0x01,  /* operation -> q: why it has no effect */
  TAG_DEADLINE = 0x02, /* -> x: ms */
  TAG_OPENED = 0x03,   /* -> ay: the operation that opened the stream */
  /* of the authority stream */
  TAG_DEVICE = 0x10,         /* device key -> (ayaytbt) */
  TAG_DEVICE_OF = 0x11,      /* member, device key -> y */
  TAG_KEY = 0x12,            /* key id -> (aybutt): scope, personal, epoch, since, until */
  TAG_SCOPE = 0x13,          /* scope -> (uayayt): epoch, body key, personal key, since */
  TAG_KEPT = 0x14,           /* device key, operation -> y: within the cut of its removal */
  TAG_FROZEN = 0x15,         /* author, stream -> t: height from which the log is dead */
  TAG_ERASED = 0x16,         /* operation -> y: which parts */
  TAG_ERASED_MEMBER = 0x17,  /* member -> t: height up to which */
  TAG_INVITATION = 0x18,     /* seed's public key -> (ayxb): member, expiry, used */
  TAG_WITNESSES = 0x19,      /* -> (uaay): f by the charter, keys ascending */
  TAG_CHARTER = 0x1a,        /* -> ay */
  TAG_SHARES = 0x1b,         /* operation -> ay: the root of the shares it brought */
  TAG_WITNESS = 0x1c,        /* device key -> (aybt): witness key, appointed, since */
  TAG_WITNESS_DEVICE = 0x1d, /* witness key -> ay: device key */
  TAG_ATTACH = 0x1e,         /* device key -> (ayayxbaay): member, seal key, due in ms, stopped,
                                who supports it, ascending */
};

extern const CosmicKind cosmic_kind_genesis, cosmic_kind_invitation, cosmic_kind_device_add,
    cosmic_kind_device_off, cosmic_kind_rotation, cosmic_kind_share, cosmic_kind_equivocation,
    cosmic_kind_erase, cosmic_kind_device_attach, cosmic_kind_attach_support,
    cosmic_kind_attach_veto, cosmic_kind_witness_offer;

gboolean cosmic_fold_may (const CosmicFold *fold, CosmicRight right, const CosmicId *subject,
                          const CosmicId *scope);
void cosmic_authority_put_device (CosmicState *authority, const CosmicId *key,
                                  const CosmicDevice *device);
/* The founder's device is the first witness. */
void cosmic_authority_found_witness (CosmicState *authority, const CosmicId *device,
                                     const CosmicId *key, guint32 f, guint64 height);
/* An offer of DEVICE that was not taken up ends. */
void cosmic_authority_drop_offer (CosmicState *authority, const CosmicId *device);
/* Whether KEY is of that sort and of SCOPE (NULL: of any), and not superseded at BASE. */
gboolean cosmic_authority_key_current (const CosmicState *authority, const CosmicId *key,
                                       guint64 base, const CosmicId *scope, gboolean personal);

G_END_DECLS
