/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-words.h"

#include "cosmic-authority.h"
#include "dpop-discussion.h"

#include <glib/gi18n-lib.h>

/* One word for each number, from 0 or 1 on; NULL where there is none. */
static const char *
pick (const char *const *words, gsize n, gsize number)
{
  return number < n && words[number] != NULL ? _(words[number]) : _("unknown");
}

const char *
dpop_words_member_state (DpopMemberState state)
{
  static const char *const words[] = {
    [DPOP_MEMBER_APPLICANT] = N_("applicant"),
    [DPOP_MEMBER_MEMBER] = N_("member"),
    [DPOP_MEMBER_SUSPENDED] = N_("suspended"),
    [DPOP_MEMBER_FORMER] = N_("former member"),
  };

  return pick (words, G_N_ELEMENTS (words), state);
}

const char *
dpop_words_phase (DpopDecisionPhase phase)
{
  static const char *const words[] = {
    [DPOP_DECISION_PROPOSED] = N_("proposed"),
    [DPOP_DECISION_OPEN] = N_("open"),
    [DPOP_DECISION_CLOSED] = N_("closed"),
    [DPOP_DECISION_STOPPED] = N_("stopped"),
  };

  return pick (words, G_N_ELEMENTS (words), phase);
}

const char *
dpop_words_ballot (DpopBallotKind kind)
{
  static const char *const words[] = {
    [DPOP_BALLOT_YES_NO_ABSTAIN] = N_("yes, no or abstain"),
    [DPOP_BALLOT_CHOOSE_ONE] = N_("choose one"),
    [DPOP_BALLOT_APPROVE] = N_("choose all that you agree with"),
    [DPOP_BALLOT_RANK] = N_("put them in order"),
  };

  return pick (words, G_N_ELEMENTS (words), kind);
}

const char *
dpop_words_action (DpopAction action)
{
  static const char *const words[] = {
    [DPOP_ACTION_ENROL] = N_("take people in"),
    [DPOP_ACTION_EDIT_MEMBER] = N_("change particulars"),
    [DPOP_ACTION_READ_MEMBER] = N_("see particulars"),
    [DPOP_ACTION_MOVE_MEMBER] = N_("admit, suspend and remove members"),
    [DPOP_ACTION_GRANT_ROLE] = N_("give roles"),
    [DPOP_ACTION_REVOKE_ROLE] = N_("take roles back"),
    [DPOP_ACTION_ADD_UNIT] = N_("found groups"),
    [DPOP_ACTION_ASSIGN_UNIT] = N_("put members into groups and take them out"),
    [DPOP_ACTION_INVITE] = N_("invite"),
    [DPOP_ACTION_ACCEPT_DEVICE] = N_("let computers in"),
    [DPOP_ACTION_SWITCH_OFF_DEVICE] = N_("switch computers off"),
    [DPOP_ACTION_ACT_FOR] = N_("enter what members without a computer say"),
    [DPOP_ACTION_VOTE] = N_("vote"),
    [DPOP_ACTION_PROPOSE] = N_("propose"),
    [DPOP_ACTION_ADD_TEXT] = N_("add texts and options to proposals"),
    [DPOP_ACTION_COMMENT] = N_("comment"),
    [DPOP_ACTION_OPEN] = N_("open votes"),
    [DPOP_ACTION_CLOSE] = N_("close votes"),
    [DPOP_ACTION_STOP] = N_("stop votes"),
    [DPOP_ACTION_ERASE] = N_("delete for everyone what was typed"),
    [DPOP_ACTION_ROTATE_KEYS] = N_("lock out who may no longer read"),
    [DPOP_ACTION_APPOINT_WITNESS] = N_("appoint record keepers"),
    [DPOP_ACTION_EXPORT] = N_("take data out"),
    [DPOP_ACTION_CONVENE] = N_("convene meetings"),
    [DPOP_ACTION_RAISE_RULES] = N_("move to a newer version of DPOP"),
    [DPOP_ACTION_RECOVER_DEVICE] = N_("help members who have lost all their computers"),
  };

  return pick (words, G_N_ELEMENTS (words), action);
}

const char *
dpop_words_reach (DpopReach reach)
{
  static const char *const words[] = {
    [DPOP_REACH_EVERYWHERE] = N_("everywhere"),
    [DPOP_REACH_PARTY] = N_("for the organisation as a whole"),
    [DPOP_REACH_OWN_UNIT] = N_("in one's own group"),
    [DPOP_REACH_SELF] = N_("for oneself"),
  };

  return pick (words, G_N_ELEMENTS (words), reach);
}

const char *
dpop_words_effect (DpopEffect effect)
{
  static const char *const words[] = {
    [DPOP_EFFECT_REVOKE_OFFICE] = N_("take an office from its holder"),
    [DPOP_EFFECT_ELECTION] = N_("elect"),
    [DPOP_EFFECT_ROLE] = N_("give a role"),
    [DPOP_EFFECT_CHARTER] = N_("change our rules"),
    [DPOP_EFFECT_DISMISS_WITNESS] = N_("dismiss a record keeper"),
  };

  return pick (words, G_N_ELEMENTS (words), effect);
}

