/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "fixture-items.h"

#define LIMIT 4096

/* One side that reconciles, against frames that a test writes by hand. */
typedef struct
{
  FixtureSet set;
  FixtureRandom random;
  CosmicReconcile *side;
  GByteArray *frame;
  GBytes *reply;
} Case;

static void
case_init (Case *self, gboolean begins, guint items, guint64 most)
{
  fixture_random_init (&self->random, 5);
  fixture_set_init (&self->set, NULL);
  for (guint i = 0; i < items; i++)
    {
      CosmicItem item = fixture_item (&self->random, 1);

      item.order = i;
      fixture_set_insert (&self->set, &item);
    }
  self->side = cosmic_reconcile_new (self->set.set, begins, LIMIT, most,
                                     fixture_random_table (&self->random));
  self->frame = g_byte_array_new ();
  self->reply = NULL;
}

static void
case_clear (Case *self)
{
  cosmic_reconcile_free (self->side);
  fixture_set_clear (&self->set);
  g_byte_array_unref (self->frame);
  g_clear_pointer (&self->reply, g_bytes_unref);
}

static void
put (Case *self, const char *hex)
{
  for (; *hex != '\0'; hex++)
    if (*hex != ' ')
      {
        guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

        g_byte_array_append (self->frame, &byte, 1);
        hex++;
      }
}

static void
put_times (Case *self, guint8 byte, guint n)
{
  for (guint i = 0; i < n; i++)
    g_byte_array_append (self->frame, &byte, 1);
}

static void
take (Case *self)
{
  GError *error = NULL;

  g_clear_pointer (&self->reply, g_bytes_unref);
  g_assert_true (cosmic_reconcile_take (self->side, self->frame->data, self->frame->len,
                                        &self->reply, &error));
  g_assert_no_error (error);
  g_byte_array_set_size (self->frame, 0);
}

static void
assert_refused (Case *self, const char *fault)
{
  g_assert_cmpstr (cosmic_reconcile_fault (self->side), ==, fault);
  g_assert_true ((self->reply == NULL) == (fault != NULL));
  if (fault != NULL)
    {
      g_assert_cmpuint (cosmic_reconcile_state (self->side), ==, COSMIC_RECONCILE_REFUSED);
      g_assert_cmpuint (cosmic_reconcile_only_theirs (self->side)->len, ==, 0);
      g_assert_cmpuint (cosmic_reconcile_only_ours (self->side)->len, ==, 0);
    }
}

#define KEY  "00112233445566778899aabbccddeeff"
#define OPEN "11" KEY "00"
#define ID   "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define FP   "0123456789abcdef0123456789abcdef"

/* First frames to a responder of 100 items of the orders 0 to 99. A NULL fault: it is taken. */
static const struct
{
  const char *frame, *fault;
} openings[] = {
  { OPEN "02 00", NULL },                                  /* an empty list of everything */
  { OPEN "95 03 00" FP, NULL },                            /* 101 items, another fingerprint */
  { OPEN "00 06 00 95 03 00" FP, NULL },                   /* a skip, then a fingerprint */
  { OPEN "06 06 00 0011223344556677", NULL },              /* a list of one up to order 5 */
  { "11" KEY "01 07" ID "02 00", NULL },                   /* an item first */
  { "13" KEY "00 02 00", NULL },                           /* more follows */
  { "", "a frame of no known version" },
  { "21" KEY "00 02 00", "a frame of no known version" },
  { "19" KEY "00 02 00", "a frame of no known version" },
  { "10 00 02 00", "the opening is missing" },
  { "11 001122", "the opening is cut off" },
  { "11" KEY, "the number of items is malformed" },
  { "11" KEY "80", "the number of items is malformed" },
  { "11" KEY "05" ID, "an item is malformed or not in its place" },
  { "11" KEY "ff ff ff ff 0f" ID, "more items are announced than the frame has" },
  { "11" KEY "ff ff ff ff ff ff ff ff ff 01", "more items are announced than the frame has" },
  { "11" KEY "01 80 00" ID, "an item is malformed or not in its place" },       /* 0 in two bytes */
  { "11" KEY "01 ff ff ff ff ff ff ff ff ff 01" ID, "an item is malformed or not in its place" },
  { "11" KEY "01 ff ff ff ff ff ff ff ff ff 02" ID, "an item is malformed or not in its place" },
  { "11" KEY "02 07" ID "00" ID "02 00", "an item is malformed or not in its place" },
  { "11" KEY "02 07" ID "01 0123 02 00", "an item is malformed or not in its place" },
  { OPEN, "a frame contradicts itself or says nothing" },
  { OPEN "02", "a bound is malformed or not in its place" },
  { OPEN "02 06", "a bound is malformed or not in its place" },
  { OPEN "02 06 03 0102", "a bound is malformed or not in its place" },
  { OPEN "02 06 02 0100", "a bound is malformed or not in its place" },         /* ends with 0 */
  { OPEN "02 06 21" ID "01", "a bound is malformed or not in its place" },      /* 33 bytes */
  { OPEN "02 01 00", "a bound is malformed or not in its place" },              /* not ascending */
  { OPEN "02 06 01 05 02 01 01 05", "a bound is malformed or not in its place" },
  { OPEN "02 06 01 05 02 01 01 04", "a bound is malformed or not in its place" },
  { OPEN "02 ff ff ff ff ff ff ff ff ff 01 00 02 02 00",
    "a bound is malformed or not in its place" },                               /* past the end */
  { OPEN "80 00 06 00 02 00", "a bound is malformed or not in its place" },     /* 0 in two bytes */
  { OPEN "02 00 02 00", "a range lies behind the end" },
  { OPEN "02 00 00", "a range lies behind the end" },
  { OPEN "00 06 00 00 02 00 02 00", "a skip is malformed" },                    /* twice */
  { OPEN "04 06 00 02 00", "a skip is malformed" },                             /* with a count */
  { OPEN "02 06 00 00 00", "a skip at the end" },
  { OPEN "00 00", "a skip at the end" },
  { OPEN "03 00", "a question of no known kind" },
  { OPEN "95 03 00 0123", "a fingerprint is cut off" },
  { OPEN "01 01 01 01" FP, "nothing has another fingerprint" }, /* below our lowest, were it ours */
  { OPEN "06 00", "a list is cut off" },
  { OPEN "06 00 0011223344", "a list is cut off" },
  { OPEN "86 08 00", "a list is too long" },                                    /* 257 */
  { OPEN "fe ff ff ff ff ff ff ff ff 01 00", "a list is too long" },
  { "15" KEY "00 02 00", "a frame contradicts itself or says nothing" },        /* last, and asks */
  { "17" KEY "00", "a frame contradicts itself or says nothing" },              /* more, and last */
  { "13" KEY "00", "a frame contradicts itself or says nothing" },              /* of nothing */
};

