/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hand-over.h"

#include <pthread.h>

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define IS_WATCHED 1
#endif
#endif
#ifdef __SANITIZE_THREAD__
#define IS_WATCHED 1
#endif

#ifdef IS_WATCHED
void __tsan_acquire (void *address);
void __tsan_release (void *address);
#endif

void
dpop_hand_over_release (gpointer address)
{
#ifdef IS_WATCHED
  __tsan_release (address);
#endif
}

void
dpop_hand_over_acquire (gpointer address)
{
#ifdef IS_WATCHED
  __tsan_acquire (address);
#endif
}

typedef struct
{
  DpopHandOverReceive receive;
  GDestroyNotify drop;
  gpointer value;
  gboolean received;
} Parcel;

static gboolean
deliver (gpointer data)
{
  Parcel *parcel = data;

  dpop_hand_over_acquire (parcel);
  parcel->received = TRUE;
  parcel->receive (parcel->value);
  return G_SOURCE_REMOVE;
}

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  dpop_hand_over_acquire (parcel);
  if (!parcel->received && parcel->drop != NULL)
    parcel->drop (parcel->value);
  g_free (parcel);
}

void
dpop_hand_over_send (GMainContext *context, DpopHandOverReceive receive, gpointer value,
                     GDestroyNotify drop)
{
  Parcel *parcel = g_new0 (Parcel, 1);
  GSource *source = g_idle_source_new ();

  parcel->receive = receive;
  parcel->drop = drop;
  parcel->value = value;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, parcel, parcel_free);
  dpop_hand_over_release (parcel);
  g_source_attach (source, context);
  g_source_unref (source);
}

/* --- And waiting for it. --------------------------------------------------------------------- */

/* With the C library's mutex: the sanitizer does not see GLib's. */
typedef struct
{
  DpopHandOverReceive receive;
  gpointer value;
  pthread_mutex_t mutex;
  pthread_cond_t through;
  gboolean is_through;
} Visit;

static void
visit (gpointer data)
{
  Visit *self = data;

  self->receive (self->value);
  pthread_mutex_lock (&self->mutex);
  self->is_through = TRUE;
  pthread_cond_signal (&self->through);
  pthread_mutex_unlock (&self->mutex);
}

void
dpop_hand_over_wait (GMainContext *context, DpopHandOverReceive receive, gpointer value)
{
  Visit self = { .receive = receive, .value = value };

  pthread_mutex_init (&self.mutex, NULL);
  pthread_cond_init (&self.through, NULL);
  dpop_hand_over_send (context, visit, &self, NULL);
  pthread_mutex_lock (&self.mutex);
  while (!self.is_through)
    pthread_cond_wait (&self.through, &self.mutex);
  pthread_mutex_unlock (&self.mutex);
  pthread_mutex_destroy (&self.mutex);
  pthread_cond_destroy (&self.through);
}
