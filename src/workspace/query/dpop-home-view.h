/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-names.h"

G_BEGIN_DECLS

/* No more open decisions, accepted ones and proposals are looked at: those that close next, and the
 * newest. */
#define DPOP_HOME_DECISIONS_MAX 100

/* What waits for this computer's member, the most urgent first: kinds in this order, open votes by
 * when they close, others the newest first. */
typedef enum
{
  DPOP_HOME_VOTE,     /* a vote is open, they are entitled, and have not voted; TIME: when it
                       * closes */
  DPOP_HOME_DELIVER,  /* N entries of theirs are not known to have reached a record keeper, of which
                       * MORE are on no transfer file either */
  DPOP_HOME_COUNT,    /* the time to vote is over: confirming closes it and counts; this computer
                       * confirms. TIME: since when */
  DPOP_HOME_CLOSE,    /* they may close it by hand, and TIME to do so has been since then */
  DPOP_HOME_ENACT,    /* accepted, and to be carried out; TIME: since when */
  DPOP_HOME_OPEN,     /* a proposal that they may open; TIME: when it was made */
  DPOP_HOME_LOCK_OUT, /* N people can still read what is written, though they should not any more */
  DPOP_HOME_CONFIRM,  /* N entries wait for the confirmation of this computer */
  DPOP_HOME_FOUNDING, /* N things that were put off at the founding (dpop-founding-steps.h) */
} DpopHomeKind;

typedef struct
{
  DpopHomeKind kind;
  CosmicId decision; /* zero where it is about none; so the others */
  char *title;       /* of the decision; NULL */
  CosmicId scope;
  gint64 time;       /* ms; 0: none */
  guint64 entitled;
  guint64 votes;
  guint n;
  guint more;
} DpopHomeItem;

/* What others did since the person was last here: one entry, or several that are alike. */
typedef struct
{
  guint16 kind;
  guint n;            /* how many */
  CosmicId operation; /* the newest of them */
  gint64 number;      /* its row's in the history */
  CosmicId stream;    /* zero: it is about members and rules */
  CosmicId decision;  /* that it is about, or zero */
  CosmicId subject;   /* the member whom it is about, if N is 1; or zero */
  gint64 time;        /* ms: when the newest came to this computer */
  char *sentence;     /* "38 people were taken in." */
} DpopHomeNews;

typedef struct
{
  GPtrArray *items; /* of DpopHomeItem */
  GPtrArray *news;  /* of DpopHomeNews, the newest first */
  gboolean more;    /* more happened than NEWS tells: see the history */
  gint64 seen;      /* the newest entry that was there when the person was last here; 0: never */
  gint64 newest;    /* the newest entry there is: for dpop_home_view_note_seen() */
} DpopHomeView;

/* NEWS is how many of them at most. DPOP_PROFILE_ERROR_NOT_A_MEMBER before this computer belongs to
 * a member. */
DpopHomeView *dpop_home_view_new  (DpopProfile *profile, guint news, GError **error);
void          dpop_home_view_free (DpopHomeView *self);

/* The person has looked: what came up to NEWEST is no news any more. */
gboolean      dpop_home_view_note_seen (DpopProfile *profile, gint64 newest, GError **error);

/* For programs: "vote", "deliver", "count", "close", "enact", "open", "lock-out", "confirm",
 * "founding". */
const char   *dpop_home_kind_name (DpopHomeKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopHomeView, dpop_home_view_free)

G_END_DECLS
