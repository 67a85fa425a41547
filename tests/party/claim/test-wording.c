/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-wording.h"

static const guint8 salt[COSMIC_PART_SALT_SIZE];

static void
test_what_was_typed_reads_as_it_was (void)
{
  DpopWordingFault fault = DPOP_WORDING_NO_TITLE;
  g_autoptr (GBytes) titled
      = cosmic_part_new (dpop_wording_encode ("Größe?", "First\n\tsecond", &fault), salt);
  g_autoptr (GBytes) plain = cosmic_part_new (dpop_wording_encode_plain ("Yes.", NULL), salt);
  g_autoptr (DpopWording) one = dpop_wording_decode (titled);
  g_autoptr (DpopWording) two = dpop_wording_decode_plain (plain);

  g_assert_cmpint (fault, ==, DPOP_WORDING_FINE);
  g_assert_cmpstr (one->title, ==, "Größe?");
  g_assert_cmpstr (one->text, ==, "First\n\tsecond");
  g_assert_null (two->title);
  g_assert_cmpstr (two->text, ==, "Yes.");
  g_assert_null (dpop_wording_decode (plain));
  g_assert_null (dpop_wording_decode_plain (titled));
}

static void
test_what_cannot_stand_is_named (void)
{
  g_autofree char *title = g_strnfill (DPOP_WORDING_TITLE_MAX + 1, 'a');
  g_autofree char *text = g_strnfill (DPOP_WORDING_TEXT_MAX + 1, 'a');
  const struct
  {
    const char *title, *text;
    DpopWordingFault fault;
  } cases[] = {
    { "Title", "", DPOP_WORDING_FINE },
    { title + 1, text + 1, DPOP_WORDING_FINE },
    { title, "", DPOP_WORDING_TITLE_TOO_LONG },
    { "Title", text, DPOP_WORDING_TEXT_TOO_LONG },
    { " ", "", DPOP_WORDING_NO_TITLE },
    { "Two\nlines", "", DPOP_WORDING_NOT_TEXT },
    { "Title", "bell\a", DPOP_WORDING_NOT_TEXT },
    { "Title", "del\177", DPOP_WORDING_NOT_TEXT },
    { "Title", "c1\xc2\x85", DPOP_WORDING_NOT_TEXT },
    { "Title", "no break\xc2\xa0", DPOP_WORDING_FINE },
    { "\xff", "", DPOP_WORDING_NOT_TEXT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DpopWordingFault fault;
      GVariant *value = dpop_wording_encode (cases[i].title, cases[i].text, &fault);

      g_assert_cmpint (fault, ==, cases[i].fault);
      g_assert_true ((value != NULL) == (fault == DPOP_WORDING_FINE));
      g_clear_pointer (&value, g_variant_unref);
    }
  g_assert_cmpint (dpop_wording_check_plain (" \n"), ==, DPOP_WORDING_NO_TEXT);
  g_assert_cmpint (dpop_wording_check_plain (text), ==, DPOP_WORDING_TEXT_TOO_LONG);
}

static void
test_a_part_from_elsewhere_is_checked_too (void)
{
  g_autoptr (GBytes) control = cosmic_part_new (g_variant_new ("(ss)", "a\nb", "c"), salt);
  g_autoptr (GBytes) blank = cosmic_part_new (g_variant_new ("(s)", " "), salt);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

  g_assert_null (dpop_wording_decode (control));
  g_assert_null (dpop_wording_decode_plain (blank));
  g_assert_null (dpop_wording_decode (empty));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wording/What was typed reads as it was", test_what_was_typed_reads_as_it_was);
  g_test_add_func ("/wording/What cannot stand is named", test_what_cannot_stand_is_named);
  g_test_add_func ("/wording/A part from elsewhere is checked too",
                   test_a_part_from_elsewhere_is_checked_too);
  return g_test_run ();
}
