/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-edge-roll.h"

G_BEGIN_DECLS

/* A list of members beside the members that are there: what taking it over would do, for a person
 * to look through. A row belongs to the member with its number; else with its e-mail address; else
 * with its name and date of birth; and perhaps to one with its name. Where more than that speaks
 * against it, or a second member fits as well, the row is "possible" and a person decides. Nobody
 * is ever removed for not being in a list: who is missing is only told.
 *
 * What stands in the list wins over what is there; what does not stand there (no such column, or an
 * empty field, unless EMPTY_CLEARS) stays as it is. */
#define DPOP_EDGE_ROLL_MEMBER_ID_SIZE 32

/* A member that is there. Texts are borrowed for as long as the review lives; NULL is the same as
 * "". They are spelt as in a DpopEdgeRollRow: dates as YYYY-MM-DD, states by their names. */
typedef struct
{
  guint8 id[DPOP_EDGE_ROLL_MEMBER_ID_SIZE]; /* not looked at; shorter ids end in zeros */
  const char *fields[DPOP_EDGE_ROLL_N_FIELDS];
  const char *const *extras; /* heading, value, heading, value, NULL; or NULL */
} DpopEdgeRollMember;

typedef enum
{
  DPOP_EDGE_ROLL_REVIEW_NEW,
  DPOP_EDGE_ROLL_REVIEW_SAME,
  DPOP_EDGE_ROLL_REVIEW_CHANGED,
  DPOP_EDGE_ROLL_REVIEW_POSSIBLE, /* perhaps the member, perhaps a new one */
  DPOP_EDGE_ROLL_REVIEW_RED,      /* has errors: nothing can be done with it */
  DPOP_EDGE_ROLL_REVIEW_N,
} DpopEdgeRollReviewStatus;

/* How the member was found. */
typedef enum
{
  DPOP_EDGE_ROLL_MATCH_NONE,
  DPOP_EDGE_ROLL_MATCH_ALL, /* nothing differs */
  DPOP_EDGE_ROLL_MATCH_NUMBER,
  DPOP_EDGE_ROLL_MATCH_EMAIL,
  DPOP_EDGE_ROLL_MATCH_NAME_AND_BIRTH,
  DPOP_EDGE_ROLL_MATCH_NAME,
} DpopEdgeRollMatch;

/* Why it is only possible. */
typedef enum
{
  DPOP_EDGE_ROLL_DOUBT_NONE,
  DPOP_EDGE_ROLL_DOUBT_NAME_ONLY,   /* nothing but the name is the same */
  DPOP_EDGE_ROLL_DOUBT_OTHER_NAME,  /* the number or address is theirs, the name is not */
  DPOP_EDGE_ROLL_DOUBT_OTHER_BIRTH, /* the number or address is theirs, the birth is not */
  DPOP_EDGE_ROLL_DOUBT_CONFLICT,    /* the number is another member's */
  DPOP_EDGE_ROLL_DOUBT_SEVERAL,     /* more than one member fits */
} DpopEdgeRollDoubt;

typedef struct
{
  DpopEdgeRollField field; /* EXTRA: see EXTRA */
  guint extra;             /* place among the roll's extra columns */
  const char *old_text;    /* never NULL */
  const char *new_text;
} DpopEdgeRollChange;

typedef struct
{
  DpopEdgeRollReviewStatus status;
  DpopEdgeRollMatch match;
  DpopEdgeRollDoubt doubt;
  gint member;     /* place among the members; -1 for a new one */
  gboolean former; /* the member has left, and the list does not say so */
  GArray *changes; /* DpopEdgeRollChange; NULL: none */
} DpopEdgeRollReviewRow;

typedef struct
{
  gboolean empty_clears; /* an empty field in the list empties the member's */
} DpopEdgeRollReviewOptions;

typedef struct _DpopEdgeRollReview DpopEdgeRollReview;

/* ROLL and MEMBERS are borrowed for as long as the review lives. Takes time in proportion to their
 * numbers. OPTIONS may be NULL. */
DpopEdgeRollReview *dpop_edge_roll_review_new (const DpopEdgeRoll *roll,
                                               const DpopEdgeRollMember *members, guint n_members,
                                               const DpopEdgeRollReviewOptions *options);
void dpop_edge_roll_review_free (DpopEdgeRollReview *self);

/* One a row of the roll, in its order. */
const DpopEdgeRollReviewRow *dpop_edge_roll_review_row (const DpopEdgeRollReview *self, guint row);
guint dpop_edge_roll_review_count (const DpopEdgeRollReview *self, DpopEdgeRollReviewStatus status);

/* Members that no row may be about, by their place, ascending; those who have left are not counted.
 */
const guint *dpop_edge_roll_review_missing (const DpopEdgeRollReview *self, guint *n_missing);

/* For a person: how a possible row fits, and what speaks against it. "" for the others. */
char *dpop_edge_roll_review_doubt_message (const DpopEdgeRollReview *self, guint row);

/* For programs: "new", "same", "changed", "possible", "red". */
const char *dpop_edge_roll_review_status_name (DpopEdgeRollReviewStatus status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopEdgeRollReview, dpop_edge_roll_review_free)

G_END_DECLS
