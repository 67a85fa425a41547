/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-guest.h"
#include "dpop-hello.h"
#include "fixture-random.h"

/* Two sides without a network: every message passes through the test's hands. */

typedef struct
{
  DpopHelloSide side;
  DpopHelloKey keys[20];
  CosmicSecret *secrets[20];
  gsize n_keys;
  FixtureRandom random;
  gboolean admits;
  gboolean is_mute;
  guint asked;
  DpopHello *hello;
} Side;

static void
side_init (Side *self, DpopHelloSide side, guint64 seed)
{
  *self = (Side){ .side = side, .admits = TRUE };
  fixture_random_init (&self->random, seed);
}

/* PARTY and KEY are small numbers. */
static void
side_open (Side *self, guint8 party, guint8 key, gboolean is_former)
{
  DpopHelloKey *entry = &self->keys[self->n_keys];

  memset (entry->party.bytes, party, COSMIC_ID_SIZE);
  memset (entry->discovery, key, DPOP_HELLO_KEY_SIZE);
  entry->is_former = is_former;
  self->secrets[self->n_keys++] = cosmic_sign_key_new (fixture_random_table (&self->random),
                                                       entry->device.bytes);
}

static gboolean
sign (const CosmicId *party, gconstpointer message, gsize size, guint8 signature[COSMIC_SIGN_SIZE],
      gpointer data)
{
  Side *self = data;

  for (gsize i = 0; !self->is_mute && i < self->n_keys; i++)
    if (cosmic_id_same (&self->keys[i].party, party))
      {
        cosmic_sign (self->secrets[i], message, size, signature);
        return TRUE;
      }
  return FALSE;
}

static void
side_begin (Side *self, guint8 exporter)
{
  guint8 bytes[DPOP_HELLO_EXPORTER_SIZE];

  memset (bytes, exporter, sizeof bytes);
  g_clear_pointer (&self->hello, dpop_hello_free);
  self->hello = dpop_hello_new (self->side, bytes, self->keys, self->n_keys, sign, self,
                                fixture_random_table (&self->random));
}

static void
side_clear (Side *self)
{
  g_clear_pointer (&self->hello, dpop_hello_free);
  for (gsize i = 0; i < self->n_keys; i++)
    cosmic_secret_free (self->secrets[i]);
}

static void
side_take (Side *self, GBytes *message)
{
  gsize size;
  gconstpointer bytes = g_bytes_get_data (message, &size);

  if (dpop_hello_take (self->hello, bytes, size) != DPOP_HELLO_STATE_ASKING)
    return;
  self->asked++;
  dpop_hello_decide (self->hello, self->admits);
}

/* What stands between them: may keep MESSAGE of FROM, and gives what arrives. */
typedef GBytes *(*Between) (Side *from, GBytes *message, gpointer data);

static void
converse (Side *dialer, Side *listener, Between between, gpointer data)
{
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      goes_on = FALSE;
      for (guint i = 0; i < 2; i++)
        {
          Side *from = i == 0 ? dialer : listener;
          Side *to = i == 0 ? listener : dialer;
          g_autoptr (GBytes) message = dpop_hello_next (from->hello);
          g_autoptr (GBytes) arrives = NULL;

          if (message == NULL)
            continue;
          goes_on = TRUE;
          arrives = between != NULL ? between (from, message, data) : g_bytes_ref (message);
          if (arrives != NULL)
            side_take (to, arrives);
        }
    }
}

typedef struct
{
  Side alice; /* dials */
  Side bob;
} Pair;

static void
pair_set_up (Pair *self, gconstpointer data)
{
  side_init (&self->alice, DPOP_HELLO_DIALER, 1);
  side_init (&self->bob, DPOP_HELLO_LISTENER, 2);
  side_open (&self->alice, 1, 1, FALSE);
  side_open (&self->bob, 1, 1, FALSE);
}

static void
pair_tear_down (Pair *self, gconstpointer data)
{
  side_clear (&self->alice);
  side_clear (&self->bob);
}

static void
pair_run (Pair *self, Between between, gpointer data)
{
  side_begin (&self->alice, 7);
  side_begin (&self->bob, 7);
  converse (&self->alice, &self->bob, between, data);
}

