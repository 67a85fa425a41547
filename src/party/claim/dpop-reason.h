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
  DPOP_REASON_TOO_MANY = 102,     /* more units or roles than one member can have */
  DPOP_REASON_WRONG_SCOPE = 103,  /* what was typed is for other eyes than it must be */
  DPOP_REASON_HAS_ACTED = 104,    /* too late to undo: something was done by or for them since */
  DPOP_REASON_NOT_ACCEPTED = 105, /* the decision did not accept it */
  DPOP_REASON_NO_EFFECT = 106,    /* the decision says nothing that could be carried out */
  DPOP_REASON_OUTDATED = 107,     /* what it speaks of was begun anew since */
};

/* A short name that stays the same, "has-acted", for every reason, cosmic's own included; NULL for
 * a number that is none. Never shown to a reader as it is. */
const char *dpop_reason_name (CosmicReason reason);

G_END_DECLS
