/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-avahi-private.h"

GSource *
dpop_avahi_after (guint milliseconds, GSourceFunc callback, gpointer data)
{
  GSource *source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, callback, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

void
dpop_avahi_forget (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
dpop_avahi_tell (GDBusConnection *connection, const char *owner, const char *path,
                 const char *interface, const char *method, GVariant *arguments)
{
  g_dbus_connection_call (connection, owner, path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}
