/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-announcement-private.h"

#include "dpop-avahi-private.h"
#include "dpop-interfaces.h"
#include "dpop-source.h"

#include <string.h>

#define MINUTE      60000     /* ms */
#define SOON        250       /* ms */
#define ATTEMPTS    8         /* a minute; then one */
#define ADDRESSES   24        /* an entry group holds 32 entries */

/* An entry group lives as long as the connection and is emptied and filled again for each change.
 * Calls of one connection are answered in order, so all that fills a group is sent at once, and
 * what went wrong with a part is heard before the answer to the commit. */
typedef struct
{
  DpopAnnouncement *announcement;
  gboolean asked;
  char *path; /* NULL until Avahi has made it */
  void (*fill) (DpopAnnouncement *self);
} Group;

struct _DpopAnnouncement
{
  GDBusConnection *connection;
  char *owner;
  char *instance;
  guint16 port;
  DpopAnnouncementHooks hooks;

  GCancellable *cancellable;
  guint server_signal;
  guint group_signal;
  int server; /* the state of Avahi's server; -1 until known */
  Group service;
  Group addresses;

  DpopInterfacesWatch *watch;
  GPtrArray *interfaces; /* those announced */

  GSource *again;
  guint attempts;      /* since */
  gint64 since;
};

static void fail       (DpopAnnouncement *self, gboolean taken);
static void make_group (DpopAnnouncement *self, Group *group);

static void
tell_group (DpopAnnouncement *self, Group *group, const char *method)
{
  dpop_avahi_tell (self->connection, self->owner, group->path, DPOP_AVAHI_GROUP, method, NULL);
}

/* --- What is said. ---------------------------------------------------------------------------- */

static char *
host_of (DpopAnnouncement *self)
{
  return g_strconcat (self->instance, "." DPOP_DISCOVERY_RECORD_DOMAIN, NULL);
}

static void
heard_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  DpopAnnouncement *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  name = g_dbus_error_get_remote_error (error);
  fail (self, g_strcmp0 (name, DPOP_AVAHI_COLLISION) == 0);
}

static void
fill_service (DpopAnnouncement *self)
{
  g_autofree char *host = host_of (self);
  GVariantBuilder txt;

  g_variant_builder_init (&txt, G_VARIANT_TYPE ("aay"));
  g_variant_builder_add_value (
      &txt, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, DPOP_DISCOVERY_RECORD_VERSION,
                                       strlen (DPOP_DISCOVERY_RECORD_VERSION), 1));
  tell_group (self, &self->service, "Reset");
  g_dbus_connection_call (self->connection, self->owner, self->service.path, DPOP_AVAHI_GROUP,
                          "AddService",
                          g_variant_new ("(iiussssqaay)", DPOP_AVAHI_ANY, DPOP_AVAHI_ANY, 0u,
                                         self->instance, DPOP_DISCOVERY_RECORD_TYPE,
                                         DPOP_DISCOVERY_RECORD_DOMAIN, host, self->port, &txt),
                          NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable,
                          heard_answer, self);
  tell_group (self, &self->service, "Commit");
}

/* The computer's own host name would be the same every day; this one is new with each name. Of the
 * IPv6 addresses only the link-local one is said: neighbours need no other, and others may hold a
 * number of the hardware. */
static void
fill_addresses (DpopAnnouncement *self)
{
  g_autofree char *host = host_of (self);
  guint count = 0;

  g_clear_pointer (&self->interfaces, g_ptr_array_unref);
  self->interfaces = dpop_interfaces_list ();
  tell_group (self, &self->addresses, "Reset");
  for (guint i = 0; i < self->interfaces->len && count < ADDRESSES; i++)
    {
      const DpopInterface *each = self->interfaces->pdata[i];
      gboolean ipv6 = g_inet_address_get_family (each->address) == G_SOCKET_FAMILY_IPV6;
      g_autofree char *text = g_inet_address_to_string (each->address);

      if (!each->shared || (ipv6 && !g_inet_address_get_is_link_local (each->address)))
        continue;
      dpop_avahi_tell (self->connection, self->owner, self->addresses.path, DPOP_AVAHI_GROUP,
                       "AddAddress",
                       g_variant_new ("(iiuss)", each->index,
                                      ipv6 ? DPOP_AVAHI_IPV6 : DPOP_AVAHI_IPV4,
                                      DPOP_AVAHI_NO_REVERSE, host, text));
      count++;
    }
  if (count > 0)
    tell_group (self, &self->addresses, "Commit");
}

/* Avahi does not notice that a cable was out, and neighbours may have forgotten the service
 * meanwhile, or never heard of it. */
static void
interfaces_changed (gpointer data)
{
  DpopAnnouncement *self = data;
  g_autoptr (GPtrArray) now = dpop_interfaces_list ();
  gboolean back;

  if (self->interfaces == NULL || dpop_interfaces_equal (now, self->interfaces))
    return;
  back = dpop_interfaces_came_back (self->interfaces, now);
  fill_addresses (self);
  if (back && self->service.path != NULL)
    fill_service (self);
}

/* --- After a failure. ------------------------------------------------------------------------- */

static gboolean
try_again (gpointer data)
{
  DpopAnnouncement *self = data;

  dpop_source_clear (&self->again);
  make_group (self, &self->addresses);
  make_group (self, &self->service);
  return G_SOURCE_REMOVE;
}

/* Somebody on the network may claim every name, and an administrator may have forbidden to announce
 * anything: neither makes work for more than a moment each minute. */
