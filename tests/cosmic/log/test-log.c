/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-log.h"

typedef struct
{
  FixtureLog *log;
  FixtureDevice founder;
  FixtureDevice member;
  CosmicSecret *witness;
} Society;

static void
set_up (Society *self, gconstpointer unused)
{
  self->log = fixture_log_new (1);
  fixture_device_init (&self->founder, &self->log->random);
  fixture_device_init (&self->member, &self->log->random);
  fixture_log_found (self->log, &self->founder, &self->witness);
  g_assert_cmpuint (fixture_log_enrol (self->log, &self->founder, &self->member), ==, 0);
}

static void
tear_down (Society *self, gconstpointer unused)
{
  cosmic_secret_free (self->witness);
  fixture_device_clear (&self->founder);
  fixture_device_clear (&self->member);
  fixture_log_free (self->log);
}

static void
test_founds_and_certifies (Society *self, gconstpointer unused)
{
  GError *error = NULL;
  const CosmicState *authority;
  CosmicDevice device;

  g_assert_cmpuint (cosmic_log_height (self->log->log), ==, 0);
  g_assert_cmpuint (fixture_log_certify (self->log, self->witness), ==, 2);
  g_assert_cmpuint (cosmic_log_height (self->log->log), ==, 1);
  g_assert_cmpuint (cosmic_log_n_open (self->log->log), ==, 0);
  g_assert_false (cosmic_id_is_zero (cosmic_log_state_root (self->log->log)));
  authority = cosmic_log_certified (self->log->log, &cosmic_id_zero, &error);
  g_assert_no_error (error);
  g_assert_true (cosmic_authority_device (authority, &self->member.key, &device));
  g_assert_true (cosmic_id_same (&device.member, &self->member.member));
}

static void
test_makes_no_empty_checkpoint (Society *self, gconstpointer unused)
{
  g_assert_cmpuint (fixture_log_certify (self->log, self->witness), ==, 2);
  g_assert_cmpuint (fixture_log_certify (self->log, self->witness), ==, 0);
  g_assert_cmpuint (cosmic_log_height (self->log->log), ==, 1);
}

static void
test_only_the_witness_certifies (Society *self, gconstpointer unused)
{
  GError *error = NULL;
  guint covered;

  cosmic_log_begin (self->log->log, NULL);
  g_assert_false (cosmic_log_certify (self->log->log, self->member.sign, &covered, &error));
  g_assert_error (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_NOT_WITNESS);
  g_clear_error (&error);
  cosmic_log_rollback (self->log->log, NULL);
  g_assert_cmpuint (cosmic_log_height (self->log->log), ==, 0);
}

static void
test_what_has_no_effect_is_not_signed (Society *self, gconstpointer unused)
{
  CosmicId stream;
  guint before;

  g_assert_cmpuint (fixture_log_open_stream (self->log, &self->member, &stream), ==, 0);
  before = cosmic_log_n_open (self->log->log);
  g_assert_cmpuint (fixture_log_number (self->log, &self->member, &stream, 0, NULL), ==,
                    COSMIC_REASON_NOT_ALLOWED);
  g_assert_cmpuint (cosmic_log_n_open (self->log->log), ==, before);
  g_assert_cmpuint (fixture_log_number (self->log, &self->member, &stream, 5, NULL), ==, 0);
  g_assert_cmpuint (fixture_log_sum (self->log, &stream), ==, 5);
}

static void
test_a_stranger_is_not_heard (Society *self, gconstpointer unused)
{
  FixtureDevice stranger;
  CosmicId stream;

  fixture_device_init (&stranger, &self->log->random);
  g_assert_cmpuint (fixture_log_open_stream (self->log, &stranger, &stream), ==,
                    COSMIC_REASON_UNKNOWN_AUTHOR);
  fixture_device_clear (&stranger);
}

static void
test_a_stream_has_one_opening (Society *self, gconstpointer unused)
{
  CosmicId stream, other;
  GVariant *field;
  CosmicClaim claim = { .kind = FIXTURE_KIND_OPEN };
  CosmicId nonce = { { 7 } };

  g_assert_cmpuint (fixture_log_open_stream (self->log, &self->member, &stream), ==, 0);
  cosmic_stream_id (cosmic_log_party (self->log->log), &self->founder.key, &nonce, &other);
  field = cosmic_codec_new_id (&nonce);
  claim.stream = other;
  claim.body = g_variant_new_tuple (&field, 1);
  /* The nonce makes another author's id. */
  g_assert_cmpuint (fixture_log_say (self->log, &self->member, &claim, NULL), ==,
                    COSMIC_REASON_WRONG_STREAM);
  g_assert_cmpuint (fixture_log_number (self->log, &self->member, &other, 1, NULL), ==,
                    COSMIC_REASON_WRONG_STREAM);
}

