/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-bundle-file.h"

#include "cosmic-merkle.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define HEAD_SIZE    16
#define TRAILER_SIZE (8 + 8 + COSMIC_ID_SIZE) /* behind the four zero bytes */
#define BUFFER_SIZE  (256 * 1024)

static const guint8 magic[8] = { 0x89, 'D', 'P', 'O', 'P', '\r', '\n', 0x1a };

G_DEFINE_QUARK (dpop-bundle-error-quark, dpop_bundle_error)

static void
make_head (DpopBundleFileKind kind, guint8 head[HEAD_SIZE])
{
  memset (head, 0, HEAD_SIZE);
  memcpy (head, magic, sizeof magic);
  head[8] = (guint8) kind;
  head[9] = DPOP_BUNDLE_FILE_VERSION;
}

static void
make_trailer (const CosmicMerkle *tree, guint64 total, guint8 trailer[TRAILER_SIZE])
{
  guint64 numbers[] = { GUINT64_TO_LE (tree->count), GUINT64_TO_LE (total) };
  CosmicId root;

  cosmic_merkle_root (tree, &root);
  memcpy (trailer, numbers, sizeof numbers);
  memcpy (trailer + sizeof numbers, root.bytes, COSMIC_ID_SIZE);
}

/* --- Writing. --------------------------------------------------------------------------------- */

struct _DpopBundleFileWriter
{
  char *path;
  char *temporary; /* NULL once it is in its place */
  int fd;
  GByteArray *buffer;
  CosmicMerkle tree;
  guint64 total;
  guint64 written;
};

static gboolean
fail_to_write (const char *path, int code, GError **error)
{
  gboolean full = code == ENOSPC || code == EDQUOT || code == EFBIG;

  g_set_error (error, DPOP_BUNDLE_ERROR,
               full ? DPOP_BUNDLE_ERROR_NO_SPACE : DPOP_BUNDLE_ERROR_FAILED,
               full ? "There is no room for “%s” (%s). Free some, or choose another place."
                    : "“%s” could not be written (%s).",
               path, g_strerror (code));
  return FALSE;
}

static gboolean
flush (DpopBundleFileWriter *self, GError **error)
{
  gsize done = 0;

  while (done < self->buffer->len)
    {
      gssize count = write (self->fd, self->buffer->data + done, self->buffer->len - done);

      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        return fail_to_write (self->path, errno, error);
      done += (gsize) count;
    }
  self->written += self->buffer->len;
  g_byte_array_set_size (self->buffer, 0);
  return TRUE;
}

static gboolean
put (DpopBundleFileWriter *self, gconstpointer bytes, gsize size, GError **error)
{
  g_byte_array_append (self->buffer, bytes, (guint) size);
  return self->buffer->len < BUFFER_SIZE || flush (self, error);
}

DpopBundleFileWriter *
dpop_bundle_file_writer_new (const char *path, DpopBundleFileKind kind, GError **error)
{
  g_autoptr (DpopBundleFileWriter) self = g_new0 (DpopBundleFileWriter, 1);
  guint8 head[HEAD_SIZE];

  self->path = g_strdup (path);
  self->buffer = g_byte_array_new ();
  self->temporary = g_strdup_printf ("%s.XXXXXX", path);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0644);
  if (self->fd < 0)
    {
      fail_to_write (path, errno, error);
      g_clear_pointer (&self->temporary, g_free);
      return NULL;
    }
  make_head (kind, head);
  return put (self, head, sizeof head, error) ? g_steal_pointer (&self) : NULL;
}

void
dpop_bundle_file_writer_free (DpopBundleFileWriter *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_byte_array_unref (self->buffer);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

gboolean
dpop_bundle_file_writer_add (DpopBundleFileWriter *self, GBytes *envelope, GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (envelope, &size);
  guint32 length = GUINT32_TO_LE ((guint32) size);
  CosmicId id;

  if (size > COSMIC_ENVELOPE_SIZE_MAX || self->tree.count >= DPOP_BUNDLE_FILE_COUNT_MAX)
    {
      g_set_error_literal (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_LIMIT,
                           "There is more to hand on than one file can hold. Make it for one "
                           "computer, from its summary.");
      return FALSE;
    }
  cosmic_envelope_id (envelope, &id);
  cosmic_merkle_append (&self->tree, &id);
  self->total += size;
  return put (self, &length, sizeof length, error) && put (self, data, size, error);
}

/* The name must survive a crash too; where a folder cannot be synchronised, nothing is lost by
 * trying. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

gboolean
dpop_bundle_file_writer_finish (DpopBundleFileWriter *self, guint64 *size, GError **error)
{
  guint8 end[4 + TRAILER_SIZE] = { 0 };
  int fd = self->fd;

  make_trailer (&self->tree, self->total, end + 4);
  if (!put (self, end, sizeof end, error) || !flush (self, error))
    return FALSE;
  if (fsync (fd) != 0)
    return fail_to_write (self->path, errno, error);
  self->fd = -1;
  if (close (fd) != 0 || g_rename (self->temporary, self->path) != 0)
    return fail_to_write (self->path, errno, error);
  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self->path);
  *size = self->written;
  return TRUE;
}

/* --- Reading. --------------------------------------------------------------------------------- */

struct _DpopBundleFileReader
{
  GInputStream *stream;
  CosmicMerkle tree;
  guint64 total;
  guint64 position;
};

static gboolean
fail_altered (GError **error)
{
  g_set_error_literal (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_ALTERED,
                       "This file was cut or altered on the way. Nothing was taken in: copy it "
                       "again, or let it be made anew.");
  return FALSE;
}

/* FALSE without error where the stream ends before SIZE bytes. */
static gboolean
get (DpopBundleFileReader *self, gpointer bytes, gsize size, GCancellable *cancellable,
     GError **error)
{
  GError *failure = NULL;
  gsize count = 0;

  if (g_input_stream_read_all (self->stream, bytes, size, &count, cancellable, &failure))
    {
      self->position += count;
      return count == size;
    }
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, failure);
  else
    {
      g_set_error (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_FAILED,
                   "The file could not be read (%s).", failure->message);
      g_error_free (failure);
    }
  return FALSE;
}

