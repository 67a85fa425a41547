/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-random.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is announced on a network, and what of others' announcements is believed: anyone there can
 * announce anything. [format]
 *
 *   service   _dpop._tcp in the domain local
 *   instance  16 characters a-z, 2-7: 80 random bits
 *   host      instance.local; the computer's own name is not used
 *   TXT       v=1
 *   A, AAAA   the IPv4 and link-local IPv6 addresses of each interface, on that interface
 */
#define DPOP_DISCOVERY_RECORD_TYPE    "_dpop._tcp"
#define DPOP_DISCOVERY_RECORD_DOMAIN  "local"
#define DPOP_DISCOVERY_RECORD_VERSION "v=1"
#define DPOP_DISCOVERY_RECORD_INSTANCE_SIZE 16

/* A new name that was never used and tells nothing. Free. */
char    *dpop_discovery_record_new_instance (DpopRandom random);
gboolean dpop_discovery_record_is_instance  (const char *name);
/* TXT is of type `aay`. The first value of "v" counts; keys unknown here are passed over. */
gboolean dpop_discovery_record_is_ours      (GVariant *txt);
/* The address of a direct neighbour on the interface INDEX, with its scope in IPv6; NULL when TEXT
 * is no such address. INTERFACES as of dpop_interfaces_list(). Unref. */
GSocketAddress *dpop_discovery_record_address (GPtrArray *interfaces, int index,
                                               GSocketFamily family, const char *text,
                                               guint16 port);

G_END_DECLS
