/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-wal.h"
#include "fixture-workload.h"

#include <string.h>

/* Every byte of a database of 100 pages and of its log is changed, and whole pages are moved: what
 * is read then is an error, or a state that was committed. */

#define PAGE        4096
#define PAGES       100
#define FIRST_FRAME (DPOP_VAULT_WAL_SHIFT + DPOP_VAULT_WAL_HEADER_SIZE)

typedef enum
{
  LOG_FRESH,   /* nothing of it is in the database yet */
  LOG_COPIED,  /* all of it is */
  LOG_PARTLY,  /* some is: a reader was in the way */
} LogState;

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static void
make_profile (FixtureWorkload *work, guint64 seed, LogState state)
{
  g_autoptr (GError) error = NULL;

  fixture_workload_init (work, seed, 4096, TRUE);
  run (work->db, "PRAGMA wal_autocheckpoint=0");
  while (fixture_disk_file (work->disk, "database-1")->len < PAGES * PAGE)
    {
      fixture_workload_commit (work);
      run (work->db, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
  for (guint i = 0; i < 3; i++)
    fixture_workload_commit (work);
  if (state == LOG_PARTLY)
    {
      dpop_vault_connect (work->vault, DPOP_VAULT_READ_ONLY, &work->reader, &error);
      g_assert_no_error (error);
      run (work->reader, "BEGIN; SELECT count(*) FROM t");
    }
  for (guint i = 0; i < 3; i++)
    fixture_workload_commit (work);
  if (state != LOG_FRESH)
    run (work->db, "PRAGMA wal_checkpoint(PASSIVE)");
  if (state == LOG_PARTLY)
    fixture_workload_commit (work);
}

static sqlite3_file *
file_of (sqlite3 *db, int which)
{
  sqlite3_file *file = NULL;

  g_assert_cmpint (sqlite3_file_control (db, "main", which, &file), ==, SQLITE_OK);
  return file;
}

static sqlite3_file *
database_of (FixtureWorkload *work)
{
  return file_of (work->db, SQLITE_FCNTL_FILE_POINTER);
}

static sqlite3_file *
log_of (FixtureWorkload *work)
{
  return file_of (work->db, SQLITE_FCNTL_JOURNAL_POINTER);
}

static int
read_page (sqlite3_file *file, guint8 *out, guint64 offset)
{
  return file->pMethods->xRead (file, out, PAGE, (sqlite3_int64) offset);
}

static guint64
log_offset (guint frame)
{
  return DPOP_VAULT_WAL_HEADER_SIZE + (guint64) frame * DPOP_VAULT_WAL_FRAME_SIZE + 24;
}

static void
assert_refused (sqlite3_file *file, guint64 offset)
{
  static const guint8 zeros[PAGE];
  guint8 page[PAGE];

  memset (page, 1, sizeof page);
  g_assert_cmpint (read_page (file, page, offset), ==, SQLITE_IOERR_DATA);
  g_assert_cmpmem (page, PAGE, zeros, PAGE);
}

static void
assert_whole (FixtureWorkload *work)
{
  g_autoptr (FixtureDisk) disk = fixture_disk_clone (work->disk);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fixture_workload_check (work, disk, work->committed, &error), ==,
                   (gint) work->committed);
  g_assert_no_error (error);
}

/* Either copy of the log's header, or an error: never anything else. */
static guint
flip_header (FixtureWorkload *work, GByteArray *bytes)
{
  sqlite3_file *log = log_of (work);
  guint8 headers[2][32], now[32];
  guint flips = 0;

  for (guint slot = 0; slot < 2; slot++)
    {
      bytes->data[(1 - slot) * DPOP_VAULT_WAL_SLOT_STRIDE] ^= 1;
      if (log->pMethods->xRead (log, headers[slot], 32, 0) != SQLITE_OK)
        memset (headers[slot], 0, 32);
      bytes->data[(1 - slot) * DPOP_VAULT_WAL_SLOT_STRIDE] ^= 1;
    }
  for (guint at = 0; at < FIRST_FRAME; at++, flips++)
    {
      bytes->data[at] ^= (guint8) (1 << at % 8);
      if (log->pMethods->xRead (log, now, 32, 0) == SQLITE_OK)
        g_assert_true (memcmp (now, headers[0], 32) == 0 || memcmp (now, headers[1], 32) == 0);
      bytes->data[at] ^= (guint8) (1 << at % 8);
    }
  g_assert_cmpint (log->pMethods->xRead (log, now, 32, 0), ==, SQLITE_OK);
  return flips;
}

static void
test_no_flipped_byte_is_read (void)
{
  FixtureWorkload work;
  guint share = fixture_share (), pages = 0, frames = 0, headers;
  GByteArray *database, *log;

  make_profile (&work, 1, LOG_PARTLY);
  database = fixture_disk_file (work.disk, "database-1");
  log = fixture_disk_file (work.disk, "database-1-wal");
  for (guint at = 0; at < database->len; at += share, pages++)
    {
      database->data[at] ^= (guint8) (1 << at / share % 8);
      assert_refused (database_of (&work), at / PAGE * PAGE);
      database->data[at] ^= (guint8) (1 << at / share % 8);
    }
  for (guint at = FIRST_FRAME; at < log->len; at += share, frames++)
    {
      log->data[at] ^= (guint8) (1 << at / share % 8);
      assert_refused (log_of (&work), log_offset ((at - FIRST_FRAME) / DPOP_VAULT_WAL_FRAME_SIZE));
      log->data[at] ^= (guint8) (1 << at / share % 8);
    }
  headers = flip_header (&work, log);
  g_test_message (
      "Flipped through the VFS: %u bytes of pages, %u of frames, %u of the log's header; "
      "read as if nothing were: 0",
      pages, frames, headers);
  assert_whole (&work);
  fixture_workload_clear (&work);
}

/* ---- Through SQLite ---- */

typedef struct
{
  guint flips, errors, newest, earlier;
} Found;

static void
open_flipped (FixtureWorkload *work, const char *name, guint at, Found *found)
{
  g_autoptr (FixtureDisk) disk = fixture_disk_clone (work->disk);
  g_autoptr (GError) error = NULL;
  gint n;

  fixture_disk_file (disk, name)->data[at] ^= (guint8) (1 << at / 7 % 8);
  n = fixture_workload_check (work, disk, 0, &error);
  found->flips++;
  if (n < 0)
    {
      g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_CORRUPT);
      found->errors++;
    }
  else if ((guint) n == work->committed)
    found->newest++;
  else
    found->earlier++;
}