static gboolean
get_or_fail (DpopBundleFileReader *self, gpointer bytes, gsize size, GCancellable *cancellable,
             GError **error)
{
  GError *failure = NULL;

  if (get (self, bytes, size, cancellable, &failure))
    return TRUE;
  if (failure == NULL)
    return fail_altered (error);
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
check_head (DpopBundleFileReader *self, DpopBundleFileKind kind, GError **error)
{
  guint8 head[HEAD_SIZE] = { 0 }, expected[HEAD_SIZE];
  GError *failure = NULL;

  make_head (kind, expected);
  if (!get (self, head, sizeof head, NULL, &failure) && failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (memcmp (head, expected, sizeof head) == 0)
    return TRUE;
  if (memcmp (head, magic, sizeof magic) != 0 || head[8] != kind)
    g_set_error_literal (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_NOT_ONE,
                         kind == DPOP_BUNDLE_FILE_SUMMARY ? "This is not a summary file of DPOP."
                                                          : "This is not a transfer file of DPOP.");
  else if (head[9] > DPOP_BUNDLE_FILE_VERSION)
    g_set_error_literal (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_NEWER,
                         "A newer DPOP has made this file. Update DPOP on this computer, then take "
                         "it again.");
  else
    fail_altered (error);
  return FALSE;
}

DpopBundleFileReader *
dpop_bundle_file_reader_new (GInputStream *stream, DpopBundleFileKind kind, GError **error)
{
  g_autoptr (DpopBundleFileReader) self = g_new0 (DpopBundleFileReader, 1);

  self->stream = g_buffered_input_stream_new_sized (stream, BUFFER_SIZE);
  return check_head (self, kind, error) ? g_steal_pointer (&self) : NULL;
}

DpopBundleFileReader *
dpop_bundle_file_reader_open (const char *path, DpopBundleFileKind kind, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GError *failure = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &failure);

  if (stream != NULL)
    return dpop_bundle_file_reader_new (G_INPUT_STREAM (stream), kind, error);
  g_set_error (error, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_FAILED,
               "“%s” could not be opened (%s).", path, failure->message);
  g_error_free (failure);
  return NULL;
}

void
dpop_bundle_file_reader_free (DpopBundleFileReader *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_free (self);
}

/* Behind the last record: what was counted must stand there, and nothing after it. */
static gboolean
check_trailer (DpopBundleFileReader *self, GCancellable *cancellable, GError **error)
{
  guint8 trailer[TRAILER_SIZE], expected[TRAILER_SIZE], more;
  GError *failure = NULL;

  make_trailer (&self->tree, self->total, expected);
  if (!get_or_fail (self, trailer, sizeof trailer, cancellable, error))
    return FALSE;
  if (memcmp (trailer, expected, sizeof trailer) != 0
      || get (self, &more, 1, cancellable, &failure))
    return fail_altered (error);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
dpop_bundle_file_reader_next (DpopBundleFileReader *self, GBytes **envelope, CosmicLabel *label,
                              GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  guint8 *data;
  guint32 size;
  CosmicId id;

  *envelope = NULL;
  /* What is buffered is read without asking. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !get_or_fail (self, &size, sizeof size, cancellable, error))
    return FALSE;
  size = GUINT32_FROM_LE (size);
  if (size == 0)
    return check_trailer (self, cancellable, error);
  if (size < COSMIC_ENVELOPE_OVERHEAD || size > COSMIC_ENVELOPE_SIZE_MAX
      || self->tree.count >= DPOP_BUNDLE_FILE_COUNT_MAX)
    return fail_altered (error);
  data = g_malloc (size);
  bytes = g_bytes_new_take (data, size);
  if (!get_or_fail (self, data, size, cancellable, error))
    return FALSE;
  if (!cosmic_envelope_label (bytes, label))
    return fail_altered (error);
  cosmic_envelope_id (bytes, &id);
  cosmic_merkle_append (&self->tree, &id);
  self->total += size;
  *envelope = g_steal_pointer (&bytes);
  return TRUE;
}

guint64
dpop_bundle_file_reader_position (const DpopBundleFileReader *self)
{
  return self->position;
}
