/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-batch.h"
#include "cosmic-log.h"

G_BEGIN_DECLS

#define COSMIC_RULES_VERSION 1

/* What folding a stream asked the authority state, so that it is folded again only when the answer
 * would be another. */
typedef struct
{
  const CosmicState *authority; /* borrowed: who answers */
  GHashTable *keys;             /* a set of CosmicKey */
  GArray *prefixes;             /* of CosmicKey */
  CosmicState *view;            /* the authority state as the fold sees it, over this */
} CosmicTailReads;

/* What is not covered yet of one stream. */
typedef struct
{
  CosmicId stream;
  GPtrArray *entries;     /* of CosmicEntry, owned, in order of arrival */
  GHashTable *heads;      /* CosmicId: those others rest on, and nothing newer of them does;
                             NULL: to be found out */
  CosmicStreamFold *fold; /* NULL: to be folded */
  CosmicTailReads *reads; /* NULL for the authority stream */
} CosmicTailStream;

/* cosmic-tail-reads.c */
CosmicTailReads *cosmic_tail_reads_new  (void);
void             cosmic_tail_reads_free (CosmicTailReads *self);
/* Forgets what was asked; from now on AUTHORITY answers. */
void             cosmic_tail_reads_begin (CosmicTailReads *self, const CosmicState *authority);
gboolean         cosmic_tail_reads_has  (const CosmicTailReads *self, const CosmicKey *key);

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
  GHashTable *followers; /* CosmicId of an operation or device -> GPtrArray of the open entries that
                            name it as a cause, or that it signed */
  GHashTable *named;   /* CosmicId of a device -> in how many open claims it is added */
  CosmicId founding_key; /* the body key of a genesis that is open; zero: it is not */
  GHashTable *changes; /* a set of CosmicLogChange */
  guint64 commits, rollbacks; /* how many there were */
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
/* Takes an open entry out again, and frees it. */
void     cosmic_tail_remove (CosmicLog *self, CosmicEntry *entry);
GHashTable *cosmic_tail_heads (CosmicLog *self, CosmicTailStream *tail);
void     cosmic_tail_setting (CosmicLog *self, CosmicFoldSetting *setting);
void     cosmic_log_changed (CosmicLog *self, const CosmicId *stream, const CosmicKey *key);
void     cosmic_log_changed_all (CosmicLog *self, const CosmicId *stream, const CosmicState *layer);

/* cosmic-log-accept.c */
gboolean cosmic_log_store_entry (CosmicLog *self, CosmicEntry *entry, CosmicAccept *accept,
                                 GError **error);
/* Looks again at whatever waited for CAUSE. */
gboolean cosmic_log_release (CosmicLog *self, const CosmicId *cause, GError **error);
/* What a batch covered that was on hold here lets in what waited for it; so do new keys, and an
 * equivocation. HELD: of CosmicOperation. */
gboolean cosmic_log_release_covered (CosmicLog *self, const CosmicBatch *batch,
                                     const GPtrArray *held, GError **error);
/* Puts on hold whatever is open and signed by a device that nothing makes known any more. */
gboolean cosmic_log_hold_strangers (CosmicLog *self, GError **error);
void     cosmic_log_subject (CosmicLog *self, CosmicEntry *entry);
gboolean cosmic_log_is_present (CosmicLog *self, const CosmicId *id, gboolean *present,
                                GError **error);
/* cosmic-log-keys.c: the part in SEALED; NULL when KEY does not open it, or it is not what REF says
 * or not of HEADER's stream. Whoever gets the key early and who gets it late come to the same. */
GBytes  *cosmic_log_open_part (const CosmicScopeKey *key, const CosmicHeader *header,
                               const CosmicPartRef *ref, GBytes *sealed);
/* cosmic-log.c */
gboolean cosmic_log_reload (CosmicLog *self, GError **error);
gboolean cosmic_log_read_newest (CosmicLog *self, GError **error);
/* Whether the checkpoint of HEIGHT, not above the newest, is ID. */
gboolean cosmic_log_is_checkpoint (CosmicLog *self, guint64 height, const CosmicId *id,
                                   gboolean *same, GError **error);
gboolean cosmic_log_root_at (const CosmicFold *fold, guint64 height, CosmicId *root);
gboolean cosmic_log_fail (GError **error, CosmicLogError code, const char *message);

/* cosmic-log-choose.c: what is open, the oldest first and authority before the rest, up to the
 * limits; every beginning of this list is causally closed. N_DUE streams are in the batch besides.
 * Array of CosmicEntry, borrowed from the tail. */
GPtrArray *cosmic_log_choose (CosmicLog *self, guint n_due);
/* Whether nothing more goes into LIST, whose encoding has SIZE bytes. */
gboolean cosmic_log_is_full (const CosmicBatchList *list, gsize size);

/* cosmic-log-confirm.c */
void     cosmic_log_batch_setting (CosmicLog *self, gint64 time, CosmicFoldSetting *setting);
/* The entries that LIST covers; those of the tail are borrowed from it, others owned by OWNED. NULL
 * without error when some are not here, or lack their body. */
GPtrArray *cosmic_log_listed (CosmicLog *self, const CosmicBatchList *list, GPtrArray *owned,
                              GError **error);
/* A batch is causally closed: everything that its operations rest on is covered, or in it. */
gboolean cosmic_log_is_closed (CosmicLog *self, const GPtrArray *entries, gboolean *closed,
                               GError **error);
/* Whether CHECKPOINT is of this party, of known rules, and LIST the one that it names. */
gboolean cosmic_log_check_kind (CosmicLog *self, const CosmicCheckpoint *checkpoint,
                                const CosmicBatchList *list, GError **error);

/* cosmic-log-erase.c: deletes the parts that an applied batch erased. */
gboolean cosmic_log_erase_parts (CosmicLog *self, const CosmicBatch *batch, GError **error);

G_END_DECLS
