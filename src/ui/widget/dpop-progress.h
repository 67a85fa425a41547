/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a long command in another thread tells of how far it is, and is told when the person does
 * not want to wait. Reference counted, safe from any thread. */
typedef struct _DpopProgress DpopProgress;

DpopProgress *dpop_progress_ref   (DpopProgress *self);
void          dpop_progress_unref (DpopProgress *self);
/* Of TOTAL, DONE are done. As often as one likes: only steps that can be seen are handed over. */
void          dpop_progress_tell  (DpopProgress *self, guint64 done, guint64 total);
gboolean      dpop_progress_is_stopped (DpopProgress *self);
/* Borrowed; cancelled when the person stops it. */
GCancellable *dpop_progress_get_cancellable (DpopProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopProgress, dpop_progress_unref)

/* A bar with a button to stop it. It appears when something takes longer than a second. */
#define DPOP_TYPE_PROGRESS_BAR (dpop_progress_bar_get_type ())
G_DECLARE_FINAL_TYPE (DpopProgressBar, dpop_progress_bar, DPOP, PROGRESS_BAR, AdwBin)

GtkWidget    *dpop_progress_bar_new   (void);
/* WHAT says what is going on: "Checking the history". The caller's reference is for the command. */
DpopProgress *dpop_progress_bar_begin (DpopProgressBar *self, const char *what);
void          dpop_progress_bar_end   (DpopProgressBar *self);
gboolean      dpop_progress_bar_is_running (DpopProgressBar *self);

G_END_DECLS
