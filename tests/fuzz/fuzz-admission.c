/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-admission.h"
#include "cosmic-secret.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: which side hears it (its lowest bit; the second says whether the inviter welcomes), then
 * messages, each behind its size in four bytes, little endian. What is said has its bounds, the
 * file that is promised as well, and an end is one. */

#define FILE_SIZE 100000

static CosmicAdmission *
begin (guint side, FixtureRandom *random)
{
  static const CosmicAdmissionBond bond = { { 1 }, { { 2 } }, { { 3 } } };
  g_autoptr (GBytes) request = g_bytes_new_static ("request", 7);

  fixture_random_init (random, side);
  return cosmic_admission_new (side == 0 ? COSMIC_ADMISSION_NEWCOMER : COSMIC_ADMISSION_INVITER,
                               &bond, side == 0 ? request : NULL, fixture_random_table (random));
}

static void
decide (CosmicAdmission *inviter, guint flags)
{
  g_autofree guint8 *bytes = g_malloc0 (FILE_SIZE);
  g_autoptr (GBytes) file = g_bytes_new_take (g_steal_pointer (&bytes), FILE_SIZE);

  if ((flags & 2) != 0)
    cosmic_admission_welcome (inviter, file);
  else
    cosmic_admission_refuse (inviter, COSMIC_ADMISSION_WHY_LATER);
}

static void
append (GByteArray *bytes, GBytes *message)
{
  const guint32 size = GUINT32_TO_LE ((guint32) g_bytes_get_size (message));

  g_byte_array_append (bytes, (const guint8 *) &size, sizeof size);
  g_byte_array_append (bytes, g_bytes_get_data (message, NULL), g_bytes_get_size (message));
}

/* What side N & 1 hears in an honest conversation. */
GBytes *
fuzz_seed (guint n)
{
  FixtureRandom random[2];
  CosmicAdmission *sides[2];
  GByteArray *heard;
  const guint8 flags = (guint8) n;
  gboolean goes_on = TRUE;

  if (n >= 4)
    return NULL;
  g_assert_true (cosmic_crypto_init ());
  heard = g_byte_array_new ();
  g_byte_array_append (heard, &flags, 1);
  for (guint i = 0; i < 2; i++)
    sides[i] = begin (i, &random[i]);
  while (goes_on)
    {
      goes_on = FALSE;
      for (guint from = 0; from < 2; from++)
        {
          g_autoptr (GBytes) message = cosmic_admission_next (sides[from]);
          g_autoptr (GBytes) piece = NULL;

          if (message == NULL)
            continue;
          goes_on = TRUE;
          if ((n & 1) != from)
            append (heard, message);
          cosmic_admission_take (sides[1 - from], g_bytes_get_data (message, NULL),
                                 g_bytes_get_size (message), &piece);
        }
      if (cosmic_admission_state (sides[1]) == COSMIC_ADMISSION_COMPARE)
        {
          decide (sides[1], n);
          goes_on = TRUE;
        }
    }
  for (guint i = 0; i < 2; i++)
    cosmic_admission_free (sides[i]);
  return g_byte_array_free_to_bytes (heard);
}

static void
check (CosmicAdmission *self, CosmicAdmissionState before, gsize size, GBytes *piece)
{
  const CosmicAdmissionState state = cosmic_admission_state (self);
  guint64 total;
  const guint64 done = cosmic_admission_progress (self, &total);

  g_assert_cmpint (state, >=, before);
  if (before >= COSMIC_ADMISSION_DONE)
    g_assert_cmpint (state, ==, before);
  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (total, <=, COSMIC_ADMISSION_FILE_MAX);
  if (state == COSMIC_ADMISSION_COMPARE || state == COSMIC_ADMISSION_SENDING)
    g_assert_nonnull (cosmic_admission_code (self));
  if (piece != NULL)
    g_assert_cmpuint (g_bytes_get_size (piece), ==, size - 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FixtureRandom random;
  CosmicAdmission *self;
  gsize at = 1;

  if (size < 1)
    return 0;
  g_assert_true (cosmic_crypto_init ());
  self = begin (data[0] & 1, &random);
  while (size - at >= 4)
    {
      const CosmicAdmissionState before = cosmic_admission_state (self);
      g_autoptr (GBytes) piece = NULL;
      g_autoptr (GBytes) said = NULL;
      guint32 length;

      while ((said = cosmic_admission_next (self)) != NULL)
        {
          g_assert_cmpuint (g_bytes_get_size (said), <=, COSMIC_ADMISSION_MESSAGE_MAX);
          g_clear_pointer (&said, g_bytes_unref);
        }
      memcpy (&length, data + at, sizeof length);
      at += 4;
      length = MIN (GUINT32_FROM_LE (length), size - at);
      cosmic_admission_take (self, data + at, length, &piece);
      check (self, before, length, piece);
      at += length;
      if (cosmic_admission_state (self) == COSMIC_ADMISSION_COMPARE)
        decide (self, data[0]);
    }
  cosmic_admission_free (self);
  return 0;
}
