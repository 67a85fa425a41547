/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member.h"
#include "dpop-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Something done about a member: asked about first where it cannot be taken back, done in the
 * engine's thread, then said in a toast, with "Undo" where there is a way back. */
typedef enum
{
  DPOP_MEMBER_ACT_GIVE_ROLE,
  DPOP_MEMBER_ACT_TAKE_ROLE,
  DPOP_MEMBER_ACT_JOIN_GROUP,
  DPOP_MEMBER_ACT_LEAVE_GROUP,
  DPOP_MEMBER_ACT_MOVE,
  DPOP_MEMBER_ACT_REMOVE,
  DPOP_MEMBER_ACT_SWITCH_OFF,
  DPOP_MEMBER_ACT_ERASE,
} DpopMemberActKind;

typedef struct
{
  DpopMemberActKind kind;
  CosmicId member;
  CosmicId id;            /* of the group, or of the computer */
  guint16 role;
  DpopMemberState from;   /* MOVE */
  DpopMemberState to;
  guint removals;         /* REMOVE: a bit for each reason that may be given */
  DpopRemoval why;        /* the chosen one */
  gboolean office;        /* TAKE_ROLE: of one that nobody here can give back */
  char *name;             /* of the member */
  char *what;             /* of the role or group; may be NULL */
} DpopMemberAct;

DpopMemberAct *dpop_member_act_new  (DpopMemberActKind kind, const CosmicId *member,
                                     const char *name, const char *what);
void           dpop_member_act_free (DpopMemberAct *self);

/* Does it, or asks first; FROM is where messages come from. Copies ACT. */
void           dpop_member_act_start (const DpopMemberAct *self, GtkWidget *from,
                                      DpopSession *session);
/* The same without asking: for what was asked already. */
void           dpop_member_act_carry_out (const DpopMemberAct *self, GtkWidget *from,
                                          DpopSession *session);

/* "Suspend"; translated, borrowed. What a move between two states is called, and what follows. */
const char    *dpop_member_act_move_title (DpopMemberState from, DpopMemberState to);
const char    *dpop_member_act_move_means (DpopMemberState from, DpopMemberState to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopMemberAct, dpop_member_act_free)

G_END_DECLS
