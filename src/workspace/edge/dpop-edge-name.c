/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-name.h"

#include <string.h>

static const char *const titles[]
    = { "dipl", "dott", "dr", "frau", "herr", "ing", "mme", "mr", "mrs", "ms", "phd", "prof" };

/* Letters that Unicode does not take apart. */
static const char *
plain_letter (gunichar c)
{
  switch (c)
    {
    case 0x00e6: /* æ */
      return "a";
    case 0x0153: /* œ */
    case 0x00f8: /* ø */
      return "o";
    case 0x0142: /* ł */
      return "l";
    case 0x0111: /* đ */
    case 0x00f0: /* ð */
      return "d";
    case 0x00fe: /* þ */
      return "th";
    case 0x0131: /* ı */
      return "i";
    default:
      return NULL;
    }
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == '`' || c == 0x00b4 || c == 0x2018 || c == 0x2019 || c == 0x02bc;
}

/* "ae", "oe" and "ue" are how umlauts are written without them. */
static void
append_letter (GString *out, gunichar c)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '\0';

  if (c == 'e' && (last == 'a' || last == 'o' || last == 'u'))
    return;
  if (plain_letter (c) != NULL)
    g_string_append (out, plain_letter (c));
  else
    g_string_append_unichar (out, c);
}

/* Words with one blank between. */
static char *
fold (const char *text)
{
  g_autofree char *folded = NULL;
  GString *out = g_string_sized_new (strlen (text) + 8);
  gboolean gap = FALSE;

  if (!g_str_is_ascii (text))
    {
      g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

      folded = apart != NULL ? g_utf8_casefold (apart, -1) : NULL;
      text = folded != NULL ? folded : "";
    }
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      c = c < 0x80 ? (gunichar) g_ascii_tolower ((char) c) : c;
      if (is_apostrophe (c) || g_unichar_ismark (c))
        continue;
      if (!g_unichar_isalnum (c))
        {
          gap = out->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (out, ' ');
      gap = FALSE;
      append_letter (out, c);
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_title (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (word, titles[i]) == 0)
      return TRUE;
  return FALSE;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
dpop_edge_name_key (const char *name)
{
  g_autofree char *folded = fold (name);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (!is_title (words[i]))
      g_ptr_array_add (kept, words[i]);
  for (guint i = 0; kept->len == 0 && words[i] != NULL; i++)
    g_ptr_array_add (kept, words[i]);
  g_ptr_array_sort (kept, compare_words);
  g_ptr_array_add (kept, NULL);
  return g_strjoinv (" ", (char **) kept->pdata);
}

char *
dpop_edge_name_word_key (const char *text)
{
  char *key = fold (text);
  char *to = key;

  for (const char *from = key; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = *from;
  *to = '\0';
  return key;
}

static gboolean
is_within (const char *a, const char *b, guint edits)
{
  while (*a != '\0' && *a == *b)
    a++, b++;
  if (*a == '\0' && *b == '\0')
    return TRUE;
  if (edits == 0)
    return FALSE;
  return (*a != '\0' && *b != '\0' && is_within (a + 1, b + 1, edits - 1))
         || (*a != '\0' && is_within (a + 1, b, edits - 1))
         || (*b != '\0' && is_within (a, b + 1, edits - 1));
}

gboolean
dpop_edge_name_is_near (const char *key_a, const char *key_b)
{
  return is_within (key_a, key_b, 2);
}
