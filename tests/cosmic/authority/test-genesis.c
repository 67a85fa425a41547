/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-fold.h"

/* What a test may spoil of a founding that is otherwise good. */
typedef struct
{
  CosmicGenesis genesis;
  CosmicHeader header;
} Founding;

/* Founds with what SPOIL made of it; the party is named after the result. */
static CosmicReason
found (void (*spoil) (Founding *founding))
{
  FixtureParty party;
  g_autoptr (GVariant) content = NULL;
  g_autoptr (GArray) roles = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (GBytes) part = NULL;
  const guint16 chair = 1;
  Founding founding = { 0 };
  FixtureLog log;
  CosmicReason reason;

  fixture_party_prepare (&party, 1);
  content = cosmic_part_content (party.genesis_body, COSMIC_GENESIS_TYPE);
  g_assert_true (cosmic_genesis_read (content, &founding.genesis));
  g_array_append_val (roles, chair);
  founding.genesis.roles = roles;
  founding.header = party.genesis->header;
  founding.header.body.key = cosmic_id_zero; /* the party's own, unless spoiled */
  if (spoil != NULL)
    spoil (&founding);
  log = fixture_log (&party.founder, &cosmic_id_zero);
  operation = fixture_sign (&party, &log, &founding.header, cosmic_genesis_body (&founding.genesis),
                            &part);
  party.fold.party = operation->id;
  reason = cosmic_fold_operation (&party.fold, operation, part);
  g_bytes_unref (founding.genesis.charter);
  fixture_party_clear (&party);
  return reason;
}

#define assert_found(spoil, reason) g_assert_cmpuint (found (spoil), ==, COSMIC_REASON_##reason)

static void
spoil_f (Founding *founding)
{
  founding->genesis.f = 1;
}

static void
spoil_founder (Founding *founding)
{
  founding->genesis.founder = cosmic_id_zero;
}

static void
spoil_witness (Founding *founding)
{
  founding->genesis.witness = (CosmicId){ { 1 } }; /* the identity */
}

static void
spoil_seal (Founding *founding)
{
  founding->genesis.seal = cosmic_id_zero; /* of small order: nobody can seal to it */
}

static void
spoil_body_key (Founding *founding)
{
  founding->genesis.body_key.bytes[0] ^= 1;
}

static void
spoil_personal_key (Founding *founding)
{
  founding->genesis.personal_key.bytes[0] ^= 1;
}

static void
spoil_both_keys (Founding *founding)
{
  founding->genesis.personal_key = founding->genesis.body_key;
  founding->header.personal.key = founding->genesis.body_key;
}

static void
spoil_header_key (Founding *founding)
{
  founding->header.key.bytes[0] ^= 1;
}

static void
spoil_key_of_body (Founding *founding)
{
  founding->header.body.key = (CosmicId){ { 3 } };
}

static void
spoil_base (Founding *founding)
{
  founding->header.base.height = 1;
}

static void
spoil_base_id (Founding *founding)
{
  founding->header.base.id = (CosmicId){ { 3 } };
}

static void
spoil_base_chain (Founding *founding)
{
  founding->header.base.chain = (CosmicId){ { 3 } };
}

static void
spoil_parents (Founding *founding)
{
  founding->header.parents[0] = (CosmicId){ { 3 } };
  founding->header.n_parents = 1;
}

static void
spoil_charter (Founding *founding)
{
  g_bytes_unref (founding->genesis.charter);
  founding->genesis.charter
      = g_bytes_new_take (g_malloc0 (COSMIC_CHARTER_SIZE_MAX + 1), COSMIC_CHARTER_SIZE_MAX + 1);
}

static void
largest_charter (Founding *founding)
{
  g_bytes_unref (founding->genesis.charter);
  founding->genesis.charter
      = g_bytes_new_take (g_malloc0 (COSMIC_CHARTER_SIZE_MAX), COSMIC_CHARTER_SIZE_MAX);
}

