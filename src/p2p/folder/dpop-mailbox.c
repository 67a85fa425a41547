/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-mailbox.h"

#include "cosmic-hash.h"
#include "dpop-bundle-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define TRANSFER_END ".dpop-transfer"
#define SUMMARY_END  ".dpop-summary"
#define LACKING_MS   3600000

/* By what it is seen that a file is another one: a summary that is written anew within a second
 * often has the same size. */
typedef struct
{
  gint64 size, changed, moved; /* ns */
  guint64 inode;
} Look;

/* A file in the folder, as it was when it was last looked at. */
typedef struct
{
  char *name;
  Look look;
  gboolean there; /* in this round */
  gboolean done;  /* nothing more is to be had from it */
  DpopBundleSummary *summary; /* what it held, if that */
} Letter;

/* What a computer was last written for: it is not written for again before its summary or this
 * computer's own is another one. */
typedef struct
{
  gint64 made;
  CosmicId own;
  gint64 behind; /* since when it lacks something; 0: nothing */
} Served;

struct _DpopMailbox
{
  char *folder;
  char *mark;
  GHashTable *letters; /* name -> Letter */
  GHashTable *served;  /* CosmicId -> Served */
  char *transfer;      /* own file's name; NULL: none */
  CosmicId said;       /* what the own summary in the folder says */
  gint64 said_at;      /* ms; 0: not known to be there */
  guint serial;
  GArray *lacking;     /* of CosmicId, as found at LACKING_AT; NULL: not looked for yet */
  gint64 lacking_at;   /* ms */
};

/* One round. */
typedef struct
{
  DpopMailbox *box;
  CosmicLog *log;
  const DpopMailboxHooks *hooks;
  DpopMailboxRound *round;
  DpopBundleSummary *own;
  CosmicId own_hash;
  CosmicId device;
  GPtrArray *behind; /* of DpopBundleSummary, borrowed */
  gboolean urgent;
} Round;

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  g_free (letter->name);
  dpop_bundle_summary_free (letter->summary);
  g_free (letter);
}

DpopMailbox *
dpop_mailbox_new (const char *folder, const char *mark)
{
  DpopMailbox *self = g_new0 (DpopMailbox, 1);

  self->folder = g_strdup (folder);
  self->mark = g_strdup (mark);
  self->letters = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, letter_free);
  self->served = g_hash_table_new_full (cosmic_id_hash, cosmic_id_equal, g_free, g_free);
  return self;
}

void
dpop_mailbox_free (DpopMailbox *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->letters);
  g_hash_table_unref (self->served);
  g_clear_pointer (&self->lacking, g_array_unref);
  g_free (self->transfer);
  g_free (self->mark);
  g_free (self->folder);
  g_free (self);
}

