/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-command-bundle.h"
#include "dpop-edge-error.h"
#include "dpop-reason.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>

G_DEFINE_QUARK (dpopctl-error-quark, dpopctl_error)

static gboolean run_help (Dpopctl *self, int argc, char **argv, GError **error);
static gboolean run_version (Dpopctl *self, int argc, char **argv, GError **error);

static const DpopctlVerb own_verbs[] = {
  { "help", "[VERB]", N_("lists the verbs, or those that begin so"), run_help },
  { "version", "", N_("which DPOP this is"), run_version },
  { NULL },
};

static const DpopctlVerb *const all_verbs[] = {
  dpopctl_home_verbs,
  dpopctl_profile_verbs,
  dpopctl_profile_list_verbs,
  dpopctl_party_verbs,
  dpopctl_unit_verbs,
  dpopctl_letter_verbs,
  dpopctl_device_verbs,
  dpopctl_recover_verbs,
  dpopctl_keeper_verbs,
  dpopctl_list_verbs,
  dpopctl_member_verbs,
  dpopctl_import_verbs,
  dpopctl_decision_verbs,
  dpopctl_box_verbs,
  dpopctl_vote_verbs,
  dpopctl_show_verbs,
  dpopctl_turnout_verbs,
  dpopctl_record_verbs,
  dpopctl_bundle_verbs,
  dpopctl_folder_verbs,
  dpopctl_node_verbs,
  dpopctl_hub_verbs,
  dpopctl_log_verbs,
  dpopctl_audit_verbs,
  dpopctl_count_verbs,
  dpopctl_practice_verbs,
  dpopctl_simulate_verbs,
  dpopctl_demo_verbs,
  own_verbs,
};

/* How many of WORDS make the name of VERB; 0 when they do not. */
static int
names_verb (const DpopctlVerb *verb, int count, char **words)
{
  g_auto (GStrv) name = g_strsplit (verb->name, " ", -1);
  int length = (int) g_strv_length (name);

  if (length > count)
    return 0;
  for (int i = 0; i < length; i++)
    if (strcmp (name[i], words[i]) != 0)
      return 0;
  return length;
}

/* The longest that fits: "unit" is a verb, and "unit add" is another. */
static const DpopctlVerb *
find_verb (int count, char **words, int *length)
{
  const DpopctlVerb *found = NULL;

  *length = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (all_verbs); i++)
    for (const DpopctlVerb *verb = all_verbs[i]; verb->name != NULL; verb++)
      {
        int own = names_verb (verb, count, words);

        if (own > *length)
          {
            *length = own;
            found = verb;
          }
      }
  return found;
}

/* --- Help. --- */

static JsonObject *
verb_object (const DpopctlVerb *verb)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "verb", verb->name);
  json_object_set_string_member (object, "arguments", verb->arguments);
  json_object_set_string_member (object, "summary",
                                 g_dgettext (GETTEXT_PACKAGE, verb->summary));
  return object;
}

static gboolean
run_help (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *start = NULL;
  JsonArray *verbs = json_array_new ();
  guint count = 0;

  dpopctl_print_array (self, "verbs", verbs);
  if (!dpopctl_arguments (argc, argv, NULL, 0, 3, &words, error))
    return FALSE;
  start = g_strjoinv (" ", words);
  dpopctl_print (self, "%s\n\n%s", _("dpopctl: DPOP without a window."),
                 _("Usage: dpopctl [--profile DIR] [--json]\n"
                   "               [--passphrase-fd N | --passphrase-file FILE] VERB ..."));
  for (gsize i = 0; i < G_N_ELEMENTS (all_verbs); i++)
    {
      gboolean first = TRUE;

      for (const DpopctlVerb *verb = all_verbs[i]; verb->name != NULL; verb++)
        {
          if (!g_str_has_prefix (verb->name, start))
            continue;
          dpopctl_print (self, "%s  %s %s\n        %s", first ? "\n" : "", verb->name,
                         verb->arguments, g_dgettext (GETTEXT_PACKAGE, verb->summary));
          json_array_add_object_element (verbs, verb_object (verb));
          first = FALSE;
          count++;
        }
    }
  return count > 0
         || dpopctl_arguments_fail (error, _("There is no verb \"%s\". Try: dpopctl help"), start);
}

