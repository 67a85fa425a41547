/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-projector.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The main job in the terminal: two laptops (two real profiles), a stick between them (a folder),
 * and two members without a computer. Every step is one call of a verb, shown as it would be typed,
 * with what it answers. */
#define PAUSE_TERMINAL_MS 1800
#define PAUSE_ELSEWHERE_MS 60

typedef struct
{
  const char *name; /* who sits before it */
  Dpopctl laptop;
} Person;

typedef struct
{
  Dpopctl *self;
  char *folder;
  guint pause_ms;
  Person anna, bert;
  JsonArray *steps;
} Demo;

static volatile sig_atomic_t interrupted;

static void
on_interrupt (int number)
{
  interrupted = 1;
}

/* --- Telling. --- */

static gboolean
put (const Demo *demo, const char *text, GError **error)
{
  if (interrupted)
    return dpopctl_arguments_invalid (error, _("Stopped."));
  if (!demo->self->json && !dpopctl_print_out (text))
    return dpopctl_arguments_invalid (error, _("The demonstration cannot be shown: %s"),
                                      g_strerror (errno));
  return TRUE;
}

static void
pause_for (const Demo *demo)
{
  if (demo->pause_ms > 0 && !interrupted)
    g_usleep (demo->pause_ms * G_GUINT64_CONSTANT (1000));
}

static gboolean
tell (const Demo *demo, const char *sentence, GError **error)
{
  g_autofree char *text = g_strdup_printf ("\n%s\n", sentence);

  if (!put (demo, text, error))
    return FALSE;
  pause_for (demo);
  return TRUE;
}

/* --- Doing. --- */

