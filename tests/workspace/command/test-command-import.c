/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-profile.h"

#include "dpop-command-details.h"
#include "dpop-command-import.h"
#include "dpop-command-move.h"
#include "dpop-command-unit.h"
#include "dpop-member-query.h"
#include "dpop-projector.h"
#include "dpop-reason.h"

#define LIST \
  "Nr;Vorname;Nachname;E-Mail;Ort;Gruppe\r\n" \
  "1;Ada;Byron;ada@example.org;London;North\r\n" \
  "2;Grace;Hopper;grace@example.org;New York;\r\n" \
  "3;Alan;Turing;alan@example.org;Wilmslow;North\r\n"

typedef struct
{
  FixtureProfile *at;
  DpopProfile *profile;
  CosmicId north;
  GError *error;
} Party;

static void
set_up (Party *self, gconstpointer unused)
{
  const DpopCommandUnit unit = { "North", 0 };
  DpopCommandUnitResult made = { 0 };

  self->at = fixture_profile_new (1);
  self->profile = self->at->profile;
  g_assert_nonnull (dpop_projector_attach (self->profile, &self->error));
  fixture_profile_found (self->at, "party", NULL);
  dpop_command_unit (self->profile, &unit, &made, &self->error);
  g_assert_no_error (self->error);
  self->north = made.unit;
}

static void
tear_down (Party *self, gconstpointer unused)
{
  g_assert_no_error (self->error);
  fixture_profile_free (self->at);
}

static DpopCommandImport *
preview (Party *self, const char *text)
{
  g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));
  DpopCommandImport *import = dpop_command_import_new (self->profile, file, NULL, &self->error);

  g_assert_no_error (self->error);
  return import;
}

static DpopCommandImportResult
apply (Party *self, DpopCommandImport *import)
{
  DpopCommandImportResult result = { 0 };

  self->at->now += 1000;
  dpop_command_import_apply (self->profile, import, &result, &self->error);
  g_assert_no_error (self->error);
  return result;
}

static DpopCommandImportResult
take_over (Party *self, const char *text)
{
  g_autoptr (DpopCommandImport) import = preview (self, text);

  return apply (self, import);
}

typedef struct
{
  Party *party;
  const char *name;
  DpopMember found;
  DpopMemberDetails *details;
  guint n;
} Find;

static gboolean
match (const DpopMember *member, gpointer data)
{
  Find *find = data;
  g_autoptr (DpopMemberDetails) details
      = dpop_command_details_read (find->party->profile, &member->details);

  if (member->standing.state != DPOP_MEMBER_FORMER)
    find->n++;
  if (details != NULL
      && g_strcmp0 (dpop_member_details_get (details, DPOP_MEMBER_DETAILS_NAME), find->name) == 0)
    {
      find->found = *member;
      g_clear_pointer (&find->details, dpop_member_details_free);
      find->details = g_steal_pointer (&details);
    }
  return TRUE;
}

static Find
find (Party *self, const char *name)
{
  Find result = { .party = self, .name = name };

  dpop_member_query_each (dpop_profile_state (self->profile, NULL, NULL), match, &result);
  return result;
}

static char *
city_of (Party *self, const char *name)
{
  Find found = find (self, name);
  char *city;

  g_assert_nonnull (found.details);
  city = g_strdup (dpop_member_details_get (found.details, DPOP_MEMBER_DETAILS_CITY));
  dpop_member_details_free (found.details);
  return city;
}

static void
test_a_list_becomes_members (Party *self, gconstpointer unused)
{
  DpopCommandImportResult result = take_over (self, LIST);
  Find ada = find (self, "Ada Byron"), grace = find (self, "Grace Hopper");

  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_ADDS], ==, 3);
  g_assert_true (result.confirmed);
  g_assert_cmpuint (cosmic_log_n_open (dpop_profile_log (self->profile)), ==, 0);
  g_assert_true (dpop_standing_in_unit (&ada.found.standing, &self->north));
  g_assert_true (cosmic_id_same (&ada.found.details_scope, &self->north));
  g_assert_true (cosmic_id_same (&ada.found.import, &result.import));
  g_assert_cmpuint (grace.found.standing.n_units, ==, 0);
  g_assert_cmpuint (grace.n, ==, 4);
  dpop_member_details_free (ada.details);
  dpop_member_details_free (grace.details);
}

