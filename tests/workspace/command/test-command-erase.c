/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-profile.h"

#include "dpop-command-details.h"
#include "dpop-command-erase.h"
#include "dpop-command-info.h"
#include "dpop-command-sweep.h"
#include "dpop-command-verify.h"
#include "dpop-decide.h"
#include "dpop-member-query.h"
#include "dpop-projector.h"

#define NAME_CANARY    "Canarina Canariensis"
#define COMMENT_CANARY "this comment has a yellow feather"

/* The ready charter of an association: its secretary, the founder, is trusted to erase. */
typedef struct
{
  FixtureProfile *at;
  DpopProfile *profile;
  CosmicId canary;  /* a member */
  CosmicId decision, comment;
  GError *error;
} Party;

static void
set_up (Party *self, gconstpointer unused)
{
  DpopDecidePropose propose = { .ballot = DPOP_BALLOT_YES_NO_ABSTAIN, .title = "A cage?",
                                .question = "Shall we buy one?" };

  self->at = fixture_profile_new (1);
  self->profile = self->at->profile;
  g_assert_nonnull (dpop_projector_attach (self->profile, &self->error));
  fixture_profile_found (self->at, "association", NULL);
  self->canary = fixture_profile_enrol (self->at, NAME_CANARY, NULL);
  dpop_decide_propose (self->profile, &propose, &self->decision, &self->error);
  g_assert_no_error (self->error);
  dpop_decide_comment (self->profile, &self->decision, NULL, NULL, COMMENT_CANARY, &self->comment,
                       &self->error);
  g_assert_no_error (self->error);
  fixture_profile_confirm (self->at);
}

static void
tear_down (Party *self, gconstpointer unused)
{
  g_assert_no_error (self->error);
  fixture_profile_free (self->at);
}

/* In the whole database as SQLite sees it: every page, free ones included. */
static gboolean
is_in (FixtureProfile *at, const char *text)
{
  g_autoptr (GBytes) pages = fixture_profile_pages (at);

  return memmem (g_bytes_get_data (pages, NULL), g_bytes_get_size (pages), text, strlen (text))
         != NULL;
}

/* The log beside the database, where older versions of pages lie. */
static gsize
size_of_log (FixtureProfile *at)
{
  g_autoptr (GDir) dir = g_dir_open (at->folder, 0, NULL);
  const char *name;
  gsize size = G_MAXSIZE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (at->folder, name, NULL);
      g_autofree char *content = NULL;

      if (g_str_has_suffix (name, "-wal"))
        g_assert_true (g_file_get_contents (path, &content, &size, NULL));
    }
  return size;
}

static GArray *
one (const CosmicId *id)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  return g_array_append_vals (ids, id, 1);
}

static DpopCommandEraseResult
erase (Party *self, const CosmicId *operation, const CosmicId *member)
{
  g_autoptr (GArray) operations = operation != NULL ? one (operation) : NULL;
  g_autoptr (GArray) members = member != NULL ? one (member) : NULL;
  const DpopCommandErase input = { operations, members };
  DpopCommandEraseResult result = { 0 };

  self->at->now += 1000;
  dpop_command_erase (self->profile, &input, &result, &self->error);
  return result;
}

static void
check_verified (Party *self, FixtureProfile *at, guint erased)
{
  CosmicVerifyReport report;

  g_assert_true (dpop_command_verify (at->profile, NULL, NULL, &report, &self->error));
  for (guint i = 0; i < report.faults->len; i++)
    g_test_message ("%s", (char *) report.faults->pdata[i]);
  g_assert_cmpuint (report.faults->len, ==, 0);
  g_assert_cmpuint (report.erased, ==, erased);
  cosmic_verify_report_clear (&report);
}

static void
test_a_name_is_gone_from_every_page (Party *self, gconstpointer unused)
{
  DpopCommandEraseResult result;
  DpopMember member;

  g_assert_true (is_in (self->at, NAME_CANARY));
  g_assert_cmpuint (size_of_log (self->at), >, 0);
  result = erase (self, NULL, &self->canary);
  g_assert_no_error (self->error);
  g_assert_true (result.confirmed);
  g_assert_cmpuint (size_of_log (self->at), ==, 0);
  g_assert_false (is_in (self->at, NAME_CANARY));
  g_assert_true (is_in (self->at, COMMENT_CANARY));
  check_verified (self, self->at, 1);
  dpop_member_query_load (dpop_profile_state (self->profile, NULL, NULL), &self->canary, &member);
  g_assert_null (dpop_command_details_read (self->profile, &member.details));
  g_assert_cmpuint (member.standing.state, ==, DPOP_MEMBER_MEMBER);
}

