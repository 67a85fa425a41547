/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-propose-page.h"

#include "dpop-answer-step.h"
#include "dpop-decision-parts-private.h"
#include "dpop-shell.h"
#include "dpop-words.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_STEPS   3
#define LAST_STEP (N_STEPS - 1)

struct _DpopProposePage
{
  DpopPage parent_instance;

  gboolean is_repeat;
  CosmicId repeats;
  DpopProposeChoices *choices; /* NULL: not known yet */
  guint step;
  gboolean filling;  /* what changes was not typed */
  gboolean drafting; /* drafts were read: what changes from here on is one */
  gboolean proposing;

  GtkScrolledWindow *scroller;
  GtkWidget *steps[N_STEPS]; /* one is visible: a stack would be as wide as the widest */
  GtkWidget *progress;
  GtkWidget *title;
  GtkWidget *text;
  DpopAnswerStep *answer;
  GtkWidget *review;
  GtkWidget *missing;
  GtkWidget *next;
  GtkWidget *back;
};

G_DEFINE_FINAL_TYPE (DpopProposePage, dpop_propose_page, DPOP_TYPE_PAGE)

/* --- Drafts. --------------------------------------------------------------------------------- */

static char *
draft_name (DpopProposePage *self, const char *part)
{
  g_autofree char *id = self->is_repeat ? cosmic_id_to_text (&self->repeats) : g_strdup ("new");

  return g_strconcat ("propose/", id, "/", part, NULL);
}

static void
put_draft (DpopProposePage *self, const char *part, const char *text)
{
  g_autofree char *name = draft_name (self, part);

  dpop_session_put_draft (dpop_page_get_session (DPOP_PAGE (self)), name, text);
}

/* What stood there before anybody typed. */
static const char *
first_title (DpopProposePage *self)
{
  return self->choices->repeats != NULL ? self->choices->repeats->title : "";
}

static const char *
first_text (DpopProposePage *self)
{
  const DpopDecisionView *repeats = self->choices->repeats;
  const DpopDecisionViewText *text
      = repeats != NULL && repeats->texts->len > 0 ? repeats->texts->pdata[0] : NULL;

  return text != NULL && text->text != NULL ? text->text : "";
}

static void
set_title (DpopProposePage *self, const char *title)
{
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->title), title);
  gtk_editable_set_position (GTK_EDITABLE (self->title), -1);
  self->filling = FALSE;
}

static void
set_text (DpopProposePage *self, const char *text)
{
  self->filling = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text, -1);
  self->filling = FALSE;
}

static void
on_title_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopProposePage) self = data;
  g_autofree char *text = dpop_session_get_draft_finish (DPOP_SESSION (source), result, NULL);

  if (text != NULL
      && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->title)), first_title (self)))
    set_title (self, text);
}

static void
on_text_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopProposePage) self = data;
  g_autofree char *text = dpop_session_get_draft_finish (DPOP_SESSION (source), result, NULL);
  g_autofree char *typed = dpop_decision_parts_typed (self->text);

  if (text != NULL && g_str_equal (typed, first_text (self)))
    set_text (self, text);
}

static void
on_answer_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopProposePage) self = data;
  g_autofree char *text = dpop_session_get_draft_finish (DPOP_SESSION (source), result, NULL);

  if (text != NULL)
    dpop_answer_step_from_text (self->answer, text);
}

static void
on_options_draft (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopProposePage) self = data;
  g_autofree char *text = dpop_session_get_draft_finish (DPOP_SESSION (source), result, NULL);

  if (text != NULL)
    dpop_option_editor_from_text (dpop_answer_step_get_options (self->answer), text);
  self->drafting = TRUE;
}

/* They come in this order: the rule says whether there are options. */
static const struct
{
  const char *part;
  GAsyncReadyCallback callback;
} drafts[] = {
  { "title", on_title_draft },
  { "text", on_text_draft },
  { "answer", on_answer_draft },
  { "options", on_options_draft },
};

static void
read_drafts (DpopProposePage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autofree char *name = draft_name (self, drafts[i].part);

      dpop_session_get_draft_async (dpop_page_get_session (DPOP_PAGE (self)), name,
                                    drafts[i].callback, g_object_ref (self));
    }
}

static void
forget_drafts (DpopProposePage *self)
{
  self->drafting = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    put_draft (self, drafts[i].part, NULL);
}

/* --- The review. ----------------------------------------------------------------------------- */

static void
add_line (DpopProposePage *self, const char *text, const char *css_class)
{
  gtk_box_append (GTK_BOX (self->review), dpop_wrapping_label_new (text, css_class));
}

