/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-topics-private.h"

#include <glib/gi18n-lib.h>

/* From a question to its outcome. */
const DpopHelpTopic dpop_help_topics_decide[] = {
  {
    .id = "propose",
    .part = DPOP_HELP_PART_DECIDE,
    .title = N_("Put a question and discuss it"),
    .summary = N_("A question, its reasons, its options, the discussion"),
    .keywords = N_("motion proposal amendment discuss comment text candidate option"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT, N_("Whoever may propose by our rules can put a question.") },
      { DPOP_HELP_BLOCK_STEP, N_("Open *Decisions* and choose to propose.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Say the question in one sentence that can be answered. Reasons and longer texts "
           "have their own place.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose by which of our rules it is decided. The page says what that means: which "
           "majority, of which votes, and whether a quorum is needed.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose the ballot: yes, no or abstain; one of several options; all that you agree "
           "with; or options put in order.") },
      { DPOP_HELP_BLOCK_STEP, N_("Add the options, where there are any, and save.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("From now on everyone who may read it sees the question and can comment. Until the "
           "vote is opened, reasons and options can be added, and the question can be worded "
           "anew by the person who put it.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("A comment is an entry of its own. It cannot be changed afterwards, but its writer "
           "can [delete](deleting) it.") },
    },
    .see_also = { "open", "vote", "stop" },
  },
  {
    .id = "open",
    .part = DPOP_HELP_PART_DECIDE,
    .title = N_("Open a vote"),
    .summary = N_("From here on it is fixed who votes, and on what"),
    .keywords = N_("start voting ballot box deadline entitled"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Our rules say who may open a vote, and for how long it must at least stand open.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Open the question in *Decisions* and read it once more as it stands.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Say when the vote ends: at a time, or when somebody closes it by hand.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("With options, look at their order. It is the order on the ballot.") },
      { DPOP_HELP_BLOCK_STEP, N_("Open the vote.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("With the opening three things are fixed: who is entitled to vote, the wording, and "
           "the options. Who becomes a member later does not vote on this question.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("A vote with a time ends at that time, and cannot be closed earlier. If something "
           "went wrong it can be [stopped](stop).") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("The other computers hear of it with the next [transfer file](transfer).") },
    },
    .see_also = { "vote", "close", "stop" },
  },
  {
    .id = "vote",
    .part = DPOP_HELP_PART_DECIDE,
    .title = N_("Vote, and change your vote"),
    .summary = N_("Choose, read what you say, cast; and where your vote is"),
    .keywords = N_("ballot cast yes no abstain rank receipt change"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Whoever was entitled when the vote was opened can vote until it is closed.") },
      { DPOP_HELP_BLOCK_STEP, N_("Open the question, from *Home* or from *Decisions*.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose. To put options in order, move them with the mouse or with the buttons "
           "beside them; what you leave out is wanted less than all that you ranked.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Read the sentence that says what you vote, then choose *Cast my vote*.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Your vote is on the disk before you are told so. You may change it until the vote "
           "is closed: vote again, and the last vote counts.") },
      { DPOP_HELP_BLOCK_HEADING, N_("Where your vote is") },
      { DPOP_HELP_BLOCK_POINT, N_("*Saved here*: it is on this computer, and nowhere else yet.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("*On a transfer file*: it is on a file that you carry to the others.") },
      { DPOP_HELP_BLOCK_POINT, N_("*Delivered*: the record keeper has it.") },
      { DPOP_HELP_BLOCK_POINT, N_("*Counted*: it is final and has effect.") },
      { DPOP_HELP_BLOCK_POINT, N_("*Too late*: it arrived after the close.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("A vote that stays on your computer is not counted. Make a [transfer "
           "file](transfer) and see that it arrives before the vote ends.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("Votes in this version are open: those who may read the decision can see who voted "
           "how.") },
    },
    .see_also = { "transfer", "close", "on-behalf" },
  },
  {
    .id = "on-behalf",
    .part = DPOP_HELP_PART_DECIDE,
    .title = N_("Vote for a member without a computer"),
    .summary = N_("What is said at the desk, entered and marked so"),
    .keywords = N_("behalf proxy desk paper slip assisted offline without computer"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Members without a computer are full members. What they say, at the desk of a "
           "meeting or by letter, is entered by somebody whom our rules allow to, often the "
           "secretary.") },
      { DPOP_HELP_BLOCK_STEP, N_("Open the question and choose to enter a vote for somebody.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose the member. A member who has a computer says it with that, and cannot be "
           "spoken for.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose what they said, read the sentence aloud to them, and enter it.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("It is marked that you entered it, and for whom, on every computer. In the same way "
           "you can propose or comment for them.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("If the member has voted with a computer of their own, that vote stands.") },
    },
    .see_also = { "vote", "enrol" },
  },
  {
    .id = "close",
    .part = DPOP_HELP_PART_DECIDE,
    .title = N_("Close a vote and read the outcome"),
    .summary = N_("The figures, the rule, the reasons; and what final means"),
    .keywords = N_("result outcome majority quorum count tally final confirmed enact"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Voting ends, and what was decided is final when it is confirmed.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("A vote with a time ends by itself. One without is closed by somebody whom our "
           "rules allow to: open the question and choose to close it.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("When the [record keeper](record-keeper) has confirmed the close, the votes are "
           "counted and the outcome is *final*. On the record keeper’s computer that is at "
           "once.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("The outcome begins with one sentence. Below it stand the reasons: which rule, "
           "which majority was needed and of which votes, whether there was a quorum, and each "
           "figure. Every computer works it out for itself from the votes; nobody can write it "
           "in.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("A tie is no majority. When there is none, or no quorum, the outcome says so; it is "
           "an outcome like any other.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("An outcome that is not yet confirmed can still change, because a vote from another "
           "computer may come in.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("If it was decided that somebody loses an office, the page of the decision offers "
           "to *Carry It Out*. Who was elected is given the office by hand, by those who may.") },
    },
    .see_also = { "printing", "checking", "stop" },
  },
  {
    .id = "stop",
    .part = DPOP_HELP_PART_DECIDE,
    .title = N_("Stop a vote and repeat it"),
    .summary = N_("When something went wrong before the outcome"),
    .keywords = N_("cancel abort withdraw mistake repeat again"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("A wrong word in the question, an option that was forgotten, a disturbed meeting: a "
           "vote can be stopped by somebody whom our rules allow to, as long as it has not "
           "ended.") },
      { DPOP_HELP_BLOCK_STEP, N_("Open the question and choose to stop the vote.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Say why. The reason stands in the history for good, and there will be no outcome.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose to put the question again. It is a new question that names the stopped one: "
           "mend what was wrong, and open it.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("The votes of the stopped vote are not taken over: everyone votes again.") },
    },
    .see_also = { "propose", "open", "close" },
  },
  { .id = NULL },
};
