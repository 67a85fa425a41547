/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-simulation-wire.h"

static const CosmicSessionEvents no_events = { 0 };

DpopSimulationWire *
dpop_simulation_wire_new (DpopSimulationNode *caller, DpopSimulationNode *other)
{
  DpopSimulationWire *self = g_new0 (DpopSimulationWire, 1);

  self->nodes[0] = caller;
  self->nodes[1] = other;
  for (guint end = 0; end < 2; end++)
    {
      DpopSimulationNode *node = self->nodes[end];
      CosmicSessionSetting setting = { .caller = end == 0 };

      setting.random = dpop_simulation_random_table (&node->random);
      g_queue_init (&self->queues[end]);
      self->sessions[end]
          = cosmic_session_new (cosmic_log_node_table (node->node), &setting, &no_events, NULL);
      cosmic_log_node_join (node->node, self->sessions[end]);
    }
  return self;
}

void
dpop_simulation_wire_free (DpopSimulationWire *self)
{
  for (guint end = 0; end < 2; end++)
    {
      cosmic_session_close (self->sessions[end]);
      cosmic_log_node_tell (self->nodes[end]->node);
      cosmic_log_node_leave (self->nodes[end]->node, self->sessions[end]);
      cosmic_session_free (self->sessions[end]);
      g_queue_clear_full (&self->queues[end], (GDestroyNotify) g_bytes_unref);
      g_clear_pointer (&self->last[end], g_bytes_unref);
    }
  g_free (self);
}

static void
deliver (DpopSimulationWire *self, guint end, GBytes *message, CosmicHash *hash)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (message, &size);

  cosmic_hash_update (hash, data, size);
  self->messages++;
  self->bytes += size;
  cosmic_session_receive (self->sessions[end], message);
  self->held = MAX (self->held, cosmic_session_held (self->sessions[end]));
  g_clear_pointer (&self->last[end], g_bytes_unref);
  self->last[end] = message;
}

gboolean
dpop_simulation_wire_move (DpopSimulationWire *self, guint end, guint most, CosmicHash *hash)
{
  gboolean moved = FALSE;

  for (guint i = 0; i < most; i++)
    {
      GBytes *message = g_queue_pop_head (&self->queues[end]);

      if (message == NULL)
        message = cosmic_session_next (self->sessions[!end]);
      self->held = MAX (self->held, cosmic_session_held (self->sessions[!end]));
      if (message == NULL)
        break;
      deliver (self, end, message, hash);
      moved = TRUE;
    }
  if (moved)
    {
      CosmicSessionNode node = cosmic_log_node_table (self->nodes[end]->node);

      cosmic_session_idle (self->sessions[end]);
      node.table->commit (node.self); /* a session that ended leaves that to who drives it */
      cosmic_log_node_tell (self->nodes[end]->node);
    }
  /* Looking for what to ask next may have found a height complete, and taken it in. */
  for (guint i = 0; i < 2; i++)
    {
      CosmicSessionNode node = cosmic_log_node_table (self->nodes[i]->node);

      node.table->commit (node.self);
    }
  return moved;
}

gboolean
dpop_simulation_wire_is_open (const DpopSimulationWire *self)
{
  return cosmic_session_state (self->sessions[0]) == COSMIC_SESSION_OPEN
         && cosmic_session_state (self->sessions[1]) == COSMIC_SESSION_OPEN;
}

void
dpop_simulation_wire_replay (DpopSimulationWire *self, guint end)
{
  if (self->last[end] != NULL)
    g_queue_push_tail (&self->queues[end], g_bytes_ref (self->last[end]));
}

void
dpop_simulation_wire_garbage (DpopSimulationWire *self, guint end, guint size,
                              DpopSimulationRandom *random)
{
  guint8 *bytes = g_malloc (size);

  dpop_random_fill (dpop_simulation_random_table (random), bytes, size);
  g_queue_push_tail (&self->queues[end], g_bytes_new_take (bytes, size));
}
