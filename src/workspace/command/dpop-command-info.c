/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-info.h"

#include "dpop-command-confirm.h"
#include "dpop-roll.h"
#include "dpop-unit.h"

#include <glib/gstdio.h>

/* The folder is flat but for what other rooms keep in it: two levels are all there are. */
static guint64
size_on_disk (const char *folder, guint levels)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint64 total = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_lstat (path, &info) != 0)
        continue;
      if (S_ISREG (info.st_mode))
        total += (guint64) info.st_size;
      else if (S_ISDIR (info.st_mode) && levels > 1)
        total += size_on_disk (path, levels - 1);
    }
  return total;
}

static gboolean
count_unit (const DpopUnit *unit, gpointer count)
{
  ++*(guint *) count;
  return TRUE;
}

static gboolean
read_organisation (DpopProfile *profile, DpopCommandInfo *result, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  g_autoptr (GArray) devices = NULL;

  if (authority == NULL)
    return FALSE;
  devices = cosmic_authority_devices (authority);
  result->computers = devices->len;
  result->admitted = dpop_profile_own_member (profile, &result->member, NULL);
  result->record_keeper = dpop_profile_is_witness (profile);
  result->confirms = dpop_command_confirm_can (profile);
  dpop_roll_states (authority, &cosmic_id_zero, G_MAXUINT64, result->members);
  dpop_unit_each (authority, count_unit, &result->units);
  return TRUE;
}

gboolean
dpop_command_info (DpopProfile *profile, DpopCommandInfo *result, GError **error)
{
  CosmicLog *log = dpop_profile_log (profile);

  *result = (DpopCommandInfo){ .founded = cosmic_log_is_founded (log),
                               .party = *cosmic_log_party (log),
                               .height = cosmic_log_height (log),
                               .root = *cosmic_log_state_root (log),
                               .confirmed_at = cosmic_log_time (log),
                               .open = cosmic_log_n_open (log) };
  dpop_profile_device_id (profile, &result->device);
  result->bytes = size_on_disk (dpop_vault_folder (dpop_profile_vault (profile)), 2);
  return !result->founded || read_organisation (profile, result, error);
}
