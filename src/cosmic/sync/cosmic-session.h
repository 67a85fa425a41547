/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-session-node.h"
#include "dpop-random.h"

G_BEGIN_DECLS

/* One exchange session between two members' nodes of one party, over a channel that has told them
 * who they are (design 4.10). Bytes in, bytes out: no clock, no thread, no randomness of its own.
 *
 * Both sides tell their height. Shares for one's device come first, so that what follows can be
 * read. The lower side fetches checkpoints with batch lists and certificates, then by exact id what
 * it lacks of what they cover. Then the one who called reconciles with the other the ids that are
 * not covered, and what each lacks is sent; then parts that are missing are asked for, and nodes
 * that keep all shares reconcile these. From then on whatever is new on one side goes to the other
 * at once.
 *
 * The caller feeds every whole message to cosmic_session_receive(), calls cosmic_session_idle()
 * when none is waiting, and takes from cosmic_session_next() as much as the channel takes: nothing
 * is made before it is asked for, so that what is urgent goes before all that is not on the wire
 * yet. A session holds ids, and at most one item larger than COSMIC_SESSION_SMALL each way. What
 * came is in the node: whoever meets again starts from there.
 *
 * Messages [format], each at most COSMIC_SESSION_MESSAGE_MAX bytes; numbers are LEB128 in the
 * fewest bytes, "ids" is a number and as many ids, strictly ascending but in a want:
 *
 *    1 hello     version 1, role (1: the one who called), height (number), checkpoint (id), seal
 *                key (id; zero: none). The first of each side, and only that.
 *    2 height    height, checkpoint: risen since
 *    3 records   height: asks for the records from there on
 *    4 no more   height: as many as are given at once went before; this one comes next
 *    5 want      order (0: as asked, 1: by urgency, 2: shares, 3: what witnesses say), number, that
 *                often id and, but for the last two, parts
 *    6 none      ids: asked for, and not there
 *    7 items     item ...
 *    8 piece     size of the item, place of this piece, bytes; pieces follow each other in order
 *    9 compare   set (0: what is not covered, 1: shares), 1 for the first of a round or 0, frame of
 *                CosmicReconcile; the one who called begins
 *   10 compared  set, 1: all that the other had at the round's beginning is here; 0: it is not, for
 *                some cannot be read yet, or no such set is kept here. Both say so; then the round
 *                is over
 *   11 have      ids of operations that were sent and are on the disk now
 *   12 shares    1 when more follow, ids of the shares for the seal key of the hello
 *   13 fork      height: here is another checkpoint than yours; its record follows
 *   14 again     asks for another round
 *   15 waiting   a key is missing here to go on to the other's height
 *   16 bye       reason; the last
 *   17 offer     height, ids: what witnesses say of the height after that one, by their messages'
 *                envelopes. Said while both are at that height
 *
 *   item = 1, operation (id), parts, then of each part its envelope
 *        | 2, height, envelope of the checkpoint, of the certificate
 *        | 3, envelope of a share
 *        | 4, envelope of a witness's message, 0 or (1, envelope of what it proposes);
 *                                      an envelope is preceded by its size */
#define COSMIC_SESSION_VERSION     1
#define COSMIC_SESSION_MESSAGE_MAX 65536
#define COSMIC_SESSION_SMALL       16384             /* what is larger goes in pieces */
#define COSMIC_SESSION_ITEM_MAX    (2 * 1024 * 1024) /* what is larger is no item */
#define COSMIC_SESSION_LIST_MAX    1024              /* ids in one message */
#define COSMIC_SESSION_WINDOW      4096              /* wants that are not answered yet */
#define COSMIC_SESSION_QUEUE_MAX   8192              /* ids to be sent unasked, or asked for */
#define COSMIC_SESSION_AHEAD       (512 * 1024)      /* bytes of records given at once */
#define COSMIC_SESSION_STEP        1024              /* items in one transaction */
#define COSMIC_SESSION_ROUNDS_MAX  4096
#define COSMIC_SESSION_SHARES_MAX  65536             /* taken in one session */

