/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-rational.h"

/* Products of a gint64 and a guint64 stay within 127 bits and a sign. */
typedef __int128 Wide;

static guint64
greatest_common_divisor (guint64 a, guint64 b)
{
  while (b != 0)
    {
      guint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

static guint64
magnitude (gint64 value)
{
  return value < 0 ? -(guint64) value : (guint64) value;
}

static gboolean
init_wide (DpopRational *self, gboolean negative, guint64 num, guint64 den)
{
  guint64 divisor;

  if (den == 0)
    return FALSE;
  divisor = greatest_common_divisor (num, den);
  num /= divisor;
  den /= divisor;
  if (num > G_MAXINT64 || den > G_MAXINT64)
    return FALSE;
  self->num = negative ? -(gint64) num : (gint64) num;
  self->den = (gint64) den;
  return TRUE;
}

gboolean
dpop_rational_init (DpopRational *self, gint64 num, gint64 den)
{
  return init_wide (self, (num < 0) != (den < 0), magnitude (num), magnitude (den));
}

gboolean
dpop_rational_is_valid (DpopRational self)
{
  return self.den > 0 && self.num != G_MININT64
         && greatest_common_divisor (magnitude (self.num), (guint64) self.den) == 1;
}

int
dpop_rational_compare (DpopRational a, DpopRational b)
{
  Wide left = (Wide) a.num * b.den;
  Wide right = (Wide) b.num * a.den;

  return (left > right) - (left < right);
}

int
dpop_rational_compare_share (DpopRational self, guint64 count, guint64 base)
{
  Wide left = (Wide) count * self.den;
  Wide right = (Wide) base * self.num;

  return (left > right) - (left < right);
}

gboolean
dpop_rational_is_reached (DpopRational self, gboolean strict, guint64 count, guint64 base)
{
  int order = dpop_rational_compare_share (self, count, base);

  return strict ? order > 0 : order >= 0;
}

guint64
dpop_rational_of (DpopRational self, gboolean strict, guint64 base)
{
  Wide product = (Wide) base * self.num;
  Wide needed;

  if (product < 0)
    return 0;
  needed = product / self.den;
  if (strict || product % self.den != 0)
    needed++;
  return needed > G_MAXUINT64 ? G_MAXUINT64 : (guint64) needed;
}

/* At least one digit; moves TEXT behind the last one. */
static gboolean
parse_digits (const char **text, guint64 *value)
{
  const char *at = *text;
  guint64 read = 0;

  for (; g_ascii_isdigit (*at); at++)
    {
      guint digit = (guint) (*at - '0');

      if (read > ((guint64) G_MAXINT64 - digit) / 10)
        return FALSE;
      read = read * 10 + digit;
    }
  if (at == *text)
    return FALSE;
  *text = at;
  *value = read;
  return TRUE;
}

gboolean
dpop_rational_parse (const char *text, DpopRational *self)
{
  gboolean negative = *text == '-';
  guint64 num, den = 1;

  if (negative)
    text++;
  if (!parse_digits (&text, &num))
    return FALSE;
  if (*text == '/')
    {
      text++;
      if (!parse_digits (&text, &den))
        return FALSE;
    }
  else if (*text == '%')
    {
      text++;
      den = 100;
    }
  return *text == '\0' && init_wide (self, negative, num, den);
}

char *
dpop_rational_format (DpopRational self)
{
  if (self.den == 1)
    return g_strdup_printf ("%" G_GINT64_FORMAT, self.num);
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, self.num, self.den);
}
