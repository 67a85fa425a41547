/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vote-section.h"

#include "dpop-ballot-form.h"
#include "dpop-ballot-words.h"
#include "dpop-decide.h"
#include "dpop-decision-parts-private.h"
#include "dpop-sentence.h"
#include "dpop-shell.h"
#include "dpop-vote-steps.h"

#include <glib/gi18n-lib.h>

struct _DpopVoteSection
{
  GtkBox parent_instance;

  DpopSession *session;
  CosmicId decision;
  gboolean for_other;
  CosmicId whom;
  char *name; /* of who is voted for; NULL: one's own vote */

  GtkWidget *said; /* what was cast, or why nothing can be */
  GtkWidget *steps;
  GtkWidget *change;
  DpopBallotForm *form;

  gboolean changing; /* an earlier vote is being changed */
  gboolean casting;
  gboolean draft_read; /* nothing is marked over what was typed before it was read */
  gboolean has_mine;
  DpopDecisionBallot mine; /* what was cast, where it is known */
};

G_DEFINE_FINAL_TYPE (DpopVoteSection, dpop_vote_section, GTK_TYPE_BOX)

enum
{
  SEEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- Drafts. --------------------------------------------------------------------------------- */

static char *
draft_name (DpopVoteSection *self)
{
  g_autofree char *decision = cosmic_id_to_text (&self->decision);
  g_autofree char *whom = self->for_other ? cosmic_id_to_text (&self->whom) : NULL;

  return whom != NULL ? g_strconcat ("vote/", decision, "/", whom, NULL)
                      : g_strconcat ("vote/", decision, NULL);
}

static void
put_draft (DpopVoteSection *self, const char *text)
{
  g_autofree char *name = draft_name (self);

  dpop_session_put_draft (self->session, name, text);
}

static void
show_form (DpopVoteSection *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->form), shown);
  gtk_widget_set_visible (self->said, !shown && *gtk_label_get_label (GTK_LABEL (self->said)));
  gtk_widget_set_visible (self->steps, !shown && self->has_mine);
}

/* Whether the program ended after the vote was saved, and before its draft was forgotten. */
static gboolean
is_cast (DpopVoteSection *self, const DpopBallotPaper *paper, const char *draft)
{
  DpopBallotMarking marking;
  g_autofree char *text = NULL;

  if (!self->has_mine)
    return FALSE;
  dpop_ballot_marking_from_ballot (&marking, paper, &self->mine);
  text = dpop_ballot_marking_to_text (&marking, paper);
  return g_str_equal (text, draft);
}

static void
on_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopVoteSection) self = data;
  g_autofree char *text = dpop_session_get_draft_finish (DPOP_SESSION (source), result, NULL);
  const DpopBallotPaper *paper = dpop_ballot_form_get_paper (self->form);
  DpopBallotMarking marking;

  if (text == NULL || paper == NULL || self->casting
      || !dpop_ballot_marking_is_empty (dpop_ballot_form_get_marking (self->form), paper)
      || !dpop_ballot_marking_from_text (&marking, paper, text))
    return;
  if (is_cast (self, paper, text))
    {
      put_draft (self, NULL);
      return;
    }
  dpop_ballot_form_set_marking (self->form, &marking);
  if (!self->has_mine)
    return;
  self->changing = TRUE;
  dpop_ballot_form_set_changing (self->form, TRUE);
  gtk_widget_set_visible (self->change, FALSE);
  show_form (self, TRUE);
}

static void
read_draft (DpopVoteSection *self)
{
  g_autofree char *name = draft_name (self);

  if (self->draft_read)
    return;
  self->draft_read = TRUE;
  dpop_session_get_draft_async (self->session, name, on_draft, g_object_ref (self));
}

static void
on_marked (DpopBallotForm *form, DpopVoteSection *self)
{
  g_autofree char *text = dpop_ballot_form_to_text (form);

  put_draft (self, text);
}

/* --- Showing. -------------------------------------------------------------------------------- */

static void
say_cast (DpopVoteSection *self, const DpopBallotPaper *paper)
{
  DpopBallotMarking marking;
  g_autofree char *words = NULL;

  dpop_ballot_marking_from_ballot (&marking, paper, &self->mine);
  words = dpop_ballot_words_say (&marking, paper, self->name, TRUE);
  gtk_label_set_label (GTK_LABEL (self->said), words);
}