static void
review_options (DpopProposePage *self)
{
  DpopOptionEditor *options = dpop_answer_step_get_options (self->answer);
  guint number = 0;

  if (!dpop_answer_step_has_options (self->answer))
    return;
  gtk_box_append (GTK_BOX (self->review), dpop_decision_parts_heading (_("To choose from")));
  for (guint i = 0; i < dpop_option_editor_n (options); i++)
    {
      g_autofree char *name = g_strstrip (g_strdup (dpop_option_editor_name (options, i)));
      g_autofree char *line = g_strdup_printf (_("%u. %s"), number + 1, name);

      if (*name == '\0')
        continue;
      add_line (self, line, NULL);
      number++;
    }
}

static void
review_deciding (DpopProposePage *self)
{
  const DpopDecisionPreview *preview = dpop_answer_step_get_preview (self->answer);
  const char *office = dpop_answer_step_get_office (self->answer);
  DpopDecidePropose command = { 0 };
  g_autofree char *rule = NULL;

  dpop_answer_step_fill (self->answer, &command);
  rule = g_strdup_printf (_("%s: %s."), dpop_answer_step_get_rule (self->answer),
                          dpop_words_ballot (command.ballot));
  gtk_box_append (GTK_BOX (self->review),
                  dpop_decision_parts_heading (_("How it will be decided")));
  add_line (self, rule, NULL);
  if (preview != NULL)
    {
      add_line (self, preview->voters, NULL);
      for (guint i = 0; i < preview->deciding->len; i++)
        add_line (self, preview->deciding->pdata[i], NULL);
    }
  if (office != NULL)
    {
      g_autofree char *follows
          = g_strdup_printf (_("If it is accepted, this office is taken: %s."), office);

      add_line (self, follows, "heading");
    }
}

static void
fill_review (DpopProposePage *self)
{
  g_autofree char *text = g_strstrip (dpop_decision_parts_typed (self->text));

  dpop_decision_parts_clear (self->review);
  add_line (self, gtk_editable_get_text (GTK_EDITABLE (self->title)), "title-1");
  if (*text != '\0')
    gtk_box_append (GTK_BOX (self->review), dpop_decision_parts_reading (text));
  review_options (self);
  review_deciding (self);
  add_line (self, _("It can be discussed and worded anew until the vote is opened."), "dim-label");
}

/* --- Proposing. ------------------------------------------------------------------------------ */

typedef struct
{
  char *name;
  gboolean is_candidate;
  CosmicId candidate;
} Option;

typedef struct
{
  DpopDecidePropose command; /* what it points at is below */
  CosmicId scope, repeats;
  DpopDecisionEffect effect;
  char *title, *text;
  GArray *options; /* of Option */
} Proposal;

static void
option_clear (gpointer data)
{
  g_free (((Option *) data)->name);
}

static void
proposal_free (gpointer data)
{
  Proposal *proposal = data;

  g_free (proposal->title);
  g_free (proposal->text);
  g_array_unref (proposal->options);
  g_free (proposal);
}

static Proposal *
new_proposal (DpopProposePage *self)
{
  Proposal *proposal = g_new0 (Proposal, 1);
  DpopDecidePropose *command = &proposal->command;
  DpopOptionEditor *options = dpop_answer_step_get_options (self->answer);

  dpop_answer_step_fill (self->answer, command);
  if (command->scope != NULL)
    {
      proposal->scope = *command->scope;
      command->scope = &proposal->scope;
    }
  if (command->effect != NULL)
    {
      proposal->effect = *command->effect;
      command->effect = &proposal->effect;
    }
  proposal->repeats = self->repeats;
  command->repeats = self->is_repeat ? &proposal->repeats : NULL;
  command->title = proposal->title
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));
  command->question = proposal->text = g_strstrip (dpop_decision_parts_typed (self->text));
  proposal->options = g_array_new (FALSE, TRUE, sizeof (Option));
  g_array_set_clear_func (proposal->options, option_clear);
  for (guint i = 0;
       dpop_answer_step_has_options (self->answer) && i < dpop_option_editor_n (options); i++)
    {
      const CosmicId *candidate = dpop_option_editor_id (options, i);
      Option option = { .name = g_strstrip (g_strdup (dpop_option_editor_name (options, i))) };

      option.is_candidate = candidate != NULL;
      if (candidate != NULL)
        option.candidate = *candidate;
      if (*option.name != '\0')
        g_array_append_val (proposal->options, option);
      else
        g_free (option.name);
    }
  return proposal;
}

/* What came of it: the proposal stands even where an option of it was refused. */
typedef struct
{
  CosmicId decision;
  GError *fault; /* NULL: none */
} Proposed;

static void
proposed_free (gpointer data)
{
  g_clear_error (&((Proposed *) data)->fault);
  g_free (data);
}

