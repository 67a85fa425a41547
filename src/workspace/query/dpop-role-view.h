/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-names.h"

G_BEGIN_DECLS

/* Who holds a role. */
typedef struct
{
  guint16 role;
  char *label;
  gboolean office;
  CosmicId unit;   /* what it is held for; zero: the organisation */
  char *unit_name;
  CosmicId member;
  char *name;
  gint64 since;    /* ms; 0: not confirmed yet */
} DpopRoleView;

/* Every role that is held, by its place in the rules, then by the name of the group, then of the
 * holder: (element-type DpopRoleView). UNIT NULL: for anything. */
GPtrArray *dpop_role_view_list (DpopProfile *profile, const CosmicId *unit, GError **error);
void       dpop_role_view_free (DpopRoleView *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopRoleView, dpop_role_view_free)

G_END_DECLS
