/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-practice-act-private.h"

#include "dpop-comment-row.h"
#include "dpop-decision-command.h"
#include "dpop-discussion.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
new_stream (DpopPracticePeople *people, const DpopPracticePerson *person, CosmicId *nonce,
            CosmicId *stream)
{
  dpop_random_fill (dpop_profile_random (people->profile), nonce, sizeof *nonce);
  cosmic_stream_id (cosmic_log_party (dpop_profile_log (people->profile)), &person->device_id,
                    nonce, stream);
}

/* CLAIM is taken; all that is said here was written to fit. */
static gboolean
say (DpopPracticePeople *people, const DpopPracticePerson *person, const CosmicId *stream,
     DpopClaim *claim, CosmicId *operation, GError **error)
{
  g_assert (claim != NULL && person->device != NULL);
  return dpop_profile_say_with (people->profile, person->device, stream, claim, operation, error);
}

/* --- Looking. -------------------------------------------------------------------------------- */

DpopDecision *
dpop_practice_act_look (DpopPracticePeople *people, const CosmicId *decision,
                        const CosmicId *member, GError **error)
{
  const CosmicState *state = dpop_profile_state (people->profile, decision, error);
  DpopDecision *found;

  if (state == NULL)
    return NULL;
  found = dpop_decision_query (state, member);
  if (found == NULL)
    g_set_error_literal (error, DPOP_PROFILE_ERROR, DPOP_PROFILE_ERROR_NOT_FOUND,
                         _("There is no such decision here."));
  return found;
}

char *
dpop_practice_act_option_name (DpopPracticePeople *people, const CosmicId *option)
{
  g_autoptr (GVariant) personal
      = dpop_profile_personal (people->profile, option, DPOP_WORDING_TYPE, NULL);
  char *name = NULL;

  if (personal != NULL)
    g_variant_get (personal, "(s&s)", &name, NULL);
  return name;
}

gboolean
dpop_practice_act_confirm (DpopPracticePeople *people, GError **error)
{
  return !dpop_profile_confirms_alone (people->profile)
         || dpop_profile_confirm (people->profile, NULL, error);
}

/* --- Proposing. ------------------------------------------------------------------------------ */

gboolean
dpop_practice_act_propose (DpopPracticePeople *people, const DpopPracticePerson *person,
                           const DpopPracticeActPropose *input, CosmicId *decision, GError **error)
{
  DpopDecisionCommandPropose command = {
    .scope = input->scope != NULL ? *input->scope : cosmic_id_zero,
    .rule_number = (guint16) input->rule,
    .ballot = input->ballot,
    .repeats = input->repeats,
    .speaker = person->member,
    .title = input->title,
    .question = input->question,
  };

  new_stream (people, person, &command.nonce, decision);
  return say (people, person, decision, dpop_decision_command_propose (&command, NULL), NULL,
              error);
}

gboolean
dpop_practice_act_option (DpopPracticePeople *people, const DpopPracticePerson *person,
                          const CosmicId *decision, const CosmicId *scope,
                          const CosmicId *candidate, const char *name, CosmicId *operation,
                          GError **error)
{
  return say (people, person, decision,
              dpop_decision_command_option (scope, candidate, &person->member, name, NULL, NULL),
              operation, error);
}

/* The discussion about DECISION, opened where there is none yet. */
static gboolean
find_discussion (DpopPracticePeople *people, const DpopPracticePerson *person,
                 const CosmicId *decision, const CosmicId *scope, CosmicId *stream, GError **error)
{
  g_autoptr (GPtrArray) rows
      = dpop_comment_row_window (dpop_profile_database (people->profile), decision, 0, 1, error);
  CosmicId nonce;

  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    {
      *stream = ((const DpopCommentRow *) rows->pdata[0])->stream;
      return TRUE;
    }
  new_stream (people, person, &nonce, stream);
  return say (people, person, stream, dpop_discussion_command_discuss (&nonce, decision, scope),
              NULL, error);
}

gboolean
dpop_practice_act_comment (DpopPracticePeople *people, const DpopPracticePerson *person,
                           const CosmicId *decision, const CosmicId *scope,
                           const CosmicId *answers, const char *text, GError **error)
{
  CosmicId stream;

  return find_discussion (people, person, decision, scope, &stream, error)
         && say (people, person, &stream,
                 dpop_discussion_command_comment (scope, answers, &person->member, text, NULL),
                 NULL, error);
}

