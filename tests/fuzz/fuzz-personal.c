/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cosmic-codec.h"
#include "dpop-member-details.h"
#include "dpop-outcome-export.h"
#include "dpop-unit.h"
#include "fuzz.h"

/* Input: what stands in a personal part about a member or a unit, or an exported outcome. What is
 * read fits, and is written again byte for byte. */

#define SEEDS 4

GBytes *
fuzz_seed (guint n)
{
  static const char *const address[] = { "12 St James's Square", "London", NULL };
  g_autoptr (DpopMemberDetails) details = dpop_member_details_new ();
  const DpopOutcomeExport outcome = { .accepted = TRUE, .height = 7, .effect = 1 };

  switch (n)
    {
    case 0:
      dpop_member_details_set (details, DPOP_MEMBER_DETAILS_NAME, "Ada");
      return cosmic_codec_encode (dpop_member_details_encode (details));
    case 1:
      for (guint i = 0; i < DPOP_MEMBER_DETAILS_N_TEXTS; i++)
        dpop_member_details_set (details, i, "1984-02-29");
      details->address = g_strdupv ((char **) address);
      dpop_member_details_add_extra (details, "Choir", "Alto\nSoprano");
      return cosmic_codec_encode (dpop_member_details_encode (details));
    case 2:
      return cosmic_codec_encode (dpop_unit_name_encode ("North"));
    case 3:
      return cosmic_codec_encode (dpop_outcome_export_encode (&outcome));
    default:
      return NULL;
    }
}

static void
assert_same (GBytes *bytes, GVariant *again)
{
  g_autoptr (GBytes) encoded = cosmic_codec_encode (again);

  g_assert_true (g_bytes_equal (encoded, bytes));
}

static void
read_details (GBytes *bytes)
{
  g_autoptr (GVariant) personal = NULL;
  g_autoptr (DpopMemberDetails) details = NULL;

  personal = cosmic_codec_decode (DPOP_MEMBER_DETAILS_PERSONAL_TYPE, bytes);
  if (personal == NULL || (details = dpop_member_details_decode (personal)) == NULL)
    return;
  g_assert_true (dpop_member_details_fits (details, NULL));
  assert_same (bytes, dpop_member_details_encode (details));
}

static void
read_name (GBytes *bytes)
{
  g_autoptr (GVariant) personal = cosmic_codec_decode (DPOP_UNIT_NAME_PERSONAL_TYPE, bytes);
  g_autofree char *name = personal != NULL ? dpop_unit_name_decode (personal) : NULL;

  if (name != NULL)
    assert_same (bytes, dpop_unit_name_encode (name));
}

static void
read_outcome (GBytes *bytes)
{
  DpopOutcomeExport outcome;

  if (dpop_outcome_export_decode (bytes, &outcome))
    assert_same (bytes, dpop_outcome_export_encode (&outcome));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  read_details (bytes);
  read_name (bytes);
  read_outcome (bytes);
  return 0;
}
