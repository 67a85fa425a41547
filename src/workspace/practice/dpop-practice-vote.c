/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice-vote.h"

#include "dpop-command-confirm.h"
#include "dpop-command-found.h"
#include "dpop-decide.h"
#include "dpop-decision-command.h"
#include "dpop-practice-past-private.h"
#include "dpop-profile-folder.h"
#include "dpop-projector.h"

#include <glib/gi18n-lib.h>

struct _DpopPracticeVote
{
  char *folder;
  DpopProfile *profile;
  DpopPracticePeople *people;
  DpopCharterRule rule;
  CosmicId decision;
  DpopPracticeVoteStage stage;
};

/* --- Beginning. ------------------------------------------------------------------------------ */

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

static gboolean
found (DpopPracticeVote *self, const DpopCharter *charter, const DpopCharterNames *names,
       const char *user, GError **error)
{
  g_autoptr (DpopCharter) hasty = dpop_practice_past_hasten (charter);
  g_autoptr (DpopMemberDetails) founder = dpop_member_details_new ();
  const DpopCommandFound command = { .charter = hasty, .names = names, .founder = founder };

  dpop_member_details_set (founder, DPOP_MEMBER_DETAILS_NAME, user);
  return dpop_command_found (self->profile, &command, NULL, error);
}

static gboolean
enrol_others (DpopPracticeVote *self, GError **error)
{
  for (guint i = 0; i < DPOP_PRACTICE_VOTE_OTHERS; i++)
    if (!dpop_practice_past_enrol (self->people, NULL, &self->people->people[i], NULL, error))
      return FALSE;
  return dpop_profile_confirm (self->profile, NULL, error);
}

static gboolean
take_others_in (DpopPracticeVote *self, GError **error)
{
  guint8 seed[32];

  dpop_random_fill (dpop_profile_random (self->profile), seed, sizeof seed);
  self->people = dpop_practice_people_new (self->profile, seed, DPOP_PRACTICE_VOTE_OTHERS,
                                           DPOP_PRACTICE_VOTE_OTHERS);
  if (!dpop_profile_begin (self->profile, error))
    return FALSE;
  if (enrol_others (self, error))
    return dpop_profile_commit (self->profile, error);
  dpop_profile_rollback (self->profile);
  return FALSE;
}

static gboolean
open_vote (DpopPracticeVote *self, guint rule, GError **error)
{
  const DpopDecidePropose propose
      = { .rule = rule,
          .ballot = DPOP_BALLOT_YES_NO_ABSTAIN,
          .title = _("Shall we use DPOP?"),
          .question = _("Shall we make our decisions with DPOP from now on? This is a practice "
                        "vote: nothing follows from it, and nothing of it is kept.") };
  const DpopDecideOpen open = { 0 };

  return dpop_decide_propose (self->profile, &propose, &self->decision, error)
         && dpop_decide_open (self->profile, &self->decision, &open, error);
}

static gboolean
make_profile (DpopPracticeVote *self, const DpopProfileEffects *effects, GError **error)
{
  g_autoptr (CosmicSecret) passphrase = cosmic_secret_new (32);

  /* A passphrase with so much chance in it needs no costly guesses. */
  dpop_random_fill (dpop_random_system (), cosmic_secret_bytes (passphrase), 32);
  self->profile = dpop_profile_create (self->folder, passphrase, COSMIC_PASSWORD_COST_TEST,
                                       effects, error);
  return self->profile != NULL && dpop_projector_attach (self->profile, error) != NULL;
}

