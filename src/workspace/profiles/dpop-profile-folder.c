/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-profile-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRAFT_LASTS_MS (G_GINT64_CONSTANT (3600) * 1000)
#define NAME_MAX_BYTES 40
#define TRIES 1000

void
dpop_profile_folder_free (DpopProfileFolder *self)
{
  if (self == NULL)
    return;
  g_free (self->folder);
  g_free (self->name);
  g_free (self->label);
  g_free (self);
}

char *
dpop_profile_folder_root (void)
{
  return g_build_filename (g_get_user_data_dir (), "dpop", NULL);
}

static char *
root_or_usual (const char *root)
{
  return root != NULL ? g_strdup (root) : dpop_profile_folder_root ();
}

/* --- One of them. ---------------------------------------------------------------------------- */

/* Whether someone has the claim that a vault puts on its file "lock". Only asks, and changes
 * nothing: not even the file's time. */
static gboolean
is_claimed (const char *folder, gint64 *last_used)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  gboolean claimed = FALSE;
  struct stat info;

  if (fd < 0)
    return FALSE;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    {
      *last_used = (gint64) info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1000000;
      claimed = fcntl (fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    }
  close (fd);
  return claimed;
}

static gboolean
has_file (int folder, const char *name)
{
  struct stat info;

  return fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (info.st_mode);
}

static gboolean
has_database (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "database-"))
      return TRUE;
  return FALSE;
}

static DpopProfileFolder *
describe (const char *folder)
{
  DpopProfileFolder *self = g_new0 (DpopProfileFolder, 1);
  g_auto (DpopProfileLabel) label = { 0 };
  g_autofree char *name = g_path_get_basename (folder);

  self->folder = g_strdup (folder);
  self->name = g_filename_display_name (name);
  dpop_profile_label_read (folder, &label);
  self->labelled = label.text != NULL;
  self->label = label.text != NULL ? g_steal_pointer (&label.text) : g_strdup (self->name);
  self->practice = label.practice;
  self->in_use = is_claimed (folder, &self->last_used);
  return self;
}

DpopProfileFolder *
dpop_profile_folder_look (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  gboolean readable = fd >= 0;
  gboolean keys, broken;
  DpopProfileFolder *self;

  if (fd < 0 && errno != EACCES)
    return NULL;
  keys = readable && (has_file (fd, "slots-a") || has_file (fd, "slots-b"));
  broken = readable && !keys && has_database (folder);
  if (readable && faccessat (fd, ".", X_OK, AT_EACCESS) != 0)
    readable = FALSE;
  if (fd >= 0)
    close (fd);
  if (readable && !keys && !broken)
    return NULL;
  self = describe (folder);
  self->readable = readable;
  self->broken = readable && broken && !self->in_use;
  return self;
}

/* --- All of them. ---------------------------------------------------------------------------- */

static gint
compare (gconstpointer a, gconstpointer b)
{
  const DpopProfileFolder *left = *(DpopProfileFolder *const *) a;
  const DpopProfileFolder *right = *(DpopProfileFolder *const *) b;

  if (left->practice != right->practice)
    return left->practice ? 1 : -1;
  if (left->last_used != right->last_used)
    return left->last_used > right->last_used ? -1 : 1;
  return strcmp (left->name, right->name);
}

GPtrArray *
dpop_profile_folder_list (const char *given, GError **error)
{
  g_autofree char *root = root_or_usual (given);
  g_autoptr (GPtrArray) found
      = g_ptr_array_new_with_free_func ((GDestroyNotify) dpop_profile_folder_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GDir) dir = g_dir_open (root, 0, &failure);
  const char *name;

  if (dir == NULL && !g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);
      DpopProfileFolder *one = name[0] != '.' ? dpop_profile_folder_look (path) : NULL;

      if (one != NULL)
        g_ptr_array_add (found, one);
    }
  g_ptr_array_sort (found, compare);
  return g_steal_pointer (&found);
}

/* --- A new one. ------------------------------------------------------------------------------ */

static gboolean
is_taken (const GPtrArray *list, const char *label)
{
  g_autofree char *wanted = g_utf8_casefold (label, -1);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const DpopProfileFolder *one = list->pdata[i];
      g_autofree char *other = g_utf8_casefold (one->label, -1);

      if (strcmp (wanted, other) == 0)
        return TRUE;
    }
  return FALSE;
}

