/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An organisation's rules, as values: who may do what, and how it decides. One flat struct without
 * a pointer in it, so that a copy is a copy; built once (from JSON at the edge, or from its
 * compiled form), shared by reference and never changed after. It holds numbers only: what a person
 * typed (labels, descriptions) is a DpopCharterNames.
 *
 * Every number below stands in compiled charters and never changes its meaning. */

/* What someone does. [format] */
typedef enum
{
  DPOP_ACTION_ENROL = 1,   /* take a person in, as applicant or as member */
  DPOP_ACTION_EDIT_MEMBER, /* change a member's particulars */
  DPOP_ACTION_READ_MEMBER, /* see personal data: decides who holds a unit's keys */
  DPOP_ACTION_MOVE_MEMBER, /* change a member's state: by the table of moves alone */
  DPOP_ACTION_GRANT_ROLE,  /* and only roles whose given_by names the grantor's */
  DPOP_ACTION_REVOKE_ROLE, /* likewise; an office only by its holder, who lays it down */
  DPOP_ACTION_ADD_UNIT,
  DPOP_ACTION_ASSIGN_UNIT, /* put members into a unit, take them out */
  DPOP_ACTION_INVITE,
  DPOP_ACTION_ACCEPT_DEVICE, /* the first of who is invited; SELF: one's further ones */
  DPOP_ACTION_SWITCH_OFF_DEVICE,
  DPOP_ACTION_ACT_FOR, /* enter what a member without a computer says */
  DPOP_ACTION_VOTE,
  DPOP_ACTION_PROPOSE,
  DPOP_ACTION_ADD_TEXT, /* a text or an option to a proposal not yet open */
  DPOP_ACTION_COMMENT,
  DPOP_ACTION_OPEN, /* SELF: a proposal of one's own; so for CLOSE and STOP */
  DPOP_ACTION_CLOSE,
  DPOP_ACTION_STOP,
  DPOP_ACTION_ERASE, /* delete for everyone: data protection */
  DPOP_ACTION_ROTATE_KEYS,
  DPOP_ACTION_APPOINT_WITNESS,
  DPOP_ACTION_EXPORT,
  DPOP_ACTION_CONVENE,
  DPOP_ACTION_RAISE_RULES,    /* a newer rules version */
  DPOP_ACTION_RECOVER_DEVICE, /* be one of the officers who attach a computer for who lost all */
} DpopAction;
#define DPOP_ACTION_FIRST DPOP_ACTION_ENROL
#define DPOP_ACTION_LAST  DPOP_ACTION_RECOVER_DEVICE

/* How far a permission reaches. [format] */
typedef enum
{
  DPOP_REACH_EVERYWHERE = 1, /* the party as a whole and every unit in it */
  DPOP_REACH_PARTY,          /* what belongs to the party as a whole and to no unit */
  DPOP_REACH_OWN_UNIT,       /* the unit the role is held for; else the units one belongs to */
  DPOP_REACH_SELF,           /* oneself: one's data, devices, membership, one's own proposal */
} DpopReach;
#define DPOP_REACH_LAST DPOP_REACH_SELF

/* What a role or a decision rule belongs to. [format] */
typedef enum
{
  DPOP_SCOPE_PARTY = 1,
  DPOP_SCOPE_UNIT,
} DpopScope;

/* [format] */
typedef enum
{
  DPOP_MEMBER_APPLICANT = 1,
  DPOP_MEMBER_MEMBER,
  DPOP_MEMBER_SUSPENDED,
  DPOP_MEMBER_FORMER,
} DpopMemberState;
#define DPOP_MEMBER_STATE_LAST DPOP_MEMBER_FORMER

/* What a member state lets one do, beside what is one's own. [format] */
typedef enum
{
  DPOP_STATE_VOTES = 1 << 0,
  DPOP_STATE_PROPOSES = 1 << 1,
  DPOP_STATE_COMMENTS = 1 << 2,
} DpopStateFlags;
#define DPOP_STATE_ALL (DPOP_STATE_VOTES | DPOP_STATE_PROPOSES | DPOP_STATE_COMMENTS)

