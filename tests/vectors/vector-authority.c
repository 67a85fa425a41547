/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-fold.h"
#include "vector-file.h"

/* --- Bodies. -------------------------------------------------------------------------------- */

static void
write_body (VectorFile *file, const char *name, guint16 number, GVariant *body)
{
  const CosmicKind *kind = cosmic_rules_kind (&fixture_rules, number);
  g_autoptr (GVariant) sunk = g_variant_ref_sink (body);
  g_autoptr (GBytes) bytes = cosmic_codec_encode (sunk);

  g_assert_cmpstr (g_variant_get_type_string (sunk), ==, kind->body_type);
  vector_file_begin (file, name);
  vector_file_number (file, "kind", number);
  vector_file_text (file, "kind_name", kind->name);
  vector_file_number (file, "class", kind->class);
  vector_file_text (file, "type", kind->body_type);
  vector_file_variant (file, "value", sunk);
  vector_file_blob (file, "body", bytes);
}

static CosmicOperation *
some_operation (FixtureParty *party, FixtureLog *log, guint16 kind)
{
  CosmicHeader header = fixture_header (party, log, kind, TRUE);

  return fixture_sign (party, log, &header, fixture_member_body (&party->witness, FALSE), NULL);
}

static void
write_requests (VectorFile *file, FixtureParty *party)
{
  FixtureRandom *random = &party->random;
  CosmicId member = fixture_id (random), shares = fixture_id (random), seed_id;
  g_autoptr (CosmicSecret) seed
      = cosmic_sign_key_new (fixture_random_table (random), seed_id.bytes);
  FixtureDevice device;
  CosmicRequest request;

  fixture_device_init (&device, random, &member);
  write_body (file, "an invitation", COSMIC_KIND_INVITATION,
              cosmic_invitation_body (&seed_id, &member, G_GINT64_CONSTANT (1767225600000)));
  request = fixture_request (party, &device, seed);
  write_body (file, "a device, invited", COSMIC_KIND_DEVICE_ADD,
              cosmic_device_add_body (&request, &shares));
  vector_file_id (file, "party", &party->fold.party);
  request = fixture_request (party, &device, NULL);
  write_body (file, "a device of one's own", COSMIC_KIND_DEVICE_ADD,
              cosmic_device_add_body (&request, &shares));
  vector_file_id (file, "party", &party->fold.party);
  fixture_device_clear (&device);
}

static void
write_removals (VectorFile *file, FixtureParty *party)
{
  FixtureLog copy = party->log;
  g_autoptr (CosmicOperation) a = some_operation (party, &party->log, FIXTURE_KIND_MEMBER);
  g_autoptr (CosmicOperation) b = some_operation (party, &copy, FIXTURE_KIND_UNIT);
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();

  g_array_append_val (kept, a->id);
  g_array_append_val (kept, b->id);
  cosmic_ids_normalise (kept);
  g_ptr_array_add (operations, a);
  g_ptr_array_add (operations, b);
  write_body (file, "a device off, nothing kept", COSMIC_KIND_DEVICE_OFF,
              cosmic_device_off_body (&party->founder.id, 3, NULL));
  write_body (file, "a device off, some kept", COSMIC_KIND_DEVICE_OFF,
              cosmic_device_off_body (&party->founder.id, 65535, kept));
  write_body (file, "a fork", COSMIC_KIND_EQUIVOCATION, cosmic_equivocation_body (b, a));
  write_body (file, "texts erased", COSMIC_KIND_ERASE, cosmic_erase_body (operations, NULL));
  write_body (file, "members erased", COSMIC_KIND_ERASE, cosmic_erase_body (NULL, kept));
}

static void
write_attachment (VectorFile *file, FixtureParty *party)
{
  const CosmicId member = fixture_id (&party->random);
  FixtureDevice device;
  CosmicRequest request;

  fixture_device_init (&device, &party->random, &member);
  request = fixture_request (party, &device, NULL);
  write_body (file, "a device for who lost all", COSMIC_KIND_DEVICE_ATTACH,
              cosmic_device_attach_body (&request));
  vector_file_id (file, "party", &party->fold.party);
  write_body (file, "another officer supports it", COSMIC_KIND_ATTACH_SUPPORT,
              cosmic_attach_support_body (&device.id));
  write_body (file, "a device of old stops it", COSMIC_KIND_ATTACH_VETO,
              cosmic_attach_veto_body (&device.id));
  fixture_device_clear (&device);
}

