/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member-details.h"
#include "dpop-member-query.h"
#include "dpop-names.h"

G_BEGIN_DECLS

typedef struct
{
  CosmicId id;
  char *name;
  guint8 kind;
} DpopMemberViewUnit;

typedef struct
{
  guint16 role;
  CosmicId unit;      /* zero: held for the organisation */
  char *name;         /* "Chair", "Group chair, North" */
  gboolean office;    /* falls only by a decision */
  gint64 since;       /* ms; 0: not confirmed yet */
} DpopMemberViewRole;

typedef struct
{
  CosmicId key;
  gint64 since; /* ms; 0: not confirmed yet */
  gboolean off;
  gboolean own; /* the computer that this is seen on */
} DpopMemberViewDevice;

/* A member in full, as far as this computer may see. */
typedef struct
{
  DpopMember member;
  gboolean confirmed;         /* all of it is final */
  char *name;                 /* never NULL */
  DpopProjectionText readable;
  DpopMemberDetails *details; /* NULL unless readable */
  GArray *units;              /* of DpopMemberViewUnit; so the others */
  GArray *roles;
  GArray *devices;
  GPtrArray *readers;         /* of char *: who else may see the particulars, a line each */
} DpopMemberView;

/* NULL with DPOP_PROFILE_ERROR_NOT_FOUND when there is no such member. */
DpopMemberView *dpop_member_view_new  (DpopProfile *profile, const CosmicId *member,
                                       GError **error);
void            dpop_member_view_free (DpopMemberView *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopMemberView, dpop_member_view_free)

G_END_DECLS
