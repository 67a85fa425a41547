/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-discovery.h"

#include "dpop-announcement-private.h"
#include "dpop-avahi-private.h"
#include "dpop-browser-private.h"
#include "dpop-source.h"

#define NAMES     16    /* own ones remembered: what is being withdrawn is no peer */
#define DELAY     1000  /* ms until the bus is tried again; doubled each time */
#define DELAY_MAX 60000

struct _DpopDiscovery
{
  GObject parent_instance;
  DpopRandom random;
  char *bus_address;

  gboolean started;
  guint16 port;
  GPtrArray *names; /* of this start, the current one last */
  DpopDiscoveryState state;
  GSource *notify;
  DpopBrowser *browser;

  /* A connection of our own: with it all that Avahi holds for us goes, a bus that ends does not end
   * the program, and nobody else's printers are heard. */
  GCancellable *cancellable;
  GDBusConnection *connection;
  gulong closed;
  guint name_watch;
  DpopAnnouncement *announcement;
  GSource *again;
  guint delay;
  gboolean mentioned; /* that there is no Avahi */
};

G_DEFINE_FINAL_TYPE (DpopDiscovery, dpop_discovery, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
};

static guint signals[3];

static void connect_bus (DpopDiscovery *self);

/* --- State and names. ------------------------------------------------------------------------- */

static gboolean
notify_state (gpointer data)
{
  g_autoptr (DpopDiscovery) self = g_object_ref (data);

  dpop_source_clear (&self->notify);
  g_object_notify (G_OBJECT (self), "state");
  return G_SOURCE_REMOVE;
}

/* The notification comes later, so that its handlers may call everything. */
static void
set_state (DpopDiscovery *self, DpopDiscoveryState state)
{
  if (state == self->state)
    return;
  self->state = state;
  if (self->notify == NULL)
    dpop_source_after (&self->notify, 0, notify_state, self);
}

static const char *
new_name (DpopDiscovery *self)
{
  if (self->names->len == NAMES)
    g_ptr_array_remove_index (self->names, 0);
  g_ptr_array_add (self->names, dpop_discovery_record_new_instance (self->random));
  return self->names->pdata[self->names->len - 1];
}

/* Whoever has the name that this one tried to take is a peer, and may have been passed over as this
 * one itself. */
static const char *
other_name (gpointer data)
{
  DpopDiscovery *self = data;

  g_ptr_array_remove_index (self->names, self->names->len - 1);
  dpop_browser_look_again (self->browser);
  return new_name (self);
}

static gboolean
is_own (const char *instance, gpointer data)
{
  DpopDiscovery *self = data;

  return g_ptr_array_find_with_equal_func (self->names, instance, g_str_equal, NULL);
}

static void
say (gboolean announced, gpointer data)
{
  set_state (data, announced ? DPOP_DISCOVERY_ANNOUNCED : DPOP_DISCOVERY_LOOKING);
}

static void
tell (DpopBrowserNews news, const char *instance, gpointer data)
{
  g_signal_emit (data, signals[news], 0, instance);
}

/* --- Avahi on the bus. ------------------------------------------------------------------------ */

static void
avahi_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer data)
{
  DpopDiscovery *self = data;
  DpopAnnouncementHooks hooks = { .rename = other_name, .say = say, .data = self };

  set_state (self, DPOP_DISCOVERY_LOOKING);
  dpop_browser_attach (self->browser, connection, owner);
  g_clear_pointer (&self->announcement, dpop_announcement_free);
  if (self->port != 0)
    self->announcement = dpop_announcement_new (connection, owner,
                                                dpop_discovery_get_instance (self), self->port,
                                                &hooks);
}

static void
mention_absence (DpopDiscovery *self)
{
  if (!self->mentioned)
    g_debug ("Avahi is not there: computers nearby are found once it starts");
  self->mentioned = TRUE;
}

static void
avahi_vanished (GDBusConnection *connection, const char *name, gpointer data)
{
  DpopDiscovery *self = data;

  mention_absence (self);
  g_clear_pointer (&self->announcement, dpop_announcement_free);
  dpop_browser_detach (self->browser);
  set_state (self, DPOP_DISCOVERY_ABSENT);
}

/* --- The bus. --------------------------------------------------------------------------------- */

static gboolean
connect_again (gpointer data)
{
  DpopDiscovery *self = data;

  dpop_source_clear (&self->again);
  connect_bus (self);
  return G_SOURCE_REMOVE;
}

static void
connect_later (DpopDiscovery *self)
{
  mention_absence (self);
  dpop_source_after (&self->again, self->delay, connect_again, self);
  self->delay = MIN (self->delay * 2, DELAY_MAX);
}

static void
leave_bus (DpopDiscovery *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->announcement, dpop_announcement_free);
  dpop_browser_detach (self->browser);
  if (self->connection == NULL)
    return;
  g_signal_handler_disconnect (self->connection, self->closed);
  g_bus_unwatch_name (self->name_watch);
  if (!g_dbus_connection_is_closed (self->connection))
    g_dbus_connection_close (self->connection, NULL, NULL, NULL);
  g_clear_object (&self->connection);
}

