/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-reconcile.h"
#include "cosmic-session-frame.h"
#include "cosmic-session-jobs.h"
#include "cosmic-session.h"

G_BEGIN_DECLS

enum
{
  MESSAGE_HELLO = 1,
  MESSAGE_HEIGHT = 2,
  MESSAGE_RECORDS = 3,
  MESSAGE_NO_MORE = 4,
  MESSAGE_WANT = 5,
  MESSAGE_NONE = 6,
  MESSAGE_ITEMS = 7,
  MESSAGE_PIECE = 8,
  MESSAGE_COMPARE = 9,
  MESSAGE_COMPARED = 10,
  MESSAGE_HAVE = 11,
  MESSAGE_SHARES = 12,
  MESSAGE_FORK = 13,
  MESSAGE_AGAIN = 14,
  MESSAGE_WAITING = 15,
  MESSAGE_BYE = 16,
  MESSAGE_OFFER = 17,
};

enum
{
  WANT_AS_ASKED = 0,
  WANT_BY_URGENCY = 1,
  WANT_SHARES = 2,
  WANT_WITNESS = 3,
};

enum
{
  SET_OPEN = 0,
  SET_SHARES = 1,
  N_SETS = 2,
};

/* Besides the parts of an operation: it is a share, or what a witness says. */
#define PART_SHARE   8
#define PART_WITNESS 16

/* Something that is lacking here. HEIGHT is of the record that covers it; 0: none. */
typedef struct
{
  CosmicId id;
  guint parts;
  guint64 height;
  gboolean second; /* another session was asking for it; now this one does too */
} CosmicSessionNeed;

/* A record that came, and what it waits for. */
typedef struct
{
  CosmicSessionRecord record;
  gboolean read; /* what it covers was read, and is counted in LEFT */
  guint left;
} CosmicSessionPending;

struct _CosmicSession
{
  CosmicSessionNode node;
  CosmicSessionSetting setting;
  const CosmicSessionEvents *events;
  gpointer data;
  CosmicSessionEnd end;
  gboolean end_told, bye_sent;

  /* What the peer said. */
  gboolean greeted;
  guint64 peer_height;
  CosmicId peer_checkpoint;
  gboolean peer_waiting;
  guint64 told; /* this side's height, as the peer knows it */

  /* What goes out: whole messages first, then what is made when asked for. */
  GQueue control;        /* of GBytes */
  GArray *have;          /* of CosmicId: committed, not told yet */
  GArray *none;          /* of CosmicId: asked for and not there */
  CosmicSessionJobs *jobs;
  guint64 wanted;        /* how many wants came, for their order */
  GBytes *left_over;     /* an item that did not fit in the last message */
  GBytes *big;           /* an item that goes in pieces */
  gsize big_sent;
  guint64 records_next;  /* the record to give next; 0: none is asked for */
  gsize records_left;    /* bytes that may still be given */
  gboolean records_big;  /* the one before is on its way in pieces */

  /* What is asked for. */
  GArray *needs;         /* of CosmicSessionNeed, from NEEDS_FROM on */
  guint needs_from;
  GArray *deferred;      /* of CosmicSessionNeed: other sessions ask for them */
  guint open_needs;      /* of both, those that no record names */
  GHashTable *asked;     /* a set of CosmicSessionNeed: on their way */
  guint64 records_asked; /* from which height; 0: no answer is due */
  guint64 records_due;   /* the height that comes next */
  gsize records_size;    /* of those that came since */
  GQueue pending;        /* of CosmicSessionPending, ascending */
  GByteArray *piece;     /* of what comes in pieces, as far as it came */
  guint64 piece_size;
  guint64 done, total;
  guint64 told_done, told_total; /* the progress that was told last */

  /* What came. */
  GArray *taken;         /* of CosmicId: operations not committed yet */
  guint steps;
  GHashTable *from_peer; /* of CosmicId: not to be sent back */
  GHashTable *unread;    /* of CosmicId: cannot be read yet */
  guint shares_taken;
  gboolean shares_listed; /* the peer has named all shares for this device */
  gboolean shares_ready;  /* and they are here */
  gboolean stalled;       /* nothing of the pending records can be read on */
  gboolean said_waiting;

