/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A decision in a list: its title, where it stands, and how many have voted or what came of it. */
#define DPOP_TYPE_DECISION_LINE (dpop_decision_line_get_type ())
G_DECLARE_FINAL_TYPE (DpopDecisionLine, dpop_decision_line, DPOP, DECISION_LINE, GtkBox)

GtkWidget *dpop_decision_line_new (void);
/* ROW is borrowed for the call; NULL: it has not come yet. */
void       dpop_decision_line_set (DpopDecisionLine *self, const DpopDecisionRow *row);

G_END_DECLS
