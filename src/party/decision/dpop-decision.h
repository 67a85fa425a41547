/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"
#include "dpop-charter.h"

G_BEGIN_DECLS

/* A decision is a stream of its own: it is proposed, texts and options are added, it is opened,
 * votes come in, the box closes, and there is an outcome; or it is stopped, and there is none.
 *
 * The proposal copies the charter's decision rule, the opening pins everything else: wording,
 * ballot, the height at which the roll is read, how many are entitled, the rules version. Nothing
 * that happens afterwards, to texts, roles or charter, changes what is being decided.
 *
 * Kinds and bodies, all [format]. SPEAKER is the member whose word it is: the author's own, or
 * another for whom the author may act.
 *
 *  64 propose          (ayayqym(yqayay)mayay)  nonce, scope, rule, ballot kind, effect (kind, role,
 *                                              unit, member)?, the decision it repeats?, speaker
 *  65 text             (ymayay)     what, the operation it replaces?, speaker
 *  66 option           (mayay)      the member who stands?, speaker
 *  67 option-withdraw  (ay)         option
 *  68 open             (aayaayqqmqx)  options in ballot order, texts (first the wording of the
 *                                   question), least and most choices (approval only, else 0),
 *                                   index of the default option?, when the box closes in ms (0: by
 *                                   hand)
 *  69 vote             (yaqaayay)   answer, choices, the votes it replaces ascending, speaker
 *  70 close            ()
 *  71 stop             (y)          reason
 *
 * Personal parts are those of dpop-wording.h, titled but for what is said of a stop, enveloped with
 * the key of the decision's scope. */
enum
{
  DPOP_KIND_PROPOSE = 64,
  DPOP_KIND_TEXT = 65,
  DPOP_KIND_OPTION = 66,
  DPOP_KIND_OPTION_WITHDRAW = 67,
  DPOP_KIND_OPEN = 68,
  DPOP_KIND_VOTE = 69,
  DPOP_KIND_CLOSE = 70,
  DPOP_KIND_STOP = 71,
};
#define DPOP_PROPOSE_TYPE         "(ayayqym(yqayay)mayay)"
#define DPOP_TEXT_TYPE            "(ymayay)"
#define DPOP_OPTION_TYPE          "(mayay)"
#define DPOP_OPTION_WITHDRAW_TYPE "(ay)"
#define DPOP_OPEN_TYPE            "(aayaayqqmqx)"
#define DPOP_VOTE_TYPE            "(yaqaayay)"
#define DPOP_CLOSE_TYPE           "()"
#define DPOP_STOP_TYPE            "(y)"

#define DPOP_DECISION_OPTIONS_MAX  64  /* on one ballot */
#define DPOP_DECISION_PROPOSED_MAX 256 /* options, and texts, that one proposal collects */
#define DPOP_DECISION_TEXTS_MAX    64  /* that an opening pins */

/* What a text is. [format] */
typedef enum
{
  DPOP_TEXT_QUESTION = 0, /* another wording of title and question */
  DPOP_TEXT_REASON = 1,   /* reasons, background */
} DpopTextKind;

/* Where a decision stands. [format] */
typedef enum
{
  DPOP_DECISION_PROPOSED = 1,
  DPOP_DECISION_OPEN,
  DPOP_DECISION_CLOSED,
  DPOP_DECISION_STOPPED,
} DpopDecisionPhase;

/* Why a decision was stopped; a text may say more. [format] */
typedef enum
{
  DPOP_STOP_WORDING = 1, /* the question was put wrongly */
  DPOP_STOP_OPTIONS,     /* an option is missing, or on the ballot wrongly */
  DPOP_STOP_ROLL,        /* the wrong people were asked */
  DPOP_STOP_RULE,        /* it should have been decided by another rule */
  DPOP_STOP_DISTURBED,   /* people could not take part as they should */
  DPOP_STOP_WITHDRAWN,   /* there is nothing to decide any more */
} DpopStopReason;
#define DPOP_STOP_LAST DPOP_STOP_WITHDRAWN

/* What the outcome may bring about by `enact`: an office taken from its holder. */
typedef struct
{
  DpopEffect effect;
  guint16 role;
  CosmicId unit; /* zero: held for the party */
  CosmicId member;
} DpopDecisionEffect;

extern const CosmicKind dpop_kind_propose, dpop_kind_text, dpop_kind_option,
    dpop_kind_option_withdraw, dpop_kind_open, dpop_kind_vote, dpop_kind_close, dpop_kind_stop;

/* All of them, sorted by number, dpop_decision_n_kinds long. */
extern const CosmicKind *const dpop_decision_kinds[];
extern const guint dpop_decision_n_kinds;

/* At the end of a batch, for any stream: if it is a decision whose close or stop was folded in the
 * batch, or whose time has come, counts and writes the outcome. */
void dpop_decision_finish (CosmicFold *fold);

G_END_DECLS
