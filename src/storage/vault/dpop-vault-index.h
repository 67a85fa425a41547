/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <pthread.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* What SQLite keeps in a "-shm" file and in locks on the database file, kept in memory: a profile
 * is open in one process at a time, so its connections share an index and eight locks here, and
 * nothing of either reaches the disk. The index goes when the last connection lets go of it; the
 * next one makes SQLite recover it from the log. Safe from any thread. */
typedef struct
{
  pthread_mutex_t mutex;
  void **regions;
  int n_regions;
  guint mapped; /* connections that use the regions */
  guint shared[SQLITE_SHM_NLOCK];
  gboolean exclusive[SQLITE_SHM_NLOCK];
  /* Locks on the database file, as os_unix.c keeps them. */
  guint file_shared;
  gboolean file_reserved, file_pending, file_exclusive;
} DpopVaultIndex;

/* What one connection holds. Zeros to begin with. */
typedef struct
{
  gboolean mapped;
  guint shared, exclusive; /* bits: the index's locks */
  int level;               /* SQLITE_LOCK_NONE to SQLITE_LOCK_EXCLUSIVE */
} DpopVaultIndexUser;

void dpop_vault_index_init  (DpopVaultIndex *self);
void dpop_vault_index_clear (DpopVaultIndex *self);

/* These answer with SQLite's codes, as its methods xShmMap and so on do. */
int  dpop_vault_index_map   (DpopVaultIndex *self, DpopVaultIndexUser *user, int region, int size,
                             gboolean extend, void volatile **out);
int  dpop_vault_index_lock  (DpopVaultIndex *self, DpopVaultIndexUser *user, int first, int n,
                             int flags);
void dpop_vault_index_barrier (DpopVaultIndex *self);
void dpop_vault_index_unmap (DpopVaultIndex *self, DpopVaultIndexUser *user);

int      dpop_vault_index_lock_file   (DpopVaultIndex *self, DpopVaultIndexUser *user, int level);
void     dpop_vault_index_unlock_file (DpopVaultIndex *self, DpopVaultIndexUser *user, int level);
gboolean dpop_vault_index_is_reserved (DpopVaultIndex *self);

/* Whether USER is rebuilding the index from the log (it has the recovery lock). */
gboolean dpop_vault_index_is_recovering (const DpopVaultIndexUser *user);

/* How many frames of the log a checkpoint may have begun to copy into the database:
 * nBackfillAttempted of the index (https://sqlite.org/walformat.html, section 2.2). */
guint32 dpop_vault_index_attempted (DpopVaultIndex *self);

G_END_DECLS
