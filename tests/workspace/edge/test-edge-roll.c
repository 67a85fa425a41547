/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-mail.h"
#include "dpop-edge-name.h"
#include "dpop-edge-roll.h"
#include "fixture-random.h"

#define TODAY 20240615

static DpopEdgeRoll *
read_with (const char *text, const DpopEdgeRollOptions *options, GError **error)
{
  g_autoptr (GError) csv_error = NULL;
  g_autoptr (DpopEdgeCsv) csv = dpop_edge_csv_parse (text, strlen (text), NULL, &csv_error);

  g_assert_no_error (csv_error);
  return dpop_edge_roll_read (csv, options, error);
}

static DpopEdgeRoll *
read_roll (const char *text)
{
  static const char *const units[] = { "Nord", "Süd-West", NULL };
  DpopEdgeRollOptions options = { .today = TODAY, .units = units };
  g_autoptr (GError) error = NULL;
  DpopEdgeRoll *roll = read_with (text, &options, &error);

  g_assert_no_error (error);
  return roll;
}

/* "line: code, code;" for each row that has problems, errors in capitals. */
static char *
show_problems (const DpopEdgeRoll *roll)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < dpop_edge_roll_n_rows (roll); i++)
    {
      const DpopEdgeRollRow *row = dpop_edge_roll_row (roll, i);

      for (guint k = 0; row->problems != NULL && k < row->problems->len; k++)
        {
          const DpopEdgeRollProblem *one = &g_array_index (row->problems, DpopEdgeRollProblem, k);
          const char *name = dpop_edge_roll_code_name (one->code);
          g_autofree char *loud = g_ascii_strup (name, -1);
          g_autofree char *message = dpop_edge_roll_problem_message (roll, row, one);

          g_assert_cmpstr (message, !=, "");
          g_assert_true (g_utf8_validate (message, -1, NULL));
          g_string_append_printf (text, "%" G_GSIZE_FORMAT ":%s", row->line,
                                  one->severity == DPOP_EDGE_ROLL_ERROR ? loud : name);
          if (one->other_line > 0)
            g_string_append_printf (text, "(%" G_GSIZE_FORMAT ")", one->other_line);
          g_string_append_c (text, ' ');
        }
    }
  g_strchomp (text->str);
  return g_string_free (text, FALSE);
}

static void
check_problems (const char *list, const char *expected)
{
  g_autoptr (DpopEdgeRoll) roll = read_roll (list);
  g_autofree char *shown = show_problems (roll);

  g_assert_cmpstr (shown, ==, expected);
}

static char *
show_columns (const DpopEdgeRoll *roll)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < dpop_edge_roll_n_columns (roll); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            dpop_edge_roll_field_name (dpop_edge_roll_column (roll, i)->field));
  return g_string_free (text, FALSE);
}

static void
test_headings_of_five_languages (void)
{
  static const char *const cases[][2] = {
    { "Member No.;First name;Last name;E-Mail;Phone;Street;ZIP;City;Country;Date of birth;"
      "Member since;Branch;Status;Notes",
      "number given-name family-name email phone street postcode city country born joined unit "
      "state note" },
    { "Mitglieds-Nr.;Name;Vorname;E-Mail-Adresse;Telefon "
      "(privat);Strasse;PLZ;Wohnort;Land;Geb.-Dat.;"
      "Eintrittsdatum;Ortsgruppe;Mitgliedsstatus;Bemerkungen",
      "number family-name given-name email phone street postcode city country born joined unit "
      "state note" },
    { "N° d’adhérent;NOM;Prénom;Courriel;Tél.;Adresse;Code postal;Ville;Pays;Né(e) le;"
      "Date d'adhésion;Section locale;Statut;Remarques",
      "number family-name given-name email phone street postcode city country born joined unit "
      "state note" },
    { "Nº socio;Nombre;Apellidos;Correo electrónico;Móvil;Dirección;Código postal;Población;País;"
      "Fecha de nacimiento;Fecha de alta;Sección;Situación;Observaciones",
      "number given-name family-name email phone street postcode city country born joined unit "
      "state note" },
    { "Numero tessera;Nome;Cognome;Posta elettronica;Cellulare;Indirizzo;CAP;Città;Paese;"
      "Data di nascita;Socio dal;Sezione;Stato socio;Note",
      "number given-name family-name email phone street postcode city country born joined unit "
      "state note" },
    { "Name;E-Mail 1;E-Mail 2;Nr.;Hobby", "full-name email extra extra extra" },
    { "Nome;Telefono*", "full-name phone" },
    { "NAME;VORNAME;Nachname", "full-name given-name family-name" },
    { "Name, Vorname;GEBURTSDATUM", "full-name born" },
    { "Vor- und Nachname;Straße/Nr.;Country:", "full-name street country" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DpopEdgeRoll) roll = read_roll (cases[i][0]);
      g_autofree char *shown = show_columns (roll);

      g_assert_cmpstr (shown, ==, cases[i][1]);
      g_assert_cmpuint (dpop_edge_roll_n_rows (roll), ==, 0);
    }
}

