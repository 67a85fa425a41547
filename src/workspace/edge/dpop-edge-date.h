/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day as the number YYYYMMDD; 0 is none. */
typedef guint32 DpopEdgeDate;

/* "1984-02-29" */
#define DPOP_EDGE_DATE_SIZE 11

typedef enum
{
  DPOP_EDGE_DATE_FIND_OUT,
  DPOP_EDGE_DATE_DAY_FIRST,
  DPOP_EDGE_DATE_MONTH_FIRST,
} DpopEdgeDateOrder;

/* Three numbers as they were typed, not yet a day. */
typedef struct
{
  guint first, second, year;
  gboolean either; /* day or month may stand first: 1/2/1984, 1-2-1984; in 1.2.1984 the day does */
  gboolean short_year; /* of two digits */
} DpopEdgeDateParts;

/* Reads 1984-02-29, 1984/2/29, 19840229, 29.2.1984, 29. 2. 84, 29/2/1984, 2/29/1984, 29-2-1984,
 * each with a time of day behind it or none. FALSE when TEXT is nothing of this. */
gboolean dpop_edge_date_scan (const char *text, DpopEdgeDateParts *parts);

/* 0 when there is no such day between 1800 and 2200. Years of two digits are the newest that is not
 * after NEWEST (a day, too). ORDER is not FIND_OUT and counts for parts that may be either. */
DpopEdgeDate dpop_edge_date_resolve (const DpopEdgeDateParts *parts, DpopEdgeDateOrder order,
                                     DpopEdgeDate newest);

void dpop_edge_date_format (DpopEdgeDate date, char text[DPOP_EDGE_DATE_SIZE]);

G_END_DECLS
