/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-profile.h"

#include "dpop-command-passphrase.h"

static CosmicSecret *
secret (const char *text)
{
  return cosmic_secret_copy (text, strlen (text));
}

static gboolean
opens (FixtureProfile *self, const char *text)
{
  g_autoptr (CosmicSecret) passphrase = secret (text);
  g_autoptr (DpopProfile) profile = dpop_profile_open (self->folder, passphrase, NULL, NULL);

  return profile != NULL && cosmic_log_is_founded (dpop_profile_log (profile));
}

static void
test_the_new_passphrase_opens_and_the_old_does_not (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (1);
  g_autoptr (CosmicSecret) old = secret (FIXTURE_PASSPHRASE);
  g_autoptr (CosmicSecret) new = secret ("another passphrase");
  GError *error = NULL;

  fixture_profile_found (self, "association", NULL);
  g_assert_true (dpop_command_passphrase (self->profile, old, new, COSMIC_PASSWORD_COST_TEST,
                                          &error));
  g_assert_no_error (error);
  fixture_profile_close (self);
  g_assert_false (opens (self, FIXTURE_PASSPHRASE));
  g_assert_true (opens (self, "another passphrase"));
}

static void
test_it_takes_the_old_one_and_a_long_enough_new_one (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (2);
  g_autoptr (CosmicSecret) old = secret (FIXTURE_PASSPHRASE);
  g_autoptr (CosmicSecret) wrong = secret ("not the passphrase");
  g_autoptr (CosmicSecret) brief = secret ("short");
  GError *error = NULL;

  fixture_profile_found (self, "association", NULL);
  g_assert_false (dpop_command_passphrase (self->profile, wrong, old, COSMIC_PASSWORD_COST_TEST,
                                           &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_false (dpop_command_passphrase (self->profile, old, brief, COSMIC_PASSWORD_COST_TEST,
                                           &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&error);
  fixture_profile_close (self);
  g_assert_true (opens (self, FIXTURE_PASSPHRASE));
}

static void
test_whether_one_opens_it_is_known_beforehand (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (4);
  g_autoptr (CosmicSecret) right = secret (FIXTURE_PASSPHRASE);
  g_autoptr (CosmicSecret) wrong = secret ("not the passphrase");
  GError *error = NULL;

  fixture_profile_found (self, "association", NULL);
  g_assert_true (dpop_command_passphrase_check (self->profile, right, &error));
  g_assert_no_error (error);
  g_assert_false (dpop_command_passphrase_check (self->profile, wrong, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
}

static void
test_encrypted_again_it_is_the_same_organisation (void)
{
  g_autoptr (FixtureProfile) self = fixture_profile_new (3);
  g_autoptr (CosmicSecret) passphrase = secret (FIXTURE_PASSPHRASE);
  GError *error = NULL;
  CosmicId root;

  fixture_profile_found (self, "association", NULL);
  root = *cosmic_log_state_root (dpop_profile_log (self->profile));
  g_assert_false (dpop_command_passphrase_reencrypt (self->folder, passphrase,
                                                     COSMIC_PASSWORD_COST_TEST, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY);
  g_clear_error (&error);
  fixture_profile_close (self);
  g_assert_true (dpop_command_passphrase_reencrypt (self->folder, passphrase,
                                                    COSMIC_PASSWORD_COST_TEST, &error));
  g_assert_no_error (error);
  fixture_profile_reopen (self);
  g_assert_true (cosmic_id_same (&root, cosmic_log_state_root (dpop_profile_log (self->profile))));
  g_assert_cmpuint (dpop_vault_generation (dpop_profile_vault (self->profile)), >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) g_test_add_func ("/command/passphrase/" claim, function)
  ADD ("The new passphrase opens and the old does not",
       test_the_new_passphrase_opens_and_the_old_does_not);
  ADD ("It takes the old one and a long enough new one",
       test_it_takes_the_old_one_and_a_long_enough_new_one);
  ADD ("Whether one opens it is known beforehand", test_whether_one_opens_it_is_known_beforehand);
  ADD ("Encrypted again it is the same organisation",
       test_encrypted_again_it_is_the_same_organisation);
#undef ADD
  return g_test_run ();
}
