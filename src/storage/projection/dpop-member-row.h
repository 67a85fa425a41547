/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-projection.h"

G_BEGIN_DECLS

/* A role that a member holds; UNIT is zero when it is held for the party. */
typedef struct
{
  guint16 role;
  CosmicId unit;
  guint64 since; /* height */
} DpopMemberRowRole;

/* A member as lists show them. What was typed (name to search) is NULL or empty unless DETAILS is
 * READABLE. */
typedef struct
{
  gint64 n; /* the row's number, which stays; 0: not stored yet */
  CosmicId id;
  guint8 state; /* DpopMemberState */
  gboolean has_device;
  gboolean by_other;  /* what is known was entered by someone else */
  DpopProjectionText details;
  gboolean confirmed; /* all of it is final */
  char *name;
  char *number;
  char *email;
  char *sort;         /* what the list by name goes by */
  char *search;       /* folded: what searching finds them by */
  GArray *units;      /* of CosmicId, ascending */
  GArray *roles;      /* of DpopMemberRowRole, ascending by role and unit */
} DpopMemberRow;

DpopMemberRow *dpop_member_row_new   (void);
void           dpop_member_row_free  (DpopMemberRow *self);
/* In all but the number. */
gboolean       dpop_member_row_equal (const DpopMemberRow *a, const DpopMemberRow *b);

/* Inside a transaction. Sets the number. */
gboolean dpop_member_row_put    (DpopDatabase *database, DpopMemberRow *self, GError **error);
/* *NUMBER is that of the row that is gone, 0 when there was none. */
gboolean dpop_member_row_remove (DpopDatabase *database, const CosmicId *id, gint64 *number,
                                 GError **error);

/* NULL without error when there is none. */
DpopMemberRow *dpop_member_row_find (DpopDatabase *database, const CosmicId *id, GError **error);
DpopMemberRow *dpop_member_row_get  (DpopDatabase *database, gint64 number, GError **error);

/* --- Lists. ----------------------------------------------------------------------------------- */

typedef enum
{
  DPOP_MEMBER_ROW_BY_NAME,
  DPOP_MEMBER_ROW_BY_NUMBER,
  DPOP_MEMBER_ROW_BY_ENTRY, /* as they were entered here */
} DpopMemberRowSort;

typedef enum
{
  DPOP_MEMBER_ROW_EITHER,
  DPOP_MEMBER_ROW_YES,
  DPOP_MEMBER_ROW_NO,
} DpopMemberRowChoice;

#define DPOP_MEMBER_ROW_ANY_ROLE (-1)

/* Which members, in what order. All zero, but for ROLE: all of them, by name. Everything is
 * borrowed. */
typedef struct
{
  const char *search;   /* words that all must be found; NULL: none */
  guint states;         /* a bit for each DpopMemberState; 0: any */
  const CosmicId *unit; /* who belongs to it; zero: who is in none; NULL: any */
  gint role;            /* who holds it; DPOP_MEMBER_ROW_ANY_ROLE */
  const CosmicId *role_unit; /* for what; NULL: for anything */
  DpopMemberRowChoice device;
  DpopMemberRowSort sort;
  gboolean descending;
} DpopMemberRowQuery;

#define DPOP_MEMBER_ROW_QUERY_ALL ((DpopMemberRowQuery){ .role = DPOP_MEMBER_ROW_ANY_ROLE })

/* Numbers of all rows, in order: (element-type gint64). */
GArray    *dpop_member_row_order  (DpopDatabase *database, const DpopMemberRowQuery *query,
                                   GError **error);
gboolean   dpop_member_row_count  (DpopDatabase *database, const DpopMemberRowQuery *query,
                                   guint *count, GError **error);
/* (element-type DpopMemberRow), LIMIT at most, from the OFFSET-th on. */
GPtrArray *dpop_member_row_window (DpopDatabase *database, const DpopMemberRowQuery *query,
                                   guint offset, guint limit, GError **error);
/* How many are in each state: COUNTS by its number. */
gboolean   dpop_member_row_states (DpopDatabase *database, guint counts[16], GError **error);
/* Everyone who holds a role: (element-type DpopMemberRow). */
GPtrArray *dpop_member_row_holders (DpopDatabase *database, GError **error);
/* Numbers of the rows of MEMBERS (element-type CosmicId, ascending), beside them; 0 where there is
 * none: (element-type gint64). */
GArray    *dpop_member_row_numbers (DpopDatabase *database, const GArray *members, GError **error);
/* Ids of all rows: (element-type CosmicId), ascending. */
GArray    *dpop_member_row_ids    (DpopDatabase *database, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopMemberRow, dpop_member_row_free)

G_END_DECLS
