/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-aead.h"
#include "cosmic-hash.h"
#include "cosmic-seal.h"
#include "cosmic-sign.h"
#include "fixture-random.h"

static void
unhex (const char *text, guint8 *out, gsize size)
{
  g_assert_cmpuint (strlen (text), ==, 2 * size);
  for (gsize i = 0; i < size; i++)
    out[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) * 16
                       + g_ascii_xdigit_value (text[2 * i + 1]));
}

/* RFC 8032, section 7.1, test 2. */
static void
test_signs_as_rfc_8032_says (void)
{
  guint8 seed[32], expected_public[32], expected[64], public_key[32], signature[64];
  const guint8 message[] = { 0x72 };
  g_autoptr (CosmicSecret) key = NULL;

  unhex ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", seed, 32);
  unhex ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", expected_public, 32);
  unhex ("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
         expected, 64);
  key = cosmic_sign_key_from_seed (seed, public_key);
  g_assert_cmpmem (public_key, 32, expected_public, 32);
  cosmic_sign (key, message, 1, signature);
  g_assert_cmpmem (signature, 64, expected, 64);
  g_assert_true (cosmic_verify (public_key, message, 1, signature));
  g_assert_true (cosmic_sign_public_is_valid (public_key));
}

static void
test_refuses_every_flipped_bit (void)
{
  FixtureRandom random;
  guint8 public_key[32], signature[64];
  g_autoptr (CosmicSecret) key = NULL;

  fixture_random_init (&random, 1);
  key = cosmic_sign_key_new (fixture_random_table (&random), public_key);
  cosmic_sign (key, "vote", 4, signature);
  for (guint bit = 0; bit < 512; bit++)
    {
      signature[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_false (cosmic_verify (public_key, "vote", 4, signature));
      signature[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  g_assert_true (cosmic_verify (public_key, "vote", 4, signature));
  g_assert_false (cosmic_verify (public_key, "vota", 4, signature));
}

/* S + the group order verifies in a lax implementation: RFC 8032, section 5.1.7. */
static void
test_refuses_a_scalar_beyond_the_order (void)
{
  static const guint8 order[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58,
                                    0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                    [31] = 0x10 };
  FixtureRandom random;
  guint8 public_key[32], signature[64];
  g_autoptr (CosmicSecret) key = NULL;
  guint carry = 0;

  fixture_random_init (&random, 2);
  key = cosmic_sign_key_new (fixture_random_table (&random), public_key);
  cosmic_sign (key, "vote", 4, signature);
  for (guint i = 0; i < 32; i++)
    {
      carry += signature[32 + i] + order[i];
      signature[32 + i] = (guint8) carry;
      carry >>= 8;
    }
  g_assert_false (cosmic_verify (public_key, "vote", 4, signature));
}

static void
test_refuses_keys_outside_the_prime_subgroup (void)
{
  guint8 identity[32] = { 1 }, zero[32] = { 0 }, high[32];

  memset (high, 0xff, 32);
  g_assert_false (cosmic_sign_public_is_valid (identity));
  g_assert_false (cosmic_sign_public_is_valid (zero));
  g_assert_false (cosmic_sign_public_is_valid (high));
}

/* draft-irtf-cfrg-xchacha-03, appendix A.3.1: the tag. */
static void
test_encrypts_as_the_xchacha_draft_says (void)
{
  const char *plain = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
                      "for the future, sunscreen would be it.";
  gsize size = strlen (plain);
  guint8 key[32], nonce[24], label[12], tag[16];
  g_autofree guint8 *cipher = g_malloc (size + 16);
  g_autofree guint8 *back = g_malloc (size);

  for (guint i = 0; i < 32; i++)
    key[i] = (guint8) (0x80 + i);
  for (guint i = 0; i < 24; i++)
    nonce[i] = (guint8) (0x40 + i);
  unhex ("50515253c0c1c2c3c4c5c6c7", label, 12);
  unhex ("c0875924c1c7987947deafd8780acf49", tag, 16);
  cosmic_aead_encrypt (key, nonce, label, 12, plain, size, cipher);
  g_assert_cmpmem (cipher + size, 16, tag, 16);
  g_assert_true (cosmic_aead_decrypt (key, nonce, label, 12, cipher, size + 16, back));
  g_assert_cmpmem (back, size, plain, size);
  label[0] ^= 1;
  g_assert_false (cosmic_aead_decrypt (key, nonce, label, 12, cipher, size + 16, back));
  g_assert_false (cosmic_aead_decrypt (key, nonce, label, 12, cipher, 15, back));
}

static void
test_seals_to_one_key_only (void)
{
  FixtureRandom random;
  guint8 mine[32], other[32], sealed[5 + COSMIC_SEAL_OVERHEAD], out[5];
  g_autoptr (CosmicSecret) key = NULL;
  g_autoptr (CosmicSecret) stranger = NULL;
  const guint8 small_order[32] = { 0 };

  fixture_random_init (&random, 3);
  key = cosmic_seal_key_new (fixture_random_table (&random), mine);
  stranger = cosmic_seal_key_new (fixture_random_table (&random), other);
  g_assert_true (cosmic_seal (mine, fixture_random_table (&random), "l", 1, "share", 5, sealed));
  g_assert_true (cosmic_unseal (key, "l", 1, sealed, sizeof sealed, out));
  g_assert_cmpmem (out, 5, "share", 5);
  g_assert_false (cosmic_unseal (stranger, "l", 1, sealed, sizeof sealed, out));
  g_assert_false (cosmic_unseal (key, "m", 1, sealed, sizeof sealed, out));
  g_assert_false (cosmic_unseal (key, "l", 1, sealed, COSMIC_SEAL_OVERHEAD - 1, out));
  for (gsize i = 0; i < sizeof sealed; i++)
    {
      sealed[i] ^= 1;
      g_assert_false (cosmic_unseal (key, "l", 1, sealed, sizeof sealed, out));
      sealed[i] ^= 1;
    }
  g_assert_false (cosmic_seal (small_order, fixture_random_table (&random), "l", 1, "share", 5,
                               sealed));
}

static void
test_tells_keys_that_can_be_sealed_to (void)
{
  /* Of order 8, the prime less one (order 4), the prime itself, and the base point with the top
   * bit set, which RFC 7748 would ignore. */
  static const char *const bad[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0900000000000000000000000000000000000000000000000000000000000080",
  };
  guint8 key[32], sealed[COSMIC_SEAL_OVERHEAD];
  FixtureRandom random;

  fixture_random_init (&random, 4);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      unhex (bad[i], key, 32);
      g_assert_false (cosmic_seal_public_is_valid (key));
    }
  unhex ("0900000000000000000000000000000000000000000000000000000000000000", key, 32);
  g_assert_true (cosmic_seal_public_is_valid (key));
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (CosmicSecret) secret = cosmic_seal_key_new (fixture_random_table (&random), key);

      g_assert_true (cosmic_seal_public_is_valid (key));
      g_assert_true (cosmic_seal (key, fixture_random_table (&random), "", 0, "", 0, sealed));
    }
}

/* RFC 7693 gives BLAKE2b-512 only; the 32-byte values are those of the reference's own tests. */
static void
test_hashes_alike_in_one_go_and_in_pieces (void)
{
  guint8 expected[32], whole[32], pieces[32];
  CosmicHash hash;

  unhex ("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319", expected, 32);
  cosmic_hash ("abc", 3, whole);
  g_assert_cmpmem (whole, 32, expected, 32);
  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, "a", 1);
  cosmic_hash_update (&hash, "bc", 2);
  cosmic_hash_finish (&hash, pieces);
  g_assert_cmpmem (pieces, 32, whole, 32);
  cosmic_hash_init_keyed (&hash, "0123456789abcdef", 16);
  cosmic_hash_update (&hash, "abc", 3);
  cosmic_hash_finish (&hash, pieces);
  g_assert_cmpint (memcmp (pieces, whole, 32), !=, 0);
}

