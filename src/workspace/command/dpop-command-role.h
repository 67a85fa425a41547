/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Gives a role to a member, or takes it back; one's own can be laid down. */
typedef struct
{
  CosmicId member;
  guint16 role;  /* which of the rules' roles */
  CosmicId unit; /* for what; zero: the organisation as a whole */
  gboolean take; /* FALSE: give */
} DpopCommandRole;

gboolean dpop_command_role (DpopProfile *profile, const DpopCommandRole *input, GError **error);

G_END_DECLS
