/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-reconcile.h"
#include "fixture-random.h"

G_BEGIN_DECLS

/* Orders below this are given to items: few, so that many items share one. */
#define FIXTURE_ORDERS 40

CosmicItem fixture_item (FixtureRandom *random, guint64 orders);
int        fixture_item_compare (gconstpointer a, gconstpointer b);
/* Sorts, and removes doubles. */
void       fixture_items_sort (GArray *items);
gboolean   fixture_items_same (const GArray *a, const GArray *b);
/* Those of A that are not in B; both sorted. */
GArray    *fixture_items_without (const GArray *a, const GArray *b);

/* A set in memory. */
typedef struct
{
  CosmicItemMemory *memory;
  CosmicItemSet *set;
} FixtureSet;

void fixture_set_init  (FixtureSet *self, const GArray *items); /* NULL: none */
void fixture_set_clear (FixtureSet *self);
void fixture_set_insert (FixtureSet *self, const CosmicItem *item);
void fixture_set_remove (FixtureSet *self, const CosmicItem *item);

/* Two sides that reconcile, and what came of it. */
typedef struct
{
  CosmicReconcile *sides[2]; /* 0 begins */
  FixtureRandom random;
  GArray *only_theirs[2], *only_ours[2]; /* sorted at the end */
  guint frames;
  gsize bytes, largest;
  guint rounds;      /* replies that the beginner waited for until it knew all differences */
  double seconds[2]; /* of the processor */
} FixtureExchange;

void fixture_exchange_run   (FixtureExchange *self, CosmicItemSet *beginner,
                             CosmicItemSet *other, gsize limit, guint64 seed);
void fixture_exchange_clear (FixtureExchange *self);

G_END_DECLS
