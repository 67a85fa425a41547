/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-claim.h"
#include "dpop-member.h"
#include "dpop-profile.h"

G_BEGIN_DECLS

/* What this computer's member may do now. An answer is a dry run of the very claim that the command
 * would sign, with stand-ins for what is still to be typed: rules are written once, in the folds.
 * What buttons are shown by; the command itself may still answer otherwise, for what is typed. */
typedef struct
{
  gboolean yes;
  CosmicReason reason; /* which rule says no; 0: YES, or something that no rule knows of */
  const char *why;     /* a sentence, translated, never to be freed; NULL: YES */
} DpopMay;

/* Tries CLAIM (taken) in STREAM (NULL: members and rules). FALSE with ERROR when it could not be
 * found out. */
gboolean dpop_may_say (DpopProfile *profile, const CosmicId *stream, DpopClaim *claim, DpopMay *may,
                       GError **error);
/* An answer that needs no trying. */
DpopMay  dpop_may_yes     (void);
DpopMay  dpop_may_refused (CosmicReason reason);
DpopMay  dpop_may_not     (const char *why); /* translated, static */

/* --- In general. ------------------------------------------------------------------------------ */

/* Places are the organisation as a whole (zero) and its groups. */
typedef struct
{
  gboolean is_member;     /* this computer belongs to one; without it, all below is no */
  CosmicId member;
  DpopMay enrol;          /* somewhere; importing is taking many in */
  GArray *enrol_places;   /* of CosmicId, ascending: into which groups; zero: into none */
  DpopMay add_unit;
  DpopMay propose;        /* somewhere */
  GArray *propose_places; /* of CosmicId, ascending */
  DpopMay erase;          /* what others typed */
} DpopMayView;

DpopMayView *dpop_may_view_new  (DpopProfile *profile, GError **error);
void         dpop_may_view_free (DpopMayView *self);

/* A rule by which PLACE decides. */
typedef struct
{
  guint rule;    /* its number in the charter */
  guint ballots; /* a bit for each DpopBallotKind that it can count */
  guint effects; /* a bit for each DpopEffect that it can bring about */
  DpopMay may;   /* propose by it */
} DpopMayRule;

/* All of them, in the charter's order: (element-type DpopMayRule). */
GArray *dpop_may_rules (DpopProfile *profile, const CosmicId *place, GError **error);

/* Delete for everyone what was typed with OPERATION. */
gboolean dpop_may_erase (DpopProfile *profile, const CosmicId *operation, DpopMay *may,
                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DpopMayView, dpop_may_view_free)

G_END_DECLS
