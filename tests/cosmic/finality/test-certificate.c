/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-certificate.h"
#include "fixture-random.h"

#define WITNESSES 4
#define ROUND     3

/* Four witnesses of whom one may be faulty, and a checkpoint: three signatures certify it. */
typedef struct
{
  FixtureRandom random;
  CosmicCheckpoint checkpoint;
  CosmicId id;
  CosmicSecret *keys[WITNESSES];
  GArray *witnesses;
} Council;

static void
find_id (Council *self)
{
  g_autoptr (GBytes) bytes = cosmic_checkpoint_encode (&self->checkpoint);

  cosmic_checkpoint_id (bytes, &self->id);
}

static void
set_up (Council *self, gconstpointer unused)
{
  DpopRandom random;

  fixture_random_init (&self->random, 5);
  random = fixture_random_table (&self->random);
  self->checkpoint = (CosmicCheckpoint){ .height = 12, .time = 1700000000000, .rules_version = 1 };
  dpop_random_fill (random, &self->checkpoint.party, COSMIC_ID_SIZE);
  dpop_random_fill (random, &self->checkpoint.previous, COSMIC_ID_SIZE);
  dpop_random_fill (random, &self->checkpoint.state_root, COSMIC_ID_SIZE);
  find_id (self);
  self->witnesses = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  for (guint i = 0; i < WITNESSES; i++)
    {
      CosmicId key;

      self->keys[i] = cosmic_sign_key_new (random, key.bytes);
      g_array_append_val (self->witnesses, key);
    }
  g_array_sort (self->witnesses, cosmic_id_order);
}

static void
tear_down (Council *self, gconstpointer unused)
{
  for (guint i = 0; i < WITNESSES; i++)
    cosmic_secret_free (self->keys[i]);
  g_array_unref (self->witnesses);
}

static CosmicPrecommit
precommit (const Council *self, guint witness, guint32 round)
{
  CosmicPrecommit made;

  cosmic_precommit_sign (&self->checkpoint, &self->id, round, self->keys[witness], &made);
  return made;
}

/* Signed by the witnesses whose bits are set in WHO. */
static CosmicCertificate *
certify (const Council *self, guint who)
{
  CosmicCertificate *made = cosmic_certificate_new (&self->id, ROUND);

  for (guint i = 0; i < WITNESSES; i++)
    if ((who & 1U << i) != 0)
      {
        CosmicPrecommit one = precommit (self, i, ROUND);

        g_assert_true (cosmic_certificate_add (made, &one));
      }
  return made;
}

static gboolean
holds (const Council *self, const CosmicCertificate *certificate)
{
  return cosmic_certificate_holds (certificate, &self->checkpoint, &self->id, self->witnesses, 1);
}

/* --- Quorums. --------------------------------------------------------------------------------- */

/* Whether any two sets of Q among N share more than F: those that share least stand as far apart as
 * they can, and share 2Q - N. Counted, not computed. */
static gboolean
quorums_meet (guint n, guint f, guint q)
{
  guint shared = 0;

  for (guint i = 0; i < n; i++)
    shared += i < q && n - 1 - i < q;
  return shared > f;
}

/* The same over every pair of sets: what the sentence above relies on. */
static gboolean
every_pair_meets (guint n, guint f, guint q)
{
  for (guint a = 0; a < 1U << n; a++)
    for (guint b = a; b < 1U << n; b++)
      if ((guint) __builtin_popcount (a) == q && (guint) __builtin_popcount (b) == q
          && (guint) __builtin_popcount (a & b) <= f)
        return FALSE;
  return TRUE;
}

static void
test_quorums_meet (void)
{
  for (guint n = 1; n <= COSMIC_WITNESSES_MAX; n++)
    for (guint f = 0; 3 * f + 1 <= n; f++)
      {
        guint q = cosmic_quorum (n, f);

        /* Two quorums share an honest witness, and the honest ones are a quorum. */
        g_assert_cmpuint (q, >, 0);
        g_assert_true (quorums_meet (n, f, q));
        g_assert_cmpuint (q, <=, n - f);
        /* It is the least that does. */
        g_assert_false (quorums_meet (n, f, q - 1));
        if (n <= 8)
          {
            g_assert_true (every_pair_meets (n, f, q));
            g_assert_false (every_pair_meets (n, f, q - 1));
          }
      }
}

static void
test_too_many_faults_have_no_quorum (void)
{
  static const guint absurd[] = { G_MAXUINT32, G_MAXUINT32 / 3, G_MAXUINT32 / 3 + 1,
                                  0x80000000U, 0xaaaaaaabU };

  g_assert_cmpuint (cosmic_quorum (0, 0), ==, 0);
  for (guint n = 1; n <= COSMIC_WITNESSES_MAX; n++)
    {
      for (guint f = (n - 1) / 3 + 1; f <= 2 * n; f++)
        g_assert_cmpuint (cosmic_quorum (n, f), ==, 0);
      for (guint i = 0; i < G_N_ELEMENTS (absurd); i++)
        g_assert_false (cosmic_quorum (n, absurd[i]) - 1 < n);
    }
  /* What the charter's defaults say. */
  g_assert_cmpuint (cosmic_quorum (1, 0), ==, 1);
  g_assert_cmpuint (cosmic_quorum (2, 0), ==, 2);
  g_assert_cmpuint (cosmic_quorum (3, 0), ==, 2);
  g_assert_cmpuint (cosmic_quorum (4, 1), ==, 3);
}

