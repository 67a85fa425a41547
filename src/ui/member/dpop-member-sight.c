/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-sight.h"

#include "dpop-decision.h"
#include "dpop-may-decision.h"

#define OPEN_MAX     20
#define PROPOSED_MAX 5

static GPtrArray *
no_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dpop_decision_row_free);
}

static gboolean
read_offs (DpopMemberSight *self, DpopProfile *profile, GError **error)
{
  for (guint i = 0; self->may != NULL && i < self->view->devices->len; i++)
    {
      const DpopMemberViewDevice *device
          = &g_array_index (self->view->devices, DpopMemberViewDevice, i);
      DpopMay may = dpop_may_not (NULL);

      if (!device->off && !dpop_may_switch_off (profile, &device->key, &may, error))
        return FALSE;
      g_array_append_val (self->may_off, may);
    }
  return TRUE;
}

/* Only what their vote would count in. */
static gboolean
read_open (DpopMemberSight *self, DpopProfile *profile, const CosmicId *member, GError **error)
{
  const DpopDecisionRowQuery query
      = { .phases = 1u << DPOP_DECISION_OPEN, .sort = DPOP_DECISION_ROW_CLOSING };
  g_autoptr (GPtrArray) rows = NULL;

  if (self->may == NULL || !self->may->act_for.yes)
    return TRUE;
  rows = dpop_decision_row_window (dpop_profile_database (profile), &query, 0, OPEN_MAX, error);
  if (rows == NULL)
    return FALSE;
  while (rows->len > 0)
    {
      DpopDecisionRow *row = g_ptr_array_steal_index (rows, 0);
      DpopMay may = dpop_may_not (NULL);

      if (dpop_may_vote (profile, &row->id, member, &may, NULL) && may.yes)
        g_ptr_array_add (self->open, row);
      else
        dpop_decision_row_free (row);
    }
  return TRUE;
}

static gboolean
read_proposed (DpopMemberSight *self, DpopProfile *profile, const CosmicId *member, GError **error)
{
  const DpopDecisionRowQuery query = { .speaker = member };

  g_ptr_array_unref (self->proposed);
  self->proposed = dpop_decision_row_window (dpop_profile_database (profile), &query, 0,
                                             PROPOSED_MAX, error);
  return self->proposed != NULL;
}

DpopMemberSight *
dpop_member_sight_new (DpopProfile *profile, const CosmicId *member, GError **error)
{
  g_autoptr (DpopMemberSight) self = g_new0 (DpopMemberSight, 1);
  g_autoptr (GError) none = NULL;

  self->may_off = g_array_new (FALSE, TRUE, sizeof (DpopMay));
  self->open = no_rows ();
  self->proposed = no_rows ();
  if ((self->view = dpop_member_view_new (profile, member, error)) == NULL
      || (self->common = dpop_members_sight_new (profile, error)) == NULL)
    return NULL;
  self->may = dpop_may_member_new (profile, member, &none);
  if (self->may == NULL
      && !g_error_matches (none, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_A_MEMBER))
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return NULL;
    }
  if (!read_offs (self, profile, error) || !read_open (self, profile, member, error)
      || !read_proposed (self, profile, member, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dpop_member_sight_free (DpopMemberSight *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->view, dpop_member_view_free);
  g_clear_pointer (&self->may, dpop_may_member_free);
  g_clear_pointer (&self->common, dpop_members_sight_free);
  g_array_unref (self->may_off);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_clear_pointer (&self->proposed, g_ptr_array_unref);
  g_free (self);
}

/* --- Whether two are the same. --------------------------------------------------------------- */

static void
print_id (GString *to, const CosmicId *id)
{
  g_autofree char *text = cosmic_id_to_text (id);

  g_string_append_printf (to, "%s ", text);
}

static void
print_view (GString *to, const DpopMemberView *view)
{
  g_string_append_printf (to, "%s %d %d %d %d\n", view->name, view->confirmed, view->readable,
                          view->member.standing.state, view->member.has_device);
  print_id (to, &view->member.details);
  for (guint i = 0; i < view->units->len; i++)
    g_string_append_printf (to, "%s\n",
                            g_array_index (view->units, DpopMemberViewUnit, i).name);
  for (guint i = 0; i < view->roles->len; i++)
    {
      const DpopMemberViewRole *role = &g_array_index (view->roles, DpopMemberViewRole, i);

      g_string_append_printf (to, "%s %" G_GINT64_FORMAT "\n", role->name, role->since);
    }
  for (guint i = 0; i < view->devices->len; i++)
    {
      const DpopMemberViewDevice *device = &g_array_index (view->devices, DpopMemberViewDevice, i);

      print_id (to, &device->key);
      g_string_append_printf (to, "%d %" G_GINT64_FORMAT "\n", device->off, device->since);
    }
  for (guint i = 0; i < view->readers->len; i++)
    g_string_append_printf (to, "%s\n", (const char *) view->readers->pdata[i]);
}

static void
print_may (GString *to, const DpopMayMember *may)
{
  g_string_append_printf (to, "%d%d%d%d", may->edit.yes, may->invite.yes, may->act_for.yes,
                          may->erase.yes);
  for (guint i = 0; i < G_N_ELEMENTS (may->move); i++)
    g_string_append_printf (to, "%d", may->move[i].yes);
  for (guint i = 0; i < G_N_ELEMENTS (may->remove); i++)
    g_string_append_printf (to, "%d", may->remove[i].yes);
  for (guint i = 0; i < may->roles->len; i++)
    g_string_append_printf (to, "%d", g_array_index (may->roles, DpopMayRole, i).may.yes);
  for (guint i = 0; i < may->units->len; i++)
    g_string_append_printf (to, "%d", g_array_index (may->units, DpopMayUnit, i).may.yes);
}

static void
print_rows (GString *to, const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const DpopDecisionRow *row = rows->pdata[i];

      print_id (to, &row->id);
      g_string_append_printf (to, "%d %s\n", row->phase, row->title);
    }
}

char *
dpop_member_sight_print (const DpopMemberSight *self)
{
  GString *to = g_string_new (NULL);

  print_view (to, self->view);
  if (self->may != NULL)
    print_may (to, self->may);
  for (guint i = 0; i < self->may_off->len; i++)
    g_string_append_printf (to, "%d", g_array_index (self->may_off, DpopMay, i).yes);
  for (guint i = 0; i < self->common->groups->len; i++)
    g_string_append_printf (to, "%s\n",
                            g_array_index (self->common->groups, DpopMembersGroup, i).name);
  print_rows (to, self->open);
  print_rows (to, self->proposed);
  return g_string_free (to, FALSE);
}
