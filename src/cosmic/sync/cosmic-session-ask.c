/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-session-private.h"

/* What is lacking here stands in a line. The front of it is asked for, as far as the window goes;
 * whether it is lacking still is looked at only then, as it may have come by another way.
 *
 * What another session asks for already is put off. Once nothing else is left, it is asked for too,
 * a little at a time and the last first: so that several peers share the work, no peer that does
 * not answer holds it up, and little comes twice. */

#define SECOND_MAX 256 /* asked for a second time at once */

guint
cosmic_session_n_needs (const CosmicSession *self)
{
  return self->needs->len - self->needs_from + self->deferred->len;
}

gboolean
cosmic_session_needs_nothing (const CosmicSession *self)
{
  return cosmic_session_n_needs (self) == 0 && g_hash_table_size (self->asked) == 0;
}

void
cosmic_session_need (CosmicSession *self, const CosmicId *id, guint parts, guint64 height)
{
  const CosmicSessionNeed need = { *id, parts, height, FALSE };

  if (height == 0 && g_hash_table_contains (self->asked, id))
    return;
  if (height == 0 && self->open_needs >= COSMIC_SESSION_QUEUE_MAX)
    {
      cosmic_session_again (self);
      return;
    }
  self->open_needs += height == 0;
  self->total++;
  g_array_append_val (self->needs, need);
}

void
cosmic_session_count_off (CosmicSession *self, guint64 height)
{
  for (GList *link = self->pending.head; link != NULL && height > 0; link = link->next)
    {
      CosmicSessionPending *pending = link->data;

      if (pending->record.height == height && pending->left > 0)
        {
          pending->left--;
          return;
        }
    }
}

gboolean
cosmic_session_answered (CosmicSession *self, const CosmicId *id, guint64 *height)
{
  const CosmicSessionNeed *need = g_hash_table_lookup (self->asked, id);

  *height = 0;
  if (need == NULL)
    return FALSE;
  *height = need->height;
  self->done++;
  self->node.table->release (self->node.self, id, self);
  g_hash_table_remove (self->asked, id);
  return TRUE;
}

void
cosmic_session_drop_needs (CosmicSession *self)
{
  GHashTableIter iter;
  gpointer id;

  g_array_set_size (self->needs, 0);
  g_array_set_size (self->deferred, 0);
  self->needs_from = 0;
  self->open_needs = 0;
  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    self->node.table->release (self->node.self, id, self);
  g_hash_table_remove_all (self->asked);
}

/* Those of LINE from FROM on that no record names. */
static void
forget_covered (CosmicSession *self, GArray *line, guint from)
{
  guint kept = 0;

  for (guint i = from; i < line->len; i++)
    {
      const CosmicSessionNeed need = g_array_index (line, CosmicSessionNeed, i);

      if (need.height == 0)
        g_array_index (line, CosmicSessionNeed, kept++) = need;
      else
        self->total--;
    }
  g_array_set_size (line, kept);
}

void
cosmic_session_forget_covered (CosmicSession *self)
{
  GHashTableIter iter;
  gpointer value;

  forget_covered (self, self->needs, self->needs_from);
  self->needs_from = 0;
  forget_covered (self, self->deferred, 0);
  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((CosmicSessionNeed *) value)->height = 0;
}

static guint8
order_of (const CosmicSessionNeed *need)
{
  if (need->parts == PART_SHARE)
    return WANT_SHARES;
  if (need->parts == PART_WITNESS)
    return WANT_WITNESS;
  return need->height > 0 ? WANT_AS_ASKED : WANT_BY_URGENCY;
}

/* Which parts of it are lacking still. */
static guint
still_lacking (CosmicSession *self, const CosmicSessionNeed *need)
{
  if (need->parts == PART_SHARE)
    return self->node.table->has_share (self->node.self, &need->id) ? 0 : PART_SHARE;
  if (need->parts == PART_WITNESS)
    return self->node.table->has_witness (self->node.self, &need->id) ? 0 : PART_WITNESS;
  return self->node.table->lacks (self->node.self, &need->id) & need->parts;
}

