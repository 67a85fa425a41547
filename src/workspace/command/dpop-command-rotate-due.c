/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-command-rotate-private.h"

#include "dpop-command-private.h"
#include "dpop-member-query.h"
#include "dpop-member.h"
#include "dpop-membership-policy.h"
#include "dpop-membership.h"

/* --- Whether to look at all. ------------------------------------------------------------------ */

/* Everyone's computers are looked at, which takes time in a large organisation; and most of what is
 * confirmed takes no keys from anybody. So it is remembered up to which height was looked, and what
 * came since is asked first: GVariant `t`. */
#define LOOKED_SETTING "rotations-looked"
#define LOOKED_TYPE    "t"
/* More entries than this, and looking at computers is no slower than looking at entries. */
#define ENTRIES_MAX 64

static gboolean
takes_keys (guint16 kind)
{
  switch (kind)
    {
    case COSMIC_KIND_DEVICE_OFF:
    case COSMIC_KIND_SHARE: /* who may have got the keys that it takes to make new ones */
    case DPOP_KIND_MEMBER_STATE:
    case DPOP_KIND_MEMBER_REMOVE:
    case DPOP_KIND_MEMBERS_UNDO:
    case DPOP_KIND_ROLE_GRANT: /* who may now make the keys that were due */
    case DPOP_KIND_ROLE_REVOKE:
    case DPOP_KIND_UNIT_ASSIGN:
    case DPOP_KIND_ENACT:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether something that the checkpoint at HEIGHT covers may take keys from someone; *LEFT is how
 * many entries may still be looked at. What cannot be read may be anything. */
static gboolean
height_takes_keys (CosmicLogStore store, guint64 height, guint *left)
{
  CosmicCheckpointRecord record;
  g_autoptr (CosmicBatchList) list = NULL;
  const CosmicBatchStream *authority;
  gboolean found;

  if (!store.table->find_checkpoint (store.self, height, &record, &found, NULL) || !found)
    return TRUE;
  list = cosmic_batch_list_decode (record.list);
  cosmic_checkpoint_record_clear (&record);
  if (list == NULL)
    return TRUE;
  authority = list->streams->len > 0 ? list->streams->pdata[0] : NULL;
  if (authority == NULL || !cosmic_id_is_zero (&authority->stream))
    return FALSE;
  if (authority->operations->len > *left)
    return TRUE;
  *left -= authority->operations->len;
  for (guint i = 0; i < authority->operations->len; i++)
    {
      g_autoptr (CosmicEntry) entry = NULL;

      if (!store.table->find_entry (store.self, &g_array_index (authority->operations, CosmicId, i),
                                    &entry, NULL)
          || entry == NULL || takes_keys (entry->operation->header.kind))
        return TRUE;
    }
  return FALSE;
}

static gboolean
must_look (DpopProfile *profile)
{
  CosmicLog *log = dpop_profile_log (profile);
  g_autoptr (GBytes) bytes = dpop_profile_get_setting (profile, LOOKED_SETTING, NULL);
  g_autoptr (GVariant) looked = bytes != NULL ? cosmic_codec_decode (LOOKED_TYPE, bytes) : NULL;
  guint64 from = looked != NULL ? g_variant_get_uint64 (looked) : 0;
  guint left = ENTRIES_MAX;

  if (from == 0 || cosmic_log_height (log) - from > ENTRIES_MAX)
    return TRUE;
  for (guint64 height = from + 1; height <= cosmic_log_height (log); height++)
    if (height_takes_keys (cosmic_log_store (log), height, &left))
      return TRUE;
  return FALSE;
}

static gboolean
note_looked (DpopProfile *profile, GError **error)
{
  g_autoptr (GBytes) looked = cosmic_codec_encode (
      g_variant_new_uint64 (cosmic_log_height (dpop_profile_log (profile))));

  return dpop_profile_put_setting (profile, LOOKED_SETTING, looked, error);
}

/* --- What is due. ----------------------------------------------------------------------------- */

typedef struct
{
  CosmicId scope;
  guint64 since; /* height of the batch that brought its current keys */
  gboolean due;
  GHashTable *people; /* CosmicId of members who are to be locked out; NULL: one is enough */
} Due;

static gboolean
is_asked (const Due *due)
{
  return !due->due || due->people != NULL;
}

static void
note_held (Due *due, const CosmicState *authority, const CosmicId *member)
{
  if (!dpop_membership_policy_held (authority, member, &due->scope, TRUE, due->since))
    return;
  due->due = TRUE;
  if (due->people != NULL)
    g_hash_table_add (due->people, cosmic_id_copy (member));
}

static GArray *
list_scopes (const CosmicState *authority)
{
  g_autoptr (GArray) scopes = cosmic_authority_scopes (authority);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Due));

  for (guint i = 0; i < scopes->len; i++)
    {
      Due due = { .scope = g_array_index (scopes, CosmicId, i) };
      CosmicKeyPlace place;
      CosmicId key;

      if (cosmic_authority_scope_key (authority, &due.scope, TRUE, &key, NULL)
          && cosmic_authority_key_place (authority, &key, &place))
        {
          due.since = place.since;
          g_array_append_val (list, due);
        }
    }
  return list;
}

/* A computer that was switched off under the current keys has them. */
static void
look_at_off (const CosmicState *authority, const CosmicDevice *device, GArray *scopes)
{
  for (guint i = 0; i < scopes->len; i++)
    {
      Due *due = &g_array_index (scopes, Due, i);

      if (is_asked (due) && device->off_height >= due->since)
        note_held (due, authority, &device->member);
    }
}

