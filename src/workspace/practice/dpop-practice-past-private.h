/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-practice-act-private.h"
#include "dpop-practice.h"

G_BEGIN_DECLS

/* The past of an invented organisation: told in order, by a clock that is moved on. */

#define DPOP_PRACTICE_PAST_MS (G_GINT64_CONSTANT (75 * 86400) * 1000)

/* The same rules without waiting times. The caller unrefs. */
DpopCharter *dpop_practice_past_hasten (const DpopCharter *charter);

/* All that happened from the founding on. NOW is the profile's clock, and stands at END (ms) when
 * this returns. */
gboolean dpop_practice_past_live (DpopPracticePeople *people, gint64 *now, gint64 end,
                                  DpopPracticeMakeResult *result, GError **error);

/* Takes PERSON in, as a member of UNIT (NULL: of none), entered by the computer SIGNER (NULL: this
 * one), with their computer if they have one. Within a transaction. */
gboolean dpop_practice_past_enrol (DpopPracticePeople *people, const CosmicSecret *signer,
                                   const DpopPracticePerson *person, const CosmicId *unit,
                                   GError **error);

G_END_DECLS
