/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-fold.h"

#define assert_reason(found, expected) g_assert_cmpuint ((found), ==, COSMIC_REASON_##expected)

typedef struct
{
  FixtureParty party;
  FixtureDevice member;
  FixtureLog log; /* the member's, in the authority stream */
  CosmicId unit;
  CosmicScopeKey *unit_key;
  CosmicScopeKey *unit_personal;
  GBytes *link;
} World;

static CosmicScopeKey *
new_key (FixtureParty *party)
{
  CosmicId bytes = fixture_id (&party->random);

  return cosmic_scope_key_new (bytes.bytes);
}

static CosmicReason
add_unit (World *self, const CosmicId *unit, const CosmicId *body_key, const CosmicId *personal_key)
{
  GVariant *fields[] = { cosmic_codec_new_id (unit), cosmic_codec_new_id (body_key),
                         cosmic_codec_new_id (personal_key) };

  return fixture_claim (&self->party, &self->party.log, FIXTURE_KIND_UNIT,
                        g_variant_new_tuple (fields, 3));
}

static void
world_init (World *self, guint64 number)
{
  guint8 link[COSMIC_LINK_SIZE] = { 1, 2, 3 };

  fixture_party_init (&self->party, number);
  fixture_enrol (&self->party, &self->member, FALSE);
  self->log = fixture_log (&self->member, &cosmic_id_zero);
  self->unit = fixture_id (&self->party.random);
  self->unit_key = new_key (&self->party);
  self->unit_personal = new_key (&self->party);
  self->link = g_bytes_new (link, sizeof link);
  assert_reason (add_unit (self, &self->unit, cosmic_scope_key_id (self->unit_key),
                           cosmic_scope_key_id (self->unit_personal)),
                 NONE);
}

static void
world_clear (World *self)
{
  fixture_device_clear (&self->member);
  cosmic_scope_key_free (self->unit_key);
  cosmic_scope_key_free (self->unit_personal);
  g_bytes_unref (self->link);
  fixture_party_clear (&self->party);
}

/* A rotation of the party's keys that should act. */
static CosmicRotation
rotation_of (World *self, const CosmicId *scope, guint32 epoch)
{
  return (CosmicRotation){
    .scope = *scope, .epoch = epoch, .height = self->party.fold.height - 1,
    .body_key = fixture_id (&self->party.random), .personal_key = fixture_id (&self->party.random),
    .body_link = self->link, .personal_link = NULL, .shares = fixture_id (&self->party.random),
  };
}

static CosmicReason
rotate (World *self, FixtureLog *log, const CosmicRotation *rotation)
{
  return fixture_claim (&self->party, log, COSMIC_KIND_ROTATION, cosmic_rotation_body (rotation));
}

static CosmicReason
claim_at (World *self, guint64 base)
{
  CosmicHeader header
      = fixture_header (&self->party, &self->party.log, FIXTURE_KIND_MEMBER, FALSE);

  header.base.height = base;
  return fixture_claim_header (&self->party, &self->party.log, &header,
                               fixture_member_body (&self->unit, FALSE));
}

static void
test_a_rotation_takes_the_next_epoch (void)
{
  World world;
  CosmicRotation rotation;
  CosmicId key, scope, nobody;
  guint32 epoch;
  gboolean personal;

  world_init (&world, 1);
  nobody = fixture_id (&world.party.random);
  rotation = rotation_of (&world, &nobody, 1);
  assert_reason (rotate (&world, &world.party.log, &rotation), NO_SUCH_SUBJECT);
  rotation = rotation_of (&world, &cosmic_id_zero, 0);
  assert_reason (rotate (&world, &world.party.log, &rotation), ALREADY);
  rotation.epoch = 2;
  assert_reason (rotate (&world, &world.party.log, &rotation), ALREADY);
  rotation.epoch = 1;
  assert_reason (rotate (&world, &world.log, &rotation), NOT_ALLOWED);
  assert_reason (rotate (&world, &world.party.log, &rotation), NONE);
  g_assert_true (
      cosmic_authority_scope_key (world.party.authority, &cosmic_id_zero, FALSE, &key, &epoch));
  g_assert_true (cosmic_id_same (&key, &rotation.body_key));
  g_assert_cmpuint (epoch, ==, 1);
  g_assert_true (
      cosmic_authority_scope_key (world.party.authority, &cosmic_id_zero, TRUE, &key, &epoch));
  g_assert_true (cosmic_id_same (&key, &rotation.personal_key));
  /* The keys before it are still known, for what was enveloped with them. */
  g_assert_true (cosmic_authority_key_of (world.party.authority,
                                          cosmic_scope_key_id (world.party.personal_key), &scope,
                                          &personal));
  g_assert_true (personal && cosmic_id_is_zero (&scope));
  assert_reason (rotate (&world, &world.party.log, &rotation), ALREADY);
  world_clear (&world);
}

