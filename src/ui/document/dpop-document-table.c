/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-document-private.h"

#define GAP      DPOP_DOCUMENT_MM (4) /* between columns */
#define ROW_GAP  2.2                  /* above and below what stands in a row */
#define LIST_GAP 0.6                  /* the same without headings: a list */
#define TEXT_MIN DPOP_DOCUMENT_MM (30)

typedef struct
{
  DpopDocument *document;
  const DpopDocumentColumn *columns;
  guint n_columns;
  const GPtrArray *cells;
  double *widths;
  gboolean headed;
  double gap;
} Table;

static const char *
cell (const Table *self, guint row, guint column)
{
  return self->cells->pdata[row * self->n_columns + column];
}

static double
natural_width (const Table *self, guint column)
{
  const char *heading = self->columns[column].heading;
  double width = heading != NULL ? dpop_document_measure (self->document, DPOP_DOCUMENT_LABEL,
                                                          heading)
                                 : 0;

  for (guint row = 0; row < self->cells->len / self->n_columns; row++)
    width = MAX (width, dpop_document_measure (self->document, DPOP_DOCUMENT_BODY,
                                               cell (self, row, column)));
  return width;
}

/* Columns are as wide as what is in them; the first one of text has the rest. */
static void
set_widths (Table *self)
{
  double left = self->document->column_width - GAP * (self->n_columns - 1);
  int flexible = -1;

  for (guint i = 0; i < self->n_columns; i++)
    {
      self->headed = self->headed || self->columns[i].heading != NULL;
      if (flexible < 0 && !self->columns[i].figures)
        {
          flexible = (int) i;
          continue;
        }
      self->widths[i] = natural_width (self, i);
      left -= self->widths[i];
    }
  if (flexible >= 0)
    self->widths[flexible] = MAX (left, TEXT_MIN);
}

static void
put_rule (Table *self, double grey)
{
  DpopDocumentItem *item = dpop_document_add_item (self->document, DPOP_DOCUMENT_ITEM_RULE,
                                                   self->document->column_x, self->document->y);

  item->width = self->document->column_width;
  item->grey = grey;
}

static PangoLayout *
layout_cell (Table *self, guint column, DpopDocumentStyle style, const char *text)
{
  gboolean figures = self->columns[column].figures;
  PangoLayout *layout = dpop_document_layout (self->document, style, text,
                                              figures ? -1 : self->widths[column]);

  if (!figures)
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

static double
cell_x (Table *self, guint column, PangoLayout *layout)
{
  double x = self->document->column_x;
  int width;

  for (guint i = 0; i < column; i++)
    x += self->widths[i] + GAP;
  pango_layout_get_size (layout, &width, NULL);
  return self->columns[column].figures ? x + self->widths[column] - width / (double) PANGO_SCALE
                                       : x;
}

static double
row_height (GPtrArray *layouts)
{
  double height = 0;

  for (guint i = 0; i < layouts->len; i++)
    height = MAX (height, dpop_document_height (layouts->pdata[i]));
  return height;
}

static void
put_row (Table *self, GPtrArray *layouts, DpopDocumentStyle style, double height)
{
  DpopDocument *document = self->document;

  document->y += self->gap;
  for (guint column = 0; column < self->n_columns; column++)
    {
      PangoLayout *layout = layouts->pdata[column];
      double x = cell_x (self, column, layout);

      for (int i = 0; i < pango_layout_get_line_count (layout); i++)
        {
          double top, baseline, bottom;

          dpop_document_line (layout, i, &top, &baseline, &bottom);
          if (column == 0 && i == 0)
            dpop_document_put_label (document, document->y + baseline);
          dpop_document_put_line (document, layout, i, x, document->y + top,
                                  dpop_document_grey (style), i == 0 ? "P" : "");
        }
    }
  document->y += height + self->gap;
}

static void
put_head (Table *self)
{
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);

  if (!self->headed)
    return;
  for (guint i = 0; i < self->n_columns; i++)
    g_ptr_array_add (layouts, layout_cell (self, i, DPOP_DOCUMENT_LABEL,
                                           self->columns[i].heading != NULL
                                               ? self->columns[i].heading
                                               : ""));
  put_row (self, layouts, DPOP_DOCUMENT_LABEL, row_height (layouts));
  put_rule (self, 0.3);
}

void
dpop_document_add_table (DpopDocument *document, const DpopDocumentColumn *columns,
                         guint n_columns, const GPtrArray *cells)
{
  g_autofree double *widths = g_new0 (double, n_columns);
  Table self = { document, columns, n_columns, cells, widths, FALSE, LIST_GAP };

  set_widths (&self);
  self.gap = self.headed ? ROW_GAP : LIST_GAP;
  dpop_document_reserve (document, DPOP_DOCUMENT_MM (18));
  put_head (&self);
  for (guint row = 0; row < cells->len / n_columns; row++)
    {
      g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);
      double height;

      for (guint i = 0; i < n_columns; i++)
        g_ptr_array_add (layouts, layout_cell (&self, i, DPOP_DOCUMENT_BODY, cell (&self, row, i)));
      height = row_height (layouts);
      if (dpop_document_reserve (document, height + 2 * self.gap))
        put_head (&self);
      else if (row > 0 && self.headed)
        put_rule (&self, 0.8);
      put_row (&self, layouts, DPOP_DOCUMENT_BODY, height);
    }
  document->y += DPOP_DOCUMENT_MM (3);
}
