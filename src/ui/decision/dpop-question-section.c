/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-question-section.h"

#include "dpop-decision-parts-private.h"
#include "dpop-decision-state-chip.h"
#include "dpop-flow-line.h"
#include "dpop-moment.h"
#include "dpop-words.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopQuestionSection
{
  GtkBox parent_instance;

  DpopChip *state;
  DpopChip *final;
  GtkWidget *title;
  GtkWidget *origin;
  GtkWidget *texts;
  GtkWidget *effect;
  GtkWidget *options;
  char *shown; /* what texts and options were made of: made anew only when it is another */
};

G_DEFINE_FINAL_TYPE (DpopQuestionSection, dpop_question_section, GTK_TYPE_BOX)

/* --- The head. ------------------------------------------------------------------------------- */

static void
show_chips (DpopQuestionSection *self, const DpopDecisionSight *sight)
{
  const DpopDecisionView *view = sight->view;
  DpopDecisionStateChip chip = dpop_decision_state_chip_of_view (view, sight->now);
  const gboolean over = view->decision->phase >= DPOP_DECISION_CLOSED;

  dpop_chip_set (self->state, chip.words, chip.tone);
  dpop_chip_set (self->final, dpop_decision_state_chip_final (view->final),
                 view->final ? DPOP_CHIP_SUCCESS : DPOP_CHIP_WARNING);
  gtk_widget_set_visible (GTK_WIDGET (self->final), over || !view->final);
  g_free (chip.words);
}

/* "Proposed by Anna Archer, 3 May 2026, for Riverside Choir. Decided by: simple majority." */
static char *
origin_words (const DpopDecisionSight *sight)
{
  const DpopDecisionView *view = sight->view;
  const DpopDecisionProposed *proposed = &view->decision->proposed;
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, _("Proposed by %s."), view->speaker_name);
  if (!cosmic_id_is_zero (&proposed->scope))
    g_string_append_printf (words, _(" Asked is %s."), view->scope_name);
  g_string_append_printf (words, _(" Decided by the rule “%s”: %s."), view->rule,
                          dpop_words_ballot (proposed->ballot));
  if (sight->repeats != NULL)
    g_string_append_printf (words, _(" It repeats the vote “%s”, which was stopped."),
                            sight->repeats);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* --- What was written. ----------------------------------------------------------------------- */

static const char *
text_words (const DpopDecisionViewText *text)
{
  if (text->text != NULL)
    return text->text;
  if (text->readable == DPOP_PROJECTION_TEXT_ERASED)
    return _("This text was deleted for everyone.");
  return text->readable == DPOP_PROJECTION_TEXT_READABLE ? NULL
                                                         : _("This text cannot be read here.");
}

static void
add_reason (DpopQuestionSection *self, const DpopDecisionViewText *text)
{
  g_autofree char *by = g_strdup_printf (_("Reasons, by %s"), text->speaker_name);

  gtk_box_append (GTK_BOX (self->texts),
                  dpop_decision_parts_heading (text->title != NULL ? text->title : by));
  if (text->title != NULL)
    gtk_box_append (GTK_BOX (self->texts), dpop_wrapping_label_new (by, "dim-label"));
}

static void
add_texts (DpopQuestionSection *self, const DpopDecisionView *view)
{
  dpop_decision_parts_clear (self->texts);
  for (guint i = 0; i < view->texts->len; i++)
    {
      const DpopDecisionViewText *text = view->texts->pdata[i];

      if (text->what == DPOP_TEXT_REASON)
        add_reason (self, text);
      if (text_words (text) != NULL)
        gtk_box_append (GTK_BOX (self->texts), dpop_decision_parts_reading (text_words (text)));
    }
}

