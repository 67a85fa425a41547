/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-profile-folder.h"

#include "dpop-vault-claim.h"
#include "dpop-vault-error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Only what DPOP writes, by name: whoever has put a profile into a folder with other things in it
 * keeps the other things. Keys first: from then on the rest says nothing. */
static const char *const own[]
    = { "slots-*", "database-*", DPOP_PROFILE_LABEL_FILE, DPOP_PROFILE_LABEL_FILE ".*" };

/* A file or a link, in FOLDER itself, never through a link. What is not there any more is fine. */
static int
remove_file (int folder, const char *name)
{
  struct stat info;

  if (fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT ? 0 : errno;
  if (S_ISDIR (info.st_mode))
    return 0;
  return unlinkat (folder, name, 0) == 0 || errno == ENOENT ? 0 : errno;
}

static int
remove_fitting (int folder, const char *pattern)
{
  int copy = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = copy >= 0 ? fdopendir (copy) : NULL;
  const struct dirent *entry;
  int answer = 0;

  if (dir == NULL)
    return errno;
  while (answer == 0 && (entry = readdir (dir)) != NULL)
    if (g_pattern_match_simple (pattern, entry->d_name))
      answer = remove_file (folder, entry->d_name);
  closedir (dir);
  return answer;
}

static int
remove_own (int folder)
{
  int answer = 0;

  for (guint i = 0; answer == 0 && i < G_N_ELEMENTS (own); i++)
    {
      answer = remove_fitting (folder, own[i]);
      if (i == 0 && answer == 0)
        fsync (folder);
    }
  return answer;
}

/* A folder that is given by mistake shall not lose so much as a file called "label". */
static gboolean
is_own (const char *folder)
{
  g_autoptr (DpopProfileFolder) found = dpop_profile_folder_look (folder);
  g_auto (DpopProfileLabel) label = { 0 };
  g_autofree char *name = g_path_get_basename (folder);

  dpop_profile_label_read (folder, &label);
  return found != NULL || label.text != NULL || label.practice
         || g_str_has_prefix (name, DPOP_PROFILE_FOLDER_DRAFT);
}

gboolean
dpop_profile_folder_remove (const char *folder, gboolean *left, GError **error)
{
  DpopVaultDisk disk = dpop_vault_disk_system ();
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  gpointer claim;
  int answer;

  if (fd < 0)
    {
      dpop_vault_set_errno_error (error, errno, _("The profile cannot be deleted"));
      return FALSE;
    }
  if (!is_own (folder))
    {
      close (fd);
      g_set_error_literal (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_NOT_A_PROFILE,
                           _("This folder holds no profile. Nothing was deleted."));
      return FALSE;
    }
  if (!dpop_vault_claim (disk, dpop_clock_system (), folder, &claim, error))
    {
      close (fd);
      return FALSE;
    }
  answer = remove_own (fd);
  /* The claim's own file is the last: nobody makes a profile here until all of it is gone. */
  if (answer == 0)
    answer = remove_file (fd, "lock");
  disk.table->release (disk.self, claim);
  close (fd);
  if (answer != 0)
    dpop_vault_set_errno_error (error, answer, _("The profile cannot be deleted whole"));
  if (left != NULL)
    *left = FALSE;
  if (answer == 0 && rmdir (folder) != 0 && left != NULL)
    *left = TRUE;
  return answer == 0;
}
