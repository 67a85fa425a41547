/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-hash.h"
#include "fixture-fault.h"
#include "fixture-log.h"

#include <glib/gstdio.h>

/* Everything that a log asks of its disk fails once, one after the other, in every step of a
 * history. After each failure the log is what its store has, which is what it was before. */

typedef struct
{
  FixtureLog *log; /* over a file whose disk fails */
  char *folder;
  FixtureDevice founder;
  FixtureDevice member;
  CosmicSecret *witness;
  CosmicId stream;
  CosmicId about;            /* an operation with a personal part */
  const FixtureParcel *parcel;
  const CosmicScopeKey *key;
  guint faults;
  guint lasting_faults;
} Case;

/* --- What a log is. --------------------------------------------------------------------------- */

typedef struct
{
  CosmicId party;
  gboolean founded;
  guint64 height;
  CosmicId checkpoint;
  CosmicId root;
  guint n_open;
  CosmicId tail;
} Look;

static Look
look (CosmicLog *log)
{
  GError *error = NULL;
  Look seen = {
    .party = *cosmic_log_party (log),
    .founded = cosmic_log_is_founded (log),
    .height = cosmic_log_height (log),
    .checkpoint = *cosmic_log_checkpoint (log),
    .root = *cosmic_log_state_root (log),
    .n_open = cosmic_log_n_open (log),
  };

  cosmic_log_tail_hash (log, &seen.tail, &error);
  g_assert_no_error (error);
  return seen;
}

static void
assert_same_look (const Look *a, const Look *b)
{
  g_assert_true (cosmic_id_same (&a->party, &b->party));
  g_assert_cmpint (a->founded, ==, b->founded);
  g_assert_cmpuint (a->height, ==, b->height);
  g_assert_true (cosmic_id_same (&a->checkpoint, &b->checkpoint));
  g_assert_true (cosmic_id_same (&a->root, &b->root));
  g_assert_cmpuint (a->n_open, ==, b->n_open);
  g_assert_true (cosmic_id_same (&a->tail, &b->tail));
}

