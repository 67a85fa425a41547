/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-command-import.h"
#include "dpop-member-query.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gboolean preview, empty_clears, possible_same, possible_new;
  char *encoding, *separator, *date_order;
  char **maps;
  GArray *mapping; /* of DpopEdgeRollField */
} Input;

static void
input_clear (Input *self)
{
  g_free (self->encoding);
  g_free (self->separator);
  g_free (self->date_order);
  g_strfreev (self->maps);
  g_clear_pointer (&self->mapping, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

/* --- Reading. --- */

/* "3=email": the third column. */
static gboolean
read_maps (Input *input, GError **error)
{
  input->mapping = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollField));
  for (char **map = input->maps; map != NULL && *map != NULL; map++)
    {
      g_auto (GStrv) parts = g_strsplit (*map, "=", 2);
      const DpopEdgeRollField unsaid = DPOP_EDGE_ROLL_BY_HEADING;
      DpopEdgeRollField field;
      guint64 column = 0;

      if (g_strv_length (parts) != 2
          || !g_ascii_string_to_unsigned (parts[0], 10, 1, DPOP_EDGE_CSV_MAX_COLUMNS, &column, NULL)
          || !dpop_edge_roll_field_from_name (parts[1], &field))
        return dpopctl_arguments_fail (error, _("--map is a column and what it means, as 3=email, "
                                                "not \"%s\"."),
                                       *map);
      while (input->mapping->len < column)
        g_array_append_val (input->mapping, unsaid);
      g_array_index (input->mapping, DpopEdgeRollField, column - 1) = field;
    }
  return TRUE;
}

static gboolean
read_dialect (const Input *input, DpopEdgeCsvOptions *csv, DpopEdgeRollOptions *roll,
              GError **error)
{
  if (input->encoding != NULL && !dpop_edge_encoding_from_name (input->encoding, &csv->encoding))
    return dpopctl_arguments_fail (error, _("\"%s\" is no encoding that is known here."),
                                   input->encoding);
  if (input->separator != NULL)
    {
      csv->separator = strcmp (input->separator, "tab") == 0 ? '\t' : input->separator[0];
      if (!dpop_edge_csv_separator_is_valid (csv->separator)
          || (csv->separator != '\t' && input->separator[1] != '\0'))
        return dpopctl_arguments_fail (error, _("--separator is one sign, as ; or tab."));
    }
  if (input->date_order != NULL && strcmp (input->date_order, "day-first") == 0)
    roll->date_order = DPOP_EDGE_DATE_DAY_FIRST;
  else if (input->date_order != NULL && strcmp (input->date_order, "month-first") == 0)
    roll->date_order = DPOP_EDGE_DATE_MONTH_FIRST;
  else if (input->date_order != NULL)
    return dpopctl_arguments_fail (error, _("--dates is day-first or month-first."));
  return TRUE;
}

static DpopEdgeDate
today (Dpopctl *self)
{
  gint64 now = dpop_clock_now (dpop_profile_clock (self->profile)) / 1000;
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (now);

  return (DpopEdgeDate) (g_date_time_get_year (moment) * 10000
                         + g_date_time_get_month (moment) * 100
                         + g_date_time_get_day_of_month (moment));
}

static DpopCommandImport *
read_list (Dpopctl *self, const Input *input, const char *path, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  DpopEdgeCsvOptions csv = { 0 };
  DpopEdgeRollOptions roll = { 0 };
  DpopEdgeRollReviewOptions review = { .empty_clears = input->empty_clears };
  const DpopCommandImportOptions options = { &csv, &roll, &review };

  if (!read_dialect (input, &csv, &roll, error)
      || (file = dpopctl_arguments_file (path, DPOP_EDGE_CSV_MAX_BYTES, error)) == NULL)
    return NULL;
  roll.today = today (self);
  roll.mapping = (const DpopEdgeRollField *) (gpointer) input->mapping->data;
  roll.n_mapping = input->mapping->len;
  return dpop_command_import_new (self->profile, file, &options, error);
}

/* --- Showing. --- */

static void
show_columns (Dpopctl *self, const DpopEdgeRoll *roll)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < dpop_edge_roll_n_columns (roll); i++)
    {
      const DpopEdgeRollColumn *column = dpop_edge_roll_column (roll, i);
      g_autofree char *heading = dpopctl_print_plain (column->heading);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "heading", heading);
      json_object_set_string_member (object, "field", dpop_edge_roll_field_name (column->field));
      json_array_add_object_element (array, object);
      dpopctl_print (self, _("Column %u, \"%s\": %s"), i + 1, heading,
                     dpop_edge_roll_field_title (column->field));
    }
  dpopctl_print_array (self, "columns", array);
}

