/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-rational.h"
#include "fixture-random.h"

static DpopRational
rational (gint64 num, gint64 den)
{
  DpopRational made = { 0 };

  g_assert_true (dpop_rational_init (&made, num, den));
  return made;
}

static void
test_lowest_terms (void)
{
  DpopRational a = rational (-6, -9), b = rational (6, -9), c = rational (0, -5), kept = { 7, 9 };

  g_assert_cmpint (a.num, ==, 2);
  g_assert_cmpint (a.den, ==, 3);
  g_assert_cmpint (b.num, ==, -2);
  g_assert_cmpint (b.den, ==, 3);
  g_assert_cmpint (c.num, ==, 0);
  g_assert_cmpint (c.den, ==, 1);
  g_assert_true (dpop_rational_init (&a, G_MININT64, 2));
  g_assert_cmpint (a.num, ==, G_MININT64 / 2);
  g_assert_false (dpop_rational_init (&kept, 1, 0));
  g_assert_false (dpop_rational_init (&kept, 0, 0));
  g_assert_false (dpop_rational_init (&kept, G_MININT64, 1));
  g_assert_false (dpop_rational_init (&kept, 1, G_MININT64));
  g_assert_cmpint (kept.num, ==, 7);
}

static void
test_what_was_not_made_here_is_told (void)
{
  g_assert_true (dpop_rational_is_valid ((DpopRational){ 2, 3 }));
  g_assert_true (dpop_rational_is_valid ((DpopRational){ 0, 1 }));
  g_assert_true (dpop_rational_is_valid ((DpopRational){ -2, 3 }));
  g_assert_false (dpop_rational_is_valid ((DpopRational){ 4, 6 }));
  g_assert_false (dpop_rational_is_valid ((DpopRational){ 0, 2 }));
  g_assert_false (dpop_rational_is_valid ((DpopRational){ 0, 0 }));
  g_assert_false (dpop_rational_is_valid ((DpopRational){ 2, -3 }));
  g_assert_false (dpop_rational_is_valid ((DpopRational){ G_MININT64, 1 }));
}

static void
test_two_thirds_of_nine_is_six (void)
{
  DpopRational two_thirds = rational (2, 3);

  g_assert_cmpuint (dpop_rational_of (two_thirds, FALSE, 9), ==, 6);
  g_assert_cmpuint (dpop_rational_of (two_thirds, TRUE, 9), ==, 7);
  g_assert_cmpuint (dpop_rational_of (two_thirds, FALSE, 10), ==, 7);
  g_assert_true (dpop_rational_is_reached (two_thirds, FALSE, 6, 9));
  g_assert_false (dpop_rational_is_reached (two_thirds, TRUE, 6, 9));
  g_assert_false (dpop_rational_is_reached (two_thirds, FALSE, 5, 9));
  g_assert_cmpuint (dpop_rational_of (rational (1, 2), TRUE, 0), ==, 1);
  g_assert_cmpuint (dpop_rational_of (rational (-1, 2), TRUE, 5), ==, 0);
}

static void
test_thresholds_agree_with_counting_up (void)
{
  for (gint64 den = 1; den <= 12; den++)
    for (gint64 num = 0; num <= den; num++)
      for (guint64 base = 0; base <= 500; base += fixture_share ())
        for (int strict = 0; strict <= 1; strict++)
          {
            DpopRational share = rational (num, den);
            guint64 needed = 0;

            /* Both sides fit easily: this is the plain definition. */
            while (strict ? needed * (guint64) den <= (guint64) num * base
                          : needed * (guint64) den < (guint64) num * base)
              needed++;
            g_assert_cmpuint (dpop_rational_of (share, strict, base), ==, needed);
            g_assert_true (dpop_rational_is_reached (share, strict, needed, base));
            if (needed > 0)
              g_assert_false (dpop_rational_is_reached (share, strict, needed - 1, base));
          }
}

