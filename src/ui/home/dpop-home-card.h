/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-home-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the one button of a card does. */
typedef enum
{
  DPOP_HOME_CARD_LOOK,    /* leads to the decision */
  DPOP_HOME_CARD_DELIVER, /* leads to the exchange */
  DPOP_HOME_CARD_CONFIRM, /* confirms what is here */
  DPOP_HOME_CARD_LOCK,    /* changes the locks */
  DPOP_HOME_CARD_STEPS,   /* leads to what was put off at the founding */
} DpopHomeCardAct;

/* One thing that waits. Signal "chosen", when its button was pressed. */
#define DPOP_TYPE_HOME_CARD (dpop_home_card_get_type ())
G_DECLARE_FINAL_TYPE (DpopHomeCard, dpop_home_card, DPOP, HOME_CARD, AdwBin)

/* FIRST stands out: its button is the suggested one. */
GtkWidget      *dpop_home_card_new          (const DpopHomeItem *item, gboolean first);
DpopHomeCardAct dpop_home_card_get_act      (DpopHomeCard *self);
const CosmicId *dpop_home_card_get_decision (DpopHomeCard *self);
void            dpop_home_card_focus        (DpopHomeCard *self);

G_END_DECLS
