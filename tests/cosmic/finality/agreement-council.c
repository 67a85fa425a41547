/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agreement-council-private.h"

/* --- The run. --------------------------------------------------------------------------------- */

static void
connect_some (Council *self)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      self->members[i].reaches = 0;
      for (guint j = 0; j < self->n_members; j++)
        if (!council_chance (self, self->weather.apart))
          self->members[i].reaches |= 1U << j;
    }
}

static void
connect_quorum (Council *self)
{
  guint size = cosmic_quorum (self->plan->n, self->plan->f) + council_below (self, 2), those = 0;

  while (council_bits (those) < MIN (size, self->n_members))
    those |= 1U << council_below (self, self->n_members);
  for (guint i = 0; i < self->n_members; i++)
    self->members[i].reaches = those & 1U << i ? those : 0;
}

static void
shift (Council *self)
{
  if (council_is_unrest (self))
    council_push (self, 300 + council_below (self, 2 * self->weather.change), EVENT_SHIFT, 0);
  if (self->weather.edge)
    connect_quorum (self);
  else
    connect_some (self);
  for (guint i = 0; i < self->n_members; i++)
    council_tell_live (self, i);
}

static void
disk_is_done (Council *self, Event *event)
{
  Member *member = &self->members[event->to];
  gboolean alive = member->life == event->life;

  /* Of a write that was under way when everything stopped, nobody knows. */
  if (!alive && council_chance (self, 500))
    return;
  g_clear_pointer (&member->disk, g_bytes_unref);
  member->disk = g_steal_pointer (&event->bytes);
  if (alive)
    cosmic_agreement_written (member->machine, event->ticket, council_clock_of (self, member));
}

static void
answer_proposal (Council *self, const Event *event)
{
  Member *member = &self->members[event->to];
  GBytes *bytes;
  CosmicId previous, list;
  gint64 time;

  if (event->height != member->height)
    return;
  council_last_checkpoint (self, member, &previous, &time);
  bytes = council_make_checkpoint (self, event->height, &previous,
                                   MAX (time + 1, council_clock_of (self, member)), TRUE);
  list = council_list_of (bytes);
  cosmic_agreement_propose (member->machine, event->round, bytes, &list,
                            council_clock_of (self, member));
}

/* What is for one machine, and only while it lives. */
static void
machine_event (Council *self, const Event *event)
{
  Member *member = &self->members[event->to];
  gint64 now = council_clock_of (self, member);

  switch (event->kind)
    {
    case EVENT_DELIVER:
      cosmic_agreement_receive (member->machine, event->bytes, now);
      break;
    case EVENT_TIMEOUT:
      cosmic_agreement_timeout (member->machine, event->height, event->round, event->step, now);
      break;
    case EVENT_PROPOSE:
      answer_proposal (self, event);
      break;
    case EVENT_JUDGED:
      cosmic_agreement_judge (member->machine, &event->id, &event->list, event->verdict, now);
      break;
    case EVENT_WORK:
    default:
      if (event->height == member->height)
        cosmic_agreement_set_work (member->machine, TRUE, now);
    }
}

/* A twin never hears of what the other one said. */
static gboolean
is_of_twin (const Council *self, const Event *event)
{
  const Member *member = &self->members[event->to];
  g_autoptr (CosmicWitnessMessage) message = NULL;

  if (member->honest || event->kind != EVENT_DELIVER)
    return FALSE;
  message = cosmic_witness_message_decode (event->bytes);
  return message != NULL
         && cosmic_id_same (&message->signature.witness,
                            &g_array_index (self->witnesses, CosmicId, member->witness));
}

static void
happen (Council *self, Event *event)
{
  switch (event->kind)
    {
    case EVENT_MEET:
      council_meet (self);
      return;
    case EVENT_SHIFT:
      shift (self);
      break;
    case EVENT_EVIL:
      council_do_evil (self, event->to);
      return;
    case EVENT_START:
      council_start (self, event->to);
      break;
    case EVENT_DISK:
      disk_is_done (self, event);
      break;
    case EVENT_DELIVER:
    case EVENT_TIMEOUT:
    case EVENT_PROPOSE:
    case EVENT_JUDGED:
    case EVENT_WORK:
    default:
      if (self->members[event->to].machine != NULL && self->members[event->to].life == event->life
          && !is_of_twin (self, event))
        machine_event (self, event);
    }
  for (guint i = 0; i < self->n_members; i++)
    council_work (self, i);
}

static gboolean
is_finished (const Council *self)
{
  for (guint i = 0; i < self->n_members; i++)
    if (self->members[i].honest && self->members[i].height <= self->plan->heights)
      return FALSE;
  return TRUE;
}

static Member *
add_member (Council *self, guint witness)
{
  Member *member = &self->members[self->n_members++];

  g_assert_cmpuint (self->n_members, <=, MEMBERS_MAX);
  member->witness = witness;
  member->honest = !self->faulty[witness];
  member->up = TRUE;
  member->height = 1;
  member->audience = G_MAXUINT;
  member->skew = (gint64) council_below (self, 40000) - 20000;
  member->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) cosmic_certificate_free);
  return member;
}