typedef enum
{
  COSMIC_SESSION_OPEN,
  COSMIC_SESSION_CLOSED,   /* by this side's own wish */
  COSMIC_SESSION_BROKEN,   /* the peer broke the protocol */
  COSMIC_SESSION_UNKNOWN,  /* a message of a type that is not known here */
  COSMIC_SESSION_NEWER,    /* the peer speaks another version only */
  COSMIC_SESSION_FLOOD,    /* more than what may be outstanding */
  COSMIC_SESSION_INVALID,  /* an item that no honest peer sends */
  COSMIC_SESSION_GAP,      /* the peer lacks what it says is certified */
  COSMIC_SESSION_FORK,     /* two certificates at one height */
  COSMIC_SESSION_DIVERGED, /* this computer comes to another result than was certified */
  COSMIC_SESSION_UPDATE,   /* the party moved to rules that this program does not know */
  COSMIC_SESSION_FAILED,   /* this computer's store failed */
  COSMIC_SESSION_N_ENDS,
} CosmicSessionEnd;

/* What the session tells. Any may be NULL; none may call the session back. */
typedef struct
{
  /* Of TOTAL items known to be lacking, DONE have come. */
  void (*progress)    (gpointer data, guint64 done, guint64 total);
  /* TRUE: both have the same, as far as is known; FALSE: no more. */
  void (*caught_up)   (gpointer data, gboolean caught_up);
  /* The peer has OPERATION on its disk. */
  void (*delivered)   (gpointer data, const CosmicId *operation);
  void (*peer_height) (gpointer data, guint64 height, const CosmicId *checkpoint);
  /* Two histories: both records, as far as they are here (THEIRS may be of the next height). */
  void (*forked)      (gpointer data, const CosmicSessionRecord *ours,
                       const CosmicSessionRecord *theirs);
  /* Once. BY_PEER: REASON is what the peer said. */
  void (*ended)       (gpointer data, CosmicSessionEnd reason, gboolean by_peer);
} CosmicSessionEvents;

typedef struct
{
  gboolean caller;  /* this side opened the channel */
  CosmicId seal;    /* this device's sealing key; zero: it takes no shares */
  DpopRandom random; /* so that the peer cannot tell where ranges are split; outlives the session */
} CosmicSessionSetting;

typedef struct _CosmicSession CosmicSession;

/* EVENTS is borrowed and outlives the session. */
CosmicSession *cosmic_session_new  (CosmicSessionNode node, const CosmicSessionSetting *setting,
                                    const CosmicSessionEvents *events, gpointer data);
void           cosmic_session_free (CosmicSession *self);

/* Whether it still goes on. A message that breaks the protocol ends it. */
gboolean cosmic_session_receive (CosmicSession *self, GBytes *message);
/* The next message to send, to unref; NULL when there is none for now, or ever (after the last
 * one, if it ended). */
GBytes  *cosmic_session_next    (CosmicSession *self);
/* Nothing is waiting to be received: commits what came, and says so to the peer. */
gboolean cosmic_session_idle    (CosmicSession *self);

/* What is new on this side, once it is on the disk. What came from this peer is not sent back. */
void cosmic_session_operation  (CosmicSession *self, const CosmicId *operation);
void cosmic_session_share      (CosmicSession *self, const CosmicId *share);
void cosmic_session_checkpoint (CosmicSession *self);
/* Parts are known to be lacking on this side that were not when it was asked first. */
void cosmic_session_incomplete (CosmicSession *self);
/* Witnesses said something new. */
void cosmic_session_witness    (CosmicSession *self);
/* A key came by another way: what could not be read is asked for again. */
void cosmic_session_key        (CosmicSession *self);
/* Ends it politely. */
void cosmic_session_close      (CosmicSession *self);

CosmicSessionEnd cosmic_session_state (const CosmicSession *self);
gboolean cosmic_session_is_caught_up  (const CosmicSession *self);
guint64  cosmic_session_peer_height   (const CosmicSession *self);
/* Bytes that it holds because of the peer: what is to be sent, what is to be asked, what came in
 * part. Bounded, whatever the peer does. */
gsize    cosmic_session_held          (const CosmicSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicSession, cosmic_session_free)

G_END_DECLS