/* --- Signers. --------------------------------------------------------------------------------- */

static void
test_every_set_of_signers (Council *self, gconstpointer unused)
{
  for (guint who = 0; who < 1U << WITNESSES; who++)
    {
      g_autoptr (CosmicCertificate) made = certify (self, who), read = NULL;
      g_autoptr (GBytes) bytes = cosmic_certificate_encode (made);

      read = cosmic_certificate_decode (bytes);
      g_assert_nonnull (read);
      g_assert_cmpint (holds (self, read), ==, __builtin_popcount (who) >= 3);
    }
}

static void
test_signers_ascend_however_they_came (Council *self, gconstpointer unused)
{
  g_autoptr (CosmicCertificate) one = cosmic_certificate_new (&self->id, ROUND);
  g_autoptr (CosmicCertificate) other = certify (self, 15);
  g_autoptr (GBytes) one_bytes = NULL, other_bytes = cosmic_certificate_encode (other);

  for (guint i = WITNESSES; i-- > 0;)
    {
      CosmicPrecommit made = precommit (self, i, ROUND);

      g_assert_true (cosmic_certificate_add (one, &made));
      g_assert_false (cosmic_certificate_add (one, &made));
    }
  one_bytes = cosmic_certificate_encode (one);
  g_assert_true (g_bytes_equal (one_bytes, other_bytes));
}

static void
assert_not_read (const CosmicCertificate *certificate)
{
  g_autoptr (GBytes) bytes = cosmic_certificate_encode (certificate);
  g_autoptr (CosmicCertificate) read = cosmic_certificate_decode (bytes);

  g_assert_null (read);
}

static void
test_doubled_and_unsorted_signers_are_refused (Council *self, gconstpointer unused)
{
  g_autoptr (CosmicCertificate) doubled = certify (self, 7), swapped = certify (self, 7);
  CosmicPrecommit first = g_array_index (swapped->precommits, CosmicPrecommit, 0);

  g_array_append_val (doubled->precommits,
                      g_array_index (doubled->precommits, CosmicPrecommit, 2));
  assert_not_read (doubled);
  g_array_index (swapped->precommits, CosmicPrecommit, 0)
      = g_array_index (swapped->precommits, CosmicPrecommit, 1);
  g_array_index (swapped->precommits, CosmicPrecommit, 1) = first;
  assert_not_read (swapped);
}

/* One signature is one vote, however often it stands there. */
static void
test_a_doubled_signer_counts_once (Council *self, gconstpointer unused)
{
  g_autoptr (CosmicCertificate) made = certify (self, 3);

  for (guint i = 0; i < 2; i++)
    {
      CosmicPrecommit again = precommit (self, i, ROUND);

      g_assert_false (cosmic_certificate_add (made, &again));
    }
  g_assert_cmpuint (made->precommits->len, ==, 2);
  g_assert_false (holds (self, made));
}

static void
test_strangers_do_not_count (Council *self, gconstpointer unused)
{
  g_autoptr (CosmicCertificate) made = certify (self, 3), enough = certify (self, 7);
  g_autoptr (CosmicSecret) stranger = NULL;
  CosmicPrecommit theirs;
  CosmicId key;

  for (guint i = 0; i < 8; i++)
    {
      g_clear_pointer (&stranger, cosmic_secret_free);
      stranger = cosmic_sign_key_new (fixture_random_table (&self->random), key.bytes);
      cosmic_precommit_sign (&self->checkpoint, &self->id, ROUND, stranger, &theirs);
      g_assert_true (cosmic_precommit_verify (&self->checkpoint, &self->id, ROUND, &theirs));
      g_assert_true (cosmic_certificate_add (made, &theirs));
      g_assert_true (cosmic_certificate_add (enough, &theirs));
    }
  g_assert_false (holds (self, made));
  g_assert_true (holds (self, enough)); /* nor do they spoil it */
}

static void
test_a_certificate_has_a_limit (Council *self, gconstpointer unused)
{
  g_autoptr (CosmicCertificate) made = cosmic_certificate_new (&self->id, ROUND), read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  CosmicPrecommit any = { 0 };

  for (guint i = 0; i < COSMIC_WITNESSES_MAX; i++)
    {
      any.witness.bytes[0] = (guint8) i;
      g_assert_true (cosmic_certificate_add (made, &any));
    }
  bytes = cosmic_certificate_encode (made);
  read = cosmic_certificate_decode (bytes);
  g_assert_nonnull (read);
  any.witness.bytes[0] = COSMIC_WITNESSES_MAX;
  g_assert_true (cosmic_certificate_add (made, &any));
  assert_not_read (made);
}

/* --- What is signed. -------------------------------------------------------------------------- */

