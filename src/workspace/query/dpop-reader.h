/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-database.h"
#include "dpop-vault.h"

G_BEGIN_DECLS

/* Who answers questions about the read model: the caller's own connection, at once; or a thread
 * with a read-only connection of its own, which never waits for the writer and answers in the
 * asking thread's main context. */
typedef struct _DpopReader DpopReader;

/* Answers on DATABASE, which is borrowed and belongs to the caller's thread. */
DpopReader *dpop_reader_new          (DpopDatabase *database);
/* Answers from a thread. VAULT is borrowed, and outlives the reader. NULL when there is no
 * connection to be had. */
DpopReader *dpop_reader_new_threaded (DpopVault *vault, GError **error);
DpopReader *dpop_reader_ref          (DpopReader *self);
/* With the last reference the thread ends, after what it was asked before; what is not delivered by
 * then is dropped. */
void        dpop_reader_unref        (DpopReader *self);

/* Answers QUESTION, in the reader's thread. */
typedef gpointer (*DpopReaderAnswer) (DpopDatabase *database, gpointer question, GError **error);
/* Takes the answer (NULL with ERROR, which is borrowed, when it failed), where it was asked. */
typedef void     (*DpopReaderTake)   (gpointer answer, const GError *error, gpointer data);

typedef struct
{
  DpopReaderAnswer answer;
  gpointer question;            /* the reader's from then on */
  GDestroyNotify free_question;
  GDestroyNotify free_answer;   /* for one that nobody took */
  DpopReaderTake take;
  gpointer data;
  GDestroyNotify free_data;     /* called after TAKE, or instead of it */
} DpopReaderRequest;

/* A reader on the caller's own connection has called TAKE when this returns. */
void dpop_reader_ask (DpopReader *self, const DpopReaderRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopReader, dpop_reader_unref)

G_END_DECLS
