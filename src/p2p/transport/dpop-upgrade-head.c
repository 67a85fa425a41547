/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-upgrade-head.h"

#include <libsoup/soup.h>
#include <string.h>

/* RFC 6455, section 1.3. */
#define ACCEPT_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

void
dpop_upgrade_head_init (DpopUpgradeHead *self)
{
  *self = (DpopUpgradeHead){ 0 };
}

/* Fields that would let something stand between the head and the frames. */
static gboolean
announces_body (const DpopUpgradeHead *self)
{
  static const char *const names[] = { "content-length", "transfer-encoding", "expect", "trailer" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (self->name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
take_byte (DpopUpgradeHead *self, guint8 byte)
{
  gboolean is_first = self->lines == 0;

  if (byte == '\0' || (byte == '\n') != (self->last == '\r'))
    return FALSE;
  if (self->column == 0 && (byte == ' ' || byte == '\t' || (is_first && byte == '\r')))
    return FALSE;
  if (self->column == 0)
    memset (self->name, 0, sizeof self->name);
  if (byte == ':' && !is_first && announces_body (self))
    return FALSE;
  /* A space before the colon hides a name from some readers only. */
  if (byte == ':' && (self->last == ' ' || self->last == '\t') && strchr (self->name, ':') == NULL)
    return FALSE;
  if (self->column + 1 < sizeof self->name && byte != '\r' && byte != '\n')
    self->name[self->column] = g_ascii_tolower ((char) byte);
  self->column++;
  return TRUE;
}

DpopUpgradeHeadVerdict
dpop_upgrade_head_take (DpopUpgradeHead *self, const guint8 *bytes, gsize size, gsize *taken)
{
  for (*taken = 0; *taken < size;)
    {
      guint8 byte = bytes[*taken];

      if (self->size >= DPOP_UPGRADE_HEAD_MAX || !take_byte (self, byte))
        return DPOP_UPGRADE_HEAD_BAD;
      ++*taken;
      self->size++;
      self->last = byte;
      if (byte != '\n')
        continue;
      self->lines++;
      if (self->column == 2)
        return DPOP_UPGRADE_HEAD_END;
      self->column = 0;
      self->last = 0;
    }
  return DPOP_UPGRADE_HEAD_MORE;
}

char *
dpop_upgrade_accept (const char *key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) ACCEPT_GUID, -1);
  g_checksum_get_digest (checksum, digest, &size);
  return g_base64_encode (digest, size);
}

gboolean
dpop_upgrade_answer_is_good (const char *head, gsize size, const char *key)
{
  g_autoptr (SoupMessageHeaders) fields = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autofree char *accept = dpop_upgrade_accept (key);
  g_autofree char *text = NULL;
  DpopUpgradeHead scan;
  SoupHTTPVersion version;
  const char *value;
  guint status;
  gsize taken;

  dpop_upgrade_head_init (&scan);
  if (dpop_upgrade_head_take (&scan, (const guint8 *) head, size, &taken) != DPOP_UPGRADE_HEAD_END
      || taken != size)
    return FALSE;
  /* libsoup wants the last line without its end, and reads on where no NUL stops it. */
  text = g_strndup (head, size);
  if (!soup_headers_parse_response (text, (int) size - 2, fields, &version, &status, NULL))
    return FALSE;
  if (version != SOUP_HTTP_1_1 || status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    return FALSE;
  value = soup_message_headers_get_one (fields, "Upgrade");
  if (value == NULL || g_ascii_strcasecmp (value, "websocket") != 0)
    return FALSE;
  if (!soup_message_headers_header_contains (fields, "Connection", "Upgrade"))
    return FALSE;
  if (soup_message_headers_get_list (fields, "Sec-WebSocket-Extensions") != NULL)
    return FALSE;
  value = soup_message_headers_get_one (fields, "Sec-WebSocket-Protocol");
  if (value == NULL || strcmp (value, DPOP_UPGRADE_PROTOCOL) != 0)
    return FALSE;
  value = soup_message_headers_get_one (fields, "Sec-WebSocket-Accept");
  return value != NULL && strcmp (value, accept) == 0;
}
