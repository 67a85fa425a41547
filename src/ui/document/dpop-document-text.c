/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-document-private.h"

#define NUMBER_ROOM DPOP_DOCUMENT_MM (8) /* left of a numbered line */
#define BLANK_ROOM  DPOP_DOCUMENT_MM (11) /* above a line to write on */

/* --- Lines. ---------------------------------------------------------------------------------- */

void
dpop_document_line (PangoLayout *layout, int index, double *top, double *baseline, double *bottom)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int y0, y1;

  for (int i = 0; i < index; i++)
    pango_layout_iter_next_line (iter);
  pango_layout_iter_get_line_yrange (iter, &y0, &y1);
  *top = y0 / (double) PANGO_SCALE;
  *bottom = y1 / (double) PANGO_SCALE;
  *baseline = pango_layout_iter_get_baseline (iter) / (double) PANGO_SCALE;
  pango_layout_iter_free (iter);
}

static double
line_height (PangoLayout *layout, int index)
{
  double top, baseline, bottom;

  if (index >= pango_layout_get_line_count (layout))
    return 0;
  dpop_document_line (layout, index, &top, &baseline, &bottom);
  return bottom - top;
}

double
dpop_document_height (PangoLayout *layout)
{
  double top, baseline, bottom;

  dpop_document_line (layout, pango_layout_get_line_count (layout) - 1, &top, &baseline, &bottom);
  return bottom;
}

double
dpop_document_measure (DpopDocument *self, DpopDocumentStyle style, const char *text)
{
  g_autoptr (PangoLayout) layout = dpop_document_layout (self, style, text, -1);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return width / (double) PANGO_SCALE;
}

DpopDocumentItem *
dpop_document_put_line (DpopDocument *self, PangoLayout *layout, int index, double x, double y,
                        double grey, const char *tag)
{
  DpopDocumentItem *item;
  PangoRectangle logical;
  double top, baseline, bottom;

  dpop_document_line (layout, index, &top, &baseline, &bottom);
  item = dpop_document_add_item (self, DPOP_DOCUMENT_ITEM_LINE, x, y + baseline - top);
  item->layout = g_object_ref (layout);
  item->line = pango_layout_line_ref (pango_layout_get_line_readonly (layout, index));
  item->grey = grey;
  item->tag = tag;
  /* A line from right to left begins at the other side. */
  pango_layout_line_get_extents (item->line, NULL, &logical);
  if (pango_layout_line_get_resolved_direction (item->line) == PANGO_DIRECTION_RTL
      && pango_layout_get_width (layout) > 0)
    item->x += (pango_layout_get_width (layout) - logical.width) / (double) PANGO_SCALE;
  return item;
}

/* --- Labels. --------------------------------------------------------------------------------- */

void
dpop_document_add_label (DpopDocument *self, const char *label)
{
  double width = self->column_x - self->left - DPOP_DOCUMENT_MM (4);

  g_clear_object (&self->label);
  self->label = dpop_document_layout (self, DPOP_DOCUMENT_LABEL, label, MAX (width, 1));
}

void
dpop_document_put_label (DpopDocument *self, double baseline)
{
  g_autoptr (PangoLayout) label = g_steal_pointer (&self->label);
  double first, top, own, bottom;

  if (label == NULL)
    return;
  dpop_document_line (label, 0, &top, &first, &bottom);
  for (int i = 0; i < pango_layout_get_line_count (label); i++)
    {
      dpop_document_line (label, i, &top, &own, &bottom);
      dpop_document_put_line (self, label, i, self->left, baseline - first + top,
                              dpop_document_grey (DPOP_DOCUMENT_LABEL),
                              i == 0 ? dpop_document_tag (DPOP_DOCUMENT_LABEL) : "");
    }
}

/* --- Blocks. --------------------------------------------------------------------------------- */

/* No line of a paragraph stands alone at the foot or the head of a page. */
static double
needed_for (PangoLayout *layout, int index)
{
  int n = pango_layout_get_line_count (layout);
  double needed = line_height (layout, index);

  if (index == 0)
    needed += line_height (layout, 1);
  if (n == 3 && index == 0)
    needed += line_height (layout, 2);
  if (n > 3 && index == n - 2)
    needed += line_height (layout, n - 1);
  return needed;
}

static void
put_paragraph (DpopDocument *self, DpopDocumentStyle style, const char *text)
{
  g_autoptr (PangoLayout) layout = dpop_document_layout (self, style, text, self->column_width);
  const char *tag = dpop_document_tag (style);

  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    {
      double top, baseline, bottom;

      if (dpop_document_reserve (self, needed_for (layout, i)))
        tag = dpop_document_tag (style);
      dpop_document_line (layout, i, &top, &baseline, &bottom);
      if (i == 0)
        dpop_document_put_label (self, self->y + baseline - top);
      dpop_document_put_line (self, layout, i, self->column_x, self->y,
                              dpop_document_grey (style), tag);
      self->y += bottom - top;
      tag = "";
    }
  self->y += dpop_document_after (style);
}

static void
add_before (DpopDocument *self, DpopDocumentStyle style)
{
  dpop_document_page (self);
  if (self->y > self->top)
    self->y += dpop_document_before (style);
}

