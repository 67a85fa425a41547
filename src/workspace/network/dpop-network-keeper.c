/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-network-keeper-private.h"

struct _DpopNetworkKeeper
{
  CosmicLog *log;
  CosmicLogNode *node;
  CosmicLogWitness *witness;
  gboolean keeps; /* there is a key here */
  CosmicId key;   /* its public half */
  GArray *timers; /* of DpopNetworkTimer */
  guint64 asked;  /* the height at which the others were asked to confirm; 0: none */
};

static void
on_schedule (gpointer data, guint64 height, guint32 round, CosmicStep step, guint ms)
{
  const DpopNetworkTimer timer = { height, round, step, ms };

  g_array_append_val (((DpopNetworkKeeper *) data)->timers, timer);
}

static const CosmicLogWitnessHooks hooks = { .schedule = on_schedule };

static gboolean
read_key (DpopProfile *profile, CosmicId *key)
{
  const CosmicSecret *witness = dpop_profile_witness (profile);

  *key = cosmic_id_zero;
  if (witness != NULL)
    memcpy (key->bytes, cosmic_sign_key_public (witness), COSMIC_ID_SIZE);
  return witness != NULL;
}

DpopNetworkKeeper *
dpop_network_keeper_new (DpopProfile *profile, CosmicLogNode *node, GError **error)
{
  g_autoptr (DpopNetworkKeeper) self = g_new0 (DpopNetworkKeeper, 1);

  self->log = dpop_profile_log (profile);
  self->node = node;
  self->keeps = read_key (profile, &self->key);
  self->timers = g_array_new (FALSE, FALSE, sizeof (DpopNetworkTimer));
  self->witness = cosmic_log_witness_new (self->log, dpop_profile_witness (profile), &hooks, self,
                                          error);
  if (self->witness == NULL)
    return NULL;
  cosmic_log_node_set_witness (node, self->witness);
  return g_steal_pointer (&self);
}

void
dpop_network_keeper_free (DpopNetworkKeeper *self)
{
  if (self == NULL)
    return;
  cosmic_log_node_set_witness (self->node, NULL);
  cosmic_log_witness_free (self->witness);
  g_array_unref (self->timers);
  g_free (self);
}

gboolean
dpop_network_keeper_is_current (const DpopNetworkKeeper *self, DpopProfile *profile)
{
  CosmicId key;

  return read_key (profile, &key) == self->keeps && cosmic_id_same (&key, &self->key);
}

/* --- Asking the others. ----------------------------------------------------------------------- */

/* FALSE when the store fails, too: whoever uses it next hears of that. */
static gboolean
is_among (const DpopNetworkKeeper *self)
{
  CosmicWitnesses witnesses;
  gboolean among;

  if (!self->keeps || !cosmic_log_witnesses (self->log, &witnesses, NULL))
    return FALSE;
  among = cosmic_ids_contain (witnesses.keys, &self->key);
  cosmic_witnesses_clear (&witnesses);
  return among;
}

gboolean
dpop_network_keeper_wants (DpopNetworkKeeper *self)
{
  return cosmic_log_witness_is_active (self->witness) && cosmic_log_n_open (self->log) > 0
         && self->asked != cosmic_log_height (self->log) && is_among (self);
}

void
dpop_network_keeper_request (DpopNetworkKeeper *self)
{
  self->asked = cosmic_log_height (self->log);
  cosmic_log_witness_request (self->witness);
}

/* --- Who is there. ---------------------------------------------------------------------------- */

void
dpop_network_keeper_linked (DpopNetworkKeeper *self, const GArray *devices)
{
  const CosmicState *certified = cosmic_log_certified (self->log, &cosmic_id_zero, NULL);
  g_autoptr (GArray) there = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  CosmicWitnesses witnesses;
  CosmicId key;

  if (!cosmic_log_witness_is_active (self->witness) || certified == NULL
      || !cosmic_log_witnesses (self->log, &witnesses, NULL))
    return;
  if (self->keeps && cosmic_ids_contain (witnesses.keys, &self->key))
    g_array_append_val (there, self->key);
  for (guint i = 0; i < devices->len; i++)
    if (cosmic_authority_witness_of (certified, &g_array_index (devices, CosmicId, i), &key)
        && cosmic_ids_contain (witnesses.keys, &key))
      g_array_append_val (there, key);
  cosmic_ids_normalise (there);
  cosmic_log_witness_set_live (self->witness,
                               there->len >= cosmic_quorum (witnesses.keys->len, witnesses.f));
  cosmic_witnesses_clear (&witnesses);
}

/* --- Time. ------------------------------------------------------------------------------------ */

void
dpop_network_keeper_remind (DpopNetworkKeeper *self, const DpopNetworkTimer *timer)
{
  cosmic_log_witness_timeout (self->witness, timer->height, timer->round, timer->step);
}

GArray *
dpop_network_keeper_take_timers (DpopNetworkKeeper *self)
{
  GArray *timers = self->timers;

  self->timers = g_array_new (FALSE, FALSE, sizeof (DpopNetworkTimer));
  return timers;
}
