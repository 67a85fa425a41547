/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Many computers of one party in one thread: the real log, exchange and rules, on a clock, random
 * numbers, disks and channels that one seed drives. While faults last, members vote; then they
 * stop, everyone meets, the vote is closed, and what must hold is looked at.
 *
 * A channel is a stream. Loss and a partition are therefore channels that are cut, with all that is
 * on its way; duplicates are messages that a hostile peer says once more. The same seed gives the
 * same trace on every machine that has the same SQLite, whose writes count for DISK. */
typedef enum
{
  DPOP_SIMULATION_CUT = 1 << 0,       /* channels end in the middle of anything */
  DPOP_SIMULATION_PARTITION = 1 << 1, /* two halves that do not reach each other for a time */
  DPOP_SIMULATION_DISK = 1 << 2,      /* the power goes, and writes are torn or lost */
  DPOP_SIMULATION_SKEW = 1 << 3,      /* clocks that are off by years; the record keeper's is not */
  DPOP_SIMULATION_FORK = 1 << 4,      /* a copied disk: one member's key writes in two places */
  DPOP_SIMULATION_REPLAY = 1 << 5,    /* peers that say things twice */
  DPOP_SIMULATION_GARBAGE = 1 << 6,   /* peers that send random bytes */
  DPOP_SIMULATION_ALL = (1 << 7) - 1,
} DpopSimulationFault;

#define DPOP_SIMULATION_NODES_MIN 5
#define DPOP_SIMULATION_NODES_MAX 200

typedef struct
{
  guint nodes;
  guint operations; /* that are tried */
  guint64 seed;
  guint faults;     /* of DpopSimulationFault */
  /* Every thing that happens, as a line; may be NULL. */
  void (*trace) (const char *line, gpointer data);
  gpointer data;
} DpopSimulation;

typedef struct
{
  char hash[65];         /* of the trace, in hexadecimal digits */
  guint64 height;
  guint acknowledged;    /* operations that were said to be on a disk */
  guint refused;         /* that the rules refused */
  guint crashes, cuts;
  guint64 messages, bytes;
  gsize held;            /* the most that one session held because of its peer */
  guint entitled, yes, no, abstain;
  GPtrArray *failures;   /* of char *: what does not hold; empty: all does */
} DpopSimulationReport;

/* 0 when NAME is none: "cut", "partition", "disk", "skew", "fork", "replay", "garbage", "all". */
guint dpop_simulation_fault (const char *name);

void dpop_simulation_run          (const DpopSimulation *self, DpopSimulationReport *report);
void dpop_simulation_report_clear (DpopSimulationReport *self);

G_END_DECLS
