/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority.h"
#include "cosmic-proof.h"
#include "cosmic-trie.h"
#include "dpop-outcome-export.h"
#include "fixture-charter.h"
#include "fixture-membership.h"

/* A decision as enact sees it: what it exported, in a state tree of its own, certified at one
 * height. */
typedef struct
{
  CosmicId stream;
  guint64 height;
  CosmicId root;
  GBytes *value;
  GBytes *proof;
} Decision;

/* Exports VALUE under KEY and shows it; the value at hand is the outcome all the same. */
static void
decision_init_with (Decision *self, const CosmicId *stream, guint64 height, CosmicKey key,
                    const DpopOutcomeExport *outcome)
{
  g_autoptr (CosmicState) exports = cosmic_state_new (NULL, NULL);
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (CosmicTrieLeaf));
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GBytes) encoded = NULL;
  CosmicStreamLeaf leaf = { .chain = cosmic_id_zero };
  CosmicTrieLeaf trie_leaf;

  self->stream = *stream;
  self->height = height;
  self->value = cosmic_codec_encode (dpop_outcome_export_encode (outcome));
  cosmic_state_put_bytes (exports, &key, self->value);
  cosmic_state_root (exports, &leaf.exports);
  encoded = cosmic_codec_encode (cosmic_stream_leaf_encode (&leaf));
  trie_leaf = cosmic_trie_leaf (stream->bytes, COSMIC_ID_SIZE, g_bytes_get_data (encoded, NULL),
                                g_bytes_get_size (encoded));
  g_array_append_val (streams, trie_leaf);
  cosmic_trie_root (streams, &self->root);
  self->proof = cosmic_proof_new (&leaf, path, path);
}

static void
decision_init (Decision *self, const CosmicId *stream, guint64 height,
               const DpopOutcomeExport *outcome)
{
  decision_init_with (self, stream, height, dpop_outcome_export_key (), outcome);
}

static void
decision_clear (Decision *self)
{
  g_clear_pointer (&self->value, g_bytes_unref);
  g_clear_pointer (&self->proof, g_bytes_unref);
}

static gboolean
root_at (const CosmicFold *fold, guint64 height, CosmicId *root)
{
  const Decision *decision = fold->root_at_data;

  *root = decision->root;
  return height == decision->height;
}

static DpopClaim *
enact (const Decision *decision)
{
  return dpop_member_command_enact (&decision->stream, decision->height, decision->value,
                                    decision->proof);
}

static void
certify (FixtureScene *scene, Decision *decision)
{
  scene->party.fold.root_at = root_at;
  scene->party.fold.root_at_data = decision;
}

static const CosmicId stream = { { 50 } };

/* That the founder is no longer in the chair. */
static DpopOutcomeExport
dismissal (const FixtureScene *scene)
{
  return (DpopOutcomeExport){
    .accepted = TRUE, .height = scene->party.fold.height - 1, .effect = DPOP_EFFECT_REVOKE_OFFICE,
    .role = FIXTURE_CHAIR, .member = scene->party.founder,
  };
}

static gboolean
in_chair (const FixtureScene *scene)
{
  DpopMember founder = fixture_scene_look (scene, &scene->party.founder);

  return dpop_standing_role (&founder.standing, FIXTURE_CHAIR, &cosmic_id_zero) != NULL;
}

/* Says what OUTCOME comes to, signed by an ordinary member. */
static CosmicReason
say_outcome (FixtureScene *scene, const DpopOutcomeExport *outcome)
{
  Decision decision;
  CosmicReason reason;

  decision_init (&decision, &stream, scene->party.fold.height - 1, outcome);
  certify (scene, &decision);
  reason = fixture_scene_say (scene, &scene->ada_device, enact (&decision));
  decision_clear (&decision);
  return reason;
}

static void
test_anyone_carries_out_what_was_decided (void)
{
  DpopOutcomeExport outcome;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  outcome = dismissal (&scene);
  g_assert_true (in_chair (&scene));
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NONE);
  g_assert_false (in_chair (&scene));
  fixture_scene_clear (&scene);
}

static void
test_a_decision_acts_once (void)
{
  DpopOutcomeExport outcome;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_membership_grant (&scene.party, &scene.ada, FIXTURE_CHAIR, NULL);
  outcome = dismissal (&scene);
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NONE);
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_ALREADY);
  fixture_scene_clear (&scene);
}

