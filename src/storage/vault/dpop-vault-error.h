/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define DPOP_VAULT_ERROR (dpop_vault_error_quark ())
GQuark dpop_vault_error_quark (void);

typedef enum
{
  DPOP_VAULT_ERROR_WRONG_PASSPHRASE,
  DPOP_VAULT_ERROR_BUSY,          /* open in another program, or a connection is still open */
  DPOP_VAULT_ERROR_NOT_A_PROFILE, /* the folder holds none */
  DPOP_VAULT_ERROR_EXISTS,        /* the folder holds one already */
  DPOP_VAULT_ERROR_CORRUPT,       /* something does not authenticate */
  DPOP_VAULT_ERROR_TOO_NEW,       /* written by a later version of DPOP */
  DPOP_VAULT_ERROR_LOCKED,        /* the keys were wiped */
  DPOP_VAULT_ERROR_DISK_FULL,
  DPOP_VAULT_ERROR_NO_MEMORY,
  DPOP_VAULT_ERROR_ACCESS, /* no permission */
  DPOP_VAULT_ERROR_IO,     /* the disk does not do what it is told */
  DPOP_VAULT_ERROR_SQL,    /* any other answer of SQLite: a constraint, a mistake in a statement */
} DpopVaultError;

/* Sets ERROR from what SQLite answered last on DB, so that every room speaks of a full disk or an
 * altered file in the same words. WHAT says what was tried: "The vote cannot be stored". */
void dpop_vault_set_sqlite_error (GError **error, sqlite3 *db, const char *what);

/* The same for a result code alone. DETAIL may be NULL. */
void dpop_vault_set_code_error (GError **error, int code, const char *detail, const char *what);

/* The same for an errno value. */
void dpop_vault_set_errno_error (GError **error, int number, const char *what);

G_END_DECLS
