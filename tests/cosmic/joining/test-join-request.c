/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-join-request.h"
#include "cosmic-seal.h"
#include "fixture-random.h"

#include <string.h>

/* An inviter, an invitation, and a newcomer's device. */
typedef struct
{
  FixtureRandom random;
  DpopRandom source;
  CosmicInvite invite;
  CosmicSecret *inviter_seal;
  CosmicSecret *device;
  CosmicId seal;
} Case;

static CosmicId
random_id (Case *self)
{
  CosmicId id;

  dpop_random_fill (self->source, &id, sizeof id);
  return id;
}

static void
set_up (Case *self, gconstpointer invited)
{
  guint8 ignored[32];

  fixture_random_init (&self->random, 1);
  self->source = fixture_random_table (&self->random);
  self->invite = (CosmicInvite){ .party = random_id (self), .member = random_id (self),
                                 .height = 12, .checkpoint = random_id (self),
                                 .expires = G_GINT64_CONSTANT (1800000000000) };
  cosmic_secret_free (cosmic_sign_key_new (self->source, self->invite.inviter.bytes));
  self->inviter_seal = cosmic_seal_key_new (self->source, self->invite.inviter_seal.bytes);
  if (GPOINTER_TO_INT (invited))
    self->invite.seed = cosmic_sign_key_new (self->source, ignored);
  self->device = cosmic_sign_key_new (self->source, ignored);
  cosmic_secret_free (cosmic_seal_key_new (self->source, self->seal.bytes));
}

static void
tear_down (Case *self, gconstpointer invited)
{
  cosmic_invite_clear (&self->invite);
  cosmic_secret_free (self->inviter_seal);
  cosmic_secret_free (self->device);
}

static void
test_an_invitation_survives_paper (Case *self, gconstpointer invited)
{
  g_autofree char *text = cosmic_invite_to_text (&self->invite);
  CosmicInvite read;
  guint line;

  g_assert_cmpint (cosmic_invite_from_text (&read, text, &line), ==, COSMIC_TEXT_CODE_GOOD);
  g_assert_true (cosmic_id_same (&read.party, &self->invite.party));
  g_assert_true (cosmic_id_same (&read.member, &self->invite.member));
  g_assert_true (cosmic_id_same (&read.inviter, &self->invite.inviter));
  g_assert_true (cosmic_id_same (&read.inviter_seal, &self->invite.inviter_seal));
  g_assert_true (cosmic_id_same (&read.checkpoint, &self->invite.checkpoint));
  g_assert_cmpuint (read.height, ==, self->invite.height);
  g_assert_cmpint (read.expires, ==, self->invite.expires);
  g_assert_cmpint (read.seed != NULL, ==, GPOINTER_TO_INT (invited));
  if (read.seed != NULL)
    g_assert_cmpmem (cosmic_sign_key_seed (read.seed), 32,
                     cosmic_sign_key_seed (self->invite.seed), 32);
  cosmic_invite_clear (&read);
}

static CosmicJoinRequestVerdict
open_request (Case *self, const char *text, const CosmicId *party, const CosmicSecret *seal,
              CosmicRequest *request)
{
  CosmicTextCodeVerdict code;
  guint line;

  return cosmic_join_request_from_text (request, party, seal, text, &code, &line);
}

static void
test_the_inviter_reads_the_request (Case *self, gconstpointer invited)
{
  g_autofree char *text
      = cosmic_join_request_to_text (&self->invite, self->device, &self->seal, self->source);
  CosmicRequest request;

  g_assert_cmpint (open_request (self, text, &self->invite.party, self->inviter_seal, &request),
                   ==, COSMIC_JOIN_REQUEST_GOOD);
  g_assert_true (cosmic_id_same (&request.member, &self->invite.member));
  g_assert_true (cosmic_id_same (&request.seal, &self->seal));
  g_assert_cmpmem (request.device.bytes, 32, cosmic_sign_key_public (self->device), 32);
  g_assert_cmpint (request.invited, ==, GPOINTER_TO_INT (invited));
  if (request.invited)
    g_assert_cmpmem (request.seed.bytes, 32, cosmic_sign_key_public (self->invite.seed), 32);
}

