/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-claim.h"
#include "dpop-member-details.h"
#include "dpop-member.h"

G_BEGIN_DECLS

/* What people say about members, units and offices, made into claims. Nothing is asked here of who
 * may: a dry run of the fold tells that, and the fold decides. IMPORT is NULL for what is entered
 * by hand; UNIT is NULL for the party; IDS are of CosmicId, in any order, NULL for none. */

/* MEMBER is a new random id. STATE is any but FORMER. */
DpopClaim *dpop_member_command_add     (const CosmicId *member, const GArray *units,
                                        DpopMemberState state, const CosmicId *import,
                                        const DpopMemberDetails *details);
/* AUTHORITY tells for whose eyes they are: after a member has changed units, the same particulars
 * are entered again for the new one. */
DpopClaim *dpop_member_command_details (const CosmicState *authority, const CosmicId *member,
                                        const CosmicId *import, const DpopMemberDetails *details);
/* TO is any but FORMER. */
DpopClaim *dpop_member_command_state   (const CosmicId *member, DpopMemberState from,
                                        DpopMemberState to);
/* KEPT are operations of theirs beyond the author's base that stay: what the author has seen of
 * them until now. All else that they sign and that is not yet covered is dead. */
DpopClaim *dpop_member_command_remove  (const CosmicId *member, DpopRemoval why,
                                        const GArray *kept);
DpopClaim *dpop_member_command_undo    (const CosmicId *import);

DpopClaim *dpop_member_command_grant   (const CosmicId *member, guint16 role,
                                        const CosmicId *unit);
DpopClaim *dpop_member_command_revoke  (const CosmicId *member, guint16 role,
                                        const CosmicId *unit);

/* UNIT and both keys have new random ids; SHARES is the root of the shares of the keys. */
DpopClaim *dpop_member_command_add_unit    (const CosmicId *unit, guint8 kind,
                                            const CosmicId *body_key,
                                            const CosmicId *personal_key, const CosmicId *shares,
                                            const char *name);
DpopClaim *dpop_member_command_name_unit   (const CosmicId *unit, const char *name);
DpopClaim *dpop_member_command_assign_unit (const CosmicId *member, const CosmicId *unit,
                                            gboolean into);

/* DEVICES each have offered to keep records; DEVICE, the speaker's own, keeps them. */
DpopClaim *dpop_member_command_appoint_witness (const GArray *devices);
DpopClaim *dpop_member_command_resign_witness  (const CosmicId *device);

/* OUTCOME is what DECISION exported, PROOF shows it in the party's state at HEIGHT. */
DpopClaim *dpop_member_command_enact   (const CosmicId *decision, guint64 height, GBytes *outcome,
                                        GBytes *proof);

G_END_DECLS
