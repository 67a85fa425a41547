/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-vfs-private.h"

#include <string.h>

#define FRAME_HEADER 24
#define FRAME_PLAIN  (DPOP_VAULT_WAL_FRAME_SIZE - DPOP_VAULT_SEAL_OVERHEAD)
#define SALTS_SIZE   8
#define SALTS_AT     16 /* in the log's header */
#define FRAME_SALTS  8  /* in a frame's */
#define FRAME_SUM    16
#define SUM_SIZE     8
#define SUM_AT       24

G_STATIC_ASSERT (FRAME_PLAIN == FRAME_HEADER + DPOP_VAULT_PAGE_SIZE - DPOP_VAULT_SEAL_OVERHEAD);

static DpopVaultFile *
locked (sqlite3_file *base)
{
  DpopVaultFile *self = (DpopVaultFile *) base;

  pthread_mutex_lock (&self->mutex);
  return self;
}

static int
unlocked (DpopVaultFile *self, int rc)
{
  pthread_mutex_unlock (&self->mutex);
  return rc;
}

static int
disk_write (DpopVaultFile *self, gconstpointer bytes, gsize size, guint64 offset)
{
  DpopVaultVfs *vfs = self->vfs;

  return dpop_vault_vfs_code (vfs, vfs->disk.table->write (vfs->disk.self, self->file, bytes, size,
                                                           offset), SQLITE_IOERR_WRITE);
}

static int
disk_sync (DpopVaultFile *self)
{
  DpopVaultVfs *vfs = self->vfs;

  return dpop_vault_vfs_code (vfs, vfs->disk.table->sync (vfs->disk.self, self->file),
                              SQLITE_IOERR_FSYNC);
}

static int
disk_size (DpopVaultFile *self, guint64 *size)
{
  DpopVaultVfs *vfs = self->vfs;

  return dpop_vault_vfs_code (vfs, vfs->disk.table->size (vfs->disk.self, self->file, size),
                              SQLITE_IOERR_FSTAT);
}

/* ---- The header ---- */

static void
set_header (DpopVaultWal *wal, const guint8 header[DPOP_VAULT_WAL_HEADER_SIZE], guint32 floor)
{
  guint64 salts;

  wal->known = TRUE;
  wal->floor = floor;
  memcpy (wal->header, header, DPOP_VAULT_WAL_HEADER_SIZE);
  memcpy (&salts, header + SALTS_AT, SALTS_SIZE);
  __atomic_store_n (&wal->salts, salts, __ATOMIC_RELEASE);
}

void
dpop_vault_wal_forget (DpopVaultWal *self)
{
  pthread_mutex_lock (&self->mutex);
  self->known = FALSE;
  self->floor = 0;
  __atomic_store_n (&self->salts, 0, __ATOMIC_RELEASE);
  pthread_mutex_unlock (&self->mutex);
}

/* What the file says. */
typedef struct
{
  gboolean known;
  guint64 sequence;
  guint32 floor;
  guint8 header[DPOP_VAULT_WAL_HEADER_SIZE];
} Stored;

/* Takes SLOT over into STORED if it is valid and the newest so far. */
static int
load_slot (DpopVaultFile *self, Stored *stored, guint slot)
{
  DpopVaultVfs *vfs = self->vfs;
  guint8 sealed[DPOP_VAULT_WAL_SLOT_SIZE], plain[DPOP_VAULT_WAL_SLOT_PLAIN];
  guint64 offset = slot * (guint64) DPOP_VAULT_WAL_SLOT_STRIDE, sequence;
  gssize got = vfs->disk.table->read (vfs->disk.self, self->file, sealed, sizeof sealed, offset);
  CosmicXaesVerdict verdict;

  if (got < 0)
    return dpop_vault_vfs_code (vfs, (int) got, SQLITE_IOERR_READ);
  if ((gsize) got < sizeof sealed)
    return SQLITE_OK;
  verdict = dpop_vault_seal_open (&self->seal, DPOP_VAULT_SEAL_HEADER, offset, sealed,
                                  sizeof sealed, plain);
  if (verdict != COSMIC_XAES_GOOD)
    return verdict == COSMIC_XAES_FORGED ? SQLITE_OK : SQLITE_IOERR_NOMEM;
  memcpy (&sequence, plain, sizeof sequence);
  sequence = GUINT64_FROM_LE (sequence);
  if (sequence % 2 != slot || (stored->known && sequence <= stored->sequence))
    return SQLITE_OK;
  stored->known = TRUE;
  stored->sequence = sequence;
  memcpy (&stored->floor, plain + 8, sizeof stored->floor);
  stored->floor = GUINT32_FROM_LE (stored->floor);
  memcpy (stored->header, plain + 16, DPOP_VAULT_WAL_HEADER_SIZE);
  return SQLITE_OK;
}