static void
test_a_rotation_brings_new_keys (void)
{
  World world;
  CosmicRotation rotation;

  world_init (&world, 2);
  rotation = rotation_of (&world, &cosmic_id_zero, 1);
  rotation.personal_key = rotation.body_key;
  assert_reason (rotate (&world, &world.party.log, &rotation), BAD_BODY);
  rotation = rotation_of (&world, &cosmic_id_zero, 1);
  rotation.body_key = *cosmic_scope_key_id (world.party.body_key);
  assert_reason (rotate (&world, &world.party.log, &rotation), BAD_BODY);
  rotation = rotation_of (&world, &cosmic_id_zero, 1);
  rotation.personal_key = *cosmic_scope_key_id (world.unit_key);
  assert_reason (rotate (&world, &world.party.log, &rotation), BAD_BODY);
  assert_reason (claim_at (&world, world.party.fold.height), NONE); /* the old ones are untouched */
  world_clear (&world);
}

static void
test_a_rotation_links_and_looks_back (void)
{
  World world;
  CosmicRotation rotation;
  g_autoptr (GBytes) shorter = g_bytes_new_static ("", 0);

  world_init (&world, 3);
  rotation = rotation_of (&world, &cosmic_id_zero, 1);
  rotation.body_link = NULL; /* the party's own always links */
  assert_reason (rotate (&world, &world.party.log, &rotation), BAD_BODY);
  rotation.body_link = shorter;
  assert_reason (rotate (&world, &world.party.log, &rotation), BAD_BODY);
  rotation.body_link = world.link;
  rotation.personal_link = shorter;
  assert_reason (rotate (&world, &world.party.log, &rotation), BAD_BODY);
  rotation.personal_link = NULL;
  rotation.height = world.party.fold.height; /* beyond its own base */
  assert_reason (rotate (&world, &world.party.log, &rotation), BAD_BODY);
  rotation.height = 1;
  assert_reason (rotate (&world, &world.party.log, &rotation), NONE);
  rotation = rotation_of (&world, &world.unit, 1);
  rotation.body_link = NULL; /* a unit's need not */
  rotation.personal_link = world.link;
  assert_reason (rotate (&world, &world.party.log, &rotation), NONE);
  world_clear (&world);
}

static void
test_rotations_are_read_as_they_were_made (void)
{
  World world;
  CosmicRotation made, read;
  g_autoptr (GVariant) body = NULL;

  world_init (&world, 4);
  made = rotation_of (&world, &world.unit, 7);
  body = g_variant_ref_sink (cosmic_rotation_body (&made));
  g_assert_true (cosmic_rotation_read (body, &read));
  g_assert_true (cosmic_id_same (&read.scope, &made.scope)
                 && cosmic_id_same (&read.body_key, &made.body_key)
                 && cosmic_id_same (&read.personal_key, &made.personal_key)
                 && cosmic_id_same (&read.shares, &made.shares));
  g_assert_cmpuint (read.epoch, ==, 7);
  g_assert_cmpuint (read.height, ==, made.height);
  g_assert_true (g_bytes_equal (read.body_link, made.body_link));
  g_assert_null (read.personal_link);
  cosmic_rotation_clear (&read);
  world_clear (&world);
}

static void
test_an_old_key_is_good_for_who_had_not_seen_the_new (void)
{
  World world;
  CosmicRotation rotation;

  world_init (&world, 5);
  world.party.fold.height = 5;
  rotation = rotation_of (&world, &cosmic_id_zero, 1);
  assert_reason (rotate (&world, &world.party.log, &rotation), NONE);
  world.party.fold.height = 9;
  assert_reason (claim_at (&world, 1), NONE);
  assert_reason (claim_at (&world, 4), NONE);
  assert_reason (claim_at (&world, 5), STALE_KEY); /* its base covers the rotation */
  assert_reason (claim_at (&world, 8), STALE_KEY);
  world_clear (&world);
}

/* --- Which key for what. -------------------------------------------------------------------- */

typedef enum
{
  HEADER,
  BODY,
  PERSONAL,
} Where;

static CosmicReason
claim_with (World *self, Where where, const CosmicId *key)
{
  CosmicHeader header
      = fixture_header (&self->party, &self->party.log, FIXTURE_KIND_MEMBER, where == PERSONAL);

  if (where == HEADER)
    header.key = *key;
  else if (where == BODY)
    header.body.key = *key;
  else
    header.personal.key = *key;
  return fixture_claim_header (&self->party, &self->party.log, &header,
                               fixture_member_body (&self->unit, FALSE));
}

