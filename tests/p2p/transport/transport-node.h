/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-transport-dialer.h"
#include "dpop-transport-listener.h"

G_BEGIN_DECLS

/* A computer with organisations, as the transport knows one: it has a device in each, and admits
 * those whom it was told of. */
typedef struct
{
  DpopTransportIdentity *identity;
  DpopTransportListener *listener; /* NULL before transport_node_listen() */
  GArray *keys;                    /* of DpopHelloKey */
  GPtrArray *secrets;              /* of CosmicSecret: the device's in each of them */
  GArray *admitted;                /* of CosmicId */
  GPtrArray *channels;             /* of DpopChannel: taken by the listener */
  guint asked;                     /* how often it was asked whom it admits */
  gboolean is_slow;                /* answers in a while only */
  gboolean is_echo;                /* sends back what comes in on a taken channel */
  gboolean is_mute;                /* cannot sign */
} TransportNode;

TransportNode *transport_node_new  (void);
void           transport_node_free (TransportNode *self);

/* Opens organisation PARTY (a small number) there, with discovery key KEY (another). */
void transport_node_open  (TransportNode *self, guint party, guint key, gboolean is_former);
/* Each admits the other's device in every organisation. */
void transport_node_admit (TransportNode *self, const TransportNode *other);
DpopTransportHost transport_node_host (TransportNode *self);

/* On loopback. */
void transport_node_listen (TransportNode *self, const DpopTransportLimits *limits);
GSocketAddress *transport_node_address (TransportNode *self);

/* Waits for the end of it. */
DpopChannel *transport_node_dial (TransportNode *self, GSocketAddress *address, GError **error);

/* Runs the main context until the condition is TRUE; fails after ten seconds. */
#define transport_wait_until(condition)                                                          \
  G_STMT_START                                                                                   \
  {                                                                                              \
    gint64 transport_end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;                        \
    while (!(condition))                                                                         \
      {                                                                                          \
        g_assert_cmpint (g_get_monotonic_time (), <, transport_end);                             \
        transport_turn ();                                                                       \
      }                                                                                          \
  }                                                                                              \
  G_STMT_END

/* One iteration of at most 10 ms. */
void transport_turn  (void);
void transport_pause (guint milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TransportNode, transport_node_free)

G_END_DECLS
