/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-stream-fold.h"

#include "cosmic-order.h"

CosmicStreamFold *
cosmic_stream_fold_new (CosmicLedgerStream *base)
{
  CosmicStreamFold *self = g_new0 (CosmicStreamFold, 1);

  self->base = base;
  self->ids = base->ids;
  self->order = g_ptr_array_new ();
  for (guint i = 0; i < COSMIC_N_SPACES; i++)
    self->spaces[i] = cosmic_state_new (&cosmic_state_as_source, base->spaces[i]);
  return self;
}

void
cosmic_stream_fold_free (CosmicStreamFold *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < COSMIC_N_SPACES; i++)
    cosmic_state_free (self->spaces[i]);
  g_ptr_array_unref (self->order);
  g_free (self);
}

static guint8
class_of (guint16 number, gpointer rules)
{
  const CosmicKind *kind = cosmic_rules_kind (rules, number);

  return kind != NULL ? kind->class : 2;
}

static void
begin_fold (CosmicStreamFold *self, const CosmicFoldSetting *setting, const CosmicState *authority,
            CosmicFold *fold)
{
  *fold = (CosmicFold){
    .rules = setting->rules,
    .state = self->spaces[COSMIC_SPACE_STATE],
    .exports = self->spaces[COSMIC_SPACE_EXPORTS],
    .authority = authority != NULL ? authority : self->spaces[COSMIC_SPACE_STATE],
    .party = setting->party,
    .stream = self->base->id,
    .height = setting->height,
    .time = setting->time,
    .rules_version = setting->rules_version,
    .tail = setting->tail,
    .root_at = setting->root_at,
    .root_at_data = setting->root_at_data,
  };
}

/* Whether something is covered already in the place of an operation in its log: then it is the
 * other branch of a fork, whoever certified it. */
static gboolean
is_taken (const CosmicStreamFold *self, const CosmicHeader *header)
{
  g_autoptr (GVariant) last = NULL;
  guint64 seq;

  last = cosmic_state_get (self->spaces[COSMIC_SPACE_FRONTIER],
                           cosmic_key (0, &header->author, NULL), "(tay)");
  if (last == NULL)
    return FALSE;
  g_variant_get_child (last, 0, "t", &seq);
  return header->seq <= seq;
}

static void
fold_entry (CosmicStreamFold *self, CosmicFold *fold, CosmicEntry *entry)
{
  const CosmicOperation *operation = entry->operation;

  fold->taken = is_taken (self, &operation->header);
  cosmic_fold_operation (fold, operation, entry->body.plain);
  g_ptr_array_add (self->order, entry);
  cosmic_merkle_append (&self->ids, &operation->id);
  if (!fold->tail && !fold->taken)
    {
      GVariant *last[] = { g_variant_new_uint64 (operation->header.seq),
                           cosmic_codec_new_id (&operation->id) };

      cosmic_state_put (self->spaces[COSMIC_SPACE_FRONTIER],
                        cosmic_key (0, &operation->header.author, NULL),
                        g_variant_new_tuple (last, 2));
    }
}

static void
end_batch (CosmicStreamFold *self, CosmicFold *fold)
{
  self->finish_marks[0] = cosmic_state_mark (self->spaces[COSMIC_SPACE_STATE]);
  self->finish_marks[1] = cosmic_state_mark (self->spaces[COSMIC_SPACE_EXPORTS]);
  fold->operation = NULL;
  fold->member = cosmic_id_zero;
  if (cosmic_id_is_zero (&fold->stream))
    cosmic_authority_finish (fold);
  else if (fold->rules->policy->finish != NULL)
    fold->rules->policy->finish (fold);
}

static void
take_back_end (CosmicStreamFold *self)
{
  cosmic_state_back (self->spaces[COSMIC_SPACE_STATE], self->finish_marks[0]);
  cosmic_state_back (self->spaces[COSMIC_SPACE_EXPORTS], self->finish_marks[1]);
}

gboolean
cosmic_stream_fold_run (CosmicStreamFold *self, const CosmicFoldSetting *setting,
                        const CosmicState *authority, const GPtrArray *entries)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_sized_new (entries->len);
  g_autoptr (GHashTable) by_id = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);
  g_autoptr (GPtrArray) order = NULL;
  CosmicFold fold;

  for (guint i = 0; i < entries->len; i++)
    {
      CosmicEntry *entry = entries->pdata[i];

      g_ptr_array_add (operations, entry->operation);
      g_hash_table_insert (by_id, &entry->operation->id, entry);
    }
  order = cosmic_order_stream (operations, class_of, (gpointer) setting->rules);
  if (order == NULL)
    return FALSE;
  begin_fold (self, setting, authority, &fold);
  for (guint i = 0; i < order->len; i++)
    fold_entry (self, &fold,
                g_hash_table_lookup (by_id, &((CosmicOperation *) order->pdata[i])->id));
  end_batch (self, &fold);
  return TRUE;
}

static gboolean
names (const CosmicOperation *operation, const CosmicId *cause)
{
  if (operation->header.seq > 0 && cosmic_id_same (&operation->header.previous, cause))
    return TRUE;
  for (guint i = 0; i < operation->header.n_parents; i++)
    if (cosmic_id_same (&operation->header.parents[i], cause))
      return TRUE;
  return FALSE;
}

/* An operation that directly follows the last one comes after everything. (It may come last in
 * other cases too; those are folded anew.) */
gboolean
cosmic_stream_fold_append (CosmicStreamFold *self, const CosmicFoldSetting *setting,
                           const CosmicState *authority, CosmicEntry *entry)
{
  const CosmicEntry *last
      = self->order->len > 0 ? self->order->pdata[self->order->len - 1] : NULL;
  CosmicFold fold;

  if (last != NULL && !names (entry->operation, &last->operation->id))
    return FALSE;
  if (last != NULL || self->finish_marks[0] != 0)
    take_back_end (self);
  begin_fold (self, setting, authority, &fold);
  fold_entry (self, &fold, entry);
  end_batch (self, &fold);
  return TRUE;
}

CosmicReason
cosmic_stream_fold_try (CosmicStreamFold *self, const CosmicFoldSetting *setting,
                        const CosmicState *authority, const CosmicOperation *operation,
                        GBytes *body)
{
  guint marks[] = { cosmic_state_mark (self->spaces[COSMIC_SPACE_STATE]),
                    cosmic_state_mark (self->spaces[COSMIC_SPACE_EXPORTS]) };
  CosmicFold fold;
  CosmicReason reason;

  begin_fold (self, setting, authority, &fold);
  reason = cosmic_fold_operation (&fold, operation, body);
  cosmic_state_back (self->spaces[COSMIC_SPACE_STATE], marks[0]);
  cosmic_state_back (self->spaces[COSMIC_SPACE_EXPORTS], marks[1]);
  return reason;
}

void
cosmic_stream_fold_leaf (const CosmicStreamFold *self, CosmicStreamLeaf *leaf)
{
  cosmic_state_root (self->spaces[COSMIC_SPACE_FRONTIER], &leaf->frontier);
  cosmic_merkle_root (&self->ids, &leaf->ids);
  cosmic_state_root (self->spaces[COSMIC_SPACE_STATE], &leaf->state);
  cosmic_state_root (self->spaces[COSMIC_SPACE_EXPORTS], &leaf->exports);
  leaf->chain = cosmic_id_zero;
}
