/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-roll.h"

/* Meanings of a heading that depend on the other columns. */
enum
{
  DPOP_EDGE_ROLL_WORD_NAME = DPOP_EDGE_ROLL_BY_HEADING + 1, /* of the family beside a given name */
  DPOP_EDGE_ROLL_WORD_NOME,                                 /* given beside a name of the family */
  DPOP_EDGE_ROLL_WORD_STATE, /* a state only if all that stands below is one */
};

/* Word key → meaning + 1. */
GHashTable *dpop_edge_roll_words_headings (void);

/* Word key → DpopEdgeRollState. */
GHashTable *dpop_edge_roll_words_states (void);
