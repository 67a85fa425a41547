/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-secret.h"
#include "cosmic-xaes.h"
#include "dpop-random.h"

G_BEGIN_DECLS

/* How the vault seals a record: XAES-256-GCM with a fresh random nonce, and a label of kind, id of
 * the database and place in the file, so that a record opens nowhere else. [format]
 *
 *   sealed record = ciphertext (as long as the plaintext) || tag (16) || nonce (24)
 *   label         = kind (8 characters) || database id (16) || offset in the file (8, little
 * endian)
 */
#define DPOP_VAULT_ID_SIZE       16
#define DPOP_VAULT_SEAL_OVERHEAD (COSMIC_XAES_TAG_SIZE + COSMIC_XAES_NONCE_SIZE)

#define DPOP_VAULT_SEAL_PAGE   "dpoppage" /* a page of the database */
#define DPOP_VAULT_SEAL_FRAME  "dpopfram" /* a frame of the write-ahead log */
#define DPOP_VAULT_SEAL_HEADER "dpopwalh" /* the header of the write-ahead log */

#define DPOP_VAULT_SEAL_NONCES 16

/* A sealer, for one thread at a time: key made ready, id, and nonces drawn ahead. */
typedef struct
{
  CosmicXaes *xaes; /* NULL when cleared */
  guint8 id[DPOP_VAULT_ID_SIZE];
  DpopRandom random;
  guint8 nonces[DPOP_VAULT_SEAL_NONCES][COSMIC_XAES_NONCE_SIZE];
  guint unused; /* nonces that are left */
} DpopVaultSeal;

/* FALSE when there is no memory. */
gboolean dpop_vault_seal_init  (DpopVaultSeal *self, const CosmicSecret *key,
                                const guint8 id[DPOP_VAULT_ID_SIZE], DpopRandom random);
/* Wipes; safe to call again. */
void     dpop_vault_seal_clear (DpopVaultSeal *self);

void dpop_vault_seal_nonce (DpopVaultSeal *self, guint8 nonce[COSMIC_XAES_NONCE_SIZE]);

/* OUT takes SIZE + DPOP_VAULT_SEAL_OVERHEAD bytes. NONCE NULL: a fresh one. A nonce that is given
 * belongs to one plaintext, of which a beginning may be sealed before the rest is known.
 * FALSE when there is no memory. */
gboolean dpop_vault_seal_close (DpopVaultSeal *self, const char *kind, guint64 offset,
                                const guint8 *nonce, gconstpointer plain, gsize size, guint8 *out);

/* SIZE is that of the sealed record. OUT takes SIZE - DPOP_VAULT_SEAL_OVERHEAD bytes; zeros unless
 * good. */
CosmicXaesVerdict dpop_vault_seal_open (DpopVaultSeal *self, const char *kind, guint64 offset,
                                        gconstpointer sealed, gsize size, guint8 *out);

G_END_DECLS
