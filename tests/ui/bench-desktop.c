/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-bundle.h"
#include "dpop-exchange-page.h"
#include "dpop-pager.h"
#include "dpop-shell.h"
#include "dpop-window.h"
#include "fixture-figures.h"
#include "fixture-organisation.h"

#include <glib/gstdio.h>
#include <string.h>

/* How the window keeps up with a large organisation (design section 10): 10,000 members, 1,000
 * decisions, 100,000 entries, of which twice 10,000 come on transfer files. The real window, driven
 * as a person drives it; what is waited for is that it is painted. The organisation is made by
 * another process, so that this one's memory is a window's alone. All times are those of the clock,
 * so another program that works at the same time can make them longer. Fails when a target is
 * missed.
 *
 * A tenth of all that, unless DPOP_TEST_FULL=1; DPOP_BENCH_SCALE divides otherwise. To look closer,
 * "--make FOLDER" makes the organisation, and FOLDER alone measures in it and leaves it there. */

#define N_MEMBERS   10000
#define N_DEVICES   500
#define N_DECISIONS 1000
#define N_WAITING   20
#define N_VOTES     89 /* a decision */
#define N_CARRIED   109 /* decisions on a transfer file: 10,000 entries */
#define N_FILES     2
#define VISITS      15
#define CASTS       200
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

/* What the member's computer lacks, after another N_CARRIED decisions: each file holds what the
 * one before it holds, too. */
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
}

/* Into FOLDER; how many entries each file brings is kept in IDS. */
static void
carry_all (FixtureOrganisation *all, const char *folder, const char *summary, GKeyFile *ids)
{
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.dpop-transfer", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      const guint before = fixture_organisation_n_operations (all);

      carry (all, path, summary);
      g_key_file_set_uint64 (ids, "entries", name,
                             fixture_organisation_n_operations (all) - before);
    }
}

static void
move_folder (const char *from, const char *to)
{
  g_assert_cmpint (g_rename (from, to), ==, 0);
}

