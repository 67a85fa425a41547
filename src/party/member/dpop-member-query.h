/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-fold.h"
#include "dpop-standing.h"

G_BEGIN_DECLS

/* A member as the authority state has them now: ids and numbers; who they are stands in the
 * personal part of DETAILS. */
typedef struct
{
  CosmicId id;
  DpopStanding standing;
  guint64 since;          /* height from which it holds */
  guint64 admitted;       /* height at which they were last taken in */
  gboolean has_device;    /* without one, others enter things for them */
  CosmicId details;       /* the operation with their particulars; zero: none yet */
  CosmicId details_scope; /* for whose eyes: zero for the party, else a unit */
  gboolean on_behalf;     /* the particulars were entered by someone else */
  CosmicId import;        /* that added them; zero: by hand */
  gboolean withdrawn;     /* that import was undone */
} DpopMember;

gboolean dpop_member_query_load (const CosmicState *authority, const CosmicId *member,
                                 DpopMember *self);

/* Return FALSE to stop. */
typedef gboolean (*DpopMemberVisit) (const DpopMember *member, gpointer data);

/* Ascending by id: all there ever were, or those who belong to UNIT now. */
void dpop_member_query_each    (const CosmicState *authority, DpopMemberVisit visit,
                                gpointer data);
void dpop_member_query_in_unit (const CosmicState *authority, const CosmicId *unit,
                                DpopMemberVisit visit, gpointer data);
/* Who holds ROLE for UNIT (zero: the party) now: (element-type CosmicId), ascending. */
GArray *dpop_member_query_holders (const CosmicState *authority, guint16 role,
                                   const CosmicId *unit);

/* For whose eyes new particulars of MEMBER have to be: the first of their units, else the party. */
void dpop_member_query_details_scope (const CosmicState *authority, const CosmicId *member,
                                      CosmicId *scope);

/* Who else may see what someone typed about a member. */
typedef enum
{
  DPOP_READER_EVERYONE = 1, /* all who take part in the organisation */
  DPOP_READER_UNIT,         /* who belongs to UNIT */
  DPOP_READER_ROLE,         /* who holds ROLE for UNIT (zero: for the party) */
} DpopReaderKind;

typedef struct
{
  DpopReaderKind kind;
  CosmicId unit;
  guint16 role;
  guint n; /* members that this is, now */
} DpopMemberReader;

/* (element-type DpopMemberReader): who holds the key that MEMBER's particulars are under, told by
 * why. Nobody for one who has none. */
GArray *dpop_member_query_readers (const CosmicState *authority, const CosmicId *member);

G_END_DECLS
