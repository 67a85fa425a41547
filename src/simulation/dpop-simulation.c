/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-simulation-world.h"

#include <string.h>

#define START_MS     G_GINT64_CONSTANT (1700000000000)
#define YEAR_MS      (G_GINT64_CONSTANT (365) * 86400 * 1000)
#define GARBAGE_MAX  4096
#define WRITES_MAX   60
#define STEPS_EACH   12 /* for each operation that is tried */

guint
dpop_simulation_fault (const char *name)
{
  static const char *const names[]
      = { "cut", "partition", "disk", "skew", "fork", "replay", "garbage" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return 1u << i;
  return strcmp (name, "all") == 0 ? DPOP_SIMULATION_ALL : 0;
}

static guint
below (DpopSimulationWorld *self, guint bound)
{
  return dpop_simulation_random_below (&self->random, bound);
}

/* --- What happens. --------------------------------------------------------------------------- */

static void
vote (DpopSimulationWorld *self)
{
  const guint voter = below (self, self->nodes->len);
  const gboolean copied = voter == dpop_simulation_world_copied (self);
  const guint at = copied && below (self, 2) == 0 ? voter - 1 : voter;
  const DpopAnswer answer = DPOP_ANSWER_YES + below (self, 3);
  DpopSimulationNode *node = dpop_simulation_world_node (self, at);
  CosmicId id;
  CosmicReason reason;
  gboolean good;

  if (!dpop_simulation_party_is_open (&self->party, node))
    return;
  good = dpop_simulation_party_vote (&self->party, node,
                                     dpop_simulation_world_node (self, voter), answer, &id,
                                     &reason);
  dpop_simulation_world_note (self, good ? "vote" : "vote lost", voter, answer);
  if (copied)
    self->votes[voter] = 0xf; /* none of it need count */
  else if (!good)
    self->votes[voter] |= (guint8) (1 << answer);
  else if (reason != COSMIC_REASON_NONE)
    self->report->refused++;
  else
    {
      self->votes[voter] = (guint8) (1 << answer);
      g_array_append_val (self->acknowledged, id);
    }
  if (good && reason == COSMIC_REASON_NONE && voter == self->nodes->len - 1)
    dpop_simulation_world_fail (self, "who came after the opening may vote");
  /* A copied disk is noticed: that is no failure of the disk. */
  dpop_simulation_world_tend (self, at, good || (copied && node->copied));
}

static void
confirm (DpopSimulationWorld *self)
{
  DpopSimulationNode *founder = dpop_simulation_world_node (self, 0);

  dpop_simulation_world_note (self, "confirm", cosmic_log_height (founder->log), 0);
  founder->now = self->time;
  dpop_simulation_world_tend (self, 0, dpop_simulation_party_show_fork (founder));
  dpop_simulation_world_tend (self, 0,
                              dpop_simulation_node_certify (founder, self->party.witness));
}

static void
meet (DpopSimulationWorld *self)
{
  const guint a = below (self, self->nodes->len), b = below (self, self->nodes->len);

  if (!self->parted || a % 2 == b % 2)
    dpop_simulation_world_link (self, a, b);
}

static void
part (DpopSimulationWorld *self)
{
  self->parted = !self->parted;
  dpop_simulation_world_note (self, "part", self->parted, 0);
  for (guint i = self->wires->len; self->parted && i-- > 0;)
    {
      DpopSimulationWire *wire = self->wires->pdata[i];
      guint a = 0, b = 0;

      g_ptr_array_find (self->nodes, wire->nodes[0], &a);
      g_ptr_array_find (self->nodes, wire->nodes[1], &b);
      if (a % 2 != b % 2)
        dpop_simulation_world_cut (self, i);
    }
}

/* FAULT, if this run has it. */
static void
go_wrong (DpopSimulationWorld *self, DpopSimulationFault fault)
{
  const guint node = below (self, self->nodes->len), end = below (self, 2);
  const guint number = below (self, WRITES_MAX);
  const guint wire = self->wires->len > 0 ? below (self, self->wires->len) : 0;

  if (!dpop_simulation_world_has (self, fault))
    return;
  if (fault == DPOP_SIMULATION_PARTITION)
    part (self);
  else if (fault == DPOP_SIMULATION_DISK)
    dpop_simulation_disk_cut (dpop_simulation_world_node (self, node)->disk, 1 + number);
  else if (self->wires->len == 0)
    return;
  else if (fault == DPOP_SIMULATION_CUT)
    dpop_simulation_world_cut (self, wire);
  else if (fault == DPOP_SIMULATION_REPLAY)
    dpop_simulation_wire_replay (self->wires->pdata[wire], end);
  else if (fault == DPOP_SIMULATION_GARBAGE)
    dpop_simulation_wire_garbage (self->wires->pdata[wire], end, 1 + below (self, GARBAGE_MAX),
                                  &self->random);
}

static void
step (DpopSimulationWorld *self)
{
  const guint what = below (self, 100);

  self->step++;
  self->time += 1000;
  if (what < 8)
    vote (self);
  else if (what < 11)
    confirm (self);
  else if (what < 25)
    meet (self);
  else if (what < 92 && self->wires->len > 0)
    dpop_simulation_world_move (self, below (self, self->wires->len), 1 + below (self, 4));
  else
    go_wrong (self, 1 << below (self, 7));
}

/* --- A run. ---------------------------------------------------------------------------------- */

static gboolean
set_up (DpopSimulationWorld *self)
{
  const guint count = self->setting->nodes;
  DpopSimulationNode *founder;
  gboolean good;

  for (guint i = 0; i < count; i++)
    {
      guint64 seed = dpop_simulation_random_next (&self->random);
      DpopSimulationNode *node = dpop_simulation_node_new (seed);
      guint64 off = dpop_simulation_random_next (&self->random) % (guint64) (20 * YEAR_MS);

      node->now = START_MS;
      if (i > 0 && dpop_simulation_world_has (self, DPOP_SIMULATION_SKEW))
        node->now += (gint64) off - 10 * YEAR_MS;
      g_ptr_array_add (self->nodes, node);
    }
  founder = dpop_simulation_world_node (self, 0);
  good = dpop_simulation_party_found (&self->party, founder);
  for (guint i = 1; good && i + 1 < count; i++)
    good = dpop_simulation_party_enrol (&self->party, founder,
                                        dpop_simulation_world_node (self, i));
  good = good && dpop_simulation_party_open (&self->party, founder)
         && dpop_simulation_party_enrol (&self->party, founder,
                                         dpop_simulation_world_node (self, count - 1));
  for (guint i = 1; good && i < count; i++)
    good = dpop_simulation_node_admit (dpop_simulation_world_node (self, i), &self->party.party,
                                       (const CosmicScopeKey *const *) self->party.keys);
  return good;
}

static void
tear_down (DpopSimulationWorld *self)
{
  guint8 hash[COSMIC_HASH_SIZE];

  cosmic_hash_finish (&self->hash, hash);
  for (guint i = 0; i < sizeof hash; i++)
    g_snprintf (self->report->hash + 2 * i, 3, "%02x", hash[i]);
  self->report->acknowledged = self->acknowledged->len;
  self->report->height = cosmic_log_height (dpop_simulation_world_node (self, 0)->log);
  g_ptr_array_unref (self->wires);
  g_ptr_array_unref (self->nodes);
  g_array_unref (self->acknowledged);
  g_array_unref (self->confirmed);
  g_free (self->votes);
  dpop_simulation_party_clear (&self->party);
}

void
dpop_simulation_run (const DpopSimulation *setting, DpopSimulationReport *report)
{
  DpopSimulationWorld self = { .setting = setting, .report = report, .time = START_MS };

  g_return_if_fail (setting->nodes >= DPOP_SIMULATION_NODES_MIN
                    && setting->nodes <= DPOP_SIMULATION_NODES_MAX);
  if (!cosmic_crypto_init ())
    g_error ("libsodium does not start");
  *report = (DpopSimulationReport){ .failures = g_ptr_array_new_with_free_func (g_free) };
  self.random.state = setting->seed;
  cosmic_hash_init (&self.hash);
  self.nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) dpop_simulation_node_free);
  self.wires = g_ptr_array_new ();
  self.acknowledged = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self.confirmed = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self.votes = g_new0 (guint8, setting->nodes);
  memset (self.votes, 1, setting->nodes);
  if (!set_up (&self))
    dpop_simulation_world_fail (&self, "the party cannot be founded");
  else
    {
      for (guint i = 0; i < setting->operations * STEPS_EACH; i++)
        step (&self);
      dpop_simulation_world_settle (&self);
      dpop_simulation_world_check (&self);
    }
  tear_down (&self);
}

void
dpop_simulation_report_clear (DpopSimulationReport *self)
{
  g_clear_pointer (&self->failures, g_ptr_array_unref);
}
