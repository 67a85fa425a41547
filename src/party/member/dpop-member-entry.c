/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-entry-private.h"

#define DETAILS_TYPE "(ayayayb)"
#define COUNT_TYPE   "(uuuu)"

static CosmicKey
key_at (guint8 tag, const CosmicId *id, guint64 height)
{
  return cosmic_key_number (tag, id, G_MAXUINT64 - height);
}

guint64
dpop_member_past_height (const CosmicKey *key)
{
  guint64 big;

  memcpy (&big, key->bytes + 1 + COSMIC_ID_SIZE, sizeof big);
  return G_MAXUINT64 - GUINT64_FROM_BE (big);
}

/* The newest value under TAG and ID that is not above a height. */
typedef struct
{
  guint64 height;
  GBytes *value;
} Newest;

static gboolean
take_newest (const CosmicKey *key, GBytes *value, gpointer data)
{
  Newest *newest = data;

  if (dpop_member_past_height (key) > newest->height)
    return TRUE;
  newest->value = g_bytes_ref (value);
  return FALSE;
}

static GVariant *
newest_at (const CosmicState *authority, guint8 tag, const CosmicId *id, guint64 height,
           const char *type)
{
  CosmicKey exact = key_at (tag, id, height);
  g_autoptr (GBytes) value = cosmic_state_lookup (authority, &exact);
  Newest newest = { .height = height };

  if (value == NULL)
    {
      cosmic_state_each (authority, cosmic_key (tag, id, NULL), take_newest, &newest);
      value = newest.value;
    }
  return value != NULL ? cosmic_codec_decode (type, value) : NULL;
}

/* --- The entry. ------------------------------------------------------------------------------ */

