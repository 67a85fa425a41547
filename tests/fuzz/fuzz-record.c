/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-record-seal.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: a text in which a record may be. What is taken as one has a signature that was made here
 * for exactly these words; its plain form is its own plain form. */

#define SEEDS 4

static const char *const texts[SEEDS] = {
  "DPOP-RECORD-1 x",
  "DPOP-RECORD-1\nRecord of a decision\n\nAccepted: 5 yes, 2 no.\n",
  "Minutes, see DPOP-S \n\f DPOP-RECORD-1 DPOP-RECORD-1\xc2\xa0 e\xcc\x81t\xc3\xa9 \n",
  "DPOP-RECORD-1 \xe4\xbc\x9a\xe8\xad\xb0 - DPOP-S\nDPOP-RECORD-1\n",
};

static char *
make_seed (guint n)
{
  FixtureRandom random;
  DpopRecordSeal seal = { .party = { { 7 } }, .decision = { { 8 } }, .height = n, .made = n };
  g_autoptr (CosmicSecret) key = NULL;
  g_autofree char *plain = dpop_record_seal_plain (strstr (texts[n], DPOP_RECORD_SEAL_BEGIN));
  g_autofree char *code = NULL;
  guint8 ignored[32];

  fixture_random_init (&random, n);
  key = cosmic_sign_key_new (fixture_random_table (&random), ignored);
  dpop_record_seal_sign (&seal, plain, key);
  code = dpop_record_seal_write (&seal);
  return g_strdup_printf ("%s\n%s\fpage 2", texts[n], code);
}

GBytes *
fuzz_seed (guint n)
{
  char *text;

  if (n >= SEEDS)
    return NULL;
  g_assert_true (cosmic_crypto_init ());
  text = make_seed (n);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
is_seed (const char *plain)
{
  for (guint n = 0; n < SEEDS; n++)
    {
      g_autofree char *own = dpop_record_seal_plain (strstr (texts[n], DPOP_RECORD_SEAL_BEGIN));

      if (strcmp (own, plain) == 0)
        return TRUE;
    }
  return FALSE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *plain = NULL;
  g_autofree char *again = NULL;
  DpopRecordSeal seal;
  guint line = G_MAXUINT;

  g_assert_true (cosmic_crypto_init ());
  if (dpop_record_seal_read (&seal, (const char *) data, size, &plain, &line)
      != DPOP_RECORD_SEAL_GOOD)
    {
      g_assert_null (plain);
      return 0;
    }
  again = dpop_record_seal_plain (plain);
  g_assert_cmpstr (again, ==, plain);
  g_assert_true (is_seed (plain));
  g_assert_cmpuint (line, ==, 0);
  return 0;
}
