/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-passphrase-strength.h"

#include <glib/gi18n-lib.h>
#include <pwquality.h>

/* Of 100. A passphrase guards a file that can be carried off and tried in peace, at about a second
 * a guess. */
#define FAIR   45
#define STRONG 80

/* Without the dictionary: where none is installed (Debian only recommends it) every passphrase
 * would fail for that, and where one is, it is a list of English words. */
static int
score_of (const char *passphrase)
{
  pwquality_settings_t *settings = pwquality_default_settings ();
  void *detail = NULL;
  int score;

  if (settings == NULL)
    return 0;
  pwquality_set_int_value (settings, PWQ_SETTING_DICT_CHECK, 0);
  score = pwquality_check (settings, passphrase, NULL, NULL, &detail);
  pwquality_free_settings (settings);
  return score;
}

DpopPassphraseStrength
dpop_passphrase_strength (const char *passphrase)
{
  int score;

  if (*passphrase == '\0')
    return DPOP_PASSPHRASE_EMPTY;
  if (g_utf8_strlen (passphrase, -1) < DPOP_PASSPHRASE_MIN)
    return DPOP_PASSPHRASE_SHORT;
  score = score_of (passphrase);
  if (score < FAIR)
    return DPOP_PASSPHRASE_WEAK;
  return score < STRONG ? DPOP_PASSPHRASE_FAIR : DPOP_PASSPHRASE_STRONG;
}

const char *
dpop_passphrase_strength_words (DpopPassphraseStrength strength)
{
  switch (strength)
    {
    case DPOP_PASSPHRASE_SHORT:
      return _("Too short. Take at least eight characters, better four or five words.");
    case DPOP_PASSPHRASE_WEAK:
      return _("Weak: someone with a fast computer could guess it. Add a word or two.");
    case DPOP_PASSPHRASE_FAIR:
      return _("Fair. One more word makes it strong.");
    case DPOP_PASSPHRASE_STRONG:
      return _("Strong.");
    case DPOP_PASSPHRASE_EMPTY:
    default:
      return _("Four or five words that have nothing to do with each other are easy to keep in "
               "mind and hard to guess.");
    }
}
