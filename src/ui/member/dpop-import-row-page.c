/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-row-page.h"

#include "dpop-import-line.h"
#include "dpop-question.h"
#include "dpop-shell.h"
#include "dpop-spoken-name.h"
#include "dpop-wrap-box.h"

#include <glib/gi18n-lib.h>

#define DECISION_KEY "dpop-decision"

struct _DpopImportRowPage
{
  DpopPage parent_instance;

  GtkWidget *headline;
  GtkWidget *chips;
  GtkWidget *words;
  GtkWidget *choices;
  GtkWidget *cells;
  GtkWidget *fault;
  GtkWidget *mend;

  DpopImportTable *table;
  guint table_row;
  DpopImportRowSight *sight; /* NULL until it has come */
  GPtrArray *entries;        /* of AdwEntryRow, one for each of its cells */
  guint wanted;              /* the decision that a person has made last */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DpopImportRowPage, dpop_import_row_page, DPOP_TYPE_PAGE)

static void load (DpopImportRowPage *self);
static void decide (DpopImportRowPage *self);
static void on_mend (DpopImportRowPage *self);

static void
show_fault (DpopImportRowPage *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->fault), text != NULL ? text : "");
  gtk_widget_set_visible (self->fault, text != NULL);
}

/* --- What is typed. -------------------------------------------------------------------------- */

/* What was put into the fields, of DpopImportMended. */
static GArray *
collect_mended (DpopImportRowPage *self)
{
  GArray *mended = g_array_new (FALSE, FALSE, sizeof (DpopImportMended));

  g_array_set_clear_func (mended, dpop_import_mended_clear);
  for (guint i = 0; self->sight != NULL && i < self->entries->len; i++)
    {
      const DpopImportCell *cell = &g_array_index (self->sight->cells, DpopImportCell, i);
      const char *text = gtk_editable_get_text (self->entries->pdata[i]);
      const DpopImportMended one = { cell->column, g_strdup (text) };

      if (g_str_equal (text, cell->text))
        g_free (one.text);
      else
        g_array_append_val (mended, one);
    }
  return mended;
}

static gboolean
is_typed (DpopImportRowPage *self)
{
  g_autoptr (GArray) mended = collect_mended (self);

  return mended->len > 0;
}

static void
on_typed (DpopImportRowPage *self)
{
  if (!self->filling)
    gtk_widget_set_sensitive (self->mend, is_typed (self));
}

/* Puts back what stood there: there is nothing to lose any more. */
static void
discard (DpopImportRowPage *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    gtk_editable_set_text (self->entries->pdata[i],
                           g_array_index (self->sight->cells, DpopImportCell, i).text);
}

/* --- What it is. ----------------------------------------------------------------------------- */

static void
show_head (DpopImportRowPage *self, const DpopImportRow *row, const char *words)
{
  g_autofree char *line = g_strdup_printf (_("line %" G_GSIZE_FORMAT), row->line);

  gtk_label_set_label (GTK_LABEL (self->headline), row->name);
  dpop_wrap_box_clear (DPOP_WRAP_BOX (self->chips));
  dpop_wrap_box_append (DPOP_WRAP_BOX (self->chips),
                        dpop_chip_new (dpop_import_line_group_word (row->group),
                                       dpop_import_line_group_tone (row->group)));
  dpop_wrap_box_append (DPOP_WRAP_BOX (self->chips), dpop_chip_new (line, DPOP_CHIP_QUIET));
  if (words != NULL)
    gtk_label_set_label (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (self->words, *gtk_label_get_label (GTK_LABEL (self->words)) != '\0');
}

static void
on_decided (GObject *object, const GError *error)
{
  DpopImportRowPage *self = DPOP_IMPORT_ROW_PAGE (object);
  const DpopImportRow *row;

  if (self->sight == NULL) /* gone meanwhile */
    return;
  show_fault (self, error != NULL ? error->message : NULL);
  row = dpop_import_sight_row (dpop_import_table_get_sight (self->table), self->table_row);
  if (error != NULL || row == NULL)
    return;
  show_head (self, row, NULL);
  if (self->wanted != self->sight->decision)
    decide (self);
}

static void
decide (DpopImportRowPage *self)
{
  if (dpop_import_table_is_busy (self->table))
    return;
  self->sight->decision = (DpopCommandImportDecision) self->wanted;
  dpop_import_table_decide (self->table, self->table_row, self->sight->decision, on_decided,
                            G_OBJECT (self));
}

static void
on_choice (GtkCheckButton *choice, DpopImportRowPage *self)
{
  const guint decision = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (choice), DECISION_KEY));

  if (self->filling)
    return;
  if (gtk_check_button_get_active (choice))
    self->wanted = decision;
  else if (!self->sight->possible)
    self->wanted = DPOP_COMMAND_IMPORT_AS_REVIEWED;
  if (self->wanted != self->sight->decision)
    decide (self);
}