/* Reads the header anew; what was known stays when the disk fails. No slot is valid before the
 * first sync of a new log: then there are no frames either. */
static int
load_header (DpopVaultFile *self, DpopVaultWal *wal)
{
  Stored stored = { 0 };
  guint64 size, least = DPOP_VAULT_WAL_SHIFT + DPOP_VAULT_WAL_HEADER_SIZE;
  int rc;

  if ((rc = load_slot (self, &stored, 0)) != SQLITE_OK
      || (rc = load_slot (self, &stored, 1)) != SQLITE_OK
      || (rc = disk_size (self, &size)) != SQLITE_OK)
    return rc;
  wal->loaded = TRUE;
  wal->sequence = MAX (wal->sequence, stored.sequence);
  wal->known = FALSE;
  if (!stored.known)
    return size > least ? SQLITE_IOERR_DATA : SQLITE_OK;
  set_header (wal, stored.header, stored.floor);
  least += (guint64) stored.floor * DPOP_VAULT_WAL_FRAME_SIZE;
  return stored.floor > 0 && size < least ? SQLITE_IOERR_DATA : SQLITE_OK;
}

/* Into the slot that does not hold the newest. */
static int
store_header (DpopVaultFile *self, DpopVaultFile *log, DpopVaultWal *wal,
              const guint8 header[DPOP_VAULT_WAL_HEADER_SIZE], guint32 floor)
{
  guint8 plain[DPOP_VAULT_WAL_SLOT_PLAIN] = { 0 }, sealed[DPOP_VAULT_WAL_SLOT_SIZE];
  guint64 sequence = wal->sequence + 1, stored_sequence = GUINT64_TO_LE (sequence);
  guint64 offset = sequence % 2 * DPOP_VAULT_WAL_SLOT_STRIDE;
  guint32 stored_floor = GUINT32_TO_LE (floor);
  int rc;

  memcpy (plain, &stored_sequence, sizeof stored_sequence);
  memcpy (plain + 8, &stored_floor, sizeof stored_floor);
  memcpy (plain + 16, header, DPOP_VAULT_WAL_HEADER_SIZE);
  if (!dpop_vault_seal_close (&self->seal, DPOP_VAULT_SEAL_HEADER, offset, NULL, plain,
                              sizeof plain, sealed))
    return SQLITE_IOERR_NOMEM;
  /* A write that failed may have reached the disk all the same: its number is spent. */
  wal->sequence = sequence;
  rc = disk_write (log, sealed, sizeof sealed, offset);
  if (rc == SQLITE_OK)
    set_header (wal, header, floor);
  return rc;
}

static int
write_header (DpopVaultFile *self, const guint8 header[DPOP_VAULT_WAL_HEADER_SIZE])
{
  DpopVaultWal *wal = &self->vfs->wal;
  int rc = SQLITE_OK;

  pthread_mutex_lock (&wal->mutex);
  if (!wal->loaded && (rc = load_header (self, wal)) == SQLITE_IOERR_DATA)
    rc = SQLITE_OK; /* what is there is given up, but its sequence was read */
  if (rc == SQLITE_OK)
    rc = store_header (self, self, wal, header, 0);
  pthread_mutex_unlock (&wal->mutex);
  return rc;
}

/* Frames that a checkpoint relies on, of those it may copy. Where a torn write harms the bytes
 * beside it, SQLite fills the sector behind a commit with a copy of the commit's last frame, and
 * that one's end may be harmed by the frame that follows: nothing is lost with it. */
