/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The shared folder: which one, how it stands, and what can be done about it. */
#define DPOP_TYPE_FOLDER_GROUP (dpop_folder_group_get_type ())
G_DECLARE_FINAL_TYPE (DpopFolderGroup, dpop_folder_group, DPOP, FOLDER_GROUP, AdwPreferencesGroup)

/* Once. */
void dpop_folder_group_set_session (DpopFolderGroup *self, DpopSession *session);

G_END_DECLS
