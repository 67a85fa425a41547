/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-fold.h"

#define assert_reason(found, expected) g_assert_cmpuint ((found), ==, COSMIC_REASON_##expected)

/* A party with an officer (the founder) and two members, one of whom has written something. */
typedef struct
{
  FixtureParty party;
  FixtureDevice author, other;
  FixtureLog author_log, other_log;
  CosmicOperation *text;
} World;

static CosmicOperation *
write_text (World *self, FixtureLog *log, gboolean with_personal)
{
  CosmicHeader header
      = fixture_header (&self->party, log, FIXTURE_KIND_MEMBER, with_personal);

  return fixture_sign (&self->party, log, &header, fixture_member_body (&self->party.witness, 0),
                       NULL);
}

static void
world_init (World *self, guint64 number)
{
  fixture_party_init (&self->party, number);
  fixture_enrol (&self->party, &self->author, FALSE);
  fixture_enrol (&self->party, &self->other, FALSE);
  self->author_log = fixture_log (&self->author, &cosmic_id_zero);
  self->other_log = fixture_log (&self->other, &cosmic_id_zero);
  self->text = write_text (self, &self->author_log, TRUE);
}

static void
world_clear (World *self)
{
  cosmic_operation_unref (self->text);
  fixture_device_clear (&self->author);
  fixture_device_clear (&self->other);
  fixture_party_clear (&self->party);
}

static CosmicReason
erase (World *self, FixtureLog *log, CosmicOperation *operation, const CosmicId *member)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (operation != NULL)
    g_ptr_array_add (operations, operation);
  if (member != NULL)
    g_array_append_val (members, *member);
  return fixture_claim (&self->party, log, COSMIC_KIND_ERASE,
                        cosmic_erase_body (operations, members));
}

static gboolean
is_erased (const World *self, const CosmicOperation *operation)
{
  return cosmic_authority_erased (self->party.authority, &operation->id, &cosmic_id_zero, 1);
}

static void
test_authors_and_officers_erase_a_text (void)
{
  World world;
  g_autoptr (CosmicOperation) second = NULL;

  world_init (&world, 1);
  second = write_text (&world, &world.author_log, TRUE);
  assert_reason (erase (&world, &world.other_log, world.text, NULL), NOT_ALLOWED);
  g_assert_false (is_erased (&world, world.text));
  assert_reason (erase (&world, &world.author_log, world.text, NULL), NONE);
  g_assert_true (is_erased (&world, world.text));
  g_assert_false (is_erased (&world, second));
  assert_reason (erase (&world, &world.party.log, second, NULL), NONE);
  g_assert_true (is_erased (&world, second));
  world_clear (&world);
}

static void
test_a_members_second_device_erases_too (void)
{
  World world;
  FixtureDevice second;
  FixtureLog log;
  CosmicRequest request;

  world_init (&world, 2);
  fixture_device_init (&second, &world.party.random, &world.author.member);
  request = fixture_request (&world.party, &second, NULL);
  assert_reason (fixture_claim (&world.party, &world.author_log, COSMIC_KIND_DEVICE_ADD,
                                cosmic_device_add_body (&request, &request.member)),
                 NONE);
  log = fixture_log (&second, &cosmic_id_zero);
  assert_reason (erase (&world, &log, world.text, NULL), NONE);
  g_assert_true (is_erased (&world, world.text));
  fixture_device_clear (&second);
  world_clear (&world);
}

static void
test_subjects_and_officers_erase_a_member (void)
{
  World world;
  const CosmicId *member;
  CosmicId operation;

  world_init (&world, 3);
  member = &world.author.member;
  operation = fixture_id (&world.party.random);
  world.party.fold.height = 7;
  g_assert_cmpuint (cosmic_authority_erased_member (world.party.authority, member), ==, 0);
  g_assert_false (cosmic_authority_erased (world.party.authority, &operation, member, 0));
  assert_reason (erase (&world, &world.other_log, NULL, member), NOT_ALLOWED);
  assert_reason (erase (&world, &world.author_log, NULL, member), NONE);
  g_assert_cmpuint (cosmic_authority_erased_member (world.party.authority, member), ==, 7);
  /* Up to the height of the erasure: what is said of them later stays. */
  for (guint64 height = 0; height < 10; height++)
    g_assert_cmpint (cosmic_authority_erased (world.party.authority, &operation, member, height),
                     ==, height <= 7);
  g_assert_false (
      cosmic_authority_erased (world.party.authority, &operation, &world.other.member, 1));
  g_assert_false (cosmic_authority_erased (world.party.authority, &operation, &cosmic_id_zero, 1));
  world.party.fold.height = 12;
  assert_reason (erase (&world, &world.party.log, NULL, member), NONE);
  g_assert_cmpuint (cosmic_authority_erased_member (world.party.authority, member), ==, 12);
  world_clear (&world);
}

