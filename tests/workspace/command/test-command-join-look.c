/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-profile.h"

#include "dpop-command-invite.h"
#include "dpop-command-join.h"

#include <string.h>

/* A founder's computer, and an invitation of Grace's. */
typedef struct
{
  FixtureProfile *at;
  CosmicId grace;
  DpopCommandInviteResult invited;
  gint64 now;
} Party;

static void
set_up (Party *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  DpopCommandFoundResult founded;

  self->at = fixture_profile_new (1);
  fixture_profile_found (self->at, "association", &founded);
  self->grace = fixture_profile_enrol (self->at, "Grace Hopper", NULL);
  fixture_profile_confirm (self->at);
  dpop_command_invite (self->at->profile, &(DpopCommandInvite){ .member = self->grace },
                       &self->invited, &error);
  g_assert_no_error (error);
  self->now = dpop_clock_now (dpop_profile_clock (self->at->profile));
}

static void
tear_down (Party *self, gconstpointer unused)
{
  dpop_command_invite_result_clear (&self->invited);
  fixture_profile_free (self->at);
}

static gboolean
looks_good (const char *text, gint64 now, DpopCommandJoinLook *found, gboolean *unfinished)
{
  g_autoptr (GError) error = NULL;
  const gboolean good = dpop_command_join_look (text, now, found, unfinished, &error);

  g_assert_true (good == (error == NULL));
  return good;
}

static void
test_says_whom_it_is_for_and_until_when (Party *self, gconstpointer unused)
{
  DpopCommandJoinLook found;
  gboolean unfinished;

  g_assert_true (looks_good (self->invited.text, self->now, &found, &unfinished));
  g_assert_false (unfinished);
  g_assert_true (cosmic_id_same (&found.party, cosmic_log_party (dpop_profile_log (
                                                   self->at->profile))));
  g_assert_true (cosmic_id_same (&found.member, &self->grace));
  g_assert_cmpint (found.expires, ==, self->invited.expires);
  g_assert_false (found.further);
  g_assert_true (looks_good (self->invited.text, self->invited.expires - 1, &found, &unfinished));
  g_assert_false (looks_good (self->invited.text, self->invited.expires, &found, &unfinished));
  g_assert_false (unfinished);
}

/* However far it is typed, the beginning of a code is no mistake. */
static void
test_the_beginning_of_a_code_is_no_mistake (Party *self, gconstpointer unused)
{
  for (gsize size = 0; size + 4 < strlen (self->invited.text); size++)
    {
      g_autofree char *begun = g_strndup (self->invited.text, size);
      DpopCommandJoinLook found;
      gboolean unfinished;

      g_assert_false (looks_good (begun, self->now, &found, &unfinished));
      g_assert_true (unfinished);
    }
}

static void
test_a_wrong_letter_is_one_once_there_is_more (Party *self, gconstpointer unused)
{
  g_autofree char *mistyped = g_strdup (self->invited.text);
  g_autoptr (GError) error = NULL;
  DpopCommandJoinLook found;
  gboolean unfinished;

  mistyped[20] = mistyped[20] == '7' ? '8' : '7';
  g_assert_false (dpop_command_join_look (mistyped, self->now, &found, &unfinished, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Line 1 "));
  g_assert_false (unfinished);
  mistyped[strlen ("DPOP-J\n") + 34] = '\0'; /* its first line, and nothing behind */
  g_assert_false (looks_good (mistyped, self->now, &found, &unfinished));
  g_assert_true (unfinished);
  g_assert_false (looks_good ("DPOP-R\n0000", self->now, &found, &unfinished));
  g_assert_false (unfinished);
  g_assert_false (looks_good ("Dear Grace, here is", self->now, &found, &unfinished));
  g_assert_false (unfinished);
}

static void
test_a_request_is_kept (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) newcomer = fixture_profile_new (7);
  g_auto (DpopCommandJoinResult) joined = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *none = dpop_command_join_request (newcomer->profile, &error);
  g_autofree char *kept = NULL;

  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (dpop_command_join (newcomer->profile, &(DpopCommandJoin){ self->invited.text },
                                    &joined, &error));
  kept = dpop_command_join_request (newcomer->profile, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, joined.request);
  g_assert_true (g_str_has_prefix (kept, "DPOP-R"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/command/join-look/" claim, Party, NULL, set_up, function, tear_down)
  ADD ("It says whom it is for and until when", test_says_whom_it_is_for_and_until_when);
  ADD ("The beginning of a code is no mistake", test_the_beginning_of_a_code_is_no_mistake);
  ADD ("A wrong letter is one once there is more", test_a_wrong_letter_is_one_once_there_is_more);
  ADD ("A request is kept", test_a_request_is_kept);
#undef ADD
  return g_test_run ();
}
