/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-member.h"

#include "dpop-charter-word.h"
#include "dpop-command-details.h"
#include "dpop-member-query.h"
#include "dpop-words.h"
#include "dpopctl-find.h"

#include <glib/gi18n-lib.h>

const DpopctlMemberField dpopctl_member_fields[DPOPCTL_MEMBER_N_FIELDS] = {
  { "given-name", DPOP_MEMBER_DETAILS_GIVEN_NAME },
  { "family-name", DPOP_MEMBER_DETAILS_FAMILY_NAME },
  { "name", DPOP_MEMBER_DETAILS_NAME },
  { "email", DPOP_MEMBER_DETAILS_EMAIL },
  { "phone", DPOP_MEMBER_DETAILS_PHONE },
  { "postcode", DPOP_MEMBER_DETAILS_POSTCODE },
  { "city", DPOP_MEMBER_DETAILS_CITY },
  { "country", DPOP_MEMBER_DETAILS_COUNTRY },
  { "born", DPOP_MEMBER_DETAILS_BORN },
  { "joined", DPOP_MEMBER_DETAILS_JOINED },
  { "number", DPOP_MEMBER_DETAILS_NUMBER },
  { "note", DPOP_MEMBER_DETAILS_NOTE },
};

/* --- A list. --- */

typedef struct
{
  char *search, *state, *unit, *role;
  guint state_number;
  CosmicId unit_id;
  guint role_number;
} List;

