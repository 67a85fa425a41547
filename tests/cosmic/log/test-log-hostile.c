/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-log.h"

/* Devices that are copied, back-dated, unknown or malformed, erasures and removals, in any order
 * and in pieces: whoever has everything in the end has the same. */

#define DEVICES 5
#define LOGS    4 /* the first is the record keeper's */
#define ROUNDS  6

typedef struct
{
  FixtureRandom random;
  FixtureLog *logs[LOGS];
  FixtureDevice devices[DEVICES + 1]; /* the last is nobody's */
  CosmicSecret *witness;
  CosmicId stream;
  GPtrArray *crafted; /* of FixtureParcel, owned */
} World;

static guint
below (World *self, guint bound)
{
  return (guint) fixture_random_below (&self->random, bound);
}

/* Says it if it may be said there; a device that was copied may not. */
static void
say (FixtureLog *log, const FixtureDevice *device, const CosmicClaim *claim)
{
  g_autoptr (CosmicOperation) operation = NULL;
  GError *error = NULL;
  CosmicReason reason;

  cosmic_log_begin (log->log, &error);
  g_assert_no_error (error);
  if (cosmic_log_append (log->log, device->sign, claim, &operation, &reason, &error))
    cosmic_log_commit (log->log, NULL);
  else
    cosmic_log_rollback (log->log, NULL);
  g_clear_error (&error);
}

static gboolean
take_key (const CosmicScopeKey *key, gpointer data)
{
  g_ptr_array_add (data, cosmic_scope_key_new (cosmic_scope_key_bytes (key)));
  return TRUE;
}

/* An operation by hand: of a stranger, on a confirmation that never was, under any key, or with a
 * part of another size than is signed. */
static void
craft (World *self)
{
  CosmicLogStore store = cosmic_log_store (self->logs[0]->log);
  const FixtureDevice *device = &self->devices[1 + below (self, DEVICES)];
  g_autoptr (GPtrArray) keys
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_scope_key_free);
  CosmicHeader header = { .party = *cosmic_log_party (self->logs[0]->log),
                          .stream = self->stream, .kind = FIXTURE_KIND_SAY };
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (GBytes) part = NULL;
  FixtureParcel *parcel = g_new0 (FixtureParcel, 1);
  guint8 salt[COSMIC_PART_SALT_SIZE];
  const CosmicScopeKey *key;

  store.table->each_key (store.self, take_key, keys, NULL);
  key = keys->pdata[below (self, keys->len)];
  header.base.height = below (self, 6);
  dpop_random_fill (fixture_random_table (&self->random), salt, sizeof salt);
  if (header.base.height > 0)
    memcpy (&header.base.id, salt, sizeof header.base.id);
  part = cosmic_part_new (g_variant_new ("(u)", 1 + below (self, 99)), salt);
  parcel->body = cosmic_envelope_seal (key, COSMIC_ITEM_BODY, &header.stream, header.base.height,
                                       part);
  header.key = header.body.key = *cosmic_scope_key_id (key);
  header.body.there = TRUE;
  header.body.size = (guint32) g_bytes_get_size (part) + below (self, 2);
  cosmic_envelope_id (parcel->body, &header.body.id);
  operation = cosmic_operation_sign (&header, device->sign);
  parcel->item = g_bytes_ref (operation->item);
  g_ptr_array_add (self->crafted, parcel);
}

static void
act (World *self)
{
  guint who = below (self, DEVICES);
  const FixtureDevice *device = &self->devices[who];
  /* The founder's has no copy: somebody must show the forks of the others. */
  FixtureLog *log = self->logs[who == 0 ? 0 : below (self, LOGS)];
  const FixtureDevice *other = &self->devices[1 + below (self, DEVICES - 1)];
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicClaim claim = { .stream = self->stream, .kind = FIXTURE_KIND_SAY };
  guint what = below (self, 16);

  g_array_append_val (members, other->member);
  if (what < 9)
    claim.body = g_variant_new ("(u)", 1 + below (self, 99));
  else if (what < 11)
    claim.kind = FIXTURE_KIND_RESET, claim.body = g_variant_new ("(u)", 1);
  else
    claim.stream = cosmic_id_zero;
  if (what == 11 || what == 12)
    {
      claim.kind = FIXTURE_KIND_ABOUT;
      claim.body = g_variant_new ("(@ayu)", cosmic_codec_new_id (&other->member), what);
      claim.personal = g_variant_new ("(s)", "a name");
    }
  else if (what == 13)
    {
      claim.kind = COSMIC_KIND_ERASE;
      claim.body = cosmic_erase_body (NULL, members);
    }
  else if (what == 14 && below (self, 4) == 0)
    {
      claim.kind = COSMIC_KIND_DEVICE_OFF;
      claim.body = cosmic_device_off_body (&other->key, 0, NULL);
    }
  else if (what >= 14)
    {
      craft (self);
      return;
    }
  say (log, device, &claim);
}

