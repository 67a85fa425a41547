/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"

G_BEGIN_DECLS

/* The canonical codec: GVariant in normal form, little endian, of the basic types y b n q i u x t
 * s, arrays, tuples and maybes. Normal form is checked before anything is read; a value that
 * passes has exactly one encoding, so what is read and what was signed cannot differ. */

/* NULL when BYTES are not the normal form of TYPE. Takes no ownership. */
GVariant *cosmic_codec_decode (const char *type, GBytes *bytes);
GVariant *cosmic_codec_decode_data (const char *type, gconstpointer bytes, gsize size);

/* The same for bytes that cosmic_codec_encode() made here: their form is not checked again. */
GVariant *cosmic_codec_read (const char *type, GBytes *bytes);

/* The bytes of VALUE, little endian. Sinks a floating reference and lets go of it. */
GBytes *cosmic_codec_encode (GVariant *value);

/* Ids travel as `ay` of exactly 32 bytes. */
GVariant *cosmic_codec_new_id    (const CosmicId *id);
GVariant *cosmic_codec_new_maybe_id (const CosmicId *id); /* NULL: nothing */
GVariant *cosmic_codec_new_bytes (gconstpointer bytes, gsize size);
GVariant *cosmic_codec_new_ids   (const GArray *ids);     /* `aay` */

/* Each is FALSE when the child of TUPLE at INDEX has another length than it must. */
gboolean cosmic_codec_child_id       (GVariant *tuple, guint index, CosmicId *id);
gboolean cosmic_codec_child_maybe_id (GVariant *tuple, guint index, CosmicId *id, gboolean *there);
/* An `aay` of at most LIMIT ids, strictly ascending: a set. NULL otherwise. */
GArray  *cosmic_codec_child_id_set   (GVariant *tuple, guint index, guint limit);
/* An `aay` of at most LIMIT ids, any order. NULL otherwise. */
GArray  *cosmic_codec_child_id_list  (GVariant *tuple, guint index, guint limit);
/* The bytes of an `ay` child; the caller unrefs. */
GBytes  *cosmic_codec_child_bytes    (GVariant *tuple, guint index);

G_END_DECLS
