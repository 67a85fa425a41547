/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-comment-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One comment: who, when, what it answers, and the text. Signal "answer" asks to answer it. */
#define DPOP_TYPE_COMMENT_CARD (dpop_comment_card_get_type ())
G_DECLARE_FINAL_TYPE (DpopCommentCard, dpop_comment_card, DPOP, COMMENT_CARD, GtkBox)

/* ANSWERS is the name of whom it answers, or NULL. All is copied. */
GtkWidget      *dpop_comment_card_new      (const DpopCommentRow *row, const char *name,
                                            const char *answers);
const CosmicId *dpop_comment_card_get_id   (DpopCommentCard *self);
const char     *dpop_comment_card_get_name (DpopCommentCard *self);
void            dpop_comment_card_set_answerable (DpopCommentCard *self, gboolean answerable);

G_END_DECLS
