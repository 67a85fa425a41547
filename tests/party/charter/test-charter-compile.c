/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-compile.h"
#include "fixture-charter.h"

#include <string.h>

static void
test_compiled_and_read_again_is_the_same (void)
{
  guint64 seed = g_test_rand_int ();
  FixtureRandom random;
  gsize largest = 0;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  fixture_random_init (&random, seed);
  for (guint i = 0; i < 640 / fixture_share (); i++)
    {
      g_autoptr (DpopCharter) charter = fixture_charter_random (&random);
      g_autoptr (GBytes) bytes = dpop_charter_compile (charter);
      DpopCharterFinding why = { 0 };
      g_autoptr (DpopCharter) read = dpop_charter_from_bytes (bytes, &why);
      g_autoptr (GBytes) again = NULL;

      g_assert_cmpint (why.code, ==, DPOP_CHARTER_FINE);
      g_assert_nonnull (read);
      g_assert_cmpmem (&read->plain, sizeof read->plain, &charter->plain, sizeof charter->plain);
      g_assert_cmpmem (read->moves, sizeof read->moves, charter->moves, sizeof charter->moves);
      g_assert_cmpuint (read->n_rules, ==, charter->n_rules);
      for (guint r = 0; r < read->n_rules; r++)
        g_assert_cmpint (read->rules[r].max_open_ms, ==, charter->rules[r].max_open_ms);
      again = dpop_charter_compile (read);
      g_assert_true (g_bytes_equal (bytes, again));
      largest = MAX (largest, g_bytes_get_size (bytes));
    }
  g_test_message ("largest compiled: %" G_GSIZE_FORMAT " bytes", largest);
  g_assert_cmpuint (largest, <, DPOP_CHARTER_COMPILED_MAX);
}

static void
test_every_flipped_bit_is_an_error_or_another_charter (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  g_autoptr (GBytes) bytes = dpop_charter_compile (charter);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint refused = 0, another = 0;

  for (gsize bit = 0; bit < size * 8; bit++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) flipped = NULL;
      g_autoptr (DpopCharter) read = NULL;

      copy[bit / 8] ^= (guint8) (1 << bit % 8);
      flipped = g_bytes_new (copy, size);
      read = dpop_charter_from_bytes (flipped, NULL);
      if (read != NULL)
        {
          g_autoptr (GBytes) again = dpop_charter_compile (read);

          g_assert_true (g_bytes_equal (flipped, again));
          g_assert_false (dpop_charter_equal (charter, read));
          another++;
        }
      else
        refused++;
    }
  g_test_message ("%u refused, %u are other charters", refused, another);
  g_assert_cmpuint (refused, >, 0);
  g_assert_cmpuint (another, >, 0);
}

static void
test_any_prefix_and_any_addition_is_refused (void)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  g_autoptr (GBytes) bytes = dpop_charter_compile (charter);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *longer = g_malloc0 (size + 8);
  DpopCharterFinding why;

  memcpy (longer, g_bytes_get_data (bytes, NULL), size);
  for (gsize i = 0; i <= size + 8; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (longer, i);
      g_autoptr (DpopCharter) read = dpop_charter_from_bytes (cut, &why);

      if (i == size)
        g_assert_nonnull (read);
      else
        {
          g_assert_null (read);
          g_assert_cmpint (why.severity, ==, DPOP_CHARTER_ERROR);
        }
    }
}

static void
test_large_bytes_are_refused_unread (void)
{
  g_autofree guint8 *zeros = g_malloc0 (DPOP_CHARTER_COMPILED_MAX + 1);
  g_autoptr (GBytes) bytes = g_bytes_new (zeros, DPOP_CHARTER_COMPILED_MAX + 1);
  DpopCharterFinding why;

  g_assert_null (dpop_charter_from_bytes (bytes, &why));
  g_assert_cmpint (why.code, ==, DPOP_CHARTER_TOO_LARGE);
}

/* The charter of fixture_charter () in GVariant's text form, one place of it replaced. */
static DpopCharterCode
code_with (const char *what, const char *by)
{
  g_autoptr (DpopCharter) charter = fixture_charter ();
  g_autoptr (GVariant) variant = g_variant_ref_sink (dpop_charter_compile_variant (charter));
  g_autofree char *text = g_variant_print (variant, FALSE);
  char *at = strstr (text, what);
  g_autofree char *before = NULL, *changed = NULL;
  g_autoptr (GVariant) parsed = NULL;
  g_autoptr (GError) error = NULL;
  DpopCharterFinding why = { 0 };
  g_autoptr (DpopCharter) read = NULL;

  g_assert_nonnull (at);
  before = g_strndup (text, at - text);
  changed = g_strconcat (before, by, at + strlen (what), NULL);
  parsed = g_variant_parse (G_VARIANT_TYPE (DPOP_CHARTER_TYPE), changed, NULL, NULL, &error);
  g_assert_no_error (error);
  read = dpop_charter_from_variant (parsed, &why);
  g_assert_cmpint (read == NULL, ==, why.code != DPOP_CHARTER_FINE);
  return why.code;
}

