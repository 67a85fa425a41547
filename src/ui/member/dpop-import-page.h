/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-page.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Members from a table, in four steps: the file; what its columns are; what becomes of each row;
 * and what came of it, with a way back. */
#define DPOP_TYPE_IMPORT_PAGE (dpop_import_page_get_type ())
G_DECLARE_FINAL_TYPE (DpopImportPage, dpop_import_page, DPOP, IMPORT_PAGE, DpopPage)

/* FILE may be NULL: it is asked for. */
DpopPage *dpop_import_page_new (DpopSession *session, GFile *file);

G_END_DECLS
