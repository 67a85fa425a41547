/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes as text that people print, dictate and type (design 4.11). [format]
 *
 *   DPOP-J                                  "DPOP" and one letter for what it is
 *   XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-CCCC      a line: 15 bytes in Crockford's base 32, most
 *   ...                                     significant bits first, and 20 bits of check
 *   XXXX-XX-CCCC                            the last line may be shorter; bits left over are zero
 *
 * check = the first 20 bits of BLAKE2b ("dpop code 1" NUL, kind, number of the line from 0 (2,
 * little endian), 1 if it is the last or else 0, bytes of the line), so that a line which is wrong,
 * missing or in the wrong place is told by its number. Case, spaces, dashes and all that is neither
 * letter nor digit are passed over; O reads as 0, I and L as 1. */
#define COSMIC_TEXT_CODE_SIZE_MAX 4096 /* of the bytes */

typedef enum
{
  COSMIC_TEXT_CODE_GOOD,
  COSMIC_TEXT_CODE_NONE,       /* it does not begin as a code */
  COSMIC_TEXT_CODE_OTHER_KIND, /* a code, but for something else */
  COSMIC_TEXT_CODE_LETTER,     /* a letter that no code has, in the line told */
  COSMIC_TEXT_CODE_LINE,       /* the line told is mistyped, missing, or in the wrong place */
  COSMIC_TEXT_CODE_SHORT,      /* it ends too early, or is too long */
} CosmicTextCodeVerdict;

/* KIND is an upper-case letter other than I, L, O and U. The caller frees. */
char *cosmic_text_code_write (char kind, GBytes *bytes);

/* *BYTES (unref) when good; *LINE counts from 1 where a line is told, else 0. */
CosmicTextCodeVerdict cosmic_text_code_read (char kind, const char *text, GBytes **bytes,
                                             guint *line);

G_END_DECLS
