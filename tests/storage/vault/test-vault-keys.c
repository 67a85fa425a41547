/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"
#include "dpop-vault-slots.h"
#include "fixture-workload.h"

#include <errno.h>
#include <string.h>

#define FOLDER  "/profile"
#define CHEAP   COSMIC_PASSWORD_COST_TEST
#define CRASHES 40 /* after each change */

static CosmicSecret *
secret (const char *text)
{
  return cosmic_secret_copy (text, strlen (text));
}

/* ---- Changing the passphrase, and the key ---- */

static DpopVault *
try_open (FixtureDisk *disk, const char *words, GError **error)
{
  static FixtureRandom random = { 5 };
  static gint64 now;
  DpopVaultEffects effects = { .disk = fixture_disk_table (disk, 512, TRUE),
                               .random = fixture_random_table (&random),
                               .clock = fixture_clock (&now) };
  g_autoptr (CosmicSecret) passphrase = secret (words);

  return dpop_vault_open (FOLDER, passphrase, &effects, error);
}

/* Whether WORDS open what is on the disk; any other answer than "wrong passphrase" is a failure. */
static gboolean
opens (FixtureDisk *disk, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopVault) vault = try_open (disk, words, &error);

  if (vault == NULL)
    g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE);
  return vault != NULL;
}

static void
make_profile (FixtureWorkload *work, guint64 seed)
{
  fixture_workload_init (work, seed, 4096, TRUE);
  for (guint i = 0; i < 5; i++)
    fixture_workload_commit (work);
  sqlite3_close (work->db);
  work->db = NULL;
}

static void
test_a_crash_leaves_the_old_or_the_new_passphrase (void)
{
  FixtureWorkload work;
  g_autoptr (CosmicSecret) old = fixture_passphrase ();
  g_autoptr (CosmicSecret) new = secret ("another");
  g_autoptr (FixtureDisk) at = NULL;
  g_autoptr (GError) error = NULL;
  guint changes, found[2] = { 0 };
  gboolean was_new = FALSE;

  make_profile (&work, 1);
  fixture_disk_record (work.disk);
  g_assert_true (dpop_vault_change_passphrase (work.vault, old, new, CHEAP, &error));
  g_assert_no_error (error);
  changes = fixture_disk_changes (work.disk);
  at = fixture_disk_rewind (work.disk);
  for (guint i = 0; i <= changes; i++)
    {
      for (guint j = 0; j < CRASHES; j++)
        {
          g_autoptr (FixtureDisk) disk = fixture_disk_crash (at, &work.random, 0);
          gboolean with_old = opens (disk, "passphrase"), with_new = opens (disk, "another");

          g_assert_true (with_old != with_new);
          found[with_new]++;
          /* Once it was acknowledged it is so. */
          g_assert_true (with_new || i < changes);
          was_new |= with_new;
        }
      if (i < changes)
        fixture_disk_replay (at, work.disk, i);
    }
  g_test_message ("Passphrase: %u changes, %u crashes: the old one opens %u, the new one %u; "
                  "neither or both: 0", changes, (changes + 1) * CRASHES, found[0], found[1]);
  g_assert_true (was_new && found[0] > 0);
  fixture_workload_clear (&work);
}

static void
test_a_crash_leaves_the_old_or_the_new_key (void)
{
  FixtureWorkload work;
  g_autoptr (CosmicSecret) passphrase = fixture_passphrase ();
  g_autoptr (FixtureDisk) at = NULL;
  g_autoptr (GError) error = NULL;
  guint changes, found[3] = { 0 };

  make_profile (&work, 2);
  fixture_disk_record (work.disk);
  g_assert_true (dpop_vault_reencrypt (work.vault, passphrase, CHEAP, NULL, NULL, &error));
  g_assert_no_error (error);
  changes = fixture_disk_changes (work.disk);
  at = fixture_disk_rewind (work.disk);
  for (guint i = 0; i <= changes; i++)
    {
      for (guint j = 0; j < CRASHES / 4; j++)
        {
          g_autoptr (FixtureDisk) disk = fixture_disk_crash (at, &work.random, 0);
          DpopVault *vault = try_open (disk, "passphrase", &error);
          guint generation;

          g_assert_no_error (error);
          generation = dpop_vault_generation (vault);
          g_assert_true (generation == 1 || generation == 2);
          g_assert_true (generation == 2 || i < changes);
          found[generation]++;
          dpop_vault_free (vault);
          /* What was left undone is gone after the opening. */
          g_assert_null (fixture_disk_file (disk, generation == 1 ? "database-2" : "database-1"));
          g_assert_cmpint (fixture_workload_check (&work, disk, work.committed, &error), ==,
                           (gint) work.committed);
          g_assert_no_error (error);
        }
      if (i < changes)
        fixture_disk_replay (at, work.disk, i);
    }
  g_test_message ("Key: %u changes, %u crashes: generation 1 opens %u, generation 2 %u; neither: 0",
                  changes, (changes + 1) * (CRASHES / 4), found[1], found[2]);
  g_assert_cmpuint (found[1], >, 0);
  g_assert_cmpuint (found[2], >, 0);
  fixture_workload_clear (&work);
}

