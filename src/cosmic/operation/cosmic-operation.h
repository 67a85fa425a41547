/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-codec.h"
#include "cosmic-sign.h"

G_BEGIN_DECLS

/* An operation: what one device says, once, for good (design 4.2).
 *
 * The signed header holds ids and numbers; what it says stands in a detached body, what a person
 * typed in a detached personal part. Each part is named by the id of its envelope, so that who
 * lacks the key can still store, check and pass it on.
 *
 * Header, GVariant `(yayayaytay(aytay)aayqaym(ayuay)m(ayuay))`:
 *   version 1, party, stream, author key, seq, previous, base (chain, height, id), parents, kind,
 *   key, body (key, size, id)?, personal (key, size, id)?
 * The header item is the header followed by the 64 bytes of its signature; the operation's id is
 * BLAKE2b-256 of the item. What is signed is "dpop operation 1" with its NUL, the party id, the
 * header. Genesis has zero for party and base. */
#define COSMIC_OPERATION_VERSION     1
#define COSMIC_OPERATION_PARENTS_MAX 16
#define COSMIC_HEADER_SIZE_MAX       2048
#define COSMIC_PART_SIZE_MAX         65536 /* of a part, its 32 random bytes included */
#define COSMIC_PART_SALT_SIZE        32

/* A detached part: the id of the key it is enveloped with, its plain size (salt included), and the
 * id of its envelope. */
typedef struct
{
  gboolean there;
  CosmicId key;
  guint32 size;
  CosmicId id;
} CosmicPartRef;

/* A checkpoint as its author knew it: the newest, standing for everything final. */
typedef struct
{
  CosmicId chain; /* zero: the party's own */
  guint64 height;
  CosmicId id;
} CosmicBase;

typedef struct
{
  CosmicId party;
  CosmicId stream;
  CosmicId author;
  guint64 seq;
  CosmicId previous;
  CosmicBase base;
  guint n_parents;
  CosmicId parents[COSMIC_OPERATION_PARENTS_MAX]; /* strictly ascending */
  guint16 kind;
  CosmicId key; /* the header's own */
  CosmicPartRef body;
  CosmicPartRef personal;
} CosmicHeader;

/* A header with its signature, as received. Immutable, reference counted. */
typedef struct
{
  gatomicrefcount refs;
  CosmicHeader header;
  CosmicId id;
  GBytes *item;
} CosmicOperation;

/* Signs HEADER. The author field is taken from KEY. */
CosmicOperation *cosmic_operation_sign  (const CosmicHeader *header, const CosmicSecret *key);

/* NULL when ITEM is no well-formed header item. The signature is not looked at. */
CosmicOperation *cosmic_operation_parse (GBytes *item);
gboolean         cosmic_operation_verify (const CosmicOperation *self);

CosmicOperation *cosmic_operation_ref   (CosmicOperation *self);
void             cosmic_operation_unref (CosmicOperation *self);

/* The party it belongs to: its own id for a genesis. */
const CosmicId  *cosmic_operation_party (const CosmicOperation *self);

/* A part's plain bytes: 32 random ones, then the normal form of CONTENT. */
GBytes   *cosmic_part_new     (GVariant *content, const guint8 salt[COSMIC_PART_SALT_SIZE]);
/* NULL when it is not of TYPE in normal form. */
GVariant *cosmic_part_content (GBytes *part, const char *type);

/* The id of a stream that AUTHOR opens: BLAKE2b of "dpop stream 1" with its NUL, party, author key
 * and the nonce that the stream's first body reveals. */
void cosmic_stream_id (const CosmicId *party, const CosmicId *author, const CosmicId *nonce,
                       CosmicId *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CosmicOperation, cosmic_operation_unref)

G_END_DECLS
