/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-count.h"

G_BEGIN_DECLS

/* Choosing: one option of several (plurality), or several (approval); the most votes win. An exact
 * tie is reported as a tie: chance and order of listing decide nothing. A majority may be asked
 * for on top: then nobody is elected with less. */

/* A set of options: bit i is option i. */
typedef guint64 DpopCountOptions;
G_STATIC_ASSERT (DPOP_COUNT_MAX_OPTIONS <= 64);

/* {one of N, one seat} is {N, 1, 1, 1}. A ballot that chooses nothing abstains, whatever
 * MIN_CHOICES says. A majority of zero share asks for none; BASE_YES_NO are the ballots that
 * choose something. An option without a vote is never elected. */
typedef struct
{
  guint n_options;
  guint min_choices; /* 1 to max_choices */
  guint max_choices; /* up to n_options */
  guint seats;       /* 1 to n_options */
  DpopCountThreshold majority;
  DpopCountBase base;
  DpopCountQuorum quorum;
} DpopCountChoiceRule;

typedef struct
{
  DpopCountTurnout turnout;
  guint64 choosing; /* ballots that choose something */
  guint64 abstain;
  guint64 blank;    /* nothing valid on it */
  guint64 votes[DPOP_COUNT_MAX_OPTIONS];
} DpopCountChoiceFigures;

typedef enum
{
  DPOP_COUNT_CHOICE_NO_QUORUM,
  DPOP_COUNT_CHOICE_NO_DECISION, /* no option has the votes that are asked for */
  DPOP_COUNT_CHOICE_TIED,        /* seats stay open, because more options are equal than seats
                                  * are left */
  DPOP_COUNT_CHOICE_INCOMPLETE,  /* fewer options have the votes that are asked for than there
                                  * are seats */
  DPOP_COUNT_CHOICE_DECIDED,     /* every seat is filled */
} DpopCountChoiceOutcome;

typedef struct
{
  DpopCountChoiceOutcome outcome;
  DpopCountChoiceRule rule;
  DpopCountChoiceFigures figures;
  guint64 cast;             /* choosing and abstaining */
  DpopCountOptions elected;
  DpopCountOptions tied;    /* equal for the seats left */
  guint seats_left;
  guint order[DPOP_COUNT_MAX_OPTIONS]; /* the options by votes, equal ones as they are listed */
  guint place[DPOP_COUNT_MAX_OPTIONS]; /* by option; equal votes share one: 1, 2, 2, 4 */
  GArray *reasons; /* of DpopCountReason: quorum, then the majority of each option in ORDER if one
                    * is asked for, then a tie */
} DpopCountChoice;

/* DPOP_COUNT_FAULT_NONE, _NO_OPTIONS, _TOO_MANY_OPTIONS, _RULE. */
DpopCountFault dpop_count_choice_rule_check   (const DpopCountChoiceRule *rule);
/* One ballot: DPOP_COUNT_FAULT_NONE, _UNKNOWN_OPTION, _TOO_FEW_CHOICES, _TOO_MANY_CHOICES. */
DpopCountFault dpop_count_choice_ballot_check (const DpopCountChoiceRule *rule,
                                               DpopCountOptions chosen);
/* Adds COUNT equal ballots to FIGURES (turnout and blanks are the caller's). Nothing is added
 * unless DPOP_COUNT_FAULT_NONE comes back: the faults above, _NO_WEIGHT, _TOO_MANY_VOTES. */
DpopCountFault dpop_count_choice_add          (const DpopCountChoiceRule *rule,
                                               DpopCountChoiceFigures *figures,
                                               DpopCountOptions chosen, guint64 count);
/* Whether ballots that keep the rule can have added up to FIGURES: DPOP_COUNT_FAULT_NONE,
 * _FIGURES, _TOO_MANY_VOTES. */
DpopCountFault dpop_count_choice_figures_check (const DpopCountChoiceRule *rule,
                                                const DpopCountChoiceFigures *figures);

/* NULL, with FAULT, when a check finds one. FAULT may be NULL. */
DpopCountChoice *dpop_count_choice_new  (const DpopCountChoiceRule *rule,
                                         const DpopCountChoiceFigures *figures,
                                         DpopCountFault *fault);
void             dpop_count_choice_free (DpopCountChoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopCountChoice, dpop_count_choice_free)

static inline gboolean
dpop_count_options_has (DpopCountOptions options, guint option)
{
  return option < 64 && (options >> option & 1) != 0;
}

G_END_DECLS
