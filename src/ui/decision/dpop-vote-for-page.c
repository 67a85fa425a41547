/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vote-for-page.h"

#include "dpop-decision-parts-private.h"
#include "dpop-decision-sight.h"
#include "dpop-shell.h"
#include "dpop-vote-section.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopVoteForPage
{
  DpopPage parent_instance;

  DpopDecisionSightFor question; /* which decision, and whose vote */
  GtkWidget *title;
  DpopVoteSection *vote;
  gboolean wants_focus;
};

G_DEFINE_FINAL_TYPE (DpopVoteForPage, dpop_vote_for_page, DPOP_TYPE_PAGE)

static void
on_sight (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopVoteForPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopDecisionSight) sight
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (sight == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  dpop_decision_parts_say (self->title, sight->view->title);
  dpop_vote_section_show (self->vote, sight);
  if (self->wants_focus)
    self->wants_focus = !gtk_widget_child_focus (GTK_WIDGET (self->vote), GTK_DIR_TAB_FORWARD);
}

static void
dpop_vote_for_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopVoteForPage *self = DPOP_VOTE_FOR_PAGE (page);

  dpop_session_run_async (dpop_page_get_session (page), dpop_decision_sight_read_for,
                          g_memdup2 (&self->question, sizeof self->question), g_free,
                          (GDestroyNotify) dpop_decision_sight_free, NULL, on_sight,
                          g_object_ref (self));
}

static void
dpop_vote_for_page_focus_first (DpopPage *page)
{
  DpopVoteForPage *self = DPOP_VOTE_FOR_PAGE (page);

  self->wants_focus = !gtk_widget_child_focus (GTK_WIDGET (self->vote), GTK_DIR_TAB_FORWARD);
}

static void
dpop_vote_for_page_class_init (DpopVoteForPageClass *klass)
{
  DPOP_PAGE_CLASS (klass)->refresh = dpop_vote_for_page_refresh;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_vote_for_page_focus_first;
}

static void
dpop_vote_for_page_init (DpopVoteForPage *self)
{
  dpop_page_set_title (DPOP_PAGE (self), _("Vote on Behalf"));
}

static GtkWidget *
new_whom (const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *words = g_strdup_printf (_("On behalf of %s"), name);
  GtkWidget *label = dpop_decision_parts_heading (words);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), adw_avatar_new (40, name, TRUE));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

DpopPage *
dpop_vote_for_page_new (DpopSession *session, const CosmicId *decision, const CosmicId *whom,
                        const char *name)
{
  DpopVoteForPage *self = g_object_new (DPOP_TYPE_VOTE_FOR_PAGE, "session", session, NULL);
  GtkWidget *scroller, *column;
  g_autofree char *note = g_strdup_printf (
      _("What %s wrote on paper, or said, is entered here. It is marked as "
        "entered by you. If %s gets a computer before the close, their own vote "
        "stands above it."),
      name, name);

  self->question.decision = *decision;
  self->question.whom = *whom;
  scroller = dpop_decision_parts_column (&column);
  gtk_box_set_spacing (GTK_BOX (column), 18);
  self->title = dpop_wrapping_label_new (NULL, "title-1");
  self->vote = DPOP_VOTE_SECTION (dpop_vote_section_new_for (session, decision, whom, name));
  gtk_box_append (GTK_BOX (column), new_whom (name));
  gtk_box_append (GTK_BOX (column), self->title);
  gtk_box_append (GTK_BOX (column), dpop_wrapping_label_new (note, "dim-label"));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->vote));
  dpop_page_set_content (DPOP_PAGE (self), scroller);
  dpop_vote_for_page_refresh (DPOP_PAGE (self), NULL);
  return DPOP_PAGE (self);
}
