/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-disk.h"

#include <errno.h>
#include <malloc.h>
#include <string.h>

#define SECTOR 512

/* A change of a file's data; BYTES NULL: a truncation to OFFSET. */
typedef struct
{
  guint64 offset;
  GBytes *bytes;
} Write;

/* Shared by the disk, and the names and handles that lead to it. PENDING is what DURABLE lacks of
 * LIVE. */
typedef struct
{
  gint references;
  guint number; /* the same in a record and its replay */
  GByteArray *live, *durable;
  GPtrArray *pending; /* of Write */
} Inode;

typedef enum
{
  CHANGE_WRITE,
  CHANGE_SYNC,
  CHANGE_CREATE,
  CHANGE_REMOVE,
  CHANGE_RENAME,
  CHANGE_SYNC_FOLDER,
} ChangeKind;

typedef struct
{
  ChangeKind kind;
  guint inode;
  Write *write;
  char *path, *to;
} Change;

struct _FixtureDisk
{
  GMutex mutex;
  GHashTable *live, *durable; /* path to Inode */
  GPtrArray *name_changes;    /* of Change: what DURABLE lacks of LIVE */
  GHashTable *inodes;         /* number to Inode: every one that ever was */
  guint next_inode;
  GPtrArray *record; /* of Change, or NULL */
  FixtureDisk *origin;
  gboolean claimed;
  guint fail_in;
  int fail_error;
  gboolean fail_for_good, failed;
  char *canary;
  guint sightings;
  guint64 searched;
};

static Write *
write_new (guint64 offset, GBytes *bytes)
{
  Write *write = g_new0 (Write, 1);

  write->offset = offset;
  write->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  return write;
}

static void
write_free (gpointer data)
{
  Write *write = data;

  if (write == NULL)
    return;
  g_clear_pointer (&write->bytes, g_bytes_unref);
  g_free (write);
}

static void
change_free (gpointer data)
{
  Change *change = data;

  write_free (change->write);
  g_free (change->path);
  g_free (change->to);
  g_free (change);
}

/* Borrowed from the disk. */
static Inode *
inode_new (FixtureDisk *self, guint number)
{
  Inode *inode = g_new0 (Inode, 1);

  inode->references = 1;
  inode->number = number;
  self->next_inode = MAX (self->next_inode, number + 1);
  inode->live = g_byte_array_new ();
  inode->durable = g_byte_array_new ();
  inode->pending = g_ptr_array_new_with_free_func (write_free);
  g_hash_table_insert (self->inodes, GUINT_TO_POINTER (inode->number), inode);
  return inode;
}

static Inode *
inode_ref (Inode *inode)
{
  inode->references++;
  return inode;
}

static void
inode_unref (gpointer data)
{
  Inode *inode = data;

  if (--inode->references > 0)
    return;
  g_byte_array_unref (inode->live);
  g_byte_array_unref (inode->durable);
  g_ptr_array_unref (inode->pending);
  g_free (inode);
}

static void
apply (GByteArray *bytes, const Write *write)
{
  gsize size = 0;
  const guint8 *data = write->bytes != NULL ? g_bytes_get_data (write->bytes, &size) : NULL;
  guint old = bytes->len;
  guint64 end = data != NULL ? MAX (old, write->offset + size) : write->offset;

  g_assert_cmpuint (end, <, 1u << 30);
  if (end != old)
    g_byte_array_set_size (bytes, (guint) end);
  if (end > old)
    memset (bytes->data + old, 0, end - old);
  if (data != NULL)
    memcpy (bytes->data + write->offset, data, size);
}

static void
inode_write (Inode *inode, const Write *write)
{
  apply (inode->live, write);
  g_ptr_array_add (inode->pending, write_new (write->offset, write->bytes));
}

static void
inode_sync (Inode *inode)
{
  for (guint i = 0; i < inode->pending->len; i++)
    apply (inode->durable, g_ptr_array_index (inode->pending, i));
  g_ptr_array_set_size (inode->pending, 0);
}

FixtureDisk *
fixture_disk_new (void)
{
  FixtureDisk *self = g_new0 (FixtureDisk, 1);

  /* Disks come and go by the thousand: their memory is not to be fetched from the kernel anew. */
  mallopt (M_MMAP_THRESHOLD, 1 << 28);
  mallopt (M_TRIM_THRESHOLD, 1 << 28);
  g_mutex_init (&self->mutex);
  self->live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, inode_unref);
  self->durable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, inode_unref);
  self->name_changes = g_ptr_array_new_with_free_func (change_free);
  self->inodes = g_hash_table_new_full (NULL, NULL, NULL, inode_unref);
  return self;
}

void
fixture_disk_free (FixtureDisk *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->live);
  g_hash_table_unref (self->durable);
  g_ptr_array_unref (self->name_changes);
  g_hash_table_unref (self->inodes);
  g_clear_pointer (&self->record, g_ptr_array_unref);
  fixture_disk_free (self->origin);
  g_free (self->canary);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

