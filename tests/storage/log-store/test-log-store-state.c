/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log-store-case.h"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
assert_bytes (GBytes *bytes, const char *text)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

/* --- What is refused, and checkpoints. ------------------------------------------------------- */

static void
test_refused (LogStoreCase *self, gconstpointer place)
{
  const CosmicId one = log_store_case_id (1), two = log_store_case_id (2);
  gboolean refused = TRUE;

  CALL (self, is_refused, &one, &refused);
  g_assert_false (refused);
  CALL (self, refuse, &one);
  CALL (self, refuse, &one);
  CALL (self, is_refused, &one, &refused);
  g_assert_true (refused);
  CALL (self, is_refused, &two, &refused);
  g_assert_false (refused);
}

static void
put_checkpoint (LogStoreCase *self, guint64 height)
{
  g_autofree char *text = g_strdup_printf ("list %" G_GUINT64_FORMAT, height);
  g_autoptr (GBytes) checkpoint = bytes_of ("checkpoint"), list = bytes_of (text);
  g_autoptr (GBytes) certificate = bytes_of ("certificate");
  const CosmicCheckpointRecord record = { height, log_store_case_id ((guint) height), checkpoint,
                                          list, certificate };

  CALL (self, put_checkpoint, &record);
}

static void
assert_checkpoint (LogStoreCase *self, guint64 asked, guint64 height)
{
  g_autofree char *text = g_strdup_printf ("list %" G_GUINT64_FORMAT, height);
  const CosmicId id = log_store_case_id ((guint) height);
  CosmicCheckpointRecord record;
  gboolean found;

  CALL (self, find_checkpoint, asked, &record, &found);
  g_assert_true (found);
  g_assert_cmpuint (record.height, ==, height);
  g_assert_true (cosmic_id_same (&record.id, &id));
  assert_bytes (record.checkpoint, "checkpoint");
  assert_bytes (record.list, text);
  assert_bytes (record.certificate, "certificate");
  cosmic_checkpoint_record_clear (&record);
}

