/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folder of the invented organisation on this computer, which is made if there is none. */
void  dpop_practising_find_async  (GAsyncReadyCallback callback, gpointer user_data);
char *dpop_practising_find_finish (GAsyncResult *result, GError **error);

/* Deletes the one in FOLDER, which is closed. */
void     dpop_practising_end_async  (const char *folder, GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean dpop_practising_end_finish (GAsyncResult *result, GError **error);

/* Whether the profile in FOLDER is one, as its label says. */
gboolean dpop_practising_is (const char *folder);

G_END_DECLS
