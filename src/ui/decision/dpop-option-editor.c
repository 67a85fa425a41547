/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-option-editor.h"

#include "dpop-decision.h"
#include "dpop-option-row.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DpopOptionEditor
{
  GtkBox parent_instance;

  gboolean fixed;
};

G_DEFINE_FINAL_TYPE (DpopOptionEditor, dpop_option_editor, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static DpopOptionRow *
nth (DpopOptionEditor *self, guint i)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self));

  while (row != NULL && i-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return (DpopOptionRow *) row;
}

guint
dpop_option_editor_n (DpopOptionEditor *self)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

const char *
dpop_option_editor_name (DpopOptionEditor *self, guint i)
{
  return dpop_option_row_get_name (nth (self, i));
}

const CosmicId *
dpop_option_editor_id (DpopOptionEditor *self, guint i)
{
  return dpop_option_row_get_id (nth (self, i));
}

static void
changed (DpopOptionEditor *self)
{
  const guint n = dpop_option_editor_n (self);

  for (guint i = 0; i < n; i++)
    dpop_option_row_set_place (nth (self, i), i + 1, n);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Moving. --------------------------------------------------------------------------------- */

static void
say_place (DpopOptionEditor *self, DpopOptionRow *row)
{
  const guint n = dpop_option_editor_n (self);
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    if (nth (self, i) == row)
      words = g_strdup_printf (_("%s: now in place %u of %u."), dpop_option_row_get_name (row),
                               i + 1, n);
  if (words != NULL)
    dpop_shell_announce (GTK_WIDGET (self), words);
}

static void
on_shift (DpopOptionRow *row, gint by, DpopOptionEditor *self)
{
  GtkWidget *previous = gtk_widget_get_prev_sibling (GTK_WIDGET (row));
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  if (by < 0 ? previous == NULL : next == NULL)
    return;
  gtk_box_reorder_child_after (GTK_BOX (self), GTK_WIDGET (row),
                               by < 0 ? gtk_widget_get_prev_sibling (previous) : next);
  changed (self);
  say_place (self, row);
}

static void
on_dropped (DpopOptionRow *row, DpopOptionRow *other, gboolean after, DpopOptionEditor *self)
{
  GtkWidget *place = GTK_WIDGET (row);

  if (!after)
    place = gtk_widget_get_prev_sibling (place);
  if (place == GTK_WIDGET (other))
    return;
  gtk_box_reorder_child_after (GTK_BOX (self), GTK_WIDGET (other), place);
  changed (self);
  say_place (self, other);
}

/* --- Adding and taking away. ----------------------------------------------------------------- */

static void
on_taken_away (DpopOptionRow *row, DpopOptionEditor *self)
{
  GtkWidget *near = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  if (near == NULL)
    near = gtk_widget_get_prev_sibling (GTK_WIDGET (row));
  if (near != NULL)
    dpop_option_row_focus (DPOP_OPTION_ROW (near));
  gtk_box_remove (GTK_BOX (self), GTK_WIDGET (row));
  changed (self);
}

/* Enter goes on to the next, and from the last to a new one. */
static void
on_entered (DpopOptionRow *row, DpopOptionEditor *self)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  if (next != NULL)
    dpop_option_row_focus (DPOP_OPTION_ROW (next));
  else if (*dpop_option_row_get_name (row) != '\0')
    dpop_option_editor_add (self, "", NULL, TRUE);
}

void
dpop_option_editor_add (DpopOptionEditor *self, const char *name, const CosmicId *id,
                        gboolean focus)
{
  GtkWidget *row = dpop_option_row_new (name, id, self->fixed);

  g_signal_connect (row, "shift", G_CALLBACK (on_shift), self);
  g_signal_connect (row, "dropped-on", G_CALLBACK (on_dropped), self);
  g_signal_connect (row, "taken-away", G_CALLBACK (on_taken_away), self);
  g_signal_connect (row, "entered", G_CALLBACK (on_entered), self);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed), self);
  gtk_box_append (GTK_BOX (self), row);
  changed (self);
  if (focus)
    dpop_option_row_focus (DPOP_OPTION_ROW (row));
}

void
dpop_option_editor_drop_empty (DpopOptionEditor *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)), *next; row != NULL;
       row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (*dpop_option_row_get_name (DPOP_OPTION_ROW (row)) == '\0')
        gtk_box_remove (GTK_BOX (self), row);
    }
  changed (self);
}

void
dpop_option_editor_clear (DpopOptionEditor *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), row);
}

/* --- Drafts: a name, and behind a tab the id of the member who stands. ----------------------- */

char *
dpop_option_editor_to_text (DpopOptionEditor *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = dpop_option_editor_n (self);

  for (guint i = 0; i < n; i++)
    {
      const CosmicId *id = dpop_option_editor_id (self, i);
      g_autofree char *id_text = id != NULL ? cosmic_id_to_text (id) : g_strdup ("");

      g_string_append_printf (text, "%s%s\t%s", i > 0 ? "\n" : "",
                              dpop_option_editor_name (self, i), id_text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
dpop_option_editor_from_text (DpopOptionEditor *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", DPOP_DECISION_OPTIONS_MAX);

  dpop_option_editor_clear (self);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 2);
      CosmicId id;

      if (parts[0] != NULL)
        dpop_option_editor_add (
            self, parts[0], parts[1] != NULL && cosmic_id_from_text (parts[1], &id) ? &id : NULL,
            FALSE);
    }
}

static void
dpop_option_editor_class_init (DpopOptionEditorClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
dpop_option_editor_init (DpopOptionEditor *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
dpop_option_editor_new (gboolean fixed)
{
  DpopOptionEditor *self = g_object_new (DPOP_TYPE_OPTION_EDITOR, NULL);

  self->fixed = fixed;
  return GTK_WIDGET (self);
}
