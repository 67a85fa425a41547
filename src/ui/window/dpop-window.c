/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-window.h"

#include "dpop-lock-watch.h"
#include "dpop-pager.h"
#include "dpop-practice-bar.h"
#include "dpop-shell.h"
#include "dpop-sidebar.h"
#include "dpop-spoken-name.h"
#include "dpop-way-in.h"
#include "dpop-window-pages-private.h"
#include "dpop-window-trail-private.h"

#include <glib/gi18n-lib.h>

#define STATUS_SECONDS 10

struct _DpopWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GListModel *toasts_shown; /* what lies in the overlay */
  GtkStack *modes;
  DpopWayIn *start;
  DpopPracticeBar *practice;
  AdwLeaflet *leaflet;
  DpopSidebar *sidebar;
  DpopPager *pager;
  GtkWidget *status;

  DpopSession *session; /* NULL before a profile was chosen */
  DpopNetwork *network; /* NULL: none */
  DpopPlace section;    /* the sidebar's, that is shown */
  DpopWindowTrail *trail;
  GArray *left_at;      /* of DpopWindowStop: where they were when it was locked; or NULL */
  DpopLockWatch *watch;
  char *file;           /* handed over while it was locked; NULL: none */
  guint status_timer;
  GPtrArray *said;      /* toasts that are shown, or wait for it */
};

static void dpop_window_shell_init (DpopShellInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DpopWindow, dpop_window, ADW_TYPE_APPLICATION_WINDOW,
                               G_IMPLEMENT_INTERFACE (DPOP_TYPE_SHELL, dpop_window_shell_init))

static gboolean
is_main (DpopWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->modes), "main") == 0;
}

static DpopPager *
current_pager (DpopWindow *self)
{
  return is_main (self) ? self->pager : dpop_way_in_get_pager (self->start);
}

static void
enable_actions (DpopWindow *self)
{
  static const char *const only_open[] = { "win.lock", "win.preferences", "win.place" };

  for (guint i = 0; i < G_N_ELEMENTS (only_open); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), only_open[i], is_main (self));
}

/* --- Saying things. -------------------------------------------------------------------------- */

static gboolean
on_status_old (gpointer data)
{
  DpopWindow *self = data;

  self->status_timer = 0;
  gtk_widget_set_visible (self->status, FALSE);
  gtk_label_set_label (GTK_LABEL (self->status), "");
  return G_SOURCE_REMOVE;
}

static void
dpop_window_announce (DpopShell *shell, const char *text)
{
  DpopWindow *self = DPOP_WINDOW (shell);

  g_clear_handle_id (&self->status_timer, g_source_remove);
  gtk_label_set_label (GTK_LABEL (self->status), text);
  gtk_widget_set_visible (self->status, TRUE);
  self->status_timer = g_timeout_add_seconds (STATUS_SECONDS, on_status_old, self);
}

/* In libadwaita 1.2 the button that closes a toast has no name, and the other's is read twice. */
static void
name_buttons (GtkWidget *widget)
{
  const char *label;

  if (!GTK_IS_BUTTON (widget))
    {
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        name_buttons (child);
      return;
    }
  label = gtk_button_get_label (GTK_BUTTON (widget));
  dpop_spoken_name_set (widget, label != NULL ? label : _("Close"));
}

static void
on_toasts_shown (GListModel *shown, guint position, guint removed, guint added, DpopWindow *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (shown, i);

      if (widget != adw_toast_overlay_get_child (self->toasts))
        name_buttons (widget);
    }
}

static void
on_toast_gone (AdwToast *toast, DpopWindow *self)
{
  g_ptr_array_remove (self->said, toast);
}

static void
dpop_window_toast (DpopShell *shell, AdwToast *toast)
{
  DpopWindow *self = DPOP_WINDOW (shell);

  g_ptr_array_add (self->said, g_object_ref (toast));
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_toast_gone), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* What was said of an organisation goes with it, and so does what it was asked. */
static void
fall_silent (DpopWindow *self)
{
  g_autoptr (GPtrArray) said = g_steal_pointer (&self->said);
  GList *windows = gtk_window_list_toplevels ();

  self->said = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < said->len; i++)
    adw_toast_dismiss (said->pdata[i]);
  if (self->status_timer != 0)
    {
      g_clear_handle_id (&self->status_timer, g_source_remove);
      on_status_old (self);
    }
  /* One that closes may take others along. */
  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (self))
      gtk_window_close (l->data);
  g_list_free_full (windows, g_object_unref);
}

/* --- Going places. --------------------------------------------------------------------------- */

static void
show_content (DpopWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pager));
}

