/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-vfs-private.h"

#include <errno.h>
#include <string.h>

int
dpop_vault_vfs_code (DpopVaultVfs *self, int answer, int code)
{
  if (answer >= 0)
    return SQLITE_OK;
  __atomic_store_n (&self->last_errno, -answer, __ATOMIC_RELAXED);
  return answer == -ENOSPC || answer == -EDQUOT ? SQLITE_FULL
         : answer == -ENOMEM                    ? SQLITE_IOERR_NOMEM
                                                : code;
}

int
dpop_vault_vfs_characteristics (const DpopVaultVfs *self)
{
  return self->disk.powersafe_overwrite ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
}

static void
unref (DpopVaultVfs *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  cosmic_secret_free (self->key);
  dpop_vault_index_clear (&self->index);
  pthread_mutex_destroy (&self->wal.mutex);
  pthread_mutex_destroy (&self->mutex);
  g_free (self->name);
  g_free (self->path);
  g_free (self->wal_path);
  g_free (self);
}

/* ---- Files ---- */

/* SQLite up to 3.51.2 can damage a database when two connections write or checkpoint at the same
 * moment: a second one that could is refused. */
static gboolean
has_writer (const DpopVaultVfs *self)
{
  for (const DpopVaultFile *file = self->files; file != NULL; file = file->next)
    if (!file->is_wal && !file->read_only)
      return TRUE;
  return FALSE;
}

/* Makes the file's seal and puts it on the list, unless the keys are gone. */
static int
enlist (DpopVaultVfs *self, DpopVaultFile *file)
{
  int rc = SQLITE_OK;

  pthread_mutex_lock (&self->mutex);
  if (self->key == NULL)
    rc = SQLITE_IOERR_AUTH;
  else if (!file->is_wal && !file->read_only && has_writer (self))
    rc = SQLITE_BUSY;
  else if (!dpop_vault_seal_init (&file->seal, self->key, self->id, self->random))
    rc = SQLITE_NOMEM;
  if (rc == SQLITE_OK)
    {
      g_atomic_ref_count_inc (&self->references);
      pthread_mutex_init (&file->mutex, NULL);
      file->next = self->files;
      self->files = file;
    }
  pthread_mutex_unlock (&self->mutex);
  return rc;
}

static void
wipe_file (DpopVaultFile *file)
{
  dpop_vault_seal_clear (&file->seal);
  cosmic_wipe (file->plain, sizeof file->plain);
  cosmic_wipe (file->writer.bytes, sizeof file->writer.bytes);
  file->writer.active = FALSE;
  file->writer.reread = 0;
}

void
dpop_vault_vfs_close_file (DpopVaultFile *file)
{
  DpopVaultVfs *self = file->vfs;

  pthread_mutex_lock (&self->mutex);
  for (DpopVaultFile **at = &self->files; *at != NULL; at = &(*at)->next)
    if (*at == file)
      {
        *at = file->next;
        break;
      }
  pthread_mutex_unlock (&self->mutex);
  wipe_file (file);
  pthread_mutex_destroy (&file->mutex);
  self->disk.table->close (self->disk.self, file->file);
  unref (self);
}

static int
open_database (DpopVaultVfs *self, DpopVaultFile *file, int flags)
{
  file->read_only = (flags & SQLITE_OPEN_READONLY) != 0;
  return self->disk.table->open (self->disk.self, self->path,
                                 file->read_only ? DPOP_VAULT_DISK_READ : DPOP_VAULT_DISK_WRITE,
                                 &file->file);
}

/* A log that a reader finds missing is made for it too, as SQLite expects. */
static int
open_wal (DpopVaultVfs *self, DpopVaultFile *file, const char *name)
{
  gboolean exists = FALSE;
  int answer = self->disk.table->exists (self->disk.self, self->wal_path, &exists);

  file->is_wal = TRUE;
  file->database = (DpopVaultFile *) sqlite3_database_file_object (name);
  file->read_only = file->database->read_only;
  if (answer == 0)
    answer = self->disk.table->open (self->disk.self, self->wal_path, DPOP_VAULT_DISK_CREATE,
                                     &file->file);
  if (answer == 0 && !exists)
    __atomic_store_n (&self->names_are_durable, FALSE, __ATOMIC_RELEASE);
  return answer;
}

static int
vfs_open (sqlite3_vfs *base, const char *name, sqlite3_file *out, int flags, int *out_flags)
{
  DpopVaultVfs *self = base->pAppData;
  DpopVaultFile *file = (DpopVaultFile *) out;
  int answer, rc;

  memset (file, 0, sizeof *file);
  if (name != NULL && flags & SQLITE_OPEN_MAIN_DB && strcmp (name, self->path) == 0)
    answer = open_database (self, file, flags);
  else if (name != NULL && flags & SQLITE_OPEN_WAL && strcmp (name, self->wal_path) == 0)
    answer = open_wal (self, file, name);
  else
    return SQLITE_CANTOPEN; /* a temporary file, a journal, another database: never */
  if (answer != 0)
    return dpop_vault_vfs_code (self, answer, SQLITE_CANTOPEN);
  file->vfs = self;
  if ((rc = enlist (self, file)) != SQLITE_OK)
    {
      self->disk.table->close (self->disk.self, file->file);
      return rc;
    }
  if (file->is_wal)
    file->database->wal = file;
  if (out_flags != NULL)
    *out_flags = file->read_only ? (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE))
                                       | SQLITE_OPEN_READONLY
                                 : flags;
  out->pMethods = file->is_wal ? &dpop_vault_wal_methods : &dpop_vault_database_methods;
  return SQLITE_OK;
}

