/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-discussion.h"

#include "dpop-membership.h"
#include "dpop-reason.h"

#define COMMENT_ENTRY_TYPE "(mayayxtu)"

static CosmicKey
discussion_key (void)
{
  return cosmic_key (DPOP_TAG_DISCUSSION, NULL, NULL);
}

/* --- What the state says. ---------------------------------------------------------------- */

gboolean
dpop_discussion_query (const CosmicState *state, DpopDiscussion *discussion)
{
  g_autoptr (GVariant) value = cosmic_state_get (state, discussion_key (), "(ayay)");

  return value != NULL && cosmic_codec_child_id (value, 0, &discussion->about)
         && cosmic_codec_child_id (value, 1, &discussion->scope);
}

static gboolean
decode_comment (GVariant *value, DpopComment *comment)
{
  g_variant_get_child (value, 2, "x", &comment->time);
  g_variant_get_child (value, 3, "t", &comment->height);
  g_variant_get_child (value, 4, "u", &comment->number);
  return cosmic_codec_child_maybe_id (value, 0, &comment->answers, &comment->is_answer)
         && cosmic_codec_child_id (value, 1, &comment->speaker);
}

gboolean
dpop_discussion_comment (const CosmicState *state, const CosmicId *operation, DpopComment *comment)
{
  g_autoptr (GVariant) value
      = cosmic_state_get (state, cosmic_key (DPOP_TAG_COMMENT, operation, NULL),
                          COMMENT_ENTRY_TYPE);

  *comment = (DpopComment){ .operation = *operation };
  return value != NULL && decode_comment (value, comment);
}

static gboolean
take_comment (const CosmicKey *key, GBytes *bytes, gpointer data)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (COMMENT_ENTRY_TYPE, bytes);
  DpopComment comment = { 0 };

  cosmic_key_id (key, 0, &comment.operation);
  if (value != NULL && decode_comment (value, &comment))
    g_array_append_val ((GArray *) data, comment);
  return TRUE;
}

static gint
earlier_first (gconstpointer a, gconstpointer b)
{
  const DpopComment *x = a, *y = b;

  return x->number < y->number ? -1 : x->number > y->number;
}

GArray *
dpop_discussion_comments (const CosmicState *state)
{
  GArray *comments = g_array_new (FALSE, FALSE, sizeof (DpopComment));

  cosmic_state_each (state, cosmic_key (DPOP_TAG_COMMENT, NULL, NULL), take_comment, comments);
  g_array_sort (comments, earlier_first);
  return comments;
}

