/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-command-confirm.h"
#include "dpop-command-found.h"
#include "dpop-edge-charter.h"
#include "dpop-membership.h"
#include "dpop-roll.h"
#include "dpop-statute.h"

#include <glib/gi18n-lib.h>

#define CHARTER_BYTES_MAX (1u << 20)

/* --- Rules. --- */

/* The document WORD: the name of a ready one, or a file. */
static GBytes *
read_document (const char *word, GError **error)
{
  GBytes *ready = strchr (word, '/') == NULL ? dpop_edge_charter_ready (word) : NULL;

  return ready != NULL ? ready : dpopctl_arguments_file (word, CHARTER_BYTES_MAX + 1, error);
}

static JsonArray *
tell_problems (Dpopctl *self, const GPtrArray *problems)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < problems->len; i++)
    {
      const DpopEdgeJsonProblem *problem = problems->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_boolean_member (object, "fatal", problem->fatal);
      json_object_set_string_member (object, "place", problem->pointer);
      json_object_set_string_member (object, "message", problem->message);
      json_array_add_object_element (array, object);
      dpopctl_print (self, "%s %s: %s", problem->fatal ? _("Wrong:   ") : _("Doubtful:"),
                     *problem->pointer != '\0' ? problem->pointer : "/", problem->message);
    }
  return array;
}

static gboolean
run_check (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || (document = read_document (words[0], error)) == NULL)
    return FALSE;
  problems = dpop_edge_charter_read (g_bytes_get_data (document, NULL),
                                     g_bytes_get_size (document), &charter, &names);
  dpopctl_print_flag (self, "valid", charter != NULL);
  dpopctl_print_array (self, "problems", tell_problems (self, problems));
  if (charter == NULL)
    {
      g_set_error (error, DPOPCTL_ERROR, DPOPCTL_ERROR_FAULTY,
                   _("These rules cannot be used: %u places to mend or look at."), problems->len);
      return FALSE;
    }
  dpopctl_print_string (self, "name", names->name);
  dpopctl_print_number (self, "roles", charter->n_roles);
  dpopctl_print_number (self, "unit_kinds", charter->n_unit_kinds);
  dpopctl_print_number (self, "rules", charter->n_rules);
  dpopctl_print (self, _("These rules can be used: \"%s\", with %u roles, %u kinds of groups "
                         "and %u ways to decide."),
                 names->name, charter->n_roles, charter->n_unit_kinds, charter->n_rules);
  return TRUE;
}

/* --- Founding. --- */

static gboolean
read_rules (const char *word, const char *name, DpopCharter **charter, DpopCharterNames **names,
            GError **error)
{
  g_autoptr (GBytes) document = read_document (word, error);
  g_autoptr (GPtrArray) problems = NULL;

  if (document == NULL)
    return FALSE;
  problems = dpop_edge_charter_read (g_bytes_get_data (document, NULL),
                                     g_bytes_get_size (document), charter, names);
  if (*charter == NULL)
    return dpopctl_arguments_invalid (error, _("The rules in %s cannot be used. See: dpopctl "
                                               "charter check %s"),
                                      word, word);
  g_free ((*names)->name);
  (*names)->name = g_strdup (name);
  return TRUE;
}

static gboolean
run_party_create (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *rules = NULL;
  g_autofree char *name = NULL;
  g_autofree char *founder = NULL;
  g_autofree char *email = NULL;
  const GOptionEntry entries[] = {
    { "charter", 0, 0, DPOPCTL_TEXT, &rules, NULL, NULL },
    { "name", 0, 0, DPOPCTL_TEXT, &name, NULL, NULL },
    { "founder", 0, 0, DPOPCTL_TEXT, &founder, NULL, NULL },
    { "email", 0, 0, DPOPCTL_TEXT, &email, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (DpopMemberDetails) details = dpop_member_details_new ();
  DpopCommandFoundResult result;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error))
    return FALSE;
  if (name == NULL || founder == NULL)
    return dpopctl_arguments_fail (error, _("An organisation needs --name, and --founder with your "
                                            "own."));
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, founder);
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_EMAIL, email);
  if (!read_rules (rules != NULL ? rules : "association", name, &charter, &names, error)
      || !dpopctl_open (self, error)
      || !dpop_command_found (self->profile,
                              &(DpopCommandFound){ charter, names, details }, &result, error))
    return FALSE;
  dpopctl_print_id (self, "party", &result.party);
  dpopctl_print_id (self, "member", &result.member);
  dpopctl_print_number (self, "height", (gint64) result.height);
  dpopctl_print (self, _("\"%s\" is founded, and %s is its first member."), name, founder);
  dpopctl_print (self, _("This computer is its only record keeper: if it is lost, nothing more can "
                         "be confirmed. Choose with care where it stands."));
  return TRUE;
}

/* --- Showing. --- */

static JsonArray *
names_array (const GArray *list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < list->len; i++)
    {
      const DpopCharterName *name = dpop_charter_names_get (list, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "key", name->key);
      json_object_set_string_member (object, "label", name->label);
      json_array_add_object_element (array, object);
    }
  return array;
}

