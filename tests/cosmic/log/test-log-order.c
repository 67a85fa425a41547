/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-log.h"

#define DEVICES 5
#define STREAMS 3

/* The invariant of design 4.3: the same operations and the same certificates give the same state,
 * byte for byte, in whatever order they arrived. */

typedef struct
{
  FixtureLog *log;
  FixtureDevice devices[DEVICES];
  CosmicId streams[STREAMS];
  CosmicSecret *witness;
} World;

static void
world_init (World *self, guint64 seed, guint steps)
{
  self->log = fixture_log_new (seed);
  for (guint i = 0; i < DEVICES; i++)
    fixture_device_init (&self->devices[i], &self->log->random);
  fixture_log_found (self->log, &self->devices[0], &self->witness);
  for (guint i = 1; i < DEVICES; i++)
    g_assert_cmpuint (fixture_log_enrol (self->log, &self->devices[0], &self->devices[i]), ==, 0);
  for (guint i = 0; i < STREAMS; i++)
    fixture_log_open_stream (self->log, &self->devices[i], &self->streams[i]);
  for (guint i = 0; i < steps; i++)
    {
      const FixtureDevice *device
          = &self->devices[fixture_random_below (&self->log->random, DEVICES)];
      const CosmicId *stream
          = &self->streams[fixture_random_below (&self->log->random, STREAMS)];

      switch (fixture_random_below (&self->log->random, 12))
        {
        case 0:
          fixture_log_certify (self->log, self->witness);
          break;
        case 1:
          {
            const CosmicClaim reset = { .stream = *stream, .kind = FIXTURE_KIND_RESET,
                                        .body = g_variant_new ("(u)", i) };

            fixture_log_say (self->log, device, &reset, NULL);
            break;
          }
        case 2:
          {
            const CosmicClaim about = {
              .kind = FIXTURE_KIND_ABOUT,
              .body = g_variant_new ("(@ayu)", cosmic_codec_new_id (&device->member), i + 1),
              .personal = g_variant_new ("(s)", "a name"),
            };

            fixture_log_say (self->log, device, &about, NULL);
            break;
          }
        default:
          fixture_log_number (self->log, device, stream, i + 1, NULL);
        }
    }
}

static void
world_clear (World *self)
{
  cosmic_secret_free (self->witness);
  for (guint i = 0; i < DEVICES; i++)
    fixture_device_clear (&self->devices[i]);
  fixture_log_free (self->log);
}

static void
shuffle (GPtrArray *array, FixtureRandom *random)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint j = (guint) fixture_random_below (random, i);
      gpointer swap = array->pdata[i - 1];

      array->pdata[i - 1] = array->pdata[j];
      array->pdata[j] = swap;
    }
}

/* Delivers PARCELS in a random order, some twice, until all are in: what must wait is tried again
 * after the others. */
static void
deliver (FixtureLog *log, GPtrArray *parcels, FixtureRandom *random)
{
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  for (guint i = 0; i < parcels->len; i++)
    for (guint copies = fixture_random_below (random, 4) == 0 ? 2 : 1; copies > 0; copies--)
      g_ptr_array_add (todo, parcels->pdata[i]);
  for (guint rounds = 0; todo->len > 0; rounds++)
    {
      g_autoptr (GPtrArray) again = g_ptr_array_new ();

      g_assert_cmpuint (rounds, <, 100);
      shuffle (todo, random);
      for (guint i = 0; i < todo->len; i++)
        if (!fixture_log_take (log, todo->pdata[i]))
          g_ptr_array_add (again, todo->pdata[i]);
      g_ptr_array_set_size (todo, 0);
      g_ptr_array_extend (todo, again, NULL, NULL);
    }
}

static void
assert_same (FixtureLog *a, FixtureLog *b)
{
  CosmicId x, y;
  GError *error = NULL;

  g_assert_cmpuint (cosmic_log_height (a->log), ==, cosmic_log_height (b->log));
  g_assert_true (cosmic_id_same (cosmic_log_state_root (a->log), cosmic_log_state_root (b->log)));
  g_assert_cmpuint (cosmic_log_n_open (a->log), ==, cosmic_log_n_open (b->log));
  cosmic_log_tail_hash (a->log, &x, &error);
  cosmic_log_tail_hash (b->log, &y, &error);
  g_assert_no_error (error);
  g_assert_true (cosmic_id_same (&x, &y));
}