typedef struct
{
  const char *what, *by;
  DpopCharterCode code;
} Change;

static void
check_changes (const Change *changes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("%s -> %s", changes[i].what, changes[i].by);
      g_assert_cmpint (code_with (changes[i].what, changes[i].by), ==, changes[i].code);
    }
}

static void
test_maps_ascend_and_hold_nothing_empty (void)
{
  static const Change changes[] = {
    { "(0x02, 0x03, 0x01, 1)", "(0x02, 0x03, 0x01, 1)", DPOP_CHARTER_FINE },
    { "(0x02, 0x03, 0x01, 1)", "(0x02, 0x03, 0x03, 1)", DPOP_CHARTER_NOT_ASCENDING },
    { "(0x02, 0x03, 0x01, 1)", "(0x02, 0x03, 0x01, 0)", DPOP_CHARTER_NOT_ASCENDING },
    { "(0x02, 0x03, 0x01, 1)", "(0x02, 0x02, 0x01, 1)", DPOP_CHARTER_UNKNOWN_NUMBER },
    { "(0x03, 0x02, 0x01, 1)", "(0x05, 0x02, 0x01, 1)", DPOP_CHARTER_UNKNOWN_NUMBER },
    { "(0x03, 0x02, 0x01, 1)", "(0x03, 0x02, 0x05, 1)", DPOP_CHARTER_UNKNOWN_NUMBER },
    { "(0x03, 0x02, 0x01, 1)", "(0x03, 0x02, 0x01, 4)", DPOP_CHARTER_UNKNOWN_ROLE },
    { "[(0x02, 122880)", "[(0x04, 122880)", DPOP_CHARTER_NOT_ASCENDING },
    { "[(0x02, 122880)", "[(0x02, 0)", DPOP_CHARTER_NOT_ASCENDING },
    { "[(0x03, 108)]", "[(0x05, 108)]", DPOP_CHARTER_UNKNOWN_NUMBER },
  };

  check_changes (changes, G_N_ELEMENTS (changes));
}

static void
test_numbers_that_do_not_exist_are_refused (void)
{
  static const Change changes[] = {
    { "(0x01, [", "(0x02, [", DPOP_CHARTER_UNKNOWN_VERSION },
    { "[(0x03, 108)]", "[(0x03, 134217728)]", DPOP_CHARTER_UNKNOWN_NUMBER },
    { "[(0x03, 108)]", "[(0x03, 1)]", DPOP_CHARTER_UNKNOWN_NUMBER },
    { "[(0x03, 108)]", "[(0x03, 16)]", DPOP_CHARTER_MOVE_IN_PERMISSIONS },
    { "(0x02, false, 3,", "(0x03, false, 3,", DPOP_CHARTER_UNKNOWN_NUMBER },
    { "(0x02, false, 3,", "(0x02, false, 4,", DPOP_CHARTER_UNKNOWN_ROLE },
    { "(0x04, 0x07, 0x00, 0x00)", "(0x08, 0x07, 0x00, 0x00)", DPOP_CHARTER_UNKNOWN_NUMBER },
  };

  check_changes (changes, G_N_ELEMENTS (changes));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/compile/Compiled and read again it is the same",
                   test_compiled_and_read_again_is_the_same);
  g_test_add_func ("/charter/compile/Every flipped bit is an error or another charter",
                   test_every_flipped_bit_is_an_error_or_another_charter);
  g_test_add_func ("/charter/compile/Any prefix and any addition is refused",
                   test_any_prefix_and_any_addition_is_refused);
  g_test_add_func ("/charter/compile/Large bytes are refused unread",
                   test_large_bytes_are_refused_unread);
  g_test_add_func ("/charter/compile/Maps ascend and hold nothing empty",
                   test_maps_ascend_and_hold_nothing_empty);
  g_test_add_func ("/charter/compile/Numbers that do not exist are refused",
                   test_numbers_that_do_not_exist_are_refused);
  return g_test_run ();
}
