/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-outcome-record-private.h"

#include "dpop-words.h"

#include <glib/gi18n-lib.h>

/* --- Lines. ---------------------------------------------------------------------------------- */

static guint
columns (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    n += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return n;
}

/* WORD in pieces that fit a line each. */
static void
add_word (GPtrArray *words, const char *word)
{
  g_autoptr (GString) piece = g_string_new (NULL);
  guint width = 0;

  for (; *word != '\0'; word = g_utf8_next_char (word))
    {
      gunichar letter = g_utf8_get_char (word);
      guint own = g_unichar_iswide (letter) ? 2 : 1;

      if (width + own > DPOP_OUTCOME_RECORD_COLUMNS)
        {
          g_ptr_array_add (words, g_strdup (piece->str));
          g_string_truncate (piece, 0);
          width = 0;
        }
      g_string_append_unichar (piece, letter);
      width += own;
    }
  if (piece->len > 0)
    g_ptr_array_add (words, g_strdup (piece->str));
}

/* What could steer a reader's screen, or is not seen at all, is left out. */
static char *
visible (const char *text)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar letter = g_utf8_get_char (text);
      GUnicodeType type = g_unichar_type (letter);

      if (g_unichar_isspace (letter))
        g_string_append_c (seen, ' ');
      else if (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT)
        g_string_append_unichar (seen, letter);
    }
  return dpop_record_seal_plain (seen->str);
}

