/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "dpop-item-store.h"
#include "fixture-fault.h"
#include "fixture-items.h"

#include <glib/gstdio.h>

/* A set in a file, beside one in memory that has what was committed. */
typedef struct
{
  char *folder, *path;
  DpopDatabase *database;
  DpopItemStore *store;
  CosmicItemSet *set;
  FixtureSet model;
  GArray *items; /* of the model */
  FixtureRandom random;
} Case;

static void
open_all (Case *self, guint set)
{
  GError *error = NULL;

  self->database = dpop_database_new (fixture_fault_open (self->path));
  dpop_database_migrate (self->database, dpop_item_store_schema, dpop_item_store_n_schema,
                         &error);
  g_assert_no_error (error);
  self->store = dpop_item_store_new (self->database, set);
  self->set = cosmic_item_set_new (dpop_item_store_nodes (self->store));
}

static void
close_all (Case *self)
{
  cosmic_item_set_free (self->set);
  dpop_item_store_free (self->store);
  dpop_database_free (self->database);
}

static void
case_init (Case *self, gconstpointer unused)
{
  self->folder = g_dir_make_tmp ("dpop-item-store-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "items", NULL);
  fixture_random_init (&self->random, 4);
  fixture_set_init (&self->model, NULL);
  self->items = g_array_new (FALSE, FALSE, sizeof (CosmicItem));
  open_all (self, 0);
}

static void
case_clear (Case *self, gconstpointer unused)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

  close_all (self);
  fixture_set_clear (&self->model);
  g_array_unref (self->items);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (self->path, ends[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

/* Some items in and out, in one transaction; the model follows when it is COMMITTED. FALSE when
 * something failed. */
static gboolean
transact (Case *self, guint inserts, guint removes, gboolean commit, GError **error)
{
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (CosmicItem));
  guint gone = MIN (removes, self->items->len);
  gboolean good = dpop_database_begin (self->database, error);

  for (guint i = 0; good && i < inserts; i++)
    {
      CosmicItem item = fixture_item (&self->random, FIXTURE_ORDERS);

      good = cosmic_item_set_insert (self->set, &item, NULL, error);
      g_array_append_val (added, item);
    }
  for (guint i = 0; good && i < gone; i++)
    good = cosmic_item_set_remove (
        self->set, &g_array_index (self->items, CosmicItem, self->items->len - 1 - i), NULL,
        error);
  good = good && dpop_item_store_save (self->store, error)
         && (!commit || dpop_database_commit (self->database, error));
  if (!good || !commit)
    {
      dpop_database_rollback (self->database);
      dpop_item_store_forget (self->store);
      return good;
    }
  for (guint i = 0; i < gone; i++)
    fixture_set_remove (&self->model,
                        &g_array_index (self->items, CosmicItem, self->items->len - 1 - i));
  g_array_set_size (self->items, self->items->len - gone);
  for (guint i = 0; i < added->len; i++)
    fixture_set_insert (&self->model, &g_array_index (added, CosmicItem, i));
  g_array_append_vals (self->items, added->data, added->len);
  return TRUE;
}

/* The same total, and the same in any range. */
static void
assert_as_the_model (Case *self)
{
  CosmicItemSum one, two;
  GError *error = NULL;

  g_assert_true (cosmic_item_set_total (self->set, &one, &error));
  g_assert_true (cosmic_item_set_total (self->model.set, &two, &error));
  g_assert_cmpmem (&one, sizeof one, &two, sizeof two);
  for (guint i = 0; i < 200; i++)
    {
      CosmicItem bound = fixture_item (&self->random, FIXTURE_ORDERS);

      g_assert_true (cosmic_item_set_find (self->set, &bound, &one, &error));
      g_assert_no_error (error);
      g_assert_true (cosmic_item_set_find (self->model.set, &bound, &two, &error));
      g_assert_cmpmem (&one, sizeof one, &two, sizeof two);
    }
}

static void
test_survives_a_restart (Case *self, gconstpointer unused)
{
  GError *error = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_assert_true (transact (self, 700, 200 * (i % 3), TRUE, &error));
      g_assert_no_error (error);
      assert_as_the_model (self);
      close_all (self);
      open_all (self, 0);
      assert_as_the_model (self);
    }
  while (self->items->len > 0)
    g_assert_true (transact (self, 0, 900, TRUE, &error));
  assert_as_the_model (self);
}

static void
test_a_rollback_takes_it_back (Case *self, gconstpointer unused)
{
  GError *error = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_assert_true (transact (self, 300, 50, TRUE, &error));
      g_assert_true (transact (self, 500, 150, FALSE, &error));
      assert_as_the_model (self);
    }
}

/* One operation of the disk fails, then the next in the same work, and so on. */
static void
test_a_failing_disk_changes_nothing (Case *self, gconstpointer unused)
{
  GError *error = NULL;
  guint failures = 0;

  g_assert_true (transact (self, 3000, 0, TRUE, &error));
  for (guint n = 1; n < 400; n += fixture_share () < 4 ? 3 : 37)
    {
      gboolean good;

      fixture_fault_arm (n, FALSE);
      good = transact (self, 40, 20, TRUE, &error);
      fixture_fault_disarm ();
      g_assert_true (good == (error == NULL));
      failures += !good;
      g_clear_error (&error);
      close_all (self);
      open_all (self, 0);
      assert_as_the_model (self);
    }
  g_assert_cmpuint (failures, >, 3);
}

static void
test_sets_are_apart (Case *self, gconstpointer unused)
{
  GError *error = NULL;
  CosmicItemSum total;

  g_assert_true (transact (self, 2000, 0, TRUE, &error));
  close_all (self);
  open_all (self, 1);
  g_assert_true (cosmic_item_set_total (self->set, &total, &error));
  g_assert_cmpuint (total.count, ==, 0);
  g_assert_true (dpop_item_store_erase (self->store, &error));
  close_all (self);
  open_all (self, 0);
  assert_as_the_model (self);
  g_assert_true (dpop_item_store_erase (self->store, &error));
  g_assert_true (cosmic_item_set_total (self->set, &total, &error));
  g_assert_cmpuint (total.count, ==, 0);
}

static void
test_what_others_wrote_is_an_error (Case *self, gconstpointer unused)
{
  GError *error = NULL;
  CosmicItemSum sum;

  g_assert_true (transact (self, 2000, 0, TRUE, &error));
  g_assert_true (dpop_database_execute (
      self->database, "UPDATE item_node SET bytes = zeroblob (5000) WHERE n = 0", &error));
  dpop_item_store_forget (self->store);
  g_assert_false (cosmic_item_set_total (self->set, &sum, &error));
  g_assert_error (error, DPOP_DATABASE_ERROR, DPOP_DATABASE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (dpop_database_execute (
      self->database, "UPDATE item_node SET bytes = zeroblob (72) WHERE n = 0", &error));
  dpop_item_store_forget (self->store);
  g_assert_false (cosmic_item_set_total (self->set, &sum, &error));
  g_assert_error (error, COSMIC_ITEM_SET_ERROR, COSMIC_ITEM_SET_ERROR_DAMAGED);
  g_clear_error (&error);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/item-store/" name, Case, NULL, case_init, function, case_clear)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  ADD ("A set is after a restart what it was", test_survives_a_restart);
  ADD ("A rollback takes the set back too", test_a_rollback_takes_it_back);
  ADD ("When the disk fails the set is what was committed", test_a_failing_disk_changes_nothing);
  ADD ("Two sets in one table do not touch", test_sets_are_apart);
  ADD ("What this code did not write is an error", test_what_others_wrote_is_an_error);
  return g_test_run ();
}
