/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-vault-seal.h"

#include <pthread.h>

G_BEGIN_DECLS

/* The write-ahead log on the disk [format]. SQLite sees its own format: a header of 32 bytes, then
 * frames of a 24-byte header and a page (https://sqlite.org/walformat.html). Stored are
 *
 *   0     header slot 0: sealed {sequence (8), floor (4), 0 (4), SQLite's header (32)}
 *   4096  header slot 1: likewise; the valid one with the higher sequence counts
 *   8192  32 bytes unused, then the frames: sealed {SQLite's frame header (24), page (4056)}
 *
 * A frame is one sealed record: its header holds a checksum of the plaintext, and its salts and
 * commit mark belong to its page. It has the size that SQLite gave it, for the seal takes the
 * page's 40 reserved bytes, so that 8192 bytes are all that is added, and sectors end where SQLite
 * thinks.
 *
 * The floor is the number of frames that a checkpoint may have copied into the database. Where one
 * of those fails to authenticate in recovery, ending there as at a torn tail would leave newer
 * pages in the database under older ones in the log: it is an error. It is durable before the first
 * page is copied. Numbers are little endian. */
#define DPOP_VAULT_WAL_HEADER_SIZE 32
#define DPOP_VAULT_WAL_FRAME_SIZE  4120
#define DPOP_VAULT_WAL_SLOT_STRIDE 4096
#define DPOP_VAULT_WAL_SHIFT       8192 /* from SQLite's offsets to those on the disk */
#define DPOP_VAULT_WAL_SLOT_PLAIN  48
#define DPOP_VAULT_WAL_SLOT_SIZE   (DPOP_VAULT_WAL_SLOT_PLAIN + DPOP_VAULT_SEAL_OVERHEAD)

/* What all connections know of the log. */
typedef struct
{
  pthread_mutex_t mutex;
  gboolean loaded; /* SEQUENCE is that of the file */
  guint64 sequence;
  gboolean known; /* HEADER and FLOOR are those of the file */
  guint8 header[DPOP_VAULT_WAL_HEADER_SIZE];
  guint32 floor;
  guint64 salts; /* atomic: of HEADER; 0 while not known */
} DpopVaultWal;

/* A frame on its way. SQLite hands it over in pieces: 24 and 4096 bytes, or, where a sector ends
 * within (and a sync comes between), at any byte. What is synced before the frame is whole is
 * sealed with the nonce that the whole will have. */
typedef struct
{
  gboolean active;
  guint64 frame; /* its offset, as SQLite counts */
  gsize received, flushed;
  guint8 nonce[COSMIC_XAES_NONCE_SIZE];
  guint8 bytes[DPOP_VAULT_WAL_FRAME_SIZE];
  guint64 last;   /* the frame that was added last, else 0 */
  guint64 reread; /* the frame that was read whole just before: its header is rewritten; else 0 */
} DpopVaultWalWriter;

/* The log is gone, or empty. */
void dpop_vault_wal_forget (DpopVaultWal *self);

G_END_DECLS