static void
hash_rows (sqlite3 *connection, const char *table, CosmicHash *hash)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", table);
  sqlite3_stmt *statement;
  int code;

  g_assert_cmpint (sqlite3_prepare_v2 (connection, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      {
        int type = sqlite3_column_type (statement, i);
        gconstpointer bytes = sqlite3_column_blob (statement, i);

        cosmic_hash_update (hash, &type, sizeof type);
        if (bytes != NULL)
          cosmic_hash_update (hash, bytes, (gsize) sqlite3_column_bytes (statement, i));
      }
  g_assert_cmpint (code, ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

/* Every row of every table. */
static CosmicId
contents (FixtureLog *log)
{
  static const char *const tables[] = { "stream", "author", "subject", "operation", "waiting",
                                        "refused", "checkpoint", "state", "scope_key", "share",
                                        "setting" };
  CosmicHash hash;
  CosmicId id;

  cosmic_hash_init (&hash);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    hash_rows (dpop_database_connection (log->database), tables[i], &hash);
  cosmic_hash_finish (&hash, id.bytes);
  return id;
}

/* The log is what another one reads from the same store. */
static void
assert_like_its_store (Case *self)
{
  g_autoptr (DpopLogStore) store = dpop_log_store_new (self->log->database);
  g_autoptr (CosmicLog) fresh = NULL;
  GError *error = NULL;
  Look mine, its;

  fresh = cosmic_log_new (dpop_log_store_table (store), cosmic_log_rules (self->log->log),
                          fixture_random_table (&self->log->random),
                          fixture_clock (&self->log->now), &error);
  g_assert_no_error (error);
  mine = look (self->log->log);
  its = look (fresh);
  assert_same_look (&mine, &its);
}

/* --- Steps. ----------------------------------------------------------------------------------- */

typedef gboolean (*Step) (Case *self, GError **error);

/* As every caller does it: all or nothing. */
static gboolean
transact (Case *self, Step step, GError **error)
{
  if (!cosmic_log_begin (self->log->log, error))
    return FALSE;
  if (step (self, error))
    return cosmic_log_commit (self->log->log, error);
  cosmic_log_rollback (self->log->log, NULL);
  return FALSE;
}

static void
assert_unchanged (Case *self, const Look *before, const CosmicId *contents_before)
{
  const CosmicId now = contents (self->log);
  Look after;

  assert_like_its_store (self);
  after = look (self->log->log);
  assert_same_look (before, &after);
  g_assert_true (cosmic_id_same (contents_before, &now));
}

/* Once from N on until something is done; whether a failure got in its way. */
static gboolean
fail_at (Case *self, Step step, guint n, gboolean lasting)
{
  const FixtureRandom random = self->log->random;
  const CosmicId contents_before = contents (self->log);
  const Look before = look (self->log->log);
  GError *error = NULL;
  gboolean done, hit;

  cosmic_log_begin (self->log->log, NULL); /* nothing is cached that a reader would not have */
  cosmic_log_rollback (self->log->log, NULL);
  fixture_fault_arm (n, lasting);
  done = transact (self, step, &error);
  hit = fixture_fault_disarm ();
  if (done)
    {
      g_assert_no_error (error);
      assert_like_its_store (self);
      return FALSE;
    }
  g_assert_true (hit);
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_FAILED); /* no verdict */
  g_clear_error (&error);
  if (lasting) /* the log could not read its store again either */
    {
      cosmic_log_rollback (self->log->log, &error);
      g_assert_no_error (error);
    }
  assert_unchanged (self, &before, &contents_before);
  self->log->random = random;
  return TRUE;
}

/* The Nth thing asked of the disk fails with all that follow it, then alone, for every N until the
 * step goes through. */
static void
take_step (Case *self, Step step)
{
  for (guint n = 1;; n += fixture_share ())
    {
      g_assert_cmpuint (n, <, 10000);
      if (!fail_at (self, step, n, TRUE))
        return;
      self->lasting_faults++;
      if (!fail_at (self, step, n, FALSE))
        return;
      self->faults++;
    }
}

/* --- What is said here. ----------------------------------------------------------------------- */

static gboolean
say (Case *self, const FixtureDevice *device, const CosmicClaim *claim, CosmicId *id,
     GError **error)
{
  g_autoptr (CosmicOperation) operation = NULL;
  CosmicReason reason;

  if (!cosmic_log_append (self->log->log, device->sign, claim, &operation, &reason, error))
    return FALSE;
  /* All that is said here is allowed: no failure may look as if it were not. */
  g_assert_cmpuint (reason, ==, COSMIC_REASON_NONE);
  if (id != NULL)
    *id = operation->id;
  return TRUE;
}

static gboolean
step_found (Case *self, GError **error)
{
  static const guint8 bytes[2][32] = { { 1 }, { 2 } };
  g_autoptr (CosmicScopeKey) body = cosmic_scope_key_new (bytes[0]);
  g_autoptr (CosmicScopeKey) personal = cosmic_scope_key_new (bytes[1]);
  g_autoptr (GArray) roles = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GBytes) charter = g_bytes_new_static ("charter", 7);
  CosmicGenesis genesis = { .charter = charter, .founder = self->founder.member,
                            .seal = self->founder.seal_public, .roles = roles,
                            .body_key = *cosmic_scope_key_id (body),
                            .personal_key = *cosmic_scope_key_id (personal) };
  CosmicReason reason;

  memcpy (genesis.witness.bytes, cosmic_sign_key_public (self->witness), COSMIC_ID_SIZE);
  if (!cosmic_log_found (self->log->log, self->founder.sign, &genesis,
                         g_variant_new ("(s)", "A society"), body, personal, &reason, error))
    return FALSE;
  g_assert_cmpuint (reason, ==, COSMIC_REASON_NONE);
  return TRUE;
}

static gboolean
step_enrol (Case *self, GError **error)
{
  CosmicRequest request = { .member = self->member.member, .seal = self->member.seal_public };
  CosmicClaim claim = { .kind = COSMIC_KIND_DEVICE_ADD };

  cosmic_request_sign (&request, cosmic_log_party (self->log->log), self->member.sign, NULL);
  claim.body = cosmic_device_add_body (&request, &cosmic_id_zero);
  return say (self, &self->founder, &claim, NULL, error);
}

static gboolean
step_open (Case *self, GError **error)
{
  CosmicClaim claim = { .kind = FIXTURE_KIND_OPEN };
  GVariant *field;
  CosmicId nonce;

  dpop_random_fill (fixture_random_table (&self->log->random), &nonce, sizeof nonce);
  cosmic_stream_id (cosmic_log_party (self->log->log), &self->member.key, &nonce, &self->stream);
  field = cosmic_codec_new_id (&nonce);
  claim.stream = self->stream;
  claim.body = g_variant_new_tuple (&field, 1);
  return say (self, &self->member, &claim, NULL, error);
}

static gboolean
step_number (Case *self, GError **error)
{
  const CosmicClaim claim = { .stream = self->stream, .kind = FIXTURE_KIND_SAY,
                              .body = g_variant_new ("(u)", 7) };

  return say (self, &self->founder, &claim, NULL, error);
}

static gboolean
step_about (Case *self, GError **error)
{
  GVariant *fields[] = { cosmic_codec_new_id (&self->member.member), g_variant_new_uint32 (5) };
  const CosmicClaim claim = { .kind = FIXTURE_KIND_ABOUT, .body = g_variant_new_tuple (fields, 2),
                              .personal = g_variant_new ("(s)", "A name") };

  return say (self, &self->founder, &claim, &self->about, error);
}

static gboolean
step_erase (Case *self, GError **error)
{
  CosmicLogStore store = cosmic_log_store (self->log->log);
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  g_autoptr (CosmicEntry) entry = NULL;
  CosmicClaim claim = { .kind = COSMIC_KIND_ERASE };

  if (!store.table->find_entry (store.self, &self->about, &entry, error))
    return FALSE;
  g_assert_nonnull (entry);
  g_ptr_array_add (operations, entry->operation);
  claim.body = cosmic_erase_body (operations, NULL);
  return say (self, &self->founder, &claim, NULL, error);
}

static gboolean
step_certify (Case *self, GError **error)
{
  guint covered;

  if (!cosmic_log_certify (self->log->log, self->witness, &covered, error))
    return FALSE;
  g_assert_cmpuint (covered, >, 0);
  return TRUE;
}

/* --- What others say. ------------------------------------------------------------------------- */

static gboolean
step_party (Case *self, GError **error)
{
  return cosmic_log_set_party (self->log->log, cosmic_log_party (self->log->log), error);
}

static gboolean
step_key (Case *self, GError **error)
{
  return cosmic_log_add_key (self->log->log, self->key, error);
}

static gboolean
step_parcel (Case *self, GError **error)
{
  const FixtureParcel *parcel = self->parcel;
  CosmicAccept accept;
  CosmicApply apply;

  if (parcel->item != NULL)
    return cosmic_log_accept (self->log->log, parcel->item, parcel->body, parcel->personal, &accept,
                              error);
  return cosmic_log_apply (self->log->log, parcel->checkpoint, parcel->list, parcel->certificate,
                           &apply, error);
}

/* --- Histories. ------------------------------------------------------------------------------- */

static void
case_init (Case *self, guint64 seed)
{
  g_autofree char *path = NULL;
  GError *error = NULL;

  *self = (Case){ .folder = g_dir_make_tmp ("dpop-faults-XXXXXX", &error) };
  g_assert_no_error (error);
  g_assert_true (cosmic_crypto_init ());
  path = g_build_filename (self->folder, "log", NULL);
  self->log = fixture_log_new_over (seed, fixture_fault_open (path));
  fixture_device_init (&self->founder, &self->log->random);
  fixture_device_init (&self->member, &self->log->random);
}

static void
case_clear (Case *self)
{
  g_autofree char *path = g_build_filename (self->folder, "log", NULL);

  g_test_message ("%u single and %u lasting failures", self->faults, self->lasting_faults);
  g_assert_cmpuint (self->faults, >, 0);
  fixture_log_free (self->log);
  g_clear_pointer (&self->witness, cosmic_secret_free);
  fixture_device_clear (&self->founder);
  fixture_device_clear (&self->member);
  g_unlink (path);
  g_rmdir (self->folder);
  g_free (self->folder);
}

static void
test_saying (void)
{
  static const Step steps[] = { step_found,  step_enrol,   step_certify, step_open,
                                step_number, step_about,   step_certify, step_number,
                                step_erase,  step_certify };
  Case self;
  CosmicId witness;

  case_init (&self, 7001);
  self.witness
      = cosmic_sign_key_new (fixture_random_table (&self.log->random), witness.bytes);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      self.log->now += 1000;
      take_step (&self, steps[i]);
    }
  g_assert_cmpuint (cosmic_log_height (self.log->log), ==, 3);
  g_assert_cmpuint (fixture_log_sum (self.log, &self.stream), ==, 7 * 31 + 7);
  case_clear (&self);
}

