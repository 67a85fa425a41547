/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-place-facts.h"

#include "dpop-history-view.h"
#include "dpop-may-member.h"
#include "dpop-member-view.h"

void
dpop_place_facts_free (DpopPlaceFacts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->computers, g_array_unref);
  dpop_profile_label_clear (&self->label);
  g_free (self);
}

static gint
by_place (gconstpointer a, gconstpointer b)
{
  const DpopPlaceComputer *x = a, *y = b;

  if (x->own != y->own)
    return y->own - x->own;
  if (x->off != y->off)
    return x->off - y->off;
  return x->since < y->since ? -1 : x->since > y->since;
}

/* Whoever waits to be let in has no computers to speak of. */
static gboolean
read_computers (DpopPlaceFacts *self, DpopProfile *profile, GError **error)
{
  g_autoptr (DpopMemberView) view = NULL;
  CosmicId member;

  self->computers = g_array_new (FALSE, TRUE, sizeof (DpopPlaceComputer));
  if (!dpop_profile_own_member (profile, &member, NULL))
    return TRUE;
  view = dpop_member_view_new (profile, &member, error);
  if (view == NULL)
    return FALSE;
  for (guint i = 0; i < view->devices->len; i++)
    {
      const DpopMemberViewDevice *device = &g_array_index (view->devices, DpopMemberViewDevice, i);
      DpopPlaceComputer computer = { device->key, device->since, device->off, device->own,
                                     dpop_may_not (NULL) };

      if (!device->off && !device->own
          && !dpop_may_switch_off (profile, &device->key, &computer.switch_off, error))
        return FALSE;
      g_array_append_val (self->computers, computer);
    }
  g_array_sort (self->computers, by_place);
  return TRUE;
}

DpopPlaceFacts *
dpop_place_facts_new (DpopProfile *profile, GError **error)
{
  g_autoptr (DpopPlaceFacts) self = g_new0 (DpopPlaceFacts, 1);

  dpop_profile_label_read (dpop_vault_folder (dpop_profile_vault (profile)), &self->label);
  if (!read_computers (self, profile, error)
      || !dpop_history_view_count (profile, &self->entries, error))
    return NULL;
  return g_steal_pointer (&self);
}

char *
dpop_place_facts_mark (const CosmicId *key)
{
  return g_strdup_printf ("%02X%02X %02X%02X", key->bytes[0], key->bytes[1], key->bytes[2],
                          key->bytes[3]);
}
