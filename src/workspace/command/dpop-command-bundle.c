/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-bundle.h"

#include "dpop-command-confirm.h"
#include "dpop-command-join.h"
#include "dpop-command-private.h"
#include "dpop-command-sweep.h"

#include <glib/gi18n-lib.h>

static gboolean
check_founded (DpopProfile *profile, GError **error)
{
  return cosmic_log_is_founded (dpop_profile_log (profile))
         || dpop_command_fail (error, DPOP_PROFILE_ERROR_NOT_A_MEMBER,
                               _("This computer has nothing of an organisation yet. Take in the "
                                 "first transfer file."));
}

gboolean
dpop_command_bundle_export (DpopProfile *profile, const DpopCommandBundleExport *input,
                            DpopCommandBundleExportResult *result, GError **error)
{
  CosmicLog *log = dpop_profile_log (profile);
  g_autoptr (DpopBundleSummary) peer = NULL;
  DpopCommandConfirmResult confirmed = { 0 };
  DpopBundleExport file;
  DpopBundleWish wish = { 0 };

  if (!check_founded (profile, error)
      || (dpop_command_confirm_can (profile)
          && !dpop_command_confirm (profile, &confirmed, error)))
    return FALSE;
  if (input->summary != NULL
      && (peer = dpop_bundle_summary_read (log, input->summary, error)) == NULL)
    return FALSE;
  wish.peer = peer;
  if (!dpop_bundle_export (log, input->path, &wish, input->hooks, &file, error))
    return FALSE;
  if (result != NULL)
    *result = (DpopCommandBundleExportResult){ confirmed.covered, file };
  return TRUE;
}

typedef struct
{
  DpopProfile *profile;
  DpopBundleHooks given;
} Hooks;

static gboolean
before_commit (gpointer data, GError **error)
{
  const Hooks *hooks = data;

  return dpop_profile_project (hooks->profile, error)
         && (hooks->given.before_commit == NULL
             || hooks->given.before_commit (hooks->given.data, error));
}

static void
progress (guint64 done, guint64 total, gpointer data)
{
  const Hooks *hooks = data;

  if (hooks->given.progress != NULL)
    hooks->given.progress (done, total, hooks->given.data);
}

gboolean
dpop_command_bundle_import (DpopProfile *profile, const DpopCommandBundleImport *input,
                            DpopBundleImport *result, GError **error)
{
  Hooks own = { .profile = profile };
  DpopBundleHooks hooks = { .before_commit = before_commit, .progress = progress, .data = &own };
  DpopBundleImport done;

  if (input->hooks != NULL)
    {
      own.given = *input->hooks;
      hooks.cancellable = input->hooks->cancellable;
    }
  if (cosmic_id_is_zero (cosmic_log_party (dpop_profile_log (profile))))
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_NOT_A_MEMBER,
                              _("This computer belongs to no organisation yet. Start one, or join "
                                "one with an invitation."));
  if (!dpop_bundle_import (dpop_profile_log (profile), input->path, dpop_profile_seal (profile),
                           &hooks, &done, error))
    return FALSE;
  if (result != NULL)
    *result = done;
  return dpop_command_join_check (profile, error) && dpop_command_sweep (profile, error);
}

gboolean
dpop_command_bundle_summary (DpopProfile *profile, const char *path, GError **error)
{
  return check_founded (profile, error)
         && dpop_bundle_summary_write (
             dpop_profile_log (profile), dpop_profile_device (profile),
             dpop_profile_is_witness (profile) ? dpop_profile_witness (profile) : NULL,
             dpop_clock_now (dpop_profile_clock (profile)), path, error);
}
