/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-roll-private.h"

#include <string.h>

/* What must not stay in a name: it is not seen, and may turn around how the rest is shown. Joiners
 * are left in: Persian and Indian names need them. */
static gboolean
is_invisible (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0x200e || c == 0x200f || c == 0x061c || c == 0xfffd
         || (c >= 0xe0000 && c < 0xe0100);
}

/* Left by word processors and by joining files; nobody needs to hear of them. */
static gboolean
is_nothing (gunichar c)
{
  return c == 0x00ad || c == 0x200b || c == 0x2060 || c == 0xfeff;
}

static gboolean
is_tidy (const char *text)
{
  if (*text == ' ' || *text == '=')
    return FALSE;
  for (; *text != '\0'; text++)
    if (*text < ' ' || *text > '~' || (*text == ' ' && (text[1] == ' ' || text[1] == '\0')))
      return FALSE;
  return TRUE;
}

/* ="0017" is how a spreadsheet is made to keep zeros. */
static char *
unwrap (const char *text)
{
  gsize length = strlen (text);

  if (length >= 3 && g_str_has_prefix (text, "=\"") && text[length - 1] == '"')
    return g_strndup (text + 2, length - 3);
  return g_strdup (text);
}

static void
append_tidy (GString *out, const char *text, const char *lines, gboolean *removed)
{
  gboolean blank = FALSE, line = FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
        line = TRUE;
      else if (g_unichar_isspace (c))
        blank = TRUE;
      else if (is_nothing (c))
        continue;
      else if (is_invisible (c))
        *removed = TRUE;
      else
        {
          if (out->len > 0 && line && lines != NULL)
            g_string_append (out, lines);
          else if (out->len > 0 && (line || blank))
            g_string_append_c (out, ' ');
          blank = line = FALSE;
          g_string_append_unichar (out, c);
        }
    }
}

char *
dpop_edge_roll_tidy (const char *text, const char *lines, gboolean *removed)
{
  g_autofree char *bare = NULL;
  g_autofree char *composed = NULL;
  gboolean ignored;
  GString *out;

  removed = removed != NULL ? removed : &ignored;
  *removed = FALSE;
  if (is_tidy (text))
    return g_strdup (text);
  bare = unwrap (text);
  composed = g_utf8_normalize (bare, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  out = g_string_sized_new (strlen (bare));
  append_tidy (out, composed != NULL ? composed : bare, lines, removed);
  return g_string_free (out, FALSE);
}
