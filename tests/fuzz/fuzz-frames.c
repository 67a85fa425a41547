/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-frame-scan.h"
#include "fuzz.h"

#include <string.h>

/* Input: whether frames are masked, then frames. In one piece or byte by byte, the verdict and the
 * counts are the same, and a message is never more than it may be. */

#define MESSAGE_MAX 3000

GBytes *
fuzz_seed (guint n)
{
  static const guint8 unmasked[] = { 0, 0x82, 1, 7, 0x89, 0, 0x02, 2, 1, 2, 0x8a, 1, 3,
                                     0x80, 1, 4 };
  static const guint8 masked[] = { 1, 0x82, 0x81, 1, 2, 3, 4, 7, 0x88, 0x80, 1, 2, 3, 4,
                                   0x82, 0xfe, 0, 126, 0, 0, 0, 0 };
  static const guint8 large[] = { 0, 0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0 };

  if (n == 0)
    return g_bytes_new_static (unmasked, sizeof unmasked);
  if (n == 1)
    return g_bytes_new_static (masked, sizeof masked);
  return n == 2 ? g_bytes_new_static (large, sizeof large) : NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  DpopFrameScan whole, pieces;
  DpopFrameVerdict verdict, piecemeal = DPOP_FRAME_GOOD;

  if (size == 0)
    return 0;
  dpop_frame_scan_init (&whole, data[0] & 1, MESSAGE_MAX);
  dpop_frame_scan_init (&pieces, data[0] & 1, MESSAGE_MAX);
  verdict = dpop_frame_scan_take (&whole, data + 1, size - 1);
  for (size_t at = 1; at < size && piecemeal == DPOP_FRAME_GOOD; at++)
    {
      piecemeal = dpop_frame_scan_take (&pieces, data + at, 1);
      g_assert_cmpuint (pieces.message, <=, MESSAGE_MAX);
      g_assert_true (piecemeal != DPOP_FRAME_GOOD
                     || pieces.since <= MESSAGE_MAX + DPOP_FRAME_OVERHEAD);
    }
  g_assert_cmpint (verdict == DPOP_FRAME_GOOD, ==, piecemeal == DPOP_FRAME_GOOD);
  if (verdict != DPOP_FRAME_GOOD)
    return 0;
  g_assert_cmpuint (whole.messages, ==, pieces.messages);
  g_assert_cmpuint (whole.payload, ==, pieces.payload);
  g_assert_cmpuint (whole.controls, ==, pieces.controls);
  g_assert_cmpuint (whole.since, ==, pieces.since);
  g_assert_cmpuint (whole.pings + whole.pongs, <=, whole.controls);
  return 0;
}
