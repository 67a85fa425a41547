/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-chart.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
/* 9 March 2025, 18:00 UTC. */
#define OPENED_MS G_GINT64_CONSTANT (1741543200000)

static DpopChart *
accepted (void)
{
  const DpopChartRow rows[] = {
    { .label = "Yes", .value = 5, .tone = DPOP_CHART_TONE_YES },
    { .label = "No", .value = 2, .tone = DPOP_CHART_TONE_NO },
    { .label = "Abstain", .value = 1, .tone = DPOP_CHART_TONE_ABSTAIN, .note = "not counted",
      .aside = TRUE },
  };
  const DpopChartMark mark = { "Needed, more than 1/2", 1, 2, 4 };

  return dpop_chart_new_outcome ("Shall we buy a cargo bike?", rows, G_N_ELEMENTS (rows), 7,
                                 "votes for and against", &mark);
}

static DpopChart *
of_all (void)
{
  const DpopChartRow rows[] = {
    { .label = "Yes", .value = 3120, .tone = DPOP_CHART_TONE_YES },
    { .label = "No", .value = 812, .tone = DPOP_CHART_TONE_NO },
    { .label = "Abstain", .value = 96, .tone = DPOP_CHART_TONE_ABSTAIN },
  };
  const DpopChartMark mark = { "Needed, at least 2/3", 2, 3, 6667 };

  return dpop_chart_new_outcome ("New statutes", rows, G_N_ELEMENTS (rows), 10000,
                                 "those entitled", &mark);
}

static DpopChart *
election (void)
{
  const DpopChartRow rows[] = {
    { .label = "Rosa Martinez", .value = 30, .tone = DPOP_CHART_TONE_ACCENT, .note = "elected",
      .marked = TRUE },
    { .label = "Jonas Keller", .value = 17, .tone = DPOP_CHART_TONE_NEUTRAL },
    { .label = "Aylin Demir", .value = 5, .tone = DPOP_CHART_TONE_NEUTRAL },
    { .label = "Per Olsen", .value = 0, .tone = DPOP_CHART_TONE_NEUTRAL },
  };
  const DpopChartMark mark = { "Needed, more than 1/2", 1, 2, 27 };

  return dpop_chart_new_bars ("Who becomes treasurer?", rows, G_N_ELEMENTS (rows), 52, "ballots",
                              &mark);
}

static DpopChart *
long_names (void)
{
  const DpopChartRow rows[] = {
    { .label = "Renovate the clubhouse in two stages, beginning with the roof and the kitchen",
      .value = 41, .tone = DPOP_CHART_TONE_ACCENT, .note = "chosen", .marked = TRUE },
    { .label = "Sell it and rent rooms at the Donaudampfschifffahrtsgesellschaftsgebaeude",
      .value = 41, .tone = DPOP_CHART_TONE_ACCENT, .note = "chosen", .marked = TRUE },
    { .label = "Wait", .value = 12, .tone = DPOP_CHART_TONE_NEUTRAL, .note = "dropped" },
  };

  return dpop_chart_new_bars ("What becomes of the clubhouse?", rows, G_N_ELEMENTS (rows), 0, NULL,
                              NULL);
}

static DpopChart *
turnout (gboolean over)
{
  static const guint64 votes[] = { 0, 4, 9, 11, 12, 12, 14, 21, 22, 25, 26, 27, 31, 38, 45 };
  DpopChartStep steps[G_N_ELEMENTS (votes)];
  const DpopChartBox box = { .opened_ms = OPENED_MS, .closes_ms = OPENED_MS + 168 * HOUR_MS,
                             .now_ms = OPENED_MS + (over ? 200 : 80) * HOUR_MS, .entitled = 60 };
  const DpopChartMark quorum = { "Quorum", 1, 2, 30 };

  for (guint i = 0; i < G_N_ELEMENTS (votes); i++)
    steps[i] = (DpopChartStep) { OPENED_MS + (gint64) i * 11 * HOUR_MS, votes[i] };
  return dpop_chart_new_turnout ("Turnout", steps, over ? G_N_ELEMENTS (steps) : 8, &box, &quorum);
}

static DpopChart *
pairs (void)
{
  static const char *const names[] = { "Memphis", "Nashville", "Chattanooga", "Knoxville" };
  static const guint64 counts[] = {
    0, 42, 42, 42,
    58, 0, 68, 68,
    58, 32, 0, 83,
    58, 32, 17, 0,
  };

  return dpop_chart_new_pairwise ("Where do we meet?", names, G_N_ELEMENTS (names), counts);
}

static DpopChart *
many_pairs (void)
{
  static const char *const names[] = {
    "Monday evening", "Tuesday", "Wednesday", "Thursday, before the choir", "Friday",
    "Saturday morning", "Saturday", "Sunday", "None of these",
  };
  guint n = G_N_ELEMENTS (names);
  guint64 counts[G_N_ELEMENTS (names) * G_N_ELEMENTS (names)];

  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < n; b++)
      {
        guint64 first = (a * 131 + b * 57 + a * b * 11) % 1241;

        counts[a * n + b] = a < b ? first : a > b ? 1240 - counts[b * n + a] : 0;
      }
  counts[1] = counts[n] = 620;
  return dpop_chart_new_pairwise ("When do we meet?", names, n, counts);
}

DpopChart *
fixture_chart_new (FixtureChart which)
{
  switch (which)
    {
    case FIXTURE_CHART_ACCEPTED:
      return accepted ();
    case FIXTURE_CHART_OF_ALL:
      return of_all ();
    case FIXTURE_CHART_ELECTION:
      return election ();
    case FIXTURE_CHART_LONG_NAMES:
      return long_names ();
    case FIXTURE_CHART_TURNOUT_OPEN:
      return turnout (FALSE);
    case FIXTURE_CHART_TURNOUT_OVER:
      return turnout (TRUE);
    case FIXTURE_CHART_PAIRS:
      return pairs ();
    case FIXTURE_CHART_MANY_PAIRS:
    case FIXTURE_CHART_N:
    default:
      return many_pairs ();
    }
}
