/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "society.h"

#include <string.h>

/* Who can read a file, and what nobody can read out of it. */

static void
refuse (Society *society, FixtureLog *other, guint device, DpopBundleError code)
{
  int before = society_writes (other);
  GError *error = NULL;

  g_assert_false (society_try_import (society, other, device, &error));
  g_assert_error (error, DPOP_BUNDLE_ERROR, (gint) code);
  g_clear_error (&error);
  g_assert_cmpint (society_writes (other), ==, before);
}

static DpopBundleSummary *
summary_of (Society *society, FixtureLog *log, guint device)
{
  g_autofree char *path = g_strconcat (society->path, ".have", NULL);
  DpopBundleSummary *summary;
  GError *error = NULL;

  dpop_bundle_summary_write (log->log, society->devices[device].sign, NULL, log->now, path, &error);
  g_assert_no_error (error);
  summary = dpop_bundle_summary_read (society->log->log, path, &error);
  g_assert_no_error (error);
  return summary;
}

static void
test_after_a_rotation_the_share_is_needed (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GPtrArray) shares = NULL;
  g_autoptr (DpopBundleSummary) before = NULL;
  DpopBundleImport result;

  society_init (&society, 1);
  other = society_newcomer (&society, 2);
  society_carry (&society, society.log, other, 1);
  before = summary_of (&society, other, 1);
  shares = society_rotate (&society, 1);
  fixture_log_certify (society.log, society.witness);
  society_live (&society, NULL, 10, TRUE);

  /* Everything: some of it can be read. */
  society_export (&society, society.log, NULL, NULL);
  refuse (&society, other, 1, DPOP_BUNDLE_ERROR_MISSING_KEY);
  /* What is newest: nothing can. */
  {
    g_autoptr (DpopBundleSummary) own = summary_of (&society, society.log, 0);

    fixture_log_certify (society.log, society.witness);
    society_live (&society, NULL, 4, FALSE);
    society_export (&society, society.log, own, NULL);
    refuse (&society, other, 1, DPOP_BUNDLE_ERROR_OTHER_PARTY);
  }
  society_keep (society.log, shares);
  society_export (&society, society.log, before, NULL);
  society_import (&society, other, 1, &result);
  g_assert_cmpuint (result.shares, ==, 2); /* the first epoch's came along again */
  society_assert_same (society.log, other);
  society_assert_sound (other);
  g_assert_cmpuint (fixture_log_number (other, &society.devices[1], &society.streams[0], 5, NULL),
                    ==, 0);
  society_carry (&society, other, society.log, 0);
  society_assert_same (society.log, other);
  fixture_log_free (other);
  society_clear (&society);
}

static void
test_who_is_left_out_reads_no_more (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GPtrArray) shares = NULL;

  society_init (&society, 3);
  other = society_newcomer (&society, 4);
  society_carry (&society, society.log, other, 1);
  shares = society_rotate (&society, 2);
  society_keep (society.log, shares);
  fixture_log_certify (society.log, society.witness);
  society_write (&society, society.log, 2, "a name", NULL);
  society_export (&society, society.log, NULL, NULL);
  refuse (&society, other, 1, DPOP_BUNDLE_ERROR_MISSING_KEY);
  fixture_log_free (other);
  society_clear (&society);
}

/* Who joins after rotations gets all epochs of the party's body key, and so the whole history. */
static void
test_every_holder_seals_the_same_after_rotations (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GByteArray) own = NULL;
  g_autoptr (GByteArray) others = NULL;

  society_init (&society, 5);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) shares = society_rotate (&society, 1);

      society_keep (society.log, shares);
      society_live (&society, NULL, 10, TRUE);
      fixture_log_certify (society.log, society.witness);
    }
  other = society_newcomer (&society, 6);
  society_carry (&society, society.log, other, 3);
  society_assert_same (society.log, other);
  own = society_read (&society);
  society_export (&society, other, NULL, NULL);
  others = society_read (&society);
  g_assert_cmpmem (own->data, own->len, others->data, others->len);
  fixture_log_free (other);
  society_clear (&society);
}

