/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-promise.h"
#include "fixture-random.h"
#include "vector-file.h"

#define WITNESSES 4
#define HEIGHT    G_GUINT64_CONSTANT (0x123456789)

typedef struct
{
  FixtureRandom random;
  CosmicId party;
  CosmicId chain;
  CosmicSecret *keys[WITNESSES];
} Council;

static CosmicId
random_id (Council *self)
{
  CosmicId id;

  dpop_random_fill (fixture_random_table (&self->random), id.bytes, sizeof id.bytes);
  return id;
}

static void
set_up (Council *self, guint64 seed)
{
  fixture_random_init (&self->random, seed);
  self->party = random_id (self);
  self->chain = random_id (self);
  for (guint i = 0; i < WITNESSES; i++)
    {
      CosmicId key;

      self->keys[i] = cosmic_sign_key_new (fixture_random_table (&self->random), key.bytes);
    }
}

static void
tear_down (Council *self)
{
  for (guint i = 0; i < WITNESSES; i++)
    cosmic_secret_free (self->keys[i]);
}

/* With the prevotes of the first SIGNERS witnesses in ROUND; none where SIGNERS is 0. */
static CosmicCandidate *
make_candidate (Council *self, guint32 round, guint signers)
{
  const CosmicCheckpoint checkpoint = {
    .party = self->party,
    .chain = self->chain,
    .height = HEIGHT,
    .previous = random_id (self),
    .time = 1700000000000,
    .rules_version = 1,
    .state_root = random_id (self),
    .batch_root = random_id (self),
  };
  g_autoptr (GBytes) bytes = cosmic_checkpoint_encode (&checkpoint);
  g_autoptr (GBytes) list = g_bytes_new_static ("a list", 6);
  g_autoptr (GArray) proof
      = signers > 0 ? g_array_new (FALSE, FALSE, sizeof (CosmicPrecommit)) : NULL;
  CosmicId id, list_id;

  cosmic_checkpoint_id (bytes, &id);
  cosmic_candidate_list_id (list, &list_id);
  for (guint i = 0; i < signers; i++)
    {
      CosmicPrecommit prevote;

      cosmic_candidate_prevote (&self->party, &self->chain, HEIGHT, round, &id, self->keys[i],
                                &prevote);
      g_array_append_val (proof, prevote);
    }
  return cosmic_candidate_new (bytes, &list_id, round, proof);
}

/* Nothing where BYTES is NULL. */
static void
write_maybe (VectorFile *file, const char *field, GBytes *bytes)
{
  if (bytes != NULL)
    vector_file_blob (file, field, bytes);
  else
    vector_file_bytes (file, field, NULL, 0);
}

static void
write_message (VectorFile *file, const char *name, const Council *self,
               const CosmicWitnessMessage *message)
{
  const CosmicCandidate *candidate = message->candidate;

  g_assert_true (cosmic_witness_message_verify (message, &self->party));
  vector_file_begin (file, name);
  vector_file_id (file, "party", &self->party);
  vector_file_id (file, "chain", &self->chain);
  vector_file_number (file, "height", message->height);
  vector_file_number (file, "round", message->round);
  vector_file_number (file, "step", message->step);
  vector_file_id (file, "value", &message->value);
  write_maybe (file, "checkpoint", candidate != NULL ? candidate->bytes : NULL);
  vector_file_number (file, "signers",
                      candidate != NULL && candidate->proven ? candidate->proof->len : 0);
  vector_file_id (file, "witness", &message->signature.witness);
  vector_file_blob (file, "message", message->bytes);
}

