/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-share.h"

#include "cosmic-hash.h"
#include "fixture-random.h"

#define PLAIN 256

typedef struct
{
  FixtureRandom random;
  CosmicId party;
  CosmicSecret *seal;
  CosmicId seal_public;
  CosmicScopeKey *body;
  CosmicScopeKey *personal;
} Setting;

static CosmicScopeKey *
new_key (FixtureRandom *random)
{
  guint8 bytes[32];

  dpop_random_fill (fixture_random_table (random), bytes, sizeof bytes);
  return cosmic_scope_key_new (bytes);
}

static void
set_up (Setting *self, gconstpointer unused)
{
  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&self->random, 11);
  dpop_random_fill (fixture_random_table (&self->random), &self->party, sizeof self->party);
  self->seal = cosmic_seal_key_new (fixture_random_table (&self->random), self->seal_public.bytes);
  self->body = new_key (&self->random);
  self->personal = new_key (&self->random);
}

static void
tear_down (Setting *self, gconstpointer unused)
{
  cosmic_secret_free (self->seal);
  cosmic_scope_key_free (self->body);
  cosmic_scope_key_free (self->personal);
}

/* What comes out is what went in, whichever of the two keys is there. */
static void
test_a_share_opens_for_its_device_alone (Setting *self, gconstpointer unused)
{
  guint8 other_public[32];
  g_autoptr (CosmicSecret) other
      = cosmic_seal_key_new (fixture_random_table (&self->random), other_public);

  for (guint which = 0; which < 4; which++)
    {
      const CosmicShare share = { .scope = self->party, .epoch = 0x01020304,
                                  .body = which & 1 ? self->body : NULL,
                                  .personal = which & 2 ? self->personal : NULL };
      g_autoptr (GBytes) envelope
          = cosmic_share_seal (&share, &self->party, &self->seal_public,
                               fixture_random_table (&self->random));
      CosmicShare opened;

      g_assert_true (cosmic_share_open (&opened, &self->party, self->seal, envelope));
      g_assert_true (cosmic_id_same (&opened.scope, &share.scope));
      g_assert_cmpuint (opened.epoch, ==, share.epoch);
      g_assert_true ((opened.body != NULL) == (share.body != NULL));
      g_assert_true ((opened.personal != NULL) == (share.personal != NULL));
      if (opened.body != NULL)
        g_assert_cmpmem (cosmic_scope_key_bytes (opened.body), 32,
                         cosmic_scope_key_bytes (self->body), 32);
      if (opened.personal != NULL)
        g_assert_cmpmem (cosmic_scope_key_bytes (opened.personal), 32,
                         cosmic_scope_key_bytes (self->personal), 32);
      cosmic_share_clear (&opened);
      g_assert_false (cosmic_share_open (&opened, &self->party, other, envelope));
      g_assert_false (cosmic_share_open (&opened, &self->seal_public, self->seal, envelope));
    }
}

/* The envelope over PLAIN bytes that its author chose. */
static GBytes *
seal_plain (Setting *self, const guint8 *plain, guint64 epoch)
{
  static const char tag[] = "dpop share 1";
  guint8 label[sizeof tag + COSMIC_ID_SIZE + 8];
  guint64 little = GUINT64_TO_LE (epoch);
  gsize size = COSMIC_LABEL_SIZE + COSMIC_SEAL_OVERHEAD + PLAIN;
  guint8 *out = g_malloc0 (size);
  CosmicHash hash;

  memcpy (label, tag, sizeof tag);
  memcpy (label + sizeof tag, self->party.bytes, COSMIC_ID_SIZE);
  memcpy (label + sizeof tag + COSMIC_ID_SIZE, &little, sizeof little);
  g_assert_true (cosmic_seal (self->seal_public.bytes, fixture_random_table (&self->random), label,
                              sizeof label, plain, PLAIN, out + COSMIC_LABEL_SIZE));
  cosmic_hash_init (&hash);
  cosmic_hash_update (&hash, tag, sizeof tag);
  cosmic_hash_update (&hash, out + COSMIC_LABEL_SIZE, COSMIC_SEAL_PUBLIC_SIZE);
  cosmic_hash_update (&hash, self->seal_public.bytes, COSMIC_ID_SIZE);
  cosmic_hash_finish (&hash, out + 1);
  out[0] = COSMIC_ITEM_SHARE;
  memcpy (out + 49, &little, sizeof little);
  return g_bytes_new_take (out, size);
}

static gboolean
opens (Setting *self, const guint8 *plain, guint64 epoch)
{
  g_autoptr (GBytes) envelope = seal_plain (self, plain, epoch);
  CosmicShare opened;
  gboolean good = cosmic_share_open (&opened, &self->party, self->seal, envelope);

  cosmic_share_clear (&opened);
  return good;
}

/* One byte too many anywhere, an unknown flag, a key that no flag announces: refused. */
static void
test_what_a_share_does_not_say_is_zero (Setting *self, gconstpointer unused)
{
  guint8 plain[PLAIN] = { 0 };

  plain[32] = 7;
  g_assert_true (opens (self, plain, 7));
  g_assert_false (opens (self, plain, 8));
  for (guint at = 37; at < PLAIN; at++)
    {
      plain[at] = 1;
      g_assert_false (opens (self, plain, 7));
      plain[36] = 3;
      g_assert_true (opens (self, plain, 7) == (at < 101));
      plain[36] = 0;
      plain[at] = 0;
    }
  for (guint flag = 4; flag < 256; flag <<= 1)
    {
      plain[36] = (guint8) (flag | 3);
      g_assert_false (opens (self, plain, 7));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/share/A share opens for its device alone", Setting, NULL, set_up,
              test_a_share_opens_for_its_device_alone, tear_down);
  g_test_add ("/share/What a share does not say is zero", Setting, NULL, set_up,
              test_what_a_share_does_not_say_is_zero, tear_down);
  return g_test_run ();
}