static void
test_a_newcomers_file_holds_its_shares_alone (void)
{
  Society society;
  FixtureLog *other;
  DpopBundleExport written;
  DpopBundleImport taken;
  DpopBundleWish wish = { 0 };
  GError *error = NULL;

  society_init (&society, 7);
  wish.newcomer = &society.devices[2].seal_public;
  dpop_bundle_export (society.log->log, society.path, &wish, NULL, &written, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (written.shares, ==, 1);
  other = society_newcomer (&society, 8);
  refuse (&society, other, 1, DPOP_BUNDLE_ERROR_OTHER_PARTY);
  society_import (&society, other, 2, &taken);
  g_assert_cmpuint (taken.shares, ==, 1);
  society_assert_same (society.log, other);
  fixture_log_free (other);
  society_clear (&society);
}

/* --- Erased. ---------------------------------------------------------------------------------- */

static gboolean
holds (gconstpointer bytes, gsize size, gconstpointer what, gsize length)
{
  return memmem (bytes, size, what, length) != NULL;
}

/* Whether any envelope of the file opens to something that holds TEXT. */
static gboolean
file_tells (Society *society, const char *text)
{
  g_autoptr (GPtrArray) envelopes = society_envelopes (society);

  for (guint i = 0; i < envelopes->len; i++)
    {
      const CosmicScopeKey *key;
      g_autoptr (GBytes) item = NULL;
      CosmicLabel label;

      cosmic_envelope_label (envelopes->pdata[i], &label);
      key = cosmic_log_key (society->log->log, &label.key);
      item = key != NULL ? cosmic_envelope_open (key, envelopes->pdata[i]) : NULL;
      if (item != NULL
          && holds (g_bytes_get_data (item, NULL), g_bytes_get_size (item), text, strlen (text)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
database_tells (FixtureLog *log, const char *text)
{
  sqlite3_int64 size;
  unsigned char *bytes
      = sqlite3_serialize (dpop_database_connection (log->database), "main", &size, 0);
  gboolean tells = holds (bytes, (gsize) size, text, strlen (text));

  sqlite3_free (bytes);
  return tells;
}

static void
erase (Society *society, const CosmicId *id)
{
  CosmicLogStore store = cosmic_log_store (society->log->log);
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  g_autoptr (CosmicEntry) entry = NULL;
  CosmicClaim claim = { .kind = COSMIC_KIND_ERASE };

  store.table->find_entry (store.self, id, &entry, NULL);
  g_ptr_array_add (operations, entry->operation);
  claim.body = cosmic_erase_body (operations, NULL);
  g_assert_cmpuint (fixture_log_say (society->log, &society->devices[0], &claim, NULL), ==, 0);
}

static void
test_what_is_erased_is_on_no_new_file (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GByteArray) old = NULL;
  CosmicId id;

  society_init (&society, 9);
  dpop_database_execute (society.log->database, "PRAGMA secure_delete = ON", NULL);
  society_write (&society, society.log, 2, "Cassandra Canary", &id);
  society_write (&society, society.log, 2, "Someone Else", NULL);
  fixture_log_certify (society.log, society.witness);
  other = society_newcomer (&society, 10);
  dpop_database_execute (other->database, "PRAGMA secure_delete = ON", NULL);
  society_carry (&society, society.log, other, 1);
  g_assert_true (file_tells (&society, "Cassandra"));
  g_assert_true (database_tells (other, "Cassandra"));
  old = society_read (&society);

  erase (&society, &id); /* hidden at once */
  society_export (&society, society.log, NULL, NULL);
  g_assert_false (file_tells (&society, "Cassandra"));
  g_assert_true (file_tells (&society, "Someone Else"));
  fixture_log_certify (society.log, society.witness); /* gone */
  society_export (&society, society.log, NULL, NULL);
  g_assert_false (file_tells (&society, "Cassandra"));
  g_assert_true (file_tells (&society, "Someone Else"));

  society_import (&society, other, 1, NULL);
  g_assert_false (database_tells (other, "Cassandra"));
  g_assert_true (database_tells (other, "Someone Else"));
  society_store (&society, old->data, old->len);
  society_import (&society, other, 1, NULL);
  g_assert_false (database_tells (other, "Cassandra"));
  society_assert_same (society.log, other);
  society_assert_sound (other);
  fixture_log_free (other);

  /* And who takes the old file first, and the new one then. */
  other = society_newcomer (&society, 11);
  dpop_database_execute (other->database, "PRAGMA secure_delete = ON", NULL);
  society_import (&society, other, 1, NULL);
  society_carry (&society, society.log, other, 1);
  g_assert_false (database_tells (other, "Cassandra"));
  society_assert_same (society.log, other);
  fixture_log_free (other);
  society_clear (&society);
}

/* A part about a member, written after all of theirs was erased, is theirs again. */
static void
test_what_is_written_after_an_erasure_travels (void)
{
  Society society;
  FixtureLog *other;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicClaim claim = { .kind = COSMIC_KIND_ERASE };

  society_init (&society, 12);
  society_write (&society, society.log, 2, "Cassandra Canary", NULL);
  g_array_append_val (members, society.devices[2].member);
  claim.body = cosmic_erase_body (NULL, members);
  g_assert_cmpuint (fixture_log_say (society.log, &society.devices[0], &claim, NULL), ==, 0);
  society_export (&society, society.log, NULL, NULL);
  g_assert_false (file_tells (&society, "Cassandra"));
  fixture_log_certify (society.log, society.witness);
  society_write (&society, society.log, 2, "Back Again", NULL);
  other = society_newcomer (&society, 13);
  society_carry (&society, society.log, other, 1);
  g_assert_false (file_tells (&society, "Cassandra"));
  g_assert_true (file_tells (&society, "Back Again"));
  g_assert_true (database_tells (other, "Back Again"));
  fixture_log_free (other);
  society_clear (&society);
}

/* --- In the clear. ---------------------------------------------------------------------------- */

static void
assert_hidden (const GByteArray *file, gconstpointer what, gsize size)
{
  g_assert_false (holds (file->data, file->len, what, size));
}

static gboolean
assert_entry_hidden (CosmicEntry *entry, gpointer data)
{
  const GByteArray *file = data;
  const CosmicHeader *header = &entry->operation->header;
  gsize size;
  gconstpointer item = g_bytes_get_data (entry->operation->item, &size);

  assert_hidden (file, entry->operation->id.bytes, COSMIC_ID_SIZE);
  assert_hidden (file, header->author.bytes, COSMIC_ID_SIZE);
  if (!cosmic_id_is_zero (&header->stream))
    assert_hidden (file, header->stream.bytes, COSMIC_ID_SIZE);
  assert_hidden (file, (const guint8 *) item + size - COSMIC_SIGN_SIZE, COSMIC_SIGN_SIZE);
  cosmic_entry_free (entry);
  return TRUE;
}

static void
test_nothing_stands_in_the_clear (void)
{
  static const CosmicEntries all = { .which = COSMIC_ENTRIES_ALL };
  Society society;
  g_autoptr (GByteArray) file = NULL;
  CosmicLogStore store;

  society_init (&society, 14);
  society_write (&society, society.log, 2, "Cassandra Canary", NULL);
  society_live (&society, NULL, 40, TRUE);
  society_export (&society, society.log, NULL, NULL);
  file = society_read (&society);
  store = cosmic_log_store (society.log->log);
  store.table->each_entry (store.self, &all, assert_entry_hidden, file, NULL);
  assert_hidden (file, cosmic_log_party (society.log->log)->bytes, COSMIC_ID_SIZE);
  assert_hidden (file, cosmic_log_checkpoint (society.log->log)->bytes, COSMIC_ID_SIZE);
  assert_hidden (file, cosmic_log_state_root (society.log->log)->bytes, COSMIC_ID_SIZE);
  assert_hidden (file, "Cassandra", 9);
  assert_hidden (file, "A society", 9);
  assert_hidden (file, "charter", 7);
  for (guint i = 0; i < SOCIETY_DEVICES; i++)
    {
      assert_hidden (file, society.devices[i].member.bytes, COSMIC_ID_SIZE);
      assert_hidden (file, society.devices[i].seal_public.bytes, COSMIC_ID_SIZE);
    }
  society_clear (&society);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bundle-keys/after a rotation the share is needed",
                   test_after_a_rotation_the_share_is_needed);
  g_test_add_func ("/bundle-keys/who is left out reads no more",
                   test_who_is_left_out_reads_no_more);
  g_test_add_func ("/bundle-keys/every holder seals the same after rotations",
                   test_every_holder_seals_the_same_after_rotations);
  g_test_add_func ("/bundle-keys/a newcomer's file holds its shares alone",
                   test_a_newcomers_file_holds_its_shares_alone);
  g_test_add_func ("/bundle-keys/what is erased is on no new file",
                   test_what_is_erased_is_on_no_new_file);
  g_test_add_func ("/bundle-keys/what is written after an erasure travels",
                   test_what_is_written_after_an_erasure_travels);
  g_test_add_func ("/bundle-keys/nothing stands in the clear", test_nothing_stands_in_the_clear);
  return g_test_run ();
}
