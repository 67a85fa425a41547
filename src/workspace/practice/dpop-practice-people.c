/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice-people-private.h"

#include "cosmic-hash.h"
#include "cosmic-sign.h"
#include "dpop-member-query.h"
#include "dpop-membership.h"
#include "dpop-practice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SETTING   "practice-seed"
#define SEED_SIZE 32
#define OFFICERS  9

/* What is derived from the seed, by context; the number is a person's. */
#define CONTEXT_MEMBER "practmem"
#define CONTEXT_DEVICE "practdev"
#define CONTEXT_DRAW   "practdrw"

/* --- Who they are. --------------------------------------------------------------------------- */

static void
init_person (DpopPracticePeople *self, guint number, guint officers)
{
  const guint8 *seed = cosmic_secret_bytes (self->seed);
  DpopPracticePerson *person = &self->people[number];
  g_autoptr (CosmicSecret) device = cosmic_secret_new (32);

  person->number = number;
  /* Another seed, other officers. */
  person->name = dpop_practice_text_name (number + seed[0]);
  cosmic_derive (seed, CONTEXT_MEMBER, number, person->member.bytes, COSMIC_ID_SIZE);
  if (number >= officers && number % 3 == 2)
    return;
  cosmic_derive (seed, CONTEXT_DEVICE, number, cosmic_secret_bytes (device), 32);
  person->device = cosmic_sign_key_from_seed (cosmic_secret_bytes (device),
                                              person->device_id.bytes);
}

DpopPracticePeople *
dpop_practice_people_new (DpopProfile *profile, const guint8 *seed, guint n, guint officers)
{
  DpopPracticePeople *self = g_new0 (DpopPracticePeople, 1);

  g_assert (n <= DPOP_PRACTICE_INVENTED);
  self->profile = profile;
  self->seed = cosmic_secret_copy (seed, SEED_SIZE);
  self->n = n;
  for (guint i = 0; i < n; i++)
    init_person (self, i, officers);
  return self;
}

gboolean
dpop_practice_people_keep (DpopProfile *profile, const guint8 *seed, GError **error)
{
  g_autoptr (GBytes) value = g_bytes_new (seed, SEED_SIZE);

  return dpop_profile_put_setting (profile, SETTING, value, error);
}

static GBytes *
stored_seed (DpopProfile *profile, GError **error)
{
  g_autoptr (GBytes) seed = dpop_profile_get_setting (profile, SETTING, error);

  return seed != NULL && g_bytes_get_size (seed) == SEED_SIZE ? g_steal_pointer (&seed) : NULL;
}

gboolean
dpop_practice_is (DpopProfile *profile)
{
  g_autoptr (GBytes) seed = stored_seed (profile, NULL);

  return seed != NULL;
}

DpopPracticePeople *
dpop_practice_people_load (DpopProfile *profile, GError **error)
{
  g_autoptr (DpopPracticePeople) self = NULL;
  GError *failure = NULL;
  g_autoptr (GBytes) seed = stored_seed (profile, &failure);

  if (seed == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      else
        g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID,
                             _("This is not a profile for practice: its members are real, and "
                               "nobody invented speaks here."));
      return NULL;
    }
  self = dpop_practice_people_new (profile, g_bytes_get_data (seed, NULL), DPOP_PRACTICE_INVENTED,
                                   OFFICERS);
  return dpop_profile_own_member (profile, &self->user, error) ? g_steal_pointer (&self) : NULL;
}

void
dpop_practice_people_free (DpopPracticePeople *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    cosmic_secret_free (self->people[i].device);
  cosmic_secret_free (self->seed);
  g_free (self);
}

const DpopPracticePerson *
dpop_practice_people_find (const DpopPracticePeople *self, const CosmicId *member)
{
  for (guint i = 0; i < self->n; i++)
    if (cosmic_id_same (&self->people[i].member, member))
      return &self->people[i];
  return NULL;
}

char *
dpop_practice_people_name (const DpopPracticePerson *person)
{
  return g_strdup_printf ("%s %s", person->name->given, person->name->family);
}

/* --- What they may. -------------------------------------------------------------------------- */

gboolean
dpop_practice_people_signs (const DpopPracticePeople *self, const CosmicState *authority,
                            const DpopPracticePerson *person)
{
  CosmicDevice device;

  return person->device != NULL
         && cosmic_authority_device (authority, &person->device_id, &device) && !device.off;
}

const DpopPracticePerson *
dpop_practice_people_able (const DpopPracticePeople *self, const CosmicState *authority,
                           DpopAction action, const CosmicId *scope, const CosmicId *subject)
{
  for (guint i = 0; i < self->n; i++)
    {
      const DpopPracticePerson *person = &self->people[i];

      if (dpop_practice_people_signs (self, authority, person)
          && dpop_membership_lets (authority, &person->member, action, scope, subject))
        return person;
    }
  return NULL;
}

const DpopPracticePerson *
dpop_practice_people_for (const DpopPracticePeople *self, const CosmicState *authority,
                          const DpopPracticePerson *person)
{
  g_autoptr (DpopCharter) charter = dpop_membership_charter (authority);
  const DpopCharterTarget target = { 0 };
  DpopStanding about, standing;

  if (charter == NULL || !dpop_membership_standing (authority, &person->member, &about))
    return NULL;
  for (guint i = 0; i < self->n; i++)
    {
      const DpopPracticePerson *other = &self->people[i];

      if (dpop_practice_people_signs (self, authority, other)
          && dpop_membership_standing (authority, &other->member, &standing)
          && dpop_standing_lets_about (&standing, charter, DPOP_ACTION_ACT_FOR, &target, &about))
        return other;
    }
  return NULL;
}

