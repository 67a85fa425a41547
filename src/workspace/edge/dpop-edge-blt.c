/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-blt.h"
#include "dpop-edge-ballots-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WRITERS_TEXTS 2 /* after the title */

/* Where reading stands. AT never passes the text's final NUL. */
typedef struct
{
  const char *at;
  guint line;
  DpopEdgeBallots *ballots;
  guint n_options;
  GError **error;
} Reader;

static gboolean
fail (Reader *self, const char *message)
{
  return dpop_edge_ballots_fail (self->error, DPOP_EDGE_ERROR_SYNTAX, self->line, message);
}

static gboolean
fail_meaning (Reader *self, const char *message)
{
  return dpop_edge_ballots_fail (self->error, DPOP_EDGE_ERROR_MEANING, self->line, message);
}

/* Blanks and comments up to the end of the line, which stays. A comment of C's may span lines. */
static void
skip_in_line (Reader *self)
{
  for (;;)
    {
      self->at += strspn (self->at, " \t\f\v");
      if (*self->at == '#')
        {
          self->at += strcspn (self->at, "\n");
          return;
        }
      if (self->at[0] != '/' || self->at[1] != '*')
        return;
      for (self->at += 2; *self->at != '\0' && !(self->at[0] == '*' && self->at[1] == '/');
           self->at++)
        self->line += *self->at == '\n';
      self->at += *self->at != '\0' ? 2 : 0;
    }
}

static gboolean
is_at_line_end (const Reader *self)
{
  return *self->at == '\n' || *self->at == '\0';
}

static void
skip_lines (Reader *self)
{
  skip_in_line (self);
  while (*self->at == '\n')
    {
      self->at++;
      self->line++;
      skip_in_line (self);
    }
}

/* Digits, and behind them something that can follow a number. */
static gboolean
read_number (Reader *self, guint64 *number)
{
  const char *at = self->at;
  guint64 value = 0;

  if (!g_ascii_isdigit (*at))
    return fail (self, _ ("Here a whole number is expected. Correct the line, or check that the "
                          "file is a BLT file."));
  for (; g_ascii_isdigit (*at); at++)
    {
      value = value * 10 + (guint64) (*at - '0');
      if (value > DPOP_COUNT_MAX_VOTES)
        return fail (self, _ ("A number is too large. Correct it."));
    }
  if (*at != '\0' && strchr (" \t\n\f\v=()#/\"", *at) == NULL)
    return fail (self, _ ("Only whole numbers can be read, with blanks between them. Correct the "
                          "line."));
  self->at = at;
  *number = value;
  return TRUE;
}

static gboolean
read_header (Reader *self)
{
  guint64 options, seats;

  skip_lines (self);
  if (!read_number (self, &options))
    return FALSE;
  skip_in_line (self);
  if (!read_number (self, &seats))
    return FALSE;
  skip_in_line (self);
  if (!is_at_line_end (self))
    return fail (self, _ ("The first line holds two numbers, of candidates and of seats, and no "
                          "more. Correct it, or check that the file is a BLT file."));
  if (options == 0 || seats == 0)
    return fail_meaning (self, _ ("There must be a candidate and a seat at least."));
  if (options > DPOP_COUNT_MAX_OPTIONS)
    return dpop_edge_ballots_fail (self->error, DPOP_EDGE_ERROR_TOO_LARGE, self->line,
                                   _ ("More than 64 candidates cannot be counted. Divide the "
                                      "election."));
  self->n_options = (guint) options;
  self->ballots->seats = (guint) seats;
  return TRUE;
}

static gboolean
read_option (Reader *self, guint *option)
{
  guint64 number;

  if (!read_number (self, &number))
    return FALSE;
  if (number == 0 || number > self->n_options)
    {
      g_autofree char *message = g_strdup_printf (
          _ ("There is no candidate %u: the first line says that there are %u. Correct one of "
             "the two."),
          (guint) number, self->n_options);

      return fail_meaning (self, message);
    }
  *option = (guint) number - 1;
  return TRUE;
}

static gboolean
read_withdrawn (Reader *self)
{
  for (skip_lines (self); *self->at == '-'; skip_lines (self))
    {
      guint option;

      self->at++;
      if (!read_option (self, &option))
        return FALSE;
      self->ballots->withdrawn |= G_GUINT64_CONSTANT (1) << option;
    }
  return TRUE;
}

static gboolean
read_preference (Reader *self, DpopCountBallot *ballot, guint16 rank)
{
  guint option;

  if (!read_option (self, &option))
    return FALSE;
  if (ballot->ranks[option] != 0)
    {
      g_autofree char *message =
          g_strdup_printf (_ ("The ballot names candidate %u twice. Take one of the two away."),
                           option + 1);

      return fail_meaning (self, message);
    }
  ballot->ranks[option] = rank;
  skip_in_line (self);
  return TRUE;
}

/* "(4 2)", behind the parenthesis. */
static gboolean
read_group (Reader *self, DpopCountBallot *ballot, guint16 rank)
{
  for (skip_in_line (self); *self->at != ')'; skip_in_line (self))
    if (!read_preference (self, ballot, rank))
      return FALSE;
  self->at++;
  return TRUE;
}

/* "4=2" or "4". */
static gboolean
read_equals (Reader *self, DpopCountBallot *ballot, guint16 rank)
{
  if (!read_preference (self, ballot, rank))
    return FALSE;
  while (*self->at == '=')
    {
      self->at++;
      skip_in_line (self);
      if (!read_preference (self, ballot, rank))
        return FALSE;
    }
  return TRUE;
}