const char *
dpop_words_removal (DpopRemoval why)
{
  static const char *const words[] = {
    [DPOP_REMOVAL_LEFT] = N_("left"),
    [DPOP_REMOVAL_EXPELLED] = N_("was expelled"),
    [DPOP_REMOVAL_STRUCK] = N_("was struck off"),
    [DPOP_REMOVAL_DIED] = N_("has died"),
    [DPOP_REMOVAL_OTHER] = N_("for another reason"),
  };

  return pick (words, G_N_ELEMENTS (words), why);
}

const char *
dpop_words_stop (DpopStopReason why)
{
  static const char *const words[] = {
    [DPOP_STOP_WORDING] = N_("the question was put wrongly"),
    [DPOP_STOP_OPTIONS] = N_("an option was missing, or on the ballot wrongly"),
    [DPOP_STOP_ROLL] = N_("the wrong people were asked"),
    [DPOP_STOP_RULE] = N_("it should have been decided by another rule"),
    [DPOP_STOP_DISTURBED] = N_("people could not take part as they should"),
    [DPOP_STOP_WITHDRAWN] = N_("there was nothing to decide any more"),
  };

  return pick (words, G_N_ELEMENTS (words), why);
}

const char *
dpop_words_kind (guint16 kind)
{
  static const char *const words[] = {
    [COSMIC_KIND_GENESIS] = N_("Founding"),
    [COSMIC_KIND_INVITATION] = N_("Invitation"),
    [COSMIC_KIND_DEVICE_ADD] = N_("New computer"),
    [COSMIC_KIND_DEVICE_OFF] = N_("Computer switched off"),
    [COSMIC_KIND_ROTATION] = N_("New locks"),
    [COSMIC_KIND_SHARE] = N_("Keys handed on"),
    [COSMIC_KIND_EQUIVOCATION] = N_("Two copies of one computer"),
    [COSMIC_KIND_ERASE] = N_("Deleted for everyone"),
    [COSMIC_KIND_DEVICE_ATTACH] = N_("New computer after a loss"),
    [COSMIC_KIND_ATTACH_SUPPORT] = N_("New computer supported"),
    [COSMIC_KIND_ATTACH_VETO] = N_("New computer stopped"),
    [COSMIC_KIND_WITNESS_OFFER] = N_("Offer to keep records"),
    [DPOP_KIND_MEMBER_ADD] = N_("New member"),
    [DPOP_KIND_MEMBER_DETAILS] = N_("Particulars"),
    [DPOP_KIND_MEMBER_STATE] = N_("Membership"),
    [DPOP_KIND_MEMBER_REMOVE] = N_("Removal"),
    [DPOP_KIND_MEMBERS_UNDO] = N_("Import undone"),
    [DPOP_KIND_ROLE_GRANT] = N_("Role given"),
    [DPOP_KIND_ROLE_REVOKE] = N_("Role taken back"),
    [DPOP_KIND_UNIT_ADD] = N_("New group"),
    [DPOP_KIND_UNIT_NAME] = N_("Name of a group"),
    [DPOP_KIND_UNIT_ASSIGN] = N_("Group of a member"),
    [DPOP_KIND_ENACT] = N_("Decision carried out"),
    [DPOP_KIND_WITNESS_APPOINT] = N_("Record keepers appointed"),
    [DPOP_KIND_WITNESS_RESIGN] = N_("Record keeper resigned"),
    [DPOP_KIND_PROPOSE] = N_("Proposal"),
    [DPOP_KIND_TEXT] = N_("Text"),
    [DPOP_KIND_OPTION] = N_("Option"),
    [DPOP_KIND_OPTION_WITHDRAW] = N_("Option withdrawn"),
    [DPOP_KIND_OPEN] = N_("Vote opened"),
    [DPOP_KIND_VOTE] = N_("Vote"),
    [DPOP_KIND_CLOSE] = N_("Vote closed"),
    [DPOP_KIND_STOP] = N_("Vote stopped"),
    [DPOP_KIND_DISCUSS] = N_("Discussion opened"),
    [DPOP_KIND_COMMENT] = N_("Comment"),
  };

  return pick (words, G_N_ELEMENTS (words), kind);
}

/* --- Outcomes. ------------------------------------------------------------------------------- */

const char *
dpop_words_outcome (DpopOutcomeStatus status)
{
  static const char *const words[] = {
    [DPOP_OUTCOME_ACCEPTED] = N_("Accepted"),
    [DPOP_OUTCOME_REJECTED] = N_("Rejected"),
    [DPOP_OUTCOME_ELECTED] = N_("Elected"),
    [DPOP_OUTCOME_INCOMPLETE] = N_("Elected in part: the other seats stay empty"),
    [DPOP_OUTCOME_NOBODY] = N_("Nobody has the votes that are asked for"),
    [DPOP_OUTCOME_TIED] = N_("A tie: equal options for what is left"),
    [DPOP_OUTCOME_NO_QUORUM] = N_("Nothing is decided: too few took part"),
    [DPOP_OUTCOME_STOPPED] = N_("Stopped: there is no outcome"),
    [DPOP_OUTCOME_UNCOUNTABLE] = N_("Nothing is decided: the rule cannot count these votes"),
  };

  return pick (words, G_N_ELEMENTS (words), status);
}

