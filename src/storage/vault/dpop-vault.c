/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-private.h"

#include "cosmic-hash.h"
#include "dpop-vault-claim.h"
#include "dpop-vault-seal.h"

#include <errno.h>
#include <string.h>

#define CALIBRATED_MS 1000
#define OWN_CONTEXT   "dpopvaul"

DpopVaultEffects
dpop_vault_effects_system (void)
{
  return (DpopVaultEffects){ .disk = dpop_vault_disk_system (),
                             .random = dpop_random_system (),
                             .clock = dpop_clock_system () };
}

/* ---- Parts ---- */

char *
dpop_vault_database_path (const DpopVault *self, guint32 generation)
{
  g_autofree char *name = g_strdup_printf ("database-%u", generation);

  return g_build_filename (self->folder, name, NULL);
}

CosmicSecret *
dpop_vault_page_key (const CosmicSecret *root, guint8 id[DPOP_VAULT_ID_SIZE])
{
  CosmicSecret *key = cosmic_secret_new (COSMIC_XAES_KEY_SIZE);

  cosmic_derive (cosmic_secret_bytes (root), OWN_CONTEXT, 1, cosmic_secret_bytes (key),
                 COSMIC_XAES_KEY_SIZE);
  cosmic_derive (cosmic_secret_bytes (root), OWN_CONTEXT, 2, id, DPOP_VAULT_ID_SIZE);
  return key;
}

DpopVaultVfs *
dpop_vault_make_vfs (const DpopVault *self, const CosmicSecret *root, guint32 generation)
{
  g_autofree char *path = dpop_vault_database_path (self, generation);
  guint8 id[DPOP_VAULT_ID_SIZE];
  CosmicSecret *key = dpop_vault_page_key (root, id);

  return dpop_vault_vfs_new (self->effects.disk, self->effects.random, path, key, id);
}

static void
remove_file (const DpopVault *self, const char *path)
{
  DpopVaultDisk disk = self->effects.disk;
  gboolean exists = FALSE;

  if (disk.table->exists (disk.self, path, &exists) == 0 && exists)
    disk.table->remove (disk.self, path);
}

void
dpop_vault_remove_database (const DpopVault *self, guint32 generation)
{
  g_autofree char *path = dpop_vault_database_path (self, generation);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  remove_file (self, path);
  remove_file (self, log);
}

static gboolean
refuse_locked (GError **error)
{
  g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_LOCKED,
               "The profile is locked. Unlock it with its passphrase first");
  return FALSE;
}

CosmicPasswordCost
dpop_vault_settle_cost (CosmicPasswordCost cost)
{
  return cost.passes == 0 ? cosmic_password_calibrate (CALIBRATED_MS) : cost;
}

/* ---- Opening and closing ---- */

static DpopVault *
new_claimed (const char *folder, const DpopVaultEffects *effects, GError **error)
{
  DpopVault *self = g_new0 (DpopVault, 1);

  self->effects = effects != NULL ? *effects : dpop_vault_effects_system ();
  self->folder = g_canonicalize_filename (folder, NULL);
  pthread_mutex_init (&self->mutex, NULL);
  if (!dpop_vault_claim (self->effects.disk, self->effects.clock, self->folder, &self->claim,
                         error))
    {
      dpop_vault_free (self);
      return NULL;
    }
  return self;
}

static gboolean
make_database (DpopVault *self, GError **error)
{
  int answer;

  self->vfs = dpop_vault_make_vfs (self, self->root, dpop_vault_slots_generation (self->slots));
  answer = self->vfs != NULL ? dpop_vault_vfs_format (self->vfs) : -ENOMEM;
  if (answer != 0)
    dpop_vault_set_errno_error (error, -answer, "The database cannot be made");
  return answer == 0;
}

