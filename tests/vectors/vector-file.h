/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-state.h"

G_BEGIN_DECLS

/* A file of golden vectors (README.md beside it). A test makes it anew, field by field, and
 * vector_file_finish() compares it with NAME.json byte for byte. With DPOP_VECTORS_WRITE=FOLDER it
 * is written there instead: for a new format, never to make a failing test pass. */
typedef struct _VectorFile VectorFile;

VectorFile *vector_file_new    (const char *name);
void        vector_file_finish (VectorFile *self); /* and frees */

/* Begins a vector; its fields follow, in this order, until the next. */
void vector_file_begin   (VectorFile *self, const char *name);
void vector_file_text    (VectorFile *self, const char *field, const char *text); /* plain ASCII */
void vector_file_number  (VectorFile *self, const char *field, guint64 number);
void vector_file_flag    (VectorFile *self, const char *field, gboolean flag);
void vector_file_bytes   (VectorFile *self, const char *field, gconstpointer bytes, gsize size);
void vector_file_blob    (VectorFile *self, const char *field, GBytes *bytes);
void vector_file_id      (VectorFile *self, const char *field, const CosmicId *id);
/* `ay` as hexadecimal digits, arrays and tuples as lists, a maybe as a list of none or one. Sinks a
 * floating VALUE. */
void vector_file_variant (VectorFile *self, const char *field, GVariant *value);
/* All entries of a state, ascending by key, in the field "entries", and its root in "root". */
void vector_file_state   (VectorFile *self, const CosmicState *state);
/* A whole vector: VALUE, which must be of TYPE and is sunk, with what it is and its bytes. */
void vector_file_value   (VectorFile *self, const char *name, const char *what, const char *type,
                          GVariant *value);

G_END_DECLS
