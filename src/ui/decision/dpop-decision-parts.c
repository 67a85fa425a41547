/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-parts-private.h"

#include "dpop-wrapping-label.h"

#include <adwaita.h>

GtkWidget *
dpop_decision_parts_reading (const char *text)
{
  GtkWidget *label = dpop_wrapping_label_new (text, "reading");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

GtkWidget *
dpop_decision_parts_heading (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (label, "title-4");
  return label;
}

GtkWidget *
dpop_decision_parts_wrap (GtkWidget *button)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
  return button;
}

GtkWidget *
dpop_decision_parts_button (const char *label, const char *css_class, GCallback clicked,
                            gpointer data)
{
  GtkWidget *button = dpop_decision_parts_wrap (gtk_button_new_with_label (label));

  gtk_widget_add_css_class (button, "pill");
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", clicked, data);
  return button;
}

GtkWidget *
dpop_decision_parts_link (const char *label, GCallback clicked, gpointer data)
{
  GtkWidget *button = dpop_decision_parts_wrap (gtk_button_new_with_label (label));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", clicked, data);
  return button;
}

GtkWidget *
dpop_decision_parts_column (GtkWidget **column)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_start (*column, 18);
  gtk_widget_set_margin_end (*column, 18);
  gtk_widget_set_margin_top (*column, 24);
  gtk_widget_set_margin_bottom (*column, 36);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), DPOP_DECISION_PARTS_COLUMN);
  adw_clamp_set_child (ADW_CLAMP (clamp), *column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

void
dpop_decision_parts_clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

void
dpop_decision_parts_say (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL);
  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

GtkWidget *
dpop_decision_parts_text (const char *name, int height, GtkWidget **view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  *view = gtk_text_view_new ();
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (*view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (*view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (*view), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (*view), 9);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (*view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (*view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), height);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 3 * height);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), *view);
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scroller, "writing");
  return scroller;
}

char *
dpop_decision_parts_typed (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

GtkWidget *
dpop_decision_parts_failure (void)
{
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, "wrap-mode",
                      PANGO_WRAP_WORD_CHAR, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);

  gtk_widget_add_css_class (label, "error");
  return label;
}
