/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice-past-private.h"

#include "dpop-command-assign.h"
#include "dpop-command-unit.h"
#include "dpop-decision-row.h"
#include "dpop-member-command.h"
#include "dpop-membership.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)
#define HOUR_MS (G_GINT64_CONSTANT (3600) * 1000)
#define N_UNITS 3
/* Who is in the first offices: they are taken in before the others. */
#define FIRST_OFFICERS 3

typedef struct
{
  DpopPracticePeople *people;
  gint64 *now;
  gint64 end;
  DpopCharter *charter;
  CosmicId units[N_UNITS];
  guint n_units;
  GError **error;
} Past;

/* DAYS before the end, and a bit: people do not write on the stroke of midnight. */
static void
move_to (Past *past, gint64 days, gint64 minutes)
{
  *past->now = MAX (*past->now + 1000, past->end - days * DAY_MS + minutes * 60 * 1000);
}

static gboolean
begin (Past *past)
{
  return dpop_profile_begin (past->people->profile, past->error);
}

/* Ends what begin() began; what is done is confirmed, so that it bears its own time. */
static gboolean
end (Past *past, gboolean good)
{
  if (good && dpop_practice_act_confirm (past->people, past->error))
    return dpop_profile_commit (past->people->profile, past->error);
  dpop_profile_rollback (past->people->profile);
  return FALSE;
}

static const DpopPracticePerson *
person_at (const Past *past, guint number)
{
  return &past->people->people[number % past->people->n];
}

/* --- People. --------------------------------------------------------------------------------- */

static DpopMemberDetails *
particulars (const DpopPracticePerson *person)
{
  DpopMemberDetails *details = dpop_member_details_new ();
  g_autofree char *name = dpop_practice_people_name (person);
  g_autofree char *given = g_str_to_ascii (person->name->given, "C");
  g_autofree char *lower = g_ascii_strdown (given, -1);
  g_autofree char *email = g_strdup_printf ("%s.%u@example.org", lower, person->number + 2);
  g_autofree char *number = g_strdup_printf ("%u", person->number + 2);

  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_GIVEN_NAME, person->name->given);
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_FAMILY_NAME, person->name->family);
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, name);
  dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NUMBER, number);
  if (person->device != NULL)
    dpop_member_details_set (details, DPOP_MEMBER_DETAILS_EMAIL, email);
  return details;
}

static gboolean
add_computer (DpopPracticePeople *people, const CosmicSecret *signer,
              const DpopPracticePerson *person, GError **error)
{
  CosmicRequest request = { .member = person->member };
  guint8 public_key[COSMIC_SEAL_PUBLIC_SIZE];
  G_GNUC_UNUSED g_autoptr (CosmicSecret) seal
      = cosmic_seal_key_new (dpop_profile_random (people->profile), public_key);

  memcpy (request.seal.bytes, public_key, COSMIC_ID_SIZE);
  cosmic_request_sign (&request, cosmic_log_party (dpop_profile_log (people->profile)),
                       person->device, NULL);
  return dpop_profile_say_with (people->profile, signer, NULL,
                                dpop_claim_new (COSMIC_KIND_DEVICE_ADD,
                                                cosmic_device_add_body (&request, &cosmic_id_zero),
                                                NULL, NULL),
                                NULL, error);
}

gboolean
dpop_practice_past_enrol (DpopPracticePeople *people, const CosmicSecret *given,
                          const DpopPracticePerson *person, const CosmicId *unit, GError **error)
{
  const CosmicSecret *signer = given != NULL ? given : dpop_profile_device (people->profile);
  g_autoptr (DpopMemberDetails) details = particulars (person);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (unit != NULL)
    g_array_append_vals (units, unit, 1);
  return dpop_profile_say_with (people->profile, signer, NULL,
                                dpop_member_command_add (&person->member, units,
                                                         DPOP_MEMBER_MEMBER, NULL, details),
                                NULL, error)
         && (person->device == NULL || add_computer (people, signer, person, error));
}

