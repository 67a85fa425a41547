/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-decision-ballot.h"
#include "dpop-decision-outcome.h"

G_BEGIN_DECLS

/* What the state of a decision's stream says, entry by entry. [format] */
enum
{
  DPOP_TAG_PROPOSED = 0x41, /* -> DPOP_DECISION_PROPOSED_TYPE */
  DPOP_TAG_PHASE = 0x42,    /* -> (yxt): phase, since when, since which height */
  DPOP_TAG_TEXT = 0x43,     /* operation -> (yaytqmayb): what, speaker, height, number,
                             * replaces?, replaced */
  DPOP_TAG_OPTION = 0x44,   /* operation -> (mayaytqb): member?, speaker, height, number,
                             * withdrawn */
  DPOP_TAG_OPENING = 0x45,  /* -> DPOP_DECISION_OPENING_TYPE */
  DPOP_TAG_BOX = 0x46,      /* while open -> (aytyqqq): scope, height of the roll, ballot kind,
                             * number of options, least and most choices */
  DPOP_TAG_ENTRY = 0x47,    /* while open: member -> DPOP_DECISION_ENTRY_TYPE */
  DPOP_TAG_CAST = 0x48,     /* while open -> t: members with a vote that counts */
  DPOP_TAG_PENDING = 0x49,  /* within a batch -> (mayy): close?, reason of a stop or 0 */
  DPOP_TAG_OUTCOME = 0x4a,  /* -> DPOP_DECISION_OUTCOME_TYPE */
  DPOP_TAG_CHARTER = 0x4b,  /* while open -> ay: the compiled charter by which the roll is read */
};

/* operation, speaker, scope, rule number, ballot kind, rule, effect?, repeats?, time, height */
#define DPOP_DECISION_PROPOSED_TYPE "(ayayayqy(q(uuby)(uubu)q(yyu)(xxx)yq)m(yqayay)mayxt)"

typedef struct
{
  CosmicId operation; /* whose personal part is the first wording */
  CosmicId speaker;
  CosmicId scope;     /* zero: the party; else a unit */
  guint16 rule_number;
  DpopBallotKind ballot;
  DpopCharterRule rule;
  gboolean has_effect;
  DpopDecisionEffect effect;
  gboolean is_repeat;
  CosmicId repeats;
  gint64 time;
  guint64 height;
} DpopDecisionProposed;

/* operation, height, time, BLAKE2b-256 of "dpop charter 1" with its NUL and the compiled charter,
 * rules version, options, texts, least and most choices, default option?, closes (as it was said,
 * 0: by hand), deadline, entitled */
#define DPOP_DECISION_OPENING_TYPE "(aytxayuaayaayqqmqxxt)"

typedef struct
{
  CosmicId operation;
  guint64 height;  /* at which the roll is read */
  gint64 time;
  CosmicId charter;
  guint32 rules_version;
  GArray *options; /* of CosmicId, in ballot order */
  GArray *texts;   /* of CosmicId, the wording of the question first */
  guint min_choices;
  guint max_choices;
  int default_option; /* DPOP_COUNT_NO_OPTION: there is none */
  gint64 closes;
  gint64 deadline; /* when it closes by itself: CLOSES, or the longest the rule allows */
  guint64 entitled;
} DpopDecisionOpening;

typedef struct
{
  CosmicId operation;
  DpopTextKind what;
  CosmicId speaker;
  guint64 height;
  guint16 number; /* of the decision's texts, in the order they were folded */
  gboolean is_revision;
  CosmicId replaces;
  gboolean replaced;
} DpopDecisionText;

typedef struct
{
  CosmicId operation;
  gboolean is_candidate;
  CosmicId candidate; /* the member who stands */
  CosmicId speaker;
  guint64 height;
  guint16 number; /* of the decision's options, in the order they were folded */
  gboolean withdrawn;
} DpopDecisionOption;

typedef struct
{
  CosmicId scope;
  guint64 height;
  DpopDecisionPaper paper;
} DpopDecisionBox;

/* FALSE or NULL: there is none, or STATE is no decision's. */
gboolean dpop_decision_state_proposed (const CosmicState *state, DpopDecisionProposed *proposed);
gboolean dpop_decision_state_phase    (const CosmicState *state, DpopDecisionPhase *phase,
                                       gint64 *since, guint64 *height);
DpopDecisionOpening *dpop_decision_state_opening (const CosmicState *state);
gboolean dpop_decision_state_text   (const CosmicState *state, const CosmicId *operation,
                                     DpopDecisionText *text);
gboolean dpop_decision_state_option (const CosmicState *state, const CosmicId *operation,
                                     DpopDecisionOption *option);
gboolean dpop_decision_state_box    (const CosmicState *state, DpopDecisionBox *box);
guint64  dpop_decision_state_cast   (const CosmicState *state);
DpopDecisionOutcome *dpop_decision_state_outcome (const CosmicState *state);

/* All of them, as they came. Arrays of DpopDecisionText, DpopDecisionOption. */
GArray *dpop_decision_state_texts   (const CosmicState *state);
GArray *dpop_decision_state_options (const CosmicState *state);

void dpop_decision_opening_free (DpopDecisionOpening *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDecisionOpening, dpop_decision_opening_free)

void dpop_decision_state_put_proposed (CosmicState *state, const DpopDecisionProposed *proposed);
void dpop_decision_state_put_phase    (CosmicState *state, DpopDecisionPhase phase, gint64 since,
                                       guint64 height);
void dpop_decision_state_put_opening  (CosmicState *state, const DpopDecisionOpening *opening);
void dpop_decision_state_put_text     (CosmicState *state, const DpopDecisionText *text);
void dpop_decision_state_put_option   (CosmicState *state, const DpopDecisionOption *option);
void dpop_decision_state_put_box      (CosmicState *state, const DpopDecisionBox *box);
void dpop_decision_state_put_cast     (CosmicState *state, guint64 cast);
void dpop_decision_state_put_outcome  (CosmicState *state, const DpopDecisionOutcome *outcome);

G_END_DECLS