static void
test_one_that_may_not_voids_the_whole (void)
{
  World world;
  g_autoptr (CosmicOperation) own = NULL;
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  world_init (&world, 4);
  own = write_text (&world, &world.other_log, TRUE);
  g_ptr_array_add (operations, own);
  g_ptr_array_add (operations, world.text);
  assert_reason (fixture_claim (&world.party, &world.other_log, COSMIC_KIND_ERASE,
                                cosmic_erase_body (operations, NULL)),
                 NOT_ALLOWED);
  g_assert_false (is_erased (&world, own));
  g_ptr_array_set_size (operations, 1);
  g_array_append_val (members, world.author.member);
  assert_reason (fixture_claim (&world.party, &world.other_log, COSMIC_KIND_ERASE,
                                cosmic_erase_body (operations, members)),
                 NOT_ALLOWED);
  g_assert_false (is_erased (&world, own));
  assert_reason (fixture_claim (&world.party, &world.other_log, COSMIC_KIND_ERASE,
                                cosmic_erase_body (operations, NULL)),
                 NONE);
  g_assert_true (is_erased (&world, own));
  world_clear (&world);
}

static CosmicReason
erase_bytes (World *self, gconstpointer bytes, gsize size)
{
  GVariant *item = cosmic_codec_new_bytes (bytes, size);
  GVariant *fields[] = { g_variant_new_array (NULL, &item, 1), cosmic_codec_new_ids (NULL),
                         g_variant_new_byte (1) };

  return fixture_claim (&self->party, &self->party.log, COSMIC_KIND_ERASE,
                        g_variant_new_tuple (fields, 3));
}

static void
test_items_are_the_partys_own_and_signed (void)
{
  World world;
  FixtureParty foreign;
  g_autoptr (CosmicOperation) bare = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size;

  world_init (&world, 5);
  fixture_party_init (&foreign, 99);
  bare = write_text (&world, &world.author_log, FALSE);
  copy = g_memdup2 (g_bytes_get_data (world.text->item, &size),
                    g_bytes_get_size (world.text->item));
  assert_reason (erase_bytes (&world, copy, size - 1), BAD_PROOF);
  assert_reason (erase_bytes (&world, copy, 0), BAD_PROOF);
  copy[size - 1] ^= 1;
  assert_reason (erase_bytes (&world, copy, size), BAD_PROOF);
  assert_reason (erase (&world, &world.party.log, foreign.genesis, NULL), BAD_PROOF);
  assert_reason (erase (&world, &world.party.log, bare, NULL), NO_SUCH_SUBJECT);
  assert_reason (erase (&world, &world.party.log, world.party.genesis, NULL), NONE);
  fixture_party_clear (&foreign);
  world_clear (&world);
}

static CosmicReason
erase_many (World *self, guint n_items, guint n_members, guint8 parts)
{
  GVariantBuilder items;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  gsize size;
  gconstpointer item = g_bytes_get_data (self->text->item, &size);
  GVariant *fields[3];

  g_variant_builder_init (&items, G_VARIANT_TYPE_BYTESTRING_ARRAY);
  for (guint i = 0; i < n_items; i++)
    g_variant_builder_add_value (&items, cosmic_codec_new_bytes (item, size));
  for (guint i = 0; i < n_members; i++)
    {
      CosmicId member = { { (guint8) i } };

      g_array_append_val (members, member);
    }
  fields[0] = g_variant_builder_end (&items);
  fields[1] = cosmic_codec_new_ids (members);
  fields[2] = g_variant_new_byte (parts);
  return fixture_claim (&self->party, &self->party.log, COSMIC_KIND_ERASE,
                        g_variant_new_tuple (fields, 3));
}

static void
test_an_erasure_is_bounded_and_names_something (void)
{
  World world;

  world_init (&world, 6);
  assert_reason (erase_many (&world, 0, 0, 1), BAD_BODY);
  assert_reason (erase_many (&world, COSMIC_ERASE_MAX + 1, 0, 1), BAD_BODY);
  assert_reason (erase_many (&world, 0, COSMIC_ERASE_MAX + 1, 1), BAD_BODY);
  for (guint parts = 0; parts < 256; parts++)
    if (parts != 1)
      assert_reason (erase_many (&world, 1, 0, (guint8) parts), BAD_BODY);
  assert_reason (erase_many (&world, COSMIC_ERASE_MAX, COSMIC_ERASE_MAX, 1), NONE);
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/erase/Authors and officers erase a text",
                   test_authors_and_officers_erase_a_text);
  g_test_add_func ("/erase/A member's second device erases too",
                   test_a_members_second_device_erases_too);
  g_test_add_func ("/erase/Subjects and officers erase a member, up to a height",
                   test_subjects_and_officers_erase_a_member);
  g_test_add_func ("/erase/One that may not voids the whole",
                   test_one_that_may_not_voids_the_whole);
  g_test_add_func ("/erase/Items are the party's own, and signed",
                   test_items_are_the_partys_own_and_signed);
  g_test_add_func ("/erase/An erasure is bounded and names something",
                   test_an_erasure_is_bounded_and_names_something);
  return g_test_run ();
}
