/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The colours of a picture, by what they are for. */
typedef enum
{
  DPOP_CHART_INK_TEXT,
  DPOP_CHART_INK_DIM,     /* text that matters less */
  DPOP_CHART_INK_YES,
  DPOP_CHART_INK_NO,
  DPOP_CHART_INK_ABSTAIN,
  DPOP_CHART_INK_ACCENT,
  DPOP_CHART_INK_NEUTRAL,
  DPOP_CHART_INK_TRACK,   /* what of a bar stays empty */
  DPOP_CHART_INK_LINE,    /* lines that the eye may pass over */
  DPOP_CHART_INK_TINT,    /* below text that stands out; below a curve */
  DPOP_CHART_INK_GROUND,  /* what all of it lies on; signs within a bar */
  DPOP_CHART_N_INKS,
} DpopChartInk;

/* Not premultiplied, from 0 to 1. */
typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} DpopChartColour;

typedef struct
{
  DpopChartColour inks[DPOP_CHART_N_INKS];
  gboolean outlined; /* bars have an edge, for those who need contrast */
} DpopChartPalette;

/* On white paper; legible where it is printed in greys. */
const DpopChartPalette *dpop_chart_palette_paper (void);

/* The other inks from the few that a theme gives. TEXT is the colour of text on GROUND. */
void dpop_chart_palette_derive (DpopChartPalette *self, gboolean high_contrast);

G_END_DECLS
