/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-moment.h"

#include <glib/gi18n-lib.h>

static GDateTime *
local (gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static gint
day_number (GDateTime *time)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time),
                  (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return (gint) g_date_get_julian (&date);
}

char *
dpop_moment_words (gint64 ms, gint64 now)
{
  g_autoptr (GDateTime) time = local (ms);
  g_autoptr (GDateTime) today = local (now);
  gint days;

  if (time == NULL || today == NULL)
    return g_strdup (_("at an unknown time"));
  days = day_number (time) - day_number (today);
  if (days == 0)
    return g_date_time_format (time, _("today, %H:%M"));
  if (days == -1)
    return g_date_time_format (time, _("yesterday, %H:%M"));
  if (days == 1)
    return g_date_time_format (time, _("tomorrow, %H:%M"));
  if (days > -7 && days < 7)
    return g_date_time_format (time, _("%A, %H:%M"));
  if (g_date_time_get_year (time) == g_date_time_get_year (today))
    return g_date_time_format (time, _("%-d %B, %H:%M"));
  return g_date_time_format (time, _("%-d %B %Y"));
}

char *
dpop_moment_now (gint64 ms)
{
  return dpop_moment_words (ms, g_get_real_time () / 1000);
}

char *
dpop_moment_full (gint64 ms)
{
  g_autoptr (GDateTime) time = local (ms);

  return time != NULL ? g_date_time_format (time, _("%A, %-d %B %Y, %H:%M"))
                      : g_strdup (_("at an unknown time"));
}