static void
test_a_preview_changes_nothing (Party *self, gconstpointer unused)
{
  g_autoptr (DpopCommandImport) import = NULL;
  CosmicId before, after;

  cosmic_log_tail_hash (dpop_profile_log (self->profile), &before, NULL);
  import = preview (self, LIST);
  cosmic_log_tail_hash (dpop_profile_log (self->profile), &after, NULL);
  g_assert_true (cosmic_id_same (&before, &after));
  g_assert_cmpuint (dpop_edge_roll_n_rows (dpop_command_import_roll (import)), ==, 3);
  g_assert_cmpuint (dpop_edge_roll_review_count (dpop_command_import_review (import),
                                                 DPOP_EDGE_ROLL_REVIEW_NEW),
                    ==, 3);
}

static void
test_the_same_list_again_changes_nothing (Party *self, gconstpointer unused)
{
  DpopCommandImportResult again;
  guint64 height;

  take_over (self, LIST);
  height = cosmic_log_height (dpop_profile_log (self->profile));
  again = take_over (self, LIST);
  g_assert_cmpuint (again.counts[DPOP_COMMAND_IMPORT_KEEPS], ==, 3);
  g_assert_true (cosmic_id_is_zero (&again.import));
  g_assert_cmpuint (cosmic_log_height (dpop_profile_log (self->profile)), ==, height);
}

static void
test_a_newer_list_is_an_update (Party *self, gconstpointer unused)
{
  DpopCommandImportResult again;
  g_autofree char *city = NULL;
  Find grace;

  take_over (self, LIST);
  again = take_over (self,
                     "Nr;Vorname;Nachname;E-Mail;Ort;Gruppe;Status\r\n"
                     "1;Ada;Byron;ada@example.org;Paris;North;\r\n"
                     "2;Grace;Hopper;grace@example.org;New York;North;suspended\r\n"
                     "4;Emmy;Noether;emmy@example.org;Erlangen;;\r\n");
  g_assert_cmpuint (again.counts[DPOP_COMMAND_IMPORT_CHANGES], ==, 2);
  g_assert_cmpuint (again.counts[DPOP_COMMAND_IMPORT_ADDS], ==, 1);
  city = city_of (self, "Ada Byron");
  g_assert_cmpstr (city, ==, "Paris");
  grace = find (self, "Grace Hopper");
  g_assert_true (dpop_standing_in_unit (&grace.found.standing, &self->north));
  g_assert_true (cosmic_id_same (&grace.found.details_scope, &self->north));
  g_assert_cmpuint (grace.found.standing.state, ==, DPOP_MEMBER_SUSPENDED);
  g_assert_cmpuint (grace.n, ==, 5);
  dpop_member_details_free (grace.details);
}

static void
test_undone_it_is_as_before (Party *self, gconstpointer unused)
{
  DpopCommandImportResult first = take_over (self, LIST);
  DpopCommandImportResult second
      = take_over (self, "Nr;Vorname;Nachname;E-Mail;Ort;Gruppe\r\n"
                         "1;Ada;Byron;ada@example.org;Paris;North\r\n"
                         "4;Emmy;Noether;emmy@example.org;Erlangen;\r\n");
  DpopCommandImportUndone undone;
  g_autofree char *city = NULL;
  Find any;

  g_assert_true (
      dpop_command_import_undo (self->profile, &second.import, &undone, &self->error));
  g_assert_cmpuint (undone.undone, ==, 2);
  city = city_of (self, "Ada Byron");
  g_assert_cmpstr (city, ==, "London");
  any = find (self, "");
  g_assert_cmpuint (any.n, ==, 4);
  g_assert_true (dpop_command_import_undo (self->profile, &first.import, &undone, &self->error));
  g_assert_cmpuint (undone.undone, ==, 3);
  any = find (self, "");
  g_assert_cmpuint (any.n, ==, 1);
  g_assert_false (dpop_command_import_undo (self->profile, &first.import, NULL, &self->error));
  g_assert_cmpuint (dpop_profile_error_reason (self->error), ==, COSMIC_REASON_NO_SUCH_SUBJECT);
  g_clear_error (&self->error);
}

