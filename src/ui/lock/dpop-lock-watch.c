/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-lock-watch.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define LOGIN_NAME    "org.freedesktop.login1"
#define LOGIN_PATH    "/org/freedesktop/login1"
#define LOGIN_MANAGER "org.freedesktop.login1.Manager"
#define LOGIN_SESSION "org.freedesktop.login1.Session"

/* How often it is looked whether time is over: a lock may come so much later. */
#define LOOK_SECONDS 10

struct _DpopLockWatch
{
  GObject parent_instance;

  GtkWidget *window;      /* weak */
  DpopSession *session;   /* NULL: nothing to lock */
  gint64 touched;         /* monotonic, in microseconds */
  guint timer;
  GDBusConnection *bus;   /* of the system; NULL: there is none */
  guint sleep_signal, lock_signal;
  gint inhibitor;         /* a file descriptor that delays sleep; -1: none */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (DpopLockWatch, dpop_lock_watch, G_TYPE_OBJECT)

enum
{
  LOCK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
ask_to_lock (DpopLockWatch *self)
{
  if (self->session != NULL && dpop_session_get_state (self->session) == DPOP_SESSION_OPEN)
    g_signal_emit (self, signals[LOCK], 0);
  else
    dpop_lock_watch_done (self);
}

/* --- Nobody there. --------------------------------------------------------------------------- */

static gboolean
on_look (gpointer data)
{
  DpopLockWatch *self = data;
  const DpopSessionInfo *info = dpop_session_get_info (self->session);
  const gint64 idle = (g_get_monotonic_time () - self->touched) / G_USEC_PER_SEC;

  if (info != NULL && info->idle_minutes > 0 && idle >= (gint64) info->idle_minutes * 60)
    ask_to_lock (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, DpopLockWatch *self)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_MOTION_NOTIFY:
    case GDK_BUTTON_PRESS:
    case GDK_KEY_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCHPAD_SWIPE:
    case GDK_TOUCHPAD_PINCH:
      self->touched = g_get_monotonic_time ();
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
watch_window (DpopLockWatch *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (on_event), self, 0);
  gtk_widget_add_controller (self->window, controller);
}

/* --- Sleep, and the lock of the screen. ------------------------------------------------------ */

static void
on_inhibited (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopLockWatch) self = data;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_with_unix_fd_list_finish (
      G_DBUS_CONNECTION (source), &list, result, NULL);
  gint32 handle;

  if (answer == NULL || list == NULL || self->inhibitor >= 0)
    return;
  g_variant_get (answer, "(h)", &handle);
  self->inhibitor = g_unix_fd_list_get (list, handle, NULL);
}

/* Without it the machine sleeps at once, with the keys in its memory. */
static void
delay_sleep (DpopLockWatch *self)
{
  if (self->bus == NULL || self->inhibitor >= 0)
    return;
  g_dbus_connection_call_with_unix_fd_list (
      self->bus, LOGIN_NAME, LOGIN_PATH, LOGIN_MANAGER, "Inhibit",
      g_variant_new ("(ssss)", "sleep", "DPOP", _("Locking before the computer sleeps"), "delay"),
      G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->cancellable,
      on_inhibited, g_object_ref (self));
}

void
dpop_lock_watch_done (DpopLockWatch *self)
{
  g_return_if_fail (DPOP_IS_LOCK_WATCH (self));
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

static void
on_sleep (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
          const char *name, GVariant *parameters, gpointer data)
{
  DpopLockWatch *self = data;
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (begins)
    ask_to_lock (self);
  else if (self->session != NULL)
    delay_sleep (self);
}

static void
on_screen_locked (GDBusConnection *bus, const char *sender, const char *path,
                  const char *interface, const char *name, GVariant *parameters, gpointer data)
{
  ask_to_lock (data);
}

static void
on_own_session (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopLockWatch) self = data;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  const char *path;

  if (answer == NULL || self->bus == NULL)
    return;
  g_variant_get (answer, "(&o)", &path);
  self->lock_signal = g_dbus_connection_signal_subscribe (
      self->bus, LOGIN_NAME, LOGIN_SESSION, "Lock", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_screen_locked, self, NULL);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopLockWatch) self = data;
  GDBusConnection *bus = g_bus_get_finish (result, NULL);

  if (bus == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_object (&bus);
      return;
    }
  self->bus = bus;
  self->sleep_signal = g_dbus_connection_signal_subscribe (
      bus, LOGIN_NAME, LOGIN_MANAGER, "PrepareForSleep", LOGIN_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_sleep, self, NULL);
  g_dbus_connection_call (bus, LOGIN_NAME, LOGIN_PATH, LOGIN_MANAGER, "GetSessionByPID",
                          g_variant_new ("(u)", (guint32) getpid ()), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_own_session,
                          g_object_ref (self));
  if (self->session != NULL)
    delay_sleep (self);
}

/* --- The watch. ------------------------------------------------------------------------------ */

void
dpop_lock_watch_set_session (DpopLockWatch *self, DpopSession *session)
{
  g_return_if_fail (DPOP_IS_LOCK_WATCH (self));
  g_clear_handle_id (&self->timer, g_source_remove);
  g_set_object (&self->session, session);
  self->touched = g_get_monotonic_time ();
  if (session == NULL)
    return;
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
  delay_sleep (self);
}

static void
dpop_lock_watch_dispose (GObject *object)
{
  DpopLockWatch *self = DPOP_LOCK_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  dpop_lock_watch_set_session (self, NULL);
  dpop_lock_watch_done (self);
  if (self->sleep_signal != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->sleep_signal);
  if (self->lock_signal != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->lock_signal);
  self->sleep_signal = self->lock_signal = 0;
  g_clear_object (&self->bus);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (dpop_lock_watch_parent_class)->dispose (object);
}

static void
dpop_lock_watch_finalize (GObject *object)
{
  g_object_unref (DPOP_LOCK_WATCH (object)->cancellable);
  G_OBJECT_CLASS (dpop_lock_watch_parent_class)->finalize (object);
}

static void
dpop_lock_watch_class_init (DpopLockWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dpop_lock_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_lock_watch_finalize;
  signals[LOCK] = g_signal_new ("lock", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
dpop_lock_watch_init (DpopLockWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->inhibitor = -1;
}

DpopLockWatch *
dpop_lock_watch_new (GtkWidget *window)
{
  DpopLockWatch *self = g_object_new (DPOP_TYPE_LOCK_WATCH, NULL);

  g_set_weak_pointer (&self->window, window);
  watch_window (self);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus, g_object_ref (self));
  return self;
}
