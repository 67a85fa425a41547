/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-claim.h"

#include "dpop-vault-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The file has four lines: program, process, computer, seconds since 1970. */

static char *
describe_self (DpopClock clock)
{
  const char *program = g_get_prgname ();

  return g_strdup_printf ("%s\n%d\n%s\n%" G_GINT64_FORMAT "\n", program != NULL ? program : "dpop",
                          (int) getpid (), g_get_host_name (), dpop_clock_now (clock) / 1000);
}

/* A line as it may be shown: the file could hold anything. */
static char *
printable (const char *line)
{
  char *text = g_utf8_make_valid (line, (gssize) MIN (strlen (line), 64));

  g_strdelimit (text, "\"%\033\b\r\t", '?');
  return text;
}

static void
say_who (GError **error, const char *holder)
{
  g_auto (GStrv) lines = g_strsplit (holder, "\n", 5);
  g_autofree char *program = NULL, *process = NULL, *computer = NULL, *since = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (g_strv_length (lines) < 4)
    {
      g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY,
                   "This profile is open in another program. Close it there first");
      return;
    }
  program = printable (lines[0]);
  process = printable (lines[1]);
  computer = printable (lines[2]);
  time = g_date_time_new_from_unix_local (g_ascii_strtoll (lines[3], NULL, 10));
  since = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("?");
  g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_BUSY,
               "This profile is open in %s (process %s on %s) since %s. Close it there first",
               program, process, computer, since);
}

gboolean
dpop_vault_claim (DpopVaultDisk disk, DpopClock clock, const char *folder, gpointer *claim,
                  GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autofree char *text = describe_self (clock);
  g_autofree char *holder = NULL;
  int answer = disk.table->claim (disk.self, path, text, &holder, claim);

  if (answer == -EAGAIN)
    say_who (error, holder != NULL ? holder : "");
  else if (answer != 0)
    dpop_vault_set_errno_error (error, -answer, "The profile cannot be claimed");
  return answer == 0;
}
