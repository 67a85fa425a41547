/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-outcome-record-private.h"

#include "cosmic-checkpoint.h"
#include "cosmic-hash.h"
#include "dpop-decision-view.h"

#include <glib/gi18n-lib.h>

static void
reason_free (gpointer data)
{
  DpopOutcomeRecordReason *reason = data;

  g_free (reason->text);
  g_free (reason);
}

static void
option_free (gpointer data)
{
  DpopOutcomeRecordOption *option = data;

  g_free (option->name);
  g_free (option);
}

void
dpop_outcome_record_free (DpopOutcomeRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->organisation);
  g_free (self->title);
  g_free (self->question);
  g_free (self->scope);
  g_free (self->speaker);
  g_free (self->rule);
  g_free (self->maker);
  g_free (self->outcome);
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->options);
  g_free (self->preferred);
  g_free (self->text);
  g_free (self->code);
  g_free (self);
}

/* --- What is final. -------------------------------------------------------------------------- */

static gboolean
refuse_open (GError **error)
{
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID,
                       _("This decision has no final outcome yet, so there is nothing to record. "
                         "It has one when the vote is closed and a record keeper has confirmed "
                         "it."));
  return FALSE;
}

/* Where the outcome is confirmed: height, and the root of all that was so then. */
static gboolean
add_checkpoint (DpopOutcomeRecord *self, DpopProfile *profile, guint64 height, GError **error)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  CosmicCheckpointRecord record = { 0 };
  CosmicCheckpoint checkpoint;
  gboolean found = FALSE, good;

  if (!store.table->find_checkpoint (store.self, height, &record, &found, error))
    return FALSE;
  good = found && cosmic_checkpoint_decode (record.checkpoint, &checkpoint);
  if (good)
    {
      self->seal.height = height;
      self->seal.root = checkpoint.state_root;
    }
  cosmic_checkpoint_record_clear (&record);
  return good || refuse_open (error);
}

static gboolean
add_certified (DpopOutcomeRecord *self, DpopProfile *profile, GError **error)
{
  const CosmicState *state
      = cosmic_log_certified (dpop_profile_log (profile), &self->seal.decision, error);
  g_autoptr (DpopDecisionOutcome) outcome = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (state == NULL)
    return FALSE;
  if ((outcome = dpop_decision_state_outcome (state)) == NULL)
    return refuse_open (error);
  bytes = cosmic_codec_encode (dpop_decision_outcome_encode (outcome));
  cosmic_hash (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
               self->seal.outcome.bytes);
  return add_checkpoint (self, profile, outcome->height, error);
}

/* --- What the view says. --------------------------------------------------------------------- */

static void
add_figures (DpopOutcomeRecord *self, const DpopDecisionOutcome *outcome)
{
  self->ballot = outcome->ballot;
  self->status = outcome->status;
  self->closed = outcome->time;
  self->entitled = outcome->entitled;
  self->present = outcome->present;
  self->undecided = outcome->undecided;
  self->yes = outcome->yes;
  self->no = outcome->no;
  self->abstain = outcome->abstain;
  self->blank = outcome->blank;
  self->seats = outcome->seats;
}

static void
add_options (DpopOutcomeRecord *self, const DpopDecisionView *view)
{
  guint n = view->decision->opening != NULL ? view->options->len : 0;

  for (guint i = 0; i < n; i++)
    {
      const DpopDecisionViewOption *shown = view->options->pdata[i];
      DpopOutcomeRecordOption *option = g_new0 (DpopOutcomeRecordOption, 1);

      option->name = g_strdup (shown->name);
      option->place = shown->place;
      option->votes = shown->votes;
      option->elected = shown->elected;
      option->tied = shown->tied;
      option->dropped = shown->dropped;
      g_ptr_array_add (self->options, option);
    }
  if (self->ballot != DPOP_BALLOT_RANK || n == 0)
    return;
  self->preferred = g_new0 (guint64, n * n);
  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < n; b++)
      self->preferred[a * n + b] = dpop_decision_view_preferred (view, a, b);
}

