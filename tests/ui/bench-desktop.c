/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-bundle.h"
#include "dpop-exchange-page.h"
#include "dpop-pager.h"
#include "dpop-shell.h"
#include "dpop-window.h"
#include "fixture-organisation.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

/* How the window keeps up with a large organisation (design section 10): 10,000 members, 1,000
 * decisions, 100,000 entries, of which the last 10,000 come on a transfer file. The real window,
 * driven as a person drives it; what is waited for is that it is painted. The organisation is made
 * by another process, so that this one's memory is a window's alone.
 *
 * A tenth of all that, unless DPOP_TEST_FULL=1; DPOP_BENCH_SCALE divides otherwise. */

#define N_MEMBERS   10000
#define N_DEVICES   500
#define N_DECISIONS 1000
#define N_WAITING   20
#define N_VOTES     83 /* a decision */
#define N_CARRIED   115 /* decisions on the transfer file: 10,000 entries */
#define VISITS      4
#define CASTS       20
#define PATIENCE_MS 120000
#define MONTH_MS    (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)

#define TARGET_OPEN   500.0
#define TARGET_PAGE   200.0
#define TARGET_CAST   50.0
#define TARGET_STALL  50.0
#define TARGET_MEMORY 200.0

static guint
scaled (guint count)
{
  const char *text = g_getenv ("DPOP_BENCH_SCALE");
  const gboolean full = g_strcmp0 (g_getenv ("DPOP_TEST_FULL"), "1") == 0;
  const guint64 scale = text != NULL ? g_ascii_strtoull (text, NULL, 10) : full ? 1 : 10;

  return scale > 1 ? (guint) MAX (count / scale, 1) : count;
}

/* --- Making it, in a process of its own. ----------------------------------------------------- */

static void
keep_id (GKeyFile *ids, const char *name, const CosmicId *id)
{
  g_autofree char *text = cosmic_id_to_text (id);

  g_key_file_set_string (ids, "ids", name, text);
}

/* The member's computer, with its rows, as it was left yesterday. */
static void
settle_member (FixtureProfile *profile, const char *summary)
{
  DpopProjector *projector;
  GError *error = NULL;

  projector = dpop_projector_attach (profile->profile, &error);
  g_assert_no_error (error);
  g_assert_nonnull (projector);
  dpop_command_bundle_summary (profile->profile, summary, &error);
  g_assert_no_error (error);
  fixture_profile_close (profile);
}

static void
carry (FixtureOrganisation *all, const char *path, const char *summary)
{
  const DpopCommandBundleExport input = { .path = path, .summary = summary };
  DpopCommandBundleExportResult result;
  GError *error = NULL;

  fixture_organisation_decide (all, scaled (N_CARRIED), MIN (N_VOTES, scaled (N_MEMBERS)),
                               FIXTURE_DECIDE_CLOSED);
  all->profile->now += 1000;
  dpop_command_bundle_export (all->profile->profile, &input, &result, &error);
  g_assert_no_error (error);
  g_print ("%" G_GUINT64_FORMAT " entries are on the transfer file\n", result.file.operations);
}

static void
move_folder (const char *from, const char *to)
{
  g_assert_cmpint (g_rename (from, to), ==, 0);
}

/* Fills FOLDER: "profile", a member's; "new.dpop-transfer"; and "ids". */
static void
make (const char *folder)
{
  FixtureOrganisation *all = fixture_organisation_new (1, FALSE);
  g_autoptr (GKeyFile) ids = g_key_file_new ();
  g_autofree char *file = g_build_filename (folder, "new.dpop-transfer", NULL);
  g_autofree char *summary = g_build_filename (folder, "summary", NULL);
  g_autofree char *profile = g_build_filename (folder, "profile", NULL);
  g_autofree char *listed = g_build_filename (folder, "ids", NULL);
  FixtureProfile *member;
  CosmicId comment;
  const CosmicId *open;
  GError *error = NULL;

  /* The window goes by the clock of today: what is open must be so still. */
  all->profile->now = g_get_real_time () / 1000 - MONTH_MS;
  fixture_organisation_add_units (all, 20);
  fixture_organisation_enrol (all, scaled (N_MEMBERS));
  fixture_profile_confirm (all->profile);
  fixture_organisation_add_devices (all, scaled (N_DEVICES));
  fixture_profile_confirm (all->profile);
  fixture_organisation_decide (all, scaled (N_DECISIONS) - scaled (N_CARRIED) - N_WAITING,
                               MIN (N_VOTES, scaled (N_MEMBERS)), FIXTURE_DECIDE_CLOSED);
  fixture_organisation_decide (all, N_WAITING, 10, FIXTURE_DECIDE_OPEN);
  open = &g_array_index (all->decisions, CosmicId, all->decisions->len - 1);
  comment = fixture_organisation_comment (all, open, "That is a good point.");
  fixture_profile_confirm (all->profile);
  member = fixture_profile_join (
      all->profile, &g_array_index (all->members, CosmicId, all->members->len - 1), 2);
  settle_member (member, summary);
  keep_id (ids, "decision", open);
  keep_id (ids, "entry", &comment);
  keep_id (ids, "member", &g_array_index (all->members, CosmicId, 0));
  g_key_file_save_to_file (ids, listed, &error);
  g_assert_no_error (error);
  carry (all, file, summary);
  move_folder (member->folder, profile);
  g_print ("%u members, %u decisions, %u entries\n", scaled (N_MEMBERS), all->decisions->len,
           fixture_organisation_n_operations (all));
  fixture_profile_free (member);
  fixture_organisation_free (all);
}

