/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* A connection with its prepared statements, which are made once each and kept. One thread. */
typedef struct _DpopDatabase DpopDatabase;

#define DPOP_DATABASE_ERROR (dpop_database_error_quark ())
GQuark dpop_database_error_quark (void);

typedef enum
{
  DPOP_DATABASE_ERROR_FAILED,   /* SQLite said so; the message has its words */
  DPOP_DATABASE_ERROR_FULL,     /* no room on the disk */
  DPOP_DATABASE_ERROR_DAMAGED,  /* what is stored cannot be what was written */
  DPOP_DATABASE_ERROR_NEWER,    /* written by a newer DPOP */
} DpopDatabaseError;

/* Takes CONNECTION, closed with the database. */
DpopDatabase *dpop_database_new  (sqlite3 *connection);
void          dpop_database_free (DpopDatabase *self);
sqlite3      *dpop_database_connection (DpopDatabase *self);
/* The version of SQLite that is run with; static. */
const char   *dpop_database_library (void);

/* Runs SQL that gives no rows: one statement or several. */
gboolean dpop_database_execute (DpopDatabase *self, const char *sql, GError **error);

/* The prepared statement of SQL, a string literal: reset, unbound, owned by the database. */
sqlite3_stmt *dpop_database_prepare (DpopDatabase *self, const char *sql, GError **error);
/* The same; NULL without error while the statement is being stepped through. */
sqlite3_stmt *dpop_database_idle    (DpopDatabase *self, const char *sql, GError **error);
/* Steps once: SQLITE_ROW or SQLITE_DONE, or anything else with ERROR set. */
int           dpop_database_step    (DpopDatabase *self, sqlite3_stmt *statement, GError **error);
/* Steps to the end, for statements that give no rows, and resets. */
gboolean      dpop_database_finish  (DpopDatabase *self, sqlite3_stmt *statement, GError **error);

/* Binding and reading. Bytes are copied when read; NULL is SQL's NULL. */
void    dpop_database_bind_bytes (sqlite3_stmt *statement, int index, GBytes *bytes);
GBytes *dpop_database_column_bytes (sqlite3_stmt *statement, int column);

/* One transaction at a time. When SQLite takes it back by itself, everything until the rollback
 * fails: nothing is written outside of it. */
gboolean dpop_database_begin    (DpopDatabase *self, GError **error);
gboolean dpop_database_commit   (DpopDatabase *self, GError **error);
void     dpop_database_rollback (DpopDatabase *self);

/* Rows written on this connection since it was opened, those that were taken back included: another
 * number means that something may be another now. */
gint64   dpop_database_changes  (DpopDatabase *self);

/* Brings the schema to the newest version, in one transaction: STEPS[i] leads from version i to
 * i + 1. Refuses a database that a newer DPOP wrote. */
gboolean dpop_database_migrate (DpopDatabase *self, const char *const *steps, guint n_steps,
                                GError **error);

/* Sets ERROR from the connection's last failure. */
void dpop_database_set_error (DpopDatabase *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopDatabase, dpop_database_free)

G_END_DECLS
