/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-text.h"

#include <string.h>

static const char specials[] = "*`[]()\\";

static void
clear_run (gpointer data)
{
  DpopHelpTextRun *run = data;

  g_free (run->words);
  g_free (run->topic);
}

/* Valid, and no longer than what is read. */
static char *
bound (const char *text)
{
  gsize size = strnlen (text, DPOP_HELP_TEXT_SIZE_MAX);
  g_autofree char *valid = NULL;
  const char *end;

  while (size > 0 && ((guint8) text[size] & 0xc0) == 0x80) /* not within a sign */
    size--;
  valid = g_utf8_make_valid (text, (gssize) size);
  end = valid + MIN (strlen (valid), DPOP_HELP_TEXT_SIZE_MAX);

  if (*end != '\0') /* the replacements have made it longer */
    end = g_utf8_find_prev_char (valid, end + 1);
  return g_strndup (valid, (gsize) (end - valid));
}

static gboolean
is_escape (const char *at)
{
  return at[0] == '\\' && at[1] != '\0' && strchr (specials, at[1]) != NULL;
}

/* The words from AT up to CLOSE, without the escapes; *END is behind CLOSE. NULL when there is no
 * CLOSE, or nothing before it. */
static char *
read_words (const char *at, char close, const char **end)
{
  GString *words = g_string_new (NULL);

  for (; *at != '\0' && *at != close; at++)
    {
      at += is_escape (at);
      g_string_append_c (words, *at);
    }
  *end = at + 1;
  return g_string_free (words, *at == '\0' || words->len == 0);
}

/* A topic is named as in a file name: lower-case letters and dashes. */
static char *
read_topic (const char *at, const char **end)
{
  gsize size = strspn (at, "abcdefghijklmnopqrstuvwxyz-");

  if (size == 0 || at[size] != ')')
    return NULL;
  *end = at + size + 1;
  return g_strndup (at, size);
}

/* What begins at AT, if it is more than a sign: RUN is filled in, and *END is behind it. */
static gboolean
read_run (const char *at, DpopHelpTextRun *run, const char **end)
{
  const char *behind = at;

  *run = (DpopHelpTextRun){ .kind = DPOP_HELP_TEXT_PLAIN };
  if (*at == '*')
    run->kind = DPOP_HELP_TEXT_SCREEN;
  else if (*at == '`')
    run->kind = DPOP_HELP_TEXT_KEY;
  else if (*at == '[')
    run->kind = DPOP_HELP_TEXT_LINK;
  else
    return FALSE;
  run->words = read_words (at + 1, *at == '[' ? ']' : *at, &behind);
  if (run->words != NULL && run->kind == DPOP_HELP_TEXT_LINK)
    {
      run->topic = *behind == '(' ? read_topic (behind + 1, &behind) : NULL;
      if (run->topic == NULL)
        g_clear_pointer (&run->words, g_free);
    }
  *end = behind;
  return run->words != NULL;
}

static void
add_plain (GArray *runs, GString *words)
{
  DpopHelpTextRun run = { .kind = DPOP_HELP_TEXT_PLAIN };

  if (words->len == 0)
    return;
  run.words = g_strndup (words->str, words->len);
  g_array_append_val (runs, run);
  g_string_truncate (words, 0);
}

GArray *
dpop_help_text_parse (const char *text)
{
  g_autofree char *bounded = bound (text);
  g_autoptr (GString) plain = g_string_new (NULL);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (DpopHelpTextRun));
  const char *at = bounded;

  g_array_set_clear_func (runs, clear_run);
  while (*at != '\0')
    {
      DpopHelpTextRun run;
      const char *end;

      /* Room is kept for the plain words before the run, and for those behind the last one. */
      if (runs->len + 2 < DPOP_HELP_TEXT_RUNS_MAX && read_run (at, &run, &end))
        {
          add_plain (runs, plain);
          g_array_append_val (runs, run);
          at = end;
          continue;
        }
      at += is_escape (at);
      g_string_append_c (plain, *at++);
    }
  add_plain (runs, plain);
  return runs;
}

char *
dpop_help_text_plain (const char *text)
{
  g_autoptr (GArray) runs = dpop_help_text_parse (text);
  GString *plain = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    g_string_append (plain, g_array_index (runs, DpopHelpTextRun, i).words);
  return g_string_free (plain, FALSE);
}

char *
dpop_help_text_markup (const char *text)
{
  static const struct
  {
    const char *before;
    const char *after;
  } marks[] = {
    [DPOP_HELP_TEXT_PLAIN] = { "", "" },
    [DPOP_HELP_TEXT_SCREEN] = { "<b>", "</b>" },
    [DPOP_HELP_TEXT_KEY] = { "<tt>", "</tt>" },
    [DPOP_HELP_TEXT_LINK] = { NULL, "</a>" },
  };
  g_autoptr (GArray) runs = dpop_help_text_parse (text);
  GString *markup = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const DpopHelpTextRun *run = &g_array_index (runs, DpopHelpTextRun, i);
      g_autofree char *words = g_markup_escape_text (run->words, -1);

      if (run->kind == DPOP_HELP_TEXT_LINK)
        g_string_append_printf (markup, "<a href=\"" DPOP_HELP_TEXT_SCHEME "%s\">", run->topic);
      else
        g_string_append (markup, marks[run->kind].before);
      g_string_append (markup, words);
      g_string_append (markup, marks[run->kind].after);
    }
  return g_string_free (markup, FALSE);
}