static void
test_undoing_leaves_who_was_dealt_with_since (Party *self, gconstpointer unused)
{
  DpopCommandImportResult first = take_over (self, LIST);
  Find grace = find (self, "Grace Hopper");
  const DpopCommandMove move = { grace.found.id, DPOP_MEMBER_SUSPENDED };
  DpopCommandImportUndone undone;

  dpop_member_details_free (grace.details);
  g_assert_true (dpop_command_move (self->profile, &move, NULL, &self->error));
  g_assert_true (dpop_command_import_undo (self->profile, &first.import, &undone, &self->error));
  g_assert_cmpuint (undone.undone, ==, 2);
  g_assert_cmpuint (undone.left, ==, 1);
  grace = find (self, "Grace Hopper");
  g_assert_cmpuint (grace.found.standing.state, ==, DPOP_MEMBER_SUSPENDED);
  dpop_member_details_free (grace.details);
}

static void
test_red_rows_stay_behind (Party *self, gconstpointer unused)
{
  DpopCommandImportResult result
      = take_over (self, "Vorname;Nachname;E-Mail;Gruppe\r\n"
                         "Emmy;Noether;emmy@example.org;North\r\n"
                         ";;nobody@example.org;North\r\n"
                         "Lise;Meitner;lise at example;North\r\n"
                         "Maria;Mayer;maria@example.org;No such group\r\n");

  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_ADDS], ==, 1);
  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_IS_LEFT], ==, 3);
}

static void
test_a_person_decides_about_possible_rows (Party *self, gconstpointer unused)
{
  const char *list = "Vorname;Nachname;Ort\r\nGrace;Hopper;Arlington\r\n";
  g_autoptr (DpopCommandImport) same = NULL;
  g_autoptr (DpopCommandImport) new = NULL;
  g_autofree char *city = NULL;
  DpopCommandImportResult result;
  Find any;

  take_over (self, LIST);
  result = take_over (self, list);
  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_IS_LEFT], ==, 1);
  same = preview (self, list);
  dpop_command_import_decide (same, 0, DPOP_COMMAND_IMPORT_SAME);
  result = apply (self, same);
  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_CHANGES], ==, 1);
  city = city_of (self, "Grace Hopper");
  g_assert_cmpstr (city, ==, "Arlington");
  new = preview (self, list);
  dpop_command_import_decide (new, 0, DPOP_COMMAND_IMPORT_LEAVE_OUT);
  g_assert_cmpuint (dpop_command_import_action (new, 0), ==, DPOP_COMMAND_IMPORT_IS_LEFT);
  dpop_command_import_decide (new, 0, DPOP_COMMAND_IMPORT_NEW);
  any = find (self, "");
  result = apply (self, new);
  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_ADDS]
                        + result.counts[DPOP_COMMAND_IMPORT_KEEPS],
                    ==, 1);
  g_assert_cmpuint (any.n, ==, 4);
}

/* The rules let nobody become suspended who was an applicant: the second row is refused, and the
 * first is not taken over either. */
static void
test_all_of_it_or_nothing (Party *self, gconstpointer unused)
{
  g_autoptr (DpopCommandImport) import = NULL;
  Find any;

  take_over (self, "E-Mail;Name;Status\r\nemmy@example.org;Emmy Noether;applicant\r\n"
                   "lise@example.org;Lise Meitner;member\r\n");
  import = preview (self, "E-Mail;Name;Status\r\nmaria@example.org;Maria Mayer;member\r\n"
                          "emmy@example.org;Emmy Noether;suspended\r\n");
  g_assert_false (dpop_command_import_apply (self->profile, import, NULL, &self->error));
  g_assert_cmpuint (dpop_profile_error_reason (self->error), ==, COSMIC_REASON_NOT_ALLOWED);
  g_assert_true (g_str_has_prefix (self->error->message, "Line 3: "));
  g_clear_error (&self->error);
  any = find (self, "");
  g_assert_cmpuint (any.n, ==, 3);
}

static void
test_a_file_that_is_no_list_is_refused (Party *self, gconstpointer unused)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  g_assert_null (dpop_command_import_new (self->profile, empty, NULL, &self->error));
  g_assert_error (self->error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_EMPTY);
  g_clear_error (&self->error);
}

/* --- Mending. --------------------------------------------------------------------------------- */

#define FAULTY \
  "Mitgliedsnummer;Vorname;Nachname;E-Mail\r\n" \
  "1;Ada;Byron;ada example org\r\n" \
  "2;Grace;Hopper;grace@example.org\r\n" \
  "2;Alan;Turing;alan@example.org\r\n" \
  "4;Emmy\r\n"