static gboolean
add_units (Past *past)
{
  const char *const names[N_UNITS] = { _("Riverside"), _("Old Town"), _("Hillside") };

  if (past->charter->n_unit_kinds == 0)
    return TRUE;
  for (guint i = 0; i < N_UNITS; i++)
    {
      const DpopCommandUnit input = { .name = names[i] };
      DpopCommandUnitResult result;

      if (!dpop_command_unit (past->people->profile, &input, &result, past->error))
        return FALSE;
      past->units[i] = result.unit;
      past->n_units++;
    }
  return TRUE;
}

/* NULL where there are none. */
static const CosmicId *
unit_of (const Past *past, guint number)
{
  return past->n_units > 0 ? &past->units[number % past->n_units] : NULL;
}

static gboolean
enrol_range (Past *past, const CosmicSecret *signer, guint from, guint until)
{
  for (guint i = from; i < until; i++)
    if (!dpop_practice_past_enrol (past->people, signer, person_at (past, i), unit_of (past, i),
                                   past->error))
      return FALSE;
  return TRUE;
}

/* The user belongs to the first group, whose decisions are theirs too. */
static gboolean
assign_user (Past *past)
{
  const DpopCommandAssign input
      = { .member = past->people->user, .unit = past->units[0] };

  return past->n_units == 0
         || dpop_command_assign_within (past->people->profile, &input, past->error);
}

/* --- Offices. -------------------------------------------------------------------------------- */

/* Whoever may give ROLE: this computer as the founder's, else one of the officers. What nobody may
 * give stays free. */
static gboolean
give (Past *past, guint16 role, const CosmicId *unit, guint number)
{
  const DpopPracticePerson *holder = person_at (past, number);

  for (guint i = 0; i <= FIRST_OFFICERS; i++)
    {
      const CosmicSecret *signer = i == 0 ? dpop_profile_device (past->people->profile)
                                          : person_at (past, i - 1)->device;
      GError *failure = NULL;

      if (dpop_profile_say_with (past->people->profile, signer, NULL,
                                 dpop_member_command_grant (&holder->member, role, unit), NULL,
                                 &failure))
        return TRUE;
      if (dpop_profile_error_reason (failure) == COSMIC_REASON_NONE)
        {
          g_propagate_error (past->error, failure);
          return FALSE;
        }
      g_error_free (failure);
    }
  return TRUE;
}

/* Roles in the charter's order go to members in theirs: the first to the first. */
static gboolean
fill_offices (Past *past, guint from_role, guint until_role)
{
  for (guint role = from_role; role < MIN (until_role, past->charter->n_roles); role++)
    {
      if (past->charter->roles[role].scope == DPOP_SCOPE_PARTY
          && !give (past, (guint16) role, NULL, role))
        return FALSE;
      /* The members of group i are those with the numbers i, i + 3, … */
      for (guint i = 0; past->charter->roles[role].scope == DPOP_SCOPE_UNIT && i < past->n_units;
           i++)
        if (!give (past, (guint16) role, &past->units[i], 3 * (role - 4) + i))
          return FALSE;
    }
  return TRUE;
}

/* The founder takes the first three in; the second of them, a secretary where there is one, takes
 * in the others. */
static gboolean
take_members_in (Past *past)
{
  if (!add_units (past) || !begin (past)
      || !end (past, assign_user (past) && enrol_range (past, NULL, 0, FIRST_OFFICERS)
                         && fill_offices (past, 0, FIRST_OFFICERS)))
    return FALSE;
  for (guint from = FIRST_OFFICERS; from < past->people->n; from += 14)
    {
      move_to (past, 73, from * 7);
      if (!begin (past)
          || !end (past, enrol_range (past, person_at (past, 1)->device, from,
                                      MIN (from + 14, past->people->n))))
        return FALSE;
    }
  move_to (past, 70, 610);
  return begin (past) && end (past, fill_offices (past, FIRST_OFFICERS, G_MAXUINT));
}

