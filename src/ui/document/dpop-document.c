/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-document-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

/* Letters a line that are read without losing the next one: 62 to 72. */
#define MEASURE     68
#define SIDE        DPOP_DOCUMENT_MM (32)
#define SIDE_GAP    DPOP_DOCUMENT_MM (5)
#define HAIRLINE    0.5

/* --- Pages. ---------------------------------------------------------------------------------- */

static void
item_free (gpointer data)
{
  DpopDocumentItem *item = data;

  if (item->line != NULL)
    pango_layout_line_unref (item->line);
  g_clear_object (&item->layout);
  if (item->free_data != NULL)
    item->free_data (item->data);
  g_free (item);
}

static void
page_free (gpointer data)
{
  DpopDocumentPage *page = data;

  g_ptr_array_unref (page->items);
  g_free (page);
}

static void
part_clear (gpointer data)
{
  g_free (((DpopDocumentPart *) data)->footer);
}

static void
document_clear (DpopDocument *self)
{
  g_free (self->title);
  g_free (self->author);
  g_ptr_array_unref (self->pages);
  g_array_unref (self->parts);
  g_clear_object (&self->label);
  g_object_unref (self->context);
  g_object_unref (self->fonts);
}

DpopDocument *
dpop_document_ref (DpopDocument *self)
{
  return g_rc_box_acquire (self);
}

void
dpop_document_unref (DpopDocument *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, (GDestroyNotify) document_clear);
}

static void
set_paper (DpopDocument *self, DpopDocumentPaper paper)
{
  gboolean letter = paper == DPOP_DOCUMENT_LETTER || paper == DPOP_DOCUMENT_LETTER_LANDSCAPE;
  double short_side = letter ? 612 : DPOP_DOCUMENT_MM (210);
  double long_side = letter ? 792 : DPOP_DOCUMENT_MM (297);
  gboolean lies = paper == DPOP_DOCUMENT_A4_LANDSCAPE || paper == DPOP_DOCUMENT_LETTER_LANDSCAPE;

  self->width = lies ? long_side : short_side;
  self->height = lies ? short_side : long_side;
  self->left = self->right = DPOP_DOCUMENT_MM (22);
  self->top = DPOP_DOCUMENT_MM (22);
  self->bottom = DPOP_DOCUMENT_MM (24);
  self->column_x = lies ? self->left : self->left + SIDE + SIDE_GAP;
}

/* The width of the column comes from the letters it is to hold; what lies is no page to read. */
static void
set_column (DpopDocument *self)
{
  static const char sample[] = "the quick brown fox and the members of a choir vote on a new piano";
  double most = self->width - self->right - self->column_x;
  double letter = dpop_document_measure (self, DPOP_DOCUMENT_BODY, sample)
                  / (double) g_utf8_strlen (sample, -1);

  self->column_width = self->width > self->height ? most : MIN (most, letter * MEASURE);
}

DpopDocument *
dpop_document_new (DpopDocumentPaper paper, const char *title, const char *author, gint64 created)
{
  DpopDocument *self = g_rc_box_new0 (DpopDocument);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->title = g_strdup (title);
  self->author = g_strdup (author);
  self->created = created;
  self->pages = g_ptr_array_new_with_free_func (page_free);
  self->parts = g_array_new (FALSE, TRUE, sizeof (DpopDocumentPart));
  g_array_set_clear_func (self->parts, part_clear);
  self->fonts = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->fonts), 72);
  self->context = pango_font_map_create_context (self->fonts);
  /* Letters stand where the page wants them, not where a screen has pixels. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
  set_paper (self, paper);
  set_column (self);
  return self;
}

void
dpop_document_set_letter (DpopDocument *self, double left)
{
  self->left = left;
  self->column_x = left;
  set_column (self);
}

const char *
dpop_document_title (const DpopDocument *self)
{
  return self->title;
}

void
dpop_document_size (const DpopDocument *self, double *width, double *height)
{
  *width = self->width;
  *height = self->height;
}

guint
dpop_document_n_pages (const DpopDocument *self)
{
  return self->pages->len;
}

void
dpop_document_column (const DpopDocument *self, double *x, double *width)
{
  *x = self->column_x;
  *width = self->column_width;
}

double
dpop_document_room (const DpopDocument *self)
{
  return self->height - self->bottom - self->y;
}

static void
add_page (DpopDocument *self)
{
  DpopDocumentPart *part = &g_array_index (self->parts, DpopDocumentPart, self->parts->len - 1);
  DpopDocumentPage *page = g_new0 (DpopDocumentPage, 1);

  page->items = g_ptr_array_new_with_free_func (item_free);
  page->part = self->parts->len - 1;
  page->number = ++part->n_pages;
  page->hidden = self->hide_feet;
  g_ptr_array_add (self->pages, page);
  self->y = self->top;
}

void
dpop_document_begin_part (DpopDocument *self, const char *footer)
{
  const DpopDocumentPart part = { .footer = g_strdup (footer) };

  g_array_append_val (self->parts, part);
  self->hide_feet = FALSE;
  add_page (self);
}

void
dpop_document_hide_feet (DpopDocument *self)
{
  self->hide_feet = TRUE;
  dpop_document_page (self)->hidden = TRUE;
}

void
dpop_document_new_page (DpopDocument *self)
{
  add_page (self);
}

DpopDocumentPage *
dpop_document_page (DpopDocument *self)
{
  if (self->pages->len == 0)
    dpop_document_begin_part (self, NULL);
  return self->pages->pdata[self->pages->len - 1];
}

gboolean
dpop_document_reserve (DpopDocument *self, double height)
{
  dpop_document_page (self);
  /* What fits on no page begins where it stands. */
  if (height <= dpop_document_room (self) || self->y <= self->top)
    return FALSE;
  add_page (self);
  return TRUE;
}

