/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-password.h"
#include "cosmic-secret.h"
#include "dpop-clock.h"
#include "dpop-random.h"
#include "dpop-vault-disk.h"
#include "dpop-vault-error.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* The vault: a profile folder whose contents nobody reads without the passphrase.
 *
 *   slots-a, slots-b   the root key, wrapped (dpop-vault-slots.h)
 *   database-N         the database, every page encrypted, and its "-wal" (dpop-vault-vfs.h)
 *   lock               who has it open
 *
 * N is the generation of the root key. Other rooms keep what they encrypt themselves in the same
 * folder, under keys from dpop_vault_derive().
 * What it does not claim: that an older version of the whole file, or of one page, is noticed; nor
 * that a system which reads this process's memory while it is unlocked learns nothing.
 * Safe from any thread, but for dpop_vault_free(). */
typedef struct _DpopVault DpopVault;

/* What the vault does to the world; passed by value, borrowed tables outlive the vault. */
typedef struct
{
  DpopVaultDisk disk;
  DpopRandom random; /* called from any thread that has a connection */
  DpopClock clock;
} DpopVaultEffects;

DpopVaultEffects dpop_vault_effects_system (void);

/* A cost to be measured on this machine: about a second a guess. For everybody who has a
 * passphrase; tests and simulated members use COSMIC_PASSWORD_COST_TEST. */
#define DPOP_VAULT_COST_CALIBRATED ((CosmicPasswordCost){ 0, 0 })

/* Makes a profile in FOLDER (which is made too, and must hold none) and opens it. EFFECTS NULL: the
 * system's. */
DpopVault *dpop_vault_create (const char *folder, const CosmicSecret *passphrase,
                              CosmicPasswordCost cost, const DpopVaultEffects *effects,
                              GError **error);

/* Opens it. DPOP_VAULT_ERROR_BUSY names the program that has it open; _WRONG_PASSPHRASE takes as
 * long as the right one. What a crash left undone is finished, or undone, here. */
DpopVault *dpop_vault_open (const char *folder, const CosmicSecret *passphrase,
                            const DpopVaultEffects *effects, GError **error);

/* Locks, and gives the folder free. Connections should be closed by then; those that are not answer
 * SQLITE_IOERR_AUTH, and must still be closed. */
void dpop_vault_free (DpopVault *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopVault, dpop_vault_free)

typedef enum
{
  DPOP_VAULT_READ_WRITE, /* one at a time: it owns all commits and checkpoints */
  DPOP_VAULT_READ_ONLY,  /* any number, which never wait for the writer */
} DpopVaultMode;

/* A connection, used from one thread at a time and closed with sqlite3_close(). WAL mode with
 * synchronous=FULL, foreign keys on, temporary tables and sorters in memory, extended result codes.
 * It opens no other file: ATTACH and VACUUM INTO are refused. */
gboolean dpop_vault_connect (DpopVault *self, DpopVaultMode mode, sqlite3 **db, GError **error);

/* Copies what is in the log into the database, as far as readers allow it, and empties the log when
 * none is in the way. DB is the writing connection, outside a transaction. For quiet moments:
 * commits do so by themselves every 1,000 pages. */
gboolean dpop_vault_checkpoint (DpopVault *self, sqlite3 *db, GError **error);

/* A sub-key of the root key for another use; CONTEXT is 8 characters, not "dpopvaul". SIZE 16
 * to 64. FALSE only when locked. It changes when the vault is re-encrypted. */
gboolean dpop_vault_derive (DpopVault *self, const char context[8], guint64 number, gpointer out,
                            gsize size, GError **error);

/* Another passphrase for the same root key. After any crash the old or the new one opens. OLD is
 * checked. */
gboolean dpop_vault_change_passphrase (DpopVault *self, const CosmicSecret *old_passphrase,
                                       const CosmicSecret *new_passphrase, CosmicPasswordCost cost,
                                       GError **error);

/* Whether PASSPHRASE opens it. FALSE with DPOP_VAULT_ERROR_WRONG_PASSPHRASE if it does not; takes
 * as long as opening. */
gboolean dpop_vault_check_passphrase (DpopVault *self, const CosmicSecret *passphrase,
                                      GError **error);

/* What another room encrypted under sub-keys must be encrypted again too. CARRY is called once,
 * after the database was copied and before the new root key counts: it writes what it has once
 * more, under names that belong to the new generation, and syncs it. It removes what belongs to
 * other generations than dpop_vault_generation() when the vault is opened. */
typedef struct _DpopVaultRekey DpopVaultRekey;

void dpop_vault_rekey_derive (const DpopVaultRekey *self, gboolean from_new, const char context[8],
                              guint64 number, gpointer out, gsize size);
guint32 dpop_vault_rekey_generation (const DpopVaultRekey *self, gboolean from_new);

typedef gboolean (*DpopVaultCarry) (const DpopVaultRekey *rekey, gpointer user_data,
                                    GError **error);

/* "The key leaked": a new root key, and everything encrypted again under it. No connection may be
 * open. PASSPHRASE is checked, and opens the new key too. After any crash the old or the new state
 * opens, whole; called again it begins anew. Needs as much room on the disk as the database takes.
 * CARRY may be NULL. */
gboolean dpop_vault_reencrypt (DpopVault *self, const CosmicSecret *passphrase,
                               CosmicPasswordCost cost, DpopVaultCarry carry, gpointer user_data,
                               GError **error);

/* Wipes every key from memory; transactions end with SQLITE_IOERR_AUTH, or SQLITE_INTERRUPT. The
 * folder stays claimed. Caches of open connections hold pages until these are closed. */
void     dpop_vault_lock      (DpopVault *self);
gboolean dpop_vault_is_locked (DpopVault *self);
gboolean dpop_vault_unlock    (DpopVault *self, const CosmicSecret *passphrase, GError **error);

const char *dpop_vault_folder     (const DpopVault *self);
guint32     dpop_vault_generation (DpopVault *self);

G_END_DECLS