/* SQLite deletes the log when the last connection closes, and journals that it fears are left. */
static int
vfs_delete (sqlite3_vfs *base, const char *name, int sync_folder)
{
  DpopVaultVfs *self = base->pAppData;
  g_autofree char *folder = NULL;
  int answer;

  if (strcmp (name, self->wal_path) != 0)
    return SQLITE_IOERR_DELETE_NOENT;
  if (dpop_vault_vfs_is_locked (self))
    return SQLITE_IOERR_AUTH;
  answer = self->disk.table->remove (self->disk.self, self->wal_path);
  if (answer == -ENOENT)
    return SQLITE_IOERR_DELETE_NOENT;
  if (answer == 0)
    dpop_vault_wal_forget (&self->wal);
  if (answer == 0 && sync_folder)
    {
      folder = g_path_get_dirname (self->path);
      answer = self->disk.table->sync_folder (self->disk.self, folder);
    }
  return dpop_vault_vfs_code (self, answer, SQLITE_IOERR_DELETE);
}

static int
vfs_access (sqlite3_vfs *base, const char *name, int flags, int *out)
{
  DpopVaultVfs *self = base->pAppData;
  gboolean exists = FALSE;
  int answer = 0;

  if (strcmp (name, self->wal_path) == 0 || strcmp (name, self->path) == 0)
    answer = self->disk.table->exists (self->disk.self, name, &exists);
  *out = exists;
  return dpop_vault_vfs_code (self, answer, SQLITE_IOERR_ACCESS);
}

static int
vfs_full_pathname (sqlite3_vfs *base, const char *name, int size, char *out)
{
  return g_strlcpy (out, name, (gsize) size) < (gsize) size ? SQLITE_OK : SQLITE_CANTOPEN;
}

/* ---- What is no file ---- */

static int
vfs_randomness (sqlite3_vfs *base, int size, char *out)
{
  DpopVaultVfs *self = base->pAppData;

  dpop_random_fill (self->random, out, (gsize) size);
  return size;
}

static int
vfs_sleep (sqlite3_vfs *base, int microseconds)
{
  g_usleep ((gulong) microseconds);
  return microseconds;
}

/* SQL's own clock ("now"): milliseconds of the Julian day. */
static int
vfs_time (sqlite3_vfs *base, sqlite3_int64 *out)
{
  *out = g_get_real_time () / 1000 + G_GINT64_CONSTANT (210866760000000);
  return SQLITE_OK;
}

static int
vfs_last_error (sqlite3_vfs *base, int size, char *out)
{
  DpopVaultVfs *self = base->pAppData;

  return __atomic_load_n (&self->last_errno, __ATOMIC_RELAXED);
}

/* ---- The VFS ---- */

DpopVaultVfs *
dpop_vault_vfs_new (DpopVaultDisk disk, DpopRandom random, const char *path, CosmicSecret *key,
                    const guint8 id[DPOP_VAULT_ID_SIZE])
{
  static gint count = 0;
  DpopVaultVfs *self = g_new0 (DpopVaultVfs, 1);

  g_atomic_ref_count_init (&self->references);
  pthread_mutex_init (&self->mutex, NULL);
  pthread_mutex_init (&self->wal.mutex, NULL);
  dpop_vault_index_init (&self->index);
  self->name = g_strdup_printf ("dpop-vault-%d", g_atomic_int_add (&count, 1));
  self->path = g_strdup (path);
  self->wal_path = g_strconcat (path, "-wal", NULL);
  self->disk = disk;
  self->random = random;
  self->key = key;
  memcpy (self->id, id, DPOP_VAULT_ID_SIZE);
  self->base = (sqlite3_vfs){
    .iVersion = 2,
    .szOsFile = sizeof (DpopVaultFile),
    .mxPathname = 4096,
    .zName = self->name,
    .pAppData = self,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_pathname,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xGetLastError = vfs_last_error,
    .xCurrentTimeInt64 = vfs_time,
  };
  if (sqlite3_vfs_register (&self->base, FALSE) != SQLITE_OK)
    {
      unref (self);
      return NULL;
    }
  return self;
}

void
dpop_vault_vfs_free (DpopVaultVfs *self)
{
  if (self == NULL)
    return;
  dpop_vault_vfs_lock (self);
  sqlite3_vfs_unregister (&self->base);
  unref (self);
}

const char *
dpop_vault_vfs_name (const DpopVaultVfs *self)
{
  return self->name;
}

const char *
dpop_vault_vfs_path (const DpopVaultVfs *self)
{
  return self->path;
}

void
dpop_vault_vfs_lock (DpopVaultVfs *self)
{
  pthread_mutex_lock (&self->mutex);
  g_clear_pointer (&self->key, cosmic_secret_free);
  for (DpopVaultFile *file = self->files; file != NULL; file = file->next)
    {
      pthread_mutex_lock (&file->mutex);
      wipe_file (file);
      pthread_mutex_unlock (&file->mutex);
      if (file->connection != NULL)
        sqlite3_interrupt (file->connection);
    }
  pthread_mutex_unlock (&self->mutex);
}

gboolean
dpop_vault_vfs_is_locked (DpopVaultVfs *self)
{
  gboolean is_locked;

  pthread_mutex_lock (&self->mutex);
  is_locked = self->key == NULL;
  pthread_mutex_unlock (&self->mutex);
  return is_locked;
}

guint
dpop_vault_vfs_count (DpopVaultVfs *self)
{
  guint count = 0;

  pthread_mutex_lock (&self->mutex);
  for (DpopVaultFile *file = self->files; file != NULL; file = file->next)
    count += file->is_wal ? 0 : 1;
  pthread_mutex_unlock (&self->mutex);
  return count;
}

int
dpop_vault_vfs_adopt (sqlite3 *db)
{
  return sqlite3_file_control (db, "main", DPOP_VAULT_FCNTL_ADOPT, db);
}
