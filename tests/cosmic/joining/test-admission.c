/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-admission.h"
#include "cosmic-secret.h"
#include "fixture-random.h"

#include <string.h>

/* A newcomer and an inviter without a network: every message passes through the test's hands. */
typedef struct
{
  FixtureRandom random;
  CosmicAdmissionBond bond;
  GBytes *request;
  CosmicAdmission *newcomer;
  CosmicAdmission *inviter;
  GByteArray *arrived;
} Case;

static void
begin (Case *self, guint64 seed)
{
  DpopRandom source = fixture_random_table (&self->random);

  fixture_random_init (&self->random, seed);
  dpop_random_fill (source, &self->bond, sizeof self->bond);
  self->request = g_bytes_new ("let me in", 9);
  self->newcomer = cosmic_admission_new (COSMIC_ADMISSION_NEWCOMER, &self->bond, self->request,
                                         source);
  self->inviter = cosmic_admission_new (COSMIC_ADMISSION_INVITER, &self->bond, NULL, source);
  self->arrived = g_byte_array_new ();
}

static void
finish (Case *self)
{
  g_clear_pointer (&self->newcomer, cosmic_admission_free);
  g_clear_pointer (&self->inviter, cosmic_admission_free);
  g_clear_pointer (&self->request, g_bytes_unref);
  g_clear_pointer (&self->arrived, g_byte_array_unref);
}

static void
set_up (Case *self, gconstpointer data)
{
  begin (self, 1);
}

static void
tear_down (Case *self, gconstpointer data)
{
  finish (self);
}

static CosmicAdmissionState
take (Case *self, CosmicAdmission *to, GBytes *message)
{
  g_autoptr (GBytes) piece = NULL;
  CosmicAdmissionState state = cosmic_admission_take (to, g_bytes_get_data (message, NULL),
                                                      g_bytes_get_size (message), &piece);

  if (piece != NULL)
    g_byte_array_append (self->arrived, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece));
  return state;
}

/* One message from FROM to TO; FALSE when there was none. */
static gboolean
pass (Case *self, CosmicAdmission *from, CosmicAdmission *to)
{
  g_autoptr (GBytes) message = cosmic_admission_next (from);

  if (message == NULL)
    return FALSE;
  take (self, to, message);
  return TRUE;
}

static void
converse (Case *self)
{
  while (pass (self, self->newcomer, self->inviter) | pass (self, self->inviter, self->newcomer))
    ;
}

static GBytes *
make_file (Case *self, gsize size)
{
  guint8 *bytes = g_malloc (size);

  dpop_random_fill (fixture_random_table (&self->random), bytes, size);
  return g_bytes_new_take (bytes, size);
}

static void
test_both_see_one_code (Case *self, gconstpointer data)
{
  g_assert_null (cosmic_admission_code (self->newcomer));
  g_assert_null (cosmic_admission_request (self->inviter));
  converse (self);
  g_assert_cmpint (cosmic_admission_state (self->newcomer), ==, COSMIC_ADMISSION_COMPARE);
  g_assert_cmpint (cosmic_admission_state (self->inviter), ==, COSMIC_ADMISSION_COMPARE);
  g_assert_cmpstr (cosmic_admission_code (self->newcomer), ==,
                   cosmic_admission_code (self->inviter));
  g_assert_true (g_regex_match_simple ("^[0-9]{3} [0-9]{4}$",
                                       cosmic_admission_code (self->inviter), 0, 0));
  g_assert_true (g_bytes_equal (cosmic_admission_request (self->inviter), self->request));
}

