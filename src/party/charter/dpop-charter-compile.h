/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter.h"
#include "dpop-charter-check.h"

G_BEGIN_DECLS

/* The compiled form of a charter, as the log carries it. [format]
 *
 *   y            version of this form: 1
 *   a(yt)        what every member may do: (reach, actions)
 *   a(ybta(yt))  roles: scope, office, given by, (reach, actions)
 *   t            the founder's roles
 *   ab           unit kinds: whether newcomers read what was before
 *   (yyyy)       flags of applicants, members, suspended, former members
 *   a(yyyt)      moves: (from, to, reach, roles)
 *   (yy)         witnesses: f, n
 *   (uu)         days kept: votes' bodies, personal data
 *   (yq)         recovery: officers, days of veto
 *   b            whether newcomers read what the party wrote before
 *   x            longest invitation, ms
 *   a(…)         decision rules: q ballots, (uuby) majority: num, den, strict, base,
 *                (uubu) quorum: num, den, strict, minimum, q seats, (yyu) ranking: method,
 *                default option, default quorum, (xxx) ms: least discussion, shortest, longest
 *                opening, y scope, q effects
 *
 * Sets are bit masks, bit n for number n. Maps ascend strictly by their leading numbers and hold no
 * empty set. One charter has one encoding, in GVariant's normal form, little endian. */
#define DPOP_CHARTER_TYPE                                                                          \
  "(ya(yt)a(ybta(yt))tab(yyyy)a(yyyt)(yy)(uu)(yq)bxa(q(uuby)(uubu)q(yyu)(xxx)yq))"
#define DPOP_CHARTER_COMPILED_MAX (32 * 1024)

/* SELF must be in range. The variant is floating and in the machine's byte order, to be put into a
 * larger one; the bytes are little endian. */
GBytes *dpop_charter_compile (const DpopCharter *self);
GVariant *dpop_charter_compile_variant (const DpopCharter *self);

/* NULL, and WHY (may be NULL), for what is no charter: from a variant of any type in the machine's
 * byte order that was checked to be in normal form (as a part of a larger one is), or from bytes of
 * any origin. */
DpopCharter *dpop_charter_from_variant (GVariant *variant, DpopCharterFinding *why);
DpopCharter *dpop_charter_from_bytes (GBytes *bytes, DpopCharterFinding *why);

G_END_DECLS
