/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log-store-case.h"

#include <glib/gstdio.h>

static CosmicSecret *
passphrase (void)
{
  return cosmic_secret_copy ("words", 5);
}

static void
open_database (LogStoreCase *self)
{
  GError *error = NULL;
  sqlite3 *connection;

  if (self->vault != NULL)
    dpop_vault_connect (self->vault, DPOP_VAULT_READ_WRITE, &connection, &error);
  else
    g_assert_cmpint (sqlite3_open (":memory:", &connection), ==, SQLITE_OK);
  g_assert_no_error (error);
  self->database = dpop_database_new (connection);
  dpop_database_migrate (self->database, dpop_log_store_schema, dpop_log_store_n_schema, &error);
  g_assert_no_error (error);
  self->store = dpop_log_store_new (self->database);
  self->log = dpop_log_store_table (self->store);
}

void
log_store_case_init (LogStoreCase *self, gconstpointer place)
{
  GError *error = NULL;

  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&self->random, 1);
  for (guint i = 0; i < G_N_ELEMENTS (self->authors); i++)
    {
      CosmicId key;

      self->authors[i] = cosmic_sign_key_new (fixture_random_table (&self->random), key.bytes);
    }
  if (g_str_equal (place, "vault"))
    {
      g_autoptr (CosmicSecret) words = passphrase ();

      self->folder = g_dir_make_tmp ("dpop-log-store-XXXXXX", &error);
      g_assert_no_error (error);
      self->vault = dpop_vault_create (self->folder, words, COSMIC_PASSWORD_COST_TEST, NULL,
                                       &error);
      g_assert_no_error (error);
    }
  open_database (self);
}

static void
close_database (LogStoreCase *self)
{
  g_clear_pointer (&self->store, dpop_log_store_free);
  g_clear_pointer (&self->database, dpop_database_free);
  g_clear_pointer (&self->vault, dpop_vault_free);
}

void
log_store_case_reopen (LogStoreCase *self)
{
  g_autoptr (CosmicSecret) words = passphrase ();
  GError *error = NULL;

  close_database (self);
  self->vault = dpop_vault_open (self->folder, words, NULL, &error);
  g_assert_no_error (error);
  open_database (self);
}

static void
remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_rmdir (folder);
  g_free (folder);
}

void
log_store_case_clear (LogStoreCase *self, gconstpointer place)
{
  close_database (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->authors); i++)
    cosmic_secret_free (self->authors[i]);
  if (self->folder != NULL)
    remove_folder (self->folder);
}

CosmicId
log_store_case_id (guint number)
{
  return (CosmicId){ { 0xee, (guint8) (number >> 8), (guint8) number } };
}

CosmicEntry *
log_store_case_entry (LogStoreCase *self, guint author, guint stream, guint64 seq)
{
  CosmicEntry *entry = g_new0 (CosmicEntry, 1);
  CosmicHeader header = { .party = log_store_case_id (1), .stream = log_store_case_id (stream),
                          .seq = seq, .kind = 40, .key = log_store_case_id (2) };

  if (seq > 0)
    header.previous = log_store_case_id (3);
  /* Two of the same place differ in this. */
  header.base.height = fixture_random_next (&self->random) >> 1;
  entry->operation = cosmic_operation_sign (&header, self->authors[author]);
  g_assert_nonnull (entry->operation);
  return entry;
}

gint64
log_store_case_add (LogStoreCase *self, guint author, guint stream, guint64 seq, CosmicId *id)
{
  g_autoptr (CosmicEntry) entry = log_store_case_entry (self, author, stream, seq);

  CALL (self, add_entry, entry);
  g_assert_cmpint (entry->number, >, 0);
  if (id != NULL)
    *id = entry->operation->id;
  return entry->number;
}

static gboolean
take_number (CosmicEntry *entry, gpointer data)
{
  GString *text = data;

  g_string_append_printf (text, "%s%" G_GINT64_FORMAT, text->len > 0 ? " " : "", entry->number);
  cosmic_entry_free (entry);
  return TRUE;
}

char *
log_store_case_walk (LogStoreCase *self, CosmicEntries which)
{
  GString *text = g_string_new (NULL);

  CALL (self, each_entry, &which, take_number, text);
  return g_string_free (text, FALSE);
}
