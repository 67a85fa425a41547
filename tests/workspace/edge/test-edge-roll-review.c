/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-roll-review.h"
#include "fixture-random.h"

static const char *const given_names[]
    = { "Anna",   "Jürgen", "Zoë",    "Hélène", "José",  "Łukasz", "Søren", "Ayşe",
        "Fatima", "Noël",   "Peter",  "Maria",  "Ivana", "Giulia", "Björn", "Chloé",
        "Ole",    "Renée",  "Thomas", "Uwe",    "Vera",  "Wanda",  "Xaver", "Yusuf",
        "Zdeněk", "Clara",  "Diego",  "Emil",   "Frida", "Gabor" };
static const char *const family_names[] = {
  "Müller",  "Schmidt",   "Groß",   "García",  "O’Neill",  "Lefèvre",  "D’Aubigné", "Rossi",
  "Novák",   "Nowak",     "Jensen", "Åkesson", "Yılmaz",   "van Dijk", "Roth",      "Weiß",
  "Schäfer", "Bäcker",    "Köhler", "Jäger",   "Fuchs",    "Vogel",    "Baum",      "Stein",
  "Bianchi", "Fernández", "Moreau", "Petit",   "Kowalski", "Ibrahim",  "Haddad",    "Öztürk"
};
static const char *const towns[] = { "Köln", "Ulm", "Łódź", "Málaga", "Forlì", "Besançon" };

static DpopEdgeRoll *
read_roll (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopEdgeCsv) csv = dpop_edge_csv_parse (text, strlen (text), NULL, &error);
  DpopEdgeRoll *roll = NULL;

  g_assert_no_error (error);
  roll = dpop_edge_roll_read (csv, NULL, &error);
  g_assert_no_error (error);
  return roll;
}

/* Members as taken over from a roll: each row one member. Free with g_free; texts are the roll's.
 */
static DpopEdgeRollMember *
enrol (const DpopEdgeRoll *roll)
{
  DpopEdgeRollMember *members = g_new0 (DpopEdgeRollMember, dpop_edge_roll_n_rows (roll));

  g_assert_cmpuint (dpop_edge_roll_n_extras (roll), ==, 0);
  for (guint i = 0; i < dpop_edge_roll_n_rows (roll); i++)
    for (guint k = 0; k < DPOP_EDGE_ROLL_N_FIELDS; k++)
      members[i].fields[k] = dpop_edge_roll_row (roll, i)->fields[k];
  return members;
}

/* "new; same 0; changed 1 [city Ulm>Köln]; possible 2: why; red | missing 3" */
static char *
show_review (const DpopEdgeRollReview *review, guint n_rows)
{
  GString *text = g_string_new (NULL);
  guint n_missing;
  const guint *missing = dpop_edge_roll_review_missing (review, &n_missing);

  for (guint i = 0; i < n_rows; i++)
    {
      const DpopEdgeRollReviewRow *row = dpop_edge_roll_review_row (review, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                              dpop_edge_roll_review_status_name (row->status));
      if (row->member >= 0)
        g_string_append_printf (text, " %d", row->member);
      for (guint k = 0; row->changes != NULL && k < row->changes->len; k++)
        {
          const DpopEdgeRollChange *change = &g_array_index (row->changes, DpopEdgeRollChange, k);

          g_string_append_printf (text, " [%s %s>%s]", dpop_edge_roll_field_name (change->field),
                                  change->old_text, change->new_text);
        }
      if (row->former)
        g_string_append (text, " former");
    }
  for (guint i = 0; i < n_missing; i++)
    g_string_append_printf (text, "%s %u", i == 0 ? " | missing" : "", missing[i]);
  return g_string_free (text, FALSE);
}

