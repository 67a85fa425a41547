/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-admission.h"
#include "cosmic-guest.h"
#include "cosmic-join-request.h"
#include "cosmic-seal.h"
#include "fixture-random.h"
#include "vector-file.h"

static CosmicId
random_id (FixtureRandom *random)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (random), &id, sizeof id);
  return id;
}

/* Line by line, as a list: an end of line is not plain text. */
static void
write_lines (VectorFile *file, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint count = g_strv_length (lines);

  g_assert_cmpstr (lines[count - 1], ==, "");
  vector_file_variant (file, "lines",
                       g_variant_new_strv ((const char *const *) lines, (gssize) count - 1));
}

static void
test_codes (void)
{
  VectorFile *file = vector_file_new ("code");
  static const gsize sizes[] = { 1, 2, 14, 15, 16, 30, 47, 223 };
  static const char kinds[] = "JR";
  FixtureRandom random;

  fixture_random_init (&random, 4001);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint8 bytes[256];
      char kind[] = { kinds[i % 2], '\0' };
      g_autoptr (GBytes) blob = NULL;
      g_autofree char *text = NULL;

      dpop_random_fill (fixture_random_table (&random), bytes, sizes[i]);
      blob = g_bytes_new (bytes, sizes[i]);
      text = cosmic_text_code_write (kind[0], blob);
      vector_file_begin (file, "a code");
      vector_file_text (file, "kind", kind);
      vector_file_blob (file, "bytes", blob);
      write_lines (file, text);
    }
  vector_file_finish (file);
}

/* With and without a seed, from an inviter whose seal key is INVITER. */
static CosmicInvite
make_invite (FixtureRandom *random, gboolean invited, CosmicSecret **inviter)
{
  DpopRandom source = fixture_random_table (random);
  g_autoptr (CosmicSecret) key = NULL;
  CosmicInvite invite = { .party = random_id (random), .member = random_id (random),
                          .height = 7, .checkpoint = random_id (random),
                          .expires = G_GINT64_CONSTANT (1750000000000) };
  guint8 public_key[32];

  key = cosmic_sign_key_new (source, invite.inviter.bytes);
  *inviter = cosmic_seal_key_new (source, invite.inviter_seal.bytes);
  if (invited)
    invite.seed = cosmic_sign_key_new (source, public_key);
  return invite;
}

static void
write_invite (VectorFile *file, const CosmicInvite *invite)
{
  vector_file_id (file, "party", &invite->party);
  vector_file_id (file, "member", &invite->member);
  vector_file_bytes (file, "seed",
                     invite->seed != NULL ? cosmic_sign_key_seed (invite->seed) : NULL,
                     invite->seed != NULL ? 32 : 0);
  vector_file_id (file, "inviter", &invite->inviter);
  vector_file_id (file, "inviter_seal", &invite->inviter_seal);
  vector_file_number (file, "height", invite->height);
  vector_file_id (file, "checkpoint", &invite->checkpoint);
  vector_file_number (file, "expires", (guint64) invite->expires);
}

static void
test_invites (void)
{
  VectorFile *file = vector_file_new ("invite");
  FixtureRandom random;

  fixture_random_init (&random, 4002);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CosmicSecret) inviter = NULL;
      CosmicInvite invite = make_invite (&random, i == 0, &inviter);
      g_autofree char *text = cosmic_invite_to_text (&invite);

      vector_file_begin (file, i == 0 ? "someone is to join" : "a further computer");
      write_invite (file, &invite);
      write_lines (file, text);
      cosmic_invite_clear (&invite);
    }
  vector_file_finish (file);
}

static void
test_requests (void)
{
  VectorFile *file = vector_file_new ("request");
  FixtureRandom random;

  fixture_random_init (&random, 4003);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CosmicSecret) inviter = NULL;
      CosmicInvite invite = make_invite (&random, i == 0, &inviter);
      CosmicId device, seal;
      g_autoptr (CosmicSecret) key
          = cosmic_sign_key_new (fixture_random_table (&random), device.bytes);
      g_autoptr (CosmicSecret) seal_key
          = cosmic_seal_key_new (fixture_random_table (&random), seal.bytes);
      g_autofree char *text
          = cosmic_join_request_to_text (&invite, key, &seal, fixture_random_table (&random));

      vector_file_begin (file, i == 0 ? "someone joins" : "a further computer");
      write_invite (file, &invite);
      vector_file_bytes (file, "inviter_secret", cosmic_secret_bytes (inviter), 32);
      vector_file_id (file, "device", &device);
      vector_file_id (file, "seal", &seal);
      write_lines (file, text);
      cosmic_invite_clear (&invite);
    }
  vector_file_finish (file);
}

