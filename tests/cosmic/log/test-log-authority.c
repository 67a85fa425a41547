/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-log.h"

typedef struct
{
  FixtureLog *log;
  FixtureLog *other;
  FixtureDevice founder;
  FixtureDevice member;
  CosmicSecret *witness;
  CosmicId stream;
} Society;

static void
set_up (Society *self, gconstpointer unused)
{
  self->log = fixture_log_new (1);
  self->other = fixture_log_new (2);
  fixture_device_init (&self->founder, &self->log->random);
  fixture_device_init (&self->member, &self->log->random);
  fixture_log_found (self->log, &self->founder, &self->witness);
  g_assert_cmpuint (fixture_log_enrol (self->log, &self->founder, &self->member), ==, 0);
  g_assert_cmpuint (fixture_log_open_stream (self->log, &self->founder, &self->stream), ==, 0);
  fixture_log_certify (self->log, self->witness);
  fixture_log_give_keys (self->log, self->other);
}

static void
tear_down (Society *self, gconstpointer unused)
{
  cosmic_secret_free (self->witness);
  fixture_device_clear (&self->founder);
  fixture_device_clear (&self->member);
  fixture_log_free (self->log);
  fixture_log_free (self->other);
}

static void
carry (FixtureLog *from, FixtureLog *to)
{
  g_autoptr (GPtrArray) parcels = fixture_log_parcels (from);

  for (guint rounds = 0; rounds < 2; rounds++)
    for (guint i = 0; i < parcels->len; i++)
      fixture_log_take (to, parcels->pdata[i]);
}

static CosmicReason
switch_off (Society *self, const CosmicId *device, const GArray *kept)
{
  const CosmicClaim claim = { .kind = COSMIC_KIND_DEVICE_OFF,
                              .body = cosmic_device_off_body (device, 0, kept) };

  return fixture_log_say (self->log, &self->founder, &claim, NULL);
}

/* What the removed member signed elsewhere, on an old base, is dead wherever it arrives later. */
static void
test_back_dated_operations_of_a_removed_device_are_dead (Society *self, gconstpointer unused)
{
  GError *error = NULL;
  CosmicId late;

  carry (self->log, self->other);
  g_assert_cmpuint (switch_off (self, &self->member.key, NULL), ==, 0);
  fixture_log_certify (self->log, self->witness);
  /* The other computer has not heard of it. */
  g_assert_cmpuint (fixture_log_number (self->other, &self->member, &self->stream, 9, &late), ==,
                    0);
  g_assert_cmpuint (fixture_log_sum (self->other, &self->stream), ==, 9);
  carry (self->other, self->log);
  g_assert_cmpuint (fixture_log_sum (self->log, &self->stream), ==, 0);
  fixture_log_certify (self->log, self->witness);
  g_assert_cmpuint (
      cosmic_state_verdict (cosmic_log_certified (self->log->log, &self->stream, &error), &late),
      ==, COSMIC_REASON_AUTHOR_REMOVED);
  carry (self->log, self->other);
  g_assert_cmpuint (fixture_log_sum (self->other, &self->stream), ==, 0);
  g_assert_true (cosmic_id_same (cosmic_log_state_root (self->log->log),
                                 cosmic_log_state_root (self->other->log)));
}

static void
test_what_the_removal_lists_still_acts (Society *self, gconstpointer unused)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicId one, two;

  fixture_log_number (self->log, &self->member, &self->stream, 3, &one);
  fixture_log_number (self->log, &self->member, &self->stream, 4, &two);
  g_array_append_val (kept, one);
  g_assert_cmpuint (switch_off (self, &self->member.key, kept), ==, 0);
  g_assert_cmpuint (fixture_log_sum (self->log, &self->stream), ==, 3);
  fixture_log_certify (self->log, self->witness);
  g_assert_cmpuint (fixture_log_sum (self->log, &self->stream), ==, 3);
}

static void
test_nothing_covered_earlier_is_undone (Society *self, gconstpointer unused)
{
  fixture_log_number (self->log, &self->member, &self->stream, 3, NULL);
  fixture_log_certify (self->log, self->witness);
  g_assert_cmpuint (switch_off (self, &self->member.key, NULL), ==, 0);
  fixture_log_certify (self->log, self->witness);
  g_assert_cmpuint (fixture_log_sum (self->log, &self->stream), ==, 3);
  g_assert_cmpuint (fixture_log_number (self->log, &self->member, &self->stream, 4, NULL), ==,
                    COSMIC_REASON_AUTHOR_REMOVED);
}

static void
test_a_fork_acts_on_neither_branch_and_freezes_its_log (Society *self, gconstpointer unused)
{
  g_autoptr (CosmicOperation) a = NULL;
  g_autoptr (CosmicOperation) b = NULL;
  GError *error = NULL;
  CosmicClaim claim = { .kind = COSMIC_KIND_EQUIVOCATION };

  carry (self->log, self->other);
  fixture_log_number (self->log, &self->member, &self->stream, 3, NULL);
  fixture_log_number (self->log, &self->member, &self->stream, 30, NULL);
  fixture_log_number (self->other, &self->member, &self->stream, 4, NULL);
  carry (self->other, self->log);
  g_assert_cmpuint (fixture_log_sum (self->log, &self->stream), ==, 0);
  g_assert_true (cosmic_log_find_fork (self->log->log, &a, &b, &error));
  g_assert_no_error (error);
  claim.body = cosmic_equivocation_body (a, b);
  g_assert_cmpuint (fixture_log_say (self->log, &self->founder, &claim, NULL), ==, 0);
  fixture_log_certify (self->log, self->witness);
  g_clear_pointer (&a, cosmic_operation_unref);
  g_clear_pointer (&b, cosmic_operation_unref);
  g_assert_false (cosmic_log_find_fork (self->log->log, &a, &b, &error));
  carry (self->log, self->other);
  g_assert_cmpuint (fixture_log_sum (self->other, &self->stream), ==, 0);
  g_assert_true (cosmic_id_same (cosmic_log_state_root (self->log->log),
                                 cosmic_log_state_root (self->other->log)));
  /* Others go on. */
  g_assert_cmpuint (fixture_log_number (self->log, &self->founder, &self->stream, 5, NULL), ==, 0);
  g_assert_cmpuint (fixture_log_sum (self->log, &self->stream), ==, 5);
}

