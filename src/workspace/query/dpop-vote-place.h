/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"
#include "dpop-whereabouts.h"

G_BEGIN_DECLS

/* Where a vote, or anything else that was signed on this computer, is. */
typedef enum
{
  DPOP_VOTE_PLACE_SAVED,          /* on disk here */
  DPOP_VOTE_PLACE_EXPORTED,       /* on a transfer file */
  DPOP_VOTE_PLACE_DELIVERED,      /* a record keeper has it */
  DPOP_VOTE_PLACE_COUNTED,        /* final, with effect */
  DPOP_VOTE_PLACE_TOO_LATE,       /* final: it arrived after the close */
  DPOP_VOTE_PLACE_WITHOUT_EFFECT, /* final, for another reason */
} DpopVotePlace;

/* The last vote of this computer's member in a decision, open or over. FALSE without error when
 * there is none. */
gboolean    dpop_vote_place_find (DpopProfile *profile, const CosmicId *decision,
                                  CosmicId *operation, GError **error);

/* *REASON (may be NULL) is why it has no effect, as it stands now. FALSE with
 * DPOP_PROFILE_ERROR_NOT_FOUND when there is no such entry. */
gboolean    dpop_vote_place (DpopProfile *profile, const CosmicId *operation, DpopVotePlace *place,
                             CosmicReason *reason, GError **error);
/* "saved here"; translated. */
const char *dpop_vote_place_words (DpopVotePlace place);

/* To be told by whoever makes transfer files and reads summaries, inside a transaction: which
 * OPERATIONS (element-type CosmicId) they hold. Only this computer's own are noted. */
gboolean dpop_vote_place_note_exported  (DpopProfile *profile, const GArray *operations,
                                         GError **error);
gboolean dpop_vote_place_note_delivered (DpopProfile *profile, const GArray *operations,
                                         GError **error);

G_END_DECLS
