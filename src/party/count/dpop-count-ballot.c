/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-count-ballot.h"

DpopCountFault
dpop_count_ballot_check (const DpopCountBallot *self, guint n_options)
{
  if (n_options == 0)
    return DPOP_COUNT_FAULT_NO_OPTIONS;
  if (n_options > DPOP_COUNT_MAX_OPTIONS)
    return DPOP_COUNT_FAULT_TOO_MANY_OPTIONS;
  if (self->count == 0)
    return DPOP_COUNT_FAULT_NO_WEIGHT;
  if (self->count > DPOP_COUNT_MAX_VOTES)
    return DPOP_COUNT_FAULT_TOO_MANY_VOTES;
  for (guint i = 0; i < n_options; i++)
    if (self->ranks[i] > n_options)
      return DPOP_COUNT_FAULT_RANK_OUT_OF_RANGE;
  for (guint i = n_options; i < DPOP_COUNT_MAX_OPTIONS; i++)
    if (self->ranks[i] != 0)
      return DPOP_COUNT_FAULT_UNKNOWN_OPTION;
  return DPOP_COUNT_FAULT_NONE;
}

gboolean
dpop_count_ballot_is_blank (const DpopCountBallot *self, guint n_options)
{
  for (guint i = 0; i < n_options; i++)
    if (self->ranks[i] != 0)
      return FALSE;
  return TRUE;
}

void
dpop_count_ballot_close_gaps (DpopCountBallot *self, guint n_options)
{
  guint16 closed[DPOP_COUNT_MAX_OPTIONS] = { 0 };
  guint16 place = 0;
  guint next = 1;

  g_assert (n_options <= DPOP_COUNT_MAX_OPTIONS);
  while (next <= G_MAXUINT16)
    {
      guint lowest = G_MAXUINT16 + 1;

      for (guint i = 0; i < n_options; i++)
        if (self->ranks[i] >= next && self->ranks[i] < lowest)
          lowest = self->ranks[i];
      if (lowest > G_MAXUINT16)
        break;
      place++;
      for (guint i = 0; i < n_options; i++)
        if (self->ranks[i] == lowest)
          closed[i] = place;
      next = lowest + 1;
    }
  memcpy (self->ranks, closed, n_options * sizeof closed[0]);
}
