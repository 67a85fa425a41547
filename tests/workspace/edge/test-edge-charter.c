/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-compile.h"
#include "dpop-edge-charter.h"
#include "fixture-charter.h"

#include <string.h>

static void
print_problems (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const DpopEdgeJsonProblem *problem = problems->pdata[i];

      g_test_message ("%s %s: %s", problem->fatal ? "error" : "warning", problem->pointer,
                      problem->message);
    }
}

static gboolean
names_equal (const DpopCharterNames *a, const DpopCharterNames *b)
{
  g_autoptr (GBytes) one = dpop_charter_names_to_bytes (a);
  g_autoptr (GBytes) two = dpop_charter_names_to_bytes (b);

  return g_bytes_equal (one, two);
}

static void
test_written_and_read_again_is_the_same (void)
{
  guint64 seed = (guint32) g_test_rand_int ();
  FixtureRandom random;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  fixture_random_init (&random, seed);
  for (guint i = 0; i < 96 / fixture_share (); i++)
    {
      g_autoptr (DpopCharter) charter = fixture_charter_random_usable (&random), read = NULL;
      g_autoptr (DpopCharterNames) names = fixture_charter_names (charter, &random), texts = NULL;
      g_autofree char *text = dpop_edge_charter_write (charter, names), *again = NULL;
      g_autoptr (GPtrArray) problems = dpop_edge_charter_read (text, strlen (text), &read, &texts);

      if (read == NULL)
        print_problems (problems);
      g_assert_nonnull (read);
      g_assert_true (dpop_charter_equal (charter, read));
      g_assert_true (names_equal (names, texts));
      again = dpop_edge_charter_write (read, texts);
      g_assert_cmpstr (text, ==, again);
    }
}

/* The party's ready charter, WHAT (its first occurrence) replaced by BY. */
static char *
changed (const char *what, const char *by)
{
  g_autoptr (GBytes) bytes = dpop_edge_charter_ready ("party");
  const char *text = g_bytes_get_data (bytes, NULL), *at = strstr (text, what);
  GString *result;

  if (at == NULL)
    g_error ("no %s in the ready charter", what);
  result = g_string_new_len (text, at - text);
  g_string_append (result, by);
  g_string_append (result, at + strlen (what));
  return g_string_free (result, FALSE);
}

typedef struct
{
  const char *what, *by;
  gboolean fatal;
  const char *pointer;
  const char *message; /* part of it */
} Change;

static void
check_change (const Change *change)
{
  g_autofree char *text = changed (change->what, change->by);
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (GPtrArray) problems = dpop_edge_charter_read (text, strlen (text), &charter, &names);
  gboolean found = FALSE;

  for (guint i = 0; i < problems->len; i++)
    {
      const DpopEdgeJsonProblem *problem = problems->pdata[i];

      found |= problem->fatal == change->fatal && strcmp (problem->pointer, change->pointer) == 0
               && strstr (problem->message, change->message) != NULL;
    }
  if (!found || (charter == NULL) != change->fatal || (names == NULL) != change->fatal)
    {
      print_problems (problems);
      g_error ("%s -> %s: not found", change->what, change->by);
    }
}

#define ERROR   TRUE
#define WARNING FALSE

