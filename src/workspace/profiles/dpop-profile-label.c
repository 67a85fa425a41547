/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-profile-label.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GROUP    "DPOP profile"
#define FILE_MAX 4096

void
dpop_profile_label_clear (DpopProfileLabel *self)
{
  g_clear_pointer (&self->text, g_free);
  self->practice = FALSE;
}

gboolean
dpop_profile_label_fits (const char *text)
{
  gboolean visible = FALSE;

  if (text == NULL || !g_utf8_validate (text, -1, NULL)
      || g_utf8_strlen (text, -1) > DPOP_PROFILE_LABEL_MAX)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      GUnicodeType type = g_unichar_type (c);

      /* What turns the direction of writing could make one label look like another. */
      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT
          || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return FALSE;
      visible = visible || !g_unichar_isspace (c);
    }
  return visible;
}

/* The start of a plain file: a folder may hold anything, a pipe that never answers included. */
static char *
load (const char *path)
{
  g_autofree char *text = g_malloc0 (FILE_MAX + 1);
  struct stat info;
  ssize_t got = -1;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size <= FILE_MAX)
    do
      got = read (fd, text, FILE_MAX);
    while (got < 0 && errno == EINTR);
  close (fd);
  return got >= 0 ? g_steal_pointer (&text) : NULL;
}

void
dpop_profile_label_read (const char *folder, DpopProfileLabel *self)
{
  g_autofree char *path = g_build_filename (folder, DPOP_PROFILE_LABEL_FILE, NULL);
  g_autofree char *content = load (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  *self = (DpopProfileLabel){ 0 };
  if (content == NULL
      || !g_key_file_load_from_data (file, content, strlen (content), G_KEY_FILE_NONE, NULL))
    return;
  self->practice = g_key_file_get_boolean (file, GROUP, "Practice", NULL);
  text = g_key_file_get_string (file, GROUP, "Label", NULL);
  if (dpop_profile_label_fits (text))
    self->text = g_steal_pointer (&text);
}

gboolean
dpop_profile_label_write (const char *folder, const DpopProfileLabel *self, GError **error)
{
  g_autofree char *path = g_build_filename (folder, DPOP_PROFILE_LABEL_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *content = NULL;
  gsize size;

  if (self->text != NULL && !dpop_profile_label_fits (self->text))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   _("This cannot be a label. Type one line of at most %d characters."),
                   DPOP_PROFILE_LABEL_MAX);
      return FALSE;
    }
  if (self->text != NULL)
    g_key_file_set_string (file, GROUP, "Label", self->text);
  g_key_file_set_boolean (file, GROUP, "Practice", self->practice);
  content = g_key_file_to_data (file, &size, NULL);
  return g_file_set_contents_full (path, content, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}
