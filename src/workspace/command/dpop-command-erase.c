/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-erase.h"

#include "dpop-command-confirm.h"
#include "dpop-command-private.h"
#include "dpop-command-sweep.h"

#include <glib/gi18n-lib.h>

/* Headers stand in the claim, so that every fold can see who wrote them; a body has 64 KiB. */
#define ITEMS_AT_ONCE (60 * 1024 / (COSMIC_HEADER_SIZE_MAX + COSMIC_SIGN_SIZE + 8))

static gboolean
say_erase (DpopProfile *profile, const GPtrArray *operations, const GArray *members,
           DpopCommandEraseResult *done, GError **error)
{
  done->claims++;
  return dpop_profile_say (profile, NULL,
                           dpop_claim_new (COSMIC_KIND_ERASE,
                                           cosmic_erase_body (operations, members), NULL, NULL),
                           NULL, error);
}

static CosmicOperation *
find_operation (DpopProfile *profile, const CosmicId *id, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  g_autoptr (CosmicEntry) entry = NULL;

  if (!store.table->find_entry (store.self, id, &entry, error))
    return NULL;
  if (entry != NULL)
    return cosmic_operation_ref (entry->operation);
  dpop_command_fail (error, DPOP_PROFILE_ERROR_NOT_FOUND,
                     _("What is to be deleted is not on this computer."));
  return NULL;
}

static gboolean
erase_operations (DpopProfile *profile, const GArray *ids, DpopCommandEraseResult *done,
                  GError **error)
{
  g_autoptr (GPtrArray) operations
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_operation_unref);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      CosmicOperation *operation
          = find_operation (profile, &g_array_index (ids, CosmicId, i), error);

      if (operation == NULL)
        return FALSE;
      g_ptr_array_add (operations, operation);
      if (operations->len < ITEMS_AT_ONCE)
        continue;
      if (!say_erase (profile, operations, NULL, done, error))
        return FALSE;
      g_ptr_array_set_size (operations, 0);
    }
  return operations->len == 0 || say_erase (profile, operations, NULL, done, error);
}

static gboolean
erase_members (DpopProfile *profile, const GArray *ids, DpopCommandEraseResult *done,
               GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (ids != NULL && ids->len > 0)
    g_array_append_vals (all, ids->data, ids->len);
  cosmic_ids_normalise (all);
  for (guint i = 0; i < all->len; i += COSMIC_ERASE_MAX)
    {
      g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (CosmicId));

      g_array_append_vals (some, &g_array_index (all, CosmicId, i),
                           MIN (COSMIC_ERASE_MAX, all->len - i));
      if (!say_erase (profile, NULL, some, done, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
erase_within (DpopProfile *profile, const DpopCommandErase *input, DpopCommandEraseResult *done,
              GError **error)
{
  if (!erase_operations (profile, input->operations, done, error)
      || !erase_members (profile, input->members, done, error))
    return FALSE;
  if (done->claims == 0)
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID, _("There is nothing to delete."));
  done->confirmed = dpop_command_confirm_can (profile);
  return !done->confirmed || dpop_command_confirm_within (profile, NULL, error);
}

gboolean
dpop_command_erase (DpopProfile *profile, const DpopCommandErase *input,
                    DpopCommandEraseResult *result, GError **error)
{
  DpopCommandEraseResult done = { 0 };

  if (!dpop_profile_begin (profile, error)
      || !dpop_command_end (profile, erase_within (profile, input, &done, error), error)
      || !dpop_command_sweep (profile, error))
    return FALSE;
  if (result != NULL)
    *result = done;
  return TRUE;
}
