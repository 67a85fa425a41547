/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-proof.h"
#include "cosmic-trie.h"
#include "fixture-fold.h"

#define assert_reason(found, expected) g_assert_cmpuint ((found), ==, COSMIC_REASON_##expected)

/* A party with a stream that is not open yet. */
typedef struct
{
  FixtureParty party;
  CosmicId nonce;
  CosmicId stream;
  CosmicState *state;
  CosmicState *exports;
  CosmicFold fold;
  FixtureLog log;
} World;

static void
world_init (World *self, guint64 seed)
{
  fixture_party_init (&self->party, seed);
  self->nonce = fixture_id (&self->party.random);
  cosmic_stream_id (&self->party.fold.party, &self->party.founder.id, &self->nonce, &self->stream);
  self->state = cosmic_state_new (NULL, NULL);
  self->exports = cosmic_state_new (NULL, NULL);
  self->fold = fixture_stream_fold (&self->party, &self->stream, self->state, self->exports);
  self->log = fixture_log (&self->party.founder, &self->stream);
}

static void
world_clear (World *self)
{
  cosmic_state_free (self->state);
  cosmic_state_free (self->exports);
  fixture_party_clear (&self->party);
}

static GVariant *
opening (const CosmicId *nonce)
{
  GVariant *fields[] = { cosmic_codec_new_id (nonce), g_variant_new_uint32 (1) };

  return g_variant_new_tuple (fields, 2);
}

static CosmicReason
fold_header (World *self, FixtureLog *log, CosmicHeader *header, GVariant *content)
{
  g_autoptr (GBytes) part = NULL;
  g_autoptr (CosmicOperation) operation = fixture_sign (&self->party, log, header, content, &part);
  CosmicReason reason = cosmic_fold_operation (&self->fold, operation, part);

  g_assert_null (self->fold.operation);
  g_assert_cmpuint (cosmic_state_verdict (self->state, &operation->id), ==, reason);
  return reason;
}

static CosmicReason
fold_kind (World *self, FixtureLog *log, guint16 kind, gboolean with_personal, GVariant *content)
{
  CosmicHeader header = fixture_header (&self->party, log, kind, with_personal);

  return fold_header (self, log, &header, content);
}

static GVariant *
number (guint32 value)
{
  return g_variant_new ("(u)", value);
}

static void
world_open (World *self)
{
  assert_reason (
      fold_kind (self, &self->log, FIXTURE_KIND_OPEN, FALSE, opening (&self->nonce)), NONE);
}

static void
test_a_stream_is_opened_once_by_its_author (void)
{
  World world;
  CosmicId other;
  FixtureDevice device;
  FixtureLog log;

  world_init (&world, 1);
  fixture_enrol (&world.party, &device, TRUE);
  log = fixture_log (&device, &world.stream);
  other = fixture_id (&world.party.random);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_NOTE, TRUE, number (1)),
                 WRONG_STREAM); /* not open yet */
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_OPEN, FALSE, opening (&other)),
                 WRONG_STREAM); /* another nonce */
  assert_reason (fold_kind (&world, &log, FIXTURE_KIND_OPEN, FALSE, opening (&world.nonce)),
                 WRONG_STREAM); /* another author */
  world_open (&world);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_OPEN, FALSE, opening (&world.nonce)),
                 WRONG_STREAM); /* open already */
  assert_reason (fold_kind (&world, &log, FIXTURE_KIND_NOTE, TRUE, number (1)), NONE);
  fixture_device_clear (&device);
  world_clear (&world);
}

static void
test_an_opening_with_a_short_nonce_is_void (void)
{
  World world;
  GVariant *fields[2];

  world_init (&world, 2);
  fields[0] = cosmic_codec_new_bytes (world.nonce.bytes, 31);
  fields[1] = g_variant_new_uint32 (1);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_OPEN, FALSE,
                            g_variant_new_tuple (fields, 2)),
                 BAD_BODY);
  world_clear (&world);
}