static gpointer
propose (DpopProfile *profile, gpointer data, GError **error)
{
  const Proposal *proposal = data;
  Proposed *proposed = g_new0 (Proposed, 1);

  if (!dpop_decide_propose (profile, &proposal->command, &proposed->decision, error))
    {
      proposed_free (proposed);
      return NULL;
    }
  for (guint i = 0; i < proposal->options->len && proposed->fault == NULL; i++)
    {
      const Option *option = &g_array_index (proposal->options, Option, i);

      dpop_decide_add_option (profile, &proposed->decision,
                              option->is_candidate ? &option->candidate : NULL, NULL, option->name,
                              NULL, NULL, &proposed->fault);
    }
  return proposed;
}

static void show_step (DpopProposePage *self, guint step);

static void
on_proposed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopProposePage) self = data;
  g_autoptr (GError) error = NULL;
  Proposed *proposed = dpop_session_run_finish (DPOP_SESSION (source), result, &error);
  GtkWidget *shell = gtk_widget_get_ancestor (GTK_WIDGET (self), DPOP_TYPE_SHELL);

  self->proposing = FALSE;
  gtk_widget_set_sensitive (self->next, TRUE);
  if (proposed == NULL)
    {
      dpop_decision_parts_say (self->missing, error->message);
      return;
    }
  forget_drafts (self);
  if (shell != NULL)
    {
      dpop_shell_pop (GTK_WIDGET (self));
      dpop_shell_go (shell, DPOP_PLACE_DECISION, &proposed->decision);
      if (proposed->fault != NULL)
        dpop_shell_fail (shell, proposed->fault);
      else
        dpop_shell_toast (shell, _("Your question is put. It can be discussed now."));
    }
  proposed_free (proposed);
}

static void
start_proposing (DpopProposePage *self)
{
  if (self->proposing)
    return;
  self->proposing = TRUE;
  gtk_widget_set_sensitive (self->next, FALSE);
  dpop_decision_parts_say (self->missing, NULL);
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), propose, new_proposal (self),
                          proposal_free, proposed_free, NULL, on_proposed, g_object_ref (self));
}

/* --- Steps. ---------------------------------------------------------------------------------- */

/* What is missing in this step; NULL: nothing. */
static const char *
find_missing (DpopProposePage *self)
{
  g_autofree char *title
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));

  if (self->step == 0)
    return *title == '\0' ? _("Say in a few words what is asked.") : NULL;
  return self->choices != NULL ? dpop_answer_step_missing (self->answer)
                               : _("One moment: our rules are being read.");
}

