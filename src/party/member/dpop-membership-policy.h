/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"
#include "dpop-charter.h"

G_BEGIN_DECLS

/* What cosmic asks of the organisation; the members of a CosmicPolicy but for its finish. */

gboolean     dpop_membership_policy_may   (const CosmicFold *fold, CosmicRight right,
                                           const CosmicId *subject, const CosmicId *scope);

/* ROLES must be those that the charter gives its founder, ascending. */
CosmicReason dpop_membership_policy_found (CosmicFold *fold, GBytes *charter,
                                           const CosmicId *founder, const GArray *roles);

/* As the charter says. */
gint64       dpop_membership_policy_invitation_ms (const CosmicState *authority);
/* To nobody who has left. */
gboolean     dpop_membership_policy_recovery (const CosmicState *authority,
                                              const CosmicId *member, CosmicRecovery *recovery);

/* The party's two keys are held by members, by those suspended, and by applicants whom the charter
 * lets take part. The body key of a unit is theirs too: what is decided anywhere can be checked
 * everywhere. The personal key of a unit is held by who belongs to it and by who may read there. */
gboolean     dpop_membership_policy_holds (const CosmicState *authority, const CosmicId *member,
                                           const CosmicId *scope, gboolean personal);

/* Whether members in STATE hold the party's keys. */
gboolean     dpop_membership_policy_takes_part (const DpopCharter *charter, DpopMemberState state);

/* Whether MEMBER holds that key, or held it at any time since the end of the batch at SINCE: who
 * must be locked out by new keys once they hold it no longer. */
gboolean     dpop_membership_policy_held  (const CosmicState *authority, const CosmicId *member,
                                           const CosmicId *scope, gboolean personal,
                                           guint64 since);

/* How many record keepers may fail, by the charter in force. */
guint32      dpop_membership_policy_witness_faults (const CosmicState *authority);

G_END_DECLS
