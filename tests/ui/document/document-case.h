/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-document.h"
#include "fixture-organisation.h"

G_BEGIN_DECLS

/* A document as a file, and what poppler reads in it. Without pdftotext and pdfinfo, which only
 * these tests need, a test is skipped. With DPOP_TEST_KEEP, files are kept in that folder, to be
 * looked at. */
typedef struct
{
  char *path;
  char *text;    /* what a copy of all pages is */
  guint n_pages;
  GPtrArray *words; /* of DocumentCaseWord */
} DocumentCase;

typedef struct
{
  guint page; /* from 0 */
  double x0, y0, x1, y1;
  char *word;
} DocumentCaseWord;

gboolean      document_case_can  (void); /* else the test is skipped */
DocumentCase *document_case_new  (DpopDocument *document, const char *name);
void          document_case_free (DocumentCase *self);

/* TEXT with single spaces is in it, wherever its lines end. */
gboolean document_case_has       (const DocumentCase *self, const char *text);
/* No word is nearer than MARGIN to an edge of DOCUMENT's paper, and no two words overlap. */
void     document_case_is_tidy   (const DocumentCase *self, DpopDocument *document, double margin);
/* The word on PAGE, or NULL. */
const DocumentCaseWord *document_case_find (const DocumentCase *self, guint page,
                                            const char *word);
/* What pdfinfo says after NAME; the caller frees. NULL: nothing. */
char    *document_case_info      (const DocumentCase *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DocumentCase, document_case_free)

/* An organisation with N members besides the founder, and a question on which YES and NO of them
 * have voted; closed and final. */
FixtureOrganisation *document_case_question (guint64 seed, guint n, guint yes, guint no,
                                             const char *title, const char *question,
                                             CosmicId *decision);
/* The same with N_OPTIONS that all members rank in different orders. */
FixtureOrganisation *document_case_election (guint64 seed, guint n, guint n_options,
                                             CosmicId *decision);

G_END_DECLS
