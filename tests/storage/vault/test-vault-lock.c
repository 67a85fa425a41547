/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"
#include "dpop-vault-slots.h"
#include "fixture-workload.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define KEY     32
#define LARGEST (1ul << 28) /* no heap of ours: the sanitizers reserve terabytes */
#define MASK 0x5a /* needles are kept masked, so that they are not found as themselves */

/* ---- The memory of this process ---- */

typedef struct
{
  guint8 masked[KEY];
} Needle;

static void
mask (Needle *needle, const guint8 key[KEY])
{
  for (guint i = 0; i < KEY; i++)
    needle->masked[i] = key[i] ^ MASK;
}

static guint
count_in (const guint8 *bytes, gsize size, const Needle *needle)
{
  guint hits = 0;

  for (gsize i = 0; i + KEY <= size; i++)
    {
      guint j = 0;

      while (j < KEY && (bytes[i + j] ^ MASK) == needle->masked[j])
        j++;
      hits += j == KEY;
    }
  return hits;
}

/* How often NEEDLE stands in memory that this process can write to, and how much that is. */
static guint
count_in_memory (const Needle *needle, guint64 *searched)
{
  static guint8 chunk[65536];
  FILE *maps = fopen ("/proc/self/maps", "r");
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  char line[512];
  guint hits = 0;

  g_assert_nonnull (maps);
  g_assert_cmpint (memory, >=, 0);
  while (fgets (line, sizeof line, maps) != NULL)
    {
      unsigned long from, to;
      char rights[8];

      if (sscanf (line, "%lx-%lx %7s", &from, &to, rights) != 3 || rights[1] != 'w'
          || to - from > LARGEST)
        continue;
      for (unsigned long at = from; at < to; at += sizeof chunk - KEY)
        {
          ssize_t got = pread (memory, chunk, MIN (sizeof chunk, to - at), (off_t) at);

          if (got <= 0)
            break;
          *searched += (guint64) got;
          hits += count_in (chunk, (gsize) got, needle);
        }
    }
  cosmic_wipe (chunk, sizeof chunk);
  fclose (maps);
  close (memory);
  return hits;
}

/* ---- Locking ---- */

/* What the root key is, found as the vault finds it, and the key of the pages; both wiped again. */
static void
learn_keys (FixtureWorkload *work, Needle *root_needle, Needle *page_needle)
{
  GByteArray *file = fixture_disk_file (work->disk, "slots-a");
  g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);
  g_autoptr (CosmicSecret) passphrase = fixture_passphrase ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopVaultSlots) slots = dpop_vault_slots_parse (bytes, &error);
  g_autoptr (CosmicSecret) root = dpop_vault_slots_unlock (slots, passphrase, &error);
  guint8 key[KEY];

  g_assert_no_error (error);
  mask (root_needle, cosmic_secret_bytes (root));
  cosmic_derive (cosmic_secret_bytes (root), "dpopvaul", 1, key, sizeof key);
  mask (page_needle, key);
  cosmic_wipe (key, sizeof key);
}

static int
code_of (sqlite3 *db, const char *sql)
{
  sqlite3_exec (db, sql, NULL, NULL, NULL);
  return sqlite3_extended_errcode (db);
}