static void
test_kinds_stay_in_their_place (void)
{
  World world;

  world_init (&world, 3);
  world_open (&world);
  assert_reason (fold_kind (&world, &world.log, COSMIC_KIND_INVITATION, FALSE,
                            cosmic_invitation_body (&world.nonce, &world.nonce, 0)),
                 WRONG_STREAM);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_MEMBER, FALSE,
                            fixture_member_body (&world.nonce, TRUE)),
                 WRONG_STREAM);
  assert_reason (fixture_claim (&world.party, &world.party.log, FIXTURE_KIND_EXPORT, number (1)),
                 WRONG_STREAM);
  assert_reason (
      fixture_claim (&world.party, &world.party.log, FIXTURE_KIND_OPEN, opening (&world.nonce)),
      WRONG_STREAM);
  world_clear (&world);
}

static void
test_unknown_kinds_are_void (void)
{
  World world;

  world_init (&world, 4);
  world_open (&world);
  for (guint kind = 0; kind < 400; kind++)
    if (cosmic_rules_kind (&fixture_rules, (guint16) kind) == NULL)
      {
        assert_reason (fold_kind (&world, &world.log, (guint16) kind, kind & 1, number (1)),
                       UNKNOWN_KIND);
        assert_reason (fixture_claim (&world.party, &world.party.log, (guint16) kind, number (1)),
                       UNKNOWN_KIND);
      }
  world_clear (&world);
}

static void
test_a_kind_begins_with_its_rules_version (void)
{
  World world;

  world_init (&world, 5);
  world_open (&world);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_FUTURE, FALSE, number (1)),
                 UNKNOWN_KIND);
  world.fold.rules_version = 2;
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_FUTURE, FALSE, number (1)), NONE);
  world_clear (&world);
}

static void
test_every_kind_is_found (void)
{
  for (guint i = 0; i < fixture_rules.n_kinds; i++)
    {
      const CosmicKind *kind = fixture_rules.kinds[i];

      g_assert_true (cosmic_rules_kind (&fixture_rules, kind->number) == kind);
      if (i > 0)
        g_assert_cmpuint (fixture_rules.kinds[i - 1]->number, <, kind->number);
      g_assert_cmpuint (kind->class, <=, 2);
      g_assert_true (g_variant_type_string_is_valid (kind->body_type));
      if (kind->place == COSMIC_PLACE_AUTHORITY)
        g_assert_cmpuint (kind->class, <=, 1);
    }
  g_assert_cmpuint (cosmic_kinds[0]->number, ==, COSMIC_KIND_GENESIS);
  g_assert_cmpuint (cosmic_kinds[cosmic_n_kinds - 1]->number, <, COSMIC_KIND_APPLICATION);
}

static void
test_personal_parts_are_where_they_must_be (void)
{
  World world;

  world_init (&world, 6);
  world_open (&world);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_NOTE, FALSE, number (1)), PERSONAL);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_NOTE, TRUE, number (1)), NONE);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_EXPORT, TRUE, number (1)), PERSONAL);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_EXPORT, FALSE, number (1)), NONE);
  world_clear (&world);
}

static void
test_bodies_are_there_and_of_their_type (void)
{
  World world;
  CosmicHeader header;
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (CosmicOperation) longer = NULL;
  g_autoptr (GBytes) part = NULL;
  g_autoptr (GBytes) other_part = NULL;

  world_init (&world, 7);
  world_open (&world);
  assert_reason (
      fold_kind (&world, &world.log, FIXTURE_KIND_NOTE, TRUE, g_variant_new ("(t)", G_MAXUINT64)),
      BAD_BODY);
  header = fixture_header (&world.party, &world.log, FIXTURE_KIND_NOTE, TRUE);
  operation = fixture_sign (&world.party, &world.log, &header, number (1), &part);
  assert_reason (cosmic_fold_operation (&world.fold, operation, NULL), BAD_BODY);
  /* The header signs the size too. */
  header = fixture_header (&world.party, &world.log, FIXTURE_KIND_EXPORT, FALSE);
  longer = fixture_sign (&world.party, &world.log, &header, g_variant_new ("(s)", "longer"),
                         &other_part);
  assert_reason (cosmic_fold_operation (&world.fold, longer, part), BAD_BODY);
  world_clear (&world);
}

