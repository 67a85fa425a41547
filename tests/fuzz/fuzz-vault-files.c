/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-vfs.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <errno.h>
#include <string.h>

/* Input: the size of the database in four bytes, little endian; the database; its log. SQLite opens
 * them through the vault's VFS. The writer put rows 1, 2, 3 and so on in, one a transaction:
 * whatever stands in the files, what is read is an error or the first so many of them, as they
 * were. */

#define SEEDS 4
#define ROWS  5
#define BODY  700

/* ---- Two files in memory, by the ends of their names ---- */

typedef struct
{
  GByteArray *files[2]; /* database, log; NULL: does not exist */
} Memory;

static GByteArray **
file_of (Memory *memory, const char *path)
{
  return &memory->files[g_str_has_suffix (path, "-wal") ? 1 : 0];
}

static int
memory_open (gpointer self, const char *path, DpopVaultDiskOpen how, gpointer *file)
{
  GByteArray **slot = file_of (self, path);

  if (*slot == NULL && how != DPOP_VAULT_DISK_CREATE)
    return -ENOENT;
  if (*slot == NULL)
    *slot = g_byte_array_new ();
  *file = g_byte_array_ref (*slot);
  return 0;
}

static void
memory_close (gpointer self, gpointer file)
{
  g_byte_array_unref (file);
}

static gssize
memory_read (gpointer self, gpointer file, gpointer bytes, gsize size, guint64 offset)
{
  GByteArray *array = file;

  size = offset < array->len ? MIN (size, array->len - offset) : 0;
  if (size > 0)
    memcpy (bytes, array->data + offset, size);
  return (gssize) size;
}

static int
memory_truncate (gpointer self, gpointer file, guint64 size)
{
  GByteArray *array = file;
  guint old = array->len;

  if (size > 1 << 24)
    return -ENOSPC;
  g_byte_array_set_size (array, (guint) size);
  if (size > old)
    memset (array->data + old, 0, size - old);
  return 0;
}

static int
memory_write (gpointer self, gpointer file, gconstpointer bytes, gsize size, guint64 offset)
{
  GByteArray *array = file;

  if (offset + size > array->len && memory_truncate (self, file, offset + size) != 0)
    return -ENOSPC;
  memcpy (array->data + offset, bytes, size);
  return 0;
}

static int
memory_sync (gpointer self, gpointer file)
{
  return 0;
}

static int
memory_size (gpointer self, gpointer file, guint64 *size)
{
  *size = ((GByteArray *) file)->len;
  return 0;
}

static int
memory_exists (gpointer self, const char *path, gboolean *exists)
{
  *exists = *file_of (self, path) != NULL;
  return 0;
}

static int
memory_remove (gpointer self, const char *path)
{
  g_clear_pointer (file_of (self, path), g_byte_array_unref);
  return 0;
}

/* Only "database.new" to "database", which are one here. */
static int
memory_rename (gpointer self, const char *from, const char *to)
{
  return 0;
}

static int
memory_sync_folder (gpointer self, const char *path)
{
  return 0;
}

static const DpopVaultDiskTable memory_table = {
  .open = memory_open,
  .close = memory_close,
  .read = memory_read,
  .write = memory_write,
  .truncate = memory_truncate,
  .sync = memory_sync,
  .size = memory_size,
  .exists = memory_exists,
  .remove = memory_remove,
  .rename = memory_rename,
  .sync_folder = memory_sync_folder,
};

/* ---- Writing and reading ---- */

static DpopVaultVfs *
make_vfs (Memory *memory, FixtureRandom *random)
{
  DpopVaultDisk disk = { .table = &memory_table, .self = memory, .sector_size = 4096,
                         .powersafe_overwrite = TRUE };
  static const guint8 id[16] = "fuzz-vault-files";
  CosmicSecret *key = cosmic_secret_new (32);
  DpopVaultVfs *vfs;

  g_assert_true (cosmic_crypto_init ());
  vfs = dpop_vault_vfs_new (disk, fixture_random_table (random), "/database", key, id);
  g_assert_nonnull (vfs);
  return vfs;
}

