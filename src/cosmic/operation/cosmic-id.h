/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define COSMIC_ID_SIZE 32

/* 32 bytes that name something: an operation, a part, a stream, a member, a public key, a key of a
 * scope, a root. All zero is "none", the authority stream, the party's own scope, or the party's
 * own chain, as the place says. */
typedef struct
{
  guint8 bytes[COSMIC_ID_SIZE];
} CosmicId;

extern const CosmicId cosmic_id_zero;

static inline int
cosmic_id_compare (const CosmicId *a, const CosmicId *b)
{
  return memcmp (a->bytes, b->bytes, COSMIC_ID_SIZE);
}

static inline gboolean
cosmic_id_same (const CosmicId *a, const CosmicId *b)
{
  return cosmic_id_compare (a, b) == 0;
}

static inline gboolean
cosmic_id_is_zero (const CosmicId *id)
{
  return cosmic_id_same (id, &cosmic_id_zero);
}

CosmicId *cosmic_id_copy (const CosmicId *id);

/* For GHashTable and for sorting arrays of CosmicId. */
guint    cosmic_id_hash  (gconstpointer id);
gboolean cosmic_id_equal (gconstpointer a, gconstpointer b);
gint     cosmic_id_order (gconstpointer a, gconstpointer b);

/* Sorts and removes doubles, in place. */
void cosmic_ids_normalise (GArray *ids);
gboolean cosmic_ids_contain (const GArray *ids, const CosmicId *id);

/* 64 lower-case hexadecimal digits; the caller frees. Parsing accepts exactly those. */
char    *cosmic_id_to_text   (const CosmicId *id);
gboolean cosmic_id_from_text (const char *text, CosmicId *id);

G_END_DECLS
