/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-topics-private.h"

#include <glib/gi18n-lib.h>

/* Who is in, and with which computers. */
const DpopHelpTopic dpop_help_topics_members[] = {
  {
    .id = "enrol",
    .part = DPOP_HELP_PART_MEMBERS,
    .title = N_("Take a member in"),
    .summary = N_("Names, particulars, groups and offices"),
    .keywords = N_("add person new member applicant role office group remove suspend leave"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Our rules say who may take people in; often it is the secretary. A member needs no "
           "computer, and none of their particulars but a name.") },
      { DPOP_HELP_BLOCK_STEP, N_("Open *Members* and choose to take a person in.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Enter the name, and what else you need: an address, a telephone number, a member "
           "number, the day of joining.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Save. The member is in the list at once, and can be given an office or put into a "
           "local group, where the rules have such.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Particulars can be changed at any time; members change their own. What you enter "
           "is read by those only whom the rules allow to see it. [Who can read what](reading) "
           "says more.") },
      { DPOP_HELP_BLOCK_HEADING, N_("When someone leaves") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Open the member and choose to remove them, with the reason. Their computers are "
           "switched off at once: what they sign afterwards has no effect. What was decided "
           "with their vote stays as it is.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Whoever holds an office that falls by a decision only is not removed before: put "
           "the question, or let them lay the office down.") },
    },
    .see_also = { "import", "invite", "on-behalf" },
  },
  {
    .id = "import",
    .part = DPOP_HELP_PART_MEMBERS,
    .title = N_("Import a spreadsheet"),
    .summary = N_("A list of members as a file, looked through before anything changes"),
    .keywords = N_("csv excel table spreadsheet list upload members undo"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("A list that you have kept in a spreadsheet comes in as one file. Nothing is "
           "changed before you have seen what would happen with every row.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("In your spreadsheet program save the table as CSV. Any separator and any usual "
           "encoding will do.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Open *Members*, press *Import a spreadsheet*, and choose the file.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Look at the columns: each says what it was taken for. Change what was guessed "
           "wrongly; what you do not need is left out.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Look at the red rows. Each says what is wrong with it, a date that does not exist "
           "for example. Mend it, or leave the row out.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Where a row perhaps is about somebody who is a member already, say whether it is. "
           "Until you do, the row is left out.") },
      { DPOP_HELP_BLOCK_STEP, N_("Press the button that says how many members are taken in.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("The same list, or a newer one, can be imported again: members that are there are "
           "brought up to date, and nobody comes in twice.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("An import can be taken back as a whole. Members by whom or for whom something was "
           "done since then stay.") },
    },
    .see_also = { "enrol", "deleting" },
  },
  {
    .id = "invite",
    .part = DPOP_HELP_PART_MEMBERS,
    .title = N_("Invite a member’s computer"),
    .summary = N_("An invitation, a request, and a first transfer file"),
    .keywords = N_("invitation letter code accept request device admit"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Each member may have computers of their own. A computer comes in by three steps, "
           "so that nobody can slip one in:") },
      { DPOP_HELP_BLOCK_STEP,
        N_("You make an *invitation* for a member, and hand it over: as a file, or as a code "
           "on paper.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Their computer takes the invitation and makes a *request*. Only the computer that "
           "invited can read it.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("On the computer that made the invitation you open *Exchange*, take the request in, "
           "from its file or by typing its code, look at whose it is, and let it in. A first "
           "transfer file is written for it.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Carry that transfer file to the new computer. It holds what this member may read.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("An invitation works once and ends after the time that our rules set. If it was "
           "lost, make another.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("Whoever has an invitation can ask to come in as that member. Hand it over as you "
           "would hand over a ballot paper, and look well before you let somebody in.") },
    },
    .see_also = { "join", "computers", "transfer" },
  },
  {
    .id = "join",
    .part = DPOP_HELP_PART_MEMBERS,
    .title = N_("Join an organisation"),
    .summary = N_("With an invitation, as a file or as a code"),
    .keywords = N_("invited invitation code letter newcomer"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("You need an invitation from somebody in the organisation: a file whose name ends "
           "in .dpop-invitation, or a code of several lines that begins with DPOP-J.") },
      { DPOP_HELP_BLOCK_STEP, N_("On the first page choose *Join an organisation*.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Type the code, or choose the file. A mistyped line is told by its number.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose a passphrase: several words that nobody guesses. It encrypts what this "
           "computer will hold.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Keep the request that is made, and carry it to the person who invited you. It is a "
           "file whose name ends in .dpop-request.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("They let your computer in and give you a transfer file. Take it in: you are a "
           "member with a computer of your own.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Until that file is there, your computer knows nothing of the organisation yet. You "
           "may close DPOP and go on later.") },
    },
    .see_also = { "vote", "passphrase", "transfer" },
  },
  {
    .id = "computers",
    .part = DPOP_HELP_PART_MEMBERS,
    .title = N_("Your computers, and one that is lost"),
    .summary = N_("A further one, switching one off, a copy"),
    .keywords = N_("device laptop stolen lost sold second backup copy"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Your right to vote is yours, not your computer’s: with several computers you still "
           "have one vote.") },
      { DPOP_HELP_BLOCK_HEADING, N_("A further computer of your own") },
      { DPOP_HELP_BLOCK_STEP,
        N_("On the computer that you have, make an invitation for yourself.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("On the new one, choose *Join an organisation* and take it. It makes a request.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Back on the first, let the request in, and carry the transfer file to the new one.") },
      { DPOP_HELP_BLOCK_HEADING, N_("A computer that is lost or sold") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Switch it off, from another computer of yours, or ask somebody whom our rules "
           "allow to. What it has signed so far stays; what it signs later has no effect, and "
           "it gets nothing new to read.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("If you have lost all of your computers, nobody can give you a new one in this "
           "version. You stay a member, and the desk can enter for you what you say. Whoever "
           "has two computers is safe from this.") },
      { DPOP_HELP_BLOCK_HEADING, N_("Never a copy") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Do not copy the folder of DPOP to another computer and use both: two copies that "
           "write are found out, and are paused. Invite the other computer instead.") },
    },
    .see_also = { "invite", "passphrase", "on-behalf" },
  },
  { .id = NULL },
};
