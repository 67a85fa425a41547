/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"

G_BEGIN_DECLS

/* What a witness signs, whatever it says: TAG with its NUL, party, chain, height (8, little
 * endian), round (4, little endian), and 32 bytes that say the rest. The caller frees. */
GByteArray *cosmic_vote_bytes (const char *tag, const CosmicId *party, const CosmicId *chain,
                               guint64 height, guint32 round, const CosmicId *rest);

G_END_DECLS
