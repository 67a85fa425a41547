/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-hello.h"

#include <stdlib.h>

typedef enum
{
  STEP_TOKENS,        /* both: the peer's tokens are due */
  STEP_ANSWER,        /* dialer, with an organisation chosen: its answer */
  STEP_ANSWER_OFFER,  /* after proofs for all of ours: an answer to one of them; or, to a dialer,
                         the listener's own proofs */
  STEP_PROOFS,        /* listener: the dialer's proofs */
  STEP_READY,         /* after an answer: the last word */
} Step;

typedef struct
{
  DpopHelloKey key;
  DpopHelloToken mine;
  DpopHelloToken theirs; /* what the peer shows if it has this key */
  gint slot;             /* of mine among the tokens sent; -1: it was not sent */
  gint match;            /* of theirs among the tokens received; -1: it is not there */
} Entry;

struct _DpopHello
{
  DpopHelloSide side;
  guint8 exporter[DPOP_HELLO_EXPORTER_SIZE];
  Entry *entries;
  gsize n_entries;
  DpopHelloSign sign;
  gpointer sign_data;
  DpopRandom random;

  GQueue outgoing; /* of GBytes */
  DpopHelloState state;
  DpopHelloEnd end;
  Step step;
  gboolean is_matched; /* a token under a current key was known */
  gboolean has_admitted;
  DpopHelloType asked; /* what kind of message the proof came in */
  const Entry *entry;  /* whose proof was opened */
  CosmicId peer;
};

static DpopHelloState
end_with (DpopHello *self, DpopHelloEnd end)
{
  self->end = end;
  return self->state = DPOP_HELLO_STATE_ENDED;
}

static DpopHelloState
wait_for (DpopHello *self, Step step)
{
  self->step = step;
  return self->state = DPOP_HELLO_STATE_WAITING;
}

/* --- Sending. --------------------------------------------------------------------------------- */

static void
send (DpopHello *self, const guint8 *message, gsize size)
{
  g_queue_push_tail (&self->outgoing, g_bytes_new (message, size));
}

static int
compare_tokens (const void *a, const void *b)
{
  return memcmp (a, b, DPOP_HELLO_TOKEN_SIZE);
}

static gint
find_token (const DpopHelloToken *tokens, const DpopHelloToken *token)
{
  gint found = -1;

  for (gint i = 0; i < DPOP_HELLO_SLOTS; i++)
    if (cosmic_equal (tokens[i].bytes, token->bytes, DPOP_HELLO_TOKEN_SIZE))
      found = i;
  return found;
}

/* A key that was given twice is shown once: tokens ascend strictly. */
static gboolean
is_among (const DpopHelloToken *tokens, guint n_tokens, const DpopHelloToken *token)
{
  for (guint i = 0; i < n_tokens; i++)
    if (compare_tokens (&tokens[i], token) == 0)
      return TRUE;
  return FALSE;
}

static void
send_tokens (DpopHello *self)
{
  guint8 message[DPOP_HELLO_TOKENS_SIZE] = { DPOP_HELLO_TOKENS, DPOP_HELLO_VERSION };
  DpopHelloToken tokens[DPOP_HELLO_SLOTS];
  guint used = 0;

  dpop_random_fill (self->random, tokens, sizeof tokens);
  for (gsize i = 0; i < self->n_entries && used < DPOP_HELLO_SLOTS; i++)
    if (!self->entries[i].key.is_former && !is_among (tokens, used, &self->entries[i].mine))
      {
        self->entries[i].slot = 0;
        tokens[used++] = self->entries[i].mine;
      }
  /* Real ones and others look alike: in this order, no place tells which is which. */
  qsort (tokens, DPOP_HELLO_SLOTS, sizeof tokens[0], compare_tokens);
  for (gsize i = 0; i < self->n_entries; i++)
    if (self->entries[i].slot >= 0)
      self->entries[i].slot = find_token (tokens, &self->entries[i].mine);
  memcpy (message + 2, tokens, sizeof tokens);
  send (self, message, sizeof message);
}

static gboolean
make_proof (DpopHello *self, const Entry *entry, DpopHelloType type,
            guint8 proof[DPOP_HELLO_PROOF_SIZE])
{
  guint8 message[DPOP_HELLO_SIGNED_SIZE], signature[COSMIC_SIGN_SIZE];

  dpop_hello_code_signed (entry->key.discovery, &entry->key.party, self->exporter, self->side,
                          message);
  if (!self->sign (&entry->key.party, message, sizeof message, signature, self->sign_data))
    return FALSE;
  dpop_hello_code_seal (entry->key.discovery, self->exporter, self->side, type, &entry->key.device,
                        signature, proof);
  return TRUE;
}

