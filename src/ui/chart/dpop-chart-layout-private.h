/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart-palette.h"
#include "dpop-chart.h"

#include <pango/pango.h>

G_BEGIN_DECLS

/* Where everything in a picture lies: rectangles, strokes and texts in the order of painting, in
 * pixels from the top left corner. It is laid out once, from the start of the line to its end, and
 * mirrored as a whole where the language runs from right to left; what paints it (on a GtkSnapshot,
 * on cairo) only paints. Nothing lies outside of its width and height, and no two texts overlap. */

typedef enum
{
  DPOP_CHART_ITEM_BOX,
  DPOP_CHART_ITEM_TEXT,
  DPOP_CHART_ITEM_STROKE,
  DPOP_CHART_ITEM_AREA,
} DpopChartItemKind;

typedef struct
{
  double x;
  double y;
} DpopChartPoint;

typedef struct
{
  DpopChartItemKind kind;
  DpopChartInk ink;
  double x, y, width, height;
  /* A box: how round its corners are, at its left and at its right. */
  double left_radius, right_radius;
  gboolean bar;          /* has an edge where the palette is outlined */
  PangoLayout *text;     /* owned */
  /* A stroke, or the edge of an area: from 0 to 1 across and down the item. */
  DpopChartPoint *points; /* owned */
  guint n_points;
  double line_width;
  gboolean dashed;
  gboolean upright;      /* a sign: moved in a mirror, but not mirrored itself */
} DpopChartItem;

typedef struct
{
  PangoContext *context;
  double width;
  double height;   /* grows while it is laid out */
  double unit;     /* about the size of a letter: every distance is a multiple of it */
  gboolean mirror;
  GArray *items;   /* of DpopChartItem */
} DpopChartLayout;

typedef enum
{
  DPOP_CHART_TEXT_PLAIN = 0,
  DPOP_CHART_TEXT_BOLD = 1 << 0,
  DPOP_CHART_TEXT_SMALL = 1 << 1,
  DPOP_CHART_TEXT_LARGE = 1 << 2,
  DPOP_CHART_TEXT_AT_END = 1 << 3, /* lines are flush with the end */
} DpopChartTextStyle;

typedef enum
{
  DPOP_CHART_SIGN_CHECK,
  DPOP_CHART_SIGN_CROSS,
  DPOP_CHART_SIGN_DASH,
} DpopChartSign;

typedef enum
{
  DPOP_CHART_LAYOUT_BARE = 0,
  DPOP_CHART_LAYOUT_TITLED = 1 << 0,    /* with its title above */
  DPOP_CHART_LAYOUT_DESCRIBED = 1 << 1, /* with its sentences below */
} DpopChartLayoutParts;

#define DPOP_CHART_LAYOUT_LEAST_WIDTH 160

/* WIDTH is raised to the least. The direction comes from CONTEXT's. */
DpopChartLayout *dpop_chart_layout_new  (const DpopChart *chart, PangoContext *context,
                                         double width, DpopChartLayoutParts parts);
void             dpop_chart_layout_free (DpopChartLayout *self);

/* --- For the kinds of charts: each appends below HEIGHT, and raises it. ---------------------- */

void dpop_chart_layout_outcome  (DpopChartLayout *self, const DpopChart *chart);
void dpop_chart_layout_bars     (DpopChartLayout *self, const DpopChart *chart);
void dpop_chart_layout_turnout  (DpopChartLayout *self, const DpopChart *chart);
void dpop_chart_layout_pairwise (DpopChartLayout *self, const DpopChart *chart);

/* A text that is in no place yet, wrapped at MOST pixels; its size is its item's. */
DpopChartItem dpop_chart_layout_text (DpopChartLayout *self, const char *text,
                                      DpopChartTextStyle style, DpopChartInk ink, double most);
/* Puts it there; a text's layout passes to SELF. The item is valid until the next. */
DpopChartItem *dpop_chart_layout_put (DpopChartLayout *self, DpopChartItem item, double x,
                                      double y);
DpopChartItem *dpop_chart_layout_box (DpopChartLayout *self, DpopChartInk ink, double x, double y,
                                      double width, double height, double radius);
/* A bar from START, as far across [x, x + width] as FIGURE of FULL; a figure above zero is seen. */
DpopChartItem *dpop_chart_layout_bar  (DpopChartLayout *self, DpopChartInk ink, double x, double y,
                                       double width, double height, guint64 figure, guint64 full);
void dpop_chart_layout_line (DpopChartLayout *self, DpopChartInk ink, double x1, double y1,
                             double x2, double y2, double line_width, gboolean dashed);
void dpop_chart_layout_sign (DpopChartLayout *self, DpopChartSign sign, DpopChartInk ink, double x,
                             double y, double size);
/* FALSE if the tone has none. */
gboolean     dpop_chart_layout_sign_of (DpopChartTone tone, DpopChartSign *sign);
DpopChartInk dpop_chart_layout_ink_of  (DpopChartTone tone);
/* How far FIGURE of FULL reaches along LENGTH; the only place where figures become pixels. */
double dpop_chart_layout_along (guint64 figure, guint64 full, double length);
/* The mark's words above [x, x + width], as near to POSITION as they may. Returns their height. */
double dpop_chart_layout_mark_words (DpopChartLayout *self, const DpopChartMark *mark, double x,
                                     double width, double position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopChartLayout, dpop_chart_layout_free)

G_END_DECLS
