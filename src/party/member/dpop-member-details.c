/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-details.h"

#include "dpop-text-private.h"

#include <string.h>

#define DETAILS_VERSION 1
/* Where the address stands among the texts. */
#define BEFORE_ADDRESS DPOP_MEMBER_DETAILS_POSTCODE

DpopMemberDetails *
dpop_member_details_new (void)
{
  return g_new0 (DpopMemberDetails, 1);
}

void
dpop_member_details_free (DpopMemberDetails *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < DPOP_MEMBER_DETAILS_N_TEXTS; i++)
    g_free (self->texts[i]);
  g_strfreev (self->address);
  for (guint i = 0; i < self->n_extras; i++)
    {
      g_free (self->extras[i].heading);
      g_free (self->extras[i].text);
    }
  g_free (self->extras);
  g_free (self);
}

void
dpop_member_details_set (DpopMemberDetails *self, DpopMemberDetailsField field, const char *text)
{
  g_return_if_fail (field < DPOP_MEMBER_DETAILS_N_TEXTS);
  g_free (self->texts[field]);
  self->texts[field] = g_strdup (text);
}

const char *
dpop_member_details_get (const DpopMemberDetails *self, DpopMemberDetailsField field)
{
  return field < DPOP_MEMBER_DETAILS_N_TEXTS && self->texts[field] != NULL ? self->texts[field]
                                                                           : "";
}

void
dpop_member_details_add_extra (DpopMemberDetails *self, const char *heading, const char *text)
{
  self->extras = g_renew (DpopMemberExtra, self->extras, self->n_extras + 1);
  self->extras[self->n_extras++]
      = (DpopMemberExtra){ .heading = g_strdup (heading), .text = g_strdup (text) };
}

/* --- What fits. ------------------------------------------------------------------------------ */

/* LENGTH digits as a number, -1 when they are not. */
static int
digits (const char *text, guint length)
{
  int number = 0;

  for (guint i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + (text[i] - '0');
    }
  return number;
}

static int
days_in (int year, int month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  return days[month - 1] + (month == 2 && leap);
}

static gboolean
is_date (const char *text)
{
  gsize size = strlen (text);
  int year, month, day;

  if (size == 0)
    return TRUE;
  if ((size != 4 && size != 7 && size != 10) || (year = digits (text, 4)) < 1)
    return FALSE;
  if (size == 4)
    return TRUE;
  month = text[4] == '-' ? digits (text + 5, 2) : -1;
  if (month < 1 || month > 12)
    return FALSE;
  if (size == 7)
    return TRUE;
  day = text[7] == '-' ? digits (text + 8, 2) : -1;
  return day >= 1 && day <= days_in (year, month);
}

static gboolean
text_fits (DpopMemberDetailsField field, const char *text)
{
  switch (field)
    {
    case DPOP_MEMBER_DETAILS_NAME:
      return *text != '\0' && dpop_text_fits (text, DPOP_MEMBER_DETAILS_TEXT_MAX, FALSE);
    case DPOP_MEMBER_DETAILS_NOTE:
      return dpop_text_fits (text, DPOP_MEMBER_DETAILS_NOTE_MAX, TRUE);
    case DPOP_MEMBER_DETAILS_BORN:
    case DPOP_MEMBER_DETAILS_JOINED:
      return is_date (text);
    default:
      return dpop_text_fits (text, DPOP_MEMBER_DETAILS_TEXT_MAX, FALSE);
    }
}

static gboolean
address_fits (const DpopMemberDetails *self)
{
  guint lines = self->address != NULL ? g_strv_length (self->address) : 0;

  for (guint i = 0; i < MIN (lines, DPOP_MEMBER_DETAILS_LINES_MAX); i++)
    if (!dpop_text_fits (self->address[i], DPOP_MEMBER_DETAILS_TEXT_MAX, FALSE))
      return FALSE;
  return lines <= DPOP_MEMBER_DETAILS_LINES_MAX;
}

static gboolean
extras_fit (const DpopMemberDetails *self)
{
  if (self->n_extras > DPOP_MEMBER_DETAILS_EXTRAS_MAX)
    return FALSE;
  for (guint i = 0; i < self->n_extras; i++)
    if (*self->extras[i].heading == '\0'
        || !dpop_text_fits (self->extras[i].heading, DPOP_MEMBER_DETAILS_TEXT_MAX, FALSE)
        || !dpop_text_fits (self->extras[i].text, DPOP_MEMBER_DETAILS_EXTRA_MAX, TRUE))
      return FALSE;
  return TRUE;
}

