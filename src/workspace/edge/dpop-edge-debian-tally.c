/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-debian-tally.h"
#include "dpop-edge-ballots-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BLANKS " \t\f\v"

typedef struct
{
  DpopEdgeBallots *ballots;
  guint line;
  guint n_options; /* 0 until the first ballot fixes it */
  GError **error;
} Reader;

static gboolean
fail (Reader *self, DpopEdgeError code, const char *message)
{
  return dpop_edge_ballots_fail (self->error, code, self->line, message);
}

/* "   |/  Option 3--->: Brian Gupta": the number, and where the name begins. NULL for what is no
 * such line. */
static const char *
find_option (const char *line, guint64 *number)
{
  char *at;

  line += strspn (line, BLANKS "|/\\");
  if (!g_str_has_prefix (line, "Option"))
    return NULL;
  line += strlen ("Option");
  line += strspn (line, BLANKS);
  if (!g_ascii_isdigit (*line))
    return NULL;
  *number = g_ascii_strtoull (line, &at, 10);
  at += strspn (at, BLANKS "-=>");
  return *at == ':' ? at + 1 : NULL;
}

static gboolean
read_option (Reader *self, guint64 number, const char *name)
{
  guint expected = self->ballots->options->len + 1;

  if (self->n_options > 0)
    return fail (self, DPOP_EDGE_ERROR_SYNTAX,
                 _ ("An option is listed behind the first ballot. Put the list of options at the "
                    "start of the file, and only one tally sheet in a file."));
  if (number != expected)
    {
      g_autofree char *message =
          g_strdup_printf (_ ("Here option %u is expected. List the options in order, each once."),
                           expected);

      return fail (self, DPOP_EDGE_ERROR_SYNTAX, message);
    }
  if (expected > DPOP_COUNT_MAX_OPTIONS)
    return fail (self, DPOP_EDGE_ERROR_TOO_LARGE,
                 _ ("More than 64 options cannot be counted. Divide the vote."));
  dpop_edge_ballots_add_name (self->ballots, name, strlen (name));
  return TRUE;
}

/* 0 where nothing tells. */
static guint
expected_length (const Reader *self)
{
  return self->n_options > 0 ? self->n_options : self->ballots->options->len;
}

/* The length of the ranks at the start of TEXT. All of a word when it has the right length; else as
 * many characters as there are options, blanks among them, when the next is a blank or the end. */
static gsize
measure_ranks (const Reader *self, const char *text, const char **start)
{
  const char *word = text + strspn (text, BLANKS);
  gsize length = strcspn (word, BLANKS);
  const char *field = *text == ' ' ? text + 1 : text;
  guint n = expected_length (self);

  *start = word;
  if (n > 0 && length != n && strlen (field) >= n && memchr (field, '\t', n) == NULL
      && strchr (BLANKS, field[n]) != NULL)
    {
      *start = field;
      length = n;
    }
  return length;
}

/* 0 for unranked, -1 for what is no rank. */
static int
rank_of (char character)
{
  if (character == '-' || character == ' ')
    return 0;
  if (character >= '1' && character <= '9')
    return character - '0';
  return g_ascii_isalpha (character) ? g_ascii_toupper (character) - 'A' + 10 : -1;
}

static gboolean
check_length (Reader *self, gsize length)
{
  guint n = expected_length (self);

  if (length == 0)
    return fail (self, DPOP_EDGE_ERROR_SYNTAX,
                 _ ("There is no ballot behind \"V:\". Write it there, with \"-\" for options that "
                    "are not ranked, or take the line away."));
  if (length > DPOP_COUNT_MAX_OPTIONS)
    return fail (self, DPOP_EDGE_ERROR_TOO_LARGE,
                 _ ("The ballot ranks more than 64 options, which cannot be counted."));
  if (n > 0 && length != n)
    {
      g_autofree char *message = g_strdup_printf (
          _ ("The ballot has %u characters, but there are %u options. Write one character an "
             "option, \"-\" for those that are not ranked."),
          (guint) length, n);

      return fail (self, DPOP_EDGE_ERROR_SYNTAX, message);
    }
  return TRUE;
}

/* TEXT is what stands behind "V:". */
static gboolean
read_ballot (Reader *self, const char *text)
{
  DpopCountBallot ballot = { .count = 1 };
  const char *ranks;
  gsize length;

  length = measure_ranks (self, text, &ranks);
  /* "V: vote  hash" explains the format. */
  if (self->n_options == 0 && length == 4 && memcmp (ranks, "vote", 4) == 0)
    return TRUE;
  if (!check_length (self, length))
    return FALSE;
  for (guint i = 0; i < length; i++)
    {
      int rank = rank_of (ranks[i]);

      if (rank < 0)
        {
          g_autofree char *message =
              g_strdup_printf (_ ("Character %u of the ballot is no rank. Ranks are 1 to 9, then A "
                                  "to Z; \"-\" stands for not ranked."),
                               i + 1);

          return fail (self, DPOP_EDGE_ERROR_SYNTAX, message);
        }
      ballot.ranks[i] = (guint16) rank;
    }
  self->n_options = (guint) length;
  dpop_count_ballot_close_gaps (&ballot, self->n_options);
  return dpop_edge_ballots_add (self->ballots, &ballot, self->line, self->error);
}

static gboolean
read_line (Reader *self, const char *line)
{
  const char *vote = line + strspn (line, BLANKS);
  guint64 number;
  const char *name;

  if (g_str_has_prefix (vote, "V:"))
    return read_ballot (self, vote + 2);
  name = find_option (line, &number);
  return name == NULL || read_option (self, number, name);
}

static gboolean
read_lines (Reader *self, char *text)
{
  while (text != NULL)
    {
      char *end = strchr (text, '\n');

      self->line++;
      if (end != NULL)
        *end++ = '\0';
      if (!read_line (self, text))
        return FALSE;
      text = end;
    }
  if (self->n_options > 0)
    return TRUE;
  g_set_error_literal (self->error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_MEANING,
                       _ ("No line begins with \"V:\", as the ballots of a Debian tally sheet do. "
                          "Check that the right file was chosen."));
  return FALSE;
}

DpopEdgeBallots *
dpop_edge_debian_tally_parse (gconstpointer bytes, gsize size, GError **error)
{
  g_autofree char *text = dpop_edge_ballots_text (bytes, size, error);
  g_autoptr (DpopEdgeBallots) ballots = NULL;
  Reader reader;

  if (text == NULL)
    return NULL;
  ballots = dpop_edge_ballots_new ();
  reader = (Reader){ .ballots = ballots, .error = error };
  if (!read_lines (&reader, text))
    return NULL;
  while (ballots->options->len < reader.n_options)
    dpop_edge_ballots_add_name (ballots, "", 0);
  return g_steal_pointer (&ballots);
}

gboolean
dpop_edge_debian_tally_looks_like (gconstpointer bytes, gsize size)
{
  const char *at = bytes, *end = at + size;

  while (at < end)
    {
      while (at < end && (*at == ' ' || *at == '\t'))
        at++;
      if (end - at >= 2 && at[0] == 'V' && at[1] == ':')
        return TRUE;
      while (at < end && *at != '\n' && *at != '\r')
        at++;
      while (at < end && (*at == '\n' || *at == '\r'))
        at++;
    }
  return FALSE;
}
