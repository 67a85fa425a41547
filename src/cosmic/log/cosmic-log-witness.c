/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-log-witness-private.h"

/* What the agreement asks for, done in the log. */

#define PROMISE "agreement promise"
#define CLASH   "agreement clash"

static gint64
now (const CosmicLogWitness *self)
{
  return dpop_clock_now (self->log->clock);
}

/* --- A height begins. ------------------------------------------------------------------------- */

/* NULL without an error when there is none. */
static GBytes *
read_setting (CosmicLogWitness *self, const char *name, gboolean *good, GError **error)
{
  CosmicLogStore store = self->log->store;
  GError *failure = NULL;
  GBytes *bytes = store.table->get_setting (store.self, name, &failure);

  *good = failure == NULL;
  if (failure != NULL)
    g_propagate_error (error, failure);
  return bytes;
}

/* Without a key where this computer must not sign: nobody knows what it has promised, or a copy of
 * it is at work. */
static gboolean
make_agreement (CosmicLogWitness *self, GError **error)
{
  const CosmicId *party = cosmic_log_party (self->log);
  gboolean good;
  g_autoptr (GBytes) promise = read_setting (self, PROMISE, &good, error);
  g_autoptr (GBytes) clash = good ? read_setting (self, CLASH, &good, error) : NULL;

  if (!good)
    return FALSE;
  if (clash == NULL)
    self->agreement = cosmic_agreement_new (party, &cosmic_id_zero, self->key,
                                            self->key != NULL ? promise : NULL);
  if (self->agreement == NULL)
    self->agreement = cosmic_agreement_new (party, &cosmic_id_zero, NULL, NULL);
  return TRUE;
}

static void
note_overdue (CosmicLogWitness *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->log->open);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (self->overdue, cosmic_id_copy (id));
  self->dirty = TRUE;
}

static gboolean
begin_height (CosmicLogWitness *self, const CosmicWitnesses *witnesses, GError **error)
{
  const CosmicAgreementHeight height = {
    .height = self->height,
    .previous = self->log->checkpoint_id,
    .previous_time = self->log->checkpoint.time,
    .witnesses = witnesses->keys,
    .f = witnesses->f,
  };
  g_autoptr (GPtrArray) messages
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gboolean found;

  if ((self->agreement == NULL && !make_agreement (self, error))
      || !cosmic_log_witness_recall (self, &found, messages, error))
    return FALSE;
  if (!found)
    note_overdue (self);
  if (!cosmic_agreement_begin (self->agreement, &height, now (self)))
    {
      /* Authority never makes such witnesses. */
      g_clear_pointer (&self->agreement, cosmic_agreement_free);
      return TRUE;
    }
  cosmic_agreement_set_live (self->agreement, self->live, now (self));
  for (guint i = 0; i < messages->len; i++)
    cosmic_agreement_receive (self->agreement, messages->pdata[i], now (self));
  self->stale = TRUE;
  return TRUE;
}

/* Goes to the height that comes next, if it is another one. One witness needs no agreement. */
static gboolean
follow_height (CosmicLogWitness *self, GError **error)
{
  const guint64 next = cosmic_log_height (self->log) + 1;
  CosmicWitnesses witnesses;
  gboolean good = TRUE;

  if (next == self->height || !cosmic_log_is_founded (self->log))
    return TRUE;
  if (!cosmic_log_witnesses (self->log, &witnesses, error))
    return FALSE;
  cosmic_log_witness_clear_height (self);
  self->height = next;
  if (next == 1 || witnesses.keys->len < 2)
    g_clear_pointer (&self->agreement, cosmic_agreement_free);
  else
    good = begin_height (self, &witnesses, error);
  cosmic_witnesses_clear (&witnesses);
  return good;
}

/* --- Its life. -------------------------------------------------------------------------------- */

/* After a rollback nothing is known but what is on the disk. */
static gboolean
start_again (CosmicLogWitness *self, GError **error)
{
  g_clear_pointer (&self->agreement, cosmic_agreement_free);
  self->height = 0;
  self->ticket = 0;
  self->dirty = FALSE;
  self->rollbacks = self->log->rollbacks;
  cosmic_log_witness_clear_height (self);
  return follow_height (self, error);
}

CosmicLogWitness *
cosmic_log_witness_new (CosmicLog *log, const CosmicSecret *witness,
                        const CosmicLogWitnessHooks *hooks, gpointer data, GError **error)
{
  static const CosmicLogWitnessHooks none = { 0 };
  g_autoptr (CosmicLogWitness) self = g_new0 (CosmicLogWitness, 1);

  self->log = log;
  self->key = witness != NULL ? cosmic_secret_copy (cosmic_secret_bytes (witness),
                                                    cosmic_secret_size (witness))
                              : NULL;
  self->hooks = hooks != NULL ? hooks : &none;
  self->data = data;
  return start_again (self, error) ? g_steal_pointer (&self) : NULL;
}

