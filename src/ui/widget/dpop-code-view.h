/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A code that is handed to another computer: to read, to copy, and to keep as a file. */
#define DPOP_TYPE_CODE_VIEW (dpop_code_view_get_type ())
G_DECLARE_FINAL_TYPE (DpopCodeView, dpop_code_view, DPOP, CODE_VIEW, AdwBin)

GtkWidget *dpop_code_view_new (void);
/* CODE is proposed to be kept as FILE_NAME. */
void       dpop_code_view_set (DpopCodeView *self, const char *code, const char *file_name);

G_END_DECLS
