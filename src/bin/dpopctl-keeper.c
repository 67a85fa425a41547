/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl-find.h"

#include "dpop-command-witness.h"
#include "dpop-decide.h"
#include "dpop-membership.h"

#include <glib/gi18n-lib.h>

static void
list_one (Dpopctl *self, const DpopCommandWitness *keeper, JsonArray *array)
{
  g_autofree char *id = dpopctl_print_short (&keeper->device);
  g_autofree char *name = dpopctl_find_member_name (self, &keeper->member);
  JsonObject *object = json_object_new ();

  dpopctl_print_id_to (object, "device", &keeper->device);
  dpopctl_print_id_to (object, "member", &keeper->member);
  json_object_set_string_member (object, "name", name);
  json_object_set_boolean_member (object, "own", keeper->own);
  json_object_set_boolean_member (object, "appointed", keeper->appointed);
  json_object_set_boolean_member (object, "on", !keeper->off);
  json_object_set_int_member (object, "since", (gint64) keeper->since);
  json_array_add_object_element (array, object);
  dpopctl_print (self, "%s  %s%s%s%s", id, name, keeper->own ? _(" - this computer") : "",
                 keeper->appointed ? "" : _(" - offered, not appointed"),
                 keeper->off ? _(" - switched off") : "");
}

static gboolean
run_list (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GArray) keepers = NULL;
  DpopCommandWitnessFigures figures;
  JsonArray *array;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || (keepers = dpop_command_witness_list (self->profile, &figures, error)) == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < keepers->len; i++)
    list_one (self, &g_array_index (keepers, DpopCommandWitness, i), array);
  dpopctl_print_array (self, "keepers", array);
  dpopctl_print_number (self, "appointed", figures.keepers);
  dpopctl_print_number (self, "needed", figures.needed);
  if (figures.keepers > 1)
    dpopctl_print (self, _("%u of the %u record keepers must be reachable to confirm."),
                   figures.needed, figures.keepers);
  if (figures.keepers == 2)
    dpopctl_print (self, _("With two, either one's absence stops all confirmations. Appoint a "
                           "third."));
  return TRUE;
}

static gboolean
run_offer (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  CosmicId device;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 0, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpop_command_witness_offer (self->profile, error))
    return FALSE;
  dpop_profile_device_id (self->profile, &device);
  dpopctl_print_id (self, "device", &device);
  dpopctl_print (self, _("This computer is offered to keep the records. It does so once it is "
                         "appointed (keeper appoint)."));
  return TRUE;
}

static gboolean
run_appoint (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  JsonArray *array;

  if (!dpopctl_arguments (argc, argv, NULL, 1, COSMIC_APPOINTED_MAX, &words, error)
      || !dpopctl_open_founded (self, error))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      CosmicId device;

      if (!dpopctl_find_device (self, words[i], &device, error))
        return FALSE;
      g_array_append_val (devices, device);
    }
  if (!dpop_command_witness_appoint (self->profile, devices, error))
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < devices->len; i++)
    {
      g_autofree char *text = cosmic_id_to_text (&g_array_index (devices, CosmicId, i));

      json_array_add_string_element (array, text);
    }
  dpopctl_print_array (self, "devices", array);
  dpopctl_print (self, _("Appointed. They keep the records from the next confirmation on, and "
                         "agree while their computers are connected."));
  return TRUE;
}

/* The first rule of the organisation as a whole by which it can be decided. */
static gboolean
find_rule (Dpopctl *self, guint *rule, GError **error)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, error);
  g_autoptr (DpopCharter) charter = authority != NULL ? dpop_membership_charter (authority) : NULL;

  if (authority == NULL)
    return FALSE;
  for (guint i = 0; charter != NULL && i < charter->n_rules; i++)
    if (charter->rules[i].scope == DPOP_SCOPE_PARTY
        && dpop_charter_rule_enacts (charter, i, DPOP_EFFECT_DISMISS_WITNESS))
      {
        *rule = i;
        return TRUE;
      }
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                       _("The rules have no way to decide on this."));
  return FALSE;
}

static gboolean
propose (Dpopctl *self, const char *title, const char *text, DpopDecisionEffect *effect,
         CosmicId *decision, GError **error)
{
  g_autofree char *name = dpopctl_find_member_name (self, &effect->member);
  g_autofree char *heading = NULL;
  DpopDecidePropose command = { .ballot = DPOP_BALLOT_YES_NO_ABSTAIN, .effect = effect };

  /* Translators: the title of a proposal; a member's name. */
  heading = title != NULL ? g_strdup (title)
                          : g_strdup_printf (_("Dismiss %s as a record keeper"), name);
  command.title = heading;
  command.question = text != NULL ? text : heading;
  return find_rule (self, &command.rule, error)
         && dpop_decide_propose (self->profile, &command, decision, error);
}

static gboolean
run_dismiss (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
    { "title", 0, 0, DPOPCTL_TEXT, &title, NULL, NULL },
    { "text", 0, 0, DPOPCTL_TEXT, &text, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = NULL;
  DpopDecisionEffect effect = { .effect = DPOP_EFFECT_DISMISS_WITNESS };
  CosmicId decision;

  if (!dpopctl_arguments (argc, argv, entries, 1, 1, &words, error)
      || !dpopctl_open_founded (self, error)
      || !dpopctl_find_member (self, words[0], &effect.member, error)
      || !propose (self, title, text, &effect, &decision, error))
    return FALSE;
  dpopctl_print_id (self, "decision", &decision);
  dpopctl_print (self, _("Proposed. Record keepers fall by a decision only: open it next (decision "
                         "open)."));
  return TRUE;
}

static gboolean
run_resign (Dpopctl *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) words = NULL;
  CosmicId device;

  if (!dpopctl_arguments (argc, argv, NULL, 0, 1, &words, error)
      || !dpopctl_open_founded (self, error))
    return FALSE;
  dpop_profile_device_id (self->profile, &device);
  if ((words[0] != NULL && !dpopctl_find_device (self, words[0], &device, error))
      || !dpop_command_witness_resign (self->profile, &device, error))
    return FALSE;
  dpopctl_print_id (self, "device", &device);
  dpopctl_print (self, _("Resigned. It keeps the records until the next confirmation."));
  return TRUE;
}

const DpopctlVerb dpopctl_keeper_verbs[] = {
  { "keeper list", "", N_("the computers that keep the records, and those that are offered"),
    run_list },
  { "keeper offer", "", N_("offers this computer to keep the records"), run_offer },
  { "keeper appoint", "DEVICE…", N_("appoints computers that were offered"), run_appoint },
  { "keeper dismiss", "MEMBER [--title TEXT] [--text TEXT]",
    N_("proposes to decide that a member keeps the records no more"), run_dismiss },
  { "keeper resign", "[DEVICE]", N_("keeps the records no more, by one's own word"), run_resign },
  { NULL },
};