static const Change shapes[] = {
  { "{", "{ // hello\n", ERROR, "", "Line 1, column 3: JSON has no comments" },
  { "dpop-charter-1", "dpop-charter-2", ERROR, "/format", "“dpop-charter-1”" },
  { "\"format\": \"dpop-charter-1\",", "", ERROR, "", "“format” is missing" },
  { "\"founder\"", "\"foundr\"", ERROR, "/foundr", "did you mean “founder”? Allowed: format, " },
  { "\"founder\"", "\"zzz\"", ERROR, "/zzz", "“zzz” is unknown. Allowed: format, " },
  { "\"founder\"", "\"a/b~c\"", ERROR, "/a~1b~0c", "unknown" },
  { "\"newcomersRead\": true", "\"newcomersRead\": 1", ERROR, "/newcomersRead", "true or false" },
  { "\"newcomersRead\": true", "\"newcomersRead\": null", ERROR, "/newcomersRead",
    "true or false" },
  { "\"name\": \"Party with local groups\"", "\"name\": 5", ERROR, "/name", "Write a text" },
  { "\"name\": \"Party with local groups\"", "\"name\": \"\"", ERROR, "/name", "Write a name" },
  { "\"Party with local groups\"", "\"A\\u0007\"", ERROR, "/name", "control characters" },
  { "\"vote\", \"propose\"", "\"voted\", \"propose\"", ERROR, "/members/permissions/0/actions/0",
    "“voted” is unknown; did you mean “vote”? Allowed: enrol, edit-member" },
  { "\"vote\", \"propose\"", "\"VOTE\", \"propose\"", ERROR, "/members/permissions/0/actions/0",
    "did you mean “vote”?" },
  { "\"vote\", \"propose\"", "\"move-member\", \"propose\"", ERROR,
    "/members/permissions/0/actions/0", "under /moves" },
  { "\"vote\", \"propose\"", "\"\\u001b[2Jx\", \"propose\"", ERROR,
    "/members/permissions/0/actions/0", "“\xef\xbf\xbd[2Jx” is unknown" },
  { "\"vote\", \"propose\"", "\"vote\", \"vote\"", ERROR, "/members/permissions/0/actions/1",
    "twice" },
  { "\"vote\", \"propose\"", "7, \"propose\"", ERROR, "/members/permissions/0/actions/0",
    "Write a text" },
  { "\"reach\": \"own-unit\"", "\"reach\": \"party\"", ERROR, "/members/permissions/1",
    "same reach in another entry" },
  { "\"reach\": \"own-unit\"", "\"reach\": \"own_unit\"", ERROR, "/members/permissions/1/reach",
    "did you mean “own-unit”? Allowed: everywhere, party, own-unit, self." },
  { "\"key\": \"board\"", "\"key\": \"Board\"", ERROR, "/moves/applicant/member/1/roles/0",
    "did you mean “Board”? Allowed: member, chair, secretary, treasurer, Board" },
  { "\"key\": \"privacy\"", "\"key\": \"Privacy\"", ERROR, "/roles/4/key", "Write a key" },
  { "\"key\": \"privacy\"", "\"key\": \"chair\"", ERROR, "/roles/4/key", "stands twice" },
  { "\"key\": \"privacy\"", "\"key\": \"member\"", ERROR, "/roles/4/key", "not “member”" },
  { "\"key\": \"privacy\",", "", ERROR, "/roles/4", "“key” is missing" },
  { "\"label\": \"Treasurer\"", "\"label\": \"\"", ERROR, "/roles/2/label", "Write a name" },
  { "\"scope\": \"unit\"", "\"scope\": \"group\"", ERROR, "/roles/5/scope",
    "Allowed: party, unit." },
  { "\"office\": true", "\"office\": \"yes\"", ERROR, "/roles/0/office", "true or false" },
  { "\"givenBy\": [\"chair\", \"secretary\"]", "\"givenBy\": [\"char\"]", ERROR,
    "/roles/0/givenBy/0", "did you mean “chair”? Allowed: member, chair" },
  { "\"givenBy\": [\"chair\", \"secretary\"]", "\"givenBy\": [\"chair\", \"chair\"]", ERROR,
    "/roles/0/givenBy/1", "“chair” stands here twice" },
  { "\"givenBy\": [\"chair\", \"secretary\"]", "\"givenBy\": \"chair\"", ERROR, "/roles/0/givenBy",
    "Write a list" },
  { "\"founder\": [\"chair\"", "\"founder\": [\"member\"", ERROR, "/founder/0", "unknown" },
  { "\"members\": {", "\"members\": [], \"x\": {", ERROR, "/members", "Write an object" },
  { "\"suspended\": []", "\"suspended\": [\"sleeps\"]", ERROR, "/states/suspended/0",
    "Allowed: votes, proposes, comments." },
  { "\"former\": []", "\"gone\": []", ERROR, "/states/gone",
    "Allowed: applicant, member, suspended, former." },
  { "\"suspended\": [],", "", ERROR, "/states", "“suspended” is missing" },
  { "\"suspended\": {\n", "\"suspended\": { \"suspended\": [],\n", ERROR,
    "/moves/suspended/suspended", "Allowed: applicant, member, former." },
  { "\"count\": 4", "\"count\": 4.5", ERROR, "/witnesses/count", "Write a whole number" },
  { "\"count\": 4", "\"count\": \"4\"", ERROR, "/witnesses/count", "Write a whole number" },
  { "\"count\": 4", "\"count\": -1", ERROR, "/witnesses/count", "from 0 to 255" },
  { "\"count\": 4", "\"count\": 256", ERROR, "/witnesses/count", "from 0 to 255" },
  { "\"180 days\"", "\"180\"", ERROR, "/retention/votes", "Write whole days or weeks" },
  { "\"180 days\"", "\"36 hours\"", ERROR, "/retention/votes", "Write whole days or weeks" },
  { "\"180 days\"", "180", ERROR, "/retention/votes", "Write a text" },
  { "\"valid\": \"30 days\"", "\"valid\": \"a month\"", ERROR, "/invitations/valid",
    "Write a duration here" },
  { "\"valid\": \"30 days\"", "\"valid\": \"30  days\"", ERROR, "/invitations/valid",
    "Write a duration here" },
  { "\"valid\": \"30 days\"", "\"valid\": \"-1 days\"", ERROR, "/invitations/valid",
    "Write a duration here" },
  { "\"valid\": \"30 days\"", "\"valid\": \"030 days\"", ERROR, "/invitations/valid",
    "Write a duration here" },
  { "\"valid\": \"30 days\"", "\"valid\": \"99999999999999999999 days\"", ERROR,
    "/invitations/valid", "Write a duration here" },
  { "\"valid\": \"30 days\"", "\"valid\": \"9007199254740992 weeks\"", ERROR, "/invitations/valid",
    "Write a duration here" },
  { "\"share\": \"1/2\"", "\"share\": \"0.5\"", ERROR, "/rules/0/majority/share", "Write a share" },
  { "\"share\": \"1/2\"", "\"share\": \"1/2 \"", ERROR, "/rules/0/majority/share",
    "Write a share" },
  { "\"share\": \"1/2\"", "\"share\": \"4294967296/2\"", ERROR, "/rules/0/majority/share",
    "Write a share" },
  { "\"of\": \"yes-no\"", "\"of\": \"all\"", ERROR, "/rules/0/majority/of",
    "Allowed: yes-no, cast, present, entitled." },
  { "\"quorum\": { \"share\": \"1/20\" }", "\"quorum\": { \"share\": \"1/20\", \"x\": 1 }", ERROR,
    "/rules/0/quorum/x", "Allowed: share, moreThan, atLeast." },
  { "\"role\"]", "\"rule\"]", ERROR, "/rules/0/enacts/0", "did you mean “role”?" },
};

