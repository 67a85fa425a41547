/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-session.h"

G_BEGIN_DECLS

/* Exchanges through a shared folder as long as the session is open: when something changes in the
 * folder or here, and from time to time, since not every network drive tells of changes. */
typedef struct _DpopFolderWatch DpopFolderWatch;

/* TOLD is called when the report is another one. SESSION owns the watch. */
DpopFolderWatch *dpop_folder_watch_new  (DpopSession *session, const char *path,
                                         void (*told) (DpopSession *session));
/* What runs is cancelled; what it has made durable stays. */
void             dpop_folder_watch_free (DpopFolderWatch *self);

const char              *dpop_folder_watch_get_path   (const DpopFolderWatch *self);
const DpopSessionFolder *dpop_folder_watch_get_report (const DpopFolderWatch *self);
/* Something changed here: a round follows in a moment. */
void dpop_folder_watch_stir (DpopFolderWatch *self);
/* A person asks for one. */
void dpop_folder_watch_now  (DpopFolderWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopFolderWatch, dpop_folder_watch_free)

G_END_DECLS
