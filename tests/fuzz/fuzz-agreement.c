/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-agreement.h"
#include "cosmic-hash.h"
#include "fixture-random.h"
#include "fuzz.h"

/* Input: a message, or the promise that a witness starts from. What reads as a message is written
 * again byte for byte, and moves nobody unless a witness has signed exactly that; what reads as a
 * promise is written again byte for byte. */

#define WITNESSES 4
#define SEEDS     6

static const CosmicId party = { { 1 } };
static CosmicSecret *keys[WITNESSES];
static GArray *witnesses;
static GBytes *seeds[SEEDS];

static GBytes *
make_checkpoint (void)
{
  const CosmicCheckpoint checkpoint
      = { .party = party, .height = 1, .time = 5, .rules_version = 1 };

  return cosmic_checkpoint_encode (&checkpoint);
}

static CosmicCandidate *
make_candidate (GBytes *bytes, gboolean proven)
{
  g_autoptr (GArray) proof = proven ? g_array_new (FALSE, FALSE, sizeof (CosmicPrecommit)) : NULL;
  CosmicId id;

  cosmic_checkpoint_id (bytes, &id);
  for (guint i = 0; proven && i < 3; i++)
    {
      CosmicPrecommit prevote;

      cosmic_candidate_prevote (&party, &cosmic_id_zero, 1, 0, &id, keys[i], &prevote);
      g_array_append_val (proof, prevote);
    }
  return cosmic_candidate_new (bytes, &id, 0, proof);
}

static GBytes *
make_message (guint32 round, CosmicStep step, CosmicCandidate *candidate, const CosmicId *id,
              guint witness)
{
  g_autoptr (CosmicWitnessMessage) message = cosmic_witness_message_sign (
      &party, &cosmic_id_zero, 1, round, step, candidate, id, keys[witness]);

  return g_bytes_ref (message->bytes);
}

static GBytes *
make_promise (CosmicCandidate *lock)
{
  g_autoptr (CosmicPromise) promise = cosmic_promise_new ();

  promise->party = party;
  memcpy (promise->witness.bytes, cosmic_sign_key_public (keys[0]), COSMIC_ID_SIZE);
  promise->height = 1;
  promise->step = COSMIC_STEP_PRECOMMIT;
  promise->lock = cosmic_candidate_ref (lock);
  g_ptr_array_add (promise->messages,
                   cosmic_witness_message_sign (&party, &cosmic_id_zero, 1, 0,
                                                COSMIC_STEP_PRECOMMIT, NULL, &lock->id, keys[0]));
  return cosmic_promise_encode (promise);
}

static void
prepare (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CosmicCandidate) fresh = NULL, proven = NULL;
  FixtureRandom random;

  if (witnesses != NULL)
    return;
  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&random, 1);
  witnesses = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  for (guint i = 0; i < WITNESSES; i++)
    {
      CosmicId key;

      keys[i] = cosmic_sign_key_new (fixture_random_table (&random), key.bytes);
      g_array_append_val (witnesses, key);
    }
  g_array_sort (witnesses, cosmic_id_order);
  bytes = make_checkpoint ();
  fresh = make_candidate (bytes, FALSE);
  proven = make_candidate (bytes, TRUE);
  seeds[0] = make_message (0, COSMIC_STEP_PROPOSE, fresh, NULL, 1);
  seeds[1] = make_message (1, COSMIC_STEP_PROPOSE, proven, NULL, 2);
  seeds[2] = make_message (0, COSMIC_STEP_PREVOTE, NULL, &fresh->id, 3);
  seeds[3] = make_message (9, COSMIC_STEP_PREVOTE, NULL, &cosmic_id_zero, 1);
  seeds[4] = make_message (0, COSMIC_STEP_PRECOMMIT, NULL, &fresh->id, 2);
  seeds[5] = make_promise (proven);
}

GBytes *
fuzz_seed (guint n)
{
  prepare ();
  return n < SEEDS ? g_bytes_ref (seeds[n]) : NULL;
}

/* Ed25519 is deterministic: whatever else a witness's key verifies would be a forgery. */
static gboolean
was_signed (GBytes *bytes)
{
  for (guint i = 0; i < SEEDS; i++)
    if (g_bytes_equal (seeds[i], bytes))
      return TRUE;
  return FALSE;
}

static void
read_message (GBytes *bytes)
{
  g_autoptr (CosmicWitnessMessage) message = cosmic_witness_message_decode (bytes);
  g_autoptr (CosmicAgreement) machine
      = cosmic_agreement_new (&party, &cosmic_id_zero, keys[0], NULL);
  const CosmicAgreementHeight height = { .height = 1, .witnesses = witnesses, .f = 1 };
  CosmicAgreementReceipt receipt;

  g_assert_true (cosmic_agreement_begin (machine, &height, 5));
  receipt = cosmic_agreement_receive (machine, bytes, 5);
  g_assert_true (message != NULL || receipt == COSMIC_AGREEMENT_INVALID);
  g_assert_true (receipt != COSMIC_AGREEMENT_NEW || was_signed (bytes));
  if (message != NULL && message->candidate != NULL)
    {
      g_autoptr (GBytes) candidate = cosmic_candidate_encode (message->candidate);
      g_autoptr (CosmicCandidate) again = cosmic_candidate_decode (candidate);
      CosmicId digest;

      g_assert_nonnull (again);
      cosmic_hash (g_bytes_get_data (candidate, NULL), g_bytes_get_size (candidate), digest.bytes);
      g_assert_true (cosmic_id_same (&digest, &message->digest));
    }
}

static void
read_promise (GBytes *bytes)
{
  g_autoptr (CosmicPromise) promise = cosmic_promise_decode (bytes);
  g_autoptr (GBytes) again = promise != NULL ? cosmic_promise_encode (promise) : NULL;
  g_autoptr (CosmicAgreement) machine
      = cosmic_agreement_new (&party, &cosmic_id_zero, keys[0], bytes);

  g_assert_true (promise != NULL || machine == NULL);
  if (promise != NULL)
    g_assert_true (g_bytes_equal (bytes, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  prepare ();
  read_message (bytes);
  read_promise (bytes);
  return 0;
}
