/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-state.h"

G_BEGIN_DECLS

/* A local group, section, branch: a scope of its own in the organisation, whose keys its members
 * hold. */
typedef struct
{
  CosmicId id;   /* the scope's, too */
  guint8 kind;   /* which of the charter's kinds of unit */
  guint64 since; /* height of the batch that made it */
  CosmicId name; /* the operation whose personal part has the name */
} DpopUnit;

gboolean dpop_unit_exists (const CosmicState *authority, const CosmicId *unit);
gboolean dpop_unit_load   (const CosmicState *authority, const CosmicId *unit, DpopUnit *self);

/* Ascending by id. Return FALSE to stop. */
typedef gboolean (*DpopUnitVisit) (const DpopUnit *unit, gpointer data);
void dpop_unit_each (const CosmicState *authority, DpopUnitVisit visit, gpointer data);

/* --- The personal part with its name, GVariant `(ys)` [format]: version 1, name. ------------- */

#define DPOP_UNIT_NAME_MAX           200 /* bytes */
#define DPOP_UNIT_NAME_PERSONAL_TYPE "(ys)"

/* Whether NAME can be one: UTF-8 without control characters, neither empty nor too long. */
gboolean  dpop_unit_name_fits   (const char *name);
/* NAME must fit. Floating. */
GVariant *dpop_unit_name_encode (const char *name);
/* NULL for what is no name. The caller frees. */
char     *dpop_unit_name_decode (GVariant *personal);

G_END_DECLS
