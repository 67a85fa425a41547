/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Avahi's D-Bus interface, as far as it is used here: what its XML files, avahi-common/defs.h and
 * address.h say. */
#define DPOP_AVAHI_NAME       "org.freedesktop.Avahi"
#define DPOP_AVAHI_SERVER     "org.freedesktop.Avahi.Server"
#define DPOP_AVAHI_GROUP      "org.freedesktop.Avahi.EntryGroup"
#define DPOP_AVAHI_BROWSER    "org.freedesktop.Avahi.ServiceBrowser"
#define DPOP_AVAHI_RESOLVER   "org.freedesktop.Avahi.ServiceResolver"
#define DPOP_AVAHI_COLLISION  "org.freedesktop.Avahi.CollisionError"

#define DPOP_AVAHI_ANY        (-1) /* interface, or family */
#define DPOP_AVAHI_IPV4       0
#define DPOP_AVAHI_IPV6       1
#define DPOP_AVAHI_NO_REVERSE 16u  /* publish: the address's own name stays that of the computer */
#define DPOP_AVAHI_OUR_OWN    16u  /* lookup result: announced over the same connection */

enum
{
  DPOP_AVAHI_SERVER_RUNNING = 2,
};

enum
{
  DPOP_AVAHI_GROUP_ESTABLISHED = 2,
  DPOP_AVAHI_GROUP_TAKEN = 3,
  DPOP_AVAHI_GROUP_FAILED = 4,
};

/* A call to an object of Avahi's, of which nobody needs the answer. */
void     dpop_avahi_tell (GDBusConnection *connection, const char *owner, const char *path,
                          const char *interface, const char *method, GVariant *arguments);

G_END_DECLS
