/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-import-sight.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A row of a list view. */
#define DPOP_TYPE_IMPORT_ITEM (dpop_import_item_get_type ())
G_DECLARE_FINAL_TYPE (DpopImportItem, dpop_import_item, DPOP, IMPORT_ITEM, GObject)

const DpopImportRow *dpop_import_item_get_row (DpopImportItem *self);

/* The rows of a list of members as a model: those that wait for a person first, then the others as
 * they stand in the file. Items are made when they are looked at. */
#define DPOP_TYPE_IMPORT_ROW_LIST (dpop_import_row_list_get_type ())
G_DECLARE_FINAL_TYPE (DpopImportRowList, dpop_import_row_list, DPOP, IMPORT_ROW_LIST, GObject)

/* In place of a group: */
#define DPOP_IMPORT_ALL     DPOP_IMPORT_N_GROUPS
#define DPOP_IMPORT_REMARKS (DPOP_IMPORT_N_GROUPS + 1)

DpopImportRowList *dpop_import_row_list_new (void);
/* SIGHT is not kept, only its rows. */
void dpop_import_row_list_set (DpopImportRowList *self, const DpopImportSight *sight, guint group);

G_END_DECLS