static void
test_messages (void)
{
  VectorFile *file = vector_file_new ("witness-message");
  Council council;
  g_autoptr (CosmicCandidate) fresh = NULL, proven = NULL;
  const struct
  {
    const char *name;
    CosmicStep step;
    guint32 round;
    gboolean proven;
    gboolean nil;
  } messages[] = {
    { "a new proposal", COSMIC_STEP_PROPOSE, 0, FALSE, FALSE },
    { "a proposal with its proof", COSMIC_STEP_PROPOSE, 70000, TRUE, FALSE },
    { "a prevote", COSMIC_STEP_PREVOTE, 1, FALSE, FALSE },
    { "a prevote for nothing", COSMIC_STEP_PREVOTE, 2, FALSE, TRUE },
    { "a precommit", COSMIC_STEP_PRECOMMIT, 3, FALSE, FALSE },
    { "a precommit for nothing", COSMIC_STEP_PRECOMMIT, G_MAXUINT32, FALSE, TRUE },
  };

  set_up (&council, 6001);
  fresh = make_candidate (&council, 0, 0);
  proven = make_candidate (&council, 69999, 3);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (CosmicWitnessMessage) message = cosmic_witness_message_sign (
          &council.party, &council.chain, HEIGHT, messages[i].round, messages[i].step,
          messages[i].step != COSMIC_STEP_PROPOSE ? NULL
          : messages[i].proven                    ? proven
                                                  : fresh,
          messages[i].nil ? &cosmic_id_zero : &fresh->id, council.keys[i % WITNESSES]);

      write_message (file, messages[i].name, &council, message);
    }
  tear_down (&council);
  vector_file_finish (file);
}

static void
write_promise (VectorFile *file, const char *name, const CosmicPromise *promise)
{
  g_autoptr (GBytes) bytes = cosmic_promise_encode (promise);
  g_autoptr (CosmicPromise) read = cosmic_promise_decode (bytes);
  g_autoptr (GBytes) lock = promise->lock != NULL ? cosmic_candidate_encode (promise->lock) : NULL;
  g_autoptr (GBytes) valid
      = promise->valid != NULL ? cosmic_candidate_encode (promise->valid) : NULL;

  g_assert_nonnull (read);
  vector_file_begin (file, name);
  vector_file_id (file, "party", &promise->party);
  vector_file_id (file, "chain", &promise->chain);
  vector_file_id (file, "witness", &promise->witness);
  vector_file_number (file, "height", promise->height);
  vector_file_number (file, "round", promise->round);
  vector_file_number (file, "step", promise->step);
  write_maybe (file, "lock", lock);
  write_maybe (file, "valid", valid);
  vector_file_number (file, "messages", promise->messages->len);
  vector_file_blob (file, "promise", bytes);
}

static void
test_promises (void)
{
  VectorFile *file = vector_file_new ("promise");
  Council council;
  g_autoptr (CosmicPromise) promise = cosmic_promise_new ();

  set_up (&council, 6002);
  promise->party = council.party;
  promise->chain = council.chain;
  memcpy (promise->witness.bytes, cosmic_sign_key_public (council.keys[0]), COSMIC_ID_SIZE);
  promise->height = HEIGHT;
  promise->round = 5;
  promise->step = COSMIC_STEP_PREVOTE;
  g_ptr_array_add (promise->messages,
                   cosmic_witness_message_sign (&council.party, &council.chain, HEIGHT, 3,
                                                COSMIC_STEP_PRECOMMIT, NULL, &cosmic_id_zero,
                                                council.keys[0]));
  g_ptr_array_add (promise->messages,
                   cosmic_witness_message_sign (&council.party, &council.chain, HEIGHT, 5,
                                                COSMIC_STEP_PREVOTE, NULL, &cosmic_id_zero,
                                                council.keys[0]));
  write_promise (file, "two votes for nothing", promise);
  promise->lock = make_candidate (&council, 5, 3);
  promise->valid = make_candidate (&council, 5, 4);
  promise->step = COSMIC_STEP_PRECOMMIT;
  g_ptr_array_add (promise->messages,
                   cosmic_witness_message_sign (&council.party, &council.chain, HEIGHT, 5,
                                                COSMIC_STEP_PRECOMMIT, NULL, &promise->lock->id,
                                                council.keys[0]));
  write_promise (file, "a lock", promise);
  tear_down (&council);
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/vectors/Messages of witnesses", test_messages);
  g_test_add_func ("/vectors/Promises of witnesses", test_promises);
  return g_test_run ();
}