/* A section replaces all that was shown; chosen again it leads back to its first page. */
static void
go_section (DpopWindow *self, DpopPlace place)
{
  DpopPage *page;

  if (!dpop_pager_leave (self->pager))
    {
      dpop_sidebar_select (self->sidebar, self->section);
      return;
    }
  page = dpop_window_pages_new (self->session, place, NULL, NULL);
  if (page == NULL)
    return;
  self->section = place;
  dpop_pager_set_root (self->pager, page);
  dpop_window_trail_note (self->trail, 1, place, NULL, NULL);
  dpop_sidebar_select (self->sidebar, place);
  show_content (self);
}

static void
dpop_window_go (DpopShell *shell, DpopPlace place, const CosmicId *id, const char *topic)
{
  DpopWindow *self = DPOP_WINDOW (shell);
  DpopPage *page;

  if (is_main (self) && dpop_window_pages_is_section (place))
    {
      go_section (self, place);
      dpop_page_focus_first (dpop_pager_get_visible (self->pager));
      return;
    }
  page = dpop_window_pages_new (self->session, place, id, topic);
  if (page == NULL)
    return;
  dpop_pager_push (current_pager (self), page);
  if (!is_main (self))
    return;
  dpop_window_trail_note (self->trail, dpop_pager_get_depth (self->pager), place, id, topic);
  show_content (self);
}

static void
dpop_window_push (DpopShell *shell, DpopPage *page)
{
  DpopWindow *self = DPOP_WINDOW (shell);

  dpop_pager_push (current_pager (self), page);
  if (is_main (self))
    show_content (self);
}

/* Back goes down the pages; from the lowest, where the window is narrow, to the sidebar. */
static void
go_back (DpopWindow *self)
{
  if (dpop_pager_get_depth (current_pager (self)) > 1)
    {
      dpop_pager_pop (current_pager (self));
      if (is_main (self))
        dpop_window_trail_cut (self->trail, dpop_pager_get_depth (self->pager));
    }
  else if (is_main (self) && adw_leaflet_get_folded (self->leaflet)
           && adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK))
    dpop_sidebar_focus (self->sidebar);
}

static void
dpop_window_pop (DpopShell *shell)
{
  go_back (DPOP_WINDOW (shell));
}

static gboolean
dpop_window_has (DpopShell *shell, DpopPlace place)
{
  return dpop_window_pages_has (place);
}

static void
dpop_window_shell_init (DpopShellInterface *iface)
{
  iface->toast = dpop_window_toast;
  iface->announce = dpop_window_announce;
  iface->push = dpop_window_push;
  iface->pop = dpop_window_pop;
  iface->go = dpop_window_go;
  iface->has = dpop_window_has;
}

static void
on_chosen (DpopSidebar *sidebar, guint place, DpopWindow *self)
{
  dpop_window_go (DPOP_SHELL (self), place, NULL, NULL);
}

static void
on_folded (AdwLeaflet *leaflet, GParamSpec *pspec, DpopWindow *self)
{
  dpop_pager_set_root_back (self->pager, adw_leaflet_get_folded (leaflet));
}

/* --- Sessions. ------------------------------------------------------------------------------- */

static void
show_title (DpopWindow *self)
{
  const DpopSessionInfo *info = self->session != NULL ? dpop_session_get_info (self->session)
                                                      : NULL;

  gtk_window_set_title (GTK_WINDOW (self),
                        info != NULL && info->name != NULL ? info->name : "DPOP");
}

static void
on_changed (DpopSession *session, DpopProjectorChanges *changes, DpopWindow *self)
{
  dpop_pager_refresh (self->pager, changes);
}

/* To where they were when it was locked, as far as that is still there. */
static void
go_back_there (DpopWindow *self)
{
  g_autoptr (GArray) stops = g_steal_pointer (&self->left_at);

  for (guint i = 0; stops != NULL && i < stops->len; i++)
    {
      const DpopWindowStop *stop = &g_array_index (stops, DpopWindowStop, i);

      dpop_window_go (DPOP_SHELL (self), stop->place, stop->has_id ? &stop->id : NULL,
                      stop->topic);
    }
  if (dpop_pager_get_visible (self->pager) == NULL)
    go_section (self, dpop_window_pages_first ());
}

static void
show_main (DpopWindow *self)
{
  dpop_sidebar_set_session (self->sidebar, self->session);
  dpop_practice_bar_set_session (self->practice, self->session);
  gtk_stack_set_visible_child_name (self->modes, "main");
  enable_actions (self);
  show_title (self);
  go_back_there (self);
  dpop_page_focus_first (dpop_pager_get_visible (self->pager));
}

/* Nothing that was shown stays in memory's reach while it is locked. */
static void
hide_main (DpopWindow *self)
{
  fall_silent (self);
  gtk_stack_set_visible_child_name (self->modes, "start");
  dpop_sidebar_set_session (self->sidebar, NULL);
  dpop_practice_bar_set_session (self->practice, NULL);
  dpop_pager_clear (self->pager);
  enable_actions (self);
  show_title (self);
}

