/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-rotate.h"

#include "dpop-command-private.h"
#include "dpop-command-shares-private.h"
#include "dpop-member-query.h"
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

static gboolean
rotate_within (DpopProfile *profile, const CosmicId *scope, DpopCommandRotateResult *result,
               GError **error)
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
  return dpop_command_end (profile, rotate_within (profile, &input->scope, result, error), error);
}

/* --- What is due. ----------------------------------------------------------------------------- */

typedef struct
{
  CosmicId scope;
  guint64 since; /* height of the batch that brought its current keys */
  gboolean due;
} Due;

static GArray *
list_scopes (const CosmicState *authority)
{
  g_autoptr (GArray) scopes = cosmic_authority_scopes (authority);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Due));

  for (guint i = 0; i < scopes->len; i++)
    {
      Due due = { .scope = g_array_index (scopes, CosmicId, i) };
      CosmicKeyPlace place;
      CosmicId key;

      if (cosmic_authority_scope_key (authority, &due.scope, TRUE, &key, NULL)
          && cosmic_authority_key_place (authority, &key, &place))
        {
          due.since = place.since;
          g_array_append_val (list, due);
        }
    }
  return list;
}

/* A computer that was switched off under the current keys has them. */
static void
look_at_off (const CosmicState *authority, const CosmicDevice *device, GArray *scopes)
{
  for (guint i = 0; i < scopes->len; i++)
    {
      Due *due = &g_array_index (scopes, Due, i);

      if (!due->due && device->off_height >= due->since)
        due->due = dpop_membership_policy_held (authority, &device->member, &due->scope, TRUE,
                                                due->since);
    }
}

/* A computer that is on has the keys of a scope that its member may not read any more. */
static void
look_at_on (const CosmicState *authority, const CosmicDevice *device, GArray *scopes)
{
  DpopMember member;

  if (!dpop_member_query_load (authority, &device->member, &member))
    return;
  for (guint i = 0; i < scopes->len; i++)
    {
      Due *due = &g_array_index (scopes, Due, i);

      if (!due->due && member.since >= due->since
          && !dpop_membership_policy_holds (authority, &device->member, &due->scope, TRUE))
        due->due = dpop_membership_policy_held (authority, &device->member, &due->scope, TRUE,
                                                due->since);
    }
}

static void
look_at_all (const CosmicState *authority, const GArray *keys, GArray *scopes)
{
  for (guint i = 0; i < keys->len; i++)
    {
      CosmicDevice device;

      if (!cosmic_authority_device (authority, &g_array_index (keys, CosmicId, i), &device))
        continue;
      if (device.off)
        look_at_off (authority, &device, scopes);
      else
        look_at_on (authority, &device, scopes);
    }
}

/* Who may not, or cannot, leaves it to who may. */
static gboolean
can_rotate (DpopProfile *profile, const CosmicState *authority, const CosmicId *scope)
{
  CosmicId own, key;

  return dpop_profile_own_member (profile, &own, NULL)
         && dpop_membership_lets (authority, &own, DPOP_ACTION_ROTATE_KEYS, scope, NULL)
         && may_read (authority, &own, scope)
         && cosmic_authority_scope_key (authority, scope, TRUE, &key, NULL)
         && cosmic_log_key (dpop_profile_log (profile), &key) != NULL;
}

gboolean
dpop_command_rotate_due (DpopProfile *profile, guint *count, GError **error)
{
  const CosmicState *authority
      = cosmic_log_certified (dpop_profile_log (profile), &cosmic_id_zero, error);
  g_autoptr (GArray) scopes = NULL;
  g_autoptr (GArray) off = NULL;
  g_autoptr (GArray) on = NULL;

  *count = 0;
  if (authority == NULL)
    return FALSE;
  scopes = list_scopes (authority);
  off = cosmic_authority_devices_off (authority);
  on = cosmic_authority_devices (authority);
  look_at_all (authority, off, scopes);
  look_at_all (authority, on, scopes);
  for (guint i = 0; i < scopes->len; i++)
    {
      Due *due = &g_array_index (scopes, Due, i);

      due->due = due->due && can_rotate (profile, authority, &due->scope);
    }
  for (guint i = 0; i < scopes->len; i++)
    {
      const Due *due = &g_array_index (scopes, Due, i);

      if (!due->due)
        continue;
      if (!rotate_within (profile, &due->scope, NULL, error))
        return FALSE;
      ++*count;
    }
  return TRUE;
}

gboolean
dpop_command_rotate_due_alone (DpopProfile *profile, guint *count, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, dpop_command_rotate_due (profile, count, error), error);
}
