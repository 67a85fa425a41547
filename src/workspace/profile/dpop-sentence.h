/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-reason.h"

G_BEGIN_DECLS

/* Why a claim has no effect, as a sentence for a person, with what can be done about it.
 * Translated; never NULL. */
const char *dpop_sentence_for_reason (CosmicReason reason);

G_END_DECLS
