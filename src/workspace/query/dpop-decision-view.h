/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-query.h"
#include "dpop-decision-stop.h"
#include "dpop-names.h"
#include "dpop-vote-place.h"

G_BEGIN_DECLS

/* A text of a decision: its wording, or reasons. */
typedef struct
{
  CosmicId operation;
  DpopTextKind what;
  CosmicId speaker;
  char *speaker_name;
  DpopProjectionText readable;
  char *title; /* NULL unless readable */
  char *text;
} DpopDecisionViewText;

/* An option on the ballot, or proposed for it. */
typedef struct
{
  CosmicId operation;
  char *name;        /* never NULL */
  char *description; /* NULL: none, or not readable */
  DpopProjectionText readable;
  CosmicId candidate; /* the member who stands, or zero */
  gboolean withdrawn;
  guint place;        /* from here on: of the outcome. 1 is the first; 0: none, or dropped */
  guint64 votes;
  gboolean elected;
  gboolean tied;
  gboolean dropped;
} DpopDecisionViewOption;

/* A decision in full, as far as this computer may see. */
typedef struct
{
  CosmicId id;
  DpopDecision *decision;
  gboolean final;      /* its phase, and its outcome if there is one, are confirmed */
  gboolean closing;    /* open, but its time is over: the next confirmation closes it */
  char *title;         /* never NULL */
  char *scope_name;
  char *speaker_name;
  const char *rule;    /* label; owned by NAMES */
  DpopNames *names;
  GPtrArray *texts;    /* of DpopDecisionViewText: what stands, or was opened; the wording first */
  GPtrArray *options;  /* of DpopDecisionViewOption, in ballot order; before the opening those that
                        * stand, oldest first, then those withdrawn */
  guint comments;
  char *effect;        /* what it carries out if accepted, as a sentence; NULL: nothing */
  char *outcome;       /* in a sentence; NULL: none yet */
  GPtrArray *reasons;  /* of char *: the checks it rests on, a sentence each */
  DpopDecisionStop *stop; /* why it was stopped; NULL unless it was */
  /* The vote of this computer's member. */
  char *vote;          /* what was voted, in words, while the box is open and it counts; or NULL */
  gboolean has_voted;
  CosmicId vote_operation; /* the last one */
  DpopVotePlace vote_place;
} DpopDecisionView;

/* NULL with DPOP_PROFILE_ERROR_NOT_FOUND when there is no such decision. */
DpopDecisionView *dpop_decision_view_new  (DpopProfile *profile, const CosmicId *decision,
                                           GError **error);
void              dpop_decision_view_free (DpopDecisionView *self);

/* How many prefer option A to option B, by their places in OPTIONS, where options were ranked. */
guint64 dpop_decision_view_preferred (const DpopDecisionView *self, guint a, guint b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDecisionView, dpop_decision_view_free)

G_END_DECLS
