/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* Adds something to a proposal that is not open yet, or words it anew. What is typed is kept as a
 * draft. */
#define DPOP_TYPE_WORDING_PAGE (dpop_wording_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopWordingPage, dpop_wording_page, DPOP, WORDING_PAGE, DpopPage)

typedef enum
{
  DPOP_WORDING_PAGE_REASONS,
  DPOP_WORDING_PAGE_OPTION,
  DPOP_WORDING_PAGE_REWORD,
} DpopWordingPageUse;

/* REPLACES is the wording that is replaced, TITLE and TEXT what it says; NULL: nothing. */
DpopPage *dpop_wording_page_new (DpopSession *session, DpopWordingPageUse use,
                                 const CosmicId *decision, const CosmicId *replaces,
                                 const char *title, const char *text);

G_END_DECLS
