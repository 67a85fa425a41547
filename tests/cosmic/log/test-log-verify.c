/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-log.h"

typedef struct
{
  FixtureLog *log;
  FixtureDevice founder;
  FixtureDevice member;
  CosmicSecret *witness;
  CosmicId stream;
  CosmicId about; /* an operation with a personal part about the member */
} Society;

static void
set_up (Society *self, gconstpointer unused)
{
  CosmicClaim about = { .kind = FIXTURE_KIND_ABOUT };

  self->log = fixture_log_new (1);
  fixture_device_init (&self->founder, &self->log->random);
  fixture_device_init (&self->member, &self->log->random);
  fixture_log_found (self->log, &self->founder, &self->witness);
  fixture_log_enrol (self->log, &self->founder, &self->member);
  fixture_log_open_stream (self->log, &self->founder, &self->stream);
  about.body = g_variant_new ("(@ayu)", cosmic_codec_new_id (&self->member.member), 3);
  about.personal = g_variant_new ("(s)", "Canary Bird");
  g_assert_cmpuint (fixture_log_say (self->log, &self->founder, &about, &self->about), ==, 0);
  fixture_log_certify (self->log, self->witness);
  for (guint32 i = 1; i < 10; i++)
    fixture_log_number (self->log, i % 2 ? &self->founder : &self->member, &self->stream, i, NULL);
  fixture_log_certify (self->log, self->witness);
  fixture_log_number (self->log, &self->founder, &self->stream, 99, NULL);
}

static void
tear_down (Society *self, gconstpointer unused)
{
  cosmic_secret_free (self->witness);
  fixture_device_clear (&self->founder);
  fixture_device_clear (&self->member);
  fixture_log_free (self->log);
}

