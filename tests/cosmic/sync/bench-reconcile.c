/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-secret.h"
#include "fixture-items.h"

#include <glib/gstdio.h>
#include <stdlib.h>

/* A million items against a million, in memory: rounds, bytes both ways, and milliseconds a side,
 * each beside its target; a missed one fails. A round is a frame and the reply to it; the rounds
 * are those until the one who began knows all that either lacks. Bytes are of all frames, with
 * those that tell the other side. Milliseconds are the processor's, of the side that took longer,
 * the median of REPEATS runs, each with splits of its own; rounds and bytes are the most of all
 * runs. Frames are of at most 1 MiB.
 *
 * DPOP_NEGENTROPY may name a program that does the same with hoytech/negentropy; then the ratios
 * are printed. It is called as
 *
 *     PROGRAM FIRST SECOND
 *
 * where both are files of items of 40 bytes, ascending: order as 8 bytes, little-endian, and id.
 * It reads both into its sets (its tree in memory), reconciles them with FIRST as the one who
 * begins, without a limit to the size of messages, and prints one line on standard output: rounds,
 * bytes both ways, processor milliseconds of the first side, those of the second, with blanks
 * between. Reading the files is not measured. Its bytes are fewer where the second side lacks much:
 * negentropy leaves it to other messages to tell that side, ours are told in full. */

#define ITEMS   1000000
#define REPEATS 5

typedef enum
{
  LACK_FIRST,  /* the one who begins lacks them */
  LACK_SECOND,
  LACK_BOTH,   /* half of them each */
} Lack;

typedef struct
{
  const char *what;
  guint differences;
  gboolean scattered; /* else the newest */
  Lack lack;
  guint rounds;
  gsize bytes;
  double milliseconds;
} Scenario;

static const Scenario scenarios[] = {
  { "no difference", 0, FALSE, LACK_FIRST, 1, 400, 0.3 },
  { "100 newest, the first lacks", 100, FALSE, LACK_FIRST, 3, 10000, 2 },
  { "100 newest, the second lacks", 100, FALSE, LACK_SECOND, 3, 10000, 2 },
  { "10,000 newest, the first lacks", 10000, FALSE, LACK_FIRST, 0, 400000, 10 },
  { "10,000 newest, the second lacks", 10000, FALSE, LACK_SECOND, 0, 400000, 10 },
  { "1,000 scattered, the first lacks", 1000, TRUE, LACK_FIRST, 3, 1400000, 120 },
  { "1,000 scattered, the second lacks", 1000, TRUE, LACK_SECOND, 3, 1400000, 120 },
  { "1,000 scattered, 500 each", 1000, TRUE, LACK_BOTH, 3, 1400000, 120 },
};

typedef struct
{
  GArray *items;
  FixtureSet sets[2];
  char *folder;
  const char *peer;
  gboolean missed;
} Bench;