static void
test_checkpoints (LogStoreCase *self, gconstpointer place)
{
  CosmicCheckpointRecord record;
  GError *error = NULL;
  gboolean found = TRUE;

  CALL (self, find_checkpoint, 0, &record, &found);
  g_assert_false (found);
  put_checkpoint (self, 1);
  put_checkpoint (self, 10);
  put_checkpoint (self, 2);
  assert_checkpoint (self, 1, 1);
  assert_checkpoint (self, 2, 2);
  assert_checkpoint (self, 0, 10); /* the newest */
  CALL (self, find_checkpoint, 3, &record, &found);
  g_assert_false (found);
  g_assert_null (record.checkpoint);
  /* There is one at a height, for good. */
  record = (CosmicCheckpointRecord){ .height = 2 };
  g_assert_false (self->log.table->put_checkpoint (self->log.self, &record, &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED);
  g_clear_error (&error);
  assert_checkpoint (self, 2, 2);
}

/* --- The certified state. -------------------------------------------------------------------- */

static void
put (LogStoreCase *self, guint stream, CosmicSpace space, CosmicKey key, const char *text)
{
  const CosmicId id = log_store_case_id (stream);
  g_autoptr (GBytes) value = text != NULL ? bytes_of (text) : NULL;

  CALL (self, state_write, &id, space, &key, value);
}

static void
assert_value (LogStoreCase *self, guint stream, CosmicSpace space, CosmicKey key,
              const char *expected)
{
  const CosmicId id = log_store_case_id (stream);
  g_autoptr (GBytes) found
      = self->log.table->state_lookup (self->log.self, &id, space, &key);

  if (expected != NULL)
    assert_bytes (found, expected);
  else
    g_assert_null (found);
}

static void
test_streams_and_spaces_are_apart (LogStoreCase *self, gconstpointer place)
{
  const CosmicKey key = cosmic_key (0x40, NULL, NULL);

  assert_value (self, 1, COSMIC_SPACE_STATE, key, NULL);
  put (self, 1, COSMIC_SPACE_STATE, key, "state");
  put (self, 1, COSMIC_SPACE_EXPORTS, key, "exports");
  put (self, 2, COSMIC_SPACE_STATE, key, "other");
  assert_value (self, 1, COSMIC_SPACE_STATE, key, "state");
  assert_value (self, 1, COSMIC_SPACE_EXPORTS, key, "exports");
  assert_value (self, 1, COSMIC_SPACE_FRONTIER, key, NULL);
  assert_value (self, 2, COSMIC_SPACE_STATE, key, "other");
  put (self, 1, COSMIC_SPACE_STATE, key, "again");
  assert_value (self, 1, COSMIC_SPACE_STATE, key, "again");
  put (self, 1, COSMIC_SPACE_STATE, key, "");
  assert_value (self, 1, COSMIC_SPACE_STATE, key, "");
  put (self, 1, COSMIC_SPACE_STATE, key, NULL);
  assert_value (self, 1, COSMIC_SPACE_STATE, key, NULL);
  assert_value (self, 2, COSMIC_SPACE_STATE, key, "other");
  CALL (self, take_failure);
}

typedef struct
{
  LogStoreCase *self;
  GString *seen;
  guint stop; /* after so many */
} Seen;

/* Reads the state again from within a walk. */
static gboolean
see (const CosmicKey *key, GBytes *value, gpointer data)
{
  Seen *seen = data;

  g_string_append_len (seen->seen, g_bytes_get_data (value, NULL),
                       (gssize) g_bytes_get_size (value));
  assert_value (seen->self, 1, COSMIC_SPACE_STATE, cosmic_key (0x7f, NULL, NULL), "z");
  return seen->stop == 0 || seen->seen->len < seen->stop;
}

static void
assert_each (LogStoreCase *self, CosmicKey prefix, guint stop, const char *expected)
{
  const CosmicId stream = log_store_case_id (1);
  Seen seen = { self, g_string_new (NULL), stop };

  self->log.table->state_each (self->log.self, &stream, COSMIC_SPACE_STATE, &prefix, see, &seen);
  CALL (self, take_failure);
  g_assert_cmpstr (seen.seen->str, ==, expected);
  g_string_free (seen.seen, TRUE);
}

static void
test_prefixes (LogStoreCase *self, gconstpointer place)
{
  const CosmicId low = { { 0x00 } }, high = { { 0xff } };
  const CosmicId none = log_store_case_id (8);
  Seen unseen = { self, NULL, 0 };
  CosmicKey all = { .size = 0 };

  put (self, 1, COSMIC_SPACE_STATE, cosmic_key (0x7f, NULL, NULL), "z");
  put (self, 1, COSMIC_SPACE_STATE, cosmic_key_number (0x42, &high, 256), "f");
  put (self, 1, COSMIC_SPACE_STATE, cosmic_key_number (0x42, &high, 1), "e");
  put (self, 1, COSMIC_SPACE_STATE, cosmic_key (0x42, &high, NULL), "d");
  put (self, 1, COSMIC_SPACE_STATE, cosmic_key (0x42, &low, &high), "c");
  put (self, 1, COSMIC_SPACE_STATE, cosmic_key (0x42, NULL, NULL), "b");
  put (self, 1, COSMIC_SPACE_STATE, cosmic_key (0x41, NULL, NULL), "a");
  put (self, 2, COSMIC_SPACE_STATE, cosmic_key (0x42, NULL, NULL), "!");
  put (self, 1, COSMIC_SPACE_EXPORTS, cosmic_key (0x42, NULL, NULL), "!");
  assert_each (self, all, 0, "abcdefz");
  assert_each (self, cosmic_key (0x42, NULL, NULL), 0, "bcdef");
  assert_each (self, cosmic_key (0x42, &high, NULL), 0, "def");
  assert_each (self, cosmic_key (0x42, &low, NULL), 0, "c");
  assert_each (self, cosmic_key (0x43, NULL, NULL), 0, "");
  assert_each (self, all, 3, "abc");
  self->log.table->state_each (self->log.self, &none, COSMIC_SPACE_STATE, &all, see, &unseen);
}

/* --- Streams. -------------------------------------------------------------------------------- */

static void
put_record (LogStoreCase *self, guint stream, const char *leaf, gint64 deadline)
{
  const CosmicId id = log_store_case_id (stream);
  g_autoptr (GBytes) ids = bytes_of ("ids"), bytes = bytes_of (leaf);
  const CosmicStreamRecord record = { ids, bytes, deadline };

  CALL (self, put_record, &id, &record);
}

static void
assert_due (LogStoreCase *self, gint64 time, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) due = NULL;
  GError *error = NULL;

  due = self->log.table->due_streams (self->log.self, time, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < due->len; i++)
    g_string_append_printf (text, "%u", g_array_index (due, CosmicId, i).bytes[2]);
  g_assert_cmpstr (text->str, ==, expected);
}