static guint32
relied_on (const DpopVaultVfs *vfs, guint32 frames)
{
  guint64 end = DPOP_VAULT_WAL_HEADER_SIZE + (guint64) frames * DPOP_VAULT_WAL_FRAME_SIZE;
  gboolean exposed = !vfs->disk.powersafe_overwrite && end % vfs->disk.sector_size != 0;

  return exposed && frames > 0 ? frames - 1 : frames;
}

int
dpop_vault_wal_raise_floor (DpopVaultFile *database)
{
  DpopVaultWal *wal = &database->vfs->wal;
  guint32 attempted = relied_on (database->vfs,
                                 dpop_vault_index_attempted (&database->vfs->index));
  int rc = SQLITE_OK;

  if (database->wal == NULL)
    return SQLITE_OK;
  pthread_mutex_lock (&wal->mutex);
  if (wal->known && attempted > wal->floor
      && (rc = store_header (database, database->wal, wal, wal->header, attempted)) == SQLITE_OK)
    if ((rc = disk_sync (database->wal)) != SQLITE_OK)
      wal->floor = 0; /* to be written again */
  pthread_mutex_unlock (&wal->mutex);
  return rc;
}

/* SQLite's header; zeros while there is none. */
static int
get_header (DpopVaultFile *self, gboolean anew, guint8 header[DPOP_VAULT_WAL_HEADER_SIZE])
{
  DpopVaultWal *wal = &self->vfs->wal;
  int rc = SQLITE_OK;

  pthread_mutex_lock (&wal->mutex);
  if (anew || !wal->known)
    rc = load_header (self, wal);
  if (rc == SQLITE_OK && wal->known)
    memcpy (header, wal->header, DPOP_VAULT_WAL_HEADER_SIZE);
  else
    memset (header, 0, DPOP_VAULT_WAL_HEADER_SIZE);
  pthread_mutex_unlock (&wal->mutex);
  return rc;
}

/* Recovery reads it from its beginning; a commit that rewrites all frames reads the checksum alone.
 */
static int
read_header (DpopVaultFile *self, guint8 *out, gsize size, guint64 offset)
{
  guint8 header[DPOP_VAULT_WAL_HEADER_SIZE];
  int rc = get_header (self, offset == 0, header);

  memcpy (out, header + offset, size);
  return rc;
}

/* ---- Reading frames ---- */

static guint64
frame_of (guint64 offset)
{
  return offset - (offset - DPOP_VAULT_WAL_HEADER_SIZE) % DPOP_VAULT_WAL_FRAME_SIZE;
}

static gboolean
is_recovering (const DpopVaultFile *self)
{
  return self->database != NULL && dpop_vault_index_is_recovering (&self->database->user);
}

/* Whether the frame belongs to the log's present round. Once a transaction has replaced a page, the
 * frames that follow have zeros for salts until its commit rewrites their headers. */
static gboolean
has_salts (DpopVaultFile *self, const guint8 plain[FRAME_PLAIN])
{
  guint64 salts;

  memcpy (&salts, plain + FRAME_SALTS, SALTS_SIZE);
  return salts == __atomic_load_n (&self->vfs->wal.salts, __ATOMIC_ACQUIRE)
         || (salts == 0 && !is_recovering (self));
}

/* The plaintext of the frame at FRAME to OUT, which takes FRAME_PLAIN bytes. A frame of an earlier
 * round is as wrong as one that was altered. SQLITE_IOERR_SHORT_READ beyond the end. */
static int
open_frame (DpopVaultFile *self, guint64 frame, guint8 *out)
{
  DpopVaultVfs *vfs = self->vfs;
  gssize got = vfs->disk.table->read (vfs->disk.self, self->file, self->sealed,
                                      DPOP_VAULT_WAL_FRAME_SIZE, DPOP_VAULT_WAL_SHIFT + frame);

  if (got < 0)
    return dpop_vault_vfs_code (vfs, (int) got, SQLITE_IOERR_READ);
  if (got < DPOP_VAULT_WAL_FRAME_SIZE)
    return SQLITE_IOERR_SHORT_READ;
  switch (dpop_vault_seal_open (&self->seal, DPOP_VAULT_SEAL_FRAME, frame, self->sealed,
                                DPOP_VAULT_WAL_FRAME_SIZE, out))
    {
    case COSMIC_XAES_GOOD:
      return has_salts (self, out) ? SQLITE_OK : SQLITE_IOERR_DATA;
    case COSMIC_XAES_FORGED:
      return SQLITE_IOERR_DATA;
    case COSMIC_XAES_UNCHECKED:
    default:
      return SQLITE_IOERR_NOMEM;
    }
}

