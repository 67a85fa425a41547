/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter.h"

G_BEGIN_DECLS

/* What is wrong with a charter, or doubtful in it. */
typedef enum
{
  DPOP_CHARTER_FINE = 0,
  /* The bytes. */
  DPOP_CHARTER_TOO_LARGE,
  DPOP_CHARTER_NOT_NORMAL, /* not GVariant in normal form of the charter's type */
  DPOP_CHARTER_UNKNOWN_VERSION,
  DPOP_CHARTER_NOT_ASCENDING,  /* a map out of order, with a key twice, or with an empty entry */
  DPOP_CHARTER_TOO_MANY,       /* more roles, rules or unit kinds than there may be */
  DPOP_CHARTER_UNKNOWN_NUMBER, /* an action, reach, scope, state … that does not exist */
  DPOP_CHARTER_UNKNOWN_ROLE,
  DPOP_CHARTER_MOVE_IN_PERMISSIONS, /* moves have a table of their own */
  /* Numbers out of range. */
  DPOP_CHARTER_NO_DENOMINATOR,
  DPOP_CHARTER_FRACTION_TOO_FINE,
  DPOP_CHARTER_MAJORITY_ABOVE_ONE,
  DPOP_CHARTER_QUORUM_ABOVE_ONE,
  DPOP_CHARTER_BAD_QUORUM, /* a number of persons beyond 2^31 - 1 */
  DPOP_CHARTER_BAD_SEATS,
  DPOP_CHARTER_BAD_DURATION,   /* negative, or beyond ten years */
  DPOP_CHARTER_BAD_RETENTION,  /* beyond a hundred years and not for good */
  DPOP_CHARTER_BAD_INVITATION, /* none, or longer than a year */
  DPOP_CHARTER_BAD_RECOVERY,   /* no officers or more than 16; a veto of more than a year */
  DPOP_CHARTER_BAD_WITNESSES,  /* none, or more than 31 */
  /* Nobody could. */
  DPOP_CHARTER_NOBODY_ENROLS,
  DPOP_CHARTER_NOBODY_READS,
  DPOP_CHARTER_NOBODY_PROPOSES,
  DPOP_CHARTER_NOBODY_OPENS,
  DPOP_CHARTER_NOBODY_VOTES,
  DPOP_CHARTER_NOBODY_STOPS,
  DPOP_CHARTER_NOBODY_INVITES,
  DPOP_CHARTER_NOBODY_APPOINTS_WITNESSES,
  DPOP_CHARTER_NOBODY_CHANGES_CHARTER,
  DPOP_CHARTER_NOBODY_RAISES_RULES,
  DPOP_CHARTER_NOBODY_ROTATES_KEYS,
  DPOP_CHARTER_NOBODY_ERASES,
  DPOP_CHARTER_NOBODY_ACCEPTS_DEVICES,
  DPOP_CHARTER_NOBODY_SWITCHES_OFF,
  DPOP_CHARTER_NOBODY_RECOVERS,
  DPOP_CHARTER_NOBODY_ADDS_UNITS,
  DPOP_CHARTER_NOBODY_ASSIGNS_UNITS,
  DPOP_CHARTER_NOBODY_GIVES_ROLE,
  DPOP_CHARTER_OFFICE_FOR_EVER,
  /* Parts that do not fit together. */
  DPOP_CHARTER_NO_UNIT_KINDS, /* something belongs to units, and there are none */
  DPOP_CHARTER_NO_PARTY_RULE,
  DPOP_CHARTER_NO_BALLOTS,
  DPOP_CHARTER_FOUNDER_IN_UNIT, /* the founder cannot hold a role of a unit: there is none yet */
  DPOP_CHARTER_MAJORITY_UNREACHABLE,
  DPOP_CHARTER_MAJORITY_NONE, /* yes or no by no majority at all */
  DPOP_CHARTER_MAJORITY_BELOW_HALF,
  DPOP_CHARTER_HALF_IS_MORE, /* "at least half": a tie fails all the same */
  DPOP_CHARTER_QUORUM_UNREACHABLE,
  DPOP_CHARTER_SEATS_WITHOUT_CHOICE,
  DPOP_CHARTER_DEFAULT_WITHOUT_RANK,
  DPOP_CHARTER_DEFAULT_MAJORITY, /* less than half, or all: no ratio against the default option */
  DPOP_CHARTER_OPEN_TOO_SHORT,   /* the longest opening is shorter than the shortest, or zero */
  DPOP_CHARTER_WITNESSES_FAULTS, /* n < 3f + 1 */
  DPOP_CHARTER_WITNESSES_TWO,
  DPOP_CHARTER_WITNESS_ALONE,
  DPOP_CHARTER_FORMER_TAKES_PART, /* a former member votes, proposes or comments */
  DPOP_CHARTER_OUTSIDER_VOTES,    /* applicants or suspended members vote */
  DPOP_CHARTER_STATE_UNREACHABLE,
  DPOP_CHARTER_STATE_DEAD_END,
  DPOP_CHARTER_NO_WAY_OUT,     /* a member cannot leave by their own word */
  DPOP_CHARTER_RECOVERY_ALONE, /* one officer alone could take a member's place */
  DPOP_CHARTER_RECOVERY_NO_VETO,
  DPOP_CHARTER_PERSONAL_FOR_GOOD,
  /* Names. */
  DPOP_CHARTER_NAMES_COUNT, /* not one name for each role, unit kind and rule */
  DPOP_CHARTER_NAMES_KEY,   /* not a key: a–z first, then a–z, 0–9 and '-', 32 at most */
  DPOP_CHARTER_NAMES_KEY_TWICE,
  DPOP_CHARTER_NAMES_EMPTY,
  DPOP_CHARTER_NAMES_TOO_LONG,
  DPOP_CHARTER_NAMES_NOT_TEXT, /* not UTF-8, or with control characters in it */
} DpopCharterCode;
#define DPOP_CHARTER_CODE_LAST DPOP_CHARTER_NAMES_NOT_TEXT

typedef enum
{
  DPOP_CHARTER_ERROR = 1, /* such a charter is refused */
  DPOP_CHARTER_WARNING,   /* it is taken, and its authors are told */
} DpopCharterSeverity;

/* PLACE is a path of the charter's own words and indices, "rules/2/quorum", empty for the whole. */
typedef struct
{
  DpopCharterSeverity severity;
  DpopCharterCode code;
  char place[64];
} DpopCharterFinding;

/* Whether every number is one that may stand in a charter; WHY (may be NULL) is set when not. What
 * is asked here is part of the format: it decides whether a compiled charter is one at all. */
gboolean dpop_charter_in_range (const DpopCharter *self, DpopCharterFinding *why);

/* All that can be said to the authors of a charter: (element-type DpopCharterFinding), errors and
 * warnings, in the order of the charter's parts. May become stricter with a release; never asked
 * when folding. */
GArray *dpop_charter_check (const DpopCharter *self);
gboolean dpop_charter_has_errors (const GArray *findings);

G_END_DECLS