static void
assert_known (Pair *self, guint8 party)
{
  CosmicId id;

  memset (id.bytes, party, sizeof id.bytes);
  for (guint i = 0; i < 2; i++)
    {
      Side *side = i == 0 ? &self->alice : &self->bob, *other = i == 0 ? &self->bob : &self->alice;
      gboolean found = FALSE;

      g_assert_cmpint (dpop_hello_state (side->hello), ==, DPOP_HELLO_STATE_DONE);
      g_assert_true (cosmic_id_same (dpop_hello_party (side->hello), &id));
      for (gsize k = 0; k < other->n_keys; k++)
        found |= cosmic_id_same (&other->keys[k].party, &id)
                 && cosmic_id_same (&other->keys[k].device, dpop_hello_peer (side->hello));
      g_assert_true (found);
      g_assert_cmpuint (side->asked, ==, 1);
    }
}

static void
assert_unknown (const Side *side)
{
  g_assert_cmpint (dpop_hello_state (side->hello), !=, DPOP_HELLO_STATE_DONE);
  g_assert_cmpint (dpop_hello_state (side->hello), !=, DPOP_HELLO_STATE_ASKING);
}

static void
test_match (Pair *self, gconstpointer data)
{
  pair_run (self, NULL, NULL);
  assert_known (self, 1);
}

static void
test_several (Pair *self, gconstpointer data)
{
  side_open (&self->alice, 2, 2, FALSE);
  side_open (&self->alice, 3, 3, FALSE);
  side_open (&self->bob, 3, 3, FALSE);
  side_open (&self->bob, 4, 4, FALSE);
  self->alice.keys[0].discovery[0] ^= 1; /* only the third is in common */
  pair_run (self, NULL, NULL);
  assert_known (self, 3);
}

static void
test_dialer_chooses (Pair *self, gconstpointer data)
{
  DpopHelloKey key;
  CosmicSecret *secret = self->bob.secrets[0];

  side_open (&self->alice, 2, 2, FALSE);
  side_open (&self->bob, 2, 2, FALSE);
  /* Bob has them the other way round. */
  key = self->bob.keys[0];
  self->bob.keys[0] = self->bob.keys[1];
  self->bob.keys[1] = key;
  self->bob.secrets[0] = self->bob.secrets[1];
  self->bob.secrets[1] = secret;
  pair_run (self, NULL, NULL);
  assert_known (self, 1);
}

/* --- Who is refused. -------------------------------------------------------------------------- */

static void
test_stranger (Pair *self, gconstpointer data)
{
  self->bob.keys[0].discovery[0] ^= 1;
  pair_run (self, NULL, NULL);
  assert_unknown (&self->alice);
  assert_unknown (&self->bob);
  g_assert_cmpint (dpop_hello_end (self->alice.hello), ==, DPOP_HELLO_END_STRANGER);
  g_assert_cmpuint (self->alice.asked + self->bob.asked, ==, 0);
}

static void
test_nothing_open (Pair *self, gconstpointer data)
{
  self->alice.n_keys = 0;
  pair_run (self, NULL, NULL);
  assert_unknown (&self->alice);
  assert_unknown (&self->bob);
  self->alice.n_keys = 1;
}

static void
test_unknown_device (Pair *self, gconstpointer data)
{
  self->bob.admits = FALSE;
  pair_run (self, NULL, NULL);
  g_assert_cmpint (dpop_hello_end (self->bob.hello), ==, DPOP_HELLO_END_REFUSED);
  g_assert_null (dpop_hello_next (self->bob.hello));
  assert_unknown (&self->alice);
  g_assert_cmpuint (self->alice.asked, ==, 0);
}

static void
test_unknown_listener (Pair *self, gconstpointer data)
{
  self->alice.admits = FALSE;
  pair_run (self, NULL, NULL);
  g_assert_cmpint (dpop_hello_end (self->alice.hello), ==, DPOP_HELLO_END_REFUSED);
  assert_unknown (&self->bob);
}

