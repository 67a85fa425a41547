/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-item-set.h"

G_BEGIN_DECLS

/* What an exchange session asks of the node that it works for. All calls come from the thread that
 * drives the session, and none may call the session back.
 *
 * Calls cannot fail in the session's hands: where the store fails they answer as if there were
 * nothing, and is_good() says so before anything relies on the answer. From then on the session is
 * over; what was committed stays. */

/* Parts of an operation, as a set. */
enum
{
  COSMIC_SESSION_HEADER = 1,
  COSMIC_SESSION_BODY = 2,
  COSMIC_SESSION_PERSONAL = 4,
  COSMIC_SESSION_ALL_PARTS = 7,
};

/* How urgent an item is; the lower, the sooner it is sent. */
typedef enum
{
  COSMIC_SESSION_AUTHORITY, /* members, rules, keys */
  COSMIC_SESSION_RUNNING,   /* ballots of decisions that run */
  COSMIC_SESSION_REST,
  COSMIC_SESSION_BIG,       /* goes in pieces, whenever nothing else is there to go */
} CosmicSessionClass;

/* Envelopes of one operation; NULL where there is none. */
typedef struct
{
  GBytes *header;
  GBytes *body;
  GBytes *personal;
} CosmicSessionParts;

/* A checkpoint with its batch list, and its certificate: two envelopes. */
typedef struct
{
  guint64 height;
  GBytes *checkpoint;
  GBytes *certificate;
} CosmicSessionRecord;

void cosmic_session_parts_clear  (CosmicSessionParts *self);
void cosmic_session_record_clear (CosmicSessionRecord *self);

/* What became of something that came in. */
typedef enum
{
  COSMIC_TAKE_NEW,      /* kept; to be relied on once it is committed */
  COSMIC_TAKE_KNOWN,    /* nothing new about it */
  COSMIC_TAKE_KEY,      /* a share that brought a key: what could not be read may be readable now */
  COSMIC_TAKE_LATER,    /* a key, or something that it rests on, is not here yet */
  COSMIC_TAKE_BAD,      /* refused for good: no honest peer sends this */
  COSMIC_TAKE_FORK,     /* truly certified, and another one than is known here at that height */
  COSMIC_TAKE_DIVERGED, /* certified, but this computer comes to another result */
  COSMIC_TAKE_UPDATE,   /* of a rules version that this program does not know */
  COSMIC_TAKE_FAILED,   /* the node's own store failed */
} CosmicTake;

typedef struct
{
  /* FALSE once the store has failed. */
  gboolean (*is_good)  (gpointer self);
  /* Makes durable what was taken. */
  gboolean (*commit)   (gpointer self);

  /* The newest checkpoint; 0 and zero before the first. */
  guint64  (*height)        (gpointer self, CosmicId *checkpoint);
  gboolean (*checkpoint_at) (gpointer self, guint64 height, CosmicId *checkpoint);
  gboolean (*find_record)   (gpointer self, guint64 height, CosmicSessionRecord *record);
  /* Reads what RECORD covers and appends to MISSING each operation of which header or body is not
   * here, in the order in which they are best asked for. NEW, LATER or BAD. */
  CosmicTake (*open_record) (gpointer self, const CosmicSessionRecord *record, GArray *missing);
  CosmicTake (*take_record) (gpointer self, const CosmicSessionRecord *record);

  /* Adds to SET what is not covered, the order being the height of its base. */
  gboolean (*add_open)   (gpointer self, CosmicItemSet *set);
  /* Which parts of OPERATION are neither here nor erased nor hidden; all, when it is unknown. */
  guint    (*lacks)      (gpointer self, const CosmicId *operation);
  /* Appends up to LIMIT ids of operations of which a part is lacking. */
  void     (*incomplete) (gpointer self, guint limit, GArray *ids);
  /* How urgent OPERATION is, and its place among those that are as urgent, the oldest first. */
  CosmicSessionClass (*rank) (gpointer self, const CosmicId *operation, guint64 *order);
  /* Those of PARTS that may be handed on. */
  void     (*find_parts) (gpointer self, const CosmicId *operation, guint parts,
                          CosmicSessionParts *found);
  /* Of several sessions one asks for an operation. FALSE when another than WHO does; with
   * TAKE_OVER, WHO does from now on. */
  gboolean (*reserve)    (gpointer self, const CosmicId *operation, gconstpointer who,
                          gboolean take_over);
  void     (*release)    (gpointer self, const CosmicId *operation, gconstpointer who);
  /* Without header: late parts of an operation that is known. */
  CosmicTake (*take_operation) (gpointer self, const CosmicId *operation,
                                const CosmicSessionParts *parts);

  /* Ids of the shares that are sealed to SEAL, ascending, at most LIMIT. */
  GArray  *(*shares_for) (gpointer self, const CosmicId *seal, guint limit);
  /* Adds all shares to SET, the order being that of their labels. FALSE where only one's own are
   * kept. */
  gboolean (*add_shares) (gpointer self, CosmicItemSet *set);
  gboolean (*has_share)  (gpointer self, const CosmicId *share);
  GBytes  *(*find_share) (gpointer self, const CosmicId *share);
  CosmicTake (*take_share) (gpointer self, GBytes *envelope);

  /* What the witnesses say of the height that comes next (design 4.5); all NULL where it is not
   * kept. Appends the ids of the messages' envelopes, ascending. */
  void       (*list_witness) (gpointer self, GArray *ids);
  gboolean   (*has_witness)  (gpointer self, const CosmicId *id);
  /* A message, and the envelope of what it proposes, or NULL. FALSE when it is not there. */
  gboolean   (*find_witness) (gpointer self, const CosmicId *id, GBytes **message,
                              GBytes **proposal);
  /* Appends to MISSING what a proposal covers and is not here. NEW, KNOWN, LATER, BAD, FAILED. */
  CosmicTake (*take_witness) (gpointer self, GBytes *message, GBytes *proposal, GArray *missing);
} CosmicSessionNodeTable;

/* Passed by value; SELF is borrowed and outlives it. */
typedef struct
{
  const CosmicSessionNodeTable *table;
  gpointer self;
} CosmicSessionNode;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CosmicSessionParts, cosmic_session_parts_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CosmicSessionRecord, cosmic_session_record_clear)

G_END_DECLS