void
cosmic_log_witness_free (CosmicLogWitness *self)
{
  if (self == NULL)
    return;
  cosmic_agreement_free (self->agreement);
  cosmic_secret_free (self->key);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_pointer (&self->overdue, g_hash_table_unref);
  g_clear_pointer (&self->judging, g_ptr_array_unref);
  cosmic_agreement_effect_free (self->decided);
  g_free (self);
}

gboolean
cosmic_log_witness_is_active (const CosmicLogWitness *self)
{
  return self->agreement != NULL;
}

/* --- What is asked for. ----------------------------------------------------------------------- */

static gboolean
put_promise (CosmicLogWitness *self, const CosmicAgreementEffect *effect, GError **error)
{
  CosmicLogStore store = self->log->store;

  self->ticket = effect->ticket;
  self->ticket_commits = self->log->commits;
  return store.table->put_setting (store.self, PROMISE, effect->bytes, error);
}

static gboolean
propose (CosmicLogWitness *self, const CosmicAgreementEffect *effect, GError **error)
{
  g_autoptr (GBytes) checkpoint = NULL;
  g_autoptr (GBytes) list = NULL;
  CosmicId id;

  if (!cosmic_log_propose (self->log, now (self), &checkpoint, &list, error))
    return FALSE;
  if (checkpoint == NULL)
    return TRUE;
  cosmic_log_witness_add_list (self, list, TRUE, &id);
  cosmic_agreement_propose (self->agreement, effect->round, checkpoint, &id, now (self));
  return TRUE;
}

static gboolean
tell_clash (CosmicLogWitness *self, const CosmicAgreementEffect *effect, GError **error)
{
  CosmicLogStore store = self->log->store;

  if (self->hooks->clash != NULL)
    self->hooks->clash (self->data);
  return store.table->put_setting (store.self, CLASH, effect->bytes, error);
}

static gboolean
carry_out (CosmicLogWitness *self, CosmicAgreementEffect **effect, GError **error)
{
  const CosmicAgreementEffect *what = *effect;

  switch (what->kind)
    {
    case COSMIC_AGREEMENT_WRITE:
      return put_promise (self, what, error);
    case COSMIC_AGREEMENT_SEND:
      self->stale = TRUE;
      return TRUE;
    case COSMIC_AGREEMENT_SCHEDULE:
      if (self->hooks->schedule != NULL)
        self->hooks->schedule (self->data, what->height, what->round, what->step, what->ms);
      return TRUE;
    case COSMIC_AGREEMENT_PROPOSE:
      return propose (self, what, error);
    case COSMIC_AGREEMENT_JUDGE:
      g_ptr_array_add (self->judging, g_steal_pointer (effect));
      return TRUE;
    case COSMIC_AGREEMENT_DECIDED:
      cosmic_agreement_effect_free (self->decided);
      self->decided = g_steal_pointer (effect);
      return TRUE;
    case COSMIC_AGREEMENT_EVIDENCE:
      if (self->hooks->evidence != NULL)
        self->hooks->evidence (self->data, &what->witness, what->bytes, what->other);
      return TRUE;
    case COSMIC_AGREEMENT_CLASH:
      return tell_clash (self, what, error);
    default:
      return TRUE;
    }
}

/* --- What can be answered by now. ------------------------------------------------------------- */

/* One proposal; TRUE in *DONE when it was answered. */
static gboolean
judge_one (CosmicLogWitness *self, const CosmicAgreementEffect *asked, gboolean *done,
           GError **error)
{
  GBytes *list = cosmic_log_witness_get_list (self, &asked->list);
  CosmicVerdict verdict = COSMIC_VERDICT_NONE;
  CosmicId id;

  if (list != NULL
      && !cosmic_log_judge (self->log, asked->bytes, list, self->overdue, &verdict, error))
    return FALSE;
  *done = verdict != COSMIC_VERDICT_NONE;
  if (!*done)
    return TRUE;
  cosmic_checkpoint_id (asked->bytes, &id);
  cosmic_agreement_judge (self->agreement, &id, &asked->list, verdict, now (self));
  return TRUE;
}

static gboolean
judge (CosmicLogWitness *self, GError **error)
{
  for (guint i = 0; i < self->judging->len;)
    {
      gboolean done;

      if (!judge_one (self, self->judging->pdata[i], &done, error))
        return FALSE;
      if (done)
        g_ptr_array_remove_index (self->judging, i);
      else
        i++;
    }
  return TRUE;
}