FixtureDisk *
fixture_disk_clone (FixtureDisk *self)
{
  FixtureDisk *copy = fixture_disk_new ();
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      const Inode *from = value;
      Inode *inode = inode_new (copy, from->number);

      g_byte_array_append (inode->live, from->live->data, from->live->len);
      g_byte_array_append (inode->durable, from->live->data, from->live->len);
      g_hash_table_insert (copy->live, g_strdup (path), inode_ref (inode));
      g_hash_table_insert (copy->durable, g_strdup (path), inode_ref (inode));
    }
  copy->next_inode = self->next_inode;
  return copy;
}

/* ---- Changes ---- */

static void
apply_name (FixtureDisk *self, GHashTable *names, const Change *change)
{
  Inode *inode;

  switch (change->kind)
    {
    case CHANGE_CREATE:
      inode = g_hash_table_lookup (self->inodes, GUINT_TO_POINTER (change->inode));
      g_hash_table_insert (names, g_strdup (change->path), inode_ref (inode));
      break;
    case CHANGE_REMOVE:
      g_hash_table_remove (names, change->path);
      break;
    case CHANGE_RENAME:
      if ((inode = g_hash_table_lookup (names, change->path)) != NULL)
        {
          g_hash_table_insert (names, g_strdup (change->to), inode_ref (inode));
          g_hash_table_remove (names, change->path);
        }
      break;
    case CHANGE_WRITE:
    case CHANGE_SYNC:
    case CHANGE_SYNC_FOLDER:
    default:
      g_assert_not_reached ();
    }
}

static Change *
change_copy (const Change *change)
{
  Change *copy = g_new0 (Change, 1);

  copy->kind = change->kind;
  copy->inode = change->inode;
  copy->write = change->write != NULL ? write_new (change->write->offset, change->write->bytes)
                                      : NULL;
  copy->path = g_strdup (change->path);
  copy->to = g_strdup (change->to);
  return copy;
}

/* Makes CHANGE, and records it. */
static void
make (FixtureDisk *self, const Change *change)
{
  Inode *inode = g_hash_table_lookup (self->inodes, GUINT_TO_POINTER (change->inode));

  if (self->record != NULL)
    g_ptr_array_add (self->record, change_copy (change));
  switch (change->kind)
    {
    case CHANGE_WRITE:
      inode_write (inode, change->write);
      break;
    case CHANGE_SYNC:
      inode_sync (inode);
      break;
    case CHANGE_SYNC_FOLDER:
      for (guint i = 0; i < self->name_changes->len; i++)
        apply_name (self, self->durable, g_ptr_array_index (self->name_changes, i));
      g_ptr_array_set_size (self->name_changes, 0);
      break;
    case CHANGE_CREATE:
    case CHANGE_REMOVE:
    case CHANGE_RENAME:
    default:
      apply_name (self, self->live, change);
      g_ptr_array_add (self->name_changes, change_copy (change));
      break;
    }
}

void
fixture_disk_record (FixtureDisk *self)
{
  g_assert_null (self->record);
  self->origin = fixture_disk_clone (self);
  self->record = g_ptr_array_new_with_free_func (change_free);
}

guint
fixture_disk_changes (FixtureDisk *self)
{
  return self->record->len;
}

FixtureDisk *
fixture_disk_rewind (FixtureDisk *self)
{
  return fixture_disk_clone (self->origin);
}

void
fixture_disk_replay (FixtureDisk *into, FixtureDisk *self, guint number)
{
  const Change *change = g_ptr_array_index (self->record, number);

  if (change->kind == CHANGE_CREATE)
    inode_new (into, change->inode);
  make (into, change);
}

/* ---- The crash ---- */

static void
lose_some (Inode *inode, FixtureRandom *random, guint garbage)
{
  for (guint i = 0; i < inode->pending->len; i++)
    {
      const Write *write = g_ptr_array_index (inode->pending, i);
      gsize size, from = 0;
      const guint8 *data;

      if (write->bytes == NULL)
        {
          if (fixture_random_below (random, 2) == 0)
            apply (inode->durable, write);
          continue;
        }
      for (data = g_bytes_get_data (write->bytes, &size); from < size;)
        {
          gsize part = MIN (size - from, SECTOR - (write->offset + from) % SECTOR);
          guint fate = (guint) fixture_random_below (random, garbage > 0 ? 8 : 7);
          g_autoptr (GBytes) bytes = NULL;
          Write piece = { .offset = write->offset + from };
          g_autofree guint8 *noise = NULL;

          if (fate == 7)
            {
              noise = g_malloc (garbage);
              piece.offset -= piece.offset % garbage;
              dpop_random_fill (fixture_random_table (random), noise, garbage);
              bytes = g_bytes_new (noise, garbage);
            }
          else if (fate >= 3)
            bytes = g_bytes_new (data + from, part);
          if ((piece.bytes = bytes) != NULL)
            apply (inode->durable, &piece);
          from += part;
        }
    }
}

