/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stand-in-avahi.h"

#include <glib/gstdio.h>
#include <string.h>

#define NAME "org.freedesktop.Avahi"

static const char introspection[]
    = "<node>"
      "<interface name='org.freedesktop.Avahi.Server'>"
      "<method name='GetState'><arg type='i' direction='out'/></method>"
      "<method name='EntryGroupNew'><arg type='o' direction='out'/></method>"
      "<method name='ServiceBrowserNew'><arg type='i' direction='in'/>"
      "<arg type='i' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='o' direction='out'/></method>"
      "<method name='ServiceResolverNew'><arg type='i' direction='in'/>"
      "<arg type='i' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='i' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='o' direction='out'/></method>"
      "</interface>"
      "<interface name='org.freedesktop.Avahi.EntryGroup'>"
      "<method name='Reset'/><method name='Commit'/><method name='Free'/>"
      "<method name='AddService'><arg type='i' direction='in'/><arg type='i' direction='in'/>"
      "<arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='q' direction='in'/>"
      "<arg type='aay' direction='in'/></method>"
      "<method name='AddAddress'><arg type='i' direction='in'/><arg type='i' direction='in'/>"
      "<arg type='u' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/></method>"
      "</interface>"
      "<interface name='org.freedesktop.Avahi.ServiceBrowser'><method name='Free'/></interface>"
      "<interface name='org.freedesktop.Avahi.ServiceResolver'><method name='Free'/></interface>"
      "</node>";

static GDBusNodeInfo *node;

static void called (GDBusConnection *connection, const char *sender, const char *path,
                    const char *interface, const char *method, GVariant *arguments,
                    GDBusMethodInvocation *invocation, gpointer data);

static void
serve (StandInAvahi *self, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable table = { .method_call = called };
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (self->connection, path,
                                     g_dbus_node_info_lookup_interface (node, interface), &table,
                                     self, NULL, &error);
  g_assert_no_error (error);
}

static char *
make (StandInAvahi *self, const char *interface, GDBusMethodInvocation *invocation)
{
  char *path = g_strdup_printf ("/o/%u", ++self->number);

  serve (self, path, interface);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", path));
  return path;
}

static void
emit (StandInAvahi *self, const char *path, const char *interface, const char *signal,
      GVariant *arguments)
{
  g_dbus_connection_emit_signal (self->connection, NULL, path, interface, signal, arguments, NULL);
}

/* --- What is asked of it. --------------------------------------------------------------------- */