static void
test_wrong_party (Pair *self, gconstpointer data)
{
  self->alice.keys[0].party.bytes[0] ^= 1;
  pair_run (self, NULL, NULL);
  g_assert_cmpint (dpop_hello_end (self->bob.hello), ==, DPOP_HELLO_END_FORGED);
  g_assert_cmpuint (self->bob.asked, ==, 0);
  assert_unknown (&self->alice);
}

static void
test_others_key (Pair *self, gconstpointer data)
{
  /* Says that it is a device whose key it does not have. */
  self->alice.keys[0].device.bytes[0] ^= 1;
  pair_run (self, NULL, NULL);
  g_assert_cmpint (dpop_hello_end (self->bob.hello), ==, DPOP_HELLO_END_FORGED);
  g_assert_cmpuint (self->bob.asked, ==, 0);
}

static void
test_self (Pair *self, gconstpointer data)
{
  self->alice.keys[0].device = self->bob.keys[0].device;
  side_begin (&self->alice, 7);
  cosmic_secret_free (self->alice.secrets[0]);
  self->alice.secrets[0] = cosmic_sign_key_from_seed (
    cosmic_sign_key_seed (self->bob.secrets[0]), self->alice.keys[0].device.bytes);
  pair_run (self, NULL, NULL);
  g_assert_cmpint (dpop_hello_end (self->bob.hello), ==, DPOP_HELLO_END_SELF);
}

static void
test_mute (Pair *self, gconstpointer data)
{
  self->alice.is_mute = TRUE;
  pair_run (self, NULL, NULL);
  g_assert_cmpint (dpop_hello_end (self->alice.hello), ==, DPOP_HELLO_END_UNSIGNED);
  self->alice.is_mute = FALSE;
  self->bob.is_mute = TRUE;
  pair_run (self, NULL, NULL);
  g_assert_cmpint (dpop_hello_end (self->bob.hello), ==, DPOP_HELLO_END_UNSIGNED);
}

/* --- Who stands between. ---------------------------------------------------------------------- */

static void
test_relayed (Pair *self, gconstpointer data)
{
  /* Mallory holds one connection to each, and passes on whatever they say. */
  side_begin (&self->alice, 7);
  side_begin (&self->bob, 8);
  converse (&self->alice, &self->bob, NULL, NULL);
  assert_unknown (&self->alice);
  assert_unknown (&self->bob);
  g_assert_cmpuint (self->alice.asked + self->bob.asked, ==, 0);
}

static GBytes *
record (Side *from, GBytes *message, gpointer data)
{
  GPtrArray **tapes = data;

  g_ptr_array_add (tapes[from->side], g_bytes_ref (message));
  return g_bytes_ref (message);
}

static void
test_replayed (Pair *self, gconstpointer data)
{
  GPtrArray *tapes[2] = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
                          g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };

  pair_run (self, record, tapes);
  assert_known (self, 1);
  for (guint i = 0; i < 2; i++)
    {
      Side *victim = i == 0 ? &self->bob : &self->alice;
      GPtrArray *tape = tapes[dpop_hello_other_side (victim->side)];

      victim->asked = 0;
      side_begin (victim, 9);
      for (guint m = 0; m < tape->len; m++)
        side_take (victim, tape->pdata[m]);
      assert_unknown (victim);
      g_assert_cmpuint (victim->asked, ==, 0);
    }
  g_ptr_array_unref (tapes[0]);
  g_ptr_array_unref (tapes[1]);
}

static void
test_swapped (Pair *self, gconstpointer data)
{
  /* Each hears its own words. */
  for (guint i = 0; i < 2; i++)
    {
      Side *victim = i == 0 ? &self->alice : &self->bob;
      GBytes *message;

      side_begin (victim, 7);
      while ((message = dpop_hello_next (victim->hello)) != NULL)
        {
          side_take (victim, message);
          g_bytes_unref (message);
        }
      assert_unknown (victim);
      g_assert_cmpuint (victim->asked, ==, 0);
    }
}