static void
test_each_part_is_under_a_key_for_it (void)
{
  World world;
  const CosmicId *body_key, *personal_key;
  CosmicId unknown;

  world_init (&world, 6);
  body_key = cosmic_scope_key_id (world.party.body_key);
  personal_key = cosmic_scope_key_id (world.party.personal_key);
  unknown = fixture_id (&world.party.random);
  for (Where where = HEADER; where <= PERSONAL; where++)
    {
      g_assert_cmpuint (claim_with (&world, where, body_key), ==,
                        where != PERSONAL ? COSMIC_REASON_NONE : COSMIC_REASON_STALE_KEY);
      g_assert_cmpuint (claim_with (&world, where, personal_key), ==,
                        where == PERSONAL ? COSMIC_REASON_NONE : COSMIC_REASON_STALE_KEY);
      assert_reason (claim_with (&world, where, &unknown), STALE_KEY);
    }
  /* What a person typed may be for a unit alone. */
  assert_reason (claim_with (&world, PERSONAL, cosmic_scope_key_id (world.unit_personal)), NONE);
  world_clear (&world);
}

/* Else those outside the unit could not fold it, and their state would be another. */
static void
test_headers_and_authority_are_under_the_partys_key (void)
{
  World world;
  const CosmicId *unit_key;
  CosmicId nonce, stream;
  g_autoptr (CosmicState) state = cosmic_state_new (NULL, NULL);
  GVariant *fields[2];
  FixtureLog log;

  world_init (&world, 7);
  unit_key = cosmic_scope_key_id (world.unit_key);
  assert_reason (claim_with (&world, HEADER, unit_key), STALE_KEY);
  assert_reason (claim_with (&world, BODY, unit_key), STALE_KEY);

  nonce = fixture_id (&world.party.random);
  cosmic_stream_id (&world.party.fold.party, &world.party.founder.id, &nonce, &stream);
  log = fixture_log (&world.party.founder, &stream);
  for (guint i = 0; i < 2; i++)
    {
      CosmicFold fold = fixture_stream_fold (&world.party, &stream, state, NULL);
      CosmicHeader header = fixture_header (&world.party, &log, FIXTURE_KIND_OPEN, FALSE);
      g_autoptr (CosmicOperation) operation = NULL;
      g_autoptr (GBytes) part = NULL;

      header.body.key = *unit_key;
      if (i == 0)
        header.key = *unit_key;
      fields[0] = cosmic_codec_new_id (&nonce);
      fields[1] = g_variant_new_uint32 (1);
      operation
          = fixture_sign (&world.party, &log, &header, g_variant_new_tuple (fields, 2), &part);
      g_assert_cmpuint (cosmic_fold_operation (&fold, operation, part), ==,
                        i == 0 ? COSMIC_REASON_STALE_KEY : COSMIC_REASON_NONE);
    }
  world_clear (&world);
}

/* Who lacks the key lacks the body; the verdict must not depend on it. */
static void
test_a_wrong_key_is_seen_without_the_body (void)
{
  World world;
  CosmicHeader header;
  g_autoptr (CosmicOperation) operation = NULL;

  world_init (&world, 8);
  header = fixture_header (&world.party, &world.party.log, FIXTURE_KIND_MEMBER, FALSE);
  header.body.key = fixture_id (&world.party.random);
  operation = fixture_sign (&world.party, &world.party.log, &header,
                            fixture_member_body (&world.unit, FALSE), NULL);
  assert_reason (cosmic_fold_operation (&world.party.fold, operation, NULL), STALE_KEY);
  world_clear (&world);
}

static void
test_a_scope_is_made_once (void)
{
  World world;
  CosmicId a, b;
  g_autoptr (GArray) scopes = NULL;

  world_init (&world, 9);
  a = fixture_id (&world.party.random);
  b = fixture_id (&world.party.random);
  assert_reason (add_unit (&world, &world.unit, &a, &b), ALREADY);
  assert_reason (add_unit (&world, &cosmic_id_zero, &a, &b), ALREADY);
  assert_reason (add_unit (&world, &a, &a, cosmic_scope_key_id (world.unit_key)), ALREADY);
  assert_reason (add_unit (&world, &a, &b, &b), ALREADY);
  assert_reason (add_unit (&world, &a, &a, &b), NONE);
  scopes = cosmic_authority_scopes (world.party.authority);
  g_assert_cmpuint (scopes->len, ==, 3);
  g_assert_true (cosmic_id_is_zero (&g_array_index (scopes, CosmicId, 0)));
  g_assert_cmpint (cosmic_id_compare (&g_array_index (scopes, CosmicId, 1),
                                      &g_array_index (scopes, CosmicId, 2)), <, 0);
  world_clear (&world);
}

