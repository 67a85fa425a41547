/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One organisation in a window: at first the way in, then a sidebar and the pages. It is what pages
 * know as their shell. */
#define DPOP_TYPE_WINDOW (dpop_window_get_type ())
G_DECLARE_FINAL_TYPE (DpopWindow, dpop_window, DPOP, WINDOW, AdwApplicationWindow)

/* NETWORK may be NULL: then it exchanges by hand and through folders only. */
GtkWidget *dpop_window_new (GtkApplication *application, DpopNetwork *network);

/* Start, join, practise, or one of those on this computer. */
void dpop_window_show_welcome (DpopWindow *self);
/* Asks for the passphrase of the profile in FOLDER. */
void dpop_window_unlock_folder (DpopWindow *self, const char *folder);
/* Begins to join with the invitation in the file PATH. */
void dpop_window_join_file     (DpopWindow *self, const char *path);
/* A transfer file, a summary or a request is for the organisation that is open here; while it is
 * locked, it waits. */
void dpop_window_open_file     (DpopWindow *self, const char *path);
/* The folder that is open, or asked about; NULL: none. */
const char *dpop_window_get_folder (DpopWindow *self);

G_END_DECLS
