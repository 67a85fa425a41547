/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-table.h"

#include "dpop-chart-sheet.h"

#include <glib/gi18n-lib.h>

struct _DpopChartTable
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *rest; /* how many rows are not shown */
  PangoAttrList *whole_words; /* no hyphen where a name is cut */
};

G_DEFINE_FINAL_TYPE (DpopChartTable, dpop_chart_table, GTK_TYPE_WIDGET)

static void
add_label (DpopChartTable *self, const DpopChartSheet *sheet, const char *text, guint column,
           int row)
{
  GtkWidget *label = gtk_label_new (text);
  gboolean figure = dpop_chart_sheet_is_figure (sheet, column);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_attributes (GTK_LABEL (label), self->whole_words);
  gtk_label_set_xalign (GTK_LABEL (label), figure ? 1 : 0);
  gtk_label_set_justify (GTK_LABEL (label), figure ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (label, !figure);
  if (figure)
    gtk_widget_add_css_class (label, "numeric");
  if (row == 0)
    {
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_widget_add_css_class (label, "dim-label");
    }
  else if (column > 0 && *text != '\0')
    {
      /* Translators: a cell of a table as it is read out: the row's name, the column's, and what
       * stands there: "Rosa Martinez, Votes: 30". */
      g_autofree char *spoken = g_strdup_printf (_("%s, %s: %s"),
                                                 dpop_chart_sheet_cell (sheet, (guint) row / 2 - 1,
                                                                        0),
                                                 dpop_chart_sheet_heading (sheet, column), text);

      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken, -1);
    }
  gtk_grid_attach (GTK_GRID (self->grid), label, (int) column, row, 1, 1);
}

static void
add_line (DpopChartTable *self, guint n_columns, int row)
{
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_grid_attach (GTK_GRID (self->grid), line, 0, row, (int) n_columns, 1);
}

static void
say_the_rest (DpopChartTable *self, const DpopChartSheet *sheet)
{
  guint shown = dpop_chart_sheet_n_rows (sheet), left_out = dpop_chart_sheet_n_left_out (sheet);
  g_autofree char *words = g_strdup_printf (ngettext ("%u of %u row is shown here. Save the table "
                                                      "to read all of it.",
                                                      "%u of %u rows are shown here. Save the "
                                                      "table to read all of it.",
                                                      shown + left_out),
                                            shown, shown + left_out);

  gtk_label_set_text (GTK_LABEL (self->rest), words);
  gtk_widget_set_visible (self->rest, left_out > 0);
}

static void
dpop_chart_table_dispose (GObject *object)
{
  DpopChartTable *self = DPOP_CHART_TABLE (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->rest, gtk_widget_unparent);
  g_clear_pointer (&self->whole_words, pango_attr_list_unref);
  G_OBJECT_CLASS (dpop_chart_table_parent_class)->dispose (object);
}

static void
dpop_chart_table_class_init (DpopChartTableClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dpop_chart_table_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "charttable");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_TABLE);
}

static void
dpop_chart_table_init (DpopChartTable *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->whole_words = pango_attr_list_new ();
  pango_attr_list_insert (self->whole_words, pango_attr_insert_hyphens_new (FALSE));
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  self->rest = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->rest), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->rest), 0);
  gtk_widget_add_css_class (self->rest, "dim-label");
  gtk_widget_set_parent (self->rest, GTK_WIDGET (self));
}

GtkWidget *
dpop_chart_table_new (DpopChart *chart)
{
  DpopChartTable *self = g_object_new (DPOP_TYPE_CHART_TABLE, NULL);

  dpop_chart_table_set_chart (self, chart);
  return GTK_WIDGET (self);
}

void
dpop_chart_table_set_chart (DpopChartTable *self, DpopChart *chart)
{
  g_autoptr (DpopChartSheet) sheet = NULL;
  GtkWidget *child;
  guint n_columns, n_rows;

  g_return_if_fail (DPOP_IS_CHART_TABLE (self));
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  gtk_widget_hide (self->rest);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chart != NULL && *dpop_chart_title (chart) != '\0'
                                  ? dpop_chart_title (chart) : _("Table"), -1);
  if (chart == NULL)
    return;
  sheet = dpop_chart_sheet_new (chart, DPOP_CHART_SHEET_FOR_READING);
  n_columns = dpop_chart_sheet_n_columns (sheet);
  n_rows = dpop_chart_sheet_n_rows (sheet);
  for (guint column = 0; column < n_columns; column++)
    add_label (self, sheet, dpop_chart_sheet_heading (sheet, column), column, 0);
  for (guint row = 0; row < n_rows; row++)
    {
      int place = (int) row * 2 + 2;

      add_line (self, n_columns, place - 1);
      for (guint column = 0; column < n_columns; column++)
        add_label (self, sheet, dpop_chart_sheet_cell (sheet, row, column), column, place);
    }
  say_the_rest (self, sheet);
}
