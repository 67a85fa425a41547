/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-password.h"

#include <sodium.h>

#define KIB             1024
#define MAX_MEMORY      (1024u * KIB)       /* KiB: 1 GiB */
#define MAX_PASSES      64u
#define MAX_WORK        ((guint64) 16 * 1024 * KIB) /* KiB in all passes: 16 GiB */
#define USUAL_MEMORY    (256u * KIB)
#define LEAST_MEMORY    (64u * KIB) /* a calibrated cost is never below: RFC 9106, section 4 */
#define LEAST_PASSES    3u

G_STATIC_ASSERT (crypto_pwhash_argon2id_SALTBYTES == COSMIC_PASSWORD_SALT_SIZE);
G_STATIC_ASSERT (crypto_pwhash_argon2id_MEMLIMIT_MIN <= 8 * KIB);

gboolean
cosmic_password_cost_is_bounded (CosmicPasswordCost cost)
{
  return cost.passes >= 1 && cost.passes <= MAX_PASSES
         && cost.memory >= crypto_pwhash_argon2id_MEMLIMIT_MIN / KIB && cost.memory <= MAX_MEMORY
         && (guint64) cost.passes * cost.memory <= MAX_WORK;
}

gboolean
cosmic_password_key (const CosmicSecret *passphrase, const guint8 salt[COSMIC_PASSWORD_SALT_SIZE],
                     CosmicPasswordCost cost, guint8 key[COSMIC_PASSWORD_KEY_SIZE])
{
  return cosmic_password_cost_is_bounded (cost)
         && crypto_pwhash (key, COSMIC_PASSWORD_KEY_SIZE,
                           (const char *) cosmic_secret_bytes (passphrase),
                           cosmic_secret_size (passphrase), salt, cost.passes,
                           (gsize) cost.memory * KIB, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

/* In microseconds; 0 when there is no memory. */
static gint64
measure (CosmicPasswordCost cost)
{
  static const guint8 salt[COSMIC_PASSWORD_SALT_SIZE];
  g_autoptr (CosmicSecret) passphrase = cosmic_secret_new (8);
  guint8 key[COSMIC_PASSWORD_KEY_SIZE];
  gint64 start = g_get_monotonic_time ();

  return cosmic_password_key (passphrase, salt, cost, key)
             ? MAX (g_get_monotonic_time () - start, 1)
             : 0;
}

CosmicPasswordCost
cosmic_password_calibrate (guint milliseconds)
{
  gint64 wanted = (gint64) milliseconds * 1000;
  CosmicPasswordCost cost = { .passes = LEAST_PASSES, .memory = USUAL_MEMORY };
  gint64 taken;

  while (cost.memory > LEAST_MEMORY && ((taken = measure (cost)) == 0 || taken > wanted * 2))
    cost.memory /= 2;
  if (cost.memory == LEAST_MEMORY)
    taken = measure (cost);
  if (taken > 0 && taken < wanted)
    cost.passes = (guint32) MIN ((guint64) ((cost.passes * wanted + taken / 2) / taken),
                                 MIN (MAX_PASSES, MAX_WORK / cost.memory));
  return cost;
}
