/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-session.h"

#include "dpop-folder-watch.h"
#include "dpop-names.h"
#include "dpop-shared-folder.h"

#include <string.h>

#define DRAFT_REST_MS 400
#define DRAFT_PREFIX "draft/"
#define IDLE_SETTING "idle-lock"
#define NETWORK_SETTING "network-off"

struct _DpopSession
{
  GObject parent_instance;

  char *folder;
  DpopEngine *engine;
  DpopReader *reader;
  DpopSessionState state;
  DpopSessionInfo *info;
  guint watch;             /* of the engine; 0: none */
  gboolean info_is_asked;  /* the head is being read */
  gboolean info_is_stale;  /* and once more afterwards */
  GHashTable *drafts;      /* name to text: put, and not written yet */
  guint draft_timer;
  DpopFolderWatch *shared; /* NULL: no shared folder is used */
  DpopNetwork *network;    /* NULL: there is none */
  guint member;            /* of it; 0: not taking part */
  DpopNetworkReport *report;
};

G_DEFINE_FINAL_TYPE (DpopSession, dpop_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_INFO,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
info_free (DpopSessionInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->name);
  g_free (info->own_name);
  g_free (info->shared.path);
  g_free (info->shared.fault);
  g_free (info);
}

static void
set_state (DpopSession *self, DpopSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/* --- Commands. ------------------------------------------------------------------------------- */

typedef struct
{
  GTask *task;
  GDestroyNotify free_result;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_clear_object (&asked->task);
  g_free (asked);
}

static void
on_done (gpointer result, const GError *error, gpointer data)
{
  Asked *asked = data;
  g_autoptr (GTask) task = g_steal_pointer (&asked->task);

  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_pointer (task, result, asked->free_result);
}

void
dpop_session_run_async (DpopSession *self, DpopEngineFunction function, gpointer data,
                        GDestroyNotify free_data, GDestroyNotify free_result,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Asked *asked = g_new0 (Asked, 1);

  g_return_if_fail (DPOP_IS_SESSION (self));
  asked->task = g_task_new (self, cancellable, callback, user_data);
  /* What is durable is never told as cancelled. */
  g_task_set_check_cancellable (asked->task, FALSE);
  g_task_set_source_tag (asked->task, dpop_session_run_async);
  asked->free_result = free_result;
  dpop_engine_run (self->engine, &(DpopEngineCommand){
                                     .function = function,
                                     .data = data,
                                     .free_data = free_data,
                                     .free_result = free_result,
                                     .done = on_done,
                                     .done_data = asked,
                                     .free_done_data = asked_free,
                                     .cancellable = cancellable,
                                 });
}

gpointer
dpop_session_run_finish (DpopSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- The head of the pages. ------------------------------------------------------------------ */

/* A setting of two bytes, little endian. */
static guint
read_idle_minutes (DpopProfile *profile)
{
  g_autoptr (GBytes) bytes = dpop_profile_get_setting (profile, IDLE_SETTING, NULL);
  const guint8 *value = bytes != NULL ? g_bytes_get_data (bytes, NULL) : NULL;

  if (value == NULL || g_bytes_get_size (bytes) != 2)
    return DPOP_SESSION_IDLE_MINUTES;
  return value[0] | (guint) value[1] << 8;
}

static gpointer
write_idle_minutes (DpopProfile *profile, gpointer data, GError **error)
{
  const guint minutes = GPOINTER_TO_UINT (data);
  const guint8 value[2] = { minutes & 0xff, minutes >> 8 };
  g_autoptr (GBytes) bytes = g_bytes_new (value, sizeof value);

  return GINT_TO_POINTER (dpop_profile_put_setting (profile, IDLE_SETTING, bytes, error));
}

static gboolean
reads_network (DpopProfile *profile)
{
  g_autoptr (GBytes) off = dpop_profile_get_setting (profile, NETWORK_SETTING, NULL);

  return off == NULL;
}

static gpointer
write_network (DpopProfile *profile, gpointer uses, GError **error)
{
  g_autoptr (GBytes) off = uses == NULL ? g_bytes_new_static ("1", 1) : NULL;

  return GINT_TO_POINTER (dpop_profile_put_setting (profile, NETWORK_SETTING, off, error));
}

static gpointer
read_info (DpopProfile *profile, gpointer data, GError **error)
{
  DpopSessionInfo *info = g_new0 (DpopSessionInfo, 1);
  g_autoptr (DpopNames) names = NULL;

  if (!dpop_command_info (profile, &info->figures, error))
    {
      info_free (info);
      return NULL;
    }
  info->idle_minutes = read_idle_minutes (profile);
  info->shared.path = dpop_shared_folder_get (profile);
  info->uses_network = reads_network (profile);
  if (!info->figures.founded)
    return info;
  names = dpop_names_new (profile, NULL);
  if (names == NULL)
    return info;
  info->name = g_strdup (names->words->name);
  if (info->figures.admitted)
    info->own_name = dpop_names_member (names, &info->figures.member);
  return info;
}

static void refresh_info (DpopSession *self);

static void
show_shared (DpopSession *self)
{
  DpopSessionFolder *shown = &self->info->shared;

  g_free (shown->path);
  g_free (shown->fault);
  *shown = self->shared != NULL ? *dpop_folder_watch_get_report (self->shared)
                                : (DpopSessionFolder){ 0 };
  shown->path = g_strdup (shown->path);
  shown->fault = g_strdup (shown->fault);
}

static void
on_shared (DpopSession *self)
{
  if (self->info == NULL)
    return;
  show_shared (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INFO]);
}

/* Another folder than before is watched, or none. */
static void
watch_shared (DpopSession *self, const char *path)
{
  const char *before
      = self->shared != NULL ? dpop_folder_watch_get_path (self->shared) : NULL;

  if (g_strcmp0 (before, path) == 0)
    return;
  g_clear_pointer (&self->shared, dpop_folder_watch_free);
  if (path != NULL)
    self->shared = dpop_folder_watch_new (self, path, on_shared);
}

static void
on_network (DpopNetworkReport *report, gpointer data)
{
  DpopSession *self = data;

  g_clear_pointer (&self->report, dpop_network_report_free);
  self->report = report;
  if (self->info == NULL)
    return;
  self->info->network = report;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INFO]);
}

