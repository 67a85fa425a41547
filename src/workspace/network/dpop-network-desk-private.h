/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-engine.h"
#include "dpop-hello.h"
#include "dpop-network-keeper-private.h"
#include "dpop-network.h"

G_BEGIN_DECLS

/* One organisation's side of the network, in the engine's thread: the log as a node, and a session
 * for each link. Events go in, messages come out; nothing here waits for a network.
 *
 * Whoever has a reference may hand it to dpop_network_desk_work() and to dpop_network_desk_close();
 * what is in it belongs to the engine's thread. */
typedef struct _DpopNetworkDesk DpopNetworkDesk;

DpopNetworkDesk *dpop_network_desk_new   (void);
DpopNetworkDesk *dpop_network_desk_ref   (DpopNetworkDesk *self);
void             dpop_network_desk_unref (DpopNetworkDesk *self);

typedef enum
{
  DPOP_NETWORK_OPENED,  /* a link to DEVICE; CALLER: dialled by us */
  DPOP_NETWORK_MESSAGE, /* came over it */
  DPOP_NETWORK_ROOM,    /* so many bytes may be sent over it */
  DPOP_NETWORK_CLOSED,
  DPOP_NETWORK_REMINDER, /* TIMER has run out; of no link */
} DpopNetworkEventKind;

typedef struct
{
  DpopNetworkEventKind kind;
  guint link;
  gboolean caller;
  CosmicId device;
  GBytes *message;
  gsize room;
  DpopNetworkTimer timer;
} DpopNetworkEvent;

void dpop_network_event_clear (DpopNetworkEvent *self);

typedef struct
{
  DpopNetworkDesk *desk;
  GArray *events;       /* of DpopNetworkEvent */
  gboolean stirred;     /* something was committed here */
  gboolean may_confirm; /* time has passed since something came */
  gboolean wants_keys;
} DpopNetworkWork;

DpopNetworkWork *dpop_network_work_new  (DpopNetworkDesk *desk);
void             dpop_network_work_free (gpointer self);

typedef struct
{
  guint link;
  GBytes *message; /* NULL: close it, after what went before */
} DpopNetworkOut;

typedef struct
{
  GArray *out;       /* of DpopNetworkOut, in their order */
  GArray *keys;      /* of DpopHelloKey, the current first; NULL: as before */
  CosmicSecret *device; /* with KEYS: what signs */
  GArray *timers;    /* of DpopNetworkTimer; NULL: none */
  GPtrArray *peers;  /* of DpopNetworkPeer, with what the engine knows of them */
  gboolean more;     /* there is more to do when nothing else is */
  gboolean brought;  /* something new came in */
  gboolean confirms; /* there is something to confirm, and this computer keeps the records */
} DpopNetworkResult;

void dpop_network_result_free (gpointer self);

/* For dpop_engine_run(): DATA is a DpopNetworkWork, the result a DpopNetworkResult. */
gpointer dpop_network_desk_work  (DpopProfile *profile, gpointer data, GError **error);
/* The same with a DpopNetworkDesk: ends all sessions and lets the log go. No result. */
gpointer dpop_network_desk_close (DpopProfile *profile, gpointer data, GError **error);

/* Whether a device may exchange: DATA is a CosmicId, the result non-NULL for yes. */
gpointer dpop_network_desk_admit (DpopProfile *profile, gpointer data, GError **error);

G_END_DECLS
