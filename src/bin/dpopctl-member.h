/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-details.h"
#include "dpopctl.h"

G_BEGIN_DECLS

/* A member's particulars by the names that options have; in JSON, with "_" for "-". */
typedef struct
{
  const char *option;
  DpopMemberDetailsField field;
} DpopctlMemberField;

#define DPOPCTL_MEMBER_N_FIELDS 12
extern const DpopctlMemberField dpopctl_member_fields[DPOPCTL_MEMBER_N_FIELDS];

G_END_DECLS
