/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-members-filter.h"

#include "dpop-list-row.h"
#include "dpop-spoken-name.h"
#include "dpop-words.h"

#include <glib/gi18n-lib.h>

/* What the list was asked last: the same is not asked again. */
typedef struct
{
  guint states;
  gint role;
  DpopMemberRowChoice device;
  DpopMemberRowSort sort;
  gboolean descending;
  gboolean has_unit;
  CosmicId unit;
} Asked;

struct _DpopMembersFilter
{
  AdwBin parent_instance;

  GtkWidget *label;
  GtkWidget *button;
  GtkDropDown *state;
  GtkDropDown *role;
  GtkDropDown *group;
  GtkDropDown *device;
  GtkDropDown *sort;

  DpopMemberList *list;
  GtkListView *view; /* that shows it */
  Asked asked;
  CosmicId wanted;  /* the group to choose once it is among the choices; zero: none */
  GArray *groups;   /* of CosmicId, beside the choices behind "any" and "none" */
  gboolean filling; /* choices are being replaced */
};

G_DEFINE_FINAL_TYPE (DpopMembersFilter, dpop_members_filter, ADW_TYPE_BIN)

/* Before the groups stand these. */
enum
{
  GROUP_ANY,
  GROUP_NONE,
  GROUP_FIRST,
};

static const guint state_choices[] = {
  1u << DPOP_MEMBER_APPLICANT | 1u << DPOP_MEMBER_MEMBER | 1u << DPOP_MEMBER_SUSPENDED,
  1u << DPOP_MEMBER_MEMBER,
  1u << DPOP_MEMBER_APPLICANT,
  1u << DPOP_MEMBER_SUSPENDED,
  1u << DPOP_MEMBER_FORMER,
  0,
};

static const DpopMemberRowChoice device_choices[]
    = { DPOP_MEMBER_ROW_EITHER, DPOP_MEMBER_ROW_YES, DPOP_MEMBER_ROW_NO };

static const struct
{
  DpopMemberRowSort sort;
  gboolean descending;
} sort_choices[] = {
  { DPOP_MEMBER_ROW_BY_NAME, FALSE },
  { DPOP_MEMBER_ROW_BY_NAME, TRUE },
  { DPOP_MEMBER_ROW_BY_NUMBER, FALSE },
  { DPOP_MEMBER_ROW_BY_ENTRY, TRUE },
};

/* --- What is chosen. ------------------------------------------------------------------------- */

static void
add_chosen (GPtrArray *parts, GtkDropDown *choice)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (choice);

  if (gtk_drop_down_get_selected (choice) != 0 && item != NULL)
    g_ptr_array_add (parts, (gpointer) gtk_string_object_get_string (item));
}

