/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-profile.h"

G_BEGIN_DECLS

/* Invites a member's computer: a text that is printed, sent, or kept as a file, with which it asks
 * this computer to be let in. The text is as secret as a ballot paper: whoever has it may ask in
 * that member's place, once. For a member who has a computer already, only they themselves can
 * invite a further one. */
typedef struct
{
  CosmicId member;
  gint64 lasts; /* ms; 0: as long as the rules allow */
  gboolean lost; /* they have lost every computer: see dpop-command-recover.h */
} DpopCommandInvite;

typedef struct
{
  char *text;
  gint64 expires;
} DpopCommandInviteResult;

/* RESULT, to be cleared, is what it is for. */
gboolean dpop_command_invite (DpopProfile *profile, const DpopCommandInvite *input,
                              DpopCommandInviteResult *result, GError **error);
void     dpop_command_invite_result_clear (DpopCommandInviteResult *self);

/* One of several. */
typedef struct
{
  CosmicId member;
  char *text;
  gint64 expires;
} DpopCommandInvited;

/* Invites several at once, all or none; LASTS as above. Who has a computer already, and whom the
 * rules do not let this computer's member invite, is left out: (element-type DpopCommandInvited),
 * in the order of MEMBERS (element-type CosmicId). */
GPtrArray *dpop_command_invite_many (DpopProfile *profile, const GArray *members, gint64 lasts,
                                     GError **error);
void       dpop_command_invited_free (DpopCommandInvited *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DpopCommandInviteResult, dpop_command_invite_result_clear)

G_END_DECLS
