/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-turnout-section.h"

#include "dpop-chart-panel.h"
#include "dpop-decision-charts.h"
#include "dpop-decision-parts-private.h"
#include "dpop-decision-state-chip.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopTurnoutSection
{
  GtkBox parent_instance;

  GtkWidget *sentence;
  GtkWidget *bar;
  GtkWidget *chart;
};

G_DEFINE_FINAL_TYPE (DpopTurnoutSection, dpop_turnout_section, GTK_TYPE_BOX)

enum
{
  ENTITLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
turnout_words (const DpopTurnout *turnout)
{
  if (turnout->closed == 0)
    return dpop_decision_state_chip_turnout (turnout->voted, turnout->entitled);
  return g_strdup_printf (
      ngettext ("%lu of %lu voted", "%lu of %lu voted", (gulong) turnout->voted),
      (gulong) turnout->voted, (gulong) turnout->entitled);
}

void
dpop_turnout_section_show (DpopTurnoutSection *self, const DpopDecisionSight *sight)
{
  const DpopTurnout *turnout = sight->turnout;
  g_autoptr (DpopChart) chart = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), turnout != NULL);
  if (turnout == NULL)
    return;
  words = turnout_words (turnout);
  gtk_label_set_label (GTK_LABEL (self->sentence), words);
  gtk_level_bar_set_max_value (GTK_LEVEL_BAR (self->bar), (double) MAX (turnout->entitled, 1));
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->bar),
                           (double) MIN (turnout->voted, turnout->entitled));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  chart = dpop_decision_charts_turnout (turnout, sight->view, sight->now);
  dpop_chart_panel_set_chart (DPOP_CHART_PANEL (self->chart), chart);
}

static void
on_entitled (GtkButton *button, DpopTurnoutSection *self)
{
  g_signal_emit (self, signals[ENTITLED], 0);
}

static void
dpop_turnout_section_class_init (DpopTurnoutSectionClass *klass)
{
  signals[ENTITLED] = g_signal_new ("entitled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dpop_turnout_section_init (DpopTurnoutSection *self)
{
  GtkWidget *expander = gtk_expander_new (_("Over time"));
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 9);
  self->sentence = dpop_wrapping_label_new (NULL, "numbers");
  gtk_widget_add_css_class (self->sentence, "heading");
  self->bar = gtk_level_bar_new ();
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_LOW, 0.0);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_HIGH, 0.0);
  gtk_level_bar_add_offset_value (GTK_LEVEL_BAR (self->bar), GTK_LEVEL_BAR_OFFSET_FULL, 0.0);
  gtk_widget_add_css_class (self->bar, "turnout");
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Over time"), -1);
  self->chart = dpop_chart_panel_new (NULL);
  gtk_widget_set_margin_top (self->chart, 9);
  /* GTK moves the focus into a child of the expander even while it is folded, where it is in no
   * window. */
  g_object_bind_property (expander, "expanded", self->chart, "visible", G_BINDING_SYNC_CREATE);
  gtk_expander_set_child (GTK_EXPANDER (expander), self->chart);
  gtk_box_append (box, dpop_decision_parts_heading (_("Turnout")));
  gtk_box_append (box, self->sentence);
  gtk_box_append (box, self->bar);
  gtk_box_append (box, expander);
  gtk_box_append (box,
                  dpop_decision_parts_link (_("Who Is Entitled"), G_CALLBACK (on_entitled), self));
}

GtkWidget *
dpop_turnout_section_new (void)
{
  return g_object_new (DPOP_TYPE_TURNOUT_SECTION, NULL);
}
