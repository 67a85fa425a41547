/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-authority-private.h"

#include "cosmic-proof.h"

const CosmicKind *
cosmic_rules_kind (const CosmicRules *self, guint16 number)
{
  guint from = 0, to = self->n_kinds;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (self->kinds[middle]->number == number)
        return self->kinds[middle];
      if (self->kinds[middle]->number < number)
        from = middle + 1;
      else
        to = middle;
    }
  return NULL;
}

void
cosmic_fold_set_deadline (CosmicFold *self, gint64 time)
{
  if (time != 0)
    cosmic_state_put (self->state, cosmic_key (TAG_DEADLINE, NULL, NULL),
                      g_variant_new_int64 (time));
  else
    cosmic_state_remove (self->state, cosmic_key (TAG_DEADLINE, NULL, NULL));
}

gint64
cosmic_state_deadline (const CosmicState *state)
{
  g_autoptr (GVariant) value = cosmic_state_get (state, cosmic_key (TAG_DEADLINE, NULL, NULL), "x");

  return value != NULL ? g_variant_get_int64 (value) : 0;
}

gboolean
cosmic_fold_check_export (const CosmicFold *self, const CosmicId *stream, guint64 height,
                          const CosmicKey *key, GBytes *value, GBytes *proof)
{
  CosmicId root;

  return self->operation != NULL && height <= self->operation->header.base.height
         && self->root_at != NULL && self->root_at (self, height, &root)
         && cosmic_proof_check (proof, &root, stream, key, value);
}

CosmicReason
cosmic_state_verdict (const CosmicState *state, const CosmicId *operation)
{
  g_autoptr (GVariant) value = cosmic_state_get (state, cosmic_key (TAG_VERDICT, operation, NULL),
                                                 "q");

  return value != NULL ? g_variant_get_uint16 (value) : COSMIC_REASON_NONE;
}

gboolean
cosmic_fold_may (const CosmicFold *fold, CosmicRight right, const CosmicId *subject,
                 const CosmicId *scope)
{
  return fold->rules->policy->may (fold, right, subject, scope);
}

/* Is the author's device on, or is this operation within the cut of its removal? */
static CosmicReason
check_author (CosmicFold *self)
{
  const CosmicOperation *operation = self->operation;
  CosmicDevice device;

  if (!cosmic_authority_device (self->authority, &operation->header.author, &device))
    return COSMIC_REASON_UNKNOWN_AUTHOR;
  self->member = device.member;
  if (device.off
      && !cosmic_state_has (self->authority, cosmic_key (TAG_KEPT, &operation->header.author,
                                                         &operation->id)))
    return COSMIC_REASON_AUTHOR_REMOVED;
  if (self->taken
      || cosmic_authority_frozen (self->authority, &operation->header.author, &self->stream))
    return COSMIC_REASON_FORKED;
  return COSMIC_REASON_NONE;
}

/* Headers and authority bodies are under the party's own key, that everyone can fold them. */
static CosmicReason
check_keys (const CosmicFold *self)
{
  const CosmicHeader *header = &self->operation->header;
  const CosmicId *party = &cosmic_id_zero;
  const CosmicId *body_scope = cosmic_id_is_zero (&self->stream) ? party : NULL;
  guint64 base = header->base.height;

  if (!cosmic_authority_key_current (self->authority, &header->key, base, party, FALSE)
      || (header->body.there
          && !cosmic_authority_key_current (self->authority, &header->body.key, base, body_scope,
                                            FALSE))
      || (header->personal.there
          && !cosmic_authority_key_current (self->authority, &header->personal.key, base, NULL,
                                            TRUE)))
    return COSMIC_REASON_STALE_KEY;
  return COSMIC_REASON_NONE;
}

static CosmicReason
check_place (const CosmicFold *self, const CosmicKind *kind)
{
  gboolean authority = cosmic_id_is_zero (&self->stream);
  gboolean open = authority || cosmic_state_has (self->state, cosmic_key (TAG_OPENED, NULL, NULL));

  if (authority != (kind->place == COSMIC_PLACE_AUTHORITY)
      || open != (kind->place != COSMIC_PLACE_OPENING))
    return COSMIC_REASON_WRONG_STREAM;
  return COSMIC_REASON_NONE;
}

/* A stream is opened by the operation whose author and nonce make its id, and by no other. */
static CosmicReason
open_stream (CosmicFold *self, GVariant *body)
{
  CosmicId nonce, stream;

  if (!cosmic_codec_child_id (body, 0, &nonce))
    return COSMIC_REASON_BAD_BODY;
  cosmic_stream_id (&self->party, &self->operation->header.author, &nonce, &stream);
  if (!cosmic_id_same (&stream, &self->stream))
    return COSMIC_REASON_WRONG_STREAM;
  cosmic_state_put (self->state, cosmic_key (TAG_OPENED, NULL, NULL),
                    cosmic_codec_new_id (&self->operation->id));
  return COSMIC_REASON_NONE;
}

static CosmicReason
check_personal (const CosmicKind *kind, const CosmicHeader *header)
{
  if ((kind->personal == COSMIC_PERSONAL_MUST && !header->personal.there)
      || (kind->personal == COSMIC_PERSONAL_NEVER && header->personal.there))
    return COSMIC_REASON_PERSONAL;
  return COSMIC_REASON_NONE;
}

static GVariant *
read_body (const CosmicKind *kind, const CosmicPartRef *ref, GBytes *part)
{
  if (!ref->there || part == NULL || g_bytes_get_size (part) != ref->size)
    return NULL;
  return cosmic_part_content (part, kind->body_type);
}

/* What the header alone tells comes first: who lacks the body's key must reach the same verdict. */
static CosmicReason
apply (CosmicFold *self, GBytes *part)
{
  const CosmicHeader *header = &self->operation->header;
  const CosmicKind *kind = cosmic_rules_kind (self->rules, header->kind);
  g_autoptr (GVariant) body = NULL;
  CosmicReason reason;

  if (kind == NULL || kind->since > self->rules_version)
    return COSMIC_REASON_UNKNOWN_KIND;
  if (!cosmic_id_same (&self->operation->id, &self->party) /* genesis brings author and keys */
      && ((reason = check_author (self)) != COSMIC_REASON_NONE
          || (reason = check_keys (self)) != COSMIC_REASON_NONE))
    return reason;
  if ((reason = check_place (self, kind)) != COSMIC_REASON_NONE
      || (reason = check_personal (kind, header)) != COSMIC_REASON_NONE)
    return reason;
  if ((body = read_body (kind, &header->body, part)) == NULL)
    return COSMIC_REASON_BAD_BODY;
  if (kind->place == COSMIC_PLACE_OPENING
      && (reason = open_stream (self, body)) != COSMIC_REASON_NONE)
    return reason;
  return kind->apply (self, body);
}

CosmicReason
cosmic_fold_operation (CosmicFold *self, const CosmicOperation *operation, GBytes *body)
{
  guint mark = cosmic_state_mark (self->state);
  guint exports_mark = self->exports != NULL ? cosmic_state_mark (self->exports) : 0;
  CosmicReason reason;

  self->operation = operation;
  self->member = cosmic_id_zero;
  reason = apply (self, body);
  if (reason != COSMIC_REASON_NONE)
    {
      cosmic_state_back (self->state, mark);
      if (self->exports != NULL)
        cosmic_state_back (self->exports, exports_mark);
      cosmic_state_put (self->state, cosmic_key (TAG_VERDICT, &operation->id, NULL),
                        g_variant_new_uint16 (reason));
    }
  self->operation = NULL;
  return reason;
}
