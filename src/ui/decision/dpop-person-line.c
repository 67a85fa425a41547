/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-person-line.h"

#include "dpop-chip.h"
#include "dpop-decision-parts-private.h"
#include "dpop-wrapping-label.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DpopPersonLine
{
  GtkBox parent_instance;

  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *more;
  GtkWidget *state;
};

G_DEFINE_FINAL_TYPE (DpopPersonLine, dpop_person_line, GTK_TYPE_BOX)

char *
dpop_person_line_name (const DpopMemberRow *row)
{
  if (row->name != NULL && *row->name != '\0')
    return g_strdup (row->name);
  return g_strdup (row->details == DPOP_PROJECTION_TEXT_ERASED
                       ? _("(deleted for everyone)")
                       : _("(a member whose name cannot be read here)"));
}

void
dpop_person_line_set (DpopPersonLine *self, const DpopMemberRow *row, const char *state)
{
  g_autofree char *name = row != NULL ? dpop_person_line_name (row) : g_strdup ("");

  gtk_widget_set_opacity (GTK_WIDGET (self), row != NULL ? 1.0 : 0.0);
  adw_avatar_set_text (ADW_AVATAR (self->avatar), name);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_widget_set_visible (self->more, row != NULL && !row->has_device);
  gtk_widget_set_visible (self->state, state != NULL);
  if (state != NULL)
    dpop_chip_set (DPOP_CHIP (self->state), state, DPOP_CHIP_QUIET);
}

static void
dpop_person_line_class_init (DpopPersonLineClass *klass)
{
}

static void
dpop_person_line_init (DpopPersonLine *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 6);
  self->avatar = adw_avatar_new (32, NULL, TRUE);
  self->name = dpop_wrapping_label_new (NULL, NULL);
  self->more = dpop_wrapping_label_new (_("without a computer"), "dim-label");
  gtk_widget_add_css_class (self->more, "caption");
  self->state = dpop_chip_new ("", DPOP_CHIP_QUIET);
  gtk_widget_set_valign (self->state, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), self->name);
  gtk_box_append (GTK_BOX (words), self->more);
  gtk_box_append (GTK_BOX (self), self->avatar);
  gtk_box_append (GTK_BOX (self), words);
  gtk_box_append (GTK_BOX (self), self->state);
}

GtkWidget *
dpop_person_line_new (void)
{
  return g_object_new (DPOP_TYPE_PERSON_LINE, NULL);
}
