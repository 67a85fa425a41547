/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-case.h"
#include "dpop-outcome-check.h"
#include "dpop-record-paper.h"

#include <string.h>

#define TITLE    "Shall we buy a piano for the hall in River Street?"
#define QUESTION                                                                                   \
  "The hall has had no piano since March. The committee has tried three and proposes the used "    \
  "upright by Förster, tuned and delivered for 900 euros. The money comes from the summer "        \
  "concert.\nThe old one is given away."

static DpopOutcomeRecord *
record_of (FixtureOrganisation *organisation, const CosmicId *decision)
{
  GError *error = NULL;
  DpopOutcomeRecord *record
      = dpop_outcome_record_new (organisation->profile->profile, decision, &error);

  g_assert_no_error (error);
  return record;
}

static void
assert_holds (FixtureOrganisation *organisation, const DocumentCase *file)
{
  GError *error = NULL;
  g_autoptr (DpopOutcomeCheck) check
      = dpop_outcome_check_new (organisation->profile->profile, file->text, strlen (file->text),
                                &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dpop_outcome_check_word (check->verdict), ==, "holds");
}

static void
test_one_page (void)
{
  CosmicId decision;
  g_autoptr (FixtureOrganisation) organisation = NULL;
  g_autoptr (DpopOutcomeRecord) record = NULL;
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;
  g_autofree char *title = NULL;
  g_autofree char *author = NULL;
  g_autofree char *name = NULL;

  if (!document_case_can ())
    return;
  organisation = document_case_question (1, 11, 7, 2, TITLE, QUESTION, &decision);
  record = record_of (organisation, &decision);
  document = dpop_record_paper_new (record, DPOP_DOCUMENT_A4, DPOP_RECORD_PAPER_PLAIN);
  file = document_case_new (document, "record-question");
  g_assert_cmpuint (file->n_pages, ==, 1);
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  g_assert_true (document_case_has (file, TITLE));
  g_assert_true (document_case_has (file, "The old one is given away."));
  g_assert_true (document_case_has (file, "Accepted: 7 yes, 2 no."));
  g_assert_true (document_case_has (file, "Majority: 7 of 9 votes for and against; more than 1/2 "
                                          "is asked for: 5 - reached."));
  g_assert_true (document_case_has (file, "Entitled: 12. Took part: 9."));
  title = document_case_info (file, "Title");
  author = document_case_info (file, "Author");
  g_assert_cmpstr (title, ==, "Record: " TITLE);
  g_assert_cmpstr (author, ==, record->organisation);
  name = dpop_record_paper_file_name (record);
  g_assert_true (g_str_has_suffix (name, " Shall we buy a piano for the hall in River Street.pdf"));
}

static void
test_letter_paper (void)
{
  CosmicId decision;
  g_autoptr (FixtureOrganisation) organisation = NULL;
  g_autoptr (DpopOutcomeRecord) record = NULL;
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;
  g_autofree char *size = NULL;

  if (!document_case_can ())
    return;
  organisation = document_case_question (2, 11, 4, 5, TITLE, QUESTION, &decision);
  record = record_of (organisation, &decision);
  document = dpop_record_paper_new (record, DPOP_DOCUMENT_LETTER, DPOP_RECORD_PAPER_PLAIN);
  file = document_case_new (document, "record-letter");
  g_assert_cmpuint (file->n_pages, ==, 1);
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  g_assert_true (document_case_has (file, "Rejected: 4 yes, 5 no."));
  size = document_case_info (file, "Page size");
  g_assert_true (g_str_has_prefix (size, "612 x 792"));
}

static void
test_election (void)
{
  CosmicId decision;
  g_autoptr (FixtureOrganisation) organisation = NULL;
  g_autoptr (DpopOutcomeRecord) record = NULL;
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;

  if (!document_case_can ())
    return;
  organisation = document_case_election (3, 23, 5, &decision);
  record = record_of (organisation, &decision);
  document = dpop_record_paper_new (record, DPOP_DOCUMENT_A4, DPOP_RECORD_PAPER_PLAIN);
  file = document_case_new (document, "record-election");
  g_assert_cmpuint (file->n_pages, ==, 1);
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  g_assert_true (document_case_has (file, "Elected: Rosa Martínez."));
  g_assert_true (document_case_has (file, "Amadou N’Diaye"));
}

