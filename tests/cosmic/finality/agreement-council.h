/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-agreement.h"
#include "fixture-random.h"

G_BEGIN_DECLS

/* Witnesses in one process, on a simulated clock, network and disk (design 4.12). For a while
 * messages are lost, doubled, late and out of order, the network falls apart and heals, and
 * computers fall over between any two things that they do, a write to the disk among them; then all
 * of that ends, and what is faulty goes on. One seed gives one run, byte for byte. */

/* What a known-bad machine does wrong. */
typedef enum
{
  COUNCIL_SOUND,
  COUNCIL_FORGETS,  /* starts again without its promise */
  COUNCIL_UNLOCKS,  /* starts again without the lock in it */
  COUNCIL_IMPATIENT /* takes a promise for written that is not on the disk yet */
} CouncilFlaw;

typedef struct
{
  guint64 seed;
  guint n;
  guint f;
  guint byzantine; /* how many are: scripted, silent, or two machines with one key */
  guint64 heights; /* to be decided by every honest witness */
  gint64 unrest;   /* ms until everything heals */
  gboolean edge;   /* the weather in which promises are needed most */
  CouncilFlaw flaw;
  /* Falls over exactly once, before the CRASH_AT-th thing that witness 0 does (from 1 on), instead
   * of at random. */
  guint crash_at;
} CouncilPlan;

typedef struct
{
  gboolean split;    /* two checkpoints of one height had, or could have had, a quorum */
  gboolean unsound;  /* something invalid had */
  gboolean finished; /* every honest witness is past the last height */
  guint most_kept;   /* messages, the most that one machine kept */
  guint32 most_rounds;
  guint crashes;
  guint evidence;
  guint clashes;
  guint done; /* things that witness 0 did */
  guint64 events;
  gint64 took; /* ms on the simulated clock */
  CosmicId trace;
} CouncilOutcome;

void council_run (const CouncilPlan *plan, CouncilOutcome *outcome);

G_END_DECLS
