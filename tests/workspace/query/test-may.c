/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-enrol.h"
#include "dpop-command-erase.h"
#include "dpop-command-invite.h"
#include "dpop-command-move.h"
#include "dpop-command-remove.h"
#include "dpop-command-role.h"
#include "dpop-command-unit.h"
#include "dpop-decide.h"
#include "dpop-may-decision.h"
#include "dpop-may-member.h"
#include "dpop-reason.h"
#include "fixture-organisation.h"

/* What is shown as possible is what the command does, and what is refused is refused for the same
 * reason: each answer is held against the command itself. */

#define DAY (24 * 3600 * G_GINT64_CONSTANT (1000))

/* An association: the founder is chair and secretary, Grace has a computer and no role, Hypatia has
 * neither. */
typedef struct
{
  FixtureProfile *ada;
  FixtureProfile *grace;
  CosmicId founder, member, other;
} Two;

static void
attach (FixtureProfile *at)
{
  GError *error = NULL;

  dpop_projector_attach (at->profile, &error);
  g_assert_no_error (error);
}

static void
set_up (Two *self, gconstpointer unused)
{
  DpopCommandFoundResult founded;

  self->ada = fixture_profile_new (1);
  attach (self->ada);
  fixture_profile_found (self->ada, "association", &founded);
  self->founder = founded.member;
  self->member = fixture_profile_enrol (self->ada, "Grace Hopper", NULL);
  self->other = fixture_profile_enrol (self->ada, "Hypatia", NULL);
  fixture_profile_confirm (self->ada);
  self->grace = fixture_profile_join (self->ada, &self->member, 2);
  attach (self->grace);
}

static void
tear_down (Two *self, gconstpointer unused)
{
  fixture_profile_free (self->ada);
  fixture_profile_free (self->grace);
}

static void
send (Two *self)
{
  GError *error = NULL;

  fixture_profile_send (self->ada, self->grace, &error);
  g_assert_no_error (error);
}

/* The answer is what DID says, and the reason the one in ERROR. */
static void
check_answer (const DpopMay *may, gboolean did, GError **error)
{
  g_assert_cmpint (may->yes, ==, did);
  if (did)
    {
      g_assert_no_error (*error);
      g_assert_null (may->why);
      return;
    }
  g_assert_nonnull (*error);
  g_assert_nonnull (may->why);
  g_assert_cmpstr (dpop_reason_name (may->reason), ==,
                   dpop_reason_name (dpop_profile_error_reason (*error)));
  g_clear_error (error);
}

static void
test_in_general (Two *self, gconstpointer unused)
{
  GError *error = NULL;
  g_autoptr (DpopMayView) ada = dpop_may_view_new (self->ada->profile, &error);
  g_autoptr (DpopMayView) grace = dpop_may_view_new (self->grace->profile, &error);

  g_assert_no_error (error);
  g_assert_true (ada->is_member && ada->enrol.yes && ada->propose.yes && ada->erase.yes);
  g_assert_cmpuint (ada->enrol_places->len, ==, 1);
  g_assert_true (cosmic_id_is_zero (&g_array_index (ada->enrol_places, CosmicId, 0)));
  g_assert_false (grace->enrol.yes);
  g_assert_cmpuint (grace->enrol.reason, ==, COSMIC_REASON_NOT_ALLOWED);
  g_assert_nonnull (grace->enrol.why);
  g_assert_cmpuint (grace->enrol_places->len, ==, 0);
  g_assert_true (grace->propose.yes);
  g_assert_false (grace->erase.yes);
  /* This association's rules know no groups. */
  g_assert_false (ada->add_unit.yes);
}

static void
test_nobody (void)
{
  g_autoptr (FixtureProfile) at = fixture_profile_new (3);
  GError *error = NULL;
  g_autoptr (DpopMayView) view = dpop_may_view_new (at->profile, &error);

  g_assert_no_error (error);
  g_assert_false (view->is_member || view->enrol.yes || view->propose.yes || view->erase.yes);
  g_assert_nonnull (view->propose.why);
}

