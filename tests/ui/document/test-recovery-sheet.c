/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-case.h"
#include "dpop-recovery-sheet.h"

static const DpopRecoverySheet sheet = {
  .organisation = "Riverside Choir",
  .member = "Anna Archer",
  .computer = "annas-laptop",
  .folder = "/home/anna/.local/share/dpop/riverside-choir",
  .party = { { 0x41, 0x35, 0xee } },
  .height = 12,
  .check_number = { { 0xb3, 0x97, 0x0c } },
  .made = G_GINT64_CONSTANT (1796000000000),
};

static DocumentCase *
make (const DpopRecoverySheet *own, DpopDocumentPaper paper, const char *name)
{
  g_autoptr (DpopDocument) document = dpop_recovery_sheet_new (own, paper);
  DocumentCase *file = document_case_new (document, name);

  g_assert_cmpuint (file->n_pages, ==, 1);
  document_case_is_tidy (file, document, DPOP_DOCUMENT_MM (12));
  return file;
}

static void
test_says_what_is (void)
{
  g_autoptr (DocumentCase) file = NULL;

  if (!document_case_can ())
    return;
  file = make (&sheet, DPOP_DOCUMENT_A4, "sheet-member");
  g_assert_true (document_case_has (file, "Riverside Choir"));
  g_assert_true (document_case_has (file, sheet.folder));
  g_assert_true (document_case_has (file, "annas-laptop"));
  g_assert_true (document_case_has (file, "4135 ee00"));
  g_assert_true (document_case_has (file, "b397 0c00"));
  g_assert_true (document_case_has (file, "Nobody can open this computer's data any more"));
  g_assert_true (document_case_has (file, "have yourself invited again"));
  g_assert_false (document_case_has (file, "nothing new can become final"));
}

static void
test_record_keeper (void)
{
  DpopRecoverySheet own = sheet;
  g_autoptr (DocumentCase) a4 = NULL;
  g_autoptr (DocumentCase) letter = NULL;

  if (!document_case_can ())
    return;
  own.record_keeper = own.only_record_keeper = TRUE;
  own.contact = "Bert Baker, 0123 456789";
  a4 = make (&own, DPOP_DOCUMENT_A4, "sheet-keeper");
  letter = make (&own, DPOP_DOCUMENT_LETTER, "sheet-keeper-letter");
  g_assert_true (document_case_has (a4, "nothing new can become final in the organisation, ever"));
  g_assert_true (document_case_has (a4, "Bert Baker, 0123 456789"));
  g_assert_true (document_case_has (letter, "only record keeper"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recovery-sheet/it says where the data is, and what a loss means",
                   test_says_what_is);
  g_test_add_func ("/recovery-sheet/for the only record keeper it says what is at stake",
                   test_record_keeper);
  return g_test_run ();
}
