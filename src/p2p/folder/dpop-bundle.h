/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-bundle-summary.h"

G_BEGIN_DECLS

/* Transfer files: what one computer knows, for another (design 4.10). Errors are
 * DPOP_BUNDLE_ERROR; those of the log (COSMIC_LOG_ERROR_CONFLICT, _DIVERGED, _UPDATE, ...) and of
 * its store (no room on the disk) come through as they are. */

/* All may be NULL. */
typedef struct
{
  /* Before each commit of an import, within its transaction: to write what follows from it. */
  gboolean (*before_commit) (gpointer data, GError **error);
  /* Of TOTAL (operations when exporting, bytes when importing) DONE are done. */
  void (*progress) (guint64 done, guint64 total, gpointer data);
  /* Once the file is on the disk: each operation on it that is not covered. */
  void (*exported) (const CosmicId *operation, gpointer data);
  gpointer data;
  GCancellable *cancellable;
} DpopBundleHooks;

typedef struct
{
  const DpopBundleSummary *peer; /* only what it lacks; NULL: everything */
  const CosmicId *newcomer;      /* only the shares for this seal key; NULL: all */
} DpopBundleWish;

typedef struct
{
  guint64 operations;
  guint64 checkpoints;
  guint64 shares;
  guint64 size; /* of the file, in bytes */
} DpopBundleExport;

typedef struct
{
  guint64 added;  /* operations, or parts of known ones, that came in */
  guint64 held;   /* kept until their causes come */
  guint64 known;
  guint64 checkpoints; /* newly confirmed heights */
  guint64 shares;      /* for this device */
} DpopBundleImport;

/* Writes PATH, whole or not at all. */
gboolean dpop_bundle_export (CosmicLog *log, const char *path, const DpopBundleWish *wish,
                             const DpopBundleHooks *hooks, DpopBundleExport *result,
                             GError **error);

/* Takes in what PATH holds. The whole file is checked before anything of it is used. Each height is
 * a transaction of its own, and so are every DPOP_BUNDLE_STEP operations: after a failure, a
 * cancellation or a crash, what was committed stays (RESULT counts it), and importing again goes on
 * from there. SEAL_KEY is this device's, NULL to take no shares. */
#define DPOP_BUNDLE_STEP       4096
#define DPOP_BUNDLE_SHARES_MAX 262144
gboolean dpop_bundle_import (CosmicLog *log, const char *path, const CosmicSecret *seal_key,
                             const DpopBundleHooks *hooks, DpopBundleImport *result,
                             GError **error);

G_END_DECLS