static void
test_what_was_not_decided_is_not_carried_out (void)
{
  DpopOutcomeExport outcome;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  outcome = dismissal (&scene);
  outcome.accepted = FALSE;
  fixture_assert_reason (say_outcome (&scene, &outcome), DPOP_REASON_NOT_ACCEPTED);
  for (guint16 effect = 0; effect < 10; effect++)
    if (effect != DPOP_EFFECT_REVOKE_OFFICE && effect != DPOP_EFFECT_DISMISS_WITNESS)
      {
        outcome = dismissal (&scene);
        outcome.effect = effect;
        fixture_assert_reason (say_outcome (&scene, &outcome), DPOP_REASON_NO_EFFECT);
      }
  g_assert_true (in_chair (&scene));
  /* What came to nothing did not use the decision up. */
  outcome = dismissal (&scene);
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

static void
test_an_office_not_held_does_not_fall (void)
{
  DpopOutcomeExport outcome;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  outcome = dismissal (&scene);
  outcome.member = scene.ada;
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NO_SUCH_SUBJECT);
  outcome.member = stream;
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NO_SUCH_SUBJECT);
  outcome = dismissal (&scene);
  outcome.role = FIXTURE_CLERK;
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NO_SUCH_SUBJECT);
  outcome = dismissal (&scene);
  outcome.unit = scene.north;
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NO_SUCH_SUBJECT);
  fixture_scene_clear (&scene);
}

static void
test_a_unit_decides_on_its_own_offices_only (void)
{
  DpopOutcomeExport outcome;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  outcome = dismissal (&scene);
  outcome.scope = scene.north;
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NOT_ALLOWED);
  outcome = (DpopOutcomeExport){
    .accepted = TRUE, .height = scene.party.fold.height, .effect = DPOP_EFFECT_REVOKE_OFFICE,
    .role = FIXTURE_CLERK, .unit = scene.north, .member = scene.clerk, .scope = scene.south,
  };
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NOT_ALLOWED);
  outcome.scope = scene.north;
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NONE);
  fixture_scene_clear (&scene);
}

static void
test_an_office_given_anew_is_held_by_a_later_word (void)
{
  DpopOutcomeExport outcome;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  fixture_membership_grant (&scene.party, &scene.ada, FIXTURE_CHAIR, NULL);
  outcome = dismissal (&scene);
  fixture_membership_next (&scene.party);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.party.device,
                         dpop_member_command_revoke (&scene.party.founder, FIXTURE_CHAIR, NULL)),
      COSMIC_REASON_NONE);
  fixture_assert_reason (
      fixture_scene_say (&scene, &scene.ada_device,
                         dpop_member_command_grant (&scene.party.founder, FIXTURE_CHAIR, NULL)),
      COSMIC_REASON_NONE);
  fixture_assert_reason (say_outcome (&scene, &outcome), DPOP_REASON_OUTDATED);
  g_assert_true (in_chair (&scene));
  fixture_scene_clear (&scene);
}

static void
test_only_what_is_shown_is_believed (void)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) other = NULL;
  DpopOutcomeExport outcome;
  FixtureScene scene;
  Decision decision, elsewhere, key;
  const CosmicId *device;

  fixture_scene_init (&scene, fixture_charter ());
  device = &scene.ada_device;
  outcome = dismissal (&scene);
  decision_init (&decision, &stream, scene.party.fold.height - 1, &outcome);
  decision_init (&elsewhere, &scene.ada, scene.party.fold.height - 1, &outcome);
  decision_init_with (&key, &stream, scene.party.fold.height - 1, cosmic_key (0x41, NULL, NULL),
                      &outcome);
  outcome.member = scene.ada;
  other = cosmic_codec_encode (dpop_outcome_export_encode (&outcome));
  certify (&scene, &decision);
  /* Another value, another height, another stream, another key, no proof, no outcome. */
  fixture_assert_reason (
      fixture_scene_say (&scene, device,
                         dpop_member_command_enact (&stream, decision.height, other,
                                                    decision.proof)),
      COSMIC_REASON_BAD_PROOF);
  fixture_assert_reason (
      fixture_scene_say (&scene, device,
                         dpop_member_command_enact (&stream, decision.height - 1, decision.value,
                                                    decision.proof)),
      COSMIC_REASON_BAD_PROOF);
  fixture_assert_reason (fixture_scene_say (&scene, device, enact (&elsewhere)),
                         COSMIC_REASON_BAD_PROOF);
  fixture_assert_reason (
      fixture_scene_say (&scene, device,
                         dpop_member_command_enact (&stream, decision.height, decision.value,
                                                    nothing)),
      COSMIC_REASON_BAD_PROOF);
  fixture_assert_reason (
      fixture_scene_say (&scene, device,
                         dpop_member_command_enact (&stream, decision.height, nothing,
                                                    decision.proof)),
      COSMIC_REASON_BAD_BODY);
  certify (&scene, &key);
  fixture_assert_reason (fixture_scene_say (&scene, device, enact (&key)),
                         COSMIC_REASON_BAD_PROOF);
  g_assert_true (in_chair (&scene));
  certify (&scene, &decision);
  fixture_assert_reason (fixture_scene_say (&scene, device, enact (&decision)),
                         COSMIC_REASON_NONE);
  decision_clear (&decision);
  decision_clear (&elsewhere);
  decision_clear (&key);
  fixture_scene_clear (&scene);
}

