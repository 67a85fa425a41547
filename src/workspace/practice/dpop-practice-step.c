/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice.h"

#include "dpop-comment-row.h"
#include "dpop-decision-entry.h"
#include "dpop-decision-row.h"
#include "dpop-membership.h"
#include "dpop-practice-act-private.h"
#include "dpop-roll.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How the invented members choose what to do next: every decision that is under way offers what may
 * be done about it, each with a weight; one of them is drawn. Proposals of the user weigh more. */

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)
/* A box waits for the user so long. */
#define PATIENCE_MS (3 * DAY_MS)
/* A new proposal comes no sooner after the last, and only while few are under way. */
#define PAUSE_MS  (G_GINT64_CONSTANT (600) * 1000)
#define UNDER_WAY 4
/* What is looked at; more is under way only where the user is very busy. */
#define LOOKED_AT 40
#define COMMENTS_READ 200
/* Entries that may wait for a confirmation: each is folded anew with every one that comes. */
#define OPEN_MANY 48
#define VOTES_AT_ONCE 4
/* A box whose time is over: the next confirmation closes it, whatever it is for, and nobody has to
 * say so. It comes before everything else, so that it is told as what it is. */
#define OVERDUE 100000

typedef struct
{
  DpopPracticeAct act;
  CosmicId decision;
  CosmicId answers; /* the user's comment that waits for an answer, or zero */
  const DpopPracticePerson *person;
  guint weight;
} Chance;

typedef struct
{
  DpopPracticePeople *people;
  const CosmicState *authority;
  DpopPracticeDice dice;
  GArray *chances;  /* of Chance */
  guint under_way;
  gint64 now;
} Look;

static void
offer (Look *look, const DpopDecisionRow *row, DpopPracticeAct act,
       const DpopPracticePerson *person, const CosmicId *answers, guint weight)
{
  gboolean own = cosmic_id_same (&row->speaker, &look->people->user);
  const Chance chance = { act, row->id, answers != NULL ? *answers : cosmic_id_zero, person,
                          weight * (own ? 3 : 1) };

  g_array_append_val (look->chances, chance);
}

/* --- Who could. ------------------------------------------------------------------------------ */

static const DpopPracticePerson *
able (Look *look, DpopAction action, const DpopDecision *decision)
{
  return dpop_practice_people_able (look->people, look->authority, action,
                                    &decision->proposed.scope, &decision->proposed.speaker);
}

/* Someone with a computer who may do ACTION about ROW and is not among EXCEPT (of CosmicId; may be
 * NULL), starting anywhere; NULL: nobody. */
static const DpopPracticePerson *
anyone (Look *look, const DpopDecisionRow *row, DpopAction action, const GArray *except)
{
  guint first = dpop_practice_people_roll (&look->dice, look->people->n);

  for (guint i = 0; i < look->people->n; i++)
    {
      const DpopPracticePerson *person
          = &look->people->people[(first + i) % look->people->n];
      gboolean left_out = FALSE;

      for (guint j = 0; except != NULL && j < except->len; j++)
        left_out |= cosmic_id_same (&g_array_index (except, CosmicId, j), &person->member);
      if (!left_out && dpop_practice_people_signs (look->people, look->authority, person)
          && dpop_membership_lets (look->authority, &person->member, action, &row->scope, NULL))
        return person;
    }
  return NULL;
}

/* --- Talking. -------------------------------------------------------------------------------- */

/* Those who spoke; WAITING is set to what the user said last and nobody answered, else to zero. */
static GArray *
listen (const DpopPracticePeople *people, const GPtrArray *comments, CosmicId *waiting)
{
  GArray *spoke = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  *waiting = cosmic_id_zero;
  for (guint i = 0; i < comments->len; i++)
    {
      const DpopCommentRow *comment = comments->pdata[i];

      if (cosmic_id_same (&comment->member, &people->user))
        *waiting = comment->id;
      else
        g_array_append_val (spoke, comment->member);
    }
  for (guint i = 0; i < comments->len; i++)
    {
      const DpopCommentRow *comment = comments->pdata[i];

      if (cosmic_id_same (&comment->answers, waiting)
          && !cosmic_id_same (&comment->member, &people->user))
        *waiting = cosmic_id_zero;
    }
  return spoke;
}