static void
bus_closed (GDBusConnection *connection, gboolean remote, GError *error, gpointer data)
{
  DpopDiscovery *self = data;

  leave_bus (self);
  set_state (self, DPOP_DISCOVERY_ABSENT);
  connect_later (self);
}

static void
connected_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  DpopDiscovery *self = data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL)
    {
      connect_later (self);
      return;
    }
  self->delay = DELAY;
  self->connection = connection;
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  self->closed = g_signal_connect (connection, "closed", G_CALLBACK (bus_closed), self);
  self->name_watch = g_bus_watch_name_on_connection (connection, DPOP_AVAHI_NAME,
                                                     G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                     avahi_appeared, avahi_vanished, self, NULL);
}

static void
connect_bus (DpopDiscovery *self)
{
  g_autofree char *address
      = self->bus_address != NULL ? g_strdup (self->bus_address)
                                  : g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);

  if (address == NULL)
    {
      connect_later (self);
      return;
    }
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, self->cancellable, connected_bus, self);
}

/* --- What is public. -------------------------------------------------------------------------- */

void
dpop_discovery_start (DpopDiscovery *self, guint16 port)
{
  DpopBrowserHooks hooks = { .is_own = is_own, .tell = tell, .data = self };

  g_return_if_fail (!self->started);

  self->started = TRUE;
  self->port = port;
  self->delay = DELAY;
  self->mentioned = FALSE;
  new_name (self);
  self->browser = dpop_browser_new (&hooks);
  set_state (self, DPOP_DISCOVERY_ABSENT);
  connect_bus (self);
}

void
dpop_discovery_stop (DpopDiscovery *self)
{
  if (!self->started)
    return;
  self->started = FALSE;
  leave_bus (self);
  dpop_source_clear (&self->again);
  g_clear_pointer (&self->browser, dpop_browser_free);
  g_ptr_array_set_size (self->names, 0);
  set_state (self, DPOP_DISCOVERY_STOPPED);
}

void
dpop_discovery_rotate (DpopDiscovery *self)
{
  const char *name;

  g_return_if_fail (self->started);

  name = new_name (self);
  if (self->announcement == NULL)
    return;
  set_state (self, DPOP_DISCOVERY_LOOKING);
  dpop_announcement_set_instance (self->announcement, name);
}

DpopDiscoveryState
dpop_discovery_get_state (DpopDiscovery *self)
{
  return self->state;
}

const char *
dpop_discovery_get_instance (DpopDiscovery *self)
{
  return self->names->len > 0 ? self->names->pdata[self->names->len - 1] : NULL;
}

GStrv
dpop_discovery_list_peers (DpopDiscovery *self)
{
  return self->browser != NULL ? dpop_browser_list_peers (self->browser) : g_new0 (char *, 1);
}

GPtrArray *
dpop_discovery_list_addresses (DpopDiscovery *self, const char *instance)
{
  return self->browser != NULL ? dpop_browser_list_addresses (self->browser, instance)
                               : g_ptr_array_new_with_free_func (g_object_unref);
}

DpopDiscovery *
dpop_discovery_new (DpopRandom random, const char *bus_address)
{
  DpopDiscovery *self = g_object_new (DPOP_TYPE_DISCOVERY, NULL);

  self->random = random;
  self->bus_address = g_strdup (bus_address);
  return self;
}

static void
get_property (GObject *object, guint number, GValue *value, GParamSpec *spec)
{
  if (number == PROP_STATE)
    g_value_set_uint (value, DPOP_DISCOVERY (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, number, spec);
}

static void
dispose (GObject *object)
{
  DpopDiscovery *self = DPOP_DISCOVERY (object);

  dpop_discovery_stop (self);
  dpop_source_clear (&self->notify);
  G_OBJECT_CLASS (dpop_discovery_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  DpopDiscovery *self = DPOP_DISCOVERY (object);

  g_ptr_array_unref (self->names);
  g_free (self->bus_address);
  G_OBJECT_CLASS (dpop_discovery_parent_class)->finalize (object);
}

static void
dpop_discovery_class_init (DpopDiscoveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[] = {
    [DPOP_BROWSER_APPEARED] = "appeared",
    [DPOP_BROWSER_CHANGED] = "changed",
    [DPOP_BROWSER_DISAPPEARED] = "disappeared",
  };

  object_class->get_property = get_property;
  object_class->dispose = dispose;
  object_class->finalize = finalize;
  /* DpopDiscoveryState */
  g_object_class_install_property (
      object_class, PROP_STATE,
      g_param_spec_uint ("state", NULL, NULL, DPOP_DISCOVERY_STOPPED, DPOP_DISCOVERY_ANNOUNCED,
                         DPOP_DISCOVERY_STOPPED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], DPOP_TYPE_DISCOVERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dpop_discovery_init (DpopDiscovery *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
}