static GPtrArray *
split_words (const char *text)
{
  g_autofree char *plain = visible (text);
  g_auto (GStrv) parts = g_strsplit (plain, " ", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (char **part = parts; *part != NULL; part++)
    add_word (words, *part);
  return words;
}

/* How many words from FIRST on make a line. A hyphen at its end would be lost in a copy. */
static guint
fit (const GPtrArray *words, guint first)
{
  guint width = columns (words->pdata[first]);
  guint last = first + 1;

  while (last < words->len
         && (width += 1 + columns (words->pdata[last])) <= DPOP_OUTCOME_RECORD_COLUMNS)
    last++;
  if (last < words->len)
    while (last > first + 1 && g_str_has_suffix (words->pdata[last - 1], "-"))
      last--;
  return last - first;
}

/* One paragraph, as lines. */
static void
add_paragraph (GString *out, const char *text)
{
  g_autoptr (GPtrArray) words = split_words (text);

  for (guint at = 0; at < words->len;)
    {
      guint n = fit (words, at);

      for (guint i = 0; i < n; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? " " : "", (char *) words->pdata[at + i]);
      g_string_append_c (out, '\n');
      at += n;
    }
}

static void add_line (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_line (GString *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  add_paragraph (out, text);
}

static void
add_gap (GString *out)
{
  g_string_append_c (out, '\n');
}

/* --- Parts. ---------------------------------------------------------------------------------- */

char *
dpop_outcome_record_time (gint64 ms)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (ms / 1000);

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M UTC") : g_strdup ("?");
}

const char *
dpop_outcome_record_heading (void)
{
  return _("Record of a decision");
}

static void
add_question (GString *out, const DpopOutcomeRecord *self)
{
  g_auto (GStrv) lines = NULL;

  add_line (out, _("Organisation: %s"), self->organisation);
  add_line (out, _("Question: %s"), self->title);
  if (self->question == NULL)
    return;
  lines = g_strsplit (self->question, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    add_paragraph (out, *line);
}

static void
add_conduct (GString *out, const DpopOutcomeRecord *self)
{
  g_autofree char *opened = dpop_outcome_record_time (self->opened);
  g_autofree char *closed = dpop_outcome_record_time (self->closed);

  add_line (out, _("Proposed by: %s"), self->speaker);
  add_line (out, _("Decided by: %s"), self->scope);
  add_line (out, _("Rule: %s"), self->rule);
  add_line (out, _("Ballot: %s"), dpop_words_ballot (self->ballot));
  if (self->opened > 0)
    add_line (out, _("Opened: %s"), opened);
  add_line (out, self->status == DPOP_OUTCOME_STOPPED ? _("Stopped: %s") : _("Closed: %s"), closed);
  if (self->opened == 0)
    return;
  add_line (out, _("Entitled to vote: %lu"), (gulong) self->entitled);
  add_line (out, _("Took part: %lu"), (gulong) self->present);
  if (self->ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    add_line (out, _("Yes: %lu; no: %lu; abstained: %lu"), (gulong) self->yes, (gulong) self->no,
              (gulong) self->abstain);
  else
    add_line (out, _("Abstained: %lu; blank: %lu; seats: %u"), (gulong) self->abstain,
              (gulong) self->blank, self->seats);
  if (self->undecided > 0)
    add_line (out, _("Votes that contradicted each other, and count nowhere: %lu"),
              (gulong) self->undecided);
}

static void
add_reasons (GString *out, const DpopOutcomeRecord *self)
{
  if (self->reasons->len == 0)
    return;
  add_gap (out);
  add_line (out, "%s", _("What the outcome rests on:"));
  for (guint i = 0; i < self->reasons->len; i++)
    add_paragraph (out, ((const DpopOutcomeRecordReason *) self->reasons->pdata[i])->text);
}

static void
add_option (GString *out, const DpopOutcomeRecord *self, guint index)
{
  const DpopOutcomeRecordOption *option = self->options->pdata[index];
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, _("Option %u: %s;"), index + 1, option->name);
  g_string_append_c (line, ' ');
  if (option->place > 0)
    g_string_append_printf (line, _("place %u"), option->place);
  else
    g_string_append (line, _("no place"));
  if (self->ballot != DPOP_BALLOT_RANK)
    {
      g_string_append (line, ", ");
      g_string_append_printf (line, _("votes %lu"), (gulong) option->votes);
    }
  if (option->elected)
    g_string_append_printf (line, ", %s", _("elected"));
  if (option->tied)
    g_string_append_printf (line, ", %s", _("tied"));
  if (option->dropped)
    g_string_append_printf (line, ", %s", _("dropped: not preferred to none of these"));
  add_paragraph (out, line->str);
}

static void
add_options (GString *out, const DpopOutcomeRecord *self)
{
  guint n = self->options->len;

  if (n == 0)
    return;
  add_gap (out);
  for (guint i = 0; i < n; i++)
    add_option (out, self, i);
  for (guint a = 0; self->preferred != NULL && a < n; a++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      /* Translators: followed by the numbers of the other options, each with a figure. */
      g_string_append_printf (line, _("How many prefer option %u to:"), a + 1);
      for (guint b = 0; b < n; b++)
        if (a != b)
          g_string_append_printf (line, " %u: %lu;", b + 1, (gulong) self->preferred[a * n + b]);
      add_paragraph (out, line->str);
    }
}

static void
add_details (GString *out, const DpopOutcomeRecord *self)
{
  g_autofree char *closed = dpop_outcome_record_time (self->closed);
  g_autofree char *made = dpop_outcome_record_time (self->seal.made);
  g_autofree char *root = cosmic_id_to_text (&self->seal.root);
  g_autofree char *party = cosmic_id_to_text (&self->seal.party);
  g_autofree char *decision = cosmic_id_to_text (&self->seal.decision);
  g_autofree char *device = cosmic_id_to_text (&self->seal.device);

  add_line (out, _("Confirmed: number %lu, %s"), (gulong) self->seal.height, closed);
  add_line (out, _("Check number: %s"), root);
  add_line (out, _("Founding: %s"), party);
  add_line (out, _("Decision: %s"), decision);
  add_line (out, _("Recorded: %s, on the computer of %s"), made, self->maker);
  add_line (out, _("Signed with the key: %s"), device);
}

/* A paragraph that ends with a hyphen goes on with the next one: its last word moves down. */
static char *
join_hyphens (const char *text)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      gsize at = joined->len;

      if (*text != '\n' || at == 0 || joined->str[at - 1] != '-')
        {
          g_string_append_c (joined, *text);
          continue;
        }
      /* Back over this word, and over those before it that end with a hyphen, too. */
      do
        at -= at > 0;
      while (at > 0
             && !(strchr (" \n", joined->str[at - 1]) != NULL
                  && (at == 1 || joined->str[at - 2] != '-')));
      if (at > 0)
        joined->str[at - 1] = '\n';
      g_string_append_c (joined, ' ');
      while (text[1] == '\n')
        text++;
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

char *
dpop_outcome_record_write (const DpopOutcomeRecord *self)
{
  g_autoptr (GString) out = g_string_new (DPOP_RECORD_SEAL_BEGIN "\n");

  add_paragraph (out, dpop_outcome_record_heading ());
  add_gap (out);
  add_question (out, self);
  add_gap (out);
  add_line (out, _("Outcome: %s"), self->outcome);
  add_gap (out);
  add_conduct (out, self);
  add_reasons (out, self);
  add_options (out, self);
  add_gap (out);
  add_details (out, self);
  add_gap (out);
  return join_hyphens (out->str);
}
