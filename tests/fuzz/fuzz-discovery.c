/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-discovery-record.h"
#include "dpop-interfaces.h"
#include "fuzz.h"

#include <string.h>

/* Input: what somebody on the network announces, as lines: a name, an address, and strings of TXT.
 * Only a neighbour's address is taken, and only beside our own version. */

#define PORT 4000

GBytes *
fuzz_seed (guint n)
{
  static const char *const seeds[] = {
    "abcdefghijklmnop\n127.0.0.2\nv=1", "qrstuvwxyz234567\nfe80::1\nx=y\nv=1\nv=2",
    "Anna's laptop\n192.0.2.1\nv=2",    "aaaaaaaaaaaaaaaa\n::ffff:127.0.0.1\nv=1",
  };

  return n < G_N_ELEMENTS (seeds) ? g_bytes_new_static (seeds[n], strlen (seeds[n])) : NULL;
}

static void
try_name (const char *name)
{
  gboolean plain = strlen (name) == 16;

  for (const char *each = name; *each != '\0'; each++)
    plain = plain && (g_ascii_islower (*each) || (*each >= '2' && *each <= '7'));
  g_assert_cmpint (dpop_discovery_record_is_instance (name), ==, plain);
}

/* Only the loopback interface is certain to be there, so it alone is tried; its neighbours in IPv4
 * are all that begin with 127. */
static void
try_address (const char *text)
{
  static GPtrArray *interfaces;
  g_autoptr (GSocketAddress) ipv4 = NULL;
  g_autoptr (GSocketAddress) ipv6 = NULL;

  if (interfaces == NULL)
    interfaces = dpop_interfaces_list ();
  ipv4 = dpop_discovery_record_address (interfaces, 1, G_SOCKET_FAMILY_IPV4, text, PORT);
  ipv6 = dpop_discovery_record_address (interfaces, 1, G_SOCKET_FAMILY_IPV6, text, PORT);
  if (ipv4 != NULL)
    {
      GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (ipv4));

      g_assert_cmpuint (g_inet_address_to_bytes (address)[0], ==, 127);
    }
  if (ipv6 != NULL)
    {
      GInetAddress *address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (ipv6));

      g_assert_true (g_inet_address_get_is_link_local (address));
      g_assert_cmpuint (g_inet_socket_address_get_scope_id (G_INET_SOCKET_ADDRESS (ipv6)), ==, 1);
    }
  g_assert_true (ipv4 == NULL || ipv6 == NULL);
}

static void
try_txt (char **lines)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) txt = NULL;
  const char *version = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (char **each = lines; *each != NULL; each++)
    {
      if (version == NULL && g_str_has_prefix (*each, "v="))
        version = *each;
      g_variant_builder_add_value (
          &builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, *each, strlen (*each), 1));
    }
  txt = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (dpop_discovery_record_is_ours (txt))
    g_assert_cmpstr (version, ==, "v=1");
  else
    g_assert_true (g_strcmp0 (version, "v=1") != 0 || g_strv_length (lines) > 16);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (g_strv_length (lines) < 2)
    return 0;
  try_name (lines[0]);
  try_address (lines[1]);
  try_txt (lines + 2);
  return 0;
}
