/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-join-request.h"

#include "cosmic-seal.h"

#define REQUEST_TYPE    "(yayayaymayayay)"
#define REQUEST_VERSION 1
#define REQUEST_KIND    'R'

static const char join_tag[] = "dpop join 1";

/* What is authenticated beside the sealed box. */
typedef struct
{
  guint8 bytes[sizeof join_tag + COSMIC_ID_SIZE];
} JoinLabel;

static JoinLabel
join_label (const CosmicId *party)
{
  JoinLabel label;

  memcpy (label.bytes, join_tag, sizeof join_tag);
  memcpy (label.bytes + sizeof join_tag, party->bytes, COSMIC_ID_SIZE);
  return label;
}

GBytes *
cosmic_join_request_encode (const CosmicRequest *request)
{
  GVariant *fields[] = {
    g_variant_new_byte (REQUEST_VERSION),
    cosmic_codec_new_id (&request->member),
    cosmic_codec_new_id (&request->device),
    cosmic_codec_new_id (&request->seal),
    cosmic_codec_new_maybe_id (request->invited ? &request->seed : NULL),
    cosmic_codec_new_bytes (request->device_signature, COSMIC_SIGN_SIZE),
    cosmic_codec_new_bytes (request->seed_signature, request->invited ? COSMIC_SIGN_SIZE : 0),
  };

  return cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static gboolean
read_signature (GVariant *value, guint index, gboolean there, guint8 signature[COSMIC_SIGN_SIZE])
{
  g_autoptr (GBytes) bytes = cosmic_codec_child_bytes (value, index);

  if (g_bytes_get_size (bytes) != (there ? COSMIC_SIGN_SIZE : 0))
    return FALSE;
  if (there)
    memcpy (signature, g_bytes_get_data (bytes, NULL), COSMIC_SIGN_SIZE);
  return TRUE;
}

gboolean
cosmic_join_request_decode (CosmicRequest *request, GBytes *bytes)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (REQUEST_TYPE, bytes);
  guint8 version;

  *request = (CosmicRequest){ 0 };
  if (value == NULL)
    return FALSE;
  g_variant_get_child (value, 0, "y", &version);
  return version == REQUEST_VERSION && cosmic_codec_child_id (value, 1, &request->member)
         && cosmic_codec_child_id (value, 2, &request->device)
         && cosmic_codec_child_id (value, 3, &request->seal)
         && cosmic_codec_child_maybe_id (value, 4, &request->seed, &request->invited)
         && read_signature (value, 5, TRUE, request->device_signature)
         && read_signature (value, 6, request->invited, request->seed_signature);
}

char *
cosmic_join_request_to_text (const CosmicInvite *invite, const CosmicSecret *key,
                             const CosmicId *seal, DpopRandom random)
{
  CosmicRequest request = { .member = invite->member, .seal = *seal };
  JoinLabel label = join_label (&invite->party);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) sealed = NULL;
  guint8 *out;
  gsize size;

  cosmic_request_sign (&request, &invite->party, key, invite->seed);
  plain = cosmic_join_request_encode (&request);
  size = g_bytes_get_size (plain);
  out = g_malloc (size + COSMIC_SEAL_OVERHEAD);
  sealed = g_bytes_new_take (out, size + COSMIC_SEAL_OVERHEAD);
  if (!cosmic_seal (invite->inviter_seal.bytes, random, label.bytes, sizeof label.bytes,
                    g_bytes_get_data (plain, NULL), size, out))
    return NULL;
  return cosmic_text_code_write (REQUEST_KIND, sealed);
}

CosmicJoinRequestVerdict
cosmic_join_request_from_text (CosmicRequest *request, const CosmicId *party,
                               const CosmicSecret *seal_key, const char *text,
                               CosmicTextCodeVerdict *code, guint *line)
{
  JoinLabel label = join_label (party);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) plain = NULL;
  gsize size;
  guint8 *out;

  *request = (CosmicRequest){ 0 };
  *code = cosmic_text_code_read (REQUEST_KIND, text, &sealed, line);
  if (*code != COSMIC_TEXT_CODE_GOOD)
    return COSMIC_JOIN_REQUEST_UNREADABLE;
  size = g_bytes_get_size (sealed);
  if (size <= COSMIC_SEAL_OVERHEAD)
    return COSMIC_JOIN_REQUEST_NOT_MINE;
  out = g_malloc (size - COSMIC_SEAL_OVERHEAD);
  plain = g_bytes_new_take (out, size - COSMIC_SEAL_OVERHEAD);
  if (!cosmic_unseal (seal_key, label.bytes, sizeof label.bytes, g_bytes_get_data (sealed, NULL),
                      size, out))
    return COSMIC_JOIN_REQUEST_NOT_MINE;
  if (!cosmic_join_request_decode (request, plain) || !cosmic_request_verify (request, party)
      || !cosmic_seal_public_is_valid (request->seal.bytes))
    return COSMIC_JOIN_REQUEST_INVALID;
  return COSMIC_JOIN_REQUEST_GOOD;
}
