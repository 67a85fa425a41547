/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-bundle.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* Writes a transfer file: everything, or what the computer lacks whose summary is given. On the
 * record keeper's computer what is open is confirmed before. */
typedef struct
{
  const char *path;
  const char *summary; /* of the computer that it is for; NULL: everything */
  const DpopBundleHooks *hooks; /* NULL: none */
} DpopCommandBundleExport;

typedef struct
{
  guint confirmed; /* entries that became final before */
  DpopBundleExport file;
} DpopCommandBundleExportResult;

gboolean dpop_command_bundle_export (DpopProfile *profile, const DpopCommandBundleExport *input,
                                     DpopCommandBundleExportResult *result, GError **error);

/* Takes a transfer file in. The first one makes a newcomer's profile live. What it says was deleted
 * is gone from this computer too. */
typedef struct
{
  const char *path;
  const DpopBundleHooks *hooks; /* NULL: none; before_commit is called after the read model */
} DpopCommandBundleImport;

gboolean dpop_command_bundle_import (DpopProfile *profile, const DpopCommandBundleImport *input,
                                     DpopBundleImport *result, GError **error);

/* Writes this computer's summary, from which others make it a file with what it lacks. */
gboolean dpop_command_bundle_summary (DpopProfile *profile, const char *path, GError **error);

G_END_DECLS