/* Fills FOLDER: "profile", a member's; transfer files; and "ids". */
static void
make (const char *folder)
{
  FixtureOrganisation *all = fixture_organisation_new (1, FALSE);
  g_autoptr (GKeyFile) ids = g_key_file_new ();
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
  fixture_organisation_decide (all, scaled (N_DECISIONS) - N_FILES * scaled (N_CARRIED) - N_WAITING,
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
  carry_all (all, folder, summary, ids);
  g_key_file_set_uint64 (ids, "entries", "all", fixture_organisation_n_operations (all));
  g_key_file_save_to_file (ids, listed, &error);
  g_assert_no_error (error);
  move_folder (member->folder, profile);
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

  GArray *frames; /* of double: milliseconds from each frame to the next; NULL: not watched */
  gint64 last;    /* us */
  FixtureFigures figures;
} Bench;

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

/* The clock asks for a frame every 16 ms; whatever keeps the main loop busy, painting included,
 * makes the next one late. */
static gboolean
on_tick (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;
  const gint64 now = g_get_monotonic_time ();
  const double took = (double) (now - bench->last) / 1000;

  if (bench->frames != NULL)
    g_array_append_val (bench->frames, took);
  bench->last = now;
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

/* A list whose rows are there but empty says nothing. */
static gboolean
has_row (GtkWidget *window, gpointer data)
{
  GtkWidget *page = page_of (window);
  GtkWidget *view = page != NULL ? find (page, "GtkListView", NULL) : NULL;

  return view != NULL && count_words (view) > 0;
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

static void
print_head (GKeyFile *ids)
{
  g_print ("The window of an organisation with %u members, %u decisions, %" G_GUINT64_FORMAT
           " entries\n",
           scaled (N_MEMBERS), scaled (N_DECISIONS),
           g_key_file_get_uint64 (ids, "entries", "all", NULL));
  fixture_figures_head ();
}

/* NAME is the system's for it. */
static void
print_memory (Bench *bench, const char *what, const char *name)
{
  g_autofree char *status = NULL;
  const char *line;
  double size;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, name);
  g_assert_nonnull (line);
  size = g_ascii_strtod (line + strlen (name), NULL) * 1024 / 1e6;
  fixture_figures_one (&bench->figures, what, size, "MB", TARGET_MEMORY);
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
      if (i < VISITS - 1)
        gtk_widget_activate_action (bench->window, "win.lock", NULL);
    }
  fixture_figures_times (&bench->figures, "key derived to usable window", times, TARGET_OPEN, 100);
}

typedef struct
{
  const char *what;
  DpopPlace place;
  const char *id; /* its name in the file of ids; NULL: none */
  enum
  {
    READ,  /* what is read for it comes after what stands on every such page */
    A_ROW, /* it is a list */
    AT_ONCE, /* nothing is read for it */
  } comes;
} Visit;

static const Visit visits[] = {
  { "home", DPOP_PLACE_HOME, NULL, READ },
  { "decisions", DPOP_PLACE_DECISIONS, NULL, A_ROW },
  { "a decision", DPOP_PLACE_DECISION, "decision", READ },
  { "members", DPOP_PLACE_MEMBERS, NULL, A_ROW },
  { "a member", DPOP_PLACE_MEMBER, "member", READ },
  { "rules", DPOP_PLACE_RULES, NULL, READ },
  { "history", DPOP_PLACE_HISTORY, NULL, A_ROW },
  { "an entry", DPOP_PLACE_ENTRY, "entry", READ },
  { "exchange", DPOP_PLACE_EXCHANGE, NULL, AT_ONCE },
  { "preferences", DPOP_PLACE_PREFERENCES, NULL, READ },
  { "help", DPOP_PLACE_HELP, NULL, AT_ONCE },
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
  if (to->comes == A_ROW)
    return wait_for (bench, to->what, start, has_row, NULL);
  before = to->comes == AT_ONCE ? 0 : count_words (page_of (bench->window));
  return wait_for (bench, to->what, start, has_more_words, GUINT_TO_POINTER (before));
}

static void
bench_pages (Bench *bench, GKeyFile *ids)
{
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      g_autofree char *what = g_strdup_printf ("to the first row of: %s", visits[i].what);
      g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

      for (guint j = 0; j < VISITS; j++)
        {
          const double took = visit (bench, ids, &visits[i]);

          g_array_append_val (times, took);
          rest (bench, 100);
          dpop_shell_go (bench->window, DPOP_PLACE_HISTORY, NULL);
          rest (bench, 100);
        }
      fixture_figures_times (&bench->figures, what, times, TARGET_PAGE, 100);
    }
}

/* From the click to "saved here", on the screen. */
static void
bench_casting (Bench *bench, GKeyFile *ids)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  const Visit decision = { "a decision", DPOP_PLACE_DECISION, "decision", READ };

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
  fixture_figures_times (&bench->figures, "click on Cast to saved here", times, TARGET_CAST, 99);
}

/* DATA is what the toast is to say. */
static gboolean
has_toast (GtkWidget *window, gpointer data)
{
  GtkWidget *toast = find (window, "AdwToastWidget", NULL);
  GtkWidget *label = toast != NULL ? find (toast, "GtkLabel", NULL) : NULL;

  return label != NULL && strcmp (gtk_label_get_text (GTK_LABEL (label)), data) == 0;
}