static void
test_signed_for_other_side (Pair *self, gconstpointer data)
{
  /* One organisation's key, a proof that its device signed: but as the listener. */
  guint8 exporter[DPOP_HELLO_EXPORTER_SIZE], message[DPOP_HELLO_SIGNED_SIZE];
  guint8 signature[COSMIC_SIGN_SIZE], proofs[DPOP_HELLO_PROOFS_SIZE] = { DPOP_HELLO_PROOFS };
  const DpopHelloKey *key = &self->alice.keys[0];
  g_autoptr (GBytes) tokens = NULL;

  memset (exporter, 7, sizeof exporter);
  side_begin (&self->alice, 7);
  tokens = dpop_hello_next (self->alice.hello);
  for (guint signed_as = 0; signed_as < 2; signed_as++)
    {
      self->bob.asked = 0;
      side_begin (&self->bob, 7);
      side_take (&self->bob, tokens);
      dpop_hello_code_signed (key->discovery, &key->party, exporter, (DpopHelloSide) signed_as,
                              message);
      cosmic_sign (self->alice.secrets[0], message, sizeof message, signature);
      for (guint slot = 0; slot < DPOP_HELLO_SLOTS; slot++)
        dpop_hello_code_seal (key->discovery, exporter, DPOP_HELLO_DIALER, DPOP_HELLO_PROOFS,
                              &key->device, signature, proofs + 1 + slot * DPOP_HELLO_PROOF_SIZE);
      {
        g_autoptr (GBytes) made = g_bytes_new (proofs, sizeof proofs);

        side_take (&self->bob, made);
      }
      g_assert_cmpuint (self->bob.asked, ==, signed_as == DPOP_HELLO_DIALER ? 1 : 0);
      if (signed_as != DPOP_HELLO_DIALER)
        g_assert_cmpint (dpop_hello_end (self->bob.hello), ==, DPOP_HELLO_END_FORGED);
    }
}

typedef struct
{
  guint message; /* counted over both sides */
  gsize at;      /* which byte of it is altered */
  guint seen;
  gsize size;
} Tampering;

static GBytes *
tamper (Side *from, GBytes *message, gpointer data)
{
  Tampering *self = data;
  gsize size = g_bytes_get_size (message);
  guint8 *bytes = g_memdup2 (g_bytes_get_data (message, NULL), size);

  if (self->seen++ == self->message)
    {
      self->size = size;
      bytes[self->at] ^= 0x20;
    }
  return g_bytes_new_take (bytes, size);
}

/* Which bytes matter: those of the slots in use, of version and type. Altered ones elsewhere are
 * random bytes that became others. */
static void
test_tampered (Pair *self, gconstpointer data)
{
  guint refused = 0, passed = 0;

  for (guint message = 0; message < 5; message++)
    {
      Tampering tampering = { .message = message };

      do
        {
          tampering.seen = 0;
          self->alice.asked = self->bob.asked = 0;
          pair_run (self, tamper, &tampering);
          if (dpop_hello_state (self->alice.hello) == DPOP_HELLO_STATE_DONE
              && dpop_hello_state (self->bob.hello) == DPOP_HELLO_STATE_DONE)
            {
              passed++;
              assert_known (self, 1);
              /* Answer and last word have nothing that does not matter. */
              g_assert_cmpuint (message, <, 3);
            }
          else
            refused++;
          tampering.at += message < 3 ? 3 : 1;
        }
      while (tampering.at < tampering.size);
    }
  g_assert_cmpuint (refused, >, 150);
  g_assert_cmpuint (passed, >, 150);
}

/* --- What can be seen. ------------------------------------------------------------------------ */

static void
add_windows (GHashTable *seen, GBytes *message, gboolean is_new)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (message, &size);

  for (gsize i = 2; i + 8 <= size; i++)
    {
      gint64 window;

      memcpy (&window, bytes + i, sizeof window);
      if (is_new)
        g_assert_false (g_hash_table_contains (seen, &window));
      else
        g_hash_table_add (seen, g_memdup2 (&window, sizeof window));
    }
}

static void
test_nothing_stays (Pair *self, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint8 connection = 1; connection <= 40; connection++)
    {
      GPtrArray *tapes[2] = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
                              g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };

      self->alice.asked = self->bob.asked = 0;
      side_begin (&self->alice, connection);
      side_begin (&self->bob, connection);
      converse (&self->alice, &self->bob, record, tapes);
      assert_known (self, 1);
      for (guint pass = 0; pass < 2; pass++)
        for (guint i = 0; i < 2; i++)
          for (guint m = 0; m < tapes[i]->len; m++)
            add_windows (seen, tapes[i]->pdata[m], pass == 0);
      g_ptr_array_unref (tapes[0]);
      g_ptr_array_unref (tapes[1]);
    }
}