static GtkWidget *
add_choice (DpopImportRowPage *self, GtkWidget *group, const char *text,
            DpopCommandImportDecision decision)
{
  GtkWidget *choice = gtk_check_button_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   NULL);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), GTK_CHECK_BUTTON (group));
  g_object_set_data (G_OBJECT (choice), DECISION_KEY, GUINT_TO_POINTER (decision));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), self->sight->decision == decision);
  g_signal_connect_object (choice, "toggled", G_CALLBACK (on_choice), self, 0);
  gtk_box_append (GTK_BOX (self->choices), choice);
  return choice;
}

static void
show_choices (DpopImportRowPage *self)
{
  GtkWidget *old, *first;

  while ((old = gtk_widget_get_first_child (self->choices)) != NULL)
    gtk_box_remove (GTK_BOX (self->choices), old);
  if (!self->sight->possible)
    {
      add_choice (self, NULL, _("Leave this row out"), DPOP_COMMAND_IMPORT_LEAVE_OUT);
      return;
    }
  first = add_choice (self, NULL, _("It is the same person: what the file says is brought up to "
                                    "date"),
                      DPOP_COMMAND_IMPORT_SAME);
  add_choice (self, first, _("It is somebody else: a new member"), DPOP_COMMAND_IMPORT_NEW);
  add_choice (self, first, _("Leave this row out"), DPOP_COMMAND_IMPORT_LEAVE_OUT);
}

/* --- Fields. --------------------------------------------------------------------------------- */

static void
add_fault (DpopImportRowPage *self, GtkAccessible *field, const DpopImportCell *cell)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = g_object_new (
      GTK_TYPE_LABEL, "label", cell->fault, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
      PANGO_WRAP_WORD_CHAR, "margin-start", 12, "margin-end", 12, "margin-top", 6,
      "margin-bottom", 9, NULL);

  gtk_widget_add_css_class (label, cell->error ? "error" : "warning");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, cell->fault,
                                  -1);
  gtk_accessible_update_relation (field, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
  if (cell->error)
    gtk_accessible_update_state (field, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                 -1);
  gtk_list_box_append (GTK_LIST_BOX (self->cells), row);
}

static void
add_cell (DpopImportRowPage *self, const DpopImportCell *cell)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkAccessible *field = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  dpop_spoken_name_entry_row (ADW_ENTRY_ROW (row));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), cell->heading);
  gtk_editable_set_text (GTK_EDITABLE (row), cell->text);
  gtk_accessible_update_property (field, GTK_ACCESSIBLE_PROPERTY_LABEL, cell->heading, -1);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_mend), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (self->cells), row);
  g_ptr_array_add (self->entries, row);
  if (cell->fault == NULL)
    return;
  if (cell->error)
    gtk_widget_add_css_class (row, "error");
  add_fault (self, field, cell);
}

static void
focus_fault (DpopImportRowPage *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_array_index (self->sight->cells, DpopImportCell, i).error)
      {
        gtk_widget_grab_focus (self->entries->pdata[i]);
        return;
      }
  gtk_widget_child_focus (self->choices, GTK_DIR_TAB_FORWARD);
}

static void
clear_cells (DpopImportRowPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
  g_ptr_array_set_size (self->entries, 0);
  while ((row = gtk_widget_get_first_child (self->cells)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->cells), row);
}

static void
show (DpopImportRowPage *self)
{
  self->filling = TRUE;
  self->wanted = self->sight->decision;
  show_head (self, self->sight->row, self->sight->words);
  show_choices (self);
  clear_cells (self);
  for (guint i = 0; i < self->sight->cells->len; i++)
    add_cell (self, &g_array_index (self->sight->cells, DpopImportCell, i));
  gtk_widget_set_sensitive (self->mend, FALSE);
  self->filling = FALSE;
  focus_fault (self);
}

static void
on_row (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopImportRowPage) self = data;
  g_autoptr (GError) error = NULL;
  DpopImportRowSight *sight
      = dpop_import_table_row_finish (DPOP_IMPORT_TABLE (source), result, &error);

  if (self->table == NULL) /* gone meanwhile */
    {
      dpop_import_row_sight_free (sight);
      return;
    }
  if (sight == NULL)
    {
      show_fault (self, error->message);
      return;
    }
  dpop_import_row_sight_free (self->sight);
  self->sight = sight;
  show (self);
}

static void
load (DpopImportRowPage *self)
{
  dpop_import_table_row_async (self->table, self->table_row, on_row, g_object_ref (self));
}

/* --- Mending. -------------------------------------------------------------------------------- */

