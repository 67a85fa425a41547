/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

G_BEGIN_DECLS

/* The ballot of a member without a computer, which is marked on their behalf. */
#define DPOP_TYPE_VOTE_FOR_PAGE (dpop_vote_for_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopVoteForPage, dpop_vote_for_page, DPOP, VOTE_FOR_PAGE, DpopPage)

DpopPage *dpop_vote_for_page_new (DpopSession *session, const CosmicId *decision,
                                  const CosmicId *whom, const char *name);

G_END_DECLS