static void
test_number_is_hidden (Pair *self, gconstpointer data)
{
  gsize sizes[2][4] = { { 0 } };

  for (guint many = 0; many < 2; many++)
    {
      GPtrArray *tapes[2] = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
                              g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };

      for (guint8 i = 10; many == 1 && i < 28; i++) /* more than are shown */
        side_open (&self->alice, i, i, FALSE);
      self->alice.asked = self->bob.asked = 0;
      pair_run (self, record, tapes);
      assert_known (self, 1);
      for (guint m = 0; m < tapes[0]->len; m++)
        sizes[many][m] = g_bytes_get_size (tapes[0]->pdata[m]);
      g_ptr_array_unref (tapes[0]);
      g_ptr_array_unref (tapes[1]);
    }
  g_assert_cmpmem (sizes[0], sizeof sizes[0], sizes[1], sizeof sizes[1]);
}

/* Whether BYTES hold what KEY would let somebody recognise. */
static gboolean
shows (GBytes *message, guint8 key, DpopHelloSide side)
{
  guint8 secret[DPOP_HELLO_KEY_SIZE], exporter[DPOP_HELLO_EXPORTER_SIZE];
  DpopHelloToken token;
  CosmicId device;
  guint8 signature[COSMIC_SIGN_SIZE];
  gsize size;
  const guint8 *bytes = g_bytes_get_data (message, &size);
  gboolean found = FALSE;

  memset (secret, key, sizeof secret);
  memset (exporter, 7, sizeof exporter);
  dpop_hello_code_token (secret, exporter, side, &token);
  found |= memmem (bytes, size, &token, sizeof token) != NULL;
  for (gsize at = 1; at + DPOP_HELLO_PROOF_SIZE <= size; at += DPOP_HELLO_PROOF_SIZE)
    for (guint type = DPOP_HELLO_PROOFS; type <= DPOP_HELLO_ANSWER; type++)
      found |= dpop_hello_code_unseal (secret, exporter, side, (DpopHelloType) type, bytes + at,
                                       &device, signature);
  return found;
}

static void
test_former_member (Pair *self, gconstpointer data)
{
  GPtrArray *tapes[2] = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
                          g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };

  /* Both have changed the key; Eve, who has left, has the former one and listens everywhere. */
  for (guint i = 0; i < 2; i++)
    {
      Side *side = i == 0 ? &self->alice : &self->bob;

      side->keys[0].is_former = TRUE;
      side_open (side, 1, 2, FALSE);
      side->keys[0].device = side->keys[1].device;
      cosmic_secret_free (side->secrets[0]);
      side->secrets[0] = cosmic_sign_key_from_seed (cosmic_sign_key_seed (side->secrets[1]),
                                                    side->keys[0].device.bytes);
    }
  pair_run (self, record, tapes);
  assert_known (self, 1);
  for (guint i = 0; i < 2; i++)
    for (guint m = 0; m < tapes[i]->len; m++)
      g_assert_false (shows (tapes[i]->pdata[m], 1, (DpopHelloSide) i));
  g_assert_true (shows (tapes[0]->pdata[0], 2, DPOP_HELLO_DIALER)); /* the test can see */
  g_assert_true (shows (tapes[0]->pdata[1], 2, DPOP_HELLO_DIALER));
  g_ptr_array_unref (tapes[0]);
  g_ptr_array_unref (tapes[1]);
}

/* --- Sleeping through a change of key. -------------------------------------------------------- */

static void
rotate (Side *side)
{
  side->keys[0].is_former = TRUE;
  side_open (side, 1, 2, FALSE);
  side->keys[1].device = side->keys[0].device;
}

static void
test_sleeper (Pair *self, gconstpointer listener_sleeps)
{
  rotate (listener_sleeps ? &self->alice : &self->bob);
  pair_run (self, NULL, NULL);
  assert_known (self, 1);
}

