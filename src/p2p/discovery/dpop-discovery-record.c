/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-discovery-record.h"

#include "dpop-interfaces.h"

#include <string.h>

#define TXT_MAX 16 /* strings, each at most 255 bytes on the wire */

static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";

char *
dpop_discovery_record_new_instance (DpopRandom random)
{
  char *name = g_malloc (DPOP_DISCOVERY_RECORD_INSTANCE_SIZE + 1);
  guint8 bytes[DPOP_DISCOVERY_RECORD_INSTANCE_SIZE];

  dpop_random_fill (random, bytes, sizeof bytes);
  for (gsize i = 0; i < sizeof bytes; i++)
    name[i] = alphabet[bytes[i] % 32];
  name[sizeof bytes] = '\0';
  return name;
}

gboolean
dpop_discovery_record_is_instance (const char *name)
{
  return strlen (name) == DPOP_DISCOVERY_RECORD_INSTANCE_SIZE
         && strspn (name, alphabet) == DPOP_DISCOVERY_RECORD_INSTANCE_SIZE;
}

gboolean
dpop_discovery_record_is_ours (GVariant *txt)
{
  gsize count = g_variant_n_children (txt);

  if (count > TXT_MAX)
    return FALSE;
  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (GVariant) each = g_variant_get_child_value (txt, i);
      gsize size;
      const char *text = g_variant_get_fixed_array (each, &size, 1);

      if (size >= 2 && memcmp (text, "v=", 2) == 0)
        return size == strlen (DPOP_DISCOVERY_RECORD_VERSION)
               && memcmp (text, DPOP_DISCOVERY_RECORD_VERSION, size) == 0;
    }
  return FALSE;
}

GSocketAddress *
dpop_discovery_record_address (GPtrArray *interfaces, int index, GSocketFamily family,
                               const char *text, guint16 port)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  if (address == NULL || port == 0 || index <= 0 || g_inet_address_get_family (address) != family
      || !dpop_interfaces_reach (interfaces, index, address))
    return NULL;
  return g_object_new (G_TYPE_INET_SOCKET_ADDRESS, "address", address, "port", (guint) port,
                       "scope-id", family == G_SOCKET_FAMILY_IPV6 ? (guint) index : 0, NULL);
}