static void
test_guests (void)
{
  VectorFile *file = vector_file_new ("guest");
  FixtureRandom random;

  fixture_random_init (&random, 4004);
  for (guint i = 0; i < 2; i++)
    {
      const CosmicId party = random_id (&random);
      const CosmicId seed = random_id (&random);
      CosmicGuest guest;

      cosmic_guest_init (&guest, &party, &seed);
      vector_file_begin (file, i == 0 ? "an invitation" : "another");
      vector_file_id (file, "party", &party);
      vector_file_id (file, "seed", &seed);
      vector_file_id (file, "place", &guest.place);
      vector_file_bytes (file, "key", guest.key, sizeof guest.key);
    }
  vector_file_finish (file);
}

/* Whatever the two say next, each in turn, is written down. */
static void
write_talk (VectorFile *file, CosmicAdmission *newcomer, CosmicAdmission *inviter)
{
  CosmicAdmission *sides[] = { newcomer, inviter };
  GVariantBuilder messages;
  guint silent = 0;

  g_variant_builder_init (&messages, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; silent < 2; i++)
    {
      g_autoptr (GBytes) message = cosmic_admission_next (sides[i % 2]);
      g_autoptr (GBytes) piece = NULL;

      silent = message == NULL ? silent + 1 : 0;
      if (message == NULL)
        continue;
      cosmic_admission_take (sides[1 - i % 2], g_bytes_get_data (message, NULL),
                             g_bytes_get_size (message), &piece);
      g_variant_builder_add_value (
          &messages, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, message, TRUE));
    }
  vector_file_variant (file, "messages", g_variant_builder_end (&messages));
}

/* A newcomer asks; ANSWER: the file, or NULL for a refusal. */
static void
write_admission (VectorFile *file, FixtureRandom *random, GBytes *answer)
{
  DpopRandom source = fixture_random_table (random);
  g_autoptr (GBytes) request = g_bytes_new_static ("a request", 9);
  g_autoptr (CosmicAdmission) newcomer = NULL;
  g_autoptr (CosmicAdmission) inviter = NULL;
  CosmicAdmissionBond bond;

  dpop_random_fill (source, &bond, sizeof bond);
  newcomer = cosmic_admission_new (COSMIC_ADMISSION_NEWCOMER, &bond, request, source);
  inviter = cosmic_admission_new (COSMIC_ADMISSION_INVITER, &bond, NULL, source);
  vector_file_begin (file, answer != NULL ? "let in" : "refused");
  vector_file_bytes (file, "exporter", bond.exporter, sizeof bond.exporter);
  vector_file_id (file, "newcomer", &bond.newcomer);
  vector_file_id (file, "inviter", &bond.inviter);
  vector_file_blob (file, "request", request);
  for (guint i = 0; i < 3; i++)
    {
      CosmicAdmission *from = i == 1 ? inviter : newcomer;
      static const char *const names[] = { "ask", "turn", "show" };
      g_autoptr (GBytes) message = cosmic_admission_next (from);
      g_autoptr (GBytes) piece = NULL;

      vector_file_blob (file, names[i], message);
      cosmic_admission_take (i == 1 ? newcomer : inviter, g_bytes_get_data (message, NULL),
                             g_bytes_get_size (message), &piece);
    }
  vector_file_text (file, "code", cosmic_admission_code (inviter));
  g_assert_cmpstr (cosmic_admission_code (newcomer), ==, cosmic_admission_code (inviter));
  if (answer != NULL)
    g_assert_true (cosmic_admission_welcome (inviter, answer));
  else
    g_assert_true (cosmic_admission_refuse (inviter, COSMIC_ADMISSION_WHY_USED));
  write_talk (file, newcomer, inviter);
}

static void
test_admissions (void)
{
  VectorFile *file = vector_file_new ("admission");
  g_autoptr (GBytes) transfer = g_bytes_new_static ("a transfer file", 15);
  FixtureRandom random;

  fixture_random_init (&random, 4005);
  write_admission (file, &random, transfer);
  write_admission (file, &random, NULL);
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/Codes read as they did", test_codes);
  g_test_add_func ("/vectors/Invitations are what they were", test_invites);
  g_test_add_func ("/vectors/Requests are what they were", test_requests);
  g_test_add_func ("/vectors/Guests are known by what they were", test_guests);
  g_test_add_func ("/vectors/Newcomers are let in as they were", test_admissions);
  return g_test_run ();
}
