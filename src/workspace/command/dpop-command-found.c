/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-found.h"

#include "dpop-charter-compile.h"
#include "dpop-command-confirm.h"
#include "dpop-command-details.h"
#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"
#include "dpop-member-command.h"

#include <glib/gi18n-lib.h>

static gboolean
check_input (const DpopCommandFound *input, GError **error)
{
  g_autoptr (GArray) findings = dpop_charter_check (input->charter);

  if (dpop_charter_has_errors (findings))
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("These rules contradict themselves. Check them, and mend what is "
                                "marked."));
  if (!dpop_charter_names_valid (input->names, input->charter, NULL))
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("The organisation, and each role, group and way of deciding in its "
                                "rules, needs a name."));
  return dpop_command_details_check (input->founder, error);
}

static GArray *
founding_roles (const DpopCharter *charter)
{
  GArray *roles = g_array_new (FALSE, FALSE, sizeof (guint16));

  for (guint16 role = 0; role < charter->n_roles; role++)
    if ((charter->founder & DPOP_CHARTER_BIT (role)) != 0)
      g_array_append_val (roles, role);
  return roles;
}

/* The founder's own share is sealed before the party has an id: under zero, as the genesis is. */
static gboolean
share_with_founder (DpopProfile *profile, CosmicScopeKey *body, CosmicScopeKey *personal,
                    CosmicGenesis *genesis, GError **error)
{
  g_auto (DpopCommandShares) shares = { 0 };

  dpop_command_shares_init (&shares, profile);
  if (!dpop_command_shares_add (&shares, &cosmic_id_zero, 0, body, personal, &genesis->seal, error)
      || !dpop_command_shares_store (&shares, error))
    return FALSE;
  dpop_command_shares_root (&shares, &genesis->shares);
  return TRUE;
}

static gboolean
say_genesis (DpopProfile *profile, const DpopCommandFound *input, CosmicGenesis *genesis,
             GError **error)
{
  g_autoptr (CosmicScopeKey) body = dpop_command_new_key (profile);
  g_autoptr (CosmicScopeKey) personal = dpop_command_new_key (profile);
  CosmicReason reason;

  genesis->body_key = *cosmic_scope_key_id (body);
  genesis->personal_key = *cosmic_scope_key_id (personal);
  return share_with_founder (profile, body, personal, genesis, error)
         && cosmic_log_found (dpop_profile_log (profile), dpop_profile_device (profile), genesis,
                              dpop_charter_names_to_variant (input->names), body, personal,
                              &reason, error)
         && (reason == COSMIC_REASON_NONE || dpop_profile_refuse (error, reason));
}

static gboolean
found_within (DpopProfile *profile, const DpopCommandFound *input, CosmicId *member,
              GError **error)
{
  g_autoptr (GBytes) charter = dpop_charter_compile (input->charter);
  g_autoptr (GArray) roles = founding_roles (input->charter);
  CosmicGenesis genesis = { .charter = charter, .roles = roles };
  const CosmicState *authority;

  dpop_command_new_id (profile, &genesis.founder);
  dpop_profile_seal_id (profile, &genesis.seal);
  if (!dpop_profile_make_witness (profile, &genesis.witness, error)
      || !say_genesis (profile, input, &genesis, error)
      || (authority = dpop_profile_state (profile, NULL, error)) == NULL)
    return FALSE;
  *member = genesis.founder;
  return dpop_profile_say (profile, NULL,
                           dpop_member_command_details (authority, member, NULL, input->founder),
                           NULL, error)
         && dpop_command_confirm_within (profile, NULL, error);
}

gboolean
dpop_command_found (DpopProfile *profile, const DpopCommandFound *input,
                    DpopCommandFoundResult *result, GError **error)
{
  CosmicLog *log = dpop_profile_log (profile);
  CosmicId member;

  if (!cosmic_id_is_zero (cosmic_log_party (log)))
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("This profile belongs to an organisation already. Make a new "
                                "profile for another one."));
  if (!check_input (input, error) || !dpop_profile_begin (profile, error)
      || !dpop_command_end (profile, found_within (profile, input, &member, error), error))
    return FALSE;
  if (result != NULL)
    *result = (DpopCommandFoundResult){ *cosmic_log_party (log), member, cosmic_log_height (log) };
  return TRUE;
}
