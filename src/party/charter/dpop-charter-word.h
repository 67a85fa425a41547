/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter.h"

G_BEGIN_DECLS

/* The words that stand for a charter's numbers wherever a charter is written out: identifiers, the
 * same in every language, never shown as they are to a reader. */
typedef enum
{
  DPOP_CHARTER_WORD_ACTION,
  DPOP_CHARTER_WORD_REACH,
  DPOP_CHARTER_WORD_SCOPE,
  DPOP_CHARTER_WORD_STATE,
  DPOP_CHARTER_WORD_STATE_FLAG, /* by the flag's bit: 0, 1, 2 */
  DPOP_CHARTER_WORD_BALLOT,
  DPOP_CHARTER_WORD_BASE,
  DPOP_CHARTER_WORD_RANKING,
  DPOP_CHARTER_WORD_DEFAULT,
  DPOP_CHARTER_WORD_EFFECT,
} DpopCharterWordKind;
#define DPOP_CHARTER_WORD_KIND_LAST DPOP_CHARTER_WORD_EFFECT

/* The word for NUMBER, NULL when it stands for nothing. */
const char *dpop_charter_word (DpopCharterWordKind kind, guint number);
/* The number of WORD, -1 when it is none. */
int dpop_charter_word_number (DpopCharterWordKind kind, const char *word);
/* The lowest and the highest number that has a word. */
guint dpop_charter_word_first (DpopCharterWordKind kind);
guint dpop_charter_word_last (DpopCharterWordKind kind);

G_END_DECLS