/* Scripted, silent, or two machines that share the others between them. */
static void
seat_faulty (Council *self, guint witness)
{
  guint first = self->n_members, sides;

  add_member (self, witness);
  switch (council_below (self, 4))
    {
    case 0:
    case 1:
      council_push (self, council_below (self, 500), EVENT_EVIL, first);
      break;
    case 2:
      add_member (self, witness);
      sides = council_below (self, 1U << MEMBERS_MAX);
      self->members[first].audience = sides;
      self->members[first + 1].audience = ~sides;
      council_push (self, 0, EVENT_START, first);
      council_push (self, 0, EVENT_START, first + 1);
      break;
    default:
      break;
    }
}

static guint
one_of (Council *self, guint a, guint b, guint c, guint d)
{
  const guint all[] = { a, b, c, d };

  return all[council_below (self, 4)];
}

static void
make_weather (Council *self)
{
  self->weather = (Weather){
    .lost = one_of (self, 0, 100, 300, 600),
    .doubled = one_of (self, 0, 50, 200, 500),
    .late = one_of (self, 0, 100, 300, 600),
    .late_by = one_of (self, 1000, 4000, 9000, 20000),
    .disk = one_of (self, 2, 30, 100, 400),
    .falls = one_of (self, 0, 10, 40, 100),
    .apart = one_of (self, 0, 200, 400, 600),
    .change = one_of (self, 500, 1000, 2000, 5000),
    .meet = one_of (self, 100, 600, 2000, 9000),
    .tells = one_of (self, 0, 50, 300, 1000),
  };
  if (self->plan->edge || council_chance (self, 300))
    self->weather = (Weather){ .doubled = 50,
                               .disk = 400,
                               .falls = 70,
                               .change = 1500,
                               .meet = 200,
                               .tells = 20,
                               .edge = TRUE };
}

static void
set_up (Council *self)
{
  const guint n = self->plan->n;

  make_weather (self);
  self->witnesses = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  for (guint i = 0; i < n; i++)
    {
      CosmicId key;
      CosmicSecret *secret = cosmic_sign_key_new (fixture_random_table (&self->random), key.bytes);
      guint at = 0;

      while (at < i && cosmic_id_compare (&g_array_index (self->witnesses, CosmicId, at), &key) < 0)
        at++;
      memmove (&self->keys[at + 1], &self->keys[at], (i - at) * sizeof self->keys[0]);
      self->keys[at] = secret;
      g_array_insert_val (self->witnesses, at, key);
    }
  while (self->n_faulty < self->plan->byzantine)
    {
      guint who = 1 + council_below (self, n - 1); /* witness 0 is always honest */

      self->n_faulty += !self->faulty[who];
      self->faulty[who] = TRUE;
    }
  for (guint i = 0; i < n; i++)
    if (self->faulty[i])
      seat_faulty (self, i);
    else
      {
        add_member (self, i);
        council_push (self, council_below (self, 300), EVENT_START, self->n_members - 1);
      }
  council_push (self, 0, EVENT_SHIFT, 0);
  council_push (self, self->plan->unrest, EVENT_SHIFT, 0);
  council_push (self, 100, EVENT_MEET, 0);
}

static void
tear_down (Council *self)
{
  for (guint i = 0; i < self->heap->len; i++)
    council_event_free (self->heap->pdata[i]);
  g_ptr_array_unref (self->heap);
  for (guint i = 0; i < self->n_members; i++)
    {
      g_clear_pointer (&self->members[i].machine, cosmic_agreement_free);
      g_clear_pointer (&self->members[i].disk, g_bytes_unref);
      g_ptr_array_unref (self->members[i].certificates);
    }
  for (guint i = 0; i < self->plan->n; i++)
    cosmic_secret_free (self->keys[i]);
  g_array_unref (self->witnesses);
  g_ptr_array_unref (self->proposed);
  g_hash_table_unref (self->checkpoints);
  g_hash_table_unref (self->precommits);
  g_hash_table_unref (self->certified);
}

void
council_run (const CouncilPlan *plan, CouncilOutcome *outcome)
{
  Council self = { .plan = plan, .outcome = outcome, .now = START, .party = { { 9 } } };

  g_assert_cmpuint (plan->n, <=, WITNESSES_MAX);
  *outcome = (CouncilOutcome){ 0 };
  fixture_random_init (&self.random, plan->seed);
  cosmic_hash_init (&self.trace);
  self.heap = g_ptr_array_new ();
  self.proposed = g_ptr_array_new ();
  self.checkpoints = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free,
                                            (GDestroyNotify) g_bytes_unref);
  self.precommits = g_hash_table_new_full (council_stand_hash, council_stand_equal, g_free, NULL);
  self.certified = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  set_up (&self);
  while (!is_finished (&self) && !outcome->split
         && self.now < START + (plan->flaw == COUNCIL_SOUND ? LIMIT : plan->unrest))
    {
      Event *event = council_pop (&self);

      self.now = event->time;
      outcome->events++;
      council_trace_event (&self, event);
      happen (&self, event);
      council_event_free (event);
    }
  outcome->finished = is_finished (&self);
  outcome->took = self.now - START;
  cosmic_hash_finish (&self.trace, outcome->trace.bytes);
  tear_down (&self);
}
