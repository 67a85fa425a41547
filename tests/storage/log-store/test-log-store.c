/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-fault.h"
#include "log-store-case.h"

#include <glib/gstdio.h>

#define ASK(...) ((CosmicEntries){ __VA_ARGS__ })

static void
assert_walk (LogStoreCase *self, CosmicEntries which, const char *expected)
{
  g_autofree char *found = log_store_case_walk (self, which);

  g_assert_cmpstr (found, ==, expected);
}

static CosmicEntry *
find (LogStoreCase *self, const CosmicId *id)
{
  CosmicEntry *entry;

  CALL (self, find_entry, id, &entry);
  return entry;
}

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* --- One entry. ------------------------------------------------------------------------------ */

static void
test_an_entry_is_what_it_was (LogStoreCase *self, gconstpointer place)
{
  g_autoptr (CosmicEntry) made = log_store_case_entry (self, 0, 7, 3), read = NULL;
  const CosmicId unknown = log_store_case_id (99);

  made->body.plain = bytes_of ("body");
  made->personal.sealed = bytes_of ("envelope");
  made->subject = log_store_case_id (4);
  made->height = 12;
  made->position = 34;
  made->held = TRUE;
  made->arrived = 1700000000000;
  CALL (self, add_entry, made);
  read = find (self, &made->operation->id);
  g_assert_nonnull (read);
  g_assert_cmpint (read->number, ==, made->number);
  g_assert_true (g_bytes_equal (read->operation->item, made->operation->item));
  g_assert_true (cosmic_id_same (&read->operation->id, &made->operation->id));
  g_assert_true (g_bytes_equal (read->body.plain, made->body.plain));
  g_assert_null (read->body.sealed);
  g_assert_true (g_bytes_equal (read->personal.sealed, made->personal.sealed));
  g_assert_null (read->personal.plain);
  g_assert_false (read->body.erased || read->personal.erased);
  g_assert_true (cosmic_id_same (&read->subject, &made->subject));
  g_assert_cmpuint (read->height, ==, 12);
  g_assert_cmpuint (read->position, ==, 34);
  g_assert_true (read->held);
  g_assert_cmpint (read->arrived, ==, 1700000000000);
  g_assert_null (find (self, &unknown));
}

typedef enum
{
  NOTHING,
  PLAIN,
  SEALED,
  ERASED,
} PartIs;

static CosmicPart
part_of (PartIs is, GBytes *bytes)
{
  return (CosmicPart){ .plain = is == PLAIN ? bytes : NULL, .sealed = is == SEALED ? bytes : NULL,
                       .erased = is == ERASED };
}

static void
assert_part (const CosmicPart *part, PartIs is, GBytes *bytes)
{
  g_assert_cmpint (part->plain != NULL, ==, is == PLAIN);
  g_assert_cmpint (part->sealed != NULL, ==, is == SEALED);
  g_assert_cmpint (part->erased, ==, is == ERASED);
  if (is == PLAIN)
    g_assert_true (g_bytes_equal (part->plain, bytes));
  if (is == SEALED)
    g_assert_true (g_bytes_equal (part->sealed, bytes));
}

/* From every way a part can be to every other, the other part untouched. */
static void
test_parts_become_other_parts (LogStoreCase *self, gconstpointer place)
{
  g_autoptr (GBytes) bytes = bytes_of ("a part"), kept = bytes_of ("kept");
  const CosmicPart other = { .plain = kept };

  for (guint from = NOTHING; from <= ERASED; from++)
    for (guint to = NOTHING; to <= ERASED; to++)
      for (guint personal = FALSE; personal <= TRUE; personal++)
        {
          const CosmicPart first = part_of (from, bytes), second = part_of (to, bytes);
          CosmicId id;
          gint64 number = log_store_case_add (self, 0, 1, from * 16 + to * 2 + personal, &id);
          g_autoptr (CosmicEntry) before = NULL, after = NULL;

          CALL (self, set_part, number, !personal, &other);
          CALL (self, set_part, number, personal, &first);
          before = find (self, &id);
          assert_part (personal ? &before->personal : &before->body, from, bytes);
          CALL (self, set_part, number, personal, &second);
          after = find (self, &id);
          assert_part (personal ? &after->personal : &after->body, to, bytes);
          assert_part (personal ? &after->body : &after->personal, PLAIN, kept);
        }
}

