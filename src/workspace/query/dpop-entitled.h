/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Who is entitled to vote in a decision that was opened, and who has voted: as it stood when it was
 * asked. Who was entitled then is told by states of the past, which no database query can ask: so
 * it is found out where the profile is, once, and handed to a list (dpop-entitled-list.h), for
 * which the database searches and sorts. Never changed, so that any thread may read it. */
typedef struct
{
  gatomicrefcount refs;
  GArray *members;       /* of CosmicId, ascending */
  GArray *numbers;       /* of gint64, beside them: their rows; 0: nothing is known of them here */
  GHashTable *by_number; /* the places of those, plus one, by the number of their row */
  GArray *voted;         /* of guint8, beside them */
  guint n_voted;
} DpopEntitled;

/* NULL with DPOP_PROFILE_ERROR_NOT_FOUND when there is no such decision, or it was never opened. */
DpopEntitled *dpop_entitled_new   (DpopProfile *profile, const CosmicId *decision, GError **error);
DpopEntitled *dpop_entitled_ref   (DpopEntitled *self);
void          dpop_entitled_unref (DpopEntitled *self);

/* The members alone: (element-type CosmicId), ascending. */
GArray       *dpop_entitled_members (DpopProfile *profile, const CosmicId *decision,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopEntitled, dpop_entitled_unref)

G_END_DECLS
