/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hub-house.h"

#include "cosmic-sign.h"
#include "dpop-hub-store.h"
#include "dpop-hub-token.h"
#include "dpop-hub.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define METRICS_S 5

struct _DpopHubHouse
{
  char *folder;
  DpopHubStore *store;
  CosmicSecret *key;
};

/* --- Opening. --------------------------------------------------------------------------------- */

static gboolean
fail (GError **error, const char *path)
{
  const int code = errno;

  /* Translators: a file or folder, and the system's reason. */
  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code),
               _("%s cannot be used: %s."), path, g_strerror (code));
  return FALSE;
}

/* A file is written whole before it has its name: a key that is half there would be another hub. */
static gboolean
make_key (const char *path, GError **error)
{
  g_autofree char *new = g_strdup_printf ("%s.new", path);
  guint8 seed[32];
  gboolean good;
  int file;

  g_unlink (new);
  file = open (new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0)
    return fail (error, new);
  dpop_random_fill (dpop_random_system (), seed, sizeof seed);
  good = write (file, seed, sizeof seed) == sizeof seed && fsync (file) == 0;
  cosmic_wipe (seed, sizeof seed);
  good = close (file) == 0 && good && link (new, path) == 0;
  if (!good && errno != EEXIST)
    return fail (error, path);
  g_unlink (new);
  return TRUE;
}

static CosmicSecret *
read_key (const char *path, GError **error)
{
  guint8 seed[33], public_key[COSMIC_SIGN_PUBLIC_SIZE];
  CosmicSecret *key = NULL;
  int file;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !make_key (path, error))
    return NULL;
  if ((file = open (path, O_RDONLY | O_CLOEXEC)) < 0)
    {
      fail (error, path);
      return NULL;
    }
  if (read (file, seed, sizeof seed) == 32)
    key = cosmic_sign_key_from_seed (seed, public_key);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _("%s is no key of a hub. Put the right one back from a backup."), path);
  cosmic_wipe (seed, sizeof seed);
  close (file);
  return key;
}

DpopHubHouse *
dpop_hub_house_open (const char *folder, GError **error)
{
  g_autoptr (DpopHubHouse) self = g_new0 (DpopHubHouse, 1);
  g_autofree char *database = g_build_filename (folder, "hub.sqlite", NULL);
  g_autofree char *key = g_build_filename (folder, "hub.key", NULL);

  self->folder = g_strdup (folder);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail (error, folder);
      return NULL;
    }
  if ((self->key = read_key (key, error)) == NULL
      || (self->store = dpop_hub_store_open (database, error)) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
dpop_hub_house_free (DpopHubHouse *self)
{
  if (self == NULL)
    return;
  dpop_hub_store_close (self->store);
  cosmic_secret_free (self->key);
  g_free (self->folder);
  g_free (self);
}

/* --- Tokens. ---------------------------------------------------------------------------------- */

static gboolean
set_limits (DpopHubHouse *self, const DpopHubHouseWish *wish, guint64 *account, GError **error)
{
  CosmicHubStore store = dpop_hub_store_table (self->store);
  CosmicHubRoom room;

  *account = wish->account;
  while (*account == 0)
    dpop_random_fill (dpop_random_system (), account, sizeof *account);
  if (!store.table->room (store.self, *account, &room, error))
    return FALSE;
  if (room.envelopes_most == 0 && wish->account != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _("There is no such account on this hub. \"hub list\" shows them."));
      return FALSE;
    }
  if (room.envelopes_most == 0)
    room = (CosmicHubRoom){ .envelopes_most = DPOP_HUB_HOUSE_ENVELOPES,
                            .bytes_most = DPOP_HUB_HOUSE_BYTES };
  return store.table->limit (store.self, *account,
                             wish->envelopes_most > 0 ? wish->envelopes_most : room.envelopes_most,
                             wish->bytes_most > 0 ? wish->bytes_most : room.bytes_most, error);
}