static void
test_state_is_a_place_or_a_status (void)
{
  g_autoptr (DpopEdgeRoll) place = read_roll ("Name;State\nAnn;CA\nBob;active\n");
  g_autoptr (DpopEdgeRoll) status = read_roll ("Name;State\nAnn;aktiv\nBob;\n");
  g_autofree char *place_columns = show_columns (place);
  g_autofree char *status_columns = show_columns (status);

  g_assert_cmpstr (place_columns, ==, "full-name extra");
  g_assert_cmpstr (status_columns, ==, "full-name state");
}

static void
test_fields_are_tidied (void)
{
  static const char text[]
      = "Name;Vorname;E-Mail;Geburtsdatum;Eintritt;Nr;Mitgliedsnummer;Straße;Ortsgruppe;Status;"
        "Notiz\n"
        "  Mu\xcc\x88ller ;Anna\xc2\xa0 Lena;Anna <anna@example.org>;29.2.1984;1. 3. 2001;7;"
        "\"=\"\"0017\"\"\";\"Am Grün 3\r\nHinterhaus\";SUEDWEST;aktives;\"eins\r\n zwei \n\"\n"
        "Groß;Zoë;mailto:z@example.org;1984-02-29T00:00:00;20010301;;0018;;nord;Antrag;\n"
        ";;;;;;;;;;\n"
        " ; ;;;;;;;;;\n"
        "Last;;;;;;;;;;\n";
  g_autoptr (DpopEdgeRoll) roll = read_roll (text);
  const DpopEdgeRollRow *row = dpop_edge_roll_row (roll, 0);
  g_autofree char *shown = show_problems (roll);

  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_FAMILY_NAME], ==, "Müller");
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_GIVEN_NAME], ==, "Anna Lena");
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_FULL_NAME], ==, "Anna Lena Müller");
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_EMAIL], ==, "anna@example.org");
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_BORN], ==, "1984-02-29");
  g_assert_cmpuint (row->born, ==, 19840229);
  g_assert_cmpuint (row->joined, ==, 20010301);
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_NUMBER], ==, "0017");
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_STREET], ==, "Am Grün 3, Hinterhaus");
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_UNIT], ==, "Süd-West");
  g_assert_cmpint (row->unit, ==, 1);
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_STATE], ==, "aktives");
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_NOTE], ==, "eins\nzwei");
  g_assert_cmpstr (row->extras[0], ==, "7");
  g_assert_cmpstr (dpop_edge_roll_extra_heading (roll, 0), ==, "Nr");
  g_assert_cmpuint (row->line, ==, 2);

  row = dpop_edge_roll_row (roll, 1);
  g_assert_cmpuint (row->line, ==, 6);
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_EMAIL], ==, "z@example.org");
  g_assert_cmpuint (row->born, ==, 19840229);
  g_assert_cmpuint (row->joined, ==, 20010301);
  g_assert_cmpint (row->unit, ==, 0);
  g_assert_cmpint (row->state, ==, DPOP_EDGE_ROLL_APPLICANT);
  g_assert_cmpstr (row->fields[DPOP_EDGE_ROLL_STATE], ==, "applicant");
  g_assert_cmpstr (shown, ==, "2:STATE-UNKNOWN");
  g_assert_cmpuint (dpop_edge_roll_summary (roll)->n_rows, ==, 3);
  g_assert_cmpuint (dpop_edge_roll_summary (roll)->n_blank, ==, 2);
  g_assert_cmpuint (dpop_edge_roll_summary (roll)->n_red, ==, 1);
}

