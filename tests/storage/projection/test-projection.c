/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-comment-row.h"
#include "dpop-decision-row.h"
#include "dpop-log-store.h"
#include "dpop-member-row.h"
#include "dpop-unit-row.h"
#include "fixture-random.h"

static DpopDatabase *
new_database (void)
{
  sqlite3 *connection;
  DpopDatabase *database;
  GError *error = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &connection), ==, SQLITE_OK);
  database = dpop_database_new (connection);
  dpop_database_execute (database, "PRAGMA secure_delete = ON", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < dpop_log_store_n_schema; i++)
    dpop_database_execute (database, dpop_log_store_schema[i], &error);
  for (guint i = 0; i < dpop_projection_n_schema; i++)
    dpop_database_execute (database, dpop_projection_schema[i], &error);
  g_assert_no_error (error);
  return database;
}

static CosmicId
id_of (guint number)
{
  CosmicId id = { { 0 } };

  id.bytes[0] = (guint8) (number >> 8);
  id.bytes[1] = (guint8) number;
  id.bytes[31] = 1;
  return id;
}

static DpopMemberRow *
new_member (guint number, const char *name, const char *no)
{
  g_autofree char *text = g_strjoin (" ", name, no, NULL);
  DpopMemberRow *row = dpop_member_row_new ();

  row->id = id_of (number);
  row->state = 2;
  row->details = DPOP_PROJECTION_TEXT_READABLE;
  row->name = g_strdup (name);
  row->number = g_strdup (no);
  row->sort = dpop_projection_fold (name);
  row->search = dpop_projection_fold (text);
  return row;
}

static void
put_member (DpopDatabase *database, DpopMemberRow *taken)
{
  g_autoptr (DpopMemberRow) row = taken;
  GError *error = NULL;

  dpop_member_row_put (database, row, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->n, >, 0);
}

static char *
names_in_order (DpopDatabase *database, const DpopMemberRowQuery *query)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = dpop_member_row_window (database, query, 0, 100, &error);
  GString *names = g_string_new (NULL);
  guint count;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "",
                            ((DpopMemberRow *) rows->pdata[i])->name);
  dpop_member_row_count (database, query, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, rows->len);
  return g_string_free (names, FALSE);
}

#define assert_names(database, query, expected)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_names = names_in_order (database, query);                               \
    g_assert_cmpstr (found_names, ==, expected);                                                   \
  }                                                                                                \
  G_STMT_END

static void
put_five (DpopDatabase *database)
{
  put_member (database, new_member (1, "Zoë", "7"));
  put_member (database, new_member (2, "Änne", "103"));
  put_member (database, new_member (3, "Björn", "17"));
  put_member (database, new_member (4, "anton", "A-3"));
  put_member (database, new_member (5, "Straße", NULL));
}

static void
test_order (void)
{
  g_autoptr (DpopDatabase) database = new_database ();
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;

  put_five (database);
  assert_names (database, &query, "Änne,anton,Björn,Straße,Zoë");
  query.descending = TRUE;
  assert_names (database, &query, "Zoë,Straße,Björn,anton,Änne");
  query.descending = FALSE;
  query.sort = DPOP_MEMBER_ROW_BY_NUMBER;
  assert_names (database, &query, "Straße,Zoë,Björn,Änne,anton");
  query.sort = DPOP_MEMBER_ROW_BY_ENTRY;
  assert_names (database, &query, "Zoë,Änne,Björn,anton,Straße");
}

static void
test_search (void)
{
  g_autoptr (DpopDatabase) database = new_database ();
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;

  put_five (database);
  query.search = "ZOE";
  assert_names (database, &query, "Zoë");
  query.search = "strasse";
  assert_names (database, &query, "Straße");
  query.search = "an";
  assert_names (database, &query, "Änne,anton");
  query.search = " an  103 ";
  assert_names (database, &query, "Änne");
  query.search = "an 17";
  assert_names (database, &query, "");
  query.search = "  ";
  assert_names (database, &query, "Änne,anton,Björn,Straße,Zoë");
  query.search = "%";
  assert_names (database, &query, "");
  query.search = "' OR 1 --";
  assert_names (database, &query, "");
}

