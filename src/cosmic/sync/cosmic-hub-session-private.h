/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hub-session.h"
#include "cosmic-reconcile.h"
#include "cosmic-session-frame.h"

G_BEGIN_DECLS

enum
{
  HUB_HELLO = 1,
  HUB_ROOM = 2,
  HUB_COMPARE = 3,
  HUB_WANT = 4,
  HUB_NONE = 5,
  HUB_ITEMS = 6,
  HUB_PIECE = 7,
  HUB_OFFER = 8,
  HUB_STORED = 9,
  HUB_REFUSED = 10,
  HUB_ERASE = 11,
  HUB_GONE = 12,
  HUB_EVEN = 13,
  HUB_AGAIN = 14,
  HUB_BYE = 15,
};

struct _CosmicHubSession
{
  CosmicHubNode node;
  gboolean is_hub;
  DpopRandom random;
  const CosmicHubEvents *events;
  gpointer data;
  CosmicHubEnd end;
  gboolean bye_sent;

  gboolean greeted;      /* the peer said hello */
  gboolean roomed;       /* a member heard how much room there is */
  CosmicHubRoom room;    /* as it was told last */

  GQueue control;        /* of GBytes: whole messages */

  /* Rounds. */
  gboolean comparing, round_wanted, rounded;
  CosmicReconcile *reconcile;
  GBytes *held_reply;    /* waits while the node is busy */

  /* What is asked for here. */
  GHashTable *asked;     /* a set of CosmicId: on their way */
  gboolean dry;          /* the node had nothing more to ask for, and heard of nothing since */
  GArray *taken;         /* of CosmicId: not committed yet */
  GArray *refused;       /* of CosmicId, to be told */
  GArray *stored;        /* of CosmicId, to be told */
  GByteArray *piece;     /* of what comes in pieces, as far as it came */
  guint64 piece_size;
  guint steps;           /* since the last commit */

  /* What the peer asks for. */
  GArray *wanted;        /* of CosmicId, from WANTED_FROM on */
  guint wanted_from;
  GArray *large;         /* of CosmicId: wanted, and to go in pieces */
  GArray *none;          /* of CosmicId: wanted, and not there */
  GBytes *left_over;     /* an envelope that did not fit in the last message */
  GBytes *big;           /* goes in pieces */
  gsize big_sent;

  GArray *offers;        /* of CosmicItem, from OFFERS_FROM on */
  guint offers_from;
  gboolean again_wanted; /* the hub's: to be told */

  /* Erasing. */
  gboolean erasing;      /* the member's ticket is on its way, or the hub's not committed */
  GArray *erased;        /* of CosmicId: the ticket's */

  guint64 told;          /* rounds begun and offers made by the member, as it or the hub counts */
  gboolean even;         /* said, or heard, and nothing was told to the hub since */
  gboolean level;
};

/* cosmic-hub-session.c */
void     cosmic_hub_session_end    (CosmicHubSession *self, CosmicHubEnd reason, gboolean by_peer);
/* Ends it; FALSE. */
gboolean cosmic_hub_session_fail   (CosmicHubSession *self, CosmicHubEnd reason);
void     cosmic_hub_session_settle (CosmicHubSession *self);
void     cosmic_hub_session_judge  (CosmicHubSession *self);

/* cosmic-hub-session-hear.c: the content of a message of TYPE. */
gboolean cosmic_hub_session_hear (CosmicHubSession *self, guint8 type, CosmicSessionFrame *reader);

/* cosmic-hub-session-give.c: the next message; NULL when there is none. */
GBytes  *cosmic_hub_session_make (CosmicHubSession *self);
GByteArray *cosmic_hub_session_frame (guint8 type);

G_END_DECLS
