/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter-check.h"
#include "dpop-charter-names.h"
#include "dpop-edge-json.h"

G_BEGIN_DECLS

/* Charters as people write them: JSON, as data/charters/README.md says. */

/* Reads TEXT. What is wrong or doubtful is always returned: (element-type DpopEdgeJsonProblem), in
 * the order of the document, then what the whole of it lacks. CHARTER and NAMES are set when
 * nothing of it is fatal. */
GPtrArray *dpop_edge_charter_read (const char *text, gsize size, DpopCharter **charter,
                                   DpopCharterNames **names);

/* The JSON of a charter and its names, which must be valid; what reads it has the same. */
char *dpop_edge_charter_write (const DpopCharter *charter, const DpopCharterNames *names);

/* What CODE means, to the charter's authors. Static. */
const char *dpop_edge_charter_message (DpopCharterCode code);

/* The charters that come with DPOP: "association", "party", "cooperative" (NULL-terminated), and
 * their JSON; NULL for another name. */
const char *const *dpop_edge_charter_ready_names (void);
GBytes            *dpop_edge_charter_ready       (const char *name);

G_END_DECLS
