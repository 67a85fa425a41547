/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count.h"

static const DpopRational zero = { 0, 1 };
static const DpopRational one = { 1, 1 };

gboolean
dpop_count_threshold_is_valid (const DpopCountThreshold *self)
{
  int to_one;

  if (!dpop_rational_is_valid (self->share) || self->share.num < 0)
    return FALSE;
  to_one = dpop_rational_compare (self->share, one);
  return self->strict ? to_one < 0 : to_one <= 0;
}

gboolean
dpop_count_threshold_is_none (const DpopCountThreshold *self)
{
  return !self->strict && self->share.num == 0;
}

gboolean
dpop_count_quorum_is_valid (const DpopCountQuorum *self)
{
  return dpop_count_threshold_is_valid (&self->share) && self->minimum <= DPOP_COUNT_MAX_VOTES;
}

gboolean
dpop_count_turnout_is_valid (const DpopCountTurnout *self, guint64 cast)
{
  return cast <= self->present && self->present <= self->entitled
         && self->entitled <= DPOP_COUNT_MAX_VOTES;
}

DpopCountReason
dpop_count_reason_share (DpopCountReasonCode code, DpopCountBase over,
                         const DpopCountThreshold *threshold, guint64 figure, guint64 base)
{
  return (DpopCountReason){
    .code = code,
    .over = over,
    .threshold = *threshold,
    .figure = figure,
    .needed = dpop_rational_of (threshold->share, threshold->strict, base),
    .base = base,
    .option = DPOP_COUNT_NO_OPTION,
    .satisfied = dpop_rational_is_reached (threshold->share, threshold->strict, figure, base),
  };
}

gboolean
dpop_count_quorum_judge (const DpopCountQuorum *self, const DpopCountTurnout *turnout,
                         GArray *reasons)
{
  gboolean reached = TRUE;

  if (!dpop_count_threshold_is_none (&self->share))
    {
      DpopCountReason reason =
          dpop_count_reason_share (DPOP_COUNT_REASON_QUORUM_SHARE, DPOP_COUNT_BASE_ENTITLED,
                                   &self->share, turnout->present, turnout->entitled);

      g_array_append_val (reasons, reason);
      reached = reason.satisfied;
    }
  if (self->minimum > 0)
    {
      DpopCountReason reason = {
        .code = DPOP_COUNT_REASON_QUORUM_MINIMUM,
        .over = DPOP_COUNT_BASE_ENTITLED,
        .threshold = { zero, FALSE },
        .figure = turnout->present,
        .needed = self->minimum,
        .base = turnout->entitled,
        .option = DPOP_COUNT_NO_OPTION,
        .satisfied = turnout->present >= self->minimum,
      };

      g_array_append_val (reasons, reason);
      reached = reached && reason.satisfied;
    }
  return reached;
}