/* The sentence, with the names of those elected: a record is read without a table beside it. */
static char *
outcome_words (const DpopOutcomeRecord *self, const DpopDecisionView *view)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->options->len; i++)
    {
      const DpopOutcomeRecordOption *option = self->options->pdata[i];

      if (option->elected)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", option->name);
    }
  if (names->len == 0)
    return g_strdup (view->outcome);
  if (self->status == DPOP_OUTCOME_ELECTED)
    return g_strdup_printf (_("Elected: %s."), names->str);
  /* Translators: names, then what became of the other seats, as a sentence. */
  return g_strdup_printf (_("Elected: %s. %s"), names->str, view->outcome);
}

static void
add_view (DpopOutcomeRecord *self, const DpopDecisionView *view)
{
  const DpopDecisionOutcome *outcome = view->decision->outcome;

  self->organisation = dpop_names_unit (view->names, &cosmic_id_zero);
  self->title = g_strdup (view->title);
  if (view->texts->len > 0)
    self->question = g_strdup (((const DpopDecisionViewText *) view->texts->pdata[0])->text);
  self->scope = g_strdup (view->scope_name);
  self->speaker = g_strdup (view->speaker_name);
  self->rule = g_strdup (view->rule);
  self->opened = view->decision->opening != NULL ? view->decision->opening->time : 0;
  add_figures (self, outcome);
  for (guint i = 0; i < view->reasons->len; i++)
    {
      DpopOutcomeRecordReason *reason = g_new0 (DpopOutcomeRecordReason, 1);

      reason->check = g_array_index (outcome->reasons, DpopCountReason, i);
      reason->text = g_strdup (view->reasons->pdata[i]);
      g_ptr_array_add (self->reasons, reason);
    }
  add_options (self, view);
  self->outcome = outcome_words (self, view);
}

static gboolean
add_maker (DpopOutcomeRecord *self, DpopProfile *profile, const DpopNames *names, GError **error)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, error);
  CosmicDevice device;

  if (authority == NULL)
    return FALSE;
  if (!cosmic_authority_device (authority, &self->seal.device, &device))
    {
      g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_A_MEMBER,
                           _("The computer that makes a record must belong to a member of the "
                             "organisation, and this one does not yet."));
      return FALSE;
    }
  self->maker = dpop_names_member (names, &device.member);
  return TRUE;
}

DpopOutcomeRecord *
dpop_outcome_record_load (DpopProfile *profile, const CosmicId *decision, const CosmicId *device,
                          gint64 made, GError **error)
{
  g_autoptr (DpopDecisionView) view = dpop_decision_view_new (profile, decision, error);
  g_autoptr (DpopOutcomeRecord) self = NULL;

  if (view == NULL)
    return NULL;
  self = g_new0 (DpopOutcomeRecord, 1);
  self->reasons = g_ptr_array_new_with_free_func (reason_free);
  self->options = g_ptr_array_new_with_free_func (option_free);
  self->seal.party = *cosmic_log_party (dpop_profile_log (profile));
  self->seal.decision = *decision;
  self->seal.device = *device;
  self->seal.made = made;
  if (!add_certified (self, profile, error) || !add_maker (self, profile, view->names, error))
    return NULL;
  add_view (self, view);
  self->text = dpop_outcome_record_write (self);
  return g_steal_pointer (&self);
}

/* --- Making it. ------------------------------------------------------------------------------ */

DpopOutcomeRecord *
dpop_outcome_record_new (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  /* The text tells minutes, and so does the signature. */
  gint64 now = dpop_clock_now (dpop_profile_clock (profile));
  DpopOutcomeRecord *self;
  g_autofree char *plain = NULL;
  CosmicId device;

  dpop_profile_device_id (profile, &device);
  self = dpop_outcome_record_load (profile, decision, &device, now - now % 60000, error);
  if (self == NULL)
    return NULL;
  plain = dpop_record_seal_plain (self->text);
  dpop_record_seal_sign (&self->seal, plain, dpop_profile_device (profile));
  self->code = dpop_record_seal_write (&self->seal);
  return self;
}

char *
dpop_outcome_record_to_file (const DpopOutcomeRecord *self)
{
  return g_strconcat (self->text, self->code, NULL);
}
