/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-ballot-paper.h"

static GStrv
copy_or_empty (const char *const *texts, guint length)
{
  GStrv copy = g_new0 (char *, length + 1);

  for (guint i = 0; i < length; i++)
    copy[i] = g_strdup (texts != NULL ? texts[i] : "");
  return copy;
}

DpopBallotPaper *
dpop_ballot_paper_new (DpopBallotKind kind, const char *const *names,
                       const char *const *descriptions, guint min_choices, guint max_choices)
{
  DpopBallotPaper *self = g_new0 (DpopBallotPaper, 1);
  guint length = names != NULL ? g_strv_length ((GStrv) names) : 0;

  self->kind = kind;
  self->names = copy_or_empty (names, length);
  self->descriptions = copy_or_empty (descriptions, length);
  if (kind == DPOP_BALLOT_APPROVE)
    {
      self->min_choices = MAX (min_choices, 1);
      self->max_choices = max_choices > 0 ? MIN (max_choices, length) : length;
    }
  return self;
}

DpopBallotPaper *
dpop_ballot_paper_copy (const DpopBallotPaper *self)
{
  return dpop_ballot_paper_new (self->kind, (const char *const *) self->names,
                                (const char *const *) self->descriptions, self->min_choices,
                                self->max_choices);
}

void
dpop_ballot_paper_free (DpopBallotPaper *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->names);
  g_strfreev (self->descriptions);
  g_free (self);
}

gboolean
dpop_ballot_paper_equal (const DpopBallotPaper *a, const DpopBallotPaper *b)
{
  return a->kind == b->kind && a->min_choices == b->min_choices && a->max_choices == b->max_choices
         && g_strv_equal ((const char *const *) a->names, (const char *const *) b->names)
         && g_strv_equal ((const char *const *) a->descriptions,
                          (const char *const *) b->descriptions);
}

guint
dpop_ballot_paper_n (const DpopBallotPaper *self)
{
  return g_strv_length (self->names);
}
