/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-join-request.h"
#include "fixture-random.h"
#include "fuzz.h"

#include <string.h>

/* Input: a text. What reads as a code of a kind is the code of its bytes, however it was typed. */

#define SEEDS 4

GBytes *
fuzz_seed (guint n)
{
  static const gsize sizes[SEEDS] = { 1, 15, 40, 223 };
  guint8 bytes[256];
  g_autoptr (GBytes) blob = NULL;
  FixtureRandom random;
  char *text;

  if (n >= SEEDS)
    return NULL;
  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&random, n);
  dpop_random_fill (fixture_random_table (&random), bytes, sizeof bytes);
  blob = g_bytes_new (bytes, sizes[n]);
  text = cosmic_text_code_write (n % 2 == 0 ? 'J' : 'R', blob);
  return g_bytes_new_take (text, strlen (text));
}

/* Letters and digits alone, in upper case, and of those that look alike only one. */
static char *
plain_letters (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      char upper = g_ascii_toupper (*text);

      if (g_ascii_isalnum (upper))
        g_string_append_c (letters, upper == 'O'                   ? '0'
                                    : upper == 'I' || upper == 'L' ? '1'
                                                                   : upper);
    }
  return g_string_free (letters, FALSE);
}

static void
try_kind (char kind, const char *text)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *own = NULL;
  g_autofree char *given = NULL;
  g_autofree char *again = NULL;
  guint line = G_MAXUINT;
  CosmicTextCodeVerdict verdict = cosmic_text_code_read (kind, text, &bytes, &line);

  g_assert_cmpint (line > 0, ==,
                   verdict == COSMIC_TEXT_CODE_LINE || verdict == COSMIC_TEXT_CODE_LETTER);
  g_assert_cmpint (bytes != NULL, ==, verdict == COSMIC_TEXT_CODE_GOOD);
  if (bytes == NULL)
    return;
  own = cosmic_text_code_write (kind, bytes);
  given = plain_letters (text);
  again = plain_letters (own);
  g_assert_cmpstr (given, ==, again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  CosmicInvite invite;
  guint line;

  g_assert_true (cosmic_crypto_init ());
  try_kind ('J', text);
  try_kind ('R', text);
  if (cosmic_invite_from_text (&invite, text, &line) == COSMIC_TEXT_CODE_GOOD)
    cosmic_invite_clear (&invite);
  return 0;
}