static void
test_a_comma_says_which_name_is_which (void)
{
  g_autoptr (DpopEdgeRoll) roll = read_roll ("Name;x\nMüller, Anna;1\nAnna Müller;2\nA, B, C;3\n");

  g_assert_cmpstr (dpop_edge_roll_row (roll, 0)->fields[DPOP_EDGE_ROLL_FULL_NAME], ==,
                   "Anna Müller");
  g_assert_cmpstr (dpop_edge_roll_row (roll, 0)->fields[DPOP_EDGE_ROLL_GIVEN_NAME], ==, "Anna");
  g_assert_cmpstr (dpop_edge_roll_row (roll, 1)->fields[DPOP_EDGE_ROLL_FULL_NAME], ==,
                   "Anna Müller");
  g_assert_cmpstr (dpop_edge_roll_row (roll, 1)->fields[DPOP_EDGE_ROLL_GIVEN_NAME], ==, "");
  g_assert_cmpstr (dpop_edge_roll_row (roll, 2)->fields[DPOP_EDGE_ROLL_FULL_NAME], ==, "A, B, C");
}

static void
test_red_rows (void)
{
  g_autofree char *long_name = g_strnfill (401, 'x');
  g_autofree char *long_row = g_strdup_printf ("Name;Notiz\nAnn;b\n%s;b\n", long_name);
  g_autofree char *notes = g_strnfill (2000, 'y');
  GString *heavy = g_string_new ("Name");

  check_problems ("Name;Email\n;a@example.org\nAnn;a@b\n123;\n---;\n",
                  "2:NO-NAME 3:EMAIL-MALFORMED 4:NO-NAME 5:NO-NAME");
  check_problems ("Name;Email\nAnn;a@example.org, b@example.org\nBob;b@example.org;\n",
                  "2:EMAIL-SEVERAL");
  check_problems ("Name;Geboren\nAnn;31.02.1984\nBob;gestern\nCid;01.01.2030\nDan;1.1.1799\n",
                  "2:DATE-UNREADABLE 3:DATE-UNREADABLE 4:DATE-FUTURE 5:DATE-UNREADABLE");
  check_problems ("Name;Geboren;Eintritt\nAnn;1.2.84;2.1.1980\nBob;1.2.1984;1.1.2025\n",
                  "2:date-short-year 2:date-order 3:date-future");
  check_problems (
      "Name;Telefon;PLZ\nAnn;4,91722E+12;1\nBob;#REF!;2\nCid;keins;#NV\nDan;#####;04109\n",
      "2:SPREADSHEET 3:SPREADSHEET 4:SPREADSHEET 4:phone-odd 5:SPREADSHEET");
  check_problems ("Name;Ortsgruppe;Status\nAnn;Ost;aktiv\nBob;Nord;wach\n",
                  "2:UNIT-UNKNOWN 3:STATE-UNKNOWN");
  check_problems ("Name;Ort\nAnn\xe2\x80\xae"
                  "a;x\nBob\x07;x\nCid\xe2\x80\x8b;x\n",
                  "2:invisible 3:invisible");
  check_problems ("Name,Straße,Ort\nAnn,Weg 1, links,Ulm\nBob,Weg 2,Ulm\nCid\n",
                  "2:ROW-LONG 4:row-short");
  check_problems (long_row, "3:TOO-LONG");

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (heavy, ";x%u", i);
  g_string_append (heavy, "\nAnn");
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (heavy, ";%s", notes);
  check_problems (heavy->str, "2:TOO-LONG");
  g_string_free (heavy, TRUE);
}