/* What was erased is nowhere in the file's rows. */
static void
test_an_erased_part_is_gone (LogStoreCase *self, gconstpointer place)
{
  g_autoptr (GBytes) secret = bytes_of ("Ada Lovelace");
  const CosmicPart plain = { .plain = secret }, erased = { .plain = secret, .erased = TRUE };
  sqlite3_stmt *statement;
  gint64 number = log_store_case_add (self, 0, 1, 0, NULL);
  GError *error = NULL;

  CALL (self, set_part, number, TRUE, &plain);
  CALL (self, set_part, number, TRUE, &erased);
  statement = dpop_database_prepare (self->database,
                                     "SELECT count (*) FROM operation WHERE personal IS NOT NULL",
                                     &error);
  g_assert_cmpint (dpop_database_step (self->database, statement, &error), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, 0);
}

/* --- Many entries. --------------------------------------------------------------------------- */

static void
test_orders (LogStoreCase *self, gconstpointer place)
{
  gint64 n[7];
  const CosmicId stream = log_store_case_id (1), cause = log_store_case_id (50);

  /* 1 to 4 in one stream, 5 to 7 in another. */
  for (guint i = 0; i < 7; i++)
    g_assert_cmpint (n[i] = log_store_case_add (self, 0, i < 4 ? 1 : 2, i % 4, NULL), ==, i + 1);
  CALL (self, cover_entry, n[3], 1, 1);
  CALL (self, cover_entry, n[1], 1, 2);
  CALL (self, cover_entry, n[4], 1, 0);
  CALL (self, cover_entry, n[0], 2, 0);
  CALL (self, hold_entry, n[6], &cause);
  assert_walk (self, ASK (COSMIC_ENTRIES_ALL), "1 2 3 4 5 6 7");
  assert_walk (self, ASK (COSMIC_ENTRIES_LATEST), "7 6 5 4 3 2 1");
  assert_walk (self, ASK (COSMIC_ENTRIES_OPEN), "3 6");
  assert_walk (self, ASK (COSMIC_ENTRIES_HELD), "7");
  assert_walk (self, ASK (COSMIC_ENTRIES_BATCH, .height = 1), "5 4 2");
  assert_walk (self, ASK (COSMIC_ENTRIES_BATCH, .height = 2), "1");
  assert_walk (self, ASK (COSMIC_ENTRIES_BATCH, .height = 3), "");
  assert_walk (self, ASK (COSMIC_ENTRIES_BATCH, .height = 0), "");
  assert_walk (self, ASK (COSMIC_ENTRIES_STREAM, .id = stream), "4 2 1 3");
  assert_walk (self, ASK (COSMIC_ENTRIES_STREAM, .id = log_store_case_id (9)), "");
}

static void
test_subjects (LogStoreCase *self, gconstpointer place)
{
  const CosmicId ada = log_store_case_id (60), bea = log_store_case_id (61);
  g_autoptr (CosmicEntry) about = log_store_case_entry (self, 0, 1, 0);
  gint64 later;

  about->subject = ada;
  CALL (self, add_entry, about);
  log_store_case_add (self, 0, 1, 1, NULL);
  later = log_store_case_add (self, 0, 1, 2, NULL);
  assert_walk (self, ASK (COSMIC_ENTRIES_SUBJECT, .id = ada), "1");
  CALL (self, set_subject, later, &ada);
  assert_walk (self, ASK (COSMIC_ENTRIES_SUBJECT, .id = ada), "1 3");
  CALL (self, set_subject, later, &bea);
  assert_walk (self, ASK (COSMIC_ENTRIES_SUBJECT, .id = ada), "1");
  assert_walk (self, ASK (COSMIC_ENTRIES_SUBJECT, .id = bea), "3");
  /* What is about nobody is not found by nobody. */
  assert_walk (self, ASK (COSMIC_ENTRIES_SUBJECT, .id = cosmic_id_zero), "");
}

