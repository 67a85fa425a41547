/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-batch.h"
#include "cosmic-log.h"

G_BEGIN_DECLS

#define COSMIC_RULES_VERSION 1

/* What is not covered yet of one stream. */
typedef struct
{
  CosmicId stream;
  GPtrArray *entries;     /* of CosmicEntry, owned, in order of arrival */
  GHashTable *heads;      /* CosmicId: those others rest on, and nothing newer of them does */
  CosmicStreamFold *fold; /* NULL: to be folded */
} CosmicTailStream;

struct _CosmicLog
{
  CosmicLogStore store;
  const CosmicRules *rules;
  DpopRandom random;
  DpopClock clock;
  CosmicLedger *ledger;
  CosmicId party;
  gboolean founded;
  CosmicCheckpoint checkpoint; /* the newest; height 0: none */
  CosmicId checkpoint_id;
  GHashTable *keys;    /* CosmicId -> CosmicScopeKey */
  GHashTable *tail;    /* CosmicId -> CosmicTailStream */
  GHashTable *open;    /* CosmicId of the operation -> CosmicEntry, owned by the tail */
  GHashTable *changes; /* a set of CosmicLogChange */
};

/* cosmic-tail.c */
CosmicTailStream *cosmic_tail_stream (CosmicLog *self, const CosmicId *stream);
void     cosmic_tail_clear  (CosmicLog *self);
gboolean cosmic_tail_load   (CosmicLog *self, GError **error);
/* Takes ENTRY. */
void     cosmic_tail_add    (CosmicLog *self, CosmicEntry *entry);
CosmicStreamFold *cosmic_tail_fold (CosmicLog *self, const CosmicId *stream, GError **error);
/* Reading the certified state cannot fail where it happens: asked before a verdict relies on what
 * was read. When FALSE, folds made of it are gone. */
gboolean cosmic_tail_was_read (CosmicLog *self, GError **error);
void     cosmic_tail_setting (CosmicLog *self, CosmicFoldSetting *setting);
void     cosmic_log_changed (CosmicLog *self, const CosmicId *stream, const CosmicKey *key);
void     cosmic_log_changed_all (CosmicLog *self, const CosmicId *stream, const CosmicState *layer);

/* cosmic-log-accept.c */
gboolean cosmic_log_store_entry (CosmicLog *self, CosmicEntry *entry, CosmicAccept *accept,
                                 GError **error);
/* Looks again at whatever waited for CAUSE. */
gboolean cosmic_log_release (CosmicLog *self, const CosmicId *cause, GError **error);
void     cosmic_log_subject (CosmicLog *self, CosmicEntry *entry);
gboolean cosmic_log_is_present (CosmicLog *self, const CosmicId *id, gboolean *present,
                                GError **error);
/* cosmic-log.c */
gboolean cosmic_log_reload (CosmicLog *self, GError **error);
gboolean cosmic_log_read_newest (CosmicLog *self, GError **error);
gboolean cosmic_log_root_at (const CosmicFold *fold, guint64 height, CosmicId *root);
gboolean cosmic_log_fail (GError **error, CosmicLogError code, const char *message);

/* cosmic-log-erase.c: deletes the parts that an applied batch erased. */
gboolean cosmic_log_erase_parts (CosmicLog *self, const CosmicBatch *batch, GError **error);

G_END_DECLS