/* --- Decisions. ------------------------------------------------------------------------------ */

/* The first rule of SCOPE for such a ballot; the number of rules when there is none. */
static guint
find_rule (const Past *past, DpopScope scope, DpopBallotKind ballot)
{
  guint i = 0;

  while (i < past->charter->n_rules
         && (past->charter->rules[i].scope != scope
             || (past->charter->rules[i].ballots & DPOP_CHARTER_BIT (ballot)) == 0))
    i++;
  return i;
}

/* A yes or no that was. Days are before the end; a later event that has not come to pass is -1. */
typedef struct
{
  guint motion;
  const CosmicId *unit;
  const CosmicId *repeats;
  guint proposer;
  int proposed, opened, closed;
  int stopped; /* instead of CLOSED */
  guint votes; /* of a hundred who will, so many have voted */
  guint mood;
} Story;

static gboolean
propose (Past *past, const Story *story, CosmicId *decision)
{
  const DpopPracticeMotion *motion = &dpop_practice_text_motions[story->motion];
  const DpopPracticeActPropose input = {
    .scope = story->unit,
    .rule = find_rule (past, story->unit != NULL ? DPOP_SCOPE_UNIT : DPOP_SCOPE_PARTY,
                       DPOP_BALLOT_YES_NO_ABSTAIN),
    .ballot = DPOP_BALLOT_YES_NO_ABSTAIN,
    .repeats = story->repeats,
    .title = _(motion->title),
    .question = _(motion->question),
  };

  move_to (past, story->proposed, 540);
  return begin (past)
         && end (past, dpop_practice_act_propose (past->people, person_at (past, story->proposer),
                                                  &input, decision, past->error));
}

/* Who says something: members with a computer, of the first group if it is that one's. */
static const DpopPracticePerson *
speaker (const Past *past, const CosmicId *unit, guint number)
{
  guint step = unit != NULL ? past->n_units : 1;
  const DpopPracticePerson *person = person_at (past, unit != NULL ? number * step : number * 7);

  while (person->device == NULL)
    person = person_at (past, person->number + step);
  return person;
}

static gboolean
discuss (Past *past, const Story *story, const CosmicId *decision)
{
  const DpopPracticeMotion *motion = &dpop_practice_text_motions[story->motion];
  const CosmicId *scope = story->unit != NULL ? story->unit : &cosmic_id_zero;
  int until = story->opened >= 0 ? story->opened : 0;

  for (guint i = 0; i < DPOP_PRACTICE_N_VIEWS; i++)
    {
      guint days = (guint) ((story->proposed - until) * (int) (DPOP_PRACTICE_N_VIEWS - i)
                            / (DPOP_PRACTICE_N_VIEWS + 1));

      move_to (past, until + (int) days, 600 + 130 * (int) i);
      *past->now = MIN (*past->now, past->end - HOUR_MS);
      if (!begin (past)
          || !end (past, dpop_practice_act_comment (past->people,
                                                    speaker (past, story->unit,
                                                             story->proposer + i + 1),
                                                    decision, scope, NULL, _(motion->views[i]),
                                                    past->error)))
        return FALSE;
    }
  return TRUE;
}

static const DpopPracticePerson *
chair (const Past *past, const CosmicId *decision, DpopAction action)
{
  g_autoptr (DpopDecision) found = dpop_practice_act_look (past->people, decision, NULL, NULL);
  const CosmicState *authority = dpop_profile_state (past->people->profile, NULL, NULL);

  return found != NULL && authority != NULL
             ? dpop_practice_people_able (past->people, authority, action, &found->proposed.scope,
                                          &found->proposed.speaker)
             : NULL;
}

