/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-help-topics-private.h"

#include <glib/gi18n-lib.h>

/* What is carried between computers. */
const DpopHelpTopic dpop_help_topics_exchange[] = {
  {
    .id = "transfer",
    .part = DPOP_HELP_PART_EXCHANGE,
    .title = N_("Exchange by transfer file"),
    .summary = N_("What is new, carried on a stick or sent by mail"),
    .keywords = N_("usb stick export import bundle summary send receive network offline mail"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Computers of one organisation learn from each other by transfer files. A file is "
           "encrypted: whoever finds it can read nothing of it, and only see how much there "
           "is.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("All of this is on the page *Exchange*, behind the row at the foot of the sidebar "
           "that says how far the exchange is.") },
      { DPOP_HELP_BLOCK_HEADING, N_("Taking what is new to another computer") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Choose *Make a transfer file…*, and where: on a stick, for example. Its name ends "
           "in .dpop-transfer.") },
      { DPOP_HELP_BLOCK_STEP, N_("Carry it, or send it by mail.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("On the other computer choose *Take in a file…*, or drop the file on the page.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("The file is checked as a whole before anything of it is used. Taking the same file "
           "in twice changes nothing. What came in may rest on entries that are still missing: "
           "it waits *on hold* until they have come.") },
      { DPOP_HELP_BLOCK_HEADING, N_("Only what is missing") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Years of history make a large file. The other computer can choose *Make a "
           "summary…*: a small file whose name ends in .dpop-summary and that says what it "
           "has. Take that in here, and a transfer file is written that holds only what is "
           "missing there.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("A summary of the record keeper also tells your computer what was delivered.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("Take transfer files both ways. What you did is with the others when your file has "
           "reached the record keeper; what they did is with you when theirs has reached you.") },
    },
    .see_also = { "network", "shared-folder", "record-keeper" },
  },
  {
    .id = "network",
    .part = DPOP_HELP_PART_EXCHANGE,
    .title = N_("Exchange in the same network"),
    .summary = N_("Computers in one hall, one office or one home, while they are on"),
    .keywords = N_("network lan wifi wlan connect peer address port avahi mdns sync hall"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Computers of your organisation that are in the same network find each other, as "
           "long as the organisation is open on both. What one enters the others have in a moment. "
           "Nothing needs to be set, and no internet is needed: a hall with a wireless router "
           "will do.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("At the foot of the sidebar stands to how many computers this one is connected; the "
           "page *Exchange* behind it says whose they are, and whether they have the same.") },
      { DPOP_HELP_BLOCK_HEADING, N_("If they do not find each other") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Some networks keep guests apart, and some computers lack the service by which others "
           "are found, Avahi. Then say where the other one is:") },
      { DPOP_HELP_BLOCK_STEP,
        N_("On the other computer open *Exchange*. It says “This computer is at” and an "
           "address.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("Here type that under *Another computer’s address*, with the number behind the "
           "colon.") },
      { DPOP_HELP_BLOCK_STEP, N_("Press *Connect*.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("A network that keeps guests apart lets neither way through. Use a transfer file "
           "there, or another network.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("Who is in the same network and not in your organisation learns nothing, not even "
           "that it is there.") },
    },
    .see_also = { "transfer", "shared-folder", "record-keeper" },
  },
  {
    .id = "shared-folder",
    .part = DPOP_HELP_PART_EXCHANGE,
    .title = N_("Exchange through a shared folder"),
    .summary = N_("A cloud folder or a network drive, as a mailbox that empties itself"),
    .keywords = N_("cloud nextcloud syncthing dropbox drive nas network automatic mailbox sync"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Perhaps your members have a folder already that something keeps the same on their "
           "computers: a cloud service, or a drive in the office. DPOP can exchange through it by "
           "itself, and nobody carries a stick.") },
      { DPOP_HELP_BLOCK_STEP, N_("Create a folder for it there, with nothing else in it.") },
      { DPOP_HELP_BLOCK_STEP,
        N_("On the page *Exchange* choose *Use a shared folder…*, and that folder.") },
      { DPOP_HELP_BLOCK_STEP, N_("Do the same on the other members’ computers.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("From then on DPOP looks there as long as it is open, takes in what is new, and leaves "
           "what others lack. The page says who exchanges through the folder, and who has not yet "
           "taken in what is here.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Who runs the folder can read nothing. They see how many computers exchange through "
           "it, when, and how much. Files that are no longer needed go by themselves.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("Who joins needs a first transfer file, as always. Put into the folder it is found "
           "there, too.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("What is open is confirmed once the record keeper’s computer has looked into the "
           "folder. So that one should be on every now and then.") },
    },
    .see_also = { "transfer", "record-keeper" },
  },
  {
    .id = "record-keeper",
    .part = DPOP_HELP_PART_EXCHANGE,
    .title = N_("What a record keeper is"),
    .summary = N_("The computer that confirms, and what if it is lost"),
    .keywords = N_("witness confirm final lost recovery order time"),
    .blocks = {
      { DPOP_HELP_BLOCK_TEXT,
        N_("Computers that were apart have to agree on an order: did this vote arrive before "
           "the close? One computer of the organisation settles it, the record keeper. From "
           "time to time it signs: up to here, in this order, at this time.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("What it has signed is *final* and never changes. What came later is *not yet "
           "confirmed*.") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("It settles order and time, and nothing else. It cannot invent a vote, change one, "
           "or give anybody an office: it has nobody else’s keys, and every computer checks "
           "its work.") },
      { DPOP_HELP_BLOCK_HEADING, N_("What you need to do") },
      { DPOP_HELP_BLOCK_POINT,
        N_("Bring [transfer files](transfer) of the others to it, and take its own back to "
           "them. It confirms before it writes one; on its page *Exchange*, *Confirm now* does "
           "it at any time.") },
      { DPOP_HELP_BLOCK_POINT,
        N_("Keep it in good hands, and where it can be reached before a vote ends.") },
      { DPOP_HELP_BLOCK_HEADING, N_("If it is lost") },
      { DPOP_HELP_BLOCK_TEXT,
        N_("At first there is one record keeper: the computer on which the organisation was "
           "started. If it is lost, or its passphrase is forgotten, everyone keeps the whole "
           "history and can read and check it, but nothing more can be confirmed. The "
           "organisation then has to start anew, with the list of its members.") },
      { DPOP_HELP_BLOCK_NOTE,
        N_("So do not sell it, do not reinstall it, and keep its passphrase where the board "
           "finds it.") },
    },
    .see_also = { "transfer", "passphrase", "computers" },
  },
  { .id = NULL },
};
