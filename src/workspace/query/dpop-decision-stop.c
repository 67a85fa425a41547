/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-stop.h"

#include "dpop-history-row.h"
#include "dpop-wording.h"
#include "dpop-words.h"

#include <glib/gi18n-lib.h>

void
dpop_decision_stop_free (DpopDecisionStop *self)
{
  if (self == NULL)
    return;
  g_free (self->speaker_name);
  g_free (self->text);
  g_free (self);
}

/* The one that had effect; NULL without error: none. */
static DpopHistoryRow *
find_row (DpopDatabase *database, const CosmicId *decision, GError **error)
{
  const DpopHistoryRowQuery query = {
    .stream = decision,
    .kinds = { 0, G_GUINT64_CONSTANT (1) << (DPOP_KIND_STOP - 64) },
    .oldest_first = TRUE,
  };
  g_autoptr (GPtrArray) rows
      = dpop_history_row_window (database, &query, 0, G_MAXINT, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const DpopHistoryRow *row = rows->pdata[i];

      if (!row->held && row->reason == COSMIC_REASON_NONE)
        return g_memdup2 (row, sizeof *row);
    }
  return NULL;
}

static char *
read_speaker (DpopProfile *profile, const DpopNames *names, const CosmicId *author)
{
  const CosmicState *authority = dpop_profile_state (profile, NULL, NULL);
  CosmicDevice device;

  if (authority == NULL || !cosmic_authority_device (authority, author, &device))
    return g_strdup (_("An unknown computer"));
  return dpop_names_member (names, &device.member);
}

static DpopStopReason
read_reason (DpopProfile *profile, const CosmicId *operation)
{
  CosmicLogStore store = cosmic_log_store (dpop_profile_log (profile));
  g_autoptr (CosmicEntry) entry = NULL;
  g_autoptr (GVariant) body = NULL;
  guint8 reason = 0;

  if (store.table->find_entry (store.self, operation, &entry, NULL) && entry != NULL
      && entry->body.plain != NULL)
    body = cosmic_part_content (entry->body.plain, DPOP_STOP_TYPE);
  if (body != NULL)
    g_variant_get (body, DPOP_STOP_TYPE, &reason);
  return reason <= DPOP_STOP_LAST ? (DpopStopReason) reason : 0;
}

static char *
read_text (DpopProfile *profile, const CosmicId *operation)
{
  g_autoptr (GVariant) personal
      = dpop_profile_personal (profile, operation, DPOP_WORDING_PLAIN_TYPE, NULL);
  const char *text;

  if (personal == NULL)
    return NULL;
  g_variant_get (personal, "(&s)", &text);
  return dpop_wording_check_plain (text) == DPOP_WORDING_FINE ? g_strdup (text) : NULL;
}

DpopDecisionStop *
dpop_decision_stop_new (DpopProfile *profile, const DpopNames *names, const CosmicId *decision,
                        GError **error)
{
  g_autoptr (DpopHistoryRow) row = find_row (names->database, decision, error);
  DpopDecisionStop *self;

  if (row == NULL)
    return NULL;
  self = g_new0 (DpopDecisionStop, 1);
  self->operation = row->id;
  self->speaker_name = read_speaker (profile, names, &row->author);
  self->reason = read_reason (profile, &row->id);
  self->text = read_text (profile, &row->id);
  return self;
}

char *
dpop_decision_stop_words (const DpopDecisionStop *self)
{
  if (self->reason == 0)
    return g_strdup_printf (_("%s stopped it."), self->speaker_name);
  /* TRANSLATORS: a name, and a reason such as "the question was put wrongly". */
  return g_strdup_printf (_("%s stopped it: %s."), self->speaker_name,
                          dpop_words_stop (self->reason));
}
