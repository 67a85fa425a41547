/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-vault-slots.h"
#include "dpop-vault-vfs.h"
#include "dpop-vault.h"

#include <pthread.h>

G_BEGIN_DECLS

/* MUTEX guards all that changes. ROOT is NULL when locked; VFS then answers with errors. */
struct _DpopVault
{
  DpopVaultEffects effects;
  char *folder;
  gpointer claim;

  pthread_mutex_t mutex;
  DpopVaultSlots *slots;
  CosmicSecret *root;
  DpopVaultVfs *vfs;
};

char *dpop_vault_database_path (const DpopVault *self, guint32 generation);

/* A VFS for the database of GENERATION under ROOT. */
DpopVaultVfs *dpop_vault_make_vfs (const DpopVault *self, const CosmicSecret *root,
                                   guint32 generation);

/* The keys that the pages are under. */
CosmicSecret *dpop_vault_page_key (const CosmicSecret *root, guint8 id[16]);

/* Reads the key file again. */
gboolean dpop_vault_reload_slots (DpopVault *self, GError **error);

/* COST, measured if it is to be. */
CosmicPasswordCost dpop_vault_settle_cost (CosmicPasswordCost cost);

/* A connection, while MUTEX is held. */
gboolean dpop_vault_connect_locked (DpopVault *self, DpopVaultMode mode, sqlite3 **db,
                                    GError **error);

/* Removes the database of GENERATION, and its log, if they are there. */
void dpop_vault_remove_database (const DpopVault *self, guint32 generation);

G_END_DECLS
