/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-frame-scan.h"
#include "dpop-upgrade-head.h"

#include <string.h>

/* What is read before libsoup reads it: heads and frames, in whatever pieces they come. */

#define MESSAGE_MAX 100000

static void
add_frame (GByteArray *bytes, guint8 first, gsize size, gboolean is_masked)
{
  guint8 head[14] = { first };
  guint length = 2;
  g_autofree guint8 *payload = g_malloc0 (size + 1);

  if (size < 126)
    head[1] = (guint8) size;
  else if (size < 65536)
    {
      head[1] = 126;
      head[2] = (guint8) (size >> 8);
      head[3] = (guint8) size;
      length = 4;
    }
  else
    {
      head[1] = 127;
      for (guint i = 0; i < 8; i++)
        head[2 + i] = (guint8) ((guint64) size >> (56 - 8 * i));
      length = 10;
    }
  if (is_masked)
    {
      head[1] |= 0x80;
      length += 4;
    }
  g_byte_array_append (bytes, head, length);
  g_byte_array_append (bytes, payload, (guint) size);
}

static DpopFrameVerdict
scan (DpopFrameScan *self, GByteArray *bytes, gsize piece)
{
  DpopFrameVerdict verdict = DPOP_FRAME_GOOD;

  for (gsize at = 0; at < bytes->len && verdict == DPOP_FRAME_GOOD; at += piece)
    verdict = dpop_frame_scan_take (self, bytes->data + at, MIN (piece, bytes->len - at));
  return verdict;
}

static void
test_counts (void)
{
  static const gsize pieces[] = { 1, 2, 3, 7, 100, 65536, 1 << 20 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint masked = 0; masked < 2; masked++)
    {
      g_byte_array_set_size (bytes, 0);
      add_frame (bytes, 0x82, 0, masked);
      add_frame (bytes, 0x82, 1, masked);
      add_frame (bytes, 0x89, 125, masked); /* a ping */
      add_frame (bytes, 0x02, 125, masked); /* three fragments, with control frames between */
      add_frame (bytes, 0x8a, 3, masked);
      add_frame (bytes, 0x00, 126, masked);
      add_frame (bytes, 0x88, 2, masked);
      add_frame (bytes, 0x80, 65535, masked);
      add_frame (bytes, 0x82, 65536, masked);
      add_frame (bytes, 0x82, MESSAGE_MAX, masked);
      for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
        {
          DpopFrameScan self;

          dpop_frame_scan_init (&self, masked, MESSAGE_MAX);
          g_assert_cmpint (scan (&self, bytes, pieces[i]), ==, DPOP_FRAME_GOOD);
          g_assert_cmpuint (self.messages, ==, 5);
          g_assert_cmpuint (self.payload, ==, 1 + 125 + 126 + 65535 + 65536 + MESSAGE_MAX);
          g_assert_cmpuint (self.controls, ==, 3);
          g_assert_cmpuint (self.pings, ==, 1);
          g_assert_cmpuint (self.pongs, ==, 1);
          g_assert_cmpuint (self.since, ==, 0);
        }
    }
}

