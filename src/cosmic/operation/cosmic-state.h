/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-codec.h"

G_BEGIN_DECLS

/* The state of one stream: a map from keys to values, both bytes. A key is a tag and up to two ids
 * and a number, a value the normal form of a GVariant. CosmicState is a layer of changes over a
 * source that never changes below it (the certified state on disk, or nothing); changes can be
 * taken back to a mark, so that a claim which turns out to be void leaves no trace. */
#define COSMIC_KEY_SIZE_MAX (1 + 2 * COSMIC_ID_SIZE + 8)

typedef struct
{
  guint8 size;
  guint8 bytes[COSMIC_KEY_SIZE_MAX];
} CosmicKey;

/* Either id may be NULL and is then left out: a prefix, for iterating. Tags below 0x40 are
 * cosmic's, the others belong to the application above. */
CosmicKey cosmic_key        (guint8 tag, const CosmicId *a, const CosmicId *b);
CosmicKey cosmic_key_number (guint8 tag, const CosmicId *a, guint64 number); /* big endian: sorts */
int       cosmic_key_compare (const CosmicKey *a, const CosmicKey *b);
/* The N-th id within a key that was made with ids. */
void      cosmic_key_id     (const CosmicKey *key, guint n, CosmicId *id);

/* Return FALSE to stop. VALUE is borrowed. */
typedef gboolean (*CosmicStateVisit) (const CosmicKey *key, GBytes *value, gpointer data);

typedef struct
{
  /* NULL when there is none; the caller unrefs. */
  GBytes *(*lookup) (gpointer self, const CosmicKey *key);
  /* Every key that begins with PREFIX, ascending by bytes. */
  void (*each) (gpointer self, const CosmicKey *prefix, CosmicStateVisit visit, gpointer data);
} CosmicStateTable;

typedef struct _CosmicState CosmicState;

/* TABLE NULL: over nothing. SOURCE is borrowed and outlives the state. */
CosmicState *cosmic_state_new  (const CosmicStateTable *table, gpointer source);
void         cosmic_state_free (CosmicState *self);

gboolean  cosmic_state_has    (const CosmicState *self, CosmicKey key);
/* NULL when there is none. TYPE is what was put there. */
GVariant *cosmic_state_get    (const CosmicState *self, CosmicKey key, const char *type);
GBytes   *cosmic_state_lookup (const CosmicState *self, const CosmicKey *key);
/* Sinks a floating VALUE. */
void      cosmic_state_put    (CosmicState *self, CosmicKey key, GVariant *value);
void      cosmic_state_put_bytes (CosmicState *self, const CosmicKey *key, GBytes *value);
void      cosmic_state_remove (CosmicState *self, CosmicKey key);
/* The state must not be changed while it is walked. */
void      cosmic_state_each   (const CosmicState *self, CosmicKey prefix, CosmicStateVisit visit,
                               gpointer data);
guint     cosmic_state_count  (const CosmicState *self, CosmicKey prefix);

/* A state as the source of another, so that layers can be stacked. */
extern const CosmicStateTable cosmic_state_as_source;

guint cosmic_state_mark (const CosmicState *self);
void  cosmic_state_back (CosmicState *self, guint mark);
/* Forgets what could be taken back: marks made before are void. */
void  cosmic_state_settle (CosmicState *self);
/* The keys written since MARK, with doubles. */
void  cosmic_state_written (const CosmicState *self, guint mark,
                            void (*visit) (const CosmicKey *key, gpointer data), gpointer data);

/* What differs from the source, ascending by key: VALUE is NULL for what was removed. A value put
 * where it stood already is among it. */
void     cosmic_state_changes  (const CosmicState *self, CosmicStateVisit visit, gpointer data);
gboolean cosmic_state_unchanged (const CosmicState *self);

/* The root of the trie over all entries (cosmic-trie.h). */
void cosmic_state_root (const CosmicState *self, CosmicId *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicState, cosmic_state_free)

G_END_DECLS