static void
test_the_store_alone_makes_the_same_log (Society *self, gconstpointer unused)
{
  CosmicId stream, before, after;
  GError *error = NULL;

  fixture_log_certify (self->log, self->witness);
  fixture_log_open_stream (self->log, &self->member, &stream);
  for (guint32 i = 1; i < 20; i++)
    fixture_log_number (self->log, i % 2 ? &self->member : &self->founder, &stream, i, NULL);
  cosmic_log_tail_hash (self->log->log, &before, &error);
  g_assert_no_error (error);
  cosmic_log_begin (self->log->log, NULL);
  cosmic_log_rollback (self->log->log, &error);
  g_assert_no_error (error);
  cosmic_log_tail_hash (self->log->log, &after, &error);
  g_assert_true (cosmic_id_same (&before, &after));
}

static void
test_whom_it_joins_outlives_a_failure (Society *self, gconstpointer unused)
{
  FixtureLog *other = fixture_log_new (2);
  GError *error = NULL;

  cosmic_log_set_party (other->log, cosmic_log_party (self->log->log), &error);
  g_assert_no_error (error);
  cosmic_log_begin (other->log, NULL);
  cosmic_log_rollback (other->log, &error);
  g_assert_no_error (error);
  g_assert_true (cosmic_id_same (cosmic_log_party (other->log), cosmic_log_party (self->log->log)));
  fixture_log_free (other);
}

/* Folding one by one, as it comes, gives what folding all at once gives. */
static void
test_certifying_changes_nothing_that_was_shown (Society *self, gconstpointer unused)
{
  CosmicId stream;
  guint64 before;

  fixture_log_open_stream (self->log, &self->member, &stream);
  for (guint32 i = 1; i < 50; i++)
    fixture_log_number (self->log, i % 3 ? &self->member : &self->founder, &stream, i, NULL);
  before = fixture_log_sum (self->log, &stream);
  fixture_log_certify (self->log, self->witness);
  g_assert_cmpuint (fixture_log_sum (self->log, &stream), ==, before);
  g_assert_cmpuint (cosmic_log_n_open (self->log->log), ==, 0);
}

static void
test_changes_are_told_once (Society *self, gconstpointer unused)
{
  GError *error = NULL;
  CosmicId stream;
  GArray *changes;

  changes = cosmic_log_take_changes (self->log->log, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, >, 0);
  g_array_unref (changes);
  fixture_log_open_stream (self->log, &self->member, &stream);
  fixture_log_number (self->log, &self->member, &stream, 4, NULL);
  changes = cosmic_log_take_changes (self->log->log, &error);
  g_assert_cmpuint (changes->len, >=, 2);
  for (guint i = 0; i < changes->len; i++)
    g_assert_true (cosmic_id_same (&g_array_index (changes, CosmicLogChange, i).stream, &stream));
  g_array_unref (changes);
  changes = cosmic_log_take_changes (self->log->log, &error);
  g_assert_cmpuint (changes->len, ==, 0);
  g_array_unref (changes);
}

static void
test_a_failed_transaction_leaves_nothing (Society *self, gconstpointer unused)
{
  g_autoptr (CosmicOperation) operation = NULL;
  GError *error = NULL;
  CosmicReason reason;
  guint before = cosmic_log_n_open (self->log->log);
  const CosmicClaim claim = { .kind = FIXTURE_KIND_ABOUT,
                              .body = g_variant_new (
                                  "(@ayu)", cosmic_codec_new_id (&self->member.member), 3) };

  cosmic_log_begin (self->log->log, NULL);
  cosmic_log_append (self->log->log, self->member.sign, &claim, &operation, &reason, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cosmic_log_n_open (self->log->log), ==, before + 1);
  cosmic_log_rollback (self->log->log, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cosmic_log_n_open (self->log->log), ==, before);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/log/" claim, Society, NULL, set_up, function, tear_down)
  ADD ("Founds and certifies", test_founds_and_certifies);
  ADD ("Makes no empty checkpoint", test_makes_no_empty_checkpoint);
  ADD ("Only the witness certifies", test_only_the_witness_certifies);
  ADD ("What has no effect is not signed", test_what_has_no_effect_is_not_signed);
  ADD ("A stranger is not heard", test_a_stranger_is_not_heard);
  ADD ("A stream has one opening", test_a_stream_has_one_opening);
  ADD ("The store alone makes the same log", test_the_store_alone_makes_the_same_log);
  ADD ("Whom it joins outlives a failure", test_whom_it_joins_outlives_a_failure);
  ADD ("Certifying changes nothing that was shown",
       test_certifying_changes_nothing_that_was_shown);
  ADD ("Changes are told once", test_changes_are_told_once);
  ADD ("A failed transaction leaves nothing", test_a_failed_transaction_leaves_nothing);
  return g_test_run ();
}
