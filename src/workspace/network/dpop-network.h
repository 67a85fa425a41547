/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-engine.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* This computer in the network: it listens, finds others of the same organisations, and keeps what
 * they have and what is here the same as long as both are on. One for a program, whatever the
 * number of organisations; its thread is its own, and speaks to the engines of those who take part.
 *
 * From one thread, which also runs the context in which it was made: reports come there. */
typedef struct _DpopNetwork DpopNetwork;

typedef struct
{
  gboolean local;          /* announces itself in the local network, and looks for others there */
  const char *bus_address; /* of the system's bus; NULL: the usual one */
  guint16 port;            /* 0: one that is free */
} DpopNetworkSetting;

DpopNetwork *dpop_network_new   (const DpopNetworkSetting *setting);
DpopNetwork *dpop_network_ref   (DpopNetwork *self);
/* With the last reference all links are closed. */
void         dpop_network_unref (DpopNetwork *self);

/* Another computer that this one is connected to. */
typedef struct
{
  guint link;
  CosmicId device;
  char *name;      /* of its member; NULL: not known here */
  char *address;   /* of the other end, as a person may read it */
  gboolean dialled; /* by this computer */
  gboolean equal;  /* both have the same, as far as is known */
  guint64 done, total; /* of what is known to be lacking here */
  guint64 height;  /* its newest confirmation */
} DpopNetworkPeer;

typedef struct
{
  guint16 port;       /* where this computer listens; 0: it does not */
  char *address;      /* where others in the same network reach it, with the port; NULL: nowhere */
  gboolean announced; /* in the local network */
  gboolean absent;    /* what announces there (Avahi) is missing on this computer */
  GPtrArray *peers;   /* of DpopNetworkPeer */
  guint heard;        /* computers with DPOP in the local network, whosever they are */
  char *fault;        /* why nothing goes on; NULL: all is well */
} DpopNetworkReport;

void dpop_network_peer_free   (gpointer self);
void dpop_network_report_free (gpointer self);

/* REPORT is the callee's. */
typedef void (*DpopNetworkTold) (DpopNetworkReport *report, gpointer data);

/* The profile that is open in ENGINE takes part, until dpop_network_leave() with the number that is
 * returned: to be called before the engine is closed. TOLD tells how it stands, each time that this
 * is different. */
guint dpop_network_join  (DpopNetwork *self, DpopEngine *engine, DpopNetworkTold told,
                          gpointer data, GDestroyNotify free_data);
/* TOLD is not called any more. What is under way is finished in the engine's turn. */
void  dpop_network_leave (DpopNetwork *self, guint number);

/* Connects to where a person says: "192.168.1.5:4711", "[fe80::1%wlan0]:4711". Again and again
 * while it takes part, until it succeeds. FALSE when it is no address with a port. */
gboolean dpop_network_dial (DpopNetwork *self, guint number, const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopNetwork, dpop_network_unref)

G_END_DECLS
