/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How hard a passphrase is to guess, as libpwquality sees it, in plain words. */
typedef enum
{
  DPOP_PASSPHRASE_EMPTY,
  DPOP_PASSPHRASE_SHORT, /* not taken */
  DPOP_PASSPHRASE_WEAK,  /* taken, and told so */
  DPOP_PASSPHRASE_FAIR,
  DPOP_PASSPHRASE_STRONG,
} DpopPassphraseStrength;
#define DPOP_PASSPHRASE_LAST DPOP_PASSPHRASE_STRONG

#define DPOP_PASSPHRASE_MIN 8 /* characters */

DpopPassphraseStrength dpop_passphrase_strength       (const char *passphrase);
/* One or two sentences; static. */
const char            *dpop_passphrase_strength_words (DpopPassphraseStrength strength);

G_END_DECLS