static guint
n_red (const DpopCommandImport *import)
{
  return dpop_edge_roll_summary (dpop_command_import_roll (import))->n_red;
}

static gboolean
is_red (const DpopCommandImport *import, guint row)
{
  return dpop_edge_roll_row (dpop_command_import_roll (import), row)->red;
}

static void
mend (Party *self, DpopCommandImport *import, guint row, guint column, const char *text)
{
  dpop_command_import_mend (import, row, column, text, &self->error);
  g_assert_no_error (self->error);
}

static void
test_red_rows_are_mended (Party *self, gconstpointer unused)
{
  g_autoptr (DpopCommandImport) import = preview (self, FAULTY);
  DpopCommandImportResult result;
  g_autofree char *city = NULL;

  g_assert_cmpuint (n_red (import), ==, 2);
  g_assert_true (is_red (import, 0) && is_red (import, 2));
  mend (self, import, 0, 3, "ada@example.org");
  g_assert_false (is_red (import, 0));
  /* Another number for the first of two makes the second good. */
  mend (self, import, 1, 0, "3");
  g_assert_cmpuint (n_red (import), ==, 0);
  /* And back. */
  mend (self, import, 1, 0, "2");
  g_assert_true (is_red (import, 2));
  mend (self, import, 2, 0, "3");
  g_assert_cmpuint (n_red (import), ==, 0);
  /* Beyond the end of a short row. */
  mend (self, import, 3, 2, "Noether");
  g_assert_cmpstr (dpop_edge_roll_row (dpop_command_import_roll (import), 3)
                       ->fields[DPOP_EDGE_ROLL_FULL_NAME],
                   ==, "Emmy Noether");
  result = apply (self, import);
  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_ADDS], ==, 4);
  city = city_of (self, "Emmy Noether");
  g_assert_cmpstr (city, ==, "");
}

static void
test_decisions_stay_with_their_rows (Party *self, gconstpointer unused)
{
  g_autoptr (DpopCommandImport) import = preview (self, "Nr;Name\r\n1;Ada\r\n2;Grace\r\n"
                                                              "3;Alan\r\n");
  const DpopEdgeRoll *roll;

  dpop_command_import_decide (import, 2, DPOP_COMMAND_IMPORT_LEAVE_OUT);
  mend (self, import, 0, 0, "");
  mend (self, import, 0, 1, "");
  roll = dpop_command_import_roll (import);
  g_assert_cmpuint (dpop_edge_roll_n_rows (roll), ==, 2);
  g_assert_cmpint (dpop_command_import_action (import, 0), ==, DPOP_COMMAND_IMPORT_ADDS);
  g_assert_cmpint (dpop_command_import_action (import, 1), ==, DPOP_COMMAND_IMPORT_IS_LEFT);
}

static void
test_what_cannot_be_mended_so (Party *self, gconstpointer unused)
{
  g_autoptr (DpopCommandImport) import = preview (self, FAULTY);
  g_autofree char *much = g_strnfill (DPOP_EDGE_CSV_MAX_FIELD + 1, 'x');

  g_assert_false (dpop_command_import_mend (import, 1, 1, much, &self->error));
  g_assert_error (self->error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE);
  g_clear_error (&self->error);
  g_assert_false (dpop_command_import_mend (import, 1, 1, "\xff", &self->error));
  g_assert_error (self->error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_TOO_LARGE);
  g_clear_error (&self->error);
  g_assert_cmpstr (dpop_edge_csv_field (dpop_command_import_csv (import), 2, 1), ==, "Grace");
  g_assert_cmpuint (n_red (import), ==, 2);
}

