/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-charter.h"
#include "fixture-membership.h"
#include "fuzz.h"

/* Input: which kind, whether the founder says it or an ordinary member, and a body. Any body is
 * judged; a void one leaves a verdict and nothing else. */

#define HEAD 2

static FixtureScene *
scene (void)
{
  static FixtureScene *self;

  if (self == NULL)
    {
      self = g_new0 (FixtureScene, 1);
      fixture_scene_init (self, fixture_charter ());
    }
  return self;
}

static DpopClaim *
some_claim (guint n)
{
  static const CosmicId id = { { 9 } }, other = { { 10 } };
  g_autoptr (DpopMemberDetails) details = fixture_membership_details ("Ada");
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  FixtureScene *self = scene ();

  switch (n)
    {
    case 0:
      return fixture_membership_add (&id, &self->north, DPOP_MEMBER_MEMBER, &other);
    case 1:
      return dpop_member_command_details (self->party.authority, &self->ada, NULL, details);
    case 2:
      return dpop_member_command_state (&self->cyd, DPOP_MEMBER_APPLICANT, DPOP_MEMBER_MEMBER);
    case 3:
      return dpop_member_command_remove (&self->bea, DPOP_REMOVAL_LEFT, NULL);
    case 4:
      return dpop_member_command_undo (&other);
    case 5:
      return dpop_member_command_grant (&self->ada, FIXTURE_CLERK, &self->north);
    case 6:
      return dpop_member_command_revoke (&self->clerk, FIXTURE_CLERK, &self->north);
    case 7:
      return dpop_member_command_add_unit (&id, 0, &id, &other, &id, "East");
    case 8:
      return dpop_member_command_name_unit (&self->north, "Up North");
    case 9:
      return dpop_member_command_assign_unit (&self->ada, &self->south, TRUE);
    case 10:
      return dpop_member_command_enact (&id, 1, empty, empty);
    default:
      return NULL;
    }
}

GBytes *
fuzz_seed (guint n)
{
  g_autoptr (DpopClaim) claim = some_claim (n);
  g_autoptr (GBytes) body = NULL;
  GByteArray *seed;
  guint8 head[HEAD] = { 0 };

  if (claim == NULL)
    return NULL;
  head[0] = (guint8) (claim->kind - DPOP_KIND_MEMBER_ADD);
  body = g_variant_get_data_as_bytes (claim->body);
  seed = g_byte_array_new ();
  g_byte_array_append (seed, head, HEAD);
  g_byte_array_append (seed, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  return g_byte_array_free_to_bytes (seed);
}

static gboolean
count_change (const CosmicKey *key, GBytes *value, gpointer data)
{
  ++*(guint *) data;
  return TRUE;
}

static guint
entries (const CosmicState *state)
{
  const CosmicKey all = { .size = 0 };
  guint count = 0;

  cosmic_state_each (state, all, count_change, &count);
  return count;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FixtureScene *self = scene ();
  CosmicState *state = self->party.authority;
  const CosmicKind *kind;
  g_autoptr (GVariant) body = NULL, personal = NULL;
  guint mark = cosmic_state_mark (state), before;
  CosmicReason reason;

  if (size < HEAD || data[0] >= dpop_member_n_kinds)
    return 0;
  kind = dpop_member_kinds[data[0]];
  body = cosmic_codec_decode_data (kind->body_type, data + HEAD, size - HEAD);
  if (body == NULL)
    return 0;
  if (kind->personal != COSMIC_PERSONAL_NEVER)
    personal = g_variant_ref_sink (g_variant_new ("(s)", "Ada"));
  before = entries (state);
  reason = fixture_scene_say (self, data[1] == 0 ? &self->party.device : &self->ada_device,
                              dpop_claim_new (kind->number, body, personal, NULL));
  if (reason != COSMIC_REASON_NONE)
    {
      g_assert_nonnull (dpop_reason_name (reason));
      g_assert_cmpuint (entries (state), ==, before + 1);
    }
  cosmic_state_back (state, mark);
  return 0;
}