static guint
n_rows (GtkWidget *window)
{
  GtkWidget *view = find (page_of (window), "GtkListView", NULL);
  GtkSelectionModel *model = view != NULL ? gtk_list_view_get_model (GTK_LIST_VIEW (view)) : NULL;

  return model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

static gboolean
has_rows (GtkWidget *window, gpointer data)
{
  return n_rows (window) >= GPOINTER_TO_UINT (data);
}

/* A transfer file, of which frames tell until a second after it was taken in. */
static void
take_file (Bench *bench, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  dpop_shell_go (bench->window, DPOP_PLACE_EXCHANGE, NULL);
  rest (bench, 1000);
  bench->frames = g_array_new (FALSE, FALSE, sizeof (double));
  dpop_exchange_page_take_file (DPOP_EXCHANGE_PAGE (page_of (bench->window)), file);
}

static void
print_frames (Bench *bench, const char *what)
{
  g_autoptr (GArray) frames = NULL;

  rest (bench, 1000);
  frames = g_steal_pointer (&bench->frames);
  fixture_figures_times (&bench->figures, what, frames, TARGET_STALL, 100);
}

/* On the page where files are taken in, which tells how far it is. */
static void
bench_taking_in (Bench *bench, const char *folder, GKeyFile *ids)
{
  const guint entries = (guint) g_key_file_get_uint64 (ids, "entries", "0.dpop-transfer", NULL);
  g_autofree char *said = g_strdup_printf ("%u new entries were taken in.", entries);
  g_autofree char *what = g_strdup_printf ("a frame while %u entries come in", entries);

  take_file (bench, folder, "0.dpop-transfer");
  wait_for (bench, "the transfer file", 0, has_toast, said);
  print_frames (bench, what);
}

/* With the history in view, into which they come. */
static void
bench_watching_in (Bench *bench, const char *folder, GKeyFile *ids)
{
  const guint entries = (guint) g_key_file_get_uint64 (ids, "entries", "1.dpop-transfer", NULL);
  guint before;

  dpop_shell_go (bench->window, DPOP_PLACE_HISTORY, NULL);
  rest (bench, 500);
  before = n_rows (bench->window);
  take_file (bench, folder, "1.dpop-transfer");
  dpop_shell_go (bench->window, DPOP_PLACE_HISTORY, NULL);
  wait_for (bench, "the second transfer file", 0, has_rows, GUINT_TO_POINTER (before + entries));
  print_frames (bench, "  the same, seen in the history");
}

/* --- All of it. ------------------------------------------------------------------------------ */

static int
bench_window (GtkApplication *application, const char *folder)
{
  Bench bench = { .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (GKeyFile) ids = g_key_file_new ();
  g_autofree char *listed = g_build_filename (folder, "ids", NULL);
  g_autofree char *profile = g_build_filename (folder, "profile", NULL);

  g_assert_true (g_key_file_load_from_file (ids, listed, G_KEY_FILE_NONE, NULL));
  bench.window = dpop_window_new (application, NULL);
  gtk_window_present (GTK_WINDOW (bench.window));
  gtk_widget_add_tick_callback (bench.window, on_tick, &bench, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (bench.window), "after-paint",
                    G_CALLBACK (on_painted), &bench);
  print_head (ids);
  bench_opening (&bench, profile);
  bench_pages (&bench, ids);
  bench_casting (&bench, ids);
  bench_taking_in (&bench, folder, ids);
  bench_watching_in (&bench, folder, ids);
  print_memory (&bench, "resident memory, after all of it", "VmRSS:");
  print_memory (&bench, "  at its highest", "VmHWM:");
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_main_loop_unref (bench.loop);
  return fixture_figures_end (&bench.figures);
}

/* Where GTK looks for what is a person's, there is nothing. */
static int
bench_in (const char *folder)
{
  g_autoptr (GtkApplication) application = NULL;

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  application = GTK_APPLICATION (adw_application_new ("org.dpop.Dpop", G_APPLICATION_NON_UNIQUE));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  return bench_window (application, folder);
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
  int status;

  setvbuf (stdout, NULL, _IOLBF, 0);
  g_assert_true (cosmic_crypto_init ());
  if (argc == 3 && strcmp (argv[1], "--make") == 0)
    {
      make (argv[2]);
      return 0;
    }
  if (argc == 2)
    return bench_in (argv[1]);
  folder = g_dir_make_tmp ("dpop-bench-XXXXXX", NULL);
  make_elsewhere (argv[0], folder);
  status = bench_in (folder);
  remove_all (folder);
  return status;
}
