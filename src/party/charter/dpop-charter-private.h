/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-check.h"

G_BEGIN_DECLS

/* Sets WHY (may be NULL) to an error at the place FORMAT gives; always FALSE. */
G_GNUC_INTERNAL
gboolean dpop_charter_refuse (DpopCharterFinding *why, DpopCharterCode code, const char *format,
                              ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
