/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-vault-index.h"
#include "dpop-vault-seal.h"
#include "dpop-vault-vfs.h"
#include "dpop-vault-wal.h"

G_BEGIN_DECLS

#define DPOP_VAULT_FCNTL_ADOPT 0x64706f70 /* the file's connection; SQLite's own are small */

typedef struct _DpopVaultFile DpopVaultFile;

/* The mutexes of this room are those of the C library: the thread sanitizer does not see GLib's.
 * Owned together by the vault and by every open file. MUTEX guards FILES and KEY; INDEX and WAL
 * have their own. Order of locks: MUTEX before a file's; a file's before those of INDEX and WAL. */
struct _DpopVaultVfs
{
  sqlite3_vfs base;
  gatomicrefcount references;
  char *name;
  char *path;     /* of the database */
  char *wal_path; /* with "-wal" behind it, as SQLite names it */
  DpopVaultDisk disk;
  DpopRandom random;
  guint8 id[DPOP_VAULT_ID_SIZE];

  pthread_mutex_t mutex;
  DpopVaultFile *files;
  CosmicSecret *key; /* NULL once locked */
  int last_errno;    /* atomic: for xGetLastError */
  int names_are_durable; /* atomic: the folder was synced since the log was last made */

  DpopVaultIndex index;
  DpopVaultWal wal;
};

/* The database, or its log, open for one connection. SQLite uses a connection from one thread at a
 * time; MUTEX is for the lock, which wipes from another. */
struct _DpopVaultFile
{
  sqlite3_file base;
  DpopVaultVfs *vfs;
  DpopVaultFile *next;
  gboolean is_wal;
  gboolean read_only;
  gpointer file;

  pthread_mutex_t mutex;
  DpopVaultSeal seal;
  guint8 sealed[DPOP_VAULT_WAL_FRAME_SIZE]; /* as on the disk */
  guint8 plain[DPOP_VAULT_WAL_FRAME_SIZE];

  DpopVaultIndexUser user; /* of the database */
  DpopVaultFile *wal;      /* of the database: its log, while open */
  sqlite3 *connection;     /* of the database: to interrupt */
  DpopVaultFile *database; /* of the log */
  DpopVaultWalWriter writer; /* of the log */
};

/* Maps a negated errno, and keeps it for xGetLastError. CODE is what SQLite is told usually. */
int dpop_vault_vfs_code (DpopVaultVfs *self, int answer, int code);

/* To be called before the database is written to: makes the floor of its log durable. */
int dpop_vault_wal_raise_floor (DpopVaultFile *database);

int dpop_vault_vfs_characteristics (const DpopVaultVfs *self);

/* The end of xClose: wipes, closes, and lets go of the VFS. */
void dpop_vault_vfs_close_file (DpopVaultFile *file);

extern const sqlite3_io_methods dpop_vault_database_methods;
extern const sqlite3_io_methods dpop_vault_wal_methods;

G_END_DECLS