DpopVault *
dpop_vault_create (const char *folder, const CosmicSecret *passphrase, CosmicPasswordCost cost,
                   const DpopVaultEffects *effects, GError **error)
{
  DpopVaultDisk disk = effects != NULL ? effects->disk : dpop_vault_disk_system ();
  g_autoptr (DpopVault) self = NULL;
  g_autofree char *parent = NULL;
  int answer = disk.table->make_folder (disk.self, folder);

  if (answer != 0)
    {
      dpop_vault_set_errno_error (error, -answer, "The profile's folder cannot be made");
      return NULL;
    }
  if ((self = new_claimed (folder, effects, error)) == NULL)
    return NULL;
  if (dpop_vault_slots_exist (disk, self->folder))
    {
      g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_EXISTS,
                   "The folder %s holds a profile already. Open it, or choose another folder",
                   self->folder);
      return NULL;
    }
  self->slots = dpop_vault_slots_new (passphrase, dpop_vault_settle_cost (cost), 1,
                                      self->effects.random, &self->root, error);
  /* The key file comes last: without it there is no profile, and making one begins anew. */
  if (self->slots == NULL || !make_database (self, error)
      || !dpop_vault_slots_store (self->slots, self->root, disk, self->folder, error))
    return NULL;
  /* Where the folder above may not be read, its name lasts as long as the system thinks. */
  parent = g_path_get_dirname (self->folder);
  disk.table->sync_folder (disk.self, parent);
  return g_steal_pointer (&self);
}

/* What a crash may have left: a copy of the key file that is older than the other, and the database
 * of a generation that no longer counts, or does not count yet. The key file comes first: while a
 * copy names a generation, its database stays. */
static void
finish_what_a_crash_left (DpopVault *self, gboolean stale)
{
  guint32 generation = dpop_vault_slots_generation (self->slots);

  if (stale
      && !dpop_vault_slots_store (self->slots, self->root, self->effects.disk, self->folder, NULL))
    return; /* a full disk does not keep anyone out */
  dpop_vault_remove_database (self, generation - 1);
  dpop_vault_remove_database (self, generation + 1);
}

static gboolean
open_keys (DpopVault *self, const CosmicSecret *passphrase, GError **error)
{
  DpopVaultDisk disk = self->effects.disk;
  g_autoptr (DpopVaultSlots) slots = NULL;
  g_autofree char *path = NULL;
  gboolean stale = FALSE, exists = FALSE;

  slots = dpop_vault_slots_load (disk, self->folder, &stale, error);
  if (slots == NULL || (self->root = dpop_vault_slots_unlock (slots, passphrase, error)) == NULL)
    return FALSE;
  g_clear_pointer (&self->slots, dpop_vault_slots_free);
  self->slots = g_steal_pointer (&slots);
  path = dpop_vault_database_path (self, dpop_vault_slots_generation (self->slots));
  if (disk.table->exists (disk.self, path, &exists) != 0 || !exists)
    {
      g_clear_pointer (&self->root, cosmic_secret_free);
      g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_CORRUPT,
                   "The profile's database %s is missing. Restore it from a backup", path);
      return FALSE;
    }
  finish_what_a_crash_left (self, stale);
  self->vfs = dpop_vault_make_vfs (self, self->root, dpop_vault_slots_generation (self->slots));
  if (self->vfs == NULL)
    {
      g_clear_pointer (&self->root, cosmic_secret_free);
      dpop_vault_set_errno_error (error, ENOMEM, "The profile cannot be opened");
    }
  return self->vfs != NULL;
}

