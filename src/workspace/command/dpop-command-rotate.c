/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-rotate-private.h"

#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"
#include "dpop-membership-policy.h"
#include "dpop-membership.h"
#include "dpop-unit.h"

#include <glib/gi18n-lib.h>

static gboolean
may_read (const CosmicState *authority, const CosmicId *member, const CosmicId *scope)
{
  return dpop_membership_policy_holds (authority, member, scope, TRUE);
}

/* The party's body keys always link back; all others where the charter lets newcomers read. */
static gboolean
links_back (const CosmicState *authority, const CosmicId *scope)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  DpopUnit unit;

  if (charter == NULL)
    return FALSE;
  if (cosmic_id_is_zero (scope))
    return charter->newcomers_read;
  return dpop_unit_load (authority, scope, &unit) && unit.kind < charter->n_unit_kinds
         && charter->unit_kinds[unit.kind].newcomers_read;
}

static GBytes *
link_to (const CosmicScopeKey *key, const CosmicScopeKey *before)
{
  guint8 link[COSMIC_LINK_SIZE];

  if (before == NULL)
    return NULL;
  cosmic_scope_key_link (key, before, link);
  return g_bytes_new (link, sizeof link);
}

typedef struct
{
  CosmicScopeKey *body, *personal;
} KeyPair;

static gboolean
say_rotation (DpopProfile *profile, CosmicRotation *rotation, const KeyPair *keys,
              const KeyPair *before, DpopCommandShares *shares, GError **error)
{
  CosmicLog *log = dpop_profile_log (profile);
  const CosmicState *certified = cosmic_log_certified (log, &cosmic_id_zero, error);
  gboolean back;

  if (certified == NULL)
    return FALSE;
  back = links_back (certified, &rotation->scope);
  if (back || cosmic_id_is_zero (&rotation->scope))
    rotation->body_link = link_to (keys->body, before->body);
  if (back)
    rotation->personal_link = link_to (keys->personal, before->personal);
  rotation->body_key = *cosmic_scope_key_id (keys->body);
  rotation->personal_key = *cosmic_scope_key_id (keys->personal);
  rotation->height = cosmic_log_height (log);
  if (!dpop_command_shares_epoch (shares, certified, &rotation->scope, rotation->epoch, keys->body,
                                  keys->personal, may_read, error))
    return FALSE;
  dpop_command_shares_root (shares, &rotation->shares);
  return dpop_profile_say (profile, NULL,
                           dpop_claim_new (COSMIC_KIND_ROTATION, cosmic_rotation_body (rotation),
                                           NULL, NULL),
                           NULL, error)
         && dpop_command_shares_store (shares, error)
         && cosmic_log_add_key (log, keys->body, error)
         && cosmic_log_add_key (log, keys->personal, error);
}

static gboolean
find_current (DpopProfile *profile, const CosmicId *scope, KeyPair *keys, guint32 *epoch,
              GError **error)
{
  CosmicLog *log = dpop_profile_log (profile);
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  CosmicId body, personal;

  if (authority == NULL)
    return FALSE;
  if (!cosmic_authority_scope_key (authority, scope, FALSE, &body, epoch)
      || !cosmic_authority_scope_key (authority, scope, TRUE, &personal, NULL))
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_NOT_FOUND, _("There is no such group."));
  keys->body = (CosmicScopeKey *) cosmic_log_key (log, &body);
  keys->personal = (CosmicScopeKey *) cosmic_log_key (log, &personal);
  return (keys->body != NULL && keys->personal != NULL)
         || dpop_command_fail (error, DPOP_PROFILE_ERROR_NOT_READABLE,
                               _("New keys are made by someone who may read what the old ones "
                                 "protect."));
}

gboolean
dpop_command_rotate_within (DpopProfile *profile, const CosmicId *scope,
                            DpopCommandRotateResult *result, GError **error)
{
  g_autoptr (CosmicScopeKey) body = dpop_command_new_key (profile);
  g_autoptr (CosmicScopeKey) personal = dpop_command_new_key (profile);
  const KeyPair keys = { body, personal };
  g_auto (DpopCommandShares) shares = { 0 };
  CosmicRotation rotation = { .scope = *scope };
  KeyPair before = { NULL, NULL };
  gboolean good;

  if (!find_current (profile, scope, &before, &rotation.epoch, error))
    return FALSE;
  rotation.epoch++;
  dpop_command_shares_init (&shares, profile);
  good = say_rotation (profile, &rotation, &keys, &before, &shares, error);
  cosmic_rotation_clear (&rotation);
  if (good && result != NULL)
    *result = (DpopCommandRotateResult){ rotation.epoch, shares.envelopes->len };
  return good;
}

gboolean
dpop_command_rotate (DpopProfile *profile, const DpopCommandRotate *input,
                     DpopCommandRotateResult *result, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile,
                           dpop_command_rotate_within (profile, &input->scope, result, error),
                           error);
}
