/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-encoding.h"

#include <glib/gi18n-lib.h>

/* How much is looked at to tell two-byte text without a mark. */
#define WIDE_SAMPLE 4096

static const struct
{
  const char *name;
  const char *iconv; /* NULL: decoded here */
} encodings[DPOP_EDGE_ENCODING_N] = {
  [DPOP_EDGE_ENCODING_DETECT] = { NULL, NULL },
  [DPOP_EDGE_ENCODING_UTF_8] = { "UTF-8", NULL },
  [DPOP_EDGE_ENCODING_UTF_16_LE] = { "UTF-16LE", NULL },
  [DPOP_EDGE_ENCODING_UTF_16_BE] = { "UTF-16BE", NULL },
  [DPOP_EDGE_ENCODING_WINDOWS_1252] = { "Windows-1252", NULL },
  [DPOP_EDGE_ENCODING_WINDOWS_1250] = { "Windows-1250", "CP1250" },
  [DPOP_EDGE_ENCODING_ISO_8859_15] = { "ISO-8859-15", "ISO-8859-15" },
  [DPOP_EDGE_ENCODING_MAC_ROMAN] = { "Mac Roman", "MACINTOSH" },
  [DPOP_EDGE_ENCODING_DOS_850] = { "DOS 850", "CP850" },
};

/* Bytes 0x80 to 0x9f: https://encoding.spec.whatwg.org/index-windows-1252.txt */
static const guint16 windows_1252[32] = {
  0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

const char *
dpop_edge_encoding_name (DpopEdgeEncoding encoding)
{
  return encoding < DPOP_EDGE_ENCODING_N ? encodings[encoding].name : NULL;
}

gboolean
dpop_edge_encoding_from_name (const char *name, DpopEdgeEncoding *encoding)
{
  static const struct
  {
    const char *name;
    DpopEdgeEncoding encoding;
  } others[] = {
    { "utf8", DPOP_EDGE_ENCODING_UTF_8 },
    { "utf-16", DPOP_EDGE_ENCODING_UTF_16_LE },
    { "latin1", DPOP_EDGE_ENCODING_WINDOWS_1252 },
    { "iso-8859-1", DPOP_EDGE_ENCODING_WINDOWS_1252 },
    { "cp1252", DPOP_EDGE_ENCODING_WINDOWS_1252 },
    { "cp1250", DPOP_EDGE_ENCODING_WINDOWS_1250 },
    { "latin9", DPOP_EDGE_ENCODING_ISO_8859_15 },
    { "macroman", DPOP_EDGE_ENCODING_MAC_ROMAN },
    { "cp850", DPOP_EDGE_ENCODING_DOS_850 },
  };

  for (guint i = DPOP_EDGE_ENCODING_UTF_8; i < DPOP_EDGE_ENCODING_N; i++)
    if (g_ascii_strcasecmp (name, encodings[i].name) == 0)
      {
        *encoding = i;
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strcasecmp (name, others[i].name) == 0)
      {
        *encoding = others[i].encoding;
        return TRUE;
      }
  return FALSE;
}

/* Lines are counted as the table reader counts them: LF, CR, and CR LF as one. */
static gsize
line_at (const guint8 *bytes, gsize offset, guint width, guint low)
{
  gsize line = 1;
  gunichar before = 0;

  for (gsize i = 0; i + width <= offset; i += width)
    {
      gunichar c = width == 1 ? bytes[i] : (gunichar) (bytes[i + low] | bytes[i + 1 - low] << 8);

      line += c == '\r' || (c == '\n' && before != '\r');
      before = c;
    }
  return line;
}

static void
set_nul_error (GError **error, gsize line)
{
  g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_ENCODING,
               _ ("Line %" G_GSIZE_FORMAT " holds a zero byte, which no text has. "
                  "Export the list again as CSV in UTF-8."),
               line);
}

static char *
decode_utf8 (const guint8 *bytes, gsize size, gsize *length, GError **error)
{
  const char *bad;

  if (g_utf8_validate_len ((const char *) bytes, size, &bad))
    {
      *length = size;
      return g_strndup ((const char *) bytes, size);
    }
  if (*bad == '\0')
    set_nul_error (error, line_at (bytes, (gsize) (bad - (const char *) bytes), 1, 0));
  else
    g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_ENCODING,
                 _ ("Line %" G_GSIZE_FORMAT " is not UTF-8. "
                    "Choose another encoding, or export the list again as UTF-8."),
                 line_at (bytes, (gsize) (bad - (const char *) bytes), 1, 0));
  return NULL;
}

