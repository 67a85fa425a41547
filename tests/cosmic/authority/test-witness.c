/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-certificate.h"
#include "fixture-fold.h"

#define assert_reason(found, expected) g_assert_cmpuint ((found), ==, COSMIC_REASON_##expected)

G_STATIC_ASSERT (COSMIC_APPOINTED_MAX <= COSMIC_WITNESSES_MAX);

/* A party with its founder and a member; witness keys for both. */
typedef struct
{
  FixtureParty party;
  FixtureDevice member;
  FixtureLog log; /* the member's, in the authority stream */
  CosmicSecret *witness;
  CosmicId witness_id;
} World;

static CosmicSecret *
new_key (FixtureParty *party, CosmicId *id)
{
  return cosmic_sign_key_new (fixture_random_table (&party->random), id->bytes);
}

static void
world_init (World *self, guint64 number)
{
  fixture_party_init (&self->party, number);
  fixture_enrol (&self->party, &self->member, FALSE);
  self->log = fixture_log (&self->member, &cosmic_id_zero);
  self->witness = new_key (&self->party, &self->witness_id);
}

static void
world_clear (World *self)
{
  fixture_device_clear (&self->member);
  cosmic_secret_free (self->witness);
  fixture_party_clear (&self->party);
}

static CosmicReason
offer (World *self, FixtureLog *log, const CosmicSecret *witness)
{
  return fixture_claim (&self->party, log, COSMIC_KIND_WITNESS_OFFER,
                        cosmic_witness_offer_body (&self->party.fold.party, &log->device->id,
                                                   witness));
}

static CosmicReason
appoint (World *self, const FixtureDevice *device)
{
  return cosmic_authority_appoint_witness (&self->party.fold, &device->id);
}

static CosmicReason
dismiss (World *self, const FixtureDevice *device)
{
  return cosmic_authority_dismiss_witness (&self->party.fold, &device->id);
}

static guint
count (const World *self)
{
  CosmicWitnesses witnesses;
  guint n;

  g_assert_true (cosmic_authority_witnesses (self->party.authority, &witnesses));
  n = witnesses.keys->len;
  g_assert_cmpuint (cosmic_quorum (n, witnesses.f), >, 0);
  cosmic_witnesses_clear (&witnesses);
  return n;
}

static void
test_the_founder_is_the_first (void)
{
  World world;
  CosmicWitnessPlace place;
  CosmicId key, device;

  world_init (&world, 1);
  g_assert_true (
      cosmic_authority_witness_of (world.party.authority, &world.party.founder.id, &key));
  g_assert_true (cosmic_id_same (&key, &world.party.witness));
  g_assert_true (cosmic_authority_witness_device (world.party.authority, &key, &device));
  g_assert_true (cosmic_id_same (&device, &world.party.founder.id));
  g_assert_true (cosmic_authority_witness_place (world.party.authority, &device, &place));
  g_assert_true (place.appointed);
  g_assert_cmpuint (place.since, ==, 1);
  assert_reason (dismiss (&world, &world.party.founder), LAST_ONE);
  assert_reason (offer (&world, &world.party.log, world.witness), ALREADY);
  world_clear (&world);
}

static void
test_who_offers_has_the_key (void)
{
  World world;
  const CosmicId other = { { 1 } };
  GVariant *body;

  world_init (&world, 2);
  /* For another party, and another computer's. */
  body = cosmic_witness_offer_body (&other, &world.member.id, world.witness);
  assert_reason (fixture_claim (&world.party, &world.log, COSMIC_KIND_WITNESS_OFFER, body),
                 BAD_PROOF);
  body = cosmic_witness_offer_body (&world.party.fold.party, &world.party.founder.id,
                                    world.witness);
  assert_reason (fixture_claim (&world.party, &world.log, COSMIC_KIND_WITNESS_OFFER, body),
                 BAD_PROOF);
  body = fixture_shorten (cosmic_witness_offer_body (&world.party.fold.party, &world.member.id,
                                                     world.witness),
                          0);
  assert_reason (fixture_claim (&world.party, &world.log, COSMIC_KIND_WITNESS_OFFER, body),
                 BAD_BODY);
  body = fixture_shorten (cosmic_witness_offer_body (&world.party.fold.party, &world.member.id,
                                                     world.witness),
                          1);
  assert_reason (fixture_claim (&world.party, &world.log, COSMIC_KIND_WITNESS_OFFER, body),
                 BAD_BODY);
  assert_reason (appoint (&world, &world.member), NO_SUCH_SUBJECT);
  assert_reason (offer (&world, &world.log, world.witness), NONE);
  world_clear (&world);
}

static void
test_the_newest_offer_stands (void)
{
  World world;
  CosmicId key, device;
  g_autoptr (CosmicSecret) newer = NULL;
  g_autoptr (GArray) places = NULL;

  world_init (&world, 3);
  newer = new_key (&world.party, &key);
  assert_reason (offer (&world, &world.log, world.witness), NONE);
  assert_reason (offer (&world, &world.log, world.witness), ALREADY);
  assert_reason (offer (&world, &world.log, newer), NONE);
  g_assert_false (
      cosmic_authority_witness_device (world.party.authority, &world.witness_id, &device));
  places = cosmic_authority_witness_places (world.party.authority);
  g_assert_cmpuint (places->len, ==, 2);
  assert_reason (appoint (&world, &world.member), NONE);
  assert_reason (appoint (&world, &world.member), ALREADY);
  g_assert_cmpuint (count (&world), ==, 2);
  assert_reason (offer (&world, &world.log, world.witness), ALREADY);
  g_assert_true (cosmic_authority_witness_of (world.party.authority, &world.member.id, &device));
  g_assert_true (cosmic_id_same (&device, &key));
  world_clear (&world);
}

