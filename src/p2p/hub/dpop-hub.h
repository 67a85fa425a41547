/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hub-store.h"
#include "cosmic-secret.h"
#include "dpop-transport-limits.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A hub (design 6, "Internet"): it listens, lets in who has a token, and stores and forwards
 * envelopes that it cannot read, for any number of organisations. One thread, in whose
 * thread-default context it was made; what it writes goes to the disk in that thread, many
 * envelopes at a time.
 *
 * A guest is held to 8 MiB of memory, an organisation to what its account allows, and to a rate at
 * which it may bring: whoever is faster is read more slowly. When the store fails (no room on the
 * disk), everybody is cut: what was not said to be stored is brought again. */
typedef struct _DpopHub DpopHub;

typedef struct
{
  guint16 port;         /* 0: one that is free */
  GInetAddress *only;   /* NULL: all addresses of this computer */
  guint64 rate;         /* bytes a second that an organisation may bring; 0: the default */
  const DpopTransportLimits *limits; /* NULL: the default; copied */
} DpopHubSetting;

#define DPOP_HUB_RATE (2 * 1024 * 1024)

/* Since it was started. Numbers only: nothing of who. */
typedef struct
{
  guint64 guests;      /* now */
  guint64 accounts, tokens;
  guint64 welcomed, refused; /* refused: at the hello, by this hub */
  guint64 messages_in, messages_out, bytes_in, bytes_out;
  guint64 stored, forwarded, erased, full;
  guint64 broken;      /* sessions that ended because the peer broke the protocol */
  guint64 failures;    /* of the store */
} DpopHubMetrics;

/* KEY signs for the hub; borrowed, as STORE. */
DpopHub *dpop_hub_new   (CosmicHubStore store, const CosmicSecret *key,
                         const DpopHubSetting *setting);
/* Ends politely: commits, says goodbye as far as the network takes it at once. */
void     dpop_hub_free  (DpopHub *self);

gboolean dpop_hub_start (DpopHub *self, GError **error);
guint16  dpop_hub_get_port (DpopHub *self);
void     dpop_hub_read_metrics (DpopHub *self, DpopHubMetrics *metrics);
/* As Prometheus reads them (text format 0.0.4). The caller frees. */
char    *dpop_hub_metrics_text (const DpopHubMetrics *metrics);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopHub, dpop_hub_free)

G_END_DECLS
