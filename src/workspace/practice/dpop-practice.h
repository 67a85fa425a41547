/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Practising with an invented organisation of sixty members that behaves. It lies in a profile of
 * its own, and that is a real one: real keys, a real log, one of the ready charters; no rule is
 * simulated. The members are invented, and what they do is signed with key sets which are derived
 * from a seed among the profile's settings, so that they go on after a restart.
 *
 * Two things differ from an organisation of one's own, and both are to be said where one practises:
 * the rules ask for no waiting times (nobody practises for three days), and the profile protects
 * nothing. Its passphrase is known to everybody and costs nothing to guess, so that it opens with
 * nobody being asked for it. The mark on its folder (DpopProfileLabel) tells before it is open. */
#define DPOP_PRACTICE_MEMBERS    60
#define DPOP_PRACTICE_PASSPHRASE "practice"

/* The same, to open it with. */
CosmicSecret *dpop_practice_passphrase (void);
/* Whether PROFILE, which is open, is one. */
gboolean      dpop_practice_is         (DpopProfile *profile);

/* All may be NULL or 0: choose. */
typedef struct
{
  const char *charter; /* "association", "party", "cooperative"; NULL: "party" */
  const char *name;    /* of the organisation */
  const char *user;    /* of the person who practises; NULL: "You" */
  const char *label;   /* on this computer; NULL: "Practice" */
  guint64 seed;        /* what happens; 0: drawn */
} DpopPracticeMake;

typedef struct
{
  guint members;   /* the user included */
  guint computers; /* of invented members */
  guint units;
  guint decisions;
  guint64 height;
} DpopPracticeMakeResult;

/* Makes it in FOLDER, which must not exist or be empty: all of it or nothing. Its past ends at the
 * EFFECTS' now (NULL: the system's). The user is its founder, holds what the charter gives a
 * founder, and is the record keeper; offices are filled besides. There are a proposal being
 * discussed, an open vote and an open ranking in which the user has not voted, an accepted and a
 * rejected decision, and one that was stopped and repeated. RESULT may be NULL. */
gboolean dpop_practice_make (const char *folder, const DpopPracticeMake *input,
                             const DpopProfileEffects *effects, DpopPracticeMakeResult *result,
                             GError **error);

/* --- How it behaves. -------------------------------------------------------------------------- */

typedef enum
{
  DPOP_PRACTICE_NOTHING,  /* nobody has anything to do: all wait for the user, or for the time */
  DPOP_PRACTICE_COMMENT,  /* someone has said something, or answered the user */
  DPOP_PRACTICE_OPTION,   /* someone has proposed an option for a ballot */
  DPOP_PRACTICE_OPEN,     /* a box was opened */
  DPOP_PRACTICE_VOTE,     /* a few have voted */
  DPOP_PRACTICE_CLOSE,    /* a box was closed, and there is an outcome */
  DPOP_PRACTICE_PROPOSE,  /* someone has a proposal */
} DpopPracticeAct;

typedef struct
{
  DpopPracticeAct act;
  CosmicId decision; /* zero: none */
  CosmicId member;   /* who did it; the first of those who voted */
  guint votes;
} DpopPracticeStep;

/* Lets some members do the next sensible thing, in one small transaction: to be called every few
 * seconds, by dpop_engine_run(). Proposals get comments, and options where they need them, are
 * opened by whoever may, gather votes, and are closed when all have voted who will, the user
 * included; one in which the user does not vote is closed after three days, or at its time.
 * Never speaks for the user: every entry it makes is signed by an invented member's computer, and
 * the user's computer only confirms, as a record keeper does.
 * The same seed and the same state give the same step. Needs the rows (dpop-projector.h).
 * DPOP_PROFILE_ERROR_INVALID for a profile that is not for practice. STEP may be NULL. */
gboolean dpop_practice_step (DpopProfile *profile, DpopPracticeStep *step, GError **error);

G_END_DECLS
