/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-operation.h"
#include "cosmic-reason.h"
#include "cosmic-state.h"

G_BEGIN_DECLS

typedef struct _CosmicFold CosmicFold;

/* Where a kind of operation may stand. */
typedef enum
{
  COSMIC_PLACE_AUTHORITY, /* in the authority stream only */
  COSMIC_PLACE_STREAM,    /* in any other stream */
  COSMIC_PLACE_OPENING,   /* the first of any other stream; its body's first field is the nonce */
} CosmicPlace;

typedef enum
{
  COSMIC_PERSONAL_NEVER,
  COSMIC_PERSONAL_MAY,
  COSMIC_PERSONAL_MUST,
} CosmicPersonal;

/* A kind of operation. CLASS orders it within a batch: 0 revocations, forks and enact, 1 other
 * authority, 2 the rest. SUBJECT is the index of the body's field that names whom it is about (an
 * `ay` member id, or a maybe of one), -1 where there is none: a member's erasure takes the personal
 * parts of all operations about them.
 *
 * BULK: nothing later rests on it (a vote, a comment), so that ten thousand of them stay side by
 * side; of all others, authors name the newest uncovered ones as parents.
 *
 * APPLY is pure and total: it reads and writes through the fold, and answers with a reason when the
 * claim has no effect; whatever it wrote before is then taken back. BODY is of BODY_TYPE, in normal
 * form; everything else about it is still to be checked. */
typedef struct
{
  guint16 number;
  const char *name;
  const char *body_type;
  CosmicPlace place;
  guint8 class;
  CosmicPersonal personal;
  gint subject;
  guint32 since; /* the rules version that brought it */
  gboolean bulk;
  CosmicReason (*apply) (CosmicFold *fold, GVariant *body);
} CosmicKind;

/* What cosmic asks the application above: may this member do that? */
typedef enum
{
  COSMIC_RIGHT_INVITE = 1,    /* register an invitation; SUBJECT is the member invited */
  COSMIC_RIGHT_ADD_DEVICE,    /* SUBJECT is whose */
  COSMIC_RIGHT_REMOVE_DEVICE, /* SUBJECT is whose */
  COSMIC_RIGHT_ROTATE,        /* SCOPE is which */
  COSMIC_RIGHT_ERASE,         /* what others wrote; SUBJECT is a member, or zero for single texts */
  COSMIC_RIGHT_RECOVER_DEVICE, /* be one of those who attach a device; SUBJECT is whose */
  COSMIC_RIGHT_KEEP_RECORDS,  /* offer a device as a witness; SUBJECT is whose */
} CosmicRight;

/* How a member who has lost every device gets another. */
typedef struct
{
  guint officers; /* how many must attach it together, 1 to COSMIC_SUPPORTERS_MAX */
  gint64 veto_ms; /* how long the member's other devices may object */
} CosmicRecovery;

typedef struct
{
  /* Whether the fold's author may, by the authority state of the fold. */
  gboolean (*may) (const CosmicFold *fold, CosmicRight right, const CosmicId *subject,
                   const CosmicId *scope);
  /* At genesis: validates the compiled CHARTER and writes the application's own first entries
   * (founder as a member with ROLES, an array of guint16). */
  CosmicReason (*found) (CosmicFold *fold, GBytes *charter, const CosmicId *founder,
                         const GArray *roles);
  /* Whether DEVICE of MEMBER holds the personal or the body key of SCOPE by this authority
   * state. */
  gboolean (*holds) (const CosmicState *authority, const CosmicId *member, const CosmicId *scope,
                     gboolean personal);
  /* How long an invitation may last at most, in ms; 0: as long as one likes. */
  gint64 (*invitation_ms) (const CosmicState *authority);
  /* FALSE when nobody may attach a device to MEMBER, such as one who has left. NULL: to nobody. */
  gboolean (*recovery) (const CosmicState *authority, const CosmicId *member,
                        CosmicRecovery *recovery);
  /* How many witnesses may fail where there are enough of them. NULL: it never changes. */
  guint32 (*witness_faults) (const CosmicState *authority);
  /* At the end of a batch, for each stream but authority's in which operations were folded or
   * whose deadline has come: closes and deadlines act. */
  void (*finish) (CosmicFold *fold);
} CosmicPolicy;

/* All kinds of a rules version with the policy. KINDS are sorted by number. */
typedef struct
{
  guint n_kinds;
  const CosmicKind *const *kinds;
  const CosmicPolicy *policy;
} CosmicRules;

const CosmicKind *cosmic_rules_kind (const CosmicRules *self, guint16 number);

