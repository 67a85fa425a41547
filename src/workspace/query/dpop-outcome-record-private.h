/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-outcome-record.h"

G_BEGIN_DECLS

/* All of a record of DECISION but its signature, as the computer DEVICE would have made it at MADE;
 * its text is what this computer would write. */
DpopOutcomeRecord *dpop_outcome_record_load (DpopProfile *profile, const CosmicId *decision,
                                             const CosmicId *device, gint64 made, GError **error);

/* The text of what stands in SELF; the caller frees. */
char *dpop_outcome_record_write (const DpopOutcomeRecord *self);
/* Its first line after the beginning, which tells the language that it is written in. */
const char *dpop_outcome_record_heading (void);

G_END_DECLS