static char *
decode_utf16 (const guint8 *bytes, gsize size, guint low, gsize *length, GError **error)
{
  g_autofree char *text = NULL;
  gsize at = 0;
  gsize i = 0;

  if (size % 2 != 0)
    {
      g_set_error_literal (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_ENCODING,
                           _ ("The file ends within a character: it was cut off. "
                              "Copy or export it again."));
      return NULL;
    }
  text = g_malloc (size / 2 * 3 + 1);
  while (i < size)
    {
      gunichar c = (gunichar) (bytes[i + low] | bytes[i + 1 - low] << 8);
      gsize start = i;

      i += 2;
      if (c >= 0xd800 && c < 0xdc00 && i < size)
        {
          gunichar next = (gunichar) (bytes[i + low] | bytes[i + 1 - low] << 8);

          if (next >= 0xdc00 && next < 0xe000)
            {
              c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
              i += 2;
            }
        }
      if (c == 0)
        {
          set_nul_error (error, line_at (bytes, start, 2, low));
          return NULL;
        }
      if (c >= 0xd800 && c < 0xe000)
        {
          g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_ENCODING,
                       _ ("Line %" G_GSIZE_FORMAT " holds half a UTF-16 character. "
                          "Choose another encoding, or export the list again as UTF-8."),
                       line_at (bytes, start, 2, low));
          return NULL;
        }
      at += (gsize) g_unichar_to_utf8 (c, text + at);
    }
  text[at] = '\0';
  *length = at;
  return g_steal_pointer (&text);
}

/* The upper half of a one-byte encoding; 0 where a byte means nothing. */
static gboolean
upper_half (DpopEdgeEncoding encoding, gunichar upper[128], GError **error)
{
  GIConv converter;

  if (encodings[encoding].iconv == NULL)
    {
      for (guint i = 0; i < 128; i++)
        upper[i] = i < 32 ? windows_1252[i] : 0x80 + i;
      return TRUE;
    }
  converter = g_iconv_open ("UTF-8", encodings[encoding].iconv);
  if (converter == (GIConv) -1)
    {
      g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_ENCODING,
                   _ ("This computer cannot read %s. Export the list again as UTF-8."),
                   encodings[encoding].name);
      return FALSE;
    }
  for (guint i = 0; i < 128; i++)
    {
      const char byte = (char) (0x80 + i);
      g_autofree char *text = g_convert_with_iconv (&byte, 1, converter, NULL, NULL, NULL);

      upper[i] = text != NULL ? g_utf8_get_char (text) : 0;
    }
  g_iconv_close (converter);
  return TRUE;
}

static char *
decode_one_byte (const guint8 *bytes, gsize size, DpopEdgeEncoding encoding, gsize *length,
                 GError **error)
{
  gunichar upper[128];
  g_autofree char *text = NULL;
  gsize at = 0;

  if (!upper_half (encoding, upper, error))
    return NULL;
  text = g_malloc (size * 3 + 1);
  for (gsize i = 0; i < size; i++)
    {
      gunichar c = bytes[i] < 0x80 ? bytes[i] : upper[bytes[i] - 0x80];

      if (bytes[i] == 0)
        {
          set_nul_error (error, line_at (bytes, i, 1, 0));
          return NULL;
        }
      if (c == 0)
        {
          g_set_error (error, DPOP_EDGE_ERROR, DPOP_EDGE_ERROR_ENCODING,
                       _ ("Line %" G_GSIZE_FORMAT
                          " is not %s: its byte 0x%02x means nothing there. "
                          "Choose another encoding."),
                       line_at (bytes, i, 1, 0), encodings[encoding].name, bytes[i]);
          return NULL;
        }
      at += (gsize) g_unichar_to_utf8 (c, text + at);
    }
  text[at] = '\0';
  *length = at;
  return g_steal_pointer (&text);
}

