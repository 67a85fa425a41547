/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-bundle-summary.h"

#include "cosmic-merkle.h"
#include "dpop-bundle-private.h"

#define CONTENT_TYPE    "(yayxtayayuuaayaay)"
#define ITEM_TYPE       "(ayaym(ayay))"
#define WITNESS_TYPE    G_VARIANT_TYPE ("(ayay)")
#define SUMMARY_VERSION 1

static const char summary_tag[] = "dpop summary 1";

gboolean
dpop_bundle_fail (GError **error, DpopBundleError code, const char *message)
{
  g_set_error_literal (error, DPOP_BUNDLE_ERROR, (gint) code, message);
  return FALSE;
}

gboolean
dpop_bundle_fail_foreign (GError **error)
{
  return dpop_bundle_fail (error, DPOP_BUNDLE_ERROR_OTHER_PARTY,
                           "This file was made by another organisation, or after a change that "
                           "this computer has not heard of. If it is from yours, first take a "
                           "transfer file from whoever lets computers in.");
}

void
dpop_bundle_summary_free (DpopBundleSummary *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->open, g_array_unref);
  g_clear_pointer (&self->lacking, g_array_unref);
  g_free (self);
}

static DpopBundleSummary *
summary_new (void)
{
  DpopBundleSummary *self = g_new0 (DpopBundleSummary, 1);

  self->open = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  self->lacking = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  return self;
}

gboolean
dpop_bundle_summary_shows (const DpopBundleSummary *self, const CosmicId *operation, guint64 height)
{
  return (height > 0 && height <= self->height) || cosmic_ids_contain (self->open, operation);
}

/* --- What is at hand. ------------------------------------------------------------------------- */

static gboolean
take_share_id (GBytes *envelope, gpointer ids)
{
  CosmicId id;

  cosmic_envelope_id (envelope, &id);
  g_array_append_val ((GArray *) ids, id);
  return TRUE;
}

gboolean
dpop_bundle_summary_shares (CosmicLog *log, CosmicId *root, GError **error)
{
  CosmicLogStore store = cosmic_log_store (log);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  if (!store.table->each_share (store.self, take_share_id, ids, error))
    return FALSE;
  cosmic_ids_normalise (ids);
  cosmic_merkle_root_of (ids, root);
  return TRUE;
}

static gboolean
is_lacking (const CosmicPartRef *ref, const CosmicPart *part)
{
  return ref->there && part->plain == NULL && part->sealed == NULL && !part->erased;
}

static gboolean
take_open (CosmicEntry *entry, gpointer data)
{
  g_array_append_val ((GArray *) data, entry->operation->id);
  cosmic_entry_free (entry);
  return TRUE;
}

static gboolean
take_lacking (CosmicEntry *entry, gpointer data)
{
  const CosmicHeader *header = &entry->operation->header;

  if (is_lacking (&header->body, &entry->body) || is_lacking (&header->personal, &entry->personal))
    g_array_append_val ((GArray *) data, entry->operation->id);
  cosmic_entry_free (entry);
  return TRUE;
}

static gboolean
collect_entries (CosmicLog *log, CosmicEntriesWhich which, CosmicEntryVisit visit, GArray *ids,
                 GError **error)
{
  CosmicLogStore store = cosmic_log_store (log);
  const CosmicEntries entries = { .which = which };

  return store.table->each_entry (store.self, &entries, visit, ids, error);
}

DpopBundleSummary *
dpop_bundle_summary_collect (CosmicLog *log, const GArray *lacking, GError **error)
{
  g_autoptr (DpopBundleSummary) self = summary_new ();

  self->height = cosmic_log_height (log);
  self->checkpoint = *cosmic_log_checkpoint (log);
  if (!dpop_bundle_summary_shares (log, &self->shares, error)
      || !collect_entries (log, COSMIC_ENTRIES_OPEN, take_open, self->open, error)
      || !collect_entries (log, COSMIC_ENTRIES_HELD, take_open, self->open, error)
      || (lacking == NULL
          && !collect_entries (log, COSMIC_ENTRIES_ALL, take_lacking, self->lacking, error)))
    return NULL;
  if (lacking != NULL && lacking->len > 0)
    g_array_append_vals (self->lacking, lacking->data, lacking->len);
  cosmic_ids_normalise (self->open);
  cosmic_ids_normalise (self->lacking);
  return g_steal_pointer (&self);
}