/* A lone 0 behind the ballot's last preference, not the first digit of more. */
static gboolean
is_at_zero (const Reader *self)
{
  return self->at[0] == '0' && !g_ascii_isdigit (self->at[1]);
}

static gboolean
read_ranking (Reader *self, DpopCountBallot *ballot)
{
  guint16 rank = 1;

  for (skip_in_line (self); !is_at_zero (self); skip_in_line (self))
    {
      gboolean read;

      if (is_at_line_end (self))
        return fail (self, _ ("The ballot does not end with 0. Write 0 at the end of its line."));
      if (*self->at == '-' && !g_ascii_isdigit (self->at[1]))
        {
          self->at++;
          continue;
        }
      if (*self->at == '(')
        {
          self->at++;
          read = read_group (self, ballot, rank);
        }
      else
        read = read_equals (self, ballot, rank);
      if (!read)
        return FALSE;
      rank++;
    }
  self->at++;
  /* "(1 )" and "()" leave a rank without anyone. */
  dpop_count_ballot_close_gaps (ballot, self->n_options);
  return TRUE;
}

static gboolean
read_id (Reader *self)
{
  if (*self->at != '(')
    return TRUE;
  self->at += strcspn (self->at, ")\n");
  if (*self->at != ')')
    return fail (self, _ ("The parenthesis around the ballot's id is never closed. Close it."));
  self->at++;
  skip_in_line (self);
  return TRUE;
}

static gboolean
read_ballots (Reader *self)
{
  for (;;)
    {
      DpopCountBallot ballot = { 0 };

      skip_lines (self);
      if (*self->at == '\0' || *self->at == '"')
        return fail (self, _ ("The ballots do not end with a line that holds 0 alone. If the file "
                              "is whole, write one behind the last ballot."));
      if (!read_id (self) || !read_number (self, &ballot.count))
        return FALSE;
      if (ballot.count == 0)
        {
          skip_in_line (self);
          if (g_ascii_isdigit (*self->at) || *self->at == '-' || *self->at == '(')
            return fail_meaning (self, _ ("The ballot stands for 0 voters. Take it away, or write "
                                          "how many there are."));
          return TRUE;
        }
      if (!read_ranking (self, &ballot)
          || !dpop_edge_ballots_add (self->ballots, &ballot, self->line, self->error))
        return FALSE;
    }
}

static gboolean
is_over_behind (const char *quote)
{
  const char *at = quote + 1 + strspn (quote + 1, " \t\f\v");

  return *at == '\n' || *at == '\0' || *at == '#' || *at == '"' || (at[0] == '/' && at[1] == '*');
}

/* From behind an opening quotation mark to the one that closes: the first with nothing but another
 * text, a comment or the line's end behind it, and not doubled. NULL where there is none. */
static const char *
find_closing_quote (const char *at)
{
  for (; *at != '\n' && *at != '\0'; at++)
    if (*at == '"')
      {
        if (at[1] == '"' && at[2] != '\n' && at[2] != '\0')
          at++;
        else if (is_over_behind (at))
          return at;
      }
  return NULL;
}

static char *
undouble_quotes (const char *text, gsize length)
{
  GString *kept = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      g_string_append_c (kept, text[i]);
      if (text[i] == '"' && i + 1 < length && text[i + 1] == '"')
        i++;
    }
  return g_string_free (kept, FALSE);
}

/* The next text, quoted or the whole line. */
static char *
read_text (Reader *self)
{
  const char *start = self->at;
  const char *end;
  char *text;

  if (*start != '"')
    {
      self->at += strcspn (self->at, "#\n");
      return g_strstrip (g_strndup (start, (gsize) (self->at - start)));
    }
  start++;
  end = find_closing_quote (start);
  if (end == NULL)
    {
      fail (self, _ ("The quotation mark at the start of a name is never closed. Close it at the "
                     "end of the line."));
      return NULL;
    }
  text = undouble_quotes (start, (gsize) (end - start));
  self->at = end + 1;
  return text;
}

static gboolean
read_names (Reader *self)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (skip_lines (self); *self->at != '\0'; skip_lines (self))
    {
      char *text;

      if (texts->len > self->n_options + WRITERS_TEXTS)
        return fail_meaning (self, _ ("There are more names than candidates. Correct the first "
                                      "line, or take the names away that are too many."));
      text = read_text (self);
      if (text == NULL)
        return FALSE;
      g_ptr_array_add (texts, text);
    }
  if (texts->len > 0 && texts->len < self->n_options)
    return fail_meaning (self, _ ("The file ends before every candidate has a name. Add the names "
                                  "that are missing, or take all of them away."));
  for (guint i = 0; i < self->n_options; i++)
    {
      const char *name = i < texts->len ? g_ptr_array_index (texts, i) : "";

      dpop_edge_ballots_add_name (self->ballots, name, strlen (name));
    }
  if (texts->len > self->n_options && *(char *) g_ptr_array_index (texts, self->n_options) != '\0')
    self->ballots->title = g_strdup (g_ptr_array_index (texts, self->n_options));
  return TRUE;
}

DpopEdgeBallots *
dpop_edge_blt_parse (gconstpointer bytes, gsize size, GError **error)
{
  g_autofree char *text = dpop_edge_ballots_text (bytes, size, error);
  g_autoptr (DpopEdgeBallots) ballots = NULL;
  Reader reader;

  if (text == NULL)
    return NULL;
  ballots = dpop_edge_ballots_new ();
  reader = (Reader){ .at = text, .line = 1, .ballots = ballots, .error = error };
  if (!read_header (&reader) || !read_withdrawn (&reader) || !read_ballots (&reader)
      || !read_names (&reader))
    return NULL;
  return g_steal_pointer (&ballots);
}
