/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-sight.h"

#include <glib/gi18n-lib.h>

#define SAMPLES           3
#define SAMPLE_CHARACTERS 32
#define CHANGES_SHOWN     4

/* --- Making and freeing. --------------------------------------------------------------------- */

static void
row_clear (gpointer data)
{
  DpopImportRow *row = data;

  g_free (row->name);
  g_free (row->words);
}

void
dpop_import_row_unref (DpopImportRow *self)
{
  g_rc_box_release_full (self, row_clear);
}

static void
column_clear (gpointer data)
{
  DpopImportColumn *column = data;

  g_free (column->heading);
  g_free (column->samples);
}

static void
cell_clear (gpointer data)
{
  DpopImportCell *cell = data;

  g_free (cell->heading);
  g_free (cell->text);
  g_free (cell->fault);
}

void
dpop_import_sight_free (DpopImportSight *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
dpop_import_row_sight_free (DpopImportRowSight *self)
{
  if (self == NULL)
    return;
  dpop_import_row_unref (self->row);
  g_free (self->words);
  g_array_unref (self->cells);
  g_free (self);
}

/* --- Columns. -------------------------------------------------------------------------------- */

static char *
shorten (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= SAMPLE_CHARACTERS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, SAMPLE_CHARACTERS);
  return g_strconcat (start, "…", NULL);
}

/* The first values that differ. */
static char *
collect_samples (const DpopEdgeCsv *csv, guint column, guint first)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);

  for (guint row = first; row < dpop_edge_csv_n_rows (csv) && samples->len < SAMPLES; row++)
    {
      g_autofree char *text = shorten (dpop_edge_csv_field (csv, row, column));

      g_strdelimit (g_strstrip (text), "\n\r\t", ' ');
      if (*text != '\0' && !g_ptr_array_find_with_equal_func (samples, text, g_str_equal, NULL))
        g_ptr_array_add (samples, g_steal_pointer (&text));
    }
  if (samples->len == 0)
    return g_strdup (_("Nothing stands in this column."));
  g_ptr_array_add (samples, NULL);
  return g_strjoinv (" · ", (char **) samples->pdata);
}

static void
add_columns (DpopImportSight *self, const DpopCommandImport *import)
{
  const DpopEdgeRoll *roll = dpop_command_import_roll (import);
  const DpopEdgeCsv *csv = dpop_command_import_csv (import);
  const guint first = self->facts.header ? 1 : 0;

  for (guint i = 0; i < dpop_edge_roll_n_columns (roll); i++)
    {
      const DpopEdgeRollColumn *read = dpop_edge_roll_column (roll, i);
      DpopImportColumn column = { g_strdup (read->heading), read->field,
                                  collect_samples (csv, i, first) };

      g_array_append_val (self->columns, column);
    }
}

/* --- What becomes of a row. ------------------------------------------------------------------ */

static DpopImportGroup
group_of (const DpopCommandImport *import, guint row, DpopCommandImportDecision decision)
{
  const DpopEdgeRollReviewRow *reviewed
      = dpop_edge_roll_review_row (dpop_command_import_review (import), row);

  if (decision == DPOP_COMMAND_IMPORT_LEAVE_OUT)
    return DPOP_IMPORT_LEAVE;
  if (reviewed->status == DPOP_EDGE_ROLL_REVIEW_RED)
    return DPOP_IMPORT_MEND;
  if (reviewed->status == DPOP_EDGE_ROLL_REVIEW_POSSIBLE
      && decision == DPOP_COMMAND_IMPORT_AS_REVIEWED)
    return DPOP_IMPORT_DECIDE;
  switch (dpop_command_import_action (import, row))
    {
    case DPOP_COMMAND_IMPORT_ADDS:
      return DPOP_IMPORT_ADD;
    case DPOP_COMMAND_IMPORT_CHANGES:
      return DPOP_IMPORT_CHANGE;
    case DPOP_COMMAND_IMPORT_KEEPS:
      return DPOP_IMPORT_KEEP;
    case DPOP_COMMAND_IMPORT_IS_LEFT:
    case DPOP_COMMAND_IMPORT_N_ACTIONS:
    default:
      return DPOP_IMPORT_LEAVE;
    }
}

static char *
name_of (const DpopCommandImport *import, guint row)
{
  const DpopEdgeRollRow *read = dpop_edge_roll_row (dpop_command_import_roll (import), row);
  const DpopEdgeCsv *csv = dpop_command_import_csv (import);

  if (*read->fields[DPOP_EDGE_ROLL_FULL_NAME] != '\0')
    return g_strdup (read->fields[DPOP_EDGE_ROLL_FULL_NAME]);
  for (guint column = 0; column < dpop_edge_csv_n_columns (csv); column++)
    {
      const char *text = dpop_edge_csv_field (csv, read->table_row, column);

      if (*text != '\0')
        return shorten (text);
    }
  return g_strdup (_("Without a name"));
}