/* The text of the file is itself a record, whatever stands on its first page. */
static void
test_checked_from_paper (void)
{
  static const char *const questions[] = {
    QUESTION, "", "A word-\nthat-ends-in-a-hyphen - DPOP-S\nDPOP-RECORD-1 fi ffl 1 2 3",
    "ﬁ Ærø İstanbul ẞ ǆ ½ e\xcc\x81 Ωμέγα Решение — “quoted” … №",
  };

  if (!document_case_can ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *name = g_strdup_printf ("record-text-%u", i);
      CosmicId decision;
      g_autoptr (FixtureOrganisation) organisation
          = document_case_question (4 + i, 4, 3, 1, TITLE, questions[i], &decision);
      g_autoptr (DpopOutcomeRecord) record = record_of (organisation, &decision);
      g_autoptr (DpopDocument) document
          = dpop_record_paper_new (record, DPOP_DOCUMENT_A4, DPOP_RECORD_PAPER_WITH_TEXT);
      g_autoptr (DocumentCase) file = document_case_new (document, name);

      g_assert_cmpuint (file->n_pages, ==, 2);
      document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
      assert_holds (organisation, file);
    }
}

/* The longest title, from right to left, a word without an end: nothing leaves the page. */
static void
test_hostile (void)
{
  g_autofree char *endless = g_strnfill (200, 'W');
  g_autofree char *title = g_strdup_printf ("%s שלום לכל החברים %s", endless, endless);
  g_autofree char *question
      = g_strdup_printf ("هل نشتري بيانو للقاعة؟ نعم أو لا، ثم نقرر معا متى وكيف ولماذا، وهذا سؤال "
                         "طويل يمتد على أكثر من سطر واحد في هذه الصفحة.\n%s", endless);
  CosmicId decision;
  g_autoptr (FixtureOrganisation) organisation = NULL;
  g_autoptr (DpopOutcomeRecord) record = NULL;
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;
  g_autofree char *name = NULL;

  if (!document_case_can ())
    return;
  organisation = document_case_question (10, 4, 3, 1, title, question, &decision);
  record = record_of (organisation, &decision);
  document = dpop_record_paper_new (record, DPOP_DOCUMENT_A4, DPOP_RECORD_PAPER_WITH_TEXT);
  file = document_case_new (document, "record-hostile");
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  name = dpop_record_paper_file_name (record);
  g_assert_cmpuint (strlen (name), <, 250);
}

/* Very many options: several pages, headings repeated, and the text still holds over its pages. */
static void
test_many_options (void)
{
  CosmicId decision;
  g_autoptr (FixtureOrganisation) organisation = NULL;
  g_autoptr (DpopOutcomeRecord) record = NULL;
  g_autoptr (DpopDocument) document = NULL;
  g_autoptr (DocumentCase) file = NULL;

  if (!document_case_can ())
    return;
  organisation = document_case_election (9, 12, 64, &decision);
  record = record_of (organisation, &decision);
  document = dpop_record_paper_new (record, DPOP_DOCUMENT_A4, DPOP_RECORD_PAPER_WITH_TEXT);
  file = document_case_new (document, "record-many");
  g_assert_cmpuint (file->n_pages, >=, 5);
  g_assert_cmpuint (file->n_pages, <=, 15);
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  g_assert_nonnull (document_case_find (file, 1, "Option"));
  g_assert_true (document_case_has (file, "Page 2 of"));
  assert_holds (organisation, file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-paper/an outcome is one page with its sentence and its reasons",
                   test_one_page);
  g_test_add_func ("/record-paper/it is one page on Letter paper as well", test_letter_paper);
  g_test_add_func ("/record-paper/an election is one page with its table of pairs",
                   test_election);
  g_test_add_func ("/record-paper/a copy of the file's text is a record that holds",
                   test_checked_from_paper);
  g_test_add_func ("/record-paper/nothing that people typed leaves the page", test_hostile);
  g_test_add_func ("/record-paper/very many options go on over further pages",
                   test_many_options);
  return g_test_run ();
}
