/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"

G_BEGIN_DECLS

/* The kinds of the authority stream that cosmic itself knows; the application adds its own from 32
 * on. Body types, all [format]:
 *
 *   1 genesis       (ayayayayuaqayayay)  charter, founder, seal key, witness key, f, roles,
 *                                        body key id, personal key id, shares root
 *   2 invitation    (ayayx)              seed's public key, member, expiry in ms
 *   3 device-add    (ayayaymayayayay)    member, device key, seal key, seed?, the request's
 *                                        signatures by device and by seed, shares root
 *   4 device-off    (ayqaay)             device, reason, operations kept
 *   5 rotation      (ayutayaymaymayay)   scope, epoch, height, body key id, personal key id,
 *                                        link to the body key before?, to the personal key?, root
 *   6 share         (ayuayay)            scope, epoch, device, share's envelope id
 *   7 equivocation  (ayay)               two header items with one author, stream and seq
 *   8 erase         (aayaayy)            header items, members, parts (1: personal)
 *   9 witness-offer (ayay)               witness key, its signature (cosmic_witness_offer_body)
 *  10 device-attach (ayayayay)           member, device key, seal key, the request's signature by
 *                                        device
 *  11 attach-support (ay)                device
 *  12 attach-veto   (ay)                 device */
enum
{
  COSMIC_KIND_GENESIS = 1,
  COSMIC_KIND_INVITATION = 2,
  COSMIC_KIND_DEVICE_ADD = 3,
  COSMIC_KIND_DEVICE_OFF = 4,
  COSMIC_KIND_ROTATION = 5,
  COSMIC_KIND_SHARE = 6,
  COSMIC_KIND_EQUIVOCATION = 7,
  COSMIC_KIND_ERASE = 8,
  COSMIC_KIND_WITNESS_OFFER = 9,
  COSMIC_KIND_DEVICE_ATTACH = 10,
  COSMIC_KIND_ATTACH_SUPPORT = 11,
  COSMIC_KIND_ATTACH_VETO = 12,
  COSMIC_KIND_APPLICATION = 32,
};
#define COSMIC_GENESIS_TYPE      "(ayayayayuaqayayay)"
#define COSMIC_INVITATION_TYPE   "(ayayx)"
#define COSMIC_DEVICE_ADD_TYPE   "(ayayaymayayayay)"
#define COSMIC_DEVICE_OFF_TYPE   "(ayqaay)"
#define COSMIC_ROTATION_TYPE     "(ayutayaymaymayay)"
#define COSMIC_SHARE_TYPE        "(ayuayay)"
#define COSMIC_EQUIVOCATION_TYPE "(ayay)"
#define COSMIC_ERASE_TYPE        "(aayaayy)"
#define COSMIC_WITNESS_OFFER_TYPE  "(ayay)"
#define COSMIC_DEVICE_ATTACH_TYPE  "(ayayayay)"
#define COSMIC_ATTACH_SUPPORT_TYPE "(ay)"
#define COSMIC_ATTACH_VETO_TYPE    "(ay)"

#define COSMIC_CHARTER_SIZE_MAX 32768
#define COSMIC_KEPT_MAX         1024 /* operations that one removal may keep */
#define COSMIC_ERASE_MAX        64   /* header items or members of one erasure */
#define COSMIC_SUPPORTERS_MAX   64   /* officers who attach one device */
#define COSMIC_APPOINTED_MAX    31   /* witnesses at a time */

/* All of them, sorted by number, cosmic_n_kinds long. */
extern const CosmicKind *const cosmic_kinds[];
extern const guint cosmic_n_kinds;

/* --- Making bodies. All return floating references. --------------------------------------- */

typedef struct
{
  GBytes *charter;
  CosmicId founder;
  CosmicId seal;
  CosmicId witness;
  guint32 f;
  const GArray *roles; /* of guint16 */
  CosmicId body_key;
  CosmicId personal_key;
  CosmicId shares;
} CosmicGenesis;

GVariant *cosmic_genesis_body (const CosmicGenesis *genesis);
gboolean  cosmic_genesis_read (GVariant *body, CosmicGenesis *genesis); /* charter to unref;
                                                                           roles are left NULL */
GVariant *cosmic_invitation_body (const CosmicId *seed, const CosmicId *member, gint64 expires);

/* What a newcomer's device asks for. Signed by the device, and by the invitation's seed where
 * there is one, over "dpop request 1" with its NUL, party, member, device, seal key and seed (zero
 * without one). */
typedef struct
{
  CosmicId member;
  CosmicId device;
  CosmicId seal;
  gboolean invited;
  CosmicId seed;
  guint8 device_signature[COSMIC_SIGN_SIZE];
  guint8 seed_signature[COSMIC_SIGN_SIZE];
} CosmicRequest;

/* Fills in DEVICE, SEED and the signatures. SEED_KEY is NULL without an invitation. */
void      cosmic_request_sign   (CosmicRequest *self, const CosmicId *party,
                                 const CosmicSecret *device_key, const CosmicSecret *seed_key);
gboolean  cosmic_request_verify (const CosmicRequest *self, const CosmicId *party);
GVariant *cosmic_device_add_body (const CosmicRequest *request, const CosmicId *shares);
GVariant *cosmic_device_off_body (const CosmicId *device, guint16 reason, const GArray *kept);
GVariant *cosmic_share_body      (const CosmicId *scope, guint32 epoch, const CosmicId *device,
                                  const CosmicId *share);
