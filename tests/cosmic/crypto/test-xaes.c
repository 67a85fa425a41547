/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-xaes.h"
#include "cosmic-secret.h"
#include "fixture-random.h"

static void
unhex (const char *text, guint8 *out, gsize size)
{
  g_assert_cmpuint (strlen (text), ==, 2 * size);
  for (gsize i = 0; i < size; i++)
    out[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) * 16
                       + g_ascii_xdigit_value (text[2 * i + 1]));
}

/* SHAKE128 (FIPS 202), for the accumulated vector: its random stream, and the hash over all. */
#define SHAKE_RATE 168

typedef struct
{
  guint64 lanes[25];
  gsize at;
  gboolean squeezing;
} Shake;

static guint64
rotate (guint64 x, guint n)
{
  return n == 0 ? x : x << n | x >> (64 - n);
}

static void
keccak (guint64 a[25])
{
  guint8 lfsr = 1;

  for (guint round = 0; round < 24; round++)
    {
      guint64 c[5], t;
      guint x = 1, y = 0;

      for (guint i = 0; i < 5; i++)
        c[i] = a[i] ^ a[i + 5] ^ a[i + 10] ^ a[i + 15] ^ a[i + 20];
      for (guint i = 0; i < 25; i++)
        a[i] ^= c[(i + 4) % 5] ^ rotate (c[(i + 1) % 5], 1);
      t = a[1];
      for (guint i = 0; i < 24; i++)
        {
          guint next = (2 * x + 3 * y) % 5;
          guint64 kept;

          x = y;
          y = next;
          kept = a[x + 5 * y];
          a[x + 5 * y] = rotate (t, (i + 1) * (i + 2) / 2 % 64);
          t = kept;
        }
      for (guint row = 0; row < 25; row += 5)
        {
          memcpy (c, a + row, sizeof c);
          for (guint i = 0; i < 5; i++)
            a[row + i] = c[i] ^ (~c[(i + 1) % 5] & c[(i + 2) % 5]);
        }
      for (guint i = 0; i < 7; i++)
        {
          if (lfsr & 1)
            a[0] ^= G_GUINT64_CONSTANT (1) << ((1u << i) - 1);
          lfsr = (guint8) (lfsr << 1 ^ (lfsr & 0x80 ? 0x71 : 0));
        }
    }
}

static void
shake_absorb (Shake *self, const guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    {
      self->lanes[self->at / 8] ^= (guint64) bytes[i] << 8 * (self->at % 8);
      if (++self->at == SHAKE_RATE)
        {
          keccak (self->lanes);
          self->at = 0;
        }
    }
}

static void
shake_squeeze (Shake *self, guint8 *out, gsize size)
{
  if (!self->squeezing)
    {
      self->lanes[self->at / 8] ^= (guint64) 0x1f << 8 * (self->at % 8);
      self->lanes[(SHAKE_RATE - 1) / 8] ^= (guint64) 0x80 << 8 * ((SHAKE_RATE - 1) % 8);
      self->squeezing = TRUE;
      self->at = SHAKE_RATE;
    }
  for (gsize i = 0; i < size; i++)
    {
      if (self->at == SHAKE_RATE)
        {
          keccak (self->lanes);
          self->at = 0;
        }
      out[i] = (guint8) (self->lanes[self->at / 8] >> 8 * (self->at % 8));
      self->at++;
    }
}

static void
check_vector (guint8 key_byte, const char *label, const char *expected_hex)
{
  const guint8 *nonce = (const guint8 *) "ABCDEFGHIJKLMNOPQRSTUVWX";
  const char *plain = "XAES-256-GCM";
  guint8 key[32], expected[28], out[28], back[12];
  g_autoptr (CosmicXaes) xaes = NULL;

  memset (key, key_byte, sizeof key);
  unhex (expected_hex, expected, sizeof expected);
  xaes = cosmic_xaes_new (key);
  g_assert_true (cosmic_xaes_encrypt (xaes, nonce, label, strlen (label), plain, 12, out));
  g_assert_cmpmem (out, sizeof out, expected, sizeof expected);
  g_assert_cmpint (cosmic_xaes_decrypt (xaes, nonce, label, strlen (label), out, 28, back), ==,
                   COSMIC_XAES_GOOD);
  g_assert_cmpmem (back, 12, plain, 12);
}