static GVariant *
encode_details (const DpopDetailsRef *details)
{
  GVariant *fields[] = { cosmic_codec_new_id (&details->operation),
                         cosmic_codec_new_id (&details->scope),
                         cosmic_codec_new_id (&details->import),
                         g_variant_new_boolean (details->by_other) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static gboolean
decode_details (GVariant *value, DpopDetailsRef *details)
{
  g_variant_get_child (value, 3, "b", &details->by_other);
  return cosmic_codec_child_id (value, 0, &details->operation)
         && cosmic_codec_child_id (value, 1, &details->scope)
         && cosmic_codec_child_id (value, 2, &details->import);
}

static GVariant *
encode_entry (const DpopMemberEntry *self)
{
  GVariant *fields[] = { g_variant_new_uint64 (self->since),
                         dpop_standing_encode (&self->standing),
                         g_variant_new_uint64 (self->admitted),
                         encode_details (&self->details),
                         cosmic_codec_new_id (&self->import),
                         g_variant_new_boolean (self->touched),
                         g_variant_new_boolean (self->withdrawn) };

  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static gboolean
decode_entry (GVariant *value, DpopMemberEntry *self)
{
  g_autoptr (GVariant) standing = g_variant_get_child_value (value, 1);
  g_autoptr (GVariant) details = g_variant_get_child_value (value, 3);

  g_variant_get_child (value, 0, "t", &self->since);
  g_variant_get_child (value, 2, "t", &self->admitted);
  g_variant_get_child (value, 5, "b", &self->touched);
  g_variant_get_child (value, 6, "b", &self->withdrawn);
  return dpop_standing_decode (standing, &self->standing)
         && decode_details (details, &self->details)
         && cosmic_codec_child_id (value, 4, &self->import);
}

gboolean
dpop_member_entry_read (GBytes *bytes, DpopMemberEntry *self)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (DPOP_MEMBER_ENTRY_TYPE, bytes);

  return value != NULL && decode_entry (value, self);
}

gboolean
dpop_member_entry_load (const CosmicState *authority, const CosmicId *member,
                        DpopMemberEntry *self)
{
  CosmicKey key = cosmic_key (TAG_MEMBER, member, NULL);
  g_autoptr (GBytes) value = cosmic_state_lookup (authority, &key);

  return value != NULL && dpop_member_entry_read (value, self);
}

gboolean
dpop_member_standing_at (const CosmicState *authority, const CosmicId *member, guint64 height,
                         DpopStanding *standing)
{
  DpopMemberEntry entry;

  return dpop_member_entry_load (authority, member, &entry)
         && dpop_member_standing_then (authority, member, &entry, height, standing);
}

gboolean
dpop_member_standing_then (const CosmicState *authority, const CosmicId *member,
                           const DpopMemberEntry *entry, guint64 height, DpopStanding *standing)
{
  g_autoptr (GVariant) past = NULL;

  if (entry->since <= height)
    {
      *standing = entry->standing;
      return TRUE;
    }
  past = newest_at (authority, TAG_MEMBER_PAST, member, height, DPOP_STANDING_TYPE);
  return past != NULL && dpop_standing_decode (past, standing);
}

/* --- How many. ------------------------------------------------------------------------------- */

void
dpop_member_counts_at (const CosmicState *authority, const CosmicId *scope, guint64 height,
                       guint32 counts[DPOP_MEMBER_STATE_LAST + 1])
{
  g_autoptr (GVariant) value = newest_at (authority, TAG_COUNT, scope, height, COUNT_TYPE);

  for (guint state = 0; state <= DPOP_MEMBER_STATE_LAST; state++)
    counts[state] = 0;
  for (guint state = 1; value != NULL && state <= DPOP_MEMBER_STATE_LAST; state++)
    g_variant_get_child (value, state - 1, "u", &counts[state]);
}

/* One member less in state LESS of SCOPE, one more in state MORE; 0: none. */
static void
count (CosmicFold *fold, const CosmicId *scope, DpopMemberState less, DpopMemberState more)
{
  guint32 counts[DPOP_MEMBER_STATE_LAST + 1];

  if (less == more)
    return;
  dpop_member_counts_at (fold->state, scope, fold->height, counts);
  counts[less]--;
  counts[more]++;
  cosmic_state_put (fold->state, key_at (TAG_COUNT, scope, fold->height),
                    g_variant_new (COUNT_TYPE, counts[DPOP_MEMBER_APPLICANT],
                                   counts[DPOP_MEMBER_MEMBER], counts[DPOP_MEMBER_SUSPENDED],
                                   counts[DPOP_MEMBER_FORMER]));
}

static void
count_all (CosmicFold *fold, const DpopStanding *before, const DpopStanding *after)
{
  count (fold, &cosmic_id_zero, before->state, after->state);
  for (guint i = 0; i < before->n_units; i++)
    count (fold, &before->units[i], before->state,
           dpop_standing_in_unit (after, &before->units[i]) ? after->state : 0);
  for (guint i = 0; i < after->n_units; i++)
    if (!dpop_standing_in_unit (before, &after->units[i]))
      count (fold, &after->units[i], 0, after->state);
}

/* --- Writing. -------------------------------------------------------------------------------- */

static void
put_mark (CosmicState *state, CosmicKey key)
{
  if (!cosmic_state_has (state, key))
    cosmic_state_put (state, key, g_variant_new_byte (0));
}

static void
index_standing (CosmicFold *fold, const CosmicId *member, const DpopStanding *before,
                const DpopStanding *after)
{
  for (guint i = 0; i < after->n_units; i++)
    if (!dpop_standing_in_unit (before, &after->units[i]))
      put_mark (fold->state, cosmic_key (TAG_UNIT_MEMBER, &after->units[i], member));
  if (after->n_roles > before->n_roles)
    put_mark (fold->state, cosmic_key (TAG_HOLDER, member, NULL));
}

void
dpop_member_entry_write (CosmicFold *fold, const CosmicId *member, const DpopMemberEntry *before,
                         DpopMemberEntry *after)
{
  static const DpopStanding nothing;
  const DpopStanding *old = before != NULL ? &before->standing : &nothing;

  if (!dpop_standing_equal (old, &after->standing))
    {
      if (before != NULL && before->since < fold->height)
        cosmic_state_put (fold->state, key_at (TAG_MEMBER_PAST, member, before->since),
                          dpop_standing_encode (old));
      after->since = fold->height;
      count_all (fold, old, &after->standing);
      index_standing (fold, member, old, &after->standing);
    }
  cosmic_state_put (fold->state, cosmic_key (TAG_MEMBER, member, NULL), encode_entry (after));
}

/* --- Particulars. ---------------------------------------------------------------------------- */

void
dpop_member_entry_set_details (CosmicFold *fold, DpopMemberEntry *self,
                               const DpopDetailsRef *details)
{
  cosmic_state_put (fold->state, cosmic_key (TAG_DETAILS, &details->operation, NULL),
                    encode_details (&self->details));
  self->details = *details;
}

gboolean
dpop_member_entry_undo_details (CosmicFold *fold, DpopMemberEntry *self, const CosmicId *import)
{
  gboolean undone = FALSE;

  while (cosmic_id_same (&self->details.import, import))
    {
      CosmicKey key = cosmic_key (TAG_DETAILS, &self->details.operation, NULL);
      g_autoptr (GVariant) older = cosmic_state_get (fold->state, key, DETAILS_TYPE);

      if (older == NULL || !decode_details (older, &self->details))
        break;
      cosmic_state_remove (fold->state, key);
      undone = TRUE;
    }
  return undone;
}

void
dpop_member_put_import (CosmicFold *fold, const CosmicId *import, const CosmicId *member)
{
  put_mark (fold->state, cosmic_key (TAG_IMPORT, import, member));
}