/* --- Writing. --------------------------------------------------------------------------------- */

static guint
count_pages (const DpopBundleSummary *self)
{
  guint longest = MAX (self->open->len, self->lacking->len);

  return MAX (1, (longest + DPOP_BUNDLE_SUMMARY_PAGE - 1) / DPOP_BUNDLE_SUMMARY_PAGE);
}

static GVariant *
slice (const GArray *ids, guint page)
{
  g_autoptr (GArray) part = g_array_new (FALSE, FALSE, sizeof (CosmicId));
  guint from = MIN (page * DPOP_BUNDLE_SUMMARY_PAGE, ids->len);
  guint to = MIN (from + DPOP_BUNDLE_SUMMARY_PAGE, ids->len);

  if (to > from)
    g_array_append_vals (part, &g_array_index (ids, CosmicId, from), to - from);
  return cosmic_codec_new_ids (part);
}

static GBytes *
make_content (const DpopBundleSummary *self, guint page, guint pages)
{
  GVariant *fields[] = {
    g_variant_new_byte (SUMMARY_VERSION),    cosmic_codec_new_id (&self->device),
    g_variant_new_int64 (self->made),        g_variant_new_uint64 (self->height),
    cosmic_codec_new_id (&self->checkpoint), cosmic_codec_new_id (&self->shares),
    g_variant_new_uint32 (page),             g_variant_new_uint32 (pages),
    slice (self->open, page),                slice (self->lacking, page),
  };

  return cosmic_codec_encode (g_variant_new_tuple (fields, G_N_ELEMENTS (fields)));
}

static GByteArray *
signed_bytes (const CosmicId *party, GBytes *content)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize size;
  gconstpointer data = g_bytes_get_data (content, &size);

  g_byte_array_append (bytes, (const guint8 *) summary_tag, sizeof summary_tag);
  g_byte_array_append (bytes, party->bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, data, (guint) size);
  return bytes;
}

static GVariant *
new_signature (const CosmicSecret *key, const GByteArray *bytes)
{
  guint8 signature[COSMIC_SIGN_SIZE];

  cosmic_sign (key, bytes->data, bytes->len, signature);
  return cosmic_codec_new_bytes (signature, sizeof signature);
}

