/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop-member-entry-private.h"
#include "dpop-member-undo.h"
#include "dpop-membership.h"
#include "dpop-reason.h"

/* Undoing an import: from here on, whom it added are gone, and what it corrected is as it was. What
 * was done by or for someone since stays with them: a member with a computer, a role, a new state,
 * or corrected by hand, is no row of a spreadsheet any more. What they were entitled to before
 * stays on the rolls of that time. */

static gboolean
has_acted (const CosmicState *authority, const CosmicId *member, const DpopMemberEntry *entry)
{
  g_autoptr (GArray) devices = cosmic_authority_devices_of (authority, member);

  return entry->touched || !cosmic_id_same (&entry->details.import, &entry->import)
         || devices->len > 0
         || cosmic_state_has (authority, cosmic_key (TAG_HOLDER, member, NULL));
}

static CosmicReason
check_row (const CosmicState *authority, const CosmicId *import, const CosmicId *member,
           const DpopMemberEntry *entry)
{
  if (cosmic_id_same (&entry->import, import))
    {
      if (entry->standing.state == DPOP_MEMBER_FORMER)
        return COSMIC_REASON_ALREADY;
      return has_acted (authority, member, entry) ? DPOP_REASON_HAS_ACTED : COSMIC_REASON_NONE;
    }
  return cosmic_id_same (&entry->details.import, import) ? COSMIC_REASON_NONE
                                                         : DPOP_REASON_HAS_ACTED;
}

CosmicReason
dpop_member_undo_check (const CosmicState *authority, const CosmicId *import,
                        const CosmicId *member)
{
  DpopMemberEntry entry;

  if (cosmic_id_is_zero (import)
      || !cosmic_state_has (authority, cosmic_key (TAG_IMPORT, import, member))
      || !dpop_member_entry_load (authority, member, &entry))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  return check_row (authority, import, member, &entry);
}

static gboolean
take_member (const CosmicKey *key, GBytes *value, gpointer data)
{
  CosmicId member;

  cosmic_key_id (key, 1, &member);
  g_array_append_val ((GArray *) data, member);
  return TRUE;
}

GArray *
dpop_member_undo_rows (const CosmicState *authority, const CosmicId *import)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (CosmicId));

  cosmic_state_each (authority, cosmic_key (TAG_IMPORT, import, NULL), take_member, members);
  return members;
}

static gboolean
may_undo (const CosmicFold *fold, const CosmicId *import, const CosmicId *member,
          const DpopMemberEntry *entry)
{
  static const DpopCharterTarget anything;
  gboolean added = cosmic_id_same (&entry->import, import);

  return dpop_membership_may_about (fold, added ? DPOP_ACTION_ENROL : DPOP_ACTION_EDIT_MEMBER,
                                    &anything, member, &entry->standing);
}

static CosmicReason
undo_row (CosmicFold *fold, const CosmicId *import, const CosmicId *member)
{
  DpopMemberEntry before, after;
  CosmicReason reason;

  if (!dpop_member_entry_load (fold->state, member, &before))
    return COSMIC_REASON_NO_SUCH_SUBJECT;
  if ((reason = check_row (fold->state, import, member, &before)) != COSMIC_REASON_NONE)
    return reason;
  if (!may_undo (fold, import, member, &before))
    return COSMIC_REASON_NOT_ALLOWED;
  after = before;
  if (cosmic_id_same (&before.import, import))
    {
      after.standing.state = DPOP_MEMBER_FORMER;
      after.withdrawn = TRUE;
    }
  else
    dpop_member_entry_undo_details (fold, &after, import);
  dpop_member_entry_write (fold, member, &before, &after);
  cosmic_state_remove (fold->state, cosmic_key (TAG_IMPORT, import, member));
  return COSMIC_REASON_NONE;
}

/* All that can be undone, is; void when that is nothing, or when one row is not the author's to
 * undo. */
static CosmicReason
apply (CosmicFold *fold, GVariant *body)
{
  CosmicReason answer = COSMIC_REASON_NO_SUCH_SUBJECT;
  g_autoptr (GArray) rows = NULL;
  gboolean undone = FALSE;
  CosmicId import;

  if (!cosmic_codec_child_id (body, 0, &import) || cosmic_id_is_zero (&import))
    return COSMIC_REASON_BAD_BODY;
  rows = dpop_member_undo_rows (fold->state, &import);
  for (guint i = 0; i < rows->len; i++)
    {
      answer = undo_row (fold, &import, &g_array_index (rows, CosmicId, i));
      if (answer == COSMIC_REASON_NOT_ALLOWED)
        return answer;
      undone |= answer == COSMIC_REASON_NONE;
    }
  return undone ? COSMIC_REASON_NONE : answer;
}

const CosmicKind dpop_member_kind_undo = {
  .number = DPOP_KIND_MEMBERS_UNDO,
  .name = "members-undo",
  .body_type = DPOP_MEMBERS_UNDO_TYPE,
  .place = COSMIC_PLACE_AUTHORITY,
  .class = 1,
  .personal = COSMIC_PERSONAL_NEVER,
  .subject = -1,
  .since = 1,
  .apply = apply,
};
