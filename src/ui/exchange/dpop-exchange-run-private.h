/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-command-accept.h"
#include "dpop-exchange.h"
#include "dpop-progress.h"
#include "dpop-session.h"

G_BEGIN_DECLS

/* The page's commands as the engine's thread does them: each takes a DpopExchangeRun as its data,
 * and answers with what its result type is, to be freed with g_free(). */
typedef struct
{
  char *path;             /* of the file; for accepting, of the first transfer file */
  char *code;             /* a summary's path, or a request's text; NULL: none */
  DpopProgress *progress; /* NULL: it is short */
} DpopExchangeRun;

DpopExchangeRun *dpop_exchange_run_new  (const char *path, const char *code,
                                         DpopProgress *progress);
void             dpop_exchange_run_free (gpointer self);

gpointer dpop_exchange_run_import  (DpopProfile *profile, gpointer data, GError **error);
gpointer dpop_exchange_run_export  (DpopProfile *profile, gpointer data, GError **error);
gpointer dpop_exchange_run_summary (DpopProfile *profile, gpointer data, GError **error);
gpointer dpop_exchange_run_accept  (DpopProfile *profile, gpointer data, GError **error);

/* What accepting answers with; import answers with a DpopBundleImport, export with a
 * DpopCommandBundleExportResult, summary with the path. */
typedef struct
{
  DpopCommandAcceptResult result;
  char name[256]; /* of the member whose computer it is, shortened if need be */
} DpopExchangeAccepted;

G_END_DECLS