/* A whole frame. In recovery, one that does not open is handed over as zeros (no page has number
 * 0), and SQLite ends the log there, unless a checkpoint relied on it. */
static int
read_whole_frame (DpopVaultFile *self, guint8 *out, guint64 frame)
{
  guint64 number = (frame - DPOP_VAULT_WAL_HEADER_SIZE) / DPOP_VAULT_WAL_FRAME_SIZE + 1;
  DpopVaultWal *wal = &self->vfs->wal;
  gboolean is_relied_on;
  int rc = open_frame (self, frame, out);

  memset (out + FRAME_PLAIN, 0, DPOP_VAULT_SEAL_OVERHEAD);
  if (rc != SQLITE_OK)
    memset (out, 0, FRAME_PLAIN);
  if (!is_recovering (self))
    {
      self->writer.reread = rc == SQLITE_OK ? frame : 0;
      memcpy (self->plain, out, FRAME_PLAIN);
      return rc;
    }
  pthread_mutex_lock (&wal->mutex);
  is_relied_on = number <= wal->floor;
  pthread_mutex_unlock (&wal->mutex);
  return rc == SQLITE_IOERR_DATA && !is_relied_on ? SQLITE_OK : rc;
}

/* The page of a frame: what SQLite reads all the time. OUT is as long as the page, which is more
 * than the frame's plaintext. */
static int
read_page (DpopVaultFile *self, guint8 *out, guint64 frame)
{
  int rc = open_frame (self, frame, out);

  if (rc == SQLITE_OK)
    memmove (out, out + FRAME_HEADER, FRAME_PLAIN - FRAME_HEADER);
  else
    memset (out, 0, FRAME_PLAIN - FRAME_HEADER);
  memset (out + FRAME_PLAIN - FRAME_HEADER, 0, DPOP_VAULT_SEAL_OVERHEAD);
  return rc;
}

static int
store_frame (DpopVaultFile *self, const guint8 *nonce, const guint8 *bytes, guint64 frame,
             gsize from, gsize to)
{
  if (!dpop_vault_seal_close (&self->seal, DPOP_VAULT_SEAL_FRAME, frame, nonce, bytes, FRAME_PLAIN,
                              self->sealed))
    return SQLITE_IOERR_NOMEM;
  return disk_write (self, self->sealed + from, to - from, DPOP_VAULT_WAL_SHIFT + frame + from);
}

static gboolean
is_zero (const guint8 *bytes, gsize size)
{
  guint8 sum = 0;

  for (gsize i = 0; i < size; i++)
    sum |= bytes[i];
  return sum == 0;
}

/* ---- The chain of checksums ---- */

/* SQLite's checksum of the log: https://sqlite.org/fileformat2.html, section 4.2. */
static void
add_to_sum (guint32 sum[2], const guint8 *bytes, gsize size, gboolean big_endian)
{
  for (gsize i = 0; i < size; i += 8)
    {
      guint32 word[2];

      memcpy (word, bytes + i, sizeof word);
      for (guint j = 0; j < 2; j++)
        {
          word[j] = big_endian ? GUINT32_FROM_BE (word[j]) : GUINT32_FROM_LE (word[j]);
          sum[j] += word[j] + sum[1 - j];
        }
    }
}

static void
get_sum (guint32 sum[2], const guint8 *bytes)
{
  for (guint i = 0; i < 2; i++)
    {
      memcpy (&sum[i], bytes + 4 * i, 4);
      sum[i] = GUINT32_FROM_BE (sum[i]);
    }
}

static void
put_sum (const guint32 sum[2], guint8 *bytes)
{
  for (guint i = 0; i < 2; i++)
    {
      guint32 stored = GUINT32_TO_BE (sum[i]);

      memcpy (bytes + 4 * i, &stored, 4);
    }
}

