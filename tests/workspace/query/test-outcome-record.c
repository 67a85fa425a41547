/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-device.h"
#include "dpop-decide.h"
#include "dpop-outcome-check.h"
#include "fixture-organisation.h"

#include <string.h>

/* A decision that is closed and final, and its record as a file. */
typedef struct
{
  FixtureOrganisation *organisation;
  DpopProfile *profile;
  CosmicId decision;
  char *file;
} Case;

static char *
make_record (DpopProfile *profile, const CosmicId *decision)
{
  GError *error = NULL;
  g_autoptr (DpopOutcomeRecord) record = dpop_outcome_record_new (profile, decision, &error);

  g_assert_no_error (error);
  return dpop_outcome_record_to_file (record);
}

static void
case_init (Case *self, guint64 seed)
{
  self->organisation = fixture_organisation_new (seed, TRUE);
  self->profile = self->organisation->profile->profile;
  fixture_organisation_enrol (self->organisation, 3);
  fixture_organisation_decide (self->organisation, 1, 3, FIXTURE_DECIDE_CLOSED);
  fixture_profile_confirm (self->organisation->profile);
  self->decision = g_array_index (self->organisation->decisions, CosmicId, 0);
  self->file = make_record (self->profile, &self->decision);
}

static void
case_clear (Case *self)
{
  fixture_organisation_free (self->organisation);
  g_free (self->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static DpopOutcomeCheck *
check (DpopProfile *profile, const char *text)
{
  GError *error = NULL;
  DpopOutcomeCheck *self = dpop_outcome_check_new (profile, text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (self->sentences->len, >, 0);
  return self;
}

static void
assert_verdict (DpopProfile *profile, const char *text, DpopOutcomeCheckVerdict verdict)
{
  g_autoptr (DpopOutcomeCheck) self = check (profile, text);

  g_assert_cmpstr (dpop_outcome_check_word (self->verdict), ==, dpop_outcome_check_word (verdict));
}

/* FILE with its text signed anew, after WAS became IS in it. */
static char *
forge (DpopProfile *profile, const char *file, const char *was, const char *is)
{
  DpopRecordSeal seal;
  guint line;
  g_autofree char *plain = NULL;
  g_autofree char *text = NULL;
  g_autofree char *code = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_cmpint (dpop_record_seal_read (&seal, file, strlen (file), &plain, &line), ==,
                   DPOP_RECORD_SEAL_GOOD);
  parts = g_strsplit (plain, was, -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  text = g_strjoinv (is, parts);
  dpop_record_seal_sign (&seal, text, dpop_profile_device (profile));
  code = dpop_record_seal_write (&seal);
  return g_strconcat (text, "\n", code, NULL);
}

/* --- What holds. ----------------------------------------------------------------------------- */

static void
test_holds (void)
{
  g_auto (Case) self = { 0 };
  g_autoptr (DpopOutcomeCheck) found = NULL;

  case_init (&self, 1);
  found = check (self.profile, self.file);
  g_assert_cmpint (found->verdict, ==, DPOP_OUTCOME_CHECK_HOLDS);
  g_assert_cmpstr (found->maker, ==, "Ada Lovelace");
  g_assert_true (found->compared);
  g_assert_false (found->off);
  g_assert_cmpuint (found->differing->len, ==, 0);
  g_assert_nonnull (strstr (self.file, found->title));
  g_assert_nonnull (strstr (self.file, found->outcome));
  g_assert_nonnull (strstr (self.file, "Entitled to vote: 4\n"));
}

static void
test_not_final (void)
{
  g_autoptr (FixtureOrganisation) organisation = fixture_organisation_new (2, TRUE);
  DpopProfile *profile = organisation->profile->profile;
  const CosmicId nothing = { { 9 } };
  const CosmicId *decision;
  g_autofree char *text = NULL;
  GError *error = NULL;

  fixture_organisation_enrol (organisation, 2);
  fixture_organisation_decide (organisation, 1, 2, FIXTURE_DECIDE_OPEN);
  decision = &g_array_index (organisation->decisions, CosmicId, 0);
  g_assert_null (dpop_outcome_record_new (profile, decision, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&error);
  organisation->profile->now += 86400000;
  fixture_profile_confirm (organisation->profile);
  dpop_decide_close (profile, decision, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (organisation->profile);
  text = make_record (profile, decision);
  assert_verdict (profile, text, DPOP_OUTCOME_CHECK_HOLDS);
  g_assert_null (dpop_outcome_record_new (profile, &nothing, &error));
  g_assert_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&error);
}

/* As a page's copy comes: other text around it, lines elsewhere, a page's foot after it. */
static void
test_copied (void)
{
  g_auto (Case) self = { 0 };
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) copy = g_string_new ("Minutes. See DPOP-RECORD-1 and DPOP-S below.\f\n");

  case_init (&self, 3);
  words = g_strsplit_set (self.file, " \n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (copy, "%s%s", words[i], i % 5 == 4 ? "\n\f" : "  ");
  g_string_append (copy, "\n\f2 of 2");
  assert_verdict (self.profile, copy->str, DPOP_OUTCOME_CHECK_HOLDS);
}

static void
assert_lines_fit (const char *file)
{
  g_auto (GStrv) lines = g_strsplit (file, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_assert_cmpint (g_utf8_strlen (*line, -1), <=, DPOP_OUTCOME_RECORD_COLUMNS + 8);
      g_assert_false (g_str_has_suffix (*line, "-"));
    }
}

/* The longest words, hyphens, things that are not seen: what is signed survives them. */
static void
test_hostile_words (void)
{
  g_autoptr (FixtureOrganisation) organisation = fixture_organisation_new (4, TRUE);
  DpopProfile *profile = organisation->profile->profile;
  g_autofree char *endless = g_strnfill (700, 'w');
  g_autofree char *question
      = g_strdup_printf ("DPOP-S\nDPOP-RECORD-1 Record of a decision\n%s\n"
                         "A dash - and a dash - and a dash - and a dash - and a dash - "
                         "and a dash - and a dash - and a dash - and a dash - and a dash - or so\n"
                         "An end-\n\n-\nof-\n"
                         "e\xcc\x81tat\xe2\x80\xae evil\xe2\x80\x8b \xe4\xbc\x9a\xe8\xad\xb0",
                         endless);
  const DpopDecidePropose command = { .title = "DPOP-RECORD-1", .question = question,
                                      .ballot = DPOP_BALLOT_YES_NO_ABSTAIN };
  g_autofree char *file = NULL;
  GError *error = NULL;
  CosmicId decision;

  dpop_decide_propose (profile, &command, &decision, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (organisation->profile);
  dpop_decide_stop (profile, &decision, DPOP_STOP_WITHDRAWN, NULL, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (organisation->profile);
  file = make_record (profile, &decision);
  assert_lines_fit (file);
  g_assert_null (strstr (file, "\xe2\x80\xae"));
  g_assert_nonnull (strstr (file, "\xc3\xa9tat evil \xe4\xbc\x9a\xe8\xad\xb0\n"));
  assert_verdict (profile, file, DPOP_OUTCOME_CHECK_HOLDS);
}

/* --- What does not. -------------------------------------------------------------------------- */

static void
alter (const Case *self, gsize at, guint8 mask)
{
  gsize size = strlen (self->file);
  g_autofree char *altered = g_strdup (self->file);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  DpopRecordSeal seal, own;
  guint line;

  altered[at] ^= (char) mask;
  g_assert_cmpint (dpop_record_seal_read (&own, self->file, size, &before, &line), ==,
                   DPOP_RECORD_SEAL_GOOD);
  if (dpop_record_seal_read (&seal, altered, size, &after, &line) != DPOP_RECORD_SEAL_GOOD)
    return;
  /* Only what is passed over in reading: the same words, the same signature. */
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpmem (&seal, sizeof seal, &own, sizeof own);
  g_assert_false (g_ascii_isdigit (altered[at]) && g_ascii_isdigit (self->file[at]));
}

static void
test_every_byte (void)
{
  g_auto (Case) self = { 0 };
  static const guint8 masks[] = { 0x01, 0x10, 0x20, 0x80 };

  case_init (&self, 5);
  for (gsize at = 0; self.file[at] != '\0'; at++)
    for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
      alter (&self, at, masks[i]);
}

static void
test_cut (void)
{
  g_auto (Case) self = { 0 };
  gsize size;

  case_init (&self, 6);
  size = strlen (self.file);
  assert_verdict (self.profile, "", DPOP_OUTCOME_CHECK_NO_RECORD);
  assert_verdict (self.profile, "\xff\xfe", DPOP_OUTCOME_CHECK_NO_RECORD);
  assert_verdict (self.profile, "Minutes of the meeting.", DPOP_OUTCOME_CHECK_NO_RECORD);
  for (gsize cut = 2; cut < size; cut += 7)
    {
      g_autofree char *part = g_strndup (self.file, size - cut);
      g_autoptr (DpopOutcomeCheck) found = check (self.profile, part);

      g_assert_cmpint (found->verdict, !=, DPOP_OUTCOME_CHECK_HOLDS);
    }
}

static void
test_other_organisation (void)
{
  g_auto (Case) self = { 0 };
  g_auto (Case) other = { 0 };

  case_init (&self, 7);
  case_init (&other, 8);
  assert_verdict (other.profile, self.file, DPOP_OUTCOME_CHECK_OTHER_PARTY);
}

/* A member's own computer says what is not so. */
static void
test_forged (void)
{
  g_auto (Case) self = { 0 };
  g_autofree char *words = NULL;
  g_autofree char *code = NULL;
  g_autofree char *outcome = NULL;
  g_autofree char *language = NULL;
  g_autoptr (DpopOutcomeCheck) found = NULL;
  g_autoptr (DpopOutcomeCheck) foreign = NULL;
  DpopRecordSeal seal;
  guint line;

  case_init (&self, 9);
  words = forge (self.profile, self.file, "Entitled to vote: 4", "Entitled to vote: 5");
  found = check (self.profile, words);
  g_assert_cmpint (found->verdict, ==, DPOP_OUTCOME_CHECK_OTHER_WORDS);
  g_assert_cmpuint (found->differing->len, ==, 1);
  g_assert_cmpstr (found->differing->pdata[0], ==, "Entitled to vote: 4");

  language = forge (self.profile, self.file, "Record of a decision", "Beschluss");
  foreign = check (self.profile, language);
  g_assert_cmpint (foreign->verdict, ==, DPOP_OUTCOME_CHECK_HOLDS);
  g_assert_false (foreign->compared);
  g_assert_cmpuint (foreign->sentences->len, ==, 2);

  dpop_record_seal_read (&seal, self.file, strlen (self.file), &outcome, &line);
  seal.outcome.bytes[0] ^= 1;
  dpop_record_seal_sign (&seal, outcome, dpop_profile_device (self.profile));
  code = dpop_record_seal_write (&seal);
  g_free (words);
  words = g_strconcat (outcome, "\n", code, NULL);
  assert_verdict (self.profile, words, DPOP_OUTCOME_CHECK_OTHER_OUTCOME);
}

static void
test_strangers (void)
{
  g_auto (Case) self = { 0 };
  g_autofree char *plain = NULL;
  g_autofree char *file = NULL;
  g_autofree char *code = NULL;
  g_autoptr (CosmicSecret) stranger = NULL;
  DpopRecordSeal seal;
  guint8 key[32];
  guint line;

  case_init (&self, 10);
  dpop_record_seal_read (&seal, self.file, strlen (self.file), &plain, &line);
  stranger = cosmic_sign_key_new (dpop_profile_random (self.profile), key);
  dpop_record_seal_sign (&seal, plain, stranger);
  code = dpop_record_seal_write (&seal);
  file = g_strconcat (plain, "\n", code, NULL);
  assert_verdict (self.profile, file, DPOP_OUTCOME_CHECK_UNKNOWN_DEVICE);

  seal.decision.bytes[3] ^= 1;
  dpop_record_seal_sign (&seal, plain, dpop_profile_device (self.profile));
  g_free (code);
  g_free (file);
  code = dpop_record_seal_write (&seal);
  file = g_strconcat (plain, "\n", code, NULL);
  assert_verdict (self.profile, file, DPOP_OUTCOME_CHECK_UNKNOWN_DECISION);
}

static char *
sign_with (const CosmicSecret *device, const char *plain, DpopRecordSeal seal)
{
  g_autofree char *code = NULL;

  dpop_record_seal_sign (&seal, plain, device);
  code = dpop_record_seal_write (&seal);
  return g_strconcat (plain, "\n", code, NULL);
}

/* What a computer signed before it was switched off holds, and is marked; what it signs afterwards
 * does not. */
static void
test_switched_off (void)
{
  g_auto (Case) self = { 0 };
  g_autofree char *plain = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (DpopOutcomeCheck) marked = NULL;
  g_autoptr (DpopOutcomeCheck) refused = NULL;
  const CosmicSecret *device;
  DpopRecordSeal seal;
  CosmicId key;
  GError *error = NULL;
  guint line;

  case_init (&self, 11);
  fixture_organisation_add_devices (self.organisation, 1);
  fixture_profile_confirm (self.organisation->profile);
  device = self.organisation->devices->pdata[0];
  memcpy (key.bytes, cosmic_sign_key_public (device), COSMIC_ID_SIZE);
  dpop_record_seal_read (&seal, self.file, strlen (self.file), &plain, &line);
  before = sign_with (device, plain, seal);
  dpop_command_device_off (self.profile, &key, 0, &error);
  g_assert_no_error (error);
  fixture_profile_confirm (self.organisation->profile);
  marked = check (self.profile, before);
  g_assert_true (marked->off);
  g_assert_cmpint (marked->off_since, >, 0);
  g_assert_nonnull (strstr (marked->sentences->pdata[1], "switched off since"));
  g_assert_cmpint (marked->verdict, ==, DPOP_OUTCOME_CHECK_OTHER_WORDS); /* another's name */
  seal.made = marked->off_since + 60000;
  after = sign_with (device, plain, seal);
  refused = check (self.profile, after);
  g_assert_cmpint (refused->verdict, ==, DPOP_OUTCOME_CHECK_SWITCHED_OFF);
  g_assert_null (refused->outcome);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/what this computer recorded holds", test_holds);
  g_test_add_func ("/record/what is not final has no record", test_not_final);
  g_test_add_func ("/record/a copy from a page holds, wherever its lines end", test_copied);
  g_test_add_func ("/record/no words that people typed break a record", test_hostile_words);
  g_test_add_func ("/record/every altered byte is refused, or was passed over", test_every_byte);
  g_test_add_func ("/record/a part of a record is none", test_cut);
  g_test_add_func ("/record/another organisation's record is told as such",
                   test_other_organisation);
  g_test_add_func ("/record/a member's signature does not make false words true", test_forged);
  g_test_add_func ("/record/strangers' computers and unknown decisions are told", test_strangers);
  g_test_add_func ("/record/a computer that was switched off is told", test_switched_off);
  return g_test_run ();
}
