/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-command-info.h"
#include "dpop-engine.h"
#include "dpop-network.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* An organisation as a window has it before it: the profile behind its engine, a reader for the
 * lists, what stands at the head of every page, and drafts. All of it in the main context of its
 * making; nothing here waits for the disk.
 *
 * Properties: "state" (a DpopSessionState); "info" tells by "notify::info" that the head of the
 * pages is another. Signal "changed" (a DpopProjectorChanges, NULL: look at everything again)
 * follows each commit. */
#define DPOP_TYPE_SESSION (dpop_session_get_type ())
G_DECLARE_FINAL_TYPE (DpopSession, dpop_session, DPOP, SESSION, GObject)

typedef enum
{
  DPOP_SESSION_CLOSED,  /* locked: no key is in memory */
  DPOP_SESSION_OPENING, /* or closing */
  DPOP_SESSION_OPEN,
} DpopSessionState;

/* How the exchange through a shared folder stands. */
typedef struct
{
  char *path;      /* NULL: none is used */
  gint64 at;       /* ms, the last time that it went well since it was opened; 0: not yet */
  guint computers; /* that exchange through it too */
  guint behind;    /* of these: have not yet what is here */
  guint unread;    /* files that are not whole, or make no sense yet */
  char *fault;     /* why it did not go well the last time; NULL: it did */
} DpopSessionFolder;

/* What stands at the head of the pages. */
typedef struct
{
  DpopCommandInfo figures;
  char *name;     /* of the organisation; NULL until its history is here */
  char *own_name; /* of this computer's member; NULL: it has none yet */
  guint idle_minutes; /* after which it is locked; 0: never */
  DpopSessionFolder shared;
  gboolean uses_network; /* a setting of this computer; yes, unless it was said otherwise */
  const DpopNetworkReport *network; /* NULL: nothing is known yet, or it is not used */
} DpopSessionInfo;

/* The profile is that in FOLDER, which need not be there yet. */
DpopSession     *dpop_session_new        (const char *folder);
const char      *dpop_session_get_folder (DpopSession *self);
DpopSessionState dpop_session_get_state  (DpopSession *self);
/* Borrowed until the next "notify::info"; NULL unless open. */
const DpopSessionInfo *dpop_session_get_info (DpopSession *self);
/* Borrowed; NULL unless open. */
DpopReader      *dpop_session_get_reader (DpopSession *self);

/* Opens the profile; with COST makes it. PASSPHRASE is copied, and wiped when it was used. */
void     dpop_session_open_async  (DpopSession *self, const CosmicSecret *passphrase,
                                   const CosmicPasswordCost *cost, GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean dpop_session_open_finish (DpopSession *self, GAsyncResult *result, GError **error);

/* Closes it, after what was asked before; every key is wiped. Lists that are still alive get no
 * more answers. */
void     dpop_session_close_async  (DpopSession *self, GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean dpop_session_close_finish (DpopSession *self, GAsyncResult *result, GError **error);

/* Runs FUNCTION in the engine's thread. DATA is the engine's from then on, FREE_RESULT is for a
 * result that nobody took. CANCELLABLE withdraws a command that has not begun; what has become
 * durable is never told as cancelled. */
void     dpop_session_run_async  (DpopSession *self, DpopEngineFunction function, gpointer data,
                                  GDestroyNotify free_data, GDestroyNotify free_result,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
/* NULL with an error, or what FUNCTION gave: the caller's from then on. */
gpointer dpop_session_run_finish (DpopSession *self, GAsyncResult *result, GError **error);

/* Of this computer alone, and 15 unless it was said otherwise. "notify::info" follows. */
#define DPOP_SESSION_IDLE_MINUTES 15
void dpop_session_set_idle_minutes (DpopSession *self, guint minutes);

/* --- The shared folder. ---------------------------------------------------------------------- */

/* Exchanges through FOLDER from now on, by itself; NULL: through none any more. "notify::info"
 * follows. */
void     dpop_session_share_async  (DpopSession *self, const char *folder,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean dpop_session_share_finish (DpopSession *self, GAsyncResult *result, GError **error);
/* Now, and for all who lack something; "notify::info" tells how it went. */
void     dpop_session_exchange     (DpopSession *self);

/* --- The network. ---------------------------------------------------------------------------- */

/* Takes part in NETWORK as long as it is open. */
void     dpop_session_set_network      (DpopSession *self, DpopNetwork *network);
/* "notify::info" follows. */
void     dpop_session_use_network      (DpopSession *self, gboolean uses);
/* FALSE when ADDRESS is none; dpop_network_dial(). */
gboolean dpop_session_connect          (DpopSession *self, const char *address);

/* --- Drafts. --------------------------------------------------------------------------------- */

/* What is being typed, kept in the profile so that a crash loses nothing. NAME is the page's own,
 * such as "comment/" and an id. Saved after a moment of rest; empty forgets it, NULL at once. */
void dpop_session_put_draft (DpopSession *self, const char *name, const char *text);
/* Writes at once what still rests. */
void dpop_session_save_drafts (DpopSession *self);
/* NULL when there is none; the caller frees. Finds what was put a moment ago, too. */
void  dpop_session_get_draft_async  (DpopSession *self, const char *name,
                                     GAsyncReadyCallback callback, gpointer user_data);
char *dpop_session_get_draft_finish (DpopSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
