/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-envelope.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Envelopes in a file, with a hash-tree trailer, so that what was cut or altered on the way is told
 * before anything of it is used (design 4.10). [format]
 *
 *   head    = 89 "DPOP" 0d 0a 1a, kind (1: 'T' or 'S'), version 1 (1), six zero bytes
 *   record  = size of the envelope (4, little endian), envelope
 *   trailer = four zero bytes, number of envelopes (8), sum of their sizes (8), root (32)
 *   file    = head, record ..., trailer, and nothing behind it
 *
 * root is that of the RFC 6962 tree over the envelopes' ids (cosmic-merkle.h). All that stands in
 * the clear is what a label shows: type, hash of the key, blinded stream, order.
 *
 * A transfer file ('T') holds, in this order: shares; operations, each a header with body and
 * personal part right behind it as far as they are there; and behind the operations that it
 * covers, each checkpoint with its certificate, heights rising by one. A summary ('S') holds
 * summary envelopes only. */
typedef enum
{
  DPOP_BUNDLE_FILE_TRANSFER = 'T',
  DPOP_BUNDLE_FILE_SUMMARY = 'S',
} DpopBundleFileKind;

#define DPOP_BUNDLE_FILE_VERSION   1
#define DPOP_BUNDLE_FILE_COUNT_MAX (G_GUINT64_CONSTANT (1) << 26) /* envelopes */

#define DPOP_BUNDLE_ERROR (dpop_bundle_error_quark ())
GQuark dpop_bundle_error_quark (void);

typedef enum
{
  DPOP_BUNDLE_ERROR_FAILED,       /* it could not be read or written */
  DPOP_BUNDLE_ERROR_NO_SPACE,     /* no room where it is written */
  DPOP_BUNDLE_ERROR_NOT_ONE,      /* a file of another sort */
  DPOP_BUNDLE_ERROR_NEWER,        /* made by a newer DPOP */
  DPOP_BUNDLE_ERROR_ALTERED,      /* cut, altered, or not made by DPOP */
  DPOP_BUNDLE_ERROR_OTHER_PARTY,  /* another organisation's, or after a change not heard of here */
  DPOP_BUNDLE_ERROR_MISSING_KEY,  /* after a change that this computer has not heard of */
  DPOP_BUNDLE_ERROR_GAP,          /* it rests on what this computer does not have */
  DPOP_BUNDLE_ERROR_LIMIT,        /* more than what the format allows */
} DpopBundleError;

/* --- Writing: to a temporary file beside PATH, put in place when all of it is on the disk. ---- */

typedef struct _DpopBundleFileWriter DpopBundleFileWriter;

DpopBundleFileWriter *dpop_bundle_file_writer_new (const char *path, DpopBundleFileKind kind,
                                                   GError **error);
/* Removes what was not finished. */
void     dpop_bundle_file_writer_free   (DpopBundleFileWriter *self);
gboolean dpop_bundle_file_writer_add    (DpopBundleFileWriter *self, GBytes *envelope,
                                         GError **error);
gboolean dpop_bundle_file_writer_finish (DpopBundleFileWriter *self, guint64 *size,
                                         GError **error);

/* --- Reading, one envelope at a time. --------------------------------------------------------- */

typedef struct _DpopBundleFileReader DpopBundleFileReader;

DpopBundleFileReader *dpop_bundle_file_reader_open (const char *path, DpopBundleFileKind kind,
                                                    GError **error);
DpopBundleFileReader *dpop_bundle_file_reader_new  (GInputStream *stream, DpopBundleFileKind kind,
                                                    GError **error);
void     dpop_bundle_file_reader_free     (DpopBundleFileReader *self);
/* The next envelope (unref) with its label. *ENVELOPE is NULL at the end, once the trailer was
 * found right. */
gboolean dpop_bundle_file_reader_next     (DpopBundleFileReader *self, GBytes **envelope,
                                           CosmicLabel *label, GCancellable *cancellable,
                                           GError **error);
/* Bytes read so far. */
guint64  dpop_bundle_file_reader_position (const DpopBundleFileReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopBundleFileWriter, dpop_bundle_file_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopBundleFileReader, dpop_bundle_file_reader_free)

G_END_DECLS
