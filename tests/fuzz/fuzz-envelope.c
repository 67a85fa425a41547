/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-aead.h"
#include "cosmic-envelope.h"
#include "cosmic-hash.h"
#include "fuzz.h"

#include <string.h>

/* Input: one byte, then an envelope; or, where the byte is odd, a plaintext that is sealed as an
 * envelope by hand, since no altered envelope would ever authenticate. What opens is the one
 * envelope that its item makes. */

static const guint8 key_bytes[32] = { 7 };
static const CosmicId stream = { { 3 } };

static CosmicScopeKey *
scope_key (void)
{
  static CosmicScopeKey *key;

  if (key == NULL)
    {
      g_assert_true (cosmic_crypto_init ());
      key = cosmic_scope_key_new (key_bytes);
    }
  return key;
}

static GBytes *
seal_item (CosmicItemType type, const guint8 *bytes, gsize size)
{
  g_autoptr (GBytes) item = g_bytes_new (bytes, size);

  return cosmic_envelope_seal (scope_key (), type, &stream, 9, item);
}

GBytes *
fuzz_seed (guint n)
{
  static const gsize sizes[] = { 0, 1, 252, 253, 3000 };
  guint8 bytes[3000] = { 1, 2, 3 };
  g_autoptr (GByteArray) input = g_byte_array_new ();

  if (n >= 2 * G_N_ELEMENTS (sizes))
    return NULL;
  g_byte_array_set_size (input, 1);
  input->data[0] = n % 2;
  if (n % 2 == 0)
    {
      g_autoptr (GBytes) envelope = seal_item (1 + n / 2, bytes, sizes[n / 2]);

      g_byte_array_append (input, g_bytes_get_data (envelope, NULL),
                           (guint) g_bytes_get_size (envelope));
    }
  else
    {
      gsize padded = cosmic_envelope_padded (4 + sizes[n / 2]);
      guint32 length = GUINT32_TO_LE ((guint32) sizes[n / 2]);
      g_autofree guint8 *plain = g_malloc0 (padded);

      memcpy (plain, &length, 4);
      memcpy (plain + 4, bytes, sizes[n / 2]);
      g_byte_array_append (input, plain, (guint) padded);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&input));
}

static GBytes *
seal_by_hand (const uint8_t *plain, size_t size)
{
  g_autoptr (GBytes) other = seal_item (COSMIC_ITEM_BODY, NULL, 0);
  guint8 nonce_key[32], encrypt_key[32], nonce[32];
  guint8 *out = g_malloc (COSMIC_ENVELOPE_OVERHEAD + size);
  CosmicHash hash;

  cosmic_derive (key_bytes, "dpopnonc", 1, nonce_key, 32);
  cosmic_derive (key_bytes, "dpopencr", 1, encrypt_key, 32);
  memcpy (out, g_bytes_get_data (other, NULL), COSMIC_LABEL_SIZE);
  cosmic_hash_init_keyed (&hash, nonce_key, 32);
  cosmic_hash_update (&hash, out, COSMIC_LABEL_SIZE);
  cosmic_hash_update (&hash, plain, size);
  cosmic_hash_finish (&hash, nonce);
  memcpy (out + COSMIC_LABEL_SIZE, nonce, 24);
  cosmic_aead_encrypt (encrypt_key, nonce, out, COSMIC_LABEL_SIZE, plain, size,
                       out + COSMIC_LABEL_SIZE + 24);
  return g_bytes_new_take (out, COSMIC_ENVELOPE_OVERHEAD + size);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) envelope = NULL;
  g_autoptr (GBytes) item = NULL;
  g_autoptr (GBytes) again = NULL;
  CosmicLabel label;

  if (size < 1)
    return 0;
  scope_key ();
  envelope = data[0] % 2 ? seal_by_hand (data + 1, size - 1) : g_bytes_new (data + 1, size - 1);
  item = cosmic_envelope_open (scope_key (), envelope);
  if (item == NULL)
    return 0;
  g_assert_true (cosmic_envelope_label (envelope, &label));
  g_assert_true (cosmic_envelope_is_for_stream (scope_key (), &label, &stream));
  again = cosmic_envelope_seal (scope_key (), label.type, &stream, label.order, item);
  g_assert_true (g_bytes_equal (again, envelope));
  return 0;
}
