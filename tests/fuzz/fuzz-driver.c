/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-random.h"
#include "fuzz.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* usage: fuzz-NAME SEEDS [DICTIONARY]   run the seeds, then mutations of them; prints TAP
 *        fuzz-NAME --write FOLDER       write what fuzz_seed() gives, for libFuzzer
 *        fuzz-NAME --input FILE         run one input
 * A mutation is a function of its number alone, so that a failure repeats. The input that brought
 * the program down is left in "crash-fuzz-NAME" in the working folder. */

#define LARGEST     (64 * 1024)
#define RUNS        4000
#define MAX_SECONDS 20

static const guint8 *running;
static gsize running_size;
static char crash_name[200];

/* Calls only what a signal handler may call. */
static void
on_crash (int number)
{
  int fd = open (crash_name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  if (fd >= 0 && write (fd, running, running_size) >= 0)
    close (fd);
  signal (number, SIG_DFL);
  raise (number);
}

static void
run_one (const guint8 *data, gsize size)
{
  /* In a block of exactly this size the sanitizer sees a read of one byte too many. */
  g_autofree guint8 *exact = g_malloc (MAX (size, 1));

  if (size > 0)
    memcpy (exact, data, size);
  running = exact;
  running_size = size;
  LLVMFuzzerTestOneInput (exact, size);
  running_size = 0;
}

static GBytes *
read_input (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &bytes, &size, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (bytes, size);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
gather_seeds (const char *folder)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  g_ptr_array_add (seeds, g_bytes_new_static ("", 0));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (seeds, read_input (g_ptr_array_index (paths, i)));
  if (fuzz_seed != NULL)
    for (GBytes *seed; (seed = fuzz_seed (seeds->len - 1 - paths->len)) != NULL;)
      g_ptr_array_add (seeds, seed);
  return seeds;
}

/* One token of a libFuzzer dictionary: what stands between the first and the last quotation mark
 * of the line, with its \\ \" and \xAB undone; NULL for any other line. */
static GBytes *
parse_token (const char *line)
{
  const char *at = strchr (line, '"');
  const char *end = strrchr (line, '"');
  g_autoptr (GByteArray) token = g_byte_array_new ();

  if (line[0] == '#' || at == NULL || end == at)
    return NULL;
  for (at++; at < end; at++)
    {
      guint8 byte = (guint8) *at;

      if (at[0] == '\\' && at[1] == 'x' && g_ascii_isxdigit (at[2]) && g_ascii_isxdigit (at[3]))
        {
          byte = (guint8) (g_ascii_xdigit_value (at[2]) * 16 + g_ascii_xdigit_value (at[3]));
          at += 3;
        }
      else if (at[0] == '\\')
        byte = (guint8) *++at;
      g_byte_array_append (token, &byte, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&token));
}

static GPtrArray *
gather_tokens (const char *path)
{
  static const char edges[][8] = { "\0\0\0\0\0\0\0", "\xff\xff\xff\xff\xff\xff\xff\xff",
                                   "\x7f\xff\xff\xff", "\xff\xff\xff\x7f", "\x80" };
  GPtrArray *tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    for (gsize size = 1; size <= 8; size *= 2)
      g_ptr_array_add (tokens, g_bytes_new_static (edges[i], size));
  if (path == NULL)
    return tokens;
  {
    g_autoptr (GBytes) text = read_input (path);
    g_autofree char *copy = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));

    lines = g_strsplit (copy, "\n", -1);
  }
  for (guint i = 0; lines[i] != NULL; i++)
    {
      GBytes *token = parse_token (lines[i]);

      if (token != NULL)
        g_ptr_array_add (tokens, token);
    }
  return tokens;
}

static gsize
anywhere (FixtureRandom *random, GByteArray *input)
{
  return (gsize) fixture_random_below (random, input->len + 1);
}

static void
insert (GByteArray *input, gsize at, const guint8 *bytes, gsize size)
{
  gsize tail = input->len - at;

  g_byte_array_set_size (input, (guint) (input->len + size));
  memmove (input->data + at + size, input->data + at, tail);
  memcpy (input->data + at, bytes, size);
}

static void
overwrite (GByteArray *input, gsize at, const guint8 *bytes, gsize size)
{
  if (at < input->len)
    memcpy (input->data + at, bytes, MIN (size, input->len - at));
}