static void
test_what_no_key_opened (LogStoreCase *self, gconstpointer place)
{
  g_autoptr (GBytes) bytes = bytes_of ("envelope");
  const CosmicPart sealed = { .sealed = bytes }, plain = { .plain = bytes };
  gint64 body = log_store_case_add (self, 0, 1, 0, NULL);
  gint64 personal = log_store_case_add (self, 0, 1, 1, NULL);

  log_store_case_add (self, 0, 1, 2, NULL);
  CALL (self, set_part, body, FALSE, &sealed);
  CALL (self, set_part, personal, TRUE, &sealed);
  assert_walk (self, ASK (COSMIC_ENTRIES_SEALED), "1 2");
  CALL (self, set_part, body, FALSE, &plain);
  assert_walk (self, ASK (COSMIC_ENTRIES_SEALED), "2");
}

static void
assert_count (LogStoreCase *self, const CosmicHeader *header, guint expected)
{
  guint count = 99;

  CALL (self, count_slot, header, &count);
  g_assert_cmpuint (count, ==, expected);
}

static void
test_places (LogStoreCase *self, gconstpointer place)
{
  g_autoptr (CosmicEntry) one = log_store_case_entry (self, 0, 1, 5);
  g_autoptr (CosmicEntry) twin = log_store_case_entry (self, 0, 1, 5);
  g_autoptr (CosmicEntry) other_author = log_store_case_entry (self, 1, 1, 5);
  g_autoptr (CosmicEntry) other_stream = log_store_case_entry (self, 0, 2, 5);
  g_autoptr (CosmicEntry) other_seq = log_store_case_entry (self, 0, 1, 6);
  const CosmicHeader *slot = &one->operation->header;

  assert_count (self, slot, 0);
  CALL (self, add_entry, other_author);
  assert_count (self, slot, 0); /* the stream is known, the author not */
  CALL (self, add_entry, other_stream);
  CALL (self, add_entry, other_seq);
  assert_count (self, slot, 0);
  CALL (self, add_entry, one);
  assert_count (self, slot, 1);
  CALL (self, add_entry, twin);
  assert_count (self, slot, 2);
  assert_walk (self, ASK (COSMIC_ENTRIES_SLOT, .slot = slot), "4 5");
  assert_walk (self, ASK (COSMIC_ENTRIES_SLOT, .slot = &other_seq->operation->header), "3");
}

/* --- Waiting. -------------------------------------------------------------------------------- */

static void
test_causes (LogStoreCase *self, gconstpointer place)
{
  const CosmicId first = log_store_case_id (70), second = log_store_case_id (71);
  CosmicId id;
  gint64 one = log_store_case_add (self, 0, 1, 0, &id);
  gint64 two = log_store_case_add (self, 0, 1, 1, NULL);
  g_autoptr (CosmicEntry) held = NULL, covered = NULL;

  CALL (self, hold_entry, one, &first);
  CALL (self, hold_entry, one, &second);
  CALL (self, hold_entry, one, &second); /* once more is not twice */
  CALL (self, hold_entry, two, &second);
  assert_walk (self, ASK (COSMIC_ENTRIES_WAITING, .id = first), "1");
  assert_walk (self, ASK (COSMIC_ENTRIES_WAITING, .id = second), "1 2");
  assert_walk (self, ASK (COSMIC_ENTRIES_OPEN), "");
  held = find (self, &id);
  g_assert_true (held->held);
  CALL (self, release_entry, one);
  assert_walk (self, ASK (COSMIC_ENTRIES_WAITING, .id = first), "");
  assert_walk (self, ASK (COSMIC_ENTRIES_WAITING, .id = second), "2");
  assert_walk (self, ASK (COSMIC_ENTRIES_OPEN), "1");
  assert_walk (self, ASK (COSMIC_ENTRIES_HELD), "2");
  CALL (self, hold_entry, one, &first);
  CALL (self, cover_entry, one, 4, 5);
  covered = find (self, &id);
  g_assert_false (covered->held); /* what is covered waits for nothing */
  g_assert_cmpuint (covered->height, ==, 4);
  g_assert_cmpuint (covered->position, ==, 5);
}

/* --- Walking. -------------------------------------------------------------------------------- */

typedef struct
{
  LogStoreCase *self;
  guint outer, inner;
  guint stop; /* after so many */
} Walk;

static gboolean
count_inner (CosmicEntry *entry, gpointer data)
{
  Walk *walk = data;

  cosmic_entry_free (entry);
  return ++walk->inner != walk->stop;
}

