/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-projection.h"

G_BEGIN_DECLS

/* Where what was signed on this computer has got to, as far as the log itself does not tell. Of
 * this computer alone, never handed on; times are in ms, 0: not yet. */
typedef struct
{
  gint64 exported;  /* written to a transfer file */
  gint64 delivered; /* a record keeper's summary showed it */
} DpopWhereabouts;

/* Inside a transaction. Notes TIME for those of OPERATIONS (element-type CosmicId) that AUTHOR
 * signed, where no earlier one is noted. */
gboolean dpop_whereabouts_note_exported  (DpopDatabase *database, const GArray *operations,
                                          const CosmicId *author, gint64 time, GError **error);
gboolean dpop_whereabouts_note_delivered (DpopDatabase *database, const GArray *operations,
                                          const CosmicId *author, gint64 time, GError **error);

/* Both 0 when nothing was noted. */
gboolean dpop_whereabouts_get (DpopDatabase *database, const CosmicId *operation,
                               DpopWhereabouts *whereabouts, GError **error);

/* How many of AUTHOR's entries, not confirmed yet, no record keeper is known to have; and how many
 * of these are on no transfer file either. */
gboolean dpop_whereabouts_count_here (DpopDatabase *database, const CosmicId *author,
                                      guint *undelivered, guint *unexported, GError **error);

/* The last vote of this computer's member in DECISION, remembered beyond the close. Inside a
 * transaction. */
gboolean dpop_whereabouts_put_vote (DpopDatabase *database, const CosmicId *decision,
                                    const CosmicId *vote, GError **error);
/* FALSE without error when there is none. */
gboolean dpop_whereabouts_get_vote (DpopDatabase *database, const CosmicId *decision,
                                    CosmicId *vote, GError **error);

G_END_DECLS
