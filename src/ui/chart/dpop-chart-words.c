/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-words-private.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>

char *
dpop_chart_words_figure (guint64 figure)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, figure);
}

char *
dpop_chart_words_share (guint64 figure, guint64 total)
{
  guint tenths;

  if (total == 0)
    return NULL;
  tenths = (guint) (((unsigned __int128) MIN (figure, total) * 2000 + total)
                    / ((unsigned __int128) total * 2));
  if (figure < total)
    tenths = MIN (tenths, 999);
  if (figure > 0)
    tenths = MAX (tenths, 1);
  /* Translators: a share in per cent; the first %s is the decimal point of the locale. */
  return g_strdup_printf (_("%u%s%u%%"), tenths / 10, nl_langinfo (RADIXCHAR), tenths % 10);
}

char *
dpop_chart_words_time (gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_ms / 1000);
  /* Translators: a day and a time, as in g_date_time_format. */
  char *words = time != NULL ? g_date_time_format (time, _("%-d %B %Y, %H:%M")) : NULL;

  return words != NULL ? words : g_strdup (_("unknown"));
}

char *
dpop_chart_words_mark (const DpopChartMark *mark)
{
  g_autofree char *needed = dpop_chart_words_figure (mark->needed);

  /* Translators: what is asked for, and the figure: "Quorum: 30". */
  return g_strdup_printf (_("%s: %s"), mark->label, needed);
}

char *
dpop_chart_words_turnout (const DpopChart *chart)
{
  guint64 votes = dpop_chart_turnout (chart), entitled = dpop_chart_total (chart);
  g_autofree char *figure = dpop_chart_words_figure (votes);
  g_autofree char *total = dpop_chart_words_figure (entitled);
  g_autofree char *share = dpop_chart_words_share (votes, entitled);
  gulong n = (gulong) votes;

  if (share == NULL)
    return g_strdup_printf (ngettext ("%s vote", "%s votes", n), figure);
  return g_strdup_printf (ngettext ("%s of %s entitled has voted (%s)",
                                    "%s of %s entitled have voted (%s)", n),
                          figure, total, share);
}

char *
dpop_chart_words_opened (const DpopChart *chart)
{
  g_autofree char *time = dpop_chart_words_time (dpop_chart_box (chart)->opened_ms);

  return g_strdup_printf (_("Voting began on %s"), time);
}

char *
dpop_chart_words_closes (const DpopChart *chart)
{
  const DpopChartBox *box = dpop_chart_box (chart);
  g_autofree char *time = dpop_chart_words_time (box->closes_ms);

  return g_strdup_printf (box->now_ms < box->closes_ms ? _("Voting ends on %s")
                                                       : _("Voting ended on %s"), time);
}

char *
dpop_chart_words_won (const DpopChart *chart, guint option)
{
  guint others = dpop_chart_n_rows (chart) - 1;

  /* Translators: of an option that is compared with each other one: "won 3 of 4". */
  return g_strdup_printf (_("won %u of %u"), dpop_chart_pairs_won (chart, option), others);
}

gboolean
dpop_chart_words_reached (const DpopChart *chart, guint64 needed, gint64 *time_ms)
{
  for (guint i = 0; i < dpop_chart_n_steps (chart); i++)
    {
      const DpopChartStep *step = dpop_chart_step (chart, i);

      if (step->time_ms <= dpop_chart_box (chart)->closes_ms && step->votes >= needed)
        {
          *time_ms = step->time_ms;
          return TRUE;
        }
    }
  return FALSE;
}
