/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-debian-tally.h"
#include "fuzz-ballots.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GError *error = NULL;
  DpopEdgeBallots *ballots = dpop_edge_debian_tally_parse (data, size, &error);

  dpop_edge_debian_tally_looks_like (data, size);
  fuzz_ballots_check (ballots, &error);
  return 0;
}

GBytes *
fuzz_seed (guint n)
{
  static const char *const seeds[] = {
    "\t\tTally Sheet for the votes cast. \n\n       \"V: vote \t\tHMAC\"\n\n"
    "     Option 1----->: Ada\n   /  Option 2---->: Basil\n   |/  Option 3--->: None Of The Above\n"
    "   ||/\nV: 213 \t\t00230fd5\nV: 1-- \t\t0104ae27\nV: --- \t\t01615815\n",
    "Option 1: Rapha\xebl\r\nOption 2: B\r\nV: 1  me\r\nV:  2 you\r\nV: vote\r\n",
    "V: vote md5\nV: 123456789AbC x\nV: zZ-------1-- y\n",
  };

  return n < G_N_ELEMENTS (seeds) ? g_bytes_new_static (seeds[n], strlen (seeds[n])) : NULL;
}
