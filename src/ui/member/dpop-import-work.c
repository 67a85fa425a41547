/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-work-private.h"

#include "dpop-hand-over.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define ROWS_LOOKED_AT 50

struct _DpopImportWork
{
  gatomicrefcount refs;
  GBytes *file;
  DpopCommandImport *import; /* NULL until it is read */
  guint8 *decisions;         /* DpopCommandImportDecision by row of the table */
  DpopEdgeDateOrder dates;
  gboolean name_guessed;
};

DpopImportWork *
dpop_import_work_new (GBytes *file)
{
  DpopImportWork *self = g_new0 (DpopImportWork, 1);

  g_atomic_ref_count_init (&self->refs);
  self->file = g_bytes_ref (file);
  return self;
}

DpopImportWork *
dpop_import_work_ref (DpopImportWork *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dpop_import_work_unref (DpopImportWork *self)
{
  dpop_hand_over_release (self);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  dpop_hand_over_acquire (self);
  dpop_command_import_free (self->import);
  g_free (self->decisions);
  g_bytes_unref (self->file);
  g_free (self);
}

void
dpop_import_reading_clear (DpopImportReading *self)
{
  g_clear_pointer (&self->mapping, g_array_unref);
}

void
dpop_import_mended_clear (gpointer self)
{
  g_free (((DpopImportMended *) self)->text);
}

/* --- Reading. -------------------------------------------------------------------------------- */

static DpopEdgeDate
today (DpopProfile *profile)
{
  const gint64 now = dpop_clock_now (dpop_profile_clock (profile)) / 1000;
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (now);

  return (DpopEdgeDate) (g_date_time_get_year (moment) * 10000
                         + g_date_time_get_month (moment) * 100
                         + g_date_time_get_day_of_month (moment));
}

static DpopCommandImport *
read_as (DpopImportWork *self, DpopProfile *profile, const DpopImportReading *reading,
         const GArray *mapping, GError **error)
{
  const DpopEdgeRollOptions roll = {
    .mapping = mapping != NULL ? (const DpopEdgeRollField *) (gpointer) mapping->data : NULL,
    .n_mapping = mapping != NULL ? mapping->len : 0,
    .date_order = reading->dates,
    .today = today (profile),
  };

  return dpop_command_import_new (profile, self->file,
                                  &(DpopCommandImportOptions){ &reading->csv, &roll, NULL },
                                  error);
}

/* Letters and no digits, no @: as names are. */
static gboolean
is_like_a_name (const char *text)
{
  gboolean letters = FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      const gunichar sign = g_utf8_get_char (text);

      if (g_unichar_isdigit (sign) || sign == '@')
        return FALSE;
      letters = letters || g_unichar_isalpha (sign);
    }
  return letters;
}

static guint
count_names (const DpopEdgeCsv *csv, guint column)
{
  const guint rows = MIN (dpop_edge_csv_n_rows (csv), ROWS_LOOKED_AT);
  guint count = 0;

  for (guint row = 0; row < rows; row++)
    count += is_like_a_name (dpop_edge_csv_field (csv, row, column));
  return count;
}

/* Somebody has to be told what the columns are, and for that there has to be a list: the column
 * that looks most like names is taken for them. NULL when the file cannot be taken apart. */
static GArray *
guess_mapping (const DpopImportWork *self, const DpopImportReading *reading)
{
  const DpopEdgeRollField by_heading = DPOP_EDGE_ROLL_BY_HEADING;
  gsize size;
  gconstpointer bytes = g_bytes_get_data (self->file, &size);
  g_autoptr (DpopEdgeCsv) csv = dpop_edge_csv_parse (bytes, size, &reading->csv, NULL);
  GArray *mapping;
  guint best = 0, most = 0;

  if (csv == NULL || dpop_edge_csv_n_columns (csv) == 0)
    return NULL;
  mapping = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollField));
  for (guint column = 0; column < dpop_edge_csv_n_columns (csv); column++)
    {
      const guint count = count_names (csv, column);

      if (count > most)
        {
          most = count;
          best = column;
        }
      g_array_append_val (mapping, by_heading);
    }
  g_array_index (mapping, DpopEdgeRollField, best) = DPOP_EDGE_ROLL_FULL_NAME;
  return mapping;
}

