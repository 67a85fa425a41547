/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-role-view.h"

#include "dpop-history-row.h"
#include "dpop-member-row.h"

void
dpop_role_view_free (DpopRoleView *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self->unit_name);
  g_free (self->name);
  g_free (self);
}

static void
free_view (gpointer view)
{
  dpop_role_view_free (view);
}

static gint
by_place (gconstpointer a, gconstpointer b)
{
  const DpopRoleView *x = *(const DpopRoleView *const *) a;
  const DpopRoleView *y = *(const DpopRoleView *const *) b;
  gint order = (gint) x->role - (gint) y->role;

  if (order == 0)
    order = g_utf8_collate (x->unit_name, y->unit_name);
  return order != 0 ? order : g_utf8_collate (x->name, y->name);
}

static void
add_member (GPtrArray *list, const DpopNames *names, const DpopMemberRow *row,
            const CosmicId *unit)
{
  for (guint i = 0; i < row->roles->len; i++)
    {
      const DpopMemberRowRole *held = &g_array_index (row->roles, DpopMemberRowRole, i);
      DpopRoleView *view;

      if (unit != NULL && !cosmic_id_same (unit, &held->unit))
        continue;
      view = g_new0 (DpopRoleView, 1);
      view->role = held->role;
      view->label = g_strdup (dpop_names_role (names, held->role));
      view->office
          = names->charter != NULL && dpop_charter_is_office (names->charter, held->role);
      view->unit = held->unit;
      view->unit_name = dpop_names_unit (names, &held->unit);
      view->member = row->id;
      view->name = row->name != NULL ? g_strdup (row->name)
                                     : dpop_names_fallback (&row->id, row->details);
      view->since = dpop_history_row_time (names->database, held->since, NULL);
      g_ptr_array_add (list, view);
    }
}

GPtrArray *
dpop_role_view_list (DpopProfile *profile, const CosmicId *unit, GError **error)
{
  g_autoptr (DpopNames) names = dpop_names_new (profile, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_view);
  g_autoptr (GPtrArray) rows = NULL;

  if (names == NULL || (rows = dpop_member_row_holders (names->database, error)) == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    add_member (list, names, rows->pdata[i], unit);
  g_ptr_array_sort (list, by_place);
  return g_steal_pointer (&list);
}