static GBytes *
make_item (const CosmicId *party, GBytes *content, const CosmicSecret *device,
           const CosmicSecret *witness)
{
  g_autoptr (GByteArray) bytes = signed_bytes (party, content);
  GVariant *second = NULL;
  GVariant *fields[3];

  if (witness != NULL)
    {
      GVariant *both[] = { cosmic_codec_new_bytes (cosmic_sign_key_public (witness),
                                                   COSMIC_ID_SIZE),
                           new_signature (witness, bytes) };

      second = g_variant_new_tuple (both, 2);
    }
  fields[0] = cosmic_codec_new_bytes (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  fields[1] = new_signature (device, bytes);
  fields[2] = g_variant_new_maybe (WITNESS_TYPE, second);
  return cosmic_codec_encode (g_variant_new_tuple (fields, 3));
}

/* The party's newest body key that is certified: whoever has heard of this height has it. */
static const CosmicScopeKey *
find_key (CosmicLog *log, GError **error)
{
  const CosmicState *authority = cosmic_log_height (log) > 0
                                     ? cosmic_log_certified (log, &cosmic_id_zero, error)
                                     : cosmic_log_authority (log, error);
  const CosmicScopeKey *key = NULL;
  CosmicId id;

  if (authority == NULL)
    return NULL;
  if (cosmic_authority_scope_key (authority, &cosmic_id_zero, FALSE, &id, NULL))
    key = cosmic_log_key (log, &id);
  if (key == NULL)
    g_set_error_literal (error, COSMIC_LOG_ERROR, COSMIC_LOG_ERROR_NO_KEY,
                         "This computer does not have the organisation's key yet.");
  return key;
}

gboolean
dpop_bundle_summary_sign (CosmicLog *log, DpopBundleSummary *self, const CosmicSecret *device,
                          const CosmicSecret *witness, gint64 now, const char *path,
                          GError **error)
{
  g_autoptr (DpopBundleFileWriter) writer = NULL;
  const CosmicScopeKey *key = find_key (log, error);
  guint pages;
  guint64 size;

  if (key == NULL)
    return FALSE;
  memcpy (self->device.bytes, cosmic_sign_key_public (device), COSMIC_ID_SIZE);
  self->made = now;
  pages = count_pages (self);
  if (pages > DPOP_BUNDLE_SUMMARY_PAGES_MAX)
    return dpop_bundle_fail (error, DPOP_BUNDLE_ERROR_LIMIT,
                             "Too many entries are not confirmed yet. Confirm them first.");
  writer = dpop_bundle_file_writer_new (path, DPOP_BUNDLE_FILE_SUMMARY, error);
  for (guint page = 0; writer != NULL && page < pages; page++)
    {
      g_autoptr (GBytes) content = make_content (self, page, pages);
      g_autoptr (GBytes) item = make_item (cosmic_log_party (log), content, device, witness);
      g_autoptr (GBytes) envelope
          = cosmic_envelope_seal (key, COSMIC_ITEM_SUMMARY, &cosmic_id_zero, self->height, item);

      if (!dpop_bundle_file_writer_add (writer, envelope, error))
        return FALSE;
    }
  return writer != NULL && dpop_bundle_file_writer_finish (writer, &size, error);
}

gboolean
dpop_bundle_summary_write (CosmicLog *log, const CosmicSecret *device, const CosmicSecret *witness,
                           gint64 now, const char *path, GError **error)
{
  g_autoptr (DpopBundleSummary) self = dpop_bundle_summary_collect (log, NULL, error);

  return self != NULL
         && dpop_bundle_summary_sign (log, self, device, witness, now, path, error);
}

/* --- Reading. --------------------------------------------------------------------------------- */

static gboolean
fail_malformed (GError **error)
{
  return dpop_bundle_fail (error, DPOP_BUNDLE_ERROR_ALTERED,
                           "This summary is not what a computer of your organisation makes. Let "
                           "it be made anew.");
}

static gboolean
check_signature (const CosmicId *key, const GByteArray *bytes, GVariant *parent, guint index)
{
  g_autoptr (GBytes) signature = cosmic_codec_child_bytes (parent, index);

  return g_bytes_get_size (signature) == COSMIC_SIGN_SIZE
         && cosmic_verify (key->bytes, bytes->data, bytes->len,
                           g_bytes_get_data (signature, NULL));
}

static gboolean
is_witness (CosmicLog *log, const CosmicId *key)
{
  const CosmicState *authority = cosmic_log_authority (log, NULL);
  CosmicWitnesses witnesses;
  gboolean found;

  if (authority == NULL || !cosmic_authority_witnesses (authority, &witnesses))
    return FALSE;
  found = cosmic_ids_contain (witnesses.keys, key);
  cosmic_witnesses_clear (&witnesses);
  return found;
}

/* The second signature, where there is one. FALSE when it does not hold; *WITNESS when it is a
 * record keeper's. */
static gboolean
check_witness (CosmicLog *log, GVariant *item, const GByteArray *bytes, gboolean *witness)
{
  g_autoptr (GVariant) maybe = g_variant_get_child_value (item, 2);
  g_autoptr (GVariant) both = g_variant_get_maybe (maybe);
  CosmicId key;

  *witness = FALSE;
  if (both == NULL)
    return TRUE;
  if (!cosmic_codec_child_id (both, 0, &key) || !check_signature (&key, bytes, both, 1))
    return FALSE;
  *witness = is_witness (log, &key);
  return TRUE;
}

/* Appends the ids of one page, which must go on ascending. */
static gboolean
append_ids (GVariant *content, guint index, GArray *ids)
{
  g_autoptr (GArray) more = cosmic_codec_child_id_set (content, index, DPOP_BUNDLE_SUMMARY_PAGE);

  if (more == NULL)
    return FALSE;
  if (more->len > 0 && ids->len > 0
      && cosmic_id_compare (&g_array_index (ids, CosmicId, ids->len - 1),
                            &g_array_index (more, CosmicId, 0))
             >= 0)
    return FALSE;
  if (more->len > 0)
    g_array_append_vals (ids, more->data, more->len);
  return TRUE;
}

static gboolean
same_summary (const DpopBundleSummary *a, const DpopBundleSummary *b)
{
  return cosmic_id_same (&a->device, &b->device) && a->made == b->made && a->height == b->height
         && a->witness == b->witness && cosmic_id_same (&a->checkpoint, &b->checkpoint)
         && cosmic_id_same (&a->shares, &b->shares);
}

/* Reads page NUMBER onto SELF, which the first page fills in. */
static gboolean
read_content (DpopBundleSummary *self, GVariant *content, gboolean witness, guint number,
              guint *pages)
{
  DpopBundleSummary head = { .witness = witness };
  guint32 page, count;
  guint8 version;

  g_variant_get_child (content, 0, "y", &version);
  g_variant_get_child (content, 2, "x", &head.made);
  g_variant_get_child (content, 3, "t", &head.height);
  g_variant_get_child (content, 6, "u", &page);
  g_variant_get_child (content, 7, "u", &count);
  if (version != SUMMARY_VERSION || !cosmic_codec_child_id (content, 1, &head.device)
      || !cosmic_codec_child_id (content, 4, &head.checkpoint)
      || !cosmic_codec_child_id (content, 5, &head.shares) || page != number || count == 0
      || count > DPOP_BUNDLE_SUMMARY_PAGES_MAX || (number > 0 && count != *pages)
      || (number > 0 && !same_summary (self, &head)))
    return FALSE;
  *pages = count;
  self->device = head.device;
  self->witness = head.witness;
  self->made = head.made;
  self->height = head.height;
  self->checkpoint = head.checkpoint;
  self->shares = head.shares;
  return append_ids (content, 8, self->open) && append_ids (content, 9, self->lacking);
}

static gboolean
read_page (CosmicLog *log, DpopBundleSummary *self, GBytes *item, guint number, guint *pages)
{
  g_autoptr (GVariant) value = cosmic_codec_decode (ITEM_TYPE, item);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) content = NULL;
  g_autoptr (GByteArray) message = NULL;
  gboolean witness;

  if (value == NULL)
    return FALSE;
  bytes = cosmic_codec_child_bytes (value, 0);
  content = cosmic_codec_decode (CONTENT_TYPE, bytes);
  if (content == NULL)
    return FALSE;
  message = signed_bytes (cosmic_log_party (log), bytes);
  return check_witness (log, value, message, &witness)
         && read_content (self, content, witness, number, pages)
         && check_signature (&self->device, message, value, 1);
}

