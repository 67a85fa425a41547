/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-hub-node.h"
#include "dpop-random.h"

G_BEGIN_DECLS

/* One exchange session between a hub and a member's computer (design 4.7, 4.10), over a channel
 * that has told them whom they have before them. Bytes in, bytes out: no clock, no thread, no
 * randomness of its own.
 *
 * What goes over it is envelopes and their labels, nothing else: no party, member, device, kind,
 * height or time that does not stand on an envelope. Both compare which envelopes they have; each
 * asks for what it lacks; from then on each offers what is new there. The hub's answer that
 * something is stored is given once it is on its disk.
 *
 * What a hub can tell, and what not: it knows how many envelopes of which type and size one account
 * has, when they came, and which of them are under one key, in one stream under that key, or of one
 * height. It cannot tell what is in them, whose they are, or that two keys or two tags belong
 * together, but that they came to one account. Two hubs that compare notes find the envelopes that
 * lie on both, for an envelope is the same bytes everywhere; what lies on one only, under another
 * key, they cannot link to it, for nothing in a label is the same under two keys but type and order
 * key.
 *
 * The caller feeds every whole message to cosmic_hub_session_receive(), calls
 * cosmic_hub_session_idle() when none is waiting, and takes from cosmic_hub_session_next() as much
 * as the channel takes.
 *
 * Messages [format], each at most COSMIC_HUB_MESSAGE_MAX bytes; numbers are LEB128 in the fewest
 * bytes; "ids" is a number from 1 to COSMIC_HUB_LIST_MAX and as many ids:
 *
 *    1 hello    version 1, role (0: hub, 1: member). The first of each side, and only that.
 *    2 room     envelopes, bytes, most envelopes, most bytes, 1 when it is full or 0. The hub's:
 *               right behind its hello, and when that has changed
 *    3 compare  1 for the first of a round or 0, frame of CosmicReconcile; the member begins
 *    4 want     ids, no two alike; each is answered, in any order
 *    5 none     ids: asked for, and not there
 *    6 items    envelope ..., each preceded by its size
 *    7 piece    size of the envelope, place of this piece, bytes; pieces follow each other in order
 *    8 offer    number, that often order and id: new since the round began
 *    9 stored   ids: on the hub's disk. The hub's
 *   10 refused  ids: deleted for good, not taken again. The hub's
 *   11 erase    ids, strictly ascending, signature of the ticket (64). The member's; the next one
 *               waits for the answer
 *   12 gone     ids of the ticket: not on the hub's disk any more. The hub's
 *   13 even     number: of rounds begun and offers made by the member, all that the first so many
 *               told of is stored, or there is no room for it. The hub's
 *   14 again    asks for another round. The hub's
 *   15 bye      reason; the last */
#define COSMIC_HUB_VERSION     1
#define COSMIC_HUB_MESSAGE_MAX 65536
#define COSMIC_HUB_SMALL       16384             /* what is larger goes in pieces */
#define COSMIC_HUB_ENVELOPE_MAX (2 * 1024 * 1024) /* what is larger is not carried */
#define COSMIC_HUB_LIST_MAX    1024
#define COSMIC_HUB_WINDOW      2048 /* wants that are not answered yet */
#define COSMIC_HUB_OFFERS_MAX  8192 /* that wait to be told; more are found in another round */
#define COSMIC_HUB_STEP        1024 /* envelopes in one transaction */

typedef enum
{
  COSMIC_HUB_OPEN,
  COSMIC_HUB_CLOSED,  /* by this side's own wish */
  COSMIC_HUB_BROKEN,  /* the peer broke the protocol */
  COSMIC_HUB_UNKNOWN, /* a message of a type that is not known here */
  COSMIC_HUB_NEWER,   /* the peer speaks another version only */
  COSMIC_HUB_FLOOD,   /* more than what may be outstanding */
  COSMIC_HUB_INVALID, /* an envelope, or a ticket, that no honest peer sends */
  COSMIC_HUB_FAILED,  /* this side's store failed */
  COSMIC_HUB_OUT,     /* the member's token was withdrawn */
  COSMIC_HUB_N_ENDS,
} CosmicHubEnd;

/* What the session tells. Any may be NULL; none may call the session back. Arrays are of CosmicId,
 * borrowed. */
typedef struct
{
  void (*room)    (gpointer data, const CosmicHubRoom *room);
  void (*stored)  (gpointer data, const GArray *ids);
  void (*refused) (gpointer data, const GArray *ids);
  void (*gone)    (gpointer data, const GArray *ids);
  /* TRUE: both have the same, as far as is known; FALSE: no more. */
  void (*level)   (gpointer data, gboolean level);
  /* Once. BY_PEER: REASON is what the peer said. */
  void (*ended)   (gpointer data, CosmicHubEnd reason, gboolean by_peer);
} CosmicHubEvents;

typedef struct _CosmicHubSession CosmicHubSession;

/* EVENTS is borrowed and outlives the session, as RANDOM does. */
CosmicHubSession *cosmic_hub_session_new  (CosmicHubNode node, gboolean is_hub, DpopRandom random,
                                           const CosmicHubEvents *events, gpointer data);
void              cosmic_hub_session_free (CosmicHubSession *self);

/* Whether it still goes on. A message that breaks the protocol ends it. */
gboolean cosmic_hub_session_receive (CosmicHubSession *self, GBytes *message);
/* The next message to send, to unref; NULL when there is none for now, or ever (after the last one,
 * if it ended). */
GBytes  *cosmic_hub_session_next    (CosmicHubSession *self);
/* Nothing is waiting to be received: commits what came. */
gboolean cosmic_hub_session_idle    (CosmicHubSession *self);

/* ITEM is new here, on the disk, and did not come from this peer. */
void     cosmic_hub_session_offer   (CosmicHubSession *self, const CosmicItem *item);
/* Compares once more. */
void     cosmic_hub_session_again   (CosmicHubSession *self);
/* The member's: sends a ticket, of at most COSMIC_HUB_LIST_MAX ids, ascending. FALSE while one is
 * on its way, or it is over. */
gboolean cosmic_hub_session_erase   (CosmicHubSession *self, const GArray *ids,
                                     const guint8 signature[COSMIC_HUB_SIGNATURE_SIZE]);
/* Ends it politely; OUT is the hub's. */
void     cosmic_hub_session_close   (CosmicHubSession *self, gboolean out);

CosmicHubEnd cosmic_hub_session_state (const CosmicHubSession *self);
gboolean cosmic_hub_session_is_level  (const CosmicHubSession *self);
/* Bytes that it holds because of the peer, besides those of a reconciliation
 * (cosmic-reconcile.h). Bounded, whatever the peer does. */
gsize    cosmic_hub_session_held      (const CosmicHubSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicHubSession, cosmic_hub_session_free)

G_END_DECLS