static char *
as_typed (char **words)
{
  g_autoptr (GString) line = g_string_new ("dpopctl");

  for (char **word = words; *word != NULL; word++)
    {
      g_autofree char *quoted = strpbrk (*word, " '\"?!&;()<>|$") != NULL ? g_shell_quote (*word)
                                                                         : g_strdup (*word);

      g_string_append_printf (line, " %s", quoted);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static gboolean
show_answer (const Demo *demo, const char *lines, GError **error)
{
  g_auto (GStrv) each = g_strsplit (lines, "\n", -1);

  for (char **line = each; *line != NULL; line++)
    {
      g_autofree char *text = g_strdup_printf ("      %s\n", *line);

      if (**line != '\0' && !put (demo, text, error))
        return FALSE;
    }
  return TRUE;
}

/* One call on PERSON's laptop. What it said stays in its lines and result until the next. */
static gboolean
call (Demo *demo, Person *person, GError **error, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Dpopctl *laptop = &person->laptop;
  g_auto (GStrv) words = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *shown = NULL;
  JsonObject *step = json_object_new ();
  const char *word;
  va_list args;

  va_start (args, error);
  while ((word = va_arg (args, const char *)) != NULL)
    g_strv_builder_add (builder, word);
  va_end (args);
  words = g_strv_builder_end (builder);
  typed = as_typed (words);
  g_string_truncate (laptop->lines, 0);
  json_object_unref (laptop->result);
  laptop->result = json_object_new ();
  json_object_set_string_member (step, "who", person->name);
  json_object_set_string_member (step, "call", typed);
  json_array_add_object_element (demo->steps, step);
  shown = g_strdup_printf ("  [%s] $ %s\n", person->name, typed);
  if (!put (demo, shown, error)
      || !dpopctl_run (laptop, (int) g_strv_length (words), words, error))
    return FALSE;
  json_object_set_object_member (step, "answer", json_object_ref (laptop->result));
  if (!show_answer (demo, laptop->lines->str, error))
    return FALSE;
  pause_for (demo);
  return TRUE;
}

static gboolean
carry (Demo *demo, Person *from, Person *to, GError **error)
{
  g_autofree char *path = g_build_filename (demo->folder, "stick", "news.dpop-transfer", NULL);

  g_unlink (path); /* the one before */
  return call (demo, from, error, "bundle", "export", path, NULL)
         && call (demo, to, error, "bundle", "import", path, NULL);
}

/* --- The story. --- */

static gboolean
found (Demo *demo, GError **error)
{
  return tell (demo, _("Anna founds a choir on her laptop. It will be the record keeper: the "
                       "computer that confirms in what order things happened."),
               error)
         && call (demo, &demo->anna, error, "party", "create", "--name", "Riverside Choir",
                  "--founder", "Anna Archer", NULL)
         && tell (demo, _("She enrols three members. Carla and Dora have no computer: they are "
                          "full members all the same."),
                  error)
         && call (demo, &demo->anna, error, "member", "enrol", "Bert Baker", "--email",
                  "bert@example.org", NULL)
         && call (demo, &demo->anna, error, "member", "enrol", "Carla Cook", NULL)
         && call (demo, &demo->anna, error, "member", "enrol", "Dora Dyer", NULL);
}

static gboolean
join (Demo *demo, GError **error)
{
  g_autofree char *invitation
      = g_build_filename (demo->folder, "stick", "bert.dpop-invitation", NULL);
  g_autofree char *request = g_build_filename (demo->folder, "stick", "bert.dpop-request", NULL);
  g_autofree char *first = g_build_filename (demo->folder, "stick", "first.dpop-transfer", NULL);

  return tell (demo, _("Bert's laptop joins by hand, over a USB stick: invitation, request, "
                       "acceptance, first transfer file. No network is needed."),
               error)
         && call (demo, &demo->anna, error, "invite", "bert@example.org", "--output", invitation,
                  NULL)
         && call (demo, &demo->bert, error, "join", invitation, "--output", request, NULL)
         && call (demo, &demo->anna, error, "device", "accept", request, "--output", first, NULL)
         && call (demo, &demo->bert, error, "bundle", "import", first, NULL)
         && call (demo, &demo->bert, error, "member", "list", NULL);
}

static gboolean
discuss (Demo *demo, GError **error)
{
  return tell (demo, _("Bert puts a question, and says why. The stick takes it to Anna."), error)
         && call (demo, &demo->bert, error, "decision", "propose", "--title", "A new piano?",
                  "--text", "The choir buys the used piano for 900.", NULL)
         && call (demo, &demo->bert, error, "decision", "comment", "A new piano?",
                  "The old one cannot be tuned any more.", NULL)
         && carry (demo, &demo->bert, &demo->anna, error)
         && tell (demo, _("Anna answers, and opens the vote. From now on it is fixed who may vote, "
                          "and on which words."),
                  error)
         && call (demo, &demo->anna, error, "decision", "comment", "A new piano?",
                  "The treasurer says we can afford it.", NULL)
         && call (demo, &demo->anna, error, "decision", "open", "A new piano?", NULL)
         && carry (demo, &demo->anna, &demo->bert, error);
}

static gboolean
vote (Demo *demo, GError **error)
{
  return tell (demo, _("Bert votes on his laptop, and changes his mind: his last vote counts."),
               error)
         && call (demo, &demo->bert, error, "decision", "vote", "A new piano?", "no", NULL)
         && call (demo, &demo->bert, error, "decision", "vote", "A new piano?", "yes", NULL)
         && tell (demo, _("Anna votes on hers, and enters what Carla and Dora wrote on paper. It "
                          "is marked as entered by her."),
                  error)
         && call (demo, &demo->anna, error, "decision", "vote", "A new piano?", "yes", NULL)
         && call (demo, &demo->anna, error, "decision", "vote", "A new piano?", "yes", "--for",
                  "Carla Cook", NULL)
         && call (demo, &demo->anna, error, "decision", "vote", "A new piano?", "no", "--for",
                  "Dora Dyer", NULL);
}

static gboolean
decide (Demo *demo, GError **error)
{
  return tell (demo, _("The stick brings Bert's vote to Anna, who closes the vote. Nobody writes "
                       "the result down: each computer counts for itself, and says why."),
               error)
         && carry (demo, &demo->bert, &demo->anna, error)
         && call (demo, &demo->anna, error, "decision", "close", "A new piano?", NULL)
         && tell (demo, _("Once more over the stick, and Bert's laptop has come to the same:"),
                  error)
         && carry (demo, &demo->anna, &demo->bert, error)
         && call (demo, &demo->bert, error, "decision", "show", "A new piano?", NULL);
}

static gboolean
compare (Demo *demo, GError **error)
{
  g_autofree char *root = NULL;
  gboolean equal;

  if (!tell (demo, _("Is it really the same? Each state has a check number, which two people can "
                     "read to each other over the telephone."),
             error)
      || !call (demo, &demo->anna, error, "state-hash", NULL))
    return FALSE;
  root = g_strdup (json_object_get_string_member (demo->anna.laptop.result, "root"));
  if (!call (demo, &demo->bert, error, "state-hash", NULL))
    return FALSE;
  equal = g_strcmp0 (root, json_object_get_string_member (demo->bert.laptop.result, "root")) == 0;
  dpopctl_print_flag (demo->self, "equal", equal);
  if (!equal)
    {
      g_set_error_literal (error, DPOPCTL_ERROR, DPOPCTL_ERROR_FAULTY,
                           _("The two laptops do not have the same. This must not happen: please "
                             "report it."));
      return FALSE;
    }
  return tell (demo, _("The same number on both laptops. And each can check the whole history "
                       "again, every signature and every count, without trusting the other:"),
               error)
         && call (demo, &demo->anna, error, "log", "verify", NULL)
         && call (demo, &demo->bert, error, "log", "verify", NULL);
}

/* --- Before and after. --- */

#define DEMO_PASSPHRASE "only for the demonstration"

static gboolean
make_profile (Demo *demo, Person *person, const char *name, GError **error)
{
  g_autoptr (CosmicSecret) passphrase = cosmic_secret_copy (DEMO_PASSPHRASE,
                                                            strlen (DEMO_PASSPHRASE));

  person->laptop.folder = g_build_filename (demo->folder, name, NULL);
  person->laptop.profile = dpop_profile_create (person->laptop.folder, passphrase,
                                                COSMIC_PASSWORD_COST_TEST, NULL, error);
  return person->laptop.profile != NULL
         && dpop_projector_attach (person->laptop.profile, error) != NULL;
}

static gboolean
prepare (Demo *demo, const char *keep, GError **error)
{
  g_autofree char *stick = NULL;
  g_autofree char *passphrase = NULL;

  demo->folder = keep != NULL ? g_canonicalize_filename (keep, NULL)
                              : g_dir_make_tmp ("dpop-demo-XXXXXX", error);
  if (demo->folder == NULL)
    return FALSE;
  stick = g_build_filename (demo->folder, "stick", NULL);
  passphrase = g_build_filename (demo->folder, "passphrase", NULL);
  if ((keep != NULL && g_mkdir (demo->folder, 0700) != 0) || g_mkdir (stick, 0700) != 0)
    return dpopctl_arguments_invalid (error, _("%s cannot be made: %s"), demo->folder,
                                      g_strerror (errno));
  return g_file_set_contents (passphrase, DEMO_PASSPHRASE "\n", -1, error)
         && make_profile (demo, &demo->anna, "anna", error)
         && make_profile (demo, &demo->bert, "bert", error);
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static gboolean
tell_next (Demo *demo, gboolean kept, GError **error)
{
  const char *program = strchr (demo->self->program, '/') != NULL ? demo->self->program : "dpopctl";
  g_autofree char *where = kept ? g_shell_quote (demo->folder) : NULL;
  g_autofree char *text = NULL;

  if (!kept)
    text = g_strdup_printf (_("What you saw is gone. To keep it and look around, try:\n"
                              "  %s demo --fast --keep /tmp/choir\n"
                              "  %s --profile /tmp/choir/bert --passphrase-file "
                              "/tmp/choir/passphrase decision list\n"
                              "To count an election from anywhere:\n"
                              "  %s count schulze FILE\n"
                              "To found your own:\n"
                              "  %s profile create\n"
                              "  %s party create --name \"Our choir\" --founder \"Your name\"\n"
                              "All verbs: %s help\n"),
                            program, program, program, program, program, program);
  else
    text = g_strdup_printf (_("Everything is kept in %s. Look around:\n"
                              "  export DPOP_PROFILE=%s/bert\n"
                              "  %s --passphrase-file %s/passphrase decision list\n"
                              "  %s --passphrase-file %s/passphrase audit\n"
                              "  %s --passphrase-file %s/passphrase party show\n"
                              "All verbs: %s help\n"),
                            where, where, program, where, program, where, program, where, program);
  return tell (demo, text, error);
}

static gboolean
play (Demo *demo, const char *keep, GError **error)
{
  return prepare (demo, keep, error)
         && tell (demo,
                  _("This is DPOP at work: two laptops, no network, one decision.\n"
                    "Everything you see is real, but the people are invented. Their passphrases "
                    "are made\ncheap to guess, so that nobody waits; yours is never."),
                  error)
         && found (demo, error) && join (demo, error) && discuss (demo, error)
         && vote (demo, error) && decide (demo, error) && compare (demo, error);
}

static void
demo_init (Demo *demo, Dpopctl *self, gboolean fast)
{
  *demo = (Demo){ .self = self, .steps = json_array_new () };
  demo->anna.name = _("Anna's laptop");
  demo->bert.name = _("Bert's laptop");
  if (!fast && !self->json)
    demo->pause_ms = isatty (STDOUT_FILENO) ? PAUSE_TERMINAL_MS : PAUSE_ELSEWHERE_MS;
  for (Person *person = &demo->anna; person != NULL;
       person = person == &demo->anna ? &demo->bert : NULL)
    {
      person->laptop.passphrase_fd = -1;
      person->laptop.lines = g_string_new (NULL);
      person->laptop.result = json_object_new ();
    }
}

static void
demo_clear (Demo *demo, gboolean kept)
{
  for (Person *person = &demo->anna; person != NULL;
       person = person == &demo->anna ? &demo->bert : NULL)
    {
      dpop_profile_free (person->laptop.profile);
      g_string_free (person->laptop.lines, TRUE);
      json_object_unref (person->laptop.result);
      g_free (person->laptop.folder);
    }
  if (demo->folder != NULL && !kept)
    remove_all (demo->folder);
  g_free (demo->folder);
}

static gboolean
run_demo (Dpopctl *self, int argc, char **argv, GError **error)
{
  gboolean fast = FALSE, done;
  g_autofree char *keep = NULL;
  const GOptionEntry entries[] = {
    { "fast", 0, 0, G_OPTION_ARG_NONE, &fast, NULL, NULL },
    { "keep", 0, 0, DPOPCTL_TEXT, &keep, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  Demo demo;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error))
    return FALSE;
  signal (SIGINT, on_interrupt); /* so that the folder goes away all the same */
  signal (SIGTERM, on_interrupt);
  demo_init (&demo, self, fast);
  done = play (&demo, keep, error) && tell_next (&demo, keep != NULL, error);
  dpopctl_print_array (self, "steps", demo.steps);
  dpopctl_print_string (self, "kept", keep != NULL ? demo.folder : NULL);
  demo_clear (&demo, keep != NULL);
  return done;
}

const DpopctlVerb dpopctl_demo_verbs[] = {
  { "demo", "[--fast] [--keep DIR]",
    N_("the main job in the terminal: two laptops, one decision"), run_demo },
  { NULL },
};
