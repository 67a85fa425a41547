/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-details.h"

#include <string.h>

static DpopMemberDetails *
everything (void)
{
  DpopMemberDetails *details = dpop_member_details_new ();
  const char *const address[] = { "c/o Byron", "12 St James's Square", NULL };

  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_GIVEN_NAME, "Ada");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_FAMILY_NAME, "Lovelace");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, "Ada, Countess of Lovelace");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_EMAIL, "ada@example.org");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_PHONE, "+44 20 7946 0000");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_POSTCODE, "SW1Y 4JH");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_CITY, "London");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_COUNTRY, "GB");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_BORN, "1815-12-10");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_JOINED, "1833");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NUMBER, "0042");
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NOTE, "Two lines\nof note.");
  details->address = g_strdupv ((char **) address);
  dpop_member_details_add_extra (details, "Instrument", "Violin");
  dpop_member_details_add_extra (details, "Choir", "");
  return details;
}

static DpopMemberDetails *
named (const char *name)
{
  DpopMemberDetails *details = dpop_member_details_new ();

  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, name);
  return details;
}

static void
test_what_was_typed_is_read_again (void)
{
  g_autoptr (DpopMemberDetails) details = everything (), back = NULL;
  g_autoptr (GVariant) personal = g_variant_ref_sink (dpop_member_details_encode (details));

  g_assert_true (dpop_member_details_fits (details, NULL));
  g_assert_true (
      g_variant_is_of_type (personal, G_VARIANT_TYPE (DPOP_MEMBER_DETAILS_PERSONAL_TYPE)));
  back = dpop_member_details_decode (personal);
  g_assert_nonnull (back);
  for (guint i = 0; i < DPOP_MEMBER_DETAILS_N_TEXTS; i++)
    g_assert_cmpstr (dpop_member_details_get (back, i), ==, dpop_member_details_get (details, i));
  g_assert_true (g_strv_equal ((const char *const *) back->address,
                               (const char *const *) details->address));
  g_assert_cmpuint (back->n_extras, ==, 2);
  g_assert_cmpstr (back->extras[0].heading, ==, "Instrument");
  g_assert_cmpstr (back->extras[0].text, ==, "Violin");
  g_assert_cmpstr (back->extras[1].text, ==, "");
}

/* The order of the fields is part of the format: read here by their places. */
static void
test_fields_stand_where_the_format_says (void)
{
  g_autoptr (DpopMemberDetails) details = everything ();
  g_autoptr (GVariant) personal = g_variant_ref_sink (dpop_member_details_encode (details));
  static const struct
  {
    guint place;
    const char *text;
  } texts[] = { { 1, "Ada" },           { 2, "Lovelace" },    { 3, "Ada, Countess of Lovelace" },
                { 4, "ada@example.org" }, { 5, "+44 20 7946 0000" }, { 7, "SW1Y 4JH" },
                { 8, "London" },        { 9, "GB" },          { 10, "1815-12-10" },
                { 11, "1833" },         { 12, "0042" },       { 13, "Two lines\nof note." } };
  guint8 version;

  g_variant_get_child (personal, 0, "y", &version);
  g_assert_cmpuint (version, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text;

      g_variant_get_child (personal, texts[i].place, "&s", &text);
      g_assert_cmpstr (text, ==, texts[i].text);
    }
}

static void
test_a_name_is_all_that_is_asked (void)
{
  g_autoptr (DpopMemberDetails) details = named ("Ada"), back = NULL;
  g_autoptr (DpopMemberDetails) nameless = dpop_member_details_new ();
  g_autoptr (GVariant) personal = g_variant_ref_sink (dpop_member_details_encode (details));
  DpopMemberDetailsField where;

  back = dpop_member_details_decode (personal);
  g_assert_nonnull (back);
  g_assert_cmpstr (dpop_member_details_get (back, DPOP_MEMBER_DETAILS_EMAIL), ==, "");
  g_assert_cmpuint (g_strv_length (back->address), ==, 0);
  g_assert_false (dpop_member_details_fits (nameless, &where));
  g_assert_cmpint (where, ==, DPOP_MEMBER_DETAILS_NAME);
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, NULL);
  g_assert_false (dpop_member_details_fits (details, NULL));
}

static void
test_every_text_is_bounded (void)
{
  for (guint field = 0; field < DPOP_MEMBER_DETAILS_N_TEXTS; field++)
    {
      gboolean date = field == DPOP_MEMBER_DETAILS_BORN || field == DPOP_MEMBER_DETAILS_JOINED;
      gsize limit = field == DPOP_MEMBER_DETAILS_NOTE ? DPOP_MEMBER_DETAILS_NOTE_MAX
                                                      : DPOP_MEMBER_DETAILS_TEXT_MAX;
      g_autofree char *longest = g_strnfill (limit, 'x'), *longer = g_strnfill (limit + 1, 'x');
      g_autoptr (DpopMemberDetails) details = named ("Ada");
      static const char *const bad[] = { "a\tb", "a\rb", "\x01", "a\x7f", "\xc2\x9f", "\xff" };
      DpopMemberDetailsField where;

      dpop_member_details_set (details, field, longest);
      g_assert_cmpint (dpop_member_details_fits (details, NULL), ==, !date);
      dpop_member_details_set (details, field, longer);
      g_assert_false (dpop_member_details_fits (details, &where));
      g_assert_cmpint (where, ==, field);
      dpop_member_details_set (details, field, "a\nb");
      g_assert_cmpint (dpop_member_details_fits (details, NULL), ==,
                       field == DPOP_MEMBER_DETAILS_NOTE);
      for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
        {
          dpop_member_details_set (details, field, bad[i]);
          g_assert_false (dpop_member_details_fits (details, &where));
          g_assert_cmpint (where, ==, field);
        }
    }
}