static void
test_names_the_place_of_what_has_another_shape (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    check_change (&shapes[i]);
}

static const Change meanings[] = {
  { "\"count\": 4", "\"count\": 0", ERROR, "/witnesses", "from 1 to 31" },
  { "\"count\": 4", "\"count\": 3", ERROR, "/witnesses", "4 for one, 7 for two" },
  { "\"count\": 4, \"faults\": 1", "\"count\": 2, \"faults\": 0", WARNING, "/witnesses/count",
    "choose 1, 3 or 4" },
  { "\"share\": \"1/20\"", "\"share\": \"3/2\"", ERROR, "/rules/0/quorum", "up to “1/1”" },
  { "\"share\": \"1/20\"", "\"share\": \"1/0\"", ERROR, "/rules/0/quorum", "divided by zero" },
  { "\"share\": \"1/20\"", "\"share\": \"1/1\", \"moreThan\": true", ERROR, "/rules/0/quorum",
    "More than all" },
  { "\"share\": \"1/2\"", "\"share\": \"1/3\"", WARNING, "/rules/0/majority", "Fewer than half" },
  { "\"valid\": \"30 days\"", "\"valid\": \"367 days\"", ERROR, "/invitations/valid", "366 days" },
  { "\"personal\": \"30 days\"", "\"personal\": \"for good\"", WARNING, "/retention/personal",
    "for ever" },
  { "\"veto\": \"14 days\"", "\"veto\": \"for good\"", ERROR, "/recovery", "366 days" },
  { "\"founder\": [\"chair\", \"secretary\"]", "\"founder\": []", ERROR, "",
    "Nobody could ever enrol" },
  { "\"enacts\": [\"charter\"]", "\"enacts\": []", ERROR, "/rules", "ever change these rules" },
};

static void
test_names_the_place_of_what_makes_no_sense (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    check_change (&meanings[i]);
}

static void
test_reports_everything_at_once (void)
{
  g_autofree char *text = changed ("\"founder\"", "\"foundr\"");
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  char *at = strstr (text, "\"count\": 4");

  memcpy (at, "\"count\":\"\"", strlen ("\"count\": 4"));
  problems = dpop_edge_charter_read (text, strlen (text), &charter, &names);
  g_assert_null (charter);
  g_assert_null (names);
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_cmpstr (((DpopEdgeJsonProblem *) problems->pdata[0])->pointer, ==, "/foundr");
  g_assert_cmpstr (((DpopEdgeJsonProblem *) problems->pdata[1])->pointer, ==, "");
  g_assert_cmpstr (((DpopEdgeJsonProblem *) problems->pdata[2])->pointer, ==, "/witnesses/count");
}

static void
test_a_report_is_bounded (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "\"unknown%u\": 1,", i);
  g_string_append (text, "\"name\": \"A\"}");
  problems = dpop_edge_charter_read (text->str, text->len, &charter, &names);
  g_assert_null (charter);
  g_assert_cmpuint (problems->len, ==, 100);
}

static void
test_every_code_has_its_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (DpopCharterCode code = 0; code <= DPOP_CHARTER_CODE_LAST; code++)
    {
      const char *message = dpop_edge_charter_message (code);

      g_assert_nonnull (message);
      g_assert_true (g_str_has_suffix (message, "."));
      g_assert_true (g_hash_table_add (seen, (gpointer) message));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edge/charter/Written and read again it is the same",
                   test_written_and_read_again_is_the_same);
  g_test_add_func ("/edge/charter/Names the place of what has another shape",
                   test_names_the_place_of_what_has_another_shape);
  g_test_add_func ("/edge/charter/Names the place of what makes no sense",
                   test_names_the_place_of_what_makes_no_sense);
  g_test_add_func ("/edge/charter/Reports everything at once", test_reports_everything_at_once);
  g_test_add_func ("/edge/charter/A report is bounded", test_a_report_is_bounded);
  g_test_add_func ("/edge/charter/Every code has its words", test_every_code_has_its_words);
  return g_test_run ();
}