static void
test_any_order_of_arrival_gives_the_same_state (void)
{
  guint seeds = 48 / MIN (fixture_share (), 12), parcels_total = 0;

  for (guint64 seed = 1; seed <= seeds; seed++)
    {
      World world;
      FixtureLog *other = fixture_log_new (1000 + seed);
      g_autoptr (GPtrArray) parcels = NULL;

      g_test_message ("seed %" G_GUINT64_FORMAT, seed);
      world_init (&world, seed, 40);
      fixture_log_give_keys (world.log, other);
      parcels = fixture_log_parcels (world.log);
      parcels_total += parcels->len;
      deliver (other, parcels, &other->random);
      assert_same (world.log, other);
      fixture_log_free (other);
      world_clear (&world);
    }
  g_test_message ("%u worlds, %u parcels", seeds, parcels_total);
}

/* Whatever has arrived of it so far, the certified state at a height is the one that was certified,
 * and later arrivals do not change it. */
static void
test_nothing_behind_a_checkpoint_changes (void)
{
  World world;
  FixtureLog *other = fixture_log_new (99);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) all = NULL;
  CosmicId root, late_stream;
  guint64 height;

  world_init (&world, 5, 60);
  fixture_log_certify (world.log, world.witness);
  fixture_log_give_keys (world.log, other);
  first = fixture_log_parcels (world.log);
  deliver (other, first, &other->random);
  root = *cosmic_log_state_root (other->log);
  height = cosmic_log_height (other->log);
  late_stream = world.streams[0];
  fixture_log_number (world.log, &world.devices[1], &late_stream, 77, NULL);
  all = fixture_log_parcels (world.log);
  deliver (other, all, &other->random);
  g_assert_cmpuint (cosmic_log_height (other->log), ==, height);
  g_assert_true (cosmic_id_same (cosmic_log_state_root (other->log), &root));
  g_assert_cmpuint (cosmic_log_n_open (other->log), ==, 1);
  fixture_log_free (other);
  world_clear (&world);
}

static guint
count_held (FixtureLog *log)
{
  CosmicVerifyReport report;
  GError *error = NULL;
  guint held;

  cosmic_log_verify (log->log, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  held = report.held;
  cosmic_verify_report_clear (&report);
  return held;
}

/* Of a chain of operations, the last ones wait until the first comes; then all act at once. */
static void
test_held_operations_act_when_their_causes_arrive (void)
{
  World world;
  FixtureLog *other = fixture_log_new (98);
  g_autoptr (GPtrArray) parcels = NULL;
  guint operations;

  world_init (&world, 6, 0);
  for (guint32 i = 1; i <= 10; i++)
    fixture_log_number (world.log, &world.devices[1], &world.streams[1], i, NULL);
  fixture_log_give_keys (world.log, other);
  parcels = fixture_log_parcels (world.log);
  operations = parcels->len;
  for (guint i = operations; i-- > 1;)
    {
      g_assert_true (fixture_log_take (other, parcels->pdata[i]));
      g_assert_cmpuint (cosmic_log_n_open (other->log), ==, 0);
      g_assert_cmpuint (fixture_log_sum (other, &world.streams[1]), ==, 0);
    }
  g_assert_cmpuint (count_held (other), ==, operations - 1);
  g_assert_true (fixture_log_take (other, parcels->pdata[0]));
  g_assert_cmpuint (count_held (other), ==, 0);
  g_assert_cmpuint (cosmic_log_n_open (other->log), ==, operations);
  assert_same (world.log, other);
  fixture_log_free (other);
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/Any order of arrival gives the same state",
                   test_any_order_of_arrival_gives_the_same_state);
  g_test_add_func ("/log/Nothing behind a checkpoint changes",
                   test_nothing_behind_a_checkpoint_changes);
  g_test_add_func ("/log/Held operations act when their causes arrive",
                   test_held_operations_act_when_their_causes_arrive);
  return g_test_run ();
}
