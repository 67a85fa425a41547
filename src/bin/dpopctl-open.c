/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpopctl.h"

#include "dpop-practice.h"
#include "dpop-profile-label.h"
#include "dpop-projector.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#define PASSPHRASE_MAX 1024

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID, message);
  return FALSE;
}

/* The first line that FD gives, without its end. Read byte by byte, so that what follows stays for
 * whoever reads on. */
static CosmicSecret *
read_line (int fd, GError **error)
{
  g_autoptr (CosmicSecret) line = cosmic_secret_new (PASSPHRASE_MAX);
  guint8 *at = cosmic_secret_bytes (line);
  gsize size = 0;

  for (;;)
    {
      ssize_t got = read (fd, at + size, 1);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          g_set_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID,
                       _("The passphrase could not be read: %s"), g_strerror (errno));
          return NULL;
        }
      if (got == 0 || at[size] == '\n')
        break;
      if (++size == PASSPHRASE_MAX)
        {
          fail (error, _("The passphrase is too long: 1,023 bytes are the most."));
          return NULL;
        }
    }
  if (size > 0 && at[size - 1] == '\r')
    size--;
  if (size == 0)
    {
      fail (error, _("The passphrase is empty."));
      return NULL;
    }
  return cosmic_secret_copy (at, size);
}

static CosmicSecret *
ask (int terminal, const char *prompt, GError **error)
{
  struct termios before, silent;
  CosmicSecret *line;

  if (tcgetattr (terminal, &before) != 0)
    {
      fail (error, _("This terminal cannot hide what is typed."));
      return NULL;
    }
  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  fprintf (stderr, "%s ", prompt);
  tcsetattr (terminal, TCSAFLUSH, &silent);
  line = read_line (terminal, error);
  tcsetattr (terminal, TCSAFLUSH, &before);
  fputc ('\n', stderr);
  return line;
}

static CosmicSecret *
ask_at_terminal (const char *prompt, gboolean twice, GError **error)
{
  int terminal = open ("/dev/tty", O_RDWR | O_CLOEXEC);
  g_autoptr (CosmicSecret) first = NULL;
  g_autoptr (CosmicSecret) second = NULL;

  if (terminal < 0)
    {
      fail (error, _("There is no terminal to ask for the passphrase. Use --passphrase-fd or "
                     "--passphrase-file."));
      return NULL;
    }
  first = ask (terminal, prompt, error);
  if (first != NULL && twice)
    second = ask (terminal, _("Once more:"), error);
  close (terminal);
  if (first == NULL || (twice && second == NULL))
    return NULL;
  if (twice
      && (cosmic_secret_size (first) != cosmic_secret_size (second)
          || !cosmic_equal (cosmic_secret_bytes (first), cosmic_secret_bytes (second),
                            cosmic_secret_size (first))))
    {
      fail (error, _("The two passphrases differ. Nothing was done."));
      return NULL;
    }
  return g_steal_pointer (&first);
}

CosmicSecret *
dpopctl_open_passphrase (Dpopctl *self, const char *prompt, gboolean twice, GError **error)
{
  CosmicSecret *passphrase;
  int fd;

  if (self->passphrase_fd >= 0)
    return read_line (self->passphrase_fd, error);
  if (self->passphrase_file == NULL)
    return ask_at_terminal (prompt, twice, error);
  fd = open (self->passphrase_file, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      g_set_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID,
                   _("The file with the passphrase, %s, could not be opened: %s"),
                   self->passphrase_file, g_strerror (errno));
      return NULL;
    }
  passphrase = read_line (fd, error);
  close (fd);
  return passphrase;
}

/* A profile for practice opens by itself, unless it is given a passphrase of its own. */
static gboolean
open_practice (Dpopctl *self)
{
  g_auto (DpopProfileLabel) label = { 0 };
  g_autoptr (CosmicSecret) passphrase = dpop_practice_passphrase ();

  dpop_profile_label_read (self->folder, &label);
  if (label.practice && self->passphrase_fd < 0 && self->passphrase_file == NULL)
    self->profile = dpop_profile_open (self->folder, passphrase, NULL, NULL);
  return self->profile != NULL;
}

gboolean
dpopctl_open (Dpopctl *self, GError **error)
{
  g_autoptr (CosmicSecret) passphrase = NULL;

  if (self->profile != NULL)
    return TRUE;
  if (open_practice (self))
    return dpop_projector_attach (self->profile, error) != NULL;
  passphrase = dpopctl_open_passphrase (self, _("Passphrase:"), FALSE, error);
  if (passphrase == NULL)
    return FALSE;
  self->profile = dpop_profile_open (self->folder, passphrase, NULL, error);
  return self->profile != NULL && dpop_projector_attach (self->profile, error) != NULL;
}

gboolean
dpopctl_open_founded (Dpopctl *self, GError **error)
{
  if (!dpopctl_open (self, error))
    return FALSE;
  if (cosmic_log_is_founded (dpop_profile_log (self->profile)))
    return TRUE;
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_A_MEMBER,
                       _("This profile belongs to no organisation yet. Found one (party create), "
                         "or join one with an invitation (join)."));
  return FALSE;
}
