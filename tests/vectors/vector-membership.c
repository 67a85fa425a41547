/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-proof.h"
#include "cosmic-trie.h"
#include "dpop-outcome-export.h"
#include "dpop-unit.h"
#include "fixture-charter.h"
#include "fixture-membership.h"
#include "vector-claim.h"

/* --- What claims are made of. ---------------------------------------------------------------- */

static void
write_claim (VectorFile *file, const char *name, DpopClaim *claim)
{
  vector_claim_write (file, fixture_membership_rules (), name, claim);
}

static DpopMemberDetails *
full_details (void)
{
  static const char *const address[] = { "c/o Byron", "12 St James's Square", NULL };
  DpopMemberDetails *details = fixture_membership_details ("Ada Lovelace");

  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_GIVEN_NAME, "Ada");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_FAMILY_NAME, "Lovelace");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_EMAIL, "ada@example.org");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_PHONE, "+44 20 7946 0000");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_POSTCODE, "SW1Y 4JH");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_CITY, "London");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_COUNTRY, "GB");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_BORN, "1815-12-10");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_JOINED, "1833");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NUMBER, "0042");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NOTE, "Writes programs.");
  details->address = g_strdupv ((char **) address);
  dpop_member_details_add_extra (details, "Choir", "Alto");
  return details;
}

static void
write_personal (VectorFile *file)
{
  g_autoptr (DpopMemberDetails) full = full_details (), bare = fixture_membership_details ("Ada");
  const DpopOutcomeExport none = { .accepted = FALSE, .height = 9 };
  const DpopOutcomeExport dismissal = {
    .accepted = TRUE, .height = 1234567, .scope = { { 1 } }, .effect = DPOP_EFFECT_REVOKE_OFFICE,
    .role = 3, .unit = { { 1 } }, .member = { { 2 } },
  };
  const DpopOutcomeExport keeper = { .accepted = TRUE, .height = 1234567,
                                     .effect = DPOP_EFFECT_DISMISS_WITNESS, .member = { { 2 } } };

  vector_file_value (file, "particulars", "details", DPOP_MEMBER_DETAILS_PERSONAL_TYPE,
                     dpop_member_details_encode (full));
  vector_file_value (file, "a name and no more", "details", DPOP_MEMBER_DETAILS_PERSONAL_TYPE,
                     dpop_member_details_encode (bare));
  vector_file_value (file, "a unit's name", "unit name", DPOP_UNIT_NAME_PERSONAL_TYPE,
                     dpop_unit_name_encode ("North"));
  vector_file_value (file, "nothing was decided", "outcome", DPOP_OUTCOME_EXPORT_TYPE,
                     dpop_outcome_export_encode (&none));
  vector_file_value (file, "an office falls", "outcome", DPOP_OUTCOME_EXPORT_TYPE,
                     dpop_outcome_export_encode (&dismissal));
  vector_file_value (file, "a record keeper goes", "outcome", DPOP_OUTCOME_EXPORT_TYPE,
                     dpop_outcome_export_encode (&keeper));
}

static void
test_claims (void)
{
  VectorFile *file = vector_file_new ("membership");
  static const CosmicId import = { { 7 } };
  g_autoptr (DpopMemberDetails) details = full_details ();
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GBytes) bytes = g_bytes_new ("outcome", 7), proof = g_bytes_new ("proof", 5);
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  g_array_append_val (units, scene.north);
  g_array_append_val (units, scene.south);
  write_claim (file, "someone taken in",
               dpop_member_command_add (&scene.ada, NULL, DPOP_MEMBER_APPLICANT, NULL, details));
  write_claim (file, "someone of two units, from a list",
               dpop_member_command_add (&scene.ada, units, DPOP_MEMBER_MEMBER, &import, details));
  write_claim (file, "new particulars",
               dpop_member_command_details (scene.party.authority, &scene.ada, &import, details));
  write_claim (file, "suspended", dpop_member_command_state (&scene.ada, DPOP_MEMBER_MEMBER,
                                                             DPOP_MEMBER_SUSPENDED));
  write_claim (file, "left", dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LEFT, NULL));
  write_claim (file, "expelled, some operations kept",
               dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_EXPELLED, units));
  write_claim (file, "an import undone", dpop_member_command_undo (&import));
  write_claim (file, "a role of the party given",
               dpop_member_command_grant (&scene.ada, FIXTURE_CHAIR, NULL));
  write_claim (file, "a role of a unit taken",
               dpop_member_command_revoke (&scene.ada, FIXTURE_CLERK, &scene.north));
  write_claim (file, "a unit",
               dpop_member_command_add_unit (&scene.north, 1, &scene.ada, &scene.bea, &scene.cyd,
                                             "North"));
  write_claim (file, "a unit renamed", dpop_member_command_name_unit (&scene.north, "Up North"));
  write_claim (file, "put into a unit",
               dpop_member_command_assign_unit (&scene.ada, &scene.south, TRUE));
  write_claim (file, "what was decided, carried out",
               dpop_member_command_enact (&scene.ada, 12, bytes, proof));
  write_claim (file, "record keepers appointed", dpop_member_command_appoint_witness (units));
  write_claim (file, "a record keeper resigns", dpop_member_command_resign_witness (&scene.ada));
  write_personal (file);
  fixture_scene_clear (&scene);
  vector_file_finish (file);
}

