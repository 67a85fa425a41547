/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-command-assign.h"
#include "dpop-command-unit.h"
#include "dpop-roll.h"
#include "dpop-unit.h"

#include <glib/gi18n-lib.h>

static void
tell (Dpopctl *self, const CosmicId *unit, const char *sentence)
{
  g_autofree char *id = dpopctl_print_short (unit);
  g_autofree char *name = dpopctl_find_unit_name (self, unit);

  dpopctl_print_id (self, "unit", unit);
  dpopctl_print (self, "%s  %s: %s", id, name, sentence);
}

static gboolean
run_add (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *kind_word = NULL;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, DPOPCTL_TEXT, &kind_word, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  DpopCommandUnitResult result;
  guint kind = 0;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error) || (names = dpopctl_find_names (self, error)) == NULL
      || (kind_word != NULL && !dpopctl_find_named (names->unit_kinds, kind_word, &kind, error)))
    return FALSE;
  if (names->unit_kinds->len == 0)
    return dpopctl_arguments_invalid (error, _("Our rules know no groups."));
  if (!dpop_command_unit (self->profile,
                          &(DpopCommandUnit){ .name = words[0], .kind = (guint8) kind }, &result,
                          error))
    return FALSE;
  dpopctl_print_string (self, "kind", dpop_charter_names_get (names->unit_kinds, kind)->key);
  tell (self, &result.unit, _("a new group."));
  return TRUE;
}

typedef struct
{
  Dpopctl *self;
  const CosmicState *authority;
  const DpopCharterNames *names;
  JsonArray *array;
} Listing;

static gboolean
list_one (const DpopUnit *unit, gpointer data)
{
  Listing *listing = data;
  const GArray *kinds = listing->names->unit_kinds;
  g_autofree char *id = dpopctl_print_short (&unit->id);
  g_autofree char *name = dpopctl_find_unit_name (listing->self, &unit->id);
  JsonObject *object = json_object_new ();
  guint32 counts[DPOP_MEMBER_STATE_LAST + 1];

  dpop_roll_states (listing->authority, &unit->id, G_MAXUINT64, counts);
  dpopctl_print_id_to (object, "unit", &unit->id);
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (
      object, "kind",
      unit->kind < kinds->len ? dpop_charter_names_get (kinds, unit->kind)->key : "?");
  json_object_set_int_member (object, "members", counts[DPOP_MEMBER_MEMBER]);
  json_array_add_object_element (listing->array, object);
  dpopctl_print (listing->self, _("%s  %s (%s), %u members"), id, name,
                 unit->kind < kinds->len ? dpop_charter_names_get (kinds, unit->kind)->label : "?",
                 counts[DPOP_MEMBER_MEMBER]);
  return TRUE;
}

static gboolean
run_list (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  const CosmicState *authority;
  JsonArray *array;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error) || (names = dpopctl_find_names (self, error)) == NULL
      || (authority = dpop_profile_state (self->profile, NULL, error)) == NULL)
    return FALSE;
  array = json_array_new ();
  dpop_unit_each (authority, list_one, &(Listing){ self, authority, names, array });
  if (json_array_get_length (array) == 0)
    dpopctl_print (self, _("No groups."));
  dpopctl_print_array (self, "units", array);
  return TRUE;
}

static gboolean
run_rename (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  CosmicId unit;

  if (!dpopctl_arguments (argc, argv, NULL, 2, 2, &words, error)
      || !dpopctl_open_founded (self, error) || !dpopctl_find_unit (self, words[0], &unit, error)
      || !dpop_command_unit_rename (self->profile, &unit, words[1], error))
    return FALSE;
  tell (self, &unit, _("renamed."));
  return TRUE;
}

static gboolean
run_assign (Dpopctl *self, int argc, char **argv, GError **error)
{
  gboolean out = FALSE;
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_NONE, &out, NULL, NULL }, G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  DpopCommandAssign command = { 0 };

  if (!dpopctl_arguments (argc, argv, entries, 2, 2, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_unit (self, words[0], &command.unit, error)
      || !dpopctl_find_member (self, words[1], &command.member, error))
    return FALSE;
  command.out = out;
  if (!dpop_command_assign (self->profile, &command, error))
    return FALSE;
  dpopctl_print_id (self, "member", &command.member);
  dpopctl_print_flag (self, "belongs", !out);
  tell (self, &command.unit, out ? _("the member is out of it.") : _("the member is in it."));
  return TRUE;
}

const DpopctlVerb dpopctl_unit_verbs[] = {
  { "unit add", "NAME [--kind KEY]", N_("sets up a local group, section or branch"), run_add },
  { "unit list", "", N_("all groups"), run_list },
  { "unit rename", "GROUP NAME", N_("gives a group another name"), run_rename },
  { "unit assign", "GROUP MEMBER [--out]", N_("puts a member into a group, or takes them out"),
    run_assign },
  { NULL },
};
