/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-name.h"
#include "dpop-edge-roll-private.h"
#include "dpop-edge-roll-words-private.h"

#include <glib/gi18n-lib.h>

/* What a heading may be at most, as a label. */
#define HEADING_CHARACTERS 100

static guint
meaning_of (GHashTable *words, const char *heading)
{
  g_autofree char *bare = NULL;
  g_autofree char *key = dpop_edge_name_word_key (heading);
  g_autofree char *bare_key = NULL;
  guint meaning = GPOINTER_TO_UINT (g_hash_table_lookup (words, key));
  const char *bracket = strpbrk (heading, "([");
  gsize length;

  if (meaning > 0)
    return meaning - 1;
  /* "E-Mail 1", "Telefon (privat)" */
  bare = g_strndup (heading, bracket != NULL ? (gsize) (bracket - heading) : strlen (heading));
  for (length = strlen (bare); length > 0 && strchr (" 1*:", bare[length - 1]) != NULL; length--)
    bare[length - 1] = '\0';
  bare_key = dpop_edge_name_word_key (bare);
  meaning = GPOINTER_TO_UINT (g_hash_table_lookup (words, bare_key));
  return meaning > 0 ? meaning - 1 : DPOP_EDGE_ROLL_BY_HEADING;
}

static gboolean
holds_states_only (const DpopEdgeCsv *csv, guint column)
{
  g_autoptr (GHashTable) states = dpop_edge_roll_words_states ();
  guint found = 0;

  for (guint row = 1; row < dpop_edge_csv_n_rows (csv); row++)
    {
      g_autofree char *key = dpop_edge_name_word_key (dpop_edge_csv_field (csv, row, column));

      if (*key != '\0' && !g_hash_table_contains (states, key))
        return FALSE;
      found += *key != '\0';
    }
  return found > 0;
}

static gboolean
has_meaning (const guint *meanings, guint n, guint meaning)
{
  for (guint i = 0; i < n; i++)
    if (meanings[i] == meaning)
      return TRUE;
  return FALSE;
}

/* "Name" beside "Vorname" is the family's, "Nome" beside "Cognome" is the given one; alone, each is
 * the whole. */
static void
settle (guint *meanings, guint n, const DpopEdgeCsv *csv)
{
  gboolean given = has_meaning (meanings, n, DPOP_EDGE_ROLL_GIVEN_NAME);
  gboolean family = has_meaning (meanings, n, DPOP_EDGE_ROLL_FAMILY_NAME);
  gboolean state = has_meaning (meanings, n, DPOP_EDGE_ROLL_STATE);

  for (guint i = 0; i < n; i++)
    if (meanings[i] == DPOP_EDGE_ROLL_WORD_NAME)
      meanings[i] = given && !family ? DPOP_EDGE_ROLL_FAMILY_NAME : DPOP_EDGE_ROLL_FULL_NAME;
    else if (meanings[i] == DPOP_EDGE_ROLL_WORD_NOME)
      meanings[i] = family && !given ? DPOP_EDGE_ROLL_GIVEN_NAME : DPOP_EDGE_ROLL_FULL_NAME;
    else if (meanings[i] == DPOP_EDGE_ROLL_WORD_STATE)
      {
        meanings[i] = !state && holds_states_only (csv, i) ? DPOP_EDGE_ROLL_STATE
                                                           : DPOP_EDGE_ROLL_BY_HEADING;
        /* Looked into once: the table may be large. */
        state = TRUE;
      }
}

/* Is row 0 a row of headings? One that we know settles it, unless a person did. */
static gboolean
has_headings (const DpopEdgeCsv *csv, const guint *meanings, guint n)
{
  const DpopEdgeCsvFacts *facts = dpop_edge_csv_facts (csv);

  if (!facts->header_chosen)
    for (guint i = 0; i < n; i++)
      if (meanings[i] != DPOP_EDGE_ROLL_BY_HEADING)
        return TRUE;
  return facts->header;
}

static const char *
heading_of (DpopEdgeRoll *self, const DpopEdgeCsv *csv, guint column)
{
  g_autofree char *nameless = NULL;

  if (self->first_row > 0)
    {
      g_autofree char *text
          = dpop_edge_roll_tidy (dpop_edge_csv_field (csv, 0, column), NULL, NULL);
      glong length = g_utf8_strlen (text, -1);
      g_autofree char *start = g_utf8_substring (text, 0, MIN (length, HEADING_CHARACTERS));

      if (*start != '\0')
        return g_string_chunk_insert (self->texts, start);
    }
  nameless = g_strdup_printf (_ ("Column %u"), column + 1);
  return g_string_chunk_insert (self->texts, nameless);
}