/* Western text in two-byte units has a zero in every second place, and in those places only. */
static DpopEdgeEncoding
detect_wide (const guint8 *bytes, gsize size)
{
  gsize pairs = MIN (size, WIDE_SAMPLE) / 2;
  gsize zeros[2] = { 0, 0 };

  if (size % 2 != 0 || pairs == 0)
    return DPOP_EDGE_ENCODING_DETECT;
  for (gsize i = 0; i < 2 * pairs; i++)
    zeros[i % 2] += bytes[i] == 0;
  if (zeros[0] == 0 && zeros[1] * 2 > pairs)
    return DPOP_EDGE_ENCODING_UTF_16_LE;
  if (zeros[1] == 0 && zeros[0] * 2 > pairs)
    return DPOP_EDGE_ENCODING_UTF_16_BE;
  return DPOP_EDGE_ENCODING_DETECT;
}

/* Does text that as a whole is not UTF-8 have characters that are? An "Ã¼" that somebody meant is
 * rare enough for a word of warning. */
static gboolean
has_utf8_character (const guint8 *bytes, gsize size)
{
  for (gsize i = 0; i + 1 < size; i++)
    if (bytes[i] >= 0xc3 && bytes[i] < 0xf0)
      {
        gunichar c
            = g_utf8_get_char_validated ((const char *) bytes + i, (gssize) MIN (size - i, 4));

        if (c != (gunichar) -1 && c != (gunichar) -2)
          return TRUE;
      }
  return FALSE;
}

static void
detect (const guint8 *bytes, gsize size, DpopEdgeEncodingFacts *facts)
{
  facts->encoding = detect_wide (bytes, size);
  if (facts->encoding != DPOP_EDGE_ENCODING_DETECT)
    return;
  /* A zero byte is refused with its line, whatever the text is. */
  facts->encoding = DPOP_EDGE_ENCODING_UTF_8;
  if (memchr (bytes, 0, size) == NULL && !g_utf8_validate_len ((const char *) bytes, size, NULL))
    {
      facts->encoding = DPOP_EDGE_ENCODING_WINDOWS_1252;
      facts->guessed = TRUE;
      facts->mixed = has_utf8_character (bytes, size);
    }
}

static gsize
mark_size (const guint8 *bytes, gsize size, DpopEdgeEncoding *marked)
{
  if (size >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf)
    return *marked = DPOP_EDGE_ENCODING_UTF_8, 3;
  if (size >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe)
    return *marked = DPOP_EDGE_ENCODING_UTF_16_LE, 2;
  if (size >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff)
    return *marked = DPOP_EDGE_ENCODING_UTF_16_BE, 2;
  return *marked = DPOP_EDGE_ENCODING_DETECT, 0;
}

char *
dpop_edge_encoding_decode (gconstpointer bytes, gsize size, DpopEdgeEncoding wanted,
                           DpopEdgeEncodingFacts *facts, gsize *length, GError **error)
{
  DpopEdgeEncoding marked;
  gsize skip = mark_size (bytes, size, &marked);
  const guint8 *text = bytes != NULL ? bytes : (const guint8 *) ""; /* an empty GBytes has none */

  *facts = (DpopEdgeEncodingFacts){ .encoding = wanted };
  /* Whoever chose Windows-1252 for a file with a mark wants the mark's bytes as well. */
  if (skip > 0 && (wanted == DPOP_EDGE_ENCODING_DETECT || wanted == marked))
    {
      facts->encoding = marked;
      facts->byte_order_mark = TRUE;
      text += skip;
      size -= skip;
    }
  else if (wanted == DPOP_EDGE_ENCODING_DETECT)
    detect (text, size, facts);

  switch (facts->encoding)
    {
    case DPOP_EDGE_ENCODING_UTF_8:
      return decode_utf8 (text, size, length, error);
    case DPOP_EDGE_ENCODING_UTF_16_LE:
      return decode_utf16 (text, size, 0, length, error);
    case DPOP_EDGE_ENCODING_UTF_16_BE:
      return decode_utf16 (text, size, 1, length, error);
    case DPOP_EDGE_ENCODING_WINDOWS_1252:
    case DPOP_EDGE_ENCODING_WINDOWS_1250:
    case DPOP_EDGE_ENCODING_ISO_8859_15:
    case DPOP_EDGE_ENCODING_MAC_ROMAN:
    case DPOP_EDGE_ENCODING_DOS_850:
      return decode_one_byte (text, size, facts->encoding, length, error);
    case DPOP_EDGE_ENCODING_DETECT:
    case DPOP_EDGE_ENCODING_N:
    default:
      g_return_val_if_reached (NULL);
    }
}
