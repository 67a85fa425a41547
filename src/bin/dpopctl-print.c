/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include <stdio.h>

void
dpopctl_print (Dpopctl *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->lines, format, args);
  va_end (args);
  g_string_append_c (self->lines, '\n');
}

void
dpopctl_print_string (Dpopctl *self, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (self->result, name, value);
  else
    json_object_set_null_member (self->result, name);
}

void
dpopctl_print_number (Dpopctl *self, const char *name, gint64 value)
{
  json_object_set_int_member (self->result, name, value);
}

void
dpopctl_print_flag (Dpopctl *self, const char *name, gboolean value)
{
  json_object_set_boolean_member (self->result, name, value);
}

void
dpopctl_print_id (Dpopctl *self, const char *name, const CosmicId *value)
{
  dpopctl_print_id_to (self->result, name, value);
}

void
dpopctl_print_object (Dpopctl *self, const char *name, JsonObject *value)
{
  json_object_set_object_member (self->result, name, value);
}

void
dpopctl_print_array (Dpopctl *self, const char *name, JsonArray *value)
{
  json_object_set_array_member (self->result, name, value);
}

void
dpopctl_print_id_to (JsonObject *object, const char *name, const CosmicId *value)
{
  g_autofree char *text = NULL;

  if (cosmic_id_is_zero (value))
    {
      json_object_set_null_member (object, name);
      return;
    }
  text = cosmic_id_to_text (value);
  json_object_set_string_member (object, name, text);
}

void
dpopctl_print_time_to (JsonObject *object, const char *name, gint64 ms)
{
  g_autoptr (GDateTime) moment = ms > 0 ? g_date_time_new_from_unix_utc (ms / 1000) : NULL;
  g_autofree char *text = moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

char *
dpopctl_print_time (gint64 ms)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (ms / 1000);

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M") : g_strdup ("-");
}

char *
dpopctl_print_short (const CosmicId *id)
{
  char *text = cosmic_id_to_text (id);

  text[8] = '\0';
  return text;
}

/* A name with an escape sequence in it could rewrite what stands on the screen. */
char *
dpopctl_print_plain (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char_validated (at, -1);

      if (letter == (gunichar) -1 || letter == (gunichar) -2)
        break;
      if (letter == '\n' || letter == '\t' || !g_unichar_iscntrl (letter))
        g_string_append_unichar (plain, letter);
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

gboolean
dpopctl_print_out (const char *text)
{
  return fputs (text, stdout) >= 0 && fflush (stdout) == 0;
}
