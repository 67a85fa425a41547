/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-shared-folder.h"

#include "dpop-command-bundle.h"
#include "dpop-command-confirm.h"
#include "dpop-exchange-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define PATH_SETTING "shared-folder"
#define MARK_SETTING "shared-folder-mark"
#define CONFIRM_MS   (15 * 60000)

/* --- Which one. ------------------------------------------------------------------------------ */

static char *
get_text (DpopProfile *profile, const char *name)
{
  g_autoptr (GBytes) bytes = dpop_profile_get_setting (profile, name, NULL);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

static gboolean
put_text (DpopProfile *profile, const char *name, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  return dpop_profile_put_setting (profile, name, bytes, error);
}

char *
dpop_shared_folder_get (DpopProfile *profile)
{
  return get_text (profile, PATH_SETTING);
}

/* What this computer's files there begin with: random, since those who run the folder see it. */
static char *
get_mark (DpopProfile *profile, GError **error)
{
  char *mark = get_text (profile, MARK_SETTING);
  guint8 bytes[DPOP_MAILBOX_MARK_SIZE / 2];
  GString *text;

  if (mark != NULL && strlen (mark) == DPOP_MAILBOX_MARK_SIZE)
    return mark;
  g_free (mark);
  text = g_string_new (NULL);
  dpop_random_fill (dpop_profile_random (profile), bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  mark = g_string_free (text, FALSE);
  if (put_text (profile, MARK_SETTING, mark, error))
    return mark;
  g_free (mark);
  return NULL;
}

static gboolean
fail_invalid (GError **error, const char *message, const char *folder)
{
  g_set_error (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID, "%s: %s", folder, message);
  return FALSE;
}

static gboolean
check_folder (const char *folder, GError **error)
{
  if (!g_path_is_absolute (folder) || !g_utf8_validate (folder, -1, NULL))
    return fail_invalid (error, _("This is no place on this computer. Choose a folder."), folder);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return fail_invalid (error, _("There is no such folder. Create it first."), folder);
  if (g_access (folder, R_OK | W_OK | X_OK) != 0)
    return fail_invalid (error, _("Nothing can be written there. Choose another folder."), folder);
  return TRUE;
}

static void
leave (DpopProfile *profile)
{
  g_autofree char *folder = dpop_shared_folder_get (profile);
  g_autofree char *mark = get_mark (profile, NULL);
  g_autoptr (DpopMailbox) box = NULL;

  if (folder == NULL || mark == NULL)
    return;
  box = dpop_mailbox_new (folder, mark);
  dpop_mailbox_leave (box, NULL); /* it may be gone */
}

gboolean
dpop_shared_folder_use (DpopProfile *profile, const char *folder, GError **error)
{
  g_autofree char *before = dpop_shared_folder_get (profile);

  if (folder != NULL && !check_folder (folder, error))
    return FALSE;
  if (g_strcmp0 (before, folder) == 0)
    return TRUE;
  leave (profile);
  return put_text (profile, PATH_SETTING, folder, error);
}

/* --- A round. -------------------------------------------------------------------------------- */

typedef struct
{
  DpopProfile *profile;
  GCancellable *cancellable;
  GArray *exported; /* of CosmicId */
  gboolean at_once;
} Round;

static gboolean
take_in (const char *path, DpopBundleImport *result, gpointer data, GError **error)
{
  const Round *self = data;
  const DpopBundleHooks hooks = { .cancellable = self->cancellable };
  const DpopCommandBundleImport input = { .path = path, .hooks = &hooks };

  return dpop_command_bundle_import (self->profile, &input, result, error);
}

/* A record keeper confirms what others brought, what a person wants to hand over now, and its own
 * from time to time: not after each command. */
static gboolean
settle (gboolean brought, gpointer data, GError **error)
{
  const Round *self = data;
  CosmicLog *log = dpop_profile_log (self->profile);
  const gint64 since = dpop_clock_now (dpop_profile_clock (self->profile)) - cosmic_log_time (log);

  return cosmic_log_n_open (log) == 0 || !(brought || self->at_once || since >= CONFIRM_MS)
         || !dpop_command_confirm_can (self->profile)
         || dpop_command_confirm (self->profile, NULL, error);
}

static gboolean
on_summary (const DpopBundleSummary *summary, gpointer data, GError **error)
{
  return dpop_exchange_note_delivered (((const Round *) data)->profile, summary, error);
}

static void
on_exported (const CosmicId *operation, gpointer data)
{
  g_array_append_val (((const Round *) data)->exported, *operation);
}

gboolean
dpop_shared_folder_round (DpopProfile *profile, DpopMailbox **box, gboolean at_once,
                          GCancellable *cancellable, DpopMailboxRound *round, GError **error)
{
  g_autofree char *folder = dpop_shared_folder_get (profile);
  g_autofree char *mark = get_mark (profile, error);
  g_autoptr (GArray) exported = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  Round self = { profile, cancellable, exported, at_once };
  const DpopMailboxHooks hooks = {
    .take_in = take_in,
    .settle = settle,
    .summary = on_summary,
    .exported = on_exported,
    .data = &self,
    .device = dpop_profile_device (profile),
    .witness = dpop_profile_is_witness (profile) ? dpop_profile_witness (profile) : NULL,
    .now = dpop_clock_now (dpop_profile_clock (profile)),
    .at_once = at_once,
    .cancellable = cancellable,
  };

  if (mark == NULL)
    return FALSE;
  if (folder == NULL)
    {
      g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                           _("No shared folder is in use. Choose one first."));
      return FALSE;
    }
  if (*box == NULL)
    *box = dpop_mailbox_new (folder, mark);
  return dpop_mailbox_round (*box, dpop_profile_log (profile), &hooks, round, error)
         && dpop_exchange_note_exported (profile, exported, error);
}
