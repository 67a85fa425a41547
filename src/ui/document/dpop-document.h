/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-chart.h"

#include <cairo.h>
#include <gio/gio.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/* Text on pages: to print, and to keep as PDF. Blocks are added one after the other and set at
 * once, from the top of the page down; what does not fit goes on to the next page. Everything is
 * set in Pango and Cairo alone: no display is needed. One thread.
 *
 * Lengths are points (1/72 inch). A text column is as wide as some 68 letters, whatever the paper
 * and the font; left of it there is room for a label beside a block. */
#define DPOP_DOCUMENT_MM(mm) ((mm) * 72.0 / 25.4)

typedef enum
{
  DPOP_DOCUMENT_A4,
  DPOP_DOCUMENT_LETTER,
  DPOP_DOCUMENT_A4_LANDSCAPE,
  DPOP_DOCUMENT_LETTER_LANDSCAPE,
} DpopDocumentPaper;

typedef enum
{
  DPOP_DOCUMENT_DISPLAY, /* the one sentence of a page */
  DPOP_DOCUMENT_TITLE,
  DPOP_DOCUMENT_HEADING,
  DPOP_DOCUMENT_BODY,
  DPOP_DOCUMENT_SMALL,
  DPOP_DOCUMENT_LABEL,   /* what stands beside or above: small and grey */
  DPOP_DOCUMENT_FIXED,   /* fixed pitch, small: numbers that are compared, texts that are signed */
  DPOP_DOCUMENT_CODE,    /* fixed pitch, large: what is typed */
  DPOP_DOCUMENT_POSTER,  /* fixed pitch, to be read across a room */
} DpopDocumentStyle;
#define DPOP_DOCUMENT_LAST_STYLE DPOP_DOCUMENT_POSTER

typedef struct _DpopDocument DpopDocument;

/* TITLE and AUTHOR go into the file; CREATED is in ms. */
DpopDocument *dpop_document_new   (DpopDocumentPaper paper, const char *title, const char *author,
                                   gint64 created);
DpopDocument *dpop_document_ref   (DpopDocument *self);
void          dpop_document_unref (DpopDocument *self);

const char *dpop_document_title   (const DpopDocument *self);
void        dpop_document_size    (const DpopDocument *self, double *width, double *height);
guint       dpop_document_n_pages (const DpopDocument *self);
/* The column begins at LEFT, without room for labels, as in a letter; before the first block. */
void        dpop_document_set_letter (DpopDocument *self, double left);
/* Where the text column begins, and its width. */
void        dpop_document_column  (const DpopDocument *self, double *x, double *width);
/* The room left on the page. */
double      dpop_document_room    (const DpopDocument *self);

/* --- What is on the pages. -------------------------------------------------------------------- */

/* A part with pages of its own, counted from 1: each letter of many. FOOTER (may be NULL) stands at
 * the foot of its pages, beside "Page 1 of 2" where there are several. The first begins the first
 * page. */
void dpop_document_begin_part (DpopDocument *self, const char *footer);
/* From here on the feet of this part's pages are drawn and not written, so that nothing of them is
 * copied with a text that goes over several pages. */
void dpop_document_hide_feet  (DpopDocument *self);
void dpop_document_new_page   (DpopDocument *self);

/* The label stands left of the next block, on its first line. */
void dpop_document_add_label (DpopDocument *self, const char *label);
/* Text, which wraps; paragraphs end with a line end. */
void dpop_document_add_text  (DpopDocument *self, DpopDocumentStyle style, const char *text);
/* Lines as they are, from the page's left margin. */
void dpop_document_add_lines (DpopDocument *self, DpopDocumentStyle style, const char *lines);
/* The same, numbered from 1: the code's own head is line 0. */
void dpop_document_add_code  (DpopDocument *self, DpopDocumentStyle style, const char *code);
void dpop_document_add_space (DpopDocument *self, double height);
/* Down to Y from the page's top, if it is not lower already. */
void dpop_document_add_space_to (DpopDocument *self, double y);
/* A hairline over the column. */
void dpop_document_add_rule  (DpopDocument *self);
/* A line to write on, with a label under it. */
void dpop_document_add_blank (DpopDocument *self, const char *label);

typedef struct
{
  const char *heading; /* NULL: none */
  gboolean figures;    /* as wide as it needs, from the right, digits of one width */
} DpopDocumentColumn;

/* CELLS row by row. The first column that is not of figures takes what room is left. The headings
 * are repeated where a table goes on. */
void dpop_document_add_table (DpopDocument *self, const DpopDocumentColumn *columns,
                              guint n_columns, const GPtrArray *cells);

/* Draws a picture into WIDTH x HEIGHT, from (0, 0). */
typedef void (*DpopDocumentDraw) (cairo_t *cairo, double width, double height, gpointer data);
void dpop_document_add_drawing (DpopDocument *self, double height, DpopDocumentDraw draw,
                                gpointer data, GDestroyNotify free_data);

/* As wide as the column, in the colours of paper. */
void dpop_document_add_chart (DpopDocument *self, DpopChart *chart);

/* At a place of the page, whatever else is there: addresses, marks. Lines beyond HEIGHT are left
 * out. */
void dpop_document_place_text (DpopDocument *self, DpopDocumentStyle style, const char *text,
                               double x, double y, double width, double height);
void dpop_document_place_rule (DpopDocument *self, double x, double y, double width);
/* How wide TEXT is on one line. */
double dpop_document_measure  (DpopDocument *self, DpopDocumentStyle style, const char *text);

/* --- Where it goes. --------------------------------------------------------------------------- */

/* PAGE from 0, onto a surface in points. */
void     dpop_document_draw_page (DpopDocument *self, guint page, cairo_t *cairo);
/* All of it, as a PDF file. NULL with an error when it cannot be made. */
GBytes  *dpop_document_to_pdf    (DpopDocument *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDocument, dpop_document_unref)

G_END_DECLS
