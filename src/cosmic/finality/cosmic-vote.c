/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-vote-private.h"

GByteArray *
cosmic_vote_bytes (const char *tag, const CosmicId *party, const CosmicId *chain, guint64 height,
                   guint32 round, const CosmicId *rest)
{
  GByteArray *bytes = g_byte_array_new ();
  guint64 little_height = GUINT64_TO_LE (height);
  guint32 little_round = GUINT32_TO_LE (round);

  g_byte_array_append (bytes, (const guint8 *) tag, (guint) strlen (tag) + 1);
  g_byte_array_append (bytes, party->bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, chain->bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, (const guint8 *) &little_height, sizeof little_height);
  g_byte_array_append (bytes, (const guint8 *) &little_round, sizeof little_round);
  g_byte_array_append (bytes, rest->bytes, COSMIC_ID_SIZE);
  return bytes;
}
