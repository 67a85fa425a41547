/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-may.h"

G_BEGIN_DECLS

/* What this computer's member may do with a decision. */
typedef struct
{
  DpopMay reword;     /* put the question in other words: its proposer alone */
  DpopMay add_text;   /* reasons */
  DpopMay add_option; /* no where there is nothing to choose from */
  DpopMay open;       /* as it stands */
  DpopMay vote;
  gboolean has_voted; /* while the box is open: a vote of theirs is in it */
  DpopMay vote_for;   /* enter the vote of someone without a computer: of anybody entitled */
  DpopMay close;      /* by hand */
  DpopMay stop;
  DpopMay enact;      /* carry out what was accepted */
  DpopMay comment;
} DpopMayDecision;

/* FALSE with DPOP_PROFILE_ERROR_NOT_FOUND when there is no such decision. */
gboolean dpop_may_decision (DpopProfile *profile, const CosmicId *decision, DpopMayDecision *result,
                            GError **error);

/* --- One by one. ------------------------------------------------------------------------------ */

gboolean dpop_may_open  (DpopProfile *profile, const CosmicId *decision, DpopMay *may,
                         GError **error);
/* Cast a vote of VOTER's; NULL: one's own. */
gboolean dpop_may_vote  (DpopProfile *profile, const CosmicId *decision, const CosmicId *voter,
                         DpopMay *may, GError **error);
gboolean dpop_may_close (DpopProfile *profile, const CosmicId *decision, DpopMay *may,
                         GError **error);
gboolean dpop_may_enact (DpopProfile *profile, const CosmicId *decision, DpopMay *may,
                         GError **error);
/* Withdraw an option. */
gboolean dpop_may_withdraw (DpopProfile *profile, const CosmicId *decision, const CosmicId *option,
                            DpopMay *may, GError **error);

G_END_DECLS