/* The disk fails instead: the program goes on, says so, and the profile opens with one of the two.
 */
static gboolean
change_with_fault (guint n, gboolean of_key, int number, gboolean for_good, guint *changed)
{
  FixtureWorkload work;
  g_autoptr (CosmicSecret) old = fixture_passphrase ();
  g_autoptr (CosmicSecret) new = secret ("another");
  g_autoptr (GError) error = NULL;
  gboolean came, good, with_old, with_new;
  DpopVaultError expected = number == ENOSPC ? DPOP_VAULT_ERROR_DISK_FULL : DPOP_VAULT_ERROR_IO;

  make_profile (&work, 3);
  fixture_disk_fail (work.disk, n, number, for_good);
  good = of_key ? dpop_vault_reencrypt (work.vault, old, CHEAP, NULL, NULL, &error)
                : dpop_vault_change_passphrase (work.vault, old, new, CHEAP, &error);
  came = fixture_disk_failed (work.disk);
  fixture_disk_fail (work.disk, 0, 0, FALSE);
  if (good)
    g_assert_no_error (error);
  else
    g_assert_error (error, DPOP_VAULT_ERROR, (gint) expected);
  if (!good && !of_key)
    {
      /* Tried again, with whichever counts now, it succeeds. */
      g_autoptr (FixtureDisk) disk = fixture_disk_clone (work.disk);
      gboolean is_old = opens (disk, "passphrase");

      g_assert_true (dpop_vault_change_passphrase (work.vault, is_old ? old : new, new, CHEAP,
                                                   NULL));
    }
  fixture_workload_close (&work);
  with_old = opens (work.disk, "passphrase");
  with_new = opens (work.disk, "another");
  g_assert_true (with_old != with_new);
  if (of_key || with_old)
    g_assert_cmpint (fixture_workload_check (&work, work.disk, work.committed, &error), ==,
                     (gint) work.committed);
  *changed += good;
  fixture_workload_clear (&work);
  return came;
}

static void
test_a_failing_disk_leaves_one_of_both (void)
{
  static const int numbers[] = { EIO, ENOSPC };
  guint faults = 0, changed = 0;

  for (guint of_key = 0; of_key < 2; of_key++)
    for (guint i = 0; i < 4; i++)
      for (guint n = 1; change_with_fault (n, of_key, numbers[i / 2], i % 2, &changed); n++)
        faults++;
  g_test_message ("Disk failures in changes of passphrase and key: %u; without a way in: 0",
                  faults);
  g_assert_cmpuint (faults, >, 100);
  g_assert_cmpuint (changed, >=, 8);
}

/* ---- The file ---- */

typedef struct
{
  FixtureRandom random;
  CosmicSecret *passphrase, *root;
  DpopVaultSlots *slots;
  GBytes *bytes;
} File;

static void
file_init (File *file)
{
  g_autoptr (GError) error = NULL;

  fixture_random_init (&file->random, 9);
  file->passphrase = secret ("p");
  file->slots = dpop_vault_slots_new (file->passphrase, CHEAP, 1,
                                      fixture_random_table (&file->random), &file->root, &error);
  g_assert_no_error (error);
  file->bytes = dpop_vault_slots_encode (file->slots, file->root);
}

static void
file_clear (File *file)
{
  cosmic_secret_free (file->passphrase);
  cosmic_secret_free (file->root);
  dpop_vault_slots_free (file->slots);
  g_bytes_unref (file->bytes);
}

static void
test_reads_back_what_it_wrote (void)
{
  File file;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopVaultSlots) slots = NULL;
  g_autoptr (CosmicSecret) root = NULL;
  g_autoptr (GBytes) again = NULL;

  file_init (&file);
  slots = dpop_vault_slots_parse (file.bytes, &error);
  g_assert_no_error (error);
  root = dpop_vault_slots_unlock (slots, file.passphrase, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (cosmic_secret_bytes (root), 32, cosmic_secret_bytes (file.root), 32);
  again = dpop_vault_slots_encode (slots, root);
  g_assert_true (g_bytes_equal (again, file.bytes));
  file_clear (&file);
}