static gboolean
count_outer (CosmicEntry *entry, gpointer data)
{
  const CosmicEntries all = { .which = COSMIC_ENTRIES_ALL };
  Walk *walk = data;
  LogStoreCase *self = walk->self;

  g_assert_cmpint (entry->number, ==, ++walk->outer);
  cosmic_entry_free (entry);
  CALL (self, each_entry, &all, count_inner, walk);
  return TRUE;
}

static void
test_a_visit_may_walk_again (LogStoreCase *self, gconstpointer place)
{
  const CosmicEntries all = { .which = COSMIC_ENTRIES_ALL };
  Walk walk = { .self = self };

  for (guint i = 0; i < 5; i++)
    log_store_case_add (self, 0, 1, i, NULL);
  CALL (self, each_entry, &all, count_outer, &walk);
  g_assert_cmpuint (walk.outer, ==, 5);
  g_assert_cmpuint (walk.inner, ==, 25);
}

static void
test_a_visit_may_stop (LogStoreCase *self, gconstpointer place)
{
  const CosmicEntries all = { .which = COSMIC_ENTRIES_ALL };
  Walk walk = { .self = self, .stop = 2 };

  for (guint i = 0; i < 5; i++)
    log_store_case_add (self, 0, 1, i, NULL);
  CALL (self, each_entry, &all, count_inner, &walk);
  g_assert_cmpuint (walk.inner, ==, 2);
  assert_walk (self, all, "1 2 3 4 5"); /* from the beginning */
}

/* --- Transactions. --------------------------------------------------------------------------- */

/* The rows that stood for streams and authors are gone; others may have their numbers now. */
static void
test_rollback_forgets_names (LogStoreCase *self, gconstpointer place)
{
  const CosmicId subject = log_store_case_id (60);
  gint64 number;

  CALL (self, begin);
  number = log_store_case_add (self, 0, 1, 0, NULL);
  CALL (self, set_subject, number, &subject);
  self->log.table->rollback (self->log.self);
  assert_walk (self, ASK (COSMIC_ENTRIES_ALL), "");
  assert_walk (self, ASK (COSMIC_ENTRIES_STREAM, .id = log_store_case_id (1)), "");
  CALL (self, begin);
  log_store_case_add (self, 1, 2, 0, NULL);
  CALL (self, commit);
  assert_walk (self, ASK (COSMIC_ENTRIES_STREAM, .id = log_store_case_id (2)), "1");
  assert_walk (self, ASK (COSMIC_ENTRIES_STREAM, .id = log_store_case_id (1)), "");
  assert_walk (self, ASK (COSMIC_ENTRIES_SUBJECT, .id = subject), "");
  log_store_case_add (self, 0, 1, 0, NULL);
  assert_walk (self, ASK (COSMIC_ENTRIES_STREAM, .id = log_store_case_id (1)), "2");
}

static void
test_what_is_committed_is_there_again (LogStoreCase *self, gconstpointer place)
{
  const CosmicId part = log_store_case_id (80), cause = log_store_case_id (70);
  gboolean refused;

  CALL (self, begin);
  log_store_case_add (self, 0, 1, 0, NULL);
  CALL (self, hold_entry, log_store_case_add (self, 0, 1, 1, NULL), &cause);
  CALL (self, refuse, &part);
  CALL (self, commit);
  if (self->vault != NULL)
    log_store_case_reopen (self);
  assert_walk (self, ASK (COSMIC_ENTRIES_OPEN), "1");
  assert_walk (self, ASK (COSMIC_ENTRIES_WAITING, .id = cause), "2");
  CALL (self, is_refused, &part, &refused);
  g_assert_true (refused);
}

/* --- A disk that fails. ---------------------------------------------------------------------- */

typedef struct
{
  char *folder;
  char *path;
  DpopDatabase *database;
  DpopLogStore *store;
  CosmicLogStore log;
} Failing;

