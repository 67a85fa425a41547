/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"

G_BEGIN_DECLS

/* Plain bytes of an exchange session's messages: numbers are LEB128 in the fewest bytes, ids are 32
 * bytes, what has a length is preceded by it as a number. Thousands of ids go by in one message, so
 * GVariant's framing would cost more than what it frames. */

/* Reads from the front of DATA. Whoever gets FALSE stops: nothing more is to be had of it. */
typedef struct
{
  const guint8 *data;
  gsize left;
} CosmicSessionFrame;

gboolean cosmic_session_read_byte   (CosmicSessionFrame *self, guint8 *value);
/* FALSE also when a shorter encoding would do, or it is more than LIMIT. */
gboolean cosmic_session_read_number (CosmicSessionFrame *self, guint64 limit, guint64 *value);
gboolean cosmic_session_read_id     (CosmicSessionFrame *self, CosmicId *id);
/* A number up to LIMIT and that many bytes, copied. */
GBytes  *cosmic_session_read_sized  (CosmicSessionFrame *self, gsize limit);

void cosmic_session_put_byte   (GByteArray *frame, guint8 value);
void cosmic_session_put_number (GByteArray *frame, guint64 value);
void cosmic_session_put_id     (GByteArray *frame, const CosmicId *id);
void cosmic_session_put_sized  (GByteArray *frame, GBytes *bytes);

G_END_DECLS
