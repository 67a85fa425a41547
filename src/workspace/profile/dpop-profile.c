/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-profile.h"

#include "cosmic-log-propose.h"
#include "dpop-log-store.h"
#include "dpop-projection.h"
#include "dpop-rules.h"
#include "dpop-sentence.h"

#include <glib/gi18n-lib.h>

struct _DpopProfile
{
  DpopProfileEffects effects;
  DpopVault *vault;
  DpopDatabase *database;
  DpopLogStore *store;
  CosmicLog *log;
  CosmicSecret *device;
  CosmicSecret *seal;
  CosmicSecret *witness; /* NULL: this computer confirms nothing */
  DpopProfileProjector projector;
  gpointer projector_data;
  GDestroyNotify projector_destroy;
};

G_DEFINE_QUARK (dpop-profile-error-quark, dpop_profile_error)

/* Reasons travel in the code of a refusal, behind the codes of the enumeration. */
#define REASON_BASE 1000

gboolean
dpop_profile_refuse (GError **error, CosmicReason reason)
{
  g_set_error_literal (error, DPOP_PROFILE_ERROR, REASON_BASE + (gint) reason,
                       dpop_sentence_for_reason (reason));
  return FALSE;
}

CosmicReason
dpop_profile_error_reason (const GError *error)
{
  return error->domain == DPOP_PROFILE_ERROR && error->code >= REASON_BASE
             ? (CosmicReason) (error->code - REASON_BASE)
             : COSMIC_REASON_NONE;
}

/* --- Opening. --------------------------------------------------------------------------------- */

static gboolean
migrate (DpopProfile *self, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  for (guint i = 0; i < dpop_log_store_n_schema; i++)
    g_ptr_array_add (steps, (gpointer) dpop_log_store_schema[i]);
  for (guint i = 0; i < dpop_projection_n_schema; i++)
    g_ptr_array_add (steps, (gpointer) dpop_projection_schema[i]);
  return dpop_database_migrate (self->database, (const char *const *) steps->pdata, steps->len,
                                error);
}

static CosmicSecret *
load_secret (DpopProfile *self, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = dpop_profile_get_setting (self, name, error);

  if (bytes == NULL || g_bytes_get_size (bytes) != 32)
    return NULL;
  return cosmic_secret_copy (g_bytes_get_data (bytes, NULL), 32);
}

static gboolean
store_secret (DpopProfile *self, const char *name, const guint8 *secret, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (secret, 32);

  return dpop_profile_put_setting (self, name, bytes, error);
}

static CosmicSecret *
load_sign_key (DpopProfile *self, const char *name, GError **error)
{
  g_autoptr (CosmicSecret) seed = load_secret (self, name, error);
  guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE];

  return seed != NULL ? cosmic_sign_key_from_seed (cosmic_secret_bytes (seed), public_key) : NULL;
}

static gboolean
make_own_keys (DpopProfile *self, GError **error)
{
  guint8 public_key[COSMIC_SIGN_PUBLIC_SIZE];
  g_autoptr (CosmicSecret) device = cosmic_sign_key_new (self->effects.random, public_key);
  g_autoptr (CosmicSecret) seal = cosmic_seal_key_new (self->effects.random, public_key);

  if (!cosmic_log_begin (self->log, error))
    return FALSE;
  if (store_secret (self, "device", cosmic_sign_key_seed (device), error)
      && store_secret (self, "seal", cosmic_secret_bytes (seal), error))
    return cosmic_log_commit (self->log, error);
  cosmic_log_rollback (self->log, NULL);
  return FALSE;
}

static gboolean
load_own_keys (DpopProfile *self, GError **error)
{
  GError *failure = NULL;

  self->device = load_sign_key (self, "device", &failure);
  if (failure == NULL)
    self->seal = load_secret (self, "seal", &failure);
  if (failure == NULL)
    self->witness = load_sign_key (self, "witness", &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (self->device != NULL && self->seal != NULL)
    return TRUE;
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                       _("This profile has lost the keys of its computer. Join again as a new "
                         "computer."));
  return FALSE;
}

