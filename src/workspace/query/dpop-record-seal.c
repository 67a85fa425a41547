/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-record-seal.h"

#include "cosmic-codec.h"
#include "cosmic-hash.h"

#include <string.h>

#define SEAL_TYPE    "(yayayayayaytxay)"
#define SEAL_VERSION 1
#define CODE_BEGIN   "DPOP-S"
/* Whoever copies a page may copy other text that speaks of records; more is no mistake. */
#define BEGINNINGS_MAX 16

static const char record_tag[] = "dpop record 1";

/* --- The plain form. ------------------------------------------------------------------------- */

char *
dpop_record_seal_plain (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *plain = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *at = composed != NULL ? composed : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isspace (letter) || letter == '\v')
        {
          space = plain->len > 0;
          continue;
        }
      if (space)
        g_string_append_c (plain, ' ');
      space = FALSE;
      g_string_append_unichar (plain, letter);
    }
  return g_string_free (plain, FALSE);
}

/* --- Bytes. ---------------------------------------------------------------------------------- */

static GBytes *
encode (const DpopRecordSeal *self, gboolean with_signature)
{
  GVariant *fields[] = {
    g_variant_new_byte (SEAL_VERSION),
    cosmic_codec_new_id (&self->party),
    cosmic_codec_new_id (&self->decision),
    cosmic_codec_new_id (&self->device),
    cosmic_codec_new_id (&self->outcome),
    cosmic_codec_new_id (&self->root),
    g_variant_new_uint64 (self->height),
    g_variant_new_int64 (self->made),
    cosmic_codec_new_bytes (self->signature, with_signature ? COSMIC_SIGN_SIZE : 0),
  };

  return cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static gboolean
decode (DpopRecordSeal *self, GBytes *bytes)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (SEAL_TYPE, bytes);
  g_autoptr (GBytes) signature = NULL;
  guint8 version;

  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 0, "y", &version);
  g_variant_get_child (value, 6, "t", &self->height);
  g_variant_get_child (value, 7, "x", &self->made);
  signature = cosmic_codec_child_bytes (value, 8);
  if (version != SEAL_VERSION || g_bytes_get_size (signature) != COSMIC_SIGN_SIZE)
    return FALSE;
  memcpy (self->signature, g_bytes_get_data (signature, NULL), COSMIC_SIGN_SIZE);
  return cosmic_codec_child_id (value, 1, &self->party)
         && cosmic_codec_child_id (value, 2, &self->decision)
         && cosmic_codec_child_id (value, 3, &self->device)
         && cosmic_codec_child_id (value, 4, &self->outcome)
         && cosmic_codec_child_id (value, 5, &self->root);
}

/* --- The signature. -------------------------------------------------------------------------- */

static GByteArray *
message (const DpopRecordSeal *self, const char *plain)
{
  g_autoptr (GBytes) fields = encode (self, FALSE);
  GByteArray *bytes = g_byte_array_new ();
  guint8 text[COSMIC_HASH_SIZE];

  cosmic_hash (plain, strlen (plain), text);
  g_byte_array_append (bytes, (const guint8 *) record_tag, sizeof record_tag);
  g_byte_array_append (bytes, g_bytes_get_data (fields, NULL), (guint) g_bytes_get_size (fields));
  g_byte_array_append (bytes, text, sizeof text);
  return bytes;
}

void
dpop_record_seal_sign (DpopRecordSeal *self, const char *plain, const CosmicSecret *key)
{
  g_autoptr (GByteArray) bytes = NULL;

  memcpy (self->device.bytes, cosmic_sign_key_public (key), COSMIC_ID_SIZE);
  bytes = message (self, plain);
  cosmic_sign (key, bytes->data, bytes->len, self->signature);
}

static gboolean
is_signed (const DpopRecordSeal *self, const char *plain)
{
  g_autoptr (GByteArray) bytes = message (self, plain);

  return cosmic_verify (self->device.bytes, bytes->data, bytes->len, self->signature);
}

char *
dpop_record_seal_write (const DpopRecordSeal *self)
{
  g_autoptr (GBytes) bytes = encode (self, TRUE);

  return cosmic_text_code_write (DPOP_RECORD_SEAL_KIND, bytes);
}

/* --- Finding it in a text. ------------------------------------------------------------------- */

/* How many letters every code of a seal has: all seals are as long as each other. */
static gsize
code_letters (void)
{
  const DpopRecordSeal any = { 0 };
  g_autofree char *code = dpop_record_seal_write (&any);
  gsize letters = 0;

  for (const char *at = code + strlen (CODE_BEGIN); *at != '\0'; at++)
    letters += g_ascii_isalnum (*at);
  return letters;
}

/* The code that begins at AT, without what stands on the page after it. */
static char *
cut_code (const char *at)
{
  gsize letters = code_letters ();
  GString *code = g_string_new (CODE_BEGIN "\n");

  for (at += strlen (CODE_BEGIN); letters > 0 && *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      {
        g_string_append_c (code, *at);
        letters--;
      }
    else if (*at != '-' && !g_ascii_isspace (*at))
      break;
  return g_string_free (code, FALSE);
}

/* The last place where a code begins; NULL: nowhere. */
static const char *
find_code (const char *text)
{
  const char *found = NULL;

  for (const char *at = text; (at = strstr (at, CODE_BEGIN)) != NULL; at++)
    if (g_ascii_isspace (at[strlen (CODE_BEGIN)]))
      found = at;
  return found;
}

static DpopRecordSealVerdict
read_parts (DpopRecordSeal *self, const char *text, char **plain, guint *line)
{
  const char *begin = strstr (text, DPOP_RECORD_SEAL_BEGIN);
  const char *end = find_code (text);
  g_autofree char *code = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (begin == NULL)
    return DPOP_RECORD_SEAL_NONE;
  if (end == NULL || end < begin)
    return DPOP_RECORD_SEAL_CODE;
  code = cut_code (end);
  if (cosmic_text_code_read (DPOP_RECORD_SEAL_KIND, code, &bytes, line) != COSMIC_TEXT_CODE_GOOD
      || !decode (self, bytes))
    return DPOP_RECORD_SEAL_CODE;
  for (guint i = 0; i < BEGINNINGS_MAX && begin != NULL && begin < end; i++)
    {
      g_autofree char *part = g_strndup (begin, (gsize) (end - begin));
      g_autofree char *own = dpop_record_seal_plain (part);

      if (is_signed (self, own))
        {
          if (plain != NULL)
            *plain = g_steal_pointer (&own);
          return DPOP_RECORD_SEAL_GOOD;
        }
      begin = strstr (begin + 1, DPOP_RECORD_SEAL_BEGIN);
    }
  return DPOP_RECORD_SEAL_ALTERED;
}

DpopRecordSealVerdict
dpop_record_seal_read (DpopRecordSeal *self, const char *text, gsize size, char **plain,
                       guint *line)
{
  g_autofree char *whole = NULL;

  *self = (DpopRecordSeal){ 0 };
  *line = 0;
  if (plain != NULL)
    *plain = NULL;
  if (size > DPOP_RECORD_SEAL_TEXT_MAX || !g_utf8_validate (text, (gssize) size, NULL))
    return DPOP_RECORD_SEAL_NOT_TEXT;
  whole = g_strndup (text, size);
  return read_parts (self, whole, plain, line);
}
