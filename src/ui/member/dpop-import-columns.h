/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-import-table.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What each column of a table is, and how the file was taken apart; both can be said otherwise.
 * Signal "failed" (a sentence, NULL when all is well). */
#define DPOP_TYPE_IMPORT_COLUMNS (dpop_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (DpopImportColumns, dpop_import_columns, DPOP, IMPORT_COLUMNS, AdwBin)

GtkWidget *dpop_import_columns_new (DpopImportTable *table);

G_END_DECLS