static char *
path_of (DpopMailbox *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static gboolean
fail_folder (DpopMailbox *self, int number, GError **error)
{
  const int code = number == ENOSPC || number == EDQUOT ? DPOP_BUNDLE_ERROR_NO_SPACE
                                                        : DPOP_BUNDLE_ERROR_FAILED;

  g_set_error (error, DPOP_BUNDLE_ERROR, code,
               "The shared folder “%s” cannot be used: %s. See that it is there, or choose "
               "another.",
               self->folder, g_strerror (number));
  return FALSE;
}

/* --- What lies there. ------------------------------------------------------------------------- */

static gboolean
is_own (const DpopMailbox *self, const char *name)
{
  return strncmp (name, self->mark, DPOP_MAILBOX_MARK_SIZE) == 0;
}

/* Own files that are not the newest: what an earlier run left, and copies that those who carry
 * files made of them. */
static gboolean
is_leftover (const DpopMailbox *self, const char *name)
{
  return g_strcmp0 (name, self->transfer) != 0
         && (!g_str_has_suffix (name, SUMMARY_END)
             || strlen (name) != DPOP_MAILBOX_MARK_SIZE + strlen (SUMMARY_END));
}

/* What an earlier run wrote serves until it is known who lacks what. */
static void
adopt (DpopMailbox *self, const char *name)
{
  const char *number = name + DPOP_MAILBOX_MARK_SIZE + 1;
  char *end;
  guint64 serial;

  if (self->transfer != NULL || name[DPOP_MAILBOX_MARK_SIZE] != '-' || !g_ascii_isdigit (number[0]))
    return;
  serial = g_ascii_strtoull (number, &end, 10);
  if (serial >= G_MAXUINT32 || strcmp (end, TRANSFER_END) != 0)
    return;
  self->transfer = g_strdup (name);
  self->serial = (guint) serial;
}

static gint64
nanoseconds (const struct timespec *time)
{
  return (gint64) time->tv_sec * 1000000000 + time->tv_nsec;
}

static void
look_at (DpopMailbox *self, const char *name)
{
  g_autofree char *path = path_of (self, name);
  Letter *letter = g_hash_table_lookup (self->letters, name);
  GStatBuf stat;
  Look now;

  if (g_lstat (path, &stat) != 0 || !S_ISREG (stat.st_mode))
    return;
  now = (Look){ stat.st_size, nanoseconds (&stat.st_mtim), nanoseconds (&stat.st_ctim),
                stat.st_ino };
  if (is_own (self, name))
    {
      adopt (self, name);
      if (is_leftover (self, name))
        g_unlink (path);
      return;
    }
  if (letter == NULL)
    {
      letter = g_new0 (Letter, 1);
      letter->name = g_strdup (name);
      g_hash_table_insert (self->letters, letter->name, letter);
    }
  if (memcmp (&letter->look, &now, sizeof now) != 0)
    {
      letter->look = now;
      letter->done = FALSE;
      g_clear_pointer (&letter->summary, dpop_bundle_summary_free);
    }
  letter->there = TRUE;
}

static gboolean
is_gone (gpointer name, gpointer value, gpointer unused)
{
  return !((const Letter *) value)->there;
}

static gboolean
look (DpopMailbox *self, GError **error)
{
  GDir *dir;
  GHashTableIter iter;
  gpointer value;
  const char *name;
  guint count = 0;

  g_hash_table_iter_init (&iter, self->letters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Letter *) value)->there = FALSE;
  errno = 0;
  if ((dir = g_dir_open (self->folder, 0, NULL)) == NULL)
    return fail_folder (self, errno != 0 ? errno : EIO, error);
  while ((name = g_dir_read_name (dir)) != NULL && count++ < DPOP_MAILBOX_FILES_MAX)
    if (name[0] != '.')
      look_at (self, name);
  g_dir_close (dir);
  g_hash_table_foreach_remove (self->letters, is_gone, NULL);
  return TRUE;
}

static gint
compare_letters (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const Letter *const *) a)->name, (*(const Letter *const *) b)->name);
}

/* Those of which something may still be had, by name. */
static GPtrArray *
unread_letters (DpopMailbox *self)
{
  GPtrArray *letters = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->letters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!((Letter *) value)->done && ((Letter *) value)->summary == NULL)
      g_ptr_array_add (letters, value);
  g_ptr_array_sort (letters, compare_letters);
  return letters;
}

/* --- Reading. --------------------------------------------------------------------------------- */

/* Whether ERROR is about the file alone; *HOPELESS when no later round will find it better unless
 * it changes. */
