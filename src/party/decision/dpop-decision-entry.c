/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-decision-entry.h"

#include "dpop-decision-state.h"

DpopDecisionEntry *
dpop_decision_entry_new (void)
{
  DpopDecisionEntry *self = g_new0 (DpopDecisionEntry, 1);

  self->heads = g_array_new (FALSE, FALSE, sizeof (DpopDecisionHead));
  for (guint own = FALSE; own <= TRUE; own++)
    self->awaited[own] = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  return self;
}

void
dpop_decision_entry_free (DpopDecisionEntry *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->heads);
  for (guint own = FALSE; own <= TRUE; own++)
    g_array_unref (self->awaited[own]);
  g_free (self);
}

/* --- In the state. -------------------------------------------------------------------------- */

static GVariant *
encode_head (const DpopDecisionHead *head)
{
  GVariant *fields[4] = { cosmic_codec_new_id (&head->vote), g_variant_new_boolean (head->own) };

  dpop_decision_ballot_encode (&head->ballot, fields + 2);
  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static gboolean
decode_head (GVariant *value, DpopDecisionHead *head)
{
  g_variant_get_child (value, 1, "b", &head->own);
  return cosmic_codec_child_id (value, 0, &head->vote)
         && dpop_decision_ballot_decode (value, 2, &head->ballot);
}

static gboolean
decode_awaited (GVariant *value, DpopDecisionEntry *self, gboolean own)
{
  GArray *ids = cosmic_codec_child_id_set (value, own ? 1 : 2, DPOP_DECISION_AWAITED_MAX);

  if (ids == NULL)
    return FALSE;
  g_array_unref (self->awaited[own]);
  self->awaited[own] = ids;
  return TRUE;
}

DpopDecisionEntry *
dpop_decision_entry_decode (GBytes *bytes)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (DPOP_DECISION_ENTRY_TYPE, bytes);
  g_autoptr (DpopDecisionEntry) self = dpop_decision_entry_new ();
  g_autoptr (GVariant) heads = NULL;

  if (value == NULL || !decode_awaited (value, self, TRUE) || !decode_awaited (value, self, FALSE))
    return NULL;
  heads = g_variant_get_child_value (value, 0);
  for (gsize i = 0; i < g_variant_n_children (heads); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (heads, i);
      DpopDecisionHead head;

      if (!decode_head (child, &head))
        return NULL;
      g_array_append_val (self->heads, head);
    }
  return g_steal_pointer (&self);
}

DpopDecisionEntry *
dpop_decision_entry_read (const CosmicState *state, const CosmicId *member)
{
  const CosmicKey key = cosmic_key (DPOP_TAG_ENTRY, member, NULL);
  g_autoptr (GBytes) bytes = cosmic_state_lookup (state, &key);

  return bytes != NULL ? dpop_decision_entry_decode (bytes) : dpop_decision_entry_new ();
}

void
dpop_decision_entry_write (const DpopDecisionEntry *self, CosmicState *state,
                           const CosmicId *member)
{
  GVariantBuilder builder;
  GVariant *fields[3];

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(aybyaq)"));
  for (guint i = 0; i < self->heads->len; i++)
    g_variant_builder_add_value (&builder,
                                 encode_head (&g_array_index (self->heads, DpopDecisionHead, i)));
  fields[0] = g_variant_builder_end (&builder);
  fields[1] = cosmic_codec_new_ids (self->awaited[TRUE]);
  fields[2] = cosmic_codec_new_ids (self->awaited[FALSE]);
  cosmic_state_put (state, cosmic_key (DPOP_TAG_ENTRY, member, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

/* --- Adding a vote. ------------------------------------------------------------------------- */

static gboolean
remove_head (DpopDecisionEntry *self, const CosmicId *vote, gboolean by_own)
{
  for (guint i = 0; i < self->heads->len; i++)
    {
      const DpopDecisionHead *head = &g_array_index (self->heads, DpopDecisionHead, i);

      if (cosmic_id_same (&head->vote, vote) && (by_own || !head->own))
        {
          g_array_remove_index (self->heads, i);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
remove_awaited (DpopDecisionEntry *self, const CosmicId *vote, gboolean by_own)
{
  GArray *awaited = self->awaited[by_own];

  for (guint i = 0; i < awaited->len; i++)
    if (cosmic_id_same (&g_array_index (awaited, CosmicId, i), vote))
      {
        g_array_remove_index (awaited, i);
        return TRUE;
      }
  return FALSE;
}

static guint
count_heads (const DpopDecisionEntry *self, gboolean own)
{
  guint n = 0;

  for (guint i = 0; i < self->heads->len; i++)
    if (g_array_index (self->heads, DpopDecisionHead, i).own == own)
      n++;
  return n;
}

static gboolean
insert_head (DpopDecisionEntry *self, const DpopDecisionHead *vote)
{
  guint at = 0;

  if (count_heads (self, vote->own) >= DPOP_DECISION_HEADS_MAX)
    return FALSE;
  while (at < self->heads->len
         && cosmic_id_compare (&g_array_index (self->heads, DpopDecisionHead, at).vote,
                               &vote->vote) < 0)
    at++;
  g_array_insert_val (self->heads, at, *vote);
  return TRUE;
}

/* Whether VOTE was replaced before it came. */
static gboolean
was_replaced (DpopDecisionEntry *self, const DpopDecisionHead *vote)
{
  gboolean by_own = remove_awaited (self, &vote->vote, TRUE);
  gboolean by_others = !vote->own && remove_awaited (self, &vote->vote, FALSE);

  return by_own || by_others;
}

gboolean
dpop_decision_entry_add (DpopDecisionEntry *self, const DpopDecisionHead *vote,
                         const GArray *replaces)
{
  GArray *awaited = self->awaited[vote->own];

  for (guint i = 0; i < replaces->len; i++)
    {
      const CosmicId *id = &g_array_index (replaces, CosmicId, i);

      if (!remove_head (self, id, vote->own))
        g_array_append_val (awaited, *id);
    }
  cosmic_ids_normalise (awaited);
  if (awaited->len > DPOP_DECISION_AWAITED_MAX)
    return FALSE;
  return was_replaced (self, vote) || insert_head (self, vote);
}

/* --- What counts. --------------------------------------------------------------------------- */

static const DpopDecisionHead *
only_head (const DpopDecisionEntry *self, gboolean own)
{
  for (guint i = 0; i < self->heads->len; i++)
    if (g_array_index (self->heads, DpopDecisionHead, i).own == own)
      return &g_array_index (self->heads, DpopDecisionHead, i);
  return NULL;
}

gboolean
dpop_decision_entry_has_own (const DpopDecisionEntry *self)
{
  return count_heads (self, TRUE) > 0;
}

const DpopDecisionHead *
dpop_decision_entry_vote (const DpopDecisionEntry *self)
{
  guint own = count_heads (self, TRUE);

  if (own > 0)
    return own == 1 ? only_head (self, TRUE) : NULL;
  return count_heads (self, FALSE) == 1 ? only_head (self, FALSE) : NULL;
}

GArray *
dpop_decision_entry_heads (const DpopDecisionEntry *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  for (guint i = 0; i < self->heads->len; i++)
    g_array_append_val (ids, g_array_index (self->heads, DpopDecisionHead, i).vote);
  return ids;
}