static CosmicVerifyReport
verify (Society *self)
{
  CosmicVerifyReport report;
  GError *error = NULL;

  g_assert_true (cosmic_log_verify (self->log->log, NULL, NULL, &report, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < report.faults->len; i++)
    g_test_message ("%s", (const char *) report.faults->pdata[i]);
  return report;
}

static void
test_all_is_well (Society *self, gconstpointer unused)
{
  CosmicVerifyReport report = verify (self);

  g_assert_cmpuint (report.faults->len, ==, 0);
  g_assert_cmpuint (report.height, ==, 2);
  g_assert_cmpuint (report.checked, ==, 14);
  g_assert_cmpuint (report.open, ==, 1);
  g_assert_cmpuint (report.erased, ==, 0);
  cosmic_verify_report_clear (&report);
}

/* Whatever someone with the passphrase alters in the database is found. */
static void
test_every_alteration_is_found (Society *self, gconstpointer unused)
{
  static const char *const alterations[] = {
    "UPDATE state SET value = x'2a00000000000000' WHERE key = x'40'",
    "INSERT INTO state (stream, space, key, value) VALUES (1, 0, x'4242', x'00')",
    "UPDATE operation SET body = substr (body, 1, length (body) - 1) || x'ff' WHERE height = 2",
    "UPDATE operation SET height = 1, position = 50 WHERE height = 2 AND position = 3",
    "DELETE FROM operation WHERE height = 2 AND position = 3",
    "UPDATE checkpoint SET certificate = (SELECT certificate FROM checkpoint WHERE height = 1)"
    "  WHERE height = 2",
    "UPDATE checkpoint SET list = (SELECT list FROM checkpoint WHERE height = 1)"
    "  WHERE height = 2",
    "DELETE FROM checkpoint WHERE height = 2",
    "UPDATE stream SET leaf = (SELECT leaf FROM stream WHERE n = 2) WHERE n = 1",
    "UPDATE stream SET leaf = NULL, ids = NULL WHERE n = 2",
    "UPDATE stream SET ids = (SELECT ids FROM stream WHERE n = 2) WHERE n = 1",
    "UPDATE stream SET deadline = 5 WHERE n = 1",
    "UPDATE operation SET personal = x'00' || substr (personal, 2) WHERE personal IS NOT NULL",
  };
  guint tried = 0;

  for (guint i = 0; i < G_N_ELEMENTS (alterations); i++)
    {
      CosmicVerifyReport report;
      GError *error = NULL;

      cosmic_log_begin (self->log->log, NULL);
      dpop_database_execute (self->log->database, alterations[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint (sqlite3_changes (dpop_database_connection (self->log->database)), >, 0);
      cosmic_log_verify (self->log->log, NULL, NULL, &report, &error);
      if (error == NULL)
        g_test_message ("%s: %u faults", alterations[i], report.faults->len);
      g_assert_true (error != NULL || report.faults->len > 0);
      g_clear_error (&error);
      cosmic_verify_report_clear (&report);
      cosmic_log_rollback (self->log->log, &error);
      g_assert_no_error (error);
      tried++;
    }
  g_test_message ("%u alterations found", tried);
  test_all_is_well (self, NULL);
}

static void
erase (Society *self, const FixtureDevice *by, gboolean member)
{
  CosmicLogStore store = cosmic_log_store (self->log->log);
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (CosmicEntry) entry = NULL;
  CosmicClaim claim = { .kind = COSMIC_KIND_ERASE };

  g_assert_true (store.table->find_entry (store.self, &self->about, &entry, NULL));
  if (member)
    g_array_append_val (members, self->member.member);
  else
    g_ptr_array_add (operations, entry->operation);
  claim.body = cosmic_erase_body (operations, members);
  g_assert_cmpuint (fixture_log_say (self->log, by, &claim, NULL), ==, 0);
}

static void
check_gone (Society *self)
{
  CosmicLogStore store = cosmic_log_store (self->log->log);
  FixtureLog *other = fixture_log_new (9);
  g_autoptr (GPtrArray) parcels = NULL;
  g_autoptr (CosmicEntry) entry = NULL;
  CosmicVerifyReport report;

  g_assert_true (store.table->find_entry (store.self, &self->about, &entry, NULL));
  g_assert_true (entry->personal.erased);
  g_assert_null (entry->personal.plain);
  report = verify (self);
  g_assert_cmpuint (report.faults->len, ==, 0);
  g_assert_cmpuint (report.erased, ==, 1);
  cosmic_verify_report_clear (&report);
  /* A second computer that hears of all this. */
  fixture_log_give_keys (self->log, other);
  parcels = fixture_log_parcels (self->log);
  for (guint rounds = 0; rounds < 2; rounds++)
    for (guint i = 0; i < parcels->len; i++)
      fixture_log_take (other, parcels->pdata[i]);
  g_assert_true (cosmic_id_same (cosmic_log_state_root (self->log->log),
                                 cosmic_log_state_root (other->log)));
  fixture_log_free (other);
}

static void
test_an_erased_text_is_gone_and_all_is_well (Society *self, gconstpointer unused)
{
  erase (self, &self->founder, FALSE);
  fixture_log_certify (self->log, self->witness);
  check_gone (self);
}

static void
test_an_erased_member_is_gone_and_all_is_well (Society *self, gconstpointer unused)
{
  erase (self, &self->member, TRUE); /* about themself */
  fixture_log_certify (self->log, self->witness);
  check_gone (self);
}

/* Once erased, the part is refused whoever brings it. */
static void
test_what_was_erased_never_comes_back (Society *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) before = fixture_log_parcels (self->log);
  CosmicLogStore store = cosmic_log_store (self->log->log);
  g_autoptr (CosmicEntry) entry = NULL;

  erase (self, &self->founder, FALSE);
  fixture_log_certify (self->log, self->witness);
  for (guint i = 0; i < before->len; i++)
    fixture_log_take (self->log, before->pdata[i]);
  g_assert_true (store.table->find_entry (store.self, &self->about, &entry, NULL));
  g_assert_null (entry->personal.plain);
  g_assert_true (entry->personal.erased);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/log/verify/" claim, Society, NULL, set_up, function, tear_down)
  ADD ("All is well", test_all_is_well);
  ADD ("Every alteration is found", test_every_alteration_is_found);
  ADD ("An erased text is gone and all is well", test_an_erased_text_is_gone_and_all_is_well);
  ADD ("An erased member is gone and all is well", test_an_erased_member_is_gone_and_all_is_well);
  ADD ("What was erased never comes back", test_what_was_erased_never_comes_back);
  return g_test_run ();
}
