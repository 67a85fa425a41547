/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-history-row.h"
#include "dpop-names.h"

G_BEGIN_DECLS

/* An entry of the history in plain words, and below them all that proves it. */
typedef struct
{
  DpopHistoryRow *row;
  CosmicId member;     /* whose computer signed it; zero: it is not known */
  char *sentence;      /* "Ada Lovelace votes on “Rules”." */
  char *verdict;       /* "Final.", "Not yet confirmed.", or why it has no effect; a sentence */
  gint64 time;         /* ms; of the confirmation that covers it, 0: none yet */
  /* Details. */
  CosmicOperation *operation;
  gboolean has_body;   /* at hand, and readable here */
  DpopProjectionText personal;
  CosmicId checkpoint; /* the confirmation that covers it, or zero */
} DpopHistoryView;

/* NULL with DPOP_PROFILE_ERROR_NOT_FOUND when there is no such entry. */
DpopHistoryView *dpop_history_view_new  (DpopProfile *profile, const CosmicId *operation,
                                         GError **error);
void             dpop_history_view_free (DpopHistoryView *self);

/* The sentence alone, of ENTRY; the caller frees. NAMES is for many of them. */
char *dpop_history_view_sentence (DpopProfile *profile, const DpopNames *names,
                                  const CosmicEntry *entry);
/* Whose word ENTRY is: of proposals, texts, options, votes, comments. FALSE for others, and where
 * the body cannot be read. */
gboolean dpop_history_view_speaker (const CosmicEntry *entry, CosmicId *speaker);
/* What stands with ROW: whether it is final, and if without effect, why. Translated. */
const char *dpop_history_view_verdict (const DpopHistoryRow *row);

/* How many entries are here. */
gboolean dpop_history_view_count (DpopProfile *profile, guint *count, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopHistoryView, dpop_history_view_free)

G_END_DECLS
