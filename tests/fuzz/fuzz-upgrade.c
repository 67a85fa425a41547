/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-upgrade-head.h"
#include "fuzz.h"

#include <string.h>

/* Input: a server's answer. In one piece or byte by byte, the head ends in the same place; and only
 * one that holds the accept turns it into a WebSocket. */

#define KEY    "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

GBytes *
fuzz_seed (guint n)
{
  static const char good[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                             "Connection: Upgrade\r\nSec-WebSocket-Accept: " ACCEPT "\r\n"
                             "Sec-WebSocket-Protocol: dpop-1\r\n\r\n";
  static const char other[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc";

  if (n == 0)
    return g_bytes_new_static (good, sizeof good - 1);
  return n == 1 ? g_bytes_new_static (other, sizeof other - 1) : NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  DpopUpgradeHeadVerdict whole, verdict = DPOP_UPGRADE_HEAD_MORE;
  DpopUpgradeHead head;
  gsize end, at = 0;

  dpop_upgrade_head_init (&head);
  whole = dpop_upgrade_head_take (&head, data, size, &end);
  g_assert_cmpuint (end, <=, MIN (size, DPOP_UPGRADE_HEAD_MAX));
  dpop_upgrade_head_init (&head);
  while (at < size && verdict == DPOP_UPGRADE_HEAD_MORE)
    {
      gsize taken;

      verdict = dpop_upgrade_head_take (&head, data + at, 1, &taken);
      at += taken;
    }
  g_assert_cmpint (verdict, ==, whole);
  g_assert_cmpuint (at, ==, end);
  if (whole == DPOP_UPGRADE_HEAD_END)
    g_assert_cmpmem (data + end - 4, 4, "\r\n\r\n", 4);
  if (dpop_upgrade_answer_is_good ((const char *) data, size, KEY))
    {
      g_assert_cmpint (whole, ==, DPOP_UPGRADE_HEAD_END);
      g_assert_cmpuint (end, ==, size);
      g_assert_nonnull (memmem (data, size, ACCEPT, strlen (ACCEPT)));
    }
  return 0;
}
