/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes the room's libraries ready; every program calls it first. FALSE if they refuse to start.
 * Cheap and safe to call again, from any thread. */
gboolean cosmic_crypto_init (void);
/* The version of the library that does most of it; static. */
const char *cosmic_crypto_library (void);

/* Bytes that are never swapped out where the system allows it, stand between guard pages, and are
 * wiped when let go. Immutable after it was filled; one owner. When the system locks no (more)
 * memory, that is said once on standard error and the secret lives unlocked. */
typedef struct _CosmicSecret CosmicSecret;

/* SIZE zero bytes, to be filled through cosmic_secret_bytes(). */
CosmicSecret *cosmic_secret_new  (gsize size);
CosmicSecret *cosmic_secret_copy (gconstpointer bytes, gsize size);
void          cosmic_secret_free (CosmicSecret *self);

guint8 *cosmic_secret_bytes (const CosmicSecret *self);
gsize   cosmic_secret_size  (const CosmicSecret *self);

/* Overwrites BYTES in a way that no compiler leaves out. */
void cosmic_wipe (gpointer bytes, gsize size);

/* Compares in constant time. */
gboolean cosmic_equal (gconstpointer a, gconstpointer b, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicSecret, cosmic_secret_free)

G_END_DECLS