/* Whatever the order in which it came: here the last of the chain came first. */
static void
test_a_branch_takes_along_all_that_rests_on_it (Society *self, gconstpointer unused)
{
  FixtureLog *third = fixture_log_new (3);
  g_autoptr (GPtrArray) parcels = NULL;

  carry (self->log, self->other);
  fixture_log_give_keys (self->log, third);
  carry (self->log, third);
  fixture_log_number (self->other, &self->member, &self->stream, 4, NULL);
  for (guint32 number = 1; number <= 4; number++)
    fixture_log_number (self->log, &self->member, &self->stream, number, NULL);
  parcels = fixture_log_parcels (self->log);
  for (guint i = parcels->len; i-- > 0;)
    fixture_log_take (third, parcels->pdata[i]);
  g_assert_cmpuint (cosmic_log_n_open (third->log), ==, 4);
  carry (self->other, third);
  g_assert_cmpuint (cosmic_log_n_open (third->log), ==, 0);
  g_assert_cmpuint (fixture_log_sum (third, &self->stream), ==, 0);
  fixture_log_free (third);
}

/* What an honest member rested on a branch comes in once the fork is certified. */
static void
test_a_fork_does_not_silence_who_rested_on_it (Society *self, gconstpointer unused)
{
  g_autoptr (CosmicOperation) a = NULL;
  g_autoptr (CosmicOperation) b = NULL;
  GError *error = NULL;
  CosmicClaim claim = { .kind = COSMIC_KIND_EQUIVOCATION };
  const CosmicClaim reset = { .stream = self->stream, .kind = FIXTURE_KIND_RESET,
                              .body = g_variant_ref_sink (g_variant_new ("(u)", 1)) };

  carry (self->log, self->other);
  fixture_log_say (self->other, &self->member, &reset, NULL);
  g_assert_cmpuint (fixture_log_number (self->other, &self->founder, &self->stream, 7, NULL), ==,
                    0);
  fixture_log_number (self->log, &self->member, &self->stream, 3, NULL);
  carry (self->other, self->log);
  g_assert_cmpuint (fixture_log_sum (self->log, &self->stream), ==, 0);
  g_assert_true (cosmic_log_find_fork (self->log->log, &a, &b, &error));
  g_assert_no_error (error);
  claim.body = cosmic_equivocation_body (a, b);
  g_assert_cmpuint (fixture_log_say (self->log, &self->founder, &claim, NULL), ==, 0);
  fixture_log_certify (self->log, self->witness);
  g_assert_cmpuint (fixture_log_sum (self->log, &self->stream), ==, 7);
  g_assert_cmpuint (cosmic_log_n_open (self->log->log), ==, 0);
  g_variant_unref (reset.body);
}

static void
test_a_copied_profile_is_noticed_before_it_writes (Society *self, gconstpointer unused)
{
  g_autoptr (CosmicOperation) operation = NULL;
  GError *error = NULL;
  CosmicReason reason;
  const CosmicClaim claim = { .stream = self->stream, .kind = FIXTURE_KIND_SAY,
                              .body = g_variant_new ("(u)", 8) };

  carry (self->log, self->other);
  fixture_log_number (self->log, &self->member, &self->stream, 3, NULL);
  fixture_log_number (self->other, &self->member, &self->stream, 4, NULL);
  carry (self->other, self->log);
  cosmic_log_begin (self->log->log, NULL);
  g_assert_false (cosmic_log_append (self->log->log, self->member.sign, &claim, &operation, &reason,
                                     &error));
  g_assert_error (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_CONFLICT);
  g_clear_error (&error);
  cosmic_log_rollback (self->log->log, NULL);
}

/* A device that meets later entries of its own goes on behind them. */
static void
test_a_device_goes_on_behind_its_own_entries (Society *self, gconstpointer unused)
{
  carry (self->log, self->other);
  fixture_log_number (self->other, &self->member, &self->stream, 3, NULL);
  carry (self->other, self->log);
  g_assert_cmpuint (fixture_log_number (self->log, &self->member, &self->stream, 4, NULL), ==, 0);
  carry (self->log, self->other);
  g_assert_cmpuint (fixture_log_sum (self->other, &self->stream), ==, 3 * 31 + 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/log/" claim, Society, NULL, set_up, function, tear_down)
  ADD ("Back-dated operations of a removed device are dead",
       test_back_dated_operations_of_a_removed_device_are_dead);
  ADD ("What the removal lists still acts", test_what_the_removal_lists_still_acts);
  ADD ("Nothing covered earlier is undone", test_nothing_covered_earlier_is_undone);
  ADD ("A fork acts on neither branch and freezes its log",
       test_a_fork_acts_on_neither_branch_and_freezes_its_log);
  ADD ("A branch takes along all that rests on it", test_a_branch_takes_along_all_that_rests_on_it);
  ADD ("A fork does not silence who rested on it", test_a_fork_does_not_silence_who_rested_on_it);
  ADD ("A copied profile is noticed before it writes",
       test_a_copied_profile_is_noticed_before_it_writes);
  ADD ("A device goes on behind its own entries", test_a_device_goes_on_behind_its_own_entries);
  return g_test_run ();
}