static void
test_filters (void)
{
  g_autoptr (DpopDatabase) database = new_database ();
  DpopMemberRowQuery query = DPOP_MEMBER_ROW_QUERY_ALL;
  const CosmicId north = id_of (100), south = id_of (101);
  DpopMemberRow *row = new_member (1, "Ada", "1");
  DpopMemberRowRole role = { .role = 3, .unit = north, .since = 9 };

  g_array_append_val (row->units, north);
  g_array_append_val (row->roles, role);
  row->has_device = TRUE;
  put_member (database, row);
  row = new_member (2, "Bea", "2");
  g_array_append_val (row->units, north);
  g_array_append_val (row->units, south);
  row->state = 3;
  put_member (database, row);
  put_member (database, new_member (3, "Cyd", "3"));

  query.unit = &north;
  assert_names (database, &query, "Ada,Bea");
  query.unit = &south;
  assert_names (database, &query, "Bea");
  query.unit = &cosmic_id_zero;
  assert_names (database, &query, "Cyd");
  query.unit = NULL;
  query.states = 1 << 3;
  assert_names (database, &query, "Bea");
  query.states = 1 << 2 | 1 << 3;
  query.device = DPOP_MEMBER_ROW_NO;
  assert_names (database, &query, "Bea,Cyd");
  query.device = DPOP_MEMBER_ROW_EITHER;
  query.role = 3;
  assert_names (database, &query, "Ada");
  query.role_unit = &north;
  query.search = "ada";
  assert_names (database, &query, "Ada");
  query.role_unit = &south;
  assert_names (database, &query, "");
}

static void
test_rows_stay (void)
{
  g_autoptr (DpopDatabase) database = new_database ();
  g_autoptr (DpopMemberRow) row = new_member (7, "Ada", "1");
  g_autoptr (DpopMemberRow) found = NULL;
  g_autoptr (DpopMemberRow) gone = NULL;
  const CosmicId unit = id_of (100);
  GError *error = NULL;
  gint64 n, removed;

  g_array_append_val (row->units, unit);
  dpop_member_row_put (database, row, &error);
  n = row->n;
  put_member (database, new_member (8, "Bea", "2"));
  g_array_set_size (row->units, 0);
  g_free (row->name);
  row->name = g_strdup ("Ada Lovelace");
  dpop_member_row_put (database, row, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->n, ==, n);
  found = dpop_member_row_find (database, &row->id, &error);
  g_assert_no_error (error);
  g_assert_true (dpop_member_row_equal (row, found));
  g_assert_cmpint (found->n, ==, n);

  found->confirmed = !found->confirmed;
  g_assert_false (dpop_member_row_equal (row, found));
  dpop_member_row_remove (database, &row->id, &removed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (removed, ==, n);
  gone = dpop_member_row_find (database, &row->id, &error);
  g_assert_no_error (error);
  g_assert_null (gone);
  dpop_member_row_remove (database, &row->id, &removed, &error);
  g_assert_cmpint (removed, ==, 0);
}

static gboolean
database_has (DpopDatabase *database, const char *text)
{
  sqlite3_int64 size;
  unsigned char *image
      = sqlite3_serialize (dpop_database_connection (database), "main", &size, 0);
  gboolean found = memmem (image, (gsize) size, text, strlen (text)) != NULL;

  sqlite3_free (image);
  return found;
}

static void
test_nothing_stays_behind (void)
{
  g_autoptr (DpopDatabase) database = new_database ();
  g_autoptr (DpopMemberRow) row = NULL;
  GError *error = NULL;

  for (guint i = 0; i < 300; i++)
    put_member (database, new_member (i, "Someone", "1"));
  put_member (database, new_member (1000, "Xanthippe", "9000"));
  g_assert_true (database_has (database, "Xanthippe"));
  g_assert_true (database_has (database, "xanthippe"));
  row = dpop_member_row_new ();
  row->id = id_of (1000);
  row->details = DPOP_PROJECTION_TEXT_ERASED;
  dpop_member_row_put (database, row, &error);
  g_assert_no_error (error);
  g_assert_false (database_has (database, "Xanthippe"));
  g_assert_false (database_has (database, "xanthippe"));
  g_assert_false (database_has (database, "9000"));
}

/* --- The others. ------------------------------------------------------------------------------ */

static void
test_decisions (void)
{
  g_autoptr (DpopDatabase) database = new_database ();
  DpopDecisionRowQuery query = { 0 };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (DpopDecisionRow) found = NULL;
  GError *error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (DpopDecisionRow) row = dpop_decision_row_new ();

      row->id = id_of (i);
      row->phase = (guint8) (1 + i % 4);
      row->proposed = 1000 + (gint64) i;
      row->closes = i == 2 ? 0 : 5000 - (gint64) i;
      row->outcome = i == 2 ? 4 : 0;
      row->title = g_strdup_printf ("Motion %u", i);
      row->search = g_strdup_printf ("motion %u of weight", i);
      dpop_decision_row_put (database, row, &error);
      g_assert_no_error (error);
      if (i == 2)
        {
          found = dpop_decision_row_find (database, &row->id, &error);
          g_assert_true (dpop_decision_row_equal (row, found));
        }
    }
  all = dpop_decision_row_window (database, &query, 1, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((DpopDecisionRow *) all->pdata[0])->title, ==, "Motion 3");
  query.sort = DPOP_DECISION_ROW_CLOSING;
  one = dpop_decision_row_window (database, &query, 0, 10, &error);
  g_assert_cmpstr (((DpopDecisionRow *) one->pdata[0])->title, ==, "Motion 4");
  g_assert_cmpstr (((DpopDecisionRow *) one->pdata[4])->title, ==, "Motion 2");
  query.outcomes = 1 << 4;
  query.phases = 1 << 3;
  query.search = "weight motion";
  g_clear_pointer (&one, g_ptr_array_unref);
  one = dpop_decision_row_window (database, &query, 0, 10, &error);
  g_assert_cmpuint (one->len, ==, 1);
}

