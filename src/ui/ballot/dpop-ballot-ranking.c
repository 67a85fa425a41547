/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-ranking.h"

#include <string.h>

void
dpop_ballot_ranking_init (DpopBallotRanking *self, guint n_options)
{
  *self = (DpopBallotRanking){ .n_options = MIN (n_options, DPOP_DECISION_OPTIONS_MAX) };
}

guint
dpop_ballot_ranking_n_places (const DpopBallotRanking *self)
{
  guint last = 0;

  for (guint i = 0; i < self->n_options; i++)
    last = MAX (last, self->places[i]);
  return last;
}

static guint
count_on (const DpopBallotRanking *self, guint place)
{
  guint count = 0;

  for (guint i = 0; i < self->n_options; i++)
    count += self->places[i] == place;
  return count;
}

guint
dpop_ballot_ranking_n_equal (const DpopBallotRanking *self, guint option)
{
  return self->places[option] > 0 ? count_on (self, self->places[option]) : 0;
}

void
dpop_ballot_ranking_order (const DpopBallotRanking *self, guint16 order[DPOP_DECISION_OPTIONS_MAX])
{
  const guint last = dpop_ballot_ranking_n_places (self);
  guint n = 0;

  for (guint place = 1; place <= last + 1; place++)
    for (guint i = 0; i < self->n_options; i++)
      if (self->places[i] == (place <= last ? place : 0))
        order[n++] = (guint16) i;
}

/* --- Moves. ---------------------------------------------------------------------------------- */

/* Makes room: every place from FIRST on is one further. */
static void
shift (DpopBallotRanking *self, guint first)
{
  for (guint i = 0; i < self->n_options; i++)
    if (self->places[i] >= first)
      self->places[i]++;
}

static void
take_out (DpopBallotRanking *self, guint option)
{
  const guint place = self->places[option];

  self->places[option] = 0;
  if (place == 0 || count_on (self, place) > 0)
    return;
  for (guint i = 0; i < self->n_options; i++)
    if (self->places[i] > place)
      self->places[i]--;
}

gboolean
dpop_ballot_ranking_put (DpopBallotRanking *self, guint option, guint place)
{
  const DpopBallotRanking before = *self;

  take_out (self, option);
  place = CLAMP (place, 1, dpop_ballot_ranking_n_places (self) + 1);
  shift (self, place);
  self->places[option] = (guint16) place;
  return memcmp (&before, self, sizeof before) != 0;
}

gboolean
dpop_ballot_ranking_raise (DpopBallotRanking *self, guint option)
{
  const guint place = self->places[option];

  if (place == 0)
    return dpop_ballot_ranking_put (self, option, DPOP_DECISION_OPTIONS_MAX + 1);
  if (count_on (self, place) > 1)
    return dpop_ballot_ranking_put (self, option, place);
  return place > 1 && dpop_ballot_ranking_put (self, option, place - 1);
}

gboolean
dpop_ballot_ranking_lower (DpopBallotRanking *self, guint option)
{
  const guint place = self->places[option];

  if (place == 0)
    return FALSE;
  if (count_on (self, place) == 1 && place == dpop_ballot_ranking_n_places (self))
    return dpop_ballot_ranking_drop (self, option);
  return dpop_ballot_ranking_put (self, option, place + 1);
}

gboolean
dpop_ballot_ranking_put_by (DpopBallotRanking *self, guint option, guint other, gboolean after)
{
  const DpopBallotRanking before = *self;

  if (option == other)
    return FALSE;
  if (self->places[other] == 0)
    return dpop_ballot_ranking_drop (self, option);
  take_out (self, option);
  dpop_ballot_ranking_put (self, option, self->places[other] + (after ? 1 : 0));
  return memcmp (&before, self, sizeof before) != 0;
}

gboolean
dpop_ballot_ranking_join (DpopBallotRanking *self, guint option)
{
  const guint place = self->places[option];

  if (place < 2)
    return FALSE;
  take_out (self, option);
  self->places[option] = (guint16) (place - 1);
  return TRUE;
}

gboolean
dpop_ballot_ranking_part (DpopBallotRanking *self, guint option)
{
  return dpop_ballot_ranking_n_equal (self, option) > 1
         && dpop_ballot_ranking_put (self, option, self->places[option] + 1u);
}

gboolean
dpop_ballot_ranking_drop (DpopBallotRanking *self, guint option)
{
  if (self->places[option] == 0)
    return FALSE;
  take_out (self, option);
  return TRUE;
}