static void
test_a_column_is_another (Party *self, gconstpointer unused)
{
  g_autoptr (DpopCommandImport) import
      = preview (self, "Name;Wohnt;Mail\r\nAda Byron;London;ada@example.org\r\n");
  const DpopEdgeRoll *roll = dpop_command_import_roll (import);

  g_assert_cmpint (dpop_edge_roll_column_of (roll, DPOP_EDGE_ROLL_CITY), ==, -1);
  g_assert_true (dpop_command_import_map (import, 1, DPOP_EDGE_ROLL_CITY, &self->error));
  roll = dpop_command_import_roll (import);
  g_assert_cmpint (dpop_edge_roll_column_of (roll, DPOP_EDGE_ROLL_CITY), ==, 1);
  /* Said of another column, it is not that one any more. */
  g_assert_true (dpop_command_import_map (import, 2, DPOP_EDGE_ROLL_CITY, &self->error));
  roll = dpop_command_import_roll (import);
  g_assert_cmpint (dpop_edge_roll_column_of (roll, DPOP_EDGE_ROLL_CITY), ==, 2);
  g_assert_cmpint (dpop_edge_roll_column (roll, 1)->field, ==, DPOP_EDGE_ROLL_EXTRA);
  /* Without a name it is no list: everything stays as it was. */
  g_assert_false (dpop_command_import_map (import, 0, DPOP_EDGE_ROLL_IGNORED, &self->error));
  g_assert_error (self->error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_MEANING);
  g_clear_error (&self->error);
  roll = dpop_command_import_roll (import);
  g_assert_cmpint (dpop_edge_roll_column_of (roll, DPOP_EDGE_ROLL_FULL_NAME), ==, 0);
  g_assert_true (dpop_command_import_map (import, 2, DPOP_EDGE_ROLL_BY_HEADING, &self->error));
  roll = dpop_command_import_roll (import);
  g_assert_cmpint (dpop_edge_roll_column_of (roll, DPOP_EDGE_ROLL_EMAIL), ==, 2);
}

static void
test_the_file_is_taken_apart_anew (Party *self, gconstpointer unused)
{
  static const char text[] = "Name;Ort\r\nS\xf8ren Berg;K\xf8" "benhavn\r\n";
  g_autoptr (GBytes) file = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (DpopCommandImport) import
      = dpop_command_import_new (self->profile, file, NULL, &self->error);
  const DpopEdgeCsvOptions east = { .encoding = DPOP_EDGE_ENCODING_WINDOWS_1250 };
  const DpopEdgeCsvOptions commas = { .separator = ',' };
  const DpopEdgeCsvOptions tabs = { .separator = '\t', .header = DPOP_EDGE_CSV_HEADER_NO };

  g_assert_no_error (self->error);
  g_assert_cmpstr (dpop_edge_csv_field (dpop_command_import_csv (import), 1, 1), ==, "København");
  mend (self, import, 0, 1, "Aarhus");
  g_assert_true (dpop_command_import_read (import, &east, &self->error));
  g_assert_cmpstr (dpop_edge_csv_field (dpop_command_import_csv (import), 1, 1), ==, "Křbenhavn");
  /* With commas there is one column, whose heading says nothing: it stays as it was. */
  g_assert_false (dpop_command_import_read (import, &commas, &self->error));
  g_assert_error (self->error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_MEANING);
  g_clear_error (&self->error);
  g_assert_false (dpop_command_import_read (import, &tabs, &self->error));
  g_clear_error (&self->error);
  g_assert_cmpuint (dpop_edge_csv_n_columns (dpop_command_import_csv (import)), ==, 2);
  g_assert_cmpuint (dpop_edge_roll_n_rows (dpop_command_import_roll (import)), ==, 1);
}

/* --- Being told, and stopping. ---------------------------------------------------------------- */

typedef struct
{
  guint calls, last, all, stop_at;
} Told;

static gboolean
note_progress (guint done, guint all, gpointer data)
{
  Told *told = data;

  g_assert_cmpuint (done, ==, told->calls);
  told->calls++;
  told->last = done;
  told->all = all;
  return done != told->stop_at;
}

static void
test_stopped_it_leaves_nothing (Party *self, gconstpointer unused)
{
  g_autoptr (DpopCommandImport) import = preview (self, LIST);
  DpopCommandImportResult result;
  Told told = { .stop_at = G_MAXUINT };
  Find any;

  for (guint stop = 0; stop <= 3; stop++)
    {
      Told stopped = { .stop_at = stop };

      g_assert_false (dpop_command_import_apply_told (self->profile, import, note_progress,
                                                      &stopped, NULL, &self->error));
      g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&self->error);
      g_assert_cmpuint (stopped.last, ==, stop);
      any = find (self, "");
      g_assert_cmpuint (any.n, ==, 1);
      g_assert_cmpuint (cosmic_log_n_open (dpop_profile_log (self->profile)), ==, 1);
    }
  self->at->now += 1000;
  g_assert_true (dpop_command_import_apply_told (self->profile, import, note_progress, &told,
                                                 &result, &self->error));
  g_assert_cmpuint (told.last, ==, 3);
  g_assert_cmpuint (told.all, ==, 3);
  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_ADDS], ==, 3);
}

