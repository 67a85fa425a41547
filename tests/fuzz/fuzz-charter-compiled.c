/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter-compile.h"
#include "fixture-charter.h"
#include "fuzz.h"

/* Bytes are a charter, and then compile to themselves, or none, with a reason; the same for its
 * names. The first byte says which. */

static void
try_charter (GBytes *bytes)
{
  DpopCharterFinding why = { 0 };
  g_autoptr (DpopCharter) charter = dpop_charter_from_bytes (bytes, &why);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GArray) findings = NULL;

  g_assert_cmpint (charter == NULL, ==, why.code != DPOP_CHARTER_FINE);
  if (charter == NULL)
    return;
  again = dpop_charter_compile (charter);
  g_assert_true (g_bytes_equal (bytes, again));
  findings = dpop_charter_check (charter);
  for (DpopAction action = DPOP_ACTION_FIRST; action <= DPOP_ACTION_LAST; action++)
    {
      DpopCharterHeld held = { .role = charter->n_roles - 1 };
      DpopCharterSubject who = { .state = DPOP_MEMBER_MEMBER, .held = &held, .n_held = 1 };
      DpopCharterTarget target = { .role = charter->n_roles, .from = 7, .to = 9 };

      dpop_charter_may (charter, &who, action, &target);
    }
}

static void
try_names (GBytes *bytes)
{
  DpopCharterFinding why = { 0 };
  g_autoptr (DpopCharterNames) names = dpop_charter_names_from_bytes (bytes, &why);
  g_autoptr (GBytes) again = NULL;

  g_assert_cmpint (names == NULL, ==, why.code != DPOP_CHARTER_FINE);
  if (names == NULL)
    return;
  again = dpop_charter_names_to_bytes (names);
  g_assert_true (g_bytes_equal (bytes, again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = NULL;

  if (size == 0)
    return 0;
  bytes = g_bytes_new (data + 1, size - 1);
  if (data[0] % 2 == 0)
    try_charter (bytes);
  else
    try_names (bytes);
  return 0;
}

GBytes *
fuzz_seed (guint n)
{
  FixtureRandom random;
  g_autoptr (DpopCharter) charter = NULL;
  g_autoptr (DpopCharterNames) names = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GByteArray *seed;
  guint8 which = n % 2;

  if (n >= 8)
    return NULL;
  fixture_random_init (&random, n / 2);
  charter = n < 2 ? fixture_charter () : fixture_charter_random (&random);
  names = fixture_charter_names (charter, &random);
  bytes = which == 0 ? dpop_charter_compile (charter) : dpop_charter_names_to_bytes (names);
  seed = g_byte_array_new ();
  g_byte_array_append (seed, &which, 1);
  g_byte_array_append (seed, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  return g_byte_array_free_to_bytes (seed);
}