/* A computer that is on has the keys of a scope that its member may not read any more. */
static void
look_at_on (const CosmicState *authority, const CosmicDevice *device, GArray *scopes)
{
  DpopMember member;

  if (!dpop_member_query_load (authority, &device->member, &member))
    return;
  for (guint i = 0; i < scopes->len; i++)
    {
      Due *due = &g_array_index (scopes, Due, i);

      if (is_asked (due) && member.since >= due->since
          && !dpop_membership_policy_holds (authority, &device->member, &due->scope, TRUE))
        note_held (due, authority, &device->member);
    }
}

static void
look_at_all (const CosmicState *authority, const GArray *keys, GArray *scopes)
{
  for (guint i = 0; i < keys->len; i++)
    {
      CosmicDevice device;

      if (!cosmic_authority_device (authority, &g_array_index (keys, CosmicId, i), &device))
        continue;
      if (device.off)
        look_at_off (authority, &device, scopes);
      else
        look_at_on (authority, &device, scopes);
    }
}

/* Who may not, or cannot, leaves it to who may. */
static gboolean
can_rotate (DpopProfile *profile, const CosmicState *authority, const CosmicId *scope)
{
  CosmicId own, key;

  return dpop_profile_own_member (profile, &own, NULL)
         && dpop_membership_lets (authority, &own, DPOP_ACTION_ROTATE_KEYS, scope, NULL)
         && dpop_membership_policy_holds (authority, &own, scope, TRUE)
         && cosmic_authority_scope_key (authority, scope, TRUE, &key, NULL)
         && cosmic_log_key (dpop_profile_log (profile), &key) != NULL;
}

static void
look_at_everyone (DpopProfile *profile, const CosmicState *authority, GArray *scopes)
{
  g_autoptr (GArray) off = cosmic_authority_devices_off (authority);
  g_autoptr (GArray) on = cosmic_authority_devices (authority);

  look_at_all (authority, off, scopes);
  look_at_all (authority, on, scopes);
  for (guint i = 0; i < scopes->len; i++)
    {
      Due *due = &g_array_index (scopes, Due, i);

      due->due = due->due && can_rotate (profile, authority, &due->scope);
    }
}

gboolean
dpop_command_rotate_due (DpopProfile *profile, guint *count, GError **error)
{
  const CosmicState *authority
      = cosmic_log_certified (dpop_profile_log (profile), &cosmic_id_zero, error);
  g_autoptr (GArray) scopes = NULL;

  *count = 0;
  if (authority == NULL)
    return FALSE;
  if (!must_look (profile))
    return note_looked (profile, error);
  scopes = list_scopes (authority);
  look_at_everyone (profile, authority, scopes);
  for (guint i = 0; i < scopes->len; i++)
    {
      const Due *due = &g_array_index (scopes, Due, i);

      if (!due->due)
        continue;
      if (!dpop_command_rotate_within (profile, &due->scope, NULL, error))
        return FALSE;
      ++*count;
    }
  return note_looked (profile, error);
}

gboolean
dpop_command_rotate_due_alone (DpopProfile *profile, guint *count, GError **error)
{
  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile, dpop_command_rotate_due (profile, count, error), error);
}

/* --- Whether anything is due. ----------------------------------------------------------------- */

/* What was found, at which height: GVariant `(tu)`. */
#define FOUND_SETTING "rotations-found"
#define FOUND_TYPE    "(tu)"

static gboolean
was_found (DpopProfile *profile, guint *people)
{
  g_autoptr (GBytes) bytes = dpop_profile_get_setting (profile, FOUND_SETTING, NULL);
  g_autoptr (GVariant) found = bytes != NULL ? cosmic_codec_decode (FOUND_TYPE, bytes) : NULL;
  guint64 height;

  if (found == NULL)
    return FALSE;
  g_variant_get (found, FOUND_TYPE, &height, people);
  return height == cosmic_log_height (dpop_profile_log (profile));
}

static gboolean
note_found (DpopProfile *profile, guint people, GError **error)
{
  guint64 height = cosmic_log_height (dpop_profile_log (profile));
  g_autoptr (GBytes) found = cosmic_codec_encode (g_variant_new (FOUND_TYPE, height, people));

  if (!dpop_profile_begin (profile, error))
    return FALSE;
  return dpop_command_end (profile,
                           dpop_profile_put_setting (profile, FOUND_SETTING, found, error)
                               && (people > 0 || note_looked (profile, error)),
                           error);
}

static guint
count_people (DpopProfile *profile, const CosmicState *authority)
{
  g_autoptr (GArray) scopes = list_scopes (authority);
  g_autoptr (GHashTable) all = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free,
                                                      NULL);

  for (guint i = 0; i < scopes->len; i++)
    g_array_index (scopes, Due, i).people
        = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, NULL);
  look_at_everyone (profile, authority, scopes);
  for (guint i = 0; i < scopes->len; i++)
    {
      const Due *due = &g_array_index (scopes, Due, i);
      GHashTableIter iter;
      gpointer member;

      g_hash_table_iter_init (&iter, due->people);
      while (due->due && g_hash_table_iter_next (&iter, &member, NULL))
        g_hash_table_add (all, cosmic_id_copy (member));
      g_hash_table_unref (due->people);
    }
  return g_hash_table_size (all);
}

gboolean
dpop_command_rotate_look (DpopProfile *profile, guint *people, GError **error)
{
  const CosmicState *authority;

  *people = 0;
  if (!must_look (profile) || was_found (profile, people))
    return TRUE;
  authority = cosmic_log_certified (dpop_profile_log (profile), &cosmic_id_zero, error);
  if (authority == NULL)
    return FALSE;
  *people = count_people (profile, authority);
  return note_found (profile, *people, error);
}
