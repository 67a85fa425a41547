/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-sweep.h"

gboolean
dpop_command_sweep (DpopProfile *profile, GError **error)
{
  return dpop_vault_checkpoint (dpop_profile_vault (profile),
                                dpop_database_connection (dpop_profile_database (profile)), error);
}
