/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-document.h"
#include "dpop-outcome-record.h"

G_BEGIN_DECLS

/* The record of an outcome on paper: one page that says what was asked, what came of it and why,
 * and ends with the signature; further ones only where there are very many options. */

typedef enum
{
  DPOP_RECORD_PAPER_PLAIN = 0,
  /* The text that was signed follows on a page of its own, so that a copy of the file's text can be
   * checked (dpop_outcome_check_new). Without it the text record has to be kept beside it. So it
   * has where words run from right to left, or no face here has their letters: readers of PDF then
   * copy something else than what stands on the page, and the check refuses it. */
  DPOP_RECORD_PAPER_WITH_TEXT = 1 << 0,
} DpopRecordPaperFlags;

DpopDocument *dpop_record_paper_new (const DpopOutcomeRecord *record, DpopDocumentPaper paper,
                                     DpopRecordPaperFlags flags);

/* What such a file is called, without the folder: "Record 2026-11-30 A new piano.pdf". The caller
 * frees. */
char *dpop_record_paper_file_name (const DpopOutcomeRecord *record);

G_END_DECLS