/* For ONLY, or for each whose token was sent. */
static gboolean
send_proofs (DpopHello *self, const Entry *only)
{
  guint8 message[DPOP_HELLO_PROOFS_SIZE];

  dpop_random_fill (self->random, message, sizeof message);
  message[0] = DPOP_HELLO_PROOFS;
  for (gsize i = 0; i < self->n_entries; i++)
    {
      const Entry *entry = &self->entries[i];

      if (entry->slot < 0 || (only != NULL && entry != only))
        continue;
      if (!make_proof (self, entry, DPOP_HELLO_PROOFS,
                       message + 1 + entry->slot * DPOP_HELLO_PROOF_SIZE)
          && only != NULL)
        return FALSE;
    }
  send (self, message, sizeof message);
  return TRUE;
}

/* --- Taking. ---------------------------------------------------------------------------------- */

static DpopHelloState
take_tokens (DpopHello *self, const guint8 *message, gsize size)
{
  DpopHelloToken tokens[DPOP_HELLO_SLOTS];
  const Entry *chosen = NULL;

  /* The version first: another one may be of another size. */
  if (size >= 2 && message[0] == DPOP_HELLO_TOKENS && message[1] != DPOP_HELLO_VERSION)
    return end_with (self, DPOP_HELLO_END_VERSION);
  if (size != DPOP_HELLO_TOKENS_SIZE || message[0] != DPOP_HELLO_TOKENS)
    return end_with (self, DPOP_HELLO_END_GARBLED);
  memcpy (tokens, message + 2, sizeof tokens);
  for (guint i = 1; i < DPOP_HELLO_SLOTS; i++)
    if (compare_tokens (&tokens[i - 1], &tokens[i]) >= 0)
      return end_with (self, DPOP_HELLO_END_GARBLED);
  for (gsize i = 0; i < self->n_entries; i++)
    {
      Entry *entry = &self->entries[i];

      entry->match = find_token (tokens, &entry->theirs);
      if (chosen == NULL && entry->match >= 0 && entry->slot >= 0)
        chosen = entry;
    }
  self->is_matched = chosen != NULL;
  self->entry = chosen;
  if (self->side == DPOP_HELLO_LISTENER)
    return wait_for (self, STEP_PROOFS);
  if (!send_proofs (self, chosen))
    return end_with (self, DPOP_HELLO_END_UNSIGNED);
  return wait_for (self, chosen != NULL ? STEP_ANSWER : STEP_ANSWER_OFFER);
}

/* Looks at a proof that opened under ENTRY's key. */
static DpopHelloState
judge_proof (DpopHello *self, const Entry *entry, DpopHelloType type,
             const guint8 signature[COSMIC_SIGN_SIZE])
{
  guint8 message[DPOP_HELLO_SIGNED_SIZE];

  dpop_hello_code_signed (entry->key.discovery, &entry->key.party, self->exporter,
                          dpop_hello_other_side (self->side), message);
  if (!cosmic_verify (self->peer.bytes, message, sizeof message, signature))
    return end_with (self, DPOP_HELLO_END_FORGED);
  if (cosmic_id_same (&self->peer, &entry->key.device))
    return end_with (self, DPOP_HELLO_END_SELF);
  self->entry = entry;
  self->asked = type;
  return self->state = DPOP_HELLO_STATE_ASKING;
}

/* The listener had no proof that it may answer: it may itself be the one that slept. Not where a
 * token was known, for then the peer has our key. */
static DpopHelloState
offer (DpopHello *self, DpopHelloEnd otherwise)
{
  if (self->side == DPOP_HELLO_DIALER || self->is_matched)
    return end_with (self, otherwise);
  send_proofs (self, NULL);
  return wait_for (self, STEP_ANSWER_OFFER);
}

static DpopHelloState
take_proofs (DpopHello *self, const guint8 *message, gsize size)
{
  guint8 signature[COSMIC_SIGN_SIZE];

  if (size != DPOP_HELLO_PROOFS_SIZE || message[0] != DPOP_HELLO_PROOFS)
    return end_with (self, DPOP_HELLO_END_GARBLED);
  for (gsize i = 0; i < self->n_entries; i++)
    {
      const Entry *entry = &self->entries[i];
      const guint8 *proof = message + 1 + MAX (entry->match, 0) * DPOP_HELLO_PROOF_SIZE;

      if (entry->match >= 0
          && dpop_hello_code_unseal (entry->key.discovery, self->exporter,
                                     dpop_hello_other_side (self->side), DPOP_HELLO_PROOFS, proof,
                                     &self->peer, signature))
        return judge_proof (self, entry, DPOP_HELLO_PROOFS, signature);
    }
  return offer (self, DPOP_HELLO_END_STRANGER);
}

/* An answer to the organisation chosen, or else to any that was offered. */
static DpopHelloState
take_answer (DpopHello *self, const guint8 *message, gsize size)
{
  guint8 signature[COSMIC_SIGN_SIZE];

  if (size != DPOP_HELLO_ANSWER_SIZE || message[0] != DPOP_HELLO_ANSWER)
    return end_with (self, DPOP_HELLO_END_GARBLED);
  for (gsize i = 0; i < self->n_entries; i++)
    {
      const Entry *entry = &self->entries[i];

      if ((self->step == STEP_ANSWER ? entry == self->entry : entry->slot >= 0)
          && dpop_hello_code_unseal (entry->key.discovery, self->exporter,
                                     dpop_hello_other_side (self->side), DPOP_HELLO_ANSWER,
                                     message + 1, &self->peer, signature))
        return judge_proof (self, entry, DPOP_HELLO_ANSWER, signature);
    }
  return end_with (self, DPOP_HELLO_END_FORGED);
}

