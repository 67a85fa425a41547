/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-next-section.h"

#include "dpop-command-confirm.h"
#include "dpop-decide.h"
#include "dpop-decision-parts-private.h"
#include "dpop-decision-state-chip.h"
#include "dpop-document-print.h"
#include "dpop-flow-line.h"
#include "dpop-opening-page.h"
#include "dpop-person-page.h"
#include "dpop-propose-page.h"
#include "dpop-question.h"
#include "dpop-record-paper.h"
#include "dpop-shell.h"
#include "dpop-stop-page.h"
#include "dpop-vote-for-page.h"
#include "dpop-wording-page.h"
#include "dpop-wrapping-label.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DpopNextSection
{
  GtkBox parent_instance;

  DpopSession *session;
  CosmicId decision;
  char *turnout; /* "23 of 58 have voted" */
  char *title;
  char *text;       /* of the wording that stands; NULL: none */
  CosmicId wording; /* that stands */
  gboolean confirms;
  gboolean closing; /* its time is over: confirming closes it */
  gboolean running;

  GtkWidget *why;  /* what cannot be done, and why */
  GtkWidget *open; /* the three that are next */
  GtkWidget *enact;
  GtkWidget *repeat;
  GtkWidget *more; /* of the buttons from here on */
  GtkWidget *vote_for;
  GtkWidget *add_reasons;
  GtkWidget *add_option;
  GtkWidget *reword;
  GtkWidget *close;
  GtkWidget *print;
  GtkWidget *save;
  GtkWidget *stop;
  GtkWidget *failure;
};

G_DEFINE_FINAL_TYPE (DpopNextSection, dpop_next_section, GTK_TYPE_BOX)

/* --- Doing. ---------------------------------------------------------------------------------- */

static gpointer
close_vote (DpopProfile *profile, gpointer data, GError **error)
{
  return GINT_TO_POINTER (dpop_decide_close (profile, data, error));
}

static gpointer
confirm_all (DpopProfile *profile, gpointer data, GError **error)
{
  return GINT_TO_POINTER (dpop_command_confirm (profile, NULL, error));
}

static gpointer
enact (DpopProfile *profile, gpointer data, GError **error)
{
  return GINT_TO_POINTER (dpop_decide_enact (profile, data, error));
}

typedef struct
{
  DpopNextSection *self;
  const char *done; /* what is said then; static */
} Asked;

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (DpopNextSection) self = asked->self;
  g_autoptr (GError) error = NULL;

  self->running = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    dpop_decision_parts_say (self->failure, error->message);
  else
    dpop_shell_toast (GTK_WIDGET (self), asked->done);
}

static void
run (DpopNextSection *self, DpopEngineFunction function, const char *done)
{
  Asked *asked;

  if (self->running)
    return;
  asked = g_new0 (Asked, 1);
  asked->self = g_object_ref (self);
  asked->done = done;
  self->running = TRUE;
  dpop_decision_parts_say (self->failure, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  dpop_session_run_async (self->session, function,
                          g_memdup2 (&self->decision, sizeof self->decision), g_free, NULL, NULL,
                          on_done, asked);
}

/* --- Closing. -------------------------------------------------------------------------------- */

static void
on_close_answer (AdwMessageDialog *dialog, const char *answer, DpopNextSection *self)
{
  if (!g_str_equal (answer, DPOP_QUESTION_YES))
    return;
  run (self, self->closing ? confirm_all : close_vote,
       self->confirms ? _("The vote is closed and counted.")
                      : _("The vote is closed. It is final once a record keeper confirms it."));
}

static void
on_close (GtkButton *button, DpopNextSection *self)
{
  g_autofree char *body = g_strdup_printf (
      "%s. %s", self->turnout,
      self->confirms
          ? _("Afterwards nobody can vote any more: the votes are counted, and the outcome is "
              "final.")
          : _("Afterwards nobody can vote any more. The votes are counted, and the outcome is "
             "final once a record keeper confirms it."));
  GtkWidget *dialog = dpop_question_new (GTK_WIDGET (self), _("Close the vote?"), body,
                                         _("Cancel"), _("Close the Vote"), ADW_RESPONSE_SUGGESTED);

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_enact (GtkButton *button, DpopNextSection *self)
{
  run (self, enact, _("It is carried out."));
}

/* --- Going on to a page. --------------------------------------------------------------------- */

static void
on_open (GtkButton *button, DpopNextSection *self)
{
  dpop_shell_push (GTK_WIDGET (self), dpop_opening_page_new (self->session, &self->decision));
}

static void
on_stop (GtkButton *button, DpopNextSection *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_stop_page_new (self->session, &self->decision, self->title));
}

static void
on_repeat (GtkButton *button, DpopNextSection *self)
{
  dpop_shell_push (GTK_WIDGET (self), dpop_propose_page_new (self->session, &self->decision));
}

static void
on_add_reasons (GtkButton *button, DpopNextSection *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_wording_page_new (self->session, DPOP_WORDING_PAGE_REASONS, &self->decision,
                                          NULL, NULL, NULL));
}