static gboolean
is_about_file (const GError *error, gboolean *hopeless)
{
  *hopeless = FALSE;
  if (error->domain == COSMIC_LOG_ERROR)
    {
      *hopeless = error->code == COSMIC_LOG_ERROR_INVALID || error->code == COSMIC_LOG_ERROR_LIMIT;
      return *hopeless || error->code == COSMIC_LOG_ERROR_OTHER_PARTY
             || error->code == COSMIC_LOG_ERROR_NO_KEY;
    }
  if (error->domain != DPOP_BUNDLE_ERROR || error->code == DPOP_BUNDLE_ERROR_NO_SPACE)
    return FALSE;
  *hopeless = error->code == DPOP_BUNDLE_ERROR_NOT_ONE || error->code == DPOP_BUNDLE_ERROR_NEWER
              || error->code == DPOP_BUNDLE_ERROR_ALTERED
              || error->code == DPOP_BUNDLE_ERROR_LIMIT;
  return TRUE;
}

/* FALSE only for what ends the round. */
static gboolean
pass_over (Round *self, Letter *letter, GError *failure, GError **error)
{
  gboolean hopeless;

  if (!is_about_file (failure, &hopeless))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  letter->done = hopeless;
  g_error_free (failure);
  return TRUE;
}

static void
count_in (DpopMailboxRound *round, const DpopBundleImport *taken)
{
  round->in.added += taken->added;
  round->in.held += taken->held;
  round->in.known += taken->known;
  round->in.checkpoints += taken->checkpoints;
  round->in.shares += taken->shares;
  round->files += taken->added + taken->checkpoints + taken->shares > 0;
}

/* *PROGRESS is set when something came in, after which other files may make sense. */
static gboolean
take_letter (Round *self, Letter *letter, gboolean *progress, GError **error)
{
  g_autofree char *path = path_of (self->box, letter->name);
  DpopBundleImport taken = { 0 };
  GError *failure = NULL;

  letter->summary = dpop_bundle_summary_read (self->log, path, &failure);
  if (letter->summary != NULL)
    return self->hooks->summary == NULL
           || cosmic_id_same (&letter->summary->device, &self->device)
           || self->hooks->summary (letter->summary, self->hooks->data, error);
  if (!g_error_matches (failure, DPOP_BUNDLE_ERROR, DPOP_BUNDLE_ERROR_NOT_ONE))
    return pass_over (self, letter, failure, error);
  g_clear_error (&failure);
  if (!self->hooks->take_in (path, &taken, self->hooks->data, &failure))
    {
      count_in (self->round, &taken);
      return pass_over (self, letter, failure, error);
    }
  count_in (self->round, &taken);
  letter->done = TRUE;
  *progress = *progress || taken.added + taken.held + taken.checkpoints + taken.shares > 0;
  return TRUE;
}

static gboolean
take_letters (Round *self, GError **error)
{
  for (gboolean progress = TRUE; progress;)
    {
      g_autoptr (GPtrArray) letters = unread_letters (self->box);

      progress = FALSE;
      for (guint i = 0; i < letters->len; i++)
        if (g_cancellable_set_error_if_cancelled (self->hooks->cancellable, error)
            || !take_letter (self, letters->pdata[i], &progress, error))
          return FALSE;
      self->round->unread = 0;
      for (guint i = 0; i < letters->len; i++)
        self->round->unread += !((Letter *) letters->pdata[i])->done
                               && ((Letter *) letters->pdata[i])->summary == NULL;
    }
  return TRUE;
}

/* Others' files that were read long ago. */
static void
sweep (Round *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->box->letters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Letter *letter = value;
      g_autofree char *path = path_of (self->box, letter->name);

      if (letter->look.changed / 1000000 + DPOP_MAILBOX_OLD < self->hooks->now
          && (letter->summary != NULL || (letter->done && g_str_has_suffix (path, TRANSFER_END))))
        g_unlink (path);
    }
}

/* --- Who lacks what. -------------------------------------------------------------------------- */

/* A hash of what OWN says, time and signatures apart. */
static void
hash_own (const DpopBundleSummary *own, CosmicId *hash)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint64 numbers[] = { own->height, own->open->len };

  g_byte_array_append (bytes, (const guint8 *) numbers, sizeof numbers);
  g_byte_array_append (bytes, own->checkpoint.bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, own->shares.bytes, COSMIC_ID_SIZE);
  g_byte_array_append (bytes, (const guint8 *) own->open->data,
                       own->open->len * (guint) sizeof (CosmicId));
  g_byte_array_append (bytes, (const guint8 *) own->lacking->data,
                       own->lacking->len * (guint) sizeof (CosmicId));
  cosmic_hash (bytes->data, bytes->len, hash->bytes);
}