/* Gives it its number. */
static void
put_comment (CosmicState *state, const DpopComment *comment)
{
  CosmicKey count_key = cosmic_key (DPOP_TAG_COMMENTS, NULL, NULL);
  g_autoptr (GVariant) value = cosmic_state_get (state, count_key, "u");
  guint32 number = value != NULL ? g_variant_get_uint32 (value) : 0;
  GVariant *fields[] = {
    cosmic_codec_new_maybe_id (comment->is_answer ? &comment->answers : NULL),
    cosmic_codec_new_id (&comment->speaker),
    g_variant_new_int64 (comment->time),
    g_variant_new_uint64 (comment->height),
    g_variant_new_uint32 (number),
  };

  cosmic_state_put (state, count_key, g_variant_new_uint32 (number + 1));
  cosmic_state_put (state, cosmic_key (DPOP_TAG_COMMENT, &comment->operation, NULL),
                    g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

/* --- Opening one. ------------------------------------------------------------------------ */

static CosmicReason
apply_discuss (CosmicFold *fold, GVariant *body)
{
  DpopDiscussion discussion;
  GVariant *fields[2];
  CosmicId key;

  if (!cosmic_codec_child_id (body, 1, &discussion.about)
      || !cosmic_codec_child_id (body, 2, &discussion.scope)
      || cosmic_id_is_zero (&discussion.about))
    return COSMIC_REASON_BAD_BODY;
  if (!cosmic_authority_scope_key (fold->authority, &discussion.scope, FALSE, &key, NULL))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if (!dpop_membership_may (fold, DPOP_ACTION_COMMENT, &discussion.scope, NULL)
      && !dpop_membership_may (fold, DPOP_ACTION_ACT_FOR, &discussion.scope, NULL))
    return COSMIC_REASON_NOT_ALLOWED;
  fields[0] = cosmic_codec_new_id (&discussion.about);
  fields[1] = cosmic_codec_new_id (&discussion.scope);
  cosmic_state_put (fold->state, discussion_key (), g_variant_new_tuple (fields, 2));
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_kind_discuss = {
  .number = DPOP_KIND_DISCUSS,
  .name = "discuss",
  .body_type = DPOP_DISCUSS_TYPE,
  .place = COSMIC_PLACE_OPENING,
  .class = 2,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply_discuss,
};

/* --- Commenting. ------------------------------------------------------------------------- */

/* A comment is for those who may read what it is about. */
static gboolean
is_within (const CosmicFold *fold, const CosmicId *scope)
{
  gboolean personal;
  CosmicId of;

  return cosmic_authority_key_of (fold->authority, &fold->operation->header.personal.key, &of,
                                  &personal)
         && cosmic_id_same (&of, scope);
}

static CosmicReason
apply_comment (CosmicFold *fold, GVariant *body)
{
  DpopComment comment = { .operation = fold->operation->id,
                          .time = fold->time,
                          .height = fold->height };
  DpopDiscussion discussion;
  CosmicReason reason;

  if (!dpop_discussion_query (fold->state, &discussion))
    return COSMIC_REASON_WRONG_STREAM;
  if (!cosmic_codec_child_maybe_id (body, 0, &comment.answers, &comment.is_answer)
      || !cosmic_codec_child_id (body, 1, &comment.speaker)
      || cosmic_id_is_zero (&comment.speaker))
    return COSMIC_REASON_BAD_BODY;
  reason = dpop_membership_check (fold, &comment.speaker, DPOP_ACTION_COMMENT, &discussion.scope,
                                  NULL);
  if (reason != COSMIC_REASON_NONE)
    return reason;
  if (!is_within (fold, &discussion.scope))
    return DPOP_REASON_WRONG_SCOPE;
  put_comment (fold->state, &comment);
  return COSMIC_REASON_NONE;
}

const CosmicKind dpop_kind_comment = {
  .number = DPOP_KIND_COMMENT,
  .name = "comment",
  .body_type = DPOP_COMMENT_TYPE,
  .place = COSMIC_PLACE_STREAM,
  .class = 2,
  .personal = COSMIC_PERSONAL_MUST,
  .subject = 1,
  .since = 1,
  .bulk = TRUE,
  .apply = apply_comment,
};

const CosmicKind *const dpop_discussion_kinds[] = { &dpop_kind_discuss, &dpop_kind_comment };
const guint dpop_discussion_n_kinds = G_N_ELEMENTS (dpop_discussion_kinds);

/* --- Commands. --------------------------------------------------------------------------- */

DpopClaim *
dpop_discussion_command_discuss (const CosmicId *nonce, const CosmicId *about,
                                 const CosmicId *scope)
{
  GVariant *fields[] = { cosmic_codec_new_id (nonce), cosmic_codec_new_id (about),
                         cosmic_codec_new_id (scope) };

  return dpop_claim_new (DPOP_KIND_DISCUSS, g_variant_new_tuple (fields, G_N_ELEMENTS (fields)),
                         NULL, NULL);
}

DpopClaim *
dpop_discussion_command_comment (const CosmicId *scope, const CosmicId *answers,
                                 const CosmicId *speaker, const char *text,
                                 DpopWordingFault *fault)
{
  GVariant *personal = dpop_wording_encode_plain (text, fault);
  GVariant *fields[2];

  if (personal == NULL)
    return NULL;
  fields[0] = cosmic_codec_new_maybe_id (answers);
  fields[1] = cosmic_codec_new_id (speaker);
  return dpop_claim_new (DPOP_KIND_COMMENT, g_variant_new_tuple (fields, G_N_ELEMENTS (fields)),
                         personal, scope);
}
