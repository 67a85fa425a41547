/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-document.h"

G_BEGIN_DECLS

typedef enum
{
  DPOP_DOCUMENT_ITEM_LINE,
  DPOP_DOCUMENT_ITEM_RULE,
  DPOP_DOCUMENT_ITEM_DRAWING,
} DpopDocumentItemKind;

/* Something at its place on a page. */
typedef struct
{
  DpopDocumentItemKind kind;
  double x, y;           /* of a line: the baseline */
  double width, height;
  PangoLayout *layout;   /* keeps LINE alive */
  PangoLayoutLine *line;
  double grey;           /* 0: black */
  gboolean outline;      /* drawn, not written: it is no part of what is copied */
  const char *tag;       /* of the structure of a PDF; "" within the block that ITEM began */
  DpopDocumentDraw draw;
  gpointer data;
  GDestroyNotify free_data;
} DpopDocumentItem;

typedef struct
{
  GPtrArray *items;
  guint part;        /* from 0 */
  guint number;      /* in its part, from 1 */
  gboolean hidden;   /* its foot is drawn */
} DpopDocumentPage;

typedef struct
{
  char *footer;
  guint n_pages;
} DpopDocumentPart;

struct _DpopDocument
{
  char *title;
  char *author;
  gint64 created;
  double width, height;
  double top, bottom, left, right; /* margins */
  double column_x, column_width;
  PangoFontMap *fonts;
  PangoContext *context;
  GPtrArray *pages;
  GArray *parts;
  double y;          /* of what comes next */
  PangoLayout *label; /* for the next block; or NULL */
  gboolean hide_feet;
};

/* A layout of TEXT in STYLE; WIDTH below 0: it does not wrap. The caller unrefs. */
PangoLayout *dpop_document_layout (DpopDocument *self, DpopDocumentStyle style, const char *text,
                                   double width);
double       dpop_document_grey   (DpopDocumentStyle style);
/* Space before and after a block in STYLE. */
double       dpop_document_before (DpopDocumentStyle style);
double       dpop_document_after  (DpopDocumentStyle style);
/* How far apart lines are, times their height: within a layout Pango sees to it. */
double       dpop_document_leading (DpopDocumentStyle style);
const char  *dpop_document_tag    (DpopDocumentStyle style);
double       dpop_document_height (PangoLayout *layout);
/* Where line INDEX of a layout is, from the layout's top. */
void         dpop_document_line   (PangoLayout *layout, int index, double *top, double *baseline,
                                   double *bottom);

DpopDocumentPage *dpop_document_page (DpopDocument *self); /* the last */
/* Goes on to the next page unless HEIGHT fits on this one. TRUE when it did. */
gboolean          dpop_document_reserve (DpopDocument *self, double height);
DpopDocumentItem *dpop_document_add_item (DpopDocument *self, DpopDocumentItemKind kind, double x,
                                          double y);
/* Line INDEX of LAYOUT with its top at Y. */
DpopDocumentItem *dpop_document_put_line (DpopDocument *self, PangoLayout *layout, int index,
                                          double x, double y, double grey, const char *tag);
/* Puts the label that waits, if one does, on BASELINE. */
void              dpop_document_put_label (DpopDocument *self, double baseline);

G_END_DECLS