static void
test_rules (Two *self, gconstpointer unused)
{
  const CosmicId no_group = { { 7 } };
  GError *error = NULL;
  g_autoptr (GArray) rules
      = dpop_may_rules (self->grace->profile, &cosmic_id_zero, &error);
  g_autoptr (GArray) none = dpop_may_rules (self->grace->profile, &no_group, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (rules->len, ==, 3);
  for (guint i = 0; i < rules->len; i++)
    {
      const DpopMayRule *rule = &g_array_index (rules, DpopMayRule, i);

      for (guint ballot = 1; ballot <= DPOP_BALLOT_LAST; ballot++)
        {
          const DpopDecidePropose proposal = { .rule = rule->rule,
                                               .ballot = (DpopBallotKind) ballot,
                                               .title = "A shed", .question = "Shall we?" };
          gboolean shown = rule->may.yes && (rule->ballots & (1u << ballot)) != 0;
          CosmicId decision;

          g_assert_cmpint (dpop_decide_propose (self->grace->profile, &proposal, &decision, &error),
                           ==, shown);
          g_clear_error (&error);
        }
    }
}

/* --- Members. --------------------------------------------------------------------------------- */

static void
check_moves (FixtureProfile *at, const CosmicId *member)
{
  GError *error = NULL;

  for (guint to = DPOP_MEMBER_APPLICANT; to < DPOP_MEMBER_FORMER; to++)
    {
      g_autoptr (DpopMayMember) may = dpop_may_member_new (at->profile, member, &error);
      const DpopCommandMove move = { *member, (DpopMemberState) to };
      gboolean did;

      g_assert_no_error (error);
      did = dpop_command_move (at->profile, &move, NULL, &error);
      check_answer (&may->move[to], did, &error);
    }
}

static void
check_roles (FixtureProfile *at, const CosmicId *member)
{
  GError *error = NULL;
  g_autoptr (DpopMayMember) before = dpop_may_member_new (at->profile, member, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (before->roles->len, ==, 3);
  for (guint i = 0; i < before->roles->len; i++)
    {
      g_autoptr (DpopMayMember) may = dpop_may_member_new (at->profile, member, &error);
      const DpopMayRole *role = &g_array_index (may->roles, DpopMayRole, i);
      const DpopCommandRole command = { .member = *member, .role = role->role, .unit = role->unit,
                                        .take = role->held };
      gboolean did = dpop_command_role (at->profile, &command, &error);

      check_answer (&role->may, did, &error);
    }
}

static void
check_invite (FixtureProfile *at, const CosmicId *member)
{
  GError *error = NULL;
  g_autoptr (DpopMayMember) may = dpop_may_member_new (at->profile, member, &error);
  const DpopCommandInvite input = { .member = *member };
  g_auto (DpopCommandInviteResult) result = { 0 };

  g_assert_no_error (error);
  check_answer (&may->invite, dpop_command_invite (at->profile, &input, &result, &error), &error);
}

static void
test_members (Two *self, gconstpointer unused)
{
  const CosmicId *all[] = { &self->founder, &self->member, &self->other };
  const CosmicId nobody = { { 9 } };
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      check_invite (self->grace, all[i]);
      check_invite (self->ada, all[i]);
      check_roles (self->grace, all[i]);
      check_roles (self->ada, all[i]);
      check_moves (self->grace, all[i]);
      check_moves (self->ada, all[i]);
    }
  g_assert_null (dpop_may_member_new (self->ada->profile, &nobody, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
}

static void
test_who_acts_for_whom (Two *self, gconstpointer unused)
{
  GError *error = NULL;
  DpopProfile *ada = self->ada->profile;
  g_autoptr (DpopMayMember) own = dpop_may_member_new (ada, &self->founder, &error);
  g_autoptr (DpopMayMember) with = dpop_may_member_new (ada, &self->member, &error);
  g_autoptr (DpopMayMember) without = dpop_may_member_new (ada, &self->other, &error);
  g_autoptr (DpopMayMember) stranger
      = dpop_may_member_new (self->grace->profile, &self->other, &error);

  g_assert_no_error (error);
  g_assert_true (own->self && !with->self);
  g_assert_false (own->act_for.yes);
  g_assert_false (with->act_for.yes);
  g_assert_cmpuint (with->act_for.reason, ==, COSMIC_REASON_HAS_DEVICE);
  g_assert_true (without->act_for.yes);
  g_assert_false (stranger->act_for.yes);
  g_assert_true (own->edit.yes && with->edit.yes && without->edit.yes);
  g_assert_false (stranger->edit.yes);
  g_assert_true (without->erase.yes);
  g_assert_false (stranger->erase.yes);
  /* To leave is one's own word, or is entered for who has no computer. */
  g_assert_true (own->remove[DPOP_REMOVAL_EXPELLED].yes == FALSE);
  g_assert_false (with->remove[DPOP_REMOVAL_LEFT].yes);
  g_assert_true (without->remove[DPOP_REMOVAL_LEFT].yes);
  g_assert_true (without->remove[DPOP_REMOVAL_DIED].yes);
  g_assert_false (stranger->remove[DPOP_REMOVAL_DIED].yes);
}

static void
test_groups (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (4, TRUE);
  DpopProfile *profile = all->profile->profile;
  g_autoptr (DpopMayView) view = NULL;
  g_autoptr (DpopMayMember) may = NULL;
  g_autoptr (GArray) rules = NULL;
  GError *error = NULL;

  fixture_organisation_add_units (all, 2);
  fixture_organisation_enrol (all, 2);
  view = dpop_may_view_new (profile, &error);
  g_assert_no_error (error);
  g_assert_true (view->add_unit.yes);
  g_assert_cmpuint (view->enrol_places->len, ==, 3);
  /* The founder is in no group, where only those who belong propose. */
  g_assert_cmpuint (view->propose_places->len, ==, 1);
  rules = dpop_may_rules (profile, &g_array_index (all->units, CosmicId, 0), &error);
  g_assert_cmpuint (rules->len, ==, 2);
  g_assert_false (g_array_index (rules, DpopMayRule, 0).may.yes);
  may = dpop_may_member_new (profile, &g_array_index (all->members, CosmicId, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (may->units->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const DpopMayUnit *unit = &g_array_index (may->units, DpopMayUnit, i);

      g_assert_true (unit->may.yes);
      g_assert_cmpint (unit->belongs, ==,
                       cosmic_id_same (&unit->unit, &g_array_index (all->units, CosmicId, 1)));
    }
  /* Five of the organisation, two of the one group that they belong to. */
  g_assert_cmpuint (may->roles->len, ==, 7);
  g_assert_true (g_array_index (may->roles, DpopMayRole, 5).may.yes);
}

/* --- Decisions. ------------------------------------------------------------------------------- */

static CosmicId
propose (FixtureProfile *at, guint rule, DpopBallotKind ballot)
{
  const DpopDecidePropose proposal = { .rule = rule, .ballot = ballot, .title = "A shed",
                                       .question = "Shall we build a shed?" };
  GError *error = NULL;
  CosmicId decision;

  dpop_decide_propose (at->profile, &proposal, &decision, &error);
  g_assert_no_error (error);
  return decision;
}

static DpopMayDecision
ask (FixtureProfile *at, const CosmicId *decision)
{
  DpopMayDecision may;
  GError *error = NULL;

  dpop_may_decision (at->profile, decision, &may, &error);
  g_assert_no_error (error);
  return may;
}

static void
open_box (FixtureProfile *at, const CosmicId *decision, gint64 closes)
{
  const DpopDecideOpen plain = { .closes = closes };
  GError *error = NULL;

  dpop_decide_open (at->profile, decision, &plain, &error);
  g_assert_no_error (error);
}

static void
answer (FixtureProfile *at, const CosmicId *decision, const CosmicId *voter)
{
  const DpopDecisionBallot yes = { .answer = DPOP_ANSWER_YES };
  GError *error = NULL;

  dpop_decide_vote (at->profile, decision, voter, &yes, NULL, &error);
  g_assert_no_error (error);
}

static void
test_proposal (Two *self, gconstpointer unused)
{
  CosmicId decision = propose (self->ada, 0, DPOP_BALLOT_YES_NO_ABSTAIN);
  DpopMayDecision ada, grace;

  send (self);
  ada = ask (self->ada, &decision);
  grace = ask (self->grace, &decision);
  g_assert_true (ada.reword.yes && ada.add_text.yes && ada.open.yes && ada.stop.yes);
  g_assert_false (grace.reword.yes);
  g_assert_false (grace.open.yes || grace.stop.yes || grace.vote_for.yes);
  g_assert_true (grace.comment.yes && ada.comment.yes);
  g_assert_false (ada.add_option.yes);
  g_assert_cmpuint (ada.vote.reason, ==, DPOP_REASON_NOT_OPEN);
  g_assert_cmpuint (ada.vote_for.reason, ==, DPOP_REASON_NOT_OPEN);
  g_assert_cmpuint (ada.close.reason, ==, DPOP_REASON_NOT_OPEN);
  g_assert_false (ada.enact.yes);
}

static void
test_options (Two *self, gconstpointer unused)
{
  CosmicId decision = propose (self->ada, 1, DPOP_BALLOT_CHOOSE_ONE), option;
  DpopMayDecision may = ask (self->ada, &decision);
  GError *error = NULL;
  DpopMay withdraw;

  g_assert_true (may.add_option.yes);
  g_assert_false (may.open.yes);
  g_assert_nonnull (strstr (may.open.why, "Add options"));
  dpop_decide_add_option (self->ada->profile, &decision, NULL, NULL, "Red", NULL, &option, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (self->ada);
  dpop_may_withdraw (self->ada->profile, &decision, &option, &withdraw, &error);
  g_assert_true (withdraw.yes);
  dpop_may_withdraw (self->ada->profile, &decision, &decision, &withdraw, &error);
  g_assert_false (withdraw.yes);
  may = ask (self->ada, &decision);
  g_assert_true (may.open.yes);
}

static void
test_time_to_discuss (Two *self, gconstpointer unused)
{
  CosmicId decision = propose (self->ada, 2, DPOP_BALLOT_YES_NO_ABSTAIN);

  fixture_profile_confirm (self->ada);
  self->ada->now += 13 * DAY;
  g_assert_cmpuint (ask (self->ada, &decision).open.reason, ==, DPOP_REASON_TOO_EARLY);
  self->ada->now += 2 * DAY;
  g_assert_true (ask (self->ada, &decision).open.yes);
}

static void
test_voting (Two *self, gconstpointer unused)
{
  CosmicId decision = propose (self->ada, 0, DPOP_BALLOT_YES_NO_ABSTAIN), late;
  DpopMayDecision ada, grace;
  GError *error = NULL;
  DpopMay may;

  open_box (self->ada, &decision, 0);
  send (self);
  late = fixture_profile_enrol (self->ada, "Late Comer", NULL);
  ada = ask (self->ada, &decision);
  grace = ask (self->grace, &decision);
  g_assert_true (ada.vote.yes && grace.vote.yes && ada.vote_for.yes && ada.close.yes);
  g_assert_false (grace.vote_for.yes || grace.close.yes || ada.has_voted || ada.open.yes);
  g_assert_cmpuint (ada.open.reason, ==, DPOP_REASON_OPENED);
  dpop_may_vote (self->ada->profile, &decision, &self->other, &may, &error);
  g_assert_true (may.yes);
  dpop_may_vote (self->ada->profile, &decision, &self->member, &may, &error);
  g_assert_cmpuint (may.reason, ==, COSMIC_REASON_HAS_DEVICE);
  dpop_may_vote (self->ada->profile, &decision, &late, &may, &error);
  g_assert_cmpuint (may.reason, ==, DPOP_REASON_NOT_ENTITLED);
  g_assert_nonnull (may.why);

  answer (self->ada, &decision, NULL);
  ada = ask (self->ada, &decision);
  g_assert_true (ada.has_voted && ada.vote.yes);
  g_assert_false (ask (self->grace, &decision).has_voted);
  dpop_decide_close (self->ada->profile, &decision, &error);
  g_assert_no_error (error);
  ada = ask (self->ada, &decision);
  g_assert_false (ada.vote.yes || ada.close.yes || ada.stop.yes || ada.has_voted);
  g_assert_cmpuint (ada.vote.reason, ==, DPOP_REASON_CLOSED);
  g_assert_cmpuint (ada.enact.reason, ==, DPOP_REASON_NO_EFFECT);
}

static void
test_closing_at_a_time (Two *self, gconstpointer unused)
{
  CosmicId decision = propose (self->ada, 0, DPOP_BALLOT_YES_NO_ABSTAIN);
  DpopMayDecision ada;

  open_box (self->ada, &decision, self->ada->now + DAY);
  ada = ask (self->ada, &decision);
  g_assert_cmpuint (ada.close.reason, ==, DPOP_REASON_HAS_DEADLINE);
}

static void
test_enacting (Two *self, gconstpointer unused)
{
  const DpopCommandRole treasurer = { .member = self->other, .role = 2 };
  const DpopDecisionEffect effect
      = { .effect = DPOP_EFFECT_REVOKE_OFFICE, .role = 2, .member = self->other };
  const DpopDecidePropose proposal = { .ballot = DPOP_BALLOT_YES_NO_ABSTAIN, .effect = &effect,
                                       .title = "Treasurer", .question = "Shall she go?" };
  GError *error = NULL;
  CosmicId decision;

  dpop_command_role (self->ada->profile, &treasurer, &error);
  g_assert_no_error (error);
  dpop_decide_propose (self->ada->profile, &proposal, &decision, &error);
  g_assert_no_error (error);
  open_box (self->ada, &decision, 0);
  answer (self->ada, &decision, NULL);
  g_assert_cmpuint (ask (self->ada, &decision).enact.reason, ==, DPOP_REASON_NOT_ACCEPTED);
  dpop_decide_close (self->ada->profile, &decision, &error);
  g_assert_no_error (error);
  g_assert_true (ask (self->ada, &decision).enact.yes);
  dpop_decide_enact (self->ada->profile, &decision, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ask (self->ada, &decision).enact.reason, ==, COSMIC_REASON_ALREADY);
}

static void
test_erasing (Two *self, gconstpointer unused)
{
  CosmicId decision = propose (self->ada, 0, DPOP_BALLOT_YES_NO_ABSTAIN), comment;
  g_autoptr (GArray) operations = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  const DpopCommandErase erase = { .operations = operations };
  GError *error = NULL;
  DpopMay may;

  dpop_decide_comment (self->ada->profile, &decision, NULL, NULL, "Nonsense", &comment, &error);
  g_assert_no_error (error);
  send (self);
  g_array_append_val (operations, comment);
  dpop_may_erase (self->grace->profile, &comment, &may, &error);
  check_answer (&may, dpop_command_erase (self->grace->profile, &erase, NULL, &error), &error);
  dpop_may_erase (self->ada->profile, &comment, &may, &error);
  check_answer (&may, dpop_command_erase (self->ada->profile, &erase, NULL, &error), &error);
  dpop_may_erase (self->ada->profile, &comment, &may, &error);
  g_assert_false (may.yes);
  dpop_may_erase (self->ada->profile, &decision, &may, &error);
  g_assert_false (may.yes);
}

/* Trying leaves no trace: neither entries nor a state that has changed. */
static void
test_no_trace (Two *self, gconstpointer unused)
{
  CosmicId decision = propose (self->ada, 0, DPOP_BALLOT_YES_NO_ABSTAIN), before, after;
  GError *error = NULL;
  guint open = cosmic_log_n_open (dpop_profile_log (self->ada->profile));

  cosmic_log_tail_hash (dpop_profile_log (self->ada->profile), &before, &error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (DpopMayView) view = dpop_may_view_new (self->ada->profile, &error);
      g_autoptr (DpopMayMember) member
          = dpop_may_member_new (self->ada->profile, &self->other, &error);

      g_assert_no_error (error);
      ask (self->ada, &decision);
    }
  cosmic_log_tail_hash (dpop_profile_log (self->ada->profile), &after, &error);
  g_assert_no_error (error);
  g_assert_true (cosmic_id_same (&before, &after));
  g_assert_cmpuint (cosmic_log_n_open (dpop_profile_log (self->ada->profile)), ==, open);
  fixture_profile_confirm (self->ada);
  g_assert_cmpuint (cosmic_log_n_open (dpop_profile_log (self->ada->profile)), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/may/" name, Two, NULL, set_up, test, tear_down)
  ADD ("a member may propose, an officer more", test_in_general);
  g_test_add_func ("/may/who belongs to no organisation may nothing", test_nobody);
  ADD ("rules and ballots are those that can be proposed by", test_rules);
  ADD ("moves, roles and invitations are answered as the commands answer", test_members);
  ADD ("one speaks for who has no computer", test_who_acts_for_whom);
  g_test_add_func ("/may/groups are asked one by one", test_groups);
  ADD ("a proposal is reworded by its proposer, opened by officers", test_proposal);
  ADD ("an election needs something to choose from", test_options);
  ADD ("a proposal is opened when the time to discuss it is over", test_time_to_discuss);
  ADD ("who is entitled votes, until the box closes", test_voting);
  ADD ("a box with a closing time is not closed by hand", test_closing_at_a_time);
  ADD ("what was accepted is carried out once", test_enacting);
  ADD ("a comment is deleted by who may", test_erasing);
  ADD ("asking leaves no trace", test_no_trace);
#undef ADD
  return g_test_run ();
}
