/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A document with everything wrong in it still has a report that can be read. */
#define PROBLEMS_MAX 100
#define SHOWN_MAX    40 /* characters of a word that is cited */

void
dpop_edge_json_problem_free (DpopEdgeJsonProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->pointer);
  g_free (self->message);
  g_free (self);
}

JsonNode *
dpop_edge_json_parse (const char *text, gsize size, gsize max_size, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) inner = NULL;

  if (!dpop_edge_json_scan (text, size, max_size, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &inner))
    {
      g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_SYNTAX, inner->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

DpopEdgeJson *
dpop_edge_json_new (void)
{
  DpopEdgeJson *self = g_new0 (DpopEdgeJson, 1);

  self->pointer = g_string_new (NULL);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) dpop_edge_json_problem_free);
  return self;
}

void
dpop_edge_json_free (DpopEdgeJson *self)
{
  if (self == NULL)
    return;
  g_string_free (self->pointer, TRUE);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

gboolean
dpop_edge_json_failed (const DpopEdgeJson *self)
{
  for (guint i = 0; i < self->problems->len; i++)
    if (((const DpopEdgeJsonProblem *) self->problems->pdata[i])->fatal)
      return TRUE;
  return FALSE;
}

static gboolean
is_full (const DpopEdgeJson *self, gboolean fatal)
{
  return self->problems->len >= PROBLEMS_MAX && (!fatal || dpop_edge_json_failed (self));
}

void
dpop_edge_json_note (DpopEdgeJson *self, gboolean fatal, const char *pointer, const char *message)
{
  DpopEdgeJsonProblem *problem;

  if (is_full (self, fatal))
    return;
  problem = g_new0 (DpopEdgeJsonProblem, 1);
  problem->fatal = fatal;
  problem->pointer = g_strdup (pointer);
  problem->message = g_strdup (message);
  g_ptr_array_add (self->problems, problem);
}

void
dpop_edge_json_complain (DpopEdgeJson *self, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  dpop_edge_json_note (self, TRUE, self->pointer->str, message);
}

/* WORD, cut short, with nothing in it that a terminal obeys. */
static char *
shown (const char *word)
{
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (; *word != '\0' && n < SHOWN_MAX; word = g_utf8_next_char (word), n++)
    g_string_append_unichar (
        out, g_unichar_isprint (g_utf8_get_char (word)) ? g_utf8_get_char (word) : 0xfffd);
  if (*word != '\0')
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

gsize
dpop_edge_json_enter (DpopEdgeJson *self, const char *key)
{
  gsize mark = self->pointer->len;
  g_autofree char *plain = shown (key);

  g_string_append_c (self->pointer, '/');
  for (const char *c = plain; *c != '\0'; c++)
    if (*c == '~' || *c == '/')
      g_string_append (self->pointer, *c == '~' ? "~0" : "~1");
    else
      g_string_append_c (self->pointer, *c);
  return mark;
}

gsize
dpop_edge_json_enter_index (DpopEdgeJson *self, guint index)
{
  gsize mark = self->pointer->len;

  g_string_append_printf (self->pointer, "/%u", index);
  return mark;
}

void
dpop_edge_json_leave (DpopEdgeJson *self, gsize mark)
{
  g_string_truncate (self->pointer, mark);
}

/* How many letters must be added, left out or exchanged to make B of A (Levenshtein); words are
 * compared by their first SHOWN_MAX bytes. */
static guint
distance (const char *a, const char *b)
{
  guint row[SHOWN_MAX + 1];
  guint size = (guint) MIN (strlen (b), SHOWN_MAX);

  for (guint j = 0; j <= size; j++)
    row[j] = j;
  for (guint i = 0; i < SHOWN_MAX && a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = i + 1;
      for (guint j = 0; j < size; j++)
        {
          guint change = diagonal + (g_ascii_tolower (a[i]) != g_ascii_tolower (b[j]));

          diagonal = row[j + 1];
          row[j + 1] = MIN (change, MIN (row[j], row[j + 1]) + 1);
        }
    }
  return row[size];
}

/* What WORD may have been meant to be, NULL where nothing is near. */
static const char *
nearest (const char *word, const char *const *allowed)
{
  guint limit = (guint) MAX (MIN (strlen (word), SHOWN_MAX) / 3, 1) + 1, best = limit;
  const char *found = NULL;

  for (gsize i = 0; allowed[i] != NULL; i++)
    {
      guint steps = distance (word, allowed[i]);

      if (steps < best)
        {
          best = steps;
          found = allowed[i];
        }
    }
  return found;
}

void
dpop_edge_json_complain_word (DpopEdgeJson *self, const char *word, const char *const *allowed)
{
  const char *near;
  g_autofree char *cited = NULL, *list = NULL;

  if (is_full (self, TRUE))
    return;
  near = nearest (word, allowed);
  cited = shown (word);
  list = g_strjoinv (", ", (char **) allowed);
  if (allowed[0] == NULL)
    dpop_edge_json_complain (self, _ ("“%s” is unknown; there is nothing to choose from."), cited);
  else if (near != NULL)
    dpop_edge_json_complain (self, _ ("“%s” is unknown; did you mean “%s”? Allowed: %s."), cited,
                             near, list);
  else
    dpop_edge_json_complain (self, _ ("“%s” is unknown. Allowed: %s."), cited, list);
}

JsonObject *
dpop_edge_json_object (DpopEdgeJson *self, JsonNode *node, const char *const *keys)
{
  g_autoptr (GList) members = NULL;
  JsonObject *object;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      dpop_edge_json_complain (self, _ ("Write an object in braces here: { … }."));
      return NULL;
    }
  object = json_node_get_object (node);
  members = json_object_get_members (object);
  for (GList *member = members; keys != NULL && member != NULL; member = member->next)
    if (!g_strv_contains (keys, member->data))
      {
        gsize mark = dpop_edge_json_enter (self, member->data);

        dpop_edge_json_complain_word (self, member->data, keys);
        dpop_edge_json_leave (self, mark);
      }
  return object;
}

JsonArray *
dpop_edge_json_array (DpopEdgeJson *self, JsonNode *node, guint limit)
{
  JsonArray *array;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      dpop_edge_json_complain (self, _ ("Write a list in brackets here: [ … ]."));
      return NULL;
    }
  array = json_node_get_array (node);
  if (json_array_get_length (array) > limit)
    {
      dpop_edge_json_complain (self, _ ("There are %u entries; %u are the most."),
                               json_array_get_length (array), limit);
      return NULL;
    }
  return array;
}

