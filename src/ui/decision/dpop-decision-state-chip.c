/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-state-chip.h"

#include "dpop-moment.h"

#include <glib/gi18n-lib.h>

static DpopDecisionStateChip
chip (DpopDecisionPhase phase, gint64 closes, gint64 now)
{
  g_autofree char *moment = NULL;

  switch (phase)
    {
    case DPOP_DECISION_OPEN:
      if (closes == 0)
        return (DpopDecisionStateChip){ g_strdup (_("open")), DPOP_CHIP_ACCENT };
      if (closes <= now)
        return (DpopDecisionStateChip){ g_strdup (_("time is over")), DPOP_CHIP_WARNING };
      moment = dpop_moment_words (closes, now);
      return (DpopDecisionStateChip){ g_strdup_printf (_("open until %s"), moment),
                                      DPOP_CHIP_ACCENT };
    case DPOP_DECISION_CLOSED:
      return (DpopDecisionStateChip){ g_strdup (_("decided")), DPOP_CHIP_QUIET };
    case DPOP_DECISION_STOPPED:
      return (DpopDecisionStateChip){ g_strdup (_("stopped")), DPOP_CHIP_QUIET };
    case DPOP_DECISION_PROPOSED:
    default:
      return (DpopDecisionStateChip){ g_strdup (_("being discussed")), DPOP_CHIP_QUIET };
    }
}

DpopDecisionStateChip
dpop_decision_state_chip_of_row (const DpopDecisionRow *row, gint64 now)
{
  return chip (row->phase, row->closes, now);
}

DpopDecisionStateChip
dpop_decision_state_chip_of_view (const DpopDecisionView *view, gint64 now)
{
  const DpopDecisionOpening *opening = view->decision->opening;

  return chip (view->decision->phase, opening != NULL ? opening->deadline : 0, now);
}

const char *
dpop_decision_state_chip_final (gboolean final)
{
  return final ? _("final") : _("not yet confirmed");
}

char *
dpop_decision_state_chip_turnout (guint64 voted, guint64 entitled)
{
  return g_strdup_printf (
      ngettext ("%lu of %lu has voted", "%lu of %lu have voted", (gulong) voted), (gulong) voted,
      (gulong) entitled);
}
