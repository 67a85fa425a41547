/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Entries in plain words, for the lines of a list: asked for as lines come on screen, many with one
 * question, and kept. What an entry says never changes; how people are called may, so that the
 * words are forgotten when something changed. */
typedef struct _DpopHistorySentences DpopHistorySentences;

DpopHistorySentences *dpop_history_sentences_new  (DpopSession *session);
void                  dpop_history_sentences_free (DpopHistorySentences *self);

/* Shows in LABEL what OPERATION says, now or when it is known; a later call for the same label
 * takes its place. */
void dpop_history_sentences_show   (DpopHistorySentences *self, const CosmicId *operation,
                                    GtkLabel *label);
void dpop_history_sentences_forget (DpopHistorySentences *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopHistorySentences, dpop_history_sentences_free)

G_END_DECLS
