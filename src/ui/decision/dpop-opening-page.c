/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-opening-page.h"

#include "dpop-closing-entry.h"
#include "dpop-decide.h"
#include "dpop-decision-parts-private.h"
#include "dpop-decision-preview.h"
#include "dpop-decision-sight.h"
#include "dpop-option-editor.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"
#include "dpop-wrapping-label.h"

#include <glib/gi18n-lib.h>

struct _DpopOpeningPage
{
  DpopPage parent_instance;

  CosmicId decision;
  gboolean filled;
  DpopBallotKind ballot;

  GtkWidget *title;
  GtkWidget *how; /* sentences */
  GtkWidget *options;
  DpopOptionEditor *editor;
  GtkWidget *limits;
  GtkWidget *least;
  GtkWidget *most;
  GtkWidget *none_of_these;
  GtkDropDown *default_option;
  DpopClosingEntry *closing;
  GtkWidget *failure;
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (DpopOpeningPage, dpop_opening_page, DPOP_TYPE_PAGE)

/* --- What is known before. ------------------------------------------------------------------- */

typedef struct
{
  DpopDecisionSight *sight;
  DpopDecisionPreview *preview;
} Known;

static void
known_free (gpointer data)
{
  Known *known = data;

  dpop_decision_sight_free (known->sight);
  dpop_decision_preview_free (known->preview);
  g_free (known);
}

static gpointer
read_known (DpopProfile *profile, gpointer data, GError **error)
{
  Known *known = g_new0 (Known, 1);

  known->sight = dpop_decision_sight_new (profile, data, error);
  if (known->sight != NULL)
    known->preview = dpop_decision_preview_of (profile, data, error);
  if (known->preview != NULL)
    return known;
  known_free (known);
  return NULL;
}

static void
show_how (DpopOpeningPage *self, const DpopDecisionPreview *preview)
{
  dpop_decision_parts_clear (self->how);
  gtk_box_append (GTK_BOX (self->how), dpop_wrapping_label_new (preview->voters, "heading"));
  for (guint i = 0; i < preview->deciding->len; i++)
    gtk_box_append (GTK_BOX (self->how),
                    dpop_wrapping_label_new (preview->deciding->pdata[i], NULL));
}

static gboolean
may_name_none (const DpopDecisionSight *sight)
{
  const DpopDecisionProposed *proposed = &sight->view->decision->proposed;

  return proposed->ballot == DPOP_BALLOT_RANK
         && proposed->rule.default_option == DPOP_DEFAULT_BEATEN;
}

/* Only once: what a person has ordered since then stays. */
static void
fill_options (DpopOpeningPage *self, const DpopDecisionSight *sight)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = 0;

  gtk_string_list_append (names, _("No option means “none of these”"));
  for (guint i = 0; i < sight->view->options->len; i++)
    {
      const DpopDecisionViewOption *option = sight->view->options->pdata[i];

      if (option->withdrawn)
        continue;
      dpop_option_editor_add (self->editor, option->name, &option->operation, FALSE);
      gtk_string_list_append (names, option->name);
      n++;
    }
  gtk_drop_down_set_model (self->default_option, G_LIST_MODEL (names));
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->least), 1, MAX (n, 1));
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (self->most), 1, MAX (n, 1));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->most), n);
  gtk_widget_set_visible (self->options, n > 0);
  gtk_widget_set_visible (self->limits, self->ballot == DPOP_BALLOT_APPROVE);
  gtk_widget_set_visible (self->none_of_these, may_name_none (sight));
}

static void
on_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopOpeningPage) self = data;
  g_autoptr (GError) error = NULL;
  Known *known = dpop_session_run_finish (DPOP_SESSION (source), result, &error);

  if (known == NULL)
    {
      dpop_shell_fail (GTK_WIDGET (self), error);
      return;
    }
  self->ballot = known->sight->view->decision->proposed.ballot;
  dpop_decision_parts_say (self->title, known->sight->view->title);
  show_how (self, known->preview);
  dpop_closing_entry_set_bounds (self->closing, known->preview->min_open_ms,
                                 known->preview->max_open_ms);
  if (!self->filled)
    fill_options (self, known->sight);
  self->filled = TRUE;
  if (!known->sight->may.open.yes)
    dpop_decision_parts_say (self->failure, known->sight->may.open.why);
  known_free (known);
}