/* On the ballot they are read there; after the close in the outcome. */
static void
add_options (DpopQuestionSection *self, const DpopDecisionView *view)
{
  dpop_decision_parts_clear (self->options);
  gtk_widget_set_visible (self->options, view->decision->phase == DPOP_DECISION_PROPOSED
                                             && view->options->len > 0);
  if (view->options->len == 0)
    return;
  gtk_box_append (GTK_BOX (self->options), dpop_decision_parts_heading (_("To choose from")));
  for (guint i = 0; i < view->options->len; i++)
    {
      const DpopDecisionViewOption *option = view->options->pdata[i];
      g_autofree char *withdrawn
          = option->withdrawn ? g_strdup_printf (_("%s (withdrawn)"), option->name) : NULL;

      gtk_box_append (GTK_BOX (self->options),
                      dpop_wrapping_label_new (withdrawn != NULL ? withdrawn : option->name,
                                               withdrawn != NULL ? "dim-label" : "heading"));
      if (option->description != NULL)
        gtk_box_append (GTK_BOX (self->options), dpop_decision_parts_reading (option->description));
    }
}

static char *
fingerprint (const DpopDecisionView *view)
{
  g_autoptr (GString) all = g_string_new (NULL);

  g_string_append_printf (all, "%d\n", view->decision->phase);
  for (guint i = 0; i < view->texts->len; i++)
    {
      const DpopDecisionViewText *text = view->texts->pdata[i];

      g_string_append_printf (all, "%d %s\n%s\n%s\n", text->what, text->speaker_name,
                              text->title != NULL ? text->title : "",
                              text_words (text) != NULL ? text_words (text) : "");
    }
  for (guint i = 0; i < view->options->len; i++)
    {
      const DpopDecisionViewOption *option = view->options->pdata[i];

      g_string_append_printf (all, "%s\n%s\n%d\n", option->name,
                              option->description != NULL ? option->description : "",
                              option->withdrawn);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

void
dpop_question_section_show (DpopQuestionSection *self, const DpopDecisionSight *sight)
{
  g_autofree char *origin = origin_words (sight);
  g_autofree char *made_of = fingerprint (sight->view);

  show_chips (self, sight);
  dpop_decision_parts_say (self->title, sight->view->title);
  dpop_decision_parts_say (self->origin, origin);
  dpop_decision_parts_say (self->effect, sight->view->effect);
  if (g_strcmp0 (made_of, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&made_of);
  add_texts (self, sight->view);
  add_options (self, sight->view);
}

static void
dpop_question_section_finalize (GObject *object)
{
  g_free (DPOP_QUESTION_SECTION (object)->shown);
  G_OBJECT_CLASS (dpop_question_section_parent_class)->finalize (object);
}

static void
dpop_question_section_class_init (DpopQuestionSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_question_section_finalize;
}

static void
dpop_question_section_init (DpopQuestionSection *self)
{
  GtkWidget *chips = dpop_flow_line_new (6, 6);
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 12);
  self->state = DPOP_CHIP (dpop_chip_new ("", DPOP_CHIP_QUIET));
  self->final = DPOP_CHIP (dpop_chip_new ("", DPOP_CHIP_QUIET));
  dpop_flow_line_append (DPOP_FLOW_LINE (chips), GTK_WIDGET (self->state));
  dpop_flow_line_append (DPOP_FLOW_LINE (chips), GTK_WIDGET (self->final));
  self->title
      = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                      PANGO_WRAP_WORD_CHAR, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_widget_add_css_class (self->title, "title-1");
  self->origin = dpop_wrapping_label_new (NULL, "dim-label");
  self->texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  self->effect = dpop_wrapping_label_new (NULL, "heading");
  self->options = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (box, chips);
  gtk_box_append (box, self->title);
  gtk_box_append (box, self->texts);
  gtk_box_append (box, self->effect);
  gtk_box_append (box, self->options);
  gtk_box_append (box, self->origin);
}

GtkWidget *
dpop_question_section_new (GtkWidget *below)
{
  DpopQuestionSection *self = g_object_new (DPOP_TYPE_QUESTION_SECTION, NULL);

  gtk_box_insert_child_after (GTK_BOX (self), below, self->title);
  return GTK_WIDGET (self);
}