/* The sentences of one weight; those of the row as a whole alone when WHOLE. */
static void
add_problems (GPtrArray *sentences, const DpopCommandImport *import, guint row,
              DpopEdgeRollSeverity severity, gboolean whole)
{
  const DpopEdgeRoll *roll = dpop_command_import_roll (import);
  const DpopEdgeRollRow *read = dpop_edge_roll_row (roll, row);

  for (guint i = 0; read->problems != NULL && i < read->problems->len; i++)
    {
      const DpopEdgeRollProblem *problem
          = &g_array_index (read->problems, DpopEdgeRollProblem, i);

      if (problem->severity == severity && (!whole || problem->column < 0))
        g_ptr_array_add (sentences, dpop_edge_roll_problem_message (roll, read, problem));
    }
}

static char *
change_words (const DpopCommandImport *import, const DpopEdgeRollChange *change)
{
  const char *title = change->field == DPOP_EDGE_ROLL_EXTRA
                          ? dpop_edge_roll_extra_heading (dpop_command_import_roll (import),
                                                          change->extra)
                          : dpop_edge_roll_field_title (change->field);
  g_autofree char *before = shorten (change->old_text);
  g_autofree char *after = shorten (change->new_text);

  /* Translators: a field, what will stand in it, and what stands there now. */
  return *before != '\0' ? g_strdup_printf (_("%s: “%s” instead of “%s”."), title, after, before)
                         : g_strdup_printf (_("%s: “%s”."), title, after);
}

static void
add_changes (GPtrArray *sentences, const DpopCommandImport *import, guint row)
{
  const GArray *changes
      = dpop_edge_roll_review_row (dpop_command_import_review (import), row)->changes;

  for (guint i = 0; changes != NULL && i < MIN (changes->len, CHANGES_SHOWN); i++)
    g_ptr_array_add (sentences,
                     change_words (import, &g_array_index (changes, DpopEdgeRollChange, i)));
  if (changes != NULL && changes->len > CHANGES_SHOWN)
    g_ptr_array_add (sentences, g_strdup (_("And more.")));
}

static const char *
left_words (const DpopCommandImport *import, guint row, DpopCommandImportDecision decision)
{
  if (decision == DPOP_COMMAND_IMPORT_LEAVE_OUT)
    return _("You leave it out.");
  if (dpop_edge_roll_row (dpop_command_import_roll (import), row)->state
      == DPOP_EDGE_ROLL_FORMER)
    return _("Has left, and never was a member here.");
  return _("There is more in it than can be kept about a member.");
}

static void
add_words (GPtrArray *sentences, const DpopCommandImport *import, guint row,
           DpopImportGroup group, DpopCommandImportDecision decision)
{
  const DpopEdgeRollReview *review = dpop_command_import_review (import);

  switch (group)
    {
    case DPOP_IMPORT_MEND:
      add_problems (sentences, import, row, DPOP_EDGE_ROLL_ERROR, FALSE);
      break;
    case DPOP_IMPORT_DECIDE:
      g_ptr_array_add (sentences, dpop_edge_roll_review_doubt_message (review, row));
      break;
    case DPOP_IMPORT_CHANGE:
      add_changes (sentences, import, row);
      break;
    case DPOP_IMPORT_LEAVE:
      g_ptr_array_add (sentences, g_strdup (left_words (import, row, decision)));
      break;
    case DPOP_IMPORT_ADD:
    case DPOP_IMPORT_KEEP:
    case DPOP_IMPORT_N_GROUPS:
    default:
      break;
    }
}

static char *
join (GPtrArray *sentences)
{
  if (sentences->len == 0)
    return NULL;
  g_ptr_array_add (sentences, NULL);
  return g_strjoinv (" ", (char **) sentences->pdata);
}

static DpopImportRow *
new_row (const DpopCommandImport *import, const guint8 *decisions, guint row)
{
  const DpopEdgeRollRow *read = dpop_edge_roll_row (dpop_command_import_roll (import), row);
  const DpopEdgeRollReviewRow *reviewed
      = dpop_edge_roll_review_row (dpop_command_import_review (import), row);
  const DpopCommandImportDecision decision = decisions[read->table_row];
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  DpopImportRow *self = g_rc_box_new0 (DpopImportRow);
  guint plain;

  self->table_row = read->table_row;
  self->line = read->line;
  self->group = group_of (import, row, decision);
  self->name = name_of (import, row);
  add_words (sentences, import, row, self->group, decision);
  plain = sentences->len;
  if (self->group != DPOP_IMPORT_MEND && self->group != DPOP_IMPORT_LEAVE)
    {
      if (reviewed->former)
        g_ptr_array_add (sentences, g_strdup (_("Has left, and the list does not say so: that "
                                                "stays as it is.")));
      add_problems (sentences, import, row, DPOP_EDGE_ROLL_WARNING, FALSE);
    }
  self->remark = sentences->len > plain;
  self->words = join (sentences);
  return self;
}

