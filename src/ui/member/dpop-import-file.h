/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Reads a table of members, as much as may be in one. What is no table, but a program's own file
 * for one, is told apart, with a sentence of what to do. */
void    dpop_import_file_read_async  (GFile *file, GAsyncReadyCallback callback, gpointer data);
GBytes *dpop_import_file_read_finish (GFile *file, GAsyncResult *result, GError **error);

/* Asks for a file; CHOSEN is called with one that was chosen, while OBJECT lives. */
typedef void (*DpopImportFileChosen) (GObject *object, GFile *file);
void    dpop_import_file_choose (GtkWidget *from, DpopImportFileChosen chosen, GObject *object);

G_END_DECLS
