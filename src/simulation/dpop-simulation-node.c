/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-simulation-node.h"

#include "dpop-rules.h"

static gint64
now (gpointer self)
{
  return ((DpopSimulationNode *) self)->now;
}

static const DpopClockTable clock_table = { .now = now };

/* --- Its life. ------------------------------------------------------------------------------- */

static gboolean
start (DpopSimulationNode *self)
{
  sqlite3 *connection = dpop_simulation_disk_open (self->disk);
  const DpopClock clock = { &clock_table, self };

  if (connection == NULL)
    return FALSE;
  self->database = dpop_database_new (connection);
  if (!dpop_database_migrate (self->database, dpop_log_store_schema, dpop_log_store_n_schema,
                              NULL))
    return FALSE;
  self->store = dpop_log_store_new (self->database);
  self->log = cosmic_log_new (dpop_log_store_table (self->store), dpop_rules (),
                              dpop_simulation_random_table (&self->random), clock, NULL);
  if (self->log == NULL)
    return FALSE;
  self->node = cosmic_log_node_new (self->log, NULL, NULL, NULL);
  return TRUE;
}

static void
stop (DpopSimulationNode *self)
{
  g_clear_pointer (&self->node, cosmic_log_node_free);
  g_clear_pointer (&self->log, cosmic_log_free);
  g_clear_pointer (&self->store, dpop_log_store_free);
  g_clear_pointer (&self->database, dpop_database_free);
}

DpopSimulationNode *
dpop_simulation_node_new (guint64 seed)
{
  DpopSimulationNode *self = g_new0 (DpopSimulationNode, 1);

  self->random.state = seed;
  self->disk = dpop_simulation_disk_new ();
  dpop_random_fill (dpop_simulation_random_table (&self->random), &self->member,
                    sizeof self->member);
  self->sign = cosmic_sign_key_new (dpop_simulation_random_table (&self->random),
                                    self->device.bytes);
  if (!start (self))
    g_error ("a new disk in memory holds no database");
  return self;
}

void
dpop_simulation_node_free (DpopSimulationNode *self)
{
  stop (self);
  dpop_simulation_disk_free (self->disk);
  cosmic_secret_free (self->sign);
  g_free (self);
}

gboolean
dpop_simulation_node_restart (DpopSimulationNode *self, DpopSimulationRandom *fate)
{
  dpop_simulation_disk_off (self->disk);
  stop (self);
  dpop_simulation_disk_on (self->disk, fate);
  return start (self);
}

/* --- What it does. --------------------------------------------------------------------------- */

static gboolean
end (DpopSimulationNode *self, gboolean good, GError **error)
{
  if (good && cosmic_log_commit (self->log, error))
    return TRUE;
  cosmic_log_rollback (self->log, NULL);
  return FALSE;
}

gboolean
dpop_simulation_node_say (DpopSimulationNode *self, const CosmicSecret *device,
                          const CosmicId *stream, DpopClaim *claim, CosmicId *id,
                          CosmicReason *reason)
{
  G_GNUC_UNUSED g_autoptr (DpopClaim) owned = claim;
  g_autoptr (CosmicOperation) operation = NULL;
  const CosmicClaim said = {
    .stream = stream != NULL ? *stream : cosmic_id_zero,
    .kind = claim->kind,
    .body = claim->body,
    .personal = claim->personal,
    .personal_scope = claim->personal_scope,
  };

  g_autoptr (GError) error = NULL;

  *reason = COSMIC_REASON_NONE;
  self->copied = FALSE;
  if (!cosmic_log_begin (self->log, &error)
      || !end (self, cosmic_log_append (self->log, device != NULL ? device : self->sign, &said,
                                        &operation, reason, &error),
               &error))
    {
      self->copied = g_error_matches (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_CONFLICT);
      return FALSE;
    }
  if (operation == NULL)
    return TRUE;
  *id = operation->id;
  cosmic_log_node_operation (self->node, id);
  cosmic_log_node_tell (self->node);
  return TRUE;
}

gboolean
dpop_simulation_node_certify (DpopSimulationNode *self, const CosmicSecret *witness)
{
  guint covered;

  if (!cosmic_log_begin (self->log, NULL)
      || !end (self, cosmic_log_certify (self->log, witness, &covered, NULL), NULL))
    return FALSE;
  cosmic_log_node_tell (self->node);
  return TRUE;
}

gboolean
dpop_simulation_node_admit (DpopSimulationNode *self, const CosmicId *party,
                            const CosmicScopeKey *const keys[2])
{
  return cosmic_log_begin (self->log, NULL)
         && end (self, cosmic_log_set_party (self->log, party, NULL)
                           && cosmic_log_add_key (self->log, keys[0], NULL)
                           && cosmic_log_add_key (self->log, keys[1], NULL), NULL);
}

gboolean
dpop_simulation_node_has (DpopSimulationNode *self, const CosmicId *operation)
{
  CosmicLogStore store = cosmic_log_store (self->log);
  g_autoptr (CosmicEntry) entry = NULL;

  return store.table->find_entry (store.self, operation, &entry, NULL) && entry != NULL;
}
