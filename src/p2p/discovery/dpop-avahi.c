/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-avahi-private.h"

void
dpop_avahi_tell (GDBusConnection *connection, const char *owner, const char *path,
                 const char *interface, const char *method, GVariant *arguments)
{
  g_dbus_connection_call (connection, owner, path, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}