static gboolean
see_record (const CosmicId *stream, GBytes *leaf, gpointer data)
{
  Seen *seen = data;

  g_string_append_printf (seen->seen, "%u%.*s", stream->bytes[2], (int) g_bytes_get_size (leaf),
                          (const char *) g_bytes_get_data (leaf, NULL));
  return seen->stop == 0 || seen->seen->len < seen->stop;
}

static char *
each_record (LogStoreCase *self, guint stop)
{
  Seen seen = { self, g_string_new (NULL), stop };

  CALL (self, each_record, see_record, &seen);
  return g_string_free (seen.seen, FALSE);
}

typedef struct
{
  LogStoreCase *self;
  guint count;
} Again;

static gboolean
walk_records_again (const CosmicId *stream, GBytes *leaf, gpointer data)
{
  Again *again = data;
  g_autofree char *all = each_record (again->self, 0);

  g_assert_cmpuint (++again->count, <=, 3);
  g_assert_cmpstr (all, ==, "1b2c3d");
  return TRUE;
}

static void
test_records (LogStoreCase *self, gconstpointer place)
{
  const CosmicId known = log_store_case_id (3), unknown = log_store_case_id (9);
  g_autofree char *all = NULL, *some = NULL;
  CosmicStreamRecord record;
  Again walks = { self, 0 };
  gboolean found = TRUE;

  log_store_case_add (self, 0, 9, 0, NULL); /* a stream of which nothing is certified */
  CALL (self, find_record, &unknown, &record, &found);
  g_assert_false (found);
  put_record (self, 3, "a", 0);
  put_record (self, 1, "b", 500);
  put_record (self, 2, "c", 400);
  put_record (self, 3, "d", 600);
  CALL (self, find_record, &known, &record, &found);
  g_assert_true (found);
  assert_bytes (record.ids, "ids");
  assert_bytes (record.leaf, "d");
  g_assert_cmpint (record.deadline, ==, 600);
  g_bytes_unref (record.ids);
  g_bytes_unref (record.leaf);
  all = each_record (self, 0);
  g_assert_cmpstr (all, ==, "1b2c3d");
  CALL (self, each_record, walk_records_again, &walks);
  g_assert_cmpuint (walks.count, ==, 3);
  some = each_record (self, 4);
  g_assert_cmpstr (some, ==, "1b2c");
}

static void
test_deadlines (LogStoreCase *self, gconstpointer place)
{
  put_record (self, 3, "a", 0);
  put_record (self, 2, "a", 500);
  put_record (self, 1, "a", 600);
  assert_due (self, 499, "");
  assert_due (self, 500, "2");
  assert_due (self, G_MAXINT64, "12");
  put_record (self, 2, "a", 0);
  assert_due (self, G_MAXINT64, "1");
}

/* --- Keys, shares, settings. ----------------------------------------------------------------- */

typedef struct
{
  LogStoreCase *self;
  guint outer, inner;
} Walks;

static gboolean
count_key (const CosmicScopeKey *key, gpointer data)
{
  ((Walks *) data)->inner++;
  return TRUE;
}

static gboolean
walk_keys_again (const CosmicScopeKey *key, gpointer data)
{
  Walks *walks = data;
  LogStoreCase *self = walks->self;

  g_assert_cmpuint (++walks->outer, <=, 3);
  CALL (self, each_key, count_key, walks);
  return TRUE;
}

static gboolean
is_key (const CosmicScopeKey *key, gpointer data)
{
  const guint8 *bytes = cosmic_scope_key_bytes (key);

  ((guint8 *) data)[bytes[0]]++;
  return TRUE;
}

