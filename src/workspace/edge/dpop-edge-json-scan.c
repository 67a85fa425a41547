/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-json-scan.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Recursive descent over the text, no deeper than DPOP_EDGE_JSON_DEPTH. Nothing is kept but the
 * keys of the objects that are open. */
typedef struct
{
  const char *text, *at, *end;
  guint depth;
  GError **error;
} Scan;

static gboolean scan_value (Scan *self);

/* Line and column of AT, counted only when something is wrong. */
static void
locate (const Scan *self, const char *at, guint *line, guint *column)
{
  *line = *column = 1;
  for (const char *c = self->text; c < at; c++)
    if (*c == '\n')
      {
        ++*line;
        *column = 1;
      }
    else if ((*c & 0xc0) != 0x80)
      ++*column;
}

static gboolean
refuse (const Scan *self, const char *at, DpopEdgeError code, const char *message)
{
  guint line, column;

  locate (self, at, &line, &column);
  g_set_error (self->error, DPOP_EDGE_ERROR, code, _ ("Line %u, column %u: %s"), line, column,
               message);
  return FALSE;
}

static gboolean
broken (const Scan *self, const char *at, const char *message)
{
  return refuse (self, at, DPOP_EDGE_ERROR_SYNTAX, message);
}

static gboolean
begins (const Scan *self, const char *word)
{
  gsize size = strlen (word);

  return (gsize) (self->end - self->at) >= size && memcmp (self->at, word, size) == 0;
}

static void
skip_space (Scan *self)
{
  while (self->at < self->end && strchr (" \t\n\r", *self->at) != NULL && *self->at != '\0')
    self->at++;
}