DpopVault *
dpop_vault_open (const char *folder, const CosmicSecret *passphrase,
                 const DpopVaultEffects *effects, GError **error)
{
  DpopVaultDisk disk = effects != NULL ? effects->disk : dpop_vault_disk_system ();
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_autoptr (DpopVault) self = NULL;

  if (!dpop_vault_slots_exist (disk, path))
    {
      g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_NOT_A_PROFILE,
                   "The folder %s holds no profile", path);
      return NULL;
    }
  if ((self = new_claimed (path, effects, error)) == NULL || !open_keys (self, passphrase, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dpop_vault_free (DpopVault *self)
{
  if (self == NULL)
    return;
  dpop_vault_vfs_free (self->vfs);
  cosmic_secret_free (self->root);
  dpop_vault_slots_free (self->slots);
  if (self->claim != NULL)
    self->effects.disk.table->release (self->effects.disk.self, self->claim);
  pthread_mutex_destroy (&self->mutex);
  g_free (self->folder);
  g_free (self);
}

/* ---- Keys ---- */

void
dpop_vault_lock (DpopVault *self)
{
  pthread_mutex_lock (&self->mutex);
  g_clear_pointer (&self->root, cosmic_secret_free);
  if (self->vfs != NULL)
    dpop_vault_vfs_lock (self->vfs);
  pthread_mutex_unlock (&self->mutex);
}

gboolean
dpop_vault_is_locked (DpopVault *self)
{
  gboolean is_locked;

  pthread_mutex_lock (&self->mutex);
  is_locked = self->root == NULL;
  pthread_mutex_unlock (&self->mutex);
  return is_locked;
}

gboolean
dpop_vault_unlock (DpopVault *self, const CosmicSecret *passphrase, GError **error)
{
  DpopVaultVfs *old;
  gboolean good = TRUE;

  pthread_mutex_lock (&self->mutex);
  if (self->root == NULL)
    {
      old = g_steal_pointer (&self->vfs);
      good = open_keys (self, passphrase, error);
      dpop_vault_vfs_free (old);
    }
  pthread_mutex_unlock (&self->mutex);
  return good;
}

gboolean
dpop_vault_derive (DpopVault *self, const char context[8], guint64 number, gpointer out, gsize size,
                   GError **error)
{
  gboolean good;

  g_return_val_if_fail (memcmp (context, OWN_CONTEXT, 8) != 0, FALSE);
  pthread_mutex_lock (&self->mutex);
  good = self->root != NULL || refuse_locked (error);
  if (good)
    cosmic_derive (cosmic_secret_bytes (self->root), context, number, out, size);
  pthread_mutex_unlock (&self->mutex);
  return good;
}

/* After a change that the disk cut short, which key file counts is for the disk to say. */
gboolean
dpop_vault_reload_slots (DpopVault *self, GError **error)
{
  gboolean stale;
  DpopVaultSlots *slots = dpop_vault_slots_load (self->effects.disk, self->folder, &stale, error);

  if (slots == NULL)
    return FALSE;
  dpop_vault_slots_free (self->slots);
  self->slots = slots;
  return TRUE;
}

static gboolean
change_passphrase (DpopVault *self, const CosmicSecret *old_passphrase,
                   const CosmicSecret *new_passphrase, CosmicPasswordCost cost, GError **error)
{
  g_autoptr (CosmicSecret) root = NULL;
  g_autoptr (DpopVaultSlots) slots = NULL;

  if (self->root == NULL)
    return refuse_locked (error);
  if (!dpop_vault_reload_slots (self, error)
      || (root = dpop_vault_slots_unlock (self->slots, old_passphrase, error)) == NULL)
    return FALSE;
  slots = dpop_vault_slots_rewrap (self->slots, root, new_passphrase, cost, self->effects.random,
                                   error);
  if (slots == NULL
      || !dpop_vault_slots_store (slots, root, self->effects.disk, self->folder, error))
    return FALSE;
  dpop_vault_slots_free (self->slots);
  self->slots = g_steal_pointer (&slots);
  return TRUE;
}

gboolean
dpop_vault_change_passphrase (DpopVault *self, const CosmicSecret *old_passphrase,
                              const CosmicSecret *new_passphrase, CosmicPasswordCost cost,
                              GError **error)
{
  gboolean good;

  cost = dpop_vault_settle_cost (cost);
  pthread_mutex_lock (&self->mutex);
  good = change_passphrase (self, old_passphrase, new_passphrase, cost, error);
  pthread_mutex_unlock (&self->mutex);
  return good;
}

gboolean
dpop_vault_check_passphrase (DpopVault *self, const CosmicSecret *passphrase, GError **error)
{
  g_autoptr (CosmicSecret) root = NULL;

  pthread_mutex_lock (&self->mutex);
  root = dpop_vault_slots_unlock (self->slots, passphrase, error);
  pthread_mutex_unlock (&self->mutex);
  return root != NULL;
}

const char *
dpop_vault_folder (const DpopVault *self)
{
  return self->folder;
}

guint32
dpop_vault_generation (DpopVault *self)
{
  guint32 generation;

  pthread_mutex_lock (&self->mutex);
  generation = dpop_vault_slots_generation (self->slots);
  pthread_mutex_unlock (&self->mutex);
  return generation;
}
