/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-sections-private.h"

#include "dpop-moment.h"

#include <glib/gi18n-lib.h>

/* The sections in which something is done: groups, roles, computers, membership. */

/* --- Buttons and rows that act. -------------------------------------------------------------- */

typedef struct
{
  const DpopMemberSections *sections;
  DpopMemberAct *act;
} Doing;

static void
doing_free (gpointer data, GClosure *closure)
{
  Doing *doing = data;

  dpop_member_act_free (doing->act);
  g_free (doing);
}

static void
on_doing (GtkWidget *widget, const Doing *doing)
{
  doing->sections->table->act (doing->sections->page, doing->act);
}

static Doing *
doing_new (const DpopMemberSections *self, DpopMemberAct *act)
{
  Doing *doing = g_new0 (Doing, 1);

  doing->sections = self;
  doing->act = act;
  return doing;
}

static DpopMemberAct *
new_act (const DpopMemberSections *self, DpopMemberActKind kind, const char *what)
{
  const DpopMemberView *view = self->sight->view;
  DpopMemberAct *act = dpop_member_act_new (kind, &view->member.id, view->name, what);

  act->from = view->member.standing.state;
  return act;
}

/* Takes ACT. */
static void
add_button (const DpopMemberSections *self, GtkWidget *row, const char *label, const char *name,
            const char *key, DpopMemberAct *act)
{
  GtkWidget *button = dpop_member_parts_button (row, label, name, key);

  g_signal_connect_data (button, "clicked", G_CALLBACK (on_doing), doing_new (self, act),
                         doing_free, 0);
}

/* --- Choices that act. ----------------------------------------------------------------------- */

#define ACTS_KEY "dpop-acts"

/* The first choice only says what can be chosen. */
static void
on_choice (AdwComboRow *row, GParamSpec *pspec, const DpopMemberSections *self)
{
  const GPtrArray *acts = g_object_get_data (G_OBJECT (row), ACTS_KEY);
  const guint selected = adw_combo_row_get_selected (row);

  if (selected > 0 && selected <= acts->len)
    {
      adw_combo_row_set_selected (row, 0);
      self->table->act (self->page, acts->pdata[selected - 1]);
    }
}

/* ACTS, taken, of which each is told by what it is about. */
static void
add_choice (const DpopMemberSections *self, GtkWidget *group, const char *title, const char *first,
            GPtrArray *acts)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  gtk_string_list_append (words, first);
  for (guint i = 0; i < acts->len; i++)
    gtk_string_list_append (words, ((const DpopMemberAct *) acts->pdata[i])->what);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), ACTS_KEY, acts, (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_choice), (gpointer) self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GPtrArray *
no_acts (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dpop_member_act_free);
}

/* --- Groups. --------------------------------------------------------------------------------- */

static const DpopMayUnit *
may_unit (const DpopMayMember *may, const CosmicId *unit)
{
  for (guint i = 0; may != NULL && i < may->units->len; i++)
    if (cosmic_id_same (&g_array_index (may->units, DpopMayUnit, i).unit, unit))
      return &g_array_index (may->units, DpopMayUnit, i);
  return NULL;
}

static void
add_belonging (const DpopMemberSections *self, GtkWidget *group, const DpopMemberViewUnit *unit)
{
  const DpopMayUnit *may = may_unit (self->sight->may, &unit->id);
  const GPtrArray *kinds = self->sight->common->kinds;
  GtkWidget *row = dpop_member_parts_row (
      group, unit->name, unit->kind < kinds->len ? kinds->pdata[unit->kind] : NULL);

  if (may != NULL && may->may.yes)
    {
      DpopMemberAct *act = new_act (self, DPOP_MEMBER_ACT_LEAVE_GROUP, unit->name);
      g_autofree char *name = g_strdup_printf (_("Take out of %s"), unit->name);
      g_autofree char *key = dpop_member_parts_key ("leave", &unit->id, 0);

      act->id = unit->id;
      add_button (self, row, _("Take out"), name, key, act);
    }
}

