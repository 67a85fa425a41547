/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision.h"
#include "dpop-names.h"

G_BEGIN_DECLS

/* Why a decision was stopped. Its state tells only that it was; this is read from the entry. */
typedef struct
{
  CosmicId operation;
  char *speaker_name;
  DpopStopReason reason; /* 0: it cannot be read here */
  char *text;            /* what was said about it; NULL: nothing, or not readable */
} DpopDecisionStop;

/* NULL without error where no entry that stops it is here. */
DpopDecisionStop *dpop_decision_stop_new  (DpopProfile *profile, const DpopNames *names,
                                           const CosmicId *decision, GError **error);
void              dpop_decision_stop_free (DpopDecisionStop *self);

/* "Anna Archer stopped it: the question was put wrongly."; the caller frees. */
char *dpop_decision_stop_words (const DpopDecisionStop *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDecisionStop, dpop_decision_stop_free)

G_END_DECLS
