/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-next-section.h"

#include "dpop-command-confirm.h"
#include "dpop-decide.h"
#include "dpop-decision-parts-private.h"
#include "dpop-decision-state-chip.h"
#include "dpop-shell.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _DpopNextSection
{
  GtkBox parent_instance;

  DpopSession *session;
  CosmicId decision;
  char *turnout; /* "23 of 58 have voted." */
  gboolean confirms;
  gboolean closing; /* its time is over: confirming closes it */
  gboolean running;

  GtkWidget *why; /* what cannot be done, and why */
  GtkWidget *close;
  GtkWidget *enact;
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
  if (!g_str_equal (answer, "close"))
    return;
  run (self, self->closing ? confirm_all : close_vote,
       self->confirms ? _ ("The vote is closed and counted.")
                      : _ ("The vote is closed. It is final once a record keeper confirms it."));
}

static void
on_close (GtkButton *button, DpopNextSection *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *body = g_strdup_printf (
      "%s. %s", self->turnout,
      self->confirms
          ? _ ("Afterwards nobody can vote any more: the votes are counted, and the outcome is "
               "final.")
          : _ ("Afterwards nobody can vote any more. The votes are counted, and the outcome is "
               "final once a record keeper confirms it."));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _ ("Close the vote?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "close",
                                    _ ("C_lose the Vote"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_enact (GtkButton *button, DpopNextSection *self)
{
  run (self, enact, _ ("It is carried out."));
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

void
dpop_next_section_show (DpopNextSection *self, const DpopDecisionSight *sight)
{
  const DpopMayDecision *may = &sight->may;
  const gboolean open = sight->view->decision->phase == DPOP_DECISION_OPEN;

  self->confirms = sight->confirms;
  self->closing = open && sight->view->closing && sight->confirms;
  g_free (self->turnout);
  self->turnout
      = sight->turnout != NULL
            ? dpop_decision_state_chip_turnout (sight->turnout->voted, sight->turnout->entitled)
            : g_strdup ("");
  dpop_decision_parts_say (self->why, why_not (sight));
  gtk_widget_set_visible (self->close, open && (may->close.yes || self->closing));
  gtk_widget_set_visible (self->enact, may->enact.yes);
}

static void
dpop_next_section_finalize (GObject *object)
{
  DpopNextSection *self = DPOP_NEXT_SECTION (object);

  g_clear_object (&self->session);
  g_free (self->turnout);
  G_OBJECT_CLASS (dpop_next_section_parent_class)->finalize (object);
}

static void
dpop_next_section_class_init (DpopNextSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_next_section_finalize;
}

static GtkWidget *
add_button (DpopNextSection *self, const char *label, const char *css_class, GCallback clicked)
{
  GtkWidget *button = dpop_decision_parts_button (label, css_class, clicked, self);

  gtk_widget_set_visible (button, FALSE);
  gtk_box_append (GTK_BOX (self), button);
  return button;
}

static void
dpop_next_section_init (DpopNextSection *self)
{
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 9);
  self->why = dpop_decision_parts_label (NULL, "dim-label");
  gtk_box_append (box, self->why);
  self->close = add_button (self, _ ("Close the Vote…"), NULL, G_CALLBACK (on_close));
  self->enact = add_button (self, _ ("Carry It Out"), "suggested-action", G_CALLBACK (on_enact));
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
