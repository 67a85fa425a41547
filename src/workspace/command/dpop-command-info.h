/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-charter.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* What this profile is and holds, in figures. */
typedef struct
{
  gboolean founded;     /* it belongs to an organisation whose history it has */
  CosmicId party;       /* zero: to none; without FOUNDED: it has asked to join */
  CosmicId device;
  gboolean admitted;    /* the computer belongs to a member */
  CosmicId member;
  gboolean record_keeper;
  gboolean confirms;    /* as the only one */
  guint64 height;
  CosmicId root;        /* the check number of what is confirmed */
  gint64 confirmed_at;  /* ms; 0: never */
  guint open;           /* entries not confirmed yet */
  guint32 members[DPOP_MEMBER_STATE_LAST + 1]; /* in each state */
  guint units;
  guint computers;      /* that are on */
  guint64 bytes;        /* on disk */
} DpopCommandInfo;

gboolean dpop_command_info (DpopProfile *profile, DpopCommandInfo *result, GError **error);

G_END_DECLS