JsonNode *
dpop_edge_json_member (DpopEdgeJson *self, JsonObject *object, const char *key, gboolean needed)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  if (node == NULL && object != NULL && needed)
    dpop_edge_json_complain (self, _ ("“%s” is missing here."), key);
  return node;
}

const char *
dpop_edge_json_text (DpopEdgeJson *self, JsonNode *node)
{
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      dpop_edge_json_complain (self, _ ("Write a text in quotation marks here."));
      return NULL;
    }
  return json_node_get_string (node);
}

gboolean
dpop_edge_json_boolean (DpopEdgeJson *self, JsonNode *node)
{
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      dpop_edge_json_complain (self, _ ("Write true or false here."));
      return FALSE;
    }
  return json_node_get_boolean (node);
}

gint64
dpop_edge_json_integer (DpopEdgeJson *self, JsonNode *node, gint64 least, gint64 most)
{
  gint64 value;

  if (node == NULL)
    return least;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      dpop_edge_json_complain (self, _ ("Write a whole number here, without quotation marks."));
      return least;
    }
  value = json_node_get_int (node);
  if (value >= least && value <= most)
    return value;
  {
    g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, least);
    g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, most);

    dpop_edge_json_complain (self, _ ("Write a whole number from %s to %s here."), from, to);
  }
  return least;
}
