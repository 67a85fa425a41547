/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-vote-set.h"

#define STEPS COSMIC_STEP_PRECOMMIT

/* What a witness said in one round. */
typedef struct
{
  guint32 round;
  gboolean voted[STEPS];
  CosmicId first[STEPS]; /* its first value, whatever of it is still kept */
  CosmicVoteSlot slots[STEPS][COSMIC_VOTE_SET_SLOTS];
} Line;

struct _CosmicVoteSet
{
  guint32 current;
  guint witnesses;
  GArray **lines; /* of Line, for each witness, ascending by round */
};

static void
clear_line (gpointer value)
{
  Line *line = value;

  for (guint i = 0; i < STEPS; i++)
    for (guint j = 0; j < COSMIC_VOTE_SET_SLOTS; j++)
      g_clear_pointer (&line->slots[i][j].message, cosmic_witness_message_unref);
}

CosmicVoteSet *
cosmic_vote_set_new (guint witnesses)
{
  CosmicVoteSet *self = g_new0 (CosmicVoteSet, 1);

  self->witnesses = witnesses;
  self->lines = g_new0 (GArray *, witnesses);
  for (guint i = 0; i < witnesses; i++)
    {
      self->lines[i] = g_array_new (FALSE, TRUE, sizeof (Line));
      g_array_set_clear_func (self->lines[i], clear_line);
    }
  return self;
}

void
cosmic_vote_set_free (CosmicVoteSet *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->witnesses; i++)
    g_array_unref (self->lines[i]);
  g_free (self->lines);
  g_free (self);
}

void
cosmic_vote_set_enter (CosmicVoteSet *self, guint32 round)
{
  self->current = round;
}

static Line *
find_line (const CosmicVoteSet *self, guint index, guint32 round)
{
  GArray *lines = self->lines[index];

  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, Line, i).round == round)
      return &g_array_index (lines, Line, i);
  return NULL;
}

CosmicVoteSlot *
cosmic_vote_set_slots (const CosmicVoteSet *self, guint index, guint32 round, CosmicStep step)
{
  Line *line = find_line (self, index, round);

  return line != NULL ? line->slots[step - 1] : NULL;
}

/* The line that goes when one more comes: the oldest, but for the current round. */
static guint
spare_line (const CosmicVoteSet *self, guint index)
{
  return g_array_index (self->lines[index], Line, 0).round == self->current ? 1 : 0;
}

static gboolean
round_fits (const CosmicVoteSet *self, guint index, guint32 round)
{
  const GArray *lines = self->lines[index];

  return lines->len < COSMIC_VOTE_SET_ROUNDS || round == self->current
         || round > g_array_index (lines, Line, spare_line (self, index)).round;
}

/* How many witnesses' first votes stand behind VALUE: a proposal's are its prevotes. */
static guint
support (const CosmicVoteSet *self, guint32 round, CosmicStep step, const CosmicId *value)
{
  guint at = MAX (step, COSMIC_STEP_PREVOTE) - 1, count = 0;

  for (guint i = 0; i < self->witnesses; i++)
    {
      const Line *line = find_line (self, i, round);

      count += line != NULL && line->voted[at] && cosmic_id_same (&line->first[at], value);
    }
  return count;
}

/* Where MESSAGE goes among SLOTS: an empty place, or that of what fewest stand behind, if those are
 * fewer than stand behind MESSAGE. COSMIC_VOTE_SET_SLOTS when there is none. */
static guint
find_place (const CosmicVoteSet *self, const CosmicVoteSlot *slots,
            const CosmicWitnessMessage *message)
{
  guint place = COSMIC_VOTE_SET_SLOTS, least = 0;

  for (guint i = 0; i < COSMIC_VOTE_SET_SLOTS; i++)
    if (slots[i].message == NULL)
      return i;
  least = support (self, message->round, message->step, &message->value);
  for (guint i = 0; i < COSMIC_VOTE_SET_SLOTS; i++)
    {
      guint behind = support (self, message->round, message->step, &slots[i].message->value);

      if (behind < least)
        {
          least = behind;
          place = i;
        }
    }
  return place;
}