static JsonArray *
show_problems (Dpopctl *self, const DpopEdgeRoll *roll, const DpopEdgeRollRow *row)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; row->problems != NULL && i < row->problems->len; i++)
    {
      const DpopEdgeRollProblem *problem = &g_array_index (row->problems, DpopEdgeRollProblem, i);
      g_autofree char *message = dpop_edge_roll_problem_message (roll, row, problem);
      g_autofree char *plain = dpopctl_print_plain (message);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "code", dpop_edge_roll_code_name (problem->code));
      json_object_set_boolean_member (object, "fatal", problem->severity == DPOP_EDGE_ROLL_ERROR);
      json_object_set_string_member (object, "message", plain);
      json_array_add_object_element (array, object);
      if (problem->severity == DPOP_EDGE_ROLL_ERROR)
        dpopctl_print (self, _("Line %lu, red: %s"), (gulong) row->line, plain);
      else
        dpopctl_print (self, _("Line %lu, look at it: %s"), (gulong) row->line, plain);
    }
  return array;
}

static void
show_rows (Dpopctl *self, const DpopCommandImport *import)
{
  static const char *const actions[] = {
    [DPOP_COMMAND_IMPORT_ADDS] = "adds", [DPOP_COMMAND_IMPORT_CHANGES] = "changes",
    [DPOP_COMMAND_IMPORT_KEEPS] = "keeps", [DPOP_COMMAND_IMPORT_IS_LEFT] = "left",
  };
  const DpopEdgeRoll *roll = dpop_command_import_roll (import);
  const DpopEdgeRollReview *review = dpop_command_import_review (import);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < dpop_edge_roll_n_rows (roll); i++)
    {
      const DpopEdgeRollRow *row = dpop_edge_roll_row (roll, i);
      const DpopEdgeRollReviewRow *reviewed = dpop_edge_roll_review_row (review, i);
      g_autofree char *doubt = dpop_edge_roll_review_doubt_message (review, i);
      g_autofree char *name = dpopctl_print_plain (row->fields[DPOP_EDGE_ROLL_FULL_NAME]);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "line", (gint64) row->line);
      json_object_set_string_member (object, "name", name);
      json_object_set_string_member (object, "status",
                                     dpop_edge_roll_review_status_name (reviewed->status));
      json_object_set_string_member (object, "action",
                                     actions[dpop_command_import_action (import, i)]);
      json_object_set_array_member (object, "problems", show_problems (self, roll, row));
      json_array_add_object_element (array, object);
      if (*doubt != '\0')
        dpopctl_print (self, _("Line %lu, %s: %s"), (gulong) row->line, name, doubt);
    }
  dpopctl_print_array (self, "rows", array);
}

static void
show_counts (Dpopctl *self, const guint counts[DPOP_COMMAND_IMPORT_N_ACTIONS])
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "adds", counts[DPOP_COMMAND_IMPORT_ADDS]);
  json_object_set_int_member (object, "changes", counts[DPOP_COMMAND_IMPORT_CHANGES]);
  json_object_set_int_member (object, "keeps", counts[DPOP_COMMAND_IMPORT_KEEPS]);
  json_object_set_int_member (object, "left", counts[DPOP_COMMAND_IMPORT_IS_LEFT]);
  dpopctl_print_object (self, "counts", object);
  dpopctl_print (self, _("New: %u, changed: %u, as they were: %u, left out: %u."),
                 counts[DPOP_COMMAND_IMPORT_ADDS], counts[DPOP_COMMAND_IMPORT_CHANGES],
                 counts[DPOP_COMMAND_IMPORT_KEEPS], counts[DPOP_COMMAND_IMPORT_IS_LEFT]);
}

/* --- Taking over. --- */

static void
decide_possible (DpopCommandImport *import, const Input *input)
{
  const DpopEdgeRollReview *review = dpop_command_import_review (import);
  guint n_rows = dpop_edge_roll_n_rows (dpop_command_import_roll (import));

  for (guint i = 0; (input->possible_same || input->possible_new) && i < n_rows; i++)
    if (dpop_edge_roll_review_row (review, i)->status == DPOP_EDGE_ROLL_REVIEW_POSSIBLE)
      dpop_command_import_decide (import, i,
                                  input->possible_same ? DPOP_COMMAND_IMPORT_SAME
                                                       : DPOP_COMMAND_IMPORT_NEW);
}

static void
count_actions (const DpopCommandImport *import, guint counts[DPOP_COMMAND_IMPORT_N_ACTIONS])
{
  memset (counts, 0, DPOP_COMMAND_IMPORT_N_ACTIONS * sizeof *counts);
  for (guint i = 0; i < dpop_edge_roll_n_rows (dpop_command_import_roll (import)); i++)
    counts[dpop_command_import_action (import, i)]++;
}