/* A history that another computer made: two people, a stream, a text that is erased. */
static FixtureLog *
make_history (FixtureDevice *founder, FixtureDevice *member, CosmicSecret **witness)
{
  FixtureLog *log = fixture_log_new (7002);
  CosmicId stream;

  fixture_device_init (founder, &log->random);
  fixture_device_init (member, &log->random);
  fixture_log_found (log, founder, witness);
  g_assert_cmpuint (fixture_log_enrol (log, founder, member), ==, 0);
  g_assert_cmpuint (fixture_log_open_stream (log, member, &stream), ==, 0);
  fixture_log_certify (log, *witness);
  for (guint32 i = 1; i < 4; i++)
    fixture_log_number (log, i % 2 ? member : founder, &stream, i, NULL);
  fixture_log_certify (log, *witness);
  fixture_log_number (log, member, &stream, 9, NULL);
  return log;
}

static gboolean
take_key (const CosmicScopeKey *key, gpointer data)
{
  g_ptr_array_add (data, cosmic_scope_key_new (cosmic_scope_key_bytes (key)));
  return TRUE;
}

static GPtrArray *
keys_of (FixtureLog *log)
{
  CosmicLogStore store = cosmic_log_store (log->log);
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_scope_key_free);
  GError *error = NULL;

  store.table->each_key (store.self, take_key, keys, &error);
  g_assert_no_error (error);
  return keys;
}