CosmicVoteFit
cosmic_vote_set_fit (const CosmicVoteSet *self, guint index, const CosmicWitnessMessage *message)
{
  const CosmicVoteSlot *slots = cosmic_vote_set_slots (self, index, message->round, message->step);

  if (slots == NULL)
    return round_fits (self, index, message->round) ? COSMIC_VOTE_FITS : COSMIC_VOTE_FULL;
  for (guint i = 0; i < COSMIC_VOTE_SET_SLOTS; i++)
    if (slots[i].message != NULL && cosmic_id_same (&slots[i].message->digest, &message->digest))
      return COSMIC_VOTE_KNOWN;
  return find_place (self, slots, message) < COSMIC_VOTE_SET_SLOTS ? COSMIC_VOTE_FITS
                                                                   : COSMIC_VOTE_FULL;
}

static Line *
make_line (CosmicVoteSet *self, guint index, guint32 round)
{
  GArray *lines = self->lines[index];
  const Line fresh = { .round = round };
  guint at = 0;

  if (lines->len >= COSMIC_VOTE_SET_ROUNDS)
    g_array_remove_index (lines, spare_line (self, index));
  while (at < lines->len && g_array_index (lines, Line, at).round < round)
    at++;
  g_array_insert_val (lines, at, fresh);
  return &g_array_index (lines, Line, at);
}

CosmicWitnessMessage *
cosmic_vote_set_put (CosmicVoteSet *self, guint index, CosmicWitnessMessage *message)
{
  guint at = message->step - 1, place;
  CosmicWitnessMessage *other = NULL;
  Line *line = find_line (self, index, message->round);

  if (line == NULL)
    line = make_line (self, index, message->round);
  if (!line->voted[at])
    {
      line->voted[at] = TRUE;
      line->first[at] = message->value;
    }
  place = find_place (self, line->slots[at], message);
  g_return_val_if_fail (place < COSMIC_VOTE_SET_SLOTS, NULL);
  for (guint i = 0; i < COSMIC_VOTE_SET_SLOTS && other == NULL; i++)
    if (line->slots[at][i].message != NULL)
      other = cosmic_witness_message_ref (line->slots[at][i].message);
  g_clear_pointer (&line->slots[at][place].message, cosmic_witness_message_unref);
  line->slots[at][place]
      = (CosmicVoteSlot){ cosmic_witness_message_ref (message), COSMIC_VERDICT_NONE };
  return other;
}

static const CosmicWitnessMessage *
vote_for (const CosmicVoteSet *self, guint index, guint32 round, CosmicStep step,
          const CosmicId *value)
{
  const CosmicVoteSlot *slots = cosmic_vote_set_slots (self, index, round, step);

  for (guint i = 0; slots != NULL && i < COSMIC_VOTE_SET_SLOTS; i++)
    if (slots[i].message != NULL
        && (value == NULL || cosmic_id_same (&slots[i].message->value, value)))
      return slots[i].message;
  return NULL;
}

guint
cosmic_vote_set_count (const CosmicVoteSet *self, guint32 round, CosmicStep step,
                       const CosmicId *value)
{
  guint count = 0;

  for (guint i = 0; i < self->witnesses; i++)
    count += vote_for (self, i, round, step, value) != NULL;
  return count;
}

GArray *
cosmic_vote_set_signatures (const CosmicVoteSet *self, guint32 round, CosmicStep step,
                            const CosmicId *value)
{
  GArray *signatures = g_array_new (FALSE, FALSE, sizeof (CosmicPrecommit));

  for (guint i = 0; i < self->witnesses; i++)
    {
      const CosmicWitnessMessage *message = vote_for (self, i, round, step, value);

      if (message != NULL)
        g_array_append_val (signatures, message->signature);
    }
  return signatures;
}

gboolean
cosmic_vote_set_newest (const CosmicVoteSet *self, guint index, guint32 *round)
{
  const GArray *lines = self->lines[index];

  if (lines->len > 0)
    *round = g_array_index (lines, Line, lines->len - 1).round;
  return lines->len > 0;
}

void
cosmic_vote_set_list (const CosmicVoteSet *self, GPtrArray *messages)
{
  for (guint i = 0; i < self->witnesses; i++)
    for (guint j = 0; j < self->lines[i]->len; j++)
      {
        const Line *line = &g_array_index (self->lines[i], Line, j);

        for (guint k = 0; k < STEPS * COSMIC_VOTE_SET_SLOTS; k++)
          if (line->slots[k / COSMIC_VOTE_SET_SLOTS][k % COSMIC_VOTE_SET_SLOTS].message != NULL)
            g_ptr_array_add (
                messages,
                g_bytes_ref (line->slots[k / COSMIC_VOTE_SET_SLOTS][k % COSMIC_VOTE_SET_SLOTS]
                                 .message->bytes));
      }
}
