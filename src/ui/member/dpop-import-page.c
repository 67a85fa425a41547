/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-import-page.h"

#include "dpop-import-columns.h"
#include "dpop-import-file.h"
#include "dpop-import-preview.h"
#include "dpop-question.h"
#include "dpop-shell.h"
#include "dpop-wrap-box.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  CHOOSING,
  MAPPING,
  LOOKING,
  DONE,
} Step;

struct _DpopImportPage
{
  DpopPage parent_instance;

  GtkStack *steps;
  GtkWidget *drop_box;
  GtkWidget *reading;
  GtkWidget *choose;
  GtkScrolledWindow *columns_place;
  AdwBin *rows_place;
  GtkWidget *outcome;
  GtkWidget *outcome_more;
  GtkWidget *done;
  GtkWidget *undo;
  GtkWidget *fault;
  GtkWidget *progress;
  GtkWidget *buttons;
  GtkButton *second;
  GtkButton *next;

  DpopImportTable *table;
  GtkWidget *columns; /* in its place once there is a file */
  GtkWidget *preview; /* likewise */
  Step step;
  gboolean leaving;   /* the person has said so */
};

G_DEFINE_FINAL_TYPE (DpopImportPage, dpop_import_page, DPOP_TYPE_PAGE)

static void
show_fault (DpopImportPage *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->fault), text != NULL ? text : "");
  gtk_widget_set_visible (self->fault, text != NULL);
}

/* --- Steps. ---------------------------------------------------------------------------------- */

/* What taking it in would do, on the button that does it. */
static char *
taking_words (const DpopImportSight *sight)
{
  const guint added = sight->groups[DPOP_IMPORT_ADD];
  const guint changed = sight->groups[DPOP_IMPORT_CHANGE];

  if (added > 0 && changed > 0)
    /* Translators: how many new members, and how many that are there already. */
    return g_strdup_printf (_("Take in %u, change %u"), added, changed);
  if (changed > 0)
    return g_strdup_printf (ngettext ("Change %u member", "Change %u members", changed), changed);
  return added > 0 ? g_strdup_printf (ngettext ("Take in %u member", "Take in %u members", added),
                                      added)
                   : g_strdup (_("Nothing to take in"));
}

static void
show_buttons (DpopImportPage *self)
{
  const DpopImportSight *sight = dpop_import_table_get_sight (self->table);
  const gboolean busy = dpop_import_table_is_busy (self->table);
  gboolean able = TRUE;
  g_autofree char *next = NULL;
  const char *second = "";

  switch (self->step)
    {
    case MAPPING:
      second = _("Another file");
      next = g_strdup (_("Look at the rows"));
      break;
    case LOOKING:
      second = _("Columns");
      next = taking_words (sight);
      able = sight->groups[DPOP_IMPORT_ADD] + sight->groups[DPOP_IMPORT_CHANGE] > 0;
      break;
    case CHOOSING:
    case DONE:
    default:
      break;
    }
  gtk_widget_set_visible (self->buttons, self->step == MAPPING || self->step == LOOKING);
  gtk_button_set_label (self->second, second);
  gtk_button_set_label (self->next, next != NULL ? next : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->second), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), able && !busy);
  gtk_widget_set_sensitive (self->undo, !busy);
}

static void
focus_step (DpopImportPage *self)
{
  switch (self->step)
    {
    case CHOOSING:
      gtk_widget_grab_focus (self->choose);
      break;
    case MAPPING:
      gtk_widget_child_focus (self->columns, GTK_DIR_TAB_FORWARD);
      break;
    case LOOKING:
      dpop_import_preview_focus (DPOP_IMPORT_PREVIEW (self->preview));
      break;
    case DONE:
    default:
      gtk_widget_grab_focus (self->done);
    }
}

static void
go_to (DpopImportPage *self, Step step)
{
  static const char *const names[] = { "file", "columns", "rows", "done" };

  self->step = step;
  show_fault (self, NULL);
  show_buttons (self);
  gtk_stack_set_visible_child_name (self->steps, names[step]);
  focus_step (self);
}

/* --- The file. ------------------------------------------------------------------------------- */

static void
show_reading (DpopImportPage *self, gboolean reading)
{
  gtk_label_set_label (GTK_LABEL (self->reading),
                       reading ? _("The file is read…") : _("Drop the table here"));
  gtk_widget_set_sensitive (self->choose, !reading);
}

static void
on_failed (DpopImportPage *self, const char *text)
{
  show_fault (self, text);
}