static void
shuffle (GPtrArray *parcels, FixtureRandom *random)
{
  for (guint i = parcels->len; i > 1; i--)
    {
      guint j = (guint) fixture_random_below (random, i);
      gpointer swapped = parcels->pdata[i - 1];

      parcels->pdata[i - 1] = parcels->pdata[j];
      parcels->pdata[j] = swapped;
    }
}

/* In any order, so that much is held and released; the keys come halfway through. */
static void
take_all (Case *self, FixtureLog *from, FixtureRandom *random)
{
  g_autoptr (GPtrArray) parcels = fixture_log_parcels (from), keys = keys_of (from);
  guint half = parcels->len / 2;

  shuffle (parcels, random);
  for (guint i = 0; i < parcels->len; i++)
    {
      for (guint j = 0; i == half && j < keys->len; j++)
        {
          self->key = keys->pdata[j];
          take_step (self, step_key);
        }
      self->parcel = parcels->pdata[i];
      take_step (self, step_parcel);
    }
  for (guint round = 0; round < 2; round++) /* checkpoints that came too early */
    for (guint i = 0; i < parcels->len; i++)
      if (((FixtureParcel *) parcels->pdata[i])->checkpoint != NULL)
        {
          self->parcel = parcels->pdata[i];
          take_step (self, step_parcel);
        }
}

