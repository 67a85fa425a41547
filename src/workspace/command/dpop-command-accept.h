/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-bundle.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* The inviter's computer lets the computer in that asks: it becomes one of the member's, gets the
 * keys of all that they may read and this computer has, and the first transfer file is written for
 * it. Whoever brings the same request again gets a file again: the first may be lost. */
typedef struct
{
  const char *request; /* its text */
  const char *path;    /* of the transfer file; NULL: none is written */
} DpopCommandAccept;

typedef struct
{
  CosmicId member;
  CosmicId device;
  gboolean confirmed; /* by this computer, at once */
  gboolean again;     /* it was in already: only the file was written once more */
  DpopBundleExport file;
} DpopCommandAcceptResult;

/* When the file cannot be written, the computer is in all the same: accept the request again. */
gboolean dpop_command_accept (DpopProfile *profile, const DpopCommandAccept *input,
                              DpopCommandAcceptResult *result, GError **error);

G_END_DECLS
