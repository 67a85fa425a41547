/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority-private.h"

#include "cosmic-seal.h"

GVariant *
cosmic_genesis_body (const CosmicGenesis *genesis)
{
  gsize size;
  gconstpointer charter = g_bytes_get_data (genesis->charter, &size);
  GVariant *fields[] = {
    cosmic_codec_new_bytes (charter, size),
    cosmic_codec_new_id (&genesis->founder),
    cosmic_codec_new_id (&genesis->seal),
    cosmic_codec_new_id (&genesis->witness),
    g_variant_new_uint32 (genesis->f),
    g_variant_new_fixed_array (G_VARIANT_TYPE_UINT16, genesis->roles->data, genesis->roles->len, 2),
    cosmic_codec_new_id (&genesis->body_key),
    cosmic_codec_new_id (&genesis->personal_key),
    cosmic_codec_new_id (&genesis->shares),
  };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

gboolean
cosmic_genesis_read (GVariant *body, CosmicGenesis *genesis)
{
  g_autoptr (GBytes) charter = cosmic_codec_child_bytes (body, 0);

  *genesis = (CosmicGenesis){ 0 };
  g_variant_get_child (body, 4, "u", &genesis->f);
  if (g_bytes_get_size (charter) > COSMIC_CHARTER_SIZE_MAX
      || !cosmic_codec_child_id (body, 1, &genesis->founder)
      || !cosmic_codec_child_id (body, 2, &genesis->seal)
      || !cosmic_codec_child_id (body, 3, &genesis->witness)
      || !cosmic_codec_child_id (body, 6, &genesis->body_key)
      || !cosmic_codec_child_id (body, 7, &genesis->personal_key)
      || !cosmic_codec_child_id (body, 8, &genesis->shares))
    return FALSE;
  genesis->charter = g_steal_pointer (&charter);
  return TRUE;
}

static GArray *
read_roles (GVariant *body)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (body, 5);
  GArray *roles = g_array_new (FALSE, FALSE, sizeof (guint16));
  gsize count;
  gconstpointer values = g_variant_get_fixed_array (child, &count, 2);

  if (count > 0)
    g_array_append_vals (roles, values, (guint) count);
  return roles;
}

static gboolean
is_zero_base (const CosmicBase *base)
{
  return base->height == 0 && cosmic_id_is_zero (&base->chain) && cosmic_id_is_zero (&base->id);
}

/* Whoever founds a party needs nobody's permission; but there is one genesis only, and it is the
 * operation that the party is named after. */
static CosmicReason
apply (CosmicFold *fold, GVariant *body)
{
  const CosmicOperation *operation = fold->operation;
  CosmicGenesis genesis;
  g_autoptr (GBytes) charter = NULL;
  g_autoptr (GArray) roles = NULL;
  CosmicDevice device = { 0 };

  if (!cosmic_id_same (&operation->id, &fold->party) || operation->header.seq != 0
      || cosmic_state_has (fold->state, cosmic_key (TAG_CHARTER, NULL, NULL)))
    return COSMIC_REASON_ALREADY;
  if (!cosmic_genesis_read (body, &genesis))
    return COSMIC_REASON_BAD_BODY;
  charter = genesis.charter;
  roles = read_roles (body);
  if (genesis.f != 0 || cosmic_id_is_zero (&genesis.founder)
      || !cosmic_seal_public_is_valid (genesis.seal.bytes)
      || !cosmic_sign_public_is_valid (genesis.witness.bytes)
      || !cosmic_sign_public_is_valid (operation->header.author.bytes)
      || !is_zero_base (&operation->header.base) || operation->header.n_parents != 0
      || !cosmic_id_same (&operation->header.key, &genesis.body_key)
      || !cosmic_id_same (&operation->header.body.key, &genesis.body_key)
      || (operation->header.personal.there
          && !cosmic_id_same (&operation->header.personal.key, &genesis.personal_key)))
    return COSMIC_REASON_BAD_BODY;

  device = (CosmicDevice){ .member = genesis.founder, .seal = genesis.seal, .since = fold->height };
  cosmic_authority_put_device (fold->state, &operation->header.author, &device);
  cosmic_authority_put_charter (fold->state, charter);
  cosmic_authority_found_witness (fold->state, &operation->header.author, &genesis.witness,
                                  genesis.f, fold->height);
  if (!cosmic_authority_add_scope (fold, &cosmic_id_zero, &genesis.body_key,
                                   &genesis.personal_key))
    return COSMIC_REASON_BAD_BODY;
  cosmic_authority_put_shares (fold, &genesis.shares);
  fold->member = genesis.founder;
  return fold->rules->policy->found (fold, charter, &genesis.founder, roles);
}

const CosmicKind cosmic_kind_genesis = {
  .number = COSMIC_KIND_GENESIS,
  .name = "genesis",
  .body_type = COSMIC_GENESIS_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 0,
  .personal = COSMIC_PERSONAL_MUST,
  .subject = -1,
  .since = 1,
  .apply = apply,
};

void
cosmic_authority_put_charter (CosmicState *authority, GBytes *charter)
{
  cosmic_state_put (authority, cosmic_key (TAG_CHARTER, NULL, NULL),
                    cosmic_codec_new_bytes (g_bytes_get_data (charter, NULL),
                                            g_bytes_get_size (charter)));
}

GBytes *
cosmic_authority_charter (const CosmicState *authority)
{
  const CosmicKey key = cosmic_key (TAG_CHARTER, NULL, NULL);

  /* An `ay` alone is its own encoding. */
  return cosmic_state_lookup (authority, &key);
}
