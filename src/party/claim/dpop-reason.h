/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-reason.h"

G_BEGIN_DECLS

/* Why a claim of ours has no effect, beyond what cosmic-reason.h says. The numbers are part of the
 * state and never change their meaning: new ones are appended. 100 to 119 are about members and
 * offices, 120 on about decisions. [format] */
enum
{
  DPOP_REASON_NOT_A_MEMBER = 100, /* the one named is an applicant, suspended, or former */
  DPOP_REASON_OTHER_STATE = 101,  /* the member is not in the state that the claim starts from */
  DPOP_REASON_TOO_MANY = 102,     /* more units or roles than one member can have; more texts,
                                   * options or contradicting votes than one decision takes */
  DPOP_REASON_WRONG_SCOPE = 103,  /* what was typed is for other eyes than it must be */
  DPOP_REASON_HAS_ACTED = 104,    /* too late to undo: something was done by or for them since */
  DPOP_REASON_NOT_ACCEPTED = 105, /* the decision did not accept it */
  DPOP_REASON_NO_EFFECT = 106,    /* the decision says nothing that could be carried out */
  DPOP_REASON_OUTDATED = 107,     /* what it speaks of was begun anew since */
  DPOP_REASON_NO_SUCH_RULE = 120, /* the charter has no such rule there, or not for such a ballot */
  DPOP_REASON_RULE_CHANGED = 121, /* the charter's rule is not the one it was proposed under */
  DPOP_REASON_BAD_EFFECT = 122,   /* what is to be carried out is not possible under that rule */
  DPOP_REASON_OPENED = 123,       /* too late: the box was opened, or it is over */
  DPOP_REASON_NOT_OPEN = 124,     /* too early: the box has not been opened */
  DPOP_REASON_CLOSED = 125,       /* arrived after the close */
  DPOP_REASON_STOPPED = 126,      /* the decision was stopped */
  DPOP_REASON_NOT_ENTITLED = 127, /* not on the roll when the box was opened */
  DPOP_REASON_BAD_BALLOT = 128,   /* not what can be voted here */
  DPOP_REASON_HAS_VOTED = 129,    /* their own vote stands above what others enter for them */
  DPOP_REASON_NOT_YOURS = 130,    /* a text is replaced by who wrote it */
  DPOP_REASON_WITHDRAWN = 131,    /* the option was withdrawn */
  DPOP_REASON_OPTION_LEFT_OUT = 132, /* an option that stands is not on the ballot */
  DPOP_REASON_TOO_EARLY = 133,    /* the rule asks for more time before this */
  DPOP_REASON_TOO_SHORT = 134,    /* the box would be open for less time than the rule asks for */
  DPOP_REASON_TOO_LONG = 135,     /* and for more than it permits */
  DPOP_REASON_HAS_DEADLINE = 136, /* the box closes at the time that was said */
  DPOP_REASON_NOBODY_ENTITLED = 137,
};

/* A short name that stays the same, "has-acted", for every reason, cosmic's own included; NULL for
 * a number that is none. Never shown to a reader as it is. */
const char *dpop_reason_name (CosmicReason reason);

G_END_DECLS