static void
test_locking_leaves_no_key_in_memory (void)
{
  FixtureWorkload work;
  Needle root, page;
  guint64 searched = 0;
  guint before[2], after[2];
  guint8 out[32];
  g_autoptr (GError) error = NULL;

  fixture_workload_init (&work, 1, 4096, TRUE);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (fixture_workload_step (&work), ==, SQLITE_OK);
  learn_keys (&work, &root, &page);
  before[0] = count_in_memory (&root, &searched);
  before[1] = count_in_memory (&page, &searched);
  dpop_vault_lock (work.vault);
  g_assert_true (dpop_vault_is_locked (work.vault));
  searched = 0;
  after[0] = count_in_memory (&root, &searched);
  after[1] = count_in_memory (&page, &searched);
  g_test_message ("Found before the lock: the root key %u times, the key of the pages %u times; "
                  "after: %u, %u, in %" G_GUINT64_FORMAT " bytes of memory",
                  before[0], before[1], after[0], after[1], searched / 2);
  g_assert_cmpuint (before[0], >, 0);
  g_assert_cmpuint (before[1], >, 0);
  g_assert_cmpuint (after[0] + after[1], ==, 0);
  g_assert_false (dpop_vault_derive (work.vault, "blobkeys", 1, out, sizeof out, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_LOCKED);
  fixture_workload_clear (&work);
}

static void
test_locked_connections_answer_with_errors (void)
{
  FixtureWorkload work;
  g_autoptr (GError) error = NULL;
  g_autoptr (CosmicSecret) passphrase = fixture_passphrase ();
  sqlite3 *second = NULL;

  fixture_workload_init (&work, 2, 4096, TRUE);
  for (guint i = 0; i < 5; i++)
    fixture_workload_commit (&work);
  /* All of it is in the caches. */
  g_assert_true (dpop_vault_connect (work.vault, DPOP_VAULT_READ_ONLY, &work.reader, &error));
  g_assert_cmpint (code_of (work.reader, "SELECT sum (length (body)) FROM t"), ==, SQLITE_OK);
  dpop_vault_lock (work.vault);
  g_assert_cmpint (code_of (work.reader, "SELECT sum (length (body)) FROM t"), ==,
                   SQLITE_IOERR_AUTH);
  g_assert_cmpint (code_of (work.db, "SELECT sum (length (body)) FROM t"), ==, SQLITE_IOERR_AUTH);
  g_assert_cmpint (code_of (work.db, "DELETE FROM t"), ==, SQLITE_IOERR_AUTH);
  g_assert_false (dpop_vault_connect (work.vault, DPOP_VAULT_READ_ONLY, &second, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (dpop_vault_change_passphrase (work.vault, passphrase, passphrase,
                                                COSMIC_PASSWORD_COST_TEST, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_LOCKED);
  fixture_workload_clear (&work);
}

/* The connections of before the lock are closed late, when the profile is in use again. */
static void
test_unlocking_goes_on_where_it_was (void)
{
  FixtureWorkload work;
  g_autoptr (GError) error = NULL;
  g_autoptr (CosmicSecret) passphrase = fixture_passphrase ();
  g_autoptr (CosmicSecret) wrong = cosmic_secret_copy ("wrong", 5);
  sqlite3 *old;

  fixture_workload_init (&work, 3, 4096, TRUE);
  for (guint i = 0; i < 5; i++)
    fixture_workload_commit (&work);
  dpop_vault_lock (work.vault);
  g_assert_false (dpop_vault_unlock (work.vault, wrong, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_true (dpop_vault_unlock (work.vault, passphrase, &error));
  g_assert_no_error (error);
  old = g_steal_pointer (&work.db);
  for (guint i = 0; i < 5; i++)
    fixture_workload_commit (&work);
  g_assert_cmpint (code_of (old, "SELECT count(*) FROM t"), ==, SQLITE_IOERR_AUTH);
  g_assert_cmpint (sqlite3_close (old), ==, SQLITE_OK);
  g_assert_nonnull (fixture_disk_file (work.disk, "database-1-wal"));
  {
    g_autoptr (FixtureDisk) killed = fixture_disk_clone (work.disk);

    g_assert_cmpint (fixture_workload_check (&work, killed, work.committed, &error), ==,
                     (gint) work.committed);
    g_assert_no_error (error);
  }
  fixture_workload_clear (&work);
}

/* ---- A statement that runs meanwhile ---- */

static gpointer
count_for_ever (gpointer db)
{
  int rc = code_of (db, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
                        " SELECT count(*) FROM c, t");

  return GINT_TO_POINTER (rc & 0xff);
}

static void
test_locking_ends_what_runs (void)
{
  FixtureWorkload work;
  g_autoptr (GError) error = NULL;
  GThread *thread;
  int rc;

  fixture_workload_init (&work, 4, 4096, TRUE);
  fixture_workload_commit (&work);
  g_assert_true (dpop_vault_connect (work.vault, DPOP_VAULT_READ_ONLY, &work.reader, &error));
  thread = g_thread_new ("reader", count_for_ever, work.reader);
  g_usleep (50000);
  dpop_vault_lock (work.vault);
  rc = GPOINTER_TO_INT (g_thread_join (thread));
  g_assert_true (rc == SQLITE_INTERRUPT || rc == SQLITE_IOERR);
  fixture_workload_clear (&work);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vault/lock/Locking leaves no key in memory",
                   test_locking_leaves_no_key_in_memory);
  g_test_add_func ("/vault/lock/Locked connections answer with errors",
                   test_locked_connections_answer_with_errors);
  g_test_add_func ("/vault/lock/Unlocking goes on where it was",
                   test_unlocking_goes_on_where_it_was);
  g_test_add_func ("/vault/lock/Locking ends what runs", test_locking_ends_what_runs);
  return g_test_run ();
}
