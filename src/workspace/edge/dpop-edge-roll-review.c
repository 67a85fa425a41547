/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-roll-review.h"

#include "dpop-edge-roll-match-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DpopEdgeRollReview
{
  const DpopEdgeRoll *roll;
  const DpopEdgeRollMember *members;
  DpopEdgeRollReviewOptions options;
  DpopEdgeRollReviewRow *rows;
  GStringChunk *texts; /* names that were put together */
  GArray *missing;     /* guint */
  guint counts[DPOP_EDGE_ROLL_REVIEW_N];
};

static const char *const status_names[DPOP_EDGE_ROLL_REVIEW_N] = {
  [DPOP_EDGE_ROLL_REVIEW_NEW] = "new",         [DPOP_EDGE_ROLL_REVIEW_SAME] = "same",
  [DPOP_EDGE_ROLL_REVIEW_CHANGED] = "changed", [DPOP_EDGE_ROLL_REVIEW_POSSIBLE] = "possible",
  [DPOP_EDGE_ROLL_REVIEW_RED] = "red",
};

static void
add_change (const DpopEdgeRollReview *self, DpopEdgeRollReviewRow *row, DpopEdgeRollField field,
            guint extra, const char *old_text, const char *new_text)
{
  DpopEdgeRollChange change = { field, extra, old_text, new_text };

  if (strcmp (old_text, new_text) == 0 || (*new_text == '\0' && !self->options.empty_clears))
    return;
  if (row->changes == NULL)
    row->changes = g_array_new (FALSE, FALSE, sizeof (DpopEdgeRollChange));
  g_array_append_val (row->changes, change);
}

/* A name is compared in its parts where both sides have parts, else as a whole. */
static gboolean
is_compared (const DpopEdgeRollReview *self, const DpopEdgeRollMember *member,
             DpopEdgeRollField field)
{
  gboolean in_parts = *dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_GIVEN_NAME) != '\0'
                      || *dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_FAMILY_NAME) != '\0';

  if (field == DPOP_EDGE_ROLL_GIVEN_NAME || field == DPOP_EDGE_ROLL_FAMILY_NAME)
    return in_parts && dpop_edge_roll_column_of (self->roll, field) >= 0;
  if (field == DPOP_EDGE_ROLL_FULL_NAME && !in_parts)
    return TRUE;
  return dpop_edge_roll_column_of (self->roll, field) >= 0;
}

static void
compare (DpopEdgeRollReview *self, guint place)
{
  DpopEdgeRollReviewRow *row = &self->rows[place];
  const DpopEdgeRollRow *listed = dpop_edge_roll_row (self->roll, place);
  const DpopEdgeRollMember *member = &self->members[row->member];
  g_autofree char *name = dpop_edge_roll_member_name (member);

  for (guint i = 0; i < DPOP_EDGE_ROLL_N_FIELDS; i++)
    if (is_compared (self, member, i))
      add_change (self, row, i, 0,
                  i == DPOP_EDGE_ROLL_FULL_NAME ? g_string_chunk_insert_const (self->texts, name)
                                                : dpop_edge_roll_member_field (member, i),
                  listed->fields[i]);
  for (guint i = 0; i < dpop_edge_roll_n_extras (self->roll); i++)
    add_change (self, row, DPOP_EDGE_ROLL_EXTRA, i,
                dpop_edge_roll_member_extra (member, dpop_edge_roll_extra_heading (self->roll, i)),
                listed->extras[i]);
}

static gboolean
has_left (const DpopEdgeRollMember *member)
{
  return strcmp (dpop_edge_roll_member_field (member, DPOP_EDGE_ROLL_STATE),
                 dpop_edge_roll_state_name (DPOP_EDGE_ROLL_FORMER))
         == 0;
}

static void
judge (DpopEdgeRollReview *self, guint place)
{
  DpopEdgeRollReviewRow *row = &self->rows[place];
  const DpopEdgeRollRow *listed = dpop_edge_roll_row (self->roll, place);

  if (row->member >= 0)
    {
      compare (self, place);
      row->former
          = has_left (&self->members[row->member]) && listed->state != DPOP_EDGE_ROLL_FORMER;
    }
  if (listed->red)
    row->status = DPOP_EDGE_ROLL_REVIEW_RED;
  else if (row->member < 0)
    row->status = DPOP_EDGE_ROLL_REVIEW_NEW;
  else if (row->doubt != DPOP_EDGE_ROLL_DOUBT_NONE)
    row->status = DPOP_EDGE_ROLL_REVIEW_POSSIBLE;
  else
    row->status = row->changes != NULL ? DPOP_EDGE_ROLL_REVIEW_CHANGED : DPOP_EDGE_ROLL_REVIEW_SAME;
  self->counts[row->status]++;
}