static void
focus_step (DpopProposePage *self)
{
  if (self->step == 0)
    gtk_widget_grab_focus (self->title);
  else if (self->step == LAST_STEP
           || !gtk_widget_child_focus (GTK_WIDGET (self->answer), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->next);
}

static void
show_step (DpopProposePage *self, guint step)
{
  static const char *const names[]
      = { N_("Step 1 of 3: the question"), N_("Step 2 of 3: the answer"),
          N_("Step 3 of 3: all of it once more") };

  self->step = step;
  if (step == LAST_STEP)
    fill_review (self);
  for (guint i = 0; i < N_STEPS; i++)
    gtk_widget_set_visible (self->steps[i], i == step);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_label_set_label (GTK_LABEL (self->progress), _(names[step]));
  gtk_button_set_label (GTK_BUTTON (self->next), step == LAST_STEP ? _("Propose") : _("Next"));
  gtk_widget_set_visible (self->back, step > 0);
  dpop_decision_parts_say (self->missing, NULL);
}

static void
on_next (GtkButton *button, DpopProposePage *self)
{
  const char *missing = find_missing (self);

  if (missing != NULL)
    {
      dpop_decision_parts_say (self->missing, missing);
      focus_step (self);
    }
  else if (self->step == LAST_STEP)
    start_proposing (self);
  else
    {
      show_step (self, self->step + 1);
      focus_step (self);
      dpop_shell_announce (GTK_WIDGET (self), gtk_label_get_label (GTK_LABEL (self->progress)));
    }
}

static void
on_back (GtkButton *button, DpopProposePage *self)
{
  show_step (self, self->step - 1);
  focus_step (self);
}

static void
on_title (DpopProposePage *self)
{
  dpop_decision_parts_say (self->missing, NULL);
  if (!self->filling)
    put_draft (self, "title", gtk_editable_get_text (GTK_EDITABLE (self->title)));
}

static void
on_text (DpopProposePage *self)
{
  g_autofree char *text = dpop_decision_parts_typed (self->text);

  if (!self->filling)
    put_draft (self, "text", text);
}

static void
on_answer (DpopProposePage *self)
{
  g_autofree char *answer = NULL;
  g_autofree char *options = NULL;

  dpop_decision_parts_say (self->missing, NULL);
  if (self->step == LAST_STEP)
    fill_review (self);
  if (!self->drafting || *gtk_editable_get_text (GTK_EDITABLE (self->title)) == '\0')
    return;
  answer = dpop_answer_step_to_text (self->answer);
  options = dpop_option_editor_to_text (dpop_answer_step_get_options (self->answer));
  put_draft (self, "answer", answer);
  put_draft (self, "options", strlen (options) > 3 ? options : "");
}

/* --- What is known before. ------------------------------------------------------------------- */

static gpointer
read_choices (DpopProfile *profile, gpointer data, GError **error)
{
  return dpop_propose_choices_new (profile, data, error);
}

static void
on_choices (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopProposePage) self = data;
  g_autoptr (GError) error = NULL;
  DpopProposeChoices *choices = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (choices == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  dpop_answer_step_set_choices (self->answer, choices);
  self->choices = choices;
  if (choices->repeats != NULL)
    {
      set_title (self, first_title (self));
      set_text (self, first_text (self));
    }
  read_drafts (self);
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_propose_page_focus_first (DpopPage *page)
{
  focus_step (DPOP_PROPOSE_PAGE (page));
}

static void
dpop_propose_page_finalize (GObject *object)
{
  g_clear_pointer (&DPOP_PROPOSE_PAGE (object)->choices, dpop_propose_choices_free);
  G_OBJECT_CLASS (dpop_propose_page_parent_class)->finalize (object);
}

static void
dpop_propose_page_class_init (DpopProposePageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_propose_page_finalize;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_propose_page_focus_first;
}

static void
dpop_propose_page_init (DpopProposePage *self)
{
  dpop_page_set_title (DPOP_PAGE (self), _("Propose"));
}

static GtkWidget *
new_question (DpopProposePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *text = dpop_decision_parts_text (_("What it means, and why"), 200, &self->text);

  self->title = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What is asked?"), -1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->title), _("A new piano?"));
  g_signal_connect (self->title, "activate", G_CALLBACK (on_next), self);
  gtk_box_append (GTK_BOX (box), dpop_wrapping_label_new (_("What is asked?"), "title-2"));
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), dpop_decision_parts_heading (_("What it means, and why")));
  gtk_box_append (GTK_BOX (box), dpop_wrapping_label_new (
                                     _("Put it so that it can be carried out if it is accepted: "
                                       "who does what, by when, at what cost."),
                                     "dim-label"));
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static void
fill (DpopProposePage *self, DpopSession *session)
{
  GtkWidget *column;
  GtkBox *box;

  self->scroller = GTK_SCROLLED_WINDOW (dpop_decision_parts_column (&column));
  box = GTK_BOX (column);
  self->progress = dpop_wrapping_label_new (NULL, "dim-label");
  self->answer = DPOP_ANSWER_STEP (dpop_answer_step_new (session));
  self->review = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  self->steps[0] = new_question (self);
  self->steps[1] = GTK_WIDGET (self->answer);
  self->steps[2] = self->review;
  self->missing = dpop_decision_parts_failure ();
  self->next
      = dpop_decision_parts_button (_("Next"), "suggested-action", G_CALLBACK (on_next), self);
  self->back = dpop_decision_parts_button (_("One Step Back"), NULL, G_CALLBACK (on_back), self);
  gtk_box_append (box, self->progress);
  for (guint i = 0; i < N_STEPS; i++)
    gtk_box_append (box, self->steps[i]);
  gtk_box_append (box, self->missing);
  gtk_box_append (box, self->next);
  gtk_box_append (box, self->back);
  dpop_page_set_content (DPOP_PAGE (self), GTK_WIDGET (self->scroller));
  g_signal_connect_swapped (self->title, "changed", G_CALLBACK (on_title), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed",
                            G_CALLBACK (on_text), self);
  g_signal_connect_swapped (self->answer, "changed", G_CALLBACK (on_answer), self);
  show_step (self, 0);
}

DpopPage *
dpop_propose_page_new (DpopSession *session, const CosmicId *repeats)
{
  DpopProposePage *self = g_object_new (DPOP_TYPE_PROPOSE_PAGE, "session", session, NULL);

  self->is_repeat = repeats != NULL;
  if (repeats != NULL)
    self->repeats = *repeats;
  fill (self, session);
  dpop_session_run_async (
      session, read_choices, repeats != NULL ? g_memdup2 (repeats, sizeof *repeats) : NULL, g_free,
      (GDestroyNotify) dpop_propose_choices_free, NULL, on_choices, g_object_ref (self));
  return DPOP_PAGE (self);
}
