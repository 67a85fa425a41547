/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-outcome-record.h"

G_BEGIN_DECLS

/* Whether a record says what this computer knows. The first thing that does not hold counts. */
typedef enum
{
  DPOP_OUTCOME_CHECK_HOLDS,
  DPOP_OUTCOME_CHECK_NO_RECORD,        /* the text holds none */
  DPOP_OUTCOME_CHECK_CODE,             /* the signature's code is missing or mistyped */
  DPOP_OUTCOME_CHECK_ALTERED,          /* the text is not what was signed */
  DPOP_OUTCOME_CHECK_OTHER_PARTY,      /* a record of another organisation */
  DPOP_OUTCOME_CHECK_UNKNOWN_DEVICE,   /* signed by no computer of the organisation's */
  DPOP_OUTCOME_CHECK_SWITCHED_OFF,     /* signed after that computer was switched off */
  DPOP_OUTCOME_CHECK_UNKNOWN_DECISION, /* there is no such decision here */
  DPOP_OUTCOME_CHECK_NOT_FINAL,        /* there is, but without a final outcome here */
  DPOP_OUTCOME_CHECK_OTHER_OUTCOME,    /* it came to something else */
  DPOP_OUTCOME_CHECK_OTHER_WORDS,      /* the same outcome, but the text says something else */
} DpopOutcomeCheckVerdict;

typedef struct
{
  DpopOutcomeCheckVerdict verdict;
  guint line;            /* of the code, where the fault is; or 0 */
  DpopRecordSeal seal;   /* zero before a code was read */
  GPtrArray *sentences;  /* of char *: the verdict first, then what is to be known besides */
  char *maker;           /* whose computer signed; NULL while that is not known */
  gboolean off;          /* that computer has been switched off since */
  gint64 off_since;      /* ms; 0: not confirmed */
  char *title;           /* as this computer knows it; NULL while it does not; so the next */
  char *outcome;
  gboolean compared;     /* the words were compared: the record is in this computer's language */
  GPtrArray *differing;  /* of char *: lines that this computer would write otherwise */
} DpopOutcomeCheck;

/* Checks TEXT, which comes from anywhere, in the profile's thread. NULL when it could not be
 * checked. */
DpopOutcomeCheck *dpop_outcome_check_new  (DpopProfile *profile, const char *text, gsize size,
                                           GError **error);
void              dpop_outcome_check_free (DpopOutcomeCheck *self);

/* "holds", "altered": for programs. */
const char *dpop_outcome_check_word (DpopOutcomeCheckVerdict verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopOutcomeCheck, dpop_outcome_check_free)

G_END_DECLS
