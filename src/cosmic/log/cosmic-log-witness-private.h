/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-log-private.h"
#include "cosmic-log-witness.h"

G_BEGIN_DECLS

/* A message that may be handed on. */
typedef struct
{
  CosmicId id; /* of the envelope */
  GBytes *envelope;
  CosmicWitnessMessage *message;
} CosmicLogWitnessKept;

/* A batch list that is proposed. */
typedef struct
{
  CosmicId id;
  GBytes *bytes;
  gboolean own; /* kept whether or not a message names it yet */
} CosmicLogWitnessList;

struct _CosmicLogWitness
{
  CosmicLog *log;
  CosmicSecret *key; /* NULL: it signs nothing */
  const CosmicLogWitnessHooks *hooks;
  gpointer data;

  CosmicAgreement *agreement; /* NULL: it sleeps */
  guint64 height;             /* that is to be decided; 0: to be found out */
  GHashTable *kept;           /* CosmicId -> CosmicLogWitnessKept */
  GHashTable *lists;          /* CosmicId -> CosmicLogWitnessList */
  GHashTable *overdue;        /* a set of CosmicId */
  GPtrArray *judging;         /* of CosmicAgreementEffect: proposals to be judged */
  CosmicAgreementEffect *decided; /* what waits for the entries that it covers */
  gboolean wanted, live;

  guint64 ticket;         /* of a promise that waits for its commit; 0: none */
  guint64 ticket_commits; /* commits of the log when it was put down */
  guint64 rollbacks;      /* of the log, that are known of */
  gboolean stale;         /* KEPT is to be read anew */
  gboolean dirty;         /* what is kept has changed since it was written */
  gboolean news;
};

/* cosmic-log-witness-kept.c: what is said at this height, and where it is written down. */
void     cosmic_log_witness_clear_height (CosmicLogWitness *self);
void     cosmic_log_witness_refresh  (CosmicLogWitness *self);
void     cosmic_log_witness_add_list (CosmicLogWitness *self, GBytes *list, gboolean own,
                                      CosmicId *id);
GBytes  *cosmic_log_witness_get_list (CosmicLogWitness *self, const CosmicId *id);
gboolean cosmic_log_witness_store    (CosmicLogWitness *self, GError **error);
/* Reads what was written about this height, before it begins: the lists and overdue entries, and
 * into MESSAGES (of GBytes) what was said. *FOUND: there was something. */
gboolean cosmic_log_witness_recall   (CosmicLogWitness *self, gboolean *found, GPtrArray *messages,
                                      GError **error);

G_END_DECLS