static void
test_refuses_every_flipped_byte_of_the_file (void)
{
  File file;
  gsize size;
  guint8 *copy;
  guint refused = 0;

  file_init (&file);
  copy = g_bytes_unref_to_data (g_bytes_ref (file.bytes), &size);
  for (gsize at = 0; at < size; at++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (GBytes) bytes = NULL;

        copy[at] ^= (guint8) (1 << bit);
        bytes = g_bytes_new (copy, size);
        g_assert_null (dpop_vault_slots_parse (bytes, NULL));
        copy[at] ^= (guint8) (1 << bit);
        refused++;
      }
  for (gsize cut = 0; cut < size; cut++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (copy, cut);

      g_assert_null (dpop_vault_slots_parse (bytes, NULL));
      refused++;
    }
  g_test_message ("The key file of %" G_GSIZE_FORMAT " bytes, flipped or cut: %u; taken: 0", size,
                  refused);
  g_free (copy);
  file_clear (&file);
}

/* Someone who puts a right checksum behind what was altered. */
static GBytes *
with_checksum (const guint8 *bytes, gsize size)
{
  guint8 *copy = g_memdup2 (bytes, size);

  cosmic_hash (copy, size - COSMIC_HASH_SIZE, copy + size - COSMIC_HASH_SIZE);
  return g_bytes_new_take (copy, size);
}

static void
test_an_altered_file_does_not_open (void)
{
  File file;
  gsize size;
  g_autofree guint8 *copy = NULL;
  guint parsed = 0;

  file_init (&file);
  copy = g_bytes_unref_to_data (g_bytes_ref (file.bytes), &size);
  for (gsize at = 0; at < size - COSMIC_HASH_SIZE; at++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (DpopVaultSlots) slots = NULL;
      g_autoptr (CosmicSecret) root = NULL;

      copy[at] ^= 1;
      bytes = with_checksum (copy, size);
      copy[at] ^= 1;
      if ((slots = dpop_vault_slots_parse (bytes, NULL)) == NULL)
        continue;
      parsed++;
      root = dpop_vault_slots_unlock (slots, file.passphrase, NULL);
      g_assert_null (root);
    }
  g_test_message ("Altered with a right checksum: %" G_GSIZE_FORMAT ", %u of them well-formed; "
                  "opened: 0", size - COSMIC_HASH_SIZE, parsed);
  g_assert_cmpuint (parsed, >, 100);
  file_clear (&file);
}

/* A type that a later version knows: 5 bytes more in the file, and two slots. */
static GBytes *
with_foreign_slot (const File *file)
{
  gsize size, body;
  const guint8 *bytes = g_bytes_get_data (file->bytes, &size);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  static const guint8 slot[] = { 77, 0, 0, 0, 5, 0, 0, 0, 'h', 'e', 'l', 'l', 'o' };
  guint8 trailer[2 * COSMIC_HASH_SIZE] = { 0 };

  body = size - sizeof trailer;
  g_byte_array_append (out, bytes, (guint) body);
  out->data[24] = 2;
  g_byte_array_append (out, slot, sizeof slot);
  g_byte_array_append (out, trailer, sizeof trailer);
  return with_checksum (out->data, out->len);
}

