/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-charter.h"

#include <glib/gi18n-lib.h>

/* One sentence on what is the matter, and what can be done. */
static const char *const messages[] = {
  [DPOP_CHARTER_FINE] = N_ ("Nothing is wrong."),
  [DPOP_CHARTER_TOO_LARGE] = N_ ("The rules are too large; shorten the descriptions."),
  [DPOP_CHARTER_NOT_NORMAL] = N_ ("These bytes are no rules; get them anew from who sent them."),
  [DPOP_CHARTER_UNKNOWN_VERSION]
  = N_ ("These rules were written by a newer DPOP; update this one."),
  [DPOP_CHARTER_NOT_ASCENDING] = N_ ("These bytes are no rules: their entries are not in order."),
  [DPOP_CHARTER_TOO_MANY] = N_ ("There are too many entries here."),
  [DPOP_CHARTER_UNKNOWN_NUMBER] = N_ ("Something stands here that this DPOP does not know."),
  [DPOP_CHARTER_UNKNOWN_ROLE] = N_ ("A role is named here that does not exist."),
  [DPOP_CHARTER_MOVE_IN_PERMISSIONS]
  = N_ ("Who changes a member's state stands under /moves, not among permissions."),
  [DPOP_CHARTER_NO_DENOMINATOR] = N_ ("Nothing can be divided by zero; write a share as in “2/3”."),
  [DPOP_CHARTER_FRACTION_TOO_FINE] = N_ ("Write this share with numbers up to 1000000."),
  [DPOP_CHARTER_MAJORITY_ABOVE_ONE]
  = N_ ("This majority is more than all votes; write a share up to “1/1”."),
  [DPOP_CHARTER_QUORUM_ABOVE_ONE]
  = N_ ("This quorum is more than all members; write a share up to “1/1”."),
  [DPOP_CHARTER_BAD_QUORUM] = N_ ("Write a number of persons up to 2147483647."),
  [DPOP_CHARTER_BAD_SEATS] = N_ ("Write a number of seats from 1 to 64."),
  [DPOP_CHARTER_BAD_DURATION] = N_ ("Write a duration of up to 3650 days."),
  [DPOP_CHARTER_BAD_RETENTION] = N_ ("Write a duration of up to 36525 days, or “for good”."),
  [DPOP_CHARTER_BAD_INVITATION]
  = N_ ("Write how long an invitation is valid: more than nothing, and up to 366 days."),
  [DPOP_CHARTER_BAD_RECOVERY] = N_ ("Write from 1 to 16 officers, and a veto of up to 366 days."),
  [DPOP_CHARTER_BAD_WITNESSES] = N_ ("Write from 1 to 31 record keepers."),
  [DPOP_CHARTER_NOBODY_ENROLS]
  = N_ ("Nobody could ever enrol a member; give “enrol” to a role that someone holds."),
  [DPOP_CHARTER_NOBODY_READS]
  = N_ ("Nobody could read the names of members; give “read-member” to a role that someone holds."),
  [DPOP_CHARTER_NOBODY_PROPOSES]
  = N_ ("Nobody could propose anything under this rule; give “propose” to the members."),
  [DPOP_CHARTER_NOBODY_OPENS]
  = N_ ("Nobody could open a vote under this rule; give “open” to a role that someone holds."),
  [DPOP_CHARTER_NOBODY_VOTES]
  = N_ ("Nobody could vote under this rule; give “vote” to the members, and to their state."),
  [DPOP_CHARTER_NOBODY_STOPS]
  = N_ ("Nobody could stop a vote that was opened wrongly; give “stop” to a role."),
  [DPOP_CHARTER_NOBODY_INVITES]
  = N_ ("Nobody could invite a member's computer; give “invite” to a role."),
  [DPOP_CHARTER_NOBODY_APPOINTS_WITNESSES]
  = N_ ("Nobody could appoint record keepers, so in the end nothing would be confirmed; give "
        "“appoint-witness” to a role that someone holds."),
  [DPOP_CHARTER_NOBODY_CHANGES_CHARTER]
  = N_ ("Nobody could ever change these rules; let a decision rule of the whole organisation enact "
        "“charter”."),
  [DPOP_CHARTER_NOBODY_RAISES_RULES]
  = N_ ("Nobody could take up newer versions of DPOP; give “raise-rules” to a role that someone "
        "holds."),
  [DPOP_CHARTER_NOBODY_ROTATES_KEYS]
  = N_ ("Nobody could change the locks after a loss; give “rotate-keys” to a role that someone "
        "holds."),
  [DPOP_CHARTER_NOBODY_ERASES]
  = N_ ("Nobody could delete personal data on request; give “erase” to a role that someone holds."),
  [DPOP_CHARTER_NOBODY_ACCEPTS_DEVICES]
  = N_ ("Nobody could accept a newcomer's computer; give “accept-device” to a role that someone "
        "holds."),
  [DPOP_CHARTER_NOBODY_SWITCHES_OFF] = N_ (
      "Nobody could switch off a stolen computer; give “switch-off-device” to a role that someone "
      "holds."),
  [DPOP_CHARTER_NOBODY_RECOVERS]
  = N_ ("Nobody could give a computer to a member who lost theirs; give “recover-device” to a role "
        "that someone holds."),
  [DPOP_CHARTER_NOBODY_ADDS_UNITS] = N_ (
      "Nobody could set up a group of these kinds; give “add-unit” to a role that someone holds."),
  [DPOP_CHARTER_NOBODY_ASSIGNS_UNITS]
  = N_ ("Nobody could put members into a group; give “assign-unit” to a role that someone holds."),
  [DPOP_CHARTER_NOBODY_GIVES_ROLE]
  = N_ ("Nobody could give this role; name who may under “givenBy”, and let them “grant-role”."),
  [DPOP_CHARTER_OFFICE_FOR_EVER]
  = N_ ("Whoever holds this office could never lose it; let a decision rule enact "
        "“revoke-office”."),
  [DPOP_CHARTER_NO_UNIT_KINDS]
  = N_ ("This is about groups, and there are none; describe one under /unitKinds, or remove it."),
  [DPOP_CHARTER_NO_PARTY_RULE] = N_ (
      "The organisation as a whole could decide nothing; add a decision rule with scope “party”."),
  [DPOP_CHARTER_NO_BALLOTS] = N_ ("Name one kind of ballot at least."),
  [DPOP_CHARTER_FOUNDER_IN_UNIT]
  = N_ ("The founder cannot hold a role of a group: at the founding there is none."),
  [DPOP_CHARTER_MAJORITY_UNREACHABLE]
  = N_ ("More than all can never be reached; set “moreThan” to false, or lower the share."),
  [DPOP_CHARTER_MAJORITY_NONE]
  = N_ ("A question of yes or no needs a majority above zero, as in “1/2”."),
  [DPOP_CHARTER_MAJORITY_BELOW_HALF]
  = N_ ("Fewer than half of the votes could decide this, against the others."),
  [DPOP_CHARTER_HALF_IS_MORE]
  = N_ ("A tie is never a majority: “at least half” is counted as “more than half”."),
  [DPOP_CHARTER_QUORUM_UNREACHABLE]
  = N_ ("More than all can never take part; set “moreThan” to false, or lower the share."),
  [DPOP_CHARTER_SEATS_WITHOUT_CHOICE]
  = N_ ("Several seats cannot be filled by yes or no; allow another kind of ballot."),
  [DPOP_CHARTER_DEFAULT_WITHOUT_RANK]
  = N_ ("A default option belongs to rankings; allow “rank”, or remove it."),
  [DPOP_CHARTER_DEFAULT_MAJORITY]
  = N_ ("Against a default option, the majority must be half or more, and less than all."),
  [DPOP_CHARTER_OPEN_TOO_SHORT]
  = N_ ("A vote could not be open at all; make “atMost” longer than zero and than “atLeast”."),
  [DPOP_CHARTER_WITNESSES_FAULTS]
  = N_ ("To bear that many faults there must be three times as many record keepers and one more: "
        "4 for one, 7 for two."),
  [DPOP_CHARTER_WITNESSES_TWO]
  = N_ ("With two record keepers, either one's absence stops all confirmations; choose 1, 3 or 4."),
  [DPOP_CHARTER_WITNESS_ALONE]
  = N_ ("If the only record keeper's computer is lost, the organisation's confirmations can end "
        "with it; appoint three or four as soon as you can."),
  [DPOP_CHARTER_FORMER_TAKES_PART]
  = N_ ("Who has left cannot vote, propose or comment; leave this list empty."),
  [DPOP_CHARTER_OUTSIDER_VOTES] = N_ ("Applicants or suspended members could vote."),
  [DPOP_CHARTER_STATE_UNREACHABLE]
  = N_ ("No member could ever get into this state; say who moves them under /moves."),
  [DPOP_CHARTER_STATE_DEAD_END]
  = N_ ("Who is in this state could never become a member; say who moves them under /moves."),
  [DPOP_CHARTER_NO_WAY_OUT]
  = N_ ("A member could not leave by their own word; in many countries the law gives them that "
        "right."),
  [DPOP_CHARTER_RECOVERY_ALONE]
  = N_ ("One officer alone could take over any member's place; name two or more."),
  [DPOP_CHARTER_RECOVERY_NO_VETO]
  = N_ ("A member whose place is being taken could not object in time; allow some days."),
  [DPOP_CHARTER_PERSONAL_FOR_GOOD]
  = N_ ("Personal data would be kept for ever after someone left; in many countries the law "
        "forbids that."),
  [DPOP_CHARTER_NAMES_COUNT] = N_ ("There is not one name for each entry."),
  [DPOP_CHARTER_NAMES_KEY]
  = N_ ("Write a key of up to 32 letters a–z, digits and hyphens that begins with a letter and is "
        "not “member”."),
  [DPOP_CHARTER_NAMES_KEY_TWICE] = N_ ("This key stands twice; give each entry one of its own."),
  [DPOP_CHARTER_NAMES_EMPTY] = N_ ("Write a name here."),
  [DPOP_CHARTER_NAMES_TOO_LONG]
  = N_ ("This is too long: names have up to 200 characters, descriptions up to 4000."),
  [DPOP_CHARTER_NAMES_NOT_TEXT] = N_ ("There are control characters in this text; remove them."),
};
G_STATIC_ASSERT (G_N_ELEMENTS (messages) == DPOP_CHARTER_CODE_LAST + 1);

const char *
dpop_edge_charter_message (DpopCharterCode code)
{
  return code <= DPOP_CHARTER_CODE_LAST ? _ (messages[code]) : "";
}
