/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-rational.h"

G_BEGIN_DECLS

/* What every way of counting shares: who took part, what a share is a share of, how much is
 * enough, and the records from which an outcome is explained. Everything is integers; sentences
 * are made by who shows them. */

/* More options than this are not one question. */
#define DPOP_COUNT_MAX_OPTIONS 64
/* No figure is larger: sums and packed strengths stay exact. */
#define DPOP_COUNT_MAX_VOTES   G_GUINT64_CONSTANT (0x7fffffff)
/* Where a reason names no option. */
#define DPOP_COUNT_NO_OPTION   (-1)

/* Why something could not be counted at all. */
typedef enum
{
  DPOP_COUNT_FAULT_NONE,
  DPOP_COUNT_FAULT_RULE,             /* the rule is outside its documented range */
  DPOP_COUNT_FAULT_FIGURES,          /* more cast than present, or more present than entitled */
  DPOP_COUNT_FAULT_NO_OPTIONS,
  DPOP_COUNT_FAULT_TOO_MANY_OPTIONS, /* beyond DPOP_COUNT_MAX_OPTIONS */
  DPOP_COUNT_FAULT_TOO_MANY_VOTES,   /* beyond DPOP_COUNT_MAX_VOTES */
  DPOP_COUNT_FAULT_NO_WEIGHT,        /* a ballot that stands for no voter */
  DPOP_COUNT_FAULT_UNKNOWN_OPTION,   /* a ballot names an option that is not on it */
  DPOP_COUNT_FAULT_RANK_OUT_OF_RANGE,/* a rank above the number of options */
  DPOP_COUNT_FAULT_TOO_FEW_CHOICES,
  DPOP_COUNT_FAULT_TOO_MANY_CHOICES,
} DpopCountFault;

/* What a majority is a share of. Each is part of the next. */
typedef enum
{
  DPOP_COUNT_BASE_YES_NO,   /* the votes for and against: abstentions and blanks do not count
                             * ("votes cast" in Robert's Rules of Order, RONR 44:1). Where options
                             * are chosen: the ballots that choose one at least. */
  DPOP_COUNT_BASE_CAST,     /* with the abstentions */
  DPOP_COUNT_BASE_PRESENT,  /* all who took part, blank or spoilt ballots included */
  DPOP_COUNT_BASE_ENTITLED, /* all who could have voted */
} DpopCountBase;

/* "At least two thirds" is {2/3, FALSE}; "more than half" is {1/2, TRUE}. A share of zero, where
 * it is allowed, asks for nothing. */
typedef struct
{
  DpopRational share;
  gboolean strict;
} DpopCountThreshold;

/* How many must take part: a share of those entitled, and a number of persons; zero asks for
 * nothing. All who are present count, whatever they vote. */
typedef struct
{
  DpopCountThreshold share;
  guint64 minimum;
} DpopCountQuorum;

/* Who could vote, and who took part: in a meeting those present, in a ballot by other means those
 * who sent one in, blank ones included. */
typedef struct
{
  guint64 entitled;
  guint64 present;
} DpopCountTurnout;

/* One check that an outcome rests on. */
typedef enum
{
  DPOP_COUNT_REASON_QUORUM_SHARE,     /* present, against a share of those entitled */
  DPOP_COUNT_REASON_QUORUM_MINIMUM,   /* present, against a number (base: entitled) */
  DPOP_COUNT_REASON_MAJORITY,         /* votes for, against a share of the base */
  DPOP_COUNT_REASON_TIE,              /* votes for, against one more than the votes against
                                       * (base) */
  DPOP_COUNT_REASON_SEAT_TIE,         /* options with equal votes (figure) for the last seats
                                       * (needed: one more vote; base: seats left) */
  DPOP_COUNT_REASON_DEFAULT_QUORUM,   /* preferred to the default option, against a number */
  DPOP_COUNT_REASON_DEFAULT_MAJORITY, /* preferred to the default option, against a multiple of
                                       * those who prefer the default (base) */
} DpopCountReasonCode;

typedef struct
{
  DpopCountReasonCode code;
  DpopCountBase over;           /* what BASE is, where the code is about a share */
  DpopCountThreshold threshold; /* the share asked for; zero where a number is */
  guint64 figure;               /* what there was */
  guint64 needed;               /* the smallest figure that would do */
  guint64 base;                 /* what the share is of */
  int option;                   /* which option this is about, or DPOP_COUNT_NO_OPTION */
  gboolean satisfied;
} DpopCountReason;

/* Whether the share lies between zero and one, and can be reached. */
gboolean dpop_count_threshold_is_valid (const DpopCountThreshold *self);
gboolean dpop_count_threshold_is_none  (const DpopCountThreshold *self);
gboolean dpop_count_quorum_is_valid    (const DpopCountQuorum *self);
gboolean dpop_count_turnout_is_valid   (const DpopCountTurnout *self, guint64 cast);

/* Whether FIGURE of BASE reaches the threshold, as a reason. */
DpopCountReason dpop_count_reason_share (DpopCountReasonCode code, DpopCountBase over,
                                         const DpopCountThreshold *threshold, guint64 figure,
                                         guint64 base);
/* Appends the checks of SELF to REASONS (of DpopCountReason); whether all are satisfied. */
gboolean dpop_count_quorum_judge (const DpopCountQuorum *self, const DpopCountTurnout *turnout,
                                  GArray *reasons);

G_END_DECLS
