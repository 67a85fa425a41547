/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-view.h"

G_BEGIN_DECLS

/* What this computer's member can choose from when they propose, read in the engine's thread. */

typedef struct
{
  guint rule; /* its number in the charter */
  char *label;
  char *description; /* "": none */
  guint ballots;     /* a bit for each DpopBallotKind */
  gboolean revokes;  /* it can take an office from its holder */
} DpopProposeRule;

typedef struct
{
  CosmicId id; /* zero: the organisation as a whole */
  char *name;
  GPtrArray *rules; /* of DpopProposeRule: by which they may propose here */
} DpopProposePlace;

typedef struct
{
  guint16 role;
  CosmicId unit;
  CosmicId member;
  char *label; /* "Treasurer: Bert Baker" */
} DpopProposeOffice;

typedef struct
{
  GPtrArray *places;  /* of DpopProposePlace, those with rules only */
  GPtrArray *offices; /* of DpopProposeOffice: those that are held */
  DpopDecisionView *repeats; /* the stopped decision that is put again; NULL: none */
} DpopProposeChoices;

/* REPEATS may be NULL. */
DpopProposeChoices *dpop_propose_choices_new  (DpopProfile *profile, const CosmicId *repeats,
                                               GError **error);
void                dpop_propose_choices_free (DpopProposeChoices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopProposeChoices, dpop_propose_choices_free)

G_END_DECLS
