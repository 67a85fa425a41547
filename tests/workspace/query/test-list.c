/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-comment-list.h"
#include "dpop-decision-list.h"
#include "dpop-decision.h"
#include "dpop-history-list.h"
#include "dpop-member-list.h"
#include "dpop-member.h"
#include "dpop-unit-list.h"
#include "fixture-organisation.h"

/* What somebody sees who only listens: the numbers of the rows, kept by "items-changed" alone. */
typedef struct
{
  GListModel *model;
  GArray *seen;
  guint told;    /* times */
  guint replaced; /* rows that came with them */
} Watcher;

static gint64
number_at (GListModel *model, guint position)
{
  g_autoptr (DpopListItem) item = g_list_model_get_item (model, position);

  return dpop_list_item_get_number (item);
}

static void
on_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Watcher *watcher = data;

  if (removed > 0)
    g_array_remove_range (watcher->seen, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 number = number_at (model, position + i);

      g_array_insert_val (watcher->seen, position + i, number);
    }
  watcher->told++;
  watcher->replaced += added;
  g_assert_cmpuint (watcher->seen->len, ==, g_list_model_get_n_items (model));
}

static void
watch (Watcher *watcher, gpointer model)
{
  *watcher = (Watcher){ .model = model, .seen = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  on_changed (model, 0, 0, g_list_model_get_n_items (model), watcher);
  watcher->told = watcher->replaced = 0;
  g_signal_connect (model, "items-changed", G_CALLBACK (on_changed), watcher);
}

static void
watcher_check (Watcher *watcher)
{
  g_assert_cmpuint (watcher->seen->len, ==, g_list_model_get_n_items (watcher->model));
  for (guint i = 0; i < watcher->seen->len; i++)
    g_assert_cmpint (g_array_index (watcher->seen, gint64, i), ==, number_at (watcher->model, i));
}

static void
watcher_end (Watcher *watcher)
{
  watcher_check (watcher);
  g_signal_handlers_disconnect_by_data (watcher->model, watcher);
  g_array_unref (watcher->seen);
}

static void
refresh (FixtureOrganisation *self, gpointer list)
{
  g_autoptr (DpopProjectorChanges) changes = dpop_projector_take_changes (self->projector);

  g_assert_nonnull (changes);
  dpop_list_refresh (list, changes);
}

static DpopReader *
reader_of (FixtureOrganisation *self)
{
  return dpop_reader_new (dpop_profile_database (self->profile->profile));
}

static const char *
name_at (gpointer list, guint position)
{
  g_autoptr (DpopMemberItem) item = g_list_model_get_item (list, position);

  return dpop_member_item_get_row (item)->name; /* the list keeps the item */
}

static void
test_members (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (1, TRUE);
  g_autoptr (DpopReader) reader = reader_of (self);
  g_autoptr (DpopMemberList) list = NULL;
  Watcher watcher;

  fixture_organisation_add_units (self, 2);
  fixture_organisation_enrol (self, 200);
  list = dpop_member_list_new (reader);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 201);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == DPOP_TYPE_MEMBER_ITEM);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 201));
  watch (&watcher, list);

  g_object_set (list, "search", "lovelace", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpstr (name_at (list, 0), ==, "Ada Lovelace");
  watcher_check (&watcher);
  g_object_set (list, "search", NULL, "sort", DPOP_MEMBER_ROW_BY_NUMBER, NULL);
  dpop_member_list_set_unit (list, &g_array_index (self->units, CosmicId, 0));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 80);
  watcher_check (&watcher);
  dpop_member_list_set_unit (list, NULL);
  g_object_set (list, "states", 1u << DPOP_MEMBER_SUSPENDED, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_object_set (list, "states", 0, "device", DPOP_MEMBER_ROW_YES, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_object_set (list, "device", DPOP_MEMBER_ROW_EITHER, "role", 0, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_object_set (list, "role", DPOP_MEMBER_ROW_ANY_ROLE, "descending", TRUE, NULL);
  g_assert_null (dpop_list_get_failure (DPOP_LIST (list)));
  watcher_end (&watcher);
}

static void
test_told_exactly (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (2, TRUE);
  g_autoptr (DpopReader) reader = reader_of (self);
  g_autoptr (DpopMemberList) list = NULL;
  Watcher watcher;
  CosmicId member;

  fixture_organisation_enrol (self, 300);
  fixture_profile_confirm (self->profile);
  list = dpop_member_list_new (reader);
  refresh (self, list);
  watch (&watcher, list);

  member = fixture_profile_enrol (self->profile, "Mmmm", NULL);
  refresh (self, list);
  g_assert_cmpuint (watcher.told, ==, 1);
  g_assert_cmpuint (watcher.replaced, ==, 1);
  watcher_check (&watcher);

  /* The newcomer becomes final, where it stands. */
  fixture_profile_confirm (self->profile);
  refresh (self, list);
  g_assert_cmpuint (watcher.told, ==, 2);
  g_assert_cmpuint (watcher.replaced, ==, 2);
  watcher_check (&watcher);

  /* Deleted for everyone, the row moves to the front. */
  fixture_organisation_grant_privacy (self);
  refresh (self, list);
  g_assert_cmpuint (watcher.told, ==, 3);
  fixture_organisation_erase (self, &member, NULL);
  refresh (self, list);
  g_assert_cmpuint (watcher.told, ==, 5);
  g_assert_cmpuint (watcher.replaced, ==, 4);
  g_assert_null (name_at (list, 0));

  /* What is about others tells nothing here. */
  fixture_organisation_decide (self, 1, 0, FIXTURE_DECIDE_PROPOSED);
  refresh (self, list);
  g_assert_cmpuint (watcher.told, ==, 5);
  watcher_end (&watcher);
}

static void
test_decisions (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (3, TRUE);
  g_autoptr (DpopReader) reader = reader_of (self);
  g_autoptr (DpopDecisionList) list = dpop_decision_list_new (reader);
  g_autoptr (DpopDecisionItem) item = NULL;
  const CosmicId nobody = { { 1 } };
  Watcher watcher;

  watch (&watcher, list);
  fixture_organisation_enrol (self, 3);
  fixture_organisation_decide (self, 3, 3, FIXTURE_DECIDE_OPEN);
  refresh (self, list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpuint (dpop_decision_item_get_row (item)->votes, ==, 3);
  g_object_set (list, "search", "motion 2", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_object_set (list, "search", "", "phases", 1u << DPOP_DECISION_CLOSED, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_object_set (list, "phases", 0, "sort", DPOP_DECISION_ROW_TITLE, "reversed", TRUE, NULL);
  dpop_decision_list_set_scope (list, &cosmic_id_zero);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  dpop_decision_list_set_speaker (list, &nobody);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  watcher_end (&watcher);
}

static void
test_units_and_comments (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (4, TRUE);
  g_autoptr (DpopReader) reader = reader_of (self);
  g_autoptr (DpopUnitList) units = dpop_unit_list_new (reader);
  g_autoptr (DpopCommentList) comments = NULL;
  g_autoptr (DpopUnitItem) unit = NULL;
  g_autoptr (DpopCommentItem) comment = NULL;
  g_autoptr (DpopProjectorChanges) changes = NULL;
  Watcher watcher;
  guint told;

  fixture_organisation_add_units (self, 2);
  refresh (self, units);
  watch (&watcher, units);
  fixture_organisation_enrol (self, 4);
  refresh (self, units);
  unit = g_list_model_get_item (G_LIST_MODEL (units), 0);
  g_assert_cmpuint (dpop_unit_item_get_row (unit)->members, ==, 2);
  told = watcher.told;
  g_object_set (units, "search", "2", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (units)), ==, 1);
  g_assert_cmpuint (watcher.told, >, told);
  watcher_end (&watcher);

  fixture_organisation_decide (self, 1, 0, FIXTURE_DECIDE_PROPOSED);
  comments = dpop_comment_list_new (reader, &g_array_index (self->decisions, CosmicId, 0));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (comments)), ==, 0);
  watch (&watcher, comments);
  fixture_organisation_comment (self, &g_array_index (self->decisions, CosmicId, 0), "Hear");
  refresh (self, comments);
  comment = g_list_model_get_item (G_LIST_MODEL (comments), 0);
  g_assert_cmpstr (dpop_comment_item_get_row (comment)->text, ==, "Hear");
  watcher_end (&watcher);
}

static void
test_history (void)
{
  g_autoptr (FixtureOrganisation) self = fixture_organisation_new (5, TRUE);
  g_autoptr (DpopReader) reader = reader_of (self);
  g_autoptr (DpopHistoryList) list = dpop_history_list_new (reader);
  DpopHistoryRowQuery query = { .kinds = { G_GUINT64_CONSTANT (1) << DPOP_KIND_MEMBER_ADD, 0 } };
  g_autoptr (DpopHistoryItem) newest = NULL;
  g_autoptr (DpopHistoryItem) final = NULL;
  Watcher watcher;

  watch (&watcher, list);
  fixture_organisation_enrol (self, 100);
  refresh (self, list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==,
                    fixture_organisation_n_operations (self));
  newest = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpuint (dpop_history_item_get_row (newest)->height, ==, 0);
  fixture_profile_confirm (self->profile);
  refresh (self, list);
  final = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (newest != final);
  g_assert_cmpuint (dpop_history_item_get_row (final)->height, ==, 2);
  dpop_history_list_set_query (list, &query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 100);
  query.oldest_first = TRUE;
  query.subject = &g_array_index (self->members, CosmicId, 7);
  dpop_history_list_set_query (list, &query);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  watcher_end (&watcher);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/members are searched, filtered and sorted", test_members);
  g_test_add_func ("/list/exactly the rows that changed are told", test_told_exactly);
  g_test_add_func ("/list/decisions are searched, filtered and sorted", test_decisions);
  g_test_add_func ("/list/groups and comments are lists as well", test_units_and_comments);
  g_test_add_func ("/list/the history grows at its head", test_history);
  return g_test_run ();
}
