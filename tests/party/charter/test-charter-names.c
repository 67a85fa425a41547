/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-names.h"
#include "dpop-charter-word.h"
#include "fixture-charter.h"

#include <string.h>

static DpopCharterNames *
names_new (void)
{
  DpopCharterNames *names = dpop_charter_names_new ();

  g_free (names->name);
  names->name = g_strdup ("Gärtnerverein Süd");
  dpop_charter_names_add (names->roles, "chair", "Chair", "Leads.\n\tAnd signs.");
  dpop_charter_names_add (names->roles, "clerk-2", "Clerk of a group", "");
  dpop_charter_names_add (names->unit_kinds, "group", "Group", "");
  dpop_charter_names_add (names->rules, "ordinary", "Ordinary question", "");
  return names;
}

static void
test_written_and_read_again_is_the_same (void)
{
  g_autoptr (DpopCharterNames) names = names_new ();
  g_autoptr (DpopCharter) charter = fixture_charter ();
  g_autoptr (GBytes) bytes = dpop_charter_names_to_bytes (names);
  DpopCharterFinding why = { 0 };
  g_autoptr (DpopCharterNames) read = dpop_charter_names_from_bytes (bytes, &why);
  g_autoptr (GBytes) again = NULL;

  g_assert_cmpint (why.code, ==, DPOP_CHARTER_FINE);
  g_assert_true (dpop_charter_names_valid (read, charter, &why));
  g_assert_cmpstr (read->name, ==, "Gärtnerverein Süd");
  g_assert_cmpstr (dpop_charter_names_get (read->roles, 0)->description, ==,
                   "Leads.\n\tAnd signs.");
  g_assert_cmpint (dpop_charter_names_find (read->roles, "clerk-2"), ==, 1);
  g_assert_cmpint (dpop_charter_names_find (read->roles, "clerk"), ==, -1);
  again = dpop_charter_names_to_bytes (read);
  g_assert_true (g_bytes_equal (bytes, again));
}

static char *
repeated (const char *text, guint n)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (all, FALSE);
}

static void
test_texts_are_bounded_and_plain (void)
{
  g_autofree char *longest = repeated ("ß", 200);
  g_autofree char *too_long = repeated ("ß", 201);
  g_autofree char *long_description = repeated ("a", 4000);
  g_autofree char *too_long_description = repeated ("a", 4001);
  const struct
  {
    const char *label, *description;
    DpopCharterCode code;
  } cases[] = {
    { "A", "", DPOP_CHARTER_FINE },
    { longest, long_description, DPOP_CHARTER_FINE },
    { too_long, "", DPOP_CHARTER_NAMES_TOO_LONG },
    { "A", too_long_description, DPOP_CHARTER_NAMES_TOO_LONG },
    { "", "", DPOP_CHARTER_NAMES_EMPTY },
    { "A\nB", "", DPOP_CHARTER_NAMES_NOT_TEXT },
    { "A\x1b[2J", "", DPOP_CHARTER_NAMES_NOT_TEXT },
    { "A\x7f", "", DPOP_CHARTER_NAMES_NOT_TEXT },
    { "A\xc2\x85", "", DPOP_CHARTER_NAMES_NOT_TEXT },
    { "A\xff", "", DPOP_CHARTER_NAMES_NOT_TEXT },
    { "A", "line\nand\ttab", DPOP_CHARTER_FINE },
    { "A", "bell\a", DPOP_CHARTER_NAMES_NOT_TEXT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DpopCharterNames) names = names_new ();
      DpopCharterFinding why = { 0 };

      dpop_charter_names_add (names->rules, "another", cases[i].label, cases[i].description);
      g_assert_cmpint (dpop_charter_names_valid (names, NULL, &why), ==,
                       cases[i].code == DPOP_CHARTER_FINE);
      g_assert_cmpint (why.code, ==, cases[i].code);
      if (cases[i].code != DPOP_CHARTER_FINE)
        g_assert_cmpstr (why.place, ==,
                         cases[i].description[0] != '\0' ? "rules/1/description" : "rules/1/label");
    }
}

static void
test_the_organisation_has_a_name (void)
{
  g_autoptr (DpopCharterNames) names = names_new ();
  DpopCharterFinding why = { 0 };

  names->name[0] = '\0';
  g_assert_false (dpop_charter_names_valid (names, NULL, &why));
  g_assert_cmpint (why.code, ==, DPOP_CHARTER_NAMES_EMPTY);
  g_assert_cmpstr (why.place, ==, "name");
}

static void
test_keys_are_short_plain_and_single (void)
{
  static const struct
  {
    const char *key;
    DpopCharterCode code;
  } cases[] = {
    { "treasurer", DPOP_CHARTER_FINE },
    { "a", DPOP_CHARTER_FINE },
    { "abcdefghijklmnopqrstuvwxyz-01234", DPOP_CHARTER_FINE },
    { "abcdefghijklmnopqrstuvwxyz-012345", DPOP_CHARTER_NAMES_KEY },
    { "", DPOP_CHARTER_NAMES_KEY },
    { "2nd", DPOP_CHARTER_NAMES_KEY },
    { "-a", DPOP_CHARTER_NAMES_KEY },
    { "Chair", DPOP_CHARTER_NAMES_KEY },
    { "a b", DPOP_CHARTER_NAMES_KEY },
    { "vorständin", DPOP_CHARTER_NAMES_KEY },
    { "member", DPOP_CHARTER_NAMES_KEY },
    { "chair", DPOP_CHARTER_NAMES_KEY_TWICE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DpopCharterNames) names = names_new ();
      DpopCharterFinding why = { 0 };

      dpop_charter_names_add (names->roles, cases[i].key, "A", "");
      g_assert_cmpint (dpop_charter_names_valid (names, NULL, &why), ==,
                       cases[i].code == DPOP_CHARTER_FINE);
      g_assert_cmpint (why.code, ==, cases[i].code);
      if (cases[i].code != DPOP_CHARTER_FINE)
        g_assert_cmpstr (why.place, ==, "roles/2/key");
    }
}

