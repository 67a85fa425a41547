/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-session-frame.h"

gboolean
cosmic_session_read_byte (CosmicSessionFrame *self, guint8 *value)
{
  if (self->left == 0)
    return FALSE;
  *value = *self->data++;
  self->left--;
  return TRUE;
}

gboolean
cosmic_session_read_number (CosmicSessionFrame *self, guint64 limit, guint64 *value)
{
  guint64 number = 0;
  guint8 byte;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      if (!cosmic_session_read_byte (self, &byte) || (shift == 63 && byte > 1)
          || (shift > 0 && byte == 0))
        return FALSE;
      number |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        {
          *value = number;
          return number <= limit;
        }
    }
  return FALSE;
}

gboolean
cosmic_session_read_id (CosmicSessionFrame *self, CosmicId *id)
{
  if (self->left < COSMIC_ID_SIZE)
    return FALSE;
  memcpy (id->bytes, self->data, COSMIC_ID_SIZE);
  self->data += COSMIC_ID_SIZE;
  self->left -= COSMIC_ID_SIZE;
  return TRUE;
}

GBytes *
cosmic_session_read_sized (CosmicSessionFrame *self, gsize limit)
{
  guint64 size;
  GBytes *bytes;

  if (!cosmic_session_read_number (self, MIN (limit, self->left), &size) || size > self->left)
    return NULL;
  bytes = g_bytes_new (self->data, (gsize) size);
  self->data += size;
  self->left -= (gsize) size;
  return bytes;
}

void
cosmic_session_put_byte (GByteArray *frame, guint8 value)
{
  g_byte_array_append (frame, &value, 1);
}

void
cosmic_session_put_number (GByteArray *frame, guint64 value)
{
  guint8 bytes[10];
  guint size = 0;

  do
    {
      bytes[size] = (guint8) (value & 0x7f);
      value >>= 7;
      if (value > 0)
        bytes[size] |= 0x80;
      size++;
    }
  while (value > 0);
  g_byte_array_append (frame, bytes, size);
}

void
cosmic_session_put_id (GByteArray *frame, const CosmicId *id)
{
  g_byte_array_append (frame, id->bytes, COSMIC_ID_SIZE);
}

void
cosmic_session_put_sized (GByteArray *frame, GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  cosmic_session_put_number (frame, size);
  g_byte_array_append (frame, data, (guint) size);
}
