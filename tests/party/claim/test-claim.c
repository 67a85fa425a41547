/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-charter.h"
#include "dpop-claim.h"
#include "dpop-outcome-export.h"
#include "dpop-reason.h"

static void
test_a_claim_owns_its_parts (void)
{
  static const CosmicId scope = { { 7 } };
  g_autoptr (GVariant) body = g_variant_ref_sink (g_variant_new ("(u)", 1));
  g_autoptr (DpopClaim) claim = dpop_claim_new (40, body, g_variant_new ("(s)", "Ada"), &scope);
  g_autoptr (DpopClaim) bare = dpop_claim_new (41, body, NULL, NULL);

  g_assert_false (g_variant_is_floating (claim->personal));
  g_assert_true (cosmic_id_same (&claim->personal_scope, &scope));
  g_assert_cmpuint (claim->kind, ==, 40);
  g_assert_null (bare->personal);
  g_assert_true (cosmic_id_is_zero (&bare->personal_scope));
  dpop_claim_free (NULL);
}

static void
test_every_reason_has_a_name_of_its_own (void)
{
  guint named = 0;

  for (guint16 a = 0; a < 1000; a++)
    for (guint16 b = 0; b < a && dpop_reason_name (a) != NULL; b++)
      g_assert_cmpstr (dpop_reason_name (a), !=, dpop_reason_name (b));
  for (guint16 a = 0; a < 1000; a++)
    named += dpop_reason_name (a) != NULL;
  g_assert_cmpuint (named, >=, COSMIC_REASON_LAST_ONE + 1 + 8);
  g_assert_cmpstr (dpop_reason_name (COSMIC_REASON_LAST_ONE), ==, "last-one");
  g_assert_cmpstr (dpop_reason_name (DPOP_REASON_OUTDATED), ==, "outdated");
  g_assert_null (dpop_reason_name (COSMIC_REASON_LAST_ONE + 1));
  g_assert_null (dpop_reason_name (G_MAXUINT16));
}

static DpopOutcomeExport
some_outcome (void)
{
  return (DpopOutcomeExport){
    .accepted = TRUE, .height = 12, .scope = { { 1 } }, .effect = DPOP_EFFECT_REVOKE_OFFICE,
    .role = 3, .unit = { { 2 } }, .member = { { 4 } },
  };
}

static void
test_an_outcome_reads_as_it_was_written (void)
{
  DpopOutcomeExport outcome = some_outcome (), back;
  g_autoptr (GBytes) bytes = cosmic_codec_encode (dpop_outcome_export_encode (&outcome));

  g_assert_true (dpop_outcome_export_decode (bytes, &back));
  g_assert_true (back.accepted);
  g_assert_cmpuint (back.height, ==, 12);
  g_assert_cmpuint (back.effect, ==, DPOP_EFFECT_REVOKE_OFFICE);
  g_assert_cmpuint (back.role, ==, 3);
  g_assert_true (cosmic_id_same (&back.scope, &outcome.scope));
  g_assert_true (cosmic_id_same (&back.unit, &outcome.unit));
  g_assert_true (cosmic_id_same (&back.member, &outcome.member));
  g_assert_cmpuint (g_bytes_get_size (bytes), <=, DPOP_OUTCOME_EXPORT_SIZE_MAX);
}

static GBytes *
with_byte (GBytes *bytes, gsize at, guint8 value)
{
  gsize size;
  gconstpointer old = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_memdup2 (old, size);

  copy[at] = value;
  return g_bytes_new_take (copy, size);
}

static void
test_what_is_no_outcome_is_refused (void)
{
  DpopOutcomeExport outcome = some_outcome (), back;
  g_autoptr (GBytes) bytes = cosmic_codec_encode (dpop_outcome_export_encode (&outcome));
  g_autoptr (GBytes) later = with_byte (bytes, 0, 2);
  g_autoptr (GBytes) odd = with_byte (bytes, 1, 2);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) - 1);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (100000), 100000);
  g_autoptr (GBytes) short_id = NULL;

  g_assert_false (dpop_outcome_export_decode (later, &back));
  g_assert_false (dpop_outcome_export_decode (odd, &back));
  g_assert_false (dpop_outcome_export_decode (cut, &back));
  g_assert_false (dpop_outcome_export_decode (empty, &back));
  g_assert_false (dpop_outcome_export_decode (huge, &back));
  short_id = cosmic_codec_encode (g_variant_new (DPOP_OUTCOME_EXPORT_TYPE, 1, TRUE,
                                                 (guint64) 1, NULL, 0, 0, NULL, NULL));
  g_assert_false (dpop_outcome_export_decode (short_id, &back));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/claim/A claim owns its parts", test_a_claim_owns_its_parts);
  g_test_add_func ("/claim/Every reason has a name of its own",
                   test_every_reason_has_a_name_of_its_own);
  g_test_add_func ("/claim/An outcome reads as it was written",
                   test_an_outcome_reads_as_it_was_written);
  g_test_add_func ("/claim/What is no outcome is refused", test_what_is_no_outcome_is_refused);
  return g_test_run ();
}
