/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-slots.h"

#include "cosmic-hash.h"
#include "cosmic-xaes.h"
#include "dpop-vault-error.h"

#include <errno.h>
#include <string.h>

#define MAGIC           "DPOPKEYS"
#define MAGIC_SIZE      8
#define VERSION         1
#define HEADER_SIZE     (MAGIC_SIZE + 4 + 8 + 4 + 4)
#define TRAILER_SIZE    (2 * COSMIC_HASH_SIZE)
#define TYPE_PASSPHRASE 1
#define COST_SIZE       (4 + 4 + COSMIC_PASSWORD_SALT_SIZE)
#define WRAPPED_SIZE    (DPOP_VAULT_ROOT_SIZE + COSMIC_XAES_TAG_SIZE + COSMIC_XAES_NONCE_SIZE)
#define PASSPHRASE_SIZE (COST_SIZE + WRAPPED_SIZE)
#define LABEL_SIZE      (MAGIC_SIZE + 4 + 4 + COST_SIZE)

static const char *const copies[] = { "slots-a", "slots-b" };

typedef struct
{
  guint32 type;
  GBytes *payload;
} Slot;

/* BYTES is the file as it was parsed, to check its MAC; NULL for slots made here. */
struct _DpopVaultSlots
{
  guint64 sequence;
  guint32 generation;
  GArray *slots; /* of Slot, one of them with a passphrase */
  GBytes *bytes;
};

static void
slot_clear (gpointer slot)
{
  g_bytes_unref (((Slot *) slot)->payload);
}

static DpopVaultSlots *
new_empty (void)
{
  DpopVaultSlots *self = g_new0 (DpopVaultSlots, 1);

  self->slots = g_array_new (FALSE, FALSE, sizeof (Slot));
  g_array_set_clear_func (self->slots, slot_clear);
  return self;
}

void
dpop_vault_slots_free (DpopVaultSlots *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->slots);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static void
put_u32 (GByteArray *out, guint32 number)
{
  number = GUINT32_TO_LE (number);
  g_byte_array_append (out, (const guint8 *) &number, sizeof number);
}

static guint32
get_u32 (const guint8 *at)
{
  guint32 number;

  memcpy (&number, at, sizeof number);
  return GUINT32_FROM_LE (number);
}

static Slot *
passphrase_slot (const DpopVaultSlots *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = &g_array_index (self->slots, Slot, i);

      if (slot->type == TYPE_PASSPHRASE)
        return slot;
    }
  return NULL;
}

/* ---- Wrapping ---- */

static void
make_label (const guint8 cost_and_salt[COST_SIZE], guint8 label[LABEL_SIZE])
{
  guint32 version = GUINT32_TO_LE (VERSION), type = GUINT32_TO_LE (TYPE_PASSPHRASE);

  memcpy (label, MAGIC, MAGIC_SIZE);
  memcpy (label + MAGIC_SIZE, &version, 4);
  memcpy (label + MAGIC_SIZE + 4, &type, 4);
  memcpy (label + MAGIC_SIZE + 8, cost_and_salt, COST_SIZE);
}

static CosmicPasswordCost
cost_of (const guint8 *payload)
{
  return (CosmicPasswordCost){ .passes = get_u32 (payload), .memory = get_u32 (payload + 4) };
}

/* A cipher under the key that PASSPHRASE gives with the payload's cost and salt. */
static CosmicXaes *
wrapping_cipher (const CosmicSecret *passphrase, const guint8 *payload, GError **error)
{
  g_autoptr (CosmicSecret) key = cosmic_secret_new (COSMIC_PASSWORD_KEY_SIZE);
  CosmicXaes *xaes = NULL;

  if (cosmic_password_key (passphrase, payload + 8, cost_of (payload), cosmic_secret_bytes (key)))
    xaes = cosmic_xaes_new (cosmic_secret_bytes (key));
  if (xaes == NULL)
    g_set_error (
        error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_NO_MEMORY,
        "The passphrase cannot be tried: that takes %u MiB of memory. Close other programs "
        "and try again",
        cost_of (payload).memory / 1024);
  return xaes;
}