void
dpop_document_add_text (DpopDocument *self, DpopDocumentStyle style, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);

  add_before (self, style);
  /* A heading does not stand alone at the foot of a page. */
  if (style == DPOP_DOCUMENT_HEADING || style == DPOP_DOCUMENT_TITLE)
    dpop_document_reserve (self, DPOP_DOCUMENT_MM (24));
  for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++)
    if ((*paragraph)[0] != '\0')
      put_paragraph (self, style, *paragraph);
}

static void
put_number (DpopDocument *self, guint number, double baseline)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autoptr (PangoLayout) layout = dpop_document_layout (self, DPOP_DOCUMENT_LABEL, text, -1);
  DpopDocumentItem *item;
  double top, own, bottom;
  int width;

  dpop_document_line (layout, 0, &top, &own, &bottom);
  pango_layout_get_size (layout, &width, NULL);
  item = dpop_document_put_line (self, layout, 0,
                                 self->left + NUMBER_ROOM - DPOP_DOCUMENT_MM (3)
                                     - width / (double) PANGO_SCALE,
                                 baseline - own + top, dpop_document_grey (DPOP_DOCUMENT_LABEL),
                                 "");
  item->outline = TRUE;
}

static void
add_each_line (DpopDocument *self, DpopDocumentStyle style, const char *text, gboolean numbered)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);
  const char *tag = dpop_document_tag (style);

  while (n > 0 && lines[n - 1][0] == '\0')
    n--;
  add_before (self, style);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PangoLayout) layout = dpop_document_layout (self, style, lines[i], -1);
      double top, baseline, bottom;

      dpop_document_line (layout, 0, &top, &baseline, &bottom);
      if (dpop_document_reserve (self, bottom - top) || lines[i][0] == '\0')
        tag = dpop_document_tag (style);
      if (numbered && i > 0)
        put_number (self, i, self->y + baseline - top);
      if (lines[i][0] != '\0')
        {
          dpop_document_put_line (self, layout, 0, self->left + (numbered ? NUMBER_ROOM : 0),
                                  self->y, dpop_document_grey (style), tag);
          tag = numbered ? dpop_document_tag (style) : "";
        }
      self->y += (bottom - top) * dpop_document_leading (style);
    }
  self->y += dpop_document_after (style);
}

void
dpop_document_add_lines (DpopDocument *self, DpopDocumentStyle style, const char *lines)
{
  add_each_line (self, style, lines, FALSE);
}

void
dpop_document_add_code (DpopDocument *self, DpopDocumentStyle style, const char *code)
{
  add_each_line (self, style, code, TRUE);
}

/* --- What is no text. ------------------------------------------------------------------------ */

void
dpop_document_add_space (DpopDocument *self, double height)
{
  dpop_document_page (self);
  if (self->y > self->top)
    self->y += height;
}

void
dpop_document_add_space_to (DpopDocument *self, double y)
{
  dpop_document_page (self);
  self->y = MAX (self->y, y);
}

void
dpop_document_add_rule (DpopDocument *self)
{
  DpopDocumentItem *item;

  dpop_document_reserve (self, DPOP_DOCUMENT_MM (2));
  item = dpop_document_add_item (self, DPOP_DOCUMENT_ITEM_RULE, self->column_x, self->y);
  item->width = self->column_width;
  item->grey = 0.6;
  self->y += DPOP_DOCUMENT_MM (2);
}

void
dpop_document_add_blank (DpopDocument *self, const char *label)
{
  DpopDocumentItem *item;

  dpop_document_reserve (self, BLANK_ROOM + DPOP_DOCUMENT_MM (6));
  dpop_document_put_label (self, self->y + BLANK_ROOM);
  self->y += BLANK_ROOM;
  item = dpop_document_add_item (self, DPOP_DOCUMENT_ITEM_RULE, self->column_x, self->y);
  item->width = self->column_width;
  self->y += DPOP_DOCUMENT_MM (1);
  dpop_document_add_text (self, DPOP_DOCUMENT_LABEL, label);
}

void
dpop_document_add_drawing (DpopDocument *self, double height, DpopDocumentDraw draw, gpointer data,
                           GDestroyNotify free_data)
{
  DpopDocumentItem *item;

  dpop_document_reserve (self, height);
  dpop_document_put_label (self, self->y + height / 2);
  item = dpop_document_add_item (self, DPOP_DOCUMENT_ITEM_DRAWING, self->column_x, self->y);
  item->width = self->column_width;
  item->height = height;
  item->draw = draw;
  item->data = data;
  item->free_data = free_data;
  self->y += height;
}

void
dpop_document_place_text (DpopDocument *self, DpopDocumentStyle style, const char *text, double x,
                          double y, double width, double height)
{
  g_autoptr (PangoLayout) layout = dpop_document_layout (self, style, text, width);
  double top, baseline, bottom;

  dpop_document_page (self);
  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    {
      dpop_document_line (layout, i, &top, &baseline, &bottom);
      if (bottom > height + 0.1)
        break;
      dpop_document_put_line (self, layout, i, x, y + top, dpop_document_grey (style),
                              i == 0 ? dpop_document_tag (style) : "");
    }
}

void
dpop_document_place_rule (DpopDocument *self, double x, double y, double width)
{
  DpopDocumentItem *item = dpop_document_add_item (self, DPOP_DOCUMENT_ITEM_RULE, x, y);

  item->width = width;
  item->grey = 0.5;
}
