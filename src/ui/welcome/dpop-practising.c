/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practising-private.h"

#include "dpop-practice.h"
#include "dpop-profile-folder.h"

#include <glib/gi18n-lib.h>

static char *
find_made (GError **error)
{
  g_autoptr (GPtrArray) list = dpop_profile_folder_list (NULL, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const DpopProfileFolder *one = list->pdata[i];

      if (one->practice && one->readable && !one->broken)
        return g_strdup (one->folder);
    }
  return NULL;
}

/* In a folder of its own, which the making finds empty. */
static char *
make_one (GError **error)
{
  g_autofree char *root = dpop_profile_folder_root ();
  g_autofree char *folder = NULL;

  for (guint number = 1;; number++)
    {
      g_autofree char *name = number == 1 ? g_strdup ("practice")
                                          : g_strdup_printf ("practice-%u", number);

      g_free (folder);
      folder = g_build_filename (root, name, NULL);
      if (!g_file_test (folder, G_FILE_TEST_EXISTS))
        break;
    }
  if (!dpop_practice_make (folder, &(DpopPracticeMake){ .label = _("Practice") }, NULL, NULL,
                           error))
    return NULL;
  return g_steal_pointer (&folder);
}

static void
find_there (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *folder = find_made (&error);

  if (folder == NULL && error == NULL)
    folder = make_one (&error);
  if (folder != NULL)
    g_task_return_pointer (task, folder, g_free);
  else
    g_task_return_error (task, error);
}

void
dpop_practising_find_async (GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_run_in_thread (task, find_there);
}

char *
dpop_practising_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
end_there (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  GError *error = NULL;

  if (dpop_profile_folder_remove (folder, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
dpop_practising_end_async (const char *folder, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, end_there);
}

gboolean
dpop_practising_end_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
dpop_practising_is (const char *folder)
{
  g_auto (DpopProfileLabel) label = { 0 };

  dpop_profile_label_read (folder, &label);
  return label.practice;
}