static void
test_every_fault_of_an_opening (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      Case one;

      g_test_message ("%s", openings[i].frame);
      case_init (&one, FALSE, 100, 1000);
      /* Nothing of ours may lie below order 0 and id 01, or the empty range would not be empty. */
      while (TRUE)
        {
          CosmicItem lowest;
          guint got;

          cosmic_item_set_read (one.set.set, 0, &lowest, 1, &got, NULL);
          if (lowest.order > 0 || lowest.id.bytes[0] > 1)
            break;
          fixture_set_remove (&one.set, &lowest);
        }
      put (&one, openings[i].frame);
      take (&one);
      assert_refused (&one, openings[i].fault);
      case_clear (&one);
    }
}

static void
test_cut_short_is_refused (void)
{
  for (guint size = 0;; size++)
    {
      Case one;
      gboolean whole;

      case_init (&one, FALSE, 100, 1000);
      put (&one, "11" KEY "02 07" ID "03" ID "00 06 00 95 03 02 02 7777" FP
                 "06 05 01 09 0011223344556677 02 00");
      whole = size == one.frame->len;
      g_byte_array_set_size (one.frame, size);
      take (&one);
      /* Where a question ends the frame may end. */
      if (whole)
        assert_refused (&one, NULL);
      else if (cosmic_reconcile_fault (one.side) == NULL)
        g_assert_true (one.reply != NULL);
      case_clear (&one);
      if (whole)
        return;
    }
}

static void
test_too_large_is_refused (void)
{
  Case one;

  case_init (&one, FALSE, 100, 1000);
  put (&one, OPEN "02 00");
  put_times (&one, 0, LIMIT);
  take (&one);
  assert_refused (&one, "a frame is too large");
  case_clear (&one);
}

static void
begin (Case *self)
{
  g_autoptr (GBytes) first = cosmic_reconcile_begin (self->side, NULL);

  g_assert_nonnull (first);
}

/* Replies to the opening of one who begins with N items: up to 48 are listed. */
static void
assert_reply (guint n, const char *reply, const char *fault)
{
  Case one;

  g_test_message ("%s to %u items", reply, n);
  case_init (&one, TRUE, n, 1000);
  begin (&one);
  put (&one, reply);
  take (&one);
  if (fault != NULL)
    assert_refused (&one, fault);
  else
    g_assert_cmpstr (cosmic_reconcile_fault (one.side), ==, NULL);
  case_clear (&one);
}

static void
test_answers_fit_the_lists (void)
{
  assert_reply (3, "14 00 00", NULL);
  assert_reply (3, "10 07 00", NULL);
  assert_reply (3, "10 08 00", "the answers do not fit the lists"); /* a fourth */
  assert_reply (3, "10", "the answers do not fit the lists");
  assert_reply (8, "10 ff 00", NULL);
  assert_reply (9, "10 ff 00", "the number of items is malformed");
  assert_reply (9, "10 ff 02 00", "the answers do not fit the lists");
}

