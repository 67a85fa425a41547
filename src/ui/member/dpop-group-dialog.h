/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-members-sight.h"
#include "dpop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for the name of a group, and founds it or gives it that name. FROM is where messages come
 * from. */
void dpop_group_dialog_found  (GtkWidget *from, DpopSession *session,
                               const DpopMembersSight *sight);
void dpop_group_dialog_rename (GtkWidget *from, DpopSession *session, const CosmicId *unit,
                               const char *name);

G_END_DECLS