gboolean
dpop_hub_house_grant (DpopHubHouse *self, const DpopHubHouseWish *wish, gint64 now, char **code,
                      CosmicHubGrant *grant, GError **error)
{
  CosmicHubStore store = dpop_hub_store_table (self->store);
  g_auto (DpopHubToken) token = { 0 };
  g_auto (DpopHubAccess) access = { .host = g_strdup (wish->host), .port = wish->port };

  if (!dpop_hub_access_is_host (wish->host))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("\"%s\" is no name or address of a computer, such as hub.example.org."),
                   wish->host);
      return FALSE;
    }
  access.token = cosmic_secret_new (DPOP_HUB_TOKEN_SIZE);
  dpop_random_fill (dpop_random_system (), cosmic_secret_bytes (access.token),
                    DPOP_HUB_TOKEN_SIZE);
  memcpy (access.hub.bytes, cosmic_sign_key_public (self->key), COSMIC_ID_SIZE);
  dpop_hub_token_open (&token, cosmic_secret_bytes (access.token));
  *grant = (CosmicHubGrant){ .key = token.key, .since = now };
  memcpy (grant->find, token.find, sizeof grant->find);
  if (!set_limits (self, wish, &grant->account, error)
      || !store.table->grant (store.self, grant, error)
      || !store.table->commit (store.self, error))
    {
      store.table->rollback (store.self);
      return FALSE;
    }
  *code = dpop_hub_access_write (&access);
  return TRUE;
}

gboolean
dpop_hub_house_withdraw (DpopHubHouse *self, const CosmicId *key, gboolean *found, GError **error)
{
  CosmicHubStore store = dpop_hub_store_table (self->store);

  return store.table->withdraw (store.self, key, found, error)
         && store.table->commit (store.self, error);
}

static void
add_grant (const CosmicHubGrant *grant, gpointer data)
{
  g_array_append_vals (data, grant, 1);
}

GArray *
dpop_hub_house_grants (DpopHubHouse *self, GError **error)
{
  CosmicHubStore store = dpop_hub_store_table (self->store);
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (CosmicHubGrant));

  return store.table->each_grant (store.self, add_grant, grants, error)
             ? g_steal_pointer (&grants)
             : NULL;
}

gboolean
dpop_hub_house_room (DpopHubHouse *self, guint64 account, CosmicHubRoom *room, GError **error)
{
  CosmicHubStore store = dpop_hub_store_table (self->store);

  return store.table->room (store.self, account, room, error);
}

/* --- Running. --------------------------------------------------------------------------------- */

typedef struct
{
  DpopHub *hub;
  char *path;
} Figures;

static gboolean
write_figures (gpointer data)
{
  const Figures *figures = data;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  DpopHubMetrics metrics;

  dpop_hub_read_metrics (figures->hub, &metrics);
  text = dpop_hub_metrics_text (&metrics);
  if (!g_file_set_contents_full (figures->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0640,
                                 &error))
    g_warning ("%s", error->message);
  return G_SOURCE_CONTINUE;
}

static int
take_lock (DpopHubHouse *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "hub.lock", NULL);
  int file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (file < 0)
    {
      fail (error, path);
      return -1;
    }
  if (flock (file, LOCK_EX | LOCK_NB) == 0)
    return file;
  close (file);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _("The hub in %s runs already. End that one first."), self->folder);
  return -1;
}

static void
run_loop (DpopHubHouse *self, DpopHub *hub, const DpopHubHouseSetting *setting, GMainLoop *loop)
{
  Figures figures = { hub, g_build_filename (self->folder, "metrics.prom", NULL) };
  GSource *source = NULL;

  if (setting->metrics)
    {
      write_figures (&figures);
      source = g_timeout_source_new_seconds (METRICS_S);
      g_source_set_callback (source, write_figures, &figures, NULL);
      g_source_attach (source, g_main_context_get_thread_default ());
    }
  g_main_loop_run (loop);
  if (source != NULL)
    {
      g_source_destroy (source);
      g_source_unref (source);
      write_figures (&figures);
    }
  g_free (figures.path);
}

gboolean
dpop_hub_house_run (DpopHubHouse *self, const DpopHubHouseSetting *setting, GMainLoop *loop,
                    void (*started) (guint16 port, gpointer data), gpointer data, GError **error)
{
  g_autoptr (GInetAddress) only
      = setting->only != NULL ? g_inet_address_new_from_string (setting->only) : NULL;
  const DpopHubSetting inner = { .port = setting->port, .only = only, .rate = setting->rate };
  DpopHub *hub;
  gboolean good;
  int lock;

  if (setting->only != NULL && only == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("\"%s\" is no address, such as 192.168.1.5."), setting->only);
      return FALSE;
    }
  if ((lock = take_lock (self, error)) < 0)
    return FALSE;
  hub = dpop_hub_new (dpop_hub_store_table (self->store), self->key, &inner);
  good = dpop_hub_start (hub, error);
  if (good)
    {
      started (dpop_hub_get_port (hub), data);
      run_loop (self, hub, setting, loop);
    }
  dpop_hub_free (hub);
  close (lock);
  return good;
}

char *
dpop_hub_house_metrics (DpopHubHouse *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "metrics.prom", NULL);
  char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    return text;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       _("There are no figures. They are written while \"hub run --metrics\" "
                         "runs."));
  return NULL;
}
