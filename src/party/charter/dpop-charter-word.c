/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-word.h"

#include <string.h>

static const char *const action_words[] = {
  [DPOP_ACTION_ENROL] = "enrol",
  [DPOP_ACTION_EDIT_MEMBER] = "edit-member",
  [DPOP_ACTION_READ_MEMBER] = "read-member",
  [DPOP_ACTION_MOVE_MEMBER] = "move-member",
  [DPOP_ACTION_GRANT_ROLE] = "grant-role",
  [DPOP_ACTION_REVOKE_ROLE] = "revoke-role",
  [DPOP_ACTION_ADD_UNIT] = "add-unit",
  [DPOP_ACTION_ASSIGN_UNIT] = "assign-unit",
  [DPOP_ACTION_INVITE] = "invite",
  [DPOP_ACTION_ACCEPT_DEVICE] = "accept-device",
  [DPOP_ACTION_SWITCH_OFF_DEVICE] = "switch-off-device",
  [DPOP_ACTION_ACT_FOR] = "act-for",
  [DPOP_ACTION_VOTE] = "vote",
  [DPOP_ACTION_PROPOSE] = "propose",
  [DPOP_ACTION_ADD_TEXT] = "add-text",
  [DPOP_ACTION_COMMENT] = "comment",
  [DPOP_ACTION_OPEN] = "open",
  [DPOP_ACTION_CLOSE] = "close",
  [DPOP_ACTION_STOP] = "stop",
  [DPOP_ACTION_ERASE] = "erase",
  [DPOP_ACTION_ROTATE_KEYS] = "rotate-keys",
  [DPOP_ACTION_APPOINT_WITNESS] = "appoint-witness",
  [DPOP_ACTION_EXPORT] = "export",
  [DPOP_ACTION_CONVENE] = "convene",
  [DPOP_ACTION_RAISE_RULES] = "raise-rules",
  [DPOP_ACTION_RECOVER_DEVICE] = "recover-device",
};

static const char *const reach_words[] = {
  [DPOP_REACH_EVERYWHERE] = "everywhere",
  [DPOP_REACH_PARTY] = "party",
  [DPOP_REACH_OWN_UNIT] = "own-unit",
  [DPOP_REACH_SELF] = "self",
};

static const char *const scope_words[] = {
  [DPOP_SCOPE_PARTY] = "party",
  [DPOP_SCOPE_UNIT] = "unit",
};

static const char *const state_words[] = {
  [DPOP_MEMBER_APPLICANT] = "applicant",
  [DPOP_MEMBER_MEMBER] = "member",
  [DPOP_MEMBER_SUSPENDED] = "suspended",
  [DPOP_MEMBER_FORMER] = "former",
};

static const char *const state_flag_words[] = { "votes", "proposes", "comments" };

static const char *const ballot_words[] = {
  [DPOP_BALLOT_YES_NO_ABSTAIN] = "yes-no-abstain",
  [DPOP_BALLOT_CHOOSE_ONE] = "choose-one",
  [DPOP_BALLOT_APPROVE] = "approve",
  [DPOP_BALLOT_RANK] = "rank",
};

static const char *const base_words[] = {
  [DPOP_BASE_YES_NO] = "yes-no",
  [DPOP_BASE_CAST] = "cast",
  [DPOP_BASE_PRESENT] = "present",
  [DPOP_BASE_ENTITLED] = "entitled",
};

static const char *const ranking_words[] = {
  [DPOP_RANKING_SCHULZE_WINNING_VOTES] = "schulze-winning-votes",
  [DPOP_RANKING_SCHULZE_MARGINS] = "schulze-margins",
};

static const char *const default_words[] = {
  [DPOP_DEFAULT_NONE] = "none",
  [DPOP_DEFAULT_BEATEN] = "must-be-beaten",
};

static const char *const effect_words[] = {
  [DPOP_EFFECT_REVOKE_OFFICE] = "revoke-office",
  [DPOP_EFFECT_ELECTION] = "election",
  [DPOP_EFFECT_ROLE] = "role",
  [DPOP_EFFECT_CHARTER] = "charter",
  [DPOP_EFFECT_DISMISS_WITNESS] = "dismiss-witness",
};

static const struct
{
  const char *const *words;
  guint first, size;
} tables[] = {
  [DPOP_CHARTER_WORD_ACTION] = { action_words, 1, G_N_ELEMENTS (action_words) },
  [DPOP_CHARTER_WORD_REACH] = { reach_words, 1, G_N_ELEMENTS (reach_words) },
  [DPOP_CHARTER_WORD_SCOPE] = { scope_words, 1, G_N_ELEMENTS (scope_words) },
  [DPOP_CHARTER_WORD_STATE] = { state_words, 1, G_N_ELEMENTS (state_words) },
  [DPOP_CHARTER_WORD_STATE_FLAG] = { state_flag_words, 0, G_N_ELEMENTS (state_flag_words) },
  [DPOP_CHARTER_WORD_BALLOT] = { ballot_words, 1, G_N_ELEMENTS (ballot_words) },
  [DPOP_CHARTER_WORD_BASE] = { base_words, 1, G_N_ELEMENTS (base_words) },
  [DPOP_CHARTER_WORD_RANKING] = { ranking_words, 1, G_N_ELEMENTS (ranking_words) },
  [DPOP_CHARTER_WORD_DEFAULT] = { default_words, 1, G_N_ELEMENTS (default_words) },
  [DPOP_CHARTER_WORD_EFFECT] = { effect_words, 1, G_N_ELEMENTS (effect_words) },
};
G_STATIC_ASSERT (G_N_ELEMENTS (tables) == DPOP_CHARTER_WORD_KIND_LAST + 1);

const char *
dpop_charter_word (DpopCharterWordKind kind, guint number)
{
  return number >= tables[kind].first && number < tables[kind].size ? tables[kind].words[number]
                                                                    : NULL;
}

int
dpop_charter_word_number (DpopCharterWordKind kind, const char *word)
{
  for (guint i = tables[kind].first; i < tables[kind].size; i++)
    if (strcmp (tables[kind].words[i], word) == 0)
      return (int) i;
  return -1;
}

guint
dpop_charter_word_first (DpopCharterWordKind kind)
{
  return tables[kind].first;
}

guint
dpop_charter_word_last (DpopCharterWordKind kind)
{
  return tables[kind].size - 1;
}
