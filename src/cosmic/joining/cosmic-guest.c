/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-guest.h"

#include "cosmic-hash.h"

static const char place_tag[] = "dpop guest place 1";
static const char key_tag[] = "dpop guest key 1";

G_STATIC_ASSERT (sizeof ((CosmicGuest *) NULL)->key == COSMIC_HASH_SIZE);

static void
derive (const CosmicId *seed, const char *tag, gsize tag_size, const CosmicId *party,
        guint8 out[COSMIC_HASH_SIZE])
{
  CosmicHash hash;

  cosmic_hash_init_keyed (&hash, seed, sizeof *seed);
  cosmic_hash_update (&hash, tag, tag_size);
  cosmic_hash_update (&hash, party, sizeof *party);
  cosmic_hash_finish (&hash, out);
}

void
cosmic_guest_init (CosmicGuest *self, const CosmicId *party, const CosmicId *seed)
{
  derive (seed, place_tag, sizeof place_tag, party, self->place.bytes);
  derive (seed, key_tag, sizeof key_tag, party, self->key);
}
