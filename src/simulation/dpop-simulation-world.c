/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-simulation-world.h"

#include <string.h>

DpopSimulationNode *
dpop_simulation_world_node (DpopSimulationWorld *self, guint index)
{
  return self->nodes->pdata[index];
}

gboolean
dpop_simulation_world_has (const DpopSimulationWorld *self, DpopSimulationFault fault)
{
  return (self->setting->faults & fault) != 0;
}

guint
dpop_simulation_world_copied (const DpopSimulationWorld *self)
{
  return dpop_simulation_world_has (self, DPOP_SIMULATION_FORK) ? self->nodes->len - 2
                                                                : G_MAXUINT;
}

void
dpop_simulation_world_note (DpopSimulationWorld *self, const char *what, guint64 a, guint64 b)
{
  g_autofree char *line = g_strdup_printf ("%u %s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
                                           self->step, what, a, b);

  cosmic_hash_update (&self->hash, line, strlen (line));
  if (self->setting->trace != NULL)
    self->setting->trace (line, self->setting->data);
}

void
dpop_simulation_world_fail (DpopSimulationWorld *self, const char *format, ...)
{
  va_list list;

  va_start (list, format);
  g_ptr_array_add (self->report->failures, g_strdup_vprintf (format, list));
  va_end (list);
}

static guint
index_of (DpopSimulationWorld *self, const DpopSimulationNode *node)
{
  guint index = 0;

  g_ptr_array_find (self->nodes, node, &index);
  return index;
}

/* --- Channels. ------------------------------------------------------------------------------- */

void
dpop_simulation_world_link (DpopSimulationWorld *self, guint a, guint b)
{
  DpopSimulationNode *one = dpop_simulation_world_node (self, a);
  DpopSimulationNode *other = dpop_simulation_world_node (self, b);

  if (a == b)
    return;
  for (guint i = 0; i < self->wires->len; i++)
    {
      DpopSimulationWire *wire = self->wires->pdata[i];

      if ((wire->nodes[0] == one && wire->nodes[1] == other)
          || (wire->nodes[0] == other && wire->nodes[1] == one))
        return;
    }
  dpop_simulation_world_note (self, "link", a, b);
  g_ptr_array_add (self->wires, dpop_simulation_wire_new (one, other));
}

void
dpop_simulation_world_cut (DpopSimulationWorld *self, guint index)
{
  DpopSimulationWire *wire = self->wires->pdata[index];

  dpop_simulation_world_note (self, "cut", index_of (self, wire->nodes[0]),
                              index_of (self, wire->nodes[1]));
  self->report->cuts++;
  self->report->messages += wire->messages;
  self->report->bytes += wire->bytes;
  self->report->held = MAX (self->report->held, wire->held);
  g_ptr_array_remove_index (self->wires, index);
  dpop_simulation_wire_free (wire);
}

gboolean
dpop_simulation_world_move (DpopSimulationWorld *self, guint index, guint most)
{
  DpopSimulationWire *wire = self->wires->pdata[index];
  const guint ends[] = { index_of (self, wire->nodes[0]), index_of (self, wire->nodes[1]) };
  gboolean moved = dpop_simulation_wire_move (wire, 1, most, &self->hash);

  moved = dpop_simulation_wire_move (wire, 0, most, &self->hash) || moved;
  if (!dpop_simulation_wire_is_open (wire))
    {
      dpop_simulation_world_note (self, "ended", cosmic_session_state (wire->sessions[0]),
                                  cosmic_session_state (wire->sessions[1]));
      dpop_simulation_world_cut (self, index);
    }
  for (guint i = 0; i < 2; i++)
    dpop_simulation_world_tend (self, ends[i], TRUE);
  return moved;
}

/* --- Power. ---------------------------------------------------------------------------------- */

void
dpop_simulation_world_crash (DpopSimulationWorld *self, guint index)
{
  DpopSimulationNode *node = dpop_simulation_world_node (self, index);

  dpop_simulation_world_note (self, "crash", index, 0);
  self->report->crashes++;
  dpop_simulation_disk_off (node->disk);
  for (guint i = self->wires->len; i-- > 0;)
    {
      DpopSimulationWire *wire = self->wires->pdata[i];

      if (wire->nodes[0] == node || wire->nodes[1] == node)
        dpop_simulation_world_cut (self, i);
    }
  if (!dpop_simulation_node_restart (node, &self->random))
    g_error ("computer %u does not start from its disk any more", index);
}

void
dpop_simulation_world_tend (DpopSimulationWorld *self, guint index, gboolean good)
{
  DpopSimulationNode *node = dpop_simulation_world_node (self, index);
  const GError *failure = cosmic_log_node_failure (node->node);

  if (dpop_simulation_disk_is_off (node->disk))
    dpop_simulation_world_crash (self, index);
  else if (failure != NULL)
    {
      dpop_simulation_world_fail (self, "computer %u fails: %s", index, failure->message);
      dpop_simulation_world_crash (self, index);
    }
  else if (!good)
    dpop_simulation_world_fail (self, "computer %u cannot write, and its disk is well", index);
  dpop_simulation_world_watch (self, index);
}

void
dpop_simulation_world_watch (DpopSimulationWorld *self, guint index)
{
  DpopSimulationNode *node = dpop_simulation_world_node (self, index);
  const guint64 height = cosmic_log_height (node->log);
  const CosmicId *checkpoint = cosmic_log_checkpoint (node->log);

  if (height == 0)
    return;
  while (self->confirmed->len < height)
    g_array_append_val (self->confirmed, cosmic_id_zero);
  if (cosmic_id_is_zero (&g_array_index (self->confirmed, CosmicId, height - 1)))
    g_array_index (self->confirmed, CosmicId, height - 1) = *checkpoint;
  else if (!cosmic_id_same (&g_array_index (self->confirmed, CosmicId, height - 1), checkpoint))
    dpop_simulation_world_fail (self, "two certificates at height %" G_GUINT64_FORMAT, height);
}