/* What the one who is awake lets a removed device see is what a stranger sees. */
static void
test_removed (Pair *self, gconstpointer listener_sleeps)
{
  Side *awake = listener_sleeps ? &self->alice : &self->bob;
  Side *removed = listener_sleeps ? &self->bob : &self->alice;
  GPtrArray *tapes[2] = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
                          g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };
  gsize with_former;

  rotate (awake);
  awake->admits = FALSE;
  pair_run (self, record, tapes);
  assert_unknown (awake);
  assert_unknown (removed);
  g_assert_cmpuint (awake->asked, ==, 1);
  g_assert_cmpuint (removed->asked, ==, 0);
  with_former = tapes[awake->side]->len;
  for (guint m = 0; m < tapes[awake->side]->len; m++)
    g_assert_false (shows (tapes[awake->side]->pdata[m], 1, awake->side));
  /* Now as somebody who has nothing to do with it. */
  g_ptr_array_set_size (tapes[awake->side], 0);
  awake->keys[0].discovery[0] ^= 1;
  pair_run (self, record, tapes);
  g_assert_cmpuint (tapes[awake->side]->len, ==, with_former);
  g_ptr_array_unref (tapes[0]);
  g_ptr_array_unref (tapes[1]);
}

/* --- Bad bytes. ------------------------------------------------------------------------------- */

static void
test_out_of_turn (Pair *self, gconstpointer data)
{
  static const gsize sizes[] = { DPOP_HELLO_TOKENS_SIZE, DPOP_HELLO_PROOFS_SIZE,
                                 DPOP_HELLO_ANSWER_SIZE, DPOP_HELLO_READY_SIZE };
  guint8 bytes[DPOP_HELLO_MESSAGE_MAX + 1] = { 0 };

  for (guint type = 0; type <= 5; type++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      for (gsize size = sizes[i] - 1; size <= sizes[i] + 1; size++)
        for (guint side = 0; side < 2; side++)
          {
            Side *victim = side == 0 ? &self->alice : &self->bob;

            bytes[0] = (guint8) type;
            bytes[1] = DPOP_HELLO_VERSION;
            side_begin (victim, 7);
            g_assert_cmpint (dpop_hello_take (victim->hello, bytes, size), ==,
                             DPOP_HELLO_STATE_ENDED);
            g_assert_cmpint (dpop_hello_end (victim->hello), ==, DPOP_HELLO_END_GARBLED);
          }
}

static void
test_version (Pair *self, gconstpointer data)
{
  guint8 bytes[100] = { DPOP_HELLO_TOKENS, DPOP_HELLO_VERSION + 1 };

  side_begin (&self->bob, 7);
  dpop_hello_take (self->bob.hello, bytes, sizeof bytes);
  g_assert_cmpint (dpop_hello_end (self->bob.hello), ==, DPOP_HELLO_END_VERSION);
}

/* Makes SIDE's key N that of a guest of party 1, whose invitation has SEED as public half. */
static void
side_guest (Side *side, gsize n, guint8 seed)
{
  CosmicId party, public_half;
  CosmicGuest guest;

  memset (party.bytes, 1, sizeof party.bytes);
  memset (public_half.bytes, seed, sizeof public_half.bytes);
  cosmic_guest_init (&guest, &party, &public_half);
  side->keys[n].party = guest.place;
  memcpy (side->keys[n].discovery, guest.key, sizeof guest.key);
}

/* The newcomer (NEWCOMER_DIALS: Alice, else Bob) has nothing but an invitation; the other side is a
 * member, with guests of two invitations: of seed 8, and of SEED. */
static void
run_guest (Pair *self, gboolean newcomer_dials, guint8 seed)
{
  Side *newcomer = newcomer_dials ? &self->alice : &self->bob;
  Side *member = newcomer_dials ? &self->bob : &self->alice;

  side_guest (newcomer, 0, 9);
  side_open (member, 0, 0, TRUE);
  side_guest (member, 1, 8);
  side_open (member, 0, 0, TRUE);
  side_guest (member, 2, seed);
  pair_run (self, NULL, NULL);
}

static void
test_guest (Pair *self, gconstpointer newcomer_dials)
{
  Side *sides[] = { &self->alice, &self->bob };
  const CosmicId *place;

  run_guest (self, newcomer_dials != NULL, 9);
  place = &sides[newcomer_dials != NULL ? 0 : 1]->keys[0].party;
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (dpop_hello_state (sides[i]->hello), ==, DPOP_HELLO_STATE_DONE);
      g_assert_true (cosmic_id_same (dpop_hello_party (sides[i]->hello), place));
    }
}

