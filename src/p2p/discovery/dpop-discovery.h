/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-discovery-record.h"

G_BEGIN_DECLS

/* Announces this computer on the networks it is in, and finds others there, through Avahi on the
 * system's bus. What is announced tells nothing (dpop-discovery-record.h); what is found is an
 * address that says it runs DPOP, no more: who it is comes out in the hello.
 *
 * Avahi may be missing, come later, or be restarted: nothing fails, and what can be done is done as
 * soon as it can. While it restarts, those found are kept for DPOP_DISCOVERY_GRACE seconds.
 *
 * Whatever is announced around it, it remembers DPOP_DISCOVERY_PEERS_MAX peers and ignores further
 * ones until some have gone; what comes and goes faster than DPOP_DISCOVERY_SETTLE is told once.
 * Addresses outside the networks of the interface on which they were heard are ignored, so that
 * nobody can make all laptops in a hall dial somebody else.
 *
 * Lives in one thread: everything happens in the thread-default context of dpop_discovery_start(),
 * and all functions are called where that runs.
 *
 * Signals, each with the instance name (const char *):
 *   appeared     at least one address is known
 *   changed      other addresses than before
 *   disappeared  no address is left
 * and notify::state. Handlers may call everything here. */
#define DPOP_DISCOVERY_PEERS_MAX     256
#define DPOP_DISCOVERY_SIGHTINGS_MAX 768 /* one an interface and family; Avahi allows 1,024 */
#define DPOP_DISCOVERY_SETTLE        100 /* milliseconds */
#define DPOP_DISCOVERY_GRACE         15  /* seconds */

#define DPOP_TYPE_DISCOVERY (dpop_discovery_get_type ())
G_DECLARE_FINAL_TYPE (DpopDiscovery, dpop_discovery, DPOP, DISCOVERY, GObject)

typedef enum
{
  DPOP_DISCOVERY_STOPPED,
  DPOP_DISCOVERY_ABSENT,    /* there is no Avahi at present */
  DPOP_DISCOVERY_LOOKING,   /* others are found; this computer is not announced (yet) */
  DPOP_DISCOVERY_ANNOUNCED,
} DpopDiscoveryState;

/* BUS_ADDRESS is NULL for the system's bus. */
DpopDiscovery *dpop_discovery_new (DpopRandom random, const char *bus_address);

/* PORT is where this computer listens; 0 to look only. A port that is the same at every start is a
 * mark by which it is known again: let the kernel choose. */
void dpop_discovery_start  (DpopDiscovery *self, guint16 port);
/* All peers are forgotten, without a signal. */
void dpop_discovery_stop   (DpopDiscovery *self);
/* Goes on under a new name. */
void dpop_discovery_rotate (DpopDiscovery *self);

DpopDiscoveryState dpop_discovery_get_state    (DpopDiscovery *self);
/* The name under which it is announced; NULL when stopped. Borrowed until the next rotation, which
 * a name taken by another causes by itself. */
const char        *dpop_discovery_get_instance (DpopDiscovery *self);
/* The instances found, in no order. Free. */
GStrv              dpop_discovery_list_peers   (DpopDiscovery *self);
/* Of GInetSocketAddress; IPv6 ones carry the scope. Empty when INSTANCE is not (or no more) known.
 * Unref. */
GPtrArray         *dpop_discovery_list_addresses (DpopDiscovery *self, const char *instance);

G_END_DECLS
