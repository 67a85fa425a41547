/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decide.h"

#include "dpop-comment-row.h"
#include "dpop-decision-command.h"
#include "dpop-decision-query.h"
#include "dpop-discussion.h"
#include "dpop-member-command.h"
#include "dpop-outcome-export.h"

#include <glib/gi18n-lib.h>

/* --- What all of them need. ------------------------------------------------------------------- */

static gboolean
fail (GError **error, DpopProfileError code, const char *message)
{
  g_set_error_literal (error, DPOP_PROFILE_ERROR, (gint) code, message);
  return FALSE;
}

static const char *
wording_sentence (DpopWordingFault fault)
{
  switch (fault)
    {
    case DPOP_WORDING_NO_TITLE:
      return _("A title is missing.");
    case DPOP_WORDING_NO_TEXT:
      return _("A text is missing.");
    case DPOP_WORDING_TITLE_TOO_LONG:
      return _("The title is too long. Say it in fewer words; the text has more room.");
    case DPOP_WORDING_TEXT_TOO_LONG:
      return _("The text is too long for one entry. Shorten it, or divide it.");
    case DPOP_WORDING_NOT_TEXT:
    case DPOP_WORDING_FINE:
    default:
      return _("The text has characters that cannot be shown. Type it again.");
    }
}

/* Says CLAIM (taken), or why there is none. */
static gboolean
say (DpopProfile *profile, const CosmicId *stream, DpopClaim *claim, DpopWordingFault fault,
     CosmicId *operation, GError **error)
{
  if (claim == NULL)
    return fail (error, DPOP_PROFILE_ERROR_INVALID, wording_sentence (fault));
  return dpop_profile_say_alone (profile, stream, claim, operation, error);
}

static gboolean
find_speaker (DpopProfile *profile, const CosmicId *named, CosmicId *speaker, GError **error)
{
  if (named == NULL)
    return dpop_profile_own_member (profile, speaker, error);
  *speaker = *named;
  return TRUE;
}

static gboolean
find_proposed (DpopProfile *profile, const CosmicId *decision, DpopDecisionProposed *proposed,
               GError **error)
{
  const CosmicState *state = dpop_profile_state (profile, decision, error);

  if (state == NULL)
    return FALSE;
  return dpop_decision_state_proposed (state, proposed)
         || fail (error, DPOP_PROFILE_ERROR_NOT_FOUND, _("There is no such decision here."));
}

/* A stream that this computer opens: its nonce, and the id that it makes. */
static void
new_stream (DpopProfile *profile, CosmicId *nonce, CosmicId *stream)
{
  CosmicId device;

  dpop_profile_device_id (profile, &device);
  dpop_random_fill (dpop_profile_random (profile), nonce, sizeof *nonce);
  cosmic_stream_id (cosmic_log_party (dpop_profile_log (profile)), &device, nonce, stream);
}

/* --- Proposing. ------------------------------------------------------------------------------- */

gboolean
dpop_decide_propose (DpopProfile *profile, const DpopDecidePropose *command, CosmicId *decision,
                      GError **error)
{
  DpopDecisionCommandPropose propose = {
    .scope = command->scope != NULL ? *command->scope : cosmic_id_zero,
    .rule_number = (guint16) command->rule,
    .ballot = command->ballot,
    .effect = command->effect,
    .repeats = command->repeats,
    .title = command->title,
    .question = command->question,
  };
  DpopWordingFault fault = DPOP_WORDING_FINE;

  if (!find_speaker (profile, command->speaker, &propose.speaker, error))
    return FALSE;
  new_stream (profile, &propose.nonce, decision);
  return say (profile, decision, dpop_decision_command_propose (&propose, &fault), fault, NULL,
              error);
}

gboolean
dpop_decide_add_text (DpopProfile *profile, const CosmicId *decision, DpopTextKind what,
                       const CosmicId *replaces, const CosmicId *named, const char *title,
                       const char *text, CosmicId *operation, GError **error)
{
  DpopDecisionProposed proposed;
  DpopWordingFault fault = DPOP_WORDING_FINE;
  CosmicId speaker;

  if (!find_proposed (profile, decision, &proposed, error)
      || !find_speaker (profile, named, &speaker, error))
    return FALSE;
  return say (profile, decision,
              dpop_decision_command_text (&proposed.scope, what, replaces, &speaker, title, text,
                                          &fault),
              fault, operation, error);
}

gboolean
dpop_decide_add_option (DpopProfile *profile, const CosmicId *decision, const CosmicId *candidate,
                         const CosmicId *named, const char *name, const char *description,
                         CosmicId *operation, GError **error)
{
  DpopDecisionProposed proposed;
  DpopWordingFault fault = DPOP_WORDING_FINE;
  CosmicId speaker;

  if (!find_proposed (profile, decision, &proposed, error)
      || !find_speaker (profile, named, &speaker, error))
    return FALSE;
  return say (profile, decision,
              dpop_decision_command_option (&proposed.scope, candidate, &speaker, name,
                                            description, &fault),
              fault, operation, error);
}

