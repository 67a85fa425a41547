/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* Before something is proposed or opened: how it will be decided, and by whom, as our rules say.
 * Each sentence is one that also stands in the rules as a text. */
typedef struct
{
  GPtrArray *deciding;  /* of char *: majority, quorum, times */
  char *voters;         /* "Everybody who is a member when voting begins may vote: 58 people now,
                         * 12 of them without a computer." */
  guint entitled;       /* as things stand */
  guint without_computer;
  gint64 opens;         /* ms: not to be opened before; 0: at once, or it is not proposed yet */
  gint64 min_open_ms;   /* how long the vote must be open, and may; 0: any time */
  gint64 max_open_ms;
} DpopDecisionPreview;

/* Of what PLACE (zero: the organisation) would decide by RULE. DPOP_PROFILE_ERROR_NOT_FOUND when
 * there is no such rule. */
DpopDecisionPreview *dpop_decision_preview_new  (DpopProfile *profile, const CosmicId *place,
                                                 guint rule, DpopBallotKind ballot,
                                                 GError **error);
/* Of what has been proposed: by the rule that was pinned then. */
DpopDecisionPreview *dpop_decision_preview_of   (DpopProfile *profile, const CosmicId *decision,
                                                 GError **error);
void                 dpop_decision_preview_free (DpopDecisionPreview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDecisionPreview, dpop_decision_preview_free)

G_END_DECLS
