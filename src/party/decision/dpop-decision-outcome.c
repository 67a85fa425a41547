/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-outcome.h"

DpopDecisionOutcome *
dpop_decision_outcome_new (void)
{
  DpopDecisionOutcome *self = g_new0 (DpopDecisionOutcome, 1);

  self->reasons = g_array_new (FALSE, FALSE, sizeof (DpopCountReason));
  return self;
}

void
dpop_decision_outcome_free (DpopDecisionOutcome *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->reasons);
  g_free (self);
}

/* --- Encoding. ------------------------------------------------------------------------------ */

static GVariant *
encode_places (const DpopDecisionOutcome *self)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_UINT16, self->places, self->n_options,
                                    sizeof self->places[0]);
}

static GVariant *
encode_votes (const DpopDecisionOutcome *self)
{
  guint32 votes[DPOP_DECISION_OPTIONS_MAX];
  guint n = self->ballot == DPOP_BALLOT_RANK ? 0 : self->n_options;

  for (guint i = 0; i < n; i++)
    votes[i] = (guint32) self->votes[i];
  return g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, votes, n, sizeof votes[0]);
}

static GVariant *
encode_preferred (const DpopDecisionOutcome *self)
{
  guint n = self->ballot == DPOP_BALLOT_RANK ? self->n_options : 0;
  g_autofree guint32 *table = g_new (guint32, n * n + 1);

  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < n; b++)
      table[a * n + b] = (guint32) self->preferred[a][b];
  return g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, table, n * n, sizeof table[0]);
}

static GVariant *
encode_reasons (const DpopDecisionOutcome *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (DPOP_OUTCOME_REASONS_TYPE));
  for (guint i = 0; i < self->reasons->len; i++)
    {
      const DpopCountReason *reason = &g_array_index (self->reasons, DpopCountReason, i);

      g_variant_builder_add (&builder, "(yyxxbtttnb)", (guint8) reason->code,
                             (guint8) reason->over, reason->threshold.share.num,
                             reason->threshold.share.den, reason->threshold.strict,
                             reason->figure, reason->needed, reason->base,
                             (gint16) reason->option, reason->satisfied);
    }
  return g_variant_builder_end (&builder);
}

GVariant *
dpop_decision_outcome_encode (const DpopDecisionOutcome *self)
{
  return g_variant_new ("(yy(tx)(uuuu)(uuuu)(qq)(ttt)@aq@au@au@" DPOP_OUTCOME_REASONS_TYPE ")",
                        (guint8) self->status, (guint8) self->ballot, self->height, self->time,
                        (guint32) self->entitled, (guint32) self->present, (guint32) self->cast,
                        (guint32) self->undecided, (guint32) self->yes, (guint32) self->no,
                        (guint32) self->abstain, (guint32) self->blank, (guint16) self->seats,
                        (guint16) self->seats_left, self->elected, self->tied, self->dropped,
                        encode_places (self), encode_votes (self), encode_preferred (self),
                        encode_reasons (self));
}

/* --- Decoding. ------------------------------------------------------------------------------ */

static void
decode_figures (GVariant *value, DpopDecisionOutcome *self)
{
  guint32 turnout[4], answers[4];
  guint16 seats[2];
  guint8 status, ballot;

  g_variant_get_child (value, 0, "y", &status);
  g_variant_get_child (value, 1, "y", &ballot);
  g_variant_get_child (value, 2, "(tx)", &self->height, &self->time);
  g_variant_get_child (value, 3, "(uuuu)", &turnout[0], &turnout[1], &turnout[2], &turnout[3]);
  g_variant_get_child (value, 4, "(uuuu)", &answers[0], &answers[1], &answers[2], &answers[3]);
  g_variant_get_child (value, 5, "(qq)", &seats[0], &seats[1]);
  g_variant_get_child (value, 6, "(ttt)", &self->elected, &self->tied, &self->dropped);
  self->status = status;
  self->ballot = ballot;
  self->entitled = turnout[0];
  self->present = turnout[1];
  self->cast = turnout[2];
  self->undecided = turnout[3];
  self->yes = answers[0];
  self->no = answers[1];
  self->abstain = answers[2];
  self->blank = answers[3];
  self->seats = seats[0];
  self->seats_left = seats[1];
}

/* FALSE when the lengths do not fit together. */
static gboolean
decode_options (GVariant *value, DpopDecisionOutcome *self)
{
  g_autoptr (GVariant) places = g_variant_get_child_value (value, 7);
  g_autoptr (GVariant) votes = g_variant_get_child_value (value, 8);
  g_autoptr (GVariant) table = g_variant_get_child_value (value, 9);
  gsize n, n_votes, n_table;
  const guint16 *place = g_variant_get_fixed_array (places, &n, sizeof *place);
  const guint32 *vote = g_variant_get_fixed_array (votes, &n_votes, sizeof *vote);
  const guint32 *cell = g_variant_get_fixed_array (table, &n_table, sizeof *cell);
  gboolean ranked = self->ballot == DPOP_BALLOT_RANK;

  if (n > DPOP_DECISION_OPTIONS_MAX || n_votes != (ranked ? 0 : n)
      || n_table != (ranked ? n * n : 0))
    return FALSE;
  self->n_options = (guint) n;
  for (gsize a = 0; a < n; a++)
    {
      self->places[a] = place[a];
      self->votes[a] = ranked ? 0 : vote[a];
      for (gsize b = 0; ranked && b < n; b++)
        self->preferred[a][b] = cell[a * n + b];
    }
  return TRUE;
}

static void
decode_reasons (GVariant *value, DpopDecisionOutcome *self)
{
  g_autoptr (GVariant) reasons = g_variant_get_child_value (value, 10);
  gsize n = g_variant_n_children (reasons);

  for (gsize i = 0; i < n; i++)
    {
      DpopCountReason reason = { 0 };
      guint8 code, over;
      gint16 option;

      g_variant_get_child (reasons, i, "(yyxxbtttnb)", &code, &over, &reason.threshold.share.num,
                           &reason.threshold.share.den, &reason.threshold.strict, &reason.figure,
                           &reason.needed, &reason.base, &option, &reason.satisfied);
      reason.code = code;
      reason.over = over;
      reason.option = option;
      g_array_append_val (self->reasons, reason);
    }
}

DpopDecisionOutcome *
dpop_decision_outcome_decode (GVariant *value)
{
  g_autoptr (DpopDecisionOutcome) self = dpop_decision_outcome_new ();

  decode_figures (value, self);
  if (!decode_options (value, self))
    return NULL;
  decode_reasons (value, self);
  return g_steal_pointer (&self);
}
