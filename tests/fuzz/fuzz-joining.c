/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-join-request.h"
#include "cosmic-seal.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: the bytes of an invitation, or what is sealed in a request. What is taken is the one
 * encoding of what it says; a request that verifies is a seed. */

#define SEEDS 4

static const CosmicId party = { { 7 } };

static GBytes *
make_seed (guint n)
{
  FixtureRandom random;
  DpopRandom source = fixture_random_table (&random);
  CosmicInvite invite = { .party = party, .member = { { 8 } }, .height = n, .expires = 9 };
  CosmicRequest request = { .member = { { 8 } } };
  g_autoptr (CosmicSecret) key = NULL;
  guint8 ignored[32];
  GBytes *bytes;

  fixture_random_init (&random, n);
  key = cosmic_sign_key_new (source, invite.inviter.bytes);
  cosmic_secret_free (cosmic_seal_key_new (source, invite.inviter_seal.bytes));
  request.seal = invite.inviter_seal;
  if (n % 2 == 1)
    invite.seed = cosmic_sign_key_new (source, ignored);
  cosmic_request_sign (&request, &party, key, invite.seed);
  bytes = n < 2 ? cosmic_invite_encode (&invite) : cosmic_join_request_encode (&request);
  cosmic_invite_clear (&invite);
  return bytes;
}

GBytes *
fuzz_seed (guint n)
{
  static GBytes *seeds[SEEDS];

  if (n >= SEEDS)
    return NULL;
  g_assert_true (cosmic_crypto_init ());
  if (seeds[n] == NULL)
    seeds[n] = make_seed (n);
  return g_bytes_ref (seeds[n]);
}

static gboolean
is_seed (GBytes *bytes)
{
  for (guint i = 0; i < SEEDS; i++)
    {
      g_autoptr (GBytes) seed = fuzz_seed (i);

      if (g_bytes_equal (seed, bytes))
        return TRUE;
    }
  return FALSE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  CosmicRequest request;
  CosmicInvite invite;

  g_assert_true (cosmic_crypto_init ());
  if (cosmic_invite_decode (&invite, bytes))
    {
      g_autoptr (GBytes) again = cosmic_invite_encode (&invite);

      g_assert_true (g_bytes_equal (again, bytes));
      cosmic_invite_clear (&invite);
    }
  if (cosmic_join_request_decode (&request, bytes))
    {
      g_autoptr (GBytes) again = cosmic_join_request_encode (&request);

      g_assert_true (g_bytes_equal (again, bytes));
      g_assert_cmpint (cosmic_request_verify (&request, &party), ==, is_seed (bytes));
    }
  return 0;
}