static void
test_foreign (void)
{
  static const struct
  {
    guint8 bytes[12];
    gsize size;
    DpopFrameVerdict verdict;
  } cases[] = {
    { { 0xc2, 0x80 }, 2, DPOP_FRAME_FOREIGN },                    /* compressed */
    { { 0xa2, 0x80 }, 2, DPOP_FRAME_FOREIGN },                    /* reserved */
    { { 0x92, 0x80 }, 2, DPOP_FRAME_FOREIGN },
    { { 0x81, 0x80 }, 2, DPOP_FRAME_FOREIGN },                    /* text */
    { { 0x83, 0x80 }, 2, DPOP_FRAME_FOREIGN },                    /* no such thing */
    { { 0x8b, 0x80 }, 2, DPOP_FRAME_FOREIGN },
    { { 0x80, 0x80 }, 2, DPOP_FRAME_FOREIGN },                    /* goes on with nothing */
    { { 0x82, 0x05 }, 2, DPOP_FRAME_FOREIGN },                    /* without its mask */
    { { 0x09, 0x80 }, 2, DPOP_FRAME_FOREIGN },                    /* a ping in pieces */
    { { 0x89, 0xfe }, 2, DPOP_FRAME_FOREIGN },                    /* a large ping */
    { { 0x82, 0xfe, 0, 125 }, 4, DPOP_FRAME_FOREIGN },            /* lengths not in the shortest */
    { { 0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 10, DPOP_FRAME_FOREIGN },
    { { 0x82, 0xff, 0, 0, 0, 0, 0, 1, 0x86, 0xa1 }, 10, DPOP_FRAME_LARGE }, /* one too many */
    { { 0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0 }, 10, DPOP_FRAME_LARGE },
    { { 0x82, 0xff, 255, 255, 255, 255, 255, 255, 255, 255 }, 10, DPOP_FRAME_LARGE },
    { { 0x82, 0xff, 255, 255, 255, 255, 255, 255, 255, 0xf4 }, 10, DPOP_FRAME_LARGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DpopFrameScan self;

      dpop_frame_scan_init (&self, TRUE, MESSAGE_MAX);
      /* Not before the last byte that it takes to know, and no later. */
      g_assert_cmpint (dpop_frame_scan_take (&self, cases[i].bytes, cases[i].size - 1), ==,
                       DPOP_FRAME_GOOD);
      g_assert_cmpint (dpop_frame_scan_take (&self, cases[i].bytes + cases[i].size - 1, 1), ==,
                       cases[i].verdict);
    }
}

static void
test_without_end (void)
{
  static const gsize sizes[] = { 0, 1, 100, 60000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GByteArray) piece = g_byte_array_new ();
      DpopFrameScan self;
      guint64 taken = 0;

      dpop_frame_scan_init (&self, TRUE, MESSAGE_MAX);
      add_frame (piece, 0x02, sizes[i], TRUE);
      g_assert_cmpint (scan (&self, piece, piece->len), ==, DPOP_FRAME_GOOD);
      piece->data[0] = 0x00;
      while (scan (&self, piece, piece->len) == DPOP_FRAME_GOOD)
        g_assert_cmpuint (taken += piece->len, <=, MESSAGE_MAX + DPOP_FRAME_OVERHEAD);
    }
}

static void
test_control_without_end (void)
{
  g_autoptr (GByteArray) ping = g_byte_array_new ();
  DpopFrameScan self;
  guint64 taken = 0;

  dpop_frame_scan_init (&self, TRUE, 1000);
  add_frame (ping, 0x89, 100, TRUE);
  while (scan (&self, ping, ping->len) == DPOP_FRAME_GOOD)
    g_assert_cmpuint (taken += ping->len, <=, 1000 + DPOP_FRAME_OVERHEAD);
}

/* --- Heads. ----------------------------------------------------------------------------------- */

static DpopUpgradeHeadVerdict
take_head (const char *text, gsize size, gsize piece, gsize *taken)
{
  DpopUpgradeHeadVerdict verdict = DPOP_UPGRADE_HEAD_MORE;
  DpopUpgradeHead self;

  dpop_upgrade_head_init (&self);
  *taken = 0;
  while (*taken < size && verdict == DPOP_UPGRADE_HEAD_MORE)
    {
      gsize step;

      verdict = dpop_upgrade_head_take (&self, (const guint8 *) text + *taken,
                                        MIN (piece, size - *taken), &step);
      *taken += step;
    }
  return verdict;
}

static void
test_heads (void)
{
  static const char good[] = "GET /dpop HTTP/1.1\r\nHost: a\r\nX: b: c\r\n\r\nbehind\r\n\r\n";
  static const char *const bad[] = {
    "\r\nGET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\n\n",
    "GET / HTTP/1.1\r\nHost: a\n\r\n",
    "GET / HTTP/1.1\rHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\n",
    "GET / HTTP/1.1\r\nCONTENT-LENGTH:5\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length : 5\r\n\r\n",
    "GET / HTTP/1.1\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n",
    "GET / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n",
  };
  g_autofree char *endless = g_strnfill (DPOP_UPGRADE_HEAD_MAX + 1, 'a');
  gsize taken;

  for (gsize piece = 1; piece < sizeof good; piece++)
    {
      g_assert_cmpint (take_head (good, sizeof good, piece, &taken), ==, DPOP_UPGRADE_HEAD_END);
      g_assert_cmpuint (taken, ==, strlen (good) - strlen ("behind\r\n\r\n"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (gsize piece = 1; piece < 30; piece += 28)
      g_assert_cmpint (take_head (bad[i], strlen (bad[i]), piece, &taken), ==,
                       DPOP_UPGRADE_HEAD_BAD);
  g_assert_cmpint (take_head ("GET / HTTP\0\r\n\r\n", 15, 15, &taken), ==, DPOP_UPGRADE_HEAD_BAD);
  g_assert_cmpint (take_head (endless, DPOP_UPGRADE_HEAD_MAX, 100, &taken), ==,
                   DPOP_UPGRADE_HEAD_MORE);
  g_assert_cmpint (take_head (endless, DPOP_UPGRADE_HEAD_MAX + 1, 100, &taken), ==,
                   DPOP_UPGRADE_HEAD_BAD);
}

/* RFC 6455, section 1.3. */
#define KEY    "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
#define ANSWER                                                                                   \
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"

static void
test_answers (void)
{
  static const struct
  {
    const char *text;
    gboolean is_good;
  } cases[] = {
    { ANSWER "Sec-WebSocket-Accept: " ACCEPT "\r\nSec-WebSocket-Protocol: dpop-1\r\n\r\n", TRUE },
    { ANSWER "Sec-WebSocket-Accept: " ACCEPT "\r\n\r\n", FALSE },
    { ANSWER "Sec-WebSocket-Protocol: dpop-1\r\n\r\n", FALSE },
    { ANSWER "Sec-WebSocket-Accept: t3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
             "Sec-WebSocket-Protocol: dpop-1\r\n\r\n", FALSE },
    { ANSWER "Sec-WebSocket-Accept: " ACCEPT "\r\nSec-WebSocket-Protocol: dpop-2\r\n\r\n", FALSE },
    { ANSWER "Sec-WebSocket-Accept: " ACCEPT "\r\nSec-WebSocket-Protocol: dpop-1\r\n"
             "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", FALSE },
    { "HTTP/1.1 200 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " ACCEPT "\r\nSec-WebSocket-Protocol: dpop-1\r\n\r\n", FALSE },
    { "HTTP/1.0 101 A\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " ACCEPT "\r\nSec-WebSocket-Protocol: dpop-1\r\n\r\n", FALSE },
    { "HTTP/1.1 101 A\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " ACCEPT "\r\nSec-WebSocket-Protocol: dpop-1\r\n\r\n", FALSE },
    { "HTTP/1.1 101 A\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Accept: " ACCEPT "\r\nSec-WebSocket-Protocol: dpop-1\r\n\r\n", FALSE },
    { "", FALSE },
    { "\r\n\r\n", FALSE },
  };
  g_autofree char *accept = dpop_upgrade_accept (KEY);

  g_assert_cmpstr (accept, ==, ACCEPT);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize size = strlen (cases[i].text);

      g_assert_cmpint (dpop_upgrade_answer_is_good (cases[i].text, size, KEY), ==,
                       cases[i].is_good);
      /* Nor with its end cut off, or with something behind it. */
      for (gsize cut = 1; cut < size; cut++)
        g_assert_false (dpop_upgrade_answer_is_good (cases[i].text, size - cut, KEY));
      g_assert_false (dpop_upgrade_answer_is_good (cases[i].text, size + 1, KEY));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/frames are counted, in whatever pieces they come", test_counts);
  g_test_add_func ("/frame/what DPOP never sends is refused as early as can be", test_foreign);
  g_test_add_func ("/frame/a message without end does not get far", test_without_end);
  g_test_add_func ("/frame/nor do control frames without end", test_control_without_end);
  g_test_add_func ("/frame/a head ends where everyone says it ends", test_heads);
  g_test_add_func ("/frame/only the right answer makes it a WebSocket", test_answers);
  return g_test_run ();
}
