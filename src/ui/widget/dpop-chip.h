/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A state in words, in a rounded box: "open until Sunday 18:00". The tone only underlines what the
 * words say. Properties: "label", "tone" (a DpopChipTone). */
#define DPOP_TYPE_CHIP (dpop_chip_get_type ())
G_DECLARE_FINAL_TYPE (DpopChip, dpop_chip, DPOP, CHIP, AdwBin)

typedef enum
{
  DPOP_CHIP_QUIET,
  DPOP_CHIP_ACCENT,  /* something can be done */
  DPOP_CHIP_SUCCESS,
  DPOP_CHIP_WARNING, /* not final yet, on hold */
  DPOP_CHIP_ERROR,
} DpopChipTone;

GtkWidget *dpop_chip_new (const char *label, DpopChipTone tone);
void       dpop_chip_set (DpopChip *self, const char *label, DpopChipTone tone);

G_END_DECLS
