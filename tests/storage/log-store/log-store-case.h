/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-sign.h"
#include "dpop-log-store.h"
#include "dpop-vault.h"
#include "fixture-random.h"

G_BEGIN_DECLS

/* An empty store, in memory or in a vault, asked through its table alone. */
typedef struct
{
  DpopVault *vault; /* NULL: in memory */
  char *folder;
  DpopDatabase *database;
  DpopLogStore *store;
  CosmicLogStore log;
  FixtureRandom random;
  CosmicSecret *authors[2];
} LogStoreCase;

/* A function of the table, which must succeed; its error is the last argument. */
#define CALL(of, function, ...)                                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    GError *call_error = NULL;                                                                     \
    gboolean call_good                                                                             \
        = (of)->log.table->function ((of)->log.self, ##__VA_ARGS__, &call_error);                  \
                                                                                                   \
    g_assert_no_error (call_error);                                                                \
    g_assert_true (call_good);                                                                     \
  }                                                                                                \
  G_STMT_END

void log_store_case_init   (LogStoreCase *self, gconstpointer place); /* "memory" or "vault" */
void log_store_case_clear  (LogStoreCase *self, gconstpointer place);
/* In a vault: closes and opens everything. */
void log_store_case_reopen (LogStoreCase *self);

CosmicId log_store_case_id (guint number);
/* An entry by AUTHOR, in the stream of that number, not in the store yet. */
CosmicEntry *log_store_case_entry (LogStoreCase *self, guint author, guint stream, guint64 seq);
/* The same, added: its number. */
gint64 log_store_case_add (LogStoreCase *self, guint author, guint stream, guint64 seq,
                           CosmicId *id);
/* The numbers of what is asked for, in the order given, as text: "1 2 3". */
char *log_store_case_walk (LogStoreCase *self, CosmicEntries which);

/* test-log-store-state.c */
void test_log_store_state_add (const char *place);

#define LOG_STORE_ADD(place, name, function)                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *add_path = g_strdup_printf ("/log-store/%s/%s", place, name);                 \
                                                                                                   \
    g_test_add (add_path, LogStoreCase, place, log_store_case_init, function,                      \
                log_store_case_clear);                                                             \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
