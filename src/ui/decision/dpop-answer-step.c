/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-answer-step.h"

#include "dpop-ballot-row.h"
#include "dpop-decision-parts-private.h"
#include "dpop-person-page.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DpopAnswerStep
{
  GtkBox parent_instance;

  DpopSession *session;
  const DpopProposeChoices *choices; /* NULL: not known yet */
  DpopDecisionPreview *preview;
  guint asked; /* of previews: only the last answer is shown */

  GtkWidget *place_part;
  GtkDropDown *place;
  GtkWidget *rules;
  GtkWidget *ballot_part;
  GtkWidget *ballots;
  GtkWidget *options_part;
  DpopOptionEditor *options;
  GtkWidget *how;
  GtkWidget *effect_part;
  GtkWidget *effect;
  GtkDropDown *office;
  DpopDecisionEffect chosen_effect;

  guint rule; /* its place in the list of the place's rules */
  DpopBallotKind ballot;
};

G_DEFINE_FINAL_TYPE (DpopAnswerStep, dpop_answer_step, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- What is chosen. ------------------------------------------------------------------------- */

static const DpopProposePlace *
chosen_place (DpopAnswerStep *self)
{
  const guint selected = gtk_drop_down_get_selected (self->place);

  if (self->choices == NULL || self->choices->places->len == 0)
    return NULL;
  return self->choices->places->pdata[selected < self->choices->places->len ? selected : 0];
}

static const DpopProposeRule *
chosen_rule (DpopAnswerStep *self)
{
  const DpopProposePlace *place = chosen_place (self);

  return place != NULL && self->rule < place->rules->len ? place->rules->pdata[self->rule] : NULL;
}

static const DpopProposeOffice *
chosen_office (DpopAnswerStep *self)
{
  const guint selected = gtk_drop_down_get_selected (self->office);

  if (!gtk_widget_get_visible (self->effect_part)
      || !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->effect))
      || selected >= self->choices->offices->len)
    return NULL;
  return self->choices->offices->pdata[selected];
}

gboolean
dpop_answer_step_has_options (DpopAnswerStep *self)
{
  return self->ballot != DPOP_BALLOT_YES_NO_ABSTAIN;
}

DpopOptionEditor *
dpop_answer_step_get_options (DpopAnswerStep *self)
{
  return self->options;
}

const DpopDecisionPreview *
dpop_answer_step_get_preview (DpopAnswerStep *self)
{
  return self->preview;
}

const char *
dpop_answer_step_get_rule (DpopAnswerStep *self)
{
  const DpopProposeRule *rule = chosen_rule (self);

  return rule != NULL ? rule->label : NULL;
}

const char *
dpop_answer_step_get_office (DpopAnswerStep *self)
{
  const DpopProposeOffice *office = chosen_office (self);

  return office != NULL ? office->label : NULL;
}

const char *
dpop_answer_step_missing (DpopAnswerStep *self)
{
  guint named = 0;

  if (chosen_rule (self) == NULL)
    return _("There is no rule by which you may propose something here.");
  for (guint i = 0; i < dpop_option_editor_n (self->options); i++)
    {
      g_autofree char *name = g_strstrip (g_strdup (dpop_option_editor_name (self->options, i)));

      named += *name != '\0';
    }
  return dpop_answer_step_has_options (self) && named < 2
             ? _("Name at least two things to choose from.")
             : NULL;
}

void
dpop_answer_step_fill (DpopAnswerStep *self, DpopDecidePropose *command)
{
  const DpopProposePlace *place = chosen_place (self);
  const DpopProposeRule *rule = chosen_rule (self);
  const DpopProposeOffice *office = chosen_office (self);

  command->scope = cosmic_id_is_zero (&place->id) ? NULL : &place->id;
  command->rule = rule->rule;
  command->ballot = self->ballot;
  command->effect = NULL;
  if (office == NULL)
    return;
  self->chosen_effect = (DpopDecisionEffect){ .effect = DPOP_EFFECT_REVOKE_OFFICE,
                                              .role = office->role,
                                              .unit = office->unit,
                                              .member = office->member };
  command->effect = &self->chosen_effect;
}