static void
add_service (StandInAvahi *self, GVariant *arguments, GDBusMethodInvocation *invocation)
{
  const char *instance, *type, *domain, *host;
  guint16 port;
  g_autoptr (GVariant) txt = NULL;
  GString *line = g_string_new (NULL);

  g_variant_get (arguments, "(iiu&s&s&s&sq@aay)", NULL, NULL, NULL, &instance, &type, &domain,
                 &host, &port, &txt);
  g_string_printf (line, "%s %s %s %s %u", instance, type, domain, host, port);
  for (gsize i = 0; i < g_variant_n_children (txt); i++)
    {
      g_autoptr (GVariant) each = g_variant_get_child_value (txt, i);
      gsize size;
      const char *text = g_variant_get_fixed_array (each, &size, 1);

      g_string_append_printf (line, " %.*s", (int) size, text);
    }
  g_ptr_array_add (self->services, g_string_free (line, FALSE));
  if (self->refusals > 0)
    {
      self->refusals--;
      g_dbus_method_invocation_return_dbus_error (invocation, NAME ".CollisionError", "taken");
    }
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
commit (StandInAvahi *self, const char *path, GDBusMethodInvocation *invocation)
{
  gboolean taken = self->collisions > 0;

  if (taken)
    self->collisions--;
  g_dbus_method_invocation_return_value (invocation, NULL);
  emit (self, path, NAME ".EntryGroup", "StateChanged", g_variant_new ("(is)", 1, ""));
  emit (self, path, NAME ".EntryGroup", "StateChanged", g_variant_new ("(is)", taken ? 3 : 2, ""));
}

static void
make_resolver (StandInAvahi *self, GVariant *arguments, GDBusMethodInvocation *invocation)
{
  g_autofree char *path = NULL;
  const char *instance;
  int family;

  g_variant_get (arguments, "(ii&s&s&siu)", NULL, &family, &instance, NULL, NULL, NULL, NULL);
  path = make (self, NAME ".ServiceResolver", invocation);
  self->resolvers++;
  self->alive++;
  self->most_resolvers = MAX (self->most_resolvers, self->alive);
  if (!self->mute && family == 0)
    stand_in_avahi_find (self, instance, self->found != NULL ? self->found : "127.0.0.2", 4000,
                         "v=1");
}

static void
called (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
        const char *method, GVariant *arguments, GDBusMethodInvocation *invocation, gpointer data)
{
  StandInAvahi *self = data;

  if (connection != self->connection)
    g_object_unref (invocation); /* it came before the end */
  else if (g_strcmp0 (method, self->die_at) == 0)
    {
      self->die_at = NULL;
      g_object_unref (invocation);
      stand_in_avahi_go (self);
    }
  else if (strcmp (method, "GetState") == 0)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(i)", 2));
  else if (strcmp (method, "EntryGroupNew") == 0)
    g_free (make (self, NAME ".EntryGroup", invocation));
  else if (strcmp (method, "AddService") == 0)
    add_service (self, arguments, invocation);
  else if (strcmp (method, "Commit") == 0)
    commit (self, path, invocation);
  else if (strcmp (method, "ServiceBrowserNew") == 0)
    {
      g_free (self->browser);
      self->browser = make (self, NAME ".ServiceBrowser", invocation);
      self->browsers++;
    }
  else if (strcmp (method, "ServiceResolverNew") == 0)
    make_resolver (self, arguments, invocation);
  else
    {
      if (strcmp (method, "Free") == 0 && g_str_has_suffix (interface, "ServiceResolver"))
        self->alive--;
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

/* --- What it says. ---------------------------------------------------------------------------- */

void
stand_in_avahi_say (StandInAvahi *self, const char *signal, GVariant *arguments)
{
  const char *interface = g_str_equal (signal, "Found") ? "ServiceResolver" : "ServiceBrowser";
  g_autofree char *name = g_strdup_printf (NAME ".%s", interface);

  emit (self, self->browser != NULL ? self->browser : "/none", name, signal, arguments);
}

void
stand_in_avahi_item (StandInAvahi *self, const char *signal, const char *instance)
{
  stand_in_avahi_say (self, signal,
                      g_variant_new ("(iisssu)", 1, 0, instance, "_dpop._tcp", "local", 4u));
}

void
stand_in_avahi_find (StandInAvahi *self, const char *instance, const char *address, guint16 port,
                     const char *txt)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  if (txt != NULL)
    g_variant_builder_add_value (
        &builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, txt, strlen (txt), 1));
  stand_in_avahi_say (self, "Found",
                      g_variant_new ("(iissssisqaayu)", 1, 0, instance, "_dpop._tcp", "local",
                                     "somebody.local", 0, address, port, &builder, 4u));
}

void
stand_in_avahi_settle (StandInAvahi *self)
{
  if (self->connection != NULL)
    g_dbus_connection_flush_sync (self->connection, NULL, NULL);
  for (gint64 end = g_get_monotonic_time () + 300000; g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* --- Its life. -------------------------------------------------------------------------------- */

static GDBusConnection *
join_bus (StandInAvahi *self, GError **error)
{
  return g_dbus_connection_new_for_address_sync (
      self->address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, error);
}

void
stand_in_avahi_come (StandInAvahi *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;

  self->connection = join_bus (self, &error);
  g_assert_no_error (error);
  serve (self, "/", NAME ".Server");
  answer = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus",
                                        "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "RequestName", g_variant_new ("(su)", NAME, 4u), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

void
stand_in_avahi_go (StandInAvahi *self)
{
  if (self->connection == NULL)
    return;
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->browser, g_free);
  self->alive = 0;
}

void
stand_in_avahi_start_bus (StandInAvahi *self)
{
  g_autofree char *address = g_strdup_printf ("--address=%s", self->address);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = NULL;

  /* It ends with this one, however this one ends. */
  self->bus = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                    | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                &error, "setpriv", "--pdeathsig", "KILL", "dbus-daemon",
                                "--session", "--nofork", "--nopidfile", address, NULL);
  g_assert_no_error (error);
  while ((connection = join_bus (self, NULL)) == NULL)
    g_usleep (1000);
  g_dbus_connection_close_sync (connection, NULL, NULL);
}

void
stand_in_avahi_stop_bus (StandInAvahi *self)
{
  g_autofree char *path = g_build_filename (self->folder, "bus", NULL);

  if (self->bus == NULL)
    return;
  g_subprocess_force_exit (self->bus);
  g_subprocess_wait (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_unlink (path);
}

StandInAvahi *
stand_in_avahi_new (void)
{
  StandInAvahi *self = g_new0 (StandInAvahi, 1);

  if (node == NULL)
    node = g_dbus_node_info_new_for_xml (introspection, NULL);
  self->folder = g_dir_make_tmp ("stand-in-XXXXXX", NULL);
  self->address = g_strdup_printf ("unix:path=%s/bus", self->folder);
  self->services = g_ptr_array_new_with_free_func (g_free);
  stand_in_avahi_start_bus (self);
  return self;
}

void
stand_in_avahi_free (StandInAvahi *self)
{
  stand_in_avahi_go (self);
  stand_in_avahi_stop_bus (self);
  g_rmdir (self->folder);
  g_ptr_array_unref (self->services);
  g_free (self->address);
  g_free (self->folder);
  g_free (self);
}