/* [format] */
typedef enum
{
  DPOP_BALLOT_YES_NO_ABSTAIN = 1,
  DPOP_BALLOT_CHOOSE_ONE,
  DPOP_BALLOT_APPROVE,
  DPOP_BALLOT_RANK,
} DpopBallotKind;
#define DPOP_BALLOT_LAST DPOP_BALLOT_RANK

/* What a majority is measured against. [format] */
typedef enum
{
  DPOP_BASE_YES_NO = 1, /* those who said yes or no */
  DPOP_BASE_CAST,       /* those who cast a ballot, abstentions included */
  DPOP_BASE_PRESENT,
  DPOP_BASE_ENTITLED,
} DpopCharterBase;
#define DPOP_BASE_LAST DPOP_BASE_ENTITLED

/* How rankings are counted. [format] */
typedef enum
{
  DPOP_RANKING_SCHULZE_WINNING_VOTES = 1,
  DPOP_RANKING_SCHULZE_MARGINS,
} DpopRanking;
#define DPOP_RANKING_LAST DPOP_RANKING_SCHULZE_MARGINS

/* What becomes of an option that does not win against the default option ("none of these").
 * [format] */
typedef enum
{
  DPOP_DEFAULT_NONE = 1, /* there is no default option */
  DPOP_DEFAULT_BEATEN,   /* an option drops unless the rule's majority prefers it to the default:
                          * of those who prefer one to the other, num to den - num */
} DpopDefaultOption;

/* What an outcome may bring about by `enact`. Rules version 1 knows the first and the last; the
 * others are here so that a charter founded today says who decides them. [format] */
typedef enum
{
  DPOP_EFFECT_REVOKE_OFFICE = 1,
  DPOP_EFFECT_ELECTION,
  DPOP_EFFECT_ROLE,
  DPOP_EFFECT_CHARTER,
  DPOP_EFFECT_DISMISS_WITNESS,
} DpopEffect;
#define DPOP_EFFECT_LAST DPOP_EFFECT_DISMISS_WITNESS

#define DPOP_CHARTER_ROLES_MAX      63
#define DPOP_CHARTER_UNIT_KINDS_MAX 16
#define DPOP_CHARTER_RULES_MAX      64
/* The rule set that every member has stands beside the roles under this number. */
#define DPOP_CHARTER_PLAIN 63
/* A retention without an end. */
#define DPOP_CHARTER_FOR_GOOD G_MAXUINT32

#define DPOP_CHARTER_BIT(n) (G_GUINT64_CONSTANT (1) << (n))

/* actions[reach]: a bit for each action, by its number. */
typedef struct
{
  guint64 actions[DPOP_REACH_LAST + 1];
} DpopCharterPermissions;

typedef struct
{
  DpopScope scope;  /* held for the party, or for one unit each time */
  gboolean office;  /* falls only by a decision */
  guint64 given_by; /* a bit for each role whose holders may give and take it */
  DpopCharterPermissions permissions;
} DpopCharterRole;

typedef struct
{
  gboolean newcomers_read; /* who joins such a unit may read what was written before */
} DpopCharterUnitKind;

/* Reached when part / base > (strict) or >= num / den. */
typedef struct
{
  guint32 num, den;
  gboolean strict;
  DpopCharterBase base;
} DpopCharterThreshold;

/* How many of those entitled must take part: at least (strict: more than) num / den, and never
 * fewer than MINIMUM. 0 / 1, not strict, and 0: any number. */
typedef struct
{
  guint32 num, den;
  gboolean strict;
  guint32 minimum;
} DpopCharterQuorum;

typedef struct
{
  guint16 ballots; /* a bit for each DpopBallotKind */
  DpopCharterThreshold majority;
  DpopCharterQuorum quorum;
  guint16 seats;
  DpopRanking ranking; /* this and the next two: for rankings */
  DpopDefaultOption default_option;
  guint32 default_quorum;   /* an option drops unless so many prefer it to the default */
  gint64 min_discussion_ms; /* from proposal to opening */
  gint64 min_open_ms, max_open_ms;
  DpopScope scope;
  guint16 effects; /* a bit for each DpopEffect */
} DpopCharterRule;

