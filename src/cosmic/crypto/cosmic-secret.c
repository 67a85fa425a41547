/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"

#include <sodium.h>

struct _CosmicSecret
{
  gsize size;
  guint8 *bytes; /* from sodium_malloc: locked where possible, between guard pages */
};

gboolean
cosmic_crypto_init (void)
{
  return sodium_init () >= 0;
}

const char *
cosmic_crypto_library (void)
{
  return sodium_version_string ();
}

/* sodium_malloc() answers even where its lock on the memory failed (a small RLIMIT_MEMLOCK), so
 * the lock is tried once more where its result can be seen. */
static void
warn_once_if_unlocked (guint8 *bytes, gsize size)
{
  static gsize warned = 0;

  if (sodium_mlock (bytes, size) == 0)
    return;
  if (g_once_init_enter (&warned))
    {
      g_printerr ("dpop: this system locks no more memory; keys could reach the swap space. "
                  "Encrypt the swap space, or raise the limit (ulimit -l).\n");
      g_once_init_leave (&warned, 1);
    }
}

CosmicSecret *
cosmic_secret_new (gsize size)
{
  CosmicSecret *self = g_new0 (CosmicSecret, 1);

  g_return_val_if_fail (size > 0, self);
  if (sodium_init () < 0 || (self->bytes = sodium_malloc (size)) == NULL)
    g_error ("No memory for a secret of %" G_GSIZE_FORMAT " bytes", size);
  self->size = size;
  warn_once_if_unlocked (self->bytes, size);
  memset (self->bytes, 0, size);
  return self;
}

CosmicSecret *
cosmic_secret_copy (gconstpointer bytes, gsize size)
{
  CosmicSecret *self = cosmic_secret_new (size);

  memcpy (self->bytes, bytes, size);
  return self;
}

void
cosmic_secret_free (CosmicSecret *self)
{
  if (self == NULL)
    return;
  if (self->bytes != NULL)
    sodium_free (self->bytes); /* wipes and unlocks */
  g_free (self);
}

guint8 *
cosmic_secret_bytes (const CosmicSecret *self)
{
  return self->bytes;
}

gsize
cosmic_secret_size (const CosmicSecret *self)
{
  return self->size;
}

void
cosmic_wipe (gpointer bytes, gsize size)
{
  sodium_memzero (bytes, size);
}

gboolean
cosmic_equal (gconstpointer a, gconstpointer b, gsize size)
{
  return sodium_memcmp (a, b, size) == 0;
}
