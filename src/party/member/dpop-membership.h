/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"
#include "dpop-standing.h"

G_BEGIN_DECLS

/* May someone do that? The charter's answer for members as they stand in the authority state. What
 * every fold asks, here and in other streams. */

/* The charter in force; NULL before founding. The caller unrefs. */
DpopCharter *dpop_membership_charter (const CosmicState *authority);
/* A compiled charter read; fast for the one that was read last. NULL for what is none. */
DpopCharter *dpop_membership_read_charter (GBytes *compiled);

/* How MEMBER stands now; FALSE when there is no such member. */
gboolean dpop_membership_standing (const CosmicState *authority, const CosmicId *member,
                                   DpopStanding *standing);

/* Whether MEMBER may do ACTION in SCOPE (NULL or zero: the party, else a unit). SUBJECT (may be
 * NULL) is whose matter it is: the member concerned, who wrote the proposal in hand. With it, what
 * is permitted for one's own counts when MEMBER is that subject. Not for moves and roles, which
 * name more. */
gboolean dpop_membership_lets (const CosmicState *authority, const CosmicId *member,
                               DpopAction action, const CosmicId *scope, const CosmicId *subject);

/* The same for the author of the operation in hand. */
gboolean dpop_membership_may (const CosmicFold *fold, DpopAction action, const CosmicId *scope,
                              const CosmicId *subject);

/* Whether the author of the operation in hand may speak for NAMED: as themself, or for a member
 * without a computer, as the charter permits. NO_SUCH_SUBJECT, NOT_ALLOWED or HAS_DEVICE when not.
 * What NAMED may do is asked apart. */
CosmicReason dpop_membership_acts_for (const CosmicFold *fold, const CosmicId *named);

/* Both in one: the author may speak for SPEAKER (NULL or zero: themself), and SPEAKER may do ACTION
 * in SCOPE to what is SUBJECT's. */
CosmicReason dpop_membership_check (const CosmicFold *fold, const CosmicId *speaker,
                                    DpopAction action, const CosmicId *scope,
                                    const CosmicId *subject);

/* What is done about a MEMBER, who stands as ABOUT: whether the author may do ACTION where they
 * belong. TARGET is what the action asks for besides (role, from, to); its unit counts for roles
 * alone. */
gboolean     dpop_membership_may_about (const CosmicFold *fold, DpopAction action,
                                        const DpopCharterTarget *target, const CosmicId *member,
                                        const DpopStanding *about);
/* Whether it may be the member's own word: said by themself, or entered for them. */
CosmicReason dpop_membership_own_word  (const CosmicFold *fold, DpopAction action,
                                        const DpopCharterTarget *target, const CosmicId *member,
                                        const DpopStanding *about);
/* One or the other. */
CosmicReason dpop_membership_about     (const CosmicFold *fold, DpopAction action,
                                        const DpopCharterTarget *target, const CosmicId *member,
                                        const DpopStanding *about);

/* Whether nobody would be left who can give some role, if MEMBER, who could until now, stood as
 * AFTER. Only members with a computer are counted. */
gboolean dpop_membership_is_last (const CosmicState *authority, const CosmicId *member,
                                  const DpopStanding *before, const DpopStanding *after);

/* Whether a computer of MEMBER, switched on or off, is a witness. */
gboolean dpop_membership_is_witness (const CosmicState *authority, const CosmicId *member);

G_END_DECLS
