/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-reason.h"

static const char *const names[] = {
  [COSMIC_REASON_NONE] = "none",
  [COSMIC_REASON_UNKNOWN_KIND] = "unknown-kind",
  [COSMIC_REASON_BAD_BODY] = "bad-body",
  [COSMIC_REASON_WRONG_STREAM] = "wrong-stream",
  [COSMIC_REASON_UNKNOWN_AUTHOR] = "unknown-author",
  [COSMIC_REASON_AUTHOR_REMOVED] = "author-removed",
  [COSMIC_REASON_FORKED] = "forked",
  [COSMIC_REASON_STALE_KEY] = "stale-key",
  [COSMIC_REASON_NOT_ALLOWED] = "not-allowed",
  [COSMIC_REASON_NO_SUCH_SUBJECT] = "no-such-subject",
  [COSMIC_REASON_ALREADY] = "already",
  [COSMIC_REASON_EXPIRED] = "expired",
  [COSMIC_REASON_BAD_PROOF] = "bad-proof",
  [COSMIC_REASON_NEEDS_DECISION] = "needs-decision",
  [COSMIC_REASON_HAS_DEVICE] = "has-device",
  [COSMIC_REASON_PERSONAL] = "personal",
  [COSMIC_REASON_LAST_ONE] = "last-one",
  [DPOP_REASON_NOT_A_MEMBER] = "not-a-member",
  [DPOP_REASON_OTHER_STATE] = "other-state",
  [DPOP_REASON_TOO_MANY] = "too-many",
  [DPOP_REASON_WRONG_SCOPE] = "wrong-scope",
  [DPOP_REASON_HAS_ACTED] = "has-acted",
  [DPOP_REASON_NOT_ACCEPTED] = "not-accepted",
  [DPOP_REASON_NO_EFFECT] = "no-effect",
  [DPOP_REASON_OUTDATED] = "outdated",
  [DPOP_REASON_NO_SUCH_RULE] = "no-such-rule",
  [DPOP_REASON_RULE_CHANGED] = "rule-changed",
  [DPOP_REASON_BAD_EFFECT] = "bad-effect",
  [DPOP_REASON_OPENED] = "opened",
  [DPOP_REASON_NOT_OPEN] = "not-open",
  [DPOP_REASON_CLOSED] = "closed",
  [DPOP_REASON_STOPPED] = "stopped",
  [DPOP_REASON_NOT_ENTITLED] = "not-entitled",
  [DPOP_REASON_BAD_BALLOT] = "bad-ballot",
  [DPOP_REASON_HAS_VOTED] = "has-voted",
  [DPOP_REASON_NOT_YOURS] = "not-yours",
  [DPOP_REASON_WITHDRAWN] = "withdrawn",
  [DPOP_REASON_OPTION_LEFT_OUT] = "option-left-out",
  [DPOP_REASON_TOO_EARLY] = "too-early",
  [DPOP_REASON_TOO_SHORT] = "too-short",
  [DPOP_REASON_TOO_LONG] = "too-long",
  [DPOP_REASON_HAS_DEADLINE] = "has-deadline",
  [DPOP_REASON_NOBODY_ENTITLED] = "nobody-entitled",
};

const char *
dpop_reason_name (CosmicReason reason)
{
  return reason < G_N_ELEMENTS (names) ? names[reason] : NULL;
}
