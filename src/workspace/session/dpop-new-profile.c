/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-new-profile.h"

#include "dpop-profile-folder.h"

#include <glib/gstdio.h>

typedef struct
{
  char *root;
  DpopProfileLabel label;
  CosmicSecret *passphrase;
  CosmicPasswordCost cost;
  DpopEngineFunction fill;
  gpointer data;
  GDestroyNotify free_data;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->root);
  dpop_profile_label_clear (&wish->label);
  cosmic_secret_free (wish->passphrase);
  if (wish->free_data != NULL)
    wish->free_data (wish->data);
  g_free (wish);
}

/* The engine is closed when this answers. */
static gboolean
fill_draft (const Wish *wish, const char *draft, GError **error)
{
  g_autoptr (DpopEngine) engine = dpop_engine_new ();

  return dpop_engine_open_sync (engine, draft, wish->passphrase, &wish->cost, NULL, error)
         && dpop_engine_run_sync (engine, wish->fill, wish->data, error) != NULL;
}

/* The folder that keeps the name is empty when the draft takes its place. */
static char *
publish (const Wish *wish, const char *draft, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *label = NULL;

  if (!dpop_profile_label_write (draft, &wish->label, error)
      || (folder = dpop_profile_folder_make (wish->root, &wish->label, error)) == NULL)
    return NULL;
  label = g_build_filename (folder, DPOP_PROFILE_LABEL_FILE, NULL);
  g_unlink (label);
  if (dpop_profile_folder_publish (draft, folder, error))
    return g_steal_pointer (&folder);
  g_rmdir (folder);
  return NULL;
}

static void
make_there (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  GError *error = NULL;
  g_autofree char *draft = dpop_profile_folder_draft (wish->root, &error);
  char *folder = NULL;

  if (draft != NULL && fill_draft (wish, draft, &error)
      && !g_cancellable_set_error_if_cancelled (cancellable, &error))
    folder = publish (wish, draft, &error);
  if (folder != NULL)
    {
      g_task_return_pointer (task, folder, g_free);
      return;
    }
  if (draft != NULL && !dpop_profile_folder_remove (draft, NULL, NULL))
    g_rmdir (draft);
  g_task_return_error (task, error);
}

void
dpop_new_profile_async (const DpopNewProfile *wish, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *own = g_new0 (Wish, 1);

  own->root = g_strdup (wish->root);
  own->label = (DpopProfileLabel){ g_strdup (wish->label->text), wish->label->practice };
  own->passphrase = cosmic_secret_copy (cosmic_secret_bytes (wish->passphrase),
                                        cosmic_secret_size (wish->passphrase));
  own->cost = wish->cost;
  own->fill = wish->fill;
  own->data = wish->data;
  own->free_data = wish->free_data;
  g_task_set_source_tag (task, dpop_new_profile_async);
  /* Once it has its name it is there, and is never told as cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, own, wish_free);
  g_task_run_in_thread (task, make_there);
}

char *
dpop_new_profile_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
