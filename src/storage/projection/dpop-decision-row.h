/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-projection.h"

G_BEGIN_DECLS

/* A decision as lists show it. TITLE is that of the wording which stands, or which was opened. */
typedef struct
{
  gint64 n; /* the row's number, which stays; 0: not stored yet */
  CosmicId id;       /* the stream */
  CosmicId scope;    /* zero: the party, else a unit */
  CosmicId speaker;  /* who proposed it */
  guint8 phase;      /* DpopDecisionPhase */
  guint16 rule;      /* of the charter, by number */
  guint8 ballot;     /* DpopBallotKind */
  gint64 proposed;   /* ms; this and the next three: 0 where it has not come to it */
  gint64 opened;
  gint64 closes;     /* when it closes by itself */
  gint64 closed;     /* or was stopped */
  guint64 entitled;
  guint64 votes;     /* members whose vote counts */
  guint8 outcome;    /* DpopOutcomeStatus; 0: none yet */
  gboolean confirmed; /* phase and outcome are final */
  DpopProjectionText readable;
  char *title;
  char *search;      /* folded: title and question */
} DpopDecisionRow;

DpopDecisionRow *dpop_decision_row_new   (void);
void             dpop_decision_row_free  (DpopDecisionRow *self);
/* In all but the number. */
gboolean         dpop_decision_row_equal (const DpopDecisionRow *a, const DpopDecisionRow *b);

/* Inside a transaction. Sets the number. */
gboolean dpop_decision_row_put    (DpopDatabase *database, DpopDecisionRow *self, GError **error);
gboolean dpop_decision_row_remove (DpopDatabase *database, const CosmicId *id, gint64 *number,
                                   GError **error);

/* NULL without error when there is none. */
DpopDecisionRow *dpop_decision_row_find (DpopDatabase *database, const CosmicId *id,
                                         GError **error);
DpopDecisionRow *dpop_decision_row_get  (DpopDatabase *database, gint64 number, GError **error);

typedef enum
{
  DPOP_DECISION_ROW_NEWEST, /* by when they were proposed */
  DPOP_DECISION_ROW_CLOSING, /* by when they close, those without a time last */
  DPOP_DECISION_ROW_TITLE,
} DpopDecisionRowSort;

/* All zero: all of them, the newest first. Everything is borrowed. */
typedef struct
{
  const char *search;
  guint phases;          /* a bit for each DpopDecisionPhase; 0: any */
  guint outcomes;        /* a bit for each DpopOutcomeStatus; 0: any */
  guint64 rules;         /* a bit for each rule of the charter; 0: any */
  const CosmicId *scope; /* NULL: any */
  const CosmicId *speaker;
  DpopDecisionRowSort sort;
  gboolean reversed;
} DpopDecisionRowQuery;

/* (element-type gint64) */
GArray    *dpop_decision_row_order  (DpopDatabase *database, const DpopDecisionRowQuery *query,
                                     GError **error);
gboolean   dpop_decision_row_count  (DpopDatabase *database, const DpopDecisionRowQuery *query,
                                     guint *count, GError **error);
/* (element-type DpopDecisionRow) */
GPtrArray *dpop_decision_row_window (DpopDatabase *database, const DpopDecisionRowQuery *query,
                                     guint offset, guint limit, GError **error);
GArray    *dpop_decision_row_ids    (DpopDatabase *database, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDecisionRow, dpop_decision_row_free)

G_END_DECLS