/* One small change of INPUT. */
static void
mutate (FixtureRandom *random, GByteArray *input, GPtrArray *seeds, GPtrArray *tokens)
{
  GBytes *token = g_ptr_array_index (tokens, (guint) fixture_random_below (random, tokens->len));
  GBytes *other = g_ptr_array_index (seeds, (guint) fixture_random_below (random, seeds->len));
  gsize at = anywhere (random, input);
  gsize span = (gsize) fixture_random_below (random, MIN (input->len - at, 64) + 1);
  guint8 byte = (guint8) fixture_random_next (random);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (token, &size);

  switch (fixture_random_below (random, 9))
    {
    case 0: /* flip a bit */
      if (at < input->len)
        input->data[at] ^= (guint8) (1 << byte % 8);
      break;
    case 1: /* set a byte */
      if (at < input->len)
        input->data[at] = byte;
      break;
    case 2: /* cut the end */
      g_byte_array_set_size (input, (guint) at);
      break;
    case 3: /* take out a span */
      if (span > 0)
        g_byte_array_remove_range (input, (guint) at, (guint) span);
      break;
    case 4: /* repeat a span */
      if (span > 0)
        {
          g_autofree guint8 *copy = g_memdup2 (input->data + at, span);

          insert (input, at, copy, span);
        }
      break;
    case 5: /* go on with another seed's end */
      bytes = g_bytes_get_data (other, &size);
      g_byte_array_set_size (input, (guint) at);
      if (size > 0)
        {
          gsize from = (gsize) fixture_random_below (random, size);

          g_byte_array_append (input, bytes + from, (guint) (size - from));
        }
      break;
    case 6: /* put in a byte */
      insert (input, at, &byte, 1);
      break;
    case 7:
      insert (input, at, bytes, size);
      break;
    default:
      overwrite (input, at, bytes, size);
      break;
    }
  if (input->len > LARGEST)
    g_byte_array_set_size (input, LARGEST);
}

static void
run_mutation (guint number, GPtrArray *seeds, GPtrArray *tokens)
{
  FixtureRandom random;
  g_autoptr (GByteArray) input = g_byte_array_new ();
  GBytes *seed;
  guint changes;

  fixture_random_init (&random, number);
  seed = g_ptr_array_index (seeds, (guint) fixture_random_below (&random, seeds->len));
  g_byte_array_append (input, g_bytes_get_data (seed, NULL), (guint) g_bytes_get_size (seed));
  changes = 1 + (guint) fixture_random_below (&random, 6);
  for (guint i = 0; i < changes; i++)
    mutate (&random, input, seeds, tokens);
  run_one (input->data, input->len);
}

static int
write_seeds (const char *folder)
{
  g_autoptr (GPtrArray) seeds = gather_seeds (NULL);

  for (guint i = 0; i < seeds->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/seed-%04u", folder, i);
      gsize size;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);
      g_autoptr (GError) error = NULL;

      if (!g_file_set_contents (path, bytes != NULL ? bytes : "", (gssize) size, &error))
        g_error ("%s", error->message);
    }
  return 0;
}

int
main (int argc, char *argv[])
{
  g_autofree char *name = g_path_get_basename (argv[0]);
  g_autoptr (GPtrArray) seeds = NULL;
  g_autoptr (GPtrArray) tokens = NULL;
  gint64 end = g_get_monotonic_time () + MAX_SECONDS * G_USEC_PER_SEC;
  guint done, wanted = MAX (RUNS / fixture_share (), 1);

  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  g_snprintf (crash_name, sizeof crash_name, "crash-%s", name);
  for (guint i = 0; i < 4; i++)
    signal ((const int[]){ SIGABRT, SIGSEGV, SIGBUS, SIGFPE }[i], on_crash);
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    return write_seeds (argv[2]);
  if (argc == 3 && strcmp (argv[1], "--input") == 0)
    {
      g_autoptr (GBytes) input = read_input (argv[2]);

      run_one (g_bytes_get_data (input, NULL), g_bytes_get_size (input));
      return 0;
    }

  g_print ("TAP version 13\n1..2\n");
  seeds = gather_seeds (argc > 1 ? argv[1] : NULL);
  tokens = gather_tokens (argc > 2 ? argv[2] : NULL);
  for (guint i = 0; i < seeds->len; i++)
    run_one (g_bytes_get_data (g_ptr_array_index (seeds, i), NULL),
             g_bytes_get_size (g_ptr_array_index (seeds, i)));
  g_print ("ok 1 - %u seeds are taken\n", seeds->len);
  for (done = 0; done < wanted && g_get_monotonic_time () < end; done++)
    run_mutation (done, seeds, tokens);
  g_print ("ok 2 - %u mutations are taken\n", done);
  return 0;
}