static void
take_session (DpopWindow *self, DpopSession *session)
{
  dpop_lock_watch_set_session (self->watch, session);
  if (self->session == session)
    return;
  g_clear_pointer (&self->left_at, g_array_unref);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  dpop_session_set_network (session, self->network);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (session, "notify::info", G_CALLBACK (show_title), self,
                           G_CONNECT_SWAPPED);
}

/* --- Files. ---------------------------------------------------------------------------------- */

static void
take_file (DpopWindow *self)
{
  g_autofree char *path = g_steal_pointer (&self->file);
  DpopPage *page;

  if (path == NULL)
    return;
  dpop_window_go (DPOP_SHELL (self), DPOP_PLACE_EXCHANGE, NULL, NULL);
  page = dpop_pager_get_visible (self->pager);
  if (page != NULL)
    dpop_window_pages_take_file (page, path);
}

void
dpop_window_open_file (DpopWindow *self, const char *path)
{
  g_return_if_fail (DPOP_IS_WINDOW (self));
  if (!is_main (self) && dpop_way_in_take_in (self->start, path))
    return;
  g_free (self->file);
  self->file = g_strdup (path);
  if (is_main (self))
    take_file (self);
  else
    dpop_shell_toast (GTK_WIDGET (self), _("The file is taken in as soon as you have unlocked."));
}

void
dpop_window_join_file (DpopWindow *self, const char *path)
{
  g_return_if_fail (DPOP_IS_WINDOW (self));
  hide_main (self);
  dpop_way_in_show_join (self->start, path);
}

/* --- The way in. ----------------------------------------------------------------------------- */

static void
on_session (DpopWayIn *start, DpopSession *session, DpopWindow *self)
{
  take_session (self, session);
  show_title (self);
}

static void
on_ready (DpopWayIn *start, DpopWindow *self)
{
  show_main (self);
  dpop_way_in_clear (start);
  take_file (self);
}

static void
on_practice_end (DpopPracticeBar *bar, DpopWindow *self)
{
  g_autoptr (DpopSession) session = g_object_ref (self->session);

  hide_main (self);
  dpop_way_in_end_practice (self->start, session);
}

void
dpop_window_show_welcome (DpopWindow *self)
{
  g_return_if_fail (DPOP_IS_WINDOW (self));
  hide_main (self);
  dpop_way_in_show_welcome (self->start);
}

void
dpop_window_unlock_folder (DpopWindow *self, const char *folder)
{
  g_autoptr (DpopSession) session = dpop_session_new (folder);

  g_return_if_fail (DPOP_IS_WINDOW (self));
  hide_main (self);
  dpop_way_in_show_unlock (self->start, session);
}

const char *
dpop_window_get_folder (DpopWindow *self)
{
  g_return_val_if_fail (DPOP_IS_WINDOW (self), NULL);
  return self->session != NULL ? dpop_session_get_folder (self->session) : NULL;
}

/* --- Actions. -------------------------------------------------------------------------------- */

static void
on_locked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopWindow) self = data;

  dpop_session_close_finish (DPOP_SESSION (source), result, NULL);
  if (self->watch != NULL)
    dpop_lock_watch_done (self->watch);
}

/* What is being typed is a draft already; pages are not asked. But where the session is closed, a
 * page had to do that: it locks when it cannot open it again, and not before. */
static void
lock (DpopWindow *self)
{
  const DpopSessionState state = self->session != NULL ? dpop_session_get_state (self->session)
                                                       : DPOP_SESSION_CLOSED;
  g_autoptr (GArray) stops = NULL;

  if (state == DPOP_SESSION_OPENING
      || (state == DPOP_SESSION_CLOSED && (!is_main (self) || !dpop_pager_leave (self->pager))))
    return;
  stops = is_main (self) ? dpop_window_trail_take (self->trail) : NULL;
  if (state == DPOP_SESSION_OPEN)
    dpop_session_close_async (self->session, on_locked, g_object_ref (self));
  hide_main (self);
  dpop_way_in_show_unlock (self->start, self->session);
  if (self->session != NULL)
    self->left_at = g_steal_pointer (&stops);
}

static void
act_lock (GtkWidget *widget, const char *name, GVariant *target)
{
  lock (DPOP_WINDOW (widget));
}

static void
act_back (GtkWidget *widget, const char *name, GVariant *target)
{
  go_back (DPOP_WINDOW (widget));
}

static void
act_search (GtkWidget *widget, const char *name, GVariant *target)
{
  DpopPage *page = dpop_pager_get_visible (current_pager (DPOP_WINDOW (widget)));

  if (page != NULL)
    dpop_page_search (page);
}

