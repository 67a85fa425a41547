/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority-private.h"

#define PART_PERSONAL 1

/* Erasure (design 4.8): by the author of what is erased, by its subject, or by whom the charter
 * trusts with data protection. Operations are named by their header items, so that every fold can
 * see who wrote them; members by their id, for all personal parts about them. */

GVariant *
cosmic_erase_body (const GPtrArray *operations, const GArray *members)
{
  GVariantBuilder items;
  GVariant *fields[3];

  g_variant_builder_init (&items, G_VARIANT_TYPE_BYTESTRING_ARRAY);
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      const CosmicOperation *operation = operations->pdata[i];

      g_variant_builder_add_value (
          &items, cosmic_codec_new_bytes (g_bytes_get_data (operation->item, NULL),
                                          g_bytes_get_size (operation->item)));
    }
  fields[0] = g_variant_builder_end (&items);
  fields[1] = cosmic_codec_new_ids (members);
  fields[2] = g_variant_new_byte (PART_PERSONAL);
  return g_variant_new_tuple (fields, G_N_ELEMENTS (fields));
}

static CosmicReason
erase_item (CosmicFold *fold, GVariant *items, guint index, gboolean officer)
{
  g_autoptr (GBytes) item = cosmic_codec_child_bytes (items, index);
  g_autoptr (CosmicOperation) operation = cosmic_operation_parse (item);
  CosmicDevice author;

  if (operation == NULL || !cosmic_id_same (cosmic_operation_party (operation), &fold->party)
      || !cosmic_operation_verify (operation))
    return COSMIC_REASON_BAD_PROOF;
  if (!operation->header.personal.there)
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!officer
      && (!cosmic_authority_device (fold->state, &operation->header.author, &author)
          || !cosmic_id_same (&author.member, &fold->member)))
    return COSMIC_REASON_NOT_ALLOWED;
  cosmic_state_put (fold->state, cosmic_key (TAG_ERASED, &operation->id, NULL),
                    g_variant_new_byte (PART_PERSONAL));
  return COSMIC_REASON_NONE;
}

static CosmicReason
apply (CosmicFold *fold, GVariant *body)
{
  g_autoptr (GVariant) items = g_variant_get_child_value (body, 0);
  g_autoptr (GArray) members = cosmic_codec_child_id_set (body, 1, COSMIC_ERASE_MAX);
  gsize n_items = g_variant_n_children (items);
  guint8 parts;
  gboolean officer;

  g_variant_get_child (body, 2, "y", &parts);
  if (members == NULL || n_items > COSMIC_ERASE_MAX || n_items + members->len == 0
      || parts != PART_PERSONAL)
    return COSMIC_REASON_BAD_BODY;
  officer = cosmic_fold_may (fold, COSMIC_RIGHT_ERASE, &cosmic_id_zero, &cosmic_id_zero);
  for (guint i = 0; i < n_items; i++)
    {
      CosmicReason reason = erase_item (fold, items, i, officer);

      if (reason != COSMIC_REASON_NONE)
        return reason;
    }
  for (guint i = 0; i < members->len; i++)
    {
      const CosmicId *member = &g_array_index (members, CosmicId, i);

      if (!cosmic_id_same (member, &fold->member)
          && !cosmic_fold_may (fold, COSMIC_RIGHT_ERASE, member, &cosmic_id_zero))
        return COSMIC_REASON_NOT_ALLOWED;
      cosmic_state_put (fold->state, cosmic_key (TAG_ERASED_MEMBER, member, NULL),
                        g_variant_new_uint64 (fold->height));
    }
  return COSMIC_REASON_NONE;
}

guint64
cosmic_authority_erased_member (const CosmicState *authority, const CosmicId *member)
{
  g_autoptr (GVariant) value = NULL;

  value = cosmic_state_get (authority, cosmic_key (TAG_ERASED_MEMBER, member, NULL), "t");
  return value != NULL ? g_variant_get_uint64 (value) : 0;
}

gboolean
cosmic_authority_erased (const CosmicState *authority, const CosmicId *operation,
                         const CosmicId *subject, guint64 height)
{
  return cosmic_state_has (authority, cosmic_key (TAG_ERASED, operation, NULL))
         || (!cosmic_id_is_zero (subject)
             && cosmic_authority_erased_member (authority, subject) >= MAX (height, 1));
}

const CosmicKind cosmic_kind_erase = {
  .number = COSMIC_KIND_ERASE,
  .name = "erase",
  .body_type = COSMIC_ERASE_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply,
};
