/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-date.h"

#include <string.h>

#define FIRST_YEAR 1800u
#define LAST_YEAR  2200u

/* The digits at *AT, at most eight; gives how many. */
static guint
scan_number (const char **at, guint *number)
{
  guint n = 0;

  for (*number = 0; g_ascii_isdigit (**at) && n <= 8; n++, (*at)++)
    *number = *number * 10 + (guint) (**at - '0');
  return n;
}

/* Nothing, or a time of day as databases add it: "T00:00:00Z", " 00:00". */
static gboolean
is_rest (const char *at)
{
  if (*at == '\0')
    return TRUE;
  if (*at != 'T' && *at != ' ')
    return FALSE;
  at++;
  return g_ascii_isdigit (*at) && strchr (at, ':') != NULL
         && strspn (at, "0123456789:.+-Z") == strlen (at);
}

static gboolean
scan_separator (const char **at, char *separator)
{
  if (**at == '\0' || strchr ("-./", **at) == NULL || (*separator != 0 && **at != *separator))
    return FALSE;
  *separator = *(*at)++;
  *at += **at == ' ';
  return TRUE;
}

gboolean
dpop_edge_date_scan (const char *text, DpopEdgeDateParts *parts)
{
  guint numbers[3], digits[3];
  char separator = 0;

  *parts = (DpopEdgeDateParts){ 0 };
  digits[0] = scan_number (&text, &numbers[0]);
  if (digits[0] == 8 && is_rest (text))
    {
      parts->year = numbers[0] / 10000;
      parts->second = numbers[0] / 100 % 100;
      parts->first = numbers[0] % 100;
      return TRUE;
    }
  for (guint i = 1; i < 3; i++)
    {
      if (!scan_separator (&text, &separator))
        return FALSE;
      digits[i] = scan_number (&text, &numbers[i]);
    }
  if (!is_rest (text) || digits[1] < 1 || digits[1] > 2)
    return FALSE;
  parts->second = numbers[1];
  if (digits[0] == 4 && digits[2] >= 1 && digits[2] <= 2)
    {
      parts->year = numbers[0];
      parts->first = numbers[2];
      return TRUE;
    }
  parts->first = numbers[0];
  parts->year = numbers[2];
  parts->either = separator != '.';
  parts->short_year = digits[2] == 2;
  return digits[0] >= 1 && digits[0] <= 2 && (digits[2] == 2 || digits[2] == 4);
}

DpopEdgeDate
dpop_edge_date_resolve (const DpopEdgeDateParts *parts, DpopEdgeDateOrder order,
                        DpopEdgeDate newest)
{
  gboolean swap = parts->either && order == DPOP_EDGE_DATE_MONTH_FIRST;
  guint day = swap ? parts->second : parts->first;
  guint month = swap ? parts->first : parts->second;
  guint year = parts->year;

  if (parts->short_year)
    {
      year += newest / 1000000 * 100;
      if (year * 10000 + month * 100 + day > newest)
        year -= 100;
    }
  if (year < FIRST_YEAR || year > LAST_YEAR || month > 12 || day > 31
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return 0;
  return year * 10000 + month * 100 + day;
}

void
dpop_edge_date_format (DpopEdgeDate date, char text[DPOP_EDGE_DATE_SIZE])
{
  g_snprintf (text, DPOP_EDGE_DATE_SIZE, "%04u-%02u-%02u", date / 10000 % 10000, date / 100 % 100,
              date % 100);
}
