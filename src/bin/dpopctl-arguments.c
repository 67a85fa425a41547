/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

gboolean
dpopctl_arguments_fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, DPOPCTL_ERROR, DPOPCTL_ERROR_USAGE, message);
  return FALSE;
}

gboolean
dpopctl_arguments_invalid (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID, message);
  return FALSE;
}

gboolean
dpopctl_arguments (int argc, char **argv, const GOptionEntry *entries, guint least, guint most,
                   char ***words, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) args = NULL;
  GError *failure = NULL;
  guint first, count;

  g_strv_builder_add (builder, "dpopctl");
  for (int i = 0; i < argc; i++)
    g_strv_builder_add (builder, argv[i]);
  args = g_strv_builder_end (builder);
  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &args, &failure))
    {
      dpopctl_arguments_fail (error, "%s", failure->message);
      g_error_free (failure);
      return FALSE;
    }
  first = args[1] != NULL && strcmp (args[1], "--") == 0 ? 2 : 1;
  count = g_strv_length (args + first);
  if (count < least || count > most)
    return dpopctl_arguments_fail (error, count < least ? _("A word is missing. Try: dpopctl help")
                                                        : _("Too many words. Try: dpopctl help"));
  *words = g_strdupv (args + first);
  return TRUE;
}

static gint64
unit_of_time (char letter)
{
  switch (letter)
    {
    case 'm':
      return 60 * 1000;
    case 'h':
      return 3600 * 1000;
    case 'd':
      return 24 * 3600 * 1000;
    case 'w':
      return 7 * 24 * 3600 * 1000;
    default:
      return 0;
    }
}

gboolean
dpopctl_arguments_time (const char *text, gint64 now, gint64 *time, GError **error)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (GDateTime) moment = NULL;
  g_autofree char *full = NULL;
  char *end = NULL;
  guint64 count = g_ascii_strtoull (text, &end, 10);
  gint64 unit = end != text && end[0] != '\0' && end[1] == '\0' ? unit_of_time (end[0]) : 0;

  if (unit > 0 && g_ascii_isdigit (text[0]) && count > 0 && count <= 3650)
    {
      *time = now + (gint64) count * unit;
      return TRUE;
    }
  /* GLib asks for seconds; people do not. */
  full = g_strconcat (text, strlen (text) == strlen ("2026-12-01T18:00") ? ":00" : "", NULL);
  moment = g_date_time_new_from_iso8601 (full, local);
  if (moment == NULL)
    return dpopctl_arguments_fail (error,
                                   _("\"%s\" is no time. Write it as 2026-12-01T18:00, or as 3d, "
                                     "12h or 30m from now."),
                                   text);
  *time = g_date_time_to_unix (moment) * 1000;
  return TRUE;
}

gboolean
dpopctl_arguments_number (const char *text, guint most, guint *number, GError **error)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, most, &value, NULL))
    return dpopctl_arguments_fail (error, _("\"%s\" is no whole number from 0 to %u."), text, most);
  *number = (guint) value;
  return TRUE;
}

GBytes *
dpopctl_arguments_file (const char *path, gsize most, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean standard = strcmp (path, "-") == 0;
  int fd = standard ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  guint8 part[16384];
  ssize_t got = -1;

  while (fd >= 0 && ((got = read (fd, part, sizeof part)) > 0 || (got < 0 && errno == EINTR)))
    {
      if (got > 0)
        g_byte_array_append (bytes, part, (guint) got);
      if (bytes->len > most)
        break;
    }
  if (fd < 0 || got < 0)
    dpopctl_arguments_invalid (error, _("%s cannot be read: %s"), path, g_strerror (errno));
  else if (bytes->len > most)
    dpopctl_arguments_invalid (error, _("%s is too large: %lu bytes are the most."),
                               path, (gulong) most);
  if (fd >= 0 && !standard)
    close (fd);
  if (got != 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gboolean
dpopctl_arguments_put (const char *path, const char *text, GError **error)
{
  gsize size = strlen (text), done = 0;
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean good;

  while (fd >= 0 && done < size)
    {
      ssize_t wrote = write (fd, text + done, size - done);

      if (wrote < 0 && errno != EINTR)
        break;
      done += wrote > 0 ? (gsize) wrote : 0;
    }
  good = fd >= 0 && done == size && fsync (fd) == 0;
  if (!good)
    dpopctl_arguments_invalid (error, _("%s cannot be written: %s"), path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return good;
}
