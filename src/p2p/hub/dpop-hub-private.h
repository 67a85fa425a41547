/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hub-session.h"
#include "dpop-hub.h"
#include "dpop-hub-token.h"
#include "dpop-transport-listener.h"

G_BEGIN_DECLS

/* Somebody who is connected. */
typedef struct
{
  DpopHub *hub;
  DpopChannel *channel;
  CosmicHubSession *session;
  CosmicId key;          /* of the token */
  guint64 account;
  GArray *heard;         /* of CosmicId, from HEARD_FROM on: the guest has them, to be asked for */
  guint heard_from;
  gboolean stirred;      /* messages came since it was last settled */
  gint64 budget;         /* bytes that it may still bring at once */
  gint64 budget_at;      /* monotonic, us */
  gboolean paused;
} DpopHubGuest;

/* What one guest brought, for the others of its account. */
typedef struct
{
  guint64 account;
  const DpopHubGuest *from; /* to compare only */
  CosmicItem item;
} DpopHubNews;

struct _DpopHub
{
  CosmicHubStore store;
  const CosmicSecret *key;
  CosmicId id;
  guint64 rate;
  GInetAddress *only;
  guint16 port;
  DpopTransportIdentity *identity;
  DpopTransportListener *listener;
  GArray *grants;     /* of CosmicHubGrant */
  gint64 version;     /* of the store, as the grants were read */
  GPtrArray *guests;  /* of DpopHubGuest */
  GArray *news;       /* of DpopHubNews: not committed */
  GArray *told;       /* of DpopHubNews: committed, and to be offered */
  gboolean failed;    /* the store has, and everybody is to be cut */
  gint64 resting;     /* monotonic, us: until then nothing is taken in */
  GSource *settle, *tick;
  DpopHubMetrics metrics;
};

/* dpop-hub-guest.c. Takes CHANNEL over. */
DpopHubGuest *dpop_hub_guest_new    (DpopHub *hub, DpopChannel *channel,
                                     const CosmicHubGrant *grant);
void          dpop_hub_guest_free   (gpointer guest);
/* Commits, and answers as far as the channel takes it. */
void          dpop_hub_guest_settle (DpopHubGuest *self);
void          dpop_hub_guest_pump   (DpopHubGuest *self);
/* Whether it brings no more than it may; else it is read again later. */
void          dpop_hub_guest_charge (DpopHubGuest *self, gsize bytes);
void          dpop_hub_guest_refill (DpopHubGuest *self);

/* dpop-hub.c */
void     dpop_hub_stir     (DpopHub *self);
gboolean dpop_hub_commit   (DpopHub *self);
/* The store failed: notes it, takes ERROR. */
void     dpop_hub_store_failed (DpopHub *self, GError *error);
const CosmicHubGrant *dpop_hub_find_grant (DpopHub *self, const CosmicId *key);

G_END_DECLS
