/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-invite.h"
#include "dpop-command-enrol.h"
#include "dpop-command-invite.h"
#include "dpop-letter.h"
#include "fixture-organisation.h"

/* A person with an address, without a computer. */
static CosmicId
enrol_hypatia (FixtureOrganisation *all)
{
  g_autoptr (DpopMemberDetails) details = fixture_profile_person ("Hypatia");
  const DpopCommandEnrol input = { .details = details };
  DpopCommandEnrolResult result;
  GError *error = NULL;

  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_EMAIL, "hypatia+dpop@example.org");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_CITY, "Alexandria");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_POSTCODE, "21500");
  details->address = g_strdupv ((char *[]){ (char *) "Canopic Way 1", NULL });
  dpop_command_enrol (all->profile->profile, &input, &result, &error);
  g_assert_no_error (error);
  return result.member;
}

static GPtrArray *
invite (FixtureOrganisation *all, const GArray *members, const DpopLetterSender *sender)
{
  GError *error = NULL;
  GPtrArray *letters = dpop_letter_invite (all->profile->profile, members, sender, &error);

  g_assert_no_error (error);
  return letters;
}

static void
check_code (const char *text, const CosmicId *member)
{
  CosmicInvite invite = { .seed = NULL };
  guint line;

  g_assert_cmpint (cosmic_invite_from_text (&invite, text, &line), ==, COSMIC_TEXT_CODE_GOOD);
  g_assert_true (cosmic_id_same (&invite.member, member));
  g_assert_nonnull (invite.seed);
  cosmic_invite_clear (&invite);
}

static void
test_one (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (1, TRUE);
  CosmicId hypatia = enrol_hypatia (all);
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GPtrArray) letters = NULL;
  g_autofree char *mailto = NULL;
  g_autofree char *body = NULL;
  const DpopLetter *letter;

  g_array_append_val (members, hypatia);
  letters = invite (all, members, NULL);
  g_assert_cmpuint (letters->len, ==, 1);
  letter = letters->pdata[0];
  g_assert_cmpstr (letter->name, ==, "Hypatia");
  g_assert_cmpstr (letter->address[0], ==, "Canopic Way 1");
  g_assert_cmpstr (letter->address[1], ==, "21500 Alexandria");
  g_assert_null (letter->address[2]);
  check_code (letter->code, &hypatia);
  g_assert_true (g_str_has_prefix (letter->mail, "Dear Hypatia,\n\n"));
  g_assert_true (g_str_has_suffix (letter->mail, "\n\nAda Lovelace"));
  g_assert_nonnull (strstr (letter->mail, letter->code));
  g_assert_nonnull (strstr (letter->letter, letter->code));
  g_assert_nonnull (strstr (letter->letter, "Hypatia\nCanopic Way 1\n21500 Alexandria\n\n"));
  g_assert_null (strstr (letter->mail, "Canopic"));
  mailto = dpop_letter_mailto (letter);
  g_assert_true (g_str_has_prefix (mailto, "mailto:hypatia%2Bdpop@example.org?subject=Your%20inv"));
  body = g_uri_unescape_string (strstr (mailto, "&body=") + strlen ("&body="), NULL);
  g_assert_cmpstr (body, ==, letter->mail);
}

static void
test_many (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (2, TRUE);
  const DpopLetterSender sender = { .signed_by = "The board", .text = "Come in.",
                                    .lasts = 86400000 };
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);

  fixture_organisation_enrol (all, 12);
  fixture_organisation_add_devices (all, 3);
  letters = invite (all, NULL, &sender);
  /* Neither the founder nor the three who have one. */
  g_assert_cmpuint (letters->len, ==, 9);
  for (guint i = 0; i < letters->len; i++)
    {
      const DpopLetter *letter = letters->pdata[i];

      g_assert_true (g_hash_table_add (codes, letter->code));
      check_code (letter->code, &letter->member);
      g_assert_cmpint (letter->expires, ==, all->profile->now + 86400000);
      g_assert_nonnull (strstr (letter->mail, "\n\nCome in.\n\n"));
      g_assert_true (g_str_has_suffix (letter->letter, "\n\nThe board"));
      if (i > 0)
        g_assert_cmpint (g_utf8_collate (((const DpopLetter *) letters->pdata[i - 1])->name,
                                         letter->name), <=, 0);
    }
}

/* Too long for our rules: nobody is invited. */
static void
test_too_long (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (3, TRUE);
  const DpopLetterSender sender = { .lasts = G_GINT64_CONSTANT (86400000) * 365 };
  guint open;
  GError *error = NULL;

  fixture_organisation_enrol (all, 3);
  open = cosmic_log_n_open (dpop_profile_log (all->profile->profile));
  g_assert_null (dpop_letter_invite (all->profile->profile, NULL, &sender, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpuint (cosmic_log_n_open (dpop_profile_log (all->profile->profile)), ==, open);
}

/* Whom one may not invite is left out, and the others are invited. */
static void
test_left_out (void)
{
  g_autoptr (FixtureOrganisation) all = fixture_organisation_new (4, TRUE);
  g_autoptr (FixtureProfile) plain = NULL;
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  const CosmicId nobody = { { 5 } };
  GError *error = NULL;

  fixture_organisation_enrol (all, 2);
  fixture_profile_confirm (all->profile);
  g_array_append_val (members, nobody);
  g_array_append_val (members, all->founder);
  g_array_append_vals (members, all->members->data, 2);
  letters = invite (all, members, NULL);
  g_assert_cmpuint (letters->len, ==, 2);
  g_clear_pointer (&letters, g_ptr_array_unref);
  plain = fixture_profile_join (all->profile, &g_array_index (all->members, CosmicId, 0), 7);
  dpop_projector_attach (plain->profile, &error);
  letters = dpop_letter_invite (plain->profile, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (letters->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/an invitation is an e-mail and a letter", test_one);
  g_test_add_func ("/letter/everybody without a computer gets one of their own", test_many);
  g_test_add_func ("/letter/what our rules do not allow invites nobody", test_too_long);
  g_test_add_func ("/letter/whom one may not invite is left out", test_left_out);
  return g_test_run ();
}