static void
dpop_opening_page_refresh (DpopPage *page, DpopProjectorChanges *changes)
{
  DpopOpeningPage *self = DPOP_OPENING_PAGE (page);

  dpop_session_run_async (dpop_page_get_session (page), read_known,
                          g_memdup2 (&self->decision, sizeof self->decision), g_free, known_free,
                          NULL, on_known, g_object_ref (self));
}

/* --- Opening. -------------------------------------------------------------------------------- */

typedef struct
{
  CosmicId decision;
  GArray *options; /* NULL: none */
  guint least, most;
  gboolean has_default;
  CosmicId default_option;
  gint64 closes;
} Opening;

static void
opening_free (gpointer data)
{
  g_clear_pointer (&((Opening *) data)->options, g_array_unref);
  g_free (data);
}

static gpointer
open_vote (DpopProfile *profile, gpointer data, GError **error)
{
  const Opening *opening = data;
  const DpopDecideOpen command = {
    .options = opening->options,
    .min_choices = opening->least,
    .max_choices = opening->most,
    .default_option = opening->has_default ? &opening->default_option : NULL,
    .closes = opening->closes,
  };

  return GINT_TO_POINTER (dpop_decide_open (profile, &opening->decision, &command, error));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopOpeningPage) self = data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->open, TRUE);
  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    {
      dpop_decision_parts_say (self->failure, error->message);
      return;
    }
  dpop_shell_toast (GTK_WIDGET (self), _("The vote is open."));
  dpop_shell_pop (GTK_WIDGET (self));
}

/* The first of the drop-down means none; the others keep the order in which they were proposed. */
static void
take_default (DpopOpeningPage *self, Opening *opening)
{
  const guint selected = gtk_drop_down_get_selected (self->default_option);
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->default_option);

  if (!gtk_widget_get_visible (self->none_of_these) || selected == 0 || chosen == NULL)
    return;
  for (guint i = 0; i < dpop_option_editor_n (self->editor); i++)
    if (g_str_equal (dpop_option_editor_name (self->editor, i),
                     gtk_string_object_get_string (chosen)))
      {
        opening->has_default = TRUE;
        opening->default_option = *dpop_option_editor_id (self->editor, i);
      }
}

static Opening *
new_opening (DpopOpeningPage *self, gint64 closes)
{
  Opening *opening = g_new0 (Opening, 1);
  const guint n = dpop_option_editor_n (self->editor);

  opening->decision = self->decision;
  opening->closes = closes;
  if (n > 0)
    opening->options = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  for (guint i = 0; i < n; i++)
    g_array_append_vals (opening->options, dpop_option_editor_id (self->editor, i), 1);
  if (self->ballot == DPOP_BALLOT_APPROVE)
    {
      opening->least = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->least));
      opening->most = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->most));
      opening->most = MAX (opening->most, opening->least);
    }
  take_default (self, opening);
  return opening;
}

static void
on_open (GtkButton *button, DpopOpeningPage *self)
{
  gint64 closes;

  if (!self->filled || !dpop_closing_entry_get (self->closing, &closes))
    return;
  gtk_widget_set_sensitive (self->open, FALSE);
  dpop_decision_parts_say (self->failure, NULL);
  dpop_session_run_async (dpop_page_get_session (DPOP_PAGE (self)), open_vote,
                          new_opening (self, closes), opening_free, NULL, NULL, on_opened,
                          g_object_ref (self));
}