/* --- Inclinations. --------------------------------------------------------------------------- */

static guint64
draw (const DpopPracticePeople *self, const char *what, const CosmicId *a, const CosmicId *b)
{
  guint8 key[32], hash[COSMIC_HASH_SIZE];
  CosmicHash state;
  guint64 number;

  cosmic_derive (cosmic_secret_bytes (self->seed), CONTEXT_DRAW, 0, key, sizeof key);
  cosmic_hash_init_keyed (&state, key, sizeof key);
  cosmic_hash_update (&state, what, strlen (what) + 1);
  cosmic_hash_update (&state, a != NULL ? a : &cosmic_id_zero, sizeof (CosmicId));
  cosmic_hash_update (&state, b != NULL ? b : &cosmic_id_zero, sizeof (CosmicId));
  cosmic_hash_finish (&state, hash);
  memcpy (&number, hash, sizeof number);
  return GUINT64_FROM_LE (number);
}

guint
dpop_practice_people_draw (const DpopPracticePeople *self, const char *what, const CosmicId *a,
                           const CosmicId *b)
{
  return (guint) (draw (self, what, a, b) % 100);
}

gboolean
dpop_practice_people_takes_part (const DpopPracticePeople *self, const DpopPracticePerson *person,
                                 const CosmicId *decision)
{
  guint diligence = 60 + dpop_practice_people_draw (self, "diligence", &person->member, NULL) / 3;

  return dpop_practice_people_draw (self, "turnout", &person->member, decision) < diligence;
}

guint
dpop_practice_people_mood (const DpopPracticePeople *self, const CosmicId *decision)
{
  return 42 + dpop_practice_people_draw (self, "mood", decision, NULL) * 55 / 100;
}

/* Of a hundred who take part, so many abstain, and so many have a question first. */
#define ABSTAIN 5
#define ASK     25

DpopPracticeView
dpop_practice_people_view (const DpopPracticePeople *self, const DpopPracticePerson *person,
                           const CosmicId *decision)
{
  if (dpop_practice_people_draw (self, "asks", &person->member, decision) < ASK)
    return DPOP_PRACTICE_ASKS;
  return dpop_practice_people_draw (self, "likes", &person->member, decision)
                 < dpop_practice_people_mood (self, decision)
             ? DPOP_PRACTICE_FOR
             : DPOP_PRACTICE_AGAINST;
}

/* How much PERSON likes the option at PLACE. "None of these" is what few put first. */
static guint
liking (const DpopPracticePeople *self, const DpopPracticePerson *person,
        const DpopDecisionOpening *opening, guint place)
{
  const CosmicId *option = &g_array_index (opening->options, CosmicId, place);
  guint own = dpop_practice_people_draw (self, "likes", &person->member, option);

  if ((int) place == opening->default_option)
    return own / 3;
  return 30 + own + dpop_practice_people_draw (self, "mood", option, NULL) / 2;
}

static void
fill_marks (DpopBallotKind kind, const guint *likings, const DpopDecisionOpening *opening,
            DpopDecisionBallot *ballot)
{
  guint n = opening->options->len, best = 0;

  for (guint i = 1; i < n; i++)
    if (likings[i] > likings[best])
      best = i;
  if (kind == DPOP_BALLOT_RANK)
    {
      ballot->n_marks = n;
      for (guint i = 0; i < n; i++)
        {
          ballot->marks[i] = 1;
          for (guint j = 0; j < n; j++)
            if (likings[j] > likings[i] || (likings[j] == likings[i] && j < i))
              ballot->marks[i]++;
        }
      return;
    }
  /* Those liked well, and the best in any case, as long as there is room. */
  for (guint i = 0; i < n; i++)
    {
      guint room = kind == DPOP_BALLOT_APPROVE ? opening->max_choices : 1;

      if (i == best
          || (kind == DPOP_BALLOT_APPROVE && likings[i] > 100
              && ballot->n_marks + (i < best ? 1 : 0) < room))
        ballot->marks[ballot->n_marks++] = (guint16) i;
    }
}

void
dpop_practice_people_ballot (const DpopPracticePeople *self, const DpopPracticePerson *person,
                             const CosmicId *decision, const DpopDecision *state, guint mood,
                             DpopDecisionBallot *ballot)
{
  guint likings[DPOP_DECISION_OPTIONS_MAX];

  *ballot = (DpopDecisionBallot){ .answer = DPOP_ANSWER_NONE };
  if (state->proposed.ballot == DPOP_BALLOT_YES_NO_ABSTAIN)
    {
      if (dpop_practice_people_draw (self, "abstains", &person->member, decision) < ABSTAIN)
        ballot->answer = DPOP_ANSWER_ABSTAIN;
      else if (dpop_practice_people_draw (self, "likes", &person->member, decision) < mood)
        ballot->answer = DPOP_ANSWER_YES;
      else
        ballot->answer = DPOP_ANSWER_NO;
      return;
    }
  for (guint i = 0; i < state->opening->options->len; i++)
    likings[i] = liking (self, person, state->opening, i);
  fill_marks (state->proposed.ballot, likings, state->opening, ballot);
}

/* --- Chance. --------------------------------------------------------------------------------- */

gboolean
dpop_practice_people_dice (const DpopPracticePeople *self, DpopPracticeDice *dice, GError **error)
{
  CosmicLog *log = dpop_profile_log (self->profile);
  CosmicId tail;

  if (!cosmic_log_tail_hash (log, &tail, error))
    return FALSE;
  dice->state = draw (self, "dice", cosmic_log_state_root (log), &tail);
  return TRUE;
}

guint
dpop_practice_people_roll (DpopPracticeDice *dice, guint below)
{
  guint64 z = dice->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint) ((z ^ (z >> 31)) % below);
}
