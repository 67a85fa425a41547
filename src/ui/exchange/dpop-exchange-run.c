/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-exchange-run-private.h"

#include "dpop-names.h"

#include <string.h>

DpopExchangeRun *
dpop_exchange_run_new (const char *path, const char *code, DpopProgress *progress)
{
  DpopExchangeRun *self = g_new0 (DpopExchangeRun, 1);

  self->path = g_strdup (path);
  self->code = g_strdup (code);
  self->progress = progress;
  return self;
}

void
dpop_exchange_run_free (gpointer data)
{
  DpopExchangeRun *self = data;

  g_free (self->path);
  g_free (self->code);
  g_clear_pointer (&self->progress, dpop_progress_unref);
  g_free (self);
}

static void
on_progress (guint64 done, guint64 total, gpointer progress)
{
  dpop_progress_tell (progress, done, total);
}

static DpopBundleHooks
hooks_of (const DpopExchangeRun *run)
{
  return (DpopBundleHooks){
    .progress = on_progress,
    .data = run->progress,
    .cancellable = dpop_progress_get_cancellable (run->progress),
  };
}

gpointer
dpop_exchange_run_import (DpopProfile *profile, gpointer data, GError **error)
{
  const DpopExchangeRun *run = data;
  const DpopBundleHooks hooks = hooks_of (run);
  const DpopCommandBundleImport input = { .path = run->path, .hooks = &hooks };
  DpopBundleImport *result = g_new0 (DpopBundleImport, 1);

  if (dpop_command_bundle_import (profile, &input, result, error))
    return result;
  g_free (result);
  return NULL;
}

gpointer
dpop_exchange_run_export (DpopProfile *profile, gpointer data, GError **error)
{
  const DpopExchangeRun *run = data;
  const DpopBundleHooks hooks = hooks_of (run);
  const DpopCommandBundleExport input = { .path = run->path, .summary = run->code,
                                          .hooks = &hooks };
  DpopCommandBundleExportResult *result = g_new0 (DpopCommandBundleExportResult, 1);

  if (dpop_exchange_export (profile, &input, result, error))
    return result;
  g_free (result);
  return NULL;
}

gpointer
dpop_exchange_run_summary (DpopProfile *profile, gpointer data, GError **error)
{
  const DpopExchangeRun *run = data;

  return dpop_command_bundle_summary (profile, run->path, error) ? g_strdup (run->path) : NULL;
}

gpointer
dpop_exchange_run_accept (DpopProfile *profile, gpointer data, GError **error)
{
  const DpopExchangeRun *run = data;
  const DpopCommandAccept input = { .request = run->code, .path = run->path };
  g_autofree DpopExchangeAccepted *accepted = g_new0 (DpopExchangeAccepted, 1);
  g_autoptr (DpopNames) names = NULL;
  g_autofree char *name = NULL;

  if (!dpop_command_accept (profile, &input, &accepted->result, error))
    return NULL;
  names = dpop_names_new (profile, NULL);
  name = names != NULL ? dpop_names_member (names, &accepted->result.member) : g_strdup ("");
  g_utf8_strncpy (accepted->name, name, 60);
  return g_steal_pointer (&accepted);
}