/* After the close single votes are kept no longer: how it was counted is all that is known. */
static const char *
say_over (const DpopDecisionSight *sight)
{
  if (!sight->view->has_voted)
    return "";
  if (sight->view->decision->phase == DPOP_DECISION_STOPPED)
    return _("You had voted. This vote was stopped, so nothing was counted.");
  switch (sight->view->vote_place)
    {
    case DPOP_VOTE_PLACE_COUNTED:
      return _("You took part. Your vote is counted.");
    case DPOP_VOTE_PLACE_TOO_LATE:
      return _("Your vote arrived after the close. It is not counted.");
    case DPOP_VOTE_PLACE_WITHOUT_EFFECT:
      return _("Your vote is without effect. It is not counted.");
    case DPOP_VOTE_PLACE_SAVED:
    case DPOP_VOTE_PLACE_EXPORTED:
    case DPOP_VOTE_PLACE_DELIVERED:
    default:
      return _("You have voted. It is not confirmed yet whether it was in time.");
    }
}

static void
show_cast (DpopVoteSection *self, const DpopDecisionSight *sight)
{
  const DpopDecision *decision = sight->view->decision;

  self->has_mine = sight->view->has_voted;
  if (self->has_mine)
    dpop_vote_steps_set (DPOP_VOTE_STEPS (self->steps), sight->view->vote_place);
  if (decision->phase == DPOP_DECISION_OPEN && decision->vote == DPOP_VOTE_COUNTS)
    {
      self->has_mine = TRUE;
      self->mine = decision->mine.ballot;
      say_cast (self, sight->paper);
    }
  else if (decision->phase == DPOP_DECISION_OPEN && decision->vote == DPOP_VOTE_UNDECIDED)
    gtk_label_set_label (GTK_LABEL (self->said),
                         _("Two votes of yours contradict each other, so neither counts. Vote "
                           "once more: the new vote takes the place of both."));
  else if (decision->phase == DPOP_DECISION_OPEN)
    gtk_label_set_label (GTK_LABEL (self->said), !sight->may.vote.yes && sight->may.vote.why != NULL
                                                     ? sight->may.vote.why
                                                     : "");
  else
    gtk_label_set_label (GTK_LABEL (self->said), say_over (sight) != NULL ? say_over (sight) : "");
}

void
dpop_vote_section_show (DpopVoteSection *self, const DpopDecisionSight *sight)
{
  const gboolean open = sight->paper != NULL && sight->may.vote.yes;

  show_cast (self, sight);
  if (sight->paper != NULL)
    dpop_ballot_form_set_paper (self->form, sight->paper);
  if (open)
    read_draft (self);
  else
    self->changing = FALSE;
  dpop_ballot_form_set_changing (self->form, self->changing);
  gtk_widget_set_visible (self->change, open && self->has_mine && !self->changing);
  show_form (self, open && (!self->has_mine || self->changing));
  if (open && !self->has_mine && *gtk_label_get_label (GTK_LABEL (self->said)) != '\0')
    gtk_widget_set_visible (self->said, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          open || *gtk_label_get_label (GTK_LABEL (self->said)) != '\0');
}

/* --- Casting. -------------------------------------------------------------------------------- */

typedef struct
{
  CosmicId decision;
  gboolean for_other;
  CosmicId whom;
  DpopDecisionBallot ballot;
} Cast;

/* In the engine's thread: the vote, and how the decision stands with it, without a second way. */
static gpointer
cast_vote (DpopProfile *profile, gpointer data, GError **error)
{
  const Cast *cast = data;
  const DpopDecisionSightFor question = { .decision = cast->decision, .whom = cast->whom };

  if (!dpop_decide_vote (profile, &cast->decision, cast->for_other ? &cast->whom : NULL,
                         &cast->ballot, NULL, error))
    return NULL;
  return cast->for_other ? dpop_decision_sight_new_for (profile, &question, error)
                         : dpop_decision_sight_new (profile, &cast->decision, error);
}

static void
cast_done (DpopVoteSection *self, const Cast *cast)
{
  self->mine = cast->ballot;
  self->has_mine = TRUE;
  self->changing = FALSE;
  put_draft (self, NULL);
}

typedef struct
{
  DpopVoteSection *self;
  Cast cast;
} Asked;