static void
on_add_option (GtkButton *button, DpopNextSection *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_wording_page_new (self->session, DPOP_WORDING_PAGE_OPTION, &self->decision,
                                          NULL, NULL, NULL));
}

static void
on_reword (GtkButton *button, DpopNextSection *self)
{
  dpop_shell_push (GTK_WIDGET (self),
                   dpop_wording_page_new (self->session, DPOP_WORDING_PAGE_REWORD, &self->decision,
                                          &self->wording, self->title, self->text));
}

/* The next person is chosen from the same list, where the page of the one before led from. */
static void
on_person (DpopPage *page, const CosmicId *whom, const char *name, DpopNextSection *self)
{
  dpop_shell_push (GTK_WIDGET (page),
                   dpop_vote_for_page_new (self->session, &self->decision, whom, name));
}

static void
on_vote_for (GtkButton *button, DpopNextSection *self)
{
  DpopPage *page = dpop_person_page_new (self->session, DPOP_PERSON_PAGE_FOR, &self->decision);

  g_signal_connect_object (page, "chosen", G_CALLBACK (on_person), self, 0);
  dpop_shell_push (GTK_WIDGET (self), page);
}

/* --- The record, on paper. ------------------------------------------------------------------- */

static gpointer
make_record (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_outcome_record_new (profile, data, error);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopNextSection) self = data;
  g_autoptr (GError) error = NULL;

  if (!dpop_document_print_finish (result, &error) && error != NULL)
    dpop_shell_fail (GTK_WIDGET (self), error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopNextSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dpop_document_print_save_finish (result, &error);
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *words = name != NULL ? g_strdup_printf (_("Saved as %s."), name) : NULL;

  if (words != NULL)
    dpop_shell_toast (GTK_WIDGET (self), words);
  else if (error != NULL)
    dpop_shell_fail (GTK_WIDGET (self), error);
}

typedef struct
{
  DpopNextSection *self;
  gboolean print;
} Wanted;

static void
on_record (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Wanted *wanted = data;
  g_autoptr (DpopNextSection) self = wanted->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopOutcomeRecord) record
      = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
  g_autoptr (DpopDocument) document = NULL;
  g_autofree char *name = NULL;

  if (record == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  document
      = dpop_record_paper_new (record, dpop_document_print_paper (), DPOP_RECORD_PAPER_WITH_TEXT);
  name = dpop_record_paper_file_name (record);
  if (wanted->print)
    dpop_document_print_async (document, window, on_printed, g_object_ref (self));
  else
    dpop_document_print_save_async (document, window, name, on_saved, g_object_ref (self));
}

static void
want_record (DpopNextSection *self, gboolean print)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->self = g_object_ref (self);
  wanted->print = print;
  dpop_session_run_async (self->session, make_record,
                          g_memdup2 (&self->decision, sizeof self->decision), g_free,
                          (GDestroyNotify) dpop_outcome_record_free, NULL, on_record, wanted);
}

static void
on_print (GtkButton *button, DpopNextSection *self)
{
  want_record (self, TRUE);
}

static void
on_save (GtkButton *button, DpopNextSection *self)
{
  want_record (self, FALSE);
}

/* --- Showing. -------------------------------------------------------------------------------- */

/* Why the one thing that would come next cannot be done; NULL: it can, or nothing comes next. */
static const char *
why_not (const DpopDecisionSight *sight)
{
  const DpopDecisionPhase phase = sight->view->decision->phase;

  if (phase == DPOP_DECISION_PROPOSED && !sight->may.open.yes)
    return sight->may.open.why;
  if (phase == DPOP_DECISION_OPEN && sight->view->closing && !sight->confirms)
    return _ (
        "The time is over. The vote is closed with the next confirmation of a record keeper.");
  if (phase == DPOP_DECISION_CLOSED && sight->view->decision->proposed.has_effect
      && sight->view->decision->outcome != NULL
      && dpop_decision_outcome_is_accepted (sight->view->decision->outcome)
      && !sight->may.enact.yes)
    return sight->may.enact.why;
  return NULL;
}

static void
remember_wording (DpopNextSection *self, const DpopDecisionView *view)
{
  const DpopDecisionViewText *wording = view->texts->len > 0 ? view->texts->pdata[0] : NULL;

  g_free (self->title);
  g_free (self->text);
  self->title = g_strdup (view->title);
  self->text = wording != NULL ? g_strdup (wording->text) : NULL;
  if (wording != NULL)
    self->wording = wording->operation;
}