static void
test_keys (LogStoreCase *self, gconstpointer place)
{
  Walks walks = { .self = self };
  guint8 seen[4] = { 0 };

  for (guint again = 0; again < 2; again++)
    for (guint8 i = 1; i <= 3; i++)
      {
        const guint8 bytes[32] = { i };
        g_autoptr (CosmicScopeKey) key = cosmic_scope_key_new (bytes);

        CALL (self, put_key, key);
      }
  CALL (self, each_key, is_key, seen);
  for (guint8 i = 1; i <= 3; i++)
    g_assert_cmpuint (seen[i], ==, 1);
  CALL (self, each_key, walk_keys_again, &walks);
  g_assert_cmpuint (walks.outer, ==, 3);
  g_assert_cmpuint (walks.inner, ==, 9);
}

static gboolean
count_share (GBytes *envelope, gpointer data)
{
  Walks *walks = data;

  g_assert_cmpuint (g_bytes_get_size (envelope), ==, 5);
  return ++walks->inner < 5;
}

static gboolean
walk_shares_again (GBytes *envelope, gpointer data)
{
  Walks *walks = data;
  LogStoreCase *self = walks->self;

  g_assert_cmpuint (++walks->outer, <=, 2);
  CALL (self, each_share, count_share, walks);
  return TRUE;
}

static void
test_shares (LogStoreCase *self, gconstpointer place)
{
  static const char *const texts[] = { "first", "other", "first" };
  Walks walks = { .self = self };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) envelope = bytes_of (texts[i]);

      CALL (self, put_share, envelope); /* each once */
    }
  CALL (self, each_share, walk_shares_again, &walks);
  g_assert_cmpuint (walks.outer, ==, 2);
  g_assert_cmpuint (walks.inner, ==, 4);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) envelope = bytes_of (i == 2 ? "another" : texts[i]);
      g_autoptr (GBytes) found = NULL;
      CosmicId id;

      cosmic_envelope_id (envelope, &id);
      CALL (self, find_share, &id, &found);
      if (i == 2)
        g_assert_null (found);
      else
        assert_bytes (found, texts[i]);
    }
}

static void
assert_setting (LogStoreCase *self, const char *name, const char *expected)
{
  GError *error = NULL;
  g_autoptr (GBytes) found = self->log.table->get_setting (self->log.self, name, &error);

  g_assert_no_error (error);
  if (expected != NULL)
    assert_bytes (found, expected);
  else
    g_assert_null (found);
}

static void
test_settings (LogStoreCase *self, gconstpointer place)
{
  g_autoptr (GBytes) one = bytes_of ("one"), two = bytes_of ("two"), empty = bytes_of ("");

  assert_setting (self, "promise", NULL);
  CALL (self, put_setting, "promise", one);
  CALL (self, put_setting, "party", two);
  assert_setting (self, "promise", "one");
  CALL (self, put_setting, "promise", two);
  assert_setting (self, "promise", "two");
  CALL (self, put_setting, "promise", empty);
  assert_setting (self, "promise", "");
  CALL (self, put_setting, "promise", NULL);
  CALL (self, put_setting, "promise", NULL);
  assert_setting (self, "promise", NULL);
  assert_setting (self, "party", "two");
  if (self->vault != NULL)
    log_store_case_reopen (self);
  assert_setting (self, "party", "two");
}

void
test_log_store_state_add (const char *place)
{
  LOG_STORE_ADD (place, "What is refused", test_refused);
  LOG_STORE_ADD (place, "Checkpoints", test_checkpoints);
  LOG_STORE_ADD (place, "Streams and spaces are apart", test_streams_and_spaces_are_apart);
  LOG_STORE_ADD (place, "Prefixes, in order", test_prefixes);
  LOG_STORE_ADD (place, "Records of streams", test_records);
  LOG_STORE_ADD (place, "Deadlines", test_deadlines);
  LOG_STORE_ADD (place, "Keys", test_keys);
  LOG_STORE_ADD (place, "Shares", test_shares);
  LOG_STORE_ADD (place, "Settings", test_settings);
}
