/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-session-jobs.h"

struct _CosmicSessionJobs
{
  GArray *heap; /* of CosmicJob: each before the two below it */
  guint64 next;
  guint counts[2];
};

CosmicSessionJobs *
cosmic_session_jobs_new (void)
{
  CosmicSessionJobs *self = g_new0 (CosmicSessionJobs, 1);

  self->heap = g_array_new (FALSE, FALSE, sizeof (CosmicJob));
  return self;
}

void
cosmic_session_jobs_free (CosmicSessionJobs *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->heap);
  g_free (self);
}

static CosmicJob *
job_at (const CosmicSessionJobs *self, guint place)
{
  return &g_array_index (self->heap, CosmicJob, place);
}

static gboolean
is_before (const CosmicJob *a, const CosmicJob *b)
{
  if (a->class != b->class)
    return a->class < b->class;
  return a->order != b->order ? a->order < b->order : a->number < b->number;
}

static void
swap (CosmicSessionJobs *self, guint a, guint b)
{
  CosmicJob kept = *job_at (self, a);

  *job_at (self, a) = *job_at (self, b);
  *job_at (self, b) = kept;
}

void
cosmic_session_jobs_add (CosmicSessionJobs *self, const CosmicJob *job)
{
  guint place = self->heap->len;

  g_array_append_vals (self->heap, job, 1);
  job_at (self, place)->number = self->next++;
  self->counts[job->asked != FALSE]++;
  while (place > 0 && is_before (job_at (self, place), job_at (self, (place - 1) / 2)))
    {
      swap (self, place, (place - 1) / 2);
      place = (place - 1) / 2;
    }
}

const CosmicJob *
cosmic_session_jobs_top (const CosmicSessionJobs *self)
{
  return self->heap->len > 0 ? job_at (self, 0) : NULL;
}

static void
sink (CosmicSessionJobs *self)
{
  for (guint place = 0;;)
    {
      guint first = place;

      for (guint below = 2 * place + 1; below <= 2 * place + 2; below++)
        if (below < self->heap->len && is_before (job_at (self, below), job_at (self, first)))
          first = below;
      if (first == place)
        return;
      swap (self, place, first);
      place = first;
    }
}

void
cosmic_session_jobs_pop (CosmicSessionJobs *self, CosmicJob *job)
{
  *job = *job_at (self, 0);
  self->counts[job->asked != FALSE]--;
  *job_at (self, 0) = *job_at (self, self->heap->len - 1);
  g_array_set_size (self->heap, self->heap->len - 1);
  sink (self);
}

guint
cosmic_session_jobs_count (const CosmicSessionJobs *self, gboolean asked)
{
  return self->counts[asked != FALSE];
}

gsize
cosmic_session_jobs_size (const CosmicSessionJobs *self)
{
  return self->heap->len * sizeof (CosmicJob);
}
