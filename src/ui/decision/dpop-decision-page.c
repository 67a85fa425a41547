/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-page.h"

#include "dpop-decision-parts-private.h"
#include "dpop-decision-sight.h"
#include "dpop-discussion-section.h"
#include "dpop-next-section.h"
#include "dpop-outcome-section.h"
#include "dpop-person-page.h"
#include "dpop-question-section.h"
#include "dpop-shell.h"
#include "dpop-turnout-section.h"
#include "dpop-vote-section.h"

#include <glib/gi18n-lib.h>

struct _DpopDecisionPage
{
  DpopPage parent_instance;

  CosmicId decision;
  gboolean reading;     /* one question to the engine at a time */
  gboolean stale;       /* and another after it */
  gboolean wants_focus; /* once there is something that can have it */

  GtkWidget *stack; /* nothing before it was read; then the column, or why it cannot be shown */
  GtkWidget *missing;
  DpopQuestionSection *question;
  DpopOutcomeSection *outcome;
  DpopVoteSection *vote;
  DpopNextSection *next;
  DpopTurnoutSection *turnout;
  DpopDiscussionSection *discussion;
};

G_DEFINE_FINAL_TYPE (DpopDecisionPage, dpop_decision_page, DPOP_TYPE_PAGE)

/* To the ballot, if there is one, or to what else can be done; texts can be reached from there. */
static void
focus_what_can_be_done (DpopDecisionPage *self)
{
  GtkWidget *const places[] = { GTK_WIDGET (self->vote), GTK_WIDGET (self->next),
                                GTK_WIDGET (self->turnout), GTK_WIDGET (self->discussion) };

  self->wants_focus = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (gtk_widget_get_visible (places[i])
        && gtk_widget_child_focus (places[i], GTK_DIR_TAB_FORWARD))
      return;
}

static void
show (DpopDecisionPage *self, const DpopDecisionSight *sight)
{
  dpop_question_section_show (self->question, sight);
  dpop_outcome_section_show (self->outcome, sight);
  dpop_vote_section_show (self->vote, sight);
  dpop_next_section_show (self->next, sight);
  dpop_turnout_section_show (self->turnout, sight);
  dpop_discussion_section_show (self->discussion, sight);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "column");
  if (self->wants_focus)
    focus_what_can_be_done (self);
}

/* --- Reading. -------------------------------------------------------------------------------- */

static void read_again (DpopDecisionPage *self);

static void
on_sight (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopDecisionPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopDecisionSight) sight
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  self->reading = FALSE;
  if (sight != NULL)
    show (self, sight);
  else if (g_error_matches (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND))
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "missing");
  else
    dpop_shell_fail (GTK_WIDGET (self), error);
  if (self->stale && sight != NULL)
    read_again (self);
}

/* While one answer is on its way, whatever else changes asks for one more, not for many. */
static void
read_again (DpopDecisionPage *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), dpop_decision_sight_read,
                          g_memdup2 (&self->decision, sizeof self->decision), g_free,
                          (GDestroyNotify) dpop_decision_sight_free, NULL, on_sight,
                          g_object_ref (self));
}

static void
dpop_decision_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopDecisionPage *self = DPOP_DECISION_PAGE (page);

  dpop_discussion_section_refresh (self->discussion, changes);
  read_again (self);
}

static void
on_entitled (DpopTurnoutSection *section, DpopDecisionPage *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_person_page_new (dpop_page_get_session (DPOP_PAGE (self)),
                                         DPOP_PERSON_PAGE_ENTITLED, &self->decision));
}

/* A vote was cast: the engine has told already how it stands now. */
static void
on_seen (DpopVoteSection *section, const DpopDecisionSight *sight, DpopDecisionPage *self)
{
  dpop_turnout_section_show (self->turnout, sight);
  dpop_next_section_show (self->next, sight);
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_decision_page_focus_first (DpopPage *page)
{
  DpopDecisionPage *self = DPOP_DECISION_PAGE (page);
  const char *shown = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));

  self->wants_focus = g_strcmp0 (shown, "column") != 0;
  if (!self->wants_focus)
    focus_what_can_be_done (self);
}

static void
dpop_decision_page_class_init (DpopDecisionPageClass *klass)
{
  DPOP_PAGE_CLASS (klass)->refresh = dpop_decision_page_refresh;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_decision_page_focus_first;
}

static void
dpop_decision_page_init (DpopDecisionPage *self)
{
  dpop_page_set_title (DPOP_PAGE (self), _("Decision"));
}

static GtkWidget *
new_rule (void)
{
  GtkWidget *rule = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_widget_set_margin_top (rule, 12);
  gtk_widget_set_margin_bottom (rule, 6);
  return rule;
}

static void
fill (DpopDecisionPage *self, DpopSession *session)
{
  GtkWidget *scroller, *column;
  GtkBox *box;

  scroller = dpop_decision_parts_column (&column);
  box = GTK_BOX (column);
  gtk_box_set_spacing (box, 18);
  self->outcome = DPOP_OUTCOME_SECTION (dpop_outcome_section_new ());
  self->question = DPOP_QUESTION_SECTION (dpop_question_section_new (GTK_WIDGET (self->outcome)));
  self->vote = DPOP_VOTE_SECTION (dpop_vote_section_new (session, &self->decision));
  self->next = DPOP_NEXT_SECTION (dpop_next_section_new (session, &self->decision));
  self->turnout = DPOP_TURNOUT_SECTION (dpop_turnout_section_new ());
  self->discussion
      = DPOP_DISCUSSION_SECTION (dpop_discussion_section_new (session, &self->decision));
  gtk_box_append (box, GTK_WIDGET (self->question));
  gtk_box_append (box, GTK_WIDGET (self->vote));
  gtk_box_append (box, GTK_WIDGET (self->next));
  gtk_box_append (box, new_rule ());
  gtk_box_append (box, GTK_WIDGET (self->turnout));
  gtk_box_append (box, GTK_WIDGET (self->discussion));
  self->missing
      = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "edit-find-symbolic", "title",
                      _("This decision is not here"), "description",
                      _("It may come with the next exchange. Take in the newest transfer "
                       "file and look again."),
                      NULL);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                       "nothing");
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "column");
  gtk_stack_add_named (GTK_STACK (self->stack), self->missing, "missing");
  dpop_page_set_content (DPOP_PAGE (self), self->stack);
  g_signal_connect (self->vote, "seen", G_CALLBACK (on_seen), self);
  g_signal_connect (self->turnout, "entitled", G_CALLBACK (on_entitled), self);
}

DpopPage *
dpop_decision_page_new (DpopSession *session, const CosmicId *decision)
{
  DpopDecisionPage *self = g_object_new (DPOP_TYPE_DECISION_PAGE, "session", session, NULL);

  self->decision = *decision;
  fill (self, session);
  read_again (self);
  return DPOP_PAGE (self);
}
