/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-index.h"

#include <string.h>

#define RECOVERY_LOCK    2
#define ATTEMPTED_OFFSET 128 /* of nBackfillAttempted in the first region */

void
dpop_vault_index_init (DpopVaultIndex *self)
{
  memset (self, 0, sizeof *self);
  pthread_mutex_init (&self->mutex, NULL);
}

static void
free_regions (DpopVaultIndex *self)
{
  for (int i = 0; i < self->n_regions; i++)
    sqlite3_free (self->regions[i]);
  sqlite3_free (self->regions);
  self->regions = NULL;
  self->n_regions = 0;
}

void
dpop_vault_index_clear (DpopVaultIndex *self)
{
  free_regions (self);
  pthread_mutex_destroy (&self->mutex);
}

static int
add_regions (DpopVaultIndex *self, int wanted, int size)
{
  void **regions = sqlite3_realloc64 (self->regions, (sqlite3_uint64) wanted * sizeof (void *));

  if (regions == NULL)
    return SQLITE_IOERR_NOMEM;
  self->regions = regions;
  while (self->n_regions < wanted)
    {
      void *region = sqlite3_malloc (size);

      if (region == NULL)
        return SQLITE_IOERR_NOMEM;
      memset (region, 0, (size_t) size);
      self->regions[self->n_regions++] = region;
    }
  return SQLITE_OK;
}

int
dpop_vault_index_map (DpopVaultIndex *self, DpopVaultIndexUser *user, int region, int size,
                      gboolean extend, void volatile **out)
{
  int rc = SQLITE_OK;

  pthread_mutex_lock (&self->mutex);
  if (!user->mapped)
    {
      user->mapped = TRUE;
      self->mapped++;
    }
  if (region >= self->n_regions && extend)
    rc = add_regions (self, region + 1, size);
  *out = rc == SQLITE_OK && region < self->n_regions ? self->regions[region] : NULL;
  pthread_mutex_unlock (&self->mutex);
  return rc;
}

static void
release (DpopVaultIndex *self, DpopVaultIndexUser *user, guint bit)
{
  if (user->exclusive & 1u << bit)
    self->exclusive[bit] = FALSE;
  else if (user->shared & 1u << bit)
    self->shared[bit]--;
  user->exclusive &= ~(1u << bit);
  user->shared &= ~(1u << bit);
}

/* Whether USER may have lock BIT besides what the others hold. */
static gboolean
is_free (const DpopVaultIndex *self, const DpopVaultIndexUser *user, guint bit, gboolean exclusive)
{
  if (self->exclusive[bit] && !(user->exclusive & 1u << bit))
    return FALSE;
  return !exclusive || self->shared[bit] == (user->shared & 1u << bit ? 1u : 0u);
}

int
dpop_vault_index_lock (DpopVaultIndex *self, DpopVaultIndexUser *user, int first, int n, int flags)
{
  gboolean exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  int rc = SQLITE_OK;

  if (first < 0 || n < 1 || first + n > SQLITE_SHM_NLOCK || (!exclusive && n != 1))
    return SQLITE_MISUSE;
  pthread_mutex_lock (&self->mutex);
  for (guint bit = (guint) first; bit < (guint) (first + n); bit++)
    if (flags & SQLITE_SHM_UNLOCK)
      release (self, user, bit);
    else if (!is_free (self, user, bit, exclusive))
      rc = SQLITE_BUSY;
  for (guint bit = (guint) first; rc == SQLITE_OK && flags & SQLITE_SHM_LOCK
                                  && bit < (guint) (first + n); bit++)
    {
      release (self, user, bit);
      self->exclusive[bit] = exclusive;
      self->shared[bit] += exclusive ? 0 : 1;
      *(exclusive ? &user->exclusive : &user->shared) |= 1u << bit;
    }
  pthread_mutex_unlock (&self->mutex);
  return rc;
}

void
dpop_vault_index_barrier (DpopVaultIndex *self)
{
  __sync_synchronize ();
  pthread_mutex_lock (&self->mutex);
  pthread_mutex_unlock (&self->mutex);
}

