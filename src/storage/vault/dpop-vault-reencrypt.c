/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-private.h"

#include "cosmic-hash.h"
#include "dpop-vault-seal.h"

#include <errno.h>

/* Re-encryption in four steps, each of which is on the disk before the next begins:
 *  1. the log is copied into the database of generation N, and is gone;
 *  2. database N+1 is written under the new root key, page by page; CARRY writes what is not ours;
 *  3. the key file names N+1 and wraps the new root key: from its first copy on, N+1 counts;
 *  4. database N is removed.
 * A crash before 3 leaves N as it was, and a database N+1 that the next opening removes; one after
 * it leaves N+1, and a database N that the next opening removes once both copies name N+1. */

struct _DpopVaultRekey
{
  const CosmicSecret *roots[2]; /* old, new */
  guint32 generations[2];
};

void
dpop_vault_rekey_derive (const DpopVaultRekey *self, gboolean from_new, const char context[8],
                         guint64 number, gpointer out, gsize size)
{
  cosmic_derive (cosmic_secret_bytes (self->roots[from_new ? 1 : 0]), context, number, out, size);
}

guint32
dpop_vault_rekey_generation (const DpopVaultRekey *self, gboolean from_new)
{
  return self->generations[from_new ? 1 : 0];
}

/* Closing the only connection would do it too, but would not say if it failed. */
static gboolean
empty_log (DpopVault *self, GError **error)
{
  sqlite3 *db = NULL;
  gboolean good;

  if (!dpop_vault_connect_locked (self, DPOP_VAULT_READ_WRITE, &db, error))
    return FALSE;
  good
      = sqlite3_wal_checkpoint_v2 (db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK;
  if (!good)
    dpop_vault_set_sqlite_error (error, db, "The log cannot be copied into the database");
  sqlite3_close (db);
  return good;
}

typedef struct
{
  DpopVaultDisk disk;
  gpointer from, to;
  DpopVaultSeal old_seal, new_seal;
} Copy;

static int
copy_page (Copy *copy, guint64 offset)
{
  guint8 sealed[DPOP_VAULT_PAGE_SIZE], plain[DPOP_VAULT_PAGE_SIZE - DPOP_VAULT_SEAL_OVERHEAD];
  gssize got = copy->disk.table->read (copy->disk.self, copy->from, sealed, sizeof sealed, offset);
  int answer;

  if (got != (gssize) sizeof sealed)
    return got < 0 ? (int) got : -EBADMSG;
  switch (dpop_vault_seal_open (&copy->old_seal, DPOP_VAULT_SEAL_PAGE, offset, sealed,
                                sizeof sealed, plain))
    {
    case COSMIC_XAES_GOOD:
      break;
    case COSMIC_XAES_FORGED:
      return -EBADMSG;
    case COSMIC_XAES_UNCHECKED:
    default:
      return -ENOMEM;
    }
  answer = dpop_vault_seal_close (&copy->new_seal, DPOP_VAULT_SEAL_PAGE, offset, NULL, plain,
                                  sizeof plain, sealed)
               ? copy->disk.table->write (copy->disk.self, copy->to, sealed, sizeof sealed, offset)
               : -ENOMEM;
  cosmic_wipe (plain, sizeof plain);
  return answer;
}

static int
copy_pages (Copy *copy, const char *from, const char *to)
{
  DpopVaultDisk disk = copy->disk;
  guint64 size = 0;
  int answer = disk.table->open (disk.self, from, DPOP_VAULT_DISK_READ, &copy->from);

  if (answer == 0)
    answer = disk.table->open (disk.self, to, DPOP_VAULT_DISK_CREATE, &copy->to);
  if (answer == 0)
    answer = disk.table->truncate (disk.self, copy->to, 0);
  if (answer == 0)
    answer = disk.table->size (disk.self, copy->from, &size);
  for (guint64 offset = 0; offset < size && answer == 0; offset += DPOP_VAULT_PAGE_SIZE)
    answer = copy_page (copy, offset);
  if (answer == 0)
    answer = disk.table->sync (disk.self, copy->to);
  if (copy->from != NULL)
    disk.table->close (disk.self, copy->from);
  if (copy->to != NULL)
    disk.table->close (disk.self, copy->to);
  return answer;
}

static gboolean
copy_database (DpopVault *self, const DpopVaultRekey *rekey, GError **error)
{
  g_autofree char *from = dpop_vault_database_path (self, rekey->generations[0]);
  g_autofree char *to = dpop_vault_database_path (self, rekey->generations[1]);
  Copy copy = { .disk = self->effects.disk };
  guint8 ids[2][DPOP_VAULT_ID_SIZE];
  g_autoptr (CosmicSecret) old_key = dpop_vault_page_key (rekey->roots[0], ids[0]);
  g_autoptr (CosmicSecret) new_key = dpop_vault_page_key (rekey->roots[1], ids[1]);
  int answer = -ENOMEM;

  dpop_vault_remove_database (self, rekey->generations[1]);
  if (dpop_vault_seal_init (&copy.old_seal, old_key, ids[0], self->effects.random)
      && dpop_vault_seal_init (&copy.new_seal, new_key, ids[1], self->effects.random))
    answer = copy_pages (&copy, from, to);
  dpop_vault_seal_clear (&copy.old_seal);
  dpop_vault_seal_clear (&copy.new_seal);
  if (answer == 0)
    answer = copy.disk.table->sync_folder (copy.disk.self, self->folder);
  if (answer == -EBADMSG)
    dpop_vault_set_code_error (error, SQLITE_IOERR_DATA, NULL, "The database cannot be copied");
  else if (answer != 0)
    dpop_vault_set_errno_error (error, -answer, "The database cannot be copied");
  return answer == 0;
}

/* Steps 2 and 3. A store that failed may have written its first copy: which of the two counts is
 * then for the next opening to say, so this one ends locked. */
static gboolean
change_root (DpopVault *self, const CosmicSecret *passphrase, CosmicPasswordCost cost,
             DpopVaultCarry carry, gpointer user_data, GError **error)
{
  guint32 generation = dpop_vault_slots_generation (self->slots);
  g_autoptr (CosmicSecret) root = NULL;
  g_autoptr (DpopVaultSlots) slots = NULL;
  g_autoptr (DpopVaultVfs) vfs = NULL;
  DpopVaultRekey rekey;

  slots
      = dpop_vault_slots_new (passphrase, cost, generation + 1, self->effects.random, &root, error);
  if (slots == NULL)
    return FALSE;
  dpop_vault_slots_continue (slots, dpop_vault_slots_sequence (self->slots) + 1);
  rekey = (DpopVaultRekey){ .roots = { self->root, root },
                            .generations = { generation, generation + 1 } };
  if (!copy_database (self, &rekey, error) || (carry != NULL && !carry (&rekey, user_data, error)))
    return FALSE;
  if ((vfs = dpop_vault_make_vfs (self, root, generation + 1)) == NULL)
    {
      dpop_vault_set_errno_error (error, ENOMEM, "The database cannot be opened");
      return FALSE;
    }
  if (!dpop_vault_slots_store (slots, root, self->effects.disk, self->folder, error))
    {
      g_clear_pointer (&self->root, cosmic_secret_free);
      dpop_vault_vfs_lock (self->vfs);
      return FALSE;
    }
  dpop_vault_vfs_free (self->vfs);
  dpop_vault_slots_free (self->slots);
  cosmic_secret_free (self->root);
  self->vfs = g_steal_pointer (&vfs);
  self->slots = g_steal_pointer (&slots);
  self->root = g_steal_pointer (&root);
  return TRUE;
}

static gboolean
reencrypt (DpopVault *self, const CosmicSecret *passphrase, CosmicPasswordCost cost,
           DpopVaultCarry carry, gpointer user_data, GError **error)
{
  g_autoptr (CosmicSecret) root = NULL;
  guint32 generation;

  if (self->root == NULL)
    {
      dpop_vault_set_code_error (error, SQLITE_IOERR_AUTH, NULL, "Nothing can be re-encrypted");
      return FALSE;
    }
  if (dpop_vault_vfs_count (self->vfs) > 0)
    {
      g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY,
                   "The database is in use. Close what is open of this profile and try again");
      return FALSE;
    }
  if (!dpop_vault_reload_slots (self, error)
      || (root = dpop_vault_slots_unlock (self->slots, passphrase, error)) == NULL
      || !empty_log (self, error))
    return FALSE;
  generation = dpop_vault_slots_generation (self->slots);
  if (!change_root (self, passphrase, cost, carry, user_data, error))
    return FALSE;
  dpop_vault_remove_database (self, generation);
  return TRUE;
}

gboolean
dpop_vault_reencrypt (DpopVault *self, const CosmicSecret *passphrase, CosmicPasswordCost cost,
                      DpopVaultCarry carry, gpointer user_data, GError **error)
{
  gboolean good;

  cost = dpop_vault_settle_cost (cost);
  pthread_mutex_lock (&self->mutex);
  good = reencrypt (self, passphrase, cost, carry, user_data, error);
  pthread_mutex_unlock (&self->mutex);
  return good;
}