static void
place_steps (DpopImportPage *self)
{
  GtkWidget *clamp;

  if (self->columns != NULL)
    return;
  self->columns = dpop_import_columns_new (self->table);
  self->preview = dpop_import_preview_new (self->table);
  gtk_widget_add_css_class (self->columns, "page-column");
  g_signal_connect_object (self->columns, "failed", G_CALLBACK (on_failed), self,
                           G_CONNECT_SWAPPED);
  clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", 720, "child", self->columns, NULL);
  gtk_scrolled_window_set_child (self->columns_place, clamp);
  adw_bin_set_child (self->rows_place, self->preview);
}

static void
on_opened (GObject *object, const GError *error)
{
  DpopImportPage *self = DPOP_IMPORT_PAGE (object);

  if (self->table == NULL) /* gone meanwhile */
    return;
  show_reading (self, FALSE);
  if (error != NULL)
    {
      show_fault (self, error->message);
      gtk_widget_grab_focus (self->choose);
      return;
    }
  place_steps (self);
  go_to (self, MAPPING);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DpopImportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dpop_import_file_read_finish (G_FILE (source), result, &error);

  if (self->table == NULL) /* gone meanwhile */
    return;
  if (bytes != NULL)
    dpop_import_table_open (self->table, bytes, on_opened, G_OBJECT (self));
  else
    {
      show_reading (self, FALSE);
      show_fault (self, error->message);
    }
}

static void
take_file (GObject *object, GFile *file)
{
  DpopImportPage *self = DPOP_IMPORT_PAGE (object);

  if (self->table == NULL || self->step != CHOOSING || dpop_import_table_is_busy (self->table)
      || !gtk_widget_get_sensitive (self->choose))
    return;
  show_fault (self, NULL);
  show_reading (self, TRUE);
  dpop_import_file_read_async (file, on_read, g_object_ref (self));
}

static void
on_choose (DpopImportPage *self)
{
  dpop_import_file_choose (GTK_WIDGET (self), take_file, G_OBJECT (self));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, DpopImportPage *self)
{
  take_file (G_OBJECT (self), g_value_get_object (value));
  return TRUE;
}

/* --- Taking in, and back. -------------------------------------------------------------------- */

static char *
left_words (const DpopCommandImportResult *result)
{
  const guint kept = result->counts[DPOP_COMMAND_IMPORT_KEEPS];
  const guint left = result->counts[DPOP_COMMAND_IMPORT_IS_LEFT];
  g_autofree char *as_is = g_strdup_printf (
      ngettext ("%u row was as it is already.", "%u rows were as they are already.", kept), kept);
  g_autofree char *out = g_strdup_printf (
      ngettext ("%u row was left out.", "%u rows were left out.", left), left);
  const char *confirmed
      = result->confirmed ? _("All of it is confirmed.")
                          : _("It is not yet confirmed: it goes to the record keeper with the next "
                              "exchange.");

  return g_strstrip (g_strjoin (" ", confirmed, kept > 0 ? as_is : "", left > 0 ? out : "", NULL));
}

static void
show_outcome (DpopImportPage *self)
{
  const DpopCommandImportResult *result = dpop_import_table_get_result (self->table);
  const DpopCommandImportUndone *undone = dpop_import_table_get_undone (self->table);
  g_autofree char *words = undone != NULL ? dpop_import_table_undone_words (undone)
                                          : dpop_import_table_result_words (result);
  g_autofree char *more = undone != NULL ? g_strdup (_("This import was undone."))
                                         : left_words (result);

  gtk_label_set_label (GTK_LABEL (self->outcome), words);
  gtk_label_set_label (GTK_LABEL (self->outcome_more), more);
  gtk_widget_set_visible (self->undo, undone == NULL && !cosmic_id_is_zero (&result->import));
}

static void
on_undone (DpopImportPage *self)
{
  if (self->step != DONE)
    return;
  gtk_widget_grab_focus (self->done);
  show_outcome (self);
}

static void
on_applied (GObject *object, const GError *error)
{
  DpopImportPage *self = DPOP_IMPORT_PAGE (object);
  g_autofree char *words = NULL;

  if (self->table == NULL) /* gone meanwhile */
    return;
  dpop_progress_bar_end (DPOP_PROGRESS_BAR (self->progress));
  if (error != NULL)
    {
      show_buttons (self);
      show_fault (self, error->message);
      return;
    }
  show_outcome (self);
  go_to (self, DONE);
  words = dpop_import_table_result_words (dpop_import_table_get_result (self->table));
  dpop_shell_announce (GTK_WIDGET (self), words);
}

static void
apply (DpopImportPage *self)
{
  DpopProgress *progress = dpop_progress_bar_begin (DPOP_PROGRESS_BAR (self->progress),
                                                    _("Taking in the members"));

  show_fault (self, NULL);
  dpop_import_table_apply (self->table, progress, on_applied, G_OBJECT (self));
}

