/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-command-bundle.h"

G_BEGIN_DECLS

/* Handing over as a person does it: a transfer file is written, and of this computer's own entries
 * it is noted that they are on it; of those which a record keeper's summary shows, that they were
 * delivered. Input, result and errors are those of dpop_command_bundle_export(). */
gboolean dpop_exchange_export (DpopProfile *profile, const DpopCommandBundleExport *input,
                               DpopCommandBundleExportResult *result, GError **error);

G_END_DECLS