static void
act_preferences (GtkWidget *widget, const char *name, GVariant *target)
{
  dpop_window_go (DPOP_SHELL (widget), DPOP_PLACE_PREFERENCES, NULL, NULL);
}

static void
act_help (GtkWidget *widget, const char *name, GVariant *target)
{
  dpop_window_go (DPOP_SHELL (widget), DPOP_PLACE_HELP, NULL, NULL);
}

static void
act_place (GtkWidget *widget, const char *name, GVariant *target)
{
  dpop_window_go (DPOP_SHELL (widget), g_variant_get_uint32 (target), NULL, NULL);
}

static void
add_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.lock", NULL, act_lock);
  gtk_widget_class_install_action (klass, "win.back", NULL, act_back);
  gtk_widget_class_install_action (klass, "win.search", NULL, act_search);
  gtk_widget_class_install_action (klass, "win.preferences", NULL, act_preferences);
  gtk_widget_class_install_action (klass, "win.help", NULL, act_help);
  gtk_widget_class_install_action (klass, "win.place", "u", act_place);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_l, GDK_CONTROL_MASK, "win.lock", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_comma, GDK_CONTROL_MASK, "win.preferences",
                                       NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F1, 0, "win.help", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Back, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  for (guint i = 0; i < dpop_window_pages_n_sections (); i++)
    gtk_widget_class_add_binding_action (klass, GDK_KEY_1 + i, GDK_ALT_MASK, "win.place", "u",
                                         dpop_window_pages_nth_section (i));
}

/* --- The window. ----------------------------------------------------------------------------- */

static gboolean
dpop_window_close_request (GtkWindow *window)
{
  DpopWindow *self = DPOP_WINDOW (window);

  if (!dpop_pager_leave (current_pager (self)))
    return TRUE;
  if (self->session != NULL)
    dpop_session_save_drafts (self->session);
  return GTK_WINDOW_CLASS (dpop_window_parent_class)->close_request (window);
}

static void
dpop_window_dispose (GObject *object)
{
  DpopWindow *self = DPOP_WINDOW (object);

  g_clear_handle_id (&self->status_timer, g_source_remove);
  g_clear_pointer (&self->network, dpop_network_unref);
  g_clear_object (&self->toasts_shown);
  if (self->watch != NULL)
    take_session (self, NULL);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->left_at, g_array_unref);
  g_clear_pointer (&self->trail, dpop_window_trail_free);
  G_OBJECT_CLASS (dpop_window_parent_class)->dispose (object);
}

static void
dpop_window_finalize (GObject *object)
{
  g_ptr_array_unref (DPOP_WINDOW (object)->said);
  g_free (DPOP_WINDOW (object)->file);
  G_OBJECT_CLASS (dpop_window_parent_class)->finalize (object);
}

static void
dpop_window_class_init (DpopWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dpop_window_close_request;
  g_type_ensure (DPOP_TYPE_PAGER);
  g_type_ensure (DPOP_TYPE_PRACTICE_BAR);
  g_type_ensure (DPOP_TYPE_SIDEBAR);
  g_type_ensure (DPOP_TYPE_WAY_IN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dpop/Dpop/dpop-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DpopWindow, modes);
  gtk_widget_class_bind_template_child (widget_class, DpopWindow, start);
  gtk_widget_class_bind_template_child (widget_class, DpopWindow, practice);
  gtk_widget_class_bind_template_child (widget_class, DpopWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DpopWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, DpopWindow, pager);
  gtk_widget_class_bind_template_child (widget_class, DpopWindow, status);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_practice_end);
  gtk_widget_class_bind_template_callback (widget_class, on_ready);
  gtk_widget_class_bind_template_callback (widget_class, on_session);
  add_actions (widget_class);
}

static void
dpop_window_init (DpopWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  self->toasts_shown = gtk_widget_observe_children (GTK_WIDGET (self->toasts));
  g_signal_connect_object (self->toasts_shown, "items-changed", G_CALLBACK (on_toasts_shown),
                           self, 0);
  self->said = g_ptr_array_new_with_free_func (g_object_unref);
  self->trail = dpop_window_trail_new ();
  self->watch = dpop_lock_watch_new (GTK_WIDGET (self));
  g_signal_connect_object (self->watch, "lock", G_CALLBACK (lock), self, G_CONNECT_SWAPPED);
  dpop_window_pages_fill (self->sidebar);
  enable_actions (self);
}

GtkWidget *
dpop_window_new (GtkApplication *application, DpopNetwork *network)
{
  DpopWindow *self = g_object_new (DPOP_TYPE_WINDOW, "application", application, NULL);

  self->network = network != NULL ? dpop_network_ref (network) : NULL;
  return GTK_WIDGET (self);
}
