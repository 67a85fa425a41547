/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-document-private.h"

#include "dpop-chart-draw.h"

typedef struct
{
  DpopChart *chart;
  PangoContext *context;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  dpop_chart_unref (picture->chart);
  g_object_unref (picture->context);
  g_free (picture);
}

static void
draw (cairo_t *cairo, double width, double height, gpointer data)
{
  const Picture *picture = data;

  dpop_chart_draw (picture->chart, cairo, picture->context, width, dpop_chart_palette_paper ());
}

void
dpop_document_add_chart (DpopDocument *self, DpopChart *chart)
{
  g_autoptr (PangoLayout) like = dpop_document_layout (self, DPOP_DOCUMENT_SMALL, "", -1);
  Picture *picture = g_new0 (Picture, 1);

  picture->chart = dpop_chart_ref (chart);
  picture->context = pango_font_map_create_context (self->fonts);
  pango_context_set_font_description (picture->context, pango_layout_get_font_description (like));
  pango_context_set_round_glyph_positions (picture->context, FALSE);
  dpop_document_add_drawing (self,
                             dpop_chart_draw_height (chart, picture->context, self->column_width),
                             draw, picture, picture_free);
}
