/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-seal.h"

#include <string.h>

#define KIND_SIZE  8
#define LABEL_SIZE (KIND_SIZE + DPOP_VAULT_ID_SIZE + 8)

gboolean
dpop_vault_seal_init (DpopVaultSeal *self, const CosmicSecret *key,
                      const guint8 id[DPOP_VAULT_ID_SIZE], DpopRandom random)
{
  self->xaes = cosmic_xaes_new (cosmic_secret_bytes (key));
  memcpy (self->id, id, DPOP_VAULT_ID_SIZE);
  self->random = random;
  self->unused = 0;
  return self->xaes != NULL;
}

void
dpop_vault_seal_clear (DpopVaultSeal *self)
{
  g_clear_pointer (&self->xaes, cosmic_xaes_free);
  cosmic_wipe (self->nonces, sizeof self->nonces);
  self->unused = 0;
}

void
dpop_vault_seal_nonce (DpopVaultSeal *self, guint8 nonce[COSMIC_XAES_NONCE_SIZE])
{
  if (self->unused == 0)
    {
      dpop_random_fill (self->random, self->nonces, sizeof self->nonces);
      self->unused = DPOP_VAULT_SEAL_NONCES;
    }
  memcpy (nonce, self->nonces[--self->unused], COSMIC_XAES_NONCE_SIZE);
}

static void
make_label (const DpopVaultSeal *self, const char *kind, guint64 offset, guint8 label[LABEL_SIZE])
{
  guint64 place = GUINT64_TO_LE (offset);

  memcpy (label, kind, KIND_SIZE);
  memcpy (label + KIND_SIZE, self->id, DPOP_VAULT_ID_SIZE);
  memcpy (label + KIND_SIZE + DPOP_VAULT_ID_SIZE, &place, sizeof place);
}

gboolean
dpop_vault_seal_close (DpopVaultSeal *self, const char *kind, guint64 offset, const guint8 *nonce,
                       gconstpointer plain, gsize size, guint8 *out)
{
  guint8 label[LABEL_SIZE];
  guint8 *behind = out + size + COSMIC_XAES_TAG_SIZE;

  if (nonce != NULL)
    memcpy (behind, nonce, COSMIC_XAES_NONCE_SIZE);
  else
    dpop_vault_seal_nonce (self, behind);
  make_label (self, kind, offset, label);
  return cosmic_xaes_encrypt (self->xaes, behind, label, sizeof label, plain, size, out);
}

CosmicXaesVerdict
dpop_vault_seal_open (DpopVaultSeal *self, const char *kind, guint64 offset,
                      gconstpointer sealed, gsize size, guint8 *out)
{
  guint8 label[LABEL_SIZE];

  if (size < DPOP_VAULT_SEAL_OVERHEAD)
    return COSMIC_XAES_FORGED;
  make_label (self, kind, offset, label);
  size -= COSMIC_XAES_NONCE_SIZE;
  return cosmic_xaes_decrypt (self->xaes, (const guint8 *) sealed + size, label, sizeof label,
                              sealed, size, out);
}