static void
test_a_height_still_to_come_shows_nothing (void)
{
  DpopOutcomeExport outcome;
  Decision decision;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  outcome = dismissal (&scene);
  decision_init (&decision, &stream, scene.party.fold.height, &outcome);
  certify (&scene, &decision);
  fixture_assert_reason (fixture_scene_say (&scene, &scene.ada_device, enact (&decision)),
                         COSMIC_REASON_BAD_PROOF);
  decision_clear (&decision);
  fixture_scene_clear (&scene);
}

/* --- Record keepers. -------------------------------------------------------------------------- */

static DpopOutcomeExport
keeper_dismissal (const FixtureScene *scene, const CosmicId *member)
{
  return (DpopOutcomeExport){ .accepted = TRUE, .height = scene->party.fold.height - 1,
                              .effect = DPOP_EFFECT_DISMISS_WITNESS, .member = *member };
}

static void
make_keeper (FixtureScene *scene, const CosmicId *device)
{
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicId key;
  g_autoptr (CosmicSecret) witness
      = cosmic_sign_key_new (fixture_random_table (&scene->party.random), key.bytes);

  fixture_assert_reason (
      fixture_scene_say (scene, device,
                         dpop_claim_new (COSMIC_KIND_WITNESS_OFFER,
                                         cosmic_witness_offer_body (&scene->party.fold.party,
                                                                    device, witness),
                                         NULL, NULL)),
      COSMIC_REASON_NONE);
  g_array_append_vals (devices, device, 1);
  fixture_assert_reason (fixture_scene_say (scene, &scene->party.device,
                                            dpop_member_command_appoint_witness (devices)),
                         COSMIC_REASON_NONE);
}

static gboolean
keeps (const FixtureScene *scene, const CosmicId *device)
{
  CosmicId key;

  return cosmic_authority_witness_of (scene->party.authority, device, &key);
}

static void
test_a_record_keeper_falls_by_a_decision (void)
{
  DpopOutcomeExport outcome;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  outcome = keeper_dismissal (&scene, &scene.party.founder);
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_LAST_ONE);
  make_keeper (&scene, &scene.ada_device);
  outcome.scope = scene.north;
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NOT_ALLOWED);
  outcome.scope = cosmic_id_zero;
  outcome.member = scene.bea;
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NO_SUCH_SUBJECT);
  outcome.member = scene.party.founder;
  /* What was refused did not use the decision up. */
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_NONE);
  g_assert_false (keeps (&scene, &scene.party.device));
  g_assert_true (keeps (&scene, &scene.ada_device));
  fixture_assert_reason (say_outcome (&scene, &outcome), COSMIC_REASON_ALREADY);
  fixture_scene_clear (&scene);
}

static void
test_a_record_keeper_appointed_anew_stays (void)
{
  DpopOutcomeExport outcome;
  FixtureScene scene;

  fixture_scene_init (&scene, fixture_charter ());
  outcome = keeper_dismissal (&scene, &scene.ada);
  make_keeper (&scene, &scene.ada_device);
  fixture_membership_next (&scene.party);
  fixture_assert_reason (say_outcome (&scene, &outcome), DPOP_REASON_OUTDATED);
  g_assert_true (keeps (&scene, &scene.ada_device));
  fixture_scene_clear (&scene);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/enact/Anyone carries out what was decided",
                   test_anyone_carries_out_what_was_decided);
  g_test_add_func ("/enact/A decision acts once", test_a_decision_acts_once);
  g_test_add_func ("/enact/What was not decided is not carried out",
                   test_what_was_not_decided_is_not_carried_out);
  g_test_add_func ("/enact/An office not held does not fall",
                   test_an_office_not_held_does_not_fall);
  g_test_add_func ("/enact/A unit decides on its own offices only",
                   test_a_unit_decides_on_its_own_offices_only);
  g_test_add_func ("/enact/An office given anew is held by a later word",
                   test_an_office_given_anew_is_held_by_a_later_word);
  g_test_add_func ("/enact/Only what is shown is believed", test_only_what_is_shown_is_believed);
  g_test_add_func ("/enact/A height still to come shows nothing",
                   test_a_height_still_to_come_shows_nothing);
  g_test_add_func ("/enact/A record keeper falls by a decision, but never the last one",
                   test_a_record_keeper_falls_by_a_decision);
  g_test_add_func ("/enact/A record keeper appointed after the close stays",
                   test_a_record_keeper_appointed_anew_stays);
  return g_test_run ();
}
