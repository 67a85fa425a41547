/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-compile.h"
#include "dpop-edge-charter.h"
#include "fixture-charter.h"
#include "vector-file.h"

#include <string.h>

static void
add (VectorFile *file, const char *name, const DpopCharter *charter, const DpopCharterNames *names)
{
  g_autofree char *document = dpop_edge_charter_write (charter, names);
  g_autoptr (GBytes) compiled = dpop_charter_compile (charter);
  g_autoptr (GBytes) texts = dpop_charter_names_to_bytes (names);

  vector_file_begin (file, name);
  vector_file_bytes (file, "document", document, strlen (document));
  vector_file_blob (file, "compiled", compiled);
  vector_file_blob (file, "names", texts);
}

/* Small ones: a document of 63 roles is hard to read. */
static void
test_charters (void)
{
  VectorFile *file = vector_file_new ("charter");
  g_autoptr (DpopCharter) plain = fixture_charter ();
  g_autoptr (DpopCharterNames) plain_names = fixture_charter_names (plain, NULL);
  FixtureRandom random;
  guint n = 0;

  fixture_random_init (&random, 5001);
  add (file, "small", plain, plain_names);
  while (n < 3)
    {
      g_autoptr (DpopCharter) charter = fixture_charter_random (&random);
      g_autoptr (DpopCharterNames) names = fixture_charter_names (charter, &random);
      g_autofree char *name = g_strdup_printf ("random %u", n);

      if (charter->n_roles > 8 || charter->n_rules > 12)
        continue;
      add (file, name, charter, names);
      n++;
    }
  vector_file_finish (file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vectors/Charters are what they were", test_charters);
  return g_test_run ();
}
