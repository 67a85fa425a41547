/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chip.h"
#include "dpop-import-sight.h"

G_BEGIN_DECLS

/* A row of the file in the list: what will become of it, by picture, word and sentence. */
#define DPOP_TYPE_IMPORT_LINE (dpop_import_line_get_type ())
G_DECLARE_FINAL_TYPE (DpopImportLine, dpop_import_line, DPOP, IMPORT_LINE, GtkBox)

GtkWidget  *dpop_import_line_new (void);
void        dpop_import_line_set (DpopImportLine *self, const DpopImportRow *row);
/* All that stands in it, for a screen reader. */
const char *dpop_import_line_get_words (DpopImportLine *self);

/* "to mend"; translated. */
const char  *dpop_import_line_group_word (DpopImportGroup group);
DpopChipTone dpop_import_line_group_tone (DpopImportGroup group);

G_END_DECLS
