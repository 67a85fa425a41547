/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-simulation-world.h"

#define HELD_MAX   (8 * 1024 * 1024)
#define TURNS_MAX  20000
#define ROUNDS_MAX 3

/* --- Everyone meets. ------------------------------------------------------------------------- */

/* Until nothing is said any more. */
static void
exchange (DpopSimulationWorld *self)
{
  gboolean moved = TRUE;

  for (guint turn = 0; moved && turn < TURNS_MAX; turn++)
    {
      moved = FALSE;
      self->step++;
      for (guint i = 1; i < self->nodes->len; i++)
        dpop_simulation_world_link (self, 0, i);
      for (guint i = self->wires->len; i-- > 0;)
        if (i < self->wires->len)
          moved = dpop_simulation_world_move (self, i, 16) || moved;
    }
  if (moved)
    dpop_simulation_world_fail (self, "they never have done with each other");
}

static void
confirm (DpopSimulationWorld *self)
{
  DpopSimulationNode *founder = dpop_simulation_world_node (self, 0);

  self->time += 1000;
  founder->now = self->time;
  dpop_simulation_world_tend (self, 0, dpop_simulation_party_show_fork (founder));
  dpop_simulation_world_tend (self, 0,
                              dpop_simulation_node_certify (founder, self->party.witness));
}

void
dpop_simulation_world_settle (DpopSimulationWorld *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    dpop_simulation_disk_cut (dpop_simulation_world_node (self, i)->disk, 0);
  while (self->wires->len > 0)
    dpop_simulation_world_cut (self, self->wires->len - 1);
  for (guint round = 0; round < ROUNDS_MAX; round++)
    {
      exchange (self);
      confirm (self);
    }
  exchange (self);
  if (!dpop_simulation_party_close (&self->party, dpop_simulation_world_node (self, 0)))
    dpop_simulation_world_fail (self, "the vote cannot be closed");
  exchange (self);
  while (self->wires->len > 0)
    dpop_simulation_world_cut (self, self->wires->len - 1);
}

/* --- What must hold. ------------------------------------------------------------------------- */

static void
check_same (DpopSimulationWorld *self, guint index)
{
  DpopSimulationNode *first = dpop_simulation_world_node (self, 0);
  DpopSimulationNode *node = dpop_simulation_world_node (self, index);
  CosmicId tails[2] = { cosmic_id_zero, cosmic_id_zero };

  if (cosmic_log_height (first->log) != cosmic_log_height (node->log))
    dpop_simulation_world_fail (self, "computer %u is at height %" G_GUINT64_FORMAT, index,
                                cosmic_log_height (node->log));
  else if (!cosmic_id_same (cosmic_log_state_root (first->log), cosmic_log_state_root (node->log)))
    dpop_simulation_world_fail (self, "computer %u has another state", index);
  else if (!cosmic_log_tail_hash (first->log, &tails[0], NULL)
           || !cosmic_log_tail_hash (node->log, &tails[1], NULL)
           || !cosmic_id_same (&tails[0], &tails[1]))
    dpop_simulation_world_fail (self, "computer %u has other open operations", index);
}

static void
check_kept (DpopSimulationWorld *self, guint index)
{
  DpopSimulationNode *node = dpop_simulation_world_node (self, index);

  for (guint i = 0; i < self->acknowledged->len; i++)
    if (!dpop_simulation_node_has (node, &g_array_index (self->acknowledged, CosmicId, i)))
      dpop_simulation_world_fail (self, "computer %u lacks the acknowledged operation %u", index,
                                  i);
}

/* From genesis on: every signature, permission and certificate once more. */
static void
check_history (DpopSimulationWorld *self)
{
  CosmicVerifyReport verified = { 0 };

  if (!cosmic_log_verify (dpop_simulation_world_node (self, 0)->log, NULL, NULL, &verified, NULL))
    dpop_simulation_world_fail (self, "the history cannot be checked");
  for (guint i = 0; verified.faults != NULL && i < verified.faults->len; i++)
    dpop_simulation_world_fail (self, "the history: %s", (char *) verified.faults->pdata[i]);
  cosmic_verify_report_clear (&verified);
}

static void
check_count (DpopSimulationWorld *self, const char *what, DpopAnswer answer, guint64 counted)
{
  guint least = 0, most = 0;

  for (guint i = 0; i < self->nodes->len; i++)
    {
      least += self->votes[i] == 1 << answer;
      most += (self->votes[i] >> answer & 1) != 0;
    }
  if (counted < least || counted > most)
    dpop_simulation_world_fail (self, "%s: %" G_GUINT64_FORMAT " counted, %u to %u were cast",
                                what, counted, least, most);
}

/* Against a plain model: of each member the vote that was acknowledged last. */
static void
check_outcome (DpopSimulationWorld *self)
{
  g_autoptr (DpopDecisionOutcome) outcome
      = dpop_simulation_party_outcome (&self->party, dpop_simulation_world_node (self, 0));

  if (outcome == NULL)
    {
      dpop_simulation_world_fail (self, "there is no outcome");
      return;
    }
  if (outcome->entitled != self->nodes->len - 1)
    dpop_simulation_world_fail (self, "%" G_GUINT64_FORMAT " are entitled", outcome->entitled);
  check_count (self, "yes", DPOP_ANSWER_YES, outcome->yes);
  check_count (self, "no", DPOP_ANSWER_NO, outcome->no);
  check_count (self, "abstain", DPOP_ANSWER_ABSTAIN, outcome->abstain);
  self->report->entitled = (guint) outcome->entitled;
  self->report->yes = (guint) outcome->yes;
  self->report->no = (guint) outcome->no;
  self->report->abstain = (guint) outcome->abstain;
}

void
dpop_simulation_world_check (DpopSimulationWorld *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      check_same (self, i);
      check_kept (self, i);
    }
  check_history (self);
  check_outcome (self);
  if (self->report->held > HELD_MAX)
    dpop_simulation_world_fail (self, "a session held %" G_GSIZE_FORMAT " bytes",
                                self->report->held);
}
