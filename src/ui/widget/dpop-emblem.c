/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-emblem.h"

#define COLOURS 8

struct _DpopEmblem
{
  AdwBin parent_instance;

  GtkWidget *label;
  guint colour;
};

G_DEFINE_FINAL_TYPE (DpopEmblem, dpop_emblem, ADW_TYPE_BIN)

/* The first letters of the first two words that begin with one. */
char *
dpop_emblem_letters (const char *name)
{
  GString *letters = g_string_new (NULL);
  gboolean inside = FALSE;
  guint count = 0;

  for (const char *at = name; at != NULL && *at != '\0' && count < 2; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isalnum (c) && !inside)
        {
          g_string_append_unichar (letters, g_unichar_toupper (c));
          count++;
        }
      inside = g_unichar_isalnum (c) || (inside && (c == '\'' || c == 0x2019));
    }
  return g_string_free (letters, FALSE);
}

static void
set_colour (DpopEmblem *self, guint colour)
{
  char name[16];

  g_snprintf (name, sizeof name, "colour-%u", self->colour);
  gtk_widget_remove_css_class (GTK_WIDGET (self), name);
  self->colour = colour;
  g_snprintf (name, sizeof name, "colour-%u", self->colour);
  gtk_widget_add_css_class (GTK_WIDGET (self), name);
}

void
dpop_emblem_set (DpopEmblem *self, const char *name, const CosmicId *id)
{
  g_autofree char *letters = dpop_emblem_letters (name);

  g_return_if_fail (DPOP_IS_EMBLEM (self));
  gtk_label_set_label (GTK_LABEL (self->label), letters);
  set_colour (self, id != NULL ? id->bytes[0] % COLOURS : 0);
}

static void
dpop_emblem_class_init (DpopEmblemClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "emblem");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass),
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dpop_emblem_init (DpopEmblem *self)
{
  self->label = gtk_label_new ("");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                               -1);
  adw_bin_set_child (ADW_BIN (self), self->label);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  set_colour (self, 0);
}

GtkWidget *
dpop_emblem_new (void)
{
  return g_object_new (DPOP_TYPE_EMBLEM, NULL);
}
