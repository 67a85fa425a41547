/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-page.h"

#include "dpop-page-layout-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *title;
  DpopSession *session;
  gboolean is_stale; /* something changed while it was off screen */

  GtkWidget *header;
  GtkWidget *heading;
  GtkWidget *back;
  GtkWidget *box;
  GtkWidget *content;
} DpopPagePrivate;

static void dpop_page_buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (DpopPage, dpop_page, ADW_TYPE_BIN,
                                  G_ADD_PRIVATE (DpopPage) G_IMPLEMENT_INTERFACE (
                                      GTK_TYPE_BUILDABLE, dpop_page_buildable_init))

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SESSION,
  PROP_SHOW_BACK,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static GtkBuildableIface *parent_buildable;

static DpopPagePrivate *
private_of (DpopPage *self)
{
  return dpop_page_get_instance_private (self);
}

const char *
dpop_page_get_title (DpopPage *self)
{
  return private_of (self)->title;
}

void
dpop_page_set_title (DpopPage *self, const char *title)
{
  DpopPagePrivate *priv = private_of (self);

  if (g_strcmp0 (priv->title, title) == 0)
    return;
  g_free (priv->title);
  priv->title = g_strdup (title);
  adw_window_title_set_title (ADW_WINDOW_TITLE (priv->heading), title != NULL ? title : "");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}

DpopSession *
dpop_page_get_session (DpopPage *self)
{
  return private_of (self)->session;
}

void
dpop_page_pack_end (DpopPage *self, GtkWidget *widget)
{
  adw_header_bar_pack_end (ADW_HEADER_BAR (private_of (self)->header), widget);
}

void
dpop_page_set_content (DpopPage *self, GtkWidget *content)
{
  DpopPagePrivate *priv = private_of (self);

  if (priv->content != NULL)
    gtk_box_remove (GTK_BOX (priv->box), priv->content);
  priv->content = content;
  if (content == NULL)
    return;
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (priv->box), content);
}

static gboolean
is_told (DpopPage *self)
{
  DpopSession *session = private_of (self)->session;

  return session == NULL || dpop_session_get_state (session) == DPOP_SESSION_OPEN;
}

void
dpop_page_refresh (DpopPage *self, DpopProjectorChanges *changes)
{
  if (!is_told (self))
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    private_of (self)->is_stale = TRUE;
  else if (DPOP_PAGE_GET_CLASS (self)->refresh != NULL)
    DPOP_PAGE_GET_CLASS (self)->refresh (self, changes);
}

void
dpop_page_search (DpopPage *self)
{
  if (DPOP_PAGE_GET_CLASS (self)->search != NULL)
    DPOP_PAGE_GET_CLASS (self)->search (self);
}

void
dpop_page_focus_first (DpopPage *self)
{
  DpopPagePrivate *priv = private_of (self);

  if (DPOP_PAGE_GET_CLASS (self)->focus_first != NULL)
    DPOP_PAGE_GET_CLASS (self)->focus_first (self);
  else if (priv->content == NULL || !gtk_widget_child_focus (priv->content, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

gboolean
dpop_page_leave (DpopPage *self)
{
  return DPOP_PAGE_GET_CLASS (self)->leave == NULL || DPOP_PAGE_GET_CLASS (self)->leave (self);
}

static void
dpop_page_map (GtkWidget *widget)
{
  DpopPage *self = DPOP_PAGE (widget);
  DpopPagePrivate *priv = private_of (self);

  GTK_WIDGET_CLASS (dpop_page_parent_class)->map (widget);
  if (!priv->is_stale)
    return;
  priv->is_stale = FALSE;
  dpop_page_refresh (self, NULL);
}

/* --- Templates. ------------------------------------------------------------------------------ */

static void
dpop_page_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child,
                     const char *type)
{
  DpopPage *self = DPOP_PAGE (buildable);
  DpopPagePrivate *priv = private_of (self);

  if (!GTK_IS_WIDGET (child) || priv->header == NULL)
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "start") == 0)
    adw_header_bar_pack_start (ADW_HEADER_BAR (priv->header), GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    adw_header_bar_pack_end (ADW_HEADER_BAR (priv->header), GTK_WIDGET (child));
  else if (g_strcmp0 (type, "title") == 0)
    adw_header_bar_set_title_widget (ADW_HEADER_BAR (priv->header), GTK_WIDGET (child));
  else
    dpop_page_set_content (self, GTK_WIDGET (child));
}

static void
dpop_page_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = dpop_page_add_child;
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DpopPage *self = DPOP_PAGE (object);
  DpopPagePrivate *priv = private_of (self);

  switch (id)
    {
    case PROP_TITLE:
      dpop_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    case PROP_SHOW_BACK:
      gtk_widget_set_visible (priv->back, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dpop_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DpopPagePrivate *priv = private_of (DPOP_PAGE (object));

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_SHOW_BACK:
      g_value_set_boolean (value, gtk_widget_get_visible (priv->back));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dpop_page_finalize (GObject *object)
{
  DpopPagePrivate *priv = private_of (DPOP_PAGE (object));

  g_free (priv->title);
  g_clear_object (&priv->session);
  G_OBJECT_CLASS (dpop_page_parent_class)->finalize (object);
}

static void
dpop_page_class_init (DpopPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = dpop_page_set_property;
  object_class->get_property = dpop_page_get_property;
  object_class->finalize = dpop_page_finalize;
  widget_class->map = dpop_page_map;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                           flags | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, DPOP_TYPE_SESSION,
                                             flags | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, DPOP_TYPE_PAGE_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dpop_page_init (DpopPage *self)
{
  DpopPagePrivate *priv = private_of (self);

  priv->heading = adw_window_title_new ("", "");
  priv->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->back), "win.back");
  gtk_widget_set_tooltip_text (priv->back, _("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Back"), -1);
  gtk_widget_set_visible (priv->back, FALSE);
  priv->header = adw_header_bar_new ();
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (priv->header), priv->heading);
  adw_header_bar_pack_start (ADW_HEADER_BAR (priv->header), priv->back);
  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (priv->box), priv->header);
  adw_bin_set_child (ADW_BIN (self), priv->box);
}
