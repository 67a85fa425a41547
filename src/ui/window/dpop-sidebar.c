/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-sidebar.h"

#include "dpop-emblem.h"
#include "dpop-moment.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopSidebar
{
  AdwBin parent_instance;

  GtkWidget *emblem;
  GtkWidget *name;
  GtkWidget *own_name;
  GtkWidget *entries;
  GtkWidget *exchange;
  GtkWidget *exchange_icon;
  GtkWidget *exchange_title;
  GtkWidget *exchange_subtitle;
  GtkWidget *menu;
  DpopSession *session;
  gboolean alone;
  DpopPlace shown; /* whose row is selected while nobody walks through them */
};

G_DEFINE_FINAL_TYPE (DpopSidebar, dpop_sidebar, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ALONE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define PLACE_KEY "dpop-place"

/* --- Entries. -------------------------------------------------------------------------------- */

void
dpop_sidebar_add (DpopSidebar *self, DpopPlace place, const char *title, const char *icon)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *row = gtk_list_box_row_new ();

  g_return_if_fail (DPOP_IS_SIDEBAR (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data (G_OBJECT (row), PLACE_KEY, GUINT_TO_POINTER (place));
  gtk_list_box_append (GTK_LIST_BOX (self->entries), row);
}

static DpopPlace
place_of (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), PLACE_KEY));
}

static void
select_shown (DpopSidebar *self)
{
  GtkListBox *entries = GTK_LIST_BOX (self->entries);
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (entries);
  for (gint i = 0; (row = gtk_list_box_get_row_at_index (entries, i)) != NULL; i++)
    if (place_of (row) == self->shown)
      gtk_list_box_select_row (entries, row);
}

void
dpop_sidebar_select (DpopSidebar *self, DpopPlace place)
{
  g_return_if_fail (DPOP_IS_SIDEBAR (self));
  self->shown = place;
  select_shown (self);
}

void
dpop_sidebar_focus (DpopSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->entries));

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    gtk_widget_child_focus (self->entries, GTK_DIR_TAB_FORWARD);
}

static void
on_row_activated (GtkListBox *entries, GtkListBoxRow *row, DpopSidebar *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, (guint) place_of (row));
}

static void
on_exchange_clicked (GtkButton *button, DpopSidebar *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, (guint) DPOP_PLACE_EXCHANGE);
}

/* --- What is said of the organisation. ------------------------------------------------------- */

static char *
exchange_sentence (const DpopSessionInfo *info)
{
  g_autofree char *when = NULL;

  if (info->shared.fault != NULL)
    return g_strdup (_("The folder cannot be used"));
  if (info->figures.open > 0)
    return g_strdup_printf (ngettext ("%u entry not yet confirmed", "%u entries not yet confirmed",
                                      info->figures.open),
                            info->figures.open);
  if (info->figures.confirmed_at == 0)
    return g_strdup (_("Nothing confirmed yet"));
  when = dpop_moment_now (info->figures.confirmed_at);
  /* Translators: %s is a time, such as "today, 14:02". */
  return g_strdup_printf (_("All confirmed, last %s"), when);
}

static char *
exchange_way (const DpopSessionInfo *info, const char **icon)
{
  const guint connected = info->network != NULL ? info->network->peers->len : 0;

  *icon = "network-transmit-receive-symbolic";
  if (connected > 0)
    return g_strdup_printf (ngettext ("Connected to %u computer", "Connected to %u computers",
                                      connected),
                            connected);
  *icon = info->shared.path != NULL ? "folder-remote-symbolic" : "media-removable-symbolic";
  return g_strdup (info->shared.path != NULL ? _("By shared folder") : _("By transfer file"));
}

static void
show_info (DpopSidebar *self)
{
  const DpopSessionInfo *info = self->session != NULL ? dpop_session_get_info (self->session)
                                                      : NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *way = NULL;
  const char *icon;

  if (info == NULL)
    return;
  sentence = exchange_sentence (info);
  dpop_emblem_set (DPOP_EMBLEM (self->emblem), info->name, &info->figures.party);
  gtk_label_set_label (GTK_LABEL (self->name), info->name != NULL ? info->name : "");
  gtk_label_set_label (GTK_LABEL (self->own_name), info->own_name != NULL ? info->own_name : "");
  gtk_widget_set_visible (self->own_name, info->own_name != NULL);
  way = exchange_way (info, &icon);
  gtk_label_set_label (GTK_LABEL (self->exchange_title), way);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->exchange_icon), icon);
  gtk_label_set_label (GTK_LABEL (self->exchange_subtitle), sentence);
  whole = g_strdup_printf ("%s. %s. %s.", _("Exchange"), way, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->exchange), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  whole, -1);
}

/* Locked, nobody can find out of whom it spoke. */
static void
forget_info (DpopSidebar *self)
{
  GtkWidget *const labels[]
      = { self->name, self->own_name, self->exchange_title, self->exchange_subtitle };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_label (GTK_LABEL (labels[i]), "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->exchange), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Exchange"), -1);
}

void
dpop_sidebar_set_session (DpopSidebar *self, DpopSession *session)
{
  g_return_if_fail (DPOP_IS_SIDEBAR (self));
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      forget_info (self);
    }
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_swapped (session, "notify::info", G_CALLBACK (show_info), self);
  show_info (self);
}

static void
dpop_sidebar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ALONE)
    DPOP_SIDEBAR (object)->alone = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dpop_sidebar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ALONE)
    g_value_set_boolean (value, DPOP_SIDEBAR (object)->alone);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dpop_sidebar_dispose (GObject *object)
{
  dpop_sidebar_set_session (DPOP_SIDEBAR (object), NULL);
  G_OBJECT_CLASS (dpop_sidebar_parent_class)->dispose (object);
}

static void
dpop_sidebar_class_init (DpopSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = dpop_sidebar_set_property;
  G_OBJECT_CLASS (klass)->get_property = dpop_sidebar_get_property;
  G_OBJECT_CLASS (klass)->dispose = dpop_sidebar_dispose;
  props[PROP_ALONE] = g_param_spec_boolean ("alone", NULL, NULL, FALSE,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  g_type_ensure (DPOP_TYPE_EMBLEM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dpop/Dpop/dpop-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopSidebar, emblem);
  gtk_widget_class_bind_template_child (widget_class, DpopSidebar, name);
  gtk_widget_class_bind_template_child (widget_class, DpopSidebar, own_name);
  gtk_widget_class_bind_template_child (widget_class, DpopSidebar, entries);
  gtk_widget_class_bind_template_child (widget_class, DpopSidebar, exchange);
  gtk_widget_class_bind_template_child (widget_class, DpopSidebar, exchange_icon);
  gtk_widget_class_bind_template_child (widget_class, DpopSidebar, exchange_title);
  gtk_widget_class_bind_template_child (widget_class, DpopSidebar, exchange_subtitle);
  gtk_widget_class_bind_template_child (widget_class, DpopSidebar, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_exchange_clicked);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
dpop_sidebar_init (DpopSidebar *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* The arrows select rows on their way, without going there. */
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (select_shown), self);
  gtk_widget_add_controller (self->entries, focus);
  dpop_spoken_name_menu (GTK_MENU_BUTTON (self->menu));
}