static void
step_forward (CosmicSession *self, const CosmicSessionNeed *need)
{
  self->open_needs -= need->height == 0;
  self->needs_from++;
  if (self->needs_from < self->needs->len / 2)
    return;
  g_array_remove_range (self->needs, 0, self->needs_from);
  self->needs_from = 0;
}

/* Whether NEED is put off, as another session asks for it. */
static gboolean
put_off (CosmicSession *self, const CosmicSessionNeed *need)
{
  if (need->parts == PART_SHARE
      || self->node.table->reserve (self->node.self, &need->id, self, need->second))
    return FALSE;
  self->open_needs += need->height == 0;
  g_array_append_vals (self->deferred, need, 1);
  return TRUE;
}

/* Puts in line what was put off, the last first. FALSE: there is none, or enough is asked for. */
static gboolean
take_up (CosmicSession *self)
{
  while (self->deferred->len > 0
         && self->needs->len - self->needs_from + g_hash_table_size (self->asked) < SECOND_MAX)
    {
      CosmicSessionNeed need
          = g_array_index (self->deferred, CosmicSessionNeed, self->deferred->len - 1);

      need.second = TRUE;
      g_array_set_size (self->deferred, self->deferred->len - 1);
      g_array_append_val (self->needs, need);
    }
  return self->needs->len > self->needs_from;
}

/* What follows when NEED is none any more, or is on its way already as ASKED. */
static void
pass_over (CosmicSession *self, const CosmicSessionNeed *need, CosmicSessionNeed *asked)
{
  self->done++;
  if (need->parts == 0)
    cosmic_session_count_off (self, need->height);
  else if (need->height > 0 && asked->height > 0)
    cosmic_session_fail (self, COSMIC_SESSION_INVALID); /* covered twice */
  else if (need->height > 0)
    asked->height = need->height;
}

/* The next need that is one, into NEED; FALSE when there is none, or it is of another ORDER. */
static gboolean
take_need (CosmicSession *self, gint order, CosmicSessionNeed *need)
{
  while (self->end == COSMIC_SESSION_OPEN
         && (self->needs->len > self->needs_from || take_up (self)))
    {
      CosmicSessionNeed *asked;

      *need = g_array_index (self->needs, CosmicSessionNeed, self->needs_from);
      if (order >= 0 && order_of (need) != order)
        return FALSE;
      step_forward (self, need);
      need->parts = still_lacking (self, need);
      asked = g_hash_table_lookup (self->asked, &need->id);
      if (need->parts == 0 || asked != NULL)
        pass_over (self, need, asked);
      else if (!put_off (self, need))
        return TRUE;
    }
  return FALSE;
}

static void
put_need (CosmicSession *self, GByteArray *list, const CosmicSessionNeed *need)
{
  CosmicSessionNeed *copy = g_memdup2 (need, sizeof *need);

  g_hash_table_replace (self->asked, &copy->id, copy);
  cosmic_session_put_id (list, &need->id);
  if (need->parts <= COSMIC_SESSION_ALL_PARTS)
    cosmic_session_put_byte (list, (guint8) need->parts);
}

GBytes *
cosmic_session_make_want (CosmicSession *self)
{
  guint room = COSMIC_SESSION_WINDOW - g_hash_table_size (self->asked);
  guint waiting = self->needs->len - self->needs_from;
  g_autoptr (GByteArray) list = g_byte_array_new ();
  GByteArray *frame;
  CosmicSessionNeed need;
  gint order = -1;
  guint count = 0;

  /* Rather one long message than many short ones. */
  if (room < MIN (waiting, COSMIC_SESSION_LIST_MAX) || (waiting == 0 && !take_up (self)))
    return NULL;
  while (count < COSMIC_SESSION_LIST_MAX && take_need (self, order, &need))
    {
      order = order_of (&need);
      put_need (self, list, &need);
      count++;
    }
  if (count == 0 || self->end != COSMIC_SESSION_OPEN)
    {
      cosmic_session_go_on (self); /* all of them had come by another way */
      return NULL;
    }
  frame = cosmic_session_frame (MESSAGE_WANT);
  cosmic_session_put_byte (frame, (guint8) order);
  cosmic_session_put_number (frame, count);
  g_byte_array_append (frame, list->data, list->len);
  return g_byte_array_free_to_bytes (frame);
}
