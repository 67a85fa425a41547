/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-bundle.h"

G_BEGIN_DECLS

/* A shared folder as a mailbox: whatever carries it between computers (a cloud folder, a network
 * drive), those who never meet exchange through it. Each computer keeps there its summary, and, as
 * long as another one's summary shows that it lacks something, one transfer file for all who do.
 *
 * Files are told by what they hold, not by their names, since those who carry them rename them:
 * what is half there, is nobody's, or makes no sense yet is left alone and looked at again. A
 * computer's own files begin with its mark, a random name; of them it keeps none but the newest. A
 * transfer file goes when nobody lacks anything in it; another's, that was read, after
 * DPOP_MAILBOX_OLD. A summary that is older counts no more: whoever made it left.
 *
 * What only passes through this computer is written after DPOP_MAILBOX_PATIENCE: most often whoever
 * said it has done so by then. */
typedef struct _DpopMailbox DpopMailbox;

#define DPOP_MAILBOX_OLD       (G_GINT64_CONSTANT (45) * 86400000) /* ms */
#define DPOP_MAILBOX_DAY       (G_GINT64_CONSTANT (86400000))
#define DPOP_MAILBOX_PATIENCE  120000
#define DPOP_MAILBOX_FILES_MAX 4096 /* looked at */
#define DPOP_MAILBOX_MARK_SIZE 16   /* letters */

/* MARK is DPOP_MAILBOX_MARK_SIZE digits and small letters from a to f, always the same on one
 * computer. It remembers what it has read as long as it lives. */
DpopMailbox *dpop_mailbox_new  (const char *folder, const char *mark);
void         dpop_mailbox_free (DpopMailbox *self);

typedef struct
{
  /* Takes the transfer file PATH in, with all that follows from it: dpop_bundle_import(). */
  gboolean (*take_in)  (const char *path, DpopBundleImport *result, gpointer data, GError **error);
  /* Once, after that and before anything is written: a record keeper confirms here. BROUGHT: the
   * files brought new entries. */
  gboolean (*settle)   (gboolean brought, gpointer data, GError **error);
  /* Another computer's summary, each time that it is new. May be NULL, as what follows. */
  gboolean (*summary)  (const DpopBundleSummary *summary, gpointer data, GError **error);
  /* An operation that is not covered, on the file that was written. */
  void     (*exported) (const CosmicId *operation, gpointer data);
  gpointer data;
  const CosmicSecret *device;  /* this computer's */
  const CosmicSecret *witness; /* NULL but on a record keeper's */
  gint64 now;                  /* ms */
  gboolean at_once;            /* a person asked for it: without patience */
  GCancellable *cancellable;   /* looked at between files */
} DpopMailboxHooks;

typedef struct
{
  guint files;         /* taken in that brought something */
  DpopBundleImport in; /* all of them together */
  guint computers;     /* whose summary is there, this one apart */
  guint behind;        /* of those: lack something that is here */
  guint unread;        /* files that are not whole, or rest on what is not here yet */
  gboolean wrote;      /* a transfer file */
  guint64 size;        /* its size */
} DpopMailboxRound;

/* Reads what is new, and writes what is missing; who has nothing of the organisation yet only
 * reads. An error is about the folder (it cannot be read or written) or about this computer; what
 * is wrong with a single file is none, but for two histories in one organisation:
 * COSMIC_LOG_ERROR_CONFLICT. */
gboolean dpop_mailbox_round (DpopMailbox *self, CosmicLog *log, const DpopMailboxHooks *hooks,
                             DpopMailboxRound *round, GError **error);
/* Takes this computer's own files out of the folder. */
gboolean dpop_mailbox_leave (DpopMailbox *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopMailbox, dpop_mailbox_free)

G_END_DECLS