static void
test_replies_keep_their_word (void)
{
  assert_reply (100, "14 00", NULL);
  assert_reply (100, "11" KEY "00", "a second opening");
  assert_reply (100, "10 00", "a frame contradicts itself or says nothing");
  assert_reply (100, "12 00", "a frame contradicts itself or says nothing");
  assert_reply (100, "16 01 07" ID, "a frame contradicts itself or says nothing");
  assert_reply (100, "14 00 02 00", "a frame contradicts itself or says nothing");
  assert_reply (3, "14 07 00", "a frame contradicts itself or says nothing"); /* lacks, and last */
  assert_reply (3, "14 00 01 07" ID, NULL);
}

static void
test_nothing_after_the_last (void)
{
  Case one;

  case_init (&one, TRUE, 100, 1000);
  begin (&one);
  put (&one, "14 00");
  take (&one);
  g_assert_cmpuint (cosmic_reconcile_state (one.side), ==, COSMIC_RECONCILE_DONE);
  put (&one, "14 00");
  take (&one);
  assert_refused (&one, "a frame after the last");
  case_clear (&one);
}

static void
test_too_many_items_are_refused (void)
{
  Case one;

  case_init (&one, FALSE, 0, 2);
  put (&one, "13" KEY "02 07" ID "03" ID "02 00");
  take (&one);
  assert_refused (&one, NULL);
  g_assert_cmpuint (cosmic_reconcile_only_theirs (one.side)->len, ==, 2);
  put (&one, "12 01 20" ID);
  take (&one);
  assert_refused (&one, "it has more items than are taken");
  case_clear (&one);
}

/* A peer that always differs, and never says more. */
static void
test_endless_questions_end (void)
{
  Case one;
  guint frames = 0;

  case_init (&one, FALSE, 1000, 1000);
  put (&one, OPEN "95 03 00" FP);
  take (&one);
  while (cosmic_reconcile_fault (one.side) == NULL)
    {
      gsize size = g_bytes_get_size (one.reply);

      g_assert_cmpuint (size, <=, LIMIT);
      g_assert_cmpuint (++frames, <, 1000);
      put (&one, "10");
      /* As many answers as its lists had short ids: it splits into fingerprints only. */
      put (&one, "00 95 03 00" FP);
      take (&one);
    }
  assert_refused (&one, "it does not come to an end");
  case_clear (&one);
}

/* A peer that tells the same few items again and again. */
static void
test_endless_items_end (void)
{
  Case one;
  guint frames = 0;

  case_init (&one, FALSE, 10, 1000);
  put (&one, "13" KEY "01 07" ID "02 00");
  take (&one);
  while (cosmic_reconcile_fault (one.side) == NULL)
    {
      g_assert_cmpuint (++frames, <, 10000);
      put (&one, "12 01 07" ID);
      take (&one);
    }
  case_clear (&one);
}

/* The largest frames of the smallest ranges: memory and replies stay bounded, and so does time. */
static void
test_many_small_ranges (void)
{
  Case one;
  guint frames = 0;

  case_init (&one, FALSE, 20000, 1000);
  put (&one, "13" KEY "00");
  while (one.frame->len + 21 < LIMIT)
    put (&one, "95 03 02 00" FP);
  take (&one);
  while (cosmic_reconcile_fault (one.side) == NULL)
    {
      g_assert_cmpuint (g_bytes_get_size (one.reply), <=, LIMIT);
      g_assert_cmpuint (++frames, <, 100000);
      put (&one, "12 00");
      /* Whatever it listed: nothing is said to be lacked. Wrong counts of answers end it too. */
      while (one.frame->len + 21 < LIMIT)
        put (&one, "95 03 02 00" FP);
      take (&one);
    }
  case_clear (&one);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (cosmic_crypto_init ());
  g_test_add_func ("/reconcile/hostile/Every fault of an opening has its name",
                   test_every_fault_of_an_opening);
  g_test_add_func ("/reconcile/hostile/A frame cut short anywhere does no harm",
                   test_cut_short_is_refused);
  g_test_add_func ("/reconcile/hostile/A frame above the limit is refused",
                   test_too_large_is_refused);
  g_test_add_func ("/reconcile/hostile/There are as many answers as short ids",
                   test_answers_fit_the_lists);
  g_test_add_func ("/reconcile/hostile/A reply that contradicts itself is refused",
                   test_replies_keep_their_word);
  g_test_add_func ("/reconcile/hostile/Nothing comes after the last frame",
                   test_nothing_after_the_last);
  g_test_add_func ("/reconcile/hostile/More items than agreed are refused",
                   test_too_many_items_are_refused);
  g_test_add_func ("/reconcile/hostile/A peer that always differs is left at last",
                   test_endless_questions_end);
  g_test_add_func ("/reconcile/hostile/A peer that repeats itself is left at last",
                   test_endless_items_end);
  g_test_add_func ("/reconcile/hostile/Many small ranges stay within bounds",
                   test_many_small_ranges);
  return g_test_run ();
}
