/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-bundle.h"

G_BEGIN_DECLS

/* Sets ERROR; FALSE always. */
gboolean dpop_bundle_fail (GError **error, DpopBundleError code, const char *message);
/* Nothing in the file opens with a key at hand. */
gboolean dpop_bundle_fail_foreign (GError **error);


G_END_DECLS
