/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Out of the window: to a printer, or into a file that the person chooses. When they change their
 * mind, the answer is G_IO_ERROR_CANCELLED, of which nothing needs to be said; other errors are
 * sentences for people. PARENT may be NULL. */

void     dpop_document_print_async  (DpopDocument *self, GtkWindow *parent,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean dpop_document_print_finish (GAsyncResult *result, GError **error);

/* Asks for a place, beginning with the name FILE_NAME, and writes a PDF there. */
void     dpop_document_print_save_async  (DpopDocument *self, GtkWindow *parent,
                                          const char *file_name, GAsyncReadyCallback callback,
                                          gpointer user_data);
/* The file, to unref. */
GFile   *dpop_document_print_save_finish (GAsyncResult *result, GError **error);

/* Without asking, into FILE, which is replaced. Finished as above. */
void     dpop_document_print_write_async (DpopDocument *self, GFile *file,
                                          GAsyncReadyCallback callback, gpointer user_data);

/* The paper that is usual where this person lives. */
DpopDocumentPaper dpop_document_print_paper (void);

G_END_DECLS
