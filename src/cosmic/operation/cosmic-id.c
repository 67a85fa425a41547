/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-id.h"

const CosmicId cosmic_id_zero = { { 0 } };

CosmicId *
cosmic_id_copy (const CosmicId *id)
{
  return g_memdup2 (id, sizeof *id);
}

/* Ids are hashes or random: any eight bytes are a good hash. Nothing that decides iterates over a
 * hash table. */
guint
cosmic_id_hash (gconstpointer id)
{
  guint value;

  memcpy (&value, ((const CosmicId *) id)->bytes + 8, sizeof value);
  return value;
}

gboolean
cosmic_id_equal (gconstpointer a, gconstpointer b)
{
  return cosmic_id_same (a, b);
}

gint
cosmic_id_order (gconstpointer a, gconstpointer b)
{
  return cosmic_id_compare (a, b);
}

void
cosmic_ids_normalise (GArray *ids)
{
  guint kept = 0;

  g_array_sort (ids, cosmic_id_order);
  for (guint i = 0; i < ids->len; i++)
    {
      CosmicId *id = &g_array_index (ids, CosmicId, i);

      if (kept == 0 || !cosmic_id_same (id, &g_array_index (ids, CosmicId, kept - 1)))
        g_array_index (ids, CosmicId, kept++) = *id;
    }
  g_array_set_size (ids, kept);
}

gboolean
cosmic_ids_contain (const GArray *ids, const CosmicId *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (cosmic_id_same (&g_array_index (ids, CosmicId, i), id))
      return TRUE;
  return FALSE;
}

char *
cosmic_id_to_text (const CosmicId *id)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (2 * COSMIC_ID_SIZE + 1);

  for (guint i = 0; i < COSMIC_ID_SIZE; i++)
    {
      text[2 * i] = digits[id->bytes[i] >> 4];
      text[2 * i + 1] = digits[id->bytes[i] & 15];
    }
  text[2 * COSMIC_ID_SIZE] = '\0';
  return text;
}

gboolean
cosmic_id_from_text (const char *text, CosmicId *id)
{
  if (strlen (text) != 2 * COSMIC_ID_SIZE)
    return FALSE;
  for (guint i = 0; i < 2 * COSMIC_ID_SIZE; i++)
    if (!g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
      return FALSE;
  for (guint i = 0; i < COSMIC_ID_SIZE; i++)
    id->bytes[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) << 4
                             | g_ascii_xdigit_value (text[2 * i + 1]));
  return TRUE;
}