static gboolean
take (Scan *self, char c)
{
  if (self->at >= self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

/* Four hexadecimal digits. */
static gboolean
scan_unit (Scan *self, gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, self->at++)
    {
      if (self->at >= self->end || !g_ascii_isxdigit (*self->at))
        return broken (self, self->at, _ ("Write four hexadecimal digits after \\u."));
      *unit = *unit * 16 + (gunichar) g_ascii_xdigit_value (*self->at);
    }
  return TRUE;
}

/* What follows "\u"; AT is where the escape began. */
static gboolean
scan_unicode_escape (Scan *self, const char *at, GString *out)
{
  gunichar unit, low;

  if (!scan_unit (self, &unit))
    return FALSE;
  if (unit == 0)
    return broken (self, at, _ ("A text cannot hold the character NUL; remove \\u0000."));
  if (unit >= 0xdc00 && unit < 0xe000)
    return broken (self, at, _ ("This is the second half of a character; write both halves."));
  if (unit >= 0xd800 && unit < 0xdc00)
    {
      if (!take (self, '\\') || !take (self, 'u'))
        return broken (self, at, _ ("This is the first half of a character; write both halves."));
      if (!scan_unit (self, &low))
        return FALSE;
      if (low < 0xdc00 || low >= 0xe000)
        return broken (self, at, _ ("This is the first half of a character; write both halves."));
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (out, unit);
  return TRUE;
}

static gboolean
scan_escape (Scan *self, GString *out)
{
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  const char *at = self->at++, *found;

  if (self->at >= self->end)
    return broken (self, self->at, _ ("The text ends within quotation marks; close them."));
  if (take (self, 'u'))
    return scan_unicode_escape (self, at, out);
  found = memchr (from, *self->at, sizeof from - 1);
  if (found == NULL)
    return broken (self, at, _ ("There is no such escape; write \\\\ for a backslash."));
  g_string_append_c (out, to[found - from]);
  self->at++;
  return TRUE;
}

/* A text in quotation marks, unescaped into OUT. */
static gboolean
scan_string (Scan *self, GString *out)
{
  self->at++;
  while (self->at < self->end && *self->at != '"')
    if (*self->at == '\\')
      {
        if (!scan_escape (self, out))
          return FALSE;
      }
    else if (*self->at == '\n' || *self->at == '\r')
      return broken (self, self->at,
                     _ ("The line ends within quotation marks; close them, or write \\n."));
    else if ((guchar) *self->at < 0x20)
      return broken (self, self->at, _ ("There is a control character here; remove it."));
    else
      g_string_append_c (out, *self->at++);
  if (!take (self, '"'))
    return broken (self, self->at, _ ("The text ends within quotation marks; close them."));
  return TRUE;
}

static gboolean
skip_string (Scan *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  return scan_string (self, out);
}

static gboolean
digits (Scan *self)
{
  const char *from = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > from;
}

static gboolean
number_fits (Scan *self, const char *from, gboolean integer)
{
  g_autofree char *copy = g_strndup (from, self->at - from);
  gint64 value;

  if (!integer)
    return isfinite (g_ascii_strtod (copy, NULL))
           || broken (self, from, _ ("This number is too large."));
  return g_ascii_string_to_signed (copy, 10, G_MININT64, G_MAXINT64, &value, NULL)
         || broken (self, from,
                    _ ("This number is beyond 64 bits; write it in quotation marks if it may be a "
                       "text."));
}

static gboolean
scan_number (Scan *self)
{
  const char *from = self->at, *first;
  gboolean integer = TRUE;

  take (self, '-');
  first = self->at;
  if (!digits (self))
    return broken (self, from, _ ("Write a digit after the minus sign."));
  if (*first == '0' && self->at - first > 1)
    return broken (self, from, _ ("Write the number without zeros at its beginning."));
  if (take (self, '.'))
    {
      integer = FALSE;
      if (!digits (self))
        return broken (self, self->at, _ ("Write a digit after the decimal point."));
    }
  if (self->at < self->end && (*self->at == 'e' || *self->at == 'E'))
    {
      self->at++;
      integer = FALSE;
      if (!take (self, '-'))
        take (self, '+');
      if (!digits (self))
        return broken (self, self->at, _ ("Write a digit in the exponent."));
    }
  if (self->at < self->end && (g_ascii_isalnum (*self->at) || *self->at == '.'))
    return broken (self, from, _ ("This is no number; write it in decimal digits."));
  return number_fits (self, from, integer);
}

/* What is no value, in words that fit what people write there. */
static gboolean
refuse_value (Scan *self)
{
  static const char *const not_numbers[] = { "NaN", "nan", "Infinity", "inf", "-I", "-i" };

  if (self->at >= self->end)
    return broken (self, self->at, _ ("The document ends here; something is missing."));
  for (gsize i = 0; i < G_N_ELEMENTS (not_numbers); i++)
    if (begins (self, not_numbers[i]))
      return broken (self, self->at, _ ("Only finite numbers can be written in JSON."));
  if (*self->at == '/' || *self->at == '#')
    return broken (self, self->at, _ ("JSON has no comments; remove this one."));
  if (begins (self, "var"))
    return broken (self, self->at, _ ("Write the value alone, without \"var … =\"."));
  if (*self->at == '\'')
    return broken (self, self->at, _ ("Write texts in double quotation marks."));
  if (*self->at == ',' || *self->at == ']' || *self->at == '}')
    return broken (self, self->at, _ ("A value is missing here; write it, or remove the comma."));
  if (*self->at == '+' || *self->at == '.')
    return broken (self, self->at, _ ("Begin a number with a digit or a minus sign."));
  return broken (self, self->at,
                 _ ("Write a text in quotation marks, a number, true, false, null, [ or {."));
}

static gboolean
scan_word (Scan *self, const char *word)
{
  if (!begins (self, word))
    return refuse_value (self);
  self->at += strlen (word);
  if (self->at < self->end && (g_ascii_isalnum (*self->at) || *self->at == '_'))
    {
      self->at -= strlen (word);
      return broken (self, self->at, _ ("Write this word in quotation marks."));
    }
  return TRUE;
}

/* After a value within brackets: a comma, or END. */
static gboolean
scan_separator (Scan *self, char end, gboolean *ended)
{
  skip_space (self);
  *ended = take (self, end);
  if (*ended || take (self, ','))
    return TRUE;
  if (self->at >= self->end)
    return broken (self, self->at,
                   end == ']' ? _ ("The document ends within [ …; write ].")
                              : _ ("The document ends within { …; write }."));
  if (*self->at == '/' || *self->at == '#')
    return broken (self, self->at, _ ("JSON has no comments; remove this one."));
  return broken (self, self->at,
                 end == ']' ? _ ("Write a comma or ] here.") : _ ("Write a comma or } here."));
}

static gboolean
scan_array (Scan *self)
{
  gboolean ended;

  self->at++;
  skip_space (self);
  if (take (self, ']'))
    return TRUE;
  do
    if (!scan_value (self) || !scan_separator (self, ']', &ended))
      return FALSE;
  while (!ended);
  return TRUE;
}

static gboolean
scan_key (Scan *self, GHashTable *keys)
{
  g_autoptr (GString) key = g_string_new (NULL);
  const char *from;

  skip_space (self);
  from = self->at;
  if (self->at < self->end && (*self->at == '/' || *self->at == '#'))
    return broken (self, from, _ ("JSON has no comments; remove this one."));
  if (self->at < self->end && *self->at == '}')
    return broken (self, from, _ ("Remove the comma before }."));
  if (self->at >= self->end || *self->at != '"')
    return broken (self, from, _ ("Write a key in quotation marks here."));
  if (!scan_string (self, key))
    return FALSE;
  if (!g_hash_table_add (keys, g_strdup (key->str)))
    return broken (self, from, _ ("This key stands twice in the same object; remove one."));
  skip_space (self);
  if (!take (self, ':'))
    return broken (self, self->at, _ ("Write a colon after the key."));
  return TRUE;
}

static gboolean
scan_object (Scan *self)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean ended;

  self->at++;
  skip_space (self);
  if (take (self, '}'))
    return TRUE;
  do
    if (!scan_key (self, keys) || !scan_value (self) || !scan_separator (self, '}', &ended))
      return FALSE;
  while (!ended);
  return TRUE;
}

static gboolean
scan_nested (Scan *self)
{
  gboolean scanned;

  if (self->depth >= DPOP_EDGE_JSON_DEPTH)
    return refuse (self, self->at, DPOP_EDGE_ERROR_TOO_LARGE,
                   _ ("Too many brackets within each other; 64 are the most."));
  self->depth++;
  scanned = *self->at == '[' ? scan_array (self) : scan_object (self);
  self->depth--;
  return scanned;
}

static gboolean
scan_value (Scan *self)
{
  skip_space (self);
  if (self->at >= self->end)
    return refuse_value (self);
  switch (*self->at)
    {
    case '[':
    case '{':
      return scan_nested (self);
    case '"':
      return skip_string (self);
    case 't':
      return scan_word (self, "true");
    case 'f':
      return scan_word (self, "false");
    case 'n':
      return scan_word (self, "null");
    case '-':
      return begins (self, "-I") || begins (self, "-i") ? refuse_value (self) : scan_number (self);
    default:
      return g_ascii_isdigit (*self->at) ? scan_number (self) : refuse_value (self);
    }
}

static gboolean
scan_encoding (Scan *self)
{
  const char *wrong;

  if (begins (self, "\xef\xbb\xbf") || begins (self, "\xff\xfe") || begins (self, "\xfe\xff"))
    return refuse (self, self->at, DPOP_EDGE_ERROR_ENCODING,
                   _ ("The file begins with a byte order mark; save it as UTF-8 without one."));
  if (!g_utf8_validate_len (self->text, self->end - self->text, &wrong))
    return refuse (self, wrong, DPOP_EDGE_ERROR_ENCODING,
                   _ ("This is no UTF-8 text; save the file as UTF-8."));
  return TRUE;
}

static gboolean
refuse_empty (GError **error)
{
  g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_EMPTY,
                       _ ("There is nothing in the document."));
  return FALSE;
}

gboolean
dpop_edge_json_scan (const char *text, gsize size, gsize max_size, GError **error)
{
  Scan self = { .text = text, .at = text, .error = error };

  if (size > max_size)
    {
      g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE,
                   _ ("The document is larger than %u bytes; take out what does not belong to it."),
                   (guint) MIN (max_size, G_MAXUINT));
      return FALSE;
    }
  if (size == 0)
    return refuse_empty (error);
  self.end = text + size;
  if (!scan_encoding (&self))
    return FALSE;
  skip_space (&self);
  if (self.at >= self.end)
    return refuse_empty (error);
  if (!scan_value (&self))
    return FALSE;
  skip_space (&self);
  if (self.at < self.end)
    return broken (&self, self.at, _ ("The document ends before this; remove the rest."));
  return TRUE;
}