static void
leave_network (DpopSession *self)
{
  if (self->member != 0)
    dpop_network_leave (self->network, self->member);
  self->member = 0;
  if (self->info != NULL)
    self->info->network = NULL;
  g_clear_pointer (&self->report, dpop_network_report_free);
}

static void
join_network (DpopSession *self)
{
  if (self->network == NULL || self->info == NULL)
    return;
  if (!self->info->uses_network)
    leave_network (self);
  else if (self->member == 0)
    self->member = dpop_network_join (self->network, self->engine, on_network, self, NULL);
  self->info->network = self->report;
}

static void
take_info (DpopSession *self, DpopSessionInfo *info)
{
  g_clear_pointer (&self->info, info_free);
  self->info = info;
  watch_shared (self, info->shared.path);
  show_shared (self);
  join_network (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INFO]);
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer data)
{
  DpopSession *self = DPOP_SESSION (source);
  DpopSessionInfo *info = dpop_session_run_finish (self, result, NULL);

  self->info_is_asked = FALSE;
  if (self->state != DPOP_SESSION_OPEN)
    {
      info_free (info);
      return;
    }
  if (info != NULL)
    take_info (self, info);
  if (self->info_is_stale)
    refresh_info (self);
}

/* One question at a time: a hundred commits in a row ask twice. */
static void
refresh_info (DpopSession *self)
{
  self->info_is_stale = self->info_is_asked;
  if (self->info_is_asked)
    return;
  self->info_is_asked = TRUE;
  dpop_session_run_async (self, read_info, NULL, NULL, (GDestroyNotify) info_free, NULL, on_info,
                          NULL);
}

static void
on_setting_written (GObject *source, GAsyncResult *result, gpointer data)
{
  if (dpop_session_run_finish (DPOP_SESSION (source), result, NULL) != NULL)
    refresh_info (DPOP_SESSION (source));
}

void
dpop_session_set_idle_minutes (DpopSession *self, guint minutes)
{
  g_return_if_fail (DPOP_IS_SESSION (self));
  dpop_session_run_async (self, write_idle_minutes, GUINT_TO_POINTER (MIN (minutes, G_MAXUINT16)),
                          NULL, NULL, NULL, on_setting_written, NULL);
}

static void
on_changes (DpopProjectorChanges *changes, gpointer data)
{
  DpopSession *self = data;

  if (self->state != DPOP_SESSION_OPEN)
    return;
  refresh_info (self);
  if (self->shared != NULL)
    dpop_folder_watch_stir (self->shared);
  g_signal_emit (self, signals[CHANGED], 0, changes);
}

/* --- Opening. -------------------------------------------------------------------------------- */

static void
stop_watching (DpopSession *self)
{
  if (self->watch != 0)
    dpop_engine_unwatch (self->engine, self->watch);
  self->watch = 0;
}

static void
forget (DpopSession *self)
{
  stop_watching (self);
  g_clear_pointer (&self->shared, dpop_folder_watch_free);
  leave_network (self);
  g_clear_pointer (&self->reader, dpop_reader_unref);
  g_clear_pointer (&self->info, info_free);
}