static void
list_clear (List *self)
{
  g_free (self->search);
  g_free (self->state);
  g_free (self->unit);
  g_free (self->role);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

typedef struct
{
  Dpopctl *self;
  const List *list;
  DpopCharterNames *names;
  GPtrArray *rows; /* of Row */
} Listing;

typedef struct
{
  DpopMember member;
  DpopMemberDetails *details; /* NULL: not to be read here, or deleted */
  char *sort;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  dpop_member_details_free (row->details);
  g_free (row->sort);
  g_free (row);
}

static const char *
text_of (const DpopMemberDetails *details, DpopMemberDetailsField field)
{
  return details != NULL ? dpop_member_details_get (details, field) : "";
}

static gboolean
holds_role (const DpopStanding *standing, guint role)
{
  for (guint i = 0; i < standing->n_roles; i++)
    if (standing->roles[i].role == role)
      return TRUE;
  return FALSE;
}

static gboolean
is_found (const DpopMemberDetails *details, const char *search)
{
  g_autofree char *all = g_strjoin ("\n", text_of (details, DPOP_MEMBER_DETAILS_NAME),
                                    text_of (details, DPOP_MEMBER_DETAILS_EMAIL),
                                    text_of (details, DPOP_MEMBER_DETAILS_NUMBER), NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  g_autofree char *wanted = g_utf8_casefold (search, -1);

  return strstr (folded, wanted) != NULL;
}

static gboolean
collect (const DpopMember *member, gpointer data)
{
  Listing *listing = data;
  const List *list = listing->list;
  g_autoptr (DpopMemberDetails) details = NULL;
  g_autofree char *folded = NULL;
  Row *row;

  if ((list->state == NULL && member->standing.state == DPOP_MEMBER_FORMER)
      || (list->state_number != 0 && member->standing.state != list->state_number)
      || (list->unit != NULL && !dpop_standing_in_unit (&member->standing, &list->unit_id))
      || (list->role != NULL && !holds_role (&member->standing, list->role_number)))
    return TRUE;
  details = dpop_command_details_read (listing->self->profile, &member->details);
  if (list->search != NULL && !is_found (details, list->search))
    return TRUE;
  row = g_new0 (Row, 1);
  row->member = *member;
  folded = g_utf8_casefold (text_of (details, DPOP_MEMBER_DETAILS_NAME), -1);
  row->sort = g_utf8_collate_key (folded, -1);
  row->details = g_steal_pointer (&details);
  g_ptr_array_add (listing->rows, row);
  return TRUE;
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  const Row *row_a = *(const Row *const *) a, *row_b = *(const Row *const *) b;
  int order = strcmp (row_a->sort, row_b->sort);

  return order != 0 ? order : cosmic_id_compare (&row_a->member.id, &row_b->member.id);
}

static JsonArray *
roles_json (const DpopStanding *standing, const DpopCharterNames *names)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < standing->n_roles; i++)
    {
      const DpopMemberRole *role = &standing->roles[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (
          object, "role",
          role->role < names->roles->len ? dpop_charter_names_get (names->roles, role->role)->key
                                         : "?");
      dpopctl_print_id_to (object, "unit", &role->unit);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
units_json (const DpopStanding *standing)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < standing->n_units; i++)
    {
      g_autofree char *id = cosmic_id_to_text (&standing->units[i]);

      json_array_add_string_element (array, id);
    }
  return array;
}

static void
fill_member (JsonObject *object, const DpopMember *member, const DpopMemberDetails *details,
             const DpopCharterNames *names)
{
  dpopctl_print_id_to (object, "member", &member->id);
  json_object_set_string_member (
      object, "state", dpop_charter_word (DPOP_CHARTER_WORD_STATE, member->standing.state));
  json_object_set_boolean_member (object, "has_computer", member->has_device);
  json_object_set_boolean_member (object, "readable", details != NULL);
  json_object_set_boolean_member (object, "entered_by_others", member->on_behalf);
  json_object_set_array_member (object, "units", units_json (&member->standing));
  json_object_set_array_member (object, "roles", roles_json (&member->standing, names));
  for (gsize i = 0; i < DPOPCTL_MEMBER_N_FIELDS; i++)
    {
      g_autofree char *key = g_strdelimit (g_strdup (dpopctl_member_fields[i].option), "-", '_');

      if (details != NULL)
        json_object_set_string_member (object, key,
                                       text_of (details, dpopctl_member_fields[i].field));
      else
        json_object_set_null_member (object, key);
    }
}

static void
print_row (Dpopctl *self, const Row *row)
{
  g_autofree char *id = dpopctl_print_short (&row->member.id);
  g_autofree char *name = dpopctl_find_member_name (self, &row->member.id);
  g_autofree char *number = dpopctl_print_plain (
      text_of (row->details, DPOP_MEMBER_DETAILS_NUMBER));

  dpopctl_print (self, "%s  %-9s %-6s %s%s", id,
                 dpop_words_member_state (row->member.standing.state), number,
                 row->details != NULL ? name : _("(not for this computer's eyes)"),
                 row->member.has_device ? "" : _(" - without a computer"));
}

static gboolean
read_list (Dpopctl *self, List *list, const DpopCharterNames *names, GError **error)
{
  int state = list->state != NULL ? dpop_charter_word_number (DPOP_CHARTER_WORD_STATE, list->state)
                                  : 0;

  if (state < 0)
    return dpopctl_arguments_fail (error, _("--state is applicant, member, suspended or former."));
  list->state_number = (guint) state;
  return (list->unit == NULL || dpopctl_find_unit (self, list->unit, &list->unit_id, error))
         && (list->role == NULL
             || dpopctl_find_named (names->roles, list->role, &list->role_number, error));
}

static gboolean
run_list (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (List) list = { 0 };
  const GOptionEntry entries[] = {
    { "search", 0, 0, DPOPCTL_TEXT, &list.search, NULL, NULL },
    { "state", 0, 0, DPOPCTL_TEXT, &list.state, NULL, NULL },
    { "unit", 0, 0, DPOPCTL_TEXT, &list.unit, NULL, NULL },
    { "role", 0, 0, DPOPCTL_TEXT, &list.role, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  const CosmicState *authority;
  JsonArray *array;

  if (!dpopctl_arguments (argc, argv, entries, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error) || (names = dpopctl_find_names (self, error)) == NULL
      || !read_list (self, &list, names, error)
      || (authority = dpop_profile_state (self->profile, NULL, error)) == NULL)
    return FALSE;
  dpop_member_query_each (authority, collect, &(Listing){ self, &list, names, rows });
  g_ptr_array_sort (rows, by_name);
  array = json_array_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = rows->pdata[i];
      JsonObject *object = json_object_new ();

      fill_member (object, &row->member, row->details, names);
      json_array_add_object_element (array, object);
      print_row (self, row);
    }
  dpopctl_print_number (self, "count", rows->len);
  dpopctl_print_array (self, "members", array);
  dpopctl_print (self, _("%u found."), rows->len);
  return TRUE;
}

static void
print_member (Dpopctl *self, const DpopMember *member, const DpopMemberDetails *details,
              const DpopCharterNames *names)
{
  for (gsize i = 0; i < DPOPCTL_MEMBER_N_FIELDS; i++)
    {
      const DpopctlMemberField *field = &dpopctl_member_fields[i];
      g_autofree char *text = dpopctl_print_plain (text_of (details, field->field));

      if (*text != '\0')
        dpopctl_print (self, "  %-12s %s", field->option, text);
    }
  for (guint i = 0; i < member->standing.n_units; i++)
    {
      g_autofree char *name = dpopctl_find_unit_name (self, &member->standing.units[i]);

      dpopctl_print (self, _("  belongs to   %s"), name);
    }
  for (guint i = 0; i < member->standing.n_roles; i++)
    {
      guint role = member->standing.roles[i].role;

      if (role < names->roles->len)
        dpopctl_print (self, _("  role         %s"),
                       dpop_charter_names_get (names->roles, role)->label);
    }
  dpopctl_print (self, member->has_device ? _("  has a computer of their own")
                                          : _("  has no computer: others enter what they say"));
}

static gboolean
run_show (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopMemberDetails) details = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autofree char *short_id = NULL;
  g_autofree char *name = NULL;
  const CosmicState *authority;
  DpopMember member;
  CosmicId id;

  if (!dpopctl_arguments (argc, argv, NULL, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error) || (names = dpopctl_find_names (self, error)) == NULL
      || !dpopctl_find_member (self, words[0], &id, error)
      || (authority = dpop_profile_state (self->profile, NULL, error)) == NULL
      || !dpop_member_query_load (authority, &id, &member))
    return FALSE;
  details = dpop_command_details_read (self->profile, &member.details);
  fill_member (self->result, &member, details, names);
  short_id = dpopctl_print_short (&id);
  name = dpopctl_find_member_name (self, &id);
  dpopctl_print (self, "%s  %s: %s", short_id, name,
                 dpop_words_member_state (member.standing.state));
  print_member (self, &member, details, names);
  return TRUE;
}

const DpopctlVerb dpopctl_list_verbs[] = {
  { "member list", "[--search TEXT] [--state STATE] [--unit GROUP] [--role ROLE]",
    N_("all members, or those that are found; former ones with --state former"), run_list },
  { "member show", "MEMBER", N_("all about a member"), run_show },
  { NULL },
};
