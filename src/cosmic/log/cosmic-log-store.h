/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-checkpoint.h"
#include "cosmic-envelope.h"
#include "cosmic-operation.h"
#include "cosmic-state.h"

G_BEGIN_DECLS

/* Where a log keeps what it knows: the interface that storage fills in. All calls come from one
 * thread. Whatever returns gboolean is FALSE with an error set when the store failed; "not there"
 * is success with a NULL (or zero) result. */

typedef struct
{
  GBytes *plain;   /* salt and content; NULL when it is not at hand, cannot be read, or is erased */
  GBytes *sealed;  /* its envelope, while no key at hand opens it */
  gboolean erased; /* deleted for good */
} CosmicPart;

/* One operation with what is at hand of it. */
typedef struct
{
  gint64 number; /* the store's own, ascending in order of arrival */
  CosmicOperation *operation;
  CosmicPart body;
  CosmicPart personal;
  CosmicId subject; /* whom its body is about; zero: nobody */
  guint64 height;   /* of the batch that covers it; 0: not covered */
  guint32 position; /* within that batch, in canonical order */
  gboolean held;    /* waits for its causes, or is one of two branches */
  gint64 arrived;   /* when it came to this computer, ms; decides nothing */
} CosmicEntry;

void cosmic_entry_free (CosmicEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicEntry, cosmic_entry_free)

typedef enum
{
  COSMIC_ENTRIES_ALL,     /* in order of arrival */
  COSMIC_ENTRIES_LATEST,  /* all, what came last first */
  COSMIC_ENTRIES_OPEN,    /* neither covered nor held, in order of arrival */
  COSMIC_ENTRIES_HELD,    /* in order of arrival */
  COSMIC_ENTRIES_BATCH,   /* covered at HEIGHT, in canonical order */
  COSMIC_ENTRIES_STREAM,  /* of the stream ID, covered ones first, in canonical order */
  COSMIC_ENTRIES_SUBJECT, /* about the member ID */
  COSMIC_ENTRIES_WAITING, /* held, waiting for the cause ID */
  COSMIC_ENTRIES_SLOT,    /* with the author, stream and seq of SLOT: more than one is a fork */
  COSMIC_ENTRIES_SEALED,  /* with a part that no key at hand opened yet */
} CosmicEntriesWhich;

typedef struct
{
  CosmicEntriesWhich which;
  guint64 height;
  CosmicId id;
  const CosmicHeader *slot;
} CosmicEntries;

/* Takes ENTRY. Return FALSE to stop. */
typedef gboolean (*CosmicEntryVisit) (CosmicEntry *entry, gpointer data);

typedef enum
{
  COSMIC_SPACE_STATE,
  COSMIC_SPACE_EXPORTS,
  COSMIC_SPACE_FRONTIER, /* author -> (tay): the last covered seq of each log, and its id */
  COSMIC_N_SPACES,
} CosmicSpace;

/* What is certified of one stream. */
typedef struct
{
  GBytes *ids;  /* the encoding of a CosmicMerkle */
  GBytes *leaf; /* the encoding of a CosmicStreamLeaf */
  gint64 deadline; /* ms; 0: none */
} CosmicStreamRecord;

typedef gboolean (*CosmicRecordVisit) (const CosmicId *stream, GBytes *leaf, gpointer data);

/* A checkpoint as it came, with its batch list and certificate. */
typedef struct
{
  guint64 height;
  CosmicId id;
  GBytes *checkpoint;
  GBytes *list;
  GBytes *certificate;
} CosmicCheckpointRecord;

void cosmic_checkpoint_record_clear (CosmicCheckpointRecord *self);

/* A share: an envelope that seals keys to one device. */
typedef gboolean (*CosmicShareVisit) (GBytes *envelope, gpointer data);
typedef gboolean (*CosmicKeyVisit) (const CosmicScopeKey *key, gpointer data);