static void
test_who_is_there_twice (void)
{
  check_problems ("Mitgliedsnr;Name\n1;Ann\n2;Bob\n1;Cid\n01;Dan\n", "4:NUMBER-TWICE(2)");
  check_problems ("Name;Email\nAnn Lee;A@example.org\nBob;b@example.org\nLee, Ann;a@EXAMPLE.org\n",
                  "4:PERSON-TWICE(2)");
  check_problems (
      "Name;Email\nAnn Lee;a@example.org\nBen Lee;a@example.org\nBen Lee;a@example.org\n",
      "3:email-shared(2) 4:PERSON-TWICE(3)");
  check_problems ("Name;Geboren\nJürgen Groß;1.2.1984\nDr. Juergen GROSS;1984-02-01\n"
                  "Jürgen Groß;2.2.1984\nJürgen Groß;\n",
                  "3:PERSON-TWICE(2) 5:name-twice(2)");
  check_problems ("Name;Email;Geboren\nJan Roe;roe@example.org;1.2.1950\nJan Roe;roe@example.org;"
                  "1.2.1984\n",
                  "3:email-shared(2)");
  check_problems ("Name;Email\nAnn Lee;a@example.org\nAnn Lee;b@example.org\nAnn Lee;\n",
                  "4:name-twice(2)");
}

static void
test_which_number_is_the_month (void)
{
  check_problems ("Name;Born\nAnn;1/2/1984\nBob;3/3/1984\nCid;3.4.1984\n", "2:date-ambiguous");
  check_problems ("Name;Born\nAnn;1/2/1984\nBob;31/3/1984\n", "");
  check_problems ("Name;Born\nAnn;1/2/1984\nBob;3/31/1984\n", "");
  check_problems ("Name;Born\nAnn;1/2/1984\nBob;3/31/1984\nCid;3/30/1984\nDan;30/3/1984\n",
                  "2:date-ambiguous 5:date-other-way");
  check_problems ("Name;Born\nAnn;31/31/1984\nBob;0/1/1984\nCid;1//1984\nDan;1/1.1984\n",
                  "2:DATE-UNREADABLE 3:DATE-UNREADABLE 4:DATE-UNREADABLE 5:DATE-UNREADABLE");
}

