/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Small things side by side, such as chips, on as many lines as they need. */
#define DPOP_TYPE_WRAP_BOX (dpop_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (DpopWrapBox, dpop_wrap_box, DPOP, WRAP_BOX, GtkWidget)

GtkWidget *dpop_wrap_box_new    (void);
void       dpop_wrap_box_append (DpopWrapBox *self, GtkWidget *child);
void       dpop_wrap_box_clear  (DpopWrapBox *self);

G_END_DECLS