/* --- All of it. ------------------------------------------------------------------------------ */

DpopImportSight *
dpop_import_sight_new (const DpopCommandImport *import, const guint8 *decisions)
{
  DpopImportSight *self = g_new0 (DpopImportSight, 1);
  const guint n_rows = dpop_edge_roll_n_rows (dpop_command_import_roll (import));

  self->facts = *dpop_edge_csv_facts (dpop_command_import_csv (import));
  self->columns = g_array_new (FALSE, FALSE, sizeof (DpopImportColumn));
  g_array_set_clear_func (self->columns, column_clear);
  add_columns (self, import);
  self->rows = g_ptr_array_new_full (n_rows, (GDestroyNotify) dpop_import_row_unref);
  for (guint i = 0; i < n_rows; i++)
    {
      DpopImportRow *row = new_row (import, decisions, i);

      self->groups[row->group]++;
      self->remarks += row->remark;
      g_ptr_array_add (self->rows, row);
    }
  dpop_edge_roll_review_missing (dpop_command_import_review (import), &self->missing);
  self->unreadable = dpop_command_import_n_unreadable (import);
  return self;
}

const DpopImportRow *
dpop_import_sight_row (const DpopImportSight *self, guint table_row)
{
  guint low = 0, high = self->rows->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      const DpopImportRow *row = self->rows->pdata[middle];

      if (row->table_row == table_row)
        return row;
      if (row->table_row < table_row)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* --- One row. -------------------------------------------------------------------------------- */

static void
add_fault (DpopImportCell *cell, const DpopEdgeRoll *roll, const DpopEdgeRollRow *read)
{
  for (guint i = 0; read->problems != NULL && i < read->problems->len; i++)
    {
      const DpopEdgeRollProblem *problem
          = &g_array_index (read->problems, DpopEdgeRollProblem, i);

      if (problem->column != (gint) cell->column
          || (cell->fault != NULL && problem->severity != DPOP_EDGE_ROLL_ERROR))
        continue;
      g_free (cell->fault);
      cell->fault = dpop_edge_roll_problem_message (roll, read, problem);
      cell->error = problem->severity == DPOP_EDGE_ROLL_ERROR;
    }
}

/* Columns that are not used are none of the person's business, unless something is wrong there. */
static void
add_cells (DpopImportRowSight *self, const DpopCommandImport *import, guint row)
{
  const DpopEdgeRoll *roll = dpop_command_import_roll (import);
  const DpopEdgeRollRow *read = dpop_edge_roll_row (roll, row);

  for (guint i = 0; i < dpop_edge_roll_n_columns (roll); i++)
    {
      const DpopEdgeRollColumn *column = dpop_edge_roll_column (roll, i);
      DpopImportCell cell = { .column = i };

      add_fault (&cell, roll, read);
      if (column->field == DPOP_EDGE_ROLL_IGNORED && cell.fault == NULL)
        continue;
      cell.heading = g_strdup (column->heading);
      cell.text = g_strdup (dpop_edge_csv_field (dpop_command_import_csv (import),
                                                 read->table_row, i));
      g_array_append_val (self->cells, cell);
    }
}

DpopImportRowSight *
dpop_import_row_sight_new (const DpopCommandImport *import, const guint8 *decisions, guint row)
{
  const DpopEdgeRollReview *review = dpop_command_import_review (import);
  DpopImportRowSight *self = g_new0 (DpopImportRowSight, 1);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  self->row = new_row (import, decisions, row);
  self->possible
      = dpop_edge_roll_review_row (review, row)->status == DPOP_EDGE_ROLL_REVIEW_POSSIBLE;
  self->decision = decisions[self->row->table_row];
  self->cells = g_array_new (FALSE, FALSE, sizeof (DpopImportCell));
  g_array_set_clear_func (self->cells, cell_clear);
  add_cells (self, import, row);
  if (self->possible)
    g_ptr_array_add (sentences, dpop_edge_roll_review_doubt_message (review, row));
  add_problems (sentences, import, row, DPOP_EDGE_ROLL_ERROR, TRUE);
  add_problems (sentences, import, row, DPOP_EDGE_ROLL_WARNING, TRUE);
  self->words = sentences->len > 0 ? join (sentences) : g_strdup ("");
  return self;
}