/* Sizes about the edges of a piece. */
static void
test_the_file_arrives_whole (void)
{
  static const gsize sizes[] = { 1, 65535, 65536, 65537, 131072, 1000003 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Case self;
      g_autoptr (GBytes) file = NULL;
      guint64 total;

      begin (&self, i);
      file = make_file (&self, sizes[i]);
      converse (&self);
      g_assert_true (cosmic_admission_welcome (self.inviter, file));
      converse (&self);
      g_assert_cmpint (cosmic_admission_state (self.newcomer), ==, COSMIC_ADMISSION_DONE);
      g_assert_cmpint (cosmic_admission_state (self.inviter), ==, COSMIC_ADMISSION_DONE);
      g_assert_cmpuint (cosmic_admission_progress (self.newcomer, &total), ==, sizes[i]);
      g_assert_cmpuint (total, ==, sizes[i]);
      g_assert_cmpmem (self.arrived->data, self.arrived->len, g_bytes_get_data (file, NULL),
                       sizes[i]);
      finish (&self);
    }
}

static void
test_a_refusal_says_why (Case *self, gconstpointer data)
{
  g_assert_false (cosmic_admission_refuse (self->inviter, COSMIC_ADMISSION_WHY_DECLINED));
  converse (self);
  g_assert_false (cosmic_admission_refuse (self->newcomer, COSMIC_ADMISSION_WHY_DECLINED));
  g_assert_true (cosmic_admission_refuse (self->inviter, COSMIC_ADMISSION_WHY_USED));
  g_assert_false (cosmic_admission_welcome (self->inviter, self->request));
  converse (self);
  g_assert_cmpint (cosmic_admission_state (self->newcomer), ==, COSMIC_ADMISSION_REFUSED);
  g_assert_cmpint (cosmic_admission_why (self->newcomer), ==, COSMIC_ADMISSION_WHY_USED);
}

/* Somebody with a channel to each, who relays every message, or plays both parts with a request of
 * their own, is seen by both people: the codes are not the same. */
static void
test_codes_differ_with_someone_between (gconstpointer plays)
{
  for (guint64 seed = 0; seed < 500; seed++)
    {
      Case near, far;
      CosmicAdmission *to_near, *to_far;

      begin (&near, 2 * seed);
      begin (&far, 2 * seed + 1);
      to_near = GPOINTER_TO_INT (plays) ? near.inviter : far.inviter;
      to_far = GPOINTER_TO_INT (plays) ? far.newcomer : near.newcomer;
      while (pass (&near, near.newcomer, to_near) | pass (&near, to_near, near.newcomer)
             | pass (&far, to_far, far.inviter) | pass (&far, far.inviter, to_far))
        ;
      g_assert_nonnull (cosmic_admission_code (near.newcomer));
      g_assert_nonnull (cosmic_admission_code (far.inviter));
      g_assert_cmpstr (cosmic_admission_code (near.newcomer), !=,
                       cosmic_admission_code (far.inviter));
      finish (&near);
      finish (&far);
    }
}

/* Changes one bit of each message in turn: of the newcomer's words none is taken that is not what
 * was committed to; of the inviter's, the code or the file's hash tells. */
static void
test_who_changes_their_mind_is_found_out (Case *self, gconstpointer data)
{
  g_autoptr (GBytes) ask = cosmic_admission_next (self->newcomer);
  g_autoptr (GBytes) turn = NULL, show = NULL;
  gsize size;

  take (self, self->inviter, ask);
  turn = cosmic_admission_next (self->inviter);
  take (self, self->newcomer, turn);
  show = cosmic_admission_next (self->newcomer);
  size = g_bytes_get_size (show);
  for (gsize at = 1; at < size; at++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (show, NULL), size);
      g_autoptr (CosmicAdmission) inviter = cosmic_admission_new (
          COSMIC_ADMISSION_INVITER, &self->bond, NULL, fixture_random_table (&self->random));
      g_autoptr (GBytes) own = NULL;
      g_autoptr (GBytes) changed = NULL;

      bytes[at] ^= 1;
      changed = g_bytes_new (bytes, size);
      take (self, inviter, ask);
      own = cosmic_admission_next (inviter);
      g_assert_cmpint (take (self, inviter, changed), ==, COSMIC_ADMISSION_BROKEN);
      g_assert_null (cosmic_admission_code (inviter));
    }
}

