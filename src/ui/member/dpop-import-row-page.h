/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-import-table.h"
#include "dpop-page.h"

G_BEGIN_DECLS

/* One row of a list of members that is being taken in: its fields to be mended, and who it is. */
#define DPOP_TYPE_IMPORT_ROW_PAGE (dpop_import_row_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopImportRowPage, dpop_import_row_page, DPOP, IMPORT_ROW_PAGE, DpopPage)

DpopPage *dpop_import_row_page_new (DpopImportTable *table, guint table_row);

G_END_DECLS
