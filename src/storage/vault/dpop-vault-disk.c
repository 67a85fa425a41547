/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLAIM_TEXT_LIMIT 1024

static int
to_fd (gpointer file)
{
  return GPOINTER_TO_INT (file) - 1; /* no file is NULL */
}

static int
result (int answer)
{
  return answer == 0 ? 0 : -errno;
}

static int
posix_open (gpointer self, const char *path, DpopVaultDiskOpen how, gpointer *file)
{
  int flags = how == DPOP_VAULT_DISK_READ     ? O_RDONLY
              : how == DPOP_VAULT_DISK_CREATE ? O_RDWR | O_CREAT
                                              : O_RDWR;
  int fd;

  do
    fd = open (path, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
  while (fd < 0 && errno == EINTR);
  *file = fd >= 0 ? GINT_TO_POINTER (fd + 1) : NULL;
  return fd >= 0 ? 0 : -errno;
}

static void
posix_close (gpointer self, gpointer file)
{
  close (to_fd (file));
}

static gssize
posix_read (gpointer self, gpointer file, gpointer bytes, gsize size, guint64 offset)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t got = pread (to_fd (file), (guint8 *) bytes + done, size - done,
                           (off_t) (offset + done));

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return -errno;
      if (got == 0)
        break;
      done += (gsize) got;
    }
  return (gssize) done;
}

static int
posix_write (gpointer self, gpointer file, gconstpointer bytes, gsize size, guint64 offset)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t put = pwrite (to_fd (file), (const guint8 *) bytes + done, size - done,
                            (off_t) (offset + done));

      if (put < 0 && errno == EINTR)
        continue;
      if (put <= 0)
        return put < 0 ? -errno : -ENOSPC;
      done += (gsize) put;
    }
  return 0;
}

static int
posix_truncate (gpointer self, gpointer file, guint64 size)
{
  int answer;

  do
    answer = ftruncate (to_fd (file), (off_t) size);
  while (answer != 0 && errno == EINTR);
  return result (answer);
}

static int
posix_sync (gpointer self, gpointer file)
{
  return result (fdatasync (to_fd (file)));
}

static int
posix_size (gpointer self, gpointer file, guint64 *size)
{
  struct stat info;

  if (fstat (to_fd (file), &info) != 0)
    return -errno;
  *size = (guint64) info.st_size;
  return 0;
}

static int
posix_exists (gpointer self, const char *path, gboolean *exists)
{
  struct stat info;

  *exists = lstat (path, &info) == 0;
  return *exists || errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
}

static int
posix_remove (gpointer self, const char *path)
{
  return result (unlink (path));
}

static int
posix_rename (gpointer self, const char *from, const char *to)
{
  return result (rename (from, to));
}

static int
posix_make_folder (gpointer self, const char *path)
{
  return g_mkdir_with_parents (path, 0700) == 0 ? 0 : -errno;
}

static int
posix_sync_folder (gpointer self, const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int answer;

  if (fd < 0)
    return -errno;
  answer = result (fsync (fd));
  close (fd);
  return answer;
}

/* An open file description's lock: it excludes the same process too, and goes with it. */
static int
posix_claim (gpointer self, const char *path, const char *text, char **holder, gpointer *claim)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  gpointer file;
  int answer = posix_open (self, path, DPOP_VAULT_DISK_CREATE, &file);

  *holder = NULL;
  if (answer != 0)
    return answer;
  if (fcntl (to_fd (file), F_OFD_SETLK, &lock) != 0)
    {
      answer = errno == EACCES ? -EAGAIN : -errno;
      if (answer == -EAGAIN)
        {
          *holder = g_malloc0 (CLAIM_TEXT_LIMIT + 1);
          posix_read (self, file, *holder, CLAIM_TEXT_LIMIT, 0);
        }
      posix_close (self, file);
      return answer;
    }
  if ((answer = posix_truncate (self, file, 0)) != 0
      || (answer = posix_write (self, file, text, strlen (text), 0)) != 0)
    {
      posix_close (self, file);
      return answer;
    }
  *claim = file;
  return 0;
}

static void
posix_release (gpointer self, gpointer claim)
{
  posix_truncate (self, claim, 0);
  posix_close (self, claim);
}

static const DpopVaultDiskTable posix_table = {
  .open = posix_open,
  .close = posix_close,
  .read = posix_read,
  .write = posix_write,
  .truncate = posix_truncate,
  .sync = posix_sync,
  .size = posix_size,
  .exists = posix_exists,
  .remove = posix_remove,
  .rename = posix_rename,
  .make_folder = posix_make_folder,
  .sync_folder = posix_sync_folder,
  .claim = posix_claim,
  .release = posix_release,
};

DpopVaultDisk
dpop_vault_disk_system (void)
{
  return (DpopVaultDisk){ .table = &posix_table, .sector_size = 4096, .powersafe_overwrite = TRUE };
}

static int
write_file (DpopVaultDisk disk, const char *path, GBytes *bytes)
{
  gpointer file;
  int answer = disk.table->open (disk.self, path, DPOP_VAULT_DISK_CREATE, &file);

  if (answer != 0)
    return answer;
  if ((answer = disk.table->truncate (disk.self, file, 0)) == 0
      && (answer = disk.table->write (disk.self, file, g_bytes_get_data (bytes, NULL),
                                      g_bytes_get_size (bytes), 0)) == 0)
    answer = disk.table->sync (disk.self, file);
  disk.table->close (disk.self, file);
  return answer;
}

int
dpop_vault_disk_replace (DpopVaultDisk disk, const char *path, GBytes *bytes)
{
  g_autofree char *draft = g_strconcat (path, ".new", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  int answer = write_file (disk, draft, bytes);

  if (answer != 0)
    {
      disk.table->remove (disk.self, draft);
      return answer;
    }
  answer = disk.table->rename (disk.self, draft, path);
  return answer == 0 ? disk.table->sync_folder (disk.self, folder) : answer;
}

int
dpop_vault_disk_load (DpopVaultDisk disk, const char *path, gsize limit, GBytes **bytes)
{
  g_autofree guint8 *buffer = NULL;
  gpointer file;
  guint64 size;
  gssize got;
  int answer = disk.table->open (disk.self, path, DPOP_VAULT_DISK_READ, &file);

  *bytes = NULL;
  if (answer != 0)
    return answer;
  answer = disk.table->size (disk.self, file, &size);
  if (answer == 0 && size > limit)
    answer = -EFBIG;
  if (answer == 0)
    {
      buffer = g_malloc (MAX (size, 1));
      got = disk.table->read (disk.self, file, buffer, size, 0);
      if (got < 0)
        answer = (int) got;
      else
        *bytes = g_bytes_new_take (g_steal_pointer (&buffer), (gsize) got);
    }
  disk.table->close (disk.self, file);
  return answer;
}
