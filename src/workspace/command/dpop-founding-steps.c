/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-founding-steps.h"

#define STEPS_SETTING   "founding-steps"
#define CONTACT_SETTING "founding-contact"

/* A setting of one byte; 0 when there is none. */
static gboolean
read_byte (DpopProfile *profile, const char *name, guint8 *value, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GBytes) bytes = dpop_profile_get_setting (profile, name, &failure);

  *value = 0;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (bytes != NULL && g_bytes_get_size (bytes) == 1)
    *value = *(const guint8 *) g_bytes_get_data (bytes, NULL);
  return TRUE;
}

static gboolean
write_byte (DpopProfile *profile, const char *name, guint8 value, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (&value, 1);

  return dpop_profile_put_setting (profile, name, bytes, error);
}

gboolean
dpop_founding_steps_read (DpopProfile *profile, guint *waiting, GError **error)
{
  guint8 value;

  if (!read_byte (profile, STEPS_SETTING, &value, error))
    return FALSE;
  *waiting = value & DPOP_FOUNDING_STEPS_ALL;
  return TRUE;
}

gboolean
dpop_founding_steps_begin (DpopProfile *profile, DpopContact contact, GError **error)
{
  return write_byte (profile, STEPS_SETTING, DPOP_FOUNDING_STEPS_ALL, error)
         && write_byte (profile, CONTACT_SETTING, (guint8) contact, error);
}

DpopContact
dpop_founding_steps_contact (DpopProfile *profile)
{
  guint8 value;

  if (!read_byte (profile, CONTACT_SETTING, &value, NULL) || value < DPOP_CONTACT_MAIL
      || value > DPOP_CONTACT_FOLDER)
    return DPOP_CONTACT_MAIL;
  return value;
}

gboolean
dpop_founding_steps_finish (DpopProfile *profile, DpopFoundingStep step, GError **error)
{
  guint waiting;

  return dpop_founding_steps_read (profile, &waiting, error)
         && write_byte (profile, STEPS_SETTING, (guint8) (waiting & ~(guint) step), error);
}