static void
test_each_part_has_its_name (void)
{
  g_autoptr (DpopCharterNames) names = names_new ();
  g_autoptr (DpopCharter) charter = fixture_charter ();
  DpopCharterFinding why = { 0 };

  g_assert_true (dpop_charter_names_valid (names, charter, NULL));
  charter->n_roles--;
  g_assert_false (dpop_charter_names_valid (names, charter, &why));
  g_assert_cmpstr (why.place, ==, "roles");
  charter->n_roles++;
  charter->n_unit_kinds++;
  g_assert_false (dpop_charter_names_valid (names, charter, &why));
  g_assert_cmpstr (why.place, ==, "unitKinds");
  charter->n_unit_kinds--;
  charter->n_rules++;
  g_assert_false (dpop_charter_names_valid (names, charter, &why));
  g_assert_cmpstr (why.place, ==, "rules");
  g_assert_cmpint (why.code, ==, DPOP_CHARTER_NAMES_COUNT);
}

static void
test_lists_and_the_whole_are_bounded (void)
{
  g_autoptr (DpopCharterNames) many = names_new (), large = names_new ();
  g_autofree char *text = repeated ("a", 4000);
  DpopCharterFinding why = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *zeros = g_malloc0 (DPOP_CHARTER_NAMES_BYTES_MAX + 1);

  for (guint i = 0; i < DPOP_CHARTER_UNIT_KINDS_MAX; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%u", i);

      dpop_charter_names_add (many->unit_kinds, key, "A", "");
      dpop_charter_names_add (large->unit_kinds, key, "A", i > 0 ? text : "");
    }
  g_assert_false (dpop_charter_names_valid (many, NULL, &why));
  g_assert_cmpint (why.code, ==, DPOP_CHARTER_TOO_MANY);
  bytes = dpop_charter_names_to_bytes (many);
  why.code = DPOP_CHARTER_FINE;
  g_assert_null (dpop_charter_names_from_bytes (bytes, &why));
  g_assert_cmpint (why.code, ==, DPOP_CHARTER_TOO_MANY);
  g_array_remove_index (large->unit_kinds, 0);
  g_assert_false (dpop_charter_names_valid (large, NULL, &why));
  g_assert_cmpint (why.code, ==, DPOP_CHARTER_TOO_LARGE);
  g_bytes_unref (bytes);
  bytes = g_bytes_new (zeros, DPOP_CHARTER_NAMES_BYTES_MAX + 1);
  why.code = DPOP_CHARTER_FINE;
  g_assert_null (dpop_charter_names_from_bytes (bytes, &why));
  g_assert_cmpint (why.code, ==, DPOP_CHARTER_TOO_LARGE);
}

static void
test_every_flipped_bit_is_an_error_or_other_names (void)
{
  g_autoptr (DpopCharterNames) names = names_new ();
  g_autoptr (GBytes) bytes = dpop_charter_names_to_bytes (names);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize bit = 0; bit < size * 8; bit++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) flipped = NULL;
      g_autoptr (DpopCharterNames) read = NULL;
      DpopCharterFinding why = { 0 };

      copy[bit / 8] ^= (guint8) (1 << bit % 8);
      flipped = g_bytes_new (copy, size);
      read = dpop_charter_names_from_bytes (flipped, &why);
      g_assert_cmpint (read == NULL, ==, why.code != DPOP_CHARTER_FINE);
      if (read != NULL)
        {
          g_autoptr (GBytes) again = dpop_charter_names_to_bytes (read);

          g_assert_true (g_bytes_equal (flipped, again));
        }
    }
}

static void
test_each_number_has_one_word (void)
{
  for (DpopCharterWordKind kind = 0; kind <= DPOP_CHARTER_WORD_KIND_LAST; kind++)
    {
      guint first = dpop_charter_word_first (kind), last = dpop_charter_word_last (kind);

      for (guint number = first; number <= last; number++)
        g_assert_cmpint (dpop_charter_word_number (kind, dpop_charter_word (kind, number)), ==,
                         (int) number);
      g_assert_null (dpop_charter_word (kind, last + 1));
      g_assert_cmpint (dpop_charter_word_number (kind, "nonsense"), ==, -1);
    }
  g_assert_null (dpop_charter_word (DPOP_CHARTER_WORD_ACTION, 0));
  g_assert_cmpuint (dpop_charter_word_last (DPOP_CHARTER_WORD_ACTION), ==, DPOP_ACTION_LAST);
  g_assert_cmpint (dpop_charter_word_number (DPOP_CHARTER_WORD_ACTION, "vote"), ==,
                   DPOP_ACTION_VOTE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/names/Written and read again they are the same",
                   test_written_and_read_again_is_the_same);
  g_test_add_func ("/charter/names/Texts are bounded and plain", test_texts_are_bounded_and_plain);
  g_test_add_func ("/charter/names/The organisation has a name", test_the_organisation_has_a_name);
  g_test_add_func ("/charter/names/Keys are short, plain and single",
                   test_keys_are_short_plain_and_single);
  g_test_add_func ("/charter/names/Each part has its name", test_each_part_has_its_name);
  g_test_add_func ("/charter/names/Lists and the whole are bounded",
                   test_lists_and_the_whole_are_bounded);
  g_test_add_func ("/charter/names/Every flipped bit is an error or other names",
                   test_every_flipped_bit_is_an_error_or_other_names);
  g_test_add_func ("/charter/word/Each number has one word", test_each_number_has_one_word);
  return g_test_run ();
}
