/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-sheet.h"

#include "dpop-chart-words-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_COLUMNS 5

struct _DpopChartSheet
{
  guint n_columns;
  const char *headings[MOST_COLUMNS];
  gboolean figures[MOST_COLUMNS];
  GPtrArray *cells; /* of char *, row by row */
  guint n_left_out;
};

static void
column (DpopChartSheet *self, const char *heading, gboolean figure)
{
  self->headings[self->n_columns] = heading;
  self->figures[self->n_columns++] = figure;
}

static void
cell (DpopChartSheet *self, char *text)
{
  g_ptr_array_add (self->cells, text != NULL ? text : g_strdup (""));
}

static void
figure_cell (DpopChartSheet *self, guint64 figure)
{
  cell (self, g_strdup_printf ("%" G_GUINT64_FORMAT, figure));
}

/* A row of a table with or without shares and remarks. On a page a remark follows the name: three
 * columns find room in a narrow window. */
static void
add_row (DpopChartSheet *self, DpopChartSheetUse use, const char *label, guint64 figure,
         char *share, const char *note)
{
  if (use == DPOP_CHART_SHEET_FOR_READING && note != NULL)
    /* Translators: a name, and what it came to: "Rosa Martinez, elected". */
    cell (self, g_strdup_printf (_("%s, %s"), label, note));
  else
    cell (self, g_strdup (label));
  figure_cell (self, figure);
  if (self->n_columns > 2)
    cell (self, share);
  if (self->n_columns > 3)
    cell (self, g_strdup (note));
}

static void
fill_rows (DpopChartSheet *self, const DpopChart *chart, DpopChartSheetUse use)
{
  const DpopChartMark *mark = dpop_chart_mark (chart);
  const char *total = dpop_chart_total_name (chart);

  column (self, dpop_chart_kind (chart) == DPOP_CHART_OUTCOME ? _("Answer") : _("Option"), FALSE);
  column (self, _("Votes"), TRUE);
  if (total != NULL || use == DPOP_CHART_SHEET_FOR_FILE)
    column (self, _("Share"), TRUE);
  if (use == DPOP_CHART_SHEET_FOR_FILE)
    column (self, _("Remark"), FALSE);
  for (guint i = 0; i < dpop_chart_n_rows (chart); i++)
    {
      const DpopChartRow *row = dpop_chart_row (chart, i);

      add_row (self, use, row->label, row->value,
               row->aside || total == NULL
               ? NULL : dpop_chart_words_share (row->value, dpop_chart_total (chart)), row->note);
    }
  if (total != NULL)
    {
      /* Translators: the last row of a table, and what its figure counts: "All votes cast". */
      g_autofree char *all = g_strdup_printf (_("All %s"), total);

      add_row (self, use, all, dpop_chart_total (chart), NULL, NULL);
    }
  if (mark != NULL)
    add_row (self, use, mark->label, mark->needed, NULL, NULL);
}

static char *
file_time (gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S") : NULL;
}

static void
fill_turnout (DpopChartSheet *self, const DpopChart *chart, DpopChartSheetUse use)
{
  guint n = dpop_chart_n_steps (chart);
  guint every = use == DPOP_CHART_SHEET_FOR_FILE ? 1 : n / DPOP_CHART_SHEET_MOST_ROWS + 1;

  column (self, _("Time"), FALSE);
  column (self, _("Votes so far"), TRUE);
  if (use == DPOP_CHART_SHEET_FOR_FILE)
    column (self, _("Entitled"), TRUE);
  column (self, _("Share"), TRUE);
  for (guint i = 0; i < n; i++)
    {
      const DpopChartStep *step = dpop_chart_step (chart, i);

      if ((n - 1 - i) % every != 0)
        {
          self->n_left_out++;
          continue;
        }
      cell (self, use == DPOP_CHART_SHEET_FOR_FILE ? file_time (step->time_ms)
                                                   : dpop_chart_words_time (step->time_ms));
      figure_cell (self, step->votes);
      if (use == DPOP_CHART_SHEET_FOR_FILE)
        figure_cell (self, dpop_chart_total (chart));
      cell (self, dpop_chart_words_share (step->votes, dpop_chart_total (chart)));
    }
}

