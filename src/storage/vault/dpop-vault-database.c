/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-vfs-private.h"

#include <errno.h>
#include <string.h>

/* The methods of the database file. Each page of 4096 bytes is one sealed record: 4056 bytes of
 * SQLite's and the seal in the 40 that it leaves free. */

#define USABLE      (DPOP_VAULT_PAGE_SIZE - DPOP_VAULT_SEAL_OVERHEAD)
#define HEADER_SIZE 100

/* What SQLite reads before it has a page: the header of the file
 * (https://sqlite.org/fileformat2.html, section 1.3). It takes page size and reserve from it, which
 * never differ here; the true page 1 may be torn at that moment, its good copy being in the log. */
static void
make_file_header (guint8 header[HEADER_SIZE])
{
  memset (header, 0, HEADER_SIZE);
  memcpy (header, "SQLite format 3", 16);
  header[16] = DPOP_VAULT_PAGE_SIZE >> 8;
  header[18] = header[19] = 2; /* WAL, for writing and reading */
  header[20] = DPOP_VAULT_SEAL_OVERHEAD;
  header[21] = 64;
  header[22] = header[23] = 32;
  header[27] = 1; /* change counter */
  header[31] = 1; /* pages */
  header[47] = 4; /* schema format */
  header[59] = 1; /* UTF-8 */
  header[95] = 1; /* version-valid-for: the change counter */
  header[97] = 0x2e;
  header[98] = 0x63;
  header[99] = 0x01; /* SQLITE_VERSION_NUMBER of a writer: 3040001 */
}

static DpopVaultFile *
locked (sqlite3_file *base)
{
  DpopVaultFile *self = (DpopVaultFile *) base;

  pthread_mutex_lock (&self->mutex);
  return self;
}

static int
unlocked (DpopVaultFile *self, int rc)
{
  pthread_mutex_unlock (&self->mutex);
  return rc;
}

/* The page at OFFSET to OUT, which takes a whole one. */
static int
read_page (DpopVaultFile *self, guint8 *out, guint64 offset)
{
  DpopVaultVfs *vfs = self->vfs;
  gssize got = vfs->disk.table->read (vfs->disk.self, self->file, self->sealed,
                                      DPOP_VAULT_PAGE_SIZE, offset);
  CosmicXaesVerdict verdict;

  memset (out + USABLE, 0, DPOP_VAULT_SEAL_OVERHEAD);
  if (got == DPOP_VAULT_PAGE_SIZE)
    {
      verdict = dpop_vault_seal_open (&self->seal, DPOP_VAULT_SEAL_PAGE, offset, self->sealed,
                                      DPOP_VAULT_PAGE_SIZE, out);
      return verdict == COSMIC_XAES_GOOD      ? SQLITE_OK
             : verdict == COSMIC_XAES_FORGED ? SQLITE_IOERR_DATA
                                              : SQLITE_IOERR_NOMEM;
    }
  memset (out, 0, USABLE);
  if (got < 0)
    return dpop_vault_vfs_code (vfs, (int) got, SQLITE_IOERR_READ);
  /* A cut page is not the end of the file but damage. */
  return got == 0 ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_DATA;
}

/* Part of any page but the first: SQLite from 3.45 on reads content that has overflowed past its
 * cache, as much of a page as it needs (https://sqlite.org/compile.html#direct_overflow_read). */
static int
read_slice (DpopVaultFile *self, guint8 *out, gsize size, guint64 offset)
{
  guint64 from = offset % DPOP_VAULT_PAGE_SIZE;
  int rc = read_page (self, self->plain, offset - from);

  memcpy (out, self->plain + from, size);
  cosmic_wipe (self->plain, DPOP_VAULT_PAGE_SIZE);
  return rc;
}

/* Any other range: from the first page only, 100 bytes at 0 when SQLite opens the file, 16 at 24 to
 * see whether its cache is still good, which the log's index decides here. */
static int
read_start (DpopVaultFile *self, guint8 *out, gsize size, guint64 offset)
{
  guint8 header[HEADER_SIZE];
  guint64 stored;
  DpopVaultVfs *vfs = self->vfs;
  int rc = dpop_vault_vfs_code (vfs, vfs->disk.table->size (vfs->disk.self, self->file, &stored),
                                SQLITE_IOERR_FSTAT);

  memset (out, 0, size);
  if (rc != SQLITE_OK || offset + size > HEADER_SIZE)
    return rc != SQLITE_OK ? rc : SQLITE_IOERR_READ;
  if (stored == 0)
    return SQLITE_IOERR_SHORT_READ;
  make_file_header (header);
  memcpy (out, header + offset, size);
  return SQLITE_OK;
}

