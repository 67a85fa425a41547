/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-members-sight.h"

#include "dpop-member-list.h"
#include "dpop-unit-list.h"

#include <glib/gi18n-lib.h>

#define GROUPS_MAX 500
#define NOT_FORMER                                                                                 \
  (1u << DPOP_MEMBER_APPLICANT | 1u << DPOP_MEMBER_MEMBER | 1u << DPOP_MEMBER_SUSPENDED)

static void
group_clear (gpointer group)
{
  g_free (((DpopMembersGroup *) group)->name);
}

static gboolean
read_counts (DpopMembersSight *self, DpopDatabase *database, GError **error)
{
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;

  query.states = NOT_FORMER;
  if (!dpop_member_row_count (database, &query, &self->members, error))
    return FALSE;
  query.device = DPOP_MEMBER_ROW_NO;
  return dpop_member_row_count (database, &query, &self->without, error);
}

static gboolean
read_groups (DpopMembersSight *self, DpopDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) rows
      = dpop_unit_row_window (database, &(DpopUnitRowQuery){ 0 }, 0, GROUPS_MAX, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const DpopUnitRow *row = rows->pdata[i];
      DpopMembersGroup group = { row->id, row->kind, NULL, row->members };

      group.name = row->name != NULL ? g_strdup (row->name)
                                     : dpop_names_fallback (&row->id, row->readable);
      g_array_append_val (self->groups, group);
    }
  return rows != NULL;
}

static void
read_words (DpopMembersSight *self, const DpopNames *names)
{
  const guint roles = names->charter != NULL ? names->charter->n_roles : 0;
  const guint kinds = names->charter != NULL ? names->charter->n_unit_kinds : 0;

  for (guint i = 0; i < roles; i++)
    g_ptr_array_add (self->roles, g_strdup (dpop_names_role (names, i)));
  for (guint i = 0; i < kinds; i++)
    g_ptr_array_add (self->kinds, g_strdup (dpop_names_unit_kind (names, i)));
}

DpopMembersSight *
dpop_members_sight_new (DpopProfile *profile, GError **error)
{
  g_autoptr (DpopMembersSight) self = g_new0 (DpopMembersSight, 1);
  g_autoptr (DpopNames) names = dpop_names_new (profile, error);

  self->roles = g_ptr_array_new_with_free_func (g_free);
  self->kinds = g_ptr_array_new_with_free_func (g_free);
  self->groups = g_array_new (FALSE, FALSE, sizeof (DpopMembersGroup));
  g_array_set_clear_func (self->groups, group_clear);
  if (names == NULL || (self->may = dpop_may_view_new (profile, error)) == NULL
      || !read_counts (self, names->database, error)
      || !read_groups (self, names->database, error))
    return NULL;
  read_words (self, names);
  return g_steal_pointer (&self);
}

void
dpop_members_sight_free (DpopMembersSight *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->may, dpop_may_view_free);
  g_ptr_array_unref (self->roles);
  g_ptr_array_unref (self->kinds);
  g_array_unref (self->groups);
  g_free (self);
}

const char *
dpop_members_sight_group (const DpopMembersSight *self, const CosmicId *unit)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      const DpopMembersGroup *group = &g_array_index (self->groups, DpopMembersGroup, i);

      if (cosmic_id_same (&group->id, unit))
        return group->name;
    }
  return NULL;
}

char *
dpop_members_sight_role (const DpopMembersSight *self, guint role, const CosmicId *unit)
{
  const char *label = role < self->roles->len ? self->roles->pdata[role] : _("a role");
  const char *group = cosmic_id_is_zero (unit) ? NULL : dpop_members_sight_group (self, unit);

  /* Translators: a role, and the group that it is held for. */
  return group != NULL ? g_strdup_printf (_("%s, %s"), label, group) : g_strdup (label);
}

char *
dpop_members_sight_count (const DpopMembersSight *self)
{
  g_autofree char *members = g_strdup_printf (
      ngettext ("%u member", "%u members", self->members), self->members);

  if (self->without == 0)
    return g_steal_pointer (&members);
  /* Translators: "58 members", and how many of them. */
  return g_strdup_printf (ngettext ("%s, %u without a computer", "%s, %u without a computer",
                                    self->without),
                          members, self->without);
}
