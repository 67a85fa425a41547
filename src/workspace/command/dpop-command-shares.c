/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-shares-private.h"

#include "cosmic-merkle.h"
#include "dpop-command-private.h"
#include "dpop-membership-policy.h"
#include "dpop-membership.h"
#include "dpop-unit.h"

#include <glib/gi18n-lib.h>

void
dpop_command_shares_init (DpopCommandShares *self, DpopProfile *profile)
{
  self->profile = profile;
  self->envelopes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

void
dpop_command_shares_clear (DpopCommandShares *self)
{
  g_clear_pointer (&self->envelopes, g_ptr_array_unref);
}

void
dpop_command_shares_root (const DpopCommandShares *self, CosmicId *root)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  for (guint i = 0; i < self->envelopes->len; i++)
    {
      CosmicId id;

      cosmic_envelope_id (self->envelopes->pdata[i], &id);
      g_array_append_val (ids, id);
    }
  cosmic_ids_normalise (ids);
  cosmic_merkle_root_of (ids, root);
}

gboolean
dpop_command_shares_store (const DpopCommandShares *self, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (self->profile));

  for (guint i = 0; i < self->envelopes->len; i++)
    if (!store.table->put_share (store.self, self->envelopes->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
dpop_command_shares_add (DpopCommandShares *self, const CosmicId *scope, guint32 epoch,
                         CosmicScopeKey *body, CosmicScopeKey *personal, const CosmicId *seal,
                         GError **error)
{
  const CosmicShare share = { .scope = *scope, .epoch = epoch, .body = body,
                              .personal = personal };
  GBytes *envelope;

  if (body == NULL && personal == NULL)
    return TRUE;
  envelope = cosmic_share_seal (&share, cosmic_log_party (dpop_profile_log (self->profile)), seal,
                                dpop_profile_random (self->profile));
  if (envelope == NULL)
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("Nothing can be sealed for this computer. Ask it again."));
  g_ptr_array_add (self->envelopes, envelope);
  return TRUE;
}

/* --- The keys that are here, by epoch. -------------------------------------------------------- */

typedef struct
{
  CosmicId scope;
  guint32 epoch;
  gboolean current;
  CosmicScopeKey *body, *personal; /* owned; NULL: not at hand */
} Epoch;

static void
epoch_clear (gpointer data)
{
  Epoch *epoch = data;

  cosmic_scope_key_free (epoch->body);
  cosmic_scope_key_free (epoch->personal);
}

typedef struct
{
  const CosmicState *authority;
  GArray *epochs;
} TakeKeys;

static Epoch *
find_epoch (GArray *epochs, const CosmicKeyPlace *place)
{
  Epoch fresh = { .scope = place->scope, .epoch = place->epoch, .current = place->until == 0 };

  for (guint i = 0; i < epochs->len; i++)
    {
      Epoch *epoch = &g_array_index (epochs, Epoch, i);

      if (epoch->epoch == place->epoch && cosmic_id_same (&epoch->scope, &place->scope))
        return epoch;
    }
  g_array_append_val (epochs, fresh);
  return &g_array_index (epochs, Epoch, epochs->len - 1);
}

static gboolean
take_key (const CosmicScopeKey *key, gpointer data)
{
  TakeKeys *take = data;
  CosmicKeyPlace place;
  CosmicScopeKey **slot;
  Epoch *epoch;

  if (!cosmic_authority_key_place (take->authority, cosmic_scope_key_id (key), &place))
    return TRUE;
  epoch = find_epoch (take->epochs, &place);
  slot = place.personal ? &epoch->personal : &epoch->body;
  if (*slot == NULL)
    *slot = cosmic_scope_key_new (cosmic_scope_key_bytes (key));
  return TRUE;
}

static GArray *
keys_at_hand (DpopProfile *profile, const CosmicState *authority, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  g_autoptr (GArray) epochs = g_array_new (FALSE, FALSE, sizeof (Epoch));
  TakeKeys take = { authority, epochs };

  g_array_set_clear_func (epochs, epoch_clear);
  return store.table->each_key (store.self, take_key, &take, error) ? g_steal_pointer (&epochs)
                                                                    : NULL;
}

/* --- For one computer. ------------------------------------------------------------------------ */

static gboolean
newcomers_read (const CosmicState *authority, const CosmicId *scope)
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

/* The party's body keys are for everyone from the founding on: the whole history can be checked. */
static gboolean
add_epoch (DpopCommandShares *self, const CosmicState *authority, const Epoch *epoch,
           const CosmicId *member, const CosmicId *seal, gboolean further, GError **error)
{
  gboolean reads = epoch->current || further || newcomers_read (authority, &epoch->scope);
  gboolean body = reads || cosmic_id_is_zero (&epoch->scope);

  if (!dpop_membership_policy_holds (authority, member, &epoch->scope, TRUE))
    return TRUE;
  return dpop_command_shares_add (self, &epoch->scope, epoch->epoch, body ? epoch->body : NULL,
                                  reads ? epoch->personal : NULL, seal, error);
}

gboolean
dpop_command_shares_for (DpopCommandShares *self, const CosmicId *member, const CosmicId *seal,
                         gboolean further, const GArray *scopes, GError **error)
{
  const CosmicState *authority = dpop_profile_state (self->profile, NULL, error);
  g_autoptr (GArray) epochs = NULL;

  if (authority == NULL || (epochs = keys_at_hand (self->profile, authority, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < epochs->len; i++)
    {
      const Epoch *epoch = &g_array_index (epochs, Epoch, i);

      if ((scopes == NULL || cosmic_ids_contain (scopes, &epoch->scope))
          && !add_epoch (self, authority, epoch, member, seal, further, error))
        return FALSE;
    }
  return TRUE;
}

/* --- For all who hold a scope. ---------------------------------------------------------------- */

gboolean
dpop_command_shares_epoch (DpopCommandShares *self, const CosmicState *authority,
                           const CosmicId *scope, guint32 epoch, CosmicScopeKey *body,
                           CosmicScopeKey *personal, DpopCommandHolds holds, GError **error)
{
  g_autoptr (GArray) keys = cosmic_authority_devices (authority);

  for (guint i = 0; i < keys->len; i++)
    {
      CosmicDevice device;

      if (cosmic_authority_device (authority, &g_array_index (keys, CosmicId, i), &device)
          && holds (authority, &device.member, scope)
          && !dpop_command_shares_add (self, scope, epoch, body, personal, &device.seal, error))
        return FALSE;
    }
  return TRUE;
}

/* --- After a change. -------------------------------------------------------------------------- */

GArray *
dpop_command_shares_held (const CosmicState *authority, const CosmicId *member)
{
  g_autoptr (GArray) scopes = cosmic_authority_scopes (authority);
  GArray *held = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  for (guint i = 0; i < scopes->len; i++)
    if (dpop_membership_policy_holds (authority, member, &g_array_index (scopes, CosmicId, i),
                                      TRUE))
      g_array_append_val (held, g_array_index (scopes, CosmicId, i));
  return held;
}

static gboolean
say_share (DpopProfile *profile, const CosmicId *device, GBytes *envelope, const CosmicId *scope,
           GError **error)
{
  CosmicLabel label;
  CosmicId id;

  cosmic_envelope_id (envelope, &id);
  cosmic_envelope_label (envelope, &label); /* its order is the epoch */
  return dpop_profile_say (profile, NULL,
                           dpop_claim_new (COSMIC_KIND_SHARE,
                                           cosmic_share_body (scope, (guint32) label.order, device,
                                                              &id),
                                           NULL, NULL),
                           NULL, error);
}

static gboolean
complete_device (DpopProfile *profile, const CosmicId *member, const CosmicId *key,
                 const CosmicDevice *device, const CosmicId *scope, guint *given, GError **error)
{
  g_autoptr (GArray) scopes = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  g_auto (DpopCommandShares) shares = { 0 };

  g_array_append_vals (scopes, scope, 1);
  dpop_command_shares_init (&shares, profile);
  if (!dpop_command_shares_for (&shares, member, &device->seal, FALSE, scopes, error)
      || !dpop_command_shares_store (&shares, error))
    return FALSE;
  for (guint i = 0; i < shares.envelopes->len; i++)
    if (!say_share (profile, key, shares.envelopes->pdata[i], scope, error))
      return FALSE;
  *given += shares.envelopes->len;
  return TRUE;
}

/* Who may not read a scope has no key of it to give; who may, gives it. */
static gboolean
complete_scope (DpopProfile *profile, const CosmicId *member, const CosmicId *scope, guint *given,
                GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) keys = NULL;
  CosmicId own;

  if (authority == NULL || !dpop_profile_own_member (profile, &own, error))
    return FALSE;
  if (!dpop_membership_policy_holds (authority, &own, scope, TRUE))
    return TRUE;
  keys = cosmic_authority_devices_of (authority, member);
  for (guint i = 0; i < keys->len; i++)
    {
      const CosmicId *key = &g_array_index (keys, CosmicId, i);
      CosmicDevice device;

      if ((authority = dpop_profile_state (profile, NULL, error)) == NULL)
        return FALSE;
      if (cosmic_authority_device (authority, key, &device) && !device.off
          && !complete_device (profile, member, key, &device, scope, given, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
dpop_command_shares_complete (DpopProfile *profile, const CosmicId *member, const GArray *before,
                              guint *given, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) held = NULL;
  guint count = 0;

  if (given == NULL)
    given = &count;
  *given = 0;
  if (authority == NULL)
    return FALSE;
  if (!cosmic_authority_has_device (authority, member))
    return TRUE;
  held = dpop_command_shares_held (authority, member);
  for (guint i = 0; i < held->len; i++)
    {
      const CosmicId *scope = &g_array_index (held, CosmicId, i);

      if ((before == NULL || !cosmic_ids_contain (before, scope))
          && !complete_scope (profile, member, scope, given, error))
        return FALSE;
    }
  return TRUE;
}
