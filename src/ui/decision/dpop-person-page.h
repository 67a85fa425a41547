/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* People in a list that can be searched: who is entitled to vote, or one to be chosen. Signal
 * "chosen" (a CosmicId, borrowed for the call, and a name) where one is to be chosen. */
#define DPOP_TYPE_PERSON_PAGE (dpop_person_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopPersonPage, dpop_person_page, DPOP, PERSON_PAGE, DpopPage)

typedef enum
{
  DPOP_PERSON_PAGE_ENTITLED,  /* who may vote in DECISION, and who has */
  DPOP_PERSON_PAGE_FOR,       /* choose of those who have no computer */
  DPOP_PERSON_PAGE_CANDIDATE, /* choose a member */
} DpopPersonPageUse;

/* DECISION is NULL for a candidate. */
DpopPage *dpop_person_page_new (DpopSession *session, DpopPersonPageUse use,
                                const CosmicId *decision);

G_END_DECLS
