/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agreement-council-private.h"

guint
council_below (Council *self, guint bound)
{
  return (guint) fixture_random_below (&self->random, bound);
}

gboolean
council_chance (Council *self, guint per_mille)
{
  return council_below (self, 1000) < per_mille;
}

gboolean
council_is_unrest (const Council *self)
{
  return self->now < START + self->plan->unrest;
}

/* --- Events, in the order of time. ------------------------------------------------------------ */

static gboolean
is_before (const Event *a, const Event *b)
{
  return a->time < b->time || (a->time == b->time && a->number < b->number);
}

Event *
council_push (Council *self, gint64 delay, EventKind kind, guint to)
{
  Event *event = g_new0 (Event, 1);
  guint at = self->heap->len;

  event->time = self->now + delay;
  event->number = self->number++;
  event->kind = kind;
  event->to = to;
  event->life = self->members[to].life;
  g_ptr_array_add (self->heap, event);
  while (at > 0 && is_before (event, self->heap->pdata[(at - 1) / 2]))
    {
      self->heap->pdata[at] = self->heap->pdata[(at - 1) / 2];
      at = (at - 1) / 2;
    }
  self->heap->pdata[at] = event;
  return event;
}

Event *
council_pop (Council *self)
{
  gpointer *heap = self->heap->pdata;
  Event *first = heap[0], *last = heap[self->heap->len - 1];
  guint len = self->heap->len - 1, at = 0;

  g_ptr_array_set_size (self->heap, (gint) len);
  while (len > 0)
    {
      guint child = 2 * at + 1;

      if (child + 1 < len && is_before (heap[child + 1], heap[child]))
        child++;
      if (child >= len || !is_before (heap[child], last))
        break;
      heap[at] = heap[child];
      at = child;
    }
  if (len > 0)
    heap[at] = last;
  return first;
}

void
council_event_free (Event *event)
{
  g_clear_pointer (&event->bytes, g_bytes_unref);
  g_free (event);
}

void
council_trace_event (Council *self, const Event *event)
{
  const guint64 line[]
      = { (guint64) event->time, event->kind, event->to, event->height, event->round, event->step };

  cosmic_hash_update (&self->trace, line, sizeof line);
  cosmic_hash_update (&self->trace, event->id.bytes, COSMIC_ID_SIZE);
  if (event->bytes != NULL)
    cosmic_hash_update (&self->trace, g_bytes_get_data (event->bytes, NULL),
                        g_bytes_get_size (event->bytes));
}

/* --- The network. ----------------------------------------------------------------------------- */

gboolean
council_can_meet (const Council *self, guint a, guint b)
{
  const Member *one = &self->members[a], *other = &self->members[b];

  return one->up && other->up
         && (!council_is_unrest (self) || (one->reaches & 1U << b && other->reaches & 1U << a));
}

static guint
delay (Council *self)
{
  if (!council_is_unrest (self))
    return 1 + council_below (self, 60);
  return 1
         + council_below (self,
                          council_chance (self, self->weather.late) ? self->weather.late_by : 300);
}

static void
deliver (Council *self, guint from, guint to, GBytes *message)
{
  guint copies = 1;

  if (!self->members[to].up
      || (council_is_unrest (self) && (self->members[from].reaches & 1U << to) == 0))
    return;
  if (council_is_unrest (self))
    copies = council_chance (self, self->weather.lost)      ? 0
             : council_chance (self, self->weather.doubled) ? 2
                                                            : 1;
  for (guint i = 0; i < copies; i++)
    council_push (self, delay (self), EVENT_DELIVER, to)->bytes = g_bytes_ref (message);
}

void
council_broadcast (Council *self, guint from, guint audience, GBytes *message)
{
  for (guint to = 0; to < self->n_members; to++)
    if (to != from && audience & 1U << to
        && self->members[to].witness != self->members[from].witness)
      deliver (self, from, to, message);
}

/* --- What must never happen. ------------------------------------------------------------------ */

typedef struct
{
  guint64 height;
  guint64 round;
  CosmicId id;
} Stand;

guint
council_stand_hash (gconstpointer key)
{
  const Stand *stand = key;

  return cosmic_id_hash (&stand->id) ^ (guint) stand->round ^ ((guint) stand->height << 16);
}

gboolean
council_stand_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Stand)) == 0;
}

/* The first byte of its state root says whether a checkpoint is valid. */
static gboolean
is_valid (Council *self, const CosmicId *id)
{
  GBytes *bytes = g_hash_table_lookup (self->checkpoints, id);
  CosmicCheckpoint read;

  return bytes != NULL && cosmic_checkpoint_decode (bytes, &read)
         && read.state_root.bytes[0] == 'V';
}

guint
council_bits (guint set)
{
  guint count = 0;

  for (; set != 0; set &= set - 1)
    count++;
  return count;
}

/* A certificate is possible as soon as those that are honest have signed all of a quorum but the
 * faulty, who sign anything. */
void
council_watch_precommit (Council *self, const CosmicWitnessMessage *message, guint witness)
{
  const Stand stand = { message->height, message->round, message->value };
  guint quorum = cosmic_quorum (self->plan->n, self->plan->f);
  gpointer set = g_hash_table_lookup (self->precommits, &stand);
  CosmicId *certified;

  if (message->step != COSMIC_STEP_PRECOMMIT || cosmic_id_is_zero (&message->value))
    return;
  set = GUINT_TO_POINTER (GPOINTER_TO_UINT (set) | 1U << witness);
  g_hash_table_replace (self->precommits, g_memdup2 (&stand, sizeof stand), set);
  if (council_bits (GPOINTER_TO_UINT (set)) + self->n_faulty < quorum)
    return;
  certified = g_hash_table_lookup (self->certified, &stand.height);
  if (certified == NULL)
    g_hash_table_insert (self->certified, g_memdup2 (&stand.height, sizeof stand.height),
                         cosmic_id_copy (&stand.id));
  else if (!cosmic_id_same (certified, &stand.id))
    self->outcome->split = TRUE;
  if (!is_valid (self, &stand.id))
    self->outcome->unsound = TRUE;
}