static gboolean
nobody (Past *past)
{
  g_set_error_literal (past->error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_INVALID,
                       _("By these rules no invented member may open or close a vote."));
  return FALSE;
}

static gboolean
open_box (Past *past, const CosmicId *decision)
{
  const DpopPracticePerson *person = chair (past, decision, DPOP_ACTION_OPEN);

  if (person == NULL)
    return nobody (past);
  return begin (past)
         && end (past, dpop_practice_act_open (past->people, person, decision, past->error));
}

/* Of those who will, from FROM to UNTIL of a hundred vote. */
static gboolean
vote_some (Past *past, const Story *story, const CosmicId *decision, guint from, guint until)
{
  for (guint i = 0; i < past->people->n; i++)
    {
      const DpopPracticePerson *person = person_at (past, i);
      guint when = dpop_practice_people_draw (past->people, "when", &person->member, decision);

      if (when < from || when >= until
          || (story->unit != NULL && !cosmic_id_same (unit_of (past, i), story->unit))
          || !dpop_practice_people_takes_part (past->people, person, decision))
        continue;
      if (!dpop_practice_act_vote (past->people, person, decision, story->mood, past->error))
        return FALSE;
    }
  return TRUE;
}

#define ROUNDS 4

static gboolean
gather_votes (Past *past, const Story *story, const CosmicId *decision)
{
  gint64 from = *past->now;
  gint64 until = past->end - MAX (story->closed, MAX (story->stopped, 0)) * DAY_MS - HOUR_MS;

  for (guint i = 0; i < ROUNDS; i++)
    {
      *past->now = MAX (*past->now + 1000, from + (until - from) * (i + 1) / (ROUNDS + 1));
      if (!begin (past)
          || !end (past, vote_some (past, story, decision, story->votes * i / ROUNDS,
                                    story->votes * (i + 1) / ROUNDS)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish (Past *past, const Story *story, const CosmicId *decision)
{
  gboolean stop = story->stopped >= 0;
  const DpopPracticePerson *person
      = chair (past, decision, stop ? DPOP_ACTION_STOP : DPOP_ACTION_CLOSE);

  if (!stop && story->closed < 0)
    return TRUE;
  if (person == NULL)
    return nobody (past);
  move_to (past, stop ? story->stopped : story->closed, 0);
  return begin (past)
         && end (past, stop ? dpop_practice_act_stop (past->people, person, decision,
                                                      DPOP_STOP_WORDING,
                                                      _("The sum in the question was wrong. It "
                                                        "is put once more."),
                                                      past->error)
                            : dpop_practice_act_close (past->people, person, decision,
                                                       past->error));
}

static gboolean
tell (Past *past, const Story *story, CosmicId *decision)
{
  if (!propose (past, story, decision) || !discuss (past, story, decision))
    return FALSE;
  if (story->opened < 0)
    return TRUE;
  move_to (past, story->opened, 480);
  return open_box (past, decision) && gather_votes (past, story, decision)
         && finish (past, story, decision);
}

/* --- The ranking. ---------------------------------------------------------------------------- */

static gboolean
add_options (Past *past, guint rule, const CosmicId *decision)
{
  gboolean election = dpop_charter_rule_enacts (past->charter, rule, DPOP_EFFECT_ELECTION);
  const char *const places[] = { _("In the hall, as always"), _("In the garden of the library"),
                                 _("In the rowing club"), _("In the school") };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const DpopPracticePerson *person = speaker (past, NULL, 5 + 2 * i);
      g_autofree char *name = dpop_practice_people_name (person);

      if (!dpop_practice_act_option (past->people, person, decision, &cosmic_id_zero,
                                     election ? &person->member : NULL,
                                     election ? name : places[i], NULL, past->error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_ranking (Past *past, const Story *story)
{
  guint rule = find_rule (past, DPOP_SCOPE_PARTY, DPOP_BALLOT_RANK);
  gboolean election = dpop_charter_rule_enacts (past->charter, rule, DPOP_EFFECT_ELECTION);
  const DpopPracticeActPropose input = {
    .rule = rule,
    .ballot = DPOP_BALLOT_RANK,
    .title = election ? _("Who speaks for us at the regional meeting?")
                      : _("Where do we meet from autumn on?"),
    .question = election ? _("Put those who stand in the order in which you would send them.")
                         : _("Put the places in the order in which you would go there."),
  };
  CosmicId decision;

  move_to (past, story->proposed, 700);
  if (!begin (past)
      || !end (past, dpop_practice_act_propose (past->people, person_at (past, story->proposer),
                                                &input, &decision, past->error)
                         && add_options (past, rule, &decision)))
    return FALSE;
  move_to (past, story->opened, 500);
  return open_box (past, &decision) && gather_votes (past, story, &decision);
}

/* --- All of it. ------------------------------------------------------------------------------ */

static gboolean
tell_all (Past *past)
{
  const CosmicId *group = past->n_units > 0 ? &past->units[0] : NULL;
  CosmicId first, decision;
  const Story accepted = { DPOP_PRACTICE_MOTION_ACCEPTED, NULL, NULL, 4, 60, 55, 50, -1, 100, 93 };
  const Story rejected = { DPOP_PRACTICE_MOTION_REJECTED, NULL, NULL, 6, 48, 44, 40, -1, 100, 30 };
  const Story stopped = { DPOP_PRACTICE_MOTION_REPEATED, NULL, NULL, 3, 38, 35, -1, 34, 30, 60 };
  const Story again = { DPOP_PRACTICE_MOTION_REPEATED, NULL, &first, 3, 33, 30, 24, -1, 100, 91 };
  const Story unit = { DPOP_PRACTICE_MOTION_UNIT, group, NULL, 6, 20, 16, 12, -1, 100, 80 };
  const Story ranking = { 0, NULL, NULL, 9, 6, 2, -1, -1, 40, 0 };
  const Story open = { DPOP_PRACTICE_MOTION_OPEN, NULL, NULL, 7, 5, 1, -1, -1, 55, 70 };
  const Story discussed
      = { DPOP_PRACTICE_MOTION_DISCUSSED, NULL, NULL, 10, 2, -1, -1, -1, 0, 0 };

  return tell (past, &accepted, &decision) && tell (past, &rejected, &decision)
         && tell (past, &stopped, &first) && tell (past, &again, &decision)
         && (group == NULL || tell (past, &unit, &decision)) && tell_ranking (past, &ranking)
         && tell (past, &open, &decision) && tell (past, &discussed, &decision);
}

static gboolean
count (Past *past, DpopPracticeMakeResult *result)
{
  const DpopDecisionRowQuery all = { 0 };

  *result = (DpopPracticeMakeResult){ .members = past->people->n + 1, .units = past->n_units };
  for (guint i = 0; i < past->people->n; i++)
    result->computers += past->people->people[i].device != NULL ? 1 : 0;
  result->height = cosmic_log_height (dpop_profile_log (past->people->profile));
  return dpop_decision_row_count (dpop_profile_database (past->people->profile), &all,
                                  &result->decisions, past->error);
}

gboolean
dpop_practice_past_live (DpopPracticePeople *people, gint64 *now, gint64 until,
                         DpopPracticeMakeResult *result, GError **error)
{
  const CosmicState *authority = dpop_profile_state (people->profile, NULL, error);
  g_autoptr (DpopCharter) charter = authority != NULL ? dpop_membership_charter (authority) : NULL;
  Past past = { .people = people, .now = now, .end = until, .charter = charter, .error = error };

  if (charter == NULL)
    return FALSE;
  move_to (&past, 74, 600);
  if (!take_members_in (&past) || !tell_all (&past) || !count (&past, result))
    return FALSE;
  *now = until;
  return TRUE;
}