void
dpop_vault_index_unmap (DpopVaultIndex *self, DpopVaultIndexUser *user)
{
  pthread_mutex_lock (&self->mutex);
  for (guint bit = 0; bit < SQLITE_SHM_NLOCK; bit++)
    release (self, user, bit);
  if (user->mapped && --self->mapped == 0)
    free_regions (self);
  user->mapped = FALSE;
  pthread_mutex_unlock (&self->mutex);
}

/* The rules stand in SQLite's os_unix.c, above unixLock(). */
int
dpop_vault_index_lock_file (DpopVaultIndex *self, DpopVaultIndexUser *user, int level)
{
  guint others;
  int rc = SQLITE_OK;

  pthread_mutex_lock (&self->mutex);
  others = self->file_shared - (user->level >= SQLITE_LOCK_SHARED ? 1 : 0);
  if (user->level < SQLITE_LOCK_SHARED && level >= SQLITE_LOCK_SHARED)
    {
      if (self->file_pending || self->file_exclusive)
        rc = SQLITE_BUSY;
      else
        {
          self->file_shared++;
          user->level = SQLITE_LOCK_SHARED;
        }
    }
  if (rc == SQLITE_OK && level == SQLITE_LOCK_RESERVED && user->level < SQLITE_LOCK_RESERVED)
    {
      if (self->file_reserved)
        rc = SQLITE_BUSY;
      else
        {
          self->file_reserved = TRUE;
          user->level = SQLITE_LOCK_RESERVED;
        }
    }
  if (rc == SQLITE_OK && level == SQLITE_LOCK_EXCLUSIVE && user->level < SQLITE_LOCK_EXCLUSIVE)
    {
      if ((self->file_reserved && user->level < SQLITE_LOCK_RESERVED)
          || (self->file_pending && user->level < SQLITE_LOCK_PENDING))
        rc = SQLITE_BUSY;
      else
        {
          self->file_reserved = self->file_pending = TRUE;
          user->level = SQLITE_LOCK_PENDING;
          if (others > 0)
            rc = SQLITE_BUSY;
          else
            {
              self->file_exclusive = TRUE;
              user->level = SQLITE_LOCK_EXCLUSIVE;
            }
        }
    }
  pthread_mutex_unlock (&self->mutex);
  return rc;
}

void
dpop_vault_index_unlock_file (DpopVaultIndex *self, DpopVaultIndexUser *user, int level)
{
  pthread_mutex_lock (&self->mutex);
  if (user->level > SQLITE_LOCK_SHARED && level <= SQLITE_LOCK_SHARED)
    {
      self->file_reserved = FALSE;
      if (user->level >= SQLITE_LOCK_PENDING)
        self->file_pending = self->file_exclusive = FALSE;
    }
  if (user->level >= SQLITE_LOCK_SHARED && level == SQLITE_LOCK_NONE)
    self->file_shared--;
  user->level = MIN (user->level, level);
  pthread_mutex_unlock (&self->mutex);
}

gboolean
dpop_vault_index_is_reserved (DpopVaultIndex *self)
{
  gboolean reserved;

  pthread_mutex_lock (&self->mutex);
  reserved = self->file_reserved;
  pthread_mutex_unlock (&self->mutex);
  return reserved;
}

gboolean
dpop_vault_index_is_recovering (const DpopVaultIndexUser *user)
{
  return (user->exclusive & 1u << RECOVERY_LOCK) != 0;
}

guint32
dpop_vault_index_attempted (DpopVaultIndex *self)
{
  guint32 attempted = 0;

  pthread_mutex_lock (&self->mutex);
  if (self->n_regions > 0)
    memcpy (&attempted, (const guint8 *) self->regions[0] + ATTEMPTED_OFFSET, sizeof attempted);
  pthread_mutex_unlock (&self->mutex);
  return attempted;
}

G_STATIC_ASSERT (SQLITE_SHM_NLOCK == 8);
