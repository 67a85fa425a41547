/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-ballot.h"
#include "dpop-decision-state.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* Deciding, one command a step; each is one transaction. Whoever speaks for a member without a
 * computer names them in SPEAKER; NULL is this computer's own member. */

typedef struct
{
  const CosmicId *scope;   /* NULL: the organisation; else a unit */
  guint rule;              /* the number of the charter's decision rule */
  DpopBallotKind ballot;
  const DpopDecisionEffect *effect; /* NULL: none */
  const CosmicId *repeats; /* a stopped decision, or NULL */
  const CosmicId *speaker;
  const char *title;
  const char *question;
} DpopDecidePropose;

/* *DECISION is the new decision's stream. */
gboolean dpop_decide_propose (DpopProfile *profile, const DpopDecidePropose *command,
                               CosmicId *decision, GError **error);

/* A text (the question reworded, or reasons), and an option; *OPERATION (may be NULL) names it. */
gboolean dpop_decide_add_text   (DpopProfile *profile, const CosmicId *decision, DpopTextKind what,
                                  const CosmicId *replaces, const CosmicId *speaker,
                                  const char *title, const char *text, CosmicId *operation,
                                  GError **error);
gboolean dpop_decide_add_option (DpopProfile *profile, const CosmicId *decision,
                                  const CosmicId *candidate, const CosmicId *speaker,
                                  const char *name, const char *description, CosmicId *operation,
                                  GError **error);
gboolean dpop_decide_withdraw_option (DpopProfile *profile, const CosmicId *decision,
                                       const CosmicId *option, GError **error);

typedef struct
{
  const GArray *options;  /* of CosmicId, in ballot order; NULL: all that stand, oldest first */
  guint min_choices;      /* for approval; 0 and 0: any number */
  guint max_choices;
  const CosmicId *default_option; /* "none of these", or NULL */
  gint64 closes;          /* ms; 0: by hand */
} DpopDecideOpen;

/* Opens the box: who is entitled and what is decided is fixed by it. On the record keeper's
 * computer it is confirmed at once; elsewhere it counts from the confirmation that covers it. */
gboolean dpop_decide_open (DpopProfile *profile, const CosmicId *decision,
                            const DpopDecideOpen *command, GError **error);

/* Votes, replacing the voter's earlier vote. */
gboolean dpop_decide_vote (DpopProfile *profile, const CosmicId *decision, const CosmicId *voter,
                            const DpopDecisionBallot *ballot, CosmicId *operation, GError **error);
/* The same with a device in memory: for simulated members. */
gboolean dpop_decide_vote_with (DpopProfile *profile, const CosmicSecret *device,
                                 const CosmicId *decision, const CosmicId *voter,
                                 const DpopDecisionBallot *ballot, GError **error);

/* Closes the box. On the record keeper's computer it is confirmed at once, and with it final. */
gboolean dpop_decide_close (DpopProfile *profile, const CosmicId *decision, GError **error);
/* There will be no outcome; TEXT may be NULL. */
gboolean dpop_decide_stop  (DpopProfile *profile, const CosmicId *decision, DpopStopReason reason,
                             const char *text, GError **error);

/* Says something about a decision, in its discussion, which the first comment opens. */
gboolean dpop_decide_comment (DpopProfile *profile, const CosmicId *decision,
                               const CosmicId *answers, const CosmicId *speaker, const char *text,
                               CosmicId *operation, GError **error);

/* Carries out what a confirmed decision has accepted. */
gboolean dpop_decide_enact (DpopProfile *profile, const CosmicId *decision, GError **error);

G_END_DECLS
