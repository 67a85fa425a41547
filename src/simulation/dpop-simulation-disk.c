/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-simulation-disk.h"

#include <string.h>

typedef struct
{
  guint64 offset;
  GBytes *bytes; /* NULL: cut off at OFFSET */
} Write;

/* One file, while it is there. */
typedef struct
{
  char *name;
  GByteArray *seen;    /* as the program reads it */
  GByteArray *durable; /* as it would be without power */
  GQueue pending;      /* of Write, as they came */
} File;

struct _DpopSimulationDisk
{
  sqlite3_vfs vfs;
  char name[32];
  GPtrArray *files;
  guint left; /* writes until the power goes; 0: it stays */
  gboolean off;
};

typedef struct
{
  sqlite3_file base;
  DpopSimulationDisk *disk;
  File *file;
} Handle;

/* --- Writing. -------------------------------------------------------------------------------- */

static void
write_free (gpointer data)
{
  Write *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static void
put (GByteArray *array, guint64 offset, gconstpointer bytes, gsize size)
{
  const guint before = array->len;

  if (offset + size > before)
    {
      g_byte_array_set_size (array, (guint) (offset + size));
      memset (array->data + before, 0, array->len - before);
    }
  if (size > 0)
    memcpy (array->data + offset, bytes, size);
}

static void
cut_at (GByteArray *array, guint64 size)
{
  if (size < array->len)
    g_byte_array_set_size (array, (guint) size);
}

static void
apply (GByteArray *array, const Write *write, gsize most)
{
  if (write->bytes == NULL)
    cut_at (array, write->offset);
  else
    put (array, write->offset, g_bytes_get_data (write->bytes, NULL),
         MIN (most, g_bytes_get_size (write->bytes)));
}

static void
file_free (gpointer data)
{
  File *self = data;

  g_queue_clear_full (&self->pending, write_free);
  g_byte_array_unref (self->seen);
  g_byte_array_unref (self->durable);
  g_free (self->name);
  g_free (self);
}

/* Whether the power lasts for one more. */
static gboolean
lasts (DpopSimulationDisk *self)
{
  if (self->left > 0 && --self->left == 0)
    self->off = TRUE;
  return !self->off;
}

static void
note (File *file, guint64 offset, GBytes *bytes)
{
  Write *write = g_new0 (Write, 1);

  write->offset = offset;
  write->bytes = bytes;
  g_queue_push_tail (&file->pending, write);
  apply (file->seen, write, G_MAXSIZE);
}

/* --- The file. ------------------------------------------------------------------------------- */

static int
close_file (sqlite3_file *base)
{
  return SQLITE_OK;
}

static int
read_file (sqlite3_file *base, void *out, int size, sqlite3_int64 offset)
{
  Handle *self = (Handle *) base;
  const GByteArray *seen = self->file->seen;
  gsize there = (guint64) offset < seen->len ? MIN ((gsize) size, seen->len - (gsize) offset) : 0;

  if (self->disk->off)
    return SQLITE_IOERR_READ;
  if (there > 0)
    memcpy (out, seen->data + offset, there);
  memset ((guint8 *) out + there, 0, (gsize) size - there);
  return there == (gsize) size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
write_file (sqlite3_file *base, const void *in, int size, sqlite3_int64 offset)
{
  Handle *self = (Handle *) base;
  const gboolean off = self->disk->off;
  const gboolean good = lasts (self->disk);

  if (!off) /* the write during which the power goes is on its way as well */
    note (self->file, (guint64) offset, g_bytes_new (in, (gsize) size));
  return good ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

static int
truncate_file (sqlite3_file *base, sqlite3_int64 size)
{
  Handle *self = (Handle *) base;

  if (!lasts (self->disk))
    return SQLITE_IOERR_TRUNCATE;
  note (self->file, (guint64) size, NULL);
  return SQLITE_OK;
}

static int
sync_file (sqlite3_file *base, int flags)
{
  Handle *self = (Handle *) base;
  Write *write;

  if (!lasts (self->disk))
    return SQLITE_IOERR_FSYNC;
  while ((write = g_queue_pop_head (&self->file->pending)) != NULL)
    {
      apply (self->file->durable, write, G_MAXSIZE);
      write_free (write);
    }
  return SQLITE_OK;
}

static int
size_of_file (sqlite3_file *base, sqlite3_int64 *size)
{
  *size = ((Handle *) base)->file->seen->len;
  return SQLITE_OK;
}

static int
lock_file (sqlite3_file *base, int level)
{
  return SQLITE_OK;
}

static int
check_lock (sqlite3_file *base, int *reserved)
{
  *reserved = 0;
  return SQLITE_OK;
}

static int
control_file (sqlite3_file *base, int op, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
sector_size (sqlite3_file *base)
{
  return 4096;
}

static int
characteristics (sqlite3_file *base)
{
  return 0;
}

/* Version 1: no shared memory and no mapping, so that nothing goes past it. */
static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = size_of_file,
  .xLock = lock_file,
  .xUnlock = lock_file,
  .xCheckReservedLock = check_lock,
  .xFileControl = control_file,
  .xSectorSize = sector_size,
  .xDeviceCharacteristics = characteristics,
};

/* --- The file system. ------------------------------------------------------------------------ */

static File *
find (DpopSimulationDisk *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->files->len; i++)
    {
      File *file = self->files->pdata[i];

      if (strcmp (file->name, name) == 0)
        return file;
    }
  return NULL;
}

static int
open_file (sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  DpopSimulationDisk *self = vfs->pAppData;
  Handle *handle = (Handle *) base;
  File *file = find (self, name);

  base->pMethods = NULL;
  if (self->off)
    return SQLITE_CANTOPEN;
  if (file == NULL)
    {
      file = g_new0 (File, 1);
      file->name = g_strdup (name != NULL ? name : "");
      file->seen = g_byte_array_new ();
      file->durable = g_byte_array_new ();
      g_queue_init (&file->pending);
      g_ptr_array_add (self->files, file);
    }
  handle->disk = self;
  handle->file = file;
  base->pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
delete_file (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  DpopSimulationDisk *self = vfs->pAppData;
  File *file = find (self, name);

  if (!lasts (self))
    return SQLITE_IOERR_DELETE;
  if (file != NULL)
    g_ptr_array_remove (self->files, file);
  return SQLITE_OK;
}

static int
access_file (sqlite3_vfs *vfs, const char *name, int flags, int *there)
{
  *there = find (vfs->pAppData, name) != NULL;
  return SQLITE_OK;
}

static int
full_name (sqlite3_vfs *vfs, const char *name, int size, char *out)
{
  g_strlcpy (out, name, (gsize) size);
  return SQLITE_OK;
}

static int
fill_random (sqlite3_vfs *vfs, int size, char *out)
{
  memset (out, 0, (gsize) size);
  return size;
}

static int
sleep_for (sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
tell_time (sqlite3_vfs *vfs, double *days)
{
  *days = 2460000;
  return SQLITE_OK;
}

DpopSimulationDisk *
dpop_simulation_disk_new (void)
{
  static guint count = 0;
  DpopSimulationDisk *self = g_new0 (DpopSimulationDisk, 1);

  g_snprintf (self->name, sizeof self->name, "simulation-%u", count++);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->vfs = (sqlite3_vfs){
    .iVersion = 1,
    .szOsFile = sizeof (Handle),
    .mxPathname = 64,
    .zName = self->name,
    .pAppData = self,
    .xOpen = open_file,
    .xDelete = delete_file,
    .xAccess = access_file,
    .xFullPathname = full_name,
    .xRandomness = fill_random,
    .xSleep = sleep_for,
    .xCurrentTime = tell_time,
  };
  sqlite3_vfs_register (&self->vfs, 0);
  return self;
}

void
dpop_simulation_disk_free (DpopSimulationDisk *self)
{
  sqlite3_vfs_unregister (&self->vfs);
  g_ptr_array_unref (self->files);
  g_free (self);
}

sqlite3 *
dpop_simulation_disk_open (DpopSimulationDisk *self)
{
  static const char pragmas[] = "PRAGMA locking_mode = EXCLUSIVE;"
                                "PRAGMA journal_mode = WAL;"
                                "PRAGMA synchronous = FULL;"
                                "PRAGMA temp_store = 2;"
                                "PRAGMA wal_autocheckpoint = 64";
  sqlite3 *connection;

  if (sqlite3_open_v2 ("log", &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, self->name)
          == SQLITE_OK
      && sqlite3_exec (connection, pragmas, NULL, NULL, NULL) == SQLITE_OK)
    return connection;
  sqlite3_close (connection);
  return NULL;
}

/* --- Power. ---------------------------------------------------------------------------------- */

void
dpop_simulation_disk_cut (DpopSimulationDisk *self, guint n)
{
  self->left = n;
}

gboolean
dpop_simulation_disk_is_off (const DpopSimulationDisk *self)
{
  return self->off;
}

void
dpop_simulation_disk_off (DpopSimulationDisk *self)
{
  self->off = TRUE;
}

static void
come_back (File *file, DpopSimulationRandom *random)
{
  Write *write;

  while ((write = g_queue_pop_head (&file->pending)) != NULL)
    {
      guint fate = dpop_simulation_random_below (random, 3);
      gsize size = write->bytes != NULL ? g_bytes_get_size (write->bytes) : 0;

      if (fate == 1)
        apply (file->durable, write, G_MAXSIZE);
      else if (fate == 2 && size > 0)
        apply (file->durable, write, dpop_simulation_random_below (random, (guint) size));
      write_free (write);
    }
  g_byte_array_set_size (file->seen, 0);
  g_byte_array_append (file->seen, file->durable->data, file->durable->len);
}

void
dpop_simulation_disk_on (DpopSimulationDisk *self, DpopSimulationRandom *random)
{
  for (guint i = 0; i < self->files->len; i++)
    come_back (self->files->pdata[i], random);
  self->off = FALSE;
  self->left = 0;
}
