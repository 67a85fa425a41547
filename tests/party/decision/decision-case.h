/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-command.h"
#include "dpop-decision-query.h"
#include "dpop-reason.h"
#include "fixture-society.h"

/* One decision in a society. Everyone in VOTERS is a member with a computer; the first is the
 * founder, who is chair. */
typedef struct
{
  FixtureSociety society;
  FixtureStream stream;
  guint n_voters;
  FixtureMember *voters;
  CosmicId scope;
  CosmicId proposal;
  guint n_options;
  CosmicId options[DPOP_DECISION_OPTIONS_MAX];
} DecisionCase;

#define FOUNDER(self) (&(self)->voters[0])

/* The society with its voters, and the batch after them. */
void decision_case_init  (DecisionCase *self, guint n_voters);
void decision_case_clear (DecisionCase *self);
/* The next batch. */
void decision_case_next  (DecisionCase *self, gint64 ms);

/* The founder proposes; the stream is there afterwards. */
CosmicReason decision_case_propose (DecisionCase *self, guint rule, DpopBallotKind ballot,
                                    const DpopDecisionEffect *effect);
CosmicReason decision_case_propose_by (DecisionCase *self, const FixtureMember *author,
                                       const FixtureMember *speaker, guint rule,
                                       DpopBallotKind ballot, const DpopDecisionEffect *effect);
/* N options by the founder, into OPTIONS. */
void         decision_case_options (DecisionCase *self, guint n);
/* What an opening of all of it says. */
DpopDecisionCommandOpen decision_case_terms (DecisionCase *self, GArray **options, GArray **texts);
/* The founder opens it, to be closed by hand. */
CosmicReason decision_case_open    (DecisionCase *self, guint min_choices, guint max_choices,
                                    int default_option);
/* Proposed, with options, opened; all of it must act. A batch each. */
void         decision_case_start   (DecisionCase *self, guint rule, DpopBallotKind ballot,
                                    guint n_options);

DpopDecisionBallot decision_case_answer  (DpopAnswer answer);
/* "0,2" are choices, or ranks. */
DpopDecisionBallot decision_case_marks   (const char *marks);

CosmicReason decision_case_vote  (DecisionCase *self, const FixtureMember *voter,
                                  DpopDecisionBallot ballot);
CosmicReason decision_case_cast  (DecisionCase *self, const FixtureMember *author,
                                  const FixtureMember *voter, DpopDecisionBallot ballot,
                                  const CosmicId *replaces, guint n_replaces, CosmicId *id);
/* Yes, no, abstain, by the voters in turn. */
void         decision_case_answers (DecisionCase *self, guint yes, guint no, guint abstain);
CosmicReason decision_case_close (DecisionCase *self, const FixtureMember *author);
DpopDecisionOutcome *decision_case_outcome (DecisionCase *self);
/* The founder closes, the batch ends. */
DpopDecisionOutcome *decision_case_end   (DecisionCase *self);
DpopDecision *decision_case_query (DecisionCase *self, const FixtureMember *member);