static void
on_cast_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (DpopVoteSection) self = asked->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopDecisionSight) sight
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  self->casting = FALSE;
  dpop_ballot_form_set_busy (self->form, FALSE);
  if (sight == NULL)
    {
      dpop_ballot_form_set_failure (self->form, error->message);
      return;
    }
  cast_done (self, &asked->cast);
  dpop_vote_section_show (self, sight);
  if (gtk_widget_get_visible (self->change))
    gtk_widget_grab_focus (self->change);
  dpop_shell_announce (GTK_WIDGET (self), self->for_other ? _("The vote is saved here.")
                                                          : _("Your vote is saved here."));
  g_signal_emit (self, signals[SEEN], 0, sight);
}

static void
on_cast (DpopBallotForm *form, DpopVoteSection *self)
{
  Cast *cast;
  Asked *asked;

  if (self->casting)
    return;
  cast = g_new0 (Cast, 1);
  cast->decision = self->decision;
  cast->for_other = self->for_other;
  cast->whom = self->whom;
  dpop_ballot_marking_to_ballot (dpop_ballot_form_get_marking (form),
                                 dpop_ballot_form_get_paper (form), &cast->ballot);
  asked = g_new0 (Asked, 1);
  asked->self = g_object_ref (self);
  asked->cast = *cast;
  self->casting = TRUE;
  dpop_ballot_form_set_busy (form, TRUE);
  dpop_session_run_async (self->session, cast_vote, cast, g_free,
                          (GDestroyNotify) dpop_decision_sight_free, NULL, on_cast_done, asked);
}

/* --- Changing. ------------------------------------------------------------------------------- */

static void
on_change (GtkButton *button, DpopVoteSection *self)
{
  DpopBallotMarking marking;

  dpop_ballot_marking_from_ballot (&marking, dpop_ballot_form_get_paper (self->form), &self->mine);
  dpop_ballot_form_set_marking (self->form, &marking);
  self->changing = TRUE;
  dpop_ballot_form_set_changing (self->form, TRUE);
  gtk_widget_set_visible (self->change, FALSE);
  show_form (self, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
}

static void
on_kept (DpopBallotForm *form, DpopVoteSection *self)
{
  self->changing = FALSE;
  put_draft (self, NULL);
  show_form (self, FALSE);
  gtk_widget_set_visible (self->change, TRUE);
  gtk_widget_grab_focus (self->change);
}

/* --- The section. ---------------------------------------------------------------------------- */

static void
dpop_vote_section_finalize (GObject *object)
{
  DpopVoteSection *self = DPOP_VOTE_SECTION (object);

  g_clear_object (&self->session);
  g_free (self->name);
  G_OBJECT_CLASS (dpop_vote_section_parent_class)->finalize (object);
}

static void
dpop_vote_section_class_init (DpopVoteSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_vote_section_finalize;
  signals[SEEN] = g_signal_new ("seen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
dpop_vote_section_init (DpopVoteSection *self)
{
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 12);
  self->said
      = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "justify",
                      GTK_JUSTIFY_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_add_css_class (self->said, "ballot-sentence");
  self->steps = dpop_vote_steps_new ();
  self->change
      = dpop_decision_parts_button (_("Change my vote"), NULL, G_CALLBACK (on_change), self);
  self->form = DPOP_BALLOT_FORM (dpop_ballot_form_new ());
  gtk_widget_set_visible (self->steps, FALSE);
  gtk_widget_set_visible (self->change, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->form), FALSE);
  gtk_box_append (box, self->said);
  gtk_box_append (box, self->steps);
  gtk_box_append (box, self->change);
  gtk_box_append (box, GTK_WIDGET (self->form));
  g_signal_connect (self->form, "marked", G_CALLBACK (on_marked), self);
  g_signal_connect (self->form, "cast", G_CALLBACK (on_cast), self);
  g_signal_connect (self->form, "kept", G_CALLBACK (on_kept), self);
}

GtkWidget *
dpop_vote_section_new (DpopSession *session, const CosmicId *decision)
{
  DpopVoteSection *self = g_object_new (DPOP_TYPE_VOTE_SECTION, NULL);

  self->session = g_object_ref (session);
  self->decision = *decision;
  return GTK_WIDGET (self);
}

GtkWidget *
dpop_vote_section_new_for (DpopSession *session, const CosmicId *decision, const CosmicId *whom,
                           const char *name)
{
  DpopVoteSection *self = DPOP_VOTE_SECTION (dpop_vote_section_new (session, decision));

  self->for_other = TRUE;
  self->whom = *whom;
  self->name = g_strdup (name);
  gtk_button_set_label (GTK_BUTTON (self->change), _("Change this vote"));
  dpop_ballot_form_set_whom (self->form, name);
  return GTK_WIDGET (self);
}