static void
test_units (void)
{
  g_autoptr (DpopDatabase) database = new_database ();
  g_autoptr (DpopUnitRow) row = dpop_unit_row_new ();
  g_autoptr (DpopUnitRow) found = NULL;
  DpopMemberRow *member = new_member (1, "Ada", "1");
  const DpopUnitRowQuery other_kind = { .kind_plus_one = 1 };
  guint count;
  GError *error = NULL;

  row->id = id_of (50);
  row->kind = 1;
  row->name = g_strdup ("Ünit");
  dpop_unit_row_put (database, row, &error);
  g_array_append_val (member->units, row->id);
  put_member (database, member);
  found = dpop_unit_row_find (database, &row->id, &error);
  g_assert_no_error (error);
  g_assert_true (dpop_unit_row_equal (row, found));
  g_assert_cmpuint (found->members, ==, 1);
  dpop_unit_row_count (database, &other_kind, &count, &error);
  g_assert_cmpuint (count, ==, 0);
}

static void
test_comments (void)
{
  g_autoptr (DpopDatabase) database = new_database ();
  const CosmicId decision = id_of (90), other = id_of (91);
  g_autoptr (GPtrArray) rows = NULL;
  guint count;
  GError *error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (DpopCommentRow) row = dpop_comment_row_new ();

      row->id = id_of (i);
      row->decision = i == 3 ? other : decision;
      row->height = i == 0 ? 0 : 10 - i;
      row->text = g_strdup_printf ("%u", i);
      dpop_comment_row_put (database, row, &error);
      g_assert_no_error (error);
    }
  rows = dpop_comment_row_window (database, &decision, 0, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (((DpopCommentRow *) rows->pdata[0])->text, ==, "2");
  g_assert_cmpstr (((DpopCommentRow *) rows->pdata[2])->text, ==, "0");
  dpop_comment_row_count (database, &other, &count, &error);
  g_assert_cmpuint (count, ==, 1);
}

static void
test_stamp (void)
{
  g_autoptr (DpopDatabase) database = new_database ();
  g_autofree char *none = NULL;
  g_autofree char *some = NULL;
  g_autofree char *cleared = NULL;
  GError *error = NULL;

  none = dpop_projection_stamp (database, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  dpop_projection_set_stamp (database, "1", &error);
  dpop_projection_set_stamp (database, "2", &error);
  some = dpop_projection_stamp (database, &error);
  g_assert_cmpstr (some, ==, "2");
  put_five (database);
  dpop_projection_clear (database, &error);
  g_assert_no_error (error);
  cleared = dpop_projection_stamp (database, &error);
  g_assert_null (cleared);
  g_assert_false (database_has (database, "Björn"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/projection/members go by name, whatever the case and the accents", test_order);
  g_test_add_func ("/projection/every word of a search is found", test_search);
  g_test_add_func ("/projection/members are chosen by state, group, role and computer",
                   test_filters);
  g_test_add_func ("/projection/a row keeps its number until it is removed", test_rows_stay);
  g_test_add_func ("/projection/of what is replaced nothing stays in the file",
                   test_nothing_stays_behind);
  g_test_add_func ("/projection/decisions are chosen, ordered and read by windows", test_decisions);
  g_test_add_func ("/projection/groups count their members", test_units);
  g_test_add_func ("/projection/comments come in the order of their confirmation", test_comments);
  g_test_add_func ("/projection/rows say what made them", test_stamp);
  return g_test_run ();
}
