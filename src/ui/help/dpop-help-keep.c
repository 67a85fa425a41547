/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-topics-private.h"

#include <glib/gi18n-lib.h>

/* Passphrase, privacy, proof. */
const DpopHelpTopic dpop_help_topics_keep[] = {
  {
    .id = "passphrase",
    .part = DPOP_HELP_PART_KEEP,
    .title = N_("Locking, and the passphrase"),
    .summary = N_("What it protects, how to change it, and if it was forgotten"),
    .keywords = N_("password lock unlock forgotten recover change"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("All that DPOP keeps on this computer is encrypted. The passphrase opens it, and "
           "nothing else does.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("Lock DPOP when you leave the computer: choose *Lock* in the menu, or press "
           "`Ctrl+L`. While it is locked nobody can read anything.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("Change the passphrase in *Preferences*. You need the old one. Each computer has "
           "its own.") },
      { DPOP_HELP_BLOCK_POINT, N_("A good one is several words that nobody would say together.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("If the passphrase was forgotten, nobody can open what is on this computer, and we "
           "cannot either. Write it down on paper, and keep the paper away from the computer.") },
      { DPOP_HELP_BLOCK_HEADING, N_("If it was forgotten") },
      { DPOP_HELP_BLOCK_STEP,
        N_("If you have another computer in the organisation, switch this one off from there, "
           "and invite it again as a new one.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("If you have none, tell those who keep the list of members: the computer is to be "
           "switched off, and they can enter for you what you say. See [Your "
           "computers](computers).") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Nothing of the organisation’s is lost: it is on the computers of the others. What "
           "only this computer had, and no transfer file, is gone.") },
    },
    .see_also = { "computers", "reading", "record-keeper" },
  },
  {
    .id = "reading",
    .part = DPOP_HELP_PART_KEEP,
    .title = N_("Who can read what"),
    .summary = N_("Members, groups, strangers, and who has left"),
    .keywords = N_("privacy private secret encrypted see visible personal data protection"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Everything is encrypted for those who are entitled to read it.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("*Strangers* read nothing: neither on the disk of a computer that is locked, nor in "
           "a transfer file.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("*Members* read decisions, texts, comments and votes of the organisation as a "
           "whole.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("*Particulars* of members, as address and telephone number, are shown to those whom "
           "our rules allow to see them. Yours you always see.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("*Local groups* have their own names and texts, where the rules have such groups: "
           "other members’ computers cannot read them.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("*Newcomers* read what was written before they came, if our rules say so.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("*Who has left* reads nothing that is written after the locks were changed. The "
           "record keeper’s computer changes them with the next confirmation; where somebody "
           "else has to, *Home* says so. What they have read, or kept, nobody can take from "
           "them.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("Votes are open in this version: who may read a decision can see who voted how.") },
    },
    .see_also = { "deleting", "passphrase" },
  },
  {
    .id = "deleting",
    .part = DPOP_HELP_PART_KEEP,
    .title = N_("Delete for everyone"),
    .summary = N_("A text, or all that was typed about a person"),
    .keywords = N_("erase remove privacy data protection forget gdpr"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Names, and all that people have typed, can be deleted on every computer. Who wrote "
           "a text may delete it, members may delete what was typed about them, and so may "
           "those whom our rules trust with data protection.") },
      { DPOP_HELP_BLOCK_STEP, N_("Open the comment, the text or the member.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose to delete for everyone, and confirm. This cannot be undone.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("It is hidden on your computer at once. When the [record keeper](record-keeper) has "
           "confirmed it, it is deleted there for good, and on every other computer that hears "
           "of it.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("That there was an entry remains, and so do the figures of every vote: the history "
           "still proves itself, and says how many texts were deleted.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("No program can delete what somebody has printed, photographed, or kept on a "
           "computer that they altered.") },
    },
    .see_also = { "reading", "checking" },
  },
  {
    .id = "checking",
    .part = DPOP_HELP_PART_KEEP,
    .title = N_("Check everything, and the check number"),
    .summary = N_("Whether the history holds, and whether two computers agree"),
    .keywords = N_("verify audit proof control hash auditor compare trust"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT, N_("You need not believe DPOP, nor anybody’s computer.") },
      { DPOP_HELP_BLOCK_HEADING, N_("Check everything") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Open *History* and choose *Check everything*, then *Check now*.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Wait: with many entries this takes some time, and can be stopped.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Every signature, every link from one entry to the one before, every permission, "
           "every confirmation and every count is worked out again, from the founding on. If "
           "something does not hold, it says what.") },
      { DPOP_HELP_BLOCK_HEADING, N_("The check number") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Two computers with the same check number have the same members, the same decisions "
           "and the same results, to the last bit. Read it to each other over the telephone: "
           "it stands on the page where everything is checked. If the numbers differ, compare "
           "up to where each is confirmed; often one of the two has not heard the newest yet, "
           "and a [transfer file](transfer) mends it.") },
    },
    .see_also = { "transfer", "printing", "record-keeper" },
  },
  {
    .id = "printing",
    .part = DPOP_HELP_PART_KEEP,
    .title = N_("Print a record"),
    .summary = N_("An outcome on paper, to be signed and filed"),
    .keywords = N_("print pdf paper minutes record save"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("The outcome of a vote can go into the minutes. The record has the question, the "
           "rule, the figures, the reasons and the check number, and is signed by the computer "
           "that makes it: whoever has a computer of the organisation can check that it says "
           "what was decided.") },
      { DPOP_HELP_BLOCK_STEP, N_("Open a decision that is closed.") },
      { DPOP_HELP_BLOCK_STEP, N_("Choose to print the record, or to keep it as a PDF.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("There is a record only of an outcome that is *final*. Until the record keeper has "
           "confirmed the close, wait.") },
    },
    .see_also = { "close", "checking" },
  },
  {
    .id = "keyboard",
    .part = DPOP_HELP_PART_KEEP,
    .title = N_("Keyboard"),
    .summary = N_("Everything can be done without a mouse"),
    .keywords = N_("shortcut keys accelerator screen reader accessibility"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("`Tab` goes to the next thing on a page, `Shift+Tab` back; `Space` or `Enter` "
           "presses a button; the arrow keys move within lists.") },
      { DPOP_HELP_BLOCK_KEY, N_("`F1` this help") },
      { DPOP_HELP_BLOCK_KEY, N_("`Ctrl+F` search on this page") },
      { DPOP_HELP_BLOCK_KEY, N_("`Escape` back, or close what is open") },
      { DPOP_HELP_BLOCK_KEY, N_("`Alt+Left` back") },
      { DPOP_HELP_BLOCK_KEY, N_("`Alt+1` to `Alt+5` the pages of the sidebar") },
      { DPOP_HELP_BLOCK_KEY, N_("`F10` the menu") },
      { DPOP_HELP_BLOCK_KEY, N_("`Ctrl+Enter` send a comment") },
      { DPOP_HELP_BLOCK_KEY, N_("`Ctrl+L` lock") },
      { DPOP_HELP_BLOCK_KEY, N_("`Ctrl+N` open another organisation") },
      { DPOP_HELP_BLOCK_KEY, N_("`Ctrl+,` preferences") },
      { DPOP_HELP_BLOCK_KEY, N_("`Ctrl+?` all shortcuts") },
      { DPOP_HELP_BLOCK_KEY, N_("`Ctrl+W` close the window") },
      { DPOP_HELP_BLOCK_KEY, N_("`Ctrl+Q` quit") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Every button has a name that a screen reader speaks, and what happens is said in a "
           "line at the foot of the window.") },
    },
    .see_also = { "passphrase", "vote" },
  },
  { .id = NULL },
};