/* The newest summary of each other computer, CosmicId -> DpopBundleSummary; all borrowed. */
static GHashTable *
newest_summaries (Round *self)
{
  GHashTable *newest = g_hash_table_new (cosmic_id_hash, cosmic_id_equal);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->box->letters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      DpopBundleSummary *summary = ((Letter *) value)->summary;
      const DpopBundleSummary *other;

      if (summary == NULL || cosmic_id_is_zero (&summary->member)
          || cosmic_id_same (&summary->device, &self->device)
          || summary->made + DPOP_MAILBOX_OLD < self->hooks->now)
        continue;
      other = g_hash_table_lookup (newest, &summary->device);
      if (other == NULL || other->made < summary->made)
        g_hash_table_replace (newest, &summary->device, summary);
    }
  return newest;
}

static Served *
served_of (DpopMailbox *self, const CosmicId *device)
{
  Served *served = g_hash_table_lookup (self->served, device);

  if (served == NULL)
    {
      served = g_new0 (Served, 1);
      g_hash_table_insert (self->served, g_memdup2 (device, sizeof *device), served);
    }
  return served;
}

static gboolean
weigh (Round *self, DpopBundleSummary *peer, GError **error)
{
  Served *served = served_of (self->box, &peer->device);
  DpopBundleNeed need;

  if (!dpop_bundle_summary_need (self->log, self->own, &self->device, peer, &need, error))
    return FALSE;
  if (need == 0)
    {
      served->behind = 0;
      return TRUE;
    }
  self->round->behind++;
  g_ptr_array_add (self->behind, peer);
  if (served->behind == 0)
    served->behind = self->hooks->now;
  if (self->box->transfer != NULL && served->made == peer->made
      && cosmic_id_same (&served->own, &self->own_hash))
    return TRUE;
  self->urgent = self->urgent || (need & DPOP_BUNDLE_NEED_OURS) != 0
                 || ((need & DPOP_BUNDLE_NEED_HEIGHTS) != 0 && self->hooks->witness != NULL)
                 || self->hooks->at_once
                 || served->behind + DPOP_MAILBOX_PATIENCE <= self->hooks->now;
  return TRUE;
}

static gboolean
weigh_all (Round *self, GError **error)
{
  g_autoptr (GHashTable) newest = newest_summaries (self);
  GHashTableIter iter;
  gpointer value;

  self->round->computers = g_hash_table_size (newest);
  g_hash_table_iter_init (&iter, newest);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!weigh (self, value, error))
      return FALSE;
  return TRUE;
}

/* --- Writing. --------------------------------------------------------------------------------- */

static void
drop_transfer (DpopMailbox *self)
{
  if (self->transfer != NULL)
    {
      g_autofree char *path = path_of (self, self->transfer);

      g_unlink (path);
      g_clear_pointer (&self->transfer, g_free);
    }
}

static gboolean
write_transfer (Round *self, GError **error)
{
  DpopMailbox *box = self->box;
  g_autoptr (DpopBundleSummary) meet = dpop_bundle_summary_meet (self->log, self->behind, error);
  g_autofree char *name
      = g_strdup_printf ("%s-%u%s", box->mark, ++box->serial, TRANSFER_END);
  g_autofree char *path = path_of (box, name);
  const DpopBundleWish wish = { .peer = meet };
  const DpopBundleHooks hooks = { .exported = self->hooks->exported,
                                  .data = self->hooks->data,
                                  .cancellable = self->hooks->cancellable };
  DpopBundleExport result;

  if (meet == NULL || !dpop_bundle_export (self->log, path, &wish, &hooks, &result, error))
    return FALSE;
  drop_transfer (box);
  box->transfer = g_steal_pointer (&name);
  for (guint i = 0; i < self->behind->len; i++)
    {
      const DpopBundleSummary *peer = self->behind->pdata[i];
      Served *served = served_of (box, &peer->device);

      served->made = peer->made;
      served->own = self->own_hash;
    }
  self->round->wrote = TRUE;
  self->round->size = result.size;
  return TRUE;
}