FixtureDisk *
fixture_disk_crash (FixtureDisk *self, FixtureRandom *random, guint garbage)
{
  FixtureDisk *after = fixture_disk_new ();
  guint survive = (guint) fixture_random_below (random, self->name_changes->len + 1);
  g_autoptr (GHashTable) names = NULL;
  GHashTableIter iter;
  gpointer path, value;

  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, inode_unref);
  g_hash_table_iter_init (&iter, self->durable);
  while (g_hash_table_iter_next (&iter, &path, &value))
    g_hash_table_insert (names, g_strdup (path), inode_ref (value));
  for (guint i = 0; i < survive; i++)
    apply_name (self, names, g_ptr_array_index (self->name_changes, i));

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      Inode *from = value, *inode = inode_new (after, from->number);
      /* Either nothing more reached the disk, or all did, or any part. */
      guint fate = (guint) fixture_random_below (random, 4);

      g_byte_array_append (inode->durable, from->durable->data, from->durable->len);
      for (guint i = 0; i < from->pending->len; i++)
        {
          const Write *write = g_ptr_array_index (from->pending, i);

          g_ptr_array_add (inode->pending, write_new (write->offset, write->bytes));
        }
      if (fate == 1)
        inode_sync (inode);
      else if (fate > 1)
        lose_some (inode, random, garbage);
      g_ptr_array_set_size (inode->pending, 0);
      g_byte_array_append (inode->live, inode->durable->data, inode->durable->len);
      g_hash_table_insert (after->live, g_strdup (path), inode_ref (inode));
      g_hash_table_insert (after->durable, g_strdup (path), inode_ref (inode));
    }
  return after;
}

/* ---- Faults and canaries ---- */

void
fixture_disk_fail (FixtureDisk *self, guint call, int error, gboolean for_good)
{
  self->fail_in = call;
  self->fail_error = error;
  self->fail_for_good = for_good;
  self->failed = FALSE;
}

gboolean
fixture_disk_failed (FixtureDisk *self)
{
  return self->failed;
}

/* Begins a call: 0, or the fault that it is to answer with, the mutex let go then. */
static int
enter (FixtureDisk *self)
{
  g_mutex_lock (&self->mutex);
  if (self->fail_in == 0 || --self->fail_in > 0)
    return 0;
  self->failed = TRUE;
  if (self->fail_for_good)
    self->fail_in = 1;
  g_mutex_unlock (&self->mutex);
  return -self->fail_error;
}

static int
leave (FixtureDisk *self, int answer)
{
  g_mutex_unlock (&self->mutex);
  return answer;
}

void
fixture_disk_watch (FixtureDisk *self, const char *text)
{
  g_free (self->canary);
  self->canary = g_strdup (text);
}

guint
fixture_disk_sightings (FixtureDisk *self)
{
  return self->sightings;
}

guint64
fixture_disk_searched (FixtureDisk *self)
{
  return self->searched;
}

static void
look (FixtureDisk *self, gconstpointer bytes, gsize size)
{
  if (self->canary == NULL)
    return;
  self->searched += size;
  if (memmem (bytes, size, self->canary, strlen (self->canary)) != NULL)
    self->sightings++;
}

GByteArray *
fixture_disk_file (FixtureDisk *self, const char *name)
{
  GHashTableIter iter;
  gpointer path, inode;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &path, &inode))
    if (g_str_has_suffix (path, name))
      return ((Inode *) inode)->live;
  return NULL;
}

GList *
fixture_disk_names (FixtureDisk *self)
{
  return g_list_sort (g_hash_table_get_keys (self->live), (GCompareFunc) strcmp);
}

/* ---- The table ---- */

static int
disk_open (gpointer data, const char *path, DpopVaultDiskOpen how, gpointer *file)
{
  FixtureDisk *self = data;
  int fault = enter (self);
  Inode *inode;

  *file = NULL;
  if (fault != 0)
    return fault;
  inode = g_hash_table_lookup (self->live, path);
  if (inode == NULL && how != DPOP_VAULT_DISK_CREATE)
    return leave (self, -ENOENT);
  if (inode == NULL)
    {
      inode = inode_new (self, self->next_inode);
      make (self, &(Change){ .kind = CHANGE_CREATE, .inode = inode->number,
                             .path = (char *) path });
    }
  *file = inode_ref (inode);
  return leave (self, 0);
}

static void
disk_close (gpointer data, gpointer file)
{
  FixtureDisk *self = data;

  g_mutex_lock (&self->mutex);
  inode_unref (file);
  g_mutex_unlock (&self->mutex);
}