void
dpop_next_section_show (DpopNextSection *self, const DpopDecisionSight *sight)
{
  const DpopMayDecision *may = &sight->may;
  const DpopDecisionPhase phase = sight->view->decision->phase;
  const gboolean proposed = phase == DPOP_DECISION_PROPOSED;
  const gboolean open = phase == DPOP_DECISION_OPEN;
  const gboolean over = phase >= DPOP_DECISION_CLOSED && sight->view->final
                        && sight->view->decision->outcome != NULL;

  self->confirms = sight->confirms;
  self->closing = open && sight->view->closing && sight->confirms;
  g_free (self->turnout);
  self->turnout
      = sight->turnout != NULL
            ? dpop_decision_state_chip_turnout (sight->turnout->voted, sight->turnout->entitled)
            : g_strdup ("");
  remember_wording (self, sight->view);
  dpop_decision_parts_say (self->why, why_not (sight));
  gtk_widget_set_visible (self->open, proposed && may->open.yes);
  gtk_widget_set_visible (self->enact, may->enact.yes);
  gtk_widget_set_visible (self->repeat, sight->may_repeat);
  gtk_widget_set_visible (self->vote_for, open && may->vote_for.yes);
  gtk_widget_set_visible (self->add_reasons, proposed && may->add_text.yes);
  gtk_widget_set_visible (self->add_option, proposed && may->add_option.yes);
  gtk_widget_set_visible (self->reword, proposed && may->reword.yes);
  gtk_widget_set_visible (self->close, open && (may->close.yes || self->closing));
  gtk_widget_set_visible (self->print, over);
  gtk_widget_set_visible (self->save, over);
  gtk_widget_set_visible (self->stop, may->stop.yes);
}

static void
dpop_next_section_finalize (GObject *object)
{
  DpopNextSection *self = DPOP_NEXT_SECTION (object);

  g_clear_object (&self->session);
  g_free (self->turnout);
  g_free (self->title);
  g_free (self->text);
  G_OBJECT_CLASS (dpop_next_section_parent_class)->finalize (object);
}

static void
dpop_next_section_class_init (DpopNextSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_next_section_finalize;
}

static GtkWidget *
add_next (DpopNextSection *self, const char *label, GCallback clicked)
{
  GtkWidget *button = dpop_decision_parts_button (label, "suggested-action", clicked, self);

  gtk_widget_set_visible (button, FALSE);
  gtk_box_append (GTK_BOX (self), button);
  return button;
}

static GtkWidget *
add_more (DpopNextSection *self, const char *label, GCallback clicked)
{
  GtkWidget *button = dpop_decision_parts_wrap (gtk_button_new_with_label (label));

  g_signal_connect (button, "clicked", clicked, self);
  gtk_widget_set_visible (button, FALSE);
  dpop_flow_line_append (DPOP_FLOW_LINE (self->more), button);
  return button;
}

static void
dpop_next_section_init (DpopNextSection *self)
{
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 12);
  self->why = dpop_wrapping_label_new (NULL, "dim-label");
  gtk_box_append (box, self->why);
  self->open = add_next (self, _("Open the Vote…"), G_CALLBACK (on_open));
  self->enact = add_next (self, _("Carry It Out"), G_CALLBACK (on_enact));
  self->repeat = add_next (self, _("Put It Again…"), G_CALLBACK (on_repeat));
  self->more = dpop_flow_line_new (6, 6);
  gtk_box_append (box, self->more);
  self->vote_for = add_more (self, _("Vote on Behalf of Someone…"), G_CALLBACK (on_vote_for));
  self->add_reasons = add_more (self, _("Add Reasons…"), G_CALLBACK (on_add_reasons));
  self->add_option = add_more (self, _("Add an Option…"), G_CALLBACK (on_add_option));
  self->reword = add_more (self, _("Word It Anew…"), G_CALLBACK (on_reword));
  self->close = add_more (self, _("Close the Vote…"), G_CALLBACK (on_close));
  self->print = add_more (self, _("Print the Record…"), G_CALLBACK (on_print));
  self->save = add_more (self, _("Save the Record as PDF…"), G_CALLBACK (on_save));
  self->stop = add_more (self, _("Stop It…"), G_CALLBACK (on_stop));
  self->failure = dpop_decision_parts_failure ();
  gtk_box_append (box, self->failure);
}

GtkWidget *
dpop_next_section_new (DpopSession *session, const CosmicId *decision)
{
  DpopNextSection *self = g_object_new (DPOP_TYPE_NEXT_SECTION, NULL);

  self->session = g_object_ref (session);
  self->decision = *decision;
  return GTK_WIDGET (self);
}
