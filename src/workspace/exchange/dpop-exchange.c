/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-exchange.h"

#include "dpop-exchange-private.h"
#include "dpop-vote-place.h"

typedef gboolean (*Note) (DpopProfile *profile, const GArray *operations, GError **error);

static gboolean
note_all (DpopProfile *profile, Note note, const GArray *operations, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  if (note (profile, operations, error))
    return dpop_profile_commit (profile, error);
  dpop_profile_rollback (profile);
  return FALSE;
}

gboolean
dpop_exchange_note_delivered (DpopProfile *profile, const DpopBundleSummary *summary,
                              GError **error)
{
  return !summary->witness || summary->open->len == 0
         || note_all (profile, dpop_vote_place_note_delivered, summary->open, error);
}

gboolean
dpop_exchange_note_exported (DpopProfile *profile, const GArray *operations, GError **error)
{
  return operations->len == 0
         || note_all (profile, dpop_vote_place_note_exported, operations, error);
}

static gboolean
note_summary (DpopProfile *profile, const char *path, GError **error)
{
  g_autoptr (DpopBundleSummary) summary
      = dpop_bundle_summary_read (dpop_profile_log (profile), path, error);

  return summary != NULL && dpop_exchange_note_delivered (profile, summary, error);
}

typedef struct
{
  const DpopBundleHooks *given; /* NULL: none */
  GArray *exported;             /* of CosmicId */
} Hooks;

static void
on_exported (const CosmicId *operation, gpointer data)
{
  const Hooks *hooks = data;

  g_array_append_val (hooks->exported, *operation);
  if (hooks->given != NULL && hooks->given->exported != NULL)
    hooks->given->exported (operation, hooks->given->data);
}

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  const Hooks *hooks = data;

  if (hooks->given != NULL && hooks->given->progress != NULL)
    hooks->given->progress (done, total, hooks->given->data);
}

gboolean
dpop_exchange_export (DpopProfile *profile, const DpopCommandBundleExport *input,
                      DpopCommandBundleExportResult *result, GError **error)
{
  g_autoptr (GArray) exported = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  Hooks own = { input->hooks, exported };
  DpopBundleHooks hooks = {
    .progress = on_progress,
    .exported = on_exported,
    .data = &own,
    .cancellable = input->hooks != NULL ? input->hooks->cancellable : NULL,
  };
  DpopCommandBundleExport command = *input;

  command.hooks = &hooks;
  return (input->summary == NULL || note_summary (profile, input->summary, error))
         && dpop_command_bundle_export (profile, &command, result, error)
         && dpop_exchange_note_exported (profile, exported, error);
}
