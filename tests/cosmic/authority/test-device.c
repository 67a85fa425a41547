/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-fold.h"

#define assert_reason(found, expected) g_assert_cmpuint ((found), ==, COSMIC_REASON_##expected)

/* A party with an officer (the founder) and a member, and an invitation's seed. */
typedef struct
{
  FixtureParty party;
  FixtureDevice member;
  FixtureLog log; /* the member's, in the authority stream */
  CosmicSecret *seed;
  CosmicId seed_id;
  CosmicId invited; /* whom it is for */
  CosmicId shares;
} World;

static void
world_init (World *self, guint64 number)
{
  fixture_party_init (&self->party, number);
  fixture_enrol (&self->party, &self->member, FALSE);
  self->log = fixture_log (&self->member, &cosmic_id_zero);
  self->seed
      = cosmic_sign_key_new (fixture_random_table (&self->party.random), self->seed_id.bytes);
  self->invited = fixture_id (&self->party.random);
  self->shares = fixture_id (&self->party.random);
}

static void
world_clear (World *self)
{
  fixture_device_clear (&self->member);
  cosmic_secret_free (self->seed);
  fixture_party_clear (&self->party);
}

static CosmicReason
invite (World *self, FixtureLog *log, const CosmicId *seed, gint64 expires)
{
  return fixture_claim (&self->party, log, COSMIC_KIND_INVITATION,
                        cosmic_invitation_body (seed, &self->invited, expires));
}

static CosmicReason
accept (World *self, FixtureLog *log, const CosmicRequest *request)
{
  return fixture_claim (&self->party, log, COSMIC_KIND_DEVICE_ADD,
                        cosmic_device_add_body (request, &self->shares));
}

static void
test_officers_invite_once_a_seed (void)
{
  World world;
  CosmicInvitation invitation;
  CosmicId small = { { 1 } };

  world_init (&world, 1);
  assert_reason (invite (&world, &world.log, &world.seed_id, 5000), NOT_ALLOWED);
  assert_reason (invite (&world, &world.party.log, &small, 5000), BAD_BODY);
  g_assert_false (
      cosmic_authority_invitation (world.party.authority, &world.seed_id, &invitation));
  assert_reason (invite (&world, &world.party.log, &world.seed_id, 5000), NONE);
  assert_reason (invite (&world, &world.party.log, &world.seed_id, 9000), ALREADY);
  g_assert_true (cosmic_authority_invitation (world.party.authority, &world.seed_id, &invitation));
  g_assert_cmpint (invitation.expires, ==, 5000);
  g_assert_false (invitation.used);
  g_assert_true (cosmic_id_same (&invitation.member, &world.invited));
  world_clear (&world);
}

static void
test_an_invitation_lets_one_device_in (void)
{
  World world;
  FixtureDevice device, second;
  CosmicDevice found;
  CosmicInvitation invitation;
  CosmicRequest request;

  world_init (&world, 2);
  fixture_device_init (&device, &world.party.random, &world.invited);
  fixture_device_init (&second, &world.party.random, &world.invited);
  request = fixture_request (&world.party, &device, world.seed);
  assert_reason (accept (&world, &world.party.log, &request), NO_SUCH_SUBJECT); /* not invited */
  assert_reason (invite (&world, &world.party.log, &world.seed_id, 5000), NONE);
  assert_reason (accept (&world, &world.log, &request), NOT_ALLOWED);
  world.party.fold.time = 5001;
  assert_reason (accept (&world, &world.party.log, &request), EXPIRED);
  world.party.fold.time = 5000;
  assert_reason (accept (&world, &world.party.log, &request), NONE);
  g_assert_true (cosmic_authority_device (world.party.authority, &device.id, &found));
  g_assert_true (cosmic_id_same (&found.member, &world.invited));
  g_assert_true (cosmic_id_same (&found.seal, &device.seal_id));
  g_assert_cmpuint (found.since, ==, world.party.fold.height);
  g_assert_true (cosmic_authority_invitation (world.party.authority, &world.seed_id, &invitation));
  g_assert_true (invitation.used);
  assert_reason (accept (&world, &world.party.log, &request), ALREADY); /* the same device */
  request = fixture_request (&world.party, &second, world.seed);
  assert_reason (accept (&world, &world.party.log, &request), ALREADY); /* the invitation is used */
  fixture_device_clear (&device);
  fixture_device_clear (&second);
  world_clear (&world);
}

static void
test_an_invitation_is_for_one_member (void)
{
  World world;
  FixtureDevice device;
  CosmicRequest request;

  world_init (&world, 3);
  assert_reason (invite (&world, &world.party.log, &world.seed_id, 5000), NONE);
  fixture_device_init (&device, &world.party.random, &world.member.member);
  request = fixture_request (&world.party, &device, world.seed);
  assert_reason (accept (&world, &world.party.log, &request), NO_SUCH_SUBJECT);
  fixture_device_clear (&device);
  world_clear (&world);
}

