/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-outcome-section.h"

#include "dpop-chart-panel.h"
#include "dpop-decision-charts.h"
#include "dpop-decision-parts-private.h"
#include "dpop-words.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopOutcomeSection
{
  GtkBox parent_instance;

  GtkWidget *sentence;
  GtkWidget *stop;
  GtkWidget *stop_text;
  GtkWidget *chart;
  GtkWidget *places;
  GtkWidget *why;
  GtkWidget *reasons;
  GtkWidget *pairs;
};

G_DEFINE_FINAL_TYPE (DpopOutcomeSection, dpop_outcome_section, GTK_TYPE_BOX)

/* --- The sentence. --------------------------------------------------------------------------- */

static char *
names_of (const DpopDecisionView *view, gboolean tied)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < view->options->len; i++)
    {
      const DpopDecisionViewOption *option = view->options->pdata[i];

      if (tied ? option->tied : option->elected)
        g_ptr_array_add (names, option->name);
    }
  return names->len > 0 ? dpop_words_and (names) : NULL;
}

char *
dpop_outcome_section_sentence (const DpopDecisionView *view)
{
  const DpopDecisionOutcome *outcome = view->decision->outcome;
  g_autofree char *elected = NULL;
  g_autofree char *tied = NULL;

  if (outcome == NULL || outcome->ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    return g_strdup (view->outcome);
  elected = names_of (view, FALSE);
  tied = names_of (view, TRUE);
  if (outcome->status == DPOP_OUTCOME_ELECTED && elected != NULL)
    return g_strdup_printf (_("Chosen: %s."), elected);
  if (outcome->status == DPOP_OUTCOME_INCOMPLETE && elected != NULL)
    return g_strdup_printf (ngettext ("Chosen: %s. %u place stays empty.",
                                      "Chosen: %s. %u places stay empty.", outcome->seats_left),
                            elected, outcome->seats_left);
  if (outcome->status == DPOP_OUTCOME_TIED && tied != NULL && elected != NULL)
    return g_strdup_printf (_("Chosen: %s. A tie between %s for the rest."), elected, tied);
  if (outcome->status == DPOP_OUTCOME_TIED && tied != NULL)
    return g_strdup_printf (_("A tie between %s."), tied);
  return g_strdup (view->outcome);
}

/* --- Places and reasons. --------------------------------------------------------------------- */

static GtkWidget *
new_line (const char *icon, const char *icon_class, const char *icon_name, const char *text,
          gboolean strong)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *mark = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = dpop_wrapping_label_new (text, "numbers");

  gtk_widget_add_css_class (mark, icon_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, icon_name,
                                  -1);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_set_margin_top (mark, 2);
  gtk_widget_set_hexpand (label, TRUE);
  if (strong)
    gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}

static void
add_reasons (DpopOutcomeSection *self, const DpopDecisionView *view)
{
  const GArray *checks = view->decision->outcome->reasons;

  for (guint i = 0; i < view->reasons->len && i < checks->len; i++)
    {
      const gboolean fine = g_array_index (checks, DpopCountReason, i).satisfied;

      gtk_box_append (GTK_BOX (self->reasons),
                      new_line (fine ? "object-select-symbolic" : "window-close-symbolic",
                                fine ? "success" : "error",
                                fine ? _("reached") : _("not reached"), view->reasons->pdata[i],
                                FALSE));
    }
}

static char *
place_words (const DpopDecisionViewOption *option)
{
  if (option->dropped || option->place == 0)
    return g_strdup_printf (_("%s: dropped"), option->name);
  if (option->elected)
    return g_strdup_printf (_("%u. %s, chosen"), option->place, option->name);
  if (option->tied)
    return g_strdup_printf (_("%u. %s, tied"), option->place, option->name);
  return g_strdup_printf (_("%u. %s"), option->place, option->name);
}

/* Who is not chosen has no mark; the names stand below each other all the same. */
static void
add_place (DpopOutcomeSection *self, const DpopDecisionViewOption *option, const char *text)
{
  GtkWidget *line = new_line ("object-select-symbolic", "success",
                              option->elected ? _("chosen") : _("not chosen"), text,
                              option->elected);

  gtk_widget_set_opacity (gtk_widget_get_first_child (line), option->elected ? 1.0 : 0.0);
  gtk_box_append (GTK_BOX (self->places), line);
}

static void
add_places (DpopOutcomeSection *self, const DpopDecisionView *view)
{
  const guint n = view->options->len;

  for (guint place = 1; place <= n + 1; place++)
    for (guint i = 0; i < n; i++)
      {
        const DpopDecisionViewOption *option = view->options->pdata[i];
        g_autofree char *text = place_words (option);

        if (option->place == (place <= n ? place : 0))
          add_place (self, option, text);
      }
}

static void
set_chart (GtkWidget *panel, DpopChart *chart)
{
  dpop_chart_panel_set_chart (DPOP_CHART_PANEL (panel), chart);
  gtk_widget_set_visible (panel, chart != NULL);
}

static void
show_stop (DpopOutcomeSection *self, const DpopDecisionStop *stop)
{
  g_autofree char *words = stop != NULL ? dpop_decision_stop_words (stop) : NULL;

  dpop_decision_parts_say (self->stop, words);
  dpop_decision_parts_say (self->stop_text, stop != NULL ? stop->text : NULL);
}

void
dpop_outcome_section_show (DpopOutcomeSection *self, const DpopDecisionSight *sight)
{
  const DpopDecisionView *view = sight->view;
  g_autofree char *sentence = dpop_outcome_section_sentence (view);
  g_autoptr (DpopChart) chart = dpop_decision_charts_outcome (view);
  g_autoptr (DpopChart) pairs = dpop_decision_charts_pairwise (view);

  gtk_widget_set_visible (GTK_WIDGET (self), sentence != NULL);
  if (sentence == NULL)
    return;
  dpop_decision_parts_say (self->sentence, sentence);
  show_stop (self, view->stop);
  set_chart (self->chart, chart);
  set_chart (self->pairs, pairs);
  dpop_decision_parts_clear (self->places);
  if (pairs != NULL)
    add_places (self, view);
  gtk_widget_set_visible (self->places, pairs != NULL);
  dpop_decision_parts_clear (self->reasons);
  add_reasons (self, view);
  gtk_widget_set_visible (self->why, view->reasons->len > 0);
}

static void
dpop_outcome_section_class_init (DpopOutcomeSectionClass *klass)
{
}

static void
dpop_outcome_section_init (DpopOutcomeSection *self)
{
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 12);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->sentence
      = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                      PANGO_WRAP_WORD_CHAR, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_widget_add_css_class (self->sentence, "outcome");
  gtk_widget_add_css_class (self->sentence, "numbers");
  self->stop = dpop_wrapping_label_new (NULL, NULL);
  self->stop_text = dpop_decision_parts_reading ("");
  self->chart = dpop_chart_panel_new (NULL);
  self->places = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->why = dpop_decision_parts_heading (_("Why"));
  self->reasons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->pairs = dpop_chart_panel_new (NULL);
  gtk_box_append (box, self->sentence);
  gtk_box_append (box, self->stop);
  gtk_box_append (box, self->stop_text);
  gtk_box_append (box, self->chart);
  gtk_box_append (box, self->places);
  gtk_box_append (box, self->why);
  gtk_box_append (box, self->reasons);
  gtk_box_append (box, self->pairs);
}

GtkWidget *
dpop_outcome_section_new (void)
{
  return g_object_new (DPOP_TYPE_OUTCOME_SECTION, NULL);
}
