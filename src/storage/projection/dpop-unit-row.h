/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-projection.h"

G_BEGIN_DECLS

/* A local group, section or branch as lists show it. */
typedef struct
{
  gint64 n; /* the row's number, which stays; 0: not stored yet */
  CosmicId id;
  guint8 kind; /* which of the charter's kinds of unit */
  gboolean confirmed;
  DpopProjectionText readable;
  char *name;
  guint members; /* who belong to it now; counted when read */
} DpopUnitRow;

DpopUnitRow *dpop_unit_row_new   (void);
void         dpop_unit_row_free  (DpopUnitRow *self);
/* In all but the number and the members. */
gboolean     dpop_unit_row_equal (const DpopUnitRow *a, const DpopUnitRow *b);

/* Inside a transaction. Sets the number. */
gboolean dpop_unit_row_put    (DpopDatabase *database, DpopUnitRow *self, GError **error);
gboolean dpop_unit_row_remove (DpopDatabase *database, const CosmicId *id, gint64 *number,
                               GError **error);

/* NULL without error when there is none. */
DpopUnitRow *dpop_unit_row_find (DpopDatabase *database, const CosmicId *id, GError **error);
DpopUnitRow *dpop_unit_row_get  (DpopDatabase *database, gint64 number, GError **error);

/* By name. All zero: all of them. */
typedef struct
{
  const char *search;
  gint kind_plus_one; /* 0: any kind, else the kind's number and one */
  gboolean descending;
} DpopUnitRowQuery;

/* (element-type gint64) */
GArray    *dpop_unit_row_order  (DpopDatabase *database, const DpopUnitRowQuery *query,
                                 GError **error);
gboolean   dpop_unit_row_count  (DpopDatabase *database, const DpopUnitRowQuery *query,
                                 guint *count, GError **error);
/* (element-type DpopUnitRow) */
GPtrArray *dpop_unit_row_window (DpopDatabase *database, const DpopUnitRowQuery *query,
                                 guint offset, guint limit, GError **error);
GArray    *dpop_unit_row_ids    (DpopDatabase *database, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopUnitRow, dpop_unit_row_free)

G_END_DECLS