static void
show_names (Dpopctl *self, const char *title, const char *json_name, const GArray *list)
{
  dpopctl_print_array (self, json_name, names_array (list));
  if (list->len > 0)
    dpopctl_print (self, "%s", title);
  for (guint i = 0; i < list->len; i++)
    {
      const DpopCharterName *name = dpop_charter_names_get (list, i);

      dpopctl_print (self, "  %-16s %s", name->key, name->label);
    }
}

static void
show_members (Dpopctl *self, const CosmicState *authority)
{
  guint32 counts[DPOP_MEMBER_STATE_LAST + 1];
  JsonObject *object = json_object_new ();

  dpop_roll_states (authority, &cosmic_id_zero, G_MAXUINT64, counts);
  json_object_set_int_member (object, "applicant", counts[DPOP_MEMBER_APPLICANT]);
  json_object_set_int_member (object, "member", counts[DPOP_MEMBER_MEMBER]);
  json_object_set_int_member (object, "suspended", counts[DPOP_MEMBER_SUSPENDED]);
  json_object_set_int_member (object, "former", counts[DPOP_MEMBER_FORMER]);
  dpopctl_print_object (self, "members", object);
  dpopctl_print (self, _("Members: %u, applicants: %u, suspended: %u, former: %u"),
                 counts[DPOP_MEMBER_MEMBER], counts[DPOP_MEMBER_APPLICANT],
                 counts[DPOP_MEMBER_SUSPENDED], counts[DPOP_MEMBER_FORMER]);
}

static void
show_confirmed (Dpopctl *self)
{
  CosmicLog *log = dpop_profile_log (self->profile);
  g_autofree char *when = dpopctl_print_time (cosmic_log_time (log));

  dpopctl_print_number (self, "height", (gint64) cosmic_log_height (log));
  dpopctl_print_time_to (self->result, "confirmed", cosmic_log_time (log));
  dpopctl_print_number (self, "open", cosmic_log_n_open (log));
  dpopctl_print (self, _("Confirmed %s (number %lu); %u entries not yet confirmed."), when,
                 (gulong) cosmic_log_height (log), cosmic_log_n_open (log));
}

static gboolean
show_rules (Dpopctl *self, const CosmicState *authority, const DpopCharterNames *names,
            GError **error)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (charter == NULL)
    return dpopctl_arguments_invalid (error, _("The rules are not here."));
  text = dpop_edge_charter_write (charter, names);
  if (!self->json)
    {
      dpopctl_print (self, "%s", text);
      return TRUE;
    }
  if ((node = json_from_string (text, error)) == NULL)
    return FALSE;
  json_object_set_member (self->result, "charter", g_steal_pointer (&node));
  return TRUE;
}

static gboolean
run_party_show (Dpopctl *self, int argc, char **argv, GError **error)
{
  gboolean rules = FALSE;
  const GOptionEntry entries[] = {
    { "charter", 0, 0, G_OPTION_ARG_NONE, &rules, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  const CosmicState *authority;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || (authority = dpop_profile_state (self->profile, NULL, error)) == NULL
      || (names = dpopctl_find_names (self, error)) == NULL)
    return FALSE;
  if (rules)
    return show_rules (self, authority, names, error);
  dpopctl_print_id (self, "party", cosmic_log_party (dpop_profile_log (self->profile)));
  dpopctl_print_string (self, "name", names->name);
  dpopctl_print_string (self, "description", names->description);
  dpopctl_print (self, "%s", names->name);
  show_members (self, authority);
  show_confirmed (self);
  show_names (self, _("Roles:"), "roles", names->roles);
  show_names (self, _("Kinds of groups:"), "unit_kinds", names->unit_kinds);
  show_names (self, _("Ways to decide:"), "rules", names->rules);
  return TRUE;
}

static gboolean
run_party_rules (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (DpopCharter) charter = NULL;
  g_autofree char *text = NULL;
  const CosmicState *authority;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || (authority = dpop_profile_state (self->profile, NULL, error)) == NULL
      || (names = dpopctl_find_names (self, error)) == NULL)
    return FALSE;
  if ((charter = dpop_membership_charter (authority)) == NULL)
    return dpopctl_arguments_invalid (error, _("The rules are not here."));
  text = dpop_statute_text (charter, names);
  dpopctl_print_string (self, "text", text);
  dpopctl_print (self, "%s", g_strchomp (text));
  return TRUE;
}

const DpopctlVerb dpopctl_party_verbs[] = {
  { "charter check", "FILE|association|party|cooperative",
    N_("whether rules can be used, and what is doubtful in them"), run_check },
  { "party create", "--name NAME --founder NAME [--email ADDRESS] [--charter FILE|NAME]",
    N_("founds an organisation in a fresh profile"), run_party_create },
  { "party show", "[--charter]", N_("the organisation and its rules"), run_party_show },
  { "party rules", "", N_("the rules, as sentences"), run_party_rules },
  { NULL },
};