typedef struct
{
  gboolean (*begin)    (gpointer self, GError **error);
  gboolean (*commit)   (gpointer self, GError **error);
  void     (*rollback) (gpointer self);

  /* Entries. add_entry() sets the number; the subject may be zero. */
  gboolean (*add_entry)    (gpointer self, CosmicEntry *entry, GError **error);
  gboolean (*find_entry)   (gpointer self, const CosmicId *id, CosmicEntry **entry, GError **error);
  gboolean (*each_entry)   (gpointer self, const CosmicEntries *which, CosmicEntryVisit visit,
                            gpointer data, GError **error);
  /* How many entries stand in the place of HEADER: its author, stream and seq. */
  gboolean (*count_slot)   (gpointer self, const CosmicHeader *header, guint *count,
                            GError **error);
  gboolean (*cover_entry)  (gpointer self, gint64 number, guint64 height, guint32 position,
                            GError **error);
  /* Held for CAUSE (or for several: called once each); release_entry() forgets all its causes. */
  gboolean (*hold_entry)   (gpointer self, gint64 number, const CosmicId *cause, GError **error);
  gboolean (*release_entry) (gpointer self, gint64 number, GError **error);
  gboolean (*set_part)     (gpointer self, gint64 number, gboolean personal, const CosmicPart *part,
                            GError **error);
  gboolean (*set_subject)  (gpointer self, gint64 number, const CosmicId *subject, GError **error);

  /* Part ids that must never come back. */
  gboolean (*refuse)       (gpointer self, const CosmicId *part, GError **error);
  gboolean (*is_refused)   (gpointer self, const CosmicId *part, gboolean *refused, GError **error);

  /* Checkpoints of the party's chain. find_checkpoint(): by HEIGHT, 0 for the newest; *FOUND. */
  gboolean (*put_checkpoint)  (gpointer self, const CosmicCheckpointRecord *record, GError **error);
  gboolean (*find_checkpoint) (gpointer self, guint64 height, CosmicCheckpointRecord *record,
                               gboolean *found, GError **error);

  /* The certified state. lookup and each never fail in the caller's hands: they answer as if there
   * were nothing, and the failure is given by take_failure() before anything relies on it. */
  GBytes  *(*state_lookup) (gpointer self, const CosmicId *stream, CosmicSpace space,
                            const CosmicKey *key);
  void     (*state_each)   (gpointer self, const CosmicId *stream, CosmicSpace space,
                            const CosmicKey *prefix, CosmicStateVisit visit, gpointer data);
  gboolean (*take_failure) (gpointer self, GError **error); /* FALSE when something had failed */
  /* VALUE NULL removes. */
  gboolean (*state_write)  (gpointer self, const CosmicId *stream, CosmicSpace space,
                            const CosmicKey *key, GBytes *value, GError **error);
  gboolean (*find_record)  (gpointer self, const CosmicId *stream, CosmicStreamRecord *record,
                            gboolean *found, GError **error);
  gboolean (*put_record)   (gpointer self, const CosmicId *stream, const CosmicStreamRecord *record,
                            GError **error);
  gboolean (*each_record)  (gpointer self, CosmicRecordVisit visit, gpointer data, GError **error);
  /* Streams whose deadline is TIME or earlier, ascending: array of CosmicId. */
  GArray  *(*due_streams)  (gpointer self, gint64 time, GError **error);

  /* Keys of scopes, and shares (an envelope comes once, by its id). */
  gboolean (*put_key)      (gpointer self, const CosmicScopeKey *key, GError **error);
  gboolean (*each_key)     (gpointer self, CosmicKeyVisit visit, gpointer data, GError **error);
  gboolean (*put_share)    (gpointer self, GBytes *envelope, GError **error);
  gboolean (*each_share)   (gpointer self, CosmicShareVisit visit, gpointer data, GError **error);
  gboolean (*find_share)   (gpointer self, const CosmicId *id, GBytes **envelope, GError **error);

  /* Small values of this computer alone: its keys, its promises. VALUE NULL removes. */
  gboolean (*put_setting)  (gpointer self, const char *name, GBytes *value, GError **error);
  GBytes  *(*get_setting)  (gpointer self, const char *name, GError **error);
} CosmicLogStoreTable;

/* Passed by value; SELF is borrowed and outlives it. */
typedef struct
{
  const CosmicLogStoreTable *table;
  gpointer self;
} CosmicLogStore;

G_END_DECLS