static gboolean
find_misfit (const DpopMemberDetails *self, DpopMemberDetailsField *where)
{
  for (guint i = 0; i < DPOP_MEMBER_DETAILS_N_TEXTS; i++)
    if (!text_fits (i, dpop_member_details_get (self, i)))
      {
        *where = i;
        return TRUE;
      }
  if (!address_fits (self))
    {
      *where = DPOP_MEMBER_DETAILS_ADDRESS;
      return TRUE;
    }
  if (!extras_fit (self))
    {
      *where = DPOP_MEMBER_DETAILS_EXTRA;
      return TRUE;
    }
  return FALSE;
}

gboolean
dpop_member_details_fits (const DpopMemberDetails *self, DpopMemberDetailsField *where)
{
  DpopMemberDetailsField ignored;
  DpopMemberDetailsField *misfit = where != NULL ? where : &ignored;
  g_autoptr (GVariant) encoded = NULL;

  if (find_misfit (self, misfit))
    return FALSE;
  encoded = g_variant_ref_sink (dpop_member_details_encode (self));
  if (g_variant_get_size (encoded) <= DPOP_MEMBER_DETAILS_SIZE_MAX)
    return TRUE;
  *misfit = DPOP_MEMBER_DETAILS_SIZE;
  return FALSE;
}

/* --- To and from bytes. ---------------------------------------------------------------------- */

static void
add_texts (GVariantBuilder *builder, const DpopMemberDetails *self, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    g_variant_builder_add (builder, "s", dpop_member_details_get (self, i));
}

GVariant *
dpop_member_details_encode (const DpopMemberDetails *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (DPOP_MEMBER_DETAILS_PERSONAL_TYPE));
  g_variant_builder_add (&builder, "y", DETAILS_VERSION);
  add_texts (&builder, self, 0, BEFORE_ADDRESS);
  g_variant_builder_open (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; self->address != NULL && self->address[i] != NULL; i++)
    g_variant_builder_add (&builder, "s", self->address[i]);
  g_variant_builder_close (&builder);
  add_texts (&builder, self, BEFORE_ADDRESS, DPOP_MEMBER_DETAILS_N_TEXTS);
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < self->n_extras; i++)
    g_variant_builder_add (&builder, "(ss)", self->extras[i].heading, self->extras[i].text);
  g_variant_builder_close (&builder);
  return g_variant_builder_end (&builder);
}

static void
read_texts (DpopMemberDetails *self, GVariant *personal)
{
  for (guint i = 0; i < DPOP_MEMBER_DETAILS_N_TEXTS; i++)
    g_variant_get_child (personal, i < BEFORE_ADDRESS ? i + 1 : i + 2, "s", &self->texts[i]);
  g_variant_get_child (personal, BEFORE_ADDRESS + 1, "^as", &self->address);
}

static gboolean
read_extras (DpopMemberDetails *self, GVariant *personal)
{
  g_autoptr (GVariant) extras = NULL;
  gsize count;

  extras = g_variant_get_child_value (personal, DPOP_MEMBER_DETAILS_N_TEXTS + 2);
  count = g_variant_n_children (extras);
  if (count > DPOP_MEMBER_DETAILS_EXTRAS_MAX)
    return FALSE;
  self->extras = g_new0 (DpopMemberExtra, count);
  self->n_extras = (guint) count;
  for (gsize i = 0; i < count; i++)
    g_variant_get_child (extras, i, "(ss)", &self->extras[i].heading, &self->extras[i].text);
  return TRUE;
}

DpopMemberDetails *
dpop_member_details_decode (GVariant *personal)
{
  g_autoptr (DpopMemberDetails) self = dpop_member_details_new ();
  guint8 version;

  if (!g_variant_is_of_type (personal, G_VARIANT_TYPE (DPOP_MEMBER_DETAILS_PERSONAL_TYPE))
      || g_variant_get_size (personal) > DPOP_MEMBER_DETAILS_SIZE_MAX)
    return NULL;
  g_variant_get_child (personal, 0, "y", &version);
  if (version != DETAILS_VERSION || !read_extras (self, personal))
    return NULL;
  read_texts (self, personal);
  return dpop_member_details_fits (self, NULL) ? g_steal_pointer (&self) : NULL;
}
