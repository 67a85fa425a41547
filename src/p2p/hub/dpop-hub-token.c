/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hub-token.h"

#include "cosmic-hash.h"
#include "cosmic-text-code.h"

#include <string.h>

#define ACCESS_KIND    'M'
#define ACCESS_VERSION 1
#define HOST_PLACE     (3 + COSMIC_ID_SIZE + DPOP_HUB_TOKEN_SIZE)
#define HOST_MAX       253

/* --- Tokens. ---------------------------------------------------------------------------------- */

void
dpop_hub_token_party (const CosmicId *key, CosmicId *party)
{
  static const char tag[] = "dpop hub account 1";
  CosmicHash hash;

  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, tag, sizeof tag);
  cosmic_hash_update (&hash, key->bytes, COSMIC_ID_SIZE);
  cosmic_hash_finish (&hash, party->bytes);
}

void
dpop_hub_token_open (DpopHubToken *self, const guint8 token[DPOP_HUB_TOKEN_SIZE])
{
  guint8 seed[32];

  cosmic_derive (token, "dpophubs", 1, seed, sizeof seed);
  cosmic_derive (token, "dpophubf", 1, self->find, sizeof self->find);
  self->sign = cosmic_sign_key_from_seed (seed, self->key.bytes);
  cosmic_wipe (seed, sizeof seed);
  dpop_hub_token_party (&self->key, &self->party);
}

void
dpop_hub_token_clear (DpopHubToken *self)
{
  cosmic_secret_free (self->sign);
  cosmic_wipe (self, sizeof *self);
}

/* --- Tickets. --------------------------------------------------------------------------------- */

static GByteArray *
ticket_bytes (const CosmicId *hub, const GArray *ids)
{
  static const guint8 tag[] = "dpop hub erase 1";
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, tag, sizeof tag);
  g_byte_array_append (bytes, hub->bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, (const guint8 *) ids->data, ids->len * (guint) sizeof (CosmicId));
  return bytes;
}

void
dpop_hub_ticket_sign (const DpopHubToken *token, const CosmicId *hub, const GArray *ids,
                      guint8 signature[COSMIC_SIGN_SIZE])
{
  g_autoptr (GByteArray) bytes = ticket_bytes (hub, ids);

  cosmic_sign (token->sign, bytes->data, bytes->len, signature);
}

gboolean
dpop_hub_ticket_verify (const CosmicId *key, const CosmicId *hub, const GArray *ids,
                        const guint8 signature[COSMIC_SIGN_SIZE])
{
  g_autoptr (GByteArray) bytes = ticket_bytes (hub, ids);

  return cosmic_verify (key->bytes, bytes->data, bytes->len, signature);
}

/* --- Access codes. ---------------------------------------------------------------------------- */

void
dpop_hub_access_clear (DpopHubAccess *self)
{
  g_clear_pointer (&self->host, g_free);
  cosmic_secret_free (self->token);
  self->token = NULL;
}

gboolean
dpop_hub_access_is_host (const char *host)
{
  const gsize size = strlen (host);

  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isalnum (host[i]) && strchr (".-:", host[i]) == NULL)
      return FALSE;
  return size > 0 && size <= HOST_MAX;
}

char *
dpop_hub_access_write (const DpopHubAccess *self)
{
  const guint8 head[]
      = { ACCESS_VERSION, (guint8) (self->port & 0xff), (guint8) (self->port >> 8) };
  GByteArray *array = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  g_byte_array_append (array, head, sizeof head);
  g_byte_array_append (array, self->hub.bytes, COSMIC_ID_SIZE);
  g_byte_array_append (array, cosmic_secret_bytes (self->token), DPOP_HUB_TOKEN_SIZE);
  g_byte_array_append (array, (const guint8 *) self->host, (guint) strlen (self->host));
  bytes = g_byte_array_free_to_bytes (array);
  return cosmic_text_code_write (ACCESS_KIND, bytes);
}

gboolean
dpop_hub_access_read (DpopHubAccess *self, const char *text)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *host = NULL;
  const guint8 *data;
  guint line;
  gsize size;

  *self = (DpopHubAccess){ 0 };
  if (cosmic_text_code_read (ACCESS_KIND, text, &bytes, &line) != COSMIC_TEXT_CODE_GOOD)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (size <= HOST_PLACE || data[0] != ACCESS_VERSION)
    return FALSE;
  host = g_strndup ((const char *) data + HOST_PLACE, size - HOST_PLACE);
  if (strlen (host) != size - HOST_PLACE || !dpop_hub_access_is_host (host))
    return FALSE;
  self->port = (guint16) (data[1] | data[2] << 8);
  if (self->port == 0)
    return FALSE;
  memcpy (self->hub.bytes, data + 3, COSMIC_ID_SIZE);
  self->token = cosmic_secret_copy (data + 3 + COSMIC_ID_SIZE, DPOP_HUB_TOKEN_SIZE);
  self->host = g_steal_pointer (&host);
  return TRUE;
}
