/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-session-node.h"

G_BEGIN_DECLS

typedef enum
{
  COSMIC_JOB_OPERATION = 1,
  COSMIC_JOB_RECORD = 2,
  COSMIC_JOB_SHARE = 3,
  COSMIC_JOB_WITNESS = 4,
} CosmicJobKind;

/* Something to send, by name only: its bytes are made when its turn comes. */
typedef struct
{
  CosmicJobKind kind;
  CosmicSessionClass class;
  guint64 order;    /* within the class, the lower first; then as they were added */
  guint64 number;
  guint64 height;   /* of a record */
  guint parts;      /* of an operation */
  gboolean asked;   /* the peer wants it, and an answer is due */
  CosmicId id;
} CosmicJob;

/* A heap of jobs, the most urgent on top. */
typedef struct _CosmicSessionJobs CosmicSessionJobs;

CosmicSessionJobs *cosmic_session_jobs_new  (void);
void               cosmic_session_jobs_free (CosmicSessionJobs *self);
void               cosmic_session_jobs_add  (CosmicSessionJobs *self, const CosmicJob *job);
/* Borrowed; NULL when there is none. */
const CosmicJob   *cosmic_session_jobs_top  (const CosmicSessionJobs *self);
void               cosmic_session_jobs_pop  (CosmicSessionJobs *self, CosmicJob *job);
/* How many there are that are ASKED for, or not. */
guint              cosmic_session_jobs_count (const CosmicSessionJobs *self, gboolean asked);
gsize              cosmic_session_jobs_size  (const CosmicSessionJobs *self);

G_END_DECLS