/* What one attempt said is of no use in another: the other's commitment stands. */
static void
test_a_replay_is_refused (Case *self, gconstpointer data)
{
  Case other;
  g_autoptr (GBytes) ask = cosmic_admission_next (self->newcomer);
  g_autoptr (GBytes) show = NULL;

  begin (&other, 2);
  pass (&other, other.newcomer, other.inviter);
  take (self, self->inviter, ask);
  pass (self, self->inviter, self->newcomer);
  show = cosmic_admission_next (self->newcomer);
  g_assert_true (pass (&other, other.inviter, other.newcomer));
  g_assert_cmpint (take (&other, other.inviter, show), ==, COSMIC_ADMISSION_BROKEN);
  finish (&other);
}

static void
test_another_file_is_not_taken (Case *self, gconstpointer data)
{
  g_autoptr (GBytes) file = make_file (self, 1000);
  g_autoptr (GBytes) welcome = NULL;
  g_autoptr (GBytes) piece = NULL;
  g_autoptr (GBytes) changed = NULL;
  guint8 bytes[1001];

  converse (self);
  cosmic_admission_welcome (self->inviter, file);
  welcome = cosmic_admission_next (self->inviter);
  piece = cosmic_admission_next (self->inviter);
  memcpy (bytes, g_bytes_get_data (piece, NULL), sizeof bytes);
  bytes[700] ^= 4;
  changed = g_bytes_new (bytes, sizeof bytes);
  g_assert_cmpint (take (self, self->newcomer, welcome), ==, COSMIC_ADMISSION_SENDING);
  g_assert_cmpint (take (self, self->newcomer, changed), ==, COSMIC_ADMISSION_DAMAGED);
  g_assert_null (cosmic_admission_next (self->newcomer));
  g_assert_cmpint (take (self, self->newcomer, piece), ==, COSMIC_ADMISSION_DAMAGED);
}

static void
test_another_version_is_told (Case *self, gconstpointer data)
{
  static const guint8 newer[] = { 1, 2, 0 };
  g_autoptr (GBytes) ask = g_bytes_new_static (newer, sizeof newer);

  g_assert_cmpint (take (self, self->inviter, ask), ==, COSMIC_ADMISSION_VERSION_OTHER);
}

/* Out of turn, too short, too long, of no known type: each ends it, on both sides. */
static void
test_what_is_not_due_ends_it (void)
{
  for (guint type = 0; type < 256; type++)
    for (guint size = 1; size < 80; size++)
      {
        guint8 bytes[80] = { (guint8) type };
        g_autoptr (GBytes) message = g_bytes_new (bytes, size);
        Case self;

        begin (&self, size);
        g_assert_cmpint (take (&self, self.newcomer, message), ==, COSMIC_ADMISSION_BROKEN);
        if (type != 1 || size < 2)
          g_assert_cmpint (take (&self, self.inviter, message), ==, COSMIC_ADMISSION_BROKEN);
        finish (&self);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add ("/admission/Both see one code", Case, NULL, set_up, test_both_see_one_code,
              tear_down);
  g_test_add_func ("/admission/The file arrives whole", test_the_file_arrives_whole);
  g_test_add ("/admission/A refusal says why", Case, NULL, set_up, test_a_refusal_says_why,
              tear_down);
  g_test_add_data_func ("/admission/Codes differ with someone between who relays",
                        GINT_TO_POINTER (FALSE), test_codes_differ_with_someone_between);
  g_test_add_data_func ("/admission/Codes differ with someone between who plays both parts",
                        GINT_TO_POINTER (TRUE), test_codes_differ_with_someone_between);
  g_test_add ("/admission/Who changes their mind is found out", Case, NULL, set_up,
              test_who_changes_their_mind_is_found_out, tear_down);
  g_test_add ("/admission/A replay is refused", Case, NULL, set_up, test_a_replay_is_refused,
              tear_down);
  g_test_add ("/admission/Another file is not taken", Case, NULL, set_up,
              test_another_file_is_not_taken, tear_down);
  g_test_add ("/admission/Another version is told", Case, NULL, set_up,
              test_another_version_is_told, tear_down);
  g_test_add_func ("/admission/What is not due ends it", test_what_is_not_due_ends_it);
  return g_test_run ();
}
