/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-list.h"
#include "dpop-members-sight.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A member in a list: initials and name, what they are besides a member, and whether they have a
 * computer, in words. */
#define DPOP_TYPE_MEMBER_LINE (dpop_member_line_get_type ())
G_DECLARE_FINAL_TYPE (DpopMemberLine, dpop_member_line, DPOP, MEMBER_LINE, GtkGrid)

GtkWidget *dpop_member_line_new (void);
/* ROW NULL: it has not come yet. SIGHT NULL: what roles and groups are called is not known yet. */
void       dpop_member_line_set (DpopMemberLine *self, const DpopMemberRow *row,
                                 const DpopMembersSight *sight);
/* All that it says, for a screen reader. */
const char *dpop_member_line_get_words (DpopMemberLine *self);

/* What someone is called whose name is not for this computer's eyes, or was deleted; to be
 * freed. */
char       *dpop_member_line_name (const DpopMemberRow *row);

G_END_DECLS
