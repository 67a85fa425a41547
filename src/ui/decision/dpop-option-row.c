/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-option-row.h"

#include "dpop-decision-parts-private.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopOptionRow
{
  GtkBox parent_instance;

  gboolean has_id;
  CosmicId id;
  gboolean fixed;
  GtkWidget *handle;
  GtkWidget *number;
  GtkWidget *name; /* an entry, or a label */
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *away;
};

G_DEFINE_FINAL_TYPE (DpopOptionRow, dpop_option_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  SHIFT,
  TAKEN_AWAY,
  DROPPED_ON,
  ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const char *
dpop_option_row_get_name (DpopOptionRow *self)
{
  return GTK_IS_EDITABLE (self->name) ? gtk_editable_get_text (GTK_EDITABLE (self->name))
                                      : gtk_label_get_label (GTK_LABEL (self->name));
}

const CosmicId *
dpop_option_row_get_id (DpopOptionRow *self)
{
  return self->has_id ? &self->id : NULL;
}

void
dpop_option_row_focus (DpopOptionRow *self)
{
  if (GTK_IS_EDITABLE (self->name))
    gtk_widget_grab_focus (self->name);
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* Takes TEXT. */
static void
name_widget (GtkWidget *widget, char *text, gboolean tooltip)
{
  if (tooltip)
    gtk_widget_set_tooltip_text (widget, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_free (text);
}

void
dpop_option_row_set_place (DpopOptionRow *self, guint place, guint n)
{
  g_autofree char *number = g_strdup_printf (_("%u."), place);

  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_widget_set_sensitive (self->up, place > 1);
  gtk_widget_set_sensitive (self->down, place < n);
  name_widget (self->up, g_strdup_printf (_("Move option %u up"), place), TRUE);
  name_widget (self->down, g_strdup_printf (_("Move option %u down"), place), TRUE);
  name_widget (self->away, g_strdup_printf (_("Take option %u away"), place), TRUE);
  if (GTK_IS_EDITABLE (self->name))
    name_widget (self->name, g_strdup_printf (_("Option %u"), place), FALSE);
}

/* --- Moving. --------------------------------------------------------------------------------- */

static void
shift (DpopOptionRow *self, gint by)
{
  g_signal_emit (self, signals[SHIFT], 0, by);
}

static void
act (GtkWidget *widget, const char *action, GVariant *target)
{
  DpopOptionRow *self = DPOP_OPTION_ROW (widget);

  if (g_str_equal (action, "option.away"))
    g_signal_emit (self, signals[TAKEN_AWAY], 0);
  else
    shift (self, g_str_equal (action, "option.up") ? -1 : 1);
}

static GdkContentProvider *
on_drag (GtkDragSource *source, double x, double y, DpopOptionRow *self)
{
  return gdk_content_provider_new_typed (DPOP_TYPE_OPTION_ROW, self);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, DpopOptionRow *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 12, gtk_widget_get_height (GTK_WIDGET (self)) / 2);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, DpopOptionRow *self)
{
  DpopOptionRow *other = g_value_get_object (value);

  if (other == NULL || other == self
      || gtk_widget_get_parent (GTK_WIDGET (other)) != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;
  g_signal_emit (self, signals[DROPPED_ON], 0, other,
                 y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
  return TRUE;
}

/* By the handle alone: within the entry a drag chooses text. */
static void
add_dragging (DpopOptionRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (DPOP_TYPE_OPTION_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- The row. -------------------------------------------------------------------------------- */

static void
dpop_option_row_class_init (DpopOptionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "option.up", NULL, act);
  gtk_widget_class_install_action (widget_class, "option.down", NULL, act);
  gtk_widget_class_install_action (widget_class, "option.away", NULL, act);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "option.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "option.down",
                                       NULL);
  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHIFT] = g_signal_new ("shift", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_INT);
  signals[TAKEN_AWAY]
      = g_signal_new ("taken-away", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DROPPED_ON] = g_signal_new ("dropped-on", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 2, DPOP_TYPE_OPTION_ROW, G_TYPE_BOOLEAN);
  signals[ENTERED]
      = g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_button (const char *icon, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
dpop_option_row_init (DpopOptionRow *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 3);
  self->handle = g_object_new (GTK_TYPE_IMAGE, "icon-name", "list-drag-handle-symbolic",
                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (self->handle, "dim-label");
  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "numbers");
  self->up = new_button ("go-up-symbolic", "option.up");
  self->down = new_button ("go-down-symbolic", "option.down");
  self->away = new_button ("user-trash-symbolic", "option.away");
}

static void
on_typed (GtkEditable *entry, DpopOptionRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_enter (GtkEntry *entry, DpopOptionRow *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

GtkWidget *
dpop_option_row_new (const char *name, const CosmicId *id, gboolean fixed)
{
  DpopOptionRow *self = g_object_new (DPOP_TYPE_OPTION_ROW, NULL);
  GtkBox *box = GTK_BOX (self);

  self->has_id = id != NULL;
  if (id != NULL)
    self->id = *id;
  if (fixed || id != NULL)
    self->name = dpop_wrapping_label_new (name, NULL);
  else
    {
      self->name = gtk_entry_new ();
      gtk_editable_set_text (GTK_EDITABLE (self->name), name);
      gtk_editable_set_width_chars (GTK_EDITABLE (self->name), 8);
      g_signal_connect (self->name, "changed", G_CALLBACK (on_typed), self);
      g_signal_connect (self->name, "activate", G_CALLBACK (on_enter), self);
    }
  gtk_widget_set_hexpand (self->name, TRUE);
  gtk_box_append (box, self->handle);
  gtk_box_append (box, self->number);
  gtk_box_append (box, self->name);
  gtk_box_append (box, self->up);
  gtk_box_append (box, self->down);
  gtk_box_append (box, self->away);
  gtk_widget_set_visible (self->away, !fixed);
  add_dragging (self);
  dpop_option_row_set_place (self, 1, 1);
  return GTK_WIDGET (self);
}