static void
test_a_date_is_a_day_a_month_or_a_year (void)
{
  static const char *const good[] = { "", "1984", "1984-02", "1984-02-29", "2000-02-29",
                                      "1999-12-31", "0001-01-01" };
  static const char *const bad[] = { "84", "1984-", "1984-2", "1984-13", "1984-00", "1984-02-30",
                                     "1985-02-29", "1900-02-29", "1984-02-00", "1984/02/29",
                                     "1984-02-29 ", "29.2.1984", "0000", "198x", "1984-04-31" };

  for (gsize i = 0; i < G_N_ELEMENTS (good) + G_N_ELEMENTS (bad); i++)
    {
      gboolean fits = i < G_N_ELEMENTS (good);
      g_autoptr (DpopMemberDetails) details = named ("Ada");

      dpop_member_details_set (details, DPOP_MEMBER_DETAILS_BORN,
                               fits ? good[i] : bad[i - G_N_ELEMENTS (good)]);
      g_assert_cmpint (dpop_member_details_fits (details, NULL), ==, fits);
    }
}

static void
test_addresses_and_extras_are_bounded (void)
{
  g_autoptr (DpopMemberDetails) lines = named ("Ada"), extras = named ("Ada");
  g_autoptr (DpopMemberDetails) unnamed = named ("Ada"), heavy = named ("Ada");
  g_autofree char *text = g_strnfill (DPOP_MEMBER_DETAILS_EXTRA_MAX, 'x');
  DpopMemberDetailsField where;

  lines->address = g_new0 (char *, DPOP_MEMBER_DETAILS_LINES_MAX + 2);
  for (guint i = 0; i <= DPOP_MEMBER_DETAILS_LINES_MAX; i++)
    {
      g_assert_true (dpop_member_details_fits (lines, NULL));
      lines->address[i] = g_strdup ("line");
    }
  g_assert_false (dpop_member_details_fits (lines, &where));
  g_assert_cmpint (where, ==, DPOP_MEMBER_DETAILS_ADDRESS);
  for (guint i = 0; i <= DPOP_MEMBER_DETAILS_EXTRAS_MAX; i++)
    {
      g_assert_true (dpop_member_details_fits (extras, NULL));
      dpop_member_details_add_extra (extras, "heading", "text");
    }
  g_assert_false (dpop_member_details_fits (extras, &where));
  g_assert_cmpint (where, ==, DPOP_MEMBER_DETAILS_EXTRA);
  dpop_member_details_add_extra (unnamed, "", "text");
  g_assert_false (dpop_member_details_fits (unnamed, &where));
  g_assert_cmpint (where, ==, DPOP_MEMBER_DETAILS_EXTRA);
  for (guint i = 0; i * DPOP_MEMBER_DETAILS_EXTRA_MAX < DPOP_MEMBER_DETAILS_SIZE_MAX; i++)
    dpop_member_details_add_extra (heavy, "heading", text);
  g_assert_false (dpop_member_details_fits (heavy, &where));
  g_assert_cmpint (where, ==, DPOP_MEMBER_DETAILS_SIZE);
}

static void
test_what_does_not_fit_is_not_read (void)
{
  g_autoptr (DpopMemberDetails) nameless = dpop_member_details_new (), extras = named ("Ada");
  g_autoptr (GVariant) without_name = NULL, other = NULL, later = NULL, many = NULL;
  g_autoptr (GVariant) fine = NULL;
  GVariant *fields[15];

  without_name = g_variant_ref_sink (dpop_member_details_encode (nameless));
  g_assert_null (dpop_member_details_decode (without_name));
  other = g_variant_ref_sink (g_variant_new ("(ys)", 1, "Ada"));
  g_assert_null (dpop_member_details_decode (other));
  dpop_member_details_set (nameless, DPOP_MEMBER_DETAILS_NAME, "Ada");
  fine = g_variant_ref_sink (dpop_member_details_encode (nameless));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    fields[i] = i == 0 ? g_variant_new_byte (2) : g_variant_get_child_value (fine, i);
  later = g_variant_ref_sink (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
  for (guint i = 1; i < G_N_ELEMENTS (fields); i++)
    g_variant_unref (fields[i]);
  g_assert_null (dpop_member_details_decode (later));
  for (guint i = 0; i <= DPOP_MEMBER_DETAILS_EXTRAS_MAX; i++)
    dpop_member_details_add_extra (extras, "heading", "text");
  many = g_variant_ref_sink (dpop_member_details_encode (extras));
  g_assert_null (dpop_member_details_decode (many));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/details/What was typed is read again", test_what_was_typed_is_read_again);
  g_test_add_func ("/details/Fields stand where the format says",
                   test_fields_stand_where_the_format_says);
  g_test_add_func ("/details/A name is all that is asked", test_a_name_is_all_that_is_asked);
  g_test_add_func ("/details/Every text is bounded", test_every_text_is_bounded);
  g_test_add_func ("/details/A date is a day, a month or a year",
                   test_a_date_is_a_day_a_month_or_a_year);
  g_test_add_func ("/details/Addresses and extras are bounded",
                   test_addresses_and_extras_are_bounded);
  g_test_add_func ("/details/What does not fit is not read", test_what_does_not_fit_is_not_read);
  return g_test_run ();
}