static void
test_hearing (void)
{
  FixtureDevice founder, member;
  CosmicSecret *witness;
  FixtureLog *from = make_history (&founder, &member, &witness);
  const Look expected = look (from->log);

  for (guint64 seed = 1; seed <= 2; seed++)
    {
      FixtureRandom random;
      GError *error = NULL;
      Case self;
      Look reached;

      fixture_random_init (&random, seed);
      case_init (&self, 7003);
      cosmic_log_set_party (self.log->log, cosmic_log_party (from->log), &error);
      g_assert_no_error (error);
      take_step (&self, step_party);
      take_all (&self, from, &random);
      reached = look (self.log->log);
      assert_same_look (&expected, &reached);
      case_clear (&self);
    }
  cosmic_secret_free (witness);
  fixture_device_clear (&founder);
  fixture_device_clear (&member);
  fixture_log_free (from);
}

/* --- Asking. ---------------------------------------------------------------------------------- */

/* An answer is right, or there is none. */
static void
test_asking (void)
{
  Case self;
  CosmicId witness;
  Look expected;
  guint failed = 0;
  static const Step steps[] = { step_found, step_enrol, step_certify, step_open, step_number };

  case_init (&self, 7004);
  self.witness = cosmic_sign_key_new (fixture_random_table (&self.log->random), witness.bytes);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GError *error = NULL;

      transact (&self, steps[i], &error);
      g_assert_no_error (error);
    }
  expected = look (self.log->log);
  for (guint n = 1;; n++)
    {
      GError *error = NULL;
      CosmicId tail;
      gboolean answered, hit;

      cosmic_log_begin (self.log->log, NULL);
      cosmic_log_rollback (self.log->log, NULL);
      fixture_fault_arm (n, FALSE);
      answered = cosmic_log_tail_hash (self.log->log, &tail, &error);
      hit = fixture_fault_disarm ();
      if (answered)
        g_assert_true (cosmic_id_same (&tail, &expected.tail));
      else
        {
          g_assert_true (hit);
          g_assert_nonnull (error);
          g_clear_error (&error);
          failed++;
          /* Asked again, it knows. */
          g_assert_true (cosmic_log_tail_hash (self.log->log, &tail, &error));
          g_assert_no_error (error);
          g_assert_true (cosmic_id_same (&tail, &expected.tail));
        }
      if (!hit)
        break;
    }
  g_test_message ("%u questions without an answer", failed);
  g_assert_cmpuint (failed, >, 0);
  self.faults = failed;
  case_clear (&self);
}

/* Checking everything accuses nobody of what the disk did. */
static void
test_checking (void)
{
  static const Step steps[] = { step_found, step_enrol, step_certify, step_open, step_about,
                                step_certify, step_number };
  Case self;
  CosmicId witness;
  gboolean hit = TRUE;

  case_init (&self, 7005);
  self.witness = cosmic_sign_key_new (fixture_random_table (&self.log->random), witness.bytes);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GError *error = NULL;

      self.log->now += 1000;
      transact (&self, steps[i], &error);
      g_assert_no_error (error);
    }
  for (guint n = 1; hit; n++)
    {
      CosmicVerifyReport report;
      GError *error = NULL;
      gboolean checked;

      cosmic_log_begin (self.log->log, NULL);
      cosmic_log_rollback (self.log->log, NULL);
      fixture_fault_arm (n, FALSE);
      checked = cosmic_log_verify (self.log->log, NULL, NULL, &report, &error);
      hit = fixture_fault_disarm ();
      g_assert_cmpint (checked, ==, error == NULL);
      if (checked)
        {
          g_assert_cmpuint (report.faults->len, ==, 0);
          g_assert_cmpuint (report.height, ==, 2);
        }
      else
        self.faults++;
      g_clear_error (&error);
      cosmic_verify_report_clear (&report);
    }
  case_clear (&self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/faults/What is said here is all there or not at all", test_saying);
  g_test_add_func ("/log/faults/What others said is all there or not at all", test_hearing);
  g_test_add_func ("/log/faults/An answer is right or there is none", test_asking);
  g_test_add_func ("/log/faults/Checking accuses nobody of it", test_checking);
  return g_test_run ();
}