static void
spoil_roles (Founding *founding)
{
  g_array_set_size ((GArray *) founding->genesis.roles, 0);
}

static void
spoil_personal (Founding *founding)
{
  founding->header.personal.there = FALSE;
}

static void
spoil_stream (Founding *founding)
{
  founding->header.seq = 1;
  founding->header.previous = (CosmicId){ { 3 } };
}

static void
test_a_party_is_founded_on_what_is_whole (void)
{
  assert_found (NULL, NONE);
  assert_found (largest_charter, NONE);
  assert_found (spoil_f, BAD_BODY);
  assert_found (spoil_founder, BAD_BODY);
  assert_found (spoil_witness, BAD_BODY);
  assert_found (spoil_seal, BAD_BODY);
  assert_found (spoil_body_key, BAD_BODY);
  assert_found (spoil_personal_key, BAD_BODY);
  assert_found (spoil_both_keys, BAD_BODY);
  assert_found (spoil_header_key, BAD_BODY);
  assert_found (spoil_key_of_body, BAD_BODY);
  assert_found (spoil_base, BAD_BODY);
  assert_found (spoil_base_id, BAD_BODY);
  assert_found (spoil_base_chain, BAD_BODY);
  assert_found (spoil_parents, BAD_BODY);
  assert_found (spoil_charter, BAD_BODY);
  assert_found (spoil_personal, PERSONAL);
  assert_found (spoil_stream, ALREADY);
  g_assert_cmpuint (found (spoil_roles), ==, FIXTURE_REASON_ROLE); /* what the application says */
}

static void
test_ids_in_the_body_are_whole (void)
{
  static const guint ids[] = { 1, 2, 3, 6, 7, 8 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      FixtureParty party;
      FixtureLog log;
      CosmicHeader header;
      g_autoptr (CosmicOperation) operation = NULL;
      g_autoptr (GBytes) part = NULL;
      g_autoptr (GVariant) content = NULL;

      fixture_party_prepare (&party, 6);
      content = cosmic_part_content (party.genesis_body, COSMIC_GENESIS_TYPE);
      header = party.genesis->header;
      log = fixture_log (&party.founder, &cosmic_id_zero);
      operation = fixture_sign (&party, &log, &header, fixture_shorten (content, ids[i]), &part);
      party.fold.party = operation->id;
      g_assert_cmpuint (cosmic_fold_operation (&party.fold, operation, part), ==,
                        COSMIC_REASON_BAD_BODY);
      fixture_party_clear (&party);
    }
}

/* A founder whose key is of small order could be anyone. */
static void
test_the_founders_key_is_a_good_one (void)
{
  FixtureParty party;

  fixture_party_prepare (&party, 7);
  party.genesis->header.author = (CosmicId){ { 1 } };
  g_assert_cmpuint (cosmic_fold_operation (&party.fold, party.genesis, party.genesis_body), ==,
                    COSMIC_REASON_BAD_BODY);
  fixture_party_clear (&party);
}

