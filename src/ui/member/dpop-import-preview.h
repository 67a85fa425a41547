/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-import-table.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What will become of every row, for a person to look through; a row that is chosen is opened. */
#define DPOP_TYPE_IMPORT_PREVIEW (dpop_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (DpopImportPreview, dpop_import_preview, DPOP, IMPORT_PREVIEW, AdwBin)

GtkWidget *dpop_import_preview_new   (DpopImportTable *table);
/* To the first row. */
void       dpop_import_preview_focus (DpopImportPreview *self);

G_END_DECLS
