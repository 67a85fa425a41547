/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agreement-council.h"
#include "cosmic-hash.h"

G_BEGIN_DECLS

#define WITNESSES_MAX 7
#define MEMBERS_MAX 16 /* machines: a witness that is two has two */
#define START       G_GINT64_CONSTANT (1700000000000)
#define LIMIT       (1200 * 1000) /* ms after which nothing more is expected */

typedef enum
{
  EVENT_DELIVER,
  EVENT_TIMEOUT,
  EVENT_PROPOSE,
  EVENT_JUDGED,
  EVENT_DISK,
  EVENT_WORK,
  EVENT_START,
  EVENT_MEET,  /* two exchange what they have */
  EVENT_SHIFT, /* the network falls apart otherwise, or heals */
  EVENT_EVIL,
} EventKind;

typedef struct
{
  gint64 time;
  guint64 number;
  EventKind kind;
  guint to;
  guint life; /* of the machine that it is for: one that has fallen over gets nothing */
  guint64 height;
  guint32 round;
  CosmicStep step;
  guint64 ticket;
  CosmicId id;
  CosmicId list;
  CosmicVerdict verdict;
  GBytes *bytes;
} Event;

/* A machine, and its computer. */
typedef struct
{
  guint witness;
  guint reaches;   /* bits of those whom what it sends gets to */
  guint audience;  /* bits of those whom it speaks to */
  gboolean honest;
  gboolean up;
  guint life;
  gint64 skew;
  CosmicAgreement *machine;
  GBytes *disk;
  guint64 height; /* that it is at */
  GPtrArray *certificates; /* of CosmicCertificate, from height 1 on */
} Member;

/* How bad the unrest is: another mixture with each seed, as no single one finds everything. */
typedef struct
{
  guint lost;    /* messages, per mille */
  guint doubled;
  guint late;
  guint late_by; /* ms, at most */
  guint disk;    /* ms that a write takes, at most; a computer that fell over is up later */
  guint falls;   /* per mille, before each thing that is done */
  guint apart;   /* per mille: each way from one to another, when the network changes */
  guint change;  /* ms between two, about */
  guint meet;    /* the same of two computers that exchange certificates */
  guint tells;   /* per mille: messages as well */
  gboolean edge; /* no more than a quorum is ever connected, and always another one */
} Weather;

typedef struct
{
  const CouncilPlan *plan;
  Weather weather;
  CouncilOutcome *outcome;
  FixtureRandom random;
  CosmicHash trace;
  gint64 now;
  GPtrArray *heap;
  guint64 number;
  CosmicId party;
  GArray *witnesses;
  CosmicSecret *keys[WITNESSES_MAX];
  Member members[MEMBERS_MAX];
  guint n_members;
  guint n_faulty;
  gboolean faulty[WITNESSES_MAX];
  GHashTable *checkpoints; /* CosmicId -> GBytes: everything that was ever proposed */
  GPtrArray *proposed;     /* the same, in order */
  GHashTable *precommits;  /* (height, round, id) -> bits of honest witnesses */
  GHashTable *certified;   /* height -> CosmicId */
} Council;

/* Draws from the seed: a number below BOUND, or whether what happens so often happens. */
guint council_below (Council *self, guint bound);
gboolean council_chance (Council *self, guint per_mille);
/* Whether it has not healed yet. */
gboolean council_is_unrest (const Council *self);

/* Events in the order of time. One that is pushed is for TO as it lives now. */
Event *council_push (Council *self, gint64 delay, EventKind kind, guint to);
Event *council_pop (Council *self);
void council_event_free (Event *event);
void council_trace_event (Council *self, const Event *event);

/* Whether two reach each other, both ways; and a message to all of AUDIENCE (bits of members) that
 * may be lost, doubled or late. */
gboolean council_can_meet (const Council *self, guint a, guint b);
void council_broadcast (Council *self, guint from, guint audience, GBytes *message);

/* What must never happen, held against every precommit of an honest witness. */
guint council_stand_hash (gconstpointer key);
gboolean council_stand_equal (gconstpointer a, gconstpointer b);
guint council_bits (guint set);
void council_watch_precommit (Council *self, const CosmicWitnessMessage *message, guint witness);

/* A witness at work: council_work() does what its machine asks for. */
gint64 council_clock_of (const Council *self, const Member *member);
GBytes *council_make_checkpoint (Council *self, guint64 height, const CosmicId *previous,
                                 gint64 time, gboolean valid);
CosmicId council_list_of (GBytes *bytes);
void council_last_checkpoint (Council *self, const Member *member, CosmicId *id, gint64 *time);
void council_tell_live (Council *self, guint index);
void council_begin (Council *self, guint index);
void council_start (Council *self, guint index);
void council_take_certificate (Council *self, guint index, const CosmicCertificate *certificate);
void council_work (Council *self, guint index);
/* Two exchange what they have. */
void council_meet (Council *self);
/* A scripted witness does something. */
void council_do_evil (Council *self, guint index);

G_END_DECLS