char *
dpop_profile_folder_free_label (const char *root)
{
  g_autoptr (GPtrArray) list = dpop_profile_folder_list (root, NULL);

  for (guint number = 1;; number++)
    {
      g_autofree char *label = g_strdup_printf (_("Organisation %u"), number);

      if (!is_taken (list, label))
        return g_steal_pointer (&label);
    }
}

/* Letters and digits of ASCII, with single dashes between; "organisation" where nothing is left of
 * LABEL. The transliteration is that of no language, so that it is the same everywhere. */
static char *
plain_name (const char *label)
{
  g_autofree char *ascii = g_str_to_ascii (label, "C");
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *at = ascii; *at != '\0' && name->len < NAME_MAX_BYTES; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (name, g_ascii_tolower (*at));
    else if (name->len > 0 && name->str[name->len - 1] != '-' && *at != '?' && *at != '\'')
      g_string_append_c (name, '-');
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  return name->len > 0 ? g_string_free (g_steal_pointer (&name), FALSE)
                       : g_strdup ("organisation");
}

static gboolean
fail (GError **error, const char *folder, int number)
{
  g_autofree char *shown = g_filename_display_name (folder);

  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (number),
               _("The folder %s cannot be made: %s"), shown, g_strerror (number));
  return FALSE;
}

static gboolean
make_root (const char *root, GError **error)
{
  return g_mkdir_with_parents (root, 0700) == 0 || fail (error, root, errno);
}

static char *
make_named (const char *root, const char *name, GError **error)
{
  for (guint number = 1; number <= TRIES; number++)
    {
      g_autofree char *full = number > 1 ? g_strdup_printf ("%s-%u", name, number)
                                         : g_strdup (name);
      g_autofree char *path = g_build_filename (root, full, NULL);

      if (g_mkdir (path, 0700) == 0)
        return g_steal_pointer (&path);
      if (errno != EEXIST)
        {
          fail (error, path, errno);
          return NULL;
        }
    }
  fail (error, root, EEXIST);
  return NULL;
}

char *
dpop_profile_folder_make (const char *given, const DpopProfileLabel *label, GError **error)
{
  g_autofree char *root = root_or_usual (given);
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;

  if (label->text != NULL && !dpop_profile_label_fits (label->text))
    {
      dpop_profile_label_write (root, label, error); /* says so, and writes nothing */
      return NULL;
    }
  name = label->text != NULL ? plain_name (label->text) : g_strdup ("organisation");
  if (!make_root (root, error) || (folder = make_named (root, name, error)) == NULL)
    return NULL;
  if (dpop_profile_label_write (folder, label, error))
    return g_steal_pointer (&folder);
  g_rmdir (folder);
  return NULL;
}

/* --- Drafts. --------------------------------------------------------------------------------- */

static gboolean
is_old (const char *folder)
{
  GStatBuf info;

  return g_lstat (folder, &info) == 0 && S_ISDIR (info.st_mode)
         && (gint64) info.st_mtime * 1000 < g_get_real_time () / 1000 - DRAFT_LASTS_MS;
}

static void
sweep (const char *root)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      /* One that is still open says so, and stays. */
      if (g_str_has_prefix (name, DPOP_PROFILE_FOLDER_DRAFT) && is_old (path))
        dpop_profile_folder_remove (path, NULL, NULL);
    }
}

char *
dpop_profile_folder_draft (const char *given, GError **error)
{
  g_autofree char *root = root_or_usual (given);
  g_autofree char *folder = g_build_filename (root, DPOP_PROFILE_FOLDER_DRAFT "XXXXXX", NULL);

  if (!make_root (root, error))
    return NULL;
  sweep (root);
  if (g_mkdtemp_full (folder, 0700) == NULL)
    {
      fail (error, root, errno);
      return NULL;
    }
  return g_steal_pointer (&folder);
}

static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

gboolean
dpop_profile_folder_publish (const char *draft, const char *folder, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);

  if (g_rename (draft, folder) != 0)
    return fail (error, folder, errno);
  sync_folder (parent);
  return TRUE;
}
