/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-profile.h"

#include "cosmic-authority.h"
#include "dpop-command-bundle.h"
#include "dpop-command-device.h"
#include "dpop-command-invite.h"
#include "dpop-command-join.h"
#include "dpop-command-recover.h"
#include "dpop-command-role.h"

#define TREASURER 2
#define DAY_MS    (G_GINT64_CONSTANT (86400) * 1000)

/* The ready charter of an association: two officers together, seven days for a veto. The founder's
 * computer keeps the records; Grace is treasurer; Linus says that his computer is lost, and has a
 * new one. */
typedef struct
{
  FixtureProfile *at, *graces, *linuss, *fresh;
  CosmicId grace, linus, device;
  GError *error;
} Party;

static void
send (Party *self, FixtureProfile *from, FixtureProfile *to)
{
  fixture_profile_send (from, to, &self->error);
  g_assert_no_error (self->error);
}

static void
ask (Party *self)
{
  const DpopCommandInvite invite = { .member = self->linus, .lost = TRUE };
  g_auto (DpopCommandInviteResult) invited = { 0 };
  g_auto (DpopCommandJoinResult) joined = { 0 };
  DpopCommandJoin join;

  self->fresh = fixture_profile_new (4);
  self->fresh->now = self->at->now;
  dpop_command_invite (self->at->profile, &invite, &invited, &self->error);
  g_assert_no_error (self->error);
  join = (DpopCommandJoin){ invited.text };
  dpop_command_join (self->fresh->profile, &join, &joined, &self->error);
  g_assert_no_error (self->error);
  dpop_command_recover (self->at->profile, joined.request, &self->device, &self->error);
  g_assert_no_error (self->error);
}

static void
set_up (Party *self, gconstpointer unused)
{
  DpopCommandFoundResult founded;

  self->at = fixture_profile_new (1);
  fixture_profile_found (self->at, "association", &founded);
  self->grace = fixture_profile_enrol (self->at, "Grace Hopper", NULL);
  self->linus = fixture_profile_enrol (self->at, "Linus Pauling", NULL);
  fixture_profile_confirm (self->at);
  self->graces = fixture_profile_join (self->at, &self->grace, 2);
  self->linuss = fixture_profile_join (self->at, &self->linus, 3);
  dpop_command_role (self->at->profile,
                     &(DpopCommandRole){ .member = self->grace, .role = TREASURER }, &self->error);
  g_assert_no_error (self->error);
  ask (self);
  send (self, self->at, self->graces);
  dpop_command_recover_support (self->graces->profile, &self->device, &self->error);
  g_assert_no_error (self->error);
  send (self, self->graces, self->at);
  fixture_profile_confirm (self->at);
  send (self, self->at, self->linuss);
}

static void
tear_down (Party *self, gconstpointer unused)
{
  g_assert_no_error (self->error);
  fixture_profile_free (self->at);
  fixture_profile_free (self->graces);
  fixture_profile_free (self->linuss);
  fixture_profile_free (self->fresh);
}

static gboolean
is_on (FixtureProfile *at, const CosmicId *id)
{
  const CosmicState *authority = dpop_profile_state (at->profile, NULL, NULL);
  CosmicDevice device;

  return cosmic_authority_device (authority, id, &device) && !device.off;
}

static gboolean
hand_over (Party *self)
{
  g_autofree char *path = g_strconcat (self->fresh->folder, ".dpop", NULL);
  const DpopCommandBundleImport import = { .path = path };
  DpopBundleExport file;

  if (!dpop_command_recover_hand_over (self->at->profile, &self->device, path, &file,
                                       &self->error))
    return FALSE;
  self->fresh->now = self->at->now;
  dpop_command_bundle_import (self->fresh->profile, &import, NULL, &self->error);
  g_assert_no_error (self->error);
  return TRUE;
}

static void
test_after_the_time_it_is_in (Party *self, gconstpointer unused)
{
  CosmicId old, member;

  dpop_profile_device_id (self->linuss->profile, &old);
  g_assert_false (hand_over (self));
  g_assert_error (self->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&self->error);
  self->at->now += 6 * DAY_MS;
  fixture_profile_confirm (self->at);
  g_assert_false (is_on (self->at, &self->device));
  g_assert_true (is_on (self->at, &old));
  self->at->now += 2 * DAY_MS; /* nobody says anything; the time itself is what is confirmed */
  fixture_profile_confirm (self->at);
  g_assert_true (is_on (self->at, &self->device));
  g_assert_false (is_on (self->at, &old));

  g_assert_true (hand_over (self));
  g_assert_true (dpop_profile_own_member (self->fresh->profile, &member, &self->error));
  g_assert_true (cosmic_id_same (&member, &self->linus));
  g_assert_true (cosmic_id_same (cosmic_log_state_root (dpop_profile_log (self->fresh->profile)),
                                 cosmic_log_state_root (dpop_profile_log (self->at->profile))));
  /* The old one, once it knows, can say nothing any more. */
  send (self, self->at, self->linuss);
  g_assert_false (
      dpop_command_recover_veto (self->linuss->profile, &self->device, &self->error));
  g_clear_error (&self->error);
}

static void
test_the_old_computer_stops_it (Party *self, gconstpointer unused)
{
  g_autoptr (GArray) seen = dpop_command_recover_list (self->linuss->profile, &self->error);
  CosmicId old;

  g_assert_cmpuint (seen->len, ==, 1);
  g_assert_cmpint (g_array_index (seen, CosmicAttachment, 0).due, >, self->linuss->now);
  dpop_profile_device_id (self->linuss->profile, &old);
  dpop_command_recover_veto (self->linuss->profile, &self->device, &self->error);
  g_assert_no_error (self->error);
  send (self, self->linuss, self->at);
  self->at->now += 30 * DAY_MS;
  fixture_profile_confirm (self->at);
  g_assert_false (is_on (self->at, &self->device));
  g_assert_true (is_on (self->at, &old));
}

/* A veto that nobody saw in time is without effect: the time is that of the confirmation. */
static void
test_a_veto_that_comes_too_late (Party *self, gconstpointer unused)
{
  CosmicId old;

  dpop_profile_device_id (self->linuss->profile, &old);
  dpop_command_recover_veto (self->linuss->profile, &self->device, &self->error);
  g_assert_no_error (self->error);
  self->at->now += 8 * DAY_MS;
  fixture_profile_confirm (self->at);
  send (self, self->linuss, self->at);
  fixture_profile_confirm (self->at);
  g_assert_true (is_on (self->at, &self->device));
  g_assert_false (is_on (self->at, &old));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/command/recover/" claim, Party, NULL, set_up, function, tear_down)
  ADD ("After the time it is in, and the old one is out", test_after_the_time_it_is_in);
  ADD ("The old computer stops it", test_the_old_computer_stops_it);
  ADD ("A veto that comes too late", test_a_veto_that_comes_too_late);
#undef ADD
  return g_test_run ();
}