static void
test_keeps_slots_that_it_does_not_know (void)
{
  File file;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) rewrapped = NULL;
  g_autoptr (DpopVaultSlots) slots = NULL;
  g_autoptr (DpopVaultSlots) next = NULL;
  g_autoptr (DpopVaultSlots) read = NULL;
  g_autoptr (CosmicSecret) other = secret ("q");
  g_autoptr (CosmicSecret) root = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *at;

  file_init (&file);
  bytes = with_foreign_slot (&file);
  slots = dpop_vault_slots_parse (bytes, &error);
  g_assert_no_error (error);
  next = dpop_vault_slots_rewrap (slots, file.root, other, CHEAP,
                                  fixture_random_table (&file.random), &error);
  g_assert_no_error (error);
  rewrapped = dpop_vault_slots_encode (next, file.root);
  at = g_bytes_get_data (rewrapped, &size);
  g_assert_nonnull (memmem (at, size, "hello", 5));
  g_assert_nonnull ((read = dpop_vault_slots_parse (rewrapped, &error)));
  root = dpop_vault_slots_unlock (read, other, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (cosmic_secret_bytes (root), 32, cosmic_secret_bytes (file.root), 32);
  g_assert_null (dpop_vault_slots_unlock (read, file.passphrase, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE);
  file_clear (&file);
}

/* Offsets as dpop-vault-slots.h has them: header 28, type and size 8, then passes and memory. */
static void
test_refuses_what_no_version_wrote (void)
{
  static const struct
  {
    gsize at;
    guint32 value;
    DpopVaultError error;
  } cases[] = {
    { 8, 2, DPOP_VAULT_ERROR_TOO_NEW },            { 8, 0, DPOP_VAULT_ERROR_TOO_NEW },
    { 20, 0, DPOP_VAULT_ERROR_CORRUPT },           { 20, G_MAXUINT32, DPOP_VAULT_ERROR_CORRUPT },
    { 24, 0, DPOP_VAULT_ERROR_CORRUPT },           { 24, 2, DPOP_VAULT_ERROR_CORRUPT },
    { 24, G_MAXUINT32, DPOP_VAULT_ERROR_CORRUPT }, { 28, 2, DPOP_VAULT_ERROR_CORRUPT },
    { 32, 0, DPOP_VAULT_ERROR_CORRUPT },           { 32, G_MAXUINT32, DPOP_VAULT_ERROR_CORRUPT },
    { 32, 97, DPOP_VAULT_ERROR_CORRUPT },          { 36, 0, DPOP_VAULT_ERROR_CORRUPT },
    { 36, G_MAXUINT32, DPOP_VAULT_ERROR_CORRUPT }, { 40, 7, DPOP_VAULT_ERROR_CORRUPT },
    { 40, G_MAXUINT32, DPOP_VAULT_ERROR_CORRUPT }, { 40, 1 << 21, DPOP_VAULT_ERROR_CORRUPT },
  };
  File file;
  gsize size;
  g_autofree guint8 *copy = NULL;

  file_init (&file);
  copy = g_bytes_unref_to_data (g_bytes_ref (file.bytes), &size);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *altered = g_memdup2 (copy, size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      guint32 value = GUINT32_TO_LE (cases[i].value);

      memcpy (altered + cases[i].at, &value, sizeof value);
      bytes = with_checksum (altered, size);
      g_assert_null (dpop_vault_slots_parse (bytes, &error));
      g_assert_error (error, DPOP_VAULT_ERROR, (gint) cases[i].error);
    }
  file_clear (&file);
}

static void
test_a_damaged_copy_is_mended_by_the_other (void)
{
  static const char *const names[] = { "slots-a", "slots-b" };
  FixtureWorkload work;

  make_profile (&work, 6);
  fixture_workload_close (&work);
  for (guint i = 0; i < 2; i++)
    {
      GByteArray *bytes = fixture_disk_file (work.disk, names[i]);
      g_autofree guint8 *kept = g_memdup2 (bytes->data, bytes->len);
      guint size = bytes->len;

      bytes->data[50] ^= 1;
      g_assert_true (opens (work.disk, "passphrase"));
      bytes = fixture_disk_file (work.disk, names[i]);
      g_assert_cmpmem (bytes->data, bytes->len, kept, size);
    }
  fixture_disk_file (work.disk, names[0])->data[50] ^= 1;
  fixture_disk_file (work.disk, names[1])->data[60] ^= 1;
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (try_open (work.disk, "passphrase", &error));
    g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_CORRUPT);
  }
  fixture_workload_clear (&work);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vault/keys/A crash leaves the old or the new passphrase",
                   test_a_crash_leaves_the_old_or_the_new_passphrase);
  g_test_add_func ("/vault/keys/A crash leaves the old or the new key",
                   test_a_crash_leaves_the_old_or_the_new_key);
  g_test_add_func ("/vault/keys/A failing disk leaves one of both",
                   test_a_failing_disk_leaves_one_of_both);
  g_test_add_func ("/vault/slots/Reads back what it wrote", test_reads_back_what_it_wrote);
  g_test_add_func ("/vault/slots/Refuses every flipped byte of the file",
                   test_refuses_every_flipped_byte_of_the_file);
  g_test_add_func ("/vault/slots/An altered file does not open",
                   test_an_altered_file_does_not_open);
  g_test_add_func ("/vault/slots/Keeps slots that it does not know",
                   test_keeps_slots_that_it_does_not_know);
  g_test_add_func ("/vault/slots/Refuses what no version wrote",
                   test_refuses_what_no_version_wrote);
  g_test_add_func ("/vault/slots/A damaged copy is mended by the other",
                   test_a_damaged_copy_is_mended_by_the_other);
  return g_test_run ();
}
