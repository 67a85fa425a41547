/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-count-schulze.h"
#include "dpop-edge-ballots.h"

/* What every reader of ballot files promises: an error, or ballots that can be counted. Takes
 * BALLOTS, and clears ERROR. */
static inline void
fuzz_ballots_check (DpopEdgeBallots *ballots, GError **error)
{
  g_autofree DpopCountSchulzeFigures *figures = g_new (DpopCountSchulzeFigures, 1);
  DpopCountSchulzeRule rule = dpop_count_schulze_rule_simple ();
  guint n;

  g_assert_true ((ballots != NULL) != (*error != NULL));
  if (ballots == NULL)
    {
      g_assert_cmpint ((*error)->domain, ==, DPOP_EDGE_ERROR);
      g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
      g_clear_error (error);
      return;
    }
  n = ballots->options->len;
  for (guint i = 0; i < n; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (ballots->options, i), -1, NULL));
  g_assert_cmpint (dpop_count_schulze_tally (figures, n, (gpointer) ballots->ballots->data,
                                             ballots->ballots->len, NULL),
                   ==, DPOP_COUNT_FAULT_NONE);
  g_assert_cmpuint (figures->ballots, ==, ballots->voters);
  g_assert_cmpint (dpop_count_schulze_figures_check (figures), ==, DPOP_COUNT_FAULT_NONE);
  dpop_count_schulze_free (dpop_count_schulze_new (&rule, figures, NULL));

  dpop_edge_ballots_strike_withdrawn (ballots);
  g_assert_cmpuint (ballots->options->len, <=, n);
  if (ballots->options->len > 0)
    g_assert_cmpint (dpop_count_schulze_tally (figures, ballots->options->len,
                                               (gpointer) ballots->ballots->data,
                                               ballots->ballots->len, NULL),
                     ==, DPOP_COUNT_FAULT_NONE);
  dpop_edge_ballots_free (ballots);
}
