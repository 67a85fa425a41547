/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-log.h"

/* Entries come in any order; what is signed and certified on top of them must not show it. */

typedef struct
{
  FixtureLog *log;
  FixtureDevice founder;
  CosmicSecret *witness;
} Society;

static void
set_up (Society *self, gconstpointer unused)
{
  self->log = fixture_log_new (1);
  fixture_device_init (&self->founder, &self->log->random);
  fixture_log_found (self->log, &self->founder, &self->witness);
  fixture_log_certify (self->log, self->witness);
}

static void
tear_down (Society *self, gconstpointer unused)
{
  cosmic_secret_free (self->witness);
  fixture_device_clear (&self->founder);
  fixture_log_free (self->log);
}

static FixtureLog *
other_log (Society *self, guint64 seed)
{
  FixtureLog *other = fixture_log_new (seed);

  other->now = self->log->now;
  fixture_log_give_keys (self->log, other);
  return other;
}

static void
reopen (FixtureLog *log)
{
  GError *error = NULL;

  cosmic_log_begin (log->log, NULL);
  cosmic_log_rollback (log->log, &error);
  g_assert_no_error (error);
}

static void
test_a_device_signs_behind_its_newest (Society *self, gconstpointer unused)
{
  FixtureLog *other = other_log (self, 2);
  g_autoptr (GPtrArray) parcels = NULL;
  CosmicId stream;

  fixture_log_open_stream (self->log, &self->founder, &stream);
  for (guint32 i = 1; i <= 3; i++)
    fixture_log_number (self->log, &self->founder, &stream, i, NULL);
  parcels = fixture_log_parcels (self->log);
  /* The founding and its confirmation, and then what came last first. */
  g_assert_true (fixture_log_take (other, parcels->pdata[0]));
  g_assert_true (fixture_log_take (other, parcels->pdata[parcels->len - 1]));
  for (guint i = parcels->len - 1; i-- > 1;)
    g_assert_true (fixture_log_take (other, parcels->pdata[i]));
  g_assert_cmpuint (cosmic_log_n_open (other->log), ==, 4);
  reopen (other);
  g_assert_cmpuint (fixture_log_number (other, &self->founder, &stream, 4, NULL), ==, 0);
  g_assert_cmpuint (cosmic_log_n_open (other->log), ==, 5);
  fixture_log_free (other);
}

/* Every height of FROM, taken in by a log that has nothing but the entries. */
static void
assert_applies (Society *self, FixtureLog *from)
{
  FixtureLog *third = other_log (self, 4);
  g_autoptr (GPtrArray) parcels = fixture_log_parcels (from);

  for (guint i = 0; i < parcels->len; i++)
    {
      const FixtureParcel *parcel = parcels->pdata[i];

      g_assert_true (fixture_log_take (third, parcel));
      g_assert_true (parcel->list == NULL
                     || g_bytes_get_size (parcel->list) <= COSMIC_BATCH_SIZE_MAX);
    }
  g_assert_cmpuint (cosmic_log_height (third->log), ==, cosmic_log_height (from->log));
  g_assert_true (cosmic_id_same (cosmic_log_state_root (third->log),
                                 cosmic_log_state_root (from->log)));
  fixture_log_free (third);
}

/* More than one batch can hold, and what rests on something came before it. */
static void
test_every_batch_is_closed_and_fits (Society *self, gconstpointer unused)
{
  guint streams = 7000 / fixture_share ();
  FixtureLog *other = other_log (self, 3);
  g_autoptr (GPtrArray) parcels = NULL;
  CosmicId stream;

  for (guint i = 0; i < streams; i++)
    {
      fixture_log_open_stream (self->log, &self->founder, &stream);
      fixture_log_number (self->log, &self->founder, &stream, i + 1, NULL);
    }
  parcels = fixture_log_parcels (self->log);
  g_assert_cmpuint (parcels->len, ==, 2 + 2 * streams);
  g_assert_true (fixture_log_take (other, parcels->pdata[0]));
  g_assert_true (fixture_log_take (other, parcels->pdata[parcels->len - 1]));
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < streams; i++) /* all numbers, and then what opens their streams */
      g_assert_true (fixture_log_take (other, parcels->pdata[1 + 2 * i + (1 - pass)]));
  g_assert_cmpuint (cosmic_log_n_open (other->log), ==, 2 * streams);
  reopen (other);
  g_assert_cmpuint (fixture_log_certify (other, self->witness), ==, 2 * streams);
  g_test_message ("%u entries in %u streams: %u confirmations", 2 * streams, streams,
                  (guint) cosmic_log_height (other->log) - 1);
  g_assert_cmpuint (cosmic_log_height (other->log), >=, fixture_share () == 1 ? 3 : 2);
  assert_applies (self, other);
  fixture_log_free (other);
}

#define ADD(name, function)                                                                     \
  g_test_add ("/log-batch/" name, Society, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a device signs behind its newest", test_a_device_signs_behind_its_newest);
  ADD ("every batch is closed and fits", test_every_batch_is_closed_and_fits);
  return g_test_run ();
}
