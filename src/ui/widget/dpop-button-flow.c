/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-button-flow.h"

#define PER_LINE 3
#define SPACING  12

GtkWidget *
dpop_button_flow_new (void)
{
  GtkFlowBox *flow = GTK_FLOW_BOX (gtk_flow_box_new ());

  gtk_flow_box_set_selection_mode (flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (flow, PER_LINE);
  gtk_flow_box_set_column_spacing (flow, SPACING);
  gtk_flow_box_set_row_spacing (flow, SPACING);
  return GTK_WIDGET (flow);
}

/* The button has the focus, not what it stands in. */
void
dpop_button_flow_add (GtkWidget *flow, GtkWidget *button)
{
  GtkWidget *child = g_object_new (GTK_TYPE_FLOW_BOX_CHILD, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_halign (child, GTK_ALIGN_START);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_flow_box_insert (GTK_FLOW_BOX (flow), child, -1);
}