static void
fail (DpopAnnouncement *self, gboolean taken)
{
  gint64 now = g_get_monotonic_time () / 1000;

  self->hooks.say (FALSE, self->hooks.data);
  if (self->again != NULL)
    return;
  if (now - self->since >= MINUTE)
    {
      self->since = now;
      self->attempts = 0;
    }
  if (taken)
    {
      g_free (self->instance);
      self->instance = g_strdup (self->hooks.rename (self->hooks.data));
    }
  self->attempts++;
  dpop_source_after (&self->again, self->attempts < ATTEMPTS ? self->attempts * SOON : MINUTE,
                                  try_again, self);
}

/* --- Avahi's side. ---------------------------------------------------------------------------- */

static void
made_group (GObject *source, GAsyncResult *result, gpointer data)
{
  Group *group = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer == NULL)
    {
      group->asked = FALSE;
      fail (group->announcement, FALSE);
      return;
    }
  g_variant_get (answer, "(o)", &group->path);
  group->fill (group->announcement);
}

static void
make_group (DpopAnnouncement *self, Group *group)
{
  if (group->path != NULL)
    group->fill (self);
  else if (!group->asked)
    {
      group->asked = TRUE;
      g_dbus_connection_call (self->connection, self->owner, "/", DPOP_AVAHI_SERVER,
                              "EntryGroupNew", NULL, G_VARIANT_TYPE ("(o)"),
                              G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, made_group,
                              group);
    }
}

/* Avahi's server leaves and enters the running state when the computer's own name changes, and
 * wants to be told everything anew. */
static void
server_is (DpopAnnouncement *self, int state)
{
  if (state == self->server)
    return;
  self->server = state;
  if (state == DPOP_AVAHI_SERVER_RUNNING)
    {
      make_group (self, &self->addresses);
      make_group (self, &self->service);
    }
  else
    self->hooks.say (FALSE, self->hooks.data);
}

static void
heard_state (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  int state;

  if (answer == NULL)
    return;
  g_variant_get (answer, "(i)", &state);
  server_is (data, state);
}

static void
server_changed (GDBusConnection *connection, const char *sender, const char *path,
                const char *interface, const char *signal, GVariant *arguments, gpointer data)
{
  int state;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(is)")))
    return;
  g_variant_get (arguments, "(i&s)", &state, NULL);
  server_is (data, state);
}

static void
group_changed (GDBusConnection *connection, const char *sender, const char *path,
               const char *interface, const char *signal, GVariant *arguments, gpointer data)
{
  DpopAnnouncement *self = data;
  gboolean is_service = g_strcmp0 (path, self->service.path) == 0;
  int state;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(is)"))
      || (!is_service && g_strcmp0 (path, self->addresses.path) != 0))
    return;
  g_variant_get (arguments, "(i&s)", &state, NULL);
  if (state == DPOP_AVAHI_GROUP_TAKEN || (state == DPOP_AVAHI_GROUP_FAILED && is_service))
    fail (self, state == DPOP_AVAHI_GROUP_TAKEN);
  else if (is_service) /* A group whose service was refused is established as an empty one. */
    self->hooks.say (state == DPOP_AVAHI_GROUP_ESTABLISHED && self->again == NULL,
                     self->hooks.data);
}

DpopAnnouncement *
dpop_announcement_new (GDBusConnection *connection, const char *owner, const char *instance,
                       guint16 port, const DpopAnnouncementHooks *hooks)
{
  DpopAnnouncement *self = g_new0 (DpopAnnouncement, 1);

  self->connection = g_object_ref (connection);
  self->owner = g_strdup (owner);
  self->instance = g_strdup (instance);
  self->port = port;
  self->hooks = *hooks;
  self->cancellable = g_cancellable_new ();
  self->server = -1;
  self->service = (Group){ .announcement = self, .fill = fill_service };
  self->addresses = (Group){ .announcement = self, .fill = fill_addresses };
  self->since = g_get_monotonic_time () / 1000;
  self->watch = dpop_interfaces_watch_new (interfaces_changed, self);
  self->server_signal = g_dbus_connection_signal_subscribe (
      connection, owner, DPOP_AVAHI_SERVER, "StateChanged", NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, server_changed, self, NULL);
  self->group_signal = g_dbus_connection_signal_subscribe (
      connection, owner, DPOP_AVAHI_GROUP, "StateChanged", NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, group_changed, self, NULL);
  g_dbus_connection_call (connection, owner, "/", DPOP_AVAHI_SERVER, "GetState", NULL,
                          G_VARIANT_TYPE ("(i)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          self->cancellable, heard_state, self);
  return self;
}

void
dpop_announcement_set_instance (DpopAnnouncement *self, const char *instance)
{
  g_free (self->instance);
  self->instance = g_strdup (instance);
  if (self->server != DPOP_AVAHI_SERVER_RUNNING)
    return;
  if (self->addresses.path != NULL)
    fill_addresses (self);
  if (self->service.path != NULL)
    fill_service (self);
}

void
dpop_announcement_free (DpopAnnouncement *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_dbus_connection_signal_unsubscribe (self->connection, self->server_signal);
  g_dbus_connection_signal_unsubscribe (self->connection, self->group_signal);
  dpop_interfaces_watch_free (self->watch);
  dpop_source_clear (&self->again);
  g_clear_pointer (&self->interfaces, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  g_object_unref (self->connection);
  g_free (self->service.path);
  g_free (self->addresses.path);
  g_free (self->owner);
  g_free (self->instance);
  g_free (self);
}
