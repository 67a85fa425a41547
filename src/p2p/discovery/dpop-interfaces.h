/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* This computer's addresses, interface by interface, and word when they or their cables change. */

typedef struct
{
  int index;              /* of the interface */
  GInetAddress *address;
  guint prefix;           /* how many of its bits name the network */
  gboolean shared;        /* a network with neighbours: neither loopback nor point to point */
  gboolean plugged;       /* there is a cable, or a radio link */
} DpopInterface;

/* Of DpopInterface, one an address; empty when there are none. Unref. */
GPtrArray *dpop_interfaces_list  (void);
gboolean   dpop_interfaces_equal (GPtrArray *a, GPtrArray *b);
/* Whether a cable that was out BEFORE is in NOW, the address having stayed. */
gboolean   dpop_interfaces_came_back (GPtrArray *before, GPtrArray *now);

/* Whether ADDRESS is a direct neighbour on the interface INDEX: in IPv4 within one of its networks,
 * in IPv6 link-local. */
gboolean   dpop_interfaces_reach (GPtrArray *list, int index, GInetAddress *address);

/* Calls CHANGED in the thread-default context of this call, soon after something has changed. */
typedef struct _DpopInterfacesWatch DpopInterfacesWatch;

DpopInterfacesWatch *dpop_interfaces_watch_new  (void (*changed) (gpointer data), gpointer data);
void                 dpop_interfaces_watch_free (DpopInterfacesWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopInterfacesWatch, dpop_interfaces_watch_free)

G_END_DECLS