static DpopImportSight *
look (const DpopImportWork *self)
{
  DpopImportSight *sight = dpop_import_sight_new (self->import, self->decisions);

  sight->dates = self->dates;
  sight->name_guessed = self->name_guessed;
  return sight;
}

DpopImportSight *
dpop_import_work_read (DpopImportWork *self, DpopProfile *profile,
                       const DpopImportReading *reading, GError **error)
{
  g_autoptr (GError) failure = NULL;
  DpopCommandImport *import = read_as (self, profile, reading, reading->mapping, &failure);
  gboolean guessed = FALSE;

  if (import == NULL && reading->mapping == NULL
      && g_error_matches (failure, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_MEANING))
    {
      g_autoptr (GArray) mapping = guess_mapping (self, reading);

      if (mapping != NULL)
        import = read_as (self, profile, reading, mapping, NULL);
      guessed = import != NULL;
    }
  if (import == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  dpop_command_import_free (self->import);
  g_free (self->decisions);
  self->import = import;
  self->decisions = g_new0 (guint8, dpop_edge_csv_n_rows (dpop_command_import_csv (import)) + 1);
  self->dates = reading->dates;
  self->name_guessed = guessed;
  return look (self);
}

/* --- Mending. -------------------------------------------------------------------------------- */

DpopImportSight *
dpop_import_work_map (DpopImportWork *self, guint column, DpopEdgeRollField field, GError **error)
{
  if (!dpop_command_import_map (self->import, column, field, error))
    return NULL;
  self->name_guessed = FALSE;
  return look (self);
}

/* FALSE when there is no such row any more. */
static gboolean
find (const DpopImportWork *self, guint table_row, guint *row, GError **error)
{
  const DpopEdgeRoll *roll = dpop_command_import_roll (self->import);

  for (*row = 0; *row < dpop_edge_roll_n_rows (roll); (*row)++)
    if (dpop_edge_roll_row (roll, *row)->table_row == table_row)
      return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       _("Nothing is left of this row."));
  return FALSE;
}

/* So that nothing of it is done when some of it cannot be. */
static gboolean
fits (const GArray *mended, GError **error)
{
  for (guint i = 0; i < mended->len; i++)
    if (strlen (g_array_index (mended, DpopImportMended, i).text) > DPOP_EDGE_CSV_MAX_FIELD)
      {
        g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE,
                             _("This is too long for a list of members. Shorten it."));
        return FALSE;
      }
  return TRUE;
}

/* What is filled in comes before what is emptied: a row of which nothing is left is gone, and the
 * fields that are still to be filled with it. */
DpopImportSight *
dpop_import_work_mend (DpopImportWork *self, guint table_row, const GArray *mended, GError **error)
{
  guint row;

  if (!fits (mended, error) || !find (self, table_row, &row, error))
    return NULL;
  for (guint emptying = 0; emptying < 2; emptying++)
    for (guint i = 0; i < mended->len; i++)
      {
        const DpopImportMended *one = &g_array_index (mended, DpopImportMended, i);

        if ((*one->text == '\0') == (emptying == 1)
            && !dpop_command_import_mend (self->import, row, one->column, one->text, error))
          return NULL;
      }
  return look (self);
}

DpopImportSight *
dpop_import_work_decide (DpopImportWork *self, guint table_row, DpopCommandImportDecision decision,
                         GError **error)
{
  guint row;

  if (!find (self, table_row, &row, error))
    return NULL;
  dpop_command_import_decide (self->import, row, decision);
  self->decisions[table_row] = (guint8) decision;
  return look (self);
}

DpopImportRowSight *
dpop_import_work_row (DpopImportWork *self, guint table_row, GError **error)
{
  guint row;

  return find (self, table_row, &row, error)
             ? dpop_import_row_sight_new (self->import, self->decisions, row)
             : NULL;
}

/* --- Taking in. ------------------------------------------------------------------------------ */

static gboolean
on_progress (guint done, guint all, gpointer progress)
{
  dpop_progress_tell (progress, done, all);
  return !dpop_progress_is_stopped (progress);
}

gboolean
dpop_import_work_apply (DpopImportWork *self, DpopProfile *profile, DpopProgress *progress,
                        DpopCommandImportResult *result, GError **error)
{
  return dpop_command_import_apply_told (profile, self->import, on_progress, progress, result,
                                         error);
}