/* Gives the frame in PLAIN its salts and its checksum after SUM, and stores it. */
static int
link_frame (DpopVaultFile *self, guint64 frame, guint32 sum[2],
            const guint8 header[DPOP_VAULT_WAL_HEADER_SIZE])
{
  gboolean big_endian = (header[3] & 1) != 0;

  memset (self->plain + FRAME_PLAIN, 0, DPOP_VAULT_SEAL_OVERHEAD);
  add_to_sum (sum, self->plain, FRAME_SALTS, big_endian);
  add_to_sum (sum, self->plain + FRAME_HEADER, DPOP_VAULT_PAGE_SIZE, big_endian);
  memcpy (self->plain + FRAME_SALTS, header + SALTS_AT, SALTS_SIZE);
  put_sum (sum, self->plain + FRAME_SUM);
  return store_frame (self, NULL, self->plain, frame, 0, DPOP_VAULT_WAL_FRAME_SIZE);
}

static gboolean
is_linked (const guint8 plain[FRAME_PLAIN])
{
  return !is_zero (plain + FRAME_SALTS, SALTS_SIZE);
}

/* The checksum of a frame, from which SQLite goes on when a commit rewrites those behind it.
 *
 * SQLite up to (at least) 3.40.1 forgets on ROLLBACK TO how far the log went back: it still takes
 * the first frame that was replaced for the first to be rewritten, though frames before it were
 * written anew without a checksum, or the log now ends before it. Such a commit would be taken for
 * a torn tail after a crash, and all that follow with it. So the frames that were left out are
 * linked here, and what is answered is the checksum of the last frame at most. */
static int
read_sum (DpopVaultFile *self, guint8 *out, guint64 frame)
{
  guint8 header[DPOP_VAULT_WAL_HEADER_SIZE];
  guint64 first, end = self->writer.last > 0 ? MIN (frame, self->writer.last) : frame;
  guint32 sum[2];
  int rc = get_header (self, FALSE, header);

  memset (out, 0, SUM_SIZE);
  for (first = end; rc == SQLITE_OK; first -= DPOP_VAULT_WAL_FRAME_SIZE)
    {
      if ((rc = open_frame (self, first, self->plain)) != SQLITE_OK)
        return rc;
      get_sum (sum, self->plain + FRAME_SUM);
      if (is_linked (self->plain))
        break;
      get_sum (sum, header + SUM_AT);
      if (first == DPOP_VAULT_WAL_HEADER_SIZE)
        {
          rc = link_frame (self, first, sum, header);
          break;
        }
    }
  while (rc == SQLITE_OK && first < end)
    {
      first += DPOP_VAULT_WAL_FRAME_SIZE;
      if ((rc = open_frame (self, first, self->plain)) == SQLITE_OK)
        rc = link_frame (self, first, sum, header);
    }
  put_sum (sum, out);
  return rc;
}

static int
read_slice (DpopVaultFile *self, guint8 *out, gsize size, guint64 offset)
{
  guint64 frame = frame_of (offset);
  gsize from = (gsize) (offset - frame);
  int rc;

  if (from + size > DPOP_VAULT_WAL_FRAME_SIZE)
    return SQLITE_IOERR_READ;
  if (from == FRAME_SUM && size == SUM_SIZE && !is_recovering (self))
    return read_sum (self, out, frame);
  rc = open_frame (self, frame, self->plain);
  memset (self->plain + FRAME_PLAIN, 0, DPOP_VAULT_SEAL_OVERHEAD);
  if (rc == SQLITE_OK)
    memcpy (out, self->plain + from, size);
  else
    memset (out, 0, size);
  return rc;
}

static int
wal_read (sqlite3_file *base, void *out, int amount, sqlite3_int64 at)
{
  DpopVaultFile *self = locked (base);
  gsize size = (gsize) amount;
  guint64 offset = (guint64) at;

  self->writer.reread = 0;
  if (self->seal.xaes == NULL)
    {
      memset (out, 0, size);
      return unlocked (self, SQLITE_IOERR_AUTH);
    }
  if (offset < DPOP_VAULT_WAL_HEADER_SIZE)
    return unlocked (self, offset + size <= DPOP_VAULT_WAL_HEADER_SIZE
                               ? read_header (self, out, size, offset)
                               : SQLITE_IOERR_READ);
  if (size == DPOP_VAULT_WAL_FRAME_SIZE && frame_of (offset) == offset)
    return unlocked (self, read_whole_frame (self, out, offset));
  if (size == DPOP_VAULT_PAGE_SIZE && frame_of (offset) + FRAME_HEADER == offset)
    return unlocked (self, read_page (self, out, frame_of (offset)));
  return unlocked (self, read_slice (self, out, size, offset));
}