static void
test_undoing_says_what_it_does (Party *self, gconstpointer unused)
{
  DpopCommandImportResult first = take_over (self, LIST), second;
  DpopCommandImportUndone would, did;

  second = take_over (self, "Nr;Vorname;Nachname;E-Mail;Ort\r\n"
                            "1;Ada;Byron;ada@example.org;Paris\r\n"
                            "9;Lise;Meitner;lise@example.org;Wien\r\n");
  g_assert_cmpuint (first.counts[DPOP_COMMAND_IMPORT_ADDS], ==, 3);
  g_assert_cmpuint (second.counts[DPOP_COMMAND_IMPORT_CHANGES], ==, 1);
  dpop_command_import_undo_look (self->profile, &second.import, &would, &self->error);
  g_assert_cmpuint (would.gone, ==, 1);
  g_assert_cmpuint (would.restored, ==, 1);
  g_assert_cmpuint (would.left, ==, 0);
  g_assert_false (would.confirmed);
  dpop_command_import_undo (self->profile, &second.import, &did, &self->error);
  g_assert_no_error (self->error);
  g_assert_cmpuint (did.undone, ==, 2);
  g_assert_cmpuint (did.gone, ==, 1);
  g_assert_cmpuint (did.restored, ==, 1);
  g_assert_true (did.confirmed);
}

static void
test_ten_thousand_rows (Party *self, gconstpointer unused)
{
  guint n = 10000 / fixture_share ();
  g_autoptr (GString) text = g_string_new ("Nr;Vorname;Nachname;E-Mail;Ort;Gruppe\r\n");
  DpopCommandImportResult result;
  DpopCommandImportUndone undone;
  gint64 start, added, again;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%u;Given%u;Family%u;m%u@example.org;Town %u;%s\r\n", i, i, i, i,
                            i % 100, i % 2 == 0 ? "North" : "");
  start = g_get_monotonic_time ();
  result = take_over (self, text->str);
  added = g_get_monotonic_time ();
  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_ADDS], ==, n);
  result = take_over (self, text->str);
  again = g_get_monotonic_time ();
  g_assert_cmpuint (result.counts[DPOP_COMMAND_IMPORT_KEEPS], ==, n);
  g_test_message ("%u rows taken over and confirmed in %.2f s; reviewed again in %.2f s", n,
                  (added - start) / 1e6, (again - added) / 1e6);
  result = take_over (self, "Vorname;Nachname\r\nEmmy;Noether\r\n");
  start = g_get_monotonic_time ();
  g_assert_true (dpop_command_import_undo (self->profile, &result.import, &undone, &self->error));
  g_test_message ("one more undone in %.3f s", (g_get_monotonic_time () - start) / 1e6);
  g_assert_cmpuint (undone.undone, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(claim, function) \
  g_test_add ("/command/import/" claim, Party, NULL, set_up, function, tear_down)
  ADD ("A list becomes members", test_a_list_becomes_members);
  ADD ("A preview changes nothing", test_a_preview_changes_nothing);
  ADD ("The same list again changes nothing", test_the_same_list_again_changes_nothing);
  ADD ("A newer list is an update", test_a_newer_list_is_an_update);
  ADD ("Undone, it is as before", test_undone_it_is_as_before);
  ADD ("Red rows are mended, and with them what repeats them", test_red_rows_are_mended);
  ADD ("What was decided stays with its row", test_decisions_stay_with_their_rows);
  ADD ("What is too long, or no text, mends nothing", test_what_cannot_be_mended_so);
  ADD ("A column is said to be another", test_a_column_is_another);
  ADD ("The file is taken apart anew", test_the_file_is_taken_apart_anew);
  ADD ("Stopped at any row, it leaves nothing", test_stopped_it_leaves_nothing);
  ADD ("Undoing says what it does", test_undoing_says_what_it_does);
  ADD ("Undoing leaves who was dealt with since", test_undoing_leaves_who_was_dealt_with_since);
  ADD ("Red rows stay behind", test_red_rows_stay_behind);
  ADD ("A person decides about possible rows", test_a_person_decides_about_possible_rows);
  ADD ("All of it or nothing", test_all_of_it_or_nothing);
  ADD ("A file that is no list is refused", test_a_file_that_is_no_list_is_refused);
  ADD ("Ten thousand rows", test_ten_thousand_rows);
#undef ADD
  return g_test_run ();
}