/* Two computers with one key would count twice where they are one. */
static void
test_a_key_is_one_computers (void)
{
  World world;

  world_init (&world, 4);
  assert_reason (offer (&world, &world.log, world.witness), NONE);
  assert_reason (appoint (&world, &world.member), NONE);
  assert_reason (dismiss (&world, &world.party.founder), NONE);
  assert_reason (offer (&world, &world.party.log, world.witness), ALREADY);
  assert_reason (dismiss (&world, &world.member), LAST_ONE);
  g_assert_cmpuint (count (&world), ==, 1);
  world_clear (&world);
}

static CosmicReason
switch_off (World *self, const FixtureDevice *device)
{
  return fixture_claim (&self->party, &self->party.log, COSMIC_KIND_DEVICE_OFF,
                        cosmic_device_off_body (&device->id, 0, NULL));
}

static void
test_an_offer_ends_with_its_computer (void)
{
  World world;
  CosmicWitnessPlace place;

  world_init (&world, 5);
  assert_reason (offer (&world, &world.log, world.witness), NONE);
  assert_reason (switch_off (&world, &world.member), NONE);
  g_assert_false (
      cosmic_authority_witness_place (world.party.authority, &world.member.id, &place));
  assert_reason (appoint (&world, &world.member), NO_SUCH_SUBJECT);
  world_clear (&world);
}

/* Who may switch a computer off does not choose by it who makes a quorum. */
static void
test_a_keeper_switched_off_stays_one (void)
{
  World world;

  world_init (&world, 6);
  assert_reason (offer (&world, &world.log, world.witness), NONE);
  assert_reason (appoint (&world, &world.member), NONE);
  assert_reason (switch_off (&world, &world.member), NONE);
  g_assert_cmpuint (count (&world), ==, 2);
  assert_reason (dismiss (&world, &world.member), NONE);
  g_assert_cmpuint (count (&world), ==, 1);
  world_clear (&world);
}

/* --- Any changes in any order. ---------------------------------------------------------------- */

#define MANY 40

static guint32 faults;

static guint32
by_charter (const CosmicState *authority)
{
  return faults;
}

static void
check_set (const World *self, const gboolean *keeps, guint n)
{
  CosmicWitnesses witnesses;

  g_assert_true (cosmic_authority_witnesses (self->party.authority, &witnesses));
  g_assert_cmpuint (witnesses.keys->len, ==, n);
  g_assert_cmpuint (cosmic_quorum (n, witnesses.f), >, 0);
  g_assert_cmpuint (witnesses.f, <=, faults);
  g_assert_true (witnesses.f == faults || 3 * (witnesses.f + 1) + 1 > n);
  cosmic_witnesses_clear (&witnesses);
}

static void
test_there_always_is_a_quorum (void)
{
  World world;
  CosmicPolicy policy = *fixture_rules.policy;
  CosmicRules rules = fixture_rules;
  FixtureDevice devices[MANY];
  gboolean keeps[MANY] = { FALSE };
  guint n = 1;

  world_init (&world, 7);
  for (guint i = 0; i < MANY; i++)
    {
      FixtureLog log;
      CosmicId id;
      g_autoptr (CosmicSecret) key = new_key (&world.party, &id);

      fixture_enrol (&world.party, &devices[i], FALSE);
      log = fixture_log (&devices[i], &cosmic_id_zero);
      assert_reason (offer (&world, &log, key), NONE);
    }
  policy.witness_faults = by_charter;
  rules.policy = &policy;
  world.party.fold.rules = &rules;
  for (guint i = 0; i < 4000; i++)
    {
      guint who = fixture_random_below (&world.party.random, MANY);
      gboolean more = fixture_random_below (&world.party.random, 1 + i / 200 % 4) == 0;
      CosmicReason reason;

      faults = fixture_random_below (&world.party.random, 12);
      if (more && !keeps[who])
        {
          reason = appoint (&world, &devices[who]);
          g_assert_cmpuint (reason, ==,
                            n < COSMIC_APPOINTED_MAX ? COSMIC_REASON_NONE
                                                     : COSMIC_REASON_NOT_ALLOWED);
          if (reason != COSMIC_REASON_NONE)
            continue;
          keeps[who] = TRUE;
          n++;
          check_set (&world, keeps, n);
        }
      else if (!more && keeps[who])
        {
          g_autoptr (CosmicSecret) key = NULL;
          FixtureLog log = fixture_log (&devices[who], &cosmic_id_zero);
          CosmicId id;

          assert_reason (dismiss (&world, &devices[who]), NONE);
          keeps[who] = FALSE;
          n--;
          check_set (&world, keeps, n);
          key = new_key (&world.party, &id);
          assert_reason (offer (&world, &log, key), NONE);
        }
    }
  for (guint i = 0; i < MANY; i++)
    fixture_device_clear (&devices[i]);
  world.party.fold.rules = &fixture_rules;
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/witness/The founder is the first", test_the_founder_is_the_first);
  g_test_add_func ("/witness/Who offers has the key", test_who_offers_has_the_key);
  g_test_add_func ("/witness/The newest offer stands", test_the_newest_offer_stands);
  g_test_add_func ("/witness/A key is one computer's", test_a_key_is_one_computers);
  g_test_add_func ("/witness/An offer ends with its computer",
                   test_an_offer_ends_with_its_computer);
  g_test_add_func ("/witness/A keeper switched off stays one until dismissed",
                   test_a_keeper_switched_off_stays_one);
  g_test_add_func ("/witness/There always is a quorum", test_there_always_is_a_quorum);
  return g_test_run ();
}