static void
flip_through_sqlite (LogState state, const char *what)
{
  gboolean full = g_getenv ("DPOP_TEST_FULL") != NULL;
  guint step = full ? 1 : 64 * fixture_share ();
  /* The database's own bytes are all flipped once, with a fresh log. */
  guint page_step = full && state != LOG_FRESH ? 64 : step;
  FixtureWorkload work;
  Found pages = { 0 }, frames = { 0 };
  guint size;

  make_profile (&work, 2 + state, state);
  size = fixture_disk_file (work.disk, "database-1")->len;
  for (guint at = 0; at < size; at += page_step)
    open_flipped (&work, "/database-1", at, &pages);
  size = fixture_disk_file (work.disk, "database-1-wal")->len;
  for (guint at = 0; at < size; at += step)
    if (at < DPOP_VAULT_WAL_SLOT_SIZE || at >= FIRST_FRAME)
      open_flipped (&work, "database-1-wal", at, &frames);
  for (guint at = 0; at < DPOP_VAULT_WAL_SLOT_SIZE; at += (step + 7) / 8)
    for (guint slot = 0; slot < 2; slot++)
      open_flipped (&work, "database-1-wal", slot * DPOP_VAULT_WAL_SLOT_STRIDE + at, &frames);
  g_test_message (
      "Flipped through SQLite, the log %s: %u bytes of the database (%u errors, %u read "
      "the newest state, %u an earlier one), %u of the log (%u, %u, %u); wrong data: 0",
      what, pages.flips, pages.errors, pages.newest, pages.earlier, frames.flips, frames.errors,
      frames.newest, frames.earlier);
  g_assert_cmpuint (pages.earlier, ==, 0);
  g_assert_cmpuint (pages.errors, >, 0);
  /* What a checkpoint has copied is never given up. */
  if (state == LOG_COPIED)
    g_assert_cmpuint (frames.earlier, ==, 0);
  fixture_workload_clear (&work);
}

static void
test_flips_with_a_fresh_log (void)
{
  flip_through_sqlite (LOG_FRESH, "fresh");
}

static void
test_flips_with_a_copied_log (void)
{
  flip_through_sqlite (LOG_COPIED, "copied");
}

static void
test_flips_with_a_log_copied_in_part (void)
{
  flip_through_sqlite (LOG_PARTLY, "copied in part");
}

/* ---- Whole pages ---- */

