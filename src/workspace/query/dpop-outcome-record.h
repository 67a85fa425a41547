/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-outcome.h"
#include "dpop-profile.h"
#include "dpop-record-seal.h"

G_BEGIN_DECLS

/* The record of what a decision came to: a text that can be printed, filed and sent, signed by the
 * computer that makes it; and its parts, for whoever sets them on a page. There is one only of what
 * is final.
 *
 * The text is lines of some DPOP_OUTCOME_RECORD_COLUMNS columns, none of which ends with a hyphen,
 * so that a page can show them as they are: who copies a page may lose a hyphen at a line's end. */
#define DPOP_OUTCOME_RECORD_COLUMNS 88

typedef struct
{
  DpopCountReason check;
  char *text; /* a sentence, with its figures */
} DpopOutcomeRecordReason;

typedef struct
{
  char *name;
  guint place; /* 1 is the first; 0: none, or dropped */
  guint64 votes;
  gboolean elected;
  gboolean tied;
  gboolean dropped;
} DpopOutcomeRecordOption;

typedef struct
{
  DpopRecordSeal seal; /* which organisation, decision and computer; where it is confirmed; made */

  char *organisation;
  char *title;    /* the question as it was opened, or as it stands */
  char *question; /* NULL: none, or not readable here */
  char *scope;    /* who was asked: the organisation's name, or a group's */
  char *speaker;  /* who proposed it */
  char *rule;
  char *maker;    /* whose computer makes the record */

  DpopBallotKind ballot;
  DpopOutcomeStatus status;
  char *outcome;  /* a sentence */
  gint64 opened;  /* ms; 0: it never was */
  gint64 closed;  /* or stopped; the confirmation's time, which decides */
  guint64 entitled, present, undecided;
  guint64 yes, no, abstain, blank;
  guint seats;
  GPtrArray *reasons; /* of DpopOutcomeRecordReason */
  GPtrArray *options; /* of DpopOutcomeRecordOption, in ballot order */
  guint64 *preferred; /* row by row, options by options; NULL unless they were ranked */

  char *text; /* what is signed, as lines */
  char *code; /* the signature, as lines */
} DpopOutcomeRecord;

/* Makes and signs the record of DECISION, now. In the profile's thread.
 * DPOP_PROFILE_ERROR_NOT_FOUND: no such decision; DPOP_PROFILE_ERROR_INVALID: not final yet. */
DpopOutcomeRecord *dpop_outcome_record_new  (DpopProfile *profile, const CosmicId *decision,
                                             GError **error);
void               dpop_outcome_record_free (DpopOutcomeRecord *self);

/* The whole record, text and signature, as it is kept in a file; the caller frees. */
char *dpop_outcome_record_to_file (const DpopOutcomeRecord *self);

/* A moment as the record writes it, the same in every place: "2026-12-01 17:00 UTC". The caller
 * frees. */
char *dpop_outcome_record_time (gint64 ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopOutcomeRecord, dpop_outcome_record_free)

G_END_DECLS