typedef enum
{
  OTHER_PARTY,
  OTHER_CHAIN,
  OTHER_HEIGHT,
  OTHER_ID,
  OTHER_ROUND,
  N_OTHERS,
} Other;

/* A witness's signature for something else is none for this. */
static void
test_signatures_for_something_else (Council *self, gconstpointer unused)
{
  for (Other other = 0; other < N_OTHERS; other++)
    {
      CosmicCheckpoint checkpoint = self->checkpoint;
      g_autoptr (CosmicCertificate) made = certify (self, 3);
      CosmicId id = self->id;
      guint32 round = ROUND;
      CosmicPrecommit third;

      checkpoint.party.bytes[31] ^= other == OTHER_PARTY;
      checkpoint.chain.bytes[0] ^= other == OTHER_CHAIN;
      checkpoint.height += other == OTHER_HEIGHT;
      id.bytes[0] ^= other == OTHER_ID;
      round += other == OTHER_ROUND;
      cosmic_precommit_sign (&checkpoint, &id, round, self->keys[2], &third);
      g_assert_true (cosmic_precommit_verify (&checkpoint, &id, round, &third));
      g_assert_false (cosmic_precommit_verify (&self->checkpoint, &self->id, ROUND, &third));
      g_assert_true (cosmic_certificate_add (made, &third));
      g_assert_false (holds (self, made));
    }
}

static void
test_it_certifies_that_checkpoint_only (Council *self, gconstpointer unused)
{
  g_autoptr (CosmicCertificate) made = certify (self, 15);
  CosmicId id = self->id;

  g_assert_true (holds (self, made));
  self->checkpoint.time++;
  find_id (self);
  g_assert_false (holds (self, made));
  /* Relabelled, its signatures are for the other id. */
  made->checkpoint = self->id;
  g_assert_false (holds (self, made));
  self->checkpoint.time--;
  made->checkpoint = self->id = id;
  g_assert_true (holds (self, made));
  made->round++;
  g_assert_false (holds (self, made));
}

/* What a verifier reads is what the certificate is about: whoever signed, whatever the round. */
static void
test_two_signer_sets_certify_the_same (Council *self, gconstpointer unused)
{
  g_autoptr (CosmicCertificate) one = certify (self, 7), other = certify (self, 14);
  g_autoptr (CosmicCertificate) later = cosmic_certificate_new (&self->id, ROUND + 1);
  g_autoptr (GBytes) one_bytes = cosmic_certificate_encode (one);
  g_autoptr (GBytes) other_bytes = cosmic_certificate_encode (other);

  for (guint i = 0; i < 3; i++)
    {
      CosmicPrecommit made = precommit (self, i, ROUND + 1);

      cosmic_certificate_add (later, &made);
    }
  g_assert_false (g_bytes_equal (one_bytes, other_bytes));
  g_assert_true (holds (self, one) && holds (self, other) && holds (self, later));
  g_assert_true (cosmic_id_same (&one->checkpoint, &other->checkpoint));
  g_assert_true (cosmic_id_same (&one->checkpoint, &later->checkpoint));
}

/* With exactly a quorum in it, no bit may be another. */
static void
test_every_bit_counts (Council *self, gconstpointer unused)
{
  g_autoptr (CosmicCertificate) made = certify (self, 11);
  g_autoptr (GBytes) bytes = cosmic_certificate_encode (made);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint refused = 0, not_certified = 0;

  g_assert_true (holds (self, made));
  for (gsize i = 0; i < 8 * size; i += fixture_share ())
    {
      guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) altered = NULL;
      g_autoptr (CosmicCertificate) read = NULL;

      copy[i / 8] ^= (guint8) (1 << i % 8);
      altered = g_bytes_new_take (copy, size);
      read = cosmic_certificate_decode (altered);
      if (read == NULL)
        refused++;
      else
        {
          g_assert_false (holds (self, read));
          not_certified++;
        }
    }
  g_test_message ("%u bits refused, %u certify nothing", refused, not_certified);
  g_assert_cmpuint (refused, >, 0);
  g_assert_cmpuint (not_certified, >, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/certificate/" name, Council, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/certificate/quorum/Any two share more than the faulty", test_quorums_meet);
  g_test_add_func ("/certificate/quorum/There is none with too many faulty",
                   test_too_many_faults_have_no_quorum);
  ADD ("Every set of signers, and those of three hold", test_every_set_of_signers);
  ADD ("Signers ascend however they came", test_signers_ascend_however_they_came);
  ADD ("Doubled and unsorted signers are refused", test_doubled_and_unsorted_signers_are_refused);
  ADD ("A signer counts once", test_a_doubled_signer_counts_once);
  ADD ("Strangers do not count", test_strangers_do_not_count);
  ADD ("No more signers than there can be witnesses", test_a_certificate_has_a_limit);
  ADD ("A signature for something else is none", test_signatures_for_something_else);
  ADD ("It certifies that checkpoint only", test_it_certifies_that_checkpoint_only);
  ADD ("Two signer sets certify the same", test_two_signer_sets_certify_the_same);
  ADD ("Every bit is refused or certifies nothing", test_every_bit_counts);
  return g_test_run ();
}
