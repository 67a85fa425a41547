/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-fold.h"
#include "fuzz.h"

/* Input: a byte for the kind, a byte for the way (bit 0: by a plain member; bit 1: as a genesis on
 * nothing), then the content of the body. Folded over a small state it acts or is void; void, it
 * leaves its verdict and nothing else; and a second time the state is the same, byte for byte. */

#define BY_MEMBER  1
#define AS_GENESIS 2

static FixtureParty party;
static FixtureDevice member;

static void
prepare (void)
{
  static gboolean ready;

  if (ready)
    return;
  fixture_party_init (&party, 1);
  fixture_enrol (&party, &member, FALSE);
  ready = TRUE;
}

/* --- Seeds. --------------------------------------------------------------------------------- */

static GVariant *
add_device (guint8 way)
{
  FixtureDevice device;
  CosmicRequest request;
  GVariant *body;

  fixture_device_init (&device, &party.random, &member.member);
  request = fixture_request (&party, &device, way & BY_MEMBER ? NULL : party.founder.key);
  body = cosmic_device_add_body (&request, &member.member);
  fixture_device_clear (&device);
  return body;
}

static GVariant *
attach_device (void)
{
  FixtureDevice device;
  CosmicRequest request;
  GVariant *body;

  fixture_device_init (&device, &party.random, &member.member);
  request = fixture_request (&party, &device, NULL);
  body = cosmic_device_attach_body (&request);
  fixture_device_clear (&device);
  return body;
}

static GVariant *
rotate (void)
{
  static const guint8 bytes[COSMIC_LINK_SIZE] = { 1 };
  g_autoptr (GBytes) link = g_bytes_new_static (bytes, sizeof bytes);
  const CosmicRotation rotation = {
    .epoch = 1, .height = 1, .body_key = member.member, .personal_key = member.id,
    .body_link = link, .personal_link = link,
  };

  return cosmic_rotation_body (&rotation);
}

static GVariant *
show_or_erase (guint16 kind)
{
  FixtureLog log = fixture_log (&member, &cosmic_id_zero), copy = log;
  CosmicHeader header = fixture_header (&party, &log, FIXTURE_KIND_MEMBER, TRUE);
  CosmicHeader other = fixture_header (&party, &copy, FIXTURE_KIND_UNIT, TRUE);
  g_autoptr (CosmicOperation) a
      = fixture_sign (&party, &log, &header, fixture_member_body (&member.id, FALSE), NULL);
  g_autoptr (CosmicOperation) b
      = fixture_sign (&party, &copy, &other, fixture_member_body (&member.id, FALSE), NULL);
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (kind == COSMIC_KIND_EQUIVOCATION)
    return cosmic_equivocation_body (a, b);
  g_ptr_array_add (operations, a);
  g_ptr_array_add (operations, b);
  g_array_append_val (members, member.member);
  return cosmic_erase_body (operations, members);
}

static GVariant *
make_body (guint16 kind, guint8 way)
{
  switch (kind)
    {
    case COSMIC_KIND_GENESIS:
      return cosmic_part_content (party.genesis_body, COSMIC_GENESIS_TYPE);
    case COSMIC_KIND_INVITATION:
      return cosmic_invitation_body (&party.founder.id, &member.member, 5000);
    case COSMIC_KIND_DEVICE_ADD:
      return add_device (way);
    case COSMIC_KIND_DEVICE_OFF:
      return cosmic_device_off_body (&member.id, 1, NULL);
    case COSMIC_KIND_ROTATION:
      return rotate ();
    case COSMIC_KIND_SHARE:
      return cosmic_share_body (&cosmic_id_zero, 0, &member.id, &member.member);
    case COSMIC_KIND_DEVICE_ATTACH:
      return attach_device ();
    case COSMIC_KIND_ATTACH_SUPPORT:
      return cosmic_attach_support_body (&member.id);
    case COSMIC_KIND_ATTACH_VETO:
      return cosmic_attach_veto_body (&member.id);
    default:
      return show_or_erase (kind);
    }
}

