/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-fold.h"

#define assert_reason(found, expected) g_assert_cmpuint ((found), ==, COSMIC_REASON_##expected)

/* A party with an officer (the founder), a member, and a stream that the founder opened. */
typedef struct
{
  FixtureParty party;
  FixtureDevice member;
  CosmicId stream;
  CosmicState *state;
  CosmicFold fold;
  FixtureLog log; /* the member's, in the authority stream */
  FixtureLog notes; /* the member's, in the other */
} World;

static void
world_init (World *self, guint64 number)
{
  CosmicId nonce;
  GVariant *fields[2];
  FixtureLog opener;
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (GBytes) part = NULL;
  CosmicHeader header;

  fixture_party_init (&self->party, number);
  fixture_enrol (&self->party, &self->member, FALSE);
  nonce = fixture_id (&self->party.random);
  cosmic_stream_id (&self->party.fold.party, &self->party.founder.id, &nonce, &self->stream);
  self->state = cosmic_state_new (NULL, NULL);
  self->fold = fixture_stream_fold (&self->party, &self->stream, self->state, NULL);
  self->log = fixture_log (&self->member, &cosmic_id_zero);
  self->notes = fixture_log (&self->member, &self->stream);
  opener = fixture_log (&self->party.founder, &self->stream);
  fields[0] = cosmic_codec_new_id (&nonce);
  fields[1] = g_variant_new_uint32 (1);
  header = fixture_header (&self->party, &opener, FIXTURE_KIND_OPEN, FALSE);
  operation = fixture_sign (&self->party, &opener, &header, g_variant_new_tuple (fields, 2), &part);
  assert_reason (cosmic_fold_operation (&self->fold, operation, part), NONE);
}

static void
world_clear (World *self)
{
  fixture_device_clear (&self->member);
  cosmic_state_free (self->state);
  fixture_party_clear (&self->party);
}

/* A note that is signed now and folded later. */
typedef struct
{
  CosmicOperation *operation;
  GBytes *part;
} Note;

static Note
new_note (World *self, FixtureLog *log)
{
  CosmicHeader header = fixture_header (&self->party, log, FIXTURE_KIND_NOTE, TRUE);
  Note note;

  note.operation = fixture_sign (&self->party, log, &header, g_variant_new ("(u)", 1), &note.part);
  return note;
}

static CosmicReason
fold_note (World *self, Note *note)
{
  return cosmic_fold_operation (&self->fold, note->operation, note->part);
}

static void
note_clear (Note *note)
{
  cosmic_operation_unref (note->operation);
  g_bytes_unref (note->part);
}

static CosmicReason
switch_off (World *self, FixtureLog *log, const CosmicId *device, GArray *kept)
{
  return fixture_claim (&self->party, log, COSMIC_KIND_DEVICE_OFF,
                        cosmic_device_off_body (device, 1, kept));
}

static GArray *
ids_of (const CosmicOperation *a, const CosmicOperation *b)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  g_array_append_val (ids, a->id);
  if (b != NULL)
    g_array_append_val (ids, b->id);
  cosmic_ids_normalise (ids);
  return ids;
}

static void
test_what_is_kept_acts_and_the_rest_is_dead (void)
{
  World world;
  Note notes[3];
  CosmicDevice device;
  g_autoptr (GArray) kept = NULL;
  g_autoptr (GArray) on = NULL;

  world_init (&world, 1);
  for (guint i = 0; i < 3; i++)
    notes[i] = new_note (&world, &world.notes);
  kept = ids_of (notes[0].operation, notes[1].operation);
  assert_reason (switch_off (&world, &world.party.log, &world.member.id, kept), NONE);
  g_assert_true (cosmic_authority_device (world.party.authority, &world.member.id, &device));
  g_assert_true (device.off);
  g_assert_cmpuint (device.off_height, ==, world.party.fold.height);
  g_assert_false (cosmic_authority_has_device (world.party.authority, &world.member.member));
  on = cosmic_authority_devices (world.party.authority);
  g_assert_cmpuint (on->len, ==, 1);
  assert_reason (fold_note (&world, &notes[0]), NONE);
  assert_reason (fold_note (&world, &notes[1]), NONE);
  assert_reason (fold_note (&world, &notes[2]), AUTHOR_REMOVED);
  for (guint i = 0; i < 3; i++)
    note_clear (&notes[i]);
  world_clear (&world);
}