/* Takes VAULT. */
static DpopProfile *
open_in_vault (DpopVault *vault, gboolean fresh, const DpopProfileEffects *effects, GError **error)
{
  g_autoptr (DpopProfile) self = g_new0 (DpopProfile, 1);
  sqlite3 *connection = NULL;

  self->vault = vault;
  self->effects = *effects;
  if (!dpop_vault_connect (vault, DPOP_VAULT_READ_WRITE, &connection, error))
    return NULL;
  self->database = dpop_database_new (connection);
  if (!migrate (self, error))
    return NULL;
  self->store = dpop_log_store_new (self->database);
  self->log = cosmic_log_new (dpop_log_store_table (self->store), dpop_rules (),
                              self->effects.random, self->effects.clock, error);
  if (self->log == NULL || (fresh && !make_own_keys (self, error)) || !load_own_keys (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static DpopProfileEffects
effects_or_system (const DpopProfileEffects *effects)
{
  if (effects != NULL)
    return *effects;
  return (DpopProfileEffects){ dpop_random_system (), dpop_clock_system () };
}

static DpopVaultEffects
vault_effects (const DpopProfileEffects *effects)
{
  DpopVaultEffects own = dpop_vault_effects_system ();

  own.clock = effects->clock;
  return own; /* the vault's nonces stay the system's, whatever is simulated above */
}

DpopProfile *
dpop_profile_create (const char *folder, const CosmicSecret *passphrase, CosmicPasswordCost cost,
                     const DpopProfileEffects *given, GError **error)
{
  DpopProfileEffects effects = effects_or_system (given);
  DpopVaultEffects below = vault_effects (&effects);
  DpopVault *vault = dpop_vault_create (folder, passphrase, cost, &below, error);

  return vault != NULL ? open_in_vault (vault, TRUE, &effects, error) : NULL;
}

DpopProfile *
dpop_profile_open (const char *folder, const CosmicSecret *passphrase,
                   const DpopProfileEffects *given, GError **error)
{
  DpopProfileEffects effects = effects_or_system (given);
  DpopVaultEffects below = vault_effects (&effects);
  DpopVault *vault = dpop_vault_open (folder, passphrase, &below, error);

  return vault != NULL ? open_in_vault (vault, FALSE, &effects, error) : NULL;
}

void
dpop_profile_free (DpopProfile *self)
{
  if (self == NULL)
    return;
  dpop_profile_set_projector (self, NULL, NULL, NULL);
  cosmic_log_free (self->log);
  dpop_log_store_free (self->store);
  dpop_database_free (self->database);
  cosmic_secret_free (self->device);
  cosmic_secret_free (self->seal);
  cosmic_secret_free (self->witness);
  dpop_vault_free (self->vault);
  g_free (self);
}

CosmicLog *
dpop_profile_log (DpopProfile *self)
{
  return self->log;
}

DpopDatabase *
dpop_profile_database (DpopProfile *self)
{
  return self->database;
}

DpopVault *
dpop_profile_vault (DpopProfile *self)
{
  return self->vault;
}

DpopRandom
dpop_profile_random (const DpopProfile *self)
{
  return self->effects.random;
}

DpopClock
dpop_profile_clock (const DpopProfile *self)
{
  return self->effects.clock;
}

/* --- Whose computer this is. ------------------------------------------------------------------ */

const CosmicSecret *
dpop_profile_device (const DpopProfile *self)
{
  return self->device;
}

const CosmicSecret *
dpop_profile_seal (const DpopProfile *self)
{
  return self->seal;
}

void
dpop_profile_device_id (const DpopProfile *self, CosmicId *id)
{
  memcpy (id->bytes, cosmic_sign_key_public (self->device), COSMIC_ID_SIZE);
}

void
dpop_profile_seal_id (const DpopProfile *self, CosmicId *id)
{
  cosmic_seal_public (self->seal, id->bytes);
}

const CosmicSecret *
dpop_profile_witness (const DpopProfile *self)
{
  return self->witness;
}

gboolean
dpop_profile_make_witness (DpopProfile *self, CosmicId *key, GError **error)
{
  CosmicSecret *witness = cosmic_sign_key_new (self->effects.random, key->bytes);

  if (!store_secret (self, "witness", cosmic_sign_key_seed (witness), error))
    {
      cosmic_secret_free (witness);
      return FALSE;
    }
  g_clear_pointer (&self->witness, cosmic_secret_free);
  self->witness = witness;
  return TRUE;
}

gboolean
dpop_profile_is_witness (DpopProfile *self)
{
  const CosmicState *authority = cosmic_log_authority (self->log, NULL);
  CosmicWitnesses witnesses = { 0 };
  gboolean is = FALSE;
  CosmicId own;

  if (self->witness == NULL || authority == NULL)
    return FALSE;
  memcpy (own.bytes, cosmic_sign_key_public (self->witness), COSMIC_ID_SIZE);
  is = cosmic_authority_witnesses (authority, &witnesses)
       && cosmic_ids_contain (witnesses.keys, &own);
  cosmic_witnesses_clear (&witnesses);
  return is;
}

gboolean
dpop_profile_confirms_alone (DpopProfile *self)
{
  CosmicWitnesses witnesses;
  gboolean alone;

  if (self->witness == NULL || !cosmic_log_is_founded (self->log)
      || !cosmic_log_witnesses (self->log, &witnesses, NULL))
    return FALSE;
  alone = witnesses.keys->len == 1
          && memcmp (g_array_index (witnesses.keys, CosmicId, 0).bytes,
                     cosmic_sign_key_public (self->witness), COSMIC_ID_SIZE)
                 == 0;
  cosmic_witnesses_clear (&witnesses);
  return alone;
}

gboolean
dpop_profile_own_member (DpopProfile *self, CosmicId *member, GError **error)
{
  const CosmicState *authority = cosmic_log_authority (self->log, error);
  CosmicDevice device;
  CosmicId key;

  if (authority == NULL)
    return FALSE;
  dpop_profile_device_id (self, &key);
  if (cosmic_authority_device (authority, &key, &device))
    {
      *member = device.member;
      return TRUE;
    }
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_A_MEMBER,
                       _("This computer belongs to no organisation yet. Start one, or join one "
                         "with an invitation."));
  return FALSE;
}

/* --- Changing. -------------------------------------------------------------------------------- */

void
dpop_profile_set_projector (DpopProfile *self, DpopProfileProjector projector, gpointer data,
                            GDestroyNotify destroy)
{
  if (self->projector_destroy != NULL)
    self->projector_destroy (self->projector_data);
  self->projector = projector;
  self->projector_data = data;
  self->projector_destroy = destroy;
}

gboolean
dpop_profile_has_projector (const DpopProfile *self)
{
  return self->projector != NULL;
}

gboolean
dpop_profile_begin (DpopProfile *self, GError **error)
{
  return cosmic_log_begin (self->log, error);
}

gboolean
dpop_profile_project (DpopProfile *self, GError **error)
{
  g_autoptr (GArray) changes = cosmic_log_take_changes (self->log, error);

  return changes != NULL
         && (changes->len == 0 || self->projector == NULL
             || self->projector (self, changes, self->projector_data, error));
}

gboolean
dpop_profile_commit (DpopProfile *self, GError **error)
{
  if (dpop_profile_project (self, error))
    return cosmic_log_commit (self->log, error);
  dpop_profile_rollback (self);
  return FALSE;
}

void
dpop_profile_rollback (DpopProfile *self)
{
  g_autoptr (GArray) forgotten = NULL;

  cosmic_log_rollback (self->log, NULL);
  /* What is folded anew is as the read model has it. */
  forgotten = cosmic_log_take_changes (self->log, NULL);
  g_clear_pointer (&self->witness, cosmic_secret_free);
  self->witness = load_sign_key (self, "witness", NULL);
}

/* What CLAIM says in STREAM; its values stay its own. */
static CosmicClaim
said_in (const CosmicId *stream, const DpopClaim *claim)
{
  return (CosmicClaim){ .stream = stream != NULL ? *stream : cosmic_id_zero,
                        .kind = claim->kind,
                        .body = claim->body,
                        .personal = claim->personal,
                        .personal_scope = claim->personal_scope };
}

gboolean
dpop_profile_try (DpopProfile *self, const CosmicId *stream, DpopClaim *taken,
                  CosmicReason *reason, GError **error)
{
  g_autoptr (DpopClaim) claim = taken;
  const CosmicClaim said = said_in (stream, claim);

  return cosmic_log_try (self->log, self->device, &said, reason, error);
}

gboolean
dpop_profile_say_with (DpopProfile *self, const CosmicSecret *device, const CosmicId *stream,
                       DpopClaim *taken, CosmicId *id, GError **error)
{
  g_autoptr (DpopClaim) claim = taken;
  g_autoptr (CosmicOperation) operation = NULL;
  const CosmicClaim said = said_in (stream, claim);
  CosmicReason reason;

  if (!cosmic_log_append (self->log, device, &said, &operation, &reason, error))
    return FALSE;
  if (reason != COSMIC_REASON_NONE)
    return dpop_profile_refuse (error, reason);
  if (id != NULL)
    *id = operation->id;
  return TRUE;
}

gboolean
dpop_profile_say (DpopProfile *self, const CosmicId *stream, DpopClaim *claim, CosmicId *id,
                  GError **error)
{
  return dpop_profile_say_with (self, self->device, stream, claim, id, error);
}

gboolean
dpop_profile_say_alone (DpopProfile *self, const CosmicId *stream, DpopClaim *claim, CosmicId *id,
                        GError **error)
{
  if (!dpop_profile_begin (self, error))
    {
      dpop_claim_free (claim);
      return FALSE;
    }
  if (dpop_profile_say (self, stream, claim, id, error))
    return dpop_profile_commit (self, error);
  dpop_profile_rollback (self);
  return FALSE;
}

gboolean
dpop_profile_confirm (DpopProfile *self, guint *covered, GError **error)
{
  guint count;

  return cosmic_log_certify (self->log, self->witness, covered != NULL ? covered : &count, error);
}

/* --- Reading. --------------------------------------------------------------------------------- */

const CosmicState *
dpop_profile_state (DpopProfile *self, const CosmicId *stream, GError **error)
{
  return cosmic_log_state (self->log, stream != NULL ? stream : &cosmic_id_zero, error);
}

GVariant *
dpop_profile_personal (DpopProfile *self, const CosmicId *operation, const char *type,
                       gboolean *erased)
{
  CosmicLogStore store = cosmic_log_store (self->log);
  const CosmicState *authority = cosmic_log_authority (self->log, NULL);
  g_autoptr (CosmicEntry) entry = NULL;
  gboolean gone;

  if (erased != NULL)
    *erased = FALSE;
  if (!store.table->find_entry (store.self, operation, &entry, NULL) || entry == NULL
      || authority == NULL)
    return NULL;
  /* An erasure hides at once; the part is deleted when it is confirmed. */
  gone = entry->personal.erased
         || cosmic_authority_erased (authority, operation, &entry->subject,
                                     entry->height > 0 ? entry->height
                                                       : cosmic_log_height (self->log) + 1);
  if (erased != NULL)
    *erased = gone;
  return gone || entry->personal.plain == NULL
             ? NULL
             : cosmic_part_content (entry->personal.plain, type);
}

gboolean
dpop_profile_put_setting (DpopProfile *self, const char *name, GBytes *value, GError **error)
{
  CosmicLogStore store = cosmic_log_store (self->log);

  return store.table->put_setting (store.self, name, value, error);
}

GBytes *
dpop_profile_get_setting (DpopProfile *self, const char *name, GError **error)
{
  CosmicLogStore store = cosmic_log_store (self->log);

  return store.table->get_setting (store.self, name, error);
}
