/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-chart-palette.h"

#define PART(hex, shift) (((hex) >> (shift) & 0xff) / 255.0)
#define COLOUR(hex)      { PART (hex, 16), PART (hex, 8), PART (hex, 0), 1 }

const DpopChartPalette *
dpop_chart_palette_paper (void)
{
  /* The green is lighter than the red by so much that they differ without colour as well. */
  static const DpopChartPalette paper = {
    .inks = {
      [DPOP_CHART_INK_TEXT] = COLOUR (0x1a1a1a),
      [DPOP_CHART_INK_DIM] = COLOUR (0x5a5a5a),
      [DPOP_CHART_INK_YES] = COLOUR (0x2a9d66),
      [DPOP_CHART_INK_NO] = COLOUR (0xb3202c),
      [DPOP_CHART_INK_ABSTAIN] = COLOUR (0x8b8b8b),
      [DPOP_CHART_INK_ACCENT] = COLOUR (0x1c71d8),
      [DPOP_CHART_INK_NEUTRAL] = COLOUR (0x8b8b8b),
      [DPOP_CHART_INK_TRACK] = COLOUR (0xe6e6e6),
      [DPOP_CHART_INK_LINE] = COLOUR (0xd0d0d0),
      [DPOP_CHART_INK_TINT] = COLOUR (0xe3ecf7),
      [DPOP_CHART_INK_GROUND] = COLOUR (0xffffff),
    },
  };

  return &paper;
}

static DpopChartColour
faded (const DpopChartPalette *self, DpopChartInk ink, double alpha)
{
  DpopChartColour colour = self->inks[ink];

  colour.alpha *= alpha;
  return colour;
}

void
dpop_chart_palette_derive (DpopChartPalette *self, gboolean high_contrast)
{
  DpopChartColour *inks = self->inks;

  inks[DPOP_CHART_INK_DIM] = faded (self, DPOP_CHART_INK_TEXT, high_contrast ? 0.95 : 0.7);
  inks[DPOP_CHART_INK_ABSTAIN] = faded (self, DPOP_CHART_INK_TEXT, high_contrast ? 0.65 : 0.45);
  inks[DPOP_CHART_INK_NEUTRAL] = inks[DPOP_CHART_INK_ABSTAIN];
  inks[DPOP_CHART_INK_TRACK] = faded (self, DPOP_CHART_INK_TEXT, high_contrast ? 0.05 : 0.1);
  inks[DPOP_CHART_INK_LINE] = faded (self, DPOP_CHART_INK_TEXT, high_contrast ? 0.6 : 0.18);
  inks[DPOP_CHART_INK_TINT] = faded (self, DPOP_CHART_INK_ACCENT, high_contrast ? 0.25 : 0.14);
  self->outlined = high_contrast;
}
