/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log.h"
#include "dpop-claim.h"
#include "dpop-database.h"
#include "dpop-vault.h"

G_BEGIN_DECLS

/* An organisation on one computer, open: the vault, the database in it, the log over that, and this
 * computer's own keys. Everything that changes goes through here: begin, say or take in, commit.
 * One thread. */
typedef struct _DpopProfile DpopProfile;

#define DPOP_PROFILE_ERROR (dpop_profile_error_quark ())
GQuark dpop_profile_error_quark (void);

typedef enum
{
  DPOP_PROFILE_ERROR_REFUSED,     /* a rule does not allow it; dpop_profile_error_reason() */
  DPOP_PROFILE_ERROR_INVALID,     /* what was given cannot be used; nothing was changed */
  DPOP_PROFILE_ERROR_NOT_FOUND,   /* what was named is not there */
  DPOP_PROFILE_ERROR_NOT_A_MEMBER, /* this profile belongs to no organisation (yet) */
  DPOP_PROFILE_ERROR_NOT_READABLE, /* not meant for this computer's eyes */
} DpopProfileError;

typedef struct
{
  DpopRandom random;
  DpopClock clock;
} DpopProfileEffects;

/* EFFECTS NULL: the system's. The folder must hold no profile yet. */
DpopProfile *dpop_profile_create (const char *folder, const CosmicSecret *passphrase,
                                  CosmicPasswordCost cost, const DpopProfileEffects *effects,
                                  GError **error);
DpopProfile *dpop_profile_open   (const char *folder, const CosmicSecret *passphrase,
                                  const DpopProfileEffects *effects, GError **error);
void         dpop_profile_free   (DpopProfile *self);

/* All borrowed. */
CosmicLog    *dpop_profile_log      (DpopProfile *self);
DpopDatabase *dpop_profile_database (DpopProfile *self);
DpopVault    *dpop_profile_vault    (DpopProfile *self);
DpopRandom    dpop_profile_random   (const DpopProfile *self);
DpopClock     dpop_profile_clock    (const DpopProfile *self);

/* --- Whose computer this is. ------------------------------------------------------------------ */

/* This computer's keys: made with the profile, never leaving it. */
const CosmicSecret *dpop_profile_device  (const DpopProfile *self);
const CosmicSecret *dpop_profile_seal    (const DpopProfile *self);
void                dpop_profile_device_id (const DpopProfile *self, CosmicId *id);
void                dpop_profile_seal_id   (const DpopProfile *self, CosmicId *id);
/* The record keeper's key; NULL where this computer is none. */
const CosmicSecret *dpop_profile_witness (const DpopProfile *self);
/* Makes one, inside a transaction. */
gboolean dpop_profile_make_witness (DpopProfile *self, CosmicId *key, GError **error);
gboolean dpop_profile_is_witness   (DpopProfile *self);
/* Whether it is the only one whose word the next confirmation needs. */
gboolean dpop_profile_confirms_alone (DpopProfile *self);

/* The member whose computer it is. DPOP_PROFILE_ERROR_NOT_A_MEMBER before it is one. */
gboolean dpop_profile_own_member (DpopProfile *self, CosmicId *member, GError **error);

/* --- Changing. -------------------------------------------------------------------------------- */

/* Between these, everything is one transaction; commit brings the read model up to date first, and
 * is durable when it answers. After a failed commit nothing was changed. */
gboolean dpop_profile_begin    (DpopProfile *self, GError **error);
gboolean dpop_profile_commit   (DpopProfile *self, GError **error);
void     dpop_profile_rollback (DpopProfile *self);

/* Brings the read model up to date within the transaction, without ending it: for long imports that
 * commit in pieces. */
gboolean dpop_profile_project  (DpopProfile *self, GError **error);

/* What keeps the read model: called in commit with the changed keys (CosmicLogChange, ascending),
 * within the transaction. One, set once. */
typedef gboolean (*DpopProfileProjector) (DpopProfile *self, const GArray *changes, gpointer data,
                                          GError **error);
void dpop_profile_set_projector (DpopProfile *self, DpopProfileProjector projector, gpointer data,
                                 GDestroyNotify destroy);
gboolean dpop_profile_has_projector (const DpopProfile *self);

/* Signs CLAIM (taken) in STREAM (NULL: the authority stream) with this computer's key, inside a
 * transaction. If a rule does not allow it, DPOP_PROFILE_ERROR_REFUSED says why in words, and
 * nothing is stored. ID (may be NULL) is set to the operation's. */
gboolean dpop_profile_say (DpopProfile *self, const CosmicId *stream, DpopClaim *claim,
                           CosmicId *id, GError **error);
/* The same in a transaction of its own. */
gboolean dpop_profile_say_alone (DpopProfile *self, const CosmicId *stream, DpopClaim *claim,
                                 CosmicId *id, GError **error);
/* Says it with another key than this computer's: for members simulated in tests, generators, and
 * the demonstration, whose key sets are in memory. */
gboolean dpop_profile_say_with (DpopProfile *self, const CosmicSecret *device,
                                const CosmicId *stream, DpopClaim *claim, CosmicId *id,
                                GError **error);

/* Whether CLAIM (taken) would have effect if this computer said it now: *REASON is 0, or why not.
 * Nothing is stored; needs no transaction. FALSE with ERROR when it could not be tried, which is a
 * COSMIC_LOG_ERROR where something is in the way that no rule knows of, such as a key that is not
 * at hand. */
gboolean dpop_profile_try (DpopProfile *self, const CosmicId *stream, DpopClaim *claim,
                           CosmicReason *reason, GError **error);

/* Confirms all that is open, if this computer is the only record keeper: inside a transaction.
 * *COVERED (may be NULL) tells how many entries. Without anything open nothing happens. */
gboolean dpop_profile_confirm (DpopProfile *self, guint *covered, GError **error);

/* Sets DPOP_PROFILE_ERROR_REFUSED with the sentence for REASON; always FALSE. */
gboolean dpop_profile_refuse (GError **error, CosmicReason reason);
/* The reason within such an error; 0 for others. */
CosmicReason dpop_profile_error_reason (const GError *error);

/* --- Reading. --------------------------------------------------------------------------------- */

/* The state of a stream (NULL: authority), what is not confirmed yet included. */
const CosmicState *dpop_profile_state (DpopProfile *self, const CosmicId *stream, GError **error);

/* The content of an operation's personal part, of TYPE; NULL when it was erased (*ERASED) or is not
 * readable here. */
GVariant *dpop_profile_personal (DpopProfile *self, const CosmicId *operation, const char *type,
                                 gboolean *erased);

/* Settings of this computer alone. */
gboolean dpop_profile_put_setting (DpopProfile *self, const char *name, GBytes *value,
                                   GError **error);
GBytes  *dpop_profile_get_setting (DpopProfile *self, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopProfile, dpop_profile_free)

G_END_DECLS
