/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-view.h"

#include "cosmic-authority.h"
#include "dpop-history-row.h"
#include "dpop-member-row.h"
#include "dpop-unit.h"

#include <glib/gi18n-lib.h>

static void
unit_clear (gpointer unit)
{
  g_free (((DpopMemberViewUnit *) unit)->name);
}

static void
role_clear (gpointer role)
{
  g_free (((DpopMemberViewRole *) role)->name);
}

void
dpop_member_view_free (DpopMemberView *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  dpop_member_details_free (self->details);
  g_array_unref (self->units);
  g_array_unref (self->roles);
  g_array_unref (self->devices);
  g_ptr_array_unref (self->readers);
  g_free (self);
}

static DpopMemberView *
view_new (void)
{
  DpopMemberView *self = g_new0 (DpopMemberView, 1);

  self->units = g_array_new (FALSE, FALSE, sizeof (DpopMemberViewUnit));
  g_array_set_clear_func (self->units, unit_clear);
  self->roles = g_array_new (FALSE, FALSE, sizeof (DpopMemberViewRole));
  g_array_set_clear_func (self->roles, role_clear);
  self->devices = g_array_new (FALSE, FALSE, sizeof (DpopMemberViewDevice));
  self->readers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* What holds from a height on is confirmed once there is a confirmation at that height. */
static gint64
time_of (const DpopNames *names, guint64 height)
{
  return dpop_history_row_time (names->database, height, NULL);
}

static void
add_units (DpopMemberView *self, const DpopNames *names, const CosmicState *authority)
{
  const DpopStanding *standing = &self->member.standing;

  for (guint i = 0; i < standing->n_units; i++)
    {
      DpopMemberViewUnit unit = { .id = standing->units[i],
                                  .name = dpop_names_unit (names, &standing->units[i]) };
      DpopUnit known;

      if (dpop_unit_load (authority, &unit.id, &known))
        unit.kind = known.kind;
      g_array_append_val (self->units, unit);
    }
}

static void
add_roles (DpopMemberView *self, const DpopNames *names)
{
  const DpopStanding *standing = &self->member.standing;

  for (guint i = 0; i < standing->n_roles; i++)
    {
      const DpopMemberRole *held = &standing->roles[i];
      const char *label = dpop_names_role (names, held->role);
      DpopMemberViewRole role = {
        .role = held->role,
        .unit = held->unit,
        .office = names->charter != NULL && dpop_charter_is_office (names->charter, held->role),
        .since = time_of (names, held->since),
      };

      if (cosmic_id_is_zero (&held->unit))
        role.name = g_strdup (label);
      else
        {
          g_autofree char *unit = dpop_names_unit (names, &held->unit);

          /* Translators: a role, and the group that it is held for. */
          role.name = g_strdup_printf (_("%s, %s"), label, unit);
        }
      g_array_append_val (self->roles, role);
    }
}

static void
add_devices (DpopMemberView *self, const DpopNames *names, const CosmicState *authority,
             const CosmicId *own)
{
  g_autoptr (GArray) keys = cosmic_authority_devices_of (authority, &self->member.id);

  for (guint i = 0; i < keys->len; i++)
    {
      const CosmicId *key = &g_array_index (keys, CosmicId, i);
      CosmicDevice device;

      if (cosmic_authority_device (authority, key, &device)
          && cosmic_id_same (&device.member, &self->member.id))
        {
          const DpopMemberViewDevice line = { *key, time_of (names, device.since), device.off,
                                              cosmic_id_same (key, own) };

          g_array_append_val (self->devices, line);
        }
    }
}

static char *
reader_words (const DpopNames *names, const DpopMemberReader *reader)
{
  g_autofree char *unit = NULL;

  switch (reader->kind)
    {
    case DPOP_READER_UNIT:
      unit = dpop_names_unit (names, &reader->unit);
      return g_strdup_printf (ngettext ("%u member of %s", "%u members of %s", reader->n),
                              reader->n, unit);
    case DPOP_READER_ROLE:
      unit = dpop_names_unit (names, &reader->unit);
      /* Translators: number, name of a role, what it is held for. */
      return g_strdup_printf (ngettext ("%u holder of a role: %s, %s",
                                        "%u holders of a role: %s, %s", reader->n),
                              reader->n, dpop_names_role (names, reader->role), unit);
    case DPOP_READER_EVERYONE:
    default:
      return g_strdup_printf (ngettext ("everyone who takes part: %u member",
                                        "everyone who takes part: %u members", reader->n),
                              reader->n);
    }
}

static void
add_readers (DpopMemberView *self, const DpopNames *names, const CosmicState *authority)
{
  g_autoptr (GArray) readers = dpop_member_query_readers (authority, &self->member.id);

  for (guint i = 0; i < readers->len; i++)
    g_ptr_array_add (self->readers,
                     reader_words (names, &g_array_index (readers, DpopMemberReader, i)));
}

static void
add_details (DpopMemberView *self, DpopProfile *profile)
{
  g_autoptr (GVariant) personal = NULL;
  gboolean erased = FALSE;

  if (cosmic_id_is_zero (&self->member.details))
    return;
  personal = dpop_profile_personal (profile, &self->member.details,
                                    DPOP_MEMBER_DETAILS_PERSONAL_TYPE, &erased);
  if (personal != NULL)
    self->details = dpop_member_details_decode (personal);
  self->readable = self->details != NULL ? DPOP_PROJECTION_TEXT_READABLE
                   : erased              ? DPOP_PROJECTION_TEXT_ERASED
                                         : DPOP_PROJECTION_TEXT_SEALED;
}

DpopMemberView *
dpop_member_view_new (DpopProfile *profile, const CosmicId *member, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (DpopNames) names = NULL;
  g_autoptr (DpopMemberView) self = NULL;
  g_autoptr (DpopMemberRow) row = NULL;
  CosmicId own;

  if (authority == NULL || (names = dpop_names_new (profile, error)) == NULL)
    return NULL;
  self = view_new ();
  if (!dpop_member_query_load (authority, member, &self->member))
    {
      g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                           _("There is no such member here."));
      return NULL;
    }
  dpop_profile_device_id (profile, &own);
  row = dpop_member_row_find (names->database, member, NULL);
  self->confirmed = row != NULL && row->confirmed;
  add_details (self, profile);
  self->name = self->details != NULL
                   ? g_strdup (dpop_member_details_get (self->details, DPOP_MEMBER_DETAILS_NAME))
                   : dpop_names_fallback (member, self->readable);
  add_units (self, names, authority);
  add_roles (self, names);
  add_devices (self, names, authority, &own);
  add_readers (self, names, authority);
  return g_steal_pointer (&self);
}