static GBytes *
wrap (const CosmicSecret *root, const CosmicSecret *passphrase, CosmicPasswordCost cost,
      DpopRandom random, GError **error)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autoptr (CosmicXaes) xaes = NULL;
  guint8 salt[COSMIC_PASSWORD_SALT_SIZE], label[LABEL_SIZE];
  guint8 *wrapped;

  dpop_random_fill (random, salt, sizeof salt);
  put_u32 (payload, cost.passes);
  put_u32 (payload, cost.memory);
  g_byte_array_append (payload, salt, sizeof salt);
  g_byte_array_set_size (payload, PASSPHRASE_SIZE);
  if ((xaes = wrapping_cipher (passphrase, payload->data, error)) == NULL)
    return NULL;
  wrapped = payload->data + COST_SIZE;
  dpop_random_fill (random, wrapped + WRAPPED_SIZE - COSMIC_XAES_NONCE_SIZE,
                    COSMIC_XAES_NONCE_SIZE);
  make_label (payload->data, label);
  if (!cosmic_xaes_encrypt (xaes, wrapped + WRAPPED_SIZE - COSMIC_XAES_NONCE_SIZE, label,
                            sizeof label, cosmic_secret_bytes (root), DPOP_VAULT_ROOT_SIZE,
                            wrapped))
    {
      dpop_vault_set_errno_error (error, ENOMEM, "The key cannot be wrapped");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&payload));
}

static void
make_mac (const CosmicSecret *root, const guint8 *bytes, gsize size, guint8 mac[COSMIC_HASH_SIZE])
{
  guint8 key[32];
  CosmicHash hash;

  cosmic_derive (cosmic_secret_bytes (root), "dpopvaul", 3, key, sizeof key);
  cosmic_hash_init_keyed (&hash, key, sizeof key);
  cosmic_hash_update (&hash, bytes, size);
  cosmic_hash_finish (&hash, mac);
  cosmic_wipe (key, sizeof key);
  cosmic_wipe (&hash, sizeof hash);
}

DpopVaultSlots *
dpop_vault_slots_new (const CosmicSecret *passphrase, CosmicPasswordCost cost, guint32 generation,
                      DpopRandom random, CosmicSecret **root, GError **error)
{
  g_autoptr (CosmicSecret) key = cosmic_secret_new (DPOP_VAULT_ROOT_SIZE);
  g_autoptr (DpopVaultSlots) self = new_empty ();
  Slot slot = { .type = TYPE_PASSPHRASE };

  dpop_random_fill (random, cosmic_secret_bytes (key), DPOP_VAULT_ROOT_SIZE);
  if ((slot.payload = wrap (key, passphrase, cost, random, error)) == NULL)
    return NULL;
  g_array_append_val (self->slots, slot);
  self->sequence = 1;
  self->generation = generation;
  *root = g_steal_pointer (&key);
  return g_steal_pointer (&self);
}

CosmicSecret *
dpop_vault_slots_unlock (const DpopVaultSlots *self, const CosmicSecret *passphrase, GError **error)
{
  const guint8 *payload = g_bytes_get_data (passphrase_slot (self)->payload, NULL);
  const guint8 *wrapped = payload + COST_SIZE;
  g_autoptr (CosmicSecret) root = cosmic_secret_new (DPOP_VAULT_ROOT_SIZE);
  g_autoptr (CosmicXaes) xaes = wrapping_cipher (passphrase, payload, error);
  guint8 label[LABEL_SIZE], mac[COSMIC_HASH_SIZE];
  gsize size;
  const guint8 *bytes;

  if (xaes == NULL)
    return NULL;
  make_label (payload, label);
  switch (cosmic_xaes_decrypt (xaes, wrapped + WRAPPED_SIZE - COSMIC_XAES_NONCE_SIZE, label,
                               sizeof label, wrapped, WRAPPED_SIZE - COSMIC_XAES_NONCE_SIZE,
                               cosmic_secret_bytes (root)))
    {
    case COSMIC_XAES_GOOD:
      break;
    case COSMIC_XAES_FORGED:
      g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_WRONG_PASSPHRASE,
                   "This is not the passphrase of the profile. Check the keyboard layout and Caps "
                   "Lock, and try again");
      return NULL;
    case COSMIC_XAES_UNCHECKED:
    default:
      dpop_vault_set_errno_error (error, ENOMEM, "The passphrase cannot be tried");
      return NULL;
    }
  if (self->bytes == NULL)
    return g_steal_pointer (&root);
  bytes = g_bytes_get_data (self->bytes, &size);
  make_mac (root, bytes, size - TRAILER_SIZE, mac);
  if (cosmic_equal (mac, bytes + size - TRAILER_SIZE, sizeof mac))
    return g_steal_pointer (&root);
  g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_CORRUPT,
               "The key file was altered by someone. Restore slots-a and slots-b from a backup");
  return NULL;
}