static int
database_read (sqlite3_file *base, void *out, int amount, sqlite3_int64 at)
{
  DpopVaultFile *self = locked (base);

  if (self->seal.xaes == NULL)
    {
      memset (out, 0, (gsize) amount);
      return unlocked (self, SQLITE_IOERR_AUTH);
    }
  if (amount == DPOP_VAULT_PAGE_SIZE && at % DPOP_VAULT_PAGE_SIZE == 0)
    return unlocked (self, read_page (self, out, (guint64) at));
  if (at >= DPOP_VAULT_PAGE_SIZE
      && at % DPOP_VAULT_PAGE_SIZE + amount <= DPOP_VAULT_PAGE_SIZE)
    return unlocked (self, read_slice (self, out, (gsize) amount, (guint64) at));
  return unlocked (self, read_start (self, out, (gsize) amount, (guint64) at));
}

static int
write_page (DpopVaultFile *self, const guint8 *page, guint64 offset)
{
  DpopVaultVfs *vfs = self->vfs;
  int rc = dpop_vault_wal_raise_floor (self);

  if (rc != SQLITE_OK)
    return rc;
  if (!dpop_vault_seal_close (&self->seal, DPOP_VAULT_SEAL_PAGE, offset, NULL, page, USABLE,
                              self->sealed))
    return SQLITE_IOERR_NOMEM;
  return dpop_vault_vfs_code (vfs, vfs->disk.table->write (vfs->disk.self, self->file, self->sealed,
                                                           DPOP_VAULT_PAGE_SIZE, offset),
                              SQLITE_IOERR_WRITE);
}

static int
database_write (sqlite3_file *base, const void *page, int amount, sqlite3_int64 at)
{
  DpopVaultFile *self = locked (base);

  if (self->seal.xaes == NULL)
    return unlocked (self, SQLITE_IOERR_AUTH);
  if (amount != DPOP_VAULT_PAGE_SIZE || at % DPOP_VAULT_PAGE_SIZE != 0)
    return unlocked (self, SQLITE_IOERR_WRITE);
  return unlocked (self, write_page (self, page, (guint64) at));
}

static int
database_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  DpopVaultFile *self = locked (base);
  DpopVaultVfs *vfs = self->vfs;
  int rc = self->seal.xaes != NULL ? dpop_vault_wal_raise_floor (self) : SQLITE_IOERR_AUTH;

  if (rc == SQLITE_OK)
    rc = dpop_vault_vfs_code (vfs, vfs->disk.table->truncate (vfs->disk.self, self->file,
                                                              (guint64) size),
                              SQLITE_IOERR_TRUNCATE);
  return unlocked (self, rc);
}

static int
database_sync (sqlite3_file *base, int flags)
{
  DpopVaultFile *self = locked (base);
  DpopVaultVfs *vfs = self->vfs;

  return unlocked (self, dpop_vault_vfs_code (vfs, vfs->disk.table->sync (vfs->disk.self,
                                                                          self->file),
                                              SQLITE_IOERR_FSYNC));
}

static int
database_size (sqlite3_file *base, sqlite3_int64 *size)
{
  DpopVaultFile *self = locked (base);
  DpopVaultVfs *vfs = self->vfs;
  guint64 stored = 0;
  int rc = dpop_vault_vfs_code (vfs, vfs->disk.table->size (vfs->disk.self, self->file, &stored),
                                SQLITE_IOERR_FSTAT);

  *size = (sqlite3_int64) stored;
  return unlocked (self, rc);
}

static int
database_close (sqlite3_file *base)
{
  DpopVaultFile *self = (DpopVaultFile *) base;

  dpop_vault_index_unlock_file (&self->vfs->index, &self->user, SQLITE_LOCK_NONE);
  dpop_vault_index_unmap (&self->vfs->index, &self->user);
  dpop_vault_vfs_close_file (self);
  return SQLITE_OK;
}

static int
database_lock (sqlite3_file *base, int level)
{
  DpopVaultFile *self = (DpopVaultFile *) base;

  /* Else a connection that closes after the lock would delete a log that, after an unlock, is in
   * use through another VFS. */
  if (dpop_vault_vfs_is_locked (self->vfs))
    return SQLITE_IOERR_AUTH;
  return dpop_vault_index_lock_file (&self->vfs->index, &self->user, level);
}

static int
database_unlock (sqlite3_file *base, int level)
{
  DpopVaultFile *self = (DpopVaultFile *) base;

  dpop_vault_index_unlock_file (&self->vfs->index, &self->user, level);
  return SQLITE_OK;
}

static int
database_check_reserved (sqlite3_file *base, int *reserved)
{
  *reserved = dpop_vault_index_is_reserved (&((DpopVaultFile *) base)->vfs->index);
  return SQLITE_OK;
}

/* ---- Pragmas that would put plaintext on the disk, or leave the log ---- */