static sqlite3 *
open_database (DpopVaultVfs *vfs)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 ("/database", &db, SQLITE_OPEN_READWRITE,
                                    dpop_vault_vfs_name (vfs)), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA temp_store=2", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

static void
make_body (guint row, guint8 body[BODY])
{
  FixtureRandom random;

  fixture_random_init (&random, row);
  dpop_random_fill (fixture_random_table (&random), body, BODY);
}

static void
put_row (sqlite3 *db, guint row)
{
  sqlite3_stmt *statement = NULL;
  guint8 body[BODY];

  make_body (row, body);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "INSERT INTO t VALUES (?1, ?2)", -1, &statement, NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_int (statement, 1, (int) row);
  sqlite3_bind_blob (statement, 2, body, BODY, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

/* Aborts on a row that was never there; how many there are is for the files to say. */
static void
read_rows (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  guint8 body[BODY];
  guint row = 0;

  if (sqlite3_prepare_v2 (db, "SELECT n, body FROM t ORDER BY n", -1, &statement, NULL)
      == SQLITE_OK)
    while (sqlite3_step (statement) == SQLITE_ROW)
      {
        make_body (++row, body);
        g_assert_cmpint (sqlite3_column_int (statement, 0), ==, (int) row);
        g_assert_cmpmem (sqlite3_column_blob (statement, 1), sqlite3_column_bytes (statement, 1),
                         body, BODY);
      }
  g_assert_cmpuint (row, <=, ROWS);
  sqlite3_finalize (statement);
}

/* Seed 0 has an empty log, 1 a fresh one, 2 one that was copied, 3 one in its second round. */
GBytes *
fuzz_seed (guint n)
{
  Memory memory = { { g_byte_array_new (), NULL } };
  FixtureRandom random = { n };
  DpopVaultVfs *vfs;
  sqlite3 *db;
  GByteArray *out = g_byte_array_new ();
  guint32 size;

  if (n >= SEEDS)
    {
      g_byte_array_unref (memory.files[0]);
      g_byte_array_unref (out);
      return NULL;
    }
  vfs = make_vfs (&memory, &random);
  g_assert_cmpint (dpop_vault_vfs_format (vfs), ==, 0);
  db = open_database (vfs);
  g_assert_cmpint (
      sqlite3_exec (db, "CREATE TABLE t (n INTEGER PRIMARY KEY, body BLOB)", NULL, NULL, NULL), ==,
      SQLITE_OK);
  for (guint i = 1; i <= ROWS; i++)
    {
      put_row (db, i);
      if ((n == 0 && i == ROWS) || (n == 3 && i == 3))
        sqlite3_wal_checkpoint_v2 (db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
      if (n == 2 && i == ROWS)
        sqlite3_wal_checkpoint_v2 (db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    }
  size = GUINT32_TO_LE (memory.files[0]->len);
  g_byte_array_append (out, (const guint8 *) &size, sizeof size);
  g_byte_array_append (out, memory.files[0]->data, memory.files[0]->len);
  g_byte_array_append (out, memory.files[1]->data, memory.files[1]->len);
  dpop_vault_vfs_lock (vfs); /* so that closing leaves the files alone */
  sqlite3_close (db);
  dpop_vault_vfs_free (vfs);
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&memory.files[i], g_byte_array_unref);
  return g_byte_array_free_to_bytes (out);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Memory memory = { { g_byte_array_new (), g_byte_array_new () } };
  FixtureRandom random = { 99 };
  guint32 database_size;
  DpopVaultVfs *vfs;
  sqlite3 *db;

  if (size >= 4)
    {
      memcpy (&database_size, data, 4);
      database_size = MIN (GUINT32_FROM_LE (database_size), (guint32) (size - 4));
      g_byte_array_append (memory.files[0], data + 4, database_size);
      g_byte_array_append (memory.files[1], data + 4 + database_size,
                           (guint) (size - 4 - database_size));
    }
  vfs = make_vfs (&memory, &random);
  db = open_database (vfs);
  read_rows (db);
  sqlite3_exec (db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
  read_rows (db);
  sqlite3_close (db);
  dpop_vault_vfs_free (vfs);
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&memory.files[i], g_byte_array_unref);
  return 0;
}