static char *
summary_path (DpopMailbox *self)
{
  g_autofree char *name = g_strconcat (self->mark, SUMMARY_END, NULL);

  return path_of (self, name);
}

static gboolean
write_summary (Round *self, GError **error)
{
  DpopMailbox *box = self->box;
  g_autofree char *path = summary_path (box);

  if (box->said_at > 0 && box->said_at + DPOP_MAILBOX_DAY > self->hooks->now
      && box->said_at <= self->hooks->now && cosmic_id_same (&box->said, &self->own_hash)
      && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  if (!dpop_bundle_summary_sign (self->log, self->own, self->hooks->device, self->hooks->witness,
                                 self->hooks->now, path, error))
    return FALSE;
  box->said = self->own_hash;
  box->said_at = self->hooks->now;
  return TRUE;
}

/* What is lacking is found by going through everything: not at every round. */
static gboolean
collect (Round *self, GError **error)
{
  DpopMailbox *box = self->box;
  const gboolean again = box->lacking == NULL || self->round->in.added > 0
                         || self->hooks->now < box->lacking_at
                         || self->hooks->now - box->lacking_at > LACKING_MS;

  self->own = dpop_bundle_summary_collect (self->log, again ? NULL : box->lacking, error);
  if (self->own == NULL)
    return FALSE;
  g_clear_pointer (&box->lacking, g_array_unref);
  box->lacking = g_array_ref (self->own->lacking);
  box->lacking_at = again ? self->hooks->now : box->lacking_at;
  return TRUE;
}

static gboolean
answer (Round *self, GError **error)
{
  g_autofree char *transfer
      = self->box->transfer != NULL ? path_of (self->box, self->box->transfer) : NULL;

  if (transfer != NULL && !g_file_test (transfer, G_FILE_TEST_IS_REGULAR))
    g_clear_pointer (&self->box->transfer, g_free);
  if (!collect (self, error))
    return FALSE;
  hash_own (self->own, &self->own_hash);
  if (!weigh_all (self, error))
    return FALSE;
  if (self->behind->len == 0)
    drop_transfer (self->box);
  return (!self->urgent || write_transfer (self, error)) && write_summary (self, error);
}

gboolean
dpop_mailbox_round (DpopMailbox *self, CosmicLog *log, const DpopMailboxHooks *hooks,
                    DpopMailboxRound *result, GError **error)
{
  Round round = { .box = self, .log = log, .hooks = hooks, .round = result };
  gboolean good;

  *result = (DpopMailboxRound){ 0 };
  round.behind = g_ptr_array_new ();
  memcpy (round.device.bytes, cosmic_sign_key_public (hooks->device), COSMIC_ID_SIZE);
  good = look (self, error) && take_letters (&round, error)
         && (hooks->settle == NULL || hooks->settle (result->in.added > 0, hooks->data, error))
         && (!cosmic_log_is_founded (log) || answer (&round, error));
  if (good)
    sweep (&round);
  g_ptr_array_unref (round.behind);
  dpop_bundle_summary_free (round.own);
  return good;
}

gboolean
dpop_mailbox_leave (DpopMailbox *self, GError **error)
{
  g_autofree char *path = summary_path (self);

  g_clear_pointer (&self->transfer, g_free);
  self->said_at = 0;
  if (!look (self, error))
    return FALSE;
  g_unlink (path);
  return TRUE;
}