DpopVaultSlots *
dpop_vault_slots_rewrap (const DpopVaultSlots *self, const CosmicSecret *root,
                         const CosmicSecret *passphrase, CosmicPasswordCost cost, DpopRandom random,
                         GError **error)
{
  g_autoptr (DpopVaultSlots) next = new_empty ();
  g_autoptr (GBytes) payload = wrap (root, passphrase, cost, random, error);

  if (payload == NULL)
    return NULL;
  next->sequence = self->sequence + 1;
  next->generation = self->generation;
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot slot = g_array_index (self->slots, Slot, i);

      slot.payload = g_bytes_ref (slot.type == TYPE_PASSPHRASE ? payload : slot.payload);
      g_array_append_val (next->slots, slot);
    }
  return g_steal_pointer (&next);
}

guint64
dpop_vault_slots_sequence (const DpopVaultSlots *self)
{
  return self->sequence;
}

void
dpop_vault_slots_continue (DpopVaultSlots *self, guint64 sequence)
{
  self->sequence = sequence;
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

guint32
dpop_vault_slots_generation (const DpopVaultSlots *self)
{
  return self->generation;
}

CosmicPasswordCost
dpop_vault_slots_cost (const DpopVaultSlots *self)
{
  return cost_of (g_bytes_get_data (passphrase_slot (self)->payload, NULL));
}

/* ---- Bytes ---- */

GBytes *
dpop_vault_slots_encode (const DpopVaultSlots *self, const CosmicSecret *root)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint64 sequence = GUINT64_TO_LE (self->sequence);
  guint8 hash[COSMIC_HASH_SIZE];

  g_byte_array_append (out, (const guint8 *) MAGIC, MAGIC_SIZE);
  put_u32 (out, VERSION);
  g_byte_array_append (out, (const guint8 *) &sequence, sizeof sequence);
  put_u32 (out, self->generation);
  put_u32 (out, self->slots->len);
  for (guint i = 0; i < self->slots->len; i++)
    {
      const Slot *slot = &g_array_index (self->slots, Slot, i);
      gsize size;
      const guint8 *payload = g_bytes_get_data (slot->payload, &size);

      put_u32 (out, slot->type);
      put_u32 (out, (guint32) size);
      g_byte_array_append (out, payload, (guint) size);
    }
  make_mac (root, out->data, out->len, hash);
  g_byte_array_append (out, hash, sizeof hash);
  cosmic_hash (out->data, out->len, hash);
  g_byte_array_append (out, hash, sizeof hash);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_CORRUPT, "The key file %s", why);
  return FALSE;
}

static gboolean
parse_slots (DpopVaultSlots *self, guint32 count, const guint8 *at, gsize left, GError **error)
{
  if (count > DPOP_VAULT_SLOTS_NUMBER)
    return refuse (error, "has too many slots");
  for (guint32 i = 0; i < count; i++)
    {
      Slot slot;
      gsize size;

      if (left < 8 || (size = get_u32 (at + 4)) > left - 8)
        return refuse (error, "ends within a slot");
      slot.type = get_u32 (at);
      if (slot.type == TYPE_PASSPHRASE
          && (size != PASSPHRASE_SIZE || passphrase_slot (self) != NULL))
        return refuse (error, "has a passphrase slot that cannot be");
      if (slot.type == TYPE_PASSPHRASE && !cosmic_password_cost_is_bounded (cost_of (at + 8)))
        return refuse (error, "asks for more memory or time than it may");
      slot.payload = g_bytes_new (at + 8, size);
      g_array_append_val (self->slots, slot);
      at += 8 + size;
      left -= 8 + size;
    }
  if (left > 0)
    return refuse (error, "has bytes behind its slots");
  return passphrase_slot (self) != NULL || refuse (error, "has no passphrase slot");
}

