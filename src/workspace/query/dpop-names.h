/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-names.h"
#include "dpop-profile.h"
#include "dpop-projection.h"

G_BEGIN_DECLS

/* What ids and numbers are called in this organisation, from the read model. To be made anew when
 * the rules have changed. */
typedef struct
{
  DpopDatabase *database;  /* borrowed */
  DpopCharter *charter;    /* NULL before founding */
  DpopCharterNames *words; /* empty where they cannot be read here */
} DpopNames;

DpopNames *dpop_names_new  (DpopProfile *profile, GError **error);
void       dpop_names_free (DpopNames *self);

/* Never NULL; the caller frees. What was deleted is "(deleted)", what is not for this computer's
 * eyes the beginning of its id. */
char *dpop_names_member   (const DpopNames *self, const CosmicId *member);
char *dpop_names_unit     (const DpopNames *self, const CosmicId *unit); /* zero: as a whole */
char *dpop_names_decision (const DpopNames *self, const CosmicId *decision);
/* For an id that was not found by its name; READABLE says why. */
char *dpop_names_fallback (const CosmicId *id, DpopProjectionText readable);

/* Labels; never NULL, borrowed. */
const char *dpop_names_role      (const DpopNames *self, guint role);
const char *dpop_names_unit_kind (const DpopNames *self, guint kind);
const char *dpop_names_rule      (const DpopNames *self, guint rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopNames, dpop_names_free)

G_END_DECLS