static void
test_strangers_have_no_effect (void)
{
  World world;
  FixtureDevice stranger;
  FixtureLog log;

  world_init (&world, 8);
  world_open (&world);
  fixture_device_init (&stranger, &world.party.random, &world.party.founder.member);
  log = fixture_log (&stranger, &world.stream);
  assert_reason (fold_kind (&world, &log, FIXTURE_KIND_NOTE, TRUE, number (1)), UNKNOWN_AUTHOR);
  log = fixture_log (&stranger, &cosmic_id_zero);
  assert_reason (fixture_claim (&world.party, &log, FIXTURE_KIND_MEMBER,
                                fixture_member_body (&world.nonce, TRUE)),
                 UNKNOWN_AUTHOR);
  fixture_device_clear (&stranger);
  world_clear (&world);
}

static gboolean
collect (const CosmicKey *key, GBytes *value, gpointer data)
{
  g_byte_array_append (data, key->bytes, key->size);
  g_byte_array_append (data, g_bytes_get_data (value, NULL), (guint) g_bytes_get_size (value));
  return TRUE;
}

static GByteArray *
contents (const CosmicState *state)
{
  GByteArray *bytes = g_byte_array_new ();

  cosmic_state_each (state, (CosmicKey){ .size = 0 }, collect, bytes);
  return bytes;
}

static void
test_a_void_claim_leaves_its_verdict_and_nothing_else (void)
{
  World world;
  CosmicHeader header;
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (GBytes) part = NULL;
  g_autoptr (GByteArray) before = NULL;
  g_autoptr (GByteArray) after = NULL;
  const CosmicKey none = { .size = 0 };
  guint count;

  world_init (&world, 9);
  world_open (&world);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_EXPORT, FALSE, number (5)), NONE);
  /* In authority, over entries that stood there. */
  header = fixture_header (&world.party, &world.party.log, FIXTURE_KIND_WRITE, FALSE);
  operation = fixture_sign (&world.party, &world.party.log, &header, number (1), &part);
  count = cosmic_state_count (world.party.authority, none);
  before = contents (world.party.authority);
  assert_reason (cosmic_fold_operation (&world.party.fold, operation, part), NOT_ALLOWED);
  g_assert_cmpuint (cosmic_state_count (world.party.authority, none), ==, count + 1);
  assert_reason (cosmic_state_verdict (world.party.authority, &operation->id), NOT_ALLOWED);
  cosmic_state_remove (world.party.authority, cosmic_key (0x01, &operation->id, NULL));
  after = contents (world.party.authority);
  g_assert_cmpmem (after->data, after->len, before->data, before->len);
  /* In exports. */
  g_clear_pointer (&before, g_byte_array_unref);
  g_clear_pointer (&after, g_byte_array_unref);
  before = contents (world.exports);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_EXPORT, FALSE, number (0)),
                 NOT_ALLOWED);
  after = contents (world.exports);
  g_assert_cmpmem (after->data, after->len, before->data, before->len);
  world_clear (&world);
}

/* --- What other streams export. --------------------------------------------------------------- */

typedef struct
{
  CosmicId root;
  guint64 height;
} Certified;

static gboolean
root_at (const CosmicFold *fold, guint64 height, CosmicId *root)
{
  const Certified *certified = fold->root_at_data;

  *root = certified->root;
  return height == certified->height;
}

