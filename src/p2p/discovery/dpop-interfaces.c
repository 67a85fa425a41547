/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-interfaces.h"

#include "dpop-source.h"

#include <glib-unix.h>
#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CALM 500 /* milliseconds */

/* --- The list. -------------------------------------------------------------------------------- */

static void
interface_free (gpointer data)
{
  DpopInterface *self = data;

  g_object_unref (self->address);
  g_free (self);
}

static guint
prefix_of (const guint8 *mask, gsize size)
{
  guint bits = 0;

  for (gsize i = 0; i < size; i++)
    bits += (guint) __builtin_popcount (mask[i]);
  return bits;
}

static DpopInterface *
interface_read (const struct ifaddrs *each)
{
  DpopInterface *self = NULL;
  struct sockaddr_in in, in_mask;
  struct sockaddr_in6 in6, in6_mask;
  unsigned index = if_nametoindex (each->ifa_name);

  if (index == 0 || index > G_MAXINT || each->ifa_addr == NULL || each->ifa_netmask == NULL
      || (each->ifa_flags & IFF_UP) == 0)
    return NULL;
  if (each->ifa_addr->sa_family == AF_INET)
    {
      memcpy (&in, each->ifa_addr, sizeof in);
      memcpy (&in_mask, each->ifa_netmask, sizeof in_mask);
      self = g_new0 (DpopInterface, 1);
      self->address = g_inet_address_new_from_bytes ((const guint8 *) &in.sin_addr,
                                                     G_SOCKET_FAMILY_IPV4);
      self->prefix = prefix_of ((const guint8 *) &in_mask.sin_addr, sizeof in_mask.sin_addr);
    }
  else if (each->ifa_addr->sa_family == AF_INET6)
    {
      memcpy (&in6, each->ifa_addr, sizeof in6);
      memcpy (&in6_mask, each->ifa_netmask, sizeof in6_mask);
      self = g_new0 (DpopInterface, 1);
      self->address = g_inet_address_new_from_bytes ((const guint8 *) &in6.sin6_addr,
                                                     G_SOCKET_FAMILY_IPV6);
      self->prefix = prefix_of ((const guint8 *) &in6_mask.sin6_addr, sizeof in6_mask.sin6_addr);
    }
  else
    return NULL;
  self->index = (int) index;
  self->shared = (each->ifa_flags & IFF_MULTICAST) != 0
                 && (each->ifa_flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) == 0;
  self->plugged = (each->ifa_flags & IFF_RUNNING) != 0;
  return self;
}

GPtrArray *
dpop_interfaces_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (interface_free);
  struct ifaddrs *all = NULL;

  if (getifaddrs (&all) != 0)
    return list;
  for (const struct ifaddrs *each = all; each != NULL; each = each->ifa_next)
    {
      DpopInterface *read = interface_read (each);

      if (read != NULL)
        g_ptr_array_add (list, read);
    }
  freeifaddrs (all);
  return list;
}

gboolean
dpop_interfaces_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const DpopInterface *one = a->pdata[i], *other = b->pdata[i];

      if (one->index != other->index || one->prefix != other->prefix
          || one->shared != other->shared || one->plugged != other->plugged
          || !g_inet_address_equal (one->address, other->address))
        return FALSE;
    }
  return TRUE;
}

gboolean
dpop_interfaces_came_back (GPtrArray *before, GPtrArray *now)
{
  for (guint i = 0; i < before->len; i++)
    {
      const DpopInterface *old = before->pdata[i];

      for (guint j = 0; !old->plugged && j < now->len; j++)
        {
          const DpopInterface *new = now->pdata[j];

          if (new->plugged && new->shared && new->index == old->index
              && g_inet_address_equal (new->address, old->address))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_same_network (const DpopInterface *interface, GInetAddress *address)
{
  const guint8 *own = g_inet_address_to_bytes (interface->address);
  const guint8 *other = g_inet_address_to_bytes (address);

  for (guint i = 0; i < 4 && 8 * i < interface->prefix; i++)
    {
      guint bits = MIN (interface->prefix - 8 * i, 8);

      if (((own[i] ^ other[i]) & (0xff00 >> bits) & 0xff) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
dpop_interfaces_reach (GPtrArray *list, int index, GInetAddress *address)
{
  GSocketFamily family = g_inet_address_get_family (address);

  if (g_inet_address_get_is_multicast (address) || g_inet_address_get_is_any (address))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const DpopInterface *each = list->pdata[i];

      if (each->index != index)
        continue;
      if (family == G_SOCKET_FAMILY_IPV6 && g_inet_address_get_is_link_local (address))
        return TRUE;
      if (family == G_SOCKET_FAMILY_IPV4
          && g_inet_address_get_family (each->address) == G_SOCKET_FAMILY_IPV4
          && is_same_network (each, address))
        return TRUE;
    }
  return FALSE;
}

/* --- Word of changes. ------------------------------------------------------------------------- */

/* GNetworkMonitor would tell as well, but it belongs to whichever thread asked for it first, and in
 * a sandbox it listens to a portal that does not speak of addresses. The kernel's own socket does,
 * and what it says need not be read: the list is made anew. */
struct _DpopInterfacesWatch
{
  void (*changed) (gpointer data);
  gpointer data;
  int fd;
  GSource *source;
  GSource *calm; /* a change of networks makes the kernel speak many times */
};

static gboolean
calm_again (gpointer data)
{
  DpopInterfacesWatch *self = data;

  dpop_source_clear (&self->calm);
  self->changed (self->data);
  return G_SOURCE_REMOVE;
}

static gboolean
kernel_spoke (gint fd, GIOCondition condition, gpointer data)
{
  DpopInterfacesWatch *self = data;
  char heard[8192];

  while (recv (fd, heard, sizeof heard, MSG_DONTWAIT) > 0)
    ;
  if (self->calm == NULL)
    dpop_source_after (&self->calm, CALM, calm_again, self);
  return G_SOURCE_CONTINUE;
}

DpopInterfacesWatch *
dpop_interfaces_watch_new (void (*changed) (gpointer data), gpointer data)
{
  DpopInterfacesWatch *self = g_new0 (DpopInterfacesWatch, 1);
  struct sockaddr_nl name = { .nl_family = AF_NETLINK,
                              .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR
                                           | RTMGRP_IPV6_IFADDR };

  self->changed = changed;
  self->data = data;
  self->fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
  if (self->fd < 0)
    return self;
  if (bind (self->fd, (struct sockaddr *) &name, sizeof name) != 0)
    return self;
  dpop_source_set (&self->source, g_unix_fd_source_new (self->fd, G_IO_IN | G_IO_ERR),
                   G_SOURCE_FUNC (kernel_spoke), self);
  return self;
}

void
dpop_interfaces_watch_free (DpopInterfacesWatch *self)
{
  if (self == NULL)
    return;
  dpop_source_clear (&self->calm);
  dpop_source_clear (&self->source);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