typedef struct
{
  DpopCharterPermissions plain; /* what every member may do */
  guint n_roles;
  DpopCharterRole roles[DPOP_CHARTER_ROLES_MAX];
  guint64 founder; /* a bit for each role the founder holds from the founding on */
  guint n_unit_kinds;
  DpopCharterUnitKind unit_kinds[DPOP_CHARTER_UNIT_KINDS_MAX];
  DpopStateFlags states[DPOP_MEMBER_STATE_LAST + 1];
  /* moves[from][to][reach]: a bit for each role (DPOP_CHARTER_PLAIN included) that may. */
  guint64 moves[DPOP_MEMBER_STATE_LAST + 1][DPOP_MEMBER_STATE_LAST + 1][DPOP_REACH_LAST + 1];
  guint8 witness_faults;      /* f: how many may fail in any way */
  guint8 witness_count;       /* n: how many there should be */
  guint32 keep_votes_days;    /* votes' bodies, from the close on */
  guint32 keep_personal_days; /* personal data, from leaving on */
  guint8 recovery_officers;   /* how many attach a new device together */
  guint16 recovery_veto_days; /* how long a device of old may object */
  gboolean newcomers_read;    /* who joins may read what the party wrote before */
  gint64 invitation_ms;       /* an invitation lasts no longer */
  guint n_rules;
  DpopCharterRule rules[DPOP_CHARTER_RULES_MAX];
} DpopCharter;

/* An empty charter to be filled in by whoever made it, before it is shared. */
DpopCharter *dpop_charter_new (void);
DpopCharter *dpop_charter_ref (const DpopCharter *self);
void dpop_charter_unref (const DpopCharter *self);
DpopCharter *dpop_charter_copy (const DpopCharter *self);
gboolean dpop_charter_equal (const DpopCharter *a, const DpopCharter *b);

/* A unit is named by an id of this size; all zero, or a NULL pointer, is the party as a whole. */
#define DPOP_CHARTER_UNIT_SIZE 32

/* A role that someone holds, and for what. */
typedef struct
{
  guint role;
  guint8 unit[DPOP_CHARTER_UNIT_SIZE];
} DpopCharterHeld;

/* Who wants to act. Borrows everything. */
typedef struct
{
  DpopMemberState state;
  const DpopCharterHeld *held;
  gsize n_held;
  const guint8 (*units)[DPOP_CHARTER_UNIT_SIZE]; /* that they belong to */
  gsize n_units;
} DpopCharterSubject;

/* On what. A member belongs to their units: ask for each in turn, one yes is enough; who is in none
 * belongs to the party. What is entered for a member needs ACT_FOR of who enters it, and then the
 * action itself of the member. Whether a role that is taken is held at all, and whether whom a
 * move is about holds an office, is the caller's to ask. */
typedef struct
{
  const guint8 *unit;
  gboolean self;            /* the subject's own self, or what they themselves proposed */
  guint role;               /* GRANT_ROLE, REVOKE_ROLE: which */
  DpopMemberState from, to; /* MOVE_MEMBER: which way */
} DpopCharterTarget;

/* Whether WHO may do ACTION to TARGET. Roles act for a member in state MEMBER only; what every
 * member may do, likewise, but for voting, proposing and commenting (the charter says which states
 * do) and for what is the subject's own: applicants and suspended members keep their data, devices
 * and the way out, former members may still see, export and have erased what is theirs. */
gboolean dpop_charter_may (const DpopCharter *self, const DpopCharterSubject *who,
                           DpopAction action, const DpopCharterTarget *target);

/* Whether members in STATE have FLAG. */
gboolean dpop_charter_state_has (const DpopCharter *self, DpopMemberState state,
                                 DpopStateFlags flag);
/* Whether ROLE exists and falls only by a decision. */
gboolean dpop_charter_is_office (const DpopCharter *self, guint role);
/* Whether the outcome of a decision under RULE may bring EFFECT about. */
gboolean dpop_charter_rule_enacts (const DpopCharter *self, guint rule, DpopEffect effect);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopCharter, dpop_charter_unref)

G_END_DECLS
