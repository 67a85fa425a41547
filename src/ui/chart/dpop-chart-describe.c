/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart.h"

#include "dpop-chart-words-private.h"

#include <glib/gi18n-lib.h>

/* More options than this make more pairs than one listens to; the table has them. */
#define MOST_OPTIONS_IN_PAIRS 6

static void
sentence (GString *text, const char *words)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, words);
}

/* "Yes 5 (71.4%), elected". */
static char *
row_words (const DpopChart *self, const DpopChartRow *row)
{
  gboolean compared = row->aside || dpop_chart_total_name (self) == NULL;
  g_autofree char *figure = dpop_chart_words_figure (row->value);
  g_autofree char *share = compared ? NULL : dpop_chart_words_share (row->value,
                                                                     dpop_chart_total (self));
  /* Translators: a name and its votes: "Yes 5". */
  g_autofree char *plain = g_strdup_printf (_("%s %s"), row->label, figure);
  /* Translators: a name with its votes, and their share: "Yes 5 (71.4%)". */
  g_autofree char *full = share != NULL ? g_strdup_printf (_("%s (%s)"), plain, share)
                                        : g_steal_pointer (&plain);

  if (row->note == NULL)
    return g_steal_pointer (&full);
  /* Translators: a name with its votes, and what it came to: "Rosa 30, elected". */
  return g_strdup_printf (_("%s, %s"), full, row->note);
}

/* The rows with or without those that are aside, in one list; NULL if there are none. */
static char *
list_rows (const DpopChart *self, gboolean aside)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < dpop_chart_n_rows (self); i++)
    {
      const DpopChartRow *row = dpop_chart_row (self, i);
      g_autofree char *words = NULL;

      if (row->aside != aside)
        continue;
      words = row_words (self, row);
      if (list->len > 0)
        /* Translators: between the parts of a list, which may have commas within. */
        g_string_append (list, _("; "));
      g_string_append (list, words);
    }
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

static void
describe_rows (const DpopChart *self, GString *text)
{
  g_autofree char *list = list_rows (self, FALSE);
  g_autofree char *aside = list_rows (self, TRUE);
  g_autofree char *total = dpop_chart_words_figure (dpop_chart_total (self));
  g_autofree char *words = NULL;

  if (list == NULL)
    words = g_strdup (_("There is nothing to show."));
  else if (dpop_chart_total_name (self) == NULL)
    words = g_strdup_printf (_("%s."), list);
  else
    /* Translators: "Of 7 votes for and against: Yes 5; No 2." */
    words = g_strdup_printf (_("Of %s %s: %s."), total, dpop_chart_total_name (self), list);
  sentence (text, words);
  if (aside != NULL)
    {
      g_free (words);
      words = g_strdup_printf (_("Besides: %s."), aside);
      sentence (text, words);
    }
}

static char *
who_reached (const DpopChart *self, guint64 needed)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < dpop_chart_n_rows (self); i++)
    if (dpop_chart_row (self, i)->value >= needed)
      g_string_append_printf (list, "%s%s", list->len > 0 ? _("; ") : "",
                              dpop_chart_row (self, i)->label);
  return list->len > 0 ? g_strdup_printf (_("Reached by: %s."), list->str)
                       : g_strdup (_("Reached by none."));
}

static void
describe_mark (const DpopChart *self, GString *text)
{
  const DpopChartMark *mark = dpop_chart_mark (self);
  g_autofree char *words = NULL;
  g_autofree char *stop = NULL;
  g_autofree char *reached = NULL;
  gint64 when;

  if (mark == NULL)
    return;
  words = dpop_chart_words_mark (mark);
  stop = g_strdup_printf (_("%s."), words);
  sentence (text, stop);
  if (dpop_chart_kind (self) == DPOP_CHART_BARS)
    reached = who_reached (self, mark->needed);
  else if (dpop_chart_kind (self) == DPOP_CHART_OUTCOME)
    reached = g_strdup (dpop_chart_n_rows (self) > 0
                        && dpop_chart_row (self, 0)->value >= mark->needed
                        ? _("Reached.") : _("Not reached."));
  else if (dpop_chart_words_reached (self, mark->needed, &when))
    {
      g_autofree char *time = dpop_chart_words_time (when);

      reached = g_strdup_printf (_("Reached on %s."), time);
    }
  else
    reached = g_strdup (_("Not reached."));
  sentence (text, reached);
}

static void
describe_turnout (const DpopChart *self, GString *text)
{
  g_autofree char *turnout = dpop_chart_words_turnout (self);
  g_autofree char *opened = dpop_chart_words_opened (self);
  g_autofree char *closes = dpop_chart_words_closes (self);
  const char *all[] = { turnout, opened, closes };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *stop = g_strdup_printf (_("%s."), all[i]);

      sentence (text, stop);
    }
}

static void
describe_pair (const DpopChart *self, GString *text, guint a, guint b)
{
  guint64 for_a = dpop_chart_preferred (self, a, b), for_b = dpop_chart_preferred (self, b, a);
  guint first = for_a >= for_b ? a : b, second = first == a ? b : a;
  g_autofree char *more = dpop_chart_words_figure (MAX (for_a, for_b));
  g_autofree char *less = dpop_chart_words_figure (MIN (for_a, for_b));
  const char *one = dpop_chart_row (self, first)->label;
  const char *other = dpop_chart_row (self, second)->label;
  g_autofree char *words = for_a == for_b
    ? g_strdup_printf (_("%s and %s: equal, %s each."), one, other, more)
    : g_strdup_printf (_("%s before %s: %s to %s."), one, other, more, less);

  sentence (text, words);
}

static void
describe_pairs (const DpopChart *self, GString *text)
{
  guint n = dpop_chart_n_rows (self);
  g_autofree char *winner = NULL;

  for (guint i = 0; i < n && n > 1; i++)
    if (dpop_chart_pairs_won (self, i) == n - 1)
      winner = g_strdup_printf (_("%s is preferred to each other option."),
                                dpop_chart_row (self, i)->label);
  sentence (text, winner != NULL ? winner : _("No option is preferred to each other one."));
  for (guint a = 0; a < n && n > 1; a++)
    {
      g_autofree char *won = dpop_chart_words_won (self, a);
      g_autofree char *words = NULL;

      for (guint b = a + 1; b < n && n <= MOST_OPTIONS_IN_PAIRS; b++)
        describe_pair (self, text, a, b);
      if (n <= MOST_OPTIONS_IN_PAIRS)
        continue;
      /* Translators: an option, and "won 3 of 4". */
      words = g_strdup_printf (_("%s: %s."), dpop_chart_row (self, a)->label, won);
      sentence (text, words);
    }
}

char *
dpop_chart_describe (const DpopChart *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  switch (dpop_chart_kind (self))
    {
    case DPOP_CHART_OUTCOME:
    case DPOP_CHART_BARS:
      describe_rows (self, text);
      break;
    case DPOP_CHART_TURNOUT:
      describe_turnout (self, text);
      break;
    case DPOP_CHART_PAIRWISE:
    default:
      describe_pairs (self, text);
      break;
    }
  describe_mark (self, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
