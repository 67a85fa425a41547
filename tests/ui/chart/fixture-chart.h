/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart.h"

G_BEGIN_DECLS

/* Charts as they come up: one of each kind in each case that looks different. */
typedef enum
{
  FIXTURE_CHART_ACCEPTED,     /* of yes and no; abstentions aside */
  FIXTURE_CHART_OF_ALL,       /* a share of all who are entitled, missed */
  FIXTURE_CHART_ELECTION,     /* options, one elected, a majority asked for */
  FIXTURE_CHART_LONG_NAMES,
  FIXTURE_CHART_TURNOUT_OPEN, /* a quorum that is not reached yet */
  FIXTURE_CHART_TURNOUT_OVER,
  FIXTURE_CHART_PAIRS,
  FIXTURE_CHART_MANY_PAIRS,
  FIXTURE_CHART_N,
} FixtureChart;

/* The caller unrefs. */
DpopChart *fixture_chart_new (FixtureChart which);

G_END_DECLS