GtkWidget *
dpop_member_sections_groups (const DpopMemberSections *self)
{
  const DpopMemberSight *sight = self->sight;
  GtkWidget *group;
  g_autoptr (GPtrArray) acts = no_acts ();

  for (guint i = 0; i < sight->common->groups->len; i++)
    {
      const DpopMembersGroup *each = &g_array_index (sight->common->groups, DpopMembersGroup, i);
      const DpopMayUnit *may = may_unit (sight->may, &each->id);

      if (may != NULL && !may->belongs && may->may.yes)
        {
          DpopMemberAct *act = new_act (self, DPOP_MEMBER_ACT_JOIN_GROUP, each->name);

          act->id = each->id;
          g_ptr_array_add (acts, act);
        }
    }
  if (sight->view->units->len == 0 && acts->len == 0)
    return NULL;
  group = dpop_member_parts_group (_("Groups"), NULL);
  for (guint i = 0; i < sight->view->units->len; i++)
    add_belonging (self, group, &g_array_index (sight->view->units, DpopMemberViewUnit, i));
  if (acts->len > 0)
    add_choice (self, group, _("Put into a group"), _("Choose a group"), g_steal_pointer (&acts));
  return group;
}

/* --- Roles. ---------------------------------------------------------------------------------- */

static const DpopMayRole *
may_role (const DpopMayMember *may, guint16 role, const CosmicId *unit)
{
  for (guint i = 0; may != NULL && i < may->roles->len; i++)
    {
      const DpopMayRole *each = &g_array_index (may->roles, DpopMayRole, i);

      if (each->role == role && cosmic_id_same (&each->unit, unit))
        return each;
    }
  return NULL;
}

static void
add_held (const DpopMemberSections *self, GtkWidget *group, const DpopMemberViewRole *role)
{
  const DpopMayRole *may = may_role (self->sight->may, role->role, &role->unit);
  g_autofree char *when = role->since > 0 ? dpop_moment_now (role->since) : NULL;
  g_autofree char *since = when != NULL ? g_strdup_printf (_("Since %s"), when)
                                        : g_strdup (_("Not yet confirmed"));
  GtkWidget *row = dpop_member_parts_row (group, role->name, since);
  const gboolean own = self->sight->may != NULL && self->sight->may->self;

  if (may != NULL && may->may.yes)
    {
      DpopMemberAct *act = new_act (self, DPOP_MEMBER_ACT_TAKE_ROLE, role->name);
      g_autofree char *name = own ? g_strdup_printf (_("Lay down: %s"), role->name)
                                  : g_strdup_printf (_("Take back: %s"), role->name);
      g_autofree char *key = dpop_member_parts_key ("role", &role->unit, role->role);

      act->role = role->role;
      act->id = role->unit;
      act->office = role->office;
      add_button (self, row, own ? _("Lay down") : _("Take back"), name, key, act);
    }
}

GtkWidget *
dpop_member_sections_roles (const DpopMemberSections *self)
{
  const DpopMemberSight *sight = self->sight;
  g_autoptr (GPtrArray) acts = no_acts ();
  GtkWidget *group;

  for (guint i = 0; sight->may != NULL && i < sight->may->roles->len; i++)
    {
      const DpopMayRole *may = &g_array_index (sight->may->roles, DpopMayRole, i);
      g_autofree char *name = dpop_members_sight_role (sight->common, may->role, &may->unit);

      if (!may->held && may->may.yes)
        {
          DpopMemberAct *act = new_act (self, DPOP_MEMBER_ACT_GIVE_ROLE, name);

          act->role = may->role;
          act->id = may->unit;
          g_ptr_array_add (acts, act);
        }
    }
  if (sight->view->roles->len == 0 && acts->len == 0)
    return NULL;
  group = dpop_member_parts_group (_("Roles"), NULL);
  for (guint i = 0; i < sight->view->roles->len; i++)
    add_held (self, group, &g_array_index (sight->view->roles, DpopMemberViewRole, i));
  if (acts->len > 0)
    add_choice (self, group, _("Give a role"), _("Choose a role"), g_steal_pointer (&acts));
  return group;
}

/* --- Computers. ------------------------------------------------------------------------------ */

static void
add_computer (const DpopMemberSections *self, GtkWidget *group, guint i)
{
  const DpopMemberViewDevice *device
      = &g_array_index (self->sight->view->devices, DpopMemberViewDevice, i);
  g_autofree char *when = device->since > 0 ? dpop_moment_now (device->since) : NULL;
  g_autofree char *since = when != NULL ? g_strdup_printf (_("Since %s"), when)
                                        : g_strdup (_("Not yet confirmed"));
  g_autofree char *title = device->own   ? g_strdup (_("This computer"))
                           : device->off ? g_strdup_printf (_("Computer %u, switched off"), i + 1)
                                         : g_strdup_printf (_("Computer %u"), i + 1);
  GtkWidget *row = dpop_member_parts_row (group, title, since);

  if (i < self->sight->may_off->len && g_array_index (self->sight->may_off, DpopMay, i).yes)
    {
      DpopMemberAct *act = new_act (self, DPOP_MEMBER_ACT_SWITCH_OFF, NULL);
      g_autofree char *name = g_strdup_printf (_("Switch off: %s"), title);
      g_autofree char *key = dpop_member_parts_key ("off", &device->key, 0);

      act->id = device->key;
      add_button (self, row, _("Switch off"), name, key, act);
    }
}

