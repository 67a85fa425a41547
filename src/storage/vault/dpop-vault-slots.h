/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-password.h"
#include "dpop-random.h"
#include "dpop-vault-disk.h"

G_BEGIN_DECLS

/* The key-slot file [format]: the profile's root key, wrapped once for each way of opening it.
 *
 *   "DPOPKEYS" version (4) sequence (8) generation (4) number of slots (4)
 *   each slot: type (4) size (4) payload
 *   MAC (32): BLAKE2b of all before, keyed by a sub-key of the root key
 *   checksum (32): BLAKE2b of all before
 *
 *   passphrase (type 1): passes (4) KiB of memory (4) salt (16) wrapped root key (32 + 40)
 *
 * Numbers are little endian. The root key is wrapped with XAES-256-GCM under the Argon2id key; its
 * label is the file's magic, version, the slot's type, costs and salt. Slots of types that this
 * version does not know (desktop keyring, recovery) are kept as they are. The checksum tells a torn
 * or rotten file from a wrong passphrase; the MAC says that whoever knew the root key wrote the
 * whole of it. GENERATION numbers the root key: the database of generation 3 is "database-3".
 *
 * Two copies lie in the folder, "slots-a" and "slots-b"; the valid one with the higher sequence
 * counts. */
#define DPOP_VAULT_ROOT_SIZE    32
#define DPOP_VAULT_SLOTS_LIMIT  (64 * 1024) /* bytes in a file */
#define DPOP_VAULT_SLOTS_NUMBER 32          /* slots in a file */

typedef struct _DpopVaultSlots DpopVaultSlots;

/* Draws a root key; it has one slot. COST as it is, in bounds. NULL and ERROR when there is no
 * memory for COST. */
DpopVaultSlots *dpop_vault_slots_new  (const CosmicSecret *passphrase, CosmicPasswordCost cost,
                                       guint32 generation, DpopRandom random, CosmicSecret **root,
                                       GError **error);
void            dpop_vault_slots_free (DpopVaultSlots *self);

/* Bytes from outside: every count and size is bounded. */
DpopVaultSlots *dpop_vault_slots_parse (GBytes *bytes, GError **error);
/* With the MAC by ROOT. */
GBytes         *dpop_vault_slots_encode (const DpopVaultSlots *self, const CosmicSecret *root);

/* The root key, by the passphrase slot. The whole file is authentic then. */
CosmicSecret *dpop_vault_slots_unlock (const DpopVaultSlots *self, const CosmicSecret *passphrase,
                                       GError **error);

/* The same slots but with PASSPHRASE in the place of the old one, and the next sequence number. */
DpopVaultSlots *dpop_vault_slots_rewrap (const DpopVaultSlots *self, const CosmicSecret *root,
                                         const CosmicSecret *passphrase, CosmicPasswordCost cost,
                                         DpopRandom random, GError **error);

guint64            dpop_vault_slots_sequence   (const DpopVaultSlots *self);
void               dpop_vault_slots_continue   (DpopVaultSlots *self, guint64 sequence);
guint32            dpop_vault_slots_generation (const DpopVaultSlots *self);
CosmicPasswordCost dpop_vault_slots_cost       (const DpopVaultSlots *self);

/* The newest valid copy in FOLDER. STALE is set when the other one differs, and is to be
 * stored again once the root key has shown that the newest is authentic. */
DpopVaultSlots *dpop_vault_slots_load   (DpopVaultDisk disk, const char *folder, gboolean *stale,
                                         GError **error);
/* Both copies, one after the other. After the first the new slots count. */
gboolean        dpop_vault_slots_store  (const DpopVaultSlots *self, const CosmicSecret *root,
                                         DpopVaultDisk disk, const char *folder, GError **error);
/* Whether FOLDER has a slot file at all. */
gboolean        dpop_vault_slots_exist  (DpopVaultDisk disk, const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopVaultSlots, dpop_vault_slots_free)

G_END_DECLS
