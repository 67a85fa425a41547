/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The options of a ballot, in their order: added, named, moved, taken away. Signal "changed". */
#define DPOP_TYPE_OPTION_EDITOR (dpop_option_editor_get_type ())
G_DECLARE_FINAL_TYPE (DpopOptionEditor, dpop_option_editor, DPOP, OPTION_EDITOR, GtkBox)

/* FIXED: they can be moved only. */
GtkWidget      *dpop_option_editor_new (gboolean fixed);
/* ID may be NULL. FOCUS: to be typed in at once. */
void            dpop_option_editor_add (DpopOptionEditor *self, const char *name,
                                        const CosmicId *id, gboolean focus);
/* Takes away those that have no name yet. */
void            dpop_option_editor_drop_empty (DpopOptionEditor *self);
void            dpop_option_editor_clear (DpopOptionEditor *self);
guint           dpop_option_editor_n    (DpopOptionEditor *self);
/* Borrowed. */
const char     *dpop_option_editor_name (DpopOptionEditor *self, guint i);
const CosmicId *dpop_option_editor_id (DpopOptionEditor *self, guint i); /* NULL: none */

/* For a draft: a line each; the caller frees. */
char           *dpop_option_editor_to_text   (DpopOptionEditor *self);
void            dpop_option_editor_from_text (DpopOptionEditor *self, const char *text);

G_END_DECLS
