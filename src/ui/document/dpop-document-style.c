/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-document-private.h"

/* Faces for reading, as far as they are there; the last ones always are. */
#define TEXT_FACES  "Source Serif 4, Source Serif Pro, Libertinus Serif, Gentium Plus, Gentium, "  \
                    "Adwaita Sans, Cantarell, Sans"
#define FIXED_FACES "Source Code Pro, Adwaita Mono, DejaVu Sans Mono, Monospace"

typedef struct
{
  const char *faces;
  double size;
  PangoWeight weight;
  double leading;       /* times the face's own height */
  double grey;
  double before, after;
  const char *tag;
} Style;

static const Style styles[] = {
  [DPOP_DOCUMENT_DISPLAY] = { TEXT_FACES, 25, PANGO_WEIGHT_BOLD, 1.05, 0, 0, 6, "H1" },
  [DPOP_DOCUMENT_TITLE] = { TEXT_FACES, 15, PANGO_WEIGHT_BOLD, 1.1, 0, 0, 5, "H2" },
  [DPOP_DOCUMENT_HEADING] = { TEXT_FACES, 11, PANGO_WEIGHT_BOLD, 1.15, 0, 7, 2, "H3" },
  [DPOP_DOCUMENT_BODY] = { TEXT_FACES, 10.5, PANGO_WEIGHT_NORMAL, 1.22, 0, 0, 4, "P" },
  [DPOP_DOCUMENT_SMALL] = { TEXT_FACES, 8.5, PANGO_WEIGHT_NORMAL, 1.15, 0.25, 0, 3, "P" },
  [DPOP_DOCUMENT_LABEL] = { TEXT_FACES, 8.5, PANGO_WEIGHT_NORMAL, 1.15, 0.4, 0, 2, "P" },
  [DPOP_DOCUMENT_FIXED] = { FIXED_FACES, 7.25, PANGO_WEIGHT_NORMAL, 1.2, 0, 0, 3, "P" },
  [DPOP_DOCUMENT_CODE] = { FIXED_FACES, 12.5, PANGO_WEIGHT_NORMAL, 1.2, 0, 4, 6, "P" },
  [DPOP_DOCUMENT_POSTER] = { FIXED_FACES, 20, PANGO_WEIGHT_BOLD, 1.06, 0, 6, 6, "P" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (styles) == DPOP_DOCUMENT_LAST_STYLE + 1);

/* What is copied from a page is to be the letters that stand there: no ligatures where letters are
 * compared one by one. Figures are as wide as each other everywhere. */
static PangoAttrList *
features_of (const Style *style)
{
  PangoAttrList *list = pango_attr_list_new ();
  gboolean fixed = g_str_equal (style->faces, FIXED_FACES);

  pango_attr_list_insert (list, pango_attr_font_features_new (fixed ? "liga=0,clig=0,calt=0"
                                                                    : "tnum=1,lnum=1"));
  pango_attr_list_insert (list, pango_attr_insert_hyphens_new (FALSE));
  return list;
}

PangoLayout *
dpop_document_layout (DpopDocument *self, DpopDocumentStyle style, const char *text, double width)
{
  const Style *own = &styles[style];
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  g_autoptr (PangoAttrList) features = features_of (own);
  PangoLayout *layout = pango_layout_new (self->context);

  pango_font_description_set_family_static (font, own->faces);
  pango_font_description_set_size (font, (int) (own->size * PANGO_SCALE));
  pango_font_description_set_weight (font, own->weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, features);
  pango_layout_set_line_spacing (layout, (float) own->leading);
  if (width >= 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

double
dpop_document_grey (DpopDocumentStyle style)
{
  return styles[style].grey;
}

double
dpop_document_before (DpopDocumentStyle style)
{
  return styles[style].before;
}

double
dpop_document_after (DpopDocumentStyle style)
{
  return styles[style].after;
}

double
dpop_document_leading (DpopDocumentStyle style)
{
  return styles[style].leading;
}

const char *
dpop_document_tag (DpopDocumentStyle style)
{
  return styles[style].tag;
}