gboolean
dpop_decide_withdraw_option (DpopProfile *profile, const CosmicId *decision,
                              const CosmicId *option, GError **error)
{
  return dpop_profile_say_alone (profile, decision, dpop_decision_command_withdraw (option), NULL,
                                 error);
}

/* --- Opening, voting, closing. ---------------------------------------------------------------- */

static DpopDecision *
query (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  const CosmicState *state = dpop_profile_state (profile, decision, error);
  DpopDecision *found;

  if (state == NULL)
    return NULL;
  found = dpop_decision_query (state, NULL);
  if (found == NULL)
    fail (error, DPOP_PROFILE_ERROR_NOT_FOUND, _("There is no such decision here."));
  return found;
}

static int
place_of (const GArray *options, const CosmicId *option)
{
  for (guint i = 0; option != NULL && i < options->len; i++)
    if (cosmic_id_same (&g_array_index (options, CosmicId, i), option))
      return (int) i;
  return DPOP_COUNT_NO_OPTION;
}

/* An opening fixes who is entitled, as of the confirmation that covers it: where this computer can,
 * it confirms at once, so that nobody who comes later is asked and nobody who was there is not. The
 * same for a close, which makes the outcome final. */
static gboolean
say_and_confirm (DpopProfile *profile, const CosmicId *decision, DpopClaim *claim, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    {
      dpop_claim_free (claim);
      return FALSE;
    }
  if (dpop_profile_say (profile, decision, claim, NULL, error)
      && (!dpop_profile_confirms_alone (profile) || dpop_profile_confirm (profile, NULL, error)))
    return dpop_profile_commit (profile, error);
  dpop_profile_rollback (profile);
  return FALSE;
}

gboolean
dpop_decide_open (DpopProfile *profile, const CosmicId *decision, const DpopDecideOpen *command,
                   GError **error)
{
  g_autoptr (DpopDecision) found = query (profile, decision, error);
  g_autoptr (GArray) texts = NULL;
  g_autoptr (GArray) standing = NULL;
  DpopDecisionCommandOpen open = { .closes = command->closes };

  if (found == NULL)
    return FALSE;
  texts = dpop_decision_query_texts (found);
  standing = dpop_decision_query_options (found);
  open.texts = texts;
  open.options = command->options != NULL ? command->options : standing;
  open.default_option = place_of (open.options, command->default_option);
  if (command->default_option != NULL && open.default_option == DPOP_COUNT_NO_OPTION)
    return fail (error, DPOP_PROFILE_ERROR_INVALID,
                 _("The option that stands for \"none of these\" is not on the ballot."));
  if (found->proposed.ballot == DPOP_BALLOT_APPROVE)
    {
      open.min_choices = MAX (command->min_choices, 1);
      open.max_choices = command->max_choices > 0 ? command->max_choices : open.options->len;
    }
  return say_and_confirm (profile, decision, dpop_decision_command_open (&open), error);
}

/* What is not confirmed yet is folded anew with every vote that comes among it: a desk that enters
 * many has them confirmed in between, where this computer can. */
#define OPEN_MANY 256

static gboolean
confirm_many (DpopProfile *profile, GError **error)
{
  return cosmic_log_n_open (dpop_profile_log (profile)) < OPEN_MANY
         || !dpop_profile_confirms_alone (profile) || dpop_profile_confirm (profile, NULL, error);
}

static gboolean
vote (DpopProfile *profile, const CosmicSecret *device, const CosmicId *decision,
      const CosmicId *voter, const DpopDecisionBallot *ballot, CosmicId *operation, GError **error)
{
  const CosmicState *state = dpop_profile_state (profile, decision, error);
  DpopDecisionProposed proposed;

  if (state == NULL || !find_proposed (profile, decision, &proposed, error))
    return FALSE;
  return dpop_profile_say_with (profile, device, decision,
                                dpop_decision_command_vote (state, voter, ballot), operation,
                                error)
         && confirm_many (profile, error);
}

gboolean
dpop_decide_vote (DpopProfile *profile, const CosmicId *decision, const CosmicId *named,
                   const DpopDecisionBallot *ballot, CosmicId *operation, GError **error)
{
  CosmicId voter;

  if (!find_speaker (profile, named, &voter, error) || !dpop_profile_begin (profile, error))
    return FALSE;
  if (vote (profile, dpop_profile_device (profile), decision, &voter, ballot, operation, error))
    return dpop_profile_commit (profile, error);
  dpop_profile_rollback (profile);
  return FALSE;
}

gboolean
dpop_decide_vote_with (DpopProfile *profile, const CosmicSecret *device, const CosmicId *decision,
                        const CosmicId *voter, const DpopDecisionBallot *ballot, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  if (vote (profile, device, decision, voter, ballot, NULL, error))
    return dpop_profile_commit (profile, error);
  dpop_profile_rollback (profile);
  return FALSE;
}