  /* Rounds. */
  gboolean round_wanted[N_SETS];
  gboolean snapshot_taken;
  gboolean comparing;      /* a round is on */
  guint round_set;
  gboolean round_whole;    /* nothing was left out of it */
  gboolean said_compared, heard_compared;
  guint rounds;
  CosmicItemMemory *memory;
  CosmicItemSet *snapshot;
  CosmicReconcile *reconcile;
  GBytes *held_reply;      /* to the peer's frame */
  gboolean reconciled;     /* the first round of what is not covered is over */
  gboolean asked_parts;
  GHashTable *parts_asked; /* of CosmicId: asked for once, be it that the peer has them or not */
  gboolean caught_up;

  /* What witnesses say, at the height that both are at. */
  gboolean offer_wanted;
  GHashTable *offered; /* a set of CosmicId: the peer knows of them */

  gboolean fork_seen;      /* told, or told of; the other's record is to come */
  guint64 fork_height;
  gboolean fork_proved;
  gboolean fork_given;     /* this side's record is queued */
};

/* cosmic-session.c */
void     cosmic_session_end   (CosmicSession *self, CosmicSessionEnd reason, gboolean by_peer);
/* Ends it; FALSE. */
gboolean cosmic_session_fail  (CosmicSession *self, CosmicSessionEnd reason);
void     cosmic_session_say   (CosmicSession *self, GByteArray *frame); /* takes FRAME */
GByteArray *cosmic_session_frame (guint8 type);
/* Does whatever can be done next. */
void     cosmic_session_go_on (CosmicSession *self);
void     cosmic_session_told_height (CosmicSession *self);

/* cosmic-session-hear.c: the content of a message of TYPE. */
gboolean cosmic_session_hear (CosmicSession *self, guint8 type, CosmicSessionFrame *reader);

/* cosmic-session-ask.c: what is lacking here, and how it is asked for. */
void     cosmic_session_need   (CosmicSession *self, const CosmicId *id, guint parts,
                                guint64 height);
/* The next want that fits in the window; NULL when there is none. */
GBytes  *cosmic_session_make_want (CosmicSession *self);
/* ID came (or is not to be had); TRUE when it was asked for. *HEIGHT as of the need. */
gboolean cosmic_session_answered (CosmicSession *self, const CosmicId *id, guint64 *height);
void     cosmic_session_count_off (CosmicSession *self, guint64 height);
guint    cosmic_session_n_needs (const CosmicSession *self);
void     cosmic_session_forget_covered (CosmicSession *self);
void     cosmic_session_drop_needs (CosmicSession *self);
/* Whether nothing is asked for, nor to be. */
gboolean cosmic_session_needs_nothing (const CosmicSession *self);

/* cosmic-session-climb.c: the way up to the peer's height. */
gboolean cosmic_session_take_record (CosmicSession *self, CosmicSessionRecord *record);
gboolean cosmic_session_climb       (CosmicSession *self);
void     cosmic_session_drop_pending (CosmicSession *self);
void     cosmic_session_look_again  (CosmicSession *self);
gboolean cosmic_session_check_chain (CosmicSession *self);
gboolean cosmic_session_take_fork   (CosmicSession *self, guint64 height);

/* cosmic-session-round.c: what is not covered. */
void     cosmic_session_round   (CosmicSession *self, gboolean level);
gboolean cosmic_session_compare (CosmicSession *self, CosmicSessionFrame *reader);
gboolean cosmic_session_compared (CosmicSession *self, guint set, gboolean all);
void     cosmic_session_drop_round (CosmicSession *self);
void     cosmic_session_push    (CosmicSession *self, const CosmicId *id, gboolean share);
/* More differs than can be kept in mind: it is found again in another round. */
void     cosmic_session_again   (CosmicSession *self);

/* cosmic-session-witness.c: what witnesses say. */
void     cosmic_session_new_height   (CosmicSession *self);
void     cosmic_session_offer        (CosmicSession *self);
gboolean cosmic_session_take_offer   (CosmicSession *self, guint64 height, const GArray *ids);
gboolean cosmic_session_take_witness (CosmicSession *self, CosmicSessionFrame *reader);
GBytes  *cosmic_session_witness_item (CosmicSession *self, const CosmicId *id);

/* cosmic-session-take.c: items that come in. */
gboolean cosmic_session_take_items (CosmicSession *self, CosmicSessionFrame *reader);
gboolean cosmic_session_take_piece (CosmicSession *self, CosmicSessionFrame *reader);
gboolean cosmic_session_settle     (CosmicSession *self);

/* cosmic-session-give.c: items that go out. */
GBytes  *cosmic_session_make_items (CosmicSession *self);

G_END_DECLS
