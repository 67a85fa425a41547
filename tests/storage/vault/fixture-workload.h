/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-vault.h"
#include "fixture-disk.h"

G_BEGIN_DECLS

/* What every row carries: it may be nowhere below the VFS. */
#define FIXTURE_CANARY "the canary sings in plain text"

/* A profile on a simulated disk and a seeded writer on it: transactions that insert, change and
 * delete rows, spill the cache, roll back to savepoints and altogether; checkpoints, readers that
 * stand in their way, VACUUM, sorts, closing and opening again. A model beside it knows what each
 * committed state holds. */
typedef struct
{
  FixtureRandom random;
  FixtureDisk *disk;
  DpopVaultEffects effects;
  DpopVault *vault;
  sqlite3 *db, *reader;
  gint64 now;

  GHashTable *rows;  /* id to its digest: of what is being written */
  GArray *digests;   /* guint64: of acknowledged state N */
  guint committed;   /* the newest of these */
  GPtrArray *maybe;  /* ROWS of states that may follow it, their COMMIT having failed */
  gboolean unsure;   /* the log was read again since then */
  guint64 next_id;
} FixtureWorkload;

/* A new profile with its table. NULL-safe to free. SECTOR_SIZE and POWERSAFE as the disk's. */
void fixture_workload_init  (FixtureWorkload *self, guint64 seed, guint sector_size,
                             gboolean powersafe);
void fixture_workload_clear (FixtureWorkload *self);

/* Closes the connections and the vault, if they are open. */
void fixture_workload_close (FixtureWorkload *self);

/* One step; SQLite's code of what failed. The step's transaction is rolled back then. */
int fixture_workload_step (FixtureWorkload *self);

/* One transaction that is committed, whatever the seed says. */
void fixture_workload_commit (FixtureWorkload *self);

/* Opens the profile on DISK and compares: the state must be one that was committed, not older than
 * LEAST. The number of the state, or -1 and ERROR where the vault says that something is wrong.
 * Aborts on wrong data. */
gint fixture_workload_check (const FixtureWorkload *self, FixtureDisk *disk, guint least,
                             GError **error);

CosmicSecret *fixture_passphrase (void);

G_END_DECLS
