/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-discovery.h"
#include "dpop-interfaces.h"
#include "dpop-network-desk-private.h"
#include "dpop-transport-dialer.h"
#include "dpop-transport-listener.h"

G_BEGIN_DECLS

/* The network's thread: who listens, who is connected, who is to be dialled. All of it runs in the
 * context of the worker that made it, and knows of the organisations no more than their keys. */
typedef struct _DpopNetworkHall DpopNetworkHall;
typedef struct _DpopNetworkParty DpopNetworkParty;
typedef struct _DpopNetworkTarget DpopNetworkTarget;

/* A connection that is known. */
typedef struct
{
  guint number;
  DpopChannel *channel;
  DpopNetworkParty *party; /* borrowed */
  CosmicId device;
  gint64 since;   /* monotonic, us */
  guint messages; /* that wait for the engine */
  gboolean sent;  /* something, since it was told its room */
} DpopNetworkLink;

/* An organisation that takes part. */
struct _DpopNetworkParty
{
  gatomicrefcount refs;
  guint number;
  DpopNetworkHall *hall; /* NULL once it has left */
  DpopEngine *engine;
  DpopNetworkDesk *desk;
  guint watch;
  GArray *keys;          /* of DpopHelloKey; NULL: none yet */
  CosmicSecret *device;  /* signs its hellos */
  GArray *events;        /* of DpopNetworkEvent, for the engine */
  GPtrArray *peers;      /* of DpopNetworkPeer, as the engine told last */
  char *fault;
  gboolean working;      /* the engine has a work of it */
  gboolean stirred, may_confirm, wants_keys, look;
  char *said;            /* the report that was told last, in words to compare */
  gint64 brought_at;     /* monotonic, us */
  GSource *stir, *confirm, *idle; /* NULL: none */
  GPtrArray *reminders;  /* of what is to be told to the engine later */
};

struct _DpopNetworkHall
{
  GMainContext *context;
  gboolean local;
  guint16 port;
  DpopTransportIdentity *identity;
  DpopTransportListener *listener;
  DpopDiscovery *discovery;
  DpopInterfacesWatch *interfaces;
  char *address;      /* where neighbours reach this computer, with the port; NULL: nowhere */
  GPtrArray *links;   /* of DpopNetworkLink */
  GPtrArray *parties; /* of DpopNetworkParty */
  GPtrArray *targets; /* of DpopNetworkTarget */
  guint next_link;
  guint errands;      /* that are with an engine, or being dialled, and come back here */
  char *fault;
  void (*told) (guint party, DpopNetworkReport *report, gpointer data);
  gpointer data;
};

/* TOLD is called in this thread. */
DpopNetworkHall *dpop_network_hall_new  (const DpopNetworkSetting *setting,
                                         void (*told) (guint, DpopNetworkReport *, gpointer),
                                         gpointer data);
void             dpop_network_hall_free (DpopNetworkHall *self);
void             dpop_network_hall_join  (DpopNetworkHall *self, guint number, DpopEngine *engine);
void             dpop_network_hall_leave (DpopNetworkHall *self, guint number);

DpopNetworkParty *dpop_network_hall_party   (DpopNetworkHall *self, guint number);
DpopTransportHost dpop_network_hall_host    (DpopNetworkHall *self);
/* Takes CHANNEL over. */
void              dpop_network_hall_channel (DpopNetworkHall *self, DpopChannel *channel);
gboolean          dpop_network_hall_is_linked (DpopNetworkHall *self, DpopNetworkParty *party,
                                               const CosmicId *device);
/* dpop_engine_run(), and waited for before the hall is gone: what comes back finds it. */
void              dpop_network_hall_run     (DpopNetworkHall *self, DpopEngine *engine,
                                             const DpopEngineCommand *command);

/* dpop-network-party.c: hands to the engine what there is, unless it is at work already. */
DpopNetworkParty *dpop_network_party_new   (DpopNetworkHall *hall, guint number,
                                            DpopEngine *engine);
DpopNetworkParty *dpop_network_party_ref   (DpopNetworkParty *self);
void              dpop_network_party_unref (DpopNetworkParty *self);
void              dpop_network_party_push  (DpopNetworkParty *self);
void              dpop_network_party_event (DpopNetworkParty *self, const DpopNetworkEvent *event);
void              dpop_network_party_tell  (DpopNetworkParty *self);
void              dpop_network_party_leave (DpopNetworkParty *self);

/* dpop-network-target.c: an address, or several of one computer, that is tried until it answers. */
void dpop_network_target_heard (DpopNetworkHall *hall, const char *instance);
void dpop_network_target_gone  (DpopNetworkHall *hall, const char *instance);
void dpop_network_target_add   (DpopNetworkHall *hall, guint party, GSocketAddress *address);
/* All that was heard of, for a party that joined, or has keys by now. */
void dpop_network_target_party (DpopNetworkHall *hall, DpopNetworkParty *party);
/* A link to DEVICE is gone, that had lasted LASTED us: it is tried again soon. */
void dpop_network_target_lost  (DpopNetworkHall *hall, guint party, const CosmicId *device,
                                gint64 lasted);
void dpop_network_target_drop  (DpopNetworkHall *hall, guint party);
void dpop_network_target_unref (gpointer target);

#define DPOP_NETWORK_ROOM_BYTES (1 << 20) /* on their way over one link */
#define DPOP_NETWORK_STEADY_US  (10 * G_USEC_PER_SEC) /* a link that lasted so long is no attempt */

G_END_DECLS
