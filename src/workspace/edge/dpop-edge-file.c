/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-file.h"

#include <string.h>

#define NAME_BYTES_MAX 80 /* of the words: what the strictest file system still takes */

static const struct
{
  const char *extension;
  const char *media_type;
} kinds[] = {
  [DPOP_EDGE_FILE_OTHER] = { NULL, NULL },
  [DPOP_EDGE_FILE_TRANSFER]
  = { DPOP_EDGE_FILE_TRANSFER_EXTENSION, "application/x-dpop-transfer" },
  [DPOP_EDGE_FILE_SUMMARY] = { DPOP_EDGE_FILE_SUMMARY_EXTENSION, "application/x-dpop-summary" },
  [DPOP_EDGE_FILE_INVITATION]
  = { DPOP_EDGE_FILE_INVITATION_EXTENSION, "application/x-dpop-invitation" },
  [DPOP_EDGE_FILE_REQUEST] = { DPOP_EDGE_FILE_REQUEST_EXTENSION, "application/x-dpop-request" },
};

/* The head of a bundle, and behind it its kind: p2p/folder/dpop-bundle-file.h. */
static DpopEdgeFile
recognise_bundle (const guint8 *bytes, gsize size)
{
  static const guint8 magic[] = { 0x89, 'D', 'P', 'O', 'P', '\r', '\n', 0x1a };

  if (size <= sizeof magic || memcmp (bytes, magic, sizeof magic) != 0)
    return DPOP_EDGE_FILE_OTHER;
  switch (bytes[sizeof magic])
    {
    case 'T':
      return DPOP_EDGE_FILE_TRANSFER;
    case 'S':
      return DPOP_EDGE_FILE_SUMMARY;
    default:
      return DPOP_EDGE_FILE_OTHER;
    }
}

/* The head of a code as people may have typed it: cosmic/joining/cosmic-text-code.h. A letter that
 * follows makes another word of it. */
static DpopEdgeFile
recognise_code (const guint8 *bytes, gsize size)
{
  static const char name[] = "DPOP";
  gsize seen = 0;

  for (gsize at = 0; at < size; at++)
    {
      char letter = g_ascii_toupper ((char) bytes[at]);

      if (!g_ascii_isalnum (letter))
        continue;
      if (seen < strlen (name))
        {
          if (letter != name[seen] && !(letter == '0' && name[seen] == 'O'))
            return DPOP_EDGE_FILE_OTHER;
          seen++;
          continue;
        }
      if (at + 1 < size && g_ascii_isalnum (bytes[at + 1]))
        return DPOP_EDGE_FILE_OTHER;
      return letter == 'J'   ? DPOP_EDGE_FILE_INVITATION
             : letter == 'R' ? DPOP_EDGE_FILE_REQUEST
                             : DPOP_EDGE_FILE_OTHER;
    }
  return DPOP_EDGE_FILE_OTHER;
}

DpopEdgeFile
dpop_edge_file_recognise (const void *bytes, gsize size)
{
  DpopEdgeFile found = recognise_bundle (bytes, size);

  return found != DPOP_EDGE_FILE_OTHER ? found
                                       : recognise_code (bytes, MIN (size, DPOP_EDGE_FILE_HEAD));
}

const char *
dpop_edge_file_extension (DpopEdgeFile self)
{
  g_return_val_if_fail (self < G_N_ELEMENTS (kinds), NULL);
  return kinds[self].extension;
}

const char *
dpop_edge_file_media_type (DpopEdgeFile self)
{
  g_return_val_if_fail (self < G_N_ELEMENTS (kinds), NULL);
  return kinds[self].media_type;
}

char *
dpop_edge_file_name (DpopEdgeFile self, const char *words)
{
  static const char forbidden[] = "/\\:*?\"<>|";
  GString *name = g_string_new (NULL);

  g_return_val_if_fail (self != DPOP_EDGE_FILE_OTHER && self < G_N_ELEMENTS (kinds), NULL);
  for (const char *at = words; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char_validated (at, -1);

      if (letter >= (gunichar) -2)
        break; /* what is no text ends the words */
      if (g_unichar_iscntrl (letter) || (letter < 0x7f && strchr (forbidden, (int) letter) != NULL)
          || (letter == '.' && name->len == 0))
        continue;
      if (name->len + g_unichar_to_utf8 (letter, NULL) > NAME_BYTES_MAX)
        break;
      g_string_append_unichar (name, letter);
    }
  g_strstrip (name->str);
  name->len = strlen (name->str);
  if (name->len == 0)
    g_string_append (name, "dpop");
  g_string_append (name, kinds[self].extension);
  return g_string_free (name, FALSE);
}
