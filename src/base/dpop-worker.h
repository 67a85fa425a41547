/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-hand-over.h"

G_BEGIN_DECLS

/* A thread with a main context of its own, which is its thread-default one, and does what is handed
 * over to it. */
typedef struct _DpopWorker DpopWorker;

/* NAME is for debuggers. */
DpopWorker *dpop_worker_new  (const char *name);
/* Waits until the worker has done what was handed to it before, and ends it. Not from its own
 * thread. */
void        dpop_worker_free (DpopWorker *self);

/* Borrowed. */
GMainContext *dpop_worker_context (DpopWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopWorker, dpop_worker_free)

G_END_DECLS