GBytes *
fuzz_seed (guint n)
{
  guint8 head[2] = { (guint8) (1 + n / 2), n % 2 ? BY_MEMBER : 0 };
  GByteArray *input;
  g_autoptr (GVariant) body = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (n >= 2 * COSMIC_KIND_ATTACH_VETO)
    return NULL;
  prepare ();
  if (head[0] == COSMIC_KIND_GENESIS)
    head[1] = n % 2 ? AS_GENESIS : 0;
  body = make_body (head[0], head[1]);
  if (g_variant_is_floating (body))
    g_variant_ref_sink (body);
  bytes = cosmic_codec_encode (body);
  input = g_byte_array_new ();
  g_byte_array_append (input, head, sizeof head);
  g_byte_array_append (input, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  return g_byte_array_free_to_bytes (input);
}

/* --- The fold. ------------------------------------------------------------------------------- */

static CosmicOperation *
sign_claim (guint8 kind, guint8 way, GBytes *part)
{
  FixtureLog log = fixture_log (way & BY_MEMBER ? &member : &party.founder, &cosmic_id_zero);
  CosmicHeader header = fixture_header (&party, &log, kind, kind == COSMIC_KIND_GENESIS);

  header.body = (CosmicPartRef){ TRUE, header.key, (guint32) g_bytes_get_size (part), { { 1 } } };
  if (way & AS_GENESIS)
    {
      header.party = cosmic_id_zero;
      header.base = (CosmicBase){ .height = 0 };
    }
  return cosmic_operation_sign (&header, log.device->key);
}

static gboolean
count_change (const CosmicKey *key, GBytes *value, gpointer data)
{
  ++*(guint *) data;
  return TRUE;
}

/* Whatever acted, what reads the state can read it. */
static void
read_all (const CosmicState *authority)
{
  g_autoptr (GArray) devices = cosmic_authority_devices (authority);
  g_autoptr (GArray) scopes = cosmic_authority_scopes (authority);
  g_autoptr (GBytes) charter = cosmic_authority_charter (authority);
  CosmicWitnesses witnesses;
  CosmicDevice device;
  CosmicId key;

  g_assert_nonnull (charter);
  g_assert_true (cosmic_authority_witnesses (authority, &witnesses));
  cosmic_witnesses_clear (&witnesses);
  for (guint i = 0; i < devices->len; i++)
    g_assert_true (cosmic_authority_device (authority, &g_array_index (devices, CosmicId, i),
                                            &device)
                   && !device.off && cosmic_seal_public_is_valid (device.seal.bytes));
  for (guint i = 0; i < scopes->len; i++)
    for (guint personal = 0; personal < 2; personal++)
      g_assert_true (cosmic_authority_scope_key (
          authority, &g_array_index (scopes, CosmicId, i), personal, &key, NULL));
}

static void
fold_once (const CosmicOperation *operation, guint8 way, GBytes *part, CosmicId *root)
{
  g_autoptr (CosmicState) state = way & AS_GENESIS
                                      ? cosmic_state_new (NULL, NULL)
                                      : cosmic_state_new (&cosmic_state_as_source, party.authority);
  CosmicFold fold = party.fold;
  CosmicReason reason;
  guint changes = 0;

  fold.state = state;
  fold.authority = state;
  if (way & AS_GENESIS)
    fold.party = operation->id;
  reason = cosmic_fold_operation (&fold, operation, part);
  g_assert_cmpuint (cosmic_state_verdict (state, &operation->id), ==, reason);
  if (reason != COSMIC_REASON_NONE)
    {
      cosmic_state_changes (state, count_change, &changes);
      g_assert_cmpuint (changes, ==, 1);
    }
  else if (operation->header.kind < COSMIC_KIND_APPLICATION)
    read_all (state);
  cosmic_state_root (state, root);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint8 salt[COSMIC_PART_SALT_SIZE];
  g_autoptr (CosmicOperation) operation = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) part = NULL;
  CosmicId first, second;

  if (size < 2 || size > COSMIC_PART_SIZE_MAX - COSMIC_PART_SALT_SIZE)
    return 0;
  prepare ();
  g_byte_array_append (bytes, salt, sizeof salt);
  g_byte_array_append (bytes, data + 2, (guint) (size - 2));
  part = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  operation = sign_claim (data[0], data[1], part);
  fold_once (operation, data[1], part, &first);
  fold_once (operation, data[1], part, &second);
  g_assert_true (cosmic_id_same (&first, &second));
  return 0;
}