static void
write_offer (VectorFile *file, FixtureParty *party)
{
  CosmicId key;
  g_autoptr (CosmicSecret) witness
      = cosmic_sign_key_new (fixture_random_table (&party->random), key.bytes);

  write_body (file, "an offer to be a witness", COSMIC_KIND_WITNESS_OFFER,
              cosmic_witness_offer_body (&party->fold.party, &party->founder.id, witness));
  vector_file_id (file, "party", &party->fold.party);
  vector_file_id (file, "device", &party->founder.id);
}

static CosmicRotation
next_rotation (FixtureParty *party, guint32 epoch, GBytes *link)
{
  return (CosmicRotation){
    .epoch = epoch, .height = 1, .body_key = fixture_id (&party->random),
    .personal_key = fixture_id (&party->random), .body_link = link,
    .shares = fixture_id (&party->random),
  };
}

static void
write_rotations (VectorFile *file, FixtureParty *party)
{
  guint8 bytes[COSMIC_LINK_SIZE] = { 1, 2, 3 };
  g_autoptr (GBytes) link = g_bytes_new (bytes, sizeof bytes);
  CosmicRotation rotation = next_rotation (party, 1, link);
  CosmicId scope = fixture_id (&party->random), share = fixture_id (&party->random);

  write_body (file, "a rotation of the party's keys", COSMIC_KIND_ROTATION,
              cosmic_rotation_body (&rotation));
  rotation.scope = scope;
  rotation.personal_link = link;
  rotation.body_link = NULL;
  write_body (file, "a rotation of a unit's keys", COSMIC_KIND_ROTATION,
              cosmic_rotation_body (&rotation));
  rotation.personal_link = NULL;
  write_body (file, "a rotation without links", COSMIC_KIND_ROTATION,
              cosmic_rotation_body (&rotation));
  write_body (file, "a share", COSMIC_KIND_SHARE,
              cosmic_share_body (&scope, 7, &party->founder.id, &share));
}

static void
test_bodies (void)
{
  VectorFile *file = vector_file_new ("authority");
  FixtureParty party;
  g_autoptr (GVariant) genesis = NULL;

  fixture_party_init (&party, 4001);
  genesis = cosmic_part_content (party.genesis_body, COSMIC_GENESIS_TYPE);
  write_body (file, "genesis", COSMIC_KIND_GENESIS, genesis);
  write_requests (file, &party);
  write_removals (file, &party);
  write_rotations (file, &party);
  write_attachment (file, &party);
  write_offer (file, &party);
  fixture_party_clear (&party);
  vector_file_finish (file);
}

/* --- A history and the state that it makes. ------------------------------------------------- */

static void
write_step (VectorFile *file, FixtureParty *party, const char *name,
            const CosmicOperation *operation, GBytes *body, CosmicReason expected)
{
  CosmicReason reason = cosmic_fold_operation (&party->fold, operation, body);
  CosmicId root;

  g_assert_cmpuint (reason, ==, expected);
  cosmic_state_root (party->authority, &root);
  vector_file_begin (file, name);
  vector_file_number (file, "height", party->fold.height);
  vector_file_blob (file, "item", operation->item);
  vector_file_bytes (file, "key", cosmic_scope_key_bytes (party->body_key), 32);
  vector_file_blob (file, "body", body);
  vector_file_number (file, "reason", reason);
  vector_file_id (file, "root", &root);
}

static void
step (VectorFile *file, FixtureParty *party, FixtureLog *log, const char *name, guint16 kind,
      GVariant *content, CosmicReason expected)
{
  CosmicHeader header = fixture_header (party, log, kind, FALSE);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (CosmicOperation) operation = fixture_sign (party, log, &header, content, &body);

  write_step (file, party, name, operation, body, expected);
}

typedef struct
{
  FixtureDevice device;
  FixtureLog log;
  CosmicSecret *seed;
  CosmicId seed_id;
} Newcomer;

static void
write_joining (VectorFile *file, FixtureParty *party, Newcomer *newcomer)
{
  CosmicId member = fixture_id (&party->random), shares = fixture_id (&party->random);
  CosmicRequest request;

  newcomer->seed
      = cosmic_sign_key_new (fixture_random_table (&party->random), newcomer->seed_id.bytes);
  fixture_device_init (&newcomer->device, &party->random, &member);
  newcomer->log = fixture_log (&newcomer->device, &cosmic_id_zero);
  request = fixture_request (party, &newcomer->device, newcomer->seed);
  step (file, party, &party->log, "accepted without an invitation", COSMIC_KIND_DEVICE_ADD,
        cosmic_device_add_body (&request, &shares), COSMIC_REASON_NO_SUCH_SUBJECT);
  step (file, party, &party->log, "invited", COSMIC_KIND_INVITATION,
        cosmic_invitation_body (&newcomer->seed_id, &member, 5000), COSMIC_REASON_NONE);
  step (file, party, &party->log, "accepted", COSMIC_KIND_DEVICE_ADD,
        cosmic_device_add_body (&request, &shares), COSMIC_REASON_NONE);
  step (file, party, &party->log, "accepted twice", COSMIC_KIND_DEVICE_ADD,
        cosmic_device_add_body (&request, &shares), COSMIC_REASON_ALREADY);
}