/* Whether enough was said about ROW for it to be opened. */
static gboolean
look_at_talk (Look *look, const DpopDecisionRow *row, guint weight, gboolean *enough,
              GError **error)
{
  g_autoptr (GPtrArray) comments
      = dpop_comment_row_window (dpop_profile_database (look->people->profile), &row->id, 0,
                                 COMMENTS_READ, error);
  g_autoptr (GArray) spoke = NULL;
  CosmicId waiting;
  guint wanted;

  if (comments == NULL)
    return FALSE;
  spoke = listen (look->people, comments, &waiting);
  wanted = 2 + dpop_practice_people_draw (look->people, "talk", &row->id, NULL) % 3;
  *enough = spoke->len >= wanted && cosmic_id_is_zero (&waiting);
  g_array_append_val (spoke, row->speaker); /* nobody praises their own */
  if (!cosmic_id_is_zero (&waiting))
    offer (look, row, DPOP_PRACTICE_COMMENT, anyone (look, row, DPOP_ACTION_COMMENT, spoke),
           &waiting, 8);
  else if (!*enough)
    offer (look, row, DPOP_PRACTICE_COMMENT, anyone (look, row, DPOP_ACTION_COMMENT, spoke), NULL,
           weight);
  return TRUE;
}

/* --- Before the box is open. ----------------------------------------------------------------- */

static guint
n_standing (const DpopDecision *decision)
{
  g_autoptr (GArray) standing = dpop_decision_query_options (decision);

  return standing->len;
}

static gboolean
look_at_proposal (Look *look, const DpopDecisionRow *row, const DpopDecision *decision,
                  GError **error)
{
  gboolean has_options = decision->proposed.ballot != DPOP_BALLOT_YES_NO_ABSTAIN;
  gint64 least = decision->proposed.rule.min_discussion_ms;
  gboolean enough;

  if (!look_at_talk (look, row, 4, &enough, error))
    return FALSE;
  if (!enough)
    return TRUE;
  if (has_options && n_standing (decision) < 3)
    offer (look, row, DPOP_PRACTICE_OPTION, anyone (look, row, DPOP_ACTION_ADD_TEXT, NULL), NULL,
           4);
  else if (look->now - decision->proposed.time >= least)
    offer (look, row, DPOP_PRACTICE_OPEN, able (look, DPOP_ACTION_OPEN, decision), NULL, 3);
  return TRUE;
}

/* --- While it is open. ----------------------------------------------------------------------- */

static gboolean
has_vote (const CosmicState *state, const CosmicId *member)
{
  g_autoptr (DpopDecisionEntry) entry = dpop_decision_entry_read (state, member);

  return entry != NULL && entry->heads->len > 0;
}

/* Whether PERSON is entitled, has not voted, will, and can. */
static gboolean
will_vote (Look *look, const CosmicState *state, const DpopDecision *decision,
           const CosmicId *stream, const DpopPracticePerson *person)
{
  return dpop_practice_people_takes_part (look->people, person, stream)
         && dpop_roll_entitled (look->authority, &person->member, &decision->proposed.scope,
                                decision->opening->height)
         && !has_vote (state, &person->member)
         && (dpop_practice_people_signs (look->people, look->authority, person)
             || dpop_practice_people_for (look->people, look->authority, person) != NULL);
}

/* The first of those who will, from a place on that is drawn. */
static const DpopPracticePerson *
next_voter (Look *look, const DpopDecision *decision, const CosmicId *stream)
{
  const CosmicState *state = dpop_profile_state (look->people->profile, stream, NULL);
  guint first = dpop_practice_people_roll (&look->dice, look->people->n);

  for (guint i = 0; state != NULL && i < look->people->n; i++)
    {
      const DpopPracticePerson *person
          = &look->people->people[(first + i) % look->people->n];

      if (will_vote (look, state, decision, stream, person))
        return person;
    }
  return NULL;
}

static gboolean
waits_for_user (const Look *look, const DpopDecision *decision)
{
  return decision->vote == DPOP_VOTE_NONE
         && dpop_roll_entitled (look->authority, &look->people->user, &decision->proposed.scope,
                                decision->opening->height)
         && look->now - decision->opening->time < PATIENCE_MS;
}