static void
add_pair (DpopChartSheet *self, const DpopChart *chart, DpopChartSheetUse use, guint a, guint b)
{
  guint64 for_a = dpop_chart_preferred (chart, a, b), for_b = dpop_chart_preferred (chart, b, a);
  const char *first = dpop_chart_row (chart, a)->label, *other = dpop_chart_row (chart, b)->label;

  if (use == DPOP_CHART_SHEET_FOR_FILE)
    {
      cell (self, g_strdup (first));
      cell (self, g_strdup (other));
      figure_cell (self, for_a);
      figure_cell (self, for_b);
    }
  else
    {
      /* Translators: two options that are compared. */
      cell (self, g_strdup_printf (_("%s or %s"), first, other));
      /* Translators: how many prefer the one, and how many the other. */
      cell (self, g_strdup_printf (_("%lu to %lu"), (gulong) for_a, (gulong) for_b));
    }
  cell (self, g_strdup (for_a == for_b ? _("equal") : for_a > for_b ? first : other));
}

static void
fill_pairs (DpopChartSheet *self, const DpopChart *chart, DpopChartSheetUse use)
{
  guint n = dpop_chart_n_rows (chart), rows = 0;

  if (use == DPOP_CHART_SHEET_FOR_FILE)
    {
      column (self, _("First"), FALSE);
      column (self, _("Second"), FALSE);
      column (self, _("For the first"), TRUE);
      column (self, _("For the second"), TRUE);
    }
  else
    {
      column (self, _("Pair"), FALSE);
      column (self, _("Votes"), TRUE);
    }
  column (self, _("Preferred"), FALSE);
  for (guint a = 0; a < n; a++)
    for (guint b = a + 1; b < n; b++)
      if (use == DPOP_CHART_SHEET_FOR_FILE || rows++ < DPOP_CHART_SHEET_MOST_ROWS)
        add_pair (self, chart, use, a, b);
      else
        self->n_left_out++;
}

DpopChartSheet *
dpop_chart_sheet_new (const DpopChart *chart, DpopChartSheetUse use)
{
  DpopChartSheet *self = g_new0 (DpopChartSheet, 1);

  self->cells = g_ptr_array_new_with_free_func (g_free);
  switch (dpop_chart_kind (chart))
    {
    case DPOP_CHART_OUTCOME:
    case DPOP_CHART_BARS:
      fill_rows (self, chart, use);
      break;
    case DPOP_CHART_TURNOUT:
      fill_turnout (self, chart, use);
      break;
    case DPOP_CHART_PAIRWISE:
    default:
      fill_pairs (self, chart, use);
      break;
    }
  return self;
}

void
dpop_chart_sheet_free (DpopChartSheet *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->cells);
  g_free (self);
}

guint
dpop_chart_sheet_n_columns (const DpopChartSheet *self)
{
  return self->n_columns;
}

guint
dpop_chart_sheet_n_rows (const DpopChartSheet *self)
{
  return self->cells->len / self->n_columns;
}

guint
dpop_chart_sheet_n_left_out (const DpopChartSheet *self)
{
  return self->n_left_out;
}

const char *
dpop_chart_sheet_heading (const DpopChartSheet *self, guint column_number)
{
  g_return_val_if_fail (column_number < self->n_columns, "");
  return self->headings[column_number];
}

const char *
dpop_chart_sheet_cell (const DpopChartSheet *self, guint row, guint column_number)
{
  g_return_val_if_fail (row < dpop_chart_sheet_n_rows (self) && column_number < self->n_columns,
                        "");
  return g_ptr_array_index (self->cells, row * self->n_columns + column_number);
}

gboolean
dpop_chart_sheet_is_figure (const DpopChartSheet *self, guint column_number)
{
  g_return_val_if_fail (column_number < self->n_columns, FALSE);
  return self->figures[column_number];
}

/* --- As a file. ------------------------------------------------------------------------------ */

/* Spreadsheets take these for the beginning of a formula; a tab or a return before one is passed
 * over by some. */
static gboolean
begins_as_formula (const char *field)
{
  return *field != '\0' && strchr ("=+-@\t\r\n", *field) != NULL;
}

static void
write_field (GString *csv, const char *field)
{
  gboolean quoted = strpbrk (field, ",;\"\r\n\t") != NULL || *field == ' ';

  if (quoted)
    g_string_append_c (csv, '"');
  if (begins_as_formula (field))
    g_string_append_c (csv, '\'');
  for (const char *c = field; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  if (quoted)
    g_string_append_c (csv, '"');
}

char *
dpop_chart_sheet_to_csv (const DpopChartSheet *self)
{
  GString *csv = g_string_new ("\xef\xbb\xbf");

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (csv, ',');
      write_field (csv, self->headings[i]);
    }
  g_string_append (csv, "\r\n");
  for (guint i = 0; i < self->cells->len; i++)
    {
      write_field (csv, g_ptr_array_index (self->cells, i));
      g_string_append (csv, (i + 1) % self->n_columns == 0 ? "\r\n" : ",");
    }
  return g_string_free (csv, FALSE);
}
