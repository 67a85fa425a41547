/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Checks the whole history again, from the founding on: every signature, link, permission and
 * confirmation, every state computed anew; where a read model is kept, every row of it too. What
 * does not hold is told in the report's faults; an error means that it could not be checked. To be
 * cleared with cosmic_verify_report_clear(). PROGRESS may be NULL, and returns FALSE to stop. */
typedef gboolean (*DpopCommandVerifyProgress) (guint64 height, gpointer data);

gboolean dpop_command_verify (DpopProfile *profile, DpopCommandVerifyProgress progress,
                              gpointer data, CosmicVerifyReport *report, GError **error);

/* What two computers compare: equal numbers, equal history. */
typedef struct
{
  guint64 height;   /* of the newest confirmation */
  CosmicId root;    /* of everything that is confirmed */
  guint open;       /* entries that are not */
  CosmicId tail;    /* of what they make of it */
} DpopCommandStateHash;

gboolean dpop_command_state_hash (DpopProfile *profile, DpopCommandStateHash *result,
                                  GError **error);

G_END_DECLS