static void
write_leaving (VectorFile *file, FixtureParty *party, Newcomer *newcomer)
{
  FixtureLog log = newcomer->log, copy;
  g_autoptr (CosmicOperation) written = some_operation (party, &log, FIXTURE_KIND_MEMBER);
  g_autoptr (CosmicOperation) twin = NULL;
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();

  copy = newcomer->log;
  twin = some_operation (party, &copy, FIXTURE_KIND_UNIT);
  g_array_append_val (kept, newcomer->device.member);
  g_ptr_array_add (operations, written);
  step (file, party, &party->log, "erased", COSMIC_KIND_ERASE,
        cosmic_erase_body (operations, kept), COSMIC_REASON_NONE);
  step (file, party, &party->log, "a fork is shown", COSMIC_KIND_EQUIVOCATION,
        cosmic_equivocation_body (written, twin), COSMIC_REASON_NONE);
  g_array_index (kept, CosmicId, 0) = written->id;
  step (file, party, &party->log, "switched off", COSMIC_KIND_DEVICE_OFF,
        cosmic_device_off_body (&newcomer->device.id, 1, kept), COSMIC_REASON_NONE);
  step (file, party, &log, "what the removed one says", COSMIC_KIND_DEVICE_OFF,
        cosmic_device_off_body (&party->founder.id, 1, NULL), COSMIC_REASON_AUTHOR_REMOVED);
  step (file, party, &party->log, "an unknown kind", 999, g_variant_new ("(u)", 1),
        COSMIC_REASON_UNKNOWN_KIND);
}

static void
write_loss (VectorFile *file, FixtureParty *party)
{
  const CosmicId member = fixture_id (&party->random);
  FixtureDevice device;
  CosmicRequest request;

  fixture_device_init (&device, &party->random, &member);
  request = fixture_request (party, &device, NULL);
  step (file, party, &party->log, "a device for nobody", COSMIC_KIND_DEVICE_ATTACH,
        cosmic_device_attach_body (&request), COSMIC_REASON_NOT_ALLOWED);
  step (file, party, &party->log, "a member without a device", FIXTURE_KIND_MEMBER,
        fixture_member_body (&member, FALSE), COSMIC_REASON_NONE);
  step (file, party, &party->log, "a device for them", COSMIC_KIND_DEVICE_ATTACH,
        cosmic_device_attach_body (&request), COSMIC_REASON_NONE);
  fixture_device_clear (&device);
}

static void
test_states (void)
{
  VectorFile *file = vector_file_new ("state");
  FixtureParty party;
  Newcomer newcomer;
  guint8 bytes[COSMIC_LINK_SIZE] = { 9 };
  g_autoptr (GBytes) link = g_bytes_new (bytes, sizeof bytes);
  CosmicRotation rotation;
  CosmicId share;

  fixture_party_prepare (&party, 4002);
  write_step (file, &party, "founded", party.genesis, party.genesis_body, COSMIC_REASON_NONE);
  party.fold.height = 2;
  write_joining (file, &party, &newcomer);
  party.fold.height = 3;
  share = fixture_id (&party.random);
  step (file, &party, &party.log, "shared", COSMIC_KIND_SHARE,
        cosmic_share_body (&cosmic_id_zero, 0, &newcomer.device.id, &share), COSMIC_REASON_NONE);
  write_leaving (file, &party, &newcomer);
  write_loss (file, &party);
  rotation = next_rotation (&party, 1, link);
  step (file, &party, &party.log, "rotated", COSMIC_KIND_ROTATION,
        cosmic_rotation_body (&rotation), COSMIC_REASON_NONE);
  party.fold.height = 4;
  step (file, &party, &party.log, "under the key of before", COSMIC_KIND_ROTATION,
        cosmic_rotation_body (&rotation), COSMIC_REASON_STALE_KEY);
  vector_file_begin (file, "the state at the end");
  vector_file_state (file, party.authority);
  fixture_device_clear (&newcomer.device);
  cosmic_secret_free (newcomer.seed);
  fixture_party_clear (&party);
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vectors/Bodies of authority are what they were", test_bodies);
  g_test_add_func ("/vectors/A history makes the state that it made", test_states);
  return g_test_run ();
}
