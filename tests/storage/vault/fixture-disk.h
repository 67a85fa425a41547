/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-vault-disk.h"
#include "fixture-random.h"

G_BEGIN_DECLS

/* A disk in memory that knows what of it is durable. Data is durable after a sync of the file,
 * names after a sync of the folder. It counts what it is asked, fails on request, keeps a record of
 * every change, and looks for a canary in every byte it is given. Safe from any thread. */
typedef struct _FixtureDisk FixtureDisk;

FixtureDisk  *fixture_disk_new   (void);
void          fixture_disk_free  (FixtureDisk *self);
/* Live state alone, all of it durable. */
FixtureDisk  *fixture_disk_clone (FixtureDisk *self);
DpopVaultDisk fixture_disk_table (FixtureDisk *self, guint sector_size, gboolean powersafe);

/* From now on changes are recorded; the state of now is the record's beginning. */
void         fixture_disk_record  (FixtureDisk *self);
/* How many changes the record has. */
guint        fixture_disk_changes (FixtureDisk *self);
/* A disk as it was when the record began, and one change more of SELF's record put into it. */
FixtureDisk *fixture_disk_rewind  (FixtureDisk *self);
void         fixture_disk_replay  (FixtureDisk *into, FixtureDisk *self, guint change);

/* What is found after the power went: durable data, and of the rest any sectors of 512 bytes, new
 * or old; names up to some change. GARBAGE is 0, or the size of sectors that may hold anything
 * after a write within them that was not synced. */
FixtureDisk *fixture_disk_crash (FixtureDisk *self, FixtureRandom *random, guint garbage);

/* The CALL-th call from now (1 is the next) answers -ERROR; with FOR_GOOD all that follow too. */
void     fixture_disk_fail   (FixtureDisk *self, guint call, int error, gboolean for_good);
gboolean fixture_disk_failed (FixtureDisk *self); /* whether one did */

/* Every write is searched for TEXT; the count of writes that had it, and of bytes searched. */
void    fixture_disk_watch    (FixtureDisk *self, const char *text);
guint   fixture_disk_sightings (FixtureDisk *self);
guint64 fixture_disk_searched (FixtureDisk *self);

/* The live bytes of the file whose path ends in NAME, to be looked at or changed; NULL when there
 * is none. */
GByteArray *fixture_disk_file  (FixtureDisk *self, const char *name);
/* Every path, as a sorted list of strings that the disk owns. */
GList      *fixture_disk_names (FixtureDisk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FixtureDisk, fixture_disk_free)

G_END_DECLS
