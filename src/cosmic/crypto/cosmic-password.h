/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-secret.h"

G_BEGIN_DECLS

/* Argon2id (RFC 9106) with one lane, as libsodium has it: a key from a passphrase, made slow. */
#define COSMIC_PASSWORD_SALT_SIZE 16
#define COSMIC_PASSWORD_KEY_SIZE  32

/* What one guess costs. Stored beside the salt. */
typedef struct
{
  guint32 passes; /* over the memory */
  guint32 memory; /* in KiB */
} CosmicPasswordCost;

/* The least that the algorithm takes: for tests and simulated members, never for a person. */
#define COSMIC_PASSWORD_COST_TEST ((CosmicPasswordCost){ .passes = 1, .memory = 8 })

/* Whether COST may be tried at all: at most 1 GiB, 64 passes, and 16 GiB in all passes together.
 * Asked of every stored cost before memory is taken. */
gboolean cosmic_password_cost_is_bounded (CosmicPasswordCost cost);

/* The cost that takes about MILLISECONDS on this machine, measured: 256 MiB (less where that much
 * is not to be had, or takes too long), and at least 3 passes. Takes about as long itself. */
CosmicPasswordCost cosmic_password_calibrate (guint milliseconds);

/* FALSE when COST is out of bounds or there is no memory for it. */
gboolean cosmic_password_key (const CosmicSecret *passphrase,
                              const guint8 salt[COSMIC_PASSWORD_SALT_SIZE],
                              CosmicPasswordCost cost, guint8 key[COSMIC_PASSWORD_KEY_SIZE]);

G_END_DECLS
