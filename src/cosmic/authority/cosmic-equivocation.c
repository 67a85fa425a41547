/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority-private.h"

/* A fork: one author key, one stream, one seq, two operations. Anyone who holds both may show them;
 * the log is dead from the batch on that covers the claim, and what was covered before stays. */

static GVariant *
new_item (const CosmicOperation *operation)
{
  return cosmic_codec_new_bytes (g_bytes_get_data (operation->item, NULL),
                                 g_bytes_get_size (operation->item));
}

GVariant *
cosmic_equivocation_body (const CosmicOperation *a, const CosmicOperation *b)
{
  gboolean ascending = cosmic_id_compare (&a->id, &b->id) < 0;
  GVariant *fields[] = { new_item (ascending ? a : b), new_item (ascending ? b : a) };

  return g_variant_new_tuple (fields, 2);
}

static CosmicOperation *
read_item (const CosmicFold *fold, GVariant *body, guint index)
{
  g_autoptr (GBytes) item = cosmic_codec_child_bytes (body, index);
  g_autoptr (CosmicOperation) operation = cosmic_operation_parse (item);

  if (operation == NULL || !cosmic_id_same (cosmic_operation_party (operation), &fold->party)
      || !cosmic_operation_verify (operation))
    return NULL;
  return g_steal_pointer (&operation);
}

static CosmicReason
apply (CosmicFold *fold, GVariant *body)
{
  g_autoptr (CosmicOperation) a = read_item (fold, body, 0);
  g_autoptr (CosmicOperation) b = read_item (fold, body, 1);
  CosmicKey key;

  if (a == NULL || b == NULL || cosmic_id_compare (&a->id, &b->id) >= 0
      || !cosmic_id_same (&a->header.author, &b->header.author)
      || !cosmic_id_same (&a->header.stream, &b->header.stream) || a->header.seq != b->header.seq)
    return COSMIC_REASON_BAD_PROOF;
  key = cosmic_key (TAG_FROZEN, &a->header.author, &a->header.stream);
  if (cosmic_state_has (fold->state, key))
    return COSMIC_REASON_ALREADY;
  cosmic_state_put (fold->state, key, g_variant_new_uint64 (fold->height));
  return COSMIC_REASON_NONE;
}

gboolean
cosmic_authority_frozen (const CosmicState *authority, const CosmicId *author,
                         const CosmicId *stream)
{
  return cosmic_state_has (authority, cosmic_key (TAG_FROZEN, author, stream));
}

const CosmicKind cosmic_kind_equivocation = {
  .number = COSMIC_KIND_EQUIVOCATION,
  .name = "equivocation",
  .body_type = COSMIC_EQUIVOCATION_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 0,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply,
};
