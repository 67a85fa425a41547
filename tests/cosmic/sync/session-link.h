/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log-node.h"
#include "society.h"

G_BEGIN_DECLS

/* A node over a log, and links between two such: an exchange session on each side, and what is on
 * the wire between them. */
typedef struct
{
  FixtureLog *log;
  CosmicLogNode *node;
  FixtureDevice *device;
} SessionNode;

SessionNode *session_node_new  (FixtureLog *log, FixtureDevice *device);
/* The log stays. */
void         session_node_free (SessionNode *self);

typedef struct
{
  SessionNode *node;
  CosmicSession *session;
  GQueue wire;           /* of GBytes: on the way to this side */
  GHashTable *delivered; /* of CosmicId: the peer has them */
  GHashTable *wanted;    /* of CosmicId: asked for by this side, ever */
  guint caught_up;       /* how often it was told so */
  guint64 done, total;   /* as told last */
  guint64 forked;        /* the height of a fork */
  gboolean ours, theirs; /* both records were told of it */
  CosmicSessionEnd ended;
  gboolean by_peer;
  gsize most_held;
  guint64 bytes, messages; /* that came to this side */
} SessionSide;

typedef struct
{
  SessionSide sides[2]; /* the first called */
  guint repeats;        /* wants that had been asked before */
} SessionLink;

SessionLink *session_link_new  (SessionNode *caller, SessionNode *other);
/* What is on the wire is lost. */
void         session_link_free (SessionLink *self);

/* Puts on the wire to the other what SIDE has to send, at most LIMIT messages; TRUE if any. */
gboolean session_link_send    (SessionLink *self, guint side, guint limit);
/* Hands SIDE the oldest message on its wire; FALSE when there is none. */
gboolean session_link_receive (SessionLink *self, guint side);
/* Both ways until nothing moves any more. */
void     session_link_run     (SessionLink *self);
/* One random step; FALSE when nothing can move. */
gboolean session_link_step    (SessionLink *self, FixtureRandom *random);
gboolean session_link_is_level (const SessionLink *self);

/* Runs a session from beginning to end. */
void session_exchange (SessionNode *caller, SessionNode *other);

G_END_DECLS
