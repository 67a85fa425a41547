/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-count-ballot.h"
#include "dpop-count-choice.h"

G_BEGIN_DECLS

/* Markus Schulze's method for ranked ballots ("The Schulze Method of Voting", arXiv:1804.02973,
 * section 2). Ballots are weak orders; what a ballot does not rank is last on it, and equal there.
 * Option A beats B when its strongest path to B is stronger than B's to A, where a path is as
 * strong as its weakest link. */

typedef enum
{
  DPOP_COUNT_SCHULZE_WINNING_VOTES, /* a link is as strong as the number of those who want it; of
                                     * two equal ones, that with fewer against it is stronger */
  DPOP_COUNT_SCHULZE_MARGINS,       /* as strong as the difference */
} DpopCountSchulzeStrength;

/* The default option ("none of the above", "things stay as they are"), as in the Debian
 * constitution's vote counting: an option takes part only if DEFAULT_QUORUM voters or more
 * prefer it to the default, and if those who do are at least (STRICT: more than) RATIO times as
 * many as those who do not, and more than them in any case. An option that fails is dropped, and
 * neither wins nor stands in anyone's way. Without a default option, DEFAULT_OPTION is
 * DPOP_COUNT_NO_OPTION and the three below it are left unread. */
typedef struct
{
  DpopCountSchulzeStrength strength;
  int default_option;
  DpopRational default_ratio; /* one or more, up to DPOP_COUNT_MAX_VOTES; 2/1 is Debian's 2:1 */
  gboolean default_strict;
  guint64 default_quorum;
  DpopCountQuorum quorum;     /* of the vote as a whole */
} DpopCountSchulzeRule;

/* What ballots add up to, and all that the outcome is made of: the ballots can be forgotten. */
typedef struct
{
  DpopCountTurnout turnout;
  guint n_options;
  guint64 ballots; /* blank ones included */
  guint64 blank;   /* that rank nothing */
  /* How many prefer [a] to [b]. */
  guint64 preferred[DPOP_COUNT_MAX_OPTIONS][DPOP_COUNT_MAX_OPTIONS];
} DpopCountSchulzeFigures;

/* The weakest link of a path. Both are zero where there is no path. By margins it is the link with
 * the least difference. */
typedef struct
{
  guint64 support;
  guint64 opposition;
} DpopCountSchulzeLink;

typedef enum
{
  DPOP_COUNT_SCHULZE_NO_QUORUM,
  DPOP_COUNT_SCHULZE_TIED,    /* several options that nobody beats */
  DPOP_COUNT_SCHULZE_DECIDED, /* one; it may be the default option */
} DpopCountSchulzeOutcome;

typedef struct
{
  DpopCountSchulzeOutcome outcome;
  DpopCountSchulzeRule rule;
  DpopCountSchulzeFigures figures;
  DpopCountOptions dropped; /* by the default option */
  DpopCountOptions winners; /* the options that no other beats; all of them when tied. They are
                             * told without a quorum too, and then decide nothing. */
  int condorcet_winner;     /* preferred to each other option by a majority, or NO_OPTION */
  DpopCountSchulzeLink paths[DPOP_COUNT_MAX_OPTIONS][DPOP_COUNT_MAX_OPTIONS];
  /* The order: the winners have place 1; without them, who is then unbeaten comes next, and so on.
   * Options on one place are tied; places go 1, 2, 2, 4. Dropped options have place 0 and stand
   * last in ORDER, as they are listed. */
  guint place[DPOP_COUNT_MAX_OPTIONS];
  guint order[DPOP_COUNT_MAX_OPTIONS];
  GArray *reasons; /* of DpopCountReason: quorum, then the checks against the default option */
  /* Private: the strongest path from [a] to [b] comes to [b] from here. */
  guint8 before[DPOP_COUNT_MAX_OPTIONS][DPOP_COUNT_MAX_OPTIONS];
} DpopCountSchulze;

/* Winning votes, no default option, no quorum. */
DpopCountSchulzeRule dpop_count_schulze_rule_simple (void);
/* DPOP_COUNT_FAULT_NONE, _NO_OPTIONS, _TOO_MANY_OPTIONS, _RULE. */
DpopCountFault dpop_count_schulze_rule_check (const DpopCountSchulzeRule *rule, guint n_options);

/* Counts N_BALLOTS ballots into FIGURES, whose former content is lost; its turnout is set to the
 * number of ballots, for the caller to raise. FAULTY, which may be NULL, is set to the first
 * ballot at fault. The faults of dpop_count_ballot_check, and _TOO_MANY_VOTES. */
DpopCountFault dpop_count_schulze_tally         (DpopCountSchulzeFigures *figures, guint n_options,
                                                 const DpopCountBallot *ballots, gsize n_ballots,
                                                 gsize *faulty);
/* Whether ballots can have added up to FIGURES, as far as pairs tell: DPOP_COUNT_FAULT_NONE,
 * _NO_OPTIONS, _TOO_MANY_OPTIONS, _FIGURES, _TOO_MANY_VOTES. */
DpopCountFault dpop_count_schulze_figures_check (const DpopCountSchulzeFigures *figures);

/* NULL, with FAULT, when a check finds one. FAULT may be NULL. */
DpopCountSchulze *dpop_count_schulze_new  (const DpopCountSchulzeRule *rule,
                                           const DpopCountSchulzeFigures *figures,
                                           DpopCountFault *fault);
void              dpop_count_schulze_free (DpopCountSchulze *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopCountSchulze, dpop_count_schulze_free)

/* Whether A's strongest path to B is stronger than B's to A. */
gboolean dpop_count_schulze_beats (const DpopCountSchulze *self, guint a, guint b);
/* A strongest path from A to B, both included, into PATH; its length, or 0 where there is none. */
guint    dpop_count_schulze_path  (const DpopCountSchulze *self, guint a, guint b,
                                   guint path[DPOP_COUNT_MAX_OPTIONS]);

G_END_DECLS
