/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hello.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: which side hears it (its lowest bit; the second says whether devices are admitted), then
 * messages, each behind its size in two bytes, little endian. Nobody proves anything who does not
 * have the device's key: what is heard is the other side's own words, or it comes to nothing. */

static CosmicSecret *secrets[2]; /* the dialer's and the listener's device */
static DpopHelloKey keys[2][2];

static gboolean
sign (const CosmicId *party, gconstpointer message, gsize size, guint8 signature[COSMIC_SIGN_SIZE],
      gpointer data)
{
  cosmic_sign (data, message, size, signature);
  return TRUE;
}

static void
set_up (void)
{
  FixtureRandom random;

  if (secrets[0] != NULL)
    return;
  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&random, 1);
  for (guint side = 0; side < 2; side++)
    {
      CosmicId device;

      secrets[side] = cosmic_sign_key_new (fixture_random_table (&random), device.bytes);
      for (guint i = 0; i < 2; i++)
        {
          memset (keys[side][i].discovery, (int) i + 1, DPOP_HELLO_KEY_SIZE);
          keys[side][i].device = device;
          keys[side][i].is_former = i == 1;
        }
    }
}

static DpopHello *
begin (guint side, FixtureRandom *random)
{
  static const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE] = { 7 };

  set_up ();
  fixture_random_init (random, side);
  return dpop_hello_new ((DpopHelloSide) side, exporter, keys[side], 2, sign, secrets[side],
                         fixture_random_table (random));
}

static void
append (GByteArray *bytes, GBytes *message)
{
  guint8 size[2] = { (guint8) g_bytes_get_size (message),
                     (guint8) (g_bytes_get_size (message) >> 8) };

  g_byte_array_append (bytes, size, sizeof size);
  g_byte_array_append (bytes, g_bytes_get_data (message, NULL), size[0] + size[1] * 256u);
}

/* What a side hears when all goes well. */
GBytes *
fuzz_seed (guint n)
{
  FixtureRandom random[2];
  DpopHello *both[2];
  GByteArray *heard = g_byte_array_new ();
  guint8 first = (guint8) n;

  if (n >= 4)
    {
      g_byte_array_unref (heard);
      return NULL;
    }
  both[0] = begin (0, &random[0]);
  both[1] = begin (1, &random[1]);
  g_byte_array_append (heard, &first, 1);
  for (guint i = 0, quiet = 0; quiet < 2; i ^= 1)
    {
      g_autoptr (GBytes) message = dpop_hello_next (both[i]);

      quiet = message == NULL ? quiet + 1 : 0;
      if (message == NULL)
        continue;
      if ((n & 1) != i)
        append (heard, message);
      if (dpop_hello_take (both[i ^ 1], g_bytes_get_data (message, NULL),
                           g_bytes_get_size (message))
          == DPOP_HELLO_STATE_ASKING)
        dpop_hello_decide (both[i ^ 1], TRUE);
    }
  dpop_hello_free (both[0]);
  dpop_hello_free (both[1]);
  return g_byte_array_free_to_bytes (heard);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FixtureRandom random;
  g_autoptr (DpopHello) hello = NULL;
  guint side = size > 0 ? data[0] & 1 : 0;
  gboolean admits = size > 0 && (data[0] & 2) == 0;
  guint sent = 0;

  hello = begin (side, &random);
  for (size_t at = 1; at + 2 <= size;)
    {
      size_t length = data[at] + (size_t) data[at + 1] * 256;
      DpopHelloState state;
      GBytes *message;

      if (length > size - at - 2)
        break;
      state = dpop_hello_take (hello, data + at + 2, length);
      if (state == DPOP_HELLO_STATE_ASKING)
        {
          /* It has proved to be the one device that there is. */
          g_assert_cmpmem (dpop_hello_peer (hello)->bytes, COSMIC_ID_SIZE,
                           keys[side ^ 1][0].device.bytes, COSMIC_ID_SIZE);
          state = dpop_hello_decide (hello, admits);
        }
      g_assert_true (admits || state != DPOP_HELLO_STATE_DONE);
      g_assert_cmpint (state == DPOP_HELLO_STATE_ENDED, ==,
                       dpop_hello_end (hello) != DPOP_HELLO_END_NONE);
      while ((message = dpop_hello_next (hello)) != NULL)
        {
          g_assert_cmpuint (g_bytes_get_size (message), <=, DPOP_HELLO_MESSAGE_MAX);
          g_bytes_unref (message);
          sent++;
        }
      at += 2 + length;
    }
  g_assert_cmpuint (sent, <=, 4);
  return 0;
}