static void
test_derives_different_keys_for_different_uses (void)
{
  guint8 master[32] = { 9 }, a[32], b[32];

  cosmic_derive (master, "dpopvaul", 1, a, 32);
  cosmic_derive (master, "dpopvaul", 1, b, 32);
  g_assert_cmpmem (a, 32, b, 32);
  cosmic_derive (master, "dpopvaul", 2, b, 32);
  g_assert_cmpint (memcmp (a, b, 32), !=, 0);
  cosmic_derive (master, "dpopblob", 1, b, 32);
  g_assert_cmpint (memcmp (a, b, 32), !=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/crypto/sign/Signs as RFC 8032 says", test_signs_as_rfc_8032_says);
  g_test_add_func ("/crypto/sign/Refuses every flipped bit", test_refuses_every_flipped_bit);
  g_test_add_func ("/crypto/sign/Refuses a scalar beyond the order",
                   test_refuses_a_scalar_beyond_the_order);
  g_test_add_func ("/crypto/sign/Refuses keys outside the prime subgroup",
                   test_refuses_keys_outside_the_prime_subgroup);
  g_test_add_func ("/crypto/aead/Encrypts as the XChaCha draft says",
                   test_encrypts_as_the_xchacha_draft_says);
  g_test_add_func ("/crypto/seal/Seals to one key only", test_seals_to_one_key_only);
  g_test_add_func ("/crypto/seal/Tells the keys that can be sealed to",
                   test_tells_keys_that_can_be_sealed_to);
  g_test_add_func ("/crypto/hash/Hashes alike in one go and in pieces",
                   test_hashes_alike_in_one_go_and_in_pieces);
  g_test_add_func ("/crypto/hash/Derives different keys for different uses",
                   test_derives_different_keys_for_different_uses);
  return g_test_run ();
}
