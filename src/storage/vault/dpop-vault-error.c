/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-vault-error.h"

#include <errno.h>

G_DEFINE_QUARK (dpop-vault-error-quark, dpop_vault_error)

#define SAY_FULL    "the disk is full. Make room on it and try again"
#define SAY_CORRUPT "the file was damaged or altered. Restore it from a backup, or join again"
#define SAY_MEMORY  "there is not enough memory. Close other programs and try again"
#define SAY_ACCESS  "the permissions of the folder do not allow it"
#define SAY_BUSY    "another part of this program is using it. Try again"
#define SAY_LOCKED  "the profile is locked. Unlock it first"

static DpopVaultError
error_of_code (int code, const char **say)
{
  *say = NULL;
  if (code == SQLITE_IOERR_AUTH)
    return *say = SAY_LOCKED, DPOP_VAULT_ERROR_LOCKED;
  if (code == SQLITE_IOERR_DATA || code == SQLITE_IOERR_CORRUPTFS)
    return *say = SAY_CORRUPT, DPOP_VAULT_ERROR_CORRUPT;
  if (code == SQLITE_IOERR_NOMEM)
    return *say = SAY_MEMORY, DPOP_VAULT_ERROR_NO_MEMORY;
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return *say = SAY_CORRUPT, DPOP_VAULT_ERROR_CORRUPT;
    case SQLITE_FULL:
      return *say = SAY_FULL, DPOP_VAULT_ERROR_DISK_FULL;
    case SQLITE_NOMEM:
      return *say = SAY_MEMORY, DPOP_VAULT_ERROR_NO_MEMORY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return *say = SAY_BUSY, DPOP_VAULT_ERROR_BUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return *say = SAY_ACCESS, DPOP_VAULT_ERROR_ACCESS;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return DPOP_VAULT_ERROR_IO;
    default:
      return DPOP_VAULT_ERROR_SQL;
    }
}

void
dpop_vault_set_code_error (GError **error, int code, const char *detail, const char *what)
{
  const char *say;
  DpopVaultError kind = error_of_code (code, &say);

  if (say == NULL)
    say = detail != NULL ? detail : sqlite3_errstr (code);
  g_set_error (error, DPOP_VAULT_ERROR, kind, "%s: %s", what, say);
}

void
dpop_vault_set_sqlite_error (GError **error, sqlite3 *db, const char *what)
{
  if (db == NULL)
    dpop_vault_set_code_error (error, SQLITE_NOMEM, NULL, what);
  else
    dpop_vault_set_code_error (error, sqlite3_extended_errcode (db), sqlite3_errmsg (db), what);
}

void
dpop_vault_set_errno_error (GError **error, int number, const char *what)
{
  const char *say = g_strerror (number);
  DpopVaultError kind = DPOP_VAULT_ERROR_IO;

  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
      kind = DPOP_VAULT_ERROR_DISK_FULL;
      say = SAY_FULL;
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      kind = DPOP_VAULT_ERROR_ACCESS;
      say = SAY_ACCESS;
      break;
    case ENOMEM:
      kind = DPOP_VAULT_ERROR_NO_MEMORY;
      say = SAY_MEMORY;
      break;
    default:
      break;
    }
  g_set_error (error, DPOP_VAULT_ERROR, kind, "%s: %s", what, say);
}
