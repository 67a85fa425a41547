/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-about.h"

#include "dpop-libraries.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Versions alone: it is copied into reports, and no organisation's name, folder or figure belongs
 * there. */
static char *
describe (void)
{
  g_autofree char *libraries = dpop_libraries_describe ();

  return g_strdup_printf ("DPOP %s\n%s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\n", DPOP_VERSION,
                          libraries, gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
}

void
dpop_about_show (GtkWindow *parent)
{
  const char *developers[] = { _("The DPOP authors"), NULL };
  g_autofree char *information = describe ();

  adw_show_about_window (
      parent, "application-name", "DPOP", "application-icon", "org.dpop.Dpop", "version",
      DPOP_VERSION, "developer-name", developers[0], "developers", developers, "comments",
      _("Democratic organisations run themselves: members, decisions and votes in one signed "
        "history that everybody can check."),
      "license-type", GTK_LICENSE_GPL_3_0, "debug-info", information, "debug-info-filename",
      "dpop-versions.txt", NULL);
}