/* Swaps, zeroes and replaces records of SIZE bytes from FIRST on; each must be refused. */
static guint
move_records (FixtureWorkload *work, sqlite3_file *file, GByteArray *bytes, GByteArray *others,
              guint first, guint size, gboolean is_log)
{
  guint n = (bytes->len - first) / size, tried = 0;

  for (guint i = 0; i < n; i++)
    for (guint way = 0; way < 4; way++)
      {
        guint8 *record = bytes->data + first + i * size;
        g_autofree guint8 *kept = g_memdup2 (record, size);
        guint64 offset = is_log ? log_offset (i) : (guint64) i * size;

        if (way == 0) /* the next one's */
          memcpy (record, bytes->data + first + (i + 1) % n * size, size);
        else if (way == 1) /* the first one's */
          memcpy (record, bytes->data + first + (i == 0 ? n - 1 : 0) * size, size);
        else if (way == 2)
          memset (record, 0, size);
        else if (first + (i + 1) * size <= others->len) /* the same of another database */
          memcpy (record, others->data + first + i * size, size);
        else
          continue;
        assert_refused (file, offset);
        memcpy (record, kept, size);
        tried++;
      }
  return tried;
}

static void
test_pages_belong_where_they_are (void)
{
  FixtureWorkload work, other;
  guint pages, frames;

  make_profile (&work, 11, LOG_FRESH);
  make_profile (&other, 12, LOG_FRESH);
  pages = move_records (&work, database_of (&work), fixture_disk_file (work.disk, "/database-1"),
                        fixture_disk_file (other.disk, "/database-1"), 0, PAGE, FALSE);
  frames = move_records (&work, log_of (&work), fixture_disk_file (work.disk, "database-1-wal"),
                         fixture_disk_file (other.disk, "database-1-wal"), FIRST_FRAME,
                         DPOP_VAULT_WAL_FRAME_SIZE, TRUE);
  g_test_message ("Swapped, zeroed or from another database: %u pages and %u frames; taken: 0",
                  pages, frames);
  assert_whole (&work);
  fixture_workload_clear (&work);
  fixture_workload_clear (&other);
}

/* A write that the disk has lost: the frame of the round before stands there still. */
static void
test_frames_of_an_earlier_round_are_refused (void)
{
  FixtureWorkload work;
  g_autoptr (FixtureDisk) before = NULL;
  GByteArray *old_log, *log;
  guint n;

  make_profile (&work, 21, LOG_COPIED);
  before = fixture_disk_clone (work.disk);
  for (guint i = 0; i < 3; i++)
    fixture_workload_commit (&work);
  old_log = fixture_disk_file (before, "database-1-wal");
  log = fixture_disk_file (work.disk, "database-1-wal");
  n = (MIN (old_log->len, log->len) - FIRST_FRAME) / DPOP_VAULT_WAL_FRAME_SIZE;
  for (guint i = 0; i < n; i++)
    {
      guint at = FIRST_FRAME + i * DPOP_VAULT_WAL_FRAME_SIZE;

      if (memcmp (log->data + at, old_log->data + at, DPOP_VAULT_WAL_FRAME_SIZE) == 0)
        continue; /* not yet written over */
      memcpy (log->data + at, old_log->data + at, DPOP_VAULT_WAL_FRAME_SIZE);
      assert_refused (log_of (&work), log_offset (i));
    }
  g_test_message ("Frames of the round before: %u; taken: 0", n);
  fixture_workload_clear (&work);
}

int
main (int argc, char *argv[])
{
  const char *part;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  part = argc > 1 ? argv[1] : "vfs";
  if (g_str_equal (part, "fresh"))
    g_test_add_func ("/vault/bytes/Flips with a fresh log", test_flips_with_a_fresh_log);
  else if (g_str_equal (part, "copied"))
    g_test_add_func ("/vault/bytes/Flips with a copied log", test_flips_with_a_copied_log);
  else if (g_str_equal (part, "partly"))
    g_test_add_func ("/vault/bytes/Flips with a log copied in part",
                     test_flips_with_a_log_copied_in_part);
  else
    {
      g_test_add_func ("/vault/bytes/No flipped byte is read", test_no_flipped_byte_is_read);
      g_test_add_func ("/vault/bytes/Pages belong where they are",
                       test_pages_belong_where_they_are);
      g_test_add_func ("/vault/bytes/Frames of an earlier round are refused",
                       test_frames_of_an_earlier_round_are_refused);
    }
  return g_test_run ();
}
