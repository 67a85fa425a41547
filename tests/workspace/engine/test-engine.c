/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-enrol.h"
#include "dpop-command-found.h"
#include "dpop-edge-charter.h"
#include "dpop-engine.h"
#include "dpop-hand-over.h"
#include "dpop-member-list.h"
#include "fixture-random.h"

#include <glib/gstdio.h>

/* --- A profile in a folder of its own, behind an engine. ------------------------------------- */

typedef struct
{
  char *parent;
  char *folder;
  CosmicSecret *passphrase;
  DpopEngine *engine;
} Scene;

static DpopMemberDetails *
person (const char *name)
{
  DpopMemberDetails *details = dpop_member_details_new ();

  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, name);
  return details;
}

static gpointer
found (DpopProfile *profile, gpointer data, GError **error)
{
  g_autoptr (GBytes) json = dpop_edge_charter_ready ("association");
  g_autoptr (DpopMemberDetails) founder = person ("Ada Lovelace");
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (GPtrArray) problems
      = dpop_edge_charter_read (g_bytes_get_data (json, NULL), g_bytes_get_size (json), &charter,
                                &names);
  const DpopCommandFound input = { charter, names, founder };
  DpopCommandFoundResult result;

  g_assert_nonnull (charter);
  return GINT_TO_POINTER (dpop_command_found (profile, &input, &result, error));
}

static gpointer
enrol (DpopProfile *profile, gpointer name, GError **error)
{
  g_autoptr (DpopMemberDetails) details = person (name);
  const DpopCommandEnrol input = { .details = details };
  DpopCommandEnrolResult result;

  return dpop_command_enrol (profile, &input, &result, error) ? g_strdup (name) : NULL;
}