/* Kept is what the target signed: a list cannot wake what another removed device signed. */
static void
test_a_removal_keeps_for_its_target_only (void)
{
  World world;
  FixtureDevice friend;
  FixtureLog friend_log;
  Note note;
  g_autoptr (GArray) kept = NULL;

  world_init (&world, 2);
  fixture_enrol (&world.party, &friend, FALSE);
  friend_log = fixture_log (&friend, &cosmic_id_zero);
  assert_reason (switch_off (&world, &world.party.log, &world.member.id, NULL), NONE);
  note = new_note (&world, &world.notes); /* back-dated, after the removal */
  kept = ids_of (note.operation, NULL);
  assert_reason (switch_off (&world, &friend_log, &friend.id, kept), NONE);
  assert_reason (fold_note (&world, &note), AUTHOR_REMOVED);
  note_clear (&note);
  fixture_device_clear (&friend);
  world_clear (&world);
}

static void
test_who_may_switch_off (void)
{
  World world;
  CosmicId nobody;

  world_init (&world, 3);
  nobody = fixture_id (&world.party.random);
  assert_reason (switch_off (&world, &world.log, &world.party.founder.id, NULL), NOT_ALLOWED);
  assert_reason (switch_off (&world, &world.party.log, &nobody, NULL), NO_SUCH_SUBJECT);
  assert_reason (switch_off (&world, &world.log, &world.member.id, NULL), NONE); /* one's own */
  assert_reason (switch_off (&world, &world.party.log, &world.member.id, NULL), ALREADY);
  assert_reason (switch_off (&world, &world.log, &world.member.id, NULL), AUTHOR_REMOVED);
  world_clear (&world);
}

static void
test_a_device_that_is_off_never_comes_back (void)
{
  World world;
  CosmicRequest request;
  CosmicDevice device;

  world_init (&world, 4);
  assert_reason (switch_off (&world, &world.party.log, &world.member.id, NULL), NONE);
  request = fixture_request (&world.party, &world.member, NULL);
  assert_reason (fixture_claim (&world.party, &world.party.log, COSMIC_KIND_DEVICE_ADD,
                                cosmic_device_add_body (&request, &request.member)),
                 ALREADY);
  g_assert_true (cosmic_authority_device (world.party.authority, &world.member.id, &device));
  g_assert_true (device.off);
  world_clear (&world);
}

static void
test_lists_of_what_is_kept_are_bounded_sets (void)
{
  World world;
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (CosmicId));
  CosmicId twice[2] = { { { 1 } }, { { 1 } } };

  world_init (&world, 5);
  g_array_append_vals (ids, twice, 2);
  assert_reason (switch_off (&world, &world.party.log, &world.member.id, ids), BAD_BODY);
  g_array_set_size (ids, COSMIC_KEPT_MAX + 1);
  for (guint i = 0; i < ids->len; i++)
    g_array_index (ids, CosmicId, i) = (CosmicId){ { (guint8) (i >> 8), (guint8) i } };
  assert_reason (switch_off (&world, &world.party.log, &world.member.id, ids), BAD_BODY);
  g_array_set_size (ids, COSMIC_KEPT_MAX);
  assert_reason (switch_off (&world, &world.party.log, &world.member.id, ids), NONE);
  world_clear (&world);
}

