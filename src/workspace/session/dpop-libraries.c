/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-libraries.h"

#include "cosmic-secret.h"
#include "dpop-database.h"

char *
dpop_libraries_describe (void)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  return g_strdup_printf ("%s\nGLib %u.%u.%u\nSQLite %s\nlibsodium %s",
                          system != NULL ? system : "unknown system", glib_major_version,
                          glib_minor_version, glib_micro_version, dpop_database_library (),
                          cosmic_crypto_library ());
}