static void
test_a_founding_writes_what_it_says (void)
{
  FixtureParty party;
  CosmicDevice device;
  CosmicWitnesses witnesses;
  CosmicId key, scope;
  guint32 epoch = 9;
  gboolean personal;
  g_autoptr (GBytes) charter = NULL;
  g_autoptr (GArray) scopes = NULL;
  g_autoptr (GArray) devices = NULL;

  fixture_party_init (&party, 2);
  charter = cosmic_authority_charter (party.authority);
  g_assert_cmpmem (g_bytes_get_data (charter, NULL), g_bytes_get_size (charter), "a charter", 9);
  g_assert_true (cosmic_authority_device (party.authority, &party.founder.id, &device));
  g_assert_true (cosmic_id_same (&device.member, &party.founder.member));
  g_assert_true (cosmic_id_same (&device.seal, &party.founder.seal_id));
  g_assert_cmpuint (device.since, ==, 1);
  g_assert_false (device.off);
  g_assert_true (cosmic_authority_witnesses (party.authority, &witnesses));
  g_assert_cmpuint (witnesses.f, ==, 0);
  g_assert_cmpuint (witnesses.keys->len, ==, 1);
  g_assert_true (cosmic_id_same (&g_array_index (witnesses.keys, CosmicId, 0), &party.witness));
  cosmic_witnesses_clear (&witnesses);
  scopes = cosmic_authority_scopes (party.authority);
  g_assert_cmpuint (scopes->len, ==, 1);
  g_assert_true (cosmic_id_is_zero (&g_array_index (scopes, CosmicId, 0)));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (
          cosmic_authority_scope_key (party.authority, &cosmic_id_zero, i, &key, &epoch));
      g_assert_true (cosmic_id_same (
          &key, cosmic_scope_key_id (i ? party.personal_key : party.body_key)));
      g_assert_cmpuint (epoch, ==, 0);
      g_assert_true (cosmic_authority_key_of (party.authority, &key, &scope, &personal));
      g_assert_true (cosmic_id_is_zero (&scope));
      g_assert_cmpint (personal, ==, i);
    }
  devices = cosmic_authority_devices (party.authority);
  g_assert_cmpuint (devices->len, ==, 1);
  g_assert_true (cosmic_authority_has_device (party.authority, &party.founder.member));
  fixture_party_clear (&party);
}

static void
test_there_is_one_genesis (void)
{
  FixtureParty party, other;
  CosmicHeader header;
  g_autoptr (GVariant) content = NULL;

  fixture_party_init (&party, 3);
  fixture_party_prepare (&other, 4);
  g_assert_cmpuint (cosmic_fold_operation (&party.fold, party.genesis, party.genesis_body), ==,
                    COSMIC_REASON_ALREADY);
  g_assert_cmpuint (cosmic_fold_operation (&party.fold, other.genesis, other.genesis_body), ==,
                    COSMIC_REASON_UNKNOWN_AUTHOR);
  content = cosmic_part_content (other.genesis_body, COSMIC_GENESIS_TYPE);
  g_assert_cmpuint (fixture_claim (&party, &party.log, COSMIC_KIND_GENESIS, content), ==,
                    COSMIC_REASON_ALREADY);
  header = fixture_header (&party, &party.log, COSMIC_KIND_GENESIS, TRUE);
  header.body.key = fixture_id (&party.random); /* of which others could say nothing */
  g_assert_cmpuint (fixture_claim_header (&party, &party.log, &header, content), ==,
                    COSMIC_REASON_STALE_KEY);
  fixture_party_clear (&party);
  fixture_party_clear (&other);
}

static void
test_before_genesis_there_is_nothing (void)
{
  FixtureParty party;
  CosmicWitnesses witnesses;
  CosmicId key;

  fixture_party_prepare (&party, 5);
  g_assert_null (cosmic_authority_charter (party.authority));
  g_assert_false (cosmic_authority_witnesses (party.authority, &witnesses));
  g_assert_false (
      cosmic_authority_scope_key (party.authority, &cosmic_id_zero, FALSE, &key, NULL));
  g_assert_cmpuint (fixture_claim (&party, &party.log, FIXTURE_KIND_MEMBER,
                                   fixture_member_body (&party.founder.member, TRUE)),
                    ==, COSMIC_REASON_UNKNOWN_AUTHOR);
  fixture_party_clear (&party);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/genesis/A party is founded on what is whole, and on nothing else",
                   test_a_party_is_founded_on_what_is_whole);
  g_test_add_func ("/genesis/Ids in the body are whole", test_ids_in_the_body_are_whole);
  g_test_add_func ("/genesis/The founder's key is a good one",
                   test_the_founders_key_is_a_good_one);
  g_test_add_func ("/genesis/A founding writes what it says", test_a_founding_writes_what_it_says);
  g_test_add_func ("/genesis/There is one genesis", test_there_is_one_genesis);
  g_test_add_func ("/genesis/Before genesis there is nothing",
                   test_before_genesis_there_is_nothing);
  return g_test_run ();
}
