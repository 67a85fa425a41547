/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-reconcile-private.h"

/* How many frames of LIMIT a peer may send before it tells anything; and what our own items are
 * worth, in bytes. */
#define CREDIT_FRAMES   64
#define CREDIT_PER_OURS 320

#define WAITING_MOST 8192

CosmicReconcile *
cosmic_reconcile_new (CosmicItemSet *set, gboolean begins, gsize limit, guint64 most,
                      DpopRandom random)
{
  CosmicReconcile *self;

  g_return_val_if_fail (limit >= COSMIC_RECONCILE_LIMIT_MIN
                        && limit <= COSMIC_RECONCILE_LIMIT_MAX, NULL);
  self = g_new0 (CosmicReconcile, 1);
  self->set = set;
  self->begins = begins;
  self->limit = limit;
  self->most = most;
  self->random = random;
  cosmic_range_list_init (&self->asks, (guint) MIN (limit / 32, WAITING_MOST));
  cosmic_range_list_init (&self->sends, (guint) MIN (limit / 32, WAITING_MOST));
  self->listed = g_array_new (FALSE, FALSE, sizeof (ListedItem));
  self->only_theirs = g_array_new (FALSE, FALSE, sizeof (CosmicItem));
  self->only_ours = g_array_new (FALSE, FALSE, sizeof (CosmicItem));
  return self;
}

void
cosmic_reconcile_free (CosmicReconcile *self)
{
  if (self == NULL)
    return;
  cosmic_range_list_clear (&self->asks);
  cosmic_range_list_clear (&self->sends);
  g_array_unref (self->listed);
  g_array_unref (self->only_theirs);
  g_array_unref (self->only_ours);
  g_free (self);
}

CosmicReconcileState
cosmic_reconcile_state (CosmicReconcile *self)
{
  return self->state;
}

const char *
cosmic_reconcile_fault (CosmicReconcile *self)
{
  return self->fault;
}

const GArray *
cosmic_reconcile_only_theirs (CosmicReconcile *self)
{
  return self->only_theirs;
}

const GArray *
cosmic_reconcile_only_ours (CosmicReconcile *self)
{
  return self->only_ours;
}

static gboolean
set_credit (CosmicReconcile *self, GError **error)
{
  CosmicItemSum total;

  if (!cosmic_item_set_total (self->set, &total, error))
    return FALSE;
  self->credit = CREDIT_FRAMES * self->limit + CREDIT_PER_OURS * total.count;
  return TRUE;
}

/* The part of a frame behind the answers, in OUT: questions get half of the room while there are
 * items to send, so that what is still to be found is looked for meanwhile. */
static gboolean
write_rest (CosmicReconcile *self, GByteArray *out, gboolean *asks, GError **error)
{
  g_autoptr (GByteArray) items = g_byte_array_new ();
  g_autoptr (GByteArray) questions = g_byte_array_new ();
  gsize room = self->limit - out->len - 5; /* the number of items */
  guint n;

  if (!cosmic_reconcile_ask (self, questions, self->sends.ranges->len > 0 ? room / 2 : room,
                             error)
      || !cosmic_reconcile_send (self, items, room - questions->len, &n, error))
    return FALSE;
  cosmic_frame_write_number (out, n);
  g_byte_array_append (out, items->data, items->len);
  g_byte_array_append (out, questions->data, questions->len);
  *asks = questions->len > 0;
  return TRUE;
}

GBytes *
cosmic_reconcile_begin (CosmicReconcile *self, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 head = HEAD_VERSION | HEAD_OPENING;

  g_return_val_if_fail (self->begins && !self->begun, NULL);
  self->begun = TRUE;
  dpop_random_fill (self->random, self->key, sizeof self->key);
  g_byte_array_append (out, &head, 1);
  g_byte_array_append (out, self->key, sizeof self->key);
  cosmic_frame_write_number (out, 0);
  if (!set_credit (self, error) || !cosmic_reconcile_open (self, out, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
write_reply (CosmicReconcile *self, const FrameTaken *taken, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint8 head = HEAD_VERSION;
  gboolean asks;

  g_byte_array_append (out, &head, 1);
  g_byte_array_append (out, taken->answers->data, taken->answers->len);
  if (!write_rest (self, out, &asks, error))
    return NULL;
  self->said_more = self->asks.ranges->len + self->sends.ranges->len > 0;
  if (self->said_more)
    out->data[0] |= HEAD_MORE;
  else if (!taken->more && !asks && !taken->we_lack)
    {
      out->data[0] |= HEAD_LAST;
      self->state = COSMIC_RECONCILE_DONE;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

gboolean
cosmic_reconcile_take (CosmicReconcile *self, gconstpointer bytes, gsize size, GBytes **reply,
                       GError **error)
{
  g_autoptr (GByteArray) answers = g_byte_array_new ();
  FrameTaken taken = { .answers = answers };
  GError *failure = NULL;

  *reply = NULL;
  g_array_set_size (self->only_theirs, 0);
  g_array_set_size (self->only_ours, 0);
  g_return_val_if_fail (self->begun || !self->begins, TRUE);
  if (self->state != COSMIC_RECONCILE_GOES_ON)
    {
      cosmic_reconcile_refuse (self, "a frame after the last");
      return TRUE;
    }
  if (!self->begins && !self->begun && !set_credit (self, &failure))
    ;
  else if (!cosmic_reconcile_read (self, bytes, size, &taken, &failure))
    ;
  else if (taken.last)
    self->state = COSMIC_RECONCILE_DONE;
  else
    *reply = write_reply (self, &taken, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}
