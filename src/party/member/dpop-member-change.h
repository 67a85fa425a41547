/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cosmic-state.h"

G_BEGIN_DECLS

/* Whom it concerns when an entry of the authority state is another now. */
typedef enum
{
  DPOP_MEMBER_CHANGE_NONE,
  DPOP_MEMBER_CHANGE_MEMBER, /* how member ID stands, or whose particulars count */
  DPOP_MEMBER_CHANGE_UNIT,   /* unit ID itself, or what it is called */
} DpopMemberChange;

DpopMemberChange dpop_member_change_read (const CosmicKey *key, CosmicId *id);

G_END_DECLS