static void
leave_with (DpopImportRowPage *self, const char *text)
{
  dpop_shell_toast (GTK_WIDGET (self), text);
  g_clear_pointer (&self->sight, dpop_import_row_sight_free);
  dpop_shell_pop (GTK_WIDGET (self));
}

static void
on_mended (GObject *object, const GError *error)
{
  DpopImportRowPage *self = DPOP_IMPORT_ROW_PAGE (object);
  const DpopImportRow *row;

  if (self->table == NULL) /* gone meanwhile */
    return;
  show_fault (self, error != NULL ? error->message : NULL);
  gtk_widget_set_sensitive (self->mend, error != NULL);
  if (error != NULL)
    return;
  row = dpop_import_sight_row (dpop_import_table_get_sight (self->table), self->table_row);
  if (row == NULL)
    leave_with (self, _("Nothing is left of the row: it is left out."));
  else if (row->group == DPOP_IMPORT_MEND || row->group == DPOP_IMPORT_DECIDE)
    load (self);
  else
    {
      /* Translators: a name, and "new" or "changes". */
      g_autofree char *text = g_strdup_printf (_("The row is mended. %s: %s."), row->name,
                                               dpop_import_line_group_word (row->group));

      leave_with (self, text);
    }
}

static void
on_mend (DpopImportRowPage *self)
{
  g_autoptr (GArray) mended = collect_mended (self);

  if (mended->len == 0 || dpop_import_table_is_busy (self->table))
    return;
  gtk_widget_set_sensitive (self->mend, FALSE);
  dpop_import_table_mend (self->table, self->table_row, g_steal_pointer (&mended), on_mended,
                          G_OBJECT (self));
}

/* --- Leaving. -------------------------------------------------------------------------------- */

static void
on_answer (AdwMessageDialog *dialog, const char *response, DpopImportRowPage *self)
{
  if (!g_str_equal (response, DPOP_QUESTION_YES))
    return;
  discard (self);
  dpop_shell_pop (GTK_WIDGET (self));
}

static gboolean
dpop_import_row_page_leave (DpopPage *page)
{
  DpopImportRowPage *self = DPOP_IMPORT_ROW_PAGE (page);
  GtkWidget *dialog;

  if (!is_typed (self))
    return TRUE;
  dialog = dpop_question_new (GTK_WIDGET (self), _("Leave without mending?"),
                              _("What you typed would be lost."), _("Stay"), _("Discard"),
                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_import_row_page_focus_first (DpopPage *page)
{
  DpopImportRowPage *self = DPOP_IMPORT_ROW_PAGE (page);

  if (self->sight != NULL)
    focus_fault (self);
}

static void
dpop_import_row_page_dispose (GObject *object)
{
  DpopImportRowPage *self = DPOP_IMPORT_ROW_PAGE (object);

  g_clear_object (&self->table);
  g_clear_pointer (&self->sight, dpop_import_row_sight_free);
  G_OBJECT_CLASS (dpop_import_row_page_parent_class)->dispose (object);
}

static void
dpop_import_row_page_finalize (GObject *object)
{
  g_ptr_array_unref (DPOP_IMPORT_ROW_PAGE (object)->entries);
  G_OBJECT_CLASS (dpop_import_row_page_parent_class)->finalize (object);
}

static void
dpop_import_row_page_class_init (DpopImportRowPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dpop_import_row_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dpop_import_row_page_finalize;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_import_row_page_focus_first;
  DPOP_PAGE_CLASS (klass)->leave = dpop_import_row_page_leave;
  g_type_ensure (DPOP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-import-row-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopImportRowPage, headline);
  gtk_widget_class_bind_template_child (widget_class, DpopImportRowPage, chips);
  gtk_widget_class_bind_template_child (widget_class, DpopImportRowPage, words);
  gtk_widget_class_bind_template_child (widget_class, DpopImportRowPage, choices);
  gtk_widget_class_bind_template_child (widget_class, DpopImportRowPage, cells);
  gtk_widget_class_bind_template_child (widget_class, DpopImportRowPage, fault);
  gtk_widget_class_bind_template_child (widget_class, DpopImportRowPage, mend);
  gtk_widget_class_bind_template_callback (widget_class, on_mend);
}

static void
dpop_import_row_page_init (DpopImportRowPage *self)
{
  self->entries = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

DpopPage *
dpop_import_row_page_new (DpopImportTable *table, guint table_row)
{
  DpopImportRowPage *self = g_object_new (DPOP_TYPE_IMPORT_ROW_PAGE, "session",
                                          dpop_import_table_get_session (table), NULL);

  self->table = g_object_ref (table);
  self->table_row = table_row;
  load (self);
  return DPOP_PAGE (self);
}