static gboolean
run_version (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error))
    return FALSE;
  dpopctl_print (self, "dpopctl %s", DPOPCTL_VERSION);
  dpopctl_print_string (self, "version", DPOPCTL_VERSION);
  return TRUE;
}

/* --- What came of it. --- */

typedef struct
{
  int code;
  const char *name;
} Code;

static const Code own_codes[] = {
  { DPOPCTL_ERROR_USAGE, "usage" },
  { DPOPCTL_ERROR_AMBIGUOUS, "ambiguous" },
  { DPOPCTL_ERROR_FAULTY, "faulty" },
  { 0, NULL },
};

static const Code profile_codes[] = {
  { DPOP_PROFILE_ERROR_INVALID, "invalid" },
  { DPOP_PROFILE_ERROR_NOT_FOUND, "not-found" },
  { DPOP_PROFILE_ERROR_NOT_A_MEMBER, "not-a-member" },
  { DPOP_PROFILE_ERROR_NOT_READABLE, "not-readable" },
  { 0, NULL },
};

static const Code vault_codes[] = {
  { DPOP_VAULT_ERROR_WRONG_PASSPHRASE, "wrong-passphrase" },
  { DPOP_VAULT_ERROR_BUSY, "busy" },
  { DPOP_VAULT_ERROR_NOT_A_PROFILE, "no-profile" },
  { DPOP_VAULT_ERROR_EXISTS, "exists" },
  { DPOP_VAULT_ERROR_CORRUPT, "damaged" },
  { DPOP_VAULT_ERROR_TOO_NEW, "too-new" },
  { DPOP_VAULT_ERROR_DISK_FULL, "disk-full" },
  { DPOP_VAULT_ERROR_ACCESS, "access" },
  { 0, NULL },
};

static const Code bundle_codes[] = {
  { DPOP_BUNDLE_ERROR_NO_SPACE, "disk-full" },
  { DPOP_BUNDLE_ERROR_NOT_ONE, "no-transfer-file" },
  { DPOP_BUNDLE_ERROR_NEWER, "too-new" },
  { DPOP_BUNDLE_ERROR_ALTERED, "damaged" },
  { DPOP_BUNDLE_ERROR_OTHER_PARTY, "other-organisation" },
  { DPOP_BUNDLE_ERROR_MISSING_KEY, "missing-change" },
  { DPOP_BUNDLE_ERROR_GAP, "missing-change" },
  { 0, NULL },
};

static const char *
find_code (const GError *error, GQuark domain, const Code *codes)
{
  for (; error->domain == domain && codes->name != NULL; codes++)
    if (error->code == codes->code)
      return codes->name;
  return NULL;
}

static const char *
error_code (const GError *error)
{
  const char *name = find_code (error, DPOPCTL_ERROR, own_codes);

  if (dpop_profile_error_reason (error) != 0)
    return "refused";
  if (error->domain == DPOP_EDGE_ERROR)
    return "invalid";
  if (name == NULL)
    name = find_code (error, DPOP_PROFILE_ERROR, profile_codes);
  if (name == NULL)
    name = find_code (error, DPOP_VAULT_ERROR, vault_codes);
  if (name == NULL)
    name = find_code (error, DPOP_BUNDLE_ERROR, bundle_codes);
  return name != NULL ? name : "failed";
}

static void
say_on_stderr (const char *text)
{
  fprintf (stderr, "dpopctl: %s\n", text);
}

/* Once it is on the disk it has come to pass, whoever hears of it. */
static int
put_out (const char *text)
{
  if (dpopctl_print_out (text))
    return DPOPCTL_DONE;
  say_on_stderr (_("It was done, but the answer could not be written."));
  return DPOPCTL_REFUSED;
}

static int
put_json (Dpopctl *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  json_node_set_object (node, self->result);
  text = json_to_string (node, TRUE);
  line = g_strconcat (text, "\n", NULL);
  return put_out (line);
}