static gboolean
look_at_box (Look *look, const DpopDecisionRow *row, const DpopDecision *decision, GError **error)
{
  const DpopPracticePerson *voter;
  gboolean enough;

  if (dpop_decision_query_is_closing (decision, look->now))
    {
      offer (look, row, DPOP_PRACTICE_CLOSE, NULL, NULL, OVERDUE);
      return TRUE;
    }
  if (!look_at_talk (look, row, 1, &enough, error))
    return FALSE;
  voter = next_voter (look, decision, &row->id);
  if (voter != NULL)
    offer (look, row, DPOP_PRACTICE_VOTE, voter, NULL, 6);
  else if (!waits_for_user (look, decision)
           && look->now - decision->opening->time >= decision->proposed.rule.min_open_ms)
    offer (look, row, DPOP_PRACTICE_CLOSE, able (look, DPOP_ACTION_CLOSE, decision), NULL, 6);
  return TRUE;
}

/* --- Something new. -------------------------------------------------------------------------- */

static guint
find_rule (const DpopCharter *charter)
{
  guint i = 0;

  while (i < charter->n_rules
         && (charter->rules[i].scope != DPOP_SCOPE_PARTY
             || (charter->rules[i].ballots & DPOP_CHARTER_BIT (DPOP_BALLOT_YES_NO_ABSTAIN)) == 0))
    i++;
  return i;
}

/* The first that nobody has put yet; NULL when all were. */
static const DpopPracticeMotion *
next_motion (Look *look)
{
  guint n = dpop_practice_text_n_motions - DPOP_PRACTICE_MOTION_NEW;
  guint first = dpop_practice_people_draw (look->people, "motions", NULL, NULL);

  for (guint i = 0; i < n; i++)
    {
      const DpopPracticeMotion *motion
          = &dpop_practice_text_motions[DPOP_PRACTICE_MOTION_NEW + (first + i) % n];
      const DpopDecisionRowQuery query = { .search = _(motion->title) };
      guint count = 1;

      if (dpop_decision_row_count (dpop_profile_database (look->people->profile), &query, &count,
                                   NULL)
          && count == 0)
        return motion;
    }
  return NULL;
}

static gboolean
look_for_news (Look *look, GError **error)
{
  const DpopDecisionRow everyone = { 0 };
  const DpopDecisionRowQuery newest = { 0 };
  g_autoptr (GPtrArray) last
      = dpop_decision_row_window (dpop_profile_database (look->people->profile), &newest, 0, 1,
                                  error);
  const DpopPracticePerson *person;

  if (last == NULL)
    return FALSE;
  if (look->under_way >= UNDER_WAY
      || (last->len > 0
          && look->now - ((const DpopDecisionRow *) last->pdata[0])->proposed < PAUSE_MS)
      || next_motion (look) == NULL)
    return TRUE;
  person = anyone (look, &everyone, DPOP_ACTION_PROPOSE, NULL);
  offer (look, &everyone, DPOP_PRACTICE_PROPOSE, person, NULL, 1);
  return TRUE;
}

/* --- Looking around. ------------------------------------------------------------------------- */

static gboolean
look_at_row (Look *look, const DpopDecisionRow *row, GError **error)
{
  g_autoptr (DpopDecision) decision
      = dpop_practice_act_look (look->people, &row->id, &look->people->user, error);

  if (decision == NULL)
    return FALSE;
  if (decision->phase == DPOP_DECISION_PROPOSED)
    return look_at_proposal (look, row, decision, error);
  return decision->phase != DPOP_DECISION_OPEN || look_at_box (look, row, decision, error);
}

static gboolean
look_around (Look *look, GError **error)
{
  const DpopDecisionRowQuery query
      = { .phases = DPOP_CHARTER_BIT (DPOP_DECISION_PROPOSED)
                    | DPOP_CHARTER_BIT (DPOP_DECISION_OPEN) };
  g_autoptr (GPtrArray) rows
      = dpop_decision_row_window (dpop_profile_database (look->people->profile), &query, 0,
                                  LOOKED_AT, error);

  if (rows == NULL)
    return FALSE;
  look->under_way = rows->len;
  for (guint i = 0; i < rows->len; i++)
    if (!look_at_row (look, rows->pdata[i], error))
      return FALSE;
  return look_for_news (look, error);
}

/* --- Doing. ---------------------------------------------------------------------------------- */