static void
test_nobody_else_does (Case *self, gconstpointer invited)
{
  g_autofree char *text
      = cosmic_join_request_to_text (&self->invite, self->device, &self->seal, self->source);
  guint8 ignored[32];
  g_autoptr (CosmicSecret) other = cosmic_seal_key_new (self->source, ignored);
  CosmicId party = random_id (self);
  CosmicRequest request;

  g_assert_cmpint (open_request (self, text, &self->invite.party, other, &request), ==,
                   COSMIC_JOIN_REQUEST_NOT_MINE);
  g_assert_cmpint (open_request (self, text, &party, self->inviter_seal, &request), ==,
                   COSMIC_JOIN_REQUEST_NOT_MINE);
  g_assert_cmpint (open_request (self, "Hello!", &self->invite.party, self->inviter_seal,
                                 &request), ==, COSMIC_JOIN_REQUEST_UNREADABLE);
}

/* Seals PLAIN as a request is, changed at BYTE. */
static char *
reseal (Case *self, GBytes *plain, gsize byte)
{
  gsize size = g_bytes_get_size (plain);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (plain, NULL), size);
  guint8 label[sizeof "dpop join 1" + 32];
  guint8 *sealed = g_malloc (size + COSMIC_SEAL_OVERHEAD);
  g_autoptr (GBytes) box = g_bytes_new_take (sealed, size + COSMIC_SEAL_OVERHEAD);

  bytes[byte] ^= 1;
  memcpy (label, "dpop join 1", sizeof "dpop join 1");
  memcpy (label + sizeof "dpop join 1", self->invite.party.bytes, 32);
  g_assert_true (cosmic_seal (self->invite.inviter_seal.bytes, self->source, label, sizeof label,
                              bytes, size, sealed));
  return cosmic_text_code_write ('R', box);
}

/* Anyone may seal to the inviter; but nobody else's signatures fit. */
static void
test_every_byte_of_it_is_signed (Case *self, gconstpointer invited)
{
  CosmicRequest request = { .member = self->invite.member, .seal = self->seal };
  g_autoptr (GBytes) plain = NULL;

  cosmic_request_sign (&request, &self->invite.party, self->device, self->invite.seed);
  plain = cosmic_join_request_encode (&request);
  for (gsize i = 0; i < g_bytes_get_size (plain); i++)
    {
      g_autofree char *text = reseal (self, plain, i);
      CosmicRequest forged;

      g_assert_cmpint (open_request (self, text, &self->invite.party, self->inviter_seal, &forged),
                       ==, COSMIC_JOIN_REQUEST_INVALID);
    }
}

/* Changed anywhere, it is another invitation or none at all; never one with keys that are no
 * points. */
static void
test_an_invitation_altered_is_no_crash (Case *self, gconstpointer invited)
{
  g_autoptr (GBytes) bytes = cosmic_invite_encode (&self->invite);
  gsize size = g_bytes_get_size (bytes);
  guint refused = 0;

  for (gsize i = 0; i < size; i++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) altered = g_bytes_new_take (copy, size);
      CosmicInvite read;

      copy[i] ^= 0x80;
      if (!cosmic_invite_decode (&read, altered))
        {
          refused++;
          continue;
        }
      g_assert_true (cosmic_sign_public_is_valid (read.inviter.bytes));
      g_assert_true (cosmic_seal_public_is_valid (read.inviter_seal.bytes));
      cosmic_invite_clear (&read);
    }
  g_assert_cmpuint (refused, >, 8);
}

#define ADD(name, function)                                                                     \
  g_test_add ("/join-request/invited/" name, Case, GINT_TO_POINTER (1), set_up, function,       \
              tear_down);                                                                       \
  g_test_add ("/join-request/a further computer/" name, Case, GINT_TO_POINTER (0), set_up,      \
              function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  ADD ("an invitation survives paper", test_an_invitation_survives_paper);
  ADD ("the inviter reads the request", test_the_inviter_reads_the_request);
  ADD ("nobody else does", test_nobody_else_does);
  ADD ("every byte of it is signed", test_every_byte_of_it_is_signed);
  ADD ("an invitation altered is no crash", test_an_invitation_altered_is_no_crash);
  return g_test_run ();
}
