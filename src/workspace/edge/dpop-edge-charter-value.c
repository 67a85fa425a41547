/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-charter-private.h"

#include <string.h>

static const struct
{
  const char *word; /* in the singular */
  gint64 ms;
} units[] = {
  { "week", 7 * DPOP_EDGE_CHARTER_DAY_MS },
  { "day", DPOP_EDGE_CHARTER_DAY_MS },
  { "hour", 3600 * 1000 },
  { "minute", 60 * 1000 },
  { "second", 1000 },
  { "millisecond", 1 },
};

/* Digits from TEXT on, one at least and no zero before others; where they end, NULL for none or
 * for more than MOST. */
static const char *
parse_digits (const char *text, guint64 most, guint64 *value)
{
  const char *at = text;

  for (*value = 0; g_ascii_isdigit (*at); at++)
    {
      *value = *value * 10 + (guint64) g_ascii_digit_value (*at);
      if (*value > most)
        return NULL;
    }
  return at > text && (*text != '0' || at == text + 1) ? at : NULL;
}

gboolean
dpop_edge_charter_parse_duration (const char *text, gint64 *ms)
{
  guint64 count;
  const char *unit = parse_digits (text, G_GUINT64_CONSTANT (1) << 53, &count);

  if (unit == NULL || *unit++ != ' ')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gsize size = strlen (units[i].word);

      if (strncmp (unit, units[i].word, size) == 0
          && (unit[size] == '\0' || strcmp (unit + size, "s") == 0))
        {
          if (count > (guint64) (G_MAXINT64 / units[i].ms))
            return FALSE;
          *ms = (gint64) count * units[i].ms;
          return TRUE;
        }
    }
  return FALSE;
}

char *
dpop_edge_charter_print_duration (gint64 ms)
{
  gsize unit = 1; /* two weeks are 14 days to everyone who ever sent out an invitation */

  while (ms % units[unit].ms != 0)
    unit++;
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s%s", ms / units[unit].ms, units[unit].word,
                          ms / units[unit].ms == 1 ? "" : "s");
}

gboolean
dpop_edge_charter_parse_fraction (const char *text, guint32 *num, guint32 *den)
{
  guint64 one, two;
  const char *at = parse_digits (text, G_MAXUINT32, &one);

  if (at == NULL || *at != '/')
    return FALSE;
  at = parse_digits (at + 1, G_MAXUINT32, &two);
  if (at == NULL || *at != '\0')
    return FALSE;
  *num = (guint32) one;
  *den = (guint32) two;
  return TRUE;
}
