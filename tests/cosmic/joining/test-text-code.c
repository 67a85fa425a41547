/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "cosmic-text-code.h"
#include "fixture-random.h"

#include <string.h>

static GBytes *
random_bytes (FixtureRandom *random, gsize size)
{
  guint8 *bytes = g_malloc (size);

  dpop_random_fill (fixture_random_table (random), bytes, size);
  return g_bytes_new_take (bytes, size);
}

static void
assert_reads (const char *text, GBytes *bytes)
{
  g_autoptr (GBytes) read = NULL;
  guint line;

  g_assert_cmpint (cosmic_text_code_read ('J', text, &read, &line), ==, COSMIC_TEXT_CODE_GOOD);
  g_assert_true (g_bytes_equal (read, bytes));
}

static CosmicTextCodeVerdict
verdict_of (const char *text, guint *line)
{
  GBytes *read = NULL;
  CosmicTextCodeVerdict verdict = cosmic_text_code_read ('J', text, &read, line);

  g_assert_true ((verdict == COSMIC_TEXT_CODE_GOOD) == (read != NULL));
  g_clear_pointer (&read, g_bytes_unref);
  return verdict;
}

static void
test_every_size_round_trips (void)
{
  FixtureRandom random;

  fixture_random_init (&random, 1);
  for (gsize size = 1; size <= COSMIC_TEXT_CODE_SIZE_MAX; size += size < 70 ? 1 : 61)
    {
      g_autoptr (GBytes) bytes = random_bytes (&random, size);
      g_autofree char *text = cosmic_text_code_write ('J', bytes);

      assert_reads (text, bytes);
    }
}

/* As it comes back from mail, from paper, from a voice. */
static void
test_it_is_read_as_people_write (void)
{
  FixtureRandom random;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *letters = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *spaced = NULL;
  g_autofree char *dashed = NULL;

  fixture_random_init (&random, 2);
  bytes = random_bytes (&random, 200);
  text = cosmic_text_code_write ('J', bytes);
  lower = g_ascii_strdown (text, -1);
  assert_reads (lower, bytes);
  /* O for 0, and I and L for 1. */
  letters = g_strdelimit (g_strdup (text), "0", 'O');
  g_strdelimit (letters, "1", 'l');
  assert_reads (letters, bytes);
  g_strdelimit (letters, "l", 'I');
  assert_reads (letters, bytes);
  lines = g_strsplit (text, "\n", -1);
  quoted = g_strjoinv ("\r\n > ", lines);
  assert_reads (quoted, bytes);
  spaced = g_strdelimit (g_strdup (text), "-\n", ' ');
  assert_reads (spaced, bytes);
  {
    g_auto (GStrv) groups = g_strsplit (text, "-", -1);

    dashed = g_strjoinv (" \342\200\223 ", groups); /* as word processors make of it */
  }
  assert_reads (dashed, bytes);
}

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* One letter mistyped anywhere is told with its line; two swapped, too. */
static void
test_a_mistyped_letter_is_told_by_its_line (void)
{
  FixtureRandom random;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  guint line, at_line = 0, tried = 0;

  fixture_random_init (&random, 3);
  bytes = random_bytes (&random, 200);
  text = cosmic_text_code_write ('J', bytes);
  for (char *at = text + strlen ("DPOP-J"); *at != '\0'; at++)
    {
      char was = *at;

      at_line += was == '\n';
      if (!g_ascii_isalnum (was))
        continue;
      do
        *at = alphabet[fixture_random_below (&random, 32)];
      while (*at == was);
      g_assert_cmpint (verdict_of (text, &line), ==, COSMIC_TEXT_CODE_LINE);
      g_assert_cmpuint (line, ==, at_line);
      *at = 'U';
      g_assert_cmpint (verdict_of (text, &line), ==, COSMIC_TEXT_CODE_LETTER);
      g_assert_cmpuint (line, ==, at_line);
      *at = was;
      if (g_ascii_isalnum (at[1]) && at[1] != was)
        {
          *at = at[1];
          at[1] = was;
          g_assert_cmpint (verdict_of (text, &line), ==, COSMIC_TEXT_CODE_LINE);
          g_assert_cmpuint (line, ==, at_line);
          at[1] = *at;
          *at = was;
        }
      tried++;
    }
  g_assert_cmpuint (tried, >, 300);
}

