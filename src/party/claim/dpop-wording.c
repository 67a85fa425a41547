/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-wording.h"

#include <string.h>

/* Two texts of the longest sort, the salt and the string ends fit into one part. */
G_STATIC_ASSERT (DPOP_WORDING_TITLE_MAX + DPOP_WORDING_TEXT_MAX + 64 < COSMIC_PART_SIZE_MAX);

static gboolean
is_control (char c)
{
  return (guchar) c < 0x20 || c == 0x7f;
}

/* C1 controls (U+0080 to U+009F) are C2 80 to C2 9F in UTF-8. */
static gboolean
is_text (const char *text, const char *permitted)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    {
      if (is_control (*at) && strchr (permitted, *at) == NULL)
        return FALSE;
      if ((guchar) at[0] == 0xc2 && (guchar) at[1] < 0xa0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\n")] == '\0';
}

static DpopWordingFault
check_text (const char *text)
{
  if (strlen (text) > DPOP_WORDING_TEXT_MAX)
    return DPOP_WORDING_TEXT_TOO_LONG;
  return is_text (text, "\n\t") ? DPOP_WORDING_FINE : DPOP_WORDING_NOT_TEXT;
}

DpopWordingFault
dpop_wording_check (const char *title, const char *text)
{
  if (strlen (title) > DPOP_WORDING_TITLE_MAX)
    return DPOP_WORDING_TITLE_TOO_LONG;
  if (!is_text (title, ""))
    return DPOP_WORDING_NOT_TEXT;
  return is_blank (title) ? DPOP_WORDING_NO_TITLE : check_text (text);
}

DpopWordingFault
dpop_wording_check_plain (const char *text)
{
  DpopWordingFault fault = check_text (text);

  return fault == DPOP_WORDING_FINE && is_blank (text) ? DPOP_WORDING_NO_TEXT : fault;
}

static gboolean
is_fine (DpopWordingFault found, DpopWordingFault *fault)
{
  if (fault != NULL)
    *fault = found;
  return found == DPOP_WORDING_FINE;
}

GVariant *
dpop_wording_encode (const char *title, const char *text, DpopWordingFault *fault)
{
  if (!is_fine (dpop_wording_check (title, text), fault))
    return NULL;
  return g_variant_new (DPOP_WORDING_TYPE, title, text);
}

GVariant *
dpop_wording_encode_plain (const char *text, DpopWordingFault *fault)
{
  if (!is_fine (dpop_wording_check_plain (text), fault))
    return NULL;
  return g_variant_new (DPOP_WORDING_PLAIN_TYPE, text);
}

DpopWording *
dpop_wording_decode (GBytes *part)
{
  g_autoptr (GVariant) content = cosmic_part_content (part, DPOP_WORDING_TYPE);
  g_autoptr (DpopWording) self = g_new0 (DpopWording, 1);

  if (content == NULL)
    return NULL;
  g_variant_get (content, DPOP_WORDING_TYPE, &self->title, &self->text);
  if (dpop_wording_check (self->title, self->text) != DPOP_WORDING_FINE)
    return NULL;
  return g_steal_pointer (&self);
}

DpopWording *
dpop_wording_decode_plain (GBytes *part)
{
  g_autoptr (GVariant) content = cosmic_part_content (part, DPOP_WORDING_PLAIN_TYPE);
  g_autoptr (DpopWording) self = g_new0 (DpopWording, 1);

  if (content == NULL)
    return NULL;
  g_variant_get (content, DPOP_WORDING_PLAIN_TYPE, &self->text);
  if (dpop_wording_check_plain (self->text) != DPOP_WORDING_FINE)
    return NULL;
  return g_steal_pointer (&self);
}

void
dpop_wording_free (DpopWording *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}