static void
test_former_guest (Pair *self, gconstpointer newcomer_dials)
{
  run_guest (self, newcomer_dials != NULL, 7);
  assert_unknown (&self->alice);
  assert_unknown (&self->bob);
  g_assert_cmpuint (self->alice.asked + self->bob.asked, ==, 0);
}

/* The member shows the same whether it expects guests or not: a former key is never shown. */
static void
test_guests_do_not_show (Pair *self, gconstpointer data)
{
  g_autoptr (GBytes) tokens = NULL;
  DpopHelloToken token;
  guint8 exporter[DPOP_HELLO_EXPORTER_SIZE];
  const guint8 *bytes;

  side_open (&self->bob, 0, 0, TRUE);
  side_guest (&self->bob, 1, 9);
  side_begin (&self->bob, 7);
  tokens = dpop_hello_next (self->bob.hello);
  bytes = g_bytes_get_data (tokens, NULL);
  memset (exporter, 7, sizeof exporter);
  dpop_hello_code_token (self->bob.keys[1].discovery, exporter, DPOP_HELLO_LISTENER, &token);
  for (guint i = 0; i < DPOP_HELLO_SLOTS; i++)
    g_assert_cmpint (memcmp (bytes + 2 + i * sizeof token, &token, sizeof token), !=, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *claim;
    void (*test) (Pair *self, gconstpointer data);
    gconstpointer data;
  } tests[] = {
    { "who has an organisation in common is known", test_match, NULL },
    { "among several organisations the one in common is found", test_several, NULL },
    { "between two in common the dialer's order decides", test_dialer_chooses, NULL },
    { "a stranger is told apart, and nobody is asked", test_stranger, NULL },
    { "with nothing open there is nobody to know", test_nothing_open, NULL },
    { "a device that is not admitted hears nothing", test_unknown_device, NULL },
    { "nor does a listener that is not admitted", test_unknown_listener, NULL },
    { "a proof for another party is forged", test_wrong_party, NULL },
    { "a proof without the device's key is forged", test_others_key, NULL },
    { "it knows itself", test_self, NULL },
    { "who cannot sign does not pretend to", test_mute, NULL },
    { "relayed between two connections, nothing fits", test_relayed, NULL },
    { "replayed in another connection, nothing fits", test_replayed, NULL },
    { "what comes back from the mirror does not fit", test_swapped, NULL },
    { "signed for the other side is forged", test_signed_for_other_side, NULL },
    { "what is altered on the way is refused, or did not matter", test_tampered, NULL },
    { "nothing stays the same from one connection to the next", test_nothing_stays, NULL },
    { "how many organisations are open does not show", test_number_is_hidden, NULL },
    { "who has left recognises nobody after the next change of key", test_former_member, NULL },
    { "a dialer that slept through a change proves itself first", test_sleeper, NULL },
    { "a listener that slept through a change proves itself first", test_sleeper, "" },
    { "a removed dialer sees what a stranger sees", test_removed, NULL },
    { "a removed listener sees what a stranger sees", test_removed, "" },
    { "a newcomer who dials is known by the invitation", test_guest, "" },
    { "a newcomer who is dialled is known by the invitation", test_guest, NULL },
    { "once the invitation is gone, a newcomer who dials is a stranger", test_former_guest, "" },
    { "once the invitation is gone, a newcomer who is dialled is one too", test_former_guest,
      NULL },
    { "nobody sees that guests are expected", test_guests_do_not_show, NULL },
    { "messages out of turn or of another size end it", test_out_of_turn, NULL },
    { "another version is told apart", test_version, NULL },
  };

  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/hello/", tests[i].claim, NULL);

      g_test_add (path, Pair, tests[i].data, pair_set_up, tests[i].test, pair_tear_down);
    }
  return g_test_run ();
}