/* All that FROM has, some of it twice, first without its parts, in any order. */
static void
carry (World *self, GPtrArray *parcels, FixtureLog *to, guint share)
{
  for (guint rounds = 0; rounds < 2; rounds++)
    for (guint i = parcels->len; i > 0; i--)
      {
        guint j = below (self, i);
        FixtureParcel *parcel = parcels->pdata[j];
        FixtureParcel bare = { .item = parcel->item };

        parcels->pdata[j] = parcels->pdata[i - 1];
        parcels->pdata[i - 1] = parcel;
        if (below (self, share) != 0)
          continue;
        if (parcel->item != NULL && below (self, 4) == 0)
          fixture_log_take (to, &bare);
        fixture_log_take (to, parcel);
      }
}

static void
exchange (World *self, guint share)
{
  for (guint i = 0; i < LOGS; i++)
    for (guint j = 0; j < LOGS; j++)
      {
        g_autoptr (GPtrArray) parcels = i != j ? fixture_log_parcels (self->logs[i]) : NULL;

        if (parcels != NULL)
          carry (self, parcels, self->logs[j], share);
      }
  for (guint i = 0; i < LOGS; i++)
    carry (self, self->crafted, self->logs[i], share);
}

/* Every fork that is found is shown, and the logs certified to be dead. */
static void
show_forks (World *self)
{
  GError *error = NULL;
  CosmicOperation *a, *b;

  while (cosmic_log_find_fork (self->logs[0]->log, &a, &b, &error))
    {
      CosmicClaim claim = { .kind = COSMIC_KIND_EQUIVOCATION };

      claim.body = cosmic_equivocation_body (a, b);
      cosmic_operation_unref (a);
      cosmic_operation_unref (b);
      g_assert_cmpuint (fixture_log_say (self->logs[0], &self->devices[0], &claim, NULL), ==, 0);
    }
  g_assert_no_error (error);
  fixture_log_certify (self->logs[0], self->witness);
}

static void
world_init (World *self, guint64 seed)
{
  *self = (World){ 0 };
  fixture_random_init (&self->random, seed);
  self->crafted = fixture_parcels_new ();
  for (guint i = 0; i < LOGS; i++)
    self->logs[i] = fixture_log_new (seed * LOGS + i);
  for (guint i = 0; i <= DEVICES; i++)
    fixture_device_init (&self->devices[i], &self->random);
  fixture_log_found (self->logs[0], &self->devices[0], &self->witness);
  for (guint i = 1; i < DEVICES; i++)
    g_assert_cmpuint (fixture_log_enrol (self->logs[0], &self->devices[0], &self->devices[i]), ==,
                      0);
  fixture_log_open_stream (self->logs[0], &self->devices[0], &self->stream);
  fixture_log_certify (self->logs[0], self->witness);
  for (guint i = 1; i < LOGS; i++)
    fixture_log_give_keys (self->logs[0], self->logs[i]);
  exchange (self, 1);
}

static void
world_clear (World *self)
{
  g_ptr_array_unref (self->crafted);
  cosmic_secret_free (self->witness);
  for (guint i = 0; i <= DEVICES; i++)
    fixture_device_clear (&self->devices[i]);
  for (guint i = 0; i < LOGS; i++)
    fixture_log_free (self->logs[i]);
}

static void
assert_same (World *self)
{
  CosmicId first, hash;
  GError *error = NULL;

  cosmic_log_tail_hash (self->logs[0]->log, &first, &error);
  for (guint i = 0; i < LOGS; i++)
    {
      CosmicLog *log = self->logs[i]->log;
      CosmicVerifyReport report;

      g_assert_cmpuint (cosmic_log_height (log), ==, cosmic_log_height (self->logs[0]->log));
      g_assert_true (cosmic_id_same (cosmic_log_checkpoint (log),
                                     cosmic_log_checkpoint (self->logs[0]->log)));
      g_assert_cmpuint (cosmic_log_n_open (log), ==, cosmic_log_n_open (self->logs[0]->log));
      cosmic_log_tail_hash (log, &hash, &error);
      g_assert_no_error (error);
      g_assert_true (cosmic_id_same (&hash, &first));
      g_assert_true (cosmic_log_verify (log, NULL, NULL, &report, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (report.faults->len, ==, 0);
      cosmic_verify_report_clear (&report);
    }
}

static void
test_everyone_ends_in_the_same_state (void)
{
  guint seeds = MAX (12 / fixture_share (), 1);

  for (guint64 seed = 1; seed <= seeds; seed++)
    {
      World world;

      g_test_message ("seed %" G_GUINT64_FORMAT, seed);
      world_init (&world, seed);
      for (guint round = 0; round < ROUNDS; round++)
        {
          for (guint i = 0; i < 8; i++)
            act (&world);
          exchange (&world, 3);
          if (below (&world, 2) == 0)
            show_forks (&world);
        }
      for (guint i = 0; i < 4; i++)
        exchange (&world, 1);
      assert_same (&world);
      show_forks (&world);
      exchange (&world, 1);
      exchange (&world, 1);
      assert_same (&world);
      world_clear (&world);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/Everyone ends in the same state", test_everyone_ends_in_the_same_state);
  return g_test_run ();
}