static void
on_invite (AdwActionRow *row, const DpopMemberSections *self)
{
  self->table->invite (self->page);
}

GtkWidget *
dpop_member_sections_computers (const DpopMemberSections *self)
{
  const DpopMemberSight *sight = self->sight;
  const gboolean invite = sight->may != NULL && sight->may->invite.yes
                          && sight->view->member.standing.state != DPOP_MEMBER_FORMER;
  GtkWidget *group;

  if (sight->view->devices->len == 0 && !invite)
    return NULL;
  group = dpop_member_parts_group (_("Computers"), NULL);
  for (guint i = 0; i < sight->view->devices->len; i++)
    add_computer (self, group, i);
  if (invite)
    {
      GtkWidget *row = dpop_member_parts_row (
          group, sight->may->self ? _("Invite a further computer") : _("Invite their computer"),
          _("Makes a code, to be sent, printed or kept as a file"));

      dpop_member_parts_choose (row, "invite", G_CALLBACK (on_invite), (gpointer) self, NULL);
    }
  return group;
}

/* --- Membership. ----------------------------------------------------------------------------- */

/* Takes ACT. */
static void
add_doing (const DpopMemberSections *self, GtkWidget *group, const char *title,
           const char *subtitle, const char *key, DpopMemberAct *act)
{
  GtkWidget *row = dpop_member_parts_row (group, title, subtitle);

  dpop_member_parts_choose (row, key, G_CALLBACK (on_doing), doing_new (self, act), doing_free);
}

static void
add_moves (const DpopMemberSections *self, GtkWidget *group)
{
  const DpopMayMember *may = self->sight->may;
  const DpopMemberState from = self->sight->view->member.standing.state;

  for (guint to = DPOP_MEMBER_APPLICANT; to < DPOP_MEMBER_FORMER; to++)
    if (to != from && may->move[to].yes)
      {
        DpopMemberAct *act = new_act (self, DPOP_MEMBER_ACT_MOVE, NULL);
        g_autofree char *key = dpop_member_parts_key ("move", NULL, to);

        act->to = (DpopMemberState) to;
        add_doing (self, group, dpop_member_act_move_title (from, (DpopMemberState) to),
                   dpop_member_act_move_means (from, (DpopMemberState) to), key, act);
      }
}

static guint
removals (const DpopMayMember *may)
{
  guint bits = 0;

  for (guint why = DPOP_REMOVAL_LEFT; why <= DPOP_REMOVAL_LAST; why++)
    if (may->remove[why].yes)
      bits |= 1u << why;
  return bits;
}

static void
add_endings (const DpopMemberSections *self, GtkWidget *group)
{
  const DpopMayMember *may = self->sight->may;
  const gboolean former = self->sight->view->member.standing.state == DPOP_MEMBER_FORMER;

  if (!former && removals (may) != 0)
    {
      DpopMemberAct *act = new_act (self, DPOP_MEMBER_ACT_REMOVE, NULL);

      act->removals = removals (may);
      add_doing (self, group, may->self ? _("Leave the organisation") : _("Remove"),
                 _("Roles end, computers are switched off. You are asked first."), "remove", act);
    }
  if (may->erase.yes && self->sight->view->readable == DPOP_PROJECTION_TEXT_READABLE)
    add_doing (self, group, _("Delete what was typed about them"),
               _("For everyone and for good. You are asked first."), "erase",
               new_act (self, DPOP_MEMBER_ACT_ERASE, NULL));
}

static void
on_history (AdwActionRow *row, const DpopMemberSections *self)
{
  self->table->history (self->page);
}

GtkWidget *
dpop_member_sections_membership (const DpopMemberSections *self)
{
  GtkWidget *group = dpop_member_parts_group (_("Membership"), NULL);
  GtkWidget *row
      = dpop_member_parts_row (group, _("History"), _("Every entry about this person"));

  dpop_member_parts_choose (row, "history", G_CALLBACK (on_history), (gpointer) self, NULL);
  if (self->sight->may != NULL)
    {
      add_moves (self, group);
      add_endings (self, group);
    }
  return group;
}
