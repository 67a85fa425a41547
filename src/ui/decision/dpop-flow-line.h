/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children beside each other, from the start, each as wide as it likes to be; what does not fit
 * goes on in the next line, as words do. */
#define DPOP_TYPE_FLOW_LINE (dpop_flow_line_get_type ())
G_DECLARE_FINAL_TYPE (DpopFlowLine, dpop_flow_line, DPOP, FLOW_LINE, GtkWidget)

GtkWidget *dpop_flow_line_new    (int space, int leading);
void       dpop_flow_line_append (DpopFlowLine *self, GtkWidget *child);

G_END_DECLS