static gssize
disk_read (gpointer data, gpointer file, gpointer bytes, gsize size, guint64 offset)
{
  FixtureDisk *self = data;
  GByteArray *live = ((Inode *) file)->live;
  int fault = enter (self);

  if (fault != 0)
    return fault;
  size = offset < live->len ? MIN (size, live->len - offset) : 0;
  if (size > 0)
    memcpy (bytes, live->data + offset, size);
  g_mutex_unlock (&self->mutex);
  return (gssize) size;
}

static int
disk_write (gpointer data, gpointer file, gconstpointer bytes, gsize size, guint64 offset)
{
  FixtureDisk *self = data;
  g_autoptr (GBytes) copy = g_bytes_new (bytes, size);
  Write write = { .offset = offset, .bytes = copy };
  int fault = enter (self);

  if (fault != 0)
    return fault;
  look (self, bytes, size);
  make (self, &(Change){ .kind = CHANGE_WRITE, .inode = ((Inode *) file)->number,
                         .write = &write });
  return leave (self, 0);
}

static int
disk_truncate (gpointer data, gpointer file, guint64 size)
{
  FixtureDisk *self = data;
  Write write = { .offset = size };
  int fault = enter (self);

  if (fault != 0)
    return fault;
  make (self, &(Change){ .kind = CHANGE_WRITE, .inode = ((Inode *) file)->number,
                         .write = &write });
  return leave (self, 0);
}

static int
disk_sync (gpointer data, gpointer file)
{
  FixtureDisk *self = data;
  int fault = enter (self);

  if (fault != 0)
    return fault;
  make (self, &(Change){ .kind = CHANGE_SYNC, .inode = ((Inode *) file)->number });
  return leave (self, 0);
}

static int
disk_size (gpointer data, gpointer file, guint64 *size)
{
  FixtureDisk *self = data;
  int fault = enter (self);

  if (fault != 0)
    return fault;
  *size = ((Inode *) file)->live->len;
  return leave (self, 0);
}

static int
disk_exists (gpointer data, const char *path, gboolean *exists)
{
  FixtureDisk *self = data;
  int fault = enter (self);

  if (fault != 0)
    return fault;
  *exists = g_hash_table_contains (self->live, path);
  return leave (self, 0);
}

static int
disk_remove (gpointer data, const char *path)
{
  FixtureDisk *self = data;
  int fault = enter (self);

  if (fault != 0)
    return fault;
  if (!g_hash_table_contains (self->live, path))
    return leave (self, -ENOENT);
  make (self, &(Change){ .kind = CHANGE_REMOVE, .path = (char *) path });
  return leave (self, 0);
}

static int
disk_rename (gpointer data, const char *from, const char *to)
{
  FixtureDisk *self = data;
  int fault = enter (self);

  if (fault != 0)
    return fault;
  if (!g_hash_table_contains (self->live, from))
    return leave (self, -ENOENT);
  make (self, &(Change){ .kind = CHANGE_RENAME, .path = (char *) from, .to = (char *) to });
  return leave (self, 0);
}

static int
disk_make_folder (gpointer data, const char *path)
{
  FixtureDisk *self = data;
  int fault = enter (self);

  return fault != 0 ? fault : leave (self, 0);
}

static int
disk_sync_folder (gpointer data, const char *path)
{
  FixtureDisk *self = data;
  int fault = enter (self);

  if (fault != 0)
    return fault;
  make (self, &(Change){ .kind = CHANGE_SYNC_FOLDER });
  return leave (self, 0);
}

static int
disk_claim (gpointer data, const char *path, const char *text, char **holder, gpointer *claim)
{
  FixtureDisk *self = data;
  int fault = enter (self);

  *holder = NULL;
  if (fault != 0)
    return fault;
  if (self->claimed)
    return leave (self, -EAGAIN);
  self->claimed = TRUE;
  *claim = self;
  return leave (self, 0);
}

static void
disk_release (gpointer data, gpointer claim)
{
  FixtureDisk *self = data;

  self->claimed = FALSE;
}

static const DpopVaultDiskTable table = {
  .open = disk_open,
  .close = disk_close,
  .read = disk_read,
  .write = disk_write,
  .truncate = disk_truncate,
  .sync = disk_sync,
  .size = disk_size,
  .exists = disk_exists,
  .remove = disk_remove,
  .rename = disk_rename,
  .make_folder = disk_make_folder,
  .sync_folder = disk_sync_folder,
  .claim = disk_claim,
  .release = disk_release,
};

DpopVaultDisk
fixture_disk_table (FixtureDisk *self, guint sector_size, gboolean powersafe)
{
  return (DpopVaultDisk){ .table = &table, .self = self, .sector_size = sector_size,
                          .powersafe_overwrite = powersafe };
}