/* --- How it will be decided. ----------------------------------------------------------------- */

typedef struct
{
  CosmicId place;
  guint rule;
  DpopBallotKind ballot;
} Question;

static gpointer
read_preview (DpopProfile *profile, gpointer data, GError **error)
{
  const Question *question = data;

  return dpop_decision_preview_new (profile, &question->place, question->rule, question->ballot,
                                    error);
}

typedef struct
{
  DpopAnswerStep *self;
  guint asked;
} Asked;

static void
on_preview (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (DpopAnswerStep) self = asked->self;
  g_autoptr (DpopDecisionPreview) preview
      = dpop_session_run_finish (DPOP_SESSION (source), result, NULL);

  if (asked->asked != self->asked || preview == NULL)
    return;
  dpop_decision_parts_clear (self->how);
  gtk_box_append (GTK_BOX (self->how), dpop_wrapping_label_new (preview->voters, NULL));
  for (guint i = 0; i < preview->deciding->len; i++)
    gtk_box_append (GTK_BOX (self->how),
                    dpop_wrapping_label_new (preview->deciding->pdata[i], NULL));
  g_clear_pointer (&self->preview, dpop_decision_preview_free);
  self->preview = g_steal_pointer (&preview);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ask_preview (DpopAnswerStep *self)
{
  const DpopProposePlace *place = chosen_place (self);
  const DpopProposeRule *rule = chosen_rule (self);
  Question *question;
  Asked *asked;

  if (rule == NULL)
    return;
  question = g_new0 (Question, 1);
  question->place = place->id;
  question->rule = rule->rule;
  question->ballot = self->ballot;
  asked = g_new0 (Asked, 1);
  asked->self = g_object_ref (self);
  asked->asked = ++self->asked;
  dpop_session_run_async (self->session, read_preview, question, g_free,
                          (GDestroyNotify) dpop_decision_preview_free, NULL, on_preview, asked);
}

/* --- Choosing. ------------------------------------------------------------------------------- */

static guint
index_of (GtkWidget *row)
{
  guint index = 0;

  while ((row = gtk_widget_get_prev_sibling (row)) != NULL)
    index++;
  return index;
}

static void
mark_only (GtkWidget *box, GtkWidget *chosen)
{
  for (GtkWidget *row = gtk_widget_get_first_child (box); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    dpop_ballot_row_set_chosen (DPOP_BALLOT_ROW (row), row == chosen);
}

static void
show_what_follows (DpopAnswerStep *self)
{
  const DpopProposeRule *rule = chosen_rule (self);

  gtk_widget_set_visible (self->options_part, dpop_answer_step_has_options (self));
  gtk_widget_set_visible (self->effect_part, rule != NULL && rule->revokes
                                                 && !dpop_answer_step_has_options (self)
                                                 && self->choices->offices->len > 0);
  if (dpop_answer_step_has_options (self) && dpop_option_editor_n (self->options) == 0)
    for (guint i = 0; i < 2; i++)
      dpop_option_editor_add (self->options, "", NULL, FALSE);
  ask_preview (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static DpopBallotKind
nth_ballot (guint ballots, guint n)
{
  for (guint kind = DPOP_BALLOT_YES_NO_ABSTAIN; kind <= DPOP_BALLOT_LAST; kind++)
    if ((ballots >> kind & 1) != 0 && n-- == 0)
      return (DpopBallotKind) kind;
  return DPOP_BALLOT_YES_NO_ABSTAIN;
}

static void
on_ballot (GtkWidget *row, DpopAnswerStep *self)
{
  const DpopProposeRule *rule = chosen_rule (self);

  self->ballot = nth_ballot (rule->ballots, index_of (row));
  mark_only (self->ballots, row);
  show_what_follows (self);
}

static void
fill_ballots (DpopAnswerStep *self)
{
  static const struct
  {
    const char *name, *more;
  } kinds[] = {
    [DPOP_BALLOT_YES_NO_ABSTAIN]
    = { N_("Yes or no"), N_("Everybody votes yes, no or abstains.") },
    [DPOP_BALLOT_CHOOSE_ONE] = { N_("Choose one"), N_("Everybody chooses one of several.") },
    [DPOP_BALLOT_APPROVE]
    = { N_("Choose several"), N_("Everybody chooses all that they agree with.") },
    [DPOP_BALLOT_RANK]
    = { N_("Put in order"), N_("Everybody puts them in order, the most wanted first.") },
  };
  const DpopProposeRule *rule = chosen_rule (self);
  guint count = 0;

  dpop_decision_parts_clear (self->ballots);
  if (rule == NULL)
    return;
  if ((rule->ballots >> self->ballot & 1) == 0)
    self->ballot = nth_ballot (rule->ballots, 0);
  for (guint kind = DPOP_BALLOT_YES_NO_ABSTAIN; kind <= DPOP_BALLOT_LAST; kind++)
    if ((rule->ballots >> kind & 1) != 0)
      {
        GtkWidget *row
            = dpop_ballot_row_new (DPOP_BALLOT_ROW_ONE, _(kinds[kind].name), _(kinds[kind].more));

        dpop_ballot_row_set_chosen (DPOP_BALLOT_ROW (row), kind == self->ballot);
        g_signal_connect (row, "clicked", G_CALLBACK (on_ballot), self);
        gtk_box_append (GTK_BOX (self->ballots), row);
        count++;
      }
  gtk_widget_set_visible (self->ballot_part, count > 1);
}

static void
on_rule (GtkWidget *row, DpopAnswerStep *self)
{
  self->rule = index_of (row);
  mark_only (self->rules, row);
  fill_ballots (self);
  show_what_follows (self);
}

static void
fill_rules (DpopAnswerStep *self)
{
  const DpopProposePlace *place = chosen_place (self);

  dpop_decision_parts_clear (self->rules);
  for (guint i = 0; place != NULL && i < place->rules->len; i++)
    {
      const DpopProposeRule *rule = place->rules->pdata[i];
      GtkWidget *row = dpop_ballot_row_new (DPOP_BALLOT_ROW_ONE, rule->label, rule->description);

      dpop_ballot_row_set_chosen (DPOP_BALLOT_ROW (row), i == self->rule);
      g_signal_connect (row, "clicked", G_CALLBACK (on_rule), self);
      gtk_box_append (GTK_BOX (self->rules), row);
    }
  fill_ballots (self);
  show_what_follows (self);
}

static void
on_place (DpopAnswerStep *self)
{
  if (self->choices == NULL)
    return;
  self->rule = 0;
  fill_rules (self);
}

/* --- Options. -------------------------------------------------------------------------------- */

static void
on_candidate (DpopPage *page, const CosmicId *id, const char *name, DpopAnswerStep *self)
{
  for (guint i = 0; i < dpop_option_editor_n (self->options); i++)
    if (dpop_option_editor_id (self->options, i) != NULL
        && cosmic_id_same (dpop_option_editor_id (self->options, i), id))
      {
        dpop_shell_toast (GTK_WIDGET (page), _("This member is on the list already."));
        return;
      }
  dpop_option_editor_drop_empty (self->options);
  dpop_option_editor_add (self->options, name, id, FALSE);
  dpop_shell_pop (GTK_WIDGET (page));
}

static void
on_add_member (GtkButton *button, DpopAnswerStep *self)
{
  DpopPage *page = dpop_person_page_new (self->session, DPOP_PERSON_PAGE_CANDIDATE, NULL);

  g_signal_connect_object (page, "chosen", G_CALLBACK (on_candidate), self, 0);
  dpop_shell_push (GTK_WIDGET (self), page);
}

static void
on_add (GtkButton *button, DpopAnswerStep *self)
{
  dpop_option_editor_add (self->options, "", NULL, TRUE);
}

static void
on_options (DpopAnswerStep *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- What is known. -------------------------------------------------------------------------- */

static void
choose_rule (DpopAnswerStep *self, const CosmicId *scope, guint rule, DpopBallotKind ballot)
{
  const DpopProposePlace *place;

  for (guint i = 0; i < self->choices->places->len; i++)
    {
      place = self->choices->places->pdata[i];
      if (cosmic_id_same (&place->id, scope))
        gtk_drop_down_set_selected (self->place, i);
    }
  place = chosen_place (self);
  for (guint i = 0; place != NULL && i < place->rules->len; i++)
    if (((const DpopProposeRule *) place->rules->pdata[i])->rule == rule)
      self->rule = i;
  self->ballot = ballot;
}

/* What is put again begins with what it was. */
static void
take_repeated (DpopAnswerStep *self)
{
  const DpopDecisionProposed *proposed = &self->choices->repeats->decision->proposed;

  choose_rule (self, &proposed->scope, proposed->rule_number, proposed->ballot);
  for (guint i = 0; i < self->choices->repeats->options->len; i++)
    {
      const DpopDecisionViewOption *option = self->choices->repeats->options->pdata[i];

      if (!option->withdrawn)
        dpop_option_editor_add (self->options, option->name,
                                cosmic_id_is_zero (&option->candidate) ? NULL : &option->candidate,
                                FALSE);
    }
}

void
dpop_answer_step_set_choices (DpopAnswerStep *self, const DpopProposeChoices *choices)
{
  g_autoptr (GtkStringList) places = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) offices = gtk_string_list_new (NULL);

  for (guint i = 0; i < choices->places->len; i++)
    gtk_string_list_append (places, ((const DpopProposePlace *) choices->places->pdata[i])->name);
  for (guint i = 0; i < choices->offices->len; i++)
    gtk_string_list_append (offices,
                            ((const DpopProposeOffice *) choices->offices->pdata[i])->label);
  gtk_drop_down_set_model (self->place, G_LIST_MODEL (places));
  gtk_drop_down_set_model (self->office, G_LIST_MODEL (offices));
  self->choices = choices;
  if (choices->repeats != NULL)
    take_repeated (self);
  gtk_widget_set_visible (self->place_part, choices->places->len > 1);
  fill_rules (self);
}

/* --- Drafts: place, rule and ballot; and of an office that is taken role, group and holder. --- */

char *
dpop_answer_step_to_text (DpopAnswerStep *self)
{
  const DpopProposePlace *place = chosen_place (self);
  const DpopProposeRule *rule = chosen_rule (self);
  const DpopProposeOffice *office = chosen_office (self);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *place_text = place != NULL ? cosmic_id_to_text (&place->id) : NULL;
  g_autofree char *unit_text = office != NULL ? cosmic_id_to_text (&office->unit) : NULL;
  g_autofree char *member_text = office != NULL ? cosmic_id_to_text (&office->member) : NULL;

  if (rule != NULL)
    g_string_append_printf (text, "%s %u %u", place_text, rule->rule, (guint) self->ballot);
  if (rule != NULL && office != NULL)
    g_string_append_printf (text, " %u %s %s", office->role, unit_text, member_text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
read_number (const char *text, guint64 most, guint *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, most, &value, NULL))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

/* PARTS: role, group and holder. */
static void
choose_office (DpopAnswerStep *self, char **parts)
{
  CosmicId unit, member;
  guint role;

  if (!read_number (parts[0], G_MAXUINT16, &role) || !cosmic_id_from_text (parts[1], &unit)
      || !cosmic_id_from_text (parts[2], &member))
    return;
  for (guint i = 0; i < self->choices->offices->len; i++)
    {
      const DpopProposeOffice *office = self->choices->offices->pdata[i];

      if (office->role != role || !cosmic_id_same (&office->unit, &unit)
          || !cosmic_id_same (&office->member, &member))
        continue;
      gtk_drop_down_set_selected (self->office, i);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->effect), TRUE);
    }
}

void
dpop_answer_step_from_text (DpopAnswerStep *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 0);
  const guint n = g_strv_length (parts);
  CosmicId scope;
  guint rule, ballot;

  g_return_if_fail (self->choices != NULL);
  if ((n != 3 && n != 6) || !cosmic_id_from_text (parts[0], &scope)
      || !read_number (parts[1], G_MAXUINT16, &rule)
      || !read_number (parts[2], DPOP_BALLOT_LAST, &ballot))
    return;
  choose_rule (self, &scope, rule, (DpopBallotKind) ballot);
  fill_rules (self);
  if (n == 6)
    choose_office (self, parts + 3);
}

/* --- The step. ------------------------------------------------------------------------------- */

static void
dpop_answer_step_finalize (GObject *object)
{
  DpopAnswerStep *self = DPOP_ANSWER_STEP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->preview, dpop_decision_preview_free);
  G_OBJECT_CLASS (dpop_answer_step_parent_class)->finalize (object);
}

static void
dpop_answer_step_class_init (DpopAnswerStepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dpop_answer_step_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_part (DpopAnswerStep *self, const char *heading)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  gtk_box_append (GTK_BOX (part), dpop_decision_parts_heading (heading));
  gtk_box_append (GTK_BOX (self), part);
  return part;
}

static GtkDropDown *
add_drop_down (GtkWidget *part, const char *name)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);

  gtk_widget_set_halign (drop_down, GTK_ALIGN_START);
  dpop_spoken_name_set (drop_down, name);
  gtk_box_append (GTK_BOX (part), drop_down);
  return GTK_DROP_DOWN (drop_down);
}