GVariant *cosmic_equivocation_body (const CosmicOperation *a, const CosmicOperation *b);
/* OPERATIONS holds CosmicOperation; either may be NULL. */
GVariant *cosmic_erase_body      (const GPtrArray *operations, const GArray *members);
/* A device for a member who has lost every one: REQUEST is without an invitation. */
GVariant *cosmic_device_attach_body  (const CosmicRequest *request);
GVariant *cosmic_attach_support_body (const CosmicId *device);
GVariant *cosmic_attach_veto_body    (const CosmicId *device);
/* DEVICE would be a witness with the key WITNESS, and shows that it has it: signed by that key over
 * "dpop witness 1" with its NUL, party and device. */
GVariant *cosmic_witness_offer_body (const CosmicId *party, const CosmicId *device,
                                     const CosmicSecret *witness);

typedef struct
{
  CosmicId scope;
  guint32 epoch;  /* the new one */
  guint64 height; /* at which its holders were read */
  CosmicId body_key;
  CosmicId personal_key;
  GBytes *body_link;     /* of COSMIC_LINK_SIZE, or NULL */
  GBytes *personal_link;
  CosmicId shares;
} CosmicRotation;

GVariant *cosmic_rotation_body (const CosmicRotation *rotation);
gboolean  cosmic_rotation_read (GVariant *body, CosmicRotation *rotation); /* links to unref */
void      cosmic_rotation_clear (CosmicRotation *rotation);

/* --- More of what the authority state says. ------------------------------------------------ */

/* F is what the charter said at the last change, or fewer where they are too few for it: for every
 * set there is a quorum (n >= 3f + 1). */
typedef struct
{
  guint32 f;
  GArray *keys; /* of CosmicId, ascending, at least one */
} CosmicWitnesses;

gboolean cosmic_authority_witnesses (const CosmicState *authority, CosmicWitnesses *witnesses);
void     cosmic_witnesses_clear     (CosmicWitnesses *self);

/* A device that is a witness, or has offered to be one. */
typedef struct
{
  CosmicId device;
  CosmicId key;
  gboolean appointed; /* FALSE: offered only */
  guint64 since;      /* height of the batch that appointed it; of the offer before that */
} CosmicWitnessPlace;

gboolean cosmic_authority_witness_place (const CosmicState *authority, const CosmicId *device,
                                         CosmicWitnessPlace *place);
/* All of them: (element-type CosmicWitnessPlace), ascending by device. */
GArray  *cosmic_authority_witness_places (const CosmicState *authority);
/* The key of a DEVICE that is appointed. */
gboolean cosmic_authority_witness_of     (const CosmicState *authority, const CosmicId *device,
                                          CosmicId *key);
/* Whose key it is, appointed or offered. */
gboolean cosmic_authority_witness_device (const CosmicState *authority, const CosmicId *key,
                                          CosmicId *device);

/* For apply functions that have asked whether it may be. A device that is switched off is appointed
 * by nobody, but one that was appointed before stays a witness: they fall one by one, by the
 * application's rules. NO_SUCH_SUBJECT without an offer or an appointment; LAST_ONE when no witness
 * would be left. */
CosmicReason cosmic_authority_appoint_witness (CosmicFold *fold, const CosmicId *device);
CosmicReason cosmic_authority_dismiss_witness (CosmicFold *fold, const CosmicId *device);

typedef struct
{
  CosmicId member;
  gint64 expires;
  gboolean used;
} CosmicInvitation;

gboolean cosmic_authority_invitation (const CosmicState *authority, const CosmicId *seed,
                                      CosmicInvitation *invitation);
/* A device that officers would attach to a member who has lost every one. */
typedef struct
{
  CosmicId device;
  CosmicId member;
  CosmicId seal;
  guint supporters;
  gint64 due;       /* ms: the time of a checkpoint at which it is attached and the member's other
                       devices are cut; 0: too few support it, or it was stopped */
  gboolean stopped; /* by a device of old */
} CosmicAttachment;

/* *SUPPORTERS (may be NULL; to unref) is set to the members who support it, ascending. */
gboolean cosmic_authority_attachment (const CosmicState *authority, const CosmicId *device,
                                      CosmicAttachment *attachment, GArray **supporters);
/* All of them, those that were stopped included: (element-type CosmicAttachment), ascending by
 * device. */
GArray  *cosmic_authority_attachments (const CosmicState *authority);

/* Every scope, ascending: the party's own first. Array of CosmicId. */
GArray  *cosmic_authority_scopes     (const CosmicState *authority);
/* Every device that is on, ascending by key; every one that is off. */
GArray  *cosmic_authority_devices    (const CosmicState *authority);
GArray  *cosmic_authority_devices_off (const CosmicState *authority);

/* What a key of a scope is for, and when: SINCE and UNTIL are the heights of the batches that
 * brought and superseded it. */
typedef struct
{
  CosmicId scope;
  gboolean personal;
  guint32 epoch;
  guint64 since;
  guint64 until; /* 0: it is current */
} CosmicKeyPlace;

/* FALSE when KEY is none of the party's. */
gboolean cosmic_authority_key_place  (const CosmicState *authority, const CosmicId *key,
                                      CosmicKeyPlace *place);
/* Whether LOG of AUTHOR in STREAM is frozen. */
gboolean cosmic_authority_frozen     (const CosmicState *authority, const CosmicId *author,
                                      const CosmicId *stream);
/* A member's erasure reaches up to which height? 0: none. */
guint64  cosmic_authority_erased_member (const CosmicState *authority, const CosmicId *member);

G_END_DECLS