const char *
dpop_words_base (DpopCountBase base)
{
  static const char *const words[] = {
    [DPOP_COUNT_BASE_YES_NO] = N_("votes for and against"),
    [DPOP_COUNT_BASE_CAST] = N_("votes cast, abstentions included"),
    [DPOP_COUNT_BASE_PRESENT] = N_("those who took part"),
    [DPOP_COUNT_BASE_ENTITLED] = N_("those entitled"),
  };

  return pick (words, G_N_ELEMENTS (words), base);
}

char *
dpop_words_share (const DpopCountThreshold *threshold)
{
  g_autofree char *share = dpop_rational_format (threshold->share);

  return g_strdup_printf (threshold->strict ? _("more than %s") : _("at least %s"), share);
}

static char *
check_words (const DpopCountReason *reason)
{
  g_autofree char *share = dpop_words_share (&reason->threshold);
  gulong figure = (gulong) reason->figure, needed = (gulong) reason->needed,
         base = (gulong) reason->base;

  switch (reason->code)
    {
    case DPOP_COUNT_REASON_QUORUM_SHARE:
      return g_strdup_printf (_("Quorum: %lu took part of %lu entitled; %s is asked for: %lu"),
                              figure, base, share, needed);
    case DPOP_COUNT_REASON_QUORUM_MINIMUM:
      return g_strdup_printf (_("Quorum: %lu took part; %lu are asked for"), figure, needed);
    case DPOP_COUNT_REASON_MAJORITY:
      return g_strdup_printf (_("Majority: %lu of %lu %s; %s is asked for: %lu"), figure, base,
                              dpop_words_base (reason->over), share, needed);
    case DPOP_COUNT_REASON_TIE:
      return g_strdup_printf (_("More for than against: %lu for, %lu against"), figure, base);
    case DPOP_COUNT_REASON_SEAT_TIE:
      return g_strdup_printf (_("Equal votes for the last seats: %lu options for %lu"), figure,
                              base);
    case DPOP_COUNT_REASON_DEFAULT_QUORUM:
      return g_strdup_printf (_("Preferred to \"none of these\" by %lu; %lu are asked for"), figure,
                              needed);
    case DPOP_COUNT_REASON_DEFAULT_MAJORITY:
    default:
      return g_strdup_printf (_("Against \"none of these\": preferred by %lu, not by %lu; %lu are "
                                "asked for"),
                              figure, base, needed);
    }
}

char *
dpop_words_check (const DpopCountReason *reason, const char *option)
{
  g_autofree char *words = check_words (reason);

  return g_strdup_printf ("%s%s%s - %s.", option != NULL ? option : "", option != NULL ? ": " : "",
                          words, reason->satisfied ? _("reached") : _("not reached"));
}

/* --- Lists. ---------------------------------------------------------------------------------- */

static char *
all_but_the_last (const GPtrArray *names)
{
  g_autoptr (GString) list = g_string_new (names->len > 0 ? names->pdata[0] : "");

  for (guint i = 1; i + 1 < names->len; i++)
    /* TRANSLATORS: between the names of a list, but the last two. */
    g_string_append_printf (list, "%s%s", _(", "), (const char *) names->pdata[i]);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

char *
dpop_words_and (const GPtrArray *names)
{
  g_autofree char *list = all_but_the_last (names);

  if (names->len < 2)
    return g_steal_pointer (&list);
  /* TRANSLATORS: the last two names of a list: "Ada, Bert and Carla". */
  return g_strdup_printf (_("%s and %s"), list, (const char *) names->pdata[names->len - 1]);
}

char *
dpop_words_or (const GPtrArray *names)
{
  g_autofree char *list = all_but_the_last (names);

  if (names->len < 2)
    return g_steal_pointer (&list);
  /* TRANSLATORS: the last two of a list: "Chair, Treasurer or Secretary". */
  return g_strdup_printf (_("%s or %s"), list, (const char *) names->pdata[names->len - 1]);
}

/* --- Time. ----------------------------------------------------------------------------------- */

char *
dpop_words_duration (gint64 ms)
{
  gint64 minutes = (ms + 59999) / 60000;

  if (minutes >= 1440 && minutes % 1440 == 0)
    return g_strdup_printf (ngettext ("%u day", "%u days", (gulong) (minutes / 1440)),
                            (guint) (minutes / 1440));
  if (minutes >= 60 && minutes % 60 == 0)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", (gulong) (minutes / 60)),
                            (guint) (minutes / 60));
  return g_strdup_printf (ngettext ("%u minute", "%u minutes", (gulong) minutes),
                          (guint) minutes);
}