/* ---- Writing frames ---- */

/* Writes what has come of the frame so far. */
static int
flush (DpopVaultFile *self)
{
  DpopVaultWalWriter *writer = &self->writer;
  int rc = SQLITE_OK;

  if (writer->active && writer->received > writer->flushed)
    rc = store_frame (self, writer->nonce, writer->bytes, writer->frame, writer->flushed,
                      writer->received);
  if (rc == SQLITE_OK)
    writer->flushed = writer->received;
  return rc;
}

static int
append (DpopVaultFile *self, const guint8 *bytes, gsize size)
{
  DpopVaultWalWriter *writer = &self->writer;
  int rc;

  memcpy (writer->bytes + writer->received, bytes, size);
  writer->received += size;
  if (writer->received < DPOP_VAULT_WAL_FRAME_SIZE)
    return SQLITE_OK;
  rc = is_zero (writer->bytes + FRAME_PLAIN, DPOP_VAULT_SEAL_OVERHEAD) ? flush (self)
                                                                       : SQLITE_IOERR_WRITE;
  writer->active = FALSE;
  writer->last = writer->frame;
  return rc;
}

static int
begin (DpopVaultFile *self, const guint8 *bytes, gsize size, guint64 frame)
{
  DpopVaultWalWriter *writer = &self->writer;

  writer->active = TRUE;
  writer->frame = frame;
  writer->received = writer->flushed = 0;
  memset (writer->bytes, 0, sizeof writer->bytes);
  dpop_vault_seal_nonce (&self->seal, writer->nonce);
  return append (self, bytes, size);
}

/* A page that changes again within its transaction takes the place of its first version. */
static int
replace_page (DpopVaultFile *self, const guint8 *page, guint64 frame)
{
  int rc;

  if (!is_zero (page + FRAME_PLAIN - FRAME_HEADER, DPOP_VAULT_SEAL_OVERHEAD))
    return SQLITE_IOERR_WRITE;
  if ((rc = open_frame (self, frame, self->plain)) != SQLITE_OK)
    return rc;
  memcpy (self->plain + FRAME_HEADER, page, FRAME_PLAIN - FRAME_HEADER);
  return store_frame (self, NULL, self->plain, frame, 0, DPOP_VAULT_WAL_FRAME_SIZE);
}

/* After that, the checksums of the frames behind it: walRewriteChecksums() reads each frame whole
 * and writes its header anew. The frame is in PLAIN. */
static int
replace_header (DpopVaultFile *self, const guint8 *header, guint64 frame)
{
  memcpy (self->plain, header, FRAME_HEADER);
  return store_frame (self, NULL, self->plain, frame, 0, DPOP_VAULT_WAL_FRAME_SIZE);
}

static int
write_frame (DpopVaultFile *self, const guint8 *bytes, gsize size, guint64 offset, guint64 reread)
{
  DpopVaultWalWriter *writer = &self->writer;
  guint64 frame = frame_of (offset);
  gsize from = (gsize) (offset - frame);

  if (from + size > DPOP_VAULT_WAL_FRAME_SIZE)
    return SQLITE_IOERR_WRITE;
  if (writer->active && writer->frame == frame && from == writer->received && from > 0)
    return append (self, bytes, size);
  writer->active = FALSE;
  if (from == 0 && size == FRAME_HEADER && reread == frame)
    return replace_header (self, bytes, frame);
  if (from == 0)
    return begin (self, bytes, size, frame);
  if (from == FRAME_HEADER && size == DPOP_VAULT_PAGE_SIZE)
    return replace_page (self, bytes, frame);
  return SQLITE_IOERR_WRITE;
}