static void
check_review (const char *there, const char *list, gboolean empty_clears, const char *expected)
{
  g_autoptr (DpopEdgeRoll) old = read_roll (there);
  g_autoptr (DpopEdgeRoll) roll = read_roll (list);
  g_autofree DpopEdgeRollMember *members = enrol (old);
  DpopEdgeRollReviewOptions options = { .empty_clears = empty_clears };
  g_autoptr (DpopEdgeRollReview) review
      = dpop_edge_roll_review_new (roll, members, dpop_edge_roll_n_rows (old), &options);
  g_autofree char *shown = show_review (review, dpop_edge_roll_n_rows (roll));

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_who_is_who (void)
{
  static const char there[] = "Mitgliedsnummer;Name;Vorname;E-Mail;Geburtsdatum;Ort\n"
                              "1;Müller;Anna;anna@example.org;1984-02-29;Ulm\n"
                              "2;Groß;Ben;;1990-01-01;Köln\n"
                              ";Roth;Cid;roth@example.org;;Ulm\n"
                              ";Vogel;Dan;;;Ulm\n";
  static const struct
  {
    const char *list;
    const char *expected;
  } cases[] = {
    /* By number: also when all else is new. */
    { "Mitgliedsnummer;Name;Vorname;Ort\n1;Müller;Anna;Ulm\n", "same 0 | missing 1 2 3" },
    { "Mitgliedsnummer;Name;Vorname;Ort\n1;Weber;Anna;Bonn\n",
      "changed 0 [family-name Müller>Weber] [city Ulm>Bonn] | missing 1 2 3" },
    { "Mitgliedsnummer;Name;Vorname\n1;Weber;Zoë\n",
      "possible 0 [given-name Anna>Zoë] [family-name Müller>Weber] | missing 1 2 3" },
    { "Mitgliedsnummer;Name;Vorname;Geburtsdatum\n1;Weber;Zoë;29.2.1984\n",
      "changed 0 [given-name Anna>Zoë] [family-name Müller>Weber] | missing 1 2 3" },
    /* By address, however it is written. */
    { "Name;E-Mail\nAnna Müller;ANNA@example.org\n",
      "changed 0 [email anna@example.org>ANNA@example.org] | missing 1 2 3" },
    { "Name;Vorname;E-Mail\nMueller;Anna;anna@example.org\n",
      "changed 0 [family-name Müller>Mueller] | missing 1 2 3" },
    { "Name;Vorname;E-Mail\nMüller;Peter;anna@example.org\n",
      "possible 0 [given-name Anna>Peter] | missing 1 2 3" },
    { "Name;Vorname;E-Mail\nMüller;Peter;anna@example.org\nMüller;Anna;anna@example.org\n",
      "new; same 0 | missing 1 2 3" },
    { "Name;Vorname;E-Mail;Geburtsdatum\nMüller;Ana;anna@example.org;1.3.1950\n",
      "possible 0 [given-name Anna>Ana] [born 1984-02-29>1950-03-01] | missing 1 2 3" },
    /* By name and birth. */
    { "Name;Geburtsdatum;E-Mail\nBen Gross;1.1.1990;ben@example.org\n",
      "changed 1 [full-name Ben Groß>Ben Gross] [email >ben@example.org] | missing 0 2 3" },
    { "Name;Geburtsdatum\nBen Groß;1.1.1991\n", "new | missing 0 1 2 3" },
    /* By name alone: only perhaps. */
    { "Name;E-Mail\nDan Vogel;dan@example.org\n",
      "possible 3 [email >dan@example.org] | missing 0 1 2" },
    { "Name\nDan Vogel\n", "same 3 | missing 0 1 2" },
    { "Name\nEva Vogel\n", "new | missing 0 1 2 3" },
    /* A number that is another's: the columns slipped. */
    { "Mitgliedsnummer;Name;Vorname;E-Mail\n2;Müller;Anna;anna@example.org\n",
      "possible 0 [number 1>2] | missing 1 2 3" },
    /* Red rows speak of somebody, and change nothing. */
    { "Mitgliedsnummer;Name;Vorname;Geburtsdatum\n1;Müller;Anna;gestern\n", "red | missing 1 2 3" },
    { "Name;Vorname;E-Mail\nMüller;Anna;anna@example.org\nMüller;Anna;anna@example.org\n",
      "same 0; red | missing 1 2 3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_review (there, cases[i].list, FALSE, cases[i].expected);
}

static void
test_several_members_fit (void)
{
  check_review ("Name;Geboren\nAnn Lee;1984-01-01\nAnn Lee;1984-01-01\nBob;\n",
                "Name;Geboren;Ort\nAnn Lee;1984-01-01;Ulm\n", FALSE,
                "possible 0 [city >Ulm] | missing 2");
}

static void
test_what_is_not_listed_stays (void)
{
  static const char there[] = "Name;Ort;Telefon\nAnn Lee;Ulm;123\n";
  static const char list[] = "Name;Ort\nAnn Lee;\n";

  check_review (there, list, TRUE, "possible 0 [city Ulm>]");
  check_review (there, "Name;Telefon\nAnn Lee;123\n", TRUE, "same 0");
  check_review ("Name;Email;Ort\nAnn Lee;a@example.org;Ulm\n",
                "Name;Email;Ort\nAnn Lee;a@example.org;\n", FALSE, "same 0");
  check_review ("Name;Email;Ort\nAnn Lee;a@example.org;Ulm\n",
                "Name;Email;Ort\nAnn Lee;a@example.org;\n", TRUE, "changed 0 [city Ulm>]");
}

static void
test_who_has_left (void)
{
  static const char there[]
      = "Nº socio;Name;Status\n1;Ann;former\n2;Bob;member\n3;Cid;ausgetreten\n";

  check_review (there, "Nº socio;Name\n1;Ann\n2;Bob\n", FALSE, "same 0 former; same 1");
  check_review (there, "Nº socio;Name;Status\n1;Ann;member\n3;Cid;baja\n", FALSE,
                "changed 0 [state former>member] former; same 2 | missing 1");
}

static void
test_extra_columns_are_compared (void)
{
  static const char *const kept[] = { "Shoe", "38", NULL };
  DpopEdgeRollMember member = { .extras = kept };
  g_autoptr (DpopEdgeRoll) same = read_roll ("Name;Shoe\nAnn;38\n");
  g_autoptr (DpopEdgeRoll) other = read_roll ("Name;Shoe;Hat\nAnn;39;L\n");
  g_autoptr (DpopEdgeRollReview) one = NULL;
  g_autoptr (DpopEdgeRollReview) two = NULL;
  const DpopEdgeRollReviewRow *row;

  member.fields[DPOP_EDGE_ROLL_FULL_NAME] = "Ann";
  one = dpop_edge_roll_review_new (same, &member, 1, NULL);
  two = dpop_edge_roll_review_new (other, &member, 1, NULL);
  g_assert_cmpuint (dpop_edge_roll_review_count (one, DPOP_EDGE_ROLL_REVIEW_SAME), ==, 1);
  row = dpop_edge_roll_review_row (two, 0);
  g_assert_cmpuint (row->changes->len, ==, 2);
  g_assert_cmpstr (g_array_index (row->changes, DpopEdgeRollChange, 0).old_text, ==, "38");
  g_assert_cmpstr (g_array_index (row->changes, DpopEdgeRollChange, 1).new_text, ==, "L");
  g_assert_cmpuint (g_array_index (row->changes, DpopEdgeRollChange, 1).extra, ==, 1);
}

static void
test_doubts_have_words (void)
{
  g_autoptr (DpopEdgeRoll) old = read_roll ("Name;Email\nAnn Lee;lee@example.org\n");
  g_autoptr (DpopEdgeRoll) roll = read_roll ("Name;Email\nBob Lee;lee@example.org\nCid;\n");
  g_autofree DpopEdgeRollMember *members = enrol (old);
  g_autoptr (DpopEdgeRollReview) review = dpop_edge_roll_review_new (roll, members, 1, NULL);
  g_autofree char *doubt = dpop_edge_roll_review_doubt_message (review, 0);
  g_autofree char *none = dpop_edge_roll_review_doubt_message (review, 1);

  g_assert_cmpstr (doubt, ==,
                   "The e-mail address is the same as that of Ann Lee. The names differ. "
                   "Choose whether it is the same person.");
  g_assert_cmpstr (none, ==, "");
}

static void
append_person (GString *list, FixtureRandom *random, guint i)
{
  const char *given = given_names[fixture_random_below (random, G_N_ELEMENTS (given_names))];
  const char *family = family_names[fixture_random_below (random, G_N_ELEMENTS (family_names))];
  guint year = 1930 + (guint) fixture_random_below (random, 75);

  g_string_append_printf (list, "%05u;%s;%s;", i, family, given);
  if (fixture_random_below (random, 5) > 0)
    g_string_append_printf (list, "m%u@example.org", i);
  g_string_append_printf (list, ";%02u.%02u.%u;%s\r\n",
                          1 + (guint) fixture_random_below (random, 28),
                          1 + (guint) fixture_random_below (random, 12), year,
                          towns[fixture_random_below (random, G_N_ELEMENTS (towns))]);
}

/* Ten thousand members, as Excel writes them. */
static char *
write_list (guint n, guint64 seed)
{
  GString *list = g_string_new ("\ufeffMitgliedsnr.;Name;Vorname;E-Mail;Geburtsdatum;Ort\r\n");
  FixtureRandom random;

  fixture_random_init (&random, seed);
  for (guint i = 0; i < n; i++)
    append_person (list, &random, i);
  return g_string_free (list, FALSE);
}

static void
test_ten_thousand_again (void)
{
  const guint n = 10000;
  g_autofree char *list = write_list (n, 3);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (DpopEdgeRoll) roll = read_roll (list);
  gint64 read = g_get_monotonic_time ();
  g_autofree DpopEdgeRollMember *members = enrol (roll);
  g_autoptr (DpopEdgeRollReview) first = dpop_edge_roll_review_new (roll, NULL, 0, NULL);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (DpopEdgeRollReview) again = dpop_edge_roll_review_new (roll, members, n, NULL);
  gint64 end = g_get_monotonic_time ();
  guint n_missing;

  g_assert_cmpuint (dpop_edge_roll_n_rows (roll), ==, n);
  g_assert_cmpuint (dpop_edge_roll_summary (roll)->n_red, ==, 0);
  g_assert_cmpuint (dpop_edge_roll_review_count (first, DPOP_EDGE_ROLL_REVIEW_NEW), ==, n);
  g_assert_cmpuint (dpop_edge_roll_review_count (again, DPOP_EDGE_ROLL_REVIEW_SAME), ==, n);
  dpop_edge_roll_review_missing (again, &n_missing);
  g_assert_cmpuint (n_missing, ==, 0);
  g_test_message ("10,000 rows: read in %.0f ms, reviewed against 10,000 members in %.0f ms",
                  (double) (read - start) / 1000, (double) (end - begin) / 1000);
}

/* All of one name and one address: the worst there is for finding who is who. */
static void
test_ten_thousand_of_one_name (void)
{
  const guint n = 10000;
  GString *there = g_string_new ("Name;Email;Ort\n");
  GString *list = g_string_new ("Name;Email;Ort\n");
  g_autoptr (DpopEdgeRoll) old = NULL;
  g_autoptr (DpopEdgeRoll) roll = NULL;
  g_autofree DpopEdgeRollMember *members = NULL;
  g_autoptr (DpopEdgeRollReview) review = NULL;
  gint64 start;

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (there, "Ann Lee;office@example.org;Ulm %u\n", i);
      g_string_append_printf (list, "Bob %u;office@example.org;Köln %u\n", i, i);
    }
  old = read_roll (there->str);
  roll = read_roll (list->str);
  members = enrol (old);
  start = g_get_monotonic_time ();
  review = dpop_edge_roll_review_new (roll, members, n, NULL);
  g_test_message ("one name, one address: %.0f ms",
                  (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (dpop_edge_roll_review_count (review, DPOP_EDGE_ROLL_REVIEW_POSSIBLE), ==, n);
  g_string_free (there, TRUE);
  g_string_free (list, TRUE);
}

/* Whatever order the rows come in, each belongs to the same member; and what was changed is what is
 * told. */
static void
test_order_does_not_matter (void)
{
  const guint n = 300;
  guint rounds = 32 / MIN (fixture_share (), 8);

  for (guint64 seed = 1; seed <= rounds; seed++)
    {
      g_autofree char *list = write_list (n, seed);
      g_auto (GStrv) lines = g_strsplit (list, "\r\n", -1);
      GString *shuffled = g_string_new (lines[0]);
      g_autoptr (DpopEdgeRoll) old = read_roll (list);
      g_autofree DpopEdgeRollMember *members = enrol (old);
      g_autoptr (DpopEdgeRoll) roll = NULL;
      g_autoptr (DpopEdgeRollReview) review = NULL;
      guint n_missing, moved = 0;
      FixtureRandom random;

      fixture_random_init (&random, seed * 77);
      for (guint i = n; i > 1; i--)
        {
          guint k = 1 + (guint) fixture_random_below (&random, i);
          char *line = lines[i];

          lines[i] = lines[k];
          lines[k] = line;
        }
      /* The last ten lines are left out; every seventh person has moved. */
      for (guint i = 1; i <= n - 10; i++)
        {
          gboolean moves = i % 7 == 0;

          g_string_append_printf (shuffled, "\r\n%s%s", lines[i], moves ? " II" : "");
          moved += moves;
        }
      roll = read_roll (shuffled->str);
      review = dpop_edge_roll_review_new (roll, members, n, NULL);
      for (guint i = 0; i < n - 10; i++)
        {
          const DpopEdgeRollReviewRow *row = dpop_edge_roll_review_row (review, i);

          g_assert_cmpint (row->member, ==, atoi (lines[i + 1]));
          g_assert_cmpint (row->status, ==,
                           (i + 1) % 7 == 0 ? DPOP_EDGE_ROLL_REVIEW_CHANGED
                                            : DPOP_EDGE_ROLL_REVIEW_SAME);
          g_assert_cmpuint (row->changes != NULL ? row->changes->len : 0, ==, (i + 1) % 7 == 0);
        }
      g_assert_cmpuint (dpop_edge_roll_review_count (review, DPOP_EDGE_ROLL_REVIEW_CHANGED), ==,
                        moved);
      dpop_edge_roll_review_missing (review, &n_missing);
      g_assert_cmpuint (n_missing, ==, 10);
      g_string_free (shuffled, TRUE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edge/roll-review/Each row finds its member, or is only possible",
                   test_who_is_who);
  g_test_add_func ("/edge/roll-review/Where several members fit nothing is decided",
                   test_several_members_fit);
  g_test_add_func ("/edge/roll-review/What is not listed stays as it is",
                   test_what_is_not_listed_stays);
  g_test_add_func ("/edge/roll-review/Who has left is not missing, and told when listed",
                   test_who_has_left);
  g_test_add_func ("/edge/roll-review/Extra columns are compared", test_extra_columns_are_compared);
  g_test_add_func ("/edge/roll-review/Doubts are put in words", test_doubts_have_words);
  g_test_add_func ("/edge/roll-review/Ten thousand imported again are all the same",
                   test_ten_thousand_again);
  g_test_add_func ("/edge/roll-review/Ten thousand of one name take no longer",
                   test_ten_thousand_of_one_name);
  g_test_add_func ("/edge/roll-review/The order of rows does not matter",
                   test_order_does_not_matter);
  return g_test_run ();
}