DpopEdgeRollReview *
dpop_edge_roll_review_new (const DpopEdgeRoll *roll, const DpopEdgeRollMember *members,
                           guint n_members, const DpopEdgeRollReviewOptions *options)
{
  DpopEdgeRollReview *self = g_new0 (DpopEdgeRollReview, 1);
  g_autofree gboolean *mentioned = g_new0 (gboolean, n_members);
  guint n_rows = dpop_edge_roll_n_rows (roll);

  self->roll = roll;
  self->members = members;
  self->options = options != NULL ? *options : (DpopEdgeRollReviewOptions){ 0 };
  self->rows = g_new0 (DpopEdgeRollReviewRow, n_rows);
  self->texts = g_string_chunk_new (4096);
  self->missing = g_array_new (FALSE, FALSE, sizeof (guint));
  dpop_edge_roll_match (roll, members, n_members, self->rows, mentioned);
  for (guint i = 0; i < n_rows; i++)
    judge (self, i);
  for (guint i = 0; i < n_members; i++)
    if (!mentioned[i] && !has_left (&members[i]))
      g_array_append_val (self->missing, i);
  return self;
}

void
dpop_edge_roll_review_free (DpopEdgeRollReview *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < dpop_edge_roll_n_rows (self->roll); i++)
    g_clear_pointer (&self->rows[i].changes, g_array_unref);
  g_free (self->rows);
  g_string_chunk_free (self->texts);
  g_array_unref (self->missing);
  g_free (self);
}

const DpopEdgeRollReviewRow *
dpop_edge_roll_review_row (const DpopEdgeRollReview *self, guint row)
{
  g_return_val_if_fail (row < dpop_edge_roll_n_rows (self->roll), NULL);
  return &self->rows[row];
}

guint
dpop_edge_roll_review_count (const DpopEdgeRollReview *self, DpopEdgeRollReviewStatus status)
{
  g_return_val_if_fail (status < DPOP_EDGE_ROLL_REVIEW_N, 0);
  return self->counts[status];
}

const guint *
dpop_edge_roll_review_missing (const DpopEdgeRollReview *self, guint *n_missing)
{
  *n_missing = self->missing->len;
  return (const guint *) (gconstpointer) self->missing->data;
}

static const char *
how_it_fits (DpopEdgeRollMatch match)
{
  switch (match)
    {
    case DPOP_EDGE_ROLL_MATCH_NUMBER:
      return _ ("The member number is the same as that of %s.");
    case DPOP_EDGE_ROLL_MATCH_EMAIL:
      return _ ("The e-mail address is the same as that of %s.");
    case DPOP_EDGE_ROLL_MATCH_NAME_AND_BIRTH:
      return _ ("Name and date of birth are the same as those of %s.");
    case DPOP_EDGE_ROLL_MATCH_NAME:
    case DPOP_EDGE_ROLL_MATCH_ALL:
    case DPOP_EDGE_ROLL_MATCH_NONE:
    default:
      return _ ("The name is the same as that of %s.");
    }
}

static const char *
what_is_against (DpopEdgeRollDoubt doubt)
{
  switch (doubt)
    {
    case DPOP_EDGE_ROLL_DOUBT_OTHER_NAME:
      return _ ("The names differ.");
    case DPOP_EDGE_ROLL_DOUBT_OTHER_BIRTH:
      return _ ("The dates of birth differ.");
    case DPOP_EDGE_ROLL_DOUBT_CONFLICT:
      return _ ("The member number is somebody else's.");
    case DPOP_EDGE_ROLL_DOUBT_SEVERAL:
      return _ ("Others fit as well.");
    case DPOP_EDGE_ROLL_DOUBT_NAME_ONLY:
    case DPOP_EDGE_ROLL_DOUBT_NONE:
    default:
      return _ ("Nothing else is known to be the same.");
    }
}

char *
dpop_edge_roll_review_doubt_message (const DpopEdgeRollReview *self, guint row)
{
  const DpopEdgeRollReviewRow *one = dpop_edge_roll_review_row (self, row);
  g_autofree char *name = NULL;
  g_autofree char *fits = NULL;

  if (one->status != DPOP_EDGE_ROLL_REVIEW_POSSIBLE)
    return g_strdup ("");
  name = dpop_edge_roll_member_name (&self->members[one->member]);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  fits = g_strdup_printf (how_it_fits (one->match), name);
#pragma GCC diagnostic pop
  return g_strconcat (fits, " ", what_is_against (one->doubt), " ",
                      _ ("Choose whether it is the same person."), NULL);
}

const char *
dpop_edge_roll_review_status_name (DpopEdgeRollReviewStatus status)
{
  g_return_val_if_fail (status < DPOP_EDGE_ROLL_REVIEW_N, NULL);
  return status_names[status];
}