/* Everything in a request is under both signatures. */
static void
test_an_altered_request_is_no_proof (void)
{
  World world;
  FixtureDevice device;
  CosmicRequest good, request;
  const CosmicId other_party = { { 1 } };

  world_init (&world, 4);
  assert_reason (invite (&world, &world.party.log, &world.seed_id, 5000), NONE);
  fixture_device_init (&device, &world.party.random, &world.invited);
  good = fixture_request (&world.party, &device, world.seed);
  g_assert_true (cosmic_request_verify (&good, &world.party.fold.party));
  g_assert_false (cosmic_request_verify (&good, &other_party));
  for (guint i = 0; i < 7; i++)
    {
      request = good;
      switch (i)
        {
        case 0:
          request.member.bytes[7] ^= 1;
          break;
        case 1:
          request.seal.bytes[7] ^= 1;
          break;
        case 2:
          request.device_signature[7] ^= 1;
          break;
        case 3:
          request.seed_signature[7] ^= 1;
          break;
        case 4: /* as if there had been no invitation */
          request.invited = FALSE;
          break;
        case 5:
          request.seed = world.member.id;
          break;
        default:
          request.device = world.member.id;
          break;
        }
      assert_reason (accept (&world, &world.party.log, &request), BAD_PROOF);
    }
  request = fixture_request (&world.party, &device, NULL);
  request.invited = TRUE; /* the seed has not signed */
  request.seed = world.seed_id;
  assert_reason (accept (&world, &world.party.log, &request), BAD_PROOF);
  assert_reason (accept (&world, &world.party.log, &good), NONE);
  fixture_device_clear (&device);
  world_clear (&world);
}

static void
test_members_add_devices_of_their_own (void)
{
  World world;
  FixtureDevice second, foreign;
  CosmicRequest request;
  g_autoptr (GArray) devices = NULL;

  world_init (&world, 5);
  fixture_device_init (&second, &world.party.random, &world.member.member);
  fixture_device_init (&foreign, &world.party.random, &world.party.founder.member);
  request = fixture_request (&world.party, &foreign, NULL);
  assert_reason (accept (&world, &world.log, &request), NOT_ALLOWED);
  request = fixture_request (&world.party, &second, NULL);
  assert_reason (accept (&world, &world.log, &request), NONE);
  assert_reason (accept (&world, &world.party.log, &request), ALREADY);
  devices = cosmic_authority_devices_of (world.party.authority, &world.member.member);
  g_assert_cmpuint (devices->len, ==, 2);
  g_assert_cmpint (cosmic_id_compare (&g_array_index (devices, CosmicId, 0),
                                      &g_array_index (devices, CosmicId, 1)), <, 0);
  fixture_device_clear (&second);
  fixture_device_clear (&foreign);
  world_clear (&world);
}

/* A device to which nobody can seal would stop the next rotation. */
static void
test_a_device_can_be_sealed_to (void)
{
  World world;
  FixtureDevice device;
  CosmicRequest request;

  world_init (&world, 6);
  fixture_device_init (&device, &world.party.random, &world.member.member);
  device.seal_id = (CosmicId){ { 1 } };
  request = fixture_request (&world.party, &device, NULL);
  assert_reason (accept (&world, &world.log, &request), BAD_BODY);
  fixture_device_clear (&device);
  world_clear (&world);
}

static void
test_bodies_of_devices_are_whole (void)
{
  World world;
  FixtureDevice device;
  CosmicRequest request;

  world_init (&world, 7);
  fixture_device_init (&device, &world.party.random, &world.member.member);
  request = fixture_request (&world.party, &device, NULL);
  for (guint broken = 0; broken < 7; broken++)
    {
      g_autoptr (GVariant) body
          = g_variant_ref_sink (cosmic_device_add_body (&request, &world.shares));
      GVariant *fields[7];
      CosmicId id = { { 1 } };

      for (guint i = 0; i < 7; i++)
        fields[i] = g_variant_get_child_value (body, i);
      g_variant_unref (fields[broken]);
      fields[broken]
          = broken == 3 ? g_variant_new_maybe (NULL, cosmic_codec_new_bytes (&id, 31))
                        : cosmic_codec_new_bytes (&id, 31);
      fields[broken] = g_variant_ref_sink (fields[broken]);
      assert_reason (fixture_claim (&world.party, &world.log, COSMIC_KIND_DEVICE_ADD,
                                    g_variant_new_tuple (fields, 7)),
                     BAD_BODY);
      for (guint i = 0; i < 7; i++)
        g_variant_unref (fields[i]);
    }
  fixture_device_clear (&device);
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invitation/Officers invite, once a seed", test_officers_invite_once_a_seed);
  g_test_add_func ("/invitation/An invitation lets one device in, in time",
                   test_an_invitation_lets_one_device_in);
  g_test_add_func ("/invitation/An invitation is for one member",
                   test_an_invitation_is_for_one_member);
  g_test_add_func ("/device/An altered request is no proof", test_an_altered_request_is_no_proof);
  g_test_add_func ("/device/Members add devices of their own",
                   test_members_add_devices_of_their_own);
  g_test_add_func ("/device/A device can be sealed to", test_a_device_can_be_sealed_to);
  g_test_add_func ("/device/Bodies are whole", test_bodies_of_devices_are_whole);
  return g_test_run ();
}
