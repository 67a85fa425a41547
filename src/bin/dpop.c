/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-application.h"
#include "dpop-profile.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (DpopApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DPOP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (!cosmic_crypto_init ())
    {
      g_printerr ("%s\n", _("The cryptographic library refuses to start."));
      return 1;
    }
  application = dpop_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
