/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From one order of rows to the next: what a list model has to tell. Orders are arrays of gint64,
 * each number once. */

/* Where numbers stand side by side. */
typedef struct
{
  guint position;
  guint length;
} DpopListChangeRun;

/* (element-type DpopListChangeRun), ascending: the places in ORDER of the NUMBERS (a set of
 * gint64). */
GArray *dpop_list_change_runs (const GArray *order, GHashTable *numbers);

/* REMOVED numbers go from POSITION, and ADDED ones of the new order, its FROM-th and those that
 * follow, come there. */
typedef struct
{
  guint position;
  guint removed;
  guint added;
  guint from;
} DpopListChangeStep;

#define DPOP_LIST_CHANGE_STEPS_MAX 64

/* (element-type DpopListChangeStep): taken one after the other they lead from BEFORE to AFTER. As
 * few rows as can be are named, those in STALE (a set of gint64) among them; more steps than the
 * above become one. */
GArray *dpop_list_change_steps (const GArray *before, const GArray *after, GHashTable *stale);

G_END_DECLS