static void
failing_init (Failing *self)
{
  const CosmicId stream = log_store_case_id (1);
  GError *error = NULL;

  self->folder = g_dir_make_tmp ("dpop-log-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "file", NULL);
  self->database = dpop_database_new (fixture_fault_open (self->path));
  dpop_database_migrate (self->database, dpop_log_store_schema, dpop_log_store_n_schema, &error);
  g_assert_no_error (error);
  self->store = dpop_log_store_new (self->database);
  self->log = dpop_log_store_table (self->store);
  for (guint i = 0; i < 100; i++)
    {
      const CosmicKey key = cosmic_key_number (0x40, NULL, i);
      g_autofree guint8 *zero = g_malloc0 (900);
      g_autoptr (GBytes) value = g_bytes_new_take (g_steal_pointer (&zero), 900);

      CALL (self, state_write, &stream, COSMIC_SPACE_STATE, &key, value);
    }
}

static void
failing_clear (Failing *self)
{
  dpop_log_store_free (self->store);
  dpop_database_free (self->database);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static gboolean
count_entry (const CosmicKey *key, GBytes *value, gpointer data)
{
  (*(guint *) data)++;
  return TRUE;
}

/* It is told once, and only then: what was read before and is read after is right. */
static void
assert_failure_is_taken (Failing *self)
{
  GError *error = NULL;

  g_assert_true (fixture_fault_disarm ());
  g_assert_false (self->log.table->take_failure (self->log.self, &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED);
  g_clear_error (&error);
  CALL (self, take_failure);
}

static void
test_a_failed_read_is_told_when_asked (void)
{
  const CosmicId stream = log_store_case_id (1);
  const CosmicKey key = cosmic_key_number (0x40, NULL, 50), all = cosmic_key (0x40, NULL, NULL);
  GBytes *value;
  guint count = 0;
  Failing self;

  failing_init (&self);
  fixture_fault_arm (1, FALSE);
  value = self.log.table->state_lookup (self.log.self, &stream, COSMIC_SPACE_STATE, &key);
  g_assert_null (value);
  assert_failure_is_taken (&self);
  fixture_fault_arm (5, FALSE);
  self.log.table->state_each (self.log.self, &stream, COSMIC_SPACE_STATE, &all, count_entry,
                              &count);
  g_assert_cmpuint (count, ==, 0); /* all, or nothing */
  assert_failure_is_taken (&self);
  value = self.log.table->state_lookup (self.log.self, &stream, COSMIC_SPACE_STATE, &key);
  g_assert_nonnull (value);
  g_bytes_unref (value);
  self.log.table->state_each (self.log.self, &stream, COSMIC_SPACE_STATE, &all, count_entry,
                              &count);
  g_assert_cmpuint (count, ==, 100);
  CALL (&self, take_failure);
  failing_clear (&self);
}

static void
test_a_rollback_takes_the_failure_with_it (void)
{
  const CosmicId stream = log_store_case_id (1);
  const CosmicKey key = cosmic_key_number (0x40, NULL, 50);
  Failing self;

  failing_init (&self);
  CALL (&self, begin);
  fixture_fault_arm (1, FALSE);
  g_assert_null (self.log.table->state_lookup (self.log.self, &stream, COSMIC_SPACE_STATE, &key));
  g_assert_true (fixture_fault_disarm ());
  self.log.table->rollback (self.log.self);
  CALL (&self, take_failure);
  failing_clear (&self);
}

static void
add_all (const char *place)
{
  LOG_STORE_ADD (place, "An entry is what it was", test_an_entry_is_what_it_was);
  LOG_STORE_ADD (place, "Parts become other parts", test_parts_become_other_parts);
  LOG_STORE_ADD (place, "An erased part is gone", test_an_erased_part_is_gone);
  LOG_STORE_ADD (place, "Every question in its order", test_orders);
  LOG_STORE_ADD (place, "By subject", test_subjects);
  LOG_STORE_ADD (place, "What no key opened", test_what_no_key_opened);
  LOG_STORE_ADD (place, "By place", test_places);
  LOG_STORE_ADD (place, "Held for causes and released", test_causes);
  LOG_STORE_ADD (place, "A visit may walk again", test_a_visit_may_walk_again);
  LOG_STORE_ADD (place, "A visit may stop", test_a_visit_may_stop);
  LOG_STORE_ADD (place, "A rollback forgets names", test_rollback_forgets_names);
  LOG_STORE_ADD (place, "What is committed is there again", test_what_is_committed_is_there_again);
  test_log_store_state_add (place);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_all ("memory");
  add_all ("vault");
  g_test_add_func ("/log-store/A failed read is told when asked",
                   test_a_failed_read_is_told_when_asked);
  g_test_add_func ("/log-store/A rollback takes the failure with it",
                   test_a_rollback_takes_the_failure_with_it);
  return g_test_run ();
}
