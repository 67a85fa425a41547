/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-ballots-private.h"
#include "dpop-edge-encoding.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
unify_line_ends (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    if (*from != '\r')
      *to++ = *from;
    else if (from[1] != '\n')
      *to++ = '\n';
  *to = '\0';
}

char *
dpop_edge_ballots_text (gconstpointer bytes, gsize size, GError **error)
{
  DpopEdgeEncodingFacts facts;
  g_autofree char *text = NULL;
  gsize length;

  if (size > DPOP_EDGE_BALLOTS_MAX_BYTES)
    {
      g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE,
                   _ ("The file is larger than %u MB. Write equal ballots as one with their "
                      "number, or check that the right file was chosen."),
                   DPOP_EDGE_BALLOTS_MAX_BYTES >> 20);
      return NULL;
    }
  text = dpop_edge_encoding_decode (bytes, size, DPOP_EDGE_ENCODING_DETECT, &facts, &length, error);
  if (text == NULL)
    return NULL;
  unify_line_ends (text);
  if (text[strspn (text, " \t\n\f\v")] == '\0')
    {
      g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_EMPTY,
                           _ ("The file is empty. Check that the right file was chosen."));
      return NULL;
    }
  return g_steal_pointer (&text);
}

DpopEdgeBallots *
dpop_edge_ballots_new (void)
{
  DpopEdgeBallots *self = g_new0 (DpopEdgeBallots, 1);

  self->options = g_ptr_array_new_with_free_func (g_free);
  self->ballots = g_array_new (FALSE, FALSE, sizeof (DpopCountBallot));
  self->seats = 1;
  return self;
}

void
dpop_edge_ballots_free (DpopEdgeBallots *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_ptr_array_unref (self->options);
  g_array_unref (self->ballots);
  g_free (self);
}

gboolean
dpop_edge_ballots_add (DpopEdgeBallots *self, const DpopCountBallot *ballot, guint line,
                       GError **error)
{
  if (self->ballots->len >= DPOP_EDGE_BALLOTS_MAX)
    return dpop_edge_ballots_fail (error, DPOP_EDGE_ERROR_TOO_LARGE, line,
                                   _ ("More than a million ballots. Write equal ballots as one "
                                      "with their number."));
  if (ballot->count > DPOP_COUNT_MAX_VOTES - self->voters)
    return dpop_edge_ballots_fail (error, DPOP_EDGE_ERROR_TOO_LARGE, line,
                                   _ ("All ballots so far stand for more than 2147483647 voters. "
                                      "Correct the number at the start of the line."));
  self->voters += ballot->count;
  g_array_append_vals (self->ballots, ballot, 1);
  return TRUE;
}

void
dpop_edge_ballots_add_name (DpopEdgeBallots *self, const char *name, gsize length)
{
  char *kept = g_strstrip (g_strndup (name, length));

  if (*kept == '\0')
    {
      g_free (kept);
      kept = g_strdup_printf ("%u", self->options->len + 1);
    }
  g_ptr_array_add (self->options, kept);
}

gboolean
dpop_edge_ballots_fail (GError **error, DpopEdgeError code, guint line, const char *message)
{
  /* Translators: where in a file, and what is wrong there. */
  g_set_error (error, DPOP_EDGE_ERROR, code, _ ("Line %u: %s"), line, message);
  return FALSE;
}

void
dpop_edge_ballots_strike_withdrawn (DpopEdgeBallots *self)
{
  guint n = self->options->len;

  for (guint i = 0; i < self->ballots->len; i++)
    {
      DpopCountBallot *ballot = &g_array_index (self->ballots, DpopCountBallot, i);
      guint to = 0;

      for (guint from = 0; from < n; from++)
        if (!dpop_count_options_has (self->withdrawn, from))
          ballot->ranks[to++] = ballot->ranks[from];
      while (to < n)
        ballot->ranks[to++] = 0;
      dpop_count_ballot_close_gaps (ballot, n);
    }
  for (guint i = n; i > 0; i--)
    if (dpop_count_options_has (self->withdrawn, i - 1))
      g_ptr_array_remove_index (self->options, i - 1);
  self->withdrawn = 0;
}
