/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The disk, as an effect: everything that the vault does to files goes through this table, so that
 * tests hand in a disk that tears writes, fails, and remembers every byte it was given.
 * Functions return 0 or a negated errno value unless they say otherwise; paths are absolute. A file
 * may be used by several threads, one at a time. */
typedef enum
{
  DPOP_VAULT_DISK_READ,   /* must exist; not written to */
  DPOP_VAULT_DISK_WRITE,  /* must exist */
  DPOP_VAULT_DISK_CREATE, /* is made when it does not exist, for the owner's eyes only */
} DpopVaultDiskOpen;

typedef struct
{
  int (*open)   (gpointer self, const char *path, DpopVaultDiskOpen how, gpointer *file);
  void (*close) (gpointer self, gpointer file);

  /* The number of bytes read, less than SIZE only at the end of the file. */
  gssize (*read) (gpointer self, gpointer file, gpointer bytes, gsize size, guint64 offset);
  /* Writes all or fails. */
  int (*write)    (gpointer self, gpointer file, gconstpointer bytes, gsize size, guint64 offset);
  int (*truncate) (gpointer self, gpointer file, guint64 size);
  /* When it returns, what was written survives a loss of power. */
  int (*sync) (gpointer self, gpointer file);
  int (*size) (gpointer self, gpointer file, guint64 *size);

  int (*exists)      (gpointer self, const char *path, gboolean *exists);
  int (*remove)      (gpointer self, const char *path);
  int (*rename)      (gpointer self, const char *from, const char *to);
  int (*make_folder) (gpointer self, const char *path);
  /* When it returns, the names in the folder survive a loss of power. */
  int (*sync_folder) (gpointer self, const char *path);

  /* Claims PATH for this open profile, in which TEXT then stands, until released or until the
   * process is gone. -EAGAIN when another has it; HOLDER is then its text. */
  int (*claim)    (gpointer self, const char *path, const char *text, char **holder,
                   gpointer *claim);
  void (*release) (gpointer self, gpointer claim);
} DpopVaultDiskTable;

/* Passed by value; SELF is borrowed and outlives it. */
typedef struct
{
  const DpopVaultDiskTable *table;
  gpointer self;
  guint sector_size; /* what a torn write leaves old or new as a whole */
  /* Bytes beside a write that is torn keep their value. */
  gboolean powersafe_overwrite;
} DpopVaultDisk;

/* POSIX files. */
DpopVaultDisk dpop_vault_disk_system (void);

/* Replaces PATH by BYTES so that after a crash it holds either the old or the new bytes. */
int dpop_vault_disk_replace (DpopVaultDisk disk, const char *path, GBytes *bytes);

/* The whole of PATH; -EFBIG when it is larger than LIMIT. */
int dpop_vault_disk_load (DpopVaultDisk disk, const char *path, gsize limit, GBytes **bytes);

G_END_DECLS
