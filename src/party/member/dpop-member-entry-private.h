/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dpop-member.h"

G_BEGIN_DECLS

/* Where things stand in the authority state. [format]
 * What held at a height is kept under G_MAXUINT64 - height, so that the newest comes first. */
enum
{
  TAG_MEMBER = 0x40,      /* member -> DPOP_MEMBER_ENTRY_TYPE */
  TAG_MEMBER_PAST = 0x41, /* member, height from -> (yaaya(qayt)): the standing until the next */
  TAG_COUNT = 0x42,       /* scope, height -> (uuuu): members in each state, at that batch's end */
  TAG_HOLDER = 0x43,      /* member -> y: has held a role */
  TAG_UNIT = 0x44,        /* unit -> (ytay): kind, since, the operation with its name */
  TAG_UNIT_MEMBER = 0x45, /* unit, member -> y: has belonged to it */
  TAG_DETAILS = 0x46,     /* operation -> (ayayayb): the particulars it replaced */
  TAG_IMPORT = 0x47,      /* import, member -> y: what it brought */
  TAG_ENACTED = 0x48,     /* decision -> t: height at which it was carried out */
};

/* Particulars: the operation whose personal part has them. */
typedef struct
{
  CosmicId operation; /* zero: none yet */
  CosmicId scope;     /* under whose key */
  CosmicId import;    /* zero: by hand */
  gboolean by_other;  /* entered by someone else */
} DpopDetailsRef;

/* GVariant `(t(yaaya(qayt))t(ayayayb)aybb)` [format], in the order of the fields. */
#define DPOP_MEMBER_ENTRY_TYPE "(t" DPOP_STANDING_TYPE "t(ayayayb)aybb)"

typedef struct
{
  guint64 since; /* height from which the standing holds */
  DpopStanding standing;
  guint64 admitted; /* height at which they were last taken in */
  DpopDetailsRef details;
  CosmicId import;    /* that added them; zero: by hand */
  gboolean touched;   /* since then something was done about them by hand */
  gboolean withdrawn; /* that import was undone */
} DpopMemberEntry;

/* GVariant of a unit: kind, since, the operation with its name. [format] */
#define DPOP_UNIT_ENTRY_TYPE "(ytay)"

gboolean dpop_member_entry_load (const CosmicState *authority, const CosmicId *member,
                                 DpopMemberEntry *self);
gboolean dpop_member_entry_read (GBytes *value, DpopMemberEntry *self);
/* Writes AFTER, and what follows from it: the standing that it ends goes to the past, counts and
 * indices are kept. BEFORE is what stands there, NULL when nothing does. */
void dpop_member_entry_write (CosmicFold *fold, const CosmicId *member,
                              const DpopMemberEntry *before, DpopMemberEntry *after);
/* How MEMBER stood at the end of the batch at HEIGHT; FALSE when there was no such member. */
gboolean dpop_member_standing_at (const CosmicState *authority, const CosmicId *member,
                                  guint64 height, DpopStanding *standing);
/* The same of a member whose entry was read already. */
gboolean dpop_member_standing_then (const CosmicState *authority, const CosmicId *member,
                                    const DpopMemberEntry *entry, guint64 height,
                                    DpopStanding *standing);
/* The height from which a TAG_MEMBER_PAST entry's standing held. */
guint64 dpop_member_past_height (const CosmicKey *key);
/* Members of SCOPE (zero: all there are) in each state at the end of the batch at HEIGHT. */
void dpop_member_counts_at (const CosmicState *authority, const CosmicId *scope, guint64 height,
                            guint32 counts[DPOP_MEMBER_STATE_LAST + 1]);

/* New particulars, by the operation in hand; the older ones are remembered behind them. */
void dpop_member_entry_set_details  (CosmicFold *fold, DpopMemberEntry *self,
                                     const DpopDetailsRef *details);
/* Takes back those that came with IMPORT, as long as nothing came after; FALSE if there are
 * none. */
gboolean dpop_member_entry_undo_details (CosmicFold *fold, DpopMemberEntry *self,
                                         const CosmicId *import);

/* All computers of MEMBER that keep records since HEIGHT or longer keep them no more.
 * NO_SUCH_SUBJECT where there are none, OUTDATED where all of them were appointed later; LAST_ONE
 * when nobody would keep records: the caller takes back what was written. */
CosmicReason dpop_witness_dismiss (CosmicFold *fold, const CosmicId *member, guint64 height);

/* Remembers that IMPORT brought something about MEMBER, so that it can be undone. */
void dpop_member_put_import (CosmicFold *fold, const CosmicId *import, const CosmicId *member);

extern const CosmicKind dpop_member_kind_add, dpop_member_kind_details, dpop_member_kind_state,
    dpop_member_kind_remove, dpop_member_kind_undo, dpop_role_kind_grant, dpop_role_kind_revoke,
    dpop_unit_kind_add, dpop_unit_kind_name, dpop_unit_kind_assign, dpop_enact_kind,
    dpop_witness_kind_appoint, dpop_witness_kind_resign;

G_END_DECLS
