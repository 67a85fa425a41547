/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hello-code.h"
#include "fixture-random.h"
#include "vector-file.h"

static void
write_hello (VectorFile *file, FixtureRandom *random, DpopHelloSide side, DpopHelloType type)
{
  g_autofree char *name = g_strdup_printf ("side %u, type %u", side, type);
  guint8 key[DPOP_HELLO_KEY_SIZE], exporter[DPOP_HELLO_EXPORTER_SIZE];
  guint8 message[DPOP_HELLO_SIGNED_SIZE], signature[COSMIC_SIGN_SIZE];
  guint8 proof[DPOP_HELLO_PROOF_SIZE];
  g_autoptr (CosmicSecret) secret = NULL;
  CosmicId party, device;
  DpopHelloToken token;

  dpop_random_fill (fixture_random_table (random), key, sizeof key);
  dpop_random_fill (fixture_random_table (random), exporter, sizeof exporter);
  dpop_random_fill (fixture_random_table (random), party.bytes, sizeof party.bytes);
  secret = cosmic_sign_key_new (fixture_random_table (random), device.bytes);
  dpop_hello_code_token (key, exporter, side, &token);
  dpop_hello_code_signed (key, &party, exporter, side, message);
  cosmic_sign (secret, message, sizeof message, signature);
  dpop_hello_code_seal (key, exporter, side, type, &device, signature, proof);
  vector_file_begin (file, name);
  vector_file_bytes (file, "key", key, sizeof key);
  vector_file_bytes (file, "exporter", exporter, sizeof exporter);
  vector_file_id (file, "party", &party);
  vector_file_number (file, "side", side);
  vector_file_number (file, "type", type);
  vector_file_bytes (file, "token", token.bytes, sizeof token.bytes);
  vector_file_bytes (file, "signed", message, sizeof message);
  vector_file_id (file, "device", &device);
  vector_file_bytes (file, "proof", proof, sizeof proof);
}

static void
test_hello (void)
{
  VectorFile *file = vector_file_new ("hello");
  FixtureRandom random;

  fixture_random_init (&random, 4001);
  for (guint side = DPOP_HELLO_DIALER; side <= DPOP_HELLO_LISTENER; side++)
    for (guint type = DPOP_HELLO_PROOFS; type <= DPOP_HELLO_ANSWER; type++)
      write_hello (file, &random, (DpopHelloSide) side, (DpopHelloType) type);
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/hello", test_hello);
  return g_test_run ();
}