/* Without the line N; and with two lines in each other's place. */
static void
test_lines_that_are_missing_or_swapped_are_told (void)
{
  FixtureRandom random;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint count, line;

  fixture_random_init (&random, 4);
  bytes = random_bytes (&random, 150); /* ten full lines */
  text = cosmic_text_code_write ('J', bytes);
  g_strchomp (text);
  lines = g_strsplit (text, "\n", -1);
  count = g_strv_length (lines);
  g_assert_cmpuint (count, ==, 11);
  for (guint i = 1; i < count; i++)
    {
      char *left_out = lines[i];
      g_autofree char *without = NULL;
      CosmicTextCodeVerdict verdict;

      lines[i] = g_strdup ("");
      without = g_strjoinv ("\n", lines);
      g_free (lines[i]);
      lines[i] = left_out;
      verdict = verdict_of (without, &line);
      g_assert_cmpint (verdict, ==, i < count - 1 ? COSMIC_TEXT_CODE_LINE
                                                  : COSMIC_TEXT_CODE_SHORT);
      g_assert_cmpuint (line, ==, i < count - 1 ? i : 0);
    }
  for (guint i = 1; i + 1 < count; i++)
    {
      g_autofree char *swapped = NULL;
      char *first = lines[i];

      lines[i] = lines[i + 1];
      lines[i + 1] = first;
      swapped = g_strjoinv ("\n", lines);
      lines[i + 1] = lines[i];
      lines[i] = first;
      g_assert_cmpint (verdict_of (swapped, &line), ==, COSMIC_TEXT_CODE_LINE);
      g_assert_cmpuint (line, ==, i);
    }
}

static void
test_other_texts_are_told (void)
{
  FixtureRandom random;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *twice = NULL;
  g_autofree char *endless = NULL;
  guint line;

  fixture_random_init (&random, 5);
  bytes = random_bytes (&random, 40);
  text = cosmic_text_code_write ('R', bytes);
  g_assert_cmpint (verdict_of (text, &line), ==, COSMIC_TEXT_CODE_OTHER_KIND);
  text[5] = 'J';
  /* The kind is part of every line's check. */
  g_assert_cmpint (verdict_of (text, &line), ==, COSMIC_TEXT_CODE_LINE);
  g_assert_cmpint (verdict_of ("", &line), ==, COSMIC_TEXT_CODE_NONE);
  g_assert_cmpint (verdict_of ("Dear Anna, come to us!", &line), ==, COSMIC_TEXT_CODE_NONE);
  g_assert_cmpint (verdict_of ("DPOP", &line), ==, COSMIC_TEXT_CODE_NONE);
  g_assert_cmpint (verdict_of ("DPOP-J", &line), ==, COSMIC_TEXT_CODE_SHORT);
  g_assert_cmpint (verdict_of ("DPOP-J 12", &line), ==, COSMIC_TEXT_CODE_SHORT);
  g_clear_pointer (&text, g_free);
  text = cosmic_text_code_write ('J', bytes);
  cut = g_strndup (text, strlen (text) - 5);
  g_assert_cmpint (verdict_of (cut, &line), ==, COSMIC_TEXT_CODE_LINE);
  g_assert_cmpuint (line, ==, 3);
  twice = g_strconcat (text, text, NULL);
  g_assert_cmpint (verdict_of (twice, &line), !=, COSMIC_TEXT_CODE_GOOD);
  endless = g_strnfill (100000, '0');
  memcpy (endless, "DPOPJ", 5);
  g_assert_cmpint (verdict_of (endless, &line), !=, COSMIC_TEXT_CODE_GOOD);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/text-code/every size round trips", test_every_size_round_trips);
  g_test_add_func ("/text-code/it is read as people write", test_it_is_read_as_people_write);
  g_test_add_func ("/text-code/a mistyped letter is told by its line",
                   test_a_mistyped_letter_is_told_by_its_line);
  g_test_add_func ("/text-code/lines that are missing or swapped are told",
                   test_lines_that_are_missing_or_swapped_are_told);
  g_test_add_func ("/text-code/other texts are told", test_other_texts_are_told);
  return g_test_run ();
}