/* --- Opening. -------------------------------------------------------------------------------- */

static int
find_named (DpopPracticePeople *people, const GArray *options, const char *wanted)
{
  for (guint i = 0; i < options->len; i++)
    {
      g_autofree char *name
          = dpop_practice_act_option_name (people, &g_array_index (options, CosmicId, i));

      if (g_strcmp0 (name, wanted) == 0)
        return (int) i;
    }
  return DPOP_COUNT_NO_OPTION;
}

/* Whoever asks for "none of these" asks for it by name; *PLACE is among OPTIONS. */
static gboolean
add_default (DpopPracticePeople *people, const DpopPracticePerson *person,
             const CosmicId *decision, const DpopDecisionProposed *proposed, GArray *options,
             int *place, GError **error)
{
  const char *name = _("None of these");
  CosmicId option;

  *place = DPOP_COUNT_NO_OPTION;
  if (proposed->ballot != DPOP_BALLOT_RANK || proposed->rule.default_option != DPOP_DEFAULT_BEATEN)
    return TRUE;
  *place = find_named (people, options, name);
  if (*place != DPOP_COUNT_NO_OPTION)
    return TRUE;
  if (!dpop_practice_act_option (people, person, decision, &proposed->scope, NULL, name, &option,
                                 error))
    return FALSE;
  *place = (int) options->len;
  g_array_append_val (options, option);
  return TRUE;
}

gboolean
dpop_practice_act_open (DpopPracticePeople *people, const DpopPracticePerson *person,
                        const CosmicId *decision, GError **error)
{
  g_autoptr (DpopDecision) found = dpop_practice_act_look (people, decision, NULL, error);
  g_autoptr (GArray) texts = NULL;
  g_autoptr (GArray) options = NULL;
  DpopDecisionCommandOpen open = { 0 };

  if (found == NULL)
    return FALSE;
  texts = dpop_decision_query_texts (found);
  options = dpop_decision_query_options (found);
  open.texts = texts;
  open.options = options;
  if (!add_default (people, person, decision, &found->proposed, options, &open.default_option,
                    error))
    return FALSE;
  if (found->proposed.ballot == DPOP_BALLOT_APPROVE)
    {
      open.min_choices = 1;
      open.max_choices = options->len;
    }
  return say (people, person, decision, dpop_decision_command_open (&open), NULL, error)
         && dpop_practice_act_confirm (people, error);
}

/* --- Voting. --------------------------------------------------------------------------------- */

gboolean
dpop_practice_act_vote (DpopPracticePeople *people, const DpopPracticePerson *person,
                        const CosmicId *decision, guint mood, GError **error)
{
  const CosmicState *authority = dpop_profile_state (people->profile, NULL, error);
  g_autoptr (DpopDecision) found = dpop_practice_act_look (people, decision, NULL, error);
  const DpopPracticePerson *signer = person;
  const CosmicState *state;
  DpopDecisionBallot ballot;

  if (authority == NULL || found == NULL
      || (state = dpop_profile_state (people->profile, decision, error)) == NULL)
    return FALSE;
  if (!dpop_practice_people_signs (people, authority, person))
    signer = dpop_practice_people_for (people, authority, person);
  if (signer == NULL)
    return dpop_profile_refuse (error, COSMIC_REASON_NOT_ALLOWED);
  dpop_practice_people_ballot (people, person, decision, found, mood, &ballot);
  return say (people, signer, decision,
              dpop_decision_command_vote (state, &person->member, &ballot), NULL, error);
}

gboolean
dpop_practice_act_close (DpopPracticePeople *people, const DpopPracticePerson *person,
                         const CosmicId *decision, GError **error)
{
  return say (people, person, decision, dpop_decision_command_close (), NULL, error)
         && dpop_practice_act_confirm (people, error);
}

gboolean
dpop_practice_act_stop (DpopPracticePeople *people, const DpopPracticePerson *person,
                        const CosmicId *decision, DpopStopReason why, const char *text,
                        GError **error)
{
  g_autoptr (DpopDecision) found = dpop_practice_act_look (people, decision, NULL, error);

  return found != NULL
         && say (people, person, decision,
                 dpop_decision_command_stop (&found->proposed.scope, why, text, NULL), NULL, error)
         && dpop_practice_act_confirm (people, error);
}