gboolean
dpop_decide_close (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  return say_and_confirm (profile, decision, dpop_decision_command_close (), error);
}

gboolean
dpop_decide_stop (DpopProfile *profile, const CosmicId *decision, DpopStopReason reason,
                   const char *text, GError **error)
{
  DpopDecisionProposed proposed;
  DpopWordingFault fault = DPOP_WORDING_FINE;

  if (!find_proposed (profile, decision, &proposed, error))
    return FALSE;
  return say (profile, decision,
              dpop_decision_command_stop (&proposed.scope, reason, text, &fault), fault, NULL,
              error);
}

/* --- Discussing. ------------------------------------------------------------------------------ */

/* A discussion about ABOUT: the one in which this computer knows comments, else the one that it
 * opened itself; zero when there is none. */
static gboolean
find_discussion (DpopProfile *profile, const CosmicId *about, CosmicId *stream, GError **error)
{
  g_autofree char *text = cosmic_id_to_text (about);
  g_autofree char *name = g_strconcat ("discussion-", text, NULL);
  g_autoptr (GPtrArray) comments = NULL;
  g_autoptr (GBytes) own = NULL;

  *stream = cosmic_id_zero;
  comments = dpop_comment_row_window (dpop_profile_database (profile), about, 0, 1, error);
  if (comments == NULL)
    return FALSE;
  if (comments->len > 0)
    {
      *stream = ((const DpopCommentRow *) comments->pdata[0])->stream;
      return TRUE;
    }
  own = dpop_profile_get_setting (profile, name, NULL);
  if (own != NULL && g_bytes_get_size (own) == sizeof *stream)
    memcpy (stream, g_bytes_get_data (own, NULL), sizeof *stream);
  return TRUE;
}

static gboolean
remember_discussion (DpopProfile *profile, const CosmicId *about, const CosmicId *stream,
                     GError **error)
{
  g_autofree char *text = cosmic_id_to_text (about);
  g_autofree char *name = g_strconcat ("discussion-", text, NULL);
  g_autoptr (GBytes) value = g_bytes_new (stream, sizeof *stream);

  return dpop_profile_put_setting (profile, name, value, error);
}

static gboolean
open_discussion (DpopProfile *profile, const CosmicId *about, const CosmicId *scope,
                 CosmicId *stream, GError **error)
{
  CosmicId nonce;

  new_stream (profile, &nonce, stream);
  return dpop_profile_say (profile, stream,
                           dpop_discussion_command_discuss (&nonce, about, scope), NULL, error);
}

gboolean
dpop_decide_comment (DpopProfile *profile, const CosmicId *decision, const CosmicId *answers,
                      const CosmicId *named, const char *text, CosmicId *operation,
                      GError **error)
{
  DpopWordingFault fault = DPOP_WORDING_FINE;
  DpopDecisionProposed proposed;
  CosmicId speaker, stream;
  DpopClaim *claim;

  if (!find_proposed (profile, decision, &proposed, error)
      || !find_speaker (profile, named, &speaker, error)
      || !find_discussion (profile, decision, &stream, error))
    return FALSE;
  claim = dpop_discussion_command_comment (&proposed.scope, answers, &speaker, text, &fault);
  if (claim == NULL)
    return fail (error, DPOP_PROFILE_ERROR_INVALID, wording_sentence (fault));
  if (!dpop_profile_begin (profile, error))
    {
      dpop_claim_free (claim);
      return FALSE;
    }
  if (cosmic_id_is_zero (&stream)
      && !open_discussion (profile, decision, &proposed.scope, &stream, error))
    dpop_claim_free (claim);
  else if (dpop_profile_say (profile, &stream, claim, operation, error)
           && remember_discussion (profile, decision, &stream, error))
    return dpop_profile_commit (profile, error);
  dpop_profile_rollback (profile);
  return FALSE;
}

/* --- Carrying out. ---------------------------------------------------------------------------- */

gboolean
dpop_decide_enact (DpopProfile *profile, const CosmicId *decision, GError **error)
{
  CosmicLog *log = dpop_profile_log (profile);
  CosmicKey key = dpop_outcome_export_key ();
  g_autoptr (GBytes) outcome = NULL;
  g_autoptr (GBytes) proof = NULL;
  GError *failure = NULL;

  if (!cosmic_log_prove_export (log, decision, &key, &outcome, &proof, &failure))
    {
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      return fail (error, DPOP_PROFILE_ERROR_NOT_FOUND,
                   _("This decision has no confirmed outcome yet. Confirm it first."));
    }
  return dpop_profile_say_alone (profile, NULL,
                                 dpop_member_command_enact (decision, cosmic_log_height (log),
                                                            outcome, proof),
                                 NULL, error);
}
