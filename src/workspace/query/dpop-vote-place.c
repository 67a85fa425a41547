/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vote-place.h"

#include "dpop-history-row.h"
#include "dpop-reason.h"

#include <glib/gi18n-lib.h>

gboolean
dpop_vote_place_find (DpopProfile *profile, const CosmicId *decision, CosmicId *operation,
                      GError **error)
{
  return dpop_whereabouts_get_vote (dpop_profile_database (profile), decision, operation, error);
}

static DpopVotePlace
place_of (const DpopHistoryRow *row, const DpopWhereabouts *whereabouts)
{
  if (row->height > 0 && row->reason == COSMIC_REASON_NONE)
    return DPOP_VOTE_PLACE_COUNTED;
  if (row->height > 0)
    return row->reason == DPOP_REASON_CLOSED ? DPOP_VOTE_PLACE_TOO_LATE
                                             : DPOP_VOTE_PLACE_WITHOUT_EFFECT;
  if (whereabouts->delivered > 0)
    return DPOP_VOTE_PLACE_DELIVERED;
  return whereabouts->exported > 0 ? DPOP_VOTE_PLACE_EXPORTED : DPOP_VOTE_PLACE_SAVED;
}

gboolean
dpop_vote_place (DpopProfile *profile, const CosmicId *operation, DpopVotePlace *place,
                 CosmicReason *reason, GError **error)
{
  DpopDatabase *database = dpop_profile_database (profile);
  GError *failure = NULL;
  g_autoptr (DpopHistoryRow) row = dpop_history_row_find (database, operation, &failure);
  DpopWhereabouts whereabouts;

  if (row == NULL)
    {
      if (failure == NULL)
        g_set_error_literal (&failure, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                             _("There is no such entry here."));
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (!dpop_whereabouts_get (database, operation, &whereabouts, error))
    return FALSE;
  *place = place_of (row, &whereabouts);
  if (reason != NULL)
    *reason = row->reason;
  return TRUE;
}

const char *
dpop_vote_place_words (DpopVotePlace place)
{
  switch (place)
    {
    case DPOP_VOTE_PLACE_EXPORTED:
      return _("on a transfer file");
    case DPOP_VOTE_PLACE_DELIVERED:
      return _("delivered");
    case DPOP_VOTE_PLACE_COUNTED:
      return _("counted");
    case DPOP_VOTE_PLACE_TOO_LATE:
      return _("too late");
    case DPOP_VOTE_PLACE_WITHOUT_EFFECT:
      return _("without effect");
    case DPOP_VOTE_PLACE_SAVED:
    default:
      return _("saved here");
    }
}

gboolean
dpop_vote_place_note_exported (DpopProfile *profile, const GArray *operations, GError **error)
{
  CosmicId own;

  dpop_profile_device_id (profile, &own);
  return dpop_whereabouts_note_exported (dpop_profile_database (profile), operations, &own,
                                         dpop_clock_now (dpop_profile_clock (profile)), error);
}

gboolean
dpop_vote_place_note_delivered (DpopProfile *profile, const GArray *operations, GError **error)
{
  CosmicId own;

  dpop_profile_device_id (profile, &own);
  return dpop_whereabouts_note_delivered (dpop_profile_database (profile), operations, &own,
                                          dpop_clock_now (dpop_profile_clock (profile)), error);
}