/* Takes the scenario's items out of the sets, or puts them back. */
static void
change (Bench *self, const Scenario *scenario, gboolean back)
{
  for (guint i = 0; i < scenario->differences; i++)
    {
      guint index = scenario->scattered ? i * (ITEMS / scenario->differences) + i % 97
                                        : ITEMS - 1 - i;
      guint side = scenario->lack == LACK_BOTH ? i % 2 : scenario->lack == LACK_FIRST ? 0 : 1;
      const CosmicItem *item = &g_array_index (self->items, CosmicItem, index);

      if (back)
        fixture_set_insert (&self->sets[side], item);
      else
        fixture_set_remove (&self->sets[side], item);
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return one < two ? -1 : one > two;
}

static char *
write_set (Bench *self, guint side)
{
  char *path = g_strdup_printf ("%s/%u", self->folder, side);
  FILE *file = g_fopen (path, "wb");
  g_autofree CosmicItem *items = g_new (CosmicItem, 4096);
  GError *error = NULL;
  guint got = 4096;

  g_assert_nonnull (file);
  for (guint64 index = 0; got == 4096; index += got)
    {
      cosmic_item_set_read (self->sets[side].set, index, items, 4096, &got, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < got; i++)
        items[i].order = GUINT64_TO_LE (items[i].order);
      g_assert_cmpuint (fwrite (items, sizeof *items, got, file), ==, got);
    }
  g_assert_cmpint (fclose (file), ==, 0);
  return path;
}

static void
compare_with_peer (Bench *self, guint rounds, gsize bytes, double milliseconds)
{
  g_autofree char *first = write_set (self, 0), *second = write_set (self, 1);
  const char *call[] = { self->peer, first, second, NULL };
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  double figures[4], slower;

  if (!g_spawn_sync (NULL, (char **) call, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &said,
                     NULL, NULL, &error))
    g_error ("%s: %s", self->peer, error->message);
  words = g_strsplit (g_strstrip (said), " ", -1);
  if (g_strv_length (words) != 4)
    g_error ("%s printed \"%s\", which is not four figures", self->peer, said);
  for (guint i = 0; i < 4; i++)
    figures[i] = g_ascii_strtod (words[i], NULL);
  slower = MAX (figures[2], figures[3]);
  g_print ("    negentropy: %.0f rounds, %.0f bytes, %.3f ms a side; ours are %.2f of its bytes, "
           "%.2f of its time\n",
           figures[0], figures[1], slower, (double) bytes / figures[1], milliseconds / slower);
  g_remove (first);
  g_remove (second);
}

static void
run (Bench *self, const Scenario *scenario)
{
  double times[REPEATS];
  guint rounds = 0;
  gsize bytes = 0;
  gboolean missed;

  change (self, scenario, FALSE);
  for (guint i = 0; i < REPEATS; i++)
    {
      FixtureExchange exchange;

      fixture_exchange_run (&exchange, self->sets[0].set, self->sets[1].set,
                            COSMIC_RECONCILE_LIMIT_MAX, i);
      g_assert_cmpuint (exchange.only_theirs[0]->len + exchange.only_theirs[1]->len, ==,
                        scenario->differences);
      rounds = MAX (rounds, exchange.rounds);
      bytes = MAX (bytes, exchange.bytes);
      times[i] = 1000 * MAX (exchange.seconds[0], exchange.seconds[1]);
      fixture_exchange_clear (&exchange);
    }
  qsort (times, REPEATS, sizeof times[0], compare_doubles);
  missed = bytes >= scenario->bytes || times[REPEATS / 2] >= scenario->milliseconds
           || (scenario->rounds > 0 && rounds > scenario->rounds);
  g_print ("%-34s %u rounds", scenario->what, rounds);
  if (scenario->rounds > 0)
    g_print (" (<= %u)", scenario->rounds);
  g_print (", %" G_GSIZE_FORMAT " bytes (< %" G_GSIZE_FORMAT "), %.3f ms a side (< %g)%s\n", bytes,
           scenario->bytes, times[REPEATS / 2], scenario->milliseconds, missed ? "  MISSED" : "");
  if (self->peer != NULL)
    compare_with_peer (self, rounds, bytes, times[REPEATS / 2]);
  self->missed = self->missed || missed;
  change (self, scenario, TRUE);
}

int
main (int argc, char *argv[])
{
  Bench bench = { .peer = g_getenv ("DPOP_NEGENTROPY") };
  FixtureRandom random;
  gint64 start;

  g_assert_true (cosmic_crypto_init ());
  fixture_random_init (&random, 1);
  bench.folder = g_dir_make_tmp ("dpop-reconcile-XXXXXX", NULL);
  bench.items = g_array_sized_new (FALSE, FALSE, sizeof (CosmicItem), ITEMS);
  for (guint i = 0; i < ITEMS; i++)
    {
      CosmicItem item = fixture_item (&random, 1);

      item.order = i / 20; /* heights with twenty entries each */
      g_array_append_val (bench.items, item);
    }
  fixture_items_sort (bench.items);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 2; i++)
    fixture_set_init (&bench.sets[i], bench.items);
  g_print ("%u items inserted in order: %.2f microseconds each\n", ITEMS,
           (double) (g_get_monotonic_time () - start) / 2 / ITEMS);
  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    run (&bench, &scenarios[i]);
  for (guint i = 0; i < 2; i++)
    fixture_set_clear (&bench.sets[i]);
  g_array_unref (bench.items);
  g_rmdir (bench.folder);
  g_free (bench.folder);
  return bench.missed ? 1 : 0;
}