static int
tell_failure (Dpopctl *self, const GError *error)
{
  CosmicReason reason = dpop_profile_error_reason (error);
  const char *name = reason != COSMIC_REASON_NONE ? dpop_reason_name (reason) : NULL;
  JsonObject *inner;

  say_on_stderr (error->message);
  if (self->json)
    {
      inner = json_object_new ();
      json_object_set_string_member (inner, "code", error_code (error));
      json_object_set_string_member (inner, "message", error->message);
      if (name != NULL)
        json_object_set_string_member (inner, "reason", name);
      else
        json_object_set_null_member (inner, "reason");
      json_object_set_object_member (self->result, "error", inner);
      put_json (self);
    }
  else if (self->lines->len > 0 && error->domain == DPOPCTL_ERROR
           && error->code == DPOPCTL_ERROR_FAULTY)
    dpopctl_print_out (self->lines->str);
  return g_error_matches (error, DPOPCTL_ERROR, DPOPCTL_ERROR_USAGE) ? DPOPCTL_USAGE
                                                                     : DPOPCTL_REFUSED;
}

/* --- One call. --- */

/* Whether verbs of two words begin with WORD. */
static gboolean
begins_verbs (const char *word)
{
  const gsize length = strlen (word);

  for (gsize i = 0; i < G_N_ELEMENTS (all_verbs); i++)
    for (const DpopctlVerb *verb = all_verbs[i]; verb->name != NULL; verb++)
      if (strncmp (verb->name, word, length) == 0 && verb->name[length] == ' ')
        return TRUE;
  return FALSE;
}

gboolean
dpopctl_run (Dpopctl *self, int count, char **words, GError **error)
{
  int length = 0;
  const DpopctlVerb *verb = find_verb (count, words, &length);

  if (verb == NULL && begins_verbs (words[0]))
    return dpopctl_arguments_fail (error, _("What about \"%s\"? Try: dpopctl help %s"), words[0],
                                   words[0]);
  if (verb == NULL)
    return dpopctl_arguments_fail (error, _("There is no verb \"%s\". Try: dpopctl help"),
                                   words[0]);
  return verb->run (self, count - length, words + length, error);
}

static int
run (Dpopctl *self, int count, char **words)
{
  g_autoptr (GError) error = NULL;

  if (count == 0)
    {
      run_help (self, 0, NULL, NULL);
      fputs (self->lines->str, stderr);
      dpopctl_arguments_fail (&error, _("A verb is missing."));
      return tell_failure (self, error);
    }
  if (!dpopctl_run (self, count, words, &error))
    return tell_failure (self, error);
  return self->json ? put_json (self) : put_out (self->lines->str);
}

static gboolean
read_options (Dpopctl *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &self->folder, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, NULL, NULL },
    { "passphrase-fd", 0, 0, G_OPTION_ARG_INT, &self->passphrase_fd, NULL, NULL },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &self->passphrase_file, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GError *failure = NULL;

  for (int i = 1; i < *argc; i++)
    if (!g_utf8_validate ((*argv)[i], -1, NULL))
      return dpopctl_arguments_fail (error, _("Word %d is not written in UTF-8."), i);
  /* What a verb's own options are is the verb's to say. */
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (g_option_context_parse (context, argc, argv, &failure))
    return TRUE;
  dpopctl_arguments_fail (error, "%s", failure->message);
  g_error_free (failure);
  return FALSE;
}

static void
choose_folder (Dpopctl *self)
{
  const char *named = g_getenv ("DPOP_PROFILE");

  if (self->folder != NULL)
    return;
  self->folder = named != NULL && *named != '\0'
                     ? g_strdup (named)
                     : g_build_filename (g_get_user_data_dir (), "dpop", "default", NULL);
}

int
main (int argc, char **argv)
{
  Dpopctl self = { .program = argv[0], .passphrase_fd = -1 };
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DPOPCTL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  signal (SIGPIPE, SIG_IGN); /* nothing is cut short because nobody listens any more */
  if (!cosmic_crypto_init ())
    {
      say_on_stderr (_("The cryptographic library does not start on this computer."));
      return DPOPCTL_REFUSED;
    }
  self.lines = g_string_new (NULL);
  self.result = json_object_new ();
  if (read_options (&self, &argc, &argv, &error))
    {
      choose_folder (&self);
      status = run (&self, argc - 1, argv + 1);
    }
  else
    status = tell_failure (&self, error);
  dpop_profile_free (self.profile);
  g_string_free (self.lines, TRUE);
  json_object_unref (self.result);
  g_free (self.folder);
  g_free (self.passphrase_file);
  return status;
}