static void
test_a_comment_is_gone_from_every_page (Party *self, gconstpointer unused)
{
  CosmicId before = *cosmic_log_state_root (dpop_profile_log (self->profile));

  g_assert_true (is_in (self->at, COMMENT_CANARY));
  erase (self, &self->comment, NULL);
  g_assert_no_error (self->error);
  g_assert_false (is_in (self->at, COMMENT_CANARY));
  g_assert_true (is_in (self->at, NAME_CANARY));
  check_verified (self, self->at, 1);
  fixture_profile_reopen (self->at);
  self->profile = self->at->profile;
  g_assert_nonnull (dpop_projector_attach (self->profile, &self->error));
  g_assert_false (is_in (self->at, COMMENT_CANARY));
  check_verified (self, self->at, 1);
  g_assert_false (
      cosmic_id_same (&before, cosmic_log_state_root (dpop_profile_log (self->profile))));
}

static FixtureProfile *
join (Party *self, guint64 seed)
{
  CosmicId member = fixture_profile_enrol (self->at, "Second", NULL);
  FixtureProfile *other = fixture_profile_join (self->at, &member, seed);

  g_assert_nonnull (dpop_projector_attach (other->profile, &self->error));
  return other;
}

static void
test_who_hears_of_it_deletes_it_too (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) other = join (self, 2);

  g_assert_true (is_in (other, NAME_CANARY));
  g_assert_true (is_in (other, COMMENT_CANARY));
  erase (self, &self->comment, &self->canary);
  g_assert_no_error (self->error);
  g_assert_true (fixture_profile_send (self->at, other, &self->error));
  g_assert_false (is_in (other, NAME_CANARY));
  g_assert_false (is_in (other, COMMENT_CANARY));
  g_assert_cmpuint (size_of_log (other), ==, 0);
  check_verified (self, other, 2);
  g_assert_true (cosmic_id_same (cosmic_log_state_root (dpop_profile_log (self->profile)),
                                 cosmic_log_state_root (dpop_profile_log (other->profile))));
}

/* A new transfer file holds nothing of it; nor does it come back from a computer that has not heard
 * of it. */
static void
test_it_never_comes_back (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) late = join (self, 2);
  g_autoptr (FixtureProfile) fresh = NULL;

  erase (self, &self->comment, &self->canary);
  g_assert_no_error (self->error);
  g_assert_true (is_in (late, NAME_CANARY));
  g_assert_true (fixture_profile_send (late, self->at, &self->error));
  g_assert_false (is_in (self->at, NAME_CANARY));
  g_assert_false (is_in (self->at, COMMENT_CANARY));
  fresh = join (self, 3);
  g_assert_false (is_in (fresh, NAME_CANARY));
  g_assert_false (is_in (fresh, COMMENT_CANARY));
  check_verified (self, fresh, 2);
}

static void
test_it_is_hidden_before_it_is_confirmed (Party *self, gconstpointer unused)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) members = one (&self->canary);
  DpopMember member;
  DpopClaim *claim = dpop_claim_new (COSMIC_KIND_ERASE, cosmic_erase_body (none, members), NULL,
                                     NULL);

  g_assert_true (dpop_profile_say_alone (self->profile, NULL, claim, NULL, &self->error));
  dpop_member_query_load (dpop_profile_state (self->profile, NULL, NULL), &self->canary, &member);
  g_assert_null (dpop_command_details_read (self->profile, &member.details));
  g_assert_true (is_in (self->at, NAME_CANARY));
  fixture_profile_confirm (self->at);
  g_assert_true (dpop_command_sweep (self->profile, &self->error));
  g_assert_false (is_in (self->at, NAME_CANARY));
}