static DpopHelloState
take_ready (DpopHello *self, const guint8 *message, gsize size)
{
  if (size != DPOP_HELLO_READY_SIZE || message[0] != DPOP_HELLO_READY)
    return end_with (self, DPOP_HELLO_END_GARBLED);
  return self->state = DPOP_HELLO_STATE_DONE;
}

DpopHelloState
dpop_hello_take (DpopHello *self, gconstpointer message, gsize size)
{
  const guint8 *bytes = message;

  if (self->state == DPOP_HELLO_STATE_ENDED)
    return self->state;
  if (self->state != DPOP_HELLO_STATE_WAITING || size == 0)
    return end_with (self, DPOP_HELLO_END_GARBLED);
  switch (self->step)
    {
    case STEP_TOKENS:
      return take_tokens (self, bytes, size);
    case STEP_PROOFS:
      return take_proofs (self, bytes, size);
    case STEP_ANSWER_OFFER:
      if (self->side == DPOP_HELLO_DIALER && bytes[0] == DPOP_HELLO_PROOFS)
        return take_proofs (self, bytes, size);
      return take_answer (self, bytes, size);
    case STEP_ANSWER:
      return take_answer (self, bytes, size);
    case STEP_READY:
      return take_ready (self, bytes, size);
    default:
      g_return_val_if_reached (end_with (self, DPOP_HELLO_END_GARBLED));
    }
}

DpopHelloState
dpop_hello_decide (DpopHello *self, gboolean is_admitted)
{
  guint8 message[DPOP_HELLO_ANSWER_SIZE] = { DPOP_HELLO_ANSWER };

  g_return_val_if_fail (self->state == DPOP_HELLO_STATE_ASKING, self->state);
  if (!is_admitted)
    return self->asked == DPOP_HELLO_PROOFS ? offer (self, DPOP_HELLO_END_REFUSED)
                                            : end_with (self, DPOP_HELLO_END_REFUSED);
  if (self->asked == DPOP_HELLO_ANSWER)
    {
      message[0] = DPOP_HELLO_READY;
      send (self, message, DPOP_HELLO_READY_SIZE);
      self->has_admitted = TRUE;
      return self->state = DPOP_HELLO_STATE_DONE;
    }
  if (!make_proof (self, self->entry, DPOP_HELLO_ANSWER, message + 1))
    return end_with (self, DPOP_HELLO_END_UNSIGNED);
  send (self, message, sizeof message);
  self->has_admitted = TRUE;
  return wait_for (self, STEP_READY);
}

/* --- The whole. ------------------------------------------------------------------------------- */

DpopHello *
dpop_hello_new (DpopHelloSide side, const guint8 exporter[DPOP_HELLO_EXPORTER_SIZE],
                const DpopHelloKey *keys, gsize n_keys, DpopHelloSign sign, gpointer sign_data,
                DpopRandom random)
{
  DpopHello *self = g_new0 (DpopHello, 1);

  self->side = side;
  memcpy (self->exporter, exporter, DPOP_HELLO_EXPORTER_SIZE);
  self->entries = g_new0 (Entry, MAX (n_keys, 1));
  self->n_entries = n_keys;
  for (gsize i = 0; i < n_keys; i++)
    {
      Entry *entry = &self->entries[i];

      entry->key = keys[i];
      entry->slot = entry->match = -1;
      dpop_hello_code_token (entry->key.discovery, exporter, side, &entry->mine);
      dpop_hello_code_token (entry->key.discovery, exporter, dpop_hello_other_side (side),
                             &entry->theirs);
    }
  self->sign = sign;
  self->sign_data = sign_data;
  self->random = random;
  self->step = STEP_TOKENS;
  g_queue_init (&self->outgoing);
  send_tokens (self);
  return self;
}

void
dpop_hello_free (DpopHello *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->outgoing, (GDestroyNotify) g_bytes_unref);
  cosmic_wipe (self->entries, self->n_entries * sizeof self->entries[0]);
  g_free (self->entries);
  cosmic_wipe (self, sizeof *self);
  g_free (self);
}

GBytes *
dpop_hello_next (DpopHello *self)
{
  return g_queue_pop_head (&self->outgoing);
}

DpopHelloState
dpop_hello_state (const DpopHello *self)
{
  return self->state;
}

DpopHelloEnd
dpop_hello_end (const DpopHello *self)
{
  return self->end;
}

const CosmicId *
dpop_hello_peer (const DpopHello *self)
{
  return &self->peer;
}

const CosmicId *
dpop_hello_party (const DpopHello *self)
{
  return &self->entry->key.party;
}

gboolean
dpop_hello_has_admitted (const DpopHello *self)
{
  return self->has_admitted;
}

gboolean
dpop_hello_is_matched (const DpopHello *self)
{
  return self->is_matched;
}