static void
test_removing_a_member_cuts_every_device (void)
{
  World world;
  FixtureDevice second;
  FixtureLog second_log;
  Note kept_note, dead_note, kept_second;
  CosmicRequest request;
  GVariant *fields[2];
  g_autoptr (GArray) kept = NULL;

  world_init (&world, 6);
  fixture_device_init (&second, &world.party.random, &world.member.member);
  request = fixture_request (&world.party, &second, NULL);
  assert_reason (fixture_claim (&world.party, &world.log, COSMIC_KIND_DEVICE_ADD,
                                cosmic_device_add_body (&request, &request.member)),
                 NONE);
  second_log = fixture_log (&second, &world.stream);
  kept_note = new_note (&world, &world.notes);
  dead_note = new_note (&world, &world.notes);
  kept_second = new_note (&world, &second_log);
  kept = ids_of (kept_note.operation, kept_second.operation);
  fields[0] = cosmic_codec_new_id (&world.member.member);
  fields[1] = cosmic_codec_new_ids (kept);
  assert_reason (fixture_claim (&world.party, &world.party.log, FIXTURE_KIND_REMOVE,
                                g_variant_new_tuple (fields, 2)),
                 NONE);
  g_assert_false (cosmic_authority_has_device (world.party.authority, &world.member.member));
  assert_reason (fold_note (&world, &kept_note), NONE);
  assert_reason (fold_note (&world, &kept_second), NONE);
  assert_reason (fold_note (&world, &dead_note), AUTHOR_REMOVED);
  note_clear (&kept_note);
  note_clear (&dead_note);
  note_clear (&kept_second);
  fixture_device_clear (&second);
  world_clear (&world);
}

/* What was cut stays as it was cut: a later removal of the member keeps nothing more. */
static void
test_a_cut_is_made_once (void)
{
  World world;
  Note note;
  CosmicDevice device;
  GVariant *fields[2];
  g_autoptr (GArray) kept = NULL;

  world_init (&world, 10);
  note = new_note (&world, &world.notes);
  kept = ids_of (note.operation, NULL);
  assert_reason (switch_off (&world, &world.party.log, &world.member.id, NULL), NONE);
  world.party.fold.height++;
  fields[0] = cosmic_codec_new_id (&world.member.member);
  fields[1] = cosmic_codec_new_ids (kept);
  assert_reason (fixture_claim (&world.party, &world.party.log, FIXTURE_KIND_REMOVE,
                                g_variant_new_tuple (fields, 2)),
                 NONE);
  g_assert_true (cosmic_authority_device (world.party.authority, &world.member.id, &device));
  g_assert_cmpuint (device.off_height, ==, world.party.fold.height - 1);
  assert_reason (fold_note (&world, &note), AUTHOR_REMOVED);
  note_clear (&note);
  world_clear (&world);
}

/* --- Forks. --------------------------------------------------------------------------------- */

static CosmicReason
show_fork (World *self, FixtureLog *log, const CosmicOperation *a, const CosmicOperation *b)
{
  return fixture_claim (&self->party, log, COSMIC_KIND_EQUIVOCATION,
                        cosmic_equivocation_body (a, b));
}

static void
test_a_forked_log_is_frozen_and_no_other (void)
{
  World world;
  Note notes[2], later;
  FixtureLog copy;

  world_init (&world, 7);
  copy = world.notes; /* a copied profile goes on from the same place */
  notes[0] = new_note (&world, &world.notes);
  notes[1] = new_note (&world, &copy);
  later = new_note (&world, &world.notes);
  g_assert_false (
      cosmic_authority_frozen (world.party.authority, &world.member.id, &world.stream));
  assert_reason (fold_note (&world, &notes[0]), NONE); /* covered before the fork was shown */
  assert_reason (show_fork (&world, &world.party.log, notes[0].operation, notes[1].operation),
                 NONE);
  assert_reason (show_fork (&world, &world.party.log, notes[1].operation, notes[0].operation),
                 ALREADY);
  g_assert_true (
      cosmic_authority_frozen (world.party.authority, &world.member.id, &world.stream));
  assert_reason (fold_note (&world, &notes[1]), FORKED);
  assert_reason (fold_note (&world, &later), FORKED);
  /* The same device in another stream goes on: to add a device of one's own, say. */
  assert_reason (switch_off (&world, &world.log, &world.member.id, NULL), NONE);
  note_clear (&notes[0]);
  note_clear (&notes[1]);
  note_clear (&later);
  world_clear (&world);
}

static CosmicReason
show_bytes (World *self, GBytes *a, GBytes *b)
{
  GVariant *fields[] = {
    cosmic_codec_new_bytes (g_bytes_get_data (a, NULL), g_bytes_get_size (a)),
    cosmic_codec_new_bytes (g_bytes_get_data (b, NULL), g_bytes_get_size (b)),
  };

  return fixture_claim (&self->party, &self->party.log, COSMIC_KIND_EQUIVOCATION,
                        g_variant_new_tuple (fields, 2));
}

