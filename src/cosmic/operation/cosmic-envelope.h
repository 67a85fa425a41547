/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"
#include "cosmic-secret.h"

G_BEGIN_DECLS

/* What leaves a device: one item in one envelope (design 4.7). An envelope is a pure function of
 * item, place and key, so every holder makes the same bytes and an envelope's id names its item.
 *
 *   label      = type (1), key id (32), blinded stream tag (16), order (8, little endian)
 *   plain      = size of the item (4, little endian), item, zero bytes up to the padded size
 *   nonce      = the first 24 bytes of BLAKE2b (label, plain) under the key's nonce sub-key
 *   ciphertext = nonce, XChaCha20-Poly1305 (sub-key, nonce, label, plain)
 *   envelope   = label, ciphertext;   id = BLAKE2b-256 (envelope)
 *   padded     = Padmé (arXiv:1806.03160, section 4) of 4 + size, at least 256 bytes
 *
 * Sub-keys are crypto_kdf's of the key: "dpopnonc" 1, "dpopencr" 1, "dpopstrm" 1, "dpoplink" 1,
 * "dpopdisc" 1. */
#define COSMIC_LABEL_SIZE        57
#define COSMIC_ENVELOPE_OVERHEAD (COSMIC_LABEL_SIZE + 24 + 16)
#define COSMIC_ENVELOPE_SIZE_MAX (4 * 1024 * 1024)
#define COSMIC_STREAM_TAG_SIZE   16

typedef enum
{
  COSMIC_ITEM_HEADER = 1,
  COSMIC_ITEM_BODY = 2,
  COSMIC_ITEM_PERSONAL = 3,
  COSMIC_ITEM_CHECKPOINT = 4, /* with its batch list */
  COSMIC_ITEM_CERTIFICATE = 5,
  COSMIC_ITEM_SHARE = 6,
  COSMIC_ITEM_SNAPSHOT = 7,
  COSMIC_ITEM_WITNESS = 8,
  COSMIC_ITEM_SUMMARY = 9,
} CosmicItemType;

typedef struct
{
  CosmicItemType type;
  CosmicId key;
  guint8 stream[COSMIC_STREAM_TAG_SIZE];
  guint64 order;
} CosmicLabel;

/* A key of a scope and epoch, with the sub-keys made ready. One owner; the bytes are secret. */
typedef struct _CosmicScopeKey CosmicScopeKey;

CosmicScopeKey *cosmic_scope_key_new  (const guint8 key[32]);
void            cosmic_scope_key_free (CosmicScopeKey *self);
const guint8   *cosmic_scope_key_bytes (const CosmicScopeKey *self);
/* BLAKE2b-256 of "dpop key 1" with its NUL and the key. */
const CosmicId *cosmic_scope_key_id   (const CosmicScopeKey *self);

/* The envelope of ITEM. STREAM is blinded into the label; ORDER is the base's height. */
GBytes *cosmic_envelope_seal (const CosmicScopeKey *key, CosmicItemType type,
                              const CosmicId *stream, guint64 order, GBytes *item);
/* Reads the label. FALSE when ENVELOPE is too short, too long, or of no known type. */
gboolean cosmic_envelope_label (GBytes *envelope, CosmicLabel *label);
/* The item. NULL when KEY does not open it, or it is not the one envelope that its item makes. */
GBytes *cosmic_envelope_open (const CosmicScopeKey *key, GBytes *envelope);
void    cosmic_envelope_id   (GBytes *envelope, CosmicId *id);
/* Whether STREAM is what the label's tag blinds. */
gboolean cosmic_envelope_is_for_stream (const CosmicScopeKey *key, const CosmicLabel *label,
                                        const CosmicId *stream);

/* By which those who hold the key find each other on a network (design 6): "dpopdisc" 1. */
void    cosmic_scope_key_discovery (const CosmicScopeKey *self, guint8 discovery[32]);

/* The padded size of SIZE bytes. */
gsize cosmic_envelope_padded (gsize size);

/* The key before this one, wrapped under it, so that an epoch links back: XChaCha20-Poly1305 under
 * the sub-key "dpoplink" 1 with a zero nonce (the sub-key wraps one key ever). 48 bytes. */
#define COSMIC_LINK_SIZE 48
void cosmic_scope_key_link   (const CosmicScopeKey *self, const CosmicScopeKey *before,
                              guint8 link[COSMIC_LINK_SIZE]);
CosmicScopeKey *cosmic_scope_key_unlink (const CosmicScopeKey *self,
                                         const guint8 link[COSMIC_LINK_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicScopeKey, cosmic_scope_key_free)

G_END_DECLS