static GtkWidget *
add_box (GtkWidget *part, int spacing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, spacing);

  gtk_box_append (GTK_BOX (part), box);
  return box;
}

static void
add_options (DpopAnswerStep *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->options_part = new_part (self, _("What is there to choose from?"));
  self->options = DPOP_OPTION_EDITOR (dpop_option_editor_new (FALSE));
  gtk_box_append (GTK_BOX (self->options_part), GTK_WIDGET (self->options));
  gtk_box_append (GTK_BOX (buttons),
                  dpop_decision_parts_link (_("Add an Option"), G_CALLBACK (on_add), self));
  gtk_box_append (GTK_BOX (buttons),
                  dpop_decision_parts_link (_("Add a Member…"), G_CALLBACK (on_add_member), self));
  gtk_box_append (GTK_BOX (self->options_part), buttons);
  g_signal_connect_swapped (self->options, "changed", G_CALLBACK (on_options), self);
}

static void
dpop_answer_step_init (DpopAnswerStep *self)
{
  GtkWidget *part;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
  self->ballot = DPOP_BALLOT_YES_NO_ABSTAIN;
  self->place_part = new_part (self, _("Who is asked?"));
  self->place = add_drop_down (self->place_part, _("Who is asked?"));
  part = new_part (self, _("What kind of question is it?"));
  self->rules = add_box (part, 6);
  self->ballot_part = new_part (self, _("How is it answered?"));
  self->ballots = add_box (self->ballot_part, 6);
  add_options (self);
  self->effect_part = new_part (self, _("What follows if it is accepted?"));
  self->effect = gtk_check_button_new_with_label (_("An office is taken from its holder"));
  gtk_box_append (GTK_BOX (self->effect_part), self->effect);
  self->office = add_drop_down (self->effect_part, _("Which office"));
  g_object_bind_property (self->effect, "active", self->office, "visible", G_BINDING_SYNC_CREATE);
  part = new_part (self, _("How it will be decided"));
  self->how = add_box (part, 6);
  gtk_widget_set_visible (self->options_part, FALSE);
  gtk_widget_set_visible (self->effect_part, FALSE);
  g_signal_connect_swapped (self->place, "notify::selected", G_CALLBACK (on_place), self);
  g_signal_connect_swapped (self->effect, "toggled", G_CALLBACK (on_options), self);
  g_signal_connect_swapped (self->office, "notify::selected", G_CALLBACK (on_options), self);
}

GtkWidget *
dpop_answer_step_new (DpopSession *session)
{
  DpopAnswerStep *self = g_object_new (DPOP_TYPE_ANSWER_STEP, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
