/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Who keeps the records: the computers without which nothing becomes final. A member offers theirs,
 * who may by the rules appoints, keepers resign; others fall by a decision alone. */

/* A computer that keeps records, or has offered to. */
typedef struct
{
  CosmicId device;
  CosmicId member;
  gboolean own;       /* it is this one */
  gboolean appointed; /* FALSE: offered */
  gboolean off;       /* switched off; an appointed one counts all the same */
  guint64 since;      /* height */
} DpopCommandWitness;

/* How many there are, and how many of them must be reachable. */
typedef struct
{
  guint keepers;
  guint needed;
} DpopCommandWitnessFigures;

/* Appointed ones first: (element-type DpopCommandWitness); to be freed. FIGURES may be NULL. NULL
 * with an error. */
GArray *dpop_command_witness_list (DpopProfile *profile, DpopCommandWitnessFigures *figures,
                                   GError **error);

/* Offers this computer, with a key that is made for it where there is none. */
gboolean dpop_command_witness_offer   (DpopProfile *profile, GError **error);
/* DEVICES (of CosmicId) have offered: all of them are appointed, or none. */
gboolean dpop_command_witness_appoint (DpopProfile *profile, const GArray *devices,
                                       GError **error);
/* DEVICE is this computer or another one of the same member; NULL: this one. */
gboolean dpop_command_witness_resign  (DpopProfile *profile, const CosmicId *device,
                                       GError **error);

G_END_DECLS