static gboolean
read_envelope (CosmicLog *log, DpopBundleSummary *self, GBytes *envelope, const CosmicLabel *label,
               guint number, guint *pages, GError **error)
{
  const CosmicScopeKey *key = cosmic_log_key (log, &label->key);
  g_autoptr (GBytes) item = NULL;

  if (label->type != COSMIC_ITEM_SUMMARY || number >= DPOP_BUNDLE_SUMMARY_PAGES_MAX)
    return fail_malformed (error);
  if (key == NULL)
    return dpop_bundle_fail_foreign (error);
  item = cosmic_envelope_open (key, envelope);
  return (item != NULL && read_page (log, self, item, number, pages)
          && label->order == self->height)
         || fail_malformed (error);
}

static void
find_member (CosmicLog *log, DpopBundleSummary *self)
{
  const CosmicState *authority = cosmic_log_authority (log, NULL);
  CosmicDevice device;

  if (authority != NULL && cosmic_authority_device (authority, &self->device, &device)
      && !device.off)
    self->member = device.member;
}

DpopBundleSummary *
dpop_bundle_summary_read (CosmicLog *log, const char *path, GError **error)
{
  g_autoptr (DpopBundleSummary) self = summary_new ();
  g_autoptr (DpopBundleFileReader) reader
      = dpop_bundle_file_reader_open (path, DPOP_BUNDLE_FILE_SUMMARY, error);
  guint number = 0, pages = 0;

  if (reader == NULL)
    return NULL;
  for (;; number++)
    {
      g_autoptr (GBytes) envelope = NULL;
      CosmicLabel label;

      if (!dpop_bundle_file_reader_next (reader, &envelope, &label, NULL, error))
        return NULL;
      if (envelope == NULL)
        break;
      if (!read_envelope (log, self, envelope, &label, number, &pages, error))
        return NULL;
    }
  if (number == 0 || number != pages)
    {
      fail_malformed (error);
      return NULL;
    }
  find_member (log, self);
  return g_steal_pointer (&self);
}
