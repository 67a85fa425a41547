/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-blt.h"
#include "fuzz-ballots.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  DpopEdgeBallots *ballots = dpop_edge_blt_parse (data, size, &error);

  fuzz_ballots_check (ballots, &error);
  return 0;
}

GBytes *
fuzz_seed (guint n)
{
  static const char *const seeds[] = {
    "4 2\n-2\n3 1 3 4 0\n4 1 3 2 0\n2 4 1=3 0\n1 2 0\n2 2=4=3 1 0\n0\n"
    "\"Adam\"\n\"Basil\"\n\"Charlotte\"\n\"Donald\"\n\"Title\"\n",
    "\xef\xbb\xbf" "2 1 # two\r\n(id 1) 1 2 - 1 0\r\n1 (1 2) 0 /* x\r\n */ 1 0\r\n0\r\n"
    "\"A \"\"B\"\" \"C\" D\"\r\nB\r\n",
    "2 1\r1 2 0\r0\r\"\xc9" "a\" \"B\" \"T\" \"S\" \"C\"",
    "64 9\n2147483647 64=1 0\n0\n",
  };

  return n < G_N_ELEMENTS (seeds) ? g_bytes_new_static (seeds[n], strlen (seeds[n])) : NULL;
}
