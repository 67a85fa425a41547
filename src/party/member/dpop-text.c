/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-text-private.h"

#include <string.h>

gboolean
dpop_text_fits (const char *text, gsize limit, gboolean lines)
{
  gsize size = strnlen (text, limit + 1);

  if (size > limit || !g_utf8_validate_len (text, size, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if ((c < 0x20 && !(lines && c == '\n')) || (c >= 0x7f && c < 0xa0))
        return FALSE;
    }
  return TRUE;
}