static void
test_what_is_not_there_is_not_deleted (Party *self, gconstpointer unused)
{
  const DpopCommandErase nothing = { NULL, NULL };

  erase (self, &self->canary, NULL); /* no operation's id */
  g_assert_error (self->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND);
  g_clear_error (&self->error);
  erase (self, NULL, &self->comment); /* no member's id */
  g_assert_cmpuint (dpop_profile_error_reason (self->error), ==, COSMIC_REASON_NOT_ALLOWED);
  g_clear_error (&self->error);
  g_assert_false (dpop_command_erase (self->profile, &nothing, NULL, &self->error));
  g_assert_error (self->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID);
  g_clear_error (&self->error);
  g_assert_true (is_in (self->at, NAME_CANARY));
}

static void
test_many_at_once (Party *self, gconstpointer unused)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_autoptr (GArray) operations = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  const DpopCommandErase input = { operations, members };
  DpopCommandEraseResult result;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("Sparrow %u", i);
      CosmicId id = fixture_profile_enrol (self->at, name, NULL);
      DpopMember member;

      dpop_member_query_load (dpop_profile_state (self->profile, NULL, NULL), &id, &member);
      if (i % 2 == 0)
        g_array_append_val (members, id);
      else
        g_array_append_val (operations, member.details);
    }
  g_assert_true (is_in (self->at, "Sparrow 99"));
  g_assert_true (dpop_command_erase (self->profile, &input, &result, &self->error));
  g_assert_cmpuint (result.claims, >, 2);
  g_assert_false (is_in (self->at, "Sparrow"));
  check_verified (self, self->at, 100);
}

static void
test_figures_and_check_numbers (Party *self, gconstpointer unused)
{
  DpopCommandStateHash hash;
  DpopCommandInfo info;

  g_assert_true (dpop_command_info (self->profile, &info, &self->error));
  g_assert_true (info.founded && info.admitted && info.record_keeper && info.confirms);
  g_assert_cmpuint (info.members[DPOP_MEMBER_MEMBER], ==, 2);
  g_assert_cmpuint (info.computers, ==, 1);
  g_assert_cmpuint (info.open, ==, 0);
  g_assert_cmpuint (info.bytes, ==, fixture_profile_size (self->at));
  g_assert_true (dpop_command_state_hash (self->profile, &hash, &self->error));
  g_assert_cmpuint (hash.height, ==, info.height);
  g_assert_cmpuint (hash.open, ==, 0);
  fixture_profile_enrol (self->at, "Sparrow", NULL);
  g_assert_true (dpop_command_state_hash (self->profile, &hash, &self->error));
  g_assert_cmpuint (hash.open, ==, 1);
}

static void
test_an_empty_profile_has_no_history_to_check (Party *self, gconstpointer unused)
{
  g_autoptr (FixtureProfile) empty = fixture_profile_new (3);
  DpopCommandStateHash hash;
  CosmicVerifyReport report;
  DpopCommandInfo info;

  g_assert_true (dpop_command_info (empty->profile, &info, &self->error));
  g_assert_false (info.founded || info.admitted || info.record_keeper);
  g_assert_false (dpop_command_verify (empty->profile, NULL, NULL, &report, &self->error));
  g_assert_error (self->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_A_MEMBER);
  g_clear_error (&self->error);
  g_assert_false (dpop_command_state_hash (empty->profile, &hash, &self->error));
  g_assert_error (self->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_A_MEMBER);
  g_clear_error (&self->error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/command/erase/" claim, Party, NULL, set_up, function, tear_down)
  ADD ("A name is gone from every page", test_a_name_is_gone_from_every_page);
  ADD ("A comment is gone from every page", test_a_comment_is_gone_from_every_page);
  ADD ("Who hears of it deletes it too", test_who_hears_of_it_deletes_it_too);
  ADD ("It never comes back", test_it_never_comes_back);
  ADD ("It is hidden before it is confirmed", test_it_is_hidden_before_it_is_confirmed);
  ADD ("What is not there is not deleted", test_what_is_not_there_is_not_deleted);
  ADD ("Many at once", test_many_at_once);
  ADD ("Figures and check numbers", test_figures_and_check_numbers);
  ADD ("An empty profile has no history to check",
       test_an_empty_profile_has_no_history_to_check);
#undef ADD
  return g_test_run ();
}