static void
on_undo_answer (AdwMessageDialog *dialog, const char *response, DpopImportPage *self)
{
  if (g_str_equal (response, DPOP_QUESTION_YES) && self->table != NULL)
    dpop_import_table_undo (self->table, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
on_undo (DpopImportPage *self)
{
  GtkWidget *dialog = dpop_question_new (
      GTK_WIDGET (self), _("Undo this import?"),
      _("Members whom it brought are gone again, particulars that it changed are as before. "
        "Members by whom or for whom something was done since then stay."),
      _("Cancel"), _("Undo"), ADW_RESPONSE_DESTRUCTIVE);

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_undo_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Buttons. -------------------------------------------------------------------------------- */

static void
on_second (DpopImportPage *self)
{
  if (self->step == MAPPING)
    go_to (self, CHOOSING);
  else if (self->step == LOOKING)
    go_to (self, MAPPING);
}

static void
on_next (DpopImportPage *self)
{
  if (self->step == MAPPING)
    go_to (self, LOOKING);
  else if (self->step == LOOKING)
    apply (self);
}

static void
on_done (DpopImportPage *self)
{
  dpop_shell_pop (GTK_WIDGET (self));
}

static void
on_help (DpopImportPage *self)
{
  dpop_shell_help (GTK_WIDGET (self), "import");
}

/* --- Leaving. -------------------------------------------------------------------------------- */

static void
on_answer (AdwMessageDialog *dialog, const char *response, DpopImportPage *self)
{
  if (!g_str_equal (response, DPOP_QUESTION_YES))
    return;
  self->leaving = TRUE;
  dpop_shell_pop (GTK_WIDGET (self));
}

static gboolean
dpop_import_page_leave (DpopPage *page)
{
  DpopImportPage *self = DPOP_IMPORT_PAGE (page);
  GtkWidget *dialog;

  if (dpop_progress_bar_is_running (DPOP_PROGRESS_BAR (self->progress)))
    {
      dpop_shell_toast (GTK_WIDGET (self), _("The members are being taken in. Wait until it is "
                                             "done, or stop it."));
      return FALSE;
    }
  if (self->leaving || self->step == CHOOSING || self->step == DONE)
    return TRUE;
  dialog = dpop_question_new (GTK_WIDGET (self), _("Leave without taking anybody in?"),
                              dpop_import_table_is_mended (self->table)
                                  ? _("Nothing of the file has been taken in. What you mended and "
                                      "decided would be lost.")
                                  : _("Nothing of the file has been taken in."),
                              _("Stay"), _("Leave"), ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}

/* --- The page. ------------------------------------------------------------------------------- */

static void
dpop_import_page_focus_first (DpopPage *page)
{
  focus_step (DPOP_IMPORT_PAGE (page));
}

static void
dpop_import_page_constructed (GObject *object)
{
  DpopImportPage *self = DPOP_IMPORT_PAGE (object);
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  G_OBJECT_CLASS (dpop_import_page_parent_class)->constructed (object);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (self->drop_box, GTK_EVENT_CONTROLLER (target));
  self->table = dpop_import_table_new (dpop_page_get_session (DPOP_PAGE (self)));
  g_signal_connect_object (self->table, "changed", G_CALLBACK (show_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "notify::busy", G_CALLBACK (show_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "undone", G_CALLBACK (on_undone), self,
                           G_CONNECT_SWAPPED);
  show_buttons (self);
}

static void
dpop_import_page_dispose (GObject *object)
{
  DpopImportPage *self = DPOP_IMPORT_PAGE (object);

  if (self->table != NULL)
    g_signal_handlers_disconnect_by_data (self->table, self);
  g_clear_object (&self->table);
  G_OBJECT_CLASS (dpop_import_page_parent_class)->dispose (object);
}

static void
dpop_import_page_class_init (DpopImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = dpop_import_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = dpop_import_page_dispose;
  DPOP_PAGE_CLASS (klass)->focus_first = dpop_import_page_focus_first;
  DPOP_PAGE_CLASS (klass)->leave = dpop_import_page_leave;
  g_type_ensure (DPOP_TYPE_PROGRESS_BAR);
  g_type_ensure (DPOP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/Dpop/dpop-import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, steps);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, drop_box);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, reading);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, choose);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, columns_place);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, rows_place);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, outcome_more);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, done);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, undo);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, fault);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, progress);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, second);
  gtk_widget_class_bind_template_child (widget_class, DpopImportPage, next);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
  gtk_widget_class_bind_template_callback (widget_class, on_help);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_second);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
}

static void
dpop_import_page_init (DpopImportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DpopPage *
dpop_import_page_new (DpopSession *session, GFile *file)
{
  DpopImportPage *self = g_object_new (DPOP_TYPE_IMPORT_PAGE, "session", session, NULL);

  if (file != NULL)
    take_file (G_OBJECT (self), file);
  return DPOP_PAGE (self);
}
