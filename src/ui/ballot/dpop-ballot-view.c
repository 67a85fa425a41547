/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-view.h"

#include "dpop-ballot-rank-row.h"
#include "dpop-ballot-row.h"
#include "dpop-ballot-words.h"
#include "dpop-shell.h"

#include <glib/gi18n-lib.h>

struct _DpopBallotView
{
  GtkBox parent_instance;

  DpopBallotPaper *paper;
  DpopBallotMarking marking;
  GPtrArray *rows;    /* by answer (yes first) or by option; borrowed */
  GtkWidget *abstain; /* where there are options */
  GtkWidget *line;    /* above those that are not ranked */
};

G_DEFINE_FINAL_TYPE (DpopBallotView, dpop_ballot_view, GTK_TYPE_BOX)

enum
{
  MARKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const DpopBallotPaper *
dpop_ballot_view_get_paper (DpopBallotView *self)
{
  return self->paper;
}

const DpopBallotMarking *
dpop_ballot_view_get_marking (DpopBallotView *self)
{
  return &self->marking;
}

/* --- Showing what is marked. ----------------------------------------------------------------- */

/* Rows are put into their order without being made anew: who holds the focus keeps it. */
static void
show_ranking (DpopBallotView *self)
{
  const DpopBallotRanking *ranking = &self->marking.ranking;
  const guint last = dpop_ballot_ranking_n_places (ranking);
  guint16 order[DPOP_DECISION_OPTIONS_MAX];
  gboolean any_left = FALSE;
  GtkWidget *previous = NULL;

  dpop_ballot_ranking_order (ranking, order);
  for (guint i = 0; i < ranking->n_options; i++)
    {
      DpopBallotRankRow *row = self->rows->pdata[order[i]];
      const guint place = ranking->places[order[i]];

      if (place == 0 && !any_left)
        {
          gtk_box_reorder_child_after (GTK_BOX (self), self->line, previous);
          previous = self->line;
          any_left = TRUE;
        }
      gtk_box_reorder_child_after (GTK_BOX (self), GTK_WIDGET (row), previous);
      dpop_ballot_rank_row_set_place (row, place, last,
                                      dpop_ballot_ranking_n_equal (ranking, order[i]) > 1);
      previous = GTK_WIDGET (row);
    }
  gtk_widget_set_visible (self->line, any_left && last > 0);
}

static void
show (DpopBallotView *self)
{
  const DpopBallotMarking *marking = &self->marking;

  if (self->paper->kind == DPOP_BALLOT_YES_NO_ABSTAIN)
    for (guint i = 0; i < self->rows->len; i++)
      dpop_ballot_row_set_chosen (self->rows->pdata[i], marking->answer == i + DPOP_ANSWER_YES);
  else if (self->paper->kind == DPOP_BALLOT_RANK)
    show_ranking (self);
  else
    for (guint i = 0; i < self->rows->len; i++)
      dpop_ballot_row_set_chosen (self->rows->pdata[i], marking->chosen[i]);
  if (self->abstain != NULL)
    dpop_ballot_row_set_chosen (DPOP_BALLOT_ROW (self->abstain),
                                marking->answer == DPOP_ANSWER_ABSTAIN);
}

static void
marked (DpopBallotView *self)
{
  show (self);
  g_signal_emit (self, signals[MARKED], 0);
}

/* --- Marking. -------------------------------------------------------------------------------- */

static guint
index_of (DpopBallotView *self, GtkWidget *row)
{
  guint index = 0;

  g_ptr_array_find (self->rows, row, &index);
  return index;
}

static void
on_answer (GtkWidget *row, DpopBallotView *self)
{
  dpop_ballot_marking_answer (&self->marking, self->paper, DPOP_ANSWER_YES + index_of (self, row));
  marked (self);
}

static void
on_option (GtkWidget *row, DpopBallotView *self)
{
  const guint option = index_of (self, row);
  const gboolean again = self->marking.chosen[option];

  dpop_ballot_marking_choose (&self->marking, self->paper, option,
                              self->paper->kind == DPOP_BALLOT_CHOOSE_ONE || !again);
  marked (self);
}

static void
on_abstain (GtkWidget *row, DpopBallotView *self)
{
  const gboolean again = self->marking.answer == DPOP_ANSWER_ABSTAIN;

  dpop_ballot_marking_answer (&self->marking, self->paper,
                              again ? DPOP_ANSWER_NONE : DPOP_ANSWER_ABSTAIN);
  marked (self);
}

static void
moved (DpopBallotView *self, guint option, gboolean changed)
{
  g_autofree char *words = NULL;

  if (!changed)
    return;
  dpop_ballot_marking_ranked (&self->marking);
  marked (self);
  words = dpop_ballot_words_place (&self->marking, self->paper, option);
  dpop_shell_announce (GTK_WIDGET (self), words);
}

static gboolean
move (DpopBallotRanking *ranking, guint option, DpopBallotRankMove how, guint place)
{
  switch (how)
    {
    case DPOP_BALLOT_RANK_UP:
      return dpop_ballot_ranking_raise (ranking, option);
    case DPOP_BALLOT_RANK_DOWN:
      return dpop_ballot_ranking_lower (ranking, option);
    case DPOP_BALLOT_RANK_PUT:
      return dpop_ballot_ranking_put (ranking, option, place);
    case DPOP_BALLOT_RANK_JOIN:
      return dpop_ballot_ranking_join (ranking, option);
    case DPOP_BALLOT_RANK_PART:
      return dpop_ballot_ranking_part (ranking, option);
    case DPOP_BALLOT_RANK_DROP:
    default:
      return dpop_ballot_ranking_drop (ranking, option);
    }
}

static void
on_move (DpopBallotRankRow *row, guint how, guint place, DpopBallotView *self)
{
  const guint option = dpop_ballot_rank_row_get_option (row);

  moved (self, option, move (&self->marking.ranking, option, how, place));
}

static void
on_dropped (DpopBallotRankRow *row, DpopBallotRankRow *other, gboolean after, DpopBallotView *self)
{
  const guint option = dpop_ballot_rank_row_get_option (other);

  moved (self, option,
         dpop_ballot_ranking_put_by (&self->marking.ranking, option,
                                     dpop_ballot_rank_row_get_option (row), after));
}

/* --- The paper. ------------------------------------------------------------------------------ */

static GtkWidget *
add_row (DpopBallotView *self, DpopBallotRowKind kind, const char *name, const char *description,
         GCallback clicked)
{
  GtkWidget *row = dpop_ballot_row_new (kind, name, description);

  g_signal_connect (row, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (self), row);
  return row;
}

static void
add_rank_row (DpopBallotView *self, guint option)
{
  GtkWidget *row = dpop_ballot_rank_row_new (option, self->paper->names[option],
                                             self->paper->descriptions[option]);

  g_signal_connect (row, "move", G_CALLBACK (on_move), self);
  g_signal_connect (row, "dropped-on", G_CALLBACK (on_dropped), self);
  gtk_box_append (GTK_BOX (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_options (DpopBallotView *self)
{
  const DpopBallotPaper *paper = self->paper;
  const DpopBallotRowKind kind
      = paper->kind == DPOP_BALLOT_CHOOSE_ONE ? DPOP_BALLOT_ROW_ONE : DPOP_BALLOT_ROW_SEVERAL;

  for (guint i = 0; i < dpop_ballot_paper_n (paper); i++)
    if (paper->kind == DPOP_BALLOT_RANK)
      add_rank_row (self, i);
    else
      g_ptr_array_add (self->rows, add_row (self, kind, paper->names[i], paper->descriptions[i],
                                            G_CALLBACK (on_option)));
  if (paper->kind == DPOP_BALLOT_RANK)
    {
      self->line = g_object_new (GTK_TYPE_LABEL, "label", _("Not ranked"), "xalign", 0.0, NULL);
      gtk_widget_add_css_class (self->line, "heading");
      gtk_widget_add_css_class (self->line, "ballot-line");
      gtk_box_append (GTK_BOX (self), self->line);
    }
  self->abstain
      = add_row (self, DPOP_BALLOT_ROW_ABSTAIN, _("Abstain"), NULL, G_CALLBACK (on_abstain));
}

static void
clear (DpopBallotView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  g_ptr_array_set_size (self->rows, 0);
  self->abstain = NULL;
  self->line = NULL;
  g_clear_pointer (&self->paper, dpop_ballot_paper_free);
}

void
dpop_ballot_view_set_paper (DpopBallotView *self, const DpopBallotPaper *paper)
{
  static const char *const answers[] = { N_("Yes"), N_("No"), N_("Abstain") };

  if (self->paper != NULL && dpop_ballot_paper_equal (self->paper, paper))
    return;
  clear (self);
  self->paper = dpop_ballot_paper_copy (paper);
  dpop_ballot_marking_init (&self->marking, paper);
  if (paper->kind != DPOP_BALLOT_YES_NO_ABSTAIN)
    add_options (self);
  else
    for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
      g_ptr_array_add (self->rows, add_row (self, (DpopBallotRowKind) i, _(answers[i]), NULL,
                                            G_CALLBACK (on_answer)));
  show (self);
}

void
dpop_ballot_view_set_marking (DpopBallotView *self, const DpopBallotMarking *marking)
{
  g_return_if_fail (self->paper != NULL);
  self->marking = *marking;
  show (self);
}

static void
dpop_ballot_view_finalize (GObject *object)
{
  DpopBallotView *self = DPOP_BALLOT_VIEW (object);

  g_clear_pointer (&self->paper, dpop_ballot_paper_free);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (dpop_ballot_view_parent_class)->finalize (object);
}

static void
dpop_ballot_view_class_init (DpopBallotViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_ballot_view_finalize;
  signals[MARKED] = g_signal_new ("marked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
dpop_ballot_view_init (DpopBallotView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
dpop_ballot_view_new (void)
{
  return g_object_new (DPOP_TYPE_BALLOT_VIEW, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
}
