/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-names.h"
#include "dpop-decision-ballot.h"
#include "dpop-decision-view.h"

G_BEGIN_DECLS

/* One practice vote, for somebody who has just founded an organisation. Nobody invented may come
 * into a real history: so it happens beside it, in a profile made for the purpose, with the same
 * rules and the same name, the user and six invented members. Its passphrase is drawn, kept in
 * memory alone, and forgotten; the folder is removed at the end, and what a crash leaves of it
 * nobody can read.
 *
 *   begin -> the vote is open -> cast -> the six others have voted -> close -> there is an outcome
 *
 * With a yes from the user it is "Accepted: 5 yes, 2 no.", or as few no as the rules ask for; with
 * another vote it is whatever it then is. Not for the thread of a window: each call writes to the
 * disk. One thread at a time. */
typedef struct _DpopPracticeVote DpopPracticeVote;

#define DPOP_PRACTICE_VOTE_OTHERS 6

typedef enum
{
  DPOP_PRACTICE_VOTE_OPEN,  /* the user has not voted */
  DPOP_PRACTICE_VOTE_CAST,  /* all have */
  DPOP_PRACTICE_VOTE_CLOSED,
} DpopPracticeVoteStage;

/* ROOT is where profiles lie (NULL: the usual place). CHARTER and NAMES are the organisation's,
 * USER the person's name; waiting times in the rules are left out. DPOP_PROFILE_ERROR_INVALID for
 * rules that have no question of yes or no for the whole, or do not let a founder put one. */
DpopPracticeVote *dpop_practice_vote_begin (const char *root, const DpopCharter *charter,
                                            const DpopCharterNames *names, const char *user,
                                            const DpopProfileEffects *effects, GError **error);
/* Closes it, and removes the folder. NULL is fine. */
void              dpop_practice_vote_end   (DpopPracticeVote *self);

DpopPracticeVoteStage dpop_practice_vote_stage (const DpopPracticeVote *self);
/* The decision as it stands. */
DpopDecisionView *dpop_practice_vote_view  (DpopPracticeVote *self, GError **error);

/* The user votes; then the others do. May be called again until it is closed. */
gboolean dpop_practice_vote_cast  (DpopPracticeVote *self, DpopAnswer answer, GError **error);
/* After the user has voted. */
gboolean dpop_practice_vote_close (DpopPracticeVote *self, GError **error);

/* Borrowed; for those who show more of it. */
DpopProfile    *dpop_practice_vote_profile  (DpopPracticeVote *self);
const CosmicId *dpop_practice_vote_decision (const DpopPracticeVote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopPracticeVote, dpop_practice_vote_end)

G_END_DECLS