static CosmicOperation *
sign_spoiled (World *self, CosmicHeader header, const CosmicSecret *key, guint how)
{
  if (how == 0)
    header.seq++, header.previous = (CosmicId){ { 1 } };
  else if (how == 1)
    header.stream.bytes[0] ^= 1;
  else if (how == 2)
    header.party.bytes[0] ^= 1;
  else
    header.kind++;
  return cosmic_operation_sign (&header, key);
}

static void
test_what_is_no_fork_freezes_nothing (void)
{
  World world;
  Note note;

  world_init (&world, 8);
  note = new_note (&world, &world.notes);
  for (guint how = 0; how < 5; how++)
    {
      /* Another seq, another stream, another party, another author; at last a true fork. */
      g_autoptr (CosmicOperation) other
          = sign_spoiled (&world, note.operation->header,
                          how == 3 ? world.party.founder.key : world.member.key, how);

      g_assert_cmpuint (
          show_fork (&world, &world.party.log, note.operation, other), ==,
          how < 4 ? COSMIC_REASON_BAD_PROOF : COSMIC_REASON_NONE);
      g_assert_cmpint (
          cosmic_authority_frozen (world.party.authority, &world.member.id, &world.stream), ==,
          how == 4);
    }
  assert_reason (show_fork (&world, &world.party.log, note.operation, note.operation), BAD_PROOF);
  note_clear (&note);
  world_clear (&world);
}

static void
test_a_fork_is_shown_in_order_and_signed (void)
{
  World world;
  Note notes[2];
  FixtureLog copy;
  GBytes *low, *high;
  g_autofree guint8 *spoiled = NULL;
  g_autoptr (GBytes) unsigned_item = NULL;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  gsize size;

  world_init (&world, 9);
  copy = world.notes;
  notes[0] = new_note (&world, &world.notes);
  notes[1] = new_note (&world, &copy);
  low = notes[0].operation->item;
  high = notes[1].operation->item;
  if (cosmic_id_compare (&notes[0].operation->id, &notes[1].operation->id) > 0)
    low = notes[1].operation->item, high = notes[0].operation->item;
  spoiled = g_memdup2 (g_bytes_get_data (high, &size), g_bytes_get_size (high));
  spoiled[size - 1] ^= 1;
  unsigned_item = g_bytes_new (spoiled, size);
  assert_reason (show_bytes (&world, high, low), BAD_PROOF);
  assert_reason (show_bytes (&world, low, low), BAD_PROOF);
  assert_reason (show_bytes (&world, low, unsigned_item), BAD_PROOF);
  assert_reason (show_bytes (&world, unsigned_item, low), BAD_PROOF);
  assert_reason (show_bytes (&world, low, nothing), BAD_PROOF);
  assert_reason (show_bytes (&world, low, high), NONE);
  note_clear (&notes[0]);
  note_clear (&notes[1]);
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cut/What is kept acts, and the rest is dead",
                   test_what_is_kept_acts_and_the_rest_is_dead);
  g_test_add_func ("/cut/A removal keeps for its target only",
                   test_a_removal_keeps_for_its_target_only);
  g_test_add_func ("/cut/Officers switch off, and everyone their own", test_who_may_switch_off);
  g_test_add_func ("/cut/A device that is off never comes back",
                   test_a_device_that_is_off_never_comes_back);
  g_test_add_func ("/cut/Lists of what is kept are bounded sets",
                   test_lists_of_what_is_kept_are_bounded_sets);
  g_test_add_func ("/cut/Removing a member cuts every device",
                   test_removing_a_member_cuts_every_device);
  g_test_add_func ("/cut/A cut is made once", test_a_cut_is_made_once);
  g_test_add_func ("/fork/A forked log is frozen, and no other",
                   test_a_forked_log_is_frozen_and_no_other);
  g_test_add_func ("/fork/What is no fork freezes nothing", test_what_is_no_fork_freezes_nothing);
  g_test_add_func ("/fork/A fork is shown in order and signed",
                   test_a_fork_is_shown_in_order_and_signed);
  return g_test_run ();
}