DpopVaultSlots *
dpop_vault_slots_parse (GBytes *bytes, GError **error)
{
  g_autoptr (DpopVaultSlots) self = new_empty ();
  gsize size;
  const guint8 *at = g_bytes_get_data (bytes, &size);
  guint8 hash[COSMIC_HASH_SIZE];

  if (size < HEADER_SIZE + TRAILER_SIZE || size > DPOP_VAULT_SLOTS_LIMIT
      || memcmp (at, MAGIC, MAGIC_SIZE) != 0)
    return refuse (error, "is none"), NULL;
  cosmic_hash (at, size - COSMIC_HASH_SIZE, hash);
  if (memcmp (hash, at + size - COSMIC_HASH_SIZE, sizeof hash) != 0)
    return refuse (error, "is damaged"), NULL;
  if (get_u32 (at + MAGIC_SIZE) != VERSION)
    {
      g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_TOO_NEW,
                   "This profile was written by a later version of DPOP. Update DPOP to open it");
      return NULL;
    }
  memcpy (&self->sequence, at + MAGIC_SIZE + 4, sizeof self->sequence);
  self->sequence = GUINT64_FROM_LE (self->sequence);
  self->generation = get_u32 (at + MAGIC_SIZE + 12);
  if (self->generation == 0 || self->generation == G_MAXUINT32 || self->sequence == G_MAXUINT64)
    return refuse (error, "has numbers that cannot be"), NULL;
  if (!parse_slots (self, get_u32 (at + MAGIC_SIZE + 16), at + HEADER_SIZE,
                    size - HEADER_SIZE - TRAILER_SIZE, error))
    return NULL;
  self->bytes = g_bytes_ref (bytes);
  return g_steal_pointer (&self);
}

/* ---- Files ---- */

static DpopVaultSlots *
load_copy (DpopVaultDisk disk, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) bytes = NULL;
  int answer = dpop_vault_disk_load (disk, path, DPOP_VAULT_SLOTS_LIMIT, &bytes);

  if (answer == -EFBIG)
    return refuse (error, "is too large"), NULL;
  if (answer != 0)
    {
      dpop_vault_set_errno_error (error, -answer, "The key file cannot be read");
      return NULL;
    }
  return dpop_vault_slots_parse (bytes, error);
}

gboolean
dpop_vault_slots_exist (DpopVaultDisk disk, const char *folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autofree char *path = g_build_filename (folder, copies[i], NULL);
      gboolean exists = FALSE;

      if (disk.table->exists (disk.self, path, &exists) != 0 || exists)
        return TRUE;
    }
  return FALSE;
}

DpopVaultSlots *
dpop_vault_slots_load (DpopVaultDisk disk, const char *folder, gboolean *stale, GError **error)
{
  g_autoptr (GError) first_error = NULL;
  g_autoptr (GError) second_error = NULL;
  g_autoptr (DpopVaultSlots) first = NULL;
  g_autoptr (DpopVaultSlots) second = NULL;

  if (!dpop_vault_slots_exist (disk, folder))
    {
      g_set_error (error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_NOT_A_PROFILE,
                   "The folder %s holds no profile", folder);
      return NULL;
    }
  first = load_copy (disk, folder, copies[0], &first_error);
  second = load_copy (disk, folder, copies[1], &second_error);
  if (g_error_matches (first_error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_TOO_NEW)
      || (first == NULL && second == NULL
          && !g_error_matches (second_error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_TOO_NEW)))
    {
      g_propagate_error (error, g_steal_pointer (&first_error));
      return NULL;
    }
  if (g_error_matches (second_error, DPOP_VAULT_ERROR, DPOP_VAULT_ERROR_TOO_NEW))
    {
      g_propagate_error (error, g_steal_pointer (&second_error));
      return NULL;
    }
  *stale = first == NULL || second == NULL || !g_bytes_equal (first->bytes, second->bytes);
  if (first == NULL || (second != NULL && second->sequence > first->sequence))
    return g_steal_pointer (&second);
  return g_steal_pointer (&first);
}

gboolean
dpop_vault_slots_store (const DpopVaultSlots *self, const CosmicSecret *root, DpopVaultDisk disk,
                        const char *folder, GError **error)
{
  g_autoptr (GBytes) bytes = dpop_vault_slots_encode (self, root);

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autofree char *path = g_build_filename (folder, copies[i], NULL);
      int answer = dpop_vault_disk_replace (disk, path, bytes);

      if (answer != 0)
        {
          dpop_vault_set_errno_error (error, -answer, "The key file cannot be written");
          return FALSE;
        }
    }
  return TRUE;
}