/* C2SP, XAES-256-GCM.md, "Test vectors": the top bit of L is 0 in the first and 1 in the second. */
static void
test_encrypts_as_c2sp_says (void)
{
  check_vector (1, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
  check_vector (3, "c2sp.org/XAES-256-GCM",
                "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
}

/* C2SP, the accumulated vector of 10,000 messages. */
static void
test_encrypts_ten_thousand_messages_as_c2sp_says (void)
{
  Shake stream = { 0 }, sum = { 0 };
  guint8 got[32], expected[32];

  unhex ("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939", expected, 32);
  for (guint i = 0; i < 10000; i++)
    {
      guint8 key[32], nonce[24], plain[255], label[255], out[255 + 16], back[255];
      guint8 size, label_size;
      g_autoptr (CosmicXaes) xaes = NULL;

      shake_squeeze (&stream, key, sizeof key);
      shake_squeeze (&stream, nonce, sizeof nonce);
      shake_squeeze (&stream, &size, 1);
      shake_squeeze (&stream, plain, size);
      shake_squeeze (&stream, &label_size, 1);
      shake_squeeze (&stream, label, label_size);
      xaes = cosmic_xaes_new (key);
      g_assert_true (cosmic_xaes_encrypt (xaes, nonce, label, label_size, plain, size, out));
      g_assert_cmpint (cosmic_xaes_decrypt (xaes, nonce, label, label_size, out, size + 16u, back),
                       ==, COSMIC_XAES_GOOD);
      g_assert_cmpmem (back, size, plain, size);
      shake_absorb (&sum, out, size + 16u);
    }
  shake_squeeze (&sum, got, sizeof got);
  g_assert_cmpmem (got, 32, expected, 32);
}

static void
test_refuses_every_flipped_bit_and_leaves_zeros (void)
{
  FixtureRandom random;
  guint8 key[32], nonce[24], label[9], plain[40], out[56], back[40], zero[40] = { 0 };
  g_autoptr (CosmicXaes) xaes = NULL;
  const struct { guint8 *bytes; gsize size; } parts[] = {
    { nonce, sizeof nonce }, { label, sizeof label }, { out, sizeof out },
  };

  fixture_random_init (&random, 1);
  dpop_random_fill (fixture_random_table (&random), key, sizeof key);
  dpop_random_fill (fixture_random_table (&random), nonce, sizeof nonce);
  dpop_random_fill (fixture_random_table (&random), label, sizeof label);
  dpop_random_fill (fixture_random_table (&random), plain, sizeof plain);
  xaes = cosmic_xaes_new (key);
  g_assert_true (cosmic_xaes_encrypt (xaes, nonce, label, sizeof label, plain, sizeof plain, out));
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    for (gsize bit = 0; bit < parts[p].size * 8; bit++)
      {
        parts[p].bytes[bit / 8] ^= (guint8) (1 << bit % 8);
        memset (back, 1, sizeof back);
        g_assert_cmpint (cosmic_xaes_decrypt (xaes, nonce, label, sizeof label, out, sizeof out,
                                              back), ==, COSMIC_XAES_FORGED);
        g_assert_cmpmem (back, sizeof back, zero, sizeof zero);
        parts[p].bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      }
  for (gsize size = 0; size < sizeof out; size++)
    g_assert_cmpint (cosmic_xaes_decrypt (xaes, nonce, label, sizeof label, out, size, back), ==,
                     COSMIC_XAES_FORGED);
  g_assert_cmpint (cosmic_xaes_decrypt (xaes, nonce, label, sizeof label, out, sizeof out, back),
                   ==, COSMIC_XAES_GOOD);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/crypto/xaes/Encrypts as C2SP says", test_encrypts_as_c2sp_says);
  g_test_add_func ("/crypto/xaes/Encrypts ten thousand messages as C2SP says",
                   test_encrypts_ten_thousand_messages_as_c2sp_says);
  g_test_add_func ("/crypto/xaes/Refuses every flipped bit and leaves zeros",
                   test_refuses_every_flipped_bit_and_leaves_zeros);
  return g_test_run ();
}