static void
test_dates_are_what_they_say (void)
{
  static const char list[] = "Name;Born\nA;1/2/1984\nB;12/31/1984\nC;2-3-84\nD;1984/2/3\nE;1.2.84\n"
                             "F;15.06.24\nG;16.06.24\nH;2000-02-29 00:00\n";
  static const DpopEdgeDate expected[]
      = { 19840102, 19841231, 19840203, 19840203, 19840201, 20240615, 19240616, 20000229 };
  DpopEdgeRollOptions day_first = { .date_order = DPOP_EDGE_DATE_DAY_FIRST, .today = TODAY };
  g_autoptr (DpopEdgeRoll) roll = read_roll (list);
  g_autoptr (DpopEdgeRoll) chosen = read_with (list, &day_first, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (dpop_edge_roll_row (roll, i)->born, ==, expected[i]);
  g_assert_cmpuint (dpop_edge_roll_row (chosen, 0)->born, ==, 19840201);
  g_assert_true (dpop_edge_roll_row (chosen, 1)->red);
}

static void
test_addresses (void)
{
  static const char *const good[]
      = { "a@example.org", "a.b+c@mail.example.org", "o'neill@x-y.example", "jürgen@müller.example",
          "1@2.example",   "a@xn--mller-kva.example" };
  static const char *const bad[]
      = { "",         "a",          "@example.org",   "a@",        "a@b",        "a@b..org",
          "a@.org",   "a@b.org.",   ".a@b.org",       "a.@b.org",  "a..b@b.org", "a b@c.org",
          "a@b c.de", "a@-b.org",   "a@b-.org",       "a@b@c.org", "a@1.2.3.4",  "a@[1.2.3.4]",
          "a@b_c.de", "\"a\"@b.de", "a,b@example.org" };
  g_autofree char *local = g_strnfill (65, 'a');
  g_autofree char *long_local = g_strconcat (local, "@example.org", NULL);
  g_autofree char *long_label = g_strconcat ("a@", local, ".org", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (dpop_edge_mail_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (dpop_edge_mail_is_valid (bad[i]));
  g_assert_false (dpop_edge_mail_is_valid (long_local));
  g_assert_false (dpop_edge_mail_is_valid (long_label));
  g_assert_true (dpop_edge_mail_is_valid (long_local + 1));
}

static void
test_keys_of_names (void)
{
  static const char *const same[][2] = {
    { "Dr. Anna Müller", "MUELLER, anna" },
    { "Groß", "gross" },
    { "D’Aubigné", "d'AUBIGNE" },
    { "Łukasz Øst", "lukasz ost" },
    { "Jean-Luc", "Jean Luc" },
    { "Zoë", "Zoe\xcc\x88" },
  };
  static const char *const different[][2]
      = { { "Anna", "Hanna" }, { "Jan", "Jana" }, { "Иван", "Ивана" }, { "李", "王" } };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *a = dpop_edge_name_key (same[i][0]);
      g_autofree char *b = dpop_edge_name_key (same[i][1]);

      g_assert_cmpstr (a, ==, b);
      g_assert_cmpstr (a, !=, "");
    }
  for (guint i = 0; i < G_N_ELEMENTS (different); i++)
    {
      g_autofree char *a = dpop_edge_name_key (different[i][0]);
      g_autofree char *b = dpop_edge_name_key (different[i][1]);

      g_assert_cmpstr (a, !=, b);
    }
  g_assert_true (dpop_edge_name_is_near ("anna", "ana"));
  g_assert_true (dpop_edge_name_is_near ("anna", "nana"));
  g_assert_true (dpop_edge_name_is_near ("", "xy"));
  g_assert_false (dpop_edge_name_is_near ("", "xyz"));
  g_assert_false (dpop_edge_name_is_near ("anna", "peter"));
}

static void
test_a_person_decides_what_a_column_is (void)
{
  static const DpopEdgeRollField mapping[] = { DPOP_EDGE_ROLL_NUMBER, DPOP_EDGE_ROLL_BY_HEADING,
                                               DPOP_EDGE_ROLL_IGNORED, DPOP_EDGE_ROLL_EXTRA };
  static const DpopEdgeRollField twice[]
      = { DPOP_EDGE_ROLL_EMAIL, DPOP_EDGE_ROLL_BY_HEADING, DPOP_EDGE_ROLL_EMAIL };
  static const DpopEdgeRollField bare[] = { DPOP_EDGE_ROLL_FULL_NAME, DPOP_EDGE_ROLL_EMAIL };
  static const char list[] = "Nr;Name;Email;City;Shoe\n7;Ann;x;Ulm;38\n";
  DpopEdgeRollOptions options = { .mapping = mapping, .n_mapping = 4, .ignore_unknown = TRUE };
  g_autoptr (DpopEdgeRoll) roll = read_with (list, &options, NULL);
  g_autofree char *columns = show_columns (roll);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) nameless = NULL;
  g_autoptr (GError) headless = NULL;
  g_autoptr (DpopEdgeRoll) plain = NULL;

  g_assert_cmpstr (columns, ==, "number full-name ignored extra ignored");
  g_assert_cmpuint (dpop_edge_roll_n_extras (roll), ==, 1);
  g_assert_cmpstr (dpop_edge_roll_row (roll, 0)->extras[0], ==, "Ulm");
  g_assert_cmpstr (dpop_edge_roll_row (roll, 0)->fields[DPOP_EDGE_ROLL_NUMBER], ==, "7");
  g_assert_cmpstr (dpop_edge_roll_row (roll, 0)->fields[DPOP_EDGE_ROLL_CITY], ==, "");

  options = (DpopEdgeRollOptions){ .mapping = twice, .n_mapping = 3 };
  g_assert_null (read_with (list, &options, &error));
  g_assert_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_MEANING);
  g_assert_nonnull (strstr (error->message, "“Nr” and “Email”"));

  g_assert_null (read_with ("Email;City\nx@example.org;Ulm\n", NULL, &nameless));
  g_assert_error (nameless, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_MEANING);
  g_assert_null (read_with ("Ann;a@example.org\nBob;b@example.org\n", NULL, &headless));
  g_assert_error (headless, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_MEANING);

  options = (DpopEdgeRollOptions){ .mapping = bare, .n_mapping = 2 };
  plain = read_with ("Ann;a@example.org\nBob;b@example.org\n", &options, NULL);
  g_assert_cmpuint (dpop_edge_roll_n_rows (plain), ==, 2);
  g_assert_cmpuint (dpop_edge_roll_summary (plain)->n_red, ==, 0);
  g_assert_cmpstr (dpop_edge_roll_column (plain, 1)->heading, ==, "Column 2");
}