static gboolean
take_over (Dpopctl *self, DpopCommandImport *import, gboolean preview, GError **error)
{
  DpopCommandImportResult result = { 0 };

  count_actions (import, result.counts);
  if (!preview && !dpop_command_import_apply (self->profile, import, &result, error))
    return FALSE;
  dpopctl_print_flag (self, "done", !preview);
  dpopctl_print_id (self, "import", &result.import);
  show_counts (self, result.counts);
  if (preview)
    dpopctl_print (self, _("Nothing was changed: this was a preview."));
  else if (!cosmic_id_is_zero (&result.import))
    {
      g_autofree char *id = dpopctl_print_short (&result.import);

      dpopctl_print (self, _("To take it back: dpopctl member import-undo %s"), id);
    }
  return TRUE;
}

static gboolean
run_import (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (Input) input = { 0 };
  const GOptionEntry entries[] = {
    { "preview", 0, 0, G_OPTION_ARG_NONE, &input.preview, NULL, NULL },
    { "map", 0, 0, DPOPCTL_TEXTS, &input.maps, NULL, NULL },
    { "encoding", 0, 0, DPOPCTL_TEXT, &input.encoding, NULL, NULL },
    { "separator", 0, 0, DPOPCTL_TEXT, &input.separator, NULL, NULL },
    { "dates", 0, 0, DPOPCTL_TEXT, &input.date_order, NULL, NULL },
    { "empty-clears", 0, 0, G_OPTION_ARG_NONE, &input.empty_clears, NULL, NULL },
    { "possible-same", 0, 0, G_OPTION_ARG_NONE, &input.possible_same, NULL, NULL },
    { "possible-new", 0, 0, G_OPTION_ARG_NONE, &input.possible_new, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopCommandImport) import = NULL;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error) || !read_maps (&input, error))
    return FALSE;
  if (input.possible_same && input.possible_new)
    return dpopctl_arguments_fail (error, _("Either --possible-same or --possible-new."));
  if (!dpopctl_open_founded (self, error)
      || (import = read_list (self, &input, words[0], error)) == NULL)
    return FALSE;
  decide_possible (import, &input);
  show_columns (self, dpop_command_import_roll (import));
  show_rows (self, import);
  return take_over (self, import, input.preview, error);
}

/* --- Taking back. --- */

typedef struct
{
  const char *word;
  GArray *imports; /* of CosmicId */
} Imports;

/* An import's id stands in the bodies of what it brought. */
static gboolean
collect_import (const DpopMember *member, gpointer data)
{
  Imports *imports = data;
  g_autofree char *text = cosmic_id_to_text (&member->import);

  if (!cosmic_id_is_zero (&member->import)
      && g_ascii_strncasecmp (text, imports->word, strlen (imports->word)) == 0)
    g_array_append_val (imports->imports, member->import);
  return TRUE;
}

static gboolean
find_import (Dpopctl *self, const char *word, CosmicId *import, GError **error)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (authority == NULL)
    return FALSE;
  if (cosmic_id_from_text (word, import))
    return TRUE;
  if (strlen (word) >= DPOPCTL_FIND_DIGITS)
    dpop_member_query_each (authority, collect_import, &(Imports){ word, ids });
  cosmic_ids_normalise (ids);
  if (ids->len == 1)
    {
      *import = g_array_index (ids, CosmicId, 0);
      return TRUE;
    }
  g_set_error (error, ids->len == 0 ? DPOP_PROFILE_ERROR : DPOPCTL_ERROR,
               ids->len == 0 ? (gint) DPOP_PROFILE_ERROR_NOT_FOUND
                             : (gint) DPOPCTL_ERROR_AMBIGUOUS,
               ids->len == 0 ? _("No members came with an import \"%s\".")
                             : _("Several imports begin with \"%s\". Give more of its number."),
               word);
  return FALSE;
}

static gboolean
run_undo (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  DpopCommandImportUndone result;
  CosmicId import;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error) || !find_import (self, words[0], &import, error)
      || !dpop_command_import_undo (self->profile, &import, &result, error))
    return FALSE;
  dpopctl_print_id (self, "import", &import);
  dpopctl_print_number (self, "undone", result.undone);
  dpopctl_print_number (self, "left", result.left);
  dpopctl_print (self, _("Taken back: %u. Left as they are, because something was done by or for "
                         "them since: %u."),
                 result.undone, result.left);
  return TRUE;
}

const DpopctlVerb dpopctl_import_verbs[] = {
  { "member import",
    "FILE [--preview] [--map COLUMN=FIELD]... [--encoding NAME] [--separator SIGN] "
    "[--dates day-first|month-first] [--empty-clears] [--possible-same | --possible-new]",
    N_("takes a list of members over, or brings them up to date"), run_import },
  { "member import-undo", "IMPORT", N_("takes an import back"), run_undo },
  { NULL },
};