static void
on_changed (DpopOpeningPage *self)
{
  gint64 closes;

  gtk_widget_set_sensitive (self->open, dpop_closing_entry_get (self->closing, &closes));
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_opening_page_focus_first (DpopPage *page)
{
  gtk_widget_child_focus (GTK_WIDGET (DPOP_OPENING_PAGE (page)->closing), GTK_DIR_TAB_FORWARD);
}

static void
dpop_opening_page_class_init (DpopOpeningPageClass *klass)
{
  DPOP_PAGE_CLASS (klass)->refresh = dpop_opening_page_refresh;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_opening_page_focus_first;
}

static GtkWidget *
new_part (GtkBox *column, const char *heading)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  gtk_widget_set_margin_top (box, 9);
  gtk_box_append (GTK_BOX (box), dpop_decision_parts_heading (heading));
  gtk_box_append (column, box);
  return box;
}

static GtkWidget *
add_number (GtkWidget *box, const char *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = dpop_wrapping_label_new (words, NULL);
  GtkWidget *number = gtk_spin_button_new_with_range (1, 1, 1);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (number), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), number);
  gtk_box_append (GTK_BOX (box), line);
  return number;
}

static void
add_options (DpopOpeningPage *self, GtkBox *column)
{
  self->options = new_part (column, _("In which order do they stand on the ballot?"));
  self->editor = DPOP_OPTION_EDITOR (dpop_option_editor_new (TRUE));
  gtk_box_append (GTK_BOX (self->options), GTK_WIDGET (self->editor));
  self->limits = new_part (column, _("How many may be chosen?"));
  self->least = add_number (self->limits, _("At least"));
  self->most = add_number (self->limits, _("At most"));
  self->none_of_these = new_part (column, _("Which option means “none of these”?"));
  self->default_option = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->default_option), GTK_ALIGN_START);
  dpop_spoken_name_set (GTK_WIDGET (self->default_option),
                        _("Which option means “none of these”?"));
  gtk_box_append (GTK_BOX (self->none_of_these), GTK_WIDGET (self->default_option));
  gtk_widget_set_visible (self->options, FALSE);
  gtk_widget_set_visible (self->limits, FALSE);
  gtk_widget_set_visible (self->none_of_these, FALSE);
}

static void
dpop_opening_page_init (DpopOpeningPage *self)
{
  GtkWidget *scroller, *column, *part;
  GtkBox *box;

  dpop_page_set_title (DPOP_PAGE (self), _("Open the Vote"));
  scroller = dpop_decision_parts_column (&column);
  box = GTK_BOX (column);
  self->title = dpop_wrapping_label_new (NULL, "title-1");
  gtk_box_append (box, self->title);
  self->how = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  part = new_part (box, _("How it will be decided"));
  gtk_box_append (GTK_BOX (part), self->how);
  add_options (self, box);
  part = new_part (box, _("When does it close?"));
  self->closing = DPOP_CLOSING_ENTRY (dpop_closing_entry_new ());
  gtk_box_append (GTK_BOX (part), GTK_WIDGET (self->closing));
  part = dpop_wrapping_label_new (_("With the opening it is fixed who may vote, and on which "
                                    "words. Neither can be changed any more."),
                                  NULL);
  gtk_widget_set_margin_top (part, 9);
  gtk_box_append (box, part);
  self->failure = dpop_decision_parts_failure ();
  gtk_box_append (box, self->failure);
  self->open = dpop_decision_parts_button (_("Open the Vote"), "suggested-action",
                                           G_CALLBACK (on_open), self);
  gtk_box_append (box, self->open);
  g_signal_connect_swapped (self->closing, "changed", G_CALLBACK (on_changed), self);
  dpop_page_set_content (DPOP_PAGE (self), scroller);
}

DpopPage *
dpop_opening_page_new (DpopSession *session, const CosmicId *decision)
{
  DpopOpeningPage *self = g_object_new (DPOP_TYPE_OPENING_PAGE, "session", session, NULL);

  self->decision = *decision;
  dpop_opening_page_refresh (DPOP_PAGE (self), NULL);
  return DPOP_PAGE (self);
}
