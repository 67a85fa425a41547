/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-name.h"
#include "dpop-edge-roll-private.h"

#include <string.h>

/* Who stands in the list twice. The first row that has a number, an address or a name is the one
 * that later ones are said to repeat. */
typedef struct
{
  DpopEdgeRoll *roll;
  /* Key → place of the row + 1; one table, the keys begin with a letter that says what they are. */
  GHashTable *seen;
} Seen;

/* The row that has the key already, or NULL: then ROW has it from now on. */
static const DpopEdgeRollRow *
first_with (Seen *self, guint row, char *key)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, key));

  if (first == 0)
    g_hash_table_insert (self->seen, key, GUINT_TO_POINTER (row + 1));
  else
    g_free (key);
  return first > 0 ? &g_array_index (self->roll->rows, DpopEdgeRollRow, first - 1) : NULL;
}

static void
repeats (DpopEdgeRollRow *row, DpopEdgeRollSeverity severity, DpopEdgeRollCode code, gint column,
         const DpopEdgeRollRow *first)
{
  dpop_edge_roll_add_problem (row, severity, code, column, first->line);
}

static gboolean
differ (const DpopEdgeRollRow *a, const DpopEdgeRollRow *b, DpopEdgeRollField field)
{
  return *a->fields[field] != '\0' && *b->fields[field] != '\0'
         && strcmp (a->fields[field], b->fields[field]) != 0;
}

static gboolean
can_be_told_apart (const DpopEdgeRollRow *a, const DpopEdgeRollRow *b)
{
  return differ (a, b, DPOP_EDGE_ROLL_NUMBER) || differ (a, b, DPOP_EDGE_ROLL_EMAIL)
         || differ (a, b, DPOP_EDGE_ROLL_BORN);
}

static void
find_repeated (Seen *self, guint place)
{
  DpopEdgeRollRow *row = &g_array_index (self->roll->rows, DpopEdgeRollRow, place);
  const gint *column_of = self->roll->column_of;
  g_autofree char *name = dpop_edge_name_key (row->fields[DPOP_EDGE_ROLL_FULL_NAME]);
  g_autofree char *number = dpop_edge_name_word_key (row->fields[DPOP_EDGE_ROLL_NUMBER]);
  g_autofree char *mail = g_utf8_casefold (row->fields[DPOP_EDGE_ROLL_EMAIL], -1);
  const DpopEdgeRollRow *by_number = NULL, *by_person = NULL, *by_mail = NULL, *by_name = NULL;

  if (*number != '\0')
    by_number = first_with (self, place, g_strconcat ("n", number, NULL));
  if (*name != '\0' && row->born != 0)
    by_person = first_with (self, place, g_strdup_printf ("b%u %s", row->born, name));
  if (*mail != '\0')
    {
      const DpopEdgeRollRow *same
          = first_with (self, place, g_strconcat ("p", mail, " ", name, NULL));

      /* Father and son may share both. */
      if (by_person == NULL && same != NULL && !differ (row, same, DPOP_EDGE_ROLL_BORN))
        by_person = same;
      by_mail = first_with (self, place, g_strconcat ("m", mail, NULL));
    }
  if (*name != '\0')
    by_name = first_with (self, place, g_strconcat ("f", name, NULL));

  if (by_number != NULL)
    repeats (row, DPOP_EDGE_ROLL_ERROR, DPOP_EDGE_ROLL_NUMBER_TWICE,
             column_of[DPOP_EDGE_ROLL_NUMBER], by_number);
  else if (by_person != NULL)
    repeats (row, DPOP_EDGE_ROLL_ERROR, DPOP_EDGE_ROLL_PERSON_TWICE, -1, by_person);
  else if (by_mail != NULL)
    repeats (row, DPOP_EDGE_ROLL_WARNING, DPOP_EDGE_ROLL_EMAIL_SHARED,
             column_of[DPOP_EDGE_ROLL_EMAIL], by_mail);
  else if (by_name != NULL && !can_be_told_apart (row, by_name))
    repeats (row, DPOP_EDGE_ROLL_WARNING, DPOP_EDGE_ROLL_NAME_TWICE, -1, by_name);
}

void
dpop_edge_roll_find_repeated (DpopEdgeRoll *self)
{
  Seen seen = { self, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

  for (guint i = 0; i < self->rows->len; i++)
    find_repeated (&seen, i);
  g_hash_table_unref (seen.seen);
}
