/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority-private.h"

#include "cosmic-envelope.h"

#define KEY_TYPE   "(aybutt)"
#define SCOPE_TYPE "(uayayt)"

typedef CosmicKeyPlace KeyEntry;

typedef struct
{
  guint32 epoch;
  CosmicId body_key;
  CosmicId personal_key;
  guint64 since;
} ScopeEntry;

static gboolean
get_key (const CosmicState *authority, const CosmicId *id, KeyEntry *entry)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (authority, cosmic_key (TAG_KEY, id, NULL), KEY_TYPE);
  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 1, "b", &entry->personal);
  g_variant_get_child (value, 2, "u", &entry->epoch);
  g_variant_get_child (value, 3, "t", &entry->since);
  g_variant_get_child (value, 4, "t", &entry->until);
  return cosmic_codec_child_id (value, 0, &entry->scope);
}

gboolean
cosmic_authority_key_place (const CosmicState *authority, const CosmicId *key,
                            CosmicKeyPlace *place)
{
  return get_key (authority, key, place);
}

static void
put_key (CosmicState *authority, const CosmicId *id, const KeyEntry *entry)
{
  GVariant *fields[] = { cosmic_codec_new_id (&entry->scope),
                         g_variant_new_boolean (entry->personal),
                         g_variant_new_uint32 (entry->epoch), g_variant_new_uint64 (entry->since),
                         g_variant_new_uint64 (entry->until) };

  cosmic_state_put (authority, cosmic_key (TAG_KEY, id, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static gboolean
get_scope (const CosmicState *authority, const CosmicId *id, ScopeEntry *entry)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (authority, cosmic_key (TAG_SCOPE, id, NULL), SCOPE_TYPE);
  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 0, "u", &entry->epoch);
  g_variant_get_child (value, 3, "t", &entry->since);
  return cosmic_codec_child_id (value, 1, &entry->body_key)
         && cosmic_codec_child_id (value, 2, &entry->personal_key);
}

static void
put_scope (CosmicState *authority, const CosmicId *id, const ScopeEntry *entry)
{
  GVariant *fields[] = { g_variant_new_uint32 (entry->epoch),
                         cosmic_codec_new_id (&entry->body_key),
                         cosmic_codec_new_id (&entry->personal_key),
                         g_variant_new_uint64 (entry->since) };

  cosmic_state_put (authority, cosmic_key (TAG_SCOPE, id, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

/* The keys of one epoch; both must be new. */
static gboolean
put_epoch (CosmicFold *fold, const CosmicId *scope, guint32 epoch, const CosmicId *body_key,
           const CosmicId *personal_key)
{
  KeyEntry entry = { .scope = *scope, .epoch = epoch, .since = fold->height };
  ScopeEntry now = { epoch, *body_key, *personal_key, fold->height };
  KeyEntry there;

  if (cosmic_id_same (body_key, personal_key) || get_key (fold->state, body_key, &there)
      || get_key (fold->state, personal_key, &there))
    return FALSE;
  put_key (fold->state, body_key, &entry);
  entry.personal = TRUE;
  put_key (fold->state, personal_key, &entry);
  put_scope (fold->state, scope, &now);
  return TRUE;
}

gboolean
cosmic_authority_add_scope (CosmicFold *fold, const CosmicId *scope, const CosmicId *body_key,
                            const CosmicId *personal_key)
{
  ScopeEntry there;

  return !get_scope (fold->state, scope, &there)
         && put_epoch (fold, scope, 0, body_key, personal_key);
}

gboolean
cosmic_authority_scope_key (const CosmicState *authority, const CosmicId *scope, gboolean personal,
                            CosmicId *key, guint32 *epoch)
{
  ScopeEntry entry;

  if (!get_scope (authority, scope, &entry))
    return FALSE;
  *key = personal ? entry.personal_key : entry.body_key;
  if (epoch != NULL)
    *epoch = entry.epoch;
  return TRUE;
}

gboolean
cosmic_authority_key_of (const CosmicState *authority, const CosmicId *key, CosmicId *scope,
                         gboolean *personal)
{
  KeyEntry entry;

  if (!get_key (authority, key, &entry))
    return FALSE;
  *scope = entry.scope;
  *personal = entry.personal;
  return TRUE;
}

gboolean
cosmic_authority_key_current (const CosmicState *authority, const CosmicId *key, guint64 base,
                              const CosmicId *scope, gboolean personal)
{
  KeyEntry entry;

  return get_key (authority, key, &entry) && entry.personal == personal
         && (scope == NULL || cosmic_id_same (&entry.scope, scope))
         && (entry.until == 0 || base < entry.until);
}

static gboolean
take_scope (const CosmicKey *key, GBytes *value, gpointer data)
{
  CosmicId id;

  cosmic_key_id (key, 0, &id);
  g_array_append_val ((GArray *) data, id);
  return TRUE;
}

GArray *
cosmic_authority_scopes (const CosmicState *authority)
{
  GArray *scopes = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  cosmic_state_each (authority, cosmic_key (TAG_SCOPE, NULL, NULL), take_scope, scopes);
  return scopes;
}

void
cosmic_authority_put_shares (CosmicFold *fold, const CosmicId *root)
{
  cosmic_state_put (fold->state, cosmic_key (TAG_SHARES, &fold->operation->id, NULL),
                    cosmic_codec_new_id (root));
}

/* --- Rotation. ------------------------------------------------------------------------------ */

static GVariant *
new_link (GBytes *link)
{
  return g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING,
                              link == NULL ? NULL
                                           : cosmic_codec_new_bytes (g_bytes_get_data (link, NULL),
                                                                     g_bytes_get_size (link)));
}

GVariant *
cosmic_rotation_body (const CosmicRotation *rotation)
{
  GVariant *fields[] = {
    cosmic_codec_new_id (&rotation->scope),        g_variant_new_uint32 (rotation->epoch),
    g_variant_new_uint64 (rotation->height),       cosmic_codec_new_id (&rotation->body_key),
    cosmic_codec_new_id (&rotation->personal_key), new_link (rotation->body_link),
    new_link (rotation->personal_link),            cosmic_codec_new_id (&rotation->shares),
  };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static gboolean
read_link (GVariant *body, guint index, GBytes **link)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (body, index);
  g_autoptr (GVariant) inner = g_variant_get_maybe (child);

  *link = inner != NULL ? g_variant_get_data_as_bytes (inner) : NULL;
  return *link == NULL || g_bytes_get_size (*link) == COSMIC_LINK_SIZE;
}

gboolean
cosmic_rotation_read (GVariant *body, CosmicRotation *rotation)
{
  *rotation = (CosmicRotation){ 0 };
  g_variant_get_child (body, 1, "u", &rotation->epoch);
  g_variant_get_child (body, 2, "t", &rotation->height);
  if (cosmic_codec_child_id (body, 0, &rotation->scope)
      && cosmic_codec_child_id (body, 3, &rotation->body_key)
      && cosmic_codec_child_id (body, 4, &rotation->personal_key)
      && cosmic_codec_child_id (body, 7, &rotation->shares)
      && read_link (body, 5, &rotation->body_link) && read_link (body, 6, &rotation->personal_link))
    return TRUE;
  cosmic_rotation_clear (rotation);
  return FALSE;
}

void
cosmic_rotation_clear (CosmicRotation *rotation)
{
  g_clear_pointer (&rotation->body_link, g_bytes_unref);
  g_clear_pointer (&rotation->personal_link, g_bytes_unref);
}

static void
supersede (CosmicFold *fold, const CosmicId *id)
{
  KeyEntry entry;

  if (get_key (fold->state, id, &entry))
    {
      entry.until = fold->height;
      put_key (fold->state, id, &entry);
    }
}

/* The party's body key always links back: who is in now can check the whole history. */
static CosmicReason
rotate (CosmicFold *fold, const CosmicRotation *rotation)
{
  ScopeEntry scope;

  if (!get_scope (fold->state, &rotation->scope, &scope))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (rotation->epoch != scope.epoch + 1)
    return COSMIC_REASON_ALREADY;
  if (rotation->height > fold->operation->header.base.height
      || (cosmic_id_is_zero (&rotation->scope) && rotation->body_link == NULL))
    return COSMIC_REASON_BAD_BODY;
  if (!cosmic_fold_may (fold, COSMIC_RIGHT_ROTATE, &fold->member, &rotation->scope))
    return COSMIC_REASON_NOT_ALLOWED;
  supersede (fold, &scope.body_key);
  supersede (fold, &scope.personal_key);
  if (!put_epoch (fold, &rotation->scope, rotation->epoch, &rotation->body_key,
                  &rotation->personal_key))
    return COSMIC_REASON_BAD_BODY;
  cosmic_authority_put_shares (fold, &rotation->shares);
  return COSMIC_REASON_NONE;
}

static CosmicReason
apply_rotation (CosmicFold *fold, GVariant *body)
{
  CosmicRotation rotation;
  CosmicReason reason;

  if (!cosmic_rotation_read (body, &rotation))
    return COSMIC_REASON_BAD_BODY;
  reason = rotate (fold, &rotation);
  cosmic_rotation_clear (&rotation);
  return reason;
}

const CosmicKind cosmic_kind_rotation = {
  .number = COSMIC_KIND_ROTATION,
  .name = "rotation",
  .body_type = COSMIC_ROTATION_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_rotation,
};

/* --- A share for a device that came later. --------------------------------------------------- */

GVariant *
cosmic_share_body (const CosmicId *scope, guint32 epoch, const CosmicId *device,
                   const CosmicId *share)
{
  GVariant *fields[] = { cosmic_codec_new_id (scope), g_variant_new_uint32 (epoch),
                         cosmic_codec_new_id (device), cosmic_codec_new_id (share) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static CosmicReason
apply_share (CosmicFold *fold, GVariant *body)
{
  CosmicId scope, key, share;
  CosmicDevice device;
  ScopeEntry entry;
  guint32 epoch;

  g_variant_get_child (body, 1, "u", &epoch);
  if (!cosmic_codec_child_id (body, 0, &scope) || !cosmic_codec_child_id (body, 2, &key)
      || !cosmic_codec_child_id (body, 3, &share))
    return COSMIC_REASON_BAD_BODY;
  if (!get_scope (fold->state, &scope, &entry) || epoch > entry.epoch
      || !cosmic_authority_device (fold->state, &key, &device) || device.off)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!fold->rules->policy->holds (fold->authority, &fold->member, &scope, FALSE))
    return COSMIC_REASON_NOT_ALLOWED;
  cosmic_authority_put_shares (fold, &share);
  return COSMIC_REASON_NONE;
}

const CosmicKind cosmic_kind_share = {
  .number = COSMIC_KIND_SHARE,
  .name = "share",
  .body_type = COSMIC_SHARE_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_share,
};
