/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Makes final what is here, on the only record keeper's computer: at founding, after an import, at
 * a close, before an export, and when a person asks for it; never once a command. On the way it
 * shows what two copies of one computer signed, and locks out whoever may not read any more: one
 * rotation of keys for each scope that lost a reader, however many it lost. */
typedef struct
{
  guint64 height;  /* of the newest confirmation */
  guint covered;   /* entries that became final */
  guint forks;     /* copies of computers that were found and shown */
  guint rotations; /* scopes that have new keys */
} DpopCommandConfirmResult;

/* RESULT may be NULL, here and everywhere. On any other computer: an error that says what to do. */
gboolean dpop_command_confirm (DpopProfile *profile, DpopCommandConfirmResult *result,
                               GError **error);

/* Whether this computer can: it is the only record keeper. */
gboolean dpop_command_confirm_can (DpopProfile *profile);

/* The same within the caller's transaction. */
gboolean dpop_command_confirm_within (DpopProfile *profile, DpopCommandConfirmResult *result,
                                      GError **error);

G_END_DECLS
