/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-line.h"

#include "dpop-decision-parts-private.h"
#include "dpop-decision-state-chip.h"
#include "dpop-flow-line.h"
#include "dpop-moment.h"
#include "dpop-words.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopDecisionLine
{
  GtkBox parent_instance;

  GtkWidget *title;
  DpopChip *state;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (DpopDecisionLine, dpop_decision_line, GTK_TYPE_BOX)

/* "23 of 58 have voted", "Accepted", "since 3 May". */
static char *
more_words (const DpopDecisionRow *row)
{
  g_autofree char *moment = NULL;

  if (row->phase == DPOP_DECISION_OPEN)
    return dpop_decision_state_chip_turnout (row->votes, row->entitled);
  if (row->phase == DPOP_DECISION_CLOSED && row->outcome != 0)
    return row->confirmed
               ? g_strdup (dpop_words_outcome (row->outcome))
               : g_strdup_printf (_("%s, not yet confirmed"), dpop_words_outcome (row->outcome));
  if (row->phase != DPOP_DECISION_PROPOSED || row->proposed == 0)
    return g_strdup ("");
  moment = dpop_moment_now (row->proposed);
  return g_strdup_printf (_("proposed %s"), moment);
}

static const char *
title_of (const DpopDecisionRow *row)
{
  if (row->title != NULL && *row->title != '\0')
    return row->title;
  return row->readable == DPOP_PROJECTION_TEXT_ERASED ? _("(deleted for everyone)")
                                                      : _("(cannot be read here)");
}

void
dpop_decision_line_set (DpopDecisionLine *self, const DpopDecisionRow *row)
{
  DpopDecisionStateChip chip;
  g_autofree char *more = NULL;

  gtk_widget_set_opacity (GTK_WIDGET (self), row != NULL ? 1.0 : 0.0);
  if (row == NULL)
    return;
  chip = dpop_decision_state_chip_of_row (row, g_get_real_time () / 1000);
  more = more_words (row);
  gtk_label_set_label (GTK_LABEL (self->title), title_of (row));
  dpop_chip_set (self->state, chip.words, chip.tone);
  gtk_label_set_label (GTK_LABEL (self->more), more);
  g_free (chip.words);
}

static void
dpop_decision_line_class_init (DpopDecisionLineClass *klass)
{
}

static void
dpop_decision_line_init (DpopDecisionLine *self)
{
  GtkWidget *below = dpop_flow_line_new (9, 3);
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 6);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 9);
  self->title = dpop_wrapping_label_new (NULL, "heading");
  gtk_label_set_lines (GTK_LABEL (self->title), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  self->state = DPOP_CHIP (dpop_chip_new ("", DPOP_CHIP_QUIET));
  gtk_widget_set_valign (GTK_WIDGET (self->state), GTK_ALIGN_CENTER);
  self->more = dpop_wrapping_label_new (NULL, "dim-label");
  gtk_widget_add_css_class (self->more, "numbers");
  dpop_flow_line_append (DPOP_FLOW_LINE (below), GTK_WIDGET (self->state));
  dpop_flow_line_append (DPOP_FLOW_LINE (below), self->more);
  gtk_box_append (box, self->title);
  gtk_box_append (box, below);
}

GtkWidget *
dpop_decision_line_new (void)
{
  return g_object_new (DPOP_TYPE_DECISION_LINE, NULL);
}
