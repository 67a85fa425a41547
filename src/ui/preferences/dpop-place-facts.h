/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-may.h"
#include "dpop-profile-label.h"

G_BEGIN_DECLS

/* A computer of this member's. */
typedef struct
{
  CosmicId key;
  gint64 since;   /* ms; 0: not confirmed yet */
  gboolean off;
  gboolean own;   /* it is this one */
  DpopMay switch_off;
} DpopPlaceComputer;

/* What the preferences say of this computer beyond the head of the pages. */
typedef struct
{
  GArray *computers; /* of DpopPlaceComputer: this one first, those switched off last */
  guint entries;
  DpopProfileLabel label;
} DpopPlaceFacts;

/* In the engine's thread. */
DpopPlaceFacts *dpop_place_facts_new  (DpopProfile *profile, GError **error);
void            dpop_place_facts_free (DpopPlaceFacts *self);

/* How a computer is told from another of the same member, where there is nothing else to call it
 * by: "3F2A 91BC". The caller frees. */
char *dpop_place_facts_mark (const CosmicId *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopPlaceFacts, dpop_place_facts_free)

G_END_DECLS
