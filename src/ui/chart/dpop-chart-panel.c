/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-panel.h"

#include "dpop-chart-export.h"
#include "dpop-chart-resource.h"
#include "dpop-chart-table.h"
#include "dpop-chart-view.h"
#include "dpop-spoken-name.h"

#include <glib/gi18n-lib.h>

struct _DpopChartPanel
{
  GtkWidget parent_instance;

  DpopChart *chart;
  GtkFileChooserNative *chooser; /* while it is open */

  GtkWidget *content;
  DpopChartView *view;
  DpopChartTable *table;
  GtkToggleButton *table_button;
  GtkLabel *status;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (DpopChartPanel, dpop_chart_panel, GTK_TYPE_WIDGET)

static void
say (DpopChartPanel *self, const char *words)
{
  gtk_label_set_text (self->status, words);
  gtk_widget_set_visible (GTK_WIDGET (self->status), words != NULL && *words != '\0');
}

/* --- Writing. -------------------------------------------------------------------------------- */

typedef struct
{
  DpopChart *chart;
  DpopChartExportFormat format;
  gboolean from_right;
  GFile *file;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  dpop_chart_unref (saving->chart);
  g_object_unref (saving->file);
  g_free (saving);
}

static char *
failure_words (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_("The chart was not saved: there is no room left. Choose another place."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return g_strdup (_("The chart was not saved: you may not write there. Choose another place."));
  if (error->domain == DPOP_CHART_EXPORT_ERROR)
    return g_strdup (error->message);
  return g_strdup_printf (_("The chart was not saved: %s. Choose another place."), error->message);
}

static void
say_how_it_ended (DpopChartPanel *self, GFile *file, const GError *error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *words = error != NULL ? failure_words (error)
                                         : g_strdup_printf (_("Saved as %s."), shown);

  if (self->status != NULL)
    say (self, words);
}

static void
written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DpopChartPanel) self = user_data;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  say_how_it_ended (self, G_FILE (source), error);
}

static void
exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DpopChartPanel) self = user_data;
  const Saving *saving = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), &error);

  if (bytes == NULL)
    {
      say_how_it_ended (self, saving->file, error);
      return;
    }
  g_file_replace_contents_bytes_async (saving->file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       written, g_steal_pointer (&self));
}

static void
export_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Saving *saving = data;
  GError *error = NULL;
  GBytes *bytes = dpop_chart_export (saving->chart, saving->format, saving->from_right, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
dpop_chart_panel_save (DpopChartPanel *self, GFile *file, guint format)
{
  g_autoptr (GTask) task = NULL;
  Saving *saving;

  g_return_if_fail (DPOP_IS_CHART_PANEL (self) && G_IS_FILE (file));
  g_return_if_fail (format <= DPOP_CHART_EXPORT_CSV);
  if (self->chart == NULL)
    return;
  saving = g_new0 (Saving, 1);
  saving->chart = dpop_chart_ref (self->chart);
  saving->format = format;
  saving->from_right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  saving->file = g_object_ref (file);
  /* The panel is no source object: the thread may be the last to let go of the task. */
  task = g_task_new (NULL, NULL, exported, g_object_ref (self));
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, export_in_thread);
}

/* --- Choosing a place. ----------------------------------------------------------------------- */

static void
place_chosen (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  DpopChartPanel *self = DPOP_CHART_PANEL (user_data);
  guint format = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chooser), "dpop-format"));
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
    ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  g_clear_object (&self->chooser);
  if (file != NULL)
    dpop_chart_panel_save (self, file, format);
}

static void
add_filter (GtkFileChooser *chooser, DpopChartExportFormat format)
{
  static const char *const names[] = {
    [DPOP_CHART_EXPORT_PNG] = N_("Pictures"),
    [DPOP_CHART_EXPORT_PDF] = N_("Documents"),
    [DPOP_CHART_EXPORT_CSV] = N_("Tables"),
  };
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _(names[format]));
  gtk_file_filter_add_suffix (filter, dpop_chart_export_ending (format));
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
choose_place (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DpopChartPanel *self = DPOP_CHART_PANEL (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  guint format = g_variant_get_uint32 (parameter);
  g_autofree char *name = NULL;

  if (self->chart == NULL || self->chooser != NULL || format > DPOP_CHART_EXPORT_CSV)
    return;
  say (self, NULL);
  name = dpop_chart_export_name (self->chart, format);
  self->chooser = gtk_file_chooser_native_new (_("Save as"),
                                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"),
                                               _("Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  add_filter (GTK_FILE_CHOOSER (self->chooser), format);
  g_object_set_data (G_OBJECT (self->chooser), "dpop-format", GUINT_TO_POINTER (format));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (place_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- The widget. ----------------------------------------------------------------------------- */

static void
dpop_chart_panel_dispose (GObject *object)
{
  DpopChartPanel *self = DPOP_CHART_PANEL (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->chart, dpop_chart_unref);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->status = NULL;
  G_OBJECT_CLASS (dpop_chart_panel_parent_class)->dispose (object);
}

static void
dpop_chart_panel_class_init (DpopChartPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dpop_chart_panel_dispose;
  /* In a static library a constructor may not be called. */
  dpop_chart_register_resource ();
  g_type_ensure (DPOP_TYPE_CHART_TABLE);
  g_type_ensure (DPOP_TYPE_CHART_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chartpanel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dpop/chart/dpop-chart-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, DpopChartPanel, content);
  gtk_widget_class_bind_template_child (widget_class, DpopChartPanel, view);
  gtk_widget_class_bind_template_child (widget_class, DpopChartPanel, table);
  gtk_widget_class_bind_template_child (widget_class, DpopChartPanel, table_button);
  gtk_widget_class_bind_template_child (widget_class, DpopChartPanel, status);
  gtk_widget_class_bind_template_child (widget_class, DpopChartPanel, menu);
  gtk_widget_class_install_action (widget_class, "chart.save", "u", choose_place);
}

static void
dpop_chart_panel_init (DpopChartPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dpop_spoken_name_own (GTK_WIDGET (self->table_button));
  dpop_spoken_name_menu (GTK_MENU_BUTTON (self->menu));
}

GtkWidget *
dpop_chart_panel_new (DpopChart *chart)
{
  DpopChartPanel *self = g_object_new (DPOP_TYPE_CHART_PANEL, NULL);

  dpop_chart_panel_set_chart (self, chart);
  return GTK_WIDGET (self);
}

static void
name_group (DpopChartPanel *self)
{
  const char *title = self->chart != NULL ? dpop_chart_title (self->chart) : "";

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *title != '\0' ? title : _("Chart"), -1);
}

void
dpop_chart_panel_set_chart (DpopChartPanel *self, DpopChart *chart)
{
  g_return_if_fail (DPOP_IS_CHART_PANEL (self));
  if (chart != NULL)
    dpop_chart_ref (chart);
  g_clear_pointer (&self->chart, dpop_chart_unref);
  self->chart = chart;
  dpop_chart_view_set_chart (self->view, chart);
  dpop_chart_table_set_chart (self->table, chart);
  gtk_widget_set_visible (self->content, chart != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chart.save", chart != NULL);
  name_group (self);
}

DpopChart *
dpop_chart_panel_get_chart (DpopChartPanel *self)
{
  g_return_val_if_fail (DPOP_IS_CHART_PANEL (self), NULL);
  return self->chart;
}
