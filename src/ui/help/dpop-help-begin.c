/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-topics-private.h"

#include <glib/gi18n-lib.h>

/* The first steps. */
const DpopHelpTopic dpop_help_topics_begin[] = {
  {
    .id = "first-minutes",
    .part = DPOP_HELP_PART_BEGIN,
    .title = N_("Your first ten minutes"),
    .summary = N_("What to do first, and in which order"),
    .keywords = N_("start introduction overview tutorial"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("With DPOP your organisation keeps its members, its decisions and its votes on its "
           "own computers. There is no server and no administrator: everything that is done is "
           "one entry in a signed history, and every member’s computer can hold all of it and "
           "check it.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("You need no network. What is new is carried from one computer to another in a "
           "[transfer file](transfer).") },
      { DPOP_HELP_BLOCK_HEADING, N_("If you begin an organisation") },
      { DPOP_HELP_BLOCK_STEP,
        N_("[Start the organisation](found) on a computer that you can rely on. If you want to "
           "see everything first, [practise](practise).") },
      { DPOP_HELP_BLOCK_STEP,
        N_("[Take your members in](enrol), one by one or from a [spreadsheet](import).") },
      { DPOP_HELP_BLOCK_STEP,
        N_("[Invite](invite) those who have a computer. Those who have none are full members "
           "all the same.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Put a first [question](propose), [vote](vote), and [read the outcome](close).") },
      { DPOP_HELP_BLOCK_HEADING, N_("If you were invited") },
      { DPOP_HELP_BLOCK_STEP,
        N_("[Join](join) with the invitation that you got, as a file or as a code on paper.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Look at *Rules*: there stands who may do what, and how is decided.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("This is a first version. Do not let it be the only record of anything that "
           "matters, and do not use it for a secret ballot: those who may read a decision can "
           "see who voted how.") },
    },
    .see_also = { "found", "join", "vote" },
  },
  {
    .id = "found",
    .part = DPOP_HELP_PART_BEGIN,
    .title = N_("Start an organisation"),
    .summary = N_("Its rules, its name, yourself as the first member"),
    .keywords = N_("found create new charter statutes"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("One computer founds the organisation. Whoever sits before it becomes the first "
           "member, with the offices that the rules give to a founder.") },
      { DPOP_HELP_BLOCK_STEP, N_("On the first page choose *Start an organisation*.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Say what you are, an association for example, and give the organisation a name. "
           "With it come rules to begin with.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Answer the questions: which offices there are, how long a question is known before "
           "it is voted on, how many must take part, who may propose something, and how you "
           "keep in touch.") },
      { DPOP_HELP_BLOCK_STEP, N_("Enter your own name, as the other members shall see it.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose a passphrase: several words that nobody guesses. It encrypts all that this "
           "computer holds. Write it down and keep it away from the computer.") },
      { DPOP_HELP_BLOCK_STEP, N_("Found the organisation. It takes some seconds.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("The rules are a starting point and no legal advice: compare them with your "
           "statutes and with the law of your country before you found. This version cannot "
           "change them later. They stand under *Rules*.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("This computer becomes the [record keeper](record-keeper): it confirms in what "
           "order things happened. If it is lost, nothing more can be confirmed. Choose with "
           "care where it stands.") },
    },
    .see_also = { "enrol", "invite", "record-keeper" },
  },
  {
    .id = "practise",
    .part = DPOP_HELP_PART_BEGIN,
    .title = N_("Practise"),
    .summary = N_("An invented organisation of sixty members, to try everything in"),
    .keywords = N_("try test demo example play sandbox"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Nothing can be broken in an invented organisation. It lies on your computer only, "
           "and its members propose, discuss and vote by themselves.") },
      { DPOP_HELP_BLOCK_STEP, N_("On the first page choose *Practise*, and wait some seconds.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Look around, put a question, open a vote, vote, close it. As long as you practise, "
           "a bar says so.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("When you have seen enough, end the practice. The invented organisation is deleted, "
           "with all that you did in it.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("What you practise is never mixed with an organisation of yours.") },
    },
    .see_also = { "first-minutes", "vote", "propose" },
  },
  { .id = NULL },
};
