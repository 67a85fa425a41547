/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-charter.h"

#include "dpop-edge-charter-resource.h"

#include <string.h>

static const char *const ready_names[] = { "association", "party", "cooperative", NULL };

const char *const *
dpop_edge_charter_ready_names (void)
{
  return ready_names;
}

/* Registered when it is first asked for: in a static library a constructor may not be called. */
static GResource *
resource (void)
{
  static gsize registered;

  if (g_once_init_enter (&registered))
    {
      dpop_edge_charter_resource_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  return dpop_edge_charter_resource_get_resource ();
}

GBytes *
dpop_edge_charter_ready (const char *name)
{
  g_autofree char *path = NULL;

  if (!g_strv_contains (ready_names, name))
    return NULL;
  path = g_strdup_printf ("/dpop/charters/%s.json", name);
  return g_resource_lookup_data (resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}