/* What an apply function sees. In the authority stream STATE and AUTHORITY are the same. */
struct _CosmicFold
{
  const CosmicRules *rules;
  CosmicState *state;           /* of the stream in hand */
  CosmicState *exports;         /* what other streams may rely on, of the stream in hand */
  const CosmicState *authority; /* as at the batch's end */
  CosmicId party;
  CosmicId stream;
  guint64 height;     /* of the batch */
  gint64 time;        /* of the batch's checkpoint, ms; what decides */
  guint32 rules_version;
  gboolean tail;      /* not covered yet: on top of the last checkpoint, at its time */

  /* The operation in hand; NULL in finish(). TAKEN: its place in its log is covered already. */
  gboolean taken;
  const CosmicOperation *operation;
  CosmicId member; /* whose device signed it */

  /* The state tree root of the party's checkpoint at HEIGHT. FALSE when there is none. */
  gboolean (*root_at) (const CosmicFold *self, guint64 height, CosmicId *root);
  gpointer root_at_data;
};

/* When this stream's finish() must be called although nothing is folded in it: at the first batch
 * whose time is TIME or later. 0 takes the deadline back. */
void   cosmic_fold_set_deadline (CosmicFold *self, gint64 time);
gint64 cosmic_state_deadline    (const CosmicState *state);

/* An entry of another stream, shown by an inclusion proof against a certified root (what
 * cosmic-proof.h makes): TRUE when PROOF holds for exactly that stream, height, key and value. The
 * height must not be above the base of the operation in hand. */
gboolean cosmic_fold_check_export (const CosmicFold *self, const CosmicId *stream, guint64 height,
                                   const CosmicKey *key, GBytes *value, GBytes *proof);

/* Folds one operation of this party and stream, whose signature was verified: the checks that hold
 * for every kind, then the kind's own. BODY is what the header's envelope id names; NULL when it is
 * not at hand, which is right only where the header alone makes the claim void. A void operation
 * leaves its reason in the state, and nothing else. */
CosmicReason cosmic_fold_operation (CosmicFold *self, const CosmicOperation *operation,
                                    GBytes *body);

/* At the end of a batch, for the authority stream when operations were folded in it or its deadline
 * has come. */
void         cosmic_authority_finish (CosmicFold *fold);

/* Why OPERATION has no effect; COSMIC_REASON_NONE if it acts (or was never folded here). */
CosmicReason cosmic_state_verdict (const CosmicState *state, const CosmicId *operation);

/* --- What the authority state says. ------------------------------------------------------- */

typedef struct
{
  CosmicId member;
  CosmicId seal;      /* X25519 public key */
  guint64 since;      /* height of the batch that added it */
  gboolean off;
  guint64 off_height; /* of the batch that switched it off */
} CosmicDevice;

gboolean cosmic_authority_device     (const CosmicState *authority, const CosmicId *key,
                                      CosmicDevice *device);
/* Whether the member has a device that is not switched off. */
gboolean cosmic_authority_has_device (const CosmicState *authority, const CosmicId *member);
/* Keys of a member's devices, ascending, those switched off included. */
GArray  *cosmic_authority_devices_of (const CosmicState *authority, const CosmicId *member);
/* The compiled charter in force. NULL before genesis. */
GBytes  *cosmic_authority_charter    (const CosmicState *authority);
void     cosmic_authority_put_charter (CosmicState *authority, GBytes *charter);

/* For apply functions that remove a member: switches DEVICE off. Its cut is the frontier of the
 * removal's base, and of what it signed beyond that, the operations listed in KEPT. */
void     cosmic_authority_cut_device (CosmicFold *fold, const CosmicId *device, const GArray *kept);
/* For apply functions that make a unit: a new scope with its first two keys, both ids new. FALSE
 * when the scope or a key is there already. */
gboolean cosmic_authority_add_scope  (CosmicFold *fold, const CosmicId *scope,
                                      const CosmicId *body_key, const CosmicId *personal_key);
/* And the root of the shares of its keys, that the operation in hand brings with it. */
void     cosmic_authority_put_shares (CosmicFold *fold, const CosmicId *root);
/* The current key of a scope. */
gboolean cosmic_authority_scope_key  (const CosmicState *authority, const CosmicId *scope,
                                      gboolean personal, CosmicId *key, guint32 *epoch);
/* Whether a personal part enveloped with KEY belongs to SCOPE. */
gboolean cosmic_authority_key_of     (const CosmicState *authority, const CosmicId *key,
                                      CosmicId *scope, gboolean *personal);
/* Whether an erasure hides the personal part of OPERATION, about SUBJECT (zero: nobody), covered at
 * HEIGHT. */
gboolean cosmic_authority_erased     (const CosmicState *authority, const CosmicId *operation,
                                      const CosmicId *subject, guint64 height);

G_END_DECLS
