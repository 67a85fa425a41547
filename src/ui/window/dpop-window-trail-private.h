/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-shell.h"

G_BEGIN_DECLS

/* Where a person went, page over page: so that after locking they come back to where they were.
 * Only ids and numbers of places, nothing that was shown there. */
typedef struct
{
  DpopPlace place;
  gboolean has_id;
  CosmicId id;
  char *topic;
  guint depth; /* of the pages, when this one was on top */
} DpopWindowStop;

typedef struct _DpopWindowTrail DpopWindowTrail;

DpopWindowTrail *dpop_window_trail_new  (void);
void             dpop_window_trail_free (DpopWindowTrail *self);

/* The page of a place came to lie DEPTH deep; whatever lay as deep or deeper is gone. */
void  dpop_window_trail_note (DpopWindowTrail *self, guint depth, DpopPlace place,
                              const CosmicId *id, const char *topic);
/* DEPTH pages are left. */
void  dpop_window_trail_cut  (DpopWindowTrail *self, guint depth);
/* The places, the lowest first, up to the first page that has none; the trail is empty then.
 * (element-type DpopWindowStop) */
GArray *dpop_window_trail_take (DpopWindowTrail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopWindowTrail, dpop_window_trail_free)

G_END_DECLS
