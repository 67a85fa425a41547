/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-private.h"

#include "cosmic-authority.h"

gboolean
dpop_command_end (DpopProfile *profile, gboolean good, GError **error)
{
  if (good)
    return dpop_profile_commit (profile, error);
  dpop_profile_rollback (profile);
  return FALSE;
}

gboolean
dpop_command_fail (GError **error, DpopProfileError code, const char *message)
{
  g_set_error_literal (error, DPOP_PROFILE_ERROR, (gint) code, message);
  return FALSE;
}

void
dpop_command_new_id (DpopProfile *profile, CosmicId *id)
{
  dpop_random_fill (dpop_profile_random (profile), id->bytes, COSMIC_ID_SIZE);
}

CosmicScopeKey *
dpop_command_new_key (DpopProfile *profile)
{
  CosmicScopeKey *key;
  guint8 bytes[32];

  dpop_random_fill (dpop_profile_random (profile), bytes, sizeof bytes);
  key = cosmic_scope_key_new (bytes);
  cosmic_wipe (bytes, sizeof bytes);
  return key;
}

typedef struct
{
  const GArray *devices;
  GArray *ids;
} SignedBy;

static gboolean
take_signed (CosmicEntry *entry, gpointer data)
{
  const SignedBy *by = data;

  if (cosmic_ids_contain (by->devices, &entry->operation->header.author))
    g_array_append_val (by->ids, entry->operation->id);
  cosmic_entry_free (entry);
  return by->ids->len < COSMIC_KEPT_MAX;
}

GArray *
dpop_command_signed_by (DpopProfile *profile, const GArray *devices, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  const CosmicEntries open = { .which = COSMIC_ENTRIES_OPEN };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  SignedBy by = { devices, ids };

  if (devices->len > 0 && !store.table->each_entry (store.self, &open, take_signed, &by, error))
    return NULL;
  cosmic_ids_normalise (ids);
  return g_steal_pointer (&ids);
}
