/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-query.h"
#include "dpop-practice-text-private.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* The invented members of a practice profile: who they are, the keys of their computers, and what
 * they are inclined to. All of it is derived from the profile's practice seed: nothing needs to be
 * stored. */

#define DPOP_PRACTICE_INVENTED 59

typedef struct
{
  guint number;
  CosmicId member;
  CosmicSecret *device; /* NULL: has no computer */
  CosmicId device_id;
  const DpopPracticeName *name;
} DpopPracticePerson;

typedef struct
{
  DpopProfile *profile;
  CosmicSecret *seed;
  CosmicId user; /* the member whose computer it is: nobody here speaks for them */
  guint n;
  DpopPracticePerson people[DPOP_PRACTICE_INVENTED];
} DpopPracticePeople;

/* N people, of whom OFFICERS at the beginning all have a computer. SEED is of 32 bytes. */
DpopPracticePeople *dpop_practice_people_new  (DpopProfile *profile, const guint8 *seed, guint n,
                                               guint officers);
/* Those of an open practice profile; DPOP_PROFILE_ERROR_INVALID for another. */
DpopPracticePeople *dpop_practice_people_load (DpopProfile *profile, GError **error);
/* Keeps SEED in the profile, within a transaction. */
gboolean            dpop_practice_people_keep (DpopProfile *profile, const guint8 *seed,
                                               GError **error);
void                dpop_practice_people_free (DpopPracticePeople *self);

/* NULL: none of the invented. */
const DpopPracticePerson *dpop_practice_people_find (const DpopPracticePeople *self,
                                                     const CosmicId *member);
/* Whether their computer may sign now. */
gboolean dpop_practice_people_signs (const DpopPracticePeople *self, const CosmicState *authority,
                                     const DpopPracticePerson *person);
/* Who of them may do ACTION in SCOPE to what is SUBJECT's (may be NULL), the first officers first;
 * NULL: nobody. */
const DpopPracticePerson *dpop_practice_people_able (const DpopPracticePeople *self,
                                                     const CosmicState *authority,
                                                     DpopAction action, const CosmicId *scope,
                                                     const CosmicId *subject);
/* Who enters what PERSON says who has no computer; NULL: nobody may. */
const DpopPracticePerson *dpop_practice_people_for (const DpopPracticePeople *self,
                                                    const CosmicState *authority,
                                                    const DpopPracticePerson *person);
/* To be freed. */
char *dpop_practice_people_name (const DpopPracticePerson *person);

/* --- Inclinations. ---------------------------------------------------------------------------- */

/* A number from 0 to 99 that is always the same for the same WHAT, A and B (either may be NULL). */
guint dpop_practice_people_draw (const DpopPracticePeople *self, const char *what,
                                 const CosmicId *a, const CosmicId *b);

/* Whether PERSON will vote in DECISION at all. */
gboolean dpop_practice_people_takes_part (const DpopPracticePeople *self,
                                          const DpopPracticePerson *person,
                                          const CosmicId *decision);
/* Of a hundred, how many would like it. */
guint dpop_practice_people_mood (const DpopPracticePeople *self, const CosmicId *decision);
DpopPracticeView dpop_practice_people_view (const DpopPracticePeople *self,
                                            const DpopPracticePerson *person,
                                            const CosmicId *decision);
/* What PERSON votes in DECISION, which is open; MOOD as above. */
void dpop_practice_people_ballot (const DpopPracticePeople *self, const DpopPracticePerson *person,
                                  const CosmicId *decision, const DpopDecision *state, guint mood,
                                  DpopDecisionBallot *ballot);

/* --- Chance. ---------------------------------------------------------------------------------- */

/* splitmix64 (Steele, Lea, Flood 2014): the same numbers everywhere, and no secret. */
typedef struct
{
  guint64 state;
} DpopPracticeDice;

/* For the state in which PROFILE is. */
gboolean dpop_practice_people_dice (const DpopPracticePeople *self, DpopPracticeDice *dice,
                                    GError **error);
guint    dpop_practice_people_roll (DpopPracticeDice *dice, guint below);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopPracticePeople, dpop_practice_people_free)

G_END_DECLS