/* --- The state that they make. ---------------------------------------------------------------- */

static void
act (FixtureScene *scene, const CosmicId *device, DpopClaim *claim)
{
  fixture_assert_reason (fixture_scene_say (scene, device, claim), COSMIC_REASON_NONE);
}

static gboolean
certified_root (const CosmicFold *fold, guint64 height, CosmicId *root)
{
  *root = *(const CosmicId *) fold->root_at_data;
  return TRUE;
}

/* The clerk's role falls by a decision, the only stream there is. */
static void
carry_out (FixtureScene *scene)
{
  const DpopOutcomeExport outcome = {
    .accepted = TRUE, .height = scene->party.fold.height - 1, .effect = DPOP_EFFECT_REVOKE_OFFICE,
    .role = FIXTURE_CLERK, .unit = scene->north, .member = scene->clerk,
  };
  static const CosmicId decision = { { 50 } };
  const CosmicKey key = dpop_outcome_export_key ();
  g_autoptr (CosmicState) exports = cosmic_state_new (NULL, NULL);
  g_autoptr (GBytes) value = cosmic_codec_encode (dpop_outcome_export_encode (&outcome));
  g_autoptr (GBytes) proof = NULL, encoded = NULL;
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicStreamLeaf leaf = { .chain = cosmic_id_zero };
  CosmicTrieLeaf trie_leaf;
  CosmicId root;

  cosmic_state_put_bytes (exports, &key, value);
  cosmic_state_root (exports, &leaf.exports);
  encoded = cosmic_codec_encode (cosmic_stream_leaf_encode (&leaf));
  trie_leaf = cosmic_trie_leaf (decision.bytes, COSMIC_ID_SIZE, g_bytes_get_data (encoded, NULL),
                                g_bytes_get_size (encoded));
  g_array_append_val (leaves, trie_leaf);
  cosmic_trie_root (leaves, &root);
  proof = cosmic_proof_new (&leaf, path, path);
  scene->party.fold.root_at = certified_root;
  scene->party.fold.root_at_data = &root;
  act (scene, &scene->ada_device, dpop_member_command_enact (&decision, 1, value, proof));
}

static void
write_entries (VectorFile *file, const char *name, const FixtureScene *scene)
{
  vector_file_begin (file, name);
  vector_file_number (file, "height", scene->party.fold.height);
  vector_file_state (file, scene->party.authority);
}

static void
test_states (void)
{
  VectorFile *file = vector_file_new ("membership-state");
  static const CosmicId import = { { 7 } }, second = { { 8 } };
  g_autoptr (DpopMemberDetails) details = full_details ();
  CosmicId row = { { 9 } }, other_row = { { 10 } };
  FixtureScene scene;
  CosmicId *chair;

  fixture_scene_init (&scene, fixture_charter ());
  chair = &scene.party.device;
  write_entries (file, "six people", &scene);
  act (&scene, chair, fixture_membership_add (&row, &scene.south, DPOP_MEMBER_MEMBER, &import));
  act (&scene, chair, fixture_membership_add (&other_row, NULL, DPOP_MEMBER_MEMBER, &import));
  act (&scene, chair, dpop_member_command_details (scene.party.authority, &scene.bea, &second,
                                                   details));
  act (&scene, chair, dpop_member_command_state (&scene.cyd, DPOP_MEMBER_APPLICANT,
                                                 DPOP_MEMBER_MEMBER));
  act (&scene, chair, dpop_member_command_grant (&scene.cyd, FIXTURE_CHAIR, NULL));
  act (&scene, chair, dpop_member_command_assign_unit (&scene.cyd, &scene.south, TRUE));
  act (&scene, chair, dpop_member_command_name_unit (&scene.south, "Down South"));
  fixture_membership_next (&scene.party);
  act (&scene, chair, dpop_member_command_state (&row, DPOP_MEMBER_MEMBER,
                                                 DPOP_MEMBER_SUSPENDED));
  act (&scene, chair, dpop_member_command_undo (&import));
  carry_out (&scene);
  act (&scene, &scene.ada_device, dpop_member_command_remove (&scene.ada, DPOP_REMOVAL_LEFT,
                                                              NULL));
  write_entries (file, "two batches later", &scene);
  fixture_scene_clear (&scene);
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vectors/membership/Bodies and personal parts", test_claims);
  g_test_add_func ("/vectors/membership/States", test_states);
  return g_test_run ();
}
