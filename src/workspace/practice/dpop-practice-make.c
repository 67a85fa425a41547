/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice.h"

#include "cosmic-hash.h"
#include "dpop-command-found.h"
#include "dpop-edge-charter.h"
#include "dpop-practice-past-private.h"
#include "dpop-profile-folder.h"
#include "dpop-projector.h"

#include <glib/gi18n-lib.h>
#include <string.h>

CosmicSecret *
dpop_practice_passphrase (void)
{
  return cosmic_secret_copy (DPOP_PRACTICE_PASSPHRASE, strlen (DPOP_PRACTICE_PASSPHRASE));
}

/* --- Its rules and its founder. -------------------------------------------------------------- */

static gboolean
read_charter (const char *name, DpopCharter **charter, DpopCharterNames **names, GError **error)
{
  g_autoptr (GBytes) json = dpop_edge_charter_ready (name);
  g_autoptr (GPtrArray) problems = NULL;

  *charter = NULL;
  *names = NULL;
  if (json != NULL)
    problems = dpop_edge_charter_read (g_bytes_get_data (json, NULL), g_bytes_get_size (json),
                                       charter, names);
  if (*charter != NULL)
    return TRUE;
  g_set_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID,
               _("There are no ready rules called \"%s\"."), name);
  return FALSE;
}

DpopCharter *
dpop_practice_past_hasten (const DpopCharter *charter)
{
  DpopCharter *hasty = dpop_charter_copy (charter);

  for (guint i = 0; i < hasty->n_rules; i++)
    {
      hasty->rules[i].min_discussion_ms = 0;
      hasty->rules[i].min_open_ms = 0;
    }
  return hasty;
}

static gboolean
found (DpopProfile *profile, const DpopPracticeMake *input, GError **error)
{
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharter) hasty = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (DpopMemberDetails) founder = dpop_member_details_new ();
  DpopCommandFound command = { .founder = founder };

  if (!read_charter (input->charter != NULL ? input->charter : "party", &charter, &names, error))
    return FALSE;
  hasty = dpop_practice_past_hasten (charter);
  g_free (names->name);
  names->name = g_strdup (input->name != NULL ? input->name : _("Riverside Neighbours"));
  dpop_member_details_set (founder, DPOP_MEMBER_DETAILS_NAME,
                           input->user != NULL ? input->user : _("You"));
  command.charter = hasty;
  command.names = names;
  return dpop_command_found (profile, &command, NULL, error);
}

/* --- The profile. ---------------------------------------------------------------------------- */

static void
draw_seed (const DpopPracticeMake *input, DpopRandom random, guint8 seed[32])
{
  guint64 number = GUINT64_TO_LE (input->seed);

  if (input->seed == 0)
    dpop_random_fill (random, seed, 32);
  else
    cosmic_hash (&number, sizeof number, seed);
}

static gboolean
fill (DpopProfile *profile, const DpopPracticeMake *input, gint64 *now, gint64 end,
      DpopPracticeMakeResult *result, GError **error)
{
  g_autoptr (DpopPracticePeople) people = NULL;
  guint8 seed[32];

  if (dpop_projector_attach (profile, error) == NULL)
    return FALSE;
  draw_seed (input, dpop_profile_random (profile), seed);
  if (!found (profile, input, error) || !dpop_profile_begin (profile, error))
    return FALSE;
  if (!dpop_practice_people_keep (profile, seed, error))
    {
      dpop_profile_rollback (profile);
      return FALSE;
    }
  return dpop_profile_commit (profile, error)
         && (people = dpop_practice_people_load (profile, error)) != NULL
         && dpop_practice_past_live (people, now, end, result, error);
}

/* The past is told by a clock of its own, which a profile keeps for as long as it is open. */
static gint64
past_now (gpointer self)
{
  return *(const gint64 *) self;
}

static gboolean
make_within (const char *folder, const DpopPracticeMake *input, const DpopProfileEffects *effects,
             DpopPracticeMakeResult *result, GError **error)
{
  static const DpopClockTable table = { past_now };
  g_autoptr (CosmicSecret) passphrase = dpop_practice_passphrase ();
  gint64 end = dpop_clock_now (effects->clock);
  gint64 now = end - DPOP_PRACTICE_PAST_MS;
  const DpopProfileEffects own = { effects->random, { &table, &now } };
  g_autoptr (DpopProfile) profile = NULL;
  const DpopProfileLabel label
      = { (char *) (input->label != NULL ? input->label : _("Practice")), TRUE };

  if (!dpop_profile_label_write (folder, &label, error))
    return FALSE;
  profile = dpop_profile_create (folder, passphrase, COSMIC_PASSWORD_COST_TEST, &own, error);
  return profile != NULL && fill (profile, input, &now, end, result, error);
}

gboolean
dpop_practice_make (const char *folder, const DpopPracticeMake *input,
                    const DpopProfileEffects *given, DpopPracticeMakeResult *result,
                    GError **error)
{
  const DpopProfileEffects system = { dpop_random_system (), dpop_clock_system () };
  const DpopProfileEffects *effects = given != NULL ? given : &system;
  g_autofree char *root = g_path_get_dirname (folder);
  g_autoptr (DpopProfileFolder) there = dpop_profile_folder_look (folder);
  g_autofree char *draft = NULL;
  DpopPracticeMakeResult unused;

  if (there != NULL)
    {
      g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_EXISTS,
                   _("The folder %s holds a profile already. Choose another one."), folder);
      return FALSE;
    }
  draft = dpop_profile_folder_draft (root, error);
  if (draft == NULL)
    return FALSE;
  if (make_within (draft, input, effects, result != NULL ? result : &unused, error)
      && dpop_profile_folder_publish (draft, folder, error))
    return TRUE;
  dpop_profile_folder_remove (draft, NULL, NULL);
  return FALSE;
}
