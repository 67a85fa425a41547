/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"
#include "dpop-standing.h"

G_BEGIN_DECLS

/* Who belongs to the organisation, in what state, to which units, with which roles: the kinds of
 * operation in the authority stream that say so. Bodies, all [format]; sets ascend, zero stands for
 * the party where a unit is asked for, and for "by hand" where an import is:
 *
 *   32 member-add      (ayaayyay)   member, units, state, import; personal: details
 *   33 member-details  (ayay)       member, import; personal: details
 *   34 member-state    (ayyy)       member, from, to
 *   35 member-remove   (ayqaay)     member, why, operations of theirs beyond the base that stay
 *   36 members-undo    (ay)         import
 *   37 role-grant      (ayqay)      member, role, unit
 *   38 role-revoke     (ayqay)      member, role, unit
 *   39 unit-add        (ayyayayay)  unit, kind, body key id, personal key id, shares root;
 *                                   personal: name
 *   40 unit-name       (ay)         unit; personal: name
 *   41 unit-assign     (ayayb)      member, unit, into it or out of it
 *   42 enact           (aytayay)    decision, height, outcome (dpop-outcome-export.h), proof
 *   43 witness-appoint (aay)        devices, each of which has offered
 *   44 witness-resign  (ay)         device, of the author's member
 *
 * Particulars are under the personal key of one of the member's units, or of the party when they
 * are in none; a unit's name is under the party's.
 *
 * What someone may do of their own (correct their particulars, leave, lay down a role), another who
 * may act for them says for them, as long as they have no computer. */
enum
{
  DPOP_KIND_MEMBER_ADD = 32,
  DPOP_KIND_MEMBER_DETAILS = 33,
  DPOP_KIND_MEMBER_STATE = 34,
  DPOP_KIND_MEMBER_REMOVE = 35,
  DPOP_KIND_MEMBERS_UNDO = 36,
  DPOP_KIND_ROLE_GRANT = 37,
  DPOP_KIND_ROLE_REVOKE = 38,
  DPOP_KIND_UNIT_ADD = 39,
  DPOP_KIND_UNIT_NAME = 40,
  DPOP_KIND_UNIT_ASSIGN = 41,
  DPOP_KIND_ENACT = 42,
  DPOP_KIND_WITNESS_APPOINT = 43,
  DPOP_KIND_WITNESS_RESIGN = 44,
};
#define DPOP_MEMBER_ADD_TYPE     "(ayaayyay)"
#define DPOP_MEMBER_DETAILS_TYPE "(ayay)"
#define DPOP_MEMBER_STATE_TYPE   "(ayyy)"
#define DPOP_MEMBER_REMOVE_TYPE  "(ayqaay)"
#define DPOP_MEMBERS_UNDO_TYPE   "(ay)"
#define DPOP_ROLE_TYPE           "(ayqay)"
#define DPOP_UNIT_ADD_TYPE       "(ayyayayay)"
#define DPOP_UNIT_NAME_TYPE      "(ay)"
#define DPOP_UNIT_ASSIGN_TYPE    "(ayayb)"
#define DPOP_ENACT_TYPE          "(aytayay)"
#define DPOP_WITNESS_APPOINT_TYPE "(aay)"
#define DPOP_WITNESS_RESIGN_TYPE  "(ay)"

/* Why someone goes. [format] */
typedef enum
{
  DPOP_REMOVAL_LEFT = 1, /* by their own word */
  DPOP_REMOVAL_EXPELLED,
  DPOP_REMOVAL_STRUCK,   /* dues not paid, cannot be reached */
  DPOP_REMOVAL_DIED,
  DPOP_REMOVAL_OTHER,
} DpopRemoval;
#define DPOP_REMOVAL_LAST DPOP_REMOVAL_OTHER

/* All of them, sorted by number, dpop_member_n_kinds long. */
extern const CosmicKind *const dpop_member_kinds[];
extern const guint dpop_member_n_kinds;

G_END_DECLS