DpopPracticeVote *
dpop_practice_vote_begin (const char *root, const DpopCharter *charter,
                          const DpopCharterNames *names, const char *user,
                          const DpopProfileEffects *effects, GError **error)
{
  g_autoptr (DpopPracticeVote) self = NULL;
  guint rule = find_rule (charter);

  if (rule == charter->n_rules)
    {
      g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID,
                           _("By these rules the organisation as a whole decides nothing by yes "
                             "or no. Practise with a ready one instead."));
      return NULL;
    }
  self = g_new0 (DpopPracticeVote, 1);
  self->rule = charter->rules[rule];
  self->folder = dpop_profile_folder_draft (root, error);
  if (self->folder == NULL || !make_profile (self, effects, error)
      || !found (self, charter, names, user, error) || !take_others_in (self, error)
      || !open_vote (self, rule, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dpop_practice_vote_end (DpopPracticeVote *self)
{
  if (self == NULL)
    return;
  dpop_practice_people_free (self->people);
  dpop_profile_free (self->profile);
  if (self->folder != NULL)
    dpop_profile_folder_remove (self->folder, NULL, NULL);
  g_free (self->folder);
  g_free (self);
}

/* --- Where it stands. ------------------------------------------------------------------------ */

DpopPracticeVoteStage
dpop_practice_vote_stage (const DpopPracticeVote *self)
{
  return self->stage;
}

DpopDecisionView *
dpop_practice_vote_view (DpopPracticeVote *self, GError **error)
{
  return dpop_decision_view_new (self->profile, &self->decision, error);
}

DpopProfile *
dpop_practice_vote_profile (DpopPracticeVote *self)
{
  return self->profile;
}

const CosmicId *
dpop_practice_vote_decision (const DpopPracticeVote *self)
{
  return &self->decision;
}

/* --- Going on. ------------------------------------------------------------------------------- */

/* How many of the six vote no: two, or as many fewer as it takes for the user's yes to be enough by
 * the rule in hand. Where even all seven are not enough, that is the rule's own doing. */
static guint
n_against (const DpopCharterRule *rule)
{
  const DpopCharterThreshold *majority = &rule->majority;
  guint all = DPOP_PRACTICE_VOTE_OTHERS + 1, against = 2;

  while (against > 0)
    {
      guint64 part = (guint64) (all - against) * majority->den;
      guint64 whole = (guint64) all * majority->num;

      if (majority->strict ? part > whole : part >= whole)
        break;
      against--;
    }
  return against;
}

static gboolean
others_vote (DpopPracticeVote *self, GError **error)
{
  guint against = n_against (&self->rule);

  for (guint i = 0; i < DPOP_PRACTICE_VOTE_OTHERS; i++)
    {
      const DpopPracticePerson *person = &self->people->people[i];
      /* Not one after the other: those against are in the middle. */
      gboolean no = i >= 2 && i < 2 + against;
      const DpopDecisionBallot ballot = { .answer = no ? DPOP_ANSWER_NO : DPOP_ANSWER_YES };

      if (!dpop_decide_vote_with (self->profile, person->device, &self->decision, &person->member,
                                  &ballot, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fail_stage (GError **error, const char *message)
{
  g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID, message);
  return FALSE;
}

gboolean
dpop_practice_vote_cast (DpopPracticeVote *self, DpopAnswer answer, GError **error)
{
  const DpopDecisionBallot ballot = { .answer = answer };

  if (self->stage == DPOP_PRACTICE_VOTE_CLOSED)
    return fail_stage (error, _("The practice vote is over. Begin another one."));
  if (!dpop_decide_vote (self->profile, &self->decision, NULL, &ballot, NULL, error)
      || (self->stage == DPOP_PRACTICE_VOTE_OPEN && !others_vote (self, error)))
    return FALSE;
  self->stage = DPOP_PRACTICE_VOTE_CAST;
  return TRUE;
}

gboolean
dpop_practice_vote_close (DpopPracticeVote *self, GError **error)
{
  if (self->stage != DPOP_PRACTICE_VOTE_CAST)
    return fail_stage (error, _("You have not voted yet."));
  if (!dpop_decide_close (self->profile, &self->decision, error))
    return FALSE;
  self->stage = DPOP_PRACTICE_VOTE_CLOSED;
  return TRUE;
}