/* Extra columns are known by their headings from one import to the next: no two are the same. */
static const char *
unique_heading (DpopEdgeRoll *self, GHashTable *seen, const char *heading)
{
  for (guint n = 2; !g_hash_table_add (seen, (gpointer) heading); n++)
    {
      g_autofree char *numbered = g_strdup_printf ("%s (%u)", heading, n);

      if (!g_hash_table_contains (seen, numbered))
        heading = g_string_chunk_insert (self->texts, numbered);
    }
  return heading;
}

/* One column a field: what a person mapped, else the first. */
static gboolean
claim_fields (DpopEdgeRoll *self, const DpopEdgeRollOptions *options, GError **error)
{
  guint n_mapping = options->mapping != NULL ? MIN (options->n_mapping, self->n_columns) : 0;

  for (guint i = 0; i < n_mapping; i++)
    {
      DpopEdgeRollField field = options->mapping[i];

      if (field >= DPOP_EDGE_ROLL_BY_HEADING)
        continue;
      self->columns[i].field = field;
      if (field >= DPOP_EDGE_ROLL_N_FIELDS)
        continue;
      if (self->column_of[field] >= 0)
        {
          g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_MEANING,
                       _ ("Two columns, “%s” and “%s”, are both said to be: %s. Choose one."),
                       self->columns[self->column_of[field]].heading, self->columns[i].heading,
                       dpop_edge_roll_field_title (field));
          return FALSE;
        }
      self->column_of[field] = (gint) i;
    }
  for (guint i = 0; i < self->n_columns; i++)
    {
      DpopEdgeRollColumn *column = &self->columns[i];

      if (i < n_mapping && options->mapping[i] < DPOP_EDGE_ROLL_BY_HEADING)
        continue;
      if (column->field < DPOP_EDGE_ROLL_N_FIELDS && self->column_of[column->field] < 0)
        self->column_of[column->field] = (gint) i;
      else
        column->field = options->ignore_unknown ? DPOP_EDGE_ROLL_IGNORED : DPOP_EDGE_ROLL_EXTRA;
    }
  return TRUE;
}

static gboolean
check_names (const DpopEdgeRoll *self, GError **error)
{
  if (self->column_of[DPOP_EDGE_ROLL_FULL_NAME] >= 0
      || self->column_of[DPOP_EDGE_ROLL_GIVEN_NAME] >= 0
      || self->column_of[DPOP_EDGE_ROLL_FAMILY_NAME] >= 0)
    return TRUE;
  g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_MEANING,
                       self->first_row > 0
                           ? _ ("No column is understood as the name. Say which column it is.")
                           : _ ("The list has no headings. Say which column is what, "
                                "the name at least."));
  return FALSE;
}

gboolean
dpop_edge_roll_read_columns (DpopEdgeRoll *self, const DpopEdgeCsv *csv,
                             const DpopEdgeRollOptions *options, GError **error)
{
  g_autoptr (GHashTable) words = dpop_edge_roll_words_headings ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint meanings[DPOP_EDGE_CSV_MAX_COLUMNS];
  guint n = self->n_columns = dpop_edge_csv_n_columns (csv);

  for (guint i = 0; i < n; i++)
    meanings[i] = meaning_of (words, dpop_edge_csv_field (csv, 0, i));
  self->first_row = has_headings (csv, meanings, n);
  settle (meanings, n, csv);
  self->columns = g_new0 (DpopEdgeRollColumn, n);
  self->extras = g_new0 (guint, n);
  for (guint i = 0; i < DPOP_EDGE_ROLL_N_FIELDS; i++)
    self->column_of[i] = -1;
  for (guint i = 0; i < n; i++)
    {
      self->columns[i].heading = unique_heading (self, seen, heading_of (self, csv, i));
      self->columns[i].field = self->first_row > 0 ? meanings[i] : DPOP_EDGE_ROLL_BY_HEADING;
      self->columns[i].known = self->columns[i].field < DPOP_EDGE_ROLL_N_FIELDS;
    }
  if (!claim_fields (self, options, error) || !check_names (self, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (self->columns[i].field == DPOP_EDGE_ROLL_EXTRA)
      self->extras[self->n_extras++] = i;
  return TRUE;
}
