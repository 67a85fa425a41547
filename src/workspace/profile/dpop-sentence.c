/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-sentence.h"

#include "dpop-reason.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  CosmicReason reason;
  const char *sentence;
} Sentence;

static const Sentence sentences[] = {
  { COSMIC_REASON_UNKNOWN_KIND, N_("This kind of entry is not known. Update DPOP.") },
  { COSMIC_REASON_BAD_BODY, N_("What it says is out of range.") },
  { COSMIC_REASON_WRONG_STREAM, N_("It was said in the wrong place.") },
  { COSMIC_REASON_UNKNOWN_AUTHOR, N_("The computer that signed it belongs to no member.") },
  { COSMIC_REASON_AUTHOR_REMOVED, N_("It was signed by a computer that has been switched off.") },
  { COSMIC_REASON_FORKED,
    N_("There are two copies of the computer that signed it. Join again as a new computer.") },
  { COSMIC_REASON_STALE_KEY,
    N_("It was written after a change that this computer had not heard of. Say it again.") },
  { COSMIC_REASON_NOT_ALLOWED, N_("Our rules do not allow you to do this.") },
  { COSMIC_REASON_NO_SUCH_SUBJECT, N_("What it is about does not exist.") },
  { COSMIC_REASON_ALREADY, N_("It is so already.") },
  { COSMIC_REASON_EXPIRED, N_("The invitation has expired. Ask for a new one.") },
  { COSMIC_REASON_BAD_PROOF, N_("The proof in it does not hold.") },
  { COSMIC_REASON_NEEDS_DECISION, N_("This office can only be taken away by a decision.") },
  { COSMIC_REASON_HAS_DEVICE,
    N_("This member has a computer of their own, and says it with that.") },
  { COSMIC_REASON_PERSONAL, N_("A text is missing, or stands where none may be.") },
  { COSMIC_REASON_LAST_ONE, N_("Nobody would be left who could do this. Appoint another first.") },
  { DPOP_REASON_NOT_A_MEMBER, N_("This person is not a member at the moment.") },
  { DPOP_REASON_OTHER_STATE, N_("Their membership has changed meanwhile. Look again.") },
  { DPOP_REASON_TOO_MANY, N_("These are more than one can have. Take some away first.") },
  { DPOP_REASON_WRONG_SCOPE, N_("This text was meant for other eyes.") },
  { DPOP_REASON_HAS_ACTED, N_("Too late to undo: something has been done by or for them since.") },
  { DPOP_REASON_NOT_ACCEPTED, N_("The decision did not accept it.") },
  { DPOP_REASON_NO_EFFECT, N_("The decision says nothing that could be carried out.") },
  { DPOP_REASON_OUTDATED, N_("What it speaks of was begun anew since.") },
  { DPOP_REASON_NO_SUCH_RULE, N_("Our rules have no such way of deciding here.") },
  { DPOP_REASON_RULE_CHANGED,
    N_("Our rules have changed since it was proposed. Propose it again.") },
  { DPOP_REASON_BAD_EFFECT, N_("That cannot be carried out by this kind of decision.") },
  { DPOP_REASON_OPENED, N_("Too late: voting has begun, or is over.") },
  { DPOP_REASON_NOT_OPEN, N_("Too early: voting has not begun.") },
  { DPOP_REASON_CLOSED, N_("It arrived after the close.") },
  { DPOP_REASON_STOPPED, N_("The decision was stopped.") },
  { DPOP_REASON_NOT_ENTITLED, N_("Not entitled to vote: not on the list when voting began.") },
  { DPOP_REASON_BAD_BALLOT, N_("This cannot be chosen here.") },
  { DPOP_REASON_HAS_VOTED, N_("They have voted themselves; that stands.") },
  { DPOP_REASON_NOT_YOURS, N_("A text is changed by the person who wrote it.") },
  { DPOP_REASON_WITHDRAWN, N_("This option was withdrawn.") },
  { DPOP_REASON_OPTION_LEFT_OUT, N_("An option that stands is not on the ballot.") },
  { DPOP_REASON_TOO_EARLY, N_("Our rules ask for more time before this.") },
  { DPOP_REASON_TOO_SHORT, N_("Our rules ask for more time to vote.") },
  { DPOP_REASON_TOO_LONG, N_("Our rules permit less time to vote.") },
  { DPOP_REASON_HAS_DEADLINE, N_("Voting ends at the time that was said.") },
  { DPOP_REASON_NOBODY_ENTITLED, N_("Nobody would be entitled to vote.") },
};

const char *
dpop_sentence_for_reason (CosmicReason reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (sentences[i].reason == reason)
      return g_dgettext (GETTEXT_PACKAGE, sentences[i].sentence);
  return reason == COSMIC_REASON_NONE ? _("It has effect.") : _("It has no effect.");
}