static GVariant *
rely_body (const CosmicId *stream, guint64 height, guint32 value, GBytes *proof)
{
  GVariant *fields[] = { cosmic_codec_new_id (stream), g_variant_new_uint64 (height),
                         g_variant_new_uint32 (value),
                         cosmic_codec_new_bytes (g_bytes_get_data (proof, NULL),
                                                 g_bytes_get_size (proof)) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static GBytes *
prove_export (World *world, CosmicId *root)
{
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GBytes) bytes = NULL;
  CosmicStreamLeaf leaf = { 0 };
  CosmicTrieLeaf own;

  cosmic_state_root (world->exports, &leaf.exports);
  bytes = cosmic_codec_encode (cosmic_stream_leaf_encode (&leaf));
  own = cosmic_trie_leaf (world->stream.bytes, 32, g_bytes_get_data (bytes, NULL),
                          g_bytes_get_size (bytes));
  g_array_append_val (leaves, own);
  cosmic_trie_root (leaves, root);
  return cosmic_proof_new (&leaf, nothing, nothing);
}

static void
test_another_streams_export_holds_where_it_is_proved (void)
{
  World world;
  Certified certified = { .height = 5 };
  g_autoptr (GBytes) proof = NULL;
  CosmicHeader header;

  world_init (&world, 10);
  world_open (&world);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_EXPORT, FALSE, number (5)), NONE);
  proof = prove_export (&world, &certified.root);
  world.party.fold.height = 6; /* so that headers have base 5 */
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_RELY, FALSE,
                            rely_body (&world.stream, 5, 5, proof)),
                 BAD_PROOF); /* there are no certified roots at hand */
  world.fold.root_at = root_at;
  world.fold.root_at_data = &certified;
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_RELY, FALSE,
                            rely_body (&world.stream, 5, 5, proof)),
                 NONE);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_RELY, FALSE,
                            rely_body (&world.stream, 5, 6, proof)),
                 BAD_PROOF);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_RELY, FALSE,
                            rely_body (&world.stream, 4, 5, proof)),
                 BAD_PROOF);
  assert_reason (fold_kind (&world, &world.log, FIXTURE_KIND_RELY, FALSE,
                            rely_body (&world.nonce, 5, 5, proof)),
                 BAD_PROOF);
  header = fixture_header (&world.party, &world.log, FIXTURE_KIND_RELY, FALSE);
  header.base.height = 4; /* its author cannot have seen height 5 */
  assert_reason (
      fold_header (&world, &world.log, &header, rely_body (&world.stream, 5, 5, proof)), BAD_PROOF);
  world_clear (&world);
}

static void
test_deadlines_come_and_go (void)
{
  World world;

  world_init (&world, 11);
  g_assert_cmpint (cosmic_state_deadline (world.state), ==, 0);
  cosmic_fold_set_deadline (&world.fold, 77);
  g_assert_cmpint (cosmic_state_deadline (world.state), ==, 77);
  cosmic_fold_set_deadline (&world.fold, -5);
  g_assert_cmpint (cosmic_state_deadline (world.state), ==, -5);
  cosmic_fold_set_deadline (&world.fold, 0);
  g_assert_cmpint (cosmic_state_deadline (world.state), ==, 0);
  g_assert_true (cosmic_state_unchanged (world.state));
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/A stream is opened once, by its author",
                   test_a_stream_is_opened_once_by_its_author);
  g_test_add_func ("/fold/An opening with a short nonce is void",
                   test_an_opening_with_a_short_nonce_is_void);
  g_test_add_func ("/fold/Kinds stay in their place", test_kinds_stay_in_their_place);
  g_test_add_func ("/fold/Unknown kinds are void", test_unknown_kinds_are_void);
  g_test_add_func ("/fold/A kind begins with its rules version",
                   test_a_kind_begins_with_its_rules_version);
  g_test_add_func ("/fold/Every kind is found", test_every_kind_is_found);
  g_test_add_func ("/fold/Personal parts are where they must be",
                   test_personal_parts_are_where_they_must_be);
  g_test_add_func ("/fold/Bodies are there, of their type and size",
                   test_bodies_are_there_and_of_their_type);
  g_test_add_func ("/fold/Strangers have no effect", test_strangers_have_no_effect);
  g_test_add_func ("/fold/A void claim leaves its verdict and nothing else",
                   test_a_void_claim_leaves_its_verdict_and_nothing_else);
  g_test_add_func ("/fold/Another stream's export holds where it is proved",
                   test_another_streams_export_holds_where_it_is_proved);
  g_test_add_func ("/fold/Deadlines come and go", test_deadlines_come_and_go);
  return g_test_run ();
}