/* "Suspended · North"; without a choice "Filter". */
static void
show_words (DpopMembersFilter *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  g_autofree char *name = NULL;

  add_chosen (parts, self->state);
  add_chosen (parts, self->role);
  add_chosen (parts, self->group);
  add_chosen (parts, self->device);
  g_ptr_array_add (parts, NULL);
  joined = g_strjoinv (" · ", (char **) parts->pdata);
  gtk_label_set_label (GTK_LABEL (self->label), *joined != '\0' ? joined : _("Filter and sort"));
  name = *joined != '\0' ? g_strdup_printf (_("Filter and sort: %s"), joined)
                         : g_strdup (_("Filter and sort"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

gboolean
dpop_members_filter_is_narrow (DpopMembersFilter *self)
{
  return !cosmic_id_is_zero (&self->wanted) || gtk_drop_down_get_selected (self->state) != 0
         || gtk_drop_down_get_selected (self->role) != 0
         || gtk_drop_down_get_selected (self->group) != 0
         || gtk_drop_down_get_selected (self->device) != 0;
}

static Asked
chosen (DpopMembersFilter *self)
{
  const guint state = gtk_drop_down_get_selected (self->state);
  const guint role = gtk_drop_down_get_selected (self->role);
  const guint group = gtk_drop_down_get_selected (self->group);
  const guint device = gtk_drop_down_get_selected (self->device);
  const guint sort = MIN (gtk_drop_down_get_selected (self->sort), G_N_ELEMENTS (sort_choices) - 1);
  Asked asked = {
    .states = state_choices[MIN (state, G_N_ELEMENTS (state_choices) - 1)],
    .role = role == GTK_INVALID_LIST_POSITION ? DPOP_MEMBER_ROW_ANY_ROLE : (gint) role - 1,
    .device = device_choices[MIN (device, G_N_ELEMENTS (device_choices) - 1)],
    .sort = sort_choices[sort].sort,
    .descending = sort_choices[sort].descending,
    .has_unit = group == GROUP_NONE,
  };

  if (!cosmic_id_is_zero (&self->wanted))
    {
      asked.has_unit = TRUE;
      asked.unit = self->wanted;
    }
  else if (group >= GROUP_FIRST && group - GROUP_FIRST < self->groups->len)
    {
      asked.has_unit = TRUE;
      asked.unit = g_array_index (self->groups, CosmicId, group - GROUP_FIRST);
    }
  return asked;
}

static gboolean
is_same (const Asked *one, const Asked *other)
{
  return one->states == other->states && one->role == other->role && one->device == other->device
         && one->sort == other->sort && one->descending == other->descending
         && one->has_unit == other->has_unit && cosmic_id_same (&one->unit, &other->unit);
}

static void
apply (DpopMembersFilter *self)
{
  Asked asked;

  if (self->filling || self->list == NULL)
    return;
  show_words (self);
  asked = chosen (self);
  if (is_same (&asked, &self->asked))
    return;
  self->asked = asked;
  dpop_list_row_look_away (self->view, DPOP_LIST (self->list));
  g_object_set (self->list, "states", asked.states, "role", asked.role, "device", asked.device,
                "sort", asked.sort, "descending", asked.descending, NULL);
  dpop_member_list_set_unit (self->list, asked.has_unit ? &asked.unit : NULL);
}

static void
on_chosen (GtkDropDown *choice, GParamSpec *pspec, DpopMembersFilter *self)
{
  if (choice == self->group && !self->filling)
    self->wanted = cosmic_id_zero;
  apply (self);
}

void
dpop_members_filter_set_group (DpopMembersFilter *self, const CosmicId *unit)
{
  g_return_if_fail (DPOP_IS_MEMBERS_FILTER (self));
  self->wanted = *unit;
  apply (self);
}

void
dpop_members_filter_clear (DpopMembersFilter *self)
{
  g_return_if_fail (DPOP_IS_MEMBERS_FILTER (self));
  self->filling = TRUE;
  self->wanted = cosmic_id_zero;
  gtk_drop_down_set_selected (self->state, 0);
  gtk_drop_down_set_selected (self->role, 0);
  gtk_drop_down_set_selected (self->group, 0);
  gtk_drop_down_set_selected (self->device, 0);
  self->filling = FALSE;
  apply (self);
}

static void
on_clear_clicked (GtkButton *button, DpopMembersFilter *self)
{
  dpop_members_filter_clear (self);
}

/* --- What there is to choose from. ----------------------------------------------------------- */

static void
fill (GtkDropDown *choice, const char *const *words, guint selected)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  gtk_drop_down_set_model (choice, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (choice, selected);
}

static void
fill_roles (DpopMembersFilter *self, const DpopMembersSight *sight)
{
  const guint selected = gtk_drop_down_get_selected (self->role);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  g_ptr_array_add (words, _("Any role or none"));
  for (guint i = 0; i < sight->roles->len; i++)
    g_ptr_array_add (words, sight->roles->pdata[i]);
  g_ptr_array_add (words, NULL);
  fill (self->role, (const char *const *) words->pdata,
        selected < words->len - 1 ? selected : 0);
}

static void
fill_groups (DpopMembersFilter *self, const DpopMembersSight *sight)
{
  guint selected = gtk_drop_down_get_selected (self->group);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  CosmicId chosen = { 0 };

  if (selected >= GROUP_FIRST && selected - GROUP_FIRST < self->groups->len)
    chosen = g_array_index (self->groups, CosmicId, selected - GROUP_FIRST);
  if (!cosmic_id_is_zero (&self->wanted))
    chosen = self->wanted;
  if (selected != GROUP_NONE)
    selected = GROUP_ANY;
  g_ptr_array_add (words, _("Any group or none"));
  g_ptr_array_add (words, _("In no group"));
  g_array_set_size (self->groups, 0);
  for (guint i = 0; i < sight->groups->len; i++)
    {
      const DpopMembersGroup *group = &g_array_index (sight->groups, DpopMembersGroup, i);

      g_ptr_array_add (words, group->name);
      g_array_append_val (self->groups, group->id);
      if (cosmic_id_same (&group->id, &chosen))
        {
          selected = GROUP_FIRST + i;
          self->wanted = cosmic_id_zero;
        }
    }
  g_ptr_array_add (words, NULL);
  fill (self->group, (const char *const *) words->pdata, selected);
}

void
dpop_members_filter_set_sight (DpopMembersFilter *self, const DpopMembersSight *sight)
{
  g_return_if_fail (DPOP_IS_MEMBERS_FILTER (self));
  self->filling = TRUE;
  fill_roles (self, sight);
  fill_groups (self, sight);
  self->filling = FALSE;
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->role)), sight->roles->len > 0);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->group)), sight->groups->len > 0);
  apply (self);
}

void
dpop_members_filter_set_list (DpopMembersFilter *self, DpopMemberList *list, GtkListView *view)
{
  g_return_if_fail (DPOP_IS_MEMBERS_FILTER (self));
  g_set_object (&self->list, list);
  self->view = view;
  self->asked = (Asked){ .role = G_MININT }; /* nothing yet */
  apply (self);
}

/* --- The widget. ----------------------------------------------------------------------------- */

static void
dpop_members_filter_dispose (GObject *object)
{
  g_clear_object (&DPOP_MEMBERS_FILTER (object)->list);
  G_OBJECT_CLASS (dpop_members_filter_parent_class)->dispose (object);
}

static void
dpop_members_filter_finalize (GObject *object)
{
  g_array_unref (DPOP_MEMBERS_FILTER (object)->groups);
  G_OBJECT_CLASS (dpop_members_filter_parent_class)->finalize (object);
}

static void
dpop_members_filter_class_init (DpopMembersFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_members_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_members_filter_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-members-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopMembersFilter, label);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersFilter, button);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersFilter, state);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersFilter, role);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersFilter, group);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersFilter, device);
  gtk_widget_class_bind_template_child (widget_class, DpopMembersFilter, sort);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
dpop_members_filter_init (DpopMembersFilter *self)
{
  GtkDropDown **choices[] = { &self->state, &self->role, &self->group, &self->device, &self->sort };

  self->filling = TRUE;
  self->groups = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    dpop_spoken_name_own (GTK_WIDGET (*choices[i]));
  self->filling = FALSE;
  show_words (self);
}