static void
test_extra_columns_have_headings_of_their_own (void)
{
  g_autoptr (DpopEdgeRoll) roll = read_roll ("Name;x;x (2);x;;\nAnn;1;2;3;4;5\n");
  static const char *const headings[] = { "x", "x (2)", "x (3)", "Column 5", "Column 6" };

  g_assert_cmpuint (dpop_edge_roll_n_extras (roll), ==, G_N_ELEMENTS (headings));
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    g_assert_cmpstr (dpop_edge_roll_extra_heading (roll, i), ==, headings[i]);
}

static void
test_messages_say_what_to_do (void)
{
  g_autoptr (DpopEdgeRoll) roll
      = read_roll ("Name;E-Mail\nAnn;ann\nBob;b@example.org\nBob;b@example.org\n");
  const DpopEdgeRollRow *first = dpop_edge_roll_row (roll, 0);
  const DpopEdgeRollRow *third = dpop_edge_roll_row (roll, 2);
  g_autofree char *malformed = dpop_edge_roll_problem_message (
      roll, first, &g_array_index (first->problems, DpopEdgeRollProblem, 0));
  g_autofree char *twice = dpop_edge_roll_problem_message (
      roll, third, &g_array_index (third->problems, DpopEdgeRollProblem, 0));

  g_assert_cmpstr (malformed, ==,
                   "E-Mail: “ann” is not an e-mail address. Correct it, or leave it empty.");
  g_assert_cmpstr (twice, ==, "This person is on line 3 already. Delete one row.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edge/roll/Headings of five languages are understood",
                   test_headings_of_five_languages);
  g_test_add_func ("/edge/roll/State is a status only if it holds nothing else",
                   test_state_is_a_place_or_a_status);
  g_test_add_func ("/edge/roll/Fields are tidied", test_fields_are_tidied);
  g_test_add_func ("/edge/roll/A comma says which name is which",
                   test_a_comma_says_which_name_is_which);
  g_test_add_func ("/edge/roll/What is wrong in a row is told", test_red_rows);
  g_test_add_func ("/edge/roll/Who is there twice is found", test_who_is_there_twice);
  g_test_add_func ("/edge/roll/The column tells which number is the month",
                   test_which_number_is_the_month);
  g_test_add_func ("/edge/roll/Dates are read as they are meant", test_dates_are_what_they_say);
  g_test_add_func ("/edge/roll/E-mail addresses are checked", test_addresses);
  g_test_add_func ("/edge/roll/Names are found again however they are written", test_keys_of_names);
  g_test_add_func ("/edge/roll/A person may decide what a column is",
                   test_a_person_decides_what_a_column_is);
  g_test_add_func ("/edge/roll/Extra columns have headings of their own",
                   test_extra_columns_have_headings_of_their_own);
  g_test_add_func ("/edge/roll/Messages say what to do", test_messages_say_what_to_do);
  return g_test_run ();
}