/* What PERSON says: about an invented proposal something of its own, if nobody has said it. */
static const char *
choose_words (Look *look, const Chance *chance, const DpopDecision *decision, const char *title)
{
  DpopPracticeView view
      = dpop_practice_people_view (look->people, chance->person, &chance->decision);
  const DpopPracticeMotion *motion = dpop_practice_text_find (title);
  gboolean has_options = decision->proposed.ballot != DPOP_BALLOT_YES_NO_ABSTAIN;
  const char *const *sentences = !cosmic_id_is_zero (&chance->answers)
                                     ? dpop_practice_text_answers ()
                                 : has_options ? dpop_practice_text_about_options ()
                                               : dpop_practice_text_sentences (view);
  g_autoptr (GPtrArray) comments
      = dpop_comment_row_window (dpop_profile_database (look->people->profile), &chance->decision,
                                 0, COMMENTS_READ, NULL);
  guint n = 0, first;

  while (sentences[n] != NULL)
    n++;
  first = dpop_practice_people_roll (&look->dice, n);
  for (guint i = 0; i <= n; i++)
    {
      const char *sentence = i > 0 ? sentences[(first + i) % n]
                             : motion != NULL && cosmic_id_is_zero (&chance->answers)
                                 ? motion->views[view]
                                 : NULL;
      gboolean said = sentence == NULL;

      for (guint j = 0; !said && comments != NULL && j < comments->len; j++)
        said = g_strcmp0 (((const DpopCommentRow *) comments->pdata[j])->text, _(sentence)) == 0;
      if (!said)
        return _(sentence);
    }
  return _(sentences[first]);
}

static gboolean
comment (Look *look, const Chance *chance, const DpopDecision *decision, GError **error)
{
  g_autoptr (DpopDecisionRow) row = dpop_decision_row_find (
      dpop_profile_database (look->people->profile), &chance->decision, NULL);
  const char *words = choose_words (look, chance, decision, row != NULL ? row->title : NULL);

  return dpop_practice_act_comment (look->people, chance->person, &chance->decision,
                                    &decision->proposed.scope,
                                    cosmic_id_is_zero (&chance->answers) ? NULL : &chance->answers,
                                    words, error);
}

