/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-ballot.h"

G_BEGIN_DECLS

/* What a ballot asks, in plain words: enough to show one, without a decision behind it. */
typedef struct
{
  DpopBallotKind kind;
  guint min_choices; /* for approval, else 0 */
  guint max_choices;
  GStrv names;        /* of the options, in ballot order; empty for a yes or no */
  GStrv descriptions; /* beside them; "": none */
} DpopBallotPaper;

/* NAMES and DESCRIPTIONS are copied; NULL: none. For approval 0 and 0: any number. */
DpopBallotPaper *dpop_ballot_paper_new   (DpopBallotKind kind, const char *const *names,
                                          const char *const *descriptions, guint min_choices,
                                          guint max_choices);
DpopBallotPaper *dpop_ballot_paper_copy  (const DpopBallotPaper *self);
void             dpop_ballot_paper_free  (DpopBallotPaper *self);
gboolean         dpop_ballot_paper_equal (const DpopBallotPaper *a, const DpopBallotPaper *b);
guint            dpop_ballot_paper_n     (const DpopBallotPaper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopBallotPaper, dpop_ballot_paper_free)

G_END_DECLS
