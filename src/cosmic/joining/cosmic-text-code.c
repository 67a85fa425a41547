/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-text-code.h"

#include "cosmic-hash.h"

#include <string.h>

#define LINE_BYTES   15
#define LINE_LETTERS 24 /* of LINE_BYTES */
#define CHECK        4  /* letters */
#define LINE         (LINE_LETTERS + CHECK)
#define GROUP        4
#define PREFIX       5 /* DPOP and the kind */

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char code_tag[] = "dpop code 1";

/* The five-bit value of a letter; -1 when no code has it. */
static int
letter_value (char letter)
{
  char upper = g_ascii_toupper (letter);
  const char *at;

  if (upper == 'O')
    upper = '0';
  else if (upper == 'I' || upper == 'L')
    upper = '1';
  at = upper != '\0' ? strchr (alphabet, upper) : NULL;
  return at != NULL ? (int) (at - alphabet) : -1;
}

/* The 20 bits of check, in four letters' values. */
static void
check_values (char kind, guint number, gboolean last, const guint8 *bytes, gsize size,
              guint8 values[CHECK])
{
  guint8 head[4] = { (guint8) kind, (guint8) (number & 0xff), (guint8) (number >> 8), last };
  guint8 full[COSMIC_HASH_SIZE];
  guint32 bits;
  CosmicHash hash;

  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, code_tag, sizeof code_tag);
  cosmic_hash_update (&hash, head, sizeof head);
  cosmic_hash_update (&hash, bytes, size);
  cosmic_hash_finish (&hash, full);
  bits = (guint32) full[0] << 12 | (guint32) full[1] << 4 | (guint32) full[2] >> 4;
  for (guint i = 0; i < CHECK; i++)
    values[i] = bits >> (5 * (CHECK - 1 - i)) & 31;
}

/* SIZE bytes as letters' values; the bits left over are zero. Returns how many. */
static gsize
to_values (const guint8 *bytes, gsize size, guint8 values[LINE_LETTERS])
{
  guint32 bits = 0;
  guint n_bits = 0;
  gsize count = 0;

  for (gsize i = 0; i < size; i++)
    {
      bits = bits << 8 | bytes[i];
      for (n_bits += 8; n_bits >= 5; n_bits -= 5)
        values[count++] = bits >> (n_bits - 5) & 31;
    }
  if (n_bits > 0)
    values[count++] = (guint8) (bits << (5 - n_bits) & 31);
  return count;
}

/* The reverse. FALSE when COUNT letters are no whole bytes, or the bits left over are not zero. */
static gboolean
to_bytes (const guint8 *values, gsize count, guint8 bytes[LINE_BYTES], gsize *size)
{
  guint32 bits = 0;
  guint n_bits = 0;

  *size = 0;
  for (gsize i = 0; i < count; i++)
    {
      bits = bits << 5 | values[i];
      n_bits += 5;
      if (n_bits < 8)
        continue;
      n_bits -= 8;
      bytes[(*size)++] = (guint8) (bits >> n_bits & 0xff);
    }
  return n_bits < 5 && (bits & ((1u << n_bits) - 1)) == 0;
}

char *
cosmic_text_code_write (char kind, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GString *text = g_string_new ("DPOP-");

  g_return_val_if_fail (size > 0 && size <= COSMIC_TEXT_CODE_SIZE_MAX, NULL);
  g_string_append_c (text, kind);
  for (gsize at = 0; at < size; at += LINE_BYTES)
    {
      gsize here = MIN (size - at, LINE_BYTES);
      guint8 values[LINE];
      gsize count = to_values (data + at, here, values);

      check_values (kind, (guint) (at / LINE_BYTES), at + here == size, data + at, here,
                    values + count);
      for (gsize i = 0; i < count + CHECK; i++)
        {
          gboolean group = i < count ? i % GROUP == 0 : i == count;

          g_string_append (text, i == 0 ? "\n" : group ? "-" : "");
          g_string_append_c (text, alphabet[values[i]]);
        }
    }
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

/* The letters of TEXT after its first ones, as values, 0xff where no code has such a letter. NULL
 * when it does not begin as a code; *KIND is the letter found there. */
static GByteArray *
read_letters (const char *text, char *kind)
{
  static const char name[] = "DP0P";
  GByteArray *letters = g_byte_array_new ();
  gsize seen = 0;
  gboolean good = TRUE;

  for (; *text != '\0' && good; text++)
    {
      int value = letter_value (*text);
      guint8 byte = value >= 0 ? (guint8) value : 0xff;

      if (!g_ascii_isalnum (*text))
        continue;
      if (seen < PREFIX - 1)
        good = value >= 0 && alphabet[value] == name[seen];
      else if (seen == PREFIX - 1)
        *kind = g_ascii_toupper (*text);
      else
        g_byte_array_append (letters, &byte, 1);
      seen++;
      good = good && letters->len <= 2 * COSMIC_TEXT_CODE_SIZE_MAX;
    }
  if (good && seen >= PREFIX)
    return letters;
  g_byte_array_unref (letters);
  return NULL;
}

static CosmicTextCodeVerdict
read_line (char kind, guint number, gboolean last, const guint8 *values, gsize count,
           GByteArray *out)
{
  guint8 bytes[LINE_BYTES], check[CHECK];
  gsize size;

  for (gsize i = 0; i < count; i++)
    if (values[i] == 0xff)
      return COSMIC_TEXT_CODE_LETTER;
  if (count <= CHECK)
    return COSMIC_TEXT_CODE_SHORT;
  if (!to_bytes (values, count - CHECK, bytes, &size))
    return COSMIC_TEXT_CODE_LINE;
  check_values (kind, number, last, bytes, size, check);
  if (memcmp (check, values + count - CHECK, CHECK) == 0)
    {
      g_byte_array_append (out, bytes, (guint) size);
      return COSMIC_TEXT_CODE_GOOD;
    }
  if (!last || count < LINE)
    return COSMIC_TEXT_CODE_LINE;
  /* Right, were there more to come? */
  check_values (kind, number, FALSE, bytes, size, check);
  return memcmp (check, values + count - CHECK, CHECK) == 0 ? COSMIC_TEXT_CODE_SHORT
                                                             : COSMIC_TEXT_CODE_LINE;
}

CosmicTextCodeVerdict
cosmic_text_code_read (char kind, const char *text, GBytes **bytes, guint *line)
{
  g_autoptr (GByteArray) letters = NULL;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  char found = '\0';

  *line = 0;
  if ((letters = read_letters (text, &found)) == NULL)
    return COSMIC_TEXT_CODE_NONE;
  if (found != kind)
    return COSMIC_TEXT_CODE_OTHER_KIND;
  if (letters->len == 0)
    return COSMIC_TEXT_CODE_SHORT;
  for (gsize at = 0; at < letters->len; at += LINE)
    {
      gsize count = MIN (letters->len - at, LINE);
      CosmicTextCodeVerdict verdict
          = read_line (kind, (guint) (at / LINE), at + count == letters->len, letters->data + at,
                       count, out);

      if (verdict == COSMIC_TEXT_CODE_GOOD)
        continue;
      *line = verdict != COSMIC_TEXT_CODE_SHORT ? (guint) (at / LINE) + 1 : 0;
      return verdict;
    }
  if (out->len > COSMIC_TEXT_CODE_SIZE_MAX)
    return COSMIC_TEXT_CODE_SHORT;
  *bytes = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return COSMIC_TEXT_CODE_GOOD;
}
