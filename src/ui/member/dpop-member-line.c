/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-line.h"

#include "dpop-chip.h"
#include "dpop-words.h"
#include "dpop-wrap-box.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

#define GROUPS_SHOWN 3

/* A grid, and nothing aligned in it: a box in a row, and whatever is to be centred, asks each label
 * how narrow it can be at its height, which costs it a dozen layouts. */
struct _DpopMemberLine
{
  GtkGrid parent_instance;

  AdwAvatar *avatar;
  GtkWidget *name;
  GtkWidget *chips;
  GtkWidget *more;
  char *words;
};

G_DEFINE_FINAL_TYPE (DpopMemberLine, dpop_member_line, GTK_TYPE_GRID)

char *
dpop_member_line_name (const DpopMemberRow *row)
{
  return row->name != NULL && *row->name != '\0' ? g_strdup (row->name)
                                                 : dpop_names_fallback (&row->id, row->details);
}

/* --- Chips. ---------------------------------------------------------------------------------- */

static void
add_chip (DpopMemberLine *self, GString *words, const char *text, DpopChipTone tone)
{
  dpop_wrap_box_append (DPOP_WRAP_BOX (self->chips), dpop_chip_new (text, tone));
  g_string_append_printf (words, ", %s", text);
}

static void
show_chips (DpopMemberLine *self, GString *words, const DpopMemberRow *row,
            const DpopMembersSight *sight)
{
  dpop_wrap_box_clear (DPOP_WRAP_BOX (self->chips));
  if (row->state != DPOP_MEMBER_MEMBER)
    add_chip (self, words, dpop_words_member_state (row->state),
              row->state == DPOP_MEMBER_FORMER ? DPOP_CHIP_QUIET : DPOP_CHIP_WARNING);
  for (guint i = 0; sight != NULL && i < row->roles->len; i++)
    {
      const DpopMemberRowRole *role = &g_array_index (row->roles, DpopMemberRowRole, i);
      g_autofree char *name = dpop_members_sight_role (sight, role->role, &role->unit);

      add_chip (self, words, name, DPOP_CHIP_ACCENT);
    }
  if (!row->confirmed)
    add_chip (self, words, _("not yet confirmed"), DPOP_CHIP_QUIET);
  gtk_widget_set_visible (self->chips, gtk_widget_get_first_child (self->chips) != NULL);
}

/* --- The line below. ------------------------------------------------------------------------- */

/* "North · no computer". Who has left needs none. */
static char *
more_words (const DpopMemberRow *row, const DpopMembersSight *sight)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  for (guint i = 0; sight != NULL && i < MIN (row->units->len, GROUPS_SHOWN); i++)
    {
      const char *group
          = dpop_members_sight_group (sight, &g_array_index (row->units, CosmicId, i));

      if (group != NULL)
        g_ptr_array_add (parts, (gpointer) group);
    }
  if (!row->has_device && row->state != DPOP_MEMBER_FORMER)
    g_ptr_array_add (parts, _("no computer"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

void
dpop_member_line_set (DpopMemberLine *self, const DpopMemberRow *row,
                      const DpopMembersSight *sight)
{
  g_autofree char *name = row != NULL ? dpop_member_line_name (row) : g_strdup ("");
  g_autofree char *more = row != NULL ? more_words (row, sight) : g_strdup ("");
  GString *words = g_string_new (name);

  g_return_if_fail (DPOP_IS_MEMBER_LINE (self));
  gtk_widget_set_opacity (GTK_WIDGET (self), row != NULL ? 1.0 : 0.0);
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  if (row != NULL)
    show_chips (self, words, row, sight);
  gtk_label_set_label (GTK_LABEL (self->more), more);
  gtk_widget_set_visible (self->more, *more != '\0');
  if (*more != '\0')
    g_string_append_printf (words, ", %s", more);
  g_free (self->words);
  self->words = g_string_free (words, FALSE);
}

const char *
dpop_member_line_get_words (DpopMemberLine *self)
{
  return self->words;
}

/* --- The widget. ----------------------------------------------------------------------------- */

static void
dpop_member_line_finalize (GObject *object)
{
  g_free (DPOP_MEMBER_LINE (object)->words);
  G_OBJECT_CLASS (dpop_member_line_parent_class)->finalize (object);
}

static void
dpop_member_line_class_init (DpopMemberLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_member_line_finalize;
}

static void
dpop_member_line_init (DpopMemberLine *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_grid_set_column_spacing (GTK_GRID (self), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 9);
  self->avatar = ADW_AVATAR (adw_avatar_new (40, "", TRUE));
  gtk_widget_set_valign (GTK_WIDGET (self->avatar), GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                               -1);
  self->name = dpop_wrapping_label_new (NULL, "heading");
  gtk_widget_set_vexpand (self->name, TRUE);
  self->chips = dpop_wrap_box_new ();
  self->more = dpop_wrapping_label_new (NULL, "caption");
  gtk_widget_add_css_class (self->more, "dim-label");
  gtk_box_append (GTK_BOX (column), self->name);
  gtk_box_append (GTK_BOX (column), self->chips);
  gtk_box_append (GTK_BOX (column), self->more);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_grid_attach (GTK_GRID (self), GTK_WIDGET (self->avatar), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (self), column, 1, 0, 1, 1);
}

GtkWidget *
dpop_member_line_new (void)
{
  return g_object_new (DPOP_TYPE_MEMBER_LINE, NULL);
}
