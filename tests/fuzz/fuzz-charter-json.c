/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-edge-charter.h"
#include "fixture-charter.h"
#include "fuzz.h"

#include <string.h>

static gboolean
is_fatal (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const DpopEdgeJsonProblem *problem = problems->pdata[i];

      g_assert_true (g_utf8_validate (problem->pointer, -1, NULL));
      g_assert_true (g_utf8_validate (problem->message, -1, NULL));
      g_assert_null (strpbrk (problem->pointer, "\033\r\n"));
      g_assert_null (strpbrk (problem->message, "\033\r\n"));
      if (problem->fatal)
        return TRUE;
    }
  return FALSE;
}

/* A document is a charter, and then written and read again is the same, or it says why not. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (DpopCharter) charter = NULL, read = NULL;
  g_autoptr (DpopCharterNames) names = NULL, texts = NULL;
  g_autoptr (GPtrArray) problems
      = dpop_edge_charter_read ((const char *) data, size, &charter, &names);
  g_autoptr (GPtrArray) more = NULL;
  g_autoptr (GBytes) one = NULL, two = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (charter == NULL, ==, is_fatal (problems));
  g_assert_cmpint (names == NULL, ==, charter == NULL);
  if (charter == NULL)
    return 0;
  text = dpop_edge_charter_write (charter, names);
  more = dpop_edge_charter_read (text, strlen (text), &read, &texts);
  g_assert_cmpuint (more->len, ==, problems->len);
  g_assert_true (dpop_charter_equal (charter, read));
  one = dpop_charter_names_to_bytes (names);
  two = dpop_charter_names_to_bytes (texts);
  g_assert_true (g_bytes_equal (one, two));
  return 0;
}

GBytes *
fuzz_seed (guint n)
{
  const char *const *ready = dpop_edge_charter_ready_names ();
  guint n_ready = g_strv_length ((char **) ready);
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  char *text;

  if (n < n_ready)
    return dpop_edge_charter_ready (ready[n]);
  if (n > n_ready)
    return NULL;
  charter = fixture_charter ();
  names = fixture_charter_names (charter, NULL);
  text = dpop_edge_charter_write (charter, names);
  return g_bytes_new_take (text, strlen (text));
}
