/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-rank-row.h"

#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopBallotRankRow
{
  GtkWidget parent_instance;

  guint option;
  char *name;
  guint place;
  GtkWidget *box;
  GtkWidget *handle;
  GtkWidget *number;
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (DpopBallotRankRow, dpop_ballot_rank_row, GTK_TYPE_WIDGET)

enum
{
  MOVE,
  DROPPED_ON,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

guint
dpop_ballot_rank_row_get_option (DpopBallotRankRow *self)
{
  return self->option;
}

static void
ask (DpopBallotRankRow *self, DpopBallotRankMove move, guint place)
{
  g_signal_emit (self, signals[MOVE], 0, (guint) move, place);
}

/* --- What it says. --------------------------------------------------------------------------- */

/* Takes TEXT. */
static void
name_widget (GtkWidget *widget, char *text)
{
  gtk_widget_set_tooltip_text (widget, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_free (text);
}

static void
say_place (DpopBallotRankRow *self, guint last, gboolean shared)
{
  g_autofree char *number = g_strdup_printf ("%u", self->place);
  g_autofree char *text = NULL;

  if (self->place == 0)
    text = g_strdup_printf (_("%s: not ranked"), self->name);
  else if (shared)
    text = g_strdup_printf (_("%s: place %u of %u, together with others"), self->name, self->place,
                            last);
  else
    text = g_strdup_printf (_("%s: place %u of %u"), self->name, self->place, last);
  gtk_label_set_label (GTK_LABEL (self->number), self->place > 0 ? number : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
dpop_ballot_rank_row_set_place (DpopBallotRankRow *self, guint place, guint last, gboolean shared)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->place = place;
  say_place (self, last, shared);
  gtk_widget_set_visible (self->handle, place > 0);
  gtk_widget_set_visible (self->down, place > 0);
  gtk_widget_set_visible (self->menu, place > 0);
  gtk_widget_set_sensitive (self->up, place != 1 || shared);
  name_widget (self->up,
               g_strdup_printf (place > 0 ? _("Move %s up") : _("Rank %s next"), self->name));
  name_widget (self->down,
               g_strdup_printf (place < last || shared ? _("Move %s down") : _("Do not rank %s"),
                                self->name));
  gtk_button_set_icon_name (GTK_BUTTON (self->up),
                            place > 0 ? "go-up-symbolic" : "list-add-symbolic");
  gtk_widget_action_set_enabled (widget, "rank.join", place > 1);
  gtk_widget_action_set_enabled (widget, "rank.part", shared);
  gtk_widget_action_set_enabled (widget, "rank.first", place > 1 || shared);
  if (place > 0)
    gtk_widget_remove_css_class (widget, "unranked");
  else
    gtk_widget_add_css_class (widget, "unranked");
}

/* --- Ways to move it. ------------------------------------------------------------------------ */

static void
act (GtkWidget *widget, const char *name, GVariant *target)
{
  static const struct
  {
    const char *name;
    DpopBallotRankMove move;
  } moves[] = {
    { "rank.up", DPOP_BALLOT_RANK_UP },     { "rank.down", DPOP_BALLOT_RANK_DOWN },
    { "rank.join", DPOP_BALLOT_RANK_JOIN }, { "rank.part", DPOP_BALLOT_RANK_PART },
    { "rank.drop", DPOP_BALLOT_RANK_DROP }, { "rank.first", DPOP_BALLOT_RANK_PUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (g_str_equal (name, moves[i].name))
      ask (DPOP_BALLOT_RANK_ROW (widget), moves[i].move, 1);
}

static void
act_put (GtkWidget *widget, const char *name, GVariant *target)
{
  ask (DPOP_BALLOT_RANK_ROW (widget), DPOP_BALLOT_RANK_PUT, g_variant_get_uint32 (target));
}

/* What is not ranked yet is ranked by the key that presses buttons. */
static void
act_rank (GtkWidget *widget, const char *name, GVariant *target)
{
  if (DPOP_BALLOT_RANK_ROW (widget)->place == 0)
    ask (DPOP_BALLOT_RANK_ROW (widget), DPOP_BALLOT_RANK_UP, 0);
}

static void
add_actions (GtkWidgetClass *klass)
{
  static const char *const names[]
      = { "rank.up", "rank.down", "rank.join", "rank.part", "rank.drop", "rank.first" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_class_install_action (klass, names[i], NULL, act);
  gtk_widget_class_install_action (klass, "rank.put", "u", act_put);
  gtk_widget_class_install_action (klass, "rank.rank", NULL, act_rank);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Up, GDK_ALT_MASK, "rank.up", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Down, GDK_ALT_MASK, "rank.down", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_equal, 0, "rank.join", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Delete, 0, "rank.drop", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Return, 0, "rank.rank", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Enter, 0, "rank.rank", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_space, 0, "rank.rank", NULL);
  for (guint i = 1; i <= 9; i++)
    {
      gtk_widget_class_add_binding_action (klass, GDK_KEY_0 + i, 0, "rank.put", "u", i);
      gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_0 + i, 0, "rank.put", "u", i);
    }
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, DpopBallotRankRow *self)
{
  if (self->place == 0)
    ask (self, DPOP_BALLOT_RANK_UP, 0);
}

/* --- Dragging. ------------------------------------------------------------------------------- */

static GdkContentProvider *
on_drag (GtkDragSource *source, double x, double y, DpopBallotRankRow *self)
{
  return gdk_content_provider_new_typed (DPOP_TYPE_BALLOT_RANK_ROW, self);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, DpopBallotRankRow *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 24, gtk_widget_get_height (GTK_WIDGET (self)) / 2);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
on_drag_end (GtkDragSource *source, GdkDrag *drag, gboolean moved, DpopBallotRankRow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, DpopBallotRankRow *self)
{
  DpopBallotRankRow *other = g_value_get_object (value);

  if (other == NULL || other == self
      || gtk_widget_get_parent (GTK_WIDGET (other)) != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;
  g_signal_emit (self, signals[DROPPED_ON], 0, other,
                 y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
  return TRUE;
}

static void
add_gestures (DpopBallotRankRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (DPOP_TYPE_BALLOT_RANK_ROW, GDK_ACTION_MOVE);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* --- The row. -------------------------------------------------------------------------------- */

static void
dpop_ballot_rank_row_dispose (GObject *object)
{
  DpopBallotRankRow *self = DPOP_BALLOT_RANK_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (dpop_ballot_rank_row_parent_class)->dispose (object);
}

static void
dpop_ballot_rank_row_finalize (GObject *object)
{
  g_free (DPOP_BALLOT_RANK_ROW (object)->name);
  G_OBJECT_CLASS (dpop_ballot_rank_row_parent_class)->finalize (object);
}

static void
dpop_ballot_rank_row_class_init (DpopBallotRankRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dpop_ballot_rank_row_dispose;
  object_class->finalize = dpop_ballot_rank_row_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ballotrank");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  add_actions (widget_class);
  signals[MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[DROPPED_ON]
      = g_signal_new ("dropped-on", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 2, DPOP_TYPE_BALLOT_RANK_ROW, G_TYPE_BOOLEAN);
}

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("To the First Place"), "rank.first");
  g_menu_append (menu, _("As Much Wanted as the One Above"), "rank.join");
  g_menu_append (menu, _("A Place of Its Own"), "rank.part");
  g_menu_append (menu, _("Do Not Rank"), "rank.drop");
  return G_MENU_MODEL (menu);
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
dpop_ballot_rank_row_init (DpopBallotRankRow *self)
{
  g_autoptr (GMenuModel) menu = new_menu ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->handle = g_object_new (GTK_TYPE_IMAGE, "icon-name", "list-drag-handle-symbolic",
                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (self->handle, "dim-label");
  self->number = g_object_new (GTK_TYPE_LABEL, "valign", GTK_ALIGN_CENTER, "accessible-role",
                               GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (self->number, "ballot-mark");
  gtk_widget_add_css_class (self->number, "numbers");
  self->up = new_button ("go-up-symbolic", "rank.up");
  self->down = new_button ("go-down-symbolic", "rank.down");
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  dpop_spoken_name_menu (GTK_MENU_BUTTON (self->menu));
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu, "flat");
  add_gestures (self);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
dpop_ballot_rank_row_new (guint option, const char *name, const char *description)
{
  DpopBallotRankRow *self = g_object_new (DPOP_TYPE_BALLOT_RANK_ROW, NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkBox *box = GTK_BOX (self->box);

  self->option = option;
  self->name = g_strdup (name);
  gtk_box_append (GTK_BOX (words), new_label (name, "ballot-name"));
  if (description != NULL && *description != '\0')
    {
      GtkWidget *more = new_label (description, "ballot-more");

      gtk_widget_add_css_class (more, "dim-label");
      gtk_box_append (GTK_BOX (words), more);
    }
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (box, self->handle);
  gtk_box_append (box, self->number);
  gtk_box_append (box, words);
  gtk_box_append (box, self->up);
  gtk_box_append (box, self->down);
  gtk_box_append (box, self->menu);
  name_widget (self->menu, g_strdup_printf (_("More about the place of %s"), name));
  dpop_ballot_rank_row_set_place (self, 0, 0, FALSE);
  return GTK_WIDGET (self);
}