/* --- Watching the window. -------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *window;
  GMainLoop *loop;
  gboolean (*holds) (GtkWidget *window, gpointer data); /* waited for; NULL: nothing */
  gpointer data;
  gint64 shown;    /* when it was painted so */
  guint deadline;

  gboolean watching;    /* for how long the main loop was held up */
  gint64 last_wall;     /* us */
  gint64 last_cpu;
  double longest_wall;  /* ms */
  double longest_cpu;
} Bench;

static gint64
cpu_of_thread (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Frames follow each other as long as somebody asks for ticks: at each, what the last one painted
 * is looked at. */
static void
on_painted (GdkFrameClock *clock, Bench *bench)
{
  if (bench->holds == NULL || !bench->holds (bench->window, bench->data))
    return;
  bench->shown = g_get_monotonic_time ();
  bench->holds = NULL;
  g_main_loop_quit (bench->loop);
}

static gboolean
on_tick (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;
  const gint64 wall = g_get_monotonic_time ();
  const gint64 cpu = cpu_of_thread ();

  if (bench->watching)
    {
      bench->longest_wall = MAX (bench->longest_wall, (double) (wall - bench->last_wall) / 1000);
      bench->longest_cpu = MAX (bench->longest_cpu, (double) (cpu - bench->last_cpu) / 1000);
    }
  bench->last_wall = wall;
  bench->last_cpu = cpu;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_deadline (gpointer what)
{
  g_error ("%s does not come", (const char *) what);
  return G_SOURCE_REMOVE;
}

/* Milliseconds from START until it is painted that HOLDS. */
static double
wait_for (Bench *bench, const char *what, gint64 start,
          gboolean (*holds) (GtkWidget *window, gpointer data), gpointer data)
{
  bench->holds = holds;
  bench->data = data;
  bench->deadline = g_timeout_add_full (G_PRIORITY_DEFAULT, PATIENCE_MS, on_deadline,
                                        g_strdup (what), g_free);
  g_main_loop_run (bench->loop);
  g_source_remove (bench->deadline);
  return (double) (bench->shown - start) / 1000;
}

static gboolean
on_rest (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
rest (Bench *bench, guint ms)
{
  g_timeout_add (ms, on_rest, bench->loop);
  g_main_loop_run (bench->loop);
}

/* --- What is on the screen. ------------------------------------------------------------------ */

/* The first below WIDGET of the type called TYPE that is mapped, and where LABEL is given, a button
 * so called. */
static GtkWidget *
find (GtkWidget *widget, const char *type, const char *label)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), g_type_from_name (type))
      && (label == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* How many words stand on WIDGET: labels that say something. */
static guint
count_words (GtkWidget *widget)
{
  guint count = 0;

  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return 0;
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_words (child);
  return count;
}

static GtkWidget *
page_of (GtkWidget *window)
{
  GtkWidget *pager = find (window, "DpopPager", NULL);

  return pager != NULL ? (GtkWidget *) dpop_pager_get_visible (DPOP_PAGER (pager)) : NULL;
}

/* DATA is how many stood there before anything was read from the disk. */
static gboolean
has_more_words (GtkWidget *window, gpointer data)
{
  GtkWidget *page = page_of (window);

  return page != NULL && gtk_widget_get_mapped (page)
         && count_words (page) > GPOINTER_TO_UINT (data);
}

static gboolean
has_widget (GtkWidget *window, gpointer type)
{
  GtkWidget *found = find (window, type, NULL);

  return found != NULL && count_words (found) > 0;
}

/* The keys of the last time are wiped. */
static gboolean
is_locked (GtkWidget *window, gpointer data)
{
  GtkWidget *page = find (window, "DpopUnlockPage", NULL);

  return page != NULL
         && dpop_session_get_state (dpop_page_get_session (DPOP_PAGE (page)))
                == DPOP_SESSION_CLOSED;
}

static gboolean
has_button (GtkWidget *window, gpointer label)
{
  return find (window, "GtkButton", label) != NULL;
}

static void
press (Bench *bench, const char *label)
{
  GtkWidget *button = find (bench->window, "GtkButton", label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* --- Figures. -------------------------------------------------------------------------------- */

static gint
ascending (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

static double
at (const GArray *times, guint percent)
{
  return g_array_index (times, double, MIN (times->len * percent / 100, times->len - 1));
}

static void
print_times (const char *what, GArray *times, double target)
{
  g_array_sort (times, ascending);
  g_print ("%-44s median %6.1f ms, 99th percentile %6.1f ms (target < %.0f ms)\n", what,
           at (times, 50), at (times, 99), target);
}

static void
print_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmRSS:");
  g_assert_nonnull (line);
  g_print ("%-44s %6.1f MB (target < %.0f MB)\n", "resident memory, after all of it",
           g_ascii_strtod (line + strlen ("VmRSS:"), NULL) * 1024 / 1e6, TARGET_MEMORY);
}

/* --- What is measured. ----------------------------------------------------------------------- */

/* From the passphrase, whose key costs nothing here, to what waits. */
static void
bench_opening (Bench *bench, const char *profile)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  dpop_window_unlock_folder (DPOP_WINDOW (bench->window), profile);
  for (guint i = 0; i < VISITS; i++)
    {
      GtkWidget *entry;
      double took;

      wait_for (bench, "the lock", 0, is_locked, NULL);
      entry = find (bench->window, "GtkPasswordEntry", NULL);
      gtk_editable_set_text (GTK_EDITABLE (entry), FIXTURE_PASSPHRASE);
      g_signal_emit_by_name (entry, "activate");
      took = wait_for (bench, "the home page", g_get_monotonic_time (), has_widget,
                       (gpointer) "DpopHomeCard");
      g_array_append_val (times, took);
      rest (bench, 200);
      if (i == 0)
        g_print ("%-44s %6.1f ms\n", "key derived to usable window, the first time", took);
      if (i < VISITS - 1)
        gtk_widget_activate_action (bench->window, "win.lock", NULL);
    }
  print_times ("key derived to usable window", times, TARGET_OPEN);
}

typedef struct
{
  const char *what;
  DpopPlace place;
  const char *id; /* its name in the file of ids; NULL: none */
  gboolean at_once; /* nothing is read for it */
} Visit;

static const Visit visits[] = {
  { "home", DPOP_PLACE_HOME, NULL, FALSE },
  { "decisions", DPOP_PLACE_DECISIONS, NULL, FALSE },
  { "a decision", DPOP_PLACE_DECISION, "decision", FALSE },
  { "members", DPOP_PLACE_MEMBERS, NULL, FALSE },
  { "a member", DPOP_PLACE_MEMBER, "member", FALSE },
  { "rules", DPOP_PLACE_RULES, NULL, FALSE },
  { "history", DPOP_PLACE_HISTORY, NULL, FALSE },
  { "an entry", DPOP_PLACE_ENTRY, "entry", FALSE },
  { "exchange", DPOP_PLACE_EXCHANGE, NULL, TRUE },
  { "preferences", DPOP_PLACE_PREFERENCES, NULL, FALSE },
  { "help", DPOP_PLACE_HELP, NULL, TRUE },
};

static gboolean
read_id (GKeyFile *ids, const char *name, CosmicId *id)
{
  g_autofree char *text = name != NULL ? g_key_file_get_string (ids, "ids", name, NULL) : NULL;

  return text != NULL && cosmic_id_from_text (text, id);
}

static double
visit (Bench *bench, GKeyFile *ids, const Visit *to)
{
  CosmicId id;
  const gboolean has_id = read_id (ids, to->id, &id);
  const gint64 start = g_get_monotonic_time ();
  guint before;

  dpop_shell_go (bench->window, to->place, has_id ? &id : NULL);
  before = to->at_once ? 0 : count_words (page_of (bench->window));
  return wait_for (bench, to->what, start, has_more_words, GUINT_TO_POINTER (before));
}

static void
bench_pages (Bench *bench, GKeyFile *ids)
{
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      g_autofree char *what = g_strdup_printf ("page to first row: %s", visits[i].what);
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

      for (guint j = 0; j < VISITS; j++)
        {
          const double took = visit (bench, ids, &visits[i]);

          g_array_append_val (times, took);
          rest (bench, 100);
          dpop_shell_go (bench->window, DPOP_PLACE_HISTORY, NULL);
          rest (bench, 100);
        }
      print_times (what, times, TARGET_PAGE);
    }
}

/* From the click to "saved here", on the screen. */
static void
bench_casting (Bench *bench, GKeyFile *ids)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  const Visit decision = { "a decision", DPOP_PLACE_DECISION, "decision", FALSE };

  visit (bench, ids, &decision);
  wait_for (bench, "the ballot", 0, has_widget, (gpointer) "DpopBallotRow");
  for (guint i = 0; i < CASTS; i++)
    {
      GtkWidget *row = find (bench->window, "DpopBallotRow", NULL);
      double took;

      if (i % 2 != 0)
        row = gtk_widget_get_next_sibling (row);
      g_signal_emit_by_name (row, "clicked");
      rest (bench, 20);
      press (bench, "Cast my vote");
      took = wait_for (bench, "saved here", g_get_monotonic_time (), has_button,
                       (gpointer) "Change my vote");
      g_array_append_val (times, took);
      press (bench, "Change my vote");
      wait_for (bench, "the ballot", 0, has_widget, (gpointer) "DpopBallotRow");
    }
  print_times ("click on Cast to saved here", times, TARGET_CAST);
}

static gboolean
is_taken_in (GtkWidget *window, gpointer data)
{
  GtkWidget *page = page_of (window);
  GtkWidget *toast = find (window, "AdwToastWidget", NULL);

  return page != NULL && toast != NULL;
}

static void
bench_taking_in (Bench *bench, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const gint64 start = g_get_monotonic_time ();
  double took;

  dpop_shell_go (bench->window, DPOP_PLACE_EXCHANGE, NULL);
  rest (bench, 500);
  bench->watching = TRUE;
  bench->longest_wall = bench->longest_cpu = 0;
  dpop_exchange_page_take_file (DPOP_EXCHANGE_PAGE (page_of (bench->window)), file);
  took = wait_for (bench, "the transfer file", start, is_taken_in, NULL);
  rest (bench, 1000);
  bench->watching = FALSE;
  g_print ("%-44s %6.1f s\n", "taking the transfer file in", (took - 500) / 1000);
  g_print ("%-44s %6.1f ms, of work %6.1f ms (target < %.0f ms)\n", "longest frame meanwhile",
           bench->longest_wall, bench->longest_cpu, TARGET_STALL);
}

/* --- All of it. ------------------------------------------------------------------------------ */

static void
bench_window (GtkApplication *application, const char *folder)
{
  Bench bench = { .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (GKeyFile) ids = g_key_file_new ();
  g_autofree char *listed = g_build_filename (folder, "ids", NULL);
  g_autofree char *profile = g_build_filename (folder, "profile", NULL);
  g_autofree char *file = g_build_filename (folder, "new.dpop-transfer", NULL);

  g_assert_true (g_key_file_load_from_file (ids, listed, G_KEY_FILE_NONE, NULL));
  bench.window = dpop_window_new (application);
  gtk_window_present (GTK_WINDOW (bench.window));
  gtk_widget_add_tick_callback (bench.window, on_tick, &bench, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (bench.window), "after-paint",
                    G_CALLBACK (on_painted), &bench);
  bench_opening (&bench, profile);
  bench_pages (&bench, ids);
  bench_casting (&bench, ids);
  bench_taking_in (&bench, file);
  print_memory ();
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_main_loop_unref (bench.loop);
}

static void
make_elsewhere (const char *program, const char *folder)
{
  const char *const arguments[] = { program, "--make", folder, NULL };
  GError *error = NULL;
  gint status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      remove_all (below);
    }
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GtkApplication) application = NULL;

  g_assert_true (cosmic_crypto_init ());
  if (argc == 3 && strcmp (argv[1], "--make") == 0)
    {
      make (argv[2]);
      return 0;
    }
  folder = g_dir_make_tmp ("dpop-bench-XXXXXX", NULL);
  make_elsewhere (argv[0], folder);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  application = GTK_APPLICATION (adw_application_new ("org.dpop.Dpop", G_APPLICATION_NON_UNIQUE));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  bench_window (application, folder);
  remove_all (folder);
  return 0;
}
