/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"
#include "cosmic-sign.h"
#include "cosmic-text-code.h"

G_BEGIN_DECLS

/* What makes a text a record: a device's signature under it, with what the text is about as numbers
 * and ids, so that it can be checked in whatever language the text is.
 *
 * The plain form of a text is what is signed: it is UTF-8, composed (NFC), and every run of white
 * space is one space, none at either end. So a record may be copied from a printed page's file,
 * where lines and pages end elsewhere.
 *
 * A record is a text that begins with DPOP_RECORD_SEAL_BEGIN, and after it a text code of kind S of
 * GVariant `(yayayayayaytxay)`: version 1, party, decision, device, BLAKE2b-256 of the outcome as
 * it stands in the certified state, state root and height of the checkpoint that covers it, when it
 * was made in ms, signature. What is signed is "dpop record 1" with its NUL, the same value with an
 * empty signature, and BLAKE2b-256 of the plain text from its beginning up to the code. [format] */
#define DPOP_RECORD_SEAL_BEGIN    "DPOP-RECORD-1"
#define DPOP_RECORD_SEAL_KIND     'S'
#define DPOP_RECORD_SEAL_TEXT_MAX (512 * 1024) /* bytes of a text that is looked at */

typedef struct
{
  CosmicId party;
  CosmicId decision; /* the stream */
  CosmicId device;   /* whose key signed */
  CosmicId outcome;
  CosmicId root;
  guint64 height;
  gint64 made;
  guint8 signature[COSMIC_SIGN_SIZE];
} DpopRecordSeal;

typedef enum
{
  DPOP_RECORD_SEAL_GOOD,
  DPOP_RECORD_SEAL_NOT_TEXT, /* too long, or not UTF-8 */
  DPOP_RECORD_SEAL_NONE,     /* there is no record in it */
  DPOP_RECORD_SEAL_CODE,     /* the code is missing, or cannot be read, in the line told */
  DPOP_RECORD_SEAL_ALTERED,  /* the signature is not one of this text */
} DpopRecordSealVerdict;

/* The plain form of TEXT, which is UTF-8; the caller frees. */
char *dpop_record_seal_plain (const char *text);

/* Signs PLAIN with KEY, whose public half becomes the device. */
void  dpop_record_seal_sign  (DpopRecordSeal *self, const char *plain, const CosmicSecret *key);
/* The code, as lines; the caller frees. */
char *dpop_record_seal_write (const DpopRecordSeal *self);

/* Looks for a record in TEXT, among whatever else, and checks its signature. SELF is filled in when
 * good or altered; *PLAIN (may be NULL) is the text that was signed, when good; *LINE is of the
 * code, or 0. */
DpopRecordSealVerdict dpop_record_seal_read (DpopRecordSeal *self, const char *text, gsize size,
                                             char **plain, guint *line);

G_END_DECLS
