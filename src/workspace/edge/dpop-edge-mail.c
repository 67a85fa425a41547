/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-mail.h"

#include <string.h>

#define MAX_ADDRESS 254
#define MAX_LOCAL   64
#define MAX_LABEL   63

/* Letters beyond ASCII pass: RFC 6531, section 3.3. */
static gboolean
is_letter (char c)
{
  return g_ascii_isalnum (c) || (c & 0x80) != 0;
}

static gboolean
is_local (const char *at, gsize size)
{
  if (size == 0 || size > MAX_LOCAL || at[0] == '.' || at[size - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if ((at[i] == '.' && at[i - 1] == '.')
        || (!is_letter (at[i]) && strchr (".!#$%&'*+-/=?^_`{|}~", at[i]) == NULL))
      return FALSE;
  return TRUE;
}

static gboolean
is_label (const char *at, gsize size)
{
  if (size == 0 || size > MAX_LABEL || at[0] == '-' || at[size - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (!is_letter (at[i]) && at[i] != '-')
      return FALSE;
  return TRUE;
}

gboolean
dpop_edge_mail_is_valid (const char *address)
{
  const char *sign = strchr (address, '@');
  gboolean several = FALSE;

  if (sign == NULL || strlen (address) > MAX_ADDRESS
      || !is_local (address, (gsize) (sign - address)))
    return FALSE;
  for (const char *at = sign + 1;;)
    {
      gsize size = strcspn (at, ".");

      if (!is_label (at, size))
        return FALSE;
      /* A domain that ends in a number is an IP address. */
      if (at[size] == '\0')
        return several && strspn (at, "0123456789") < size;
      several = TRUE;
      at += size + 1;
    }
}

char *
dpop_edge_mail_bare (const char *text)
{
  const char *open = strchr (text, '<');
  gsize length;

  if (open != NULL && g_str_has_suffix (open, ">") && strchr (open + 1, '<') == NULL)
    return g_strndup (open + 1, strlen (open) - 2);
  if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    text += 7;
  for (length = strlen (text); length > 0 && strchr (";,", text[length - 1]) != NULL; length--)
    ;
  return g_strndup (text, length);
}