DpopDocumentItem *
dpop_document_add_item (DpopDocument *self, DpopDocumentItemKind kind, double x, double y)
{
  DpopDocumentItem *item = g_new0 (DpopDocumentItem, 1);

  item->kind = kind;
  item->x = x;
  item->y = y;
  item->tag = "";
  g_ptr_array_add (dpop_document_page (self)->items, item);
  return item;
}

/* --- Drawing. -------------------------------------------------------------------------------- */

static void
draw_item (const DpopDocumentItem *item, cairo_t *cairo)
{
  cairo_save (cairo);
  cairo_set_source_rgb (cairo, item->grey, item->grey, item->grey);
  cairo_translate (cairo, item->x, item->y);
  switch (item->kind)
    {
    case DPOP_DOCUMENT_ITEM_LINE:
      cairo_move_to (cairo, 0, 0);
      if (item->outline)
        {
          pango_cairo_layout_line_path (cairo, item->line);
          cairo_fill (cairo);
        }
      else
        pango_cairo_show_layout_line (cairo, item->line);
      break;
    case DPOP_DOCUMENT_ITEM_RULE:
      cairo_set_line_width (cairo, HAIRLINE);
      cairo_move_to (cairo, 0, 0);
      cairo_line_to (cairo, item->width, 0);
      cairo_stroke (cairo);
      break;
    case DPOP_DOCUMENT_ITEM_DRAWING:
    default:
      item->draw (cairo, item->width, item->height, item->data);
      break;
    }
  cairo_restore (cairo);
}

static void
draw_foot_text (DpopDocument *self, const char *text, gboolean at_end, gboolean hidden,
                cairo_t *cairo)
{
  g_autoptr (PangoLayout) layout = dpop_document_layout (self, DPOP_DOCUMENT_LABEL, text, -1);
  double grey = dpop_document_grey (DPOP_DOCUMENT_LABEL);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  cairo_set_source_rgb (cairo, grey, grey, grey);
  cairo_move_to (cairo, at_end ? self->width - self->right - width / (double) PANGO_SCALE
                               : self->left,
                 self->height - self->bottom + DPOP_DOCUMENT_MM (8));
  if (!hidden)
    {
      pango_cairo_show_layout (cairo, layout);
      return;
    }
  pango_cairo_layout_path (cairo, layout);
  cairo_fill (cairo);
}

static void
draw_foot (DpopDocument *self, const DpopDocumentPage *page, cairo_t *cairo)
{
  const DpopDocumentPart *part = &g_array_index (self->parts, DpopDocumentPart, page->part);
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page->number, part->n_pages);

  if (part->footer != NULL)
    draw_foot_text (self, part->footer, FALSE, page->hidden, cairo);
  if (part->n_pages > 1)
    draw_foot_text (self, number, TRUE, page->hidden, cairo);
}

void
dpop_document_draw_page (DpopDocument *self, guint number, cairo_t *cairo)
{
  const DpopDocumentPage *page;
  const char *open = NULL; /* the tag of the block that is being drawn */

  g_return_if_fail (number < self->pages->len);
  page = self->pages->pdata[number];
  for (guint i = 0; i < page->items->len; i++)
    {
      const DpopDocumentItem *item = page->items->pdata[i];
      gboolean begins = item->tag[0] != '\0';

      if (open != NULL && (begins || item->kind != DPOP_DOCUMENT_ITEM_LINE || item->outline))
        {
          cairo_tag_end (cairo, open);
          open = NULL;
        }
      if (begins)
        cairo_tag_begin (cairo, open = item->tag, NULL);
      draw_item (item, cairo);
    }
  if (open != NULL)
    cairo_tag_end (cairo, open);
  draw_foot (self, page, cairo);
}

/* --- A file. --------------------------------------------------------------------------------- */

static cairo_status_t
take_bytes (void *closure, const unsigned char *bytes, unsigned int size)
{
  g_byte_array_append (closure, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

static void
describe (const DpopDocument *self, cairo_surface_t *surface)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (self->created / 1000);
  g_autofree char *created = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "DPOP");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

GBytes *
dpop_document_to_pdf (DpopDocument *self, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (take_bytes, bytes, self->width, self->height);
  cairo_t *cairo = cairo_create (surface);
  cairo_status_t status;

  describe (self, surface);
  cairo_tag_begin (cairo, "Document", NULL);
  for (guint i = 0; i < self->pages->len; i++)
    {
      dpop_document_draw_page (self, i, cairo);
      if (i + 1 == self->pages->len)
        cairo_tag_end (cairo, "Document");
      cairo_show_page (cairo);
    }
  status = cairo_status (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The pages could not be made: %s"),
               cairo_status_to_string (status));
  return NULL;
}