static void
scene_init (Scene *self)
{
  const CosmicPasswordCost cost = COSMIC_PASSWORD_COST_TEST;
  GError *error = NULL;

  g_assert_true (cosmic_crypto_init ());
  self->parent = g_dir_make_tmp ("dpop-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_build_filename (self->parent, "profile", NULL);
  self->passphrase = cosmic_secret_copy ("a passphrase", 12);
  self->engine = dpop_engine_new ();
  dpop_engine_open_sync (self->engine, self->folder, self->passphrase, &cost, NULL, &error);
  g_assert_no_error (error);
  dpop_engine_run_sync (self->engine, found, NULL, &error);
  g_assert_no_error (error);
}

static void
scene_clear (Scene *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&self->engine, dpop_engine_unref);
  dir = g_dir_open (self->folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_rmdir (self->parent);
  g_free (self->parent);
  g_free (self->folder);
  cosmic_secret_free (self->passphrase);
}

static guint
count_members (DpopDatabase *database)
{
  const DpopMemberRowQuery all = DPOP_MEMBER_ROW_QUERY_ALL;
  GError *error = NULL;
  guint count;

  dpop_member_row_count (database, &all, &count, &error);
  g_assert_no_error (error);
  return count;
}

static gpointer
count_there (DpopProfile *profile, gpointer data, GError **error)
{
  return GUINT_TO_POINTER (count_members (dpop_profile_database (profile)));
}

static guint
count_by_engine (Scene *self)
{
  GError *error = NULL;
  guint count = GPOINTER_TO_UINT (dpop_engine_run_sync (self->engine, count_there, NULL, &error));

  g_assert_no_error (error);
  return count;
}

/* --- Opening. -------------------------------------------------------------------------------- */

static void
test_open (void)
{
  Scene scene;
  g_autoptr (CosmicSecret) wrong = cosmic_secret_copy ("not that one", 12);
  GError *error = NULL;

  scene_init (&scene);
  g_assert_false (dpop_engine_open_sync (scene.engine, scene.folder, scene.passphrase, NULL, NULL,
                                         &error));
  g_assert_error (error, DPOP_ENGINE_ERROR, DPOP_ENGINE_ERROR_ALREADY);
  g_clear_error (&error);
  dpop_engine_close (scene.engine);
  g_assert_null (dpop_engine_run_sync (scene.engine, count_there, NULL, &error));
  g_assert_error (error, DPOP_ENGINE_ERROR, DPOP_ENGINE_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_null (dpop_engine_new_reader (scene.engine, &error));
  g_assert_error (error, DPOP_ENGINE_ERROR, DPOP_ENGINE_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (dpop_engine_open_sync (scene.engine, scene.folder, wrong, NULL, NULL, &error));
  g_assert_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  dpop_engine_open_sync (scene.engine, scene.folder, scene.passphrase, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_by_engine (&scene), ==, 1);
  scene_clear (&scene);
}

static void
take_opened (gpointer result, const GError *error, gpointer data)
{
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
test_open_later (void)
{
  Scene scene;
  gboolean opened = FALSE;

  scene_init (&scene);
  dpop_engine_close (scene.engine);
  dpop_engine_open (scene.engine, scene.folder, scene.passphrase, NULL, NULL, take_opened, &opened,
                    NULL);
  g_assert_false (opened);
  while (!opened)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_by_engine (&scene), ==, 1);
  scene_clear (&scene);
}

/* --- Commands. ------------------------------------------------------------------------------- */

typedef struct
{
  GThread *thread;
  GString *order; /* what happened, a letter each */
  guint results;
} Log;

static void
take_enrolled (gpointer result, const GError *error, gpointer data)
{
  Log *log = data;
  g_autofree char *name = result;

  g_assert_no_error (error);
  g_assert_true (g_thread_self () == log->thread);
  g_string_append (log->order, name);
  log->results++;
}

static void
note_change (DpopProjectorChanges *changes, gpointer data)
{
  Log *log = data;

  g_assert_true (g_thread_self () == log->thread);
  g_assert_cmpuint (changes->members->len, ==, 1);
  g_string_append_c (log->order, '!');
}

static void
test_order (void)
{
  static const char *const names[] = { "a", "b", "c" };
  Scene scene;
  Log log = { g_thread_self (), g_string_new (NULL), 0 };
  guint watch;

  scene_init (&scene);
  watch = dpop_engine_watch (scene.engine, note_change, &log, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const DpopEngineCommand command = { .function = enrol, .data = g_strdup (names[i]),
                                          .free_data = g_free, .free_result = g_free,
                                          .done = take_enrolled, .done_data = &log };

      dpop_engine_run (scene.engine, &command);
    }
  g_assert_cmpstr (log.order->str, ==, "");
  while (log.results < G_N_ELEMENTS (names))
    g_main_context_iteration (NULL, TRUE);
  /* Who watches is told of the rows before the result is there. */
  g_assert_cmpstr (log.order->str, ==, "!a!b!c");
  dpop_engine_unwatch (scene.engine, watch);
  g_free (dpop_engine_run_sync (scene.engine, enrol, (gpointer) "d", NULL));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (log.order->str, ==, "!a!b!c");
  g_string_free (log.order, TRUE);
  scene_clear (&scene);
}

/* Holds the engine up until it is let go. */
typedef struct
{
  gint begun;
  gint go;
} Gate;

static gpointer
wait_at_gate (DpopProfile *profile, gpointer data, GError **error)
{
  Gate *gate = data;

  g_atomic_int_set (&gate->begun, 1);
  while (g_atomic_int_get (&gate->go) == 0)
    g_usleep (1000);
  return enrol (profile, (gpointer) "durable", error);
}

typedef struct
{
  guint done, withdrawn;
} Tally;

static void
count_result (gpointer result, const GError *error, gpointer data)
{
  Tally *tally = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tally->withdrawn++;
  else
    {
      g_assert_no_error (error);
      tally->done++;
    }
  g_free (result);
}

static void
test_withdrawn (void)
{
  Scene scene;
  Gate gate = { 0, 0 };
  Tally tally = { 0, 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const DpopEngineCommand running = { .function = wait_at_gate, .data = &gate,
                                      .free_result = g_free, .done = count_result,
                                      .done_data = &tally, .cancellable = cancellable };
  const DpopEngineCommand waiting = { .function = enrol, .data = (gpointer) "never",
                                      .free_result = g_free, .done = count_result,
                                      .done_data = &tally, .cancellable = cancellable };

  scene_init (&scene);
  dpop_engine_run (scene.engine, &running);
  dpop_engine_run (scene.engine, &waiting);
  while (g_atomic_int_get (&gate.begun) == 0)
    g_usleep (1000);
  g_cancellable_cancel (cancellable);
  g_atomic_int_set (&gate.go, 1);
  while (tally.done + tally.withdrawn < 2)
    g_main_context_iteration (NULL, TRUE);
  /* What had begun is durable, and said to be; what had not is not there. */
  g_assert_cmpuint (tally.done, ==, 1);
  g_assert_cmpuint (tally.withdrawn, ==, 1);
  g_assert_cmpuint (count_by_engine (&scene), ==, 2);
  scene_clear (&scene);
}

static gpointer
leave_open (DpopProfile *profile, gpointer data, GError **error)
{
  dpop_profile_begin (profile, error);
  dpop_database_execute (dpop_profile_database (profile), "DELETE FROM member_row", error);
  return NULL;
}

static void
test_unfinished (void)
{
  Scene scene;
  GError *error = NULL;

  scene_init (&scene);
  dpop_engine_run_sync (scene.engine, leave_open, NULL, &error);
  g_assert_error (error, DPOP_ENGINE_ERROR, DPOP_ENGINE_ERROR_UNFINISHED);
  g_clear_error (&error);
  g_assert_cmpuint (count_by_engine (&scene), ==, 1);
  g_free (dpop_engine_run_sync (scene.engine, enrol, (gpointer) "next", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_by_engine (&scene), ==, 2);
  scene_clear (&scene);
}

/* --- Reading while it writes. ---------------------------------------------------------------- */

#define N_WRITTEN 60
#define N_READERS 3

typedef struct
{
  DpopEngine *engine;
  guint reads;
} ReaderThread;

typedef struct
{
  guint count;
  guint states;
} Counted;

static gpointer
count_two_ways (DpopDatabase *database, gpointer question, GError **error)
{
  Counted *counted = g_new0 (Counted, 1);
  guint states[16];

  if (!dpop_database_execute (database, "BEGIN", error))
    return counted;
  counted->count = count_members (database);
  g_usleep (500);
  dpop_member_row_states (database, states, error);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    counted->states += states[i];
  dpop_database_execute (database, "COMMIT", error);
  return counted;
}

static void
take_counted (gpointer result, const GError *error, gpointer data)
{
  Counted *counted = result;
  guint *last = data;

  g_assert_no_error (error);
  /* One moment of the database, and never an earlier one than before. */
  g_assert_cmpuint (counted->count, ==, counted->states);
  g_assert_cmpuint (counted->count, >=, *last);
  *last = counted->count;
  g_free (counted);
}

static gpointer
read_all_the_time (gpointer data)
{
  ReaderThread *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (DpopReader) reader = NULL;
  GError *error = NULL;
  guint last = 0;

  dpop_hand_over_acquire (self);
  g_main_context_push_thread_default (context);
  reader = dpop_engine_new_reader (self->engine, &error);
  g_assert_no_error (error);
  while (last < N_WRITTEN + 1)
    {
      const DpopReaderRequest request = { .answer = count_two_ways, .free_answer = g_free,
                                          .take = take_counted, .data = &last };

      dpop_reader_ask (reader, &request);
      g_main_context_iteration (context, TRUE);
      self->reads++;
    }
  g_main_context_pop_thread_default (context);
  dpop_hand_over_release (self);
  return NULL;
}

static void
refresh (DpopProjectorChanges *changes, gpointer list)
{
  dpop_list_refresh (list, changes);
}

static void
write_all (DpopEngine *engine, Tally *tally)
{
  for (guint i = 0; i < N_WRITTEN; i++)
    {
      const DpopEngineCommand command = { .function = enrol,
                                          .data = g_strdup_printf ("Member %03u", i),
                                          .free_data = g_free, .free_result = g_free,
                                          .done = count_result, .done_data = tally };

      dpop_engine_run (engine, &command);
    }
}

static void
check_list (DpopMemberList *list)
{
  for (guint i = 0; i < N_WRITTEN + 1; i++)
    {
      g_autofree char *name = i == 0 ? g_strdup ("Ada Lovelace")
                                     : g_strdup_printf ("Member %03u", i - 1);
      g_autoptr (DpopMemberItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      while (dpop_member_item_get_row (item) == NULL)
        {
          g_main_context_iteration (NULL, TRUE);
          g_clear_object (&item);
          item = g_list_model_get_item (G_LIST_MODEL (list), i);
        }
      g_assert_cmpstr (dpop_member_item_get_row (item)->name, ==, name);
    }
}

static void
test_readers (void)
{
  Scene scene;
  ReaderThread readers[N_READERS];
  GThread *threads[N_READERS];
  Tally tally = { 0, 0 };
  g_autoptr (DpopReader) reader = NULL;
  g_autoptr (DpopMemberList) list = NULL;
  GError *error = NULL;
  guint watch;

  scene_init (&scene);
  reader = dpop_engine_new_reader (scene.engine, &error);
  g_assert_no_error (error);
  list = dpop_member_list_new (reader);
  watch = dpop_engine_watch (scene.engine, refresh, g_object_ref (list), g_object_unref);
  for (guint i = 0; i < N_READERS; i++)
    {
      readers[i] = (ReaderThread){ scene.engine, 0 };
      dpop_hand_over_release (&readers[i]);
      threads[i] = g_thread_new ("reading", read_all_the_time, &readers[i]);
    }
  write_all (scene.engine, &tally);
  while (tally.done < N_WRITTEN
         || g_list_model_get_n_items (G_LIST_MODEL (list)) < N_WRITTEN + 1)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < N_READERS; i++)
    {
      g_thread_join (threads[i]);
      dpop_hand_over_acquire (&readers[i]);
      g_test_message ("%u reads", readers[i].reads);
    }
  check_list (list);
  g_assert_null (dpop_list_get_failure (DPOP_LIST (list)));
  dpop_engine_unwatch (scene.engine, watch);

  /* Closed, it answers nothing more, and comes to no harm. */
  dpop_engine_close (scene.engine);
  dpop_list_requery (DPOP_LIST (list));
  while (dpop_list_is_loading (DPOP_LIST (list)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (dpop_list_get_failure (DPOP_LIST (list)));
  g_clear_object (&list);
  g_clear_pointer (&reader, dpop_reader_unref);
  scene_clear (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/a profile is opened, closed and opened again", test_open);
  g_test_add_func ("/engine/opening keeps nobody waiting", test_open_later);
  g_test_add_func ("/engine/results come in order, after what changed", test_order);
  g_test_add_func ("/engine/only what has not begun is withdrawn", test_withdrawn);
  g_test_add_func ("/engine/a command that leaves its transaction open is taken back",
                   test_unfinished);
  g_test_add_func ("/engine/readers read while it writes", test_readers);
  return g_test_run ();
}