/* --- Shares for who came later. ------------------------------------------------------------- */

static CosmicReason
share (World *self, FixtureLog *log, const CosmicId *scope, guint32 epoch, const CosmicId *device)
{
  CosmicId id = fixture_id (&self->party.random);

  return fixture_claim (&self->party, log, COSMIC_KIND_SHARE,
                        cosmic_share_body (scope, epoch, device, &id));
}

static void
test_holders_share_what_there_is (void)
{
  World world;
  FixtureDevice outsider;
  FixtureLog outsider_log;
  CosmicRequest request;
  CosmicId nobody, stranger;

  world_init (&world, 10);
  nobody = fixture_id (&world.party.random);
  stranger = fixture_id (&world.party.random);
  assert_reason (share (&world, &world.log, &cosmic_id_zero, 0, &world.party.founder.id), NONE);
  assert_reason (share (&world, &world.log, &world.unit, 0, &world.party.founder.id), NONE);
  assert_reason (share (&world, &world.log, &nobody, 0, &world.party.founder.id),
                 NO_SUCH_SUBJECT);
  assert_reason (share (&world, &world.log, &cosmic_id_zero, 1, &world.party.founder.id),
                 NO_SUCH_SUBJECT);
  assert_reason (share (&world, &world.log, &cosmic_id_zero, 0, &nobody), NO_SUCH_SUBJECT);
  /* A device without membership holds nothing to share. */
  fixture_device_init (&outsider, &world.party.random, &stranger);
  request = fixture_request (&world.party, &outsider, NULL);
  assert_reason (fixture_claim (&world.party, &world.party.log, COSMIC_KIND_DEVICE_ADD,
                                cosmic_device_add_body (&request, &nobody)),
                 NONE);
  outsider_log = fixture_log (&outsider, &cosmic_id_zero);
  assert_reason (share (&world, &outsider_log, &cosmic_id_zero, 0, &world.member.id),
                 NOT_ALLOWED);
  assert_reason (fixture_claim (&world.party, &world.party.log, COSMIC_KIND_DEVICE_OFF,
                                cosmic_device_off_body (&outsider.id, 0, NULL)),
                 NONE);
  assert_reason (share (&world, &world.log, &cosmic_id_zero, 0, &outsider.id), NO_SUCH_SUBJECT);
  fixture_device_clear (&outsider);
  world_clear (&world);
}

static void
test_ids_in_bodies_are_whole (void)
{
  static const guint ids_of_rotation[] = { 0, 3, 4, 7 }, ids_of_share[] = { 0, 2, 3 };
  World world;
  CosmicRotation rotation;

  world_init (&world, 11);
  rotation = rotation_of (&world, &cosmic_id_zero, 1);
  for (guint i = 0; i < G_N_ELEMENTS (ids_of_rotation); i++)
    assert_reason (
        fixture_claim (&world.party, &world.party.log, COSMIC_KIND_ROTATION,
                       fixture_shorten (cosmic_rotation_body (&rotation), ids_of_rotation[i])),
        BAD_BODY);
  for (guint i = 0; i < G_N_ELEMENTS (ids_of_share); i++)
    assert_reason (
        fixture_claim (&world.party, &world.party.log, COSMIC_KIND_SHARE,
                       fixture_shorten (cosmic_share_body (&world.unit, 0, &world.member.id,
                                                           &world.unit),
                                        ids_of_share[i])),
        BAD_BODY);
  assert_reason (rotate (&world, &world.party.log, &rotation), NONE);
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rotation/A rotation takes the next epoch",
                   test_a_rotation_takes_the_next_epoch);
  g_test_add_func ("/rotation/A rotation brings new keys", test_a_rotation_brings_new_keys);
  g_test_add_func ("/rotation/A rotation links and looks back",
                   test_a_rotation_links_and_looks_back);
  g_test_add_func ("/rotation/Rotations are read as they were made",
                   test_rotations_are_read_as_they_were_made);
  g_test_add_func ("/rotation/An old key is good for who had not seen the new",
                   test_an_old_key_is_good_for_who_had_not_seen_the_new);
  g_test_add_func ("/key/Each part is under a key for it", test_each_part_is_under_a_key_for_it);
  g_test_add_func ("/key/Headers and authority are under the party's key",
                   test_headers_and_authority_are_under_the_partys_key);
  g_test_add_func ("/key/A wrong key is seen without the body",
                   test_a_wrong_key_is_seen_without_the_body);
  g_test_add_func ("/scope/A scope is made once", test_a_scope_is_made_once);
  g_test_add_func ("/share/Holders share what there is", test_holders_share_what_there_is);
  g_test_add_func ("/scope/Ids in bodies are whole", test_ids_in_bodies_are_whole);
  return g_test_run ();
}
