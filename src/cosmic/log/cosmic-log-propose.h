/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-agreement.h"
#include "cosmic-log.h"

G_BEGIN_DECLS

/* What several witnesses ask of a log while they agree on its next checkpoint (design 4.5). Nothing
 * here changes the log: what they come to is taken in by cosmic_log_apply(). */

/* Whose certificate counts at the next height: the witnesses of the newest checkpoint; for the
 * first, the one that the genesis names. To be cleared; without keys where there are none. */
gboolean cosmic_log_witnesses (CosmicLog *self, CosmicWitnesses *witnesses, GError **error);

/* Whether there is something to confirm at TIME: entries that are open, or a deadline that is
 * due. */
gboolean cosmic_log_has_work (CosmicLog *self, gint64 time, gboolean *work, GError **error);

/* The checkpoint and batch list of all that is open, as of TIME, or just after the last checkpoint
 * if that is later. Both NULL when there is nothing to confirm. */
gboolean cosmic_log_propose (CosmicLog *self, gint64 time, GBytes **checkpoint, GBytes **list,
                             GError **error);

/* What is to be thought of a proposal, its time apart. _NONE: something that it covers is not here
 * yet. _OMITS: it would be sound, but leaves out open entries in OVERDUE (a set of CosmicId, or
 * NULL) although there is room, or covers what is on hold here. FALSE only when the store fails. */
gboolean cosmic_log_judge   (CosmicLog *self, GBytes *checkpoint, GBytes *list,
                             GHashTable *overdue, CosmicVerdict *verdict, GError **error);

/* Appends to MISSING each operation that LIST covers and that is not here with its body. */
gboolean cosmic_log_missing (CosmicLog *self, GBytes *list, GArray *missing, GError **error);

G_END_DECLS
