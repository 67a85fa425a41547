/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-id.h"

G_BEGIN_DECLS

/* By what a newcomer and the computers of a party know each other before the newcomer is in: both
 * have the public half of the invitation's one-time seed, the one from the invitation, the others
 * from the claim that registered it. [format]
 *
 *   place = BLAKE2b-256, keyed with the seed's public half, of "dpop guest place 1" NUL, party
 *   key   = BLAKE2b-256, keyed with the seed's public half, of "dpop guest key 1" NUL, party
 *
 * In the hello, PLACE stands where the party's id would, and KEY where its discovery key would:
 * the newcomer shows it as current, the others recognise it as they do a former key, and show
 * nothing of their own before the newcomer's device has proved itself. So a guest never proves
 * anything in the party's own name, and a stranger sees random bytes.
 *
 * It keeps away those who were never told of the invitation, and no more: every member can read the
 * claim. What lets the newcomer in is the request, which the seed signs. Whoever runs the hello
 * stops offering the key when the invitation is used, withdrawn or expired; from then on nobody can
 * tell by it that the newcomer is near. An invitation without a seed has no such key. */
typedef struct
{
  CosmicId place;
  guint8 key[32];
} CosmicGuest;

/* SEED: the public half. */
void cosmic_guest_init (CosmicGuest *self, const CosmicId *party, const CosmicId *seed);

G_END_DECLS