static int
wal_write (sqlite3_file *base, const void *bytes, int amount, sqlite3_int64 at)
{
  DpopVaultFile *self = locked (base);
  guint64 reread = self->writer.reread;

  self->writer.reread = 0;
  if (self->seal.xaes == NULL)
    return unlocked (self, SQLITE_IOERR_AUTH);
  if (at >= DPOP_VAULT_WAL_HEADER_SIZE)
    return unlocked (self, write_frame (self, bytes, (gsize) amount, (guint64) at, reread));
  return unlocked (self, at == 0 && amount == DPOP_VAULT_WAL_HEADER_SIZE
                             ? write_header (self, bytes)
                             : SQLITE_IOERR_WRITE);
}

/* ---- The file ---- */

static int
wal_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  DpopVaultFile *self = locked (base);
  DpopVaultVfs *vfs = self->vfs;
  guint64 stored = size > 0 ? (guint64) size + DPOP_VAULT_WAL_SHIFT : 0;
  int rc = SQLITE_IOERR_AUTH;

  if (self->seal.xaes != NULL)
    rc = dpop_vault_vfs_code (vfs, vfs->disk.table->truncate (vfs->disk.self, self->file, stored),
                              SQLITE_IOERR_TRUNCATE);
  self->writer.reread = 0;
  self->writer.active = FALSE;
  if (rc == SQLITE_OK && size == 0)
    dpop_vault_wal_forget (&vfs->wal);
  return unlocked (self, rc);
}

static int
wal_sync (sqlite3_file *base, int flags)
{
  DpopVaultFile *self = locked (base);
  DpopVaultVfs *vfs = self->vfs;
  int rc;

  self->writer.reread = 0;
  if (self->seal.xaes == NULL)
    return unlocked (self, SQLITE_IOERR_AUTH);
  if ((rc = flush (self)) == SQLITE_OK)
    rc = disk_sync (self);
  if (rc == SQLITE_OK && !__atomic_load_n (&vfs->names_are_durable, __ATOMIC_ACQUIRE))
    {
      g_autofree char *folder = g_path_get_dirname (vfs->path);

      rc = dpop_vault_vfs_code (vfs, vfs->disk.table->sync_folder (vfs->disk.self, folder),
                                SQLITE_IOERR_DIR_FSYNC);
      if (rc == SQLITE_OK)
        __atomic_store_n (&vfs->names_are_durable, TRUE, __ATOMIC_RELEASE);
    }
  return unlocked (self, rc);
}

static int
wal_size (sqlite3_file *base, sqlite3_int64 *size)
{
  DpopVaultFile *self = locked (base);
  guint64 stored = 0;
  int rc = disk_size (self, &stored);

  *size = stored > DPOP_VAULT_WAL_SHIFT ? (sqlite3_int64) (stored - DPOP_VAULT_WAL_SHIFT) : 0;
  return unlocked (self, rc);
}

static int
wal_close (sqlite3_file *base)
{
  DpopVaultFile *self = (DpopVaultFile *) base;

  if (self->database != NULL)
    self->database->wal = NULL;
  dpop_vault_vfs_close_file (self);
  return SQLITE_OK;
}

static int
wal_lock (sqlite3_file *base, int level)
{
  return SQLITE_OK;
}

static int
wal_check (sqlite3_file *base, int *reserved)
{
  *reserved = 0;
  return SQLITE_OK;
}

static int
wal_control (sqlite3_file *base, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
wal_sector_size (sqlite3_file *base)
{
  return (int) ((DpopVaultFile *) base)->vfs->disk.sector_size;
}

static int
wal_characteristics (sqlite3_file *base)
{
  return dpop_vault_vfs_characteristics (((DpopVaultFile *) base)->vfs);
}

const sqlite3_io_methods dpop_vault_wal_methods = {
  .iVersion = 1,
  .xClose = wal_close,
  .xRead = wal_read,
  .xWrite = wal_write,
  .xTruncate = wal_truncate,
  .xSync = wal_sync,
  .xFileSize = wal_size,
  .xLock = wal_lock,
  .xUnlock = wal_lock,
  .xCheckReservedLock = wal_check,
  .xFileControl = wal_control,
  .xSectorSize = wal_sector_size,
  .xDeviceCharacteristics = wal_characteristics,
};