/* What a quorum decided, as soon as all of it is here. Whoever decided without having seen what
 * gets it from the others. */
static gboolean
apply_decided (CosmicLogWitness *self, GError **error)
{
  GBytes *list = self->decided != NULL && self->decided->bytes != NULL
                     ? cosmic_log_witness_get_list (self, &self->decided->list)
                     : NULL;
  g_autoptr (GBytes) certificate = NULL;
  CosmicApply apply;

  if (list == NULL)
    return TRUE;
  certificate = cosmic_certificate_encode (self->decided->certificate);
  return cosmic_log_apply (self->log, self->decided->bytes, list, certificate, &apply, error)
         && follow_height (self, error);
}

static gboolean
ask_for_work (CosmicLogWitness *self, GError **error)
{
  gboolean work;

  if (!self->wanted)
    return TRUE;
  if (!cosmic_log_has_work (self->log, now (self), &work, error))
    return FALSE;
  if (work)
    cosmic_agreement_set_work (self->agreement, TRUE, now (self));
  self->wanted = FALSE;
  return TRUE;
}

/* All that the agreement asks for, until it asks for nothing. */
static gboolean
drain (CosmicLogWitness *self, GError **error)
{
  for (;;)
    {
      CosmicAgreementEffect *effect
          = self->agreement != NULL ? cosmic_agreement_next (self->agreement) : NULL;
      gboolean good;

      if (effect == NULL)
        return TRUE;
      good = carry_out (self, &effect, error);
      cosmic_agreement_effect_free (effect);
      if (!good || !judge (self, error) || !apply_decided (self, error))
        return FALSE;
    }
}

static void
take_commit (CosmicLogWitness *self)
{
  const guint64 ticket = self->ticket;

  if (ticket == 0 || self->log->commits == self->ticket_commits)
    return;
  self->ticket = 0;
  if (self->agreement != NULL)
    cosmic_agreement_written (self->agreement, ticket, now (self));
}

gboolean
cosmic_log_witness_step (CosmicLogWitness *self, gboolean *again, GError **error)
{
  *again = FALSE;
  if (self->rollbacks != self->log->rollbacks && !start_again (self, error))
    return FALSE;
  take_commit (self);
  if (!follow_height (self, error))
    return FALSE;
  if (self->agreement == NULL)
    return TRUE;
  if (!ask_for_work (self, error) || !judge (self, error) || !apply_decided (self, error)
      || !drain (self, error)
      || (self->agreement != NULL && !cosmic_log_witness_store (self, error)))
    return FALSE;
  *again = self->ticket != 0;
  return TRUE;
}

gboolean
cosmic_log_witness_has_work (CosmicLogWitness *self)
{
  return self->rollbacks != self->log->rollbacks || self->height != self->log->checkpoint.height + 1
         || (self->agreement != NULL
             && (self->wanted || self->stale || self->dirty || self->judging->len > 0
                 || self->decided != NULL
                 || (self->ticket != 0 && self->log->commits != self->ticket_commits)));
}

gboolean
cosmic_log_witness_run (CosmicLogWitness *self,
                        gboolean (*before_commit) (gpointer data, GError **error), gpointer data,
                        GError **error)
{
  gboolean again = TRUE;

  while (again)
    {
      if (!cosmic_log_begin (self->log, error))
        return FALSE;
      if (!cosmic_log_witness_step (self, &again, error)
          || (before_commit != NULL && !before_commit (data, error)))
        {
          cosmic_log_rollback (self->log, NULL);
          return FALSE;
        }
      if (!cosmic_log_commit (self->log, error))
        return FALSE;
    }
  return TRUE;
}

/* --- What happens. ---------------------------------------------------------------------------- */

void
cosmic_log_witness_request (CosmicLogWitness *self)
{
  self->wanted = TRUE;
}

void
cosmic_log_witness_set_live (CosmicLogWitness *self, gboolean live)
{
  if (live == self->live)
    return;
  self->live = live;
  if (self->agreement != NULL)
    cosmic_agreement_set_live (self->agreement, live, now (self));
  self->stale = TRUE; /* timers may be asked for */
}

void
cosmic_log_witness_timeout (CosmicLogWitness *self, guint64 height, guint32 round, CosmicStep step)
{
  if (self->agreement == NULL)
    return;
  cosmic_agreement_timeout (self->agreement, height, round, step, now (self));
  self->stale = TRUE;
}

gboolean
cosmic_log_witness_standing (CosmicLogWitness *self, CosmicAgreementStanding *standing)
{
  if (self->agreement == NULL)
    return FALSE;
  cosmic_agreement_standing (self->agreement, standing);
  return TRUE;
}
