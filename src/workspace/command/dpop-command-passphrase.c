/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-passphrase.h"

#include "dpop-command-private.h"

#include <glib/gi18n-lib.h>

/* Bytes. What is this short is guessed whatever a guess costs. */
#define SHORTEST 8

gboolean
dpop_command_passphrase (DpopProfile *profile, const CosmicSecret *old_passphrase,
                         const CosmicSecret *new_passphrase, CosmicPasswordCost cost,
                         GError **error)
{
  if (cosmic_secret_size (new_passphrase) < SHORTEST)
    return dpop_command_fail (error, DPOP_PROFILE_ERROR_INVALID,
                              _("This passphrase is too short. Choose several words "
                                "that nobody guesses."));
  return dpop_vault_change_passphrase (dpop_profile_vault (profile), old_passphrase,
                                       new_passphrase, cost, error);
}

gboolean
dpop_command_passphrase_check (DpopProfile *profile, const CosmicSecret *passphrase, GError **error)
{
  return dpop_vault_check_passphrase (dpop_profile_vault (profile), passphrase, error);
}

gboolean
dpop_command_passphrase_reencrypt (const char *folder, const CosmicSecret *passphrase,
                                   CosmicPasswordCost cost, GError **error)
{
  g_autoptr (DpopVault) vault = dpop_vault_open (folder, passphrase, NULL, error);

  return vault != NULL && dpop_vault_reencrypt (vault, passphrase, cost, NULL, NULL, error);
}