/* The session is told open when its head can be shown. */
static void
on_first_info (GObject *source, GAsyncResult *result, gpointer data)
{
  DpopSession *self = DPOP_SESSION (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  DpopSessionInfo *info = dpop_session_run_finish (self, result, &error);

  if (info == NULL)
    {
      forget (self);
      set_state (self, DPOP_SESSION_CLOSED);
      g_task_return_error (task, error);
      return;
    }
  take_info (self, info);
  set_state (self, DPOP_SESSION_OPEN);
  g_task_return_boolean (task, TRUE);
}

static void
on_opened (gpointer result, const GError *error, gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  DpopSession *self = g_task_get_source_object (task);
  GError *own = NULL;

  if (error == NULL)
    self->reader = dpop_engine_new_reader (self->engine, &own);
  if (self->reader == NULL)
    {
      set_state (self, DPOP_SESSION_CLOSED);
      g_task_return_error (task, error != NULL ? g_error_copy (error) : own);
      return;
    }
  self->watch = dpop_engine_watch (self->engine, on_changes, self, NULL);
  dpop_session_run_async (self, read_info, NULL, NULL, (GDestroyNotify) info_free, NULL,
                          on_first_info, g_steal_pointer (&task));
}

void
dpop_session_open_async (DpopSession *self, const CosmicSecret *passphrase,
                         const CosmicPasswordCost *cost, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (DPOP_IS_SESSION (self));
  g_return_if_fail (self->state == DPOP_SESSION_CLOSED);
  task = g_task_new (self, NULL, callback, user_data);
  set_state (self, DPOP_SESSION_OPENING);
  dpop_engine_open (self->engine, self->folder, passphrase, cost, NULL, on_opened, task,
                    g_object_unref);
}

gboolean
dpop_session_open_finish (DpopSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Waits for the engine, so in a thread of its own. */
static void
close_there (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  dpop_engine_close (data);
  g_task_return_boolean (task, TRUE);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  set_state (DPOP_SESSION (source), DPOP_SESSION_CLOSED);
  g_task_return_boolean (task, TRUE);
}

void
dpop_session_close_async (DpopSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) closing = g_task_new (self, NULL, on_closed, task);

  dpop_session_save_drafts (self);
  set_state (self, DPOP_SESSION_OPENING);
  forget (self);
  g_task_set_task_data (closing, dpop_engine_ref (self->engine),
                        (GDestroyNotify) dpop_engine_unref);
  g_task_run_in_thread (closing, close_there);
}

gboolean
dpop_session_close_finish (DpopSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- The shared folder. ---------------------------------------------------------------------- */

static gpointer
use_folder (DpopProfile *profile, gpointer data, GError **error)
{
  return GINT_TO_POINTER (dpop_shared_folder_use (profile, data, error));
}

static void
on_used (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (dpop_session_run_finish (DPOP_SESSION (source), result, &error) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  refresh_info (DPOP_SESSION (source));
  g_task_return_boolean (task, TRUE);
}

void
dpop_session_share_async (DpopSession *self, const char *folder, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (DPOP_IS_SESSION (self));
  task = g_task_new (self, NULL, callback, user_data);
  dpop_session_run_async (self, use_folder, g_strdup (folder), g_free, NULL, NULL, on_used, task);
}

gboolean
dpop_session_share_finish (DpopSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
dpop_session_exchange (DpopSession *self)
{
  g_return_if_fail (DPOP_IS_SESSION (self));
  if (self->shared != NULL)
    dpop_folder_watch_now (self->shared);
}

/* --- The network. ---------------------------------------------------------------------------- */

void
dpop_session_set_network (DpopSession *self, DpopNetwork *network)
{
  g_return_if_fail (DPOP_IS_SESSION (self));
  if (self->network == network)
    return;
  leave_network (self);
  g_clear_pointer (&self->network, dpop_network_unref);
  self->network = network != NULL ? dpop_network_ref (network) : NULL;
  if (self->state == DPOP_SESSION_OPEN)
    join_network (self);
}

void
dpop_session_use_network (DpopSession *self, gboolean uses)
{
  g_return_if_fail (DPOP_IS_SESSION (self));
  dpop_session_run_async (self, write_network, GINT_TO_POINTER (uses), NULL, NULL, NULL,
                          on_setting_written, NULL);
}

gboolean
dpop_session_connect (DpopSession *self, const char *address)
{
  g_return_val_if_fail (DPOP_IS_SESSION (self), FALSE);
  return self->member != 0 && dpop_network_dial (self->network, self->member, address);
}

/* --- Drafts. --------------------------------------------------------------------------------- */

typedef struct
{
  char *name;
  char *text; /* wiped: what is typed is the organisation's */
} Draft;

static void
text_free (gpointer text)
{
  if (text != NULL)
    cosmic_wipe (text, strlen (text));
  g_free (text);
}

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->name);
  text_free (draft->text);
  g_free (draft);
}

static gpointer
write_draft (DpopProfile *profile, gpointer data, GError **error)
{
  const Draft *draft = data;
  g_autoptr (GBytes) value
      = *draft->text != '\0' ? g_bytes_new (draft->text, strlen (draft->text)) : NULL;

  return GINT_TO_POINTER (dpop_profile_put_setting (profile, draft->name, value, error));
}

void
dpop_session_save_drafts (DpopSession *self)
{
  GHashTableIter iter;
  gpointer name, text;

  g_clear_handle_id (&self->draft_timer, g_source_remove);
  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      Draft *draft = g_new0 (Draft, 1);

      draft->name = name;
      draft->text = text;
      g_hash_table_iter_steal (&iter);
      dpop_engine_run (self->engine, &(DpopEngineCommand){ .function = write_draft,
                                                           .data = draft,
                                                           .free_data = draft_free });
    }
}

static gboolean
on_rest (gpointer data)
{
  DpopSession *self = data;

  self->draft_timer = 0;
  dpop_session_save_drafts (self);
  return G_SOURCE_REMOVE;
}

void
dpop_session_put_draft (DpopSession *self, const char *name, const char *text)
{
  g_return_if_fail (DPOP_IS_SESSION (self));
  if (self->state != DPOP_SESSION_OPEN)
    return;
  g_hash_table_replace (self->drafts, g_strconcat (DRAFT_PREFIX, name, NULL),
                        g_strdup (text != NULL ? text : ""));
  /* What was a draft has been said by now: it must not come back and be said twice. */
  if (text == NULL)
    dpop_session_save_drafts (self);
  else if (self->draft_timer == 0)
    self->draft_timer = g_timeout_add (DRAFT_REST_MS, on_rest, self);
}

static gpointer
read_draft (DpopProfile *profile, gpointer name, GError **error)
{
  g_autoptr (GError) own = NULL;
  g_autoptr (GBytes) value = dpop_profile_get_setting (profile, name, &own);

  if (own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  if (value == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (value, NULL), g_bytes_get_size (value));
}

/* What still rests is written before it is read: the engine does one thing after the other. */
void
dpop_session_get_draft_async (DpopSession *self, const char *name, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  dpop_session_save_drafts (self);
  dpop_session_run_async (self, read_draft, g_strconcat (DRAFT_PREFIX, name, NULL), g_free,
                          text_free, NULL, callback, user_data);
}

char *
dpop_session_get_draft_finish (DpopSession *self, GAsyncResult *result, GError **error)
{
  return dpop_session_run_finish (self, result, error);
}

/* --- The session. ---------------------------------------------------------------------------- */

const char *
dpop_session_get_folder (DpopSession *self)
{
  g_return_val_if_fail (DPOP_IS_SESSION (self), NULL);
  return self->folder;
}

DpopSessionState
dpop_session_get_state (DpopSession *self)
{
  g_return_val_if_fail (DPOP_IS_SESSION (self), DPOP_SESSION_CLOSED);
  return self->state;
}

const DpopSessionInfo *
dpop_session_get_info (DpopSession *self)
{
  g_return_val_if_fail (DPOP_IS_SESSION (self), NULL);
  return self->info;
}

DpopReader *
dpop_session_get_reader (DpopSession *self)
{
  g_return_val_if_fail (DPOP_IS_SESSION (self), NULL);
  return self->reader;
}

static void
dpop_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DpopSession *self = DPOP_SESSION (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_INFO:
      g_value_set_pointer (value, self->info);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dpop_session_dispose (GObject *object)
{
  DpopSession *self = DPOP_SESSION (object);

  if (self->engine != NULL)
    {
      dpop_session_save_drafts (self);
      forget (self);
    }
  g_clear_pointer (&self->network, dpop_network_unref);
  g_clear_pointer (&self->engine, dpop_engine_unref);
  G_OBJECT_CLASS (dpop_session_parent_class)->dispose (object);
}

static void
dpop_session_finalize (GObject *object)
{
  DpopSession *self = DPOP_SESSION (object);

  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_free (self->folder);
  G_OBJECT_CLASS (dpop_session_parent_class)->finalize (object);
}

static void
dpop_session_class_init (DpopSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dpop_session_get_property;
  object_class->dispose = dpop_session_dispose;
  object_class->finalize = dpop_session_finalize;
  props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, DPOP_SESSION_CLOSED,
                                         DPOP_SESSION_OPEN, DPOP_SESSION_CLOSED,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_INFO] = g_param_spec_pointer ("info", NULL, NULL,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
dpop_session_init (DpopSession *self)
{
  self->engine = dpop_engine_new ();
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, text_free);
}

DpopSession *
dpop_session_new (const char *folder)
{
  DpopSession *self = g_object_new (DPOP_TYPE_SESSION, NULL);

  self->folder = g_strdup (folder);
  return self;
}
