/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-share.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* Keys on their way to computers: sealed one by one, under one root that the claim names which
 * brings them. The root is the RFC 6962 root of the envelopes' ids, ascending. [format]
 *
 * A unit's two keys go to those who may read there, together. Others may hold its body key too, but
 * nothing that they fold is under it. */
typedef struct
{
  DpopProfile *profile;
  GPtrArray *envelopes; /* of GBytes */
} DpopCommandShares;

void dpop_command_shares_init  (DpopCommandShares *self, DpopProfile *profile);
void dpop_command_shares_clear (DpopCommandShares *self);
void dpop_command_shares_root  (const DpopCommandShares *self, CosmicId *root);
/* Keeps them, to be handed on. */
gboolean dpop_command_shares_store (const DpopCommandShares *self, GError **error);

/* The keys of EPOCH of SCOPE, either NULL. */
gboolean dpop_command_shares_add (DpopCommandShares *self, const CosmicId *scope, guint32 epoch,
                                  CosmicScopeKey *body, CosmicScopeKey *personal,
                                  const CosmicId *seal, GError **error);

/* Everything that the keys at hand let MEMBER's computer with SEAL read: what is current, what was
 * before as the charter lets newcomers read it, all of it for a FURTHER computer of one's own. Of
 * SCOPES (of CosmicId; NULL: every one). */
gboolean dpop_command_shares_for (DpopCommandShares *self, const CosmicId *member,
                                  const CosmicId *seal, gboolean further, const GArray *scopes,
                                  GError **error);

/* A new epoch's keys, for each computer that is on by AUTHORITY and whose member HOLDS them. */
typedef gboolean (*DpopCommandHolds) (const CosmicState *authority, const CosmicId *member,
                                      const CosmicId *scope);
gboolean dpop_command_shares_epoch (DpopCommandShares *self, const CosmicState *authority,
                                    const CosmicId *scope, guint32 epoch, CosmicScopeKey *body,
                                    CosmicScopeKey *personal, DpopCommandHolds holds,
                                    GError **error);

/* Scopes whose personal keys MEMBER may hold now: of CosmicId, ascending. */
GArray *dpop_command_shares_held (const CosmicState *authority, const CosmicId *member);

/* After something changed for MEMBER: says, with the envelopes, the shares of what their computers
 * may read now and might not when they held BEFORE (NULL: nothing). As far as this computer may
 * itself. *GIVEN (may be NULL) tells how many. */
gboolean dpop_command_shares_complete (DpopProfile *profile, const CosmicId *member,
                                       const GArray *before, guint *given, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DpopCommandShares, dpop_command_shares_clear)

G_END_DECLS