static void
test_the_largest_numbers_are_exact (void)
{
  DpopRational almost_one = { G_MAXINT64 - 1, G_MAXINT64 };
  DpopRational almost_the_same = { G_MAXINT64 - 2, G_MAXINT64 - 1 };
  DpopRational huge = { G_MAXINT64, 1 };

  g_assert_cmpint (dpop_rational_compare (almost_one, almost_the_same), >, 0);
  g_assert_cmpint (dpop_rational_compare (almost_the_same, almost_one), <, 0);
  g_assert_cmpint (dpop_rational_compare (almost_one, almost_one), ==, 0);
  g_assert_cmpint (dpop_rational_compare (rational (-1, 2), rational (-1, 3)), <, 0);
  g_assert_cmpuint (dpop_rational_of (almost_one, FALSE, G_MAXINT64), ==, G_MAXINT64 - 1);
  g_assert_cmpuint (dpop_rational_of (almost_one, TRUE, G_MAXINT64), ==, G_MAXINT64);
  g_assert_cmpuint (dpop_rational_of (huge, TRUE, G_MAXUINT64), ==, G_MAXUINT64);
  g_assert_cmpint (dpop_rational_compare_share (huge, G_MAXUINT64, G_MAXUINT64), <, 0);
  g_assert_cmpint (dpop_rational_compare_share (almost_one, G_MAXUINT64, G_MAXUINT64), >, 0);
}

static void
test_text_comes_back (void)
{
  static const struct
  {
    const char *text;
    gint64 num, den;
    const char *written;
  } good[] = {
    { "2/3", 2, 3, "2/3" },      { "4/6", 2, 3, "2/3" },   { "1", 1, 1, "1" },
    { "0", 0, 1, "0" },          { "-1/2", -1, 2, "-1/2" }, { "75%", 3, 4, "3/4" },
    { "100%", 1, 1, "1" },       { "-0", 0, 1, "0" },
    { "9223372036854775807/9223372036854775806", G_MAXINT64, G_MAXINT64 - 1,
      "9223372036854775807/9223372036854775806" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      DpopRational read;
      g_autofree char *written = NULL;

      g_assert_true (dpop_rational_parse (good[i].text, &read));
      g_assert_cmpint (read.num, ==, good[i].num);
      g_assert_cmpint (read.den, ==, good[i].den);
      written = dpop_rational_format (read);
      g_assert_cmpstr (written, ==, good[i].written);
    }
}

static void
test_text_that_is_no_fraction (void)
{
  static const char *const bad[] = {
    "", "-", "/", "1/", "/2", "1/0", "1/-2", "+1", " 1", "1 ", "1/2/3", "0.5", "1,5", "50%%",
    "%", "1/2%", "--1", "9223372036854775808", "1/9223372036854775808", "½", "0x10", "1e3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      DpopRational kept = { 5, 7 };

      g_test_message ("%s", bad[i]);
      g_assert_false (dpop_rational_parse (bad[i], &kept));
      g_assert_cmpint (kept.num, ==, 5);
      g_assert_cmpint (kept.den, ==, 7);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/count/rational/Fractions are in lowest terms", test_lowest_terms);
  g_test_add_func ("/count/rational/What is not in lowest terms is told",
                   test_what_was_not_made_here_is_told);
  g_test_add_func ("/count/rational/Two thirds of nine is six", test_two_thirds_of_nine_is_six);
  g_test_add_func ("/count/rational/Thresholds up to 500 agree with counting up",
                   test_thresholds_agree_with_counting_up);
  g_test_add_func ("/count/rational/The largest numbers are exact",
                   test_the_largest_numbers_are_exact);
  g_test_add_func ("/count/rational/Text comes back", test_text_comes_back);
  g_test_add_func ("/count/rational/What is no fraction is refused",
                   test_text_that_is_no_fraction);
  return g_test_run ();
}