static gboolean
has_option (Look *look, const DpopDecision *decision, const char *wanted)
{
  g_autoptr (GArray) standing = dpop_decision_query_options (decision);

  for (guint i = 0; i < standing->len; i++)
    {
      g_autofree char *name
          = dpop_practice_act_option_name (look->people, &g_array_index (standing, CosmicId, i));

      if (g_strcmp0 (name, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

/* In an election PERSON stands; elsewhere they add what fits anything. */
static gboolean
add_option (Look *look, const Chance *chance, const DpopDecision *decision, GError **error)
{
  gboolean election
      = (decision->proposed.rule.effects & DPOP_CHARTER_BIT (DPOP_EFFECT_ELECTION)) != 0;
  const char *const *options = dpop_practice_text_options ();
  g_autofree char *own = dpop_practice_people_name (chance->person);
  const char *name = own;

  for (guint i = 0; !election && name == own && options[i] != NULL; i++)
    if (!has_option (look, decision, _(options[i])))
      name = _(options[i]);
  return dpop_practice_act_option (look->people, chance->person, &chance->decision,
                                   &decision->proposed.scope,
                                   name == own ? &chance->person->member : NULL, name, NULL,
                                   error);
}

static gboolean
vote_some (Look *look, const Chance *chance, const DpopDecision *decision, guint *votes,
           GError **error)
{
  guint most = 1 + dpop_practice_people_roll (&look->dice, VOTES_AT_ONCE);
  guint mood = dpop_practice_people_mood (look->people, &chance->decision);
  const DpopPracticePerson *person = chance->person;

  for (*votes = 0; person != NULL && *votes < most; (*votes)++)
    {
      if (!dpop_practice_act_vote (look->people, person, &chance->decision, mood, error))
        return FALSE;
      person = next_voter (look, decision, &chance->decision);
    }
  return TRUE;
}

static gboolean
propose (Look *look, const Chance *chance, CosmicId *decision, GError **error)
{
  const DpopPracticeMotion *motion = next_motion (look);
  g_autoptr (DpopCharter) charter = dpop_membership_charter (look->authority);
  const DpopPracticeActPropose input = { .rule = find_rule (charter),
                                         .ballot = DPOP_BALLOT_YES_NO_ABSTAIN,
                                         .title = _(motion->title),
                                         .question = _(motion->question) };

  return dpop_practice_act_propose (look->people, chance->person, &input, decision, error)
         && dpop_practice_act_confirm (look->people, error);
}

static gboolean
act (Look *look, const Chance *chance, DpopPracticeStep *step, GError **error)
{
  g_autoptr (DpopDecision) decision = NULL;

  if (chance->act == DPOP_PRACTICE_PROPOSE)
    return propose (look, chance, &step->decision, error);
  decision = dpop_practice_act_look (look->people, &chance->decision, NULL, error);
  if (decision == NULL)
    return FALSE;
  switch (chance->act)
    {
    case DPOP_PRACTICE_COMMENT:
      return comment (look, chance, decision, error);
    case DPOP_PRACTICE_OPTION:
      return add_option (look, chance, decision, error);
    case DPOP_PRACTICE_OPEN:
      return dpop_practice_act_open (look->people, chance->person, &chance->decision, error);
    case DPOP_PRACTICE_VOTE:
      return vote_some (look, chance, decision, &step->votes, error);
    case DPOP_PRACTICE_CLOSE:
      return chance->person != NULL
                 ? dpop_practice_act_close (look->people, chance->person, &chance->decision, error)
                 : dpop_practice_act_confirm (look->people, error);
    case DPOP_PRACTICE_NOTHING:
    case DPOP_PRACTICE_PROPOSE:
    default:
      return TRUE;
    }
}

/* --- One step. ------------------------------------------------------------------------------- */

static gboolean
do_within (Look *look, const Chance *chance, DpopPracticeStep *step, GError **error)
{
  CosmicLog *log = dpop_profile_log (look->people->profile);

  *step = (DpopPracticeStep){ .act = chance->act, .decision = chance->decision };
  if (chance->person != NULL)
    step->member = chance->person->member;
  return act (look, chance, step, error)
         && (cosmic_log_n_open (log) < OPEN_MANY
             || dpop_practice_act_confirm (look->people, error));
}

/* A refusal is the rules' answer to one member, and no failure: then somebody else has a turn. */
static gboolean
do_one (Look *look, const Chance *chance, DpopPracticeStep *step, gboolean *refused,
        GError **error)
{
  DpopProfile *profile = look->people->profile;
  GError *failure = NULL;

  *refused = FALSE;
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  if (do_within (look, chance, step, &failure))
    return dpop_profile_commit (profile, error);
  dpop_profile_rollback (profile);
  *step = (DpopPracticeStep){ .act = DPOP_PRACTICE_NOTHING };
  *refused = dpop_profile_error_reason (failure) != COSMIC_REASON_NONE;
  if (*refused)
    g_error_free (failure);
  else
    g_propagate_error (error, failure);
  return *refused;
}

static guint
choose (Look *look)
{
  guint sum = 0, place;

  for (guint i = 0; i < look->chances->len; i++)
    sum += g_array_index (look->chances, Chance, i).weight;
  place = dpop_practice_people_roll (&look->dice, sum);
  for (guint i = 0; i < look->chances->len; i++)
    {
      guint weight = g_array_index (look->chances, Chance, i).weight;

      if (place < weight)
        return i;
      place -= weight;
    }
  return 0;
}

/* What nobody can do is no chance; a box that closes by its time needs nobody. */
static void
drop_empty (GArray *chances)
{
  for (guint i = chances->len; i > 0; i--)
    {
      const Chance *chance = &g_array_index (chances, Chance, i - 1);

      if (chance->person == NULL
          && (chance->act != DPOP_PRACTICE_CLOSE || chance->weight < OVERDUE))
        g_array_remove_index (chances, i - 1);
    }
}

gboolean
dpop_practice_step (DpopProfile *profile, DpopPracticeStep *told, GError **error)
{
  g_autoptr (DpopPracticePeople) people = dpop_practice_people_load (profile, error);
  g_autoptr (GArray) chances = g_array_new (FALSE, FALSE, sizeof (Chance));
  Look look = { .people = people, .chances = chances };
  DpopPracticeStep step = { .act = DPOP_PRACTICE_NOTHING };
  gboolean refused = TRUE;

  if (people == NULL || (look.authority = dpop_profile_state (profile, NULL, error)) == NULL
      || !dpop_practice_people_dice (people, &look.dice, error))
    return FALSE;
  look.now = dpop_clock_now (dpop_profile_clock (profile));
  if (!look_around (&look, error))
    return FALSE;
  drop_empty (chances);
  while (refused && chances->len > 0)
    {
      guint chosen = choose (&look);
      const Chance chance = g_array_index (chances, Chance, chosen);

      g_array_remove_index (chances, chosen);
      if (!do_one (&look, &chance, &step, &refused, error))
        return FALSE;
    }
  if (told != NULL)
    *told = step;
  return TRUE;
}