static const struct
{
  const char *name;
  const char *allowed[4];
} pragmas[] = {
  { "journal_mode", { "wal" } },
  { "locking_mode", { "normal" } },
  { "temp_store", { "2", "memory" } },
  { "mmap_size", { "0" } },
  { "page_size", { "4096" } },
  { "temp_store_directory", { NULL } },
  { "data_store_directory", { NULL } },
};

/* ARGUMENTS is {answer, name, value or NULL}, as SQLITE_FCNTL_PRAGMA has it. */
static int
judge_pragma (char **arguments)
{
  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      if (g_ascii_strcasecmp (arguments[1], pragmas[i].name) != 0 || arguments[2] == NULL)
        continue;
      for (guint j = 0; j < 4 && pragmas[i].allowed[j] != NULL; j++)
        if (g_ascii_strcasecmp (arguments[2], pragmas[i].allowed[j]) == 0)
          return SQLITE_NOTFOUND; /* SQLite goes on with it */
      arguments[0] = sqlite3_mprintf ("the vault does not allow PRAGMA %s=%s", arguments[1],
                                      arguments[2]);
      return SQLITE_AUTH;
    }
  return SQLITE_NOTFOUND;
}

static int
database_control (sqlite3_file *base, int operation, void *argument)
{
  DpopVaultFile *self;

  switch (operation)
    {
    case SQLITE_FCNTL_PRAGMA:
      return judge_pragma (argument);
    case DPOP_VAULT_FCNTL_ADOPT:
      self = (DpopVaultFile *) base;
      pthread_mutex_lock (&self->vfs->mutex);
      self->connection = argument;
      pthread_mutex_unlock (&self->vfs->mutex);
      return SQLITE_OK;
    default:
      return SQLITE_NOTFOUND;
    }
}

static int
database_sector_size (sqlite3_file *base)
{
  return (int) ((DpopVaultFile *) base)->vfs->disk.sector_size;
}

static int
database_characteristics (sqlite3_file *base)
{
  return dpop_vault_vfs_characteristics (((DpopVaultFile *) base)->vfs);
}

/* ---- The index of the log ---- */

static int
shm_map (sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
  DpopVaultFile *self = (DpopVaultFile *) base;

  return dpop_vault_index_map (&self->vfs->index, &self->user, region, size, extend, out);
}

/* Every transaction begins with such a lock: once the keys are gone none begins, even where SQLite
 * has all pages in its cache. */
static int
shm_lock (sqlite3_file *base, int first, int n, int flags)
{
  DpopVaultFile *self = (DpopVaultFile *) base;

  if (flags & SQLITE_SHM_LOCK && dpop_vault_vfs_is_locked (self->vfs))
    return SQLITE_IOERR_AUTH;
  return dpop_vault_index_lock (&self->vfs->index, &self->user, first, n, flags);
}

static void
shm_barrier (sqlite3_file *base)
{
  dpop_vault_index_barrier (&((DpopVaultFile *) base)->vfs->index);
}

static int
shm_unmap (sqlite3_file *base, int remove)
{
  DpopVaultFile *self = (DpopVaultFile *) base;

  dpop_vault_index_unmap (&self->vfs->index, &self->user);
  return SQLITE_OK;
}

/* Version 2: there is no xFetch, so that SQLite never maps the file. */
const sqlite3_io_methods dpop_vault_database_methods = {
  .iVersion = 2,
  .xClose = database_close,
  .xRead = database_read,
  .xWrite = database_write,
  .xTruncate = database_truncate,
  .xSync = database_sync,
  .xFileSize = database_size,
  .xLock = database_lock,
  .xUnlock = database_unlock,
  .xCheckReservedLock = database_check_reserved,
  .xFileControl = database_control,
  .xSectorSize = database_sector_size,
  .xDeviceCharacteristics = database_characteristics,
  .xShmMap = shm_map,
  .xShmLock = shm_lock,
  .xShmBarrier = shm_barrier,
  .xShmUnmap = shm_unmap,
};

int
dpop_vault_vfs_format (DpopVaultVfs *self)
{
  guint8 page[DPOP_VAULT_PAGE_SIZE] = { 0 }, sealed[DPOP_VAULT_PAGE_SIZE];
  DpopVaultSeal seal;
  g_autoptr (GBytes) bytes = NULL;
  gboolean good;

  make_file_header (page);
  page[HEADER_SIZE] = 0x0d; /* an empty leaf of the schema's table */
  page[HEADER_SIZE + 5] = USABLE >> 8;
  page[HEADER_SIZE + 6] = USABLE & 0xff;
  good = dpop_vault_seal_init (&seal, self->key, self->id, self->random)
         && dpop_vault_seal_close (&seal, DPOP_VAULT_SEAL_PAGE, 0, NULL, page, USABLE, sealed);
  dpop_vault_seal_clear (&seal);
  if (!good)
    return -ENOMEM;
  bytes = g_bytes_new (sealed, sizeof sealed);
  return dpop_vault_disk_replace (self->disk, self->path, bytes);
}
