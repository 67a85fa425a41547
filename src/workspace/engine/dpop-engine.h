/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"
#include "dpop-projector.h"
#include "dpop-reader.h"

G_BEGIN_DECLS

/* The one thread that owns a profile, and with it the only connection that writes. Commands are
 * handed to it and done one after the other; results come back to the main context of whoever
 * asked, after those who watch were told which rows changed. Readers beside it never wait for it.
 *
 * What a command has made durable is reported as done, whatever happens meanwhile: only a command
 * that has not begun can be withdrawn. Safe from any thread. */
typedef struct _DpopEngine DpopEngine;

#define DPOP_ENGINE_ERROR (dpop_engine_error_quark ())
GQuark dpop_engine_error_quark (void);

typedef enum
{
  DPOP_ENGINE_ERROR_CLOSED,     /* no profile is open */
  DPOP_ENGINE_ERROR_ALREADY,    /* one is open */
  DPOP_ENGINE_ERROR_UNFINISHED, /* a command left its transaction open; it was taken back */
} DpopEngineError;

/* A thread without a profile. */
DpopEngine *dpop_engine_new   (void);
DpopEngine *dpop_engine_ref   (DpopEngine *self);
/* With the last reference, after all that it was handed, the profile is closed and the thread ends.
 * Not to be the last from within a command. */
void        dpop_engine_unref (DpopEngine *self);

/* --- Commands. ------------------------------------------------------------------------------- */

/* Done in the engine's thread, where PROFILE is. */
typedef gpointer (*DpopEngineFunction) (DpopProfile *profile, gpointer data, GError **error);
/* Where it was asked. RESULT is the callee's; with ERROR (borrowed) the function failed. */
typedef void     (*DpopEngineDone)     (gpointer result, const GError *error, gpointer data);

typedef struct
{
  DpopEngineFunction function;
  gpointer data;              /* the engine's from then on */
  GDestroyNotify free_data;   /* NULL: nothing to free; so the others */
  GDestroyNotify free_result; /* for a result that nobody took */
  DpopEngineDone done;        /* NULL: nobody asks */
  gpointer done_data;
  GDestroyNotify free_done_data; /* after DONE, or instead of it */
  GCancellable *cancellable;  /* NULL: it cannot be withdrawn. Looked at once, before it begins. */
} DpopEngineCommand;

void     dpop_engine_run      (DpopEngine *self, const DpopEngineCommand *command);
/* Waits for it. DATA stays the caller's. Not from the engine's thread. */
gpointer dpop_engine_run_sync (DpopEngine *self, DpopEngineFunction function, gpointer data,
                               GError **error);

/* --- Opening and closing. -------------------------------------------------------------------- */

/* Opens the profile in FOLDER, or makes one (COST not NULL). DONE has no result; if it fails,
 * nothing is open. PASSPHRASE is copied, and wiped when it was used; EFFECTS as of
 * dpop_profile_open(). */
void     dpop_engine_open      (DpopEngine *self, const char *folder,
                                const CosmicSecret *passphrase, const CosmicPasswordCost *cost,
                                const DpopProfileEffects *effects, DpopEngineDone done,
                                gpointer done_data, GDestroyNotify free_done_data);
gboolean dpop_engine_open_sync (DpopEngine *self, const char *folder,
                                const CosmicSecret *passphrase, const CosmicPasswordCost *cost,
                                const DpopProfileEffects *effects, GError **error);

/* Closes the profile, after what was handed over before: its keys are wiped from memory. Readers
 * have no more answers, and watchers nothing to be told. It can be opened again. Waits for it. */
void     dpop_engine_close     (DpopEngine *self);

/* --- Reading beside it. ---------------------------------------------------------------------- */

/* A reader with a thread of its own, made at once, whatever the engine is doing. NULL when no
 * profile is open. */
DpopReader *dpop_engine_new_reader (DpopEngine *self, GError **error);

/* Calls WATCH in the main context of this call after each commit that changed something, until
 * dpop_engine_unwatch() with the number that is returned. */
typedef void (*DpopEngineWatch) (DpopProjectorChanges *changes, gpointer data);
guint dpop_engine_watch   (DpopEngine *self, DpopEngineWatch watch, gpointer data,
                           GDestroyNotify free_data);
/* From the thread of dpop_engine_watch(): afterwards WATCH is not called again. */
void  dpop_engine_unwatch (DpopEngine *self, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopEngine, dpop_engine_unref)

G_END_DECLS
