/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-roll-private.h"

#include "dpop-edge-name.h"
#include "dpop-edge-roll-words-private.h"

/* In a column of 1/2/1984 and the like, the numbers beyond 12 tell which one is the month: the day
 * comes first unless more rows say otherwise. Nothing that tells, or both, leaves a doubt. */
static void
find_order (DpopEdgeRollReader *reader, DpopEdgeRollField field)
{
  gint column = reader->roll->column_of[field];
  guint day_first = 0, month_first = 0;

  reader->orders[field] = reader->options->date_order;
  if (column < 0 || reader->options->date_order != DPOP_EDGE_DATE_FIND_OUT)
    return;
  for (guint row = reader->roll->first_row; row < dpop_edge_csv_n_rows (reader->csv); row++)
    {
      const char *raw = dpop_edge_csv_field (reader->csv, row, (guint) column);
      g_autofree char *text = dpop_edge_roll_tidy (raw, NULL, NULL);
      DpopEdgeDateParts parts;

      if (!dpop_edge_date_scan (text, &parts) || !parts.either)
        continue;
      day_first += parts.first > 12 && parts.second <= 12;
      month_first += parts.second > 12 && parts.first <= 12;
    }
  reader->in_doubt[field] = (day_first > 0) == (month_first > 0);
  reader->orders[field]
      = month_first > day_first ? DPOP_EDGE_DATE_MONTH_FIRST : DPOP_EDGE_DATE_DAY_FIRST;
}

static GHashTable *
index_units (const char *const *units)
{
  GHashTable *index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; units[i] != NULL; i++)
    {
      char *key = dpop_edge_name_word_key (units[i]);

      if (g_hash_table_contains (index, key))
        g_free (key);
      else
        g_hash_table_insert (index, key, GUINT_TO_POINTER (i + 1));
    }
  return index;
}

static void
read_rows (DpopEdgeRoll *self, const DpopEdgeCsv *csv, const DpopEdgeRollOptions *options)
{
  DpopEdgeRollReader reader = { .roll = self, .csv = csv, .options = options };
  g_autoptr (GHashTable) states = dpop_edge_roll_words_states ();
  g_autoptr (GHashTable) units = options->units != NULL ? index_units (options->units) : NULL;

  reader.states = states;
  reader.units = units;
  find_order (&reader, DPOP_EDGE_ROLL_BORN);
  find_order (&reader, DPOP_EDGE_ROLL_JOINED);
  for (guint i = self->first_row; i < dpop_edge_csv_n_rows (csv); i++)
    {
      DpopEdgeRollRow row;

      if (dpop_edge_roll_read_row (&reader, i, &row))
        {
          g_array_append_val (self->rows, row);
          continue;
        }
      g_free (row.extras);
      g_clear_pointer (&row.problems, g_array_unref);
      self->summary.n_blank++;
    }
}

static void
summarise (DpopEdgeRoll *self)
{
  self->summary.n_rows = self->rows->len;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const DpopEdgeRollRow *row = &g_array_index (self->rows, DpopEdgeRollRow, i);

      self->summary.n_red += row->red;
      self->summary.n_warned += !row->red && row->problems != NULL;
      for (guint k = 0; row->problems != NULL && k < row->problems->len; k++)
        self->summary.counts[g_array_index (row->problems, DpopEdgeRollProblem, k).code]++;
    }
}

DpopEdgeRoll *
dpop_edge_roll_read (const DpopEdgeCsv *csv, const DpopEdgeRollOptions *options, GError **error)
{
  static const DpopEdgeRollOptions find_out;
  g_autoptr (DpopEdgeRoll) self = g_new0 (DpopEdgeRoll, 1);

  options = options != NULL ? options : &find_out;
  self->texts = g_string_chunk_new (16 * 1024);
  self->rows = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollRow));
  if (!dpop_edge_roll_read_columns (self, csv, options, error))
    return NULL;
  read_rows (self, csv, options);
  dpop_edge_roll_find_repeated (self);
  summarise (self);
  return g_steal_pointer (&self);
}

void
dpop_edge_roll_free (DpopEdgeRoll *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      DpopEdgeRollRow *row = &g_array_index (self->rows, DpopEdgeRollRow, i);

      g_free (row->extras);
      g_clear_pointer (&row->problems, g_array_unref);
    }
  g_array_unref (self->rows);
  g_string_chunk_free (self->texts);
  g_free (self->columns);
  g_free (self->extras);
  g_free (self);
}

const DpopEdgeRollSummary *
dpop_edge_roll_summary (const DpopEdgeRoll *self)
{
  return &self->summary;
}

guint
dpop_edge_roll_n_columns (const DpopEdgeRoll *self)
{
  return self->n_columns;
}

const DpopEdgeRollColumn *
dpop_edge_roll_column (const DpopEdgeRoll *self, guint column)
{
  g_return_val_if_fail (column < self->n_columns, NULL);
  return &self->columns[column];
}

gint
dpop_edge_roll_column_of (const DpopEdgeRoll *self, DpopEdgeRollField field)
{
  g_return_val_if_fail (field < DPOP_EDGE_ROLL_N_FIELDS, -1);
  return self->column_of[field];
}

guint
dpop_edge_roll_n_extras (const DpopEdgeRoll *self)
{
  return self->n_extras;
}

const char *
dpop_edge_roll_extra_heading (const DpopEdgeRoll *self, guint extra)
{
  g_return_val_if_fail (extra < self->n_extras, NULL);
  return self->columns[self->extras[extra]].heading;
}

guint
dpop_edge_roll_n_rows (const DpopEdgeRoll *self)
{
  return self->rows->len;
}

const DpopEdgeRollRow *
dpop_edge_roll_row (const DpopEdgeRoll *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, NULL);
  return &g_array_index (self->rows, DpopEdgeRollRow, row);
}
