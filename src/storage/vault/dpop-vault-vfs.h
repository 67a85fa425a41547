/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-secret.h"
#include "dpop-random.h"
#include "dpop-vault-disk.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* An SQLite VFS for exactly one database file and its write-ahead log, both encrypted. It is
 * registered under a name of its own while it lives.
 *
 * - Pages are 4096 bytes, of which SQLite leaves 40 for the seal; WAL mode from the first byte on.
 * - It opens no other file: no temporary file, no journal, no attached database, no "-shm".
 * - What does not authenticate is SQLITE_IOERR_DATA; while SQLite recovers the log it is a torn
 * tail instead, as long as no checkpoint had begun to rely on it.
 * - Once locked, every call that needs a key answers SQLITE_IOERR_AUTH.
 * - Pragmas that would leave WAL mode, map memory or write temporary files are refused. */
typedef struct _DpopVaultVfs DpopVaultVfs;

#define DPOP_VAULT_PAGE_SIZE 4096

/* KEY is taken over (32 bytes). NULL when there is no memory. */
DpopVaultVfs *dpop_vault_vfs_new (DpopVaultDisk disk, DpopRandom random, const char *path,
                                  CosmicSecret *key, const guint8 id[16]);

/* Locks, and takes the name back. Connections that are still open stay valid and answer with
 * errors; what they share goes with the last of them. */
void dpop_vault_vfs_free (DpopVaultVfs *self);

/* What sqlite3_open_v2() takes. */
const char *dpop_vault_vfs_name (const DpopVaultVfs *self);
const char *dpop_vault_vfs_path (const DpopVaultVfs *self);

/* Makes the database file with one empty page, in WAL mode, and syncs it. 0 or a negated errno. */
int dpop_vault_vfs_format (DpopVaultVfs *self);

/* Wipes every key and interrupts every connection. From any thread. */
void     dpop_vault_vfs_lock      (DpopVaultVfs *self);
gboolean dpop_vault_vfs_is_locked (DpopVaultVfs *self);

/* Connections that are open. */
guint dpop_vault_vfs_count (DpopVaultVfs *self);

/* To be called on each connection after it is opened: lets the lock interrupt it. */
int dpop_vault_vfs_adopt (sqlite3 *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopVaultVfs, dpop_vault_vfs_free)

G_END_DECLS
